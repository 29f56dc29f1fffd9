"""The briefing: everything an analyst puts on the table, written as one folder."""

from .content import NAMES
from .tables import all_tables, write_csv
from .writing import brief

__all__ = ["NAMES", "all_tables", "brief", "write_csv"]
