"""Compare how articles tell the same event: hedging, sourcing, claims, figures, framing.

>>> import analysis as an
>>> story = an.load("seeds/")

Modules import what is heavy (spaCy, matplotlib, …) where they use it, so that importing the
package stays cheap. No module bears the name of a public function.
"""

from . import schema
from .evidence import concordance, highlight
from .framing import frames
from .hedging import hedges
from .ledger import claims
from .measures import rates
from .method_card import methods
from .sourcing import attributions, source_shares, sources
from .story import load
from .style import readability

__version__ = "0.1.0"

__all__ = [
    "attributions",
    "claims",
    "concordance",
    "frames",
    "hedges",
    "highlight",
    "load",
    "methods",
    "rates",
    "readability",
    "schema",
    "source_shares",
    "sources",
]
