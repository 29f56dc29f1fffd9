"""The briefing: everything an analyst puts on the table, written as one folder."""

from .content import NAMES, Briefing, draft
from .tables import all_tables, write_csv
from .writing import brief

__all__ = ["NAMES", "Briefing", "all_tables", "brief", "draft", "write_csv"]
