"""Compare how articles tell the same event: hedging, sourcing, claims, figures, framing.

>>> import analysis as an
>>> story = an.load("seeds/")

Modules import what is heavy (spaCy, matplotlib, …) where they use it, so that importing the
package stays cheap. No module bears the name of a public function.
"""

from . import charts, schema
from .actors import agency, portrayal
from .briefing import brief
from .commitment import certainty, certainty_within
from .evidence import concordance, highlight
from .figures import numbers
from .framing import coding_sheet, frame_presence, frames, loaded, read_codebook
from .hedging import hedges
from .keywords import collocations, keyness
from .ledger import claim_matrix, claim_shares, claims, prominence
from .measures import rates
from .method_card import methods
from .name_variants import name_pairs
from .overlap import shared_text, text_overlap
from .pair_evidence import in_context
from .reading import show
from .reconciliation import number_pairs
from .referring import naming
from .sourcing import attributions, source_shares, sources
from .story import load
from .style import readability
from .uncertainty import uncertain_sentences

__version__ = "0.1.0"

__all__ = [
    "agency",
    "attributions",
    "brief",
    "certainty",
    "certainty_within",
    "charts",
    "claim_matrix",
    "claim_shares",
    "claims",
    "coding_sheet",
    "collocations",
    "concordance",
    "frame_presence",
    "frames",
    "hedges",
    "highlight",
    "in_context",
    "keyness",
    "load",
    "loaded",
    "methods",
    "name_pairs",
    "naming",
    "number_pairs",
    "numbers",
    "portrayal",
    "prominence",
    "rates",
    "read_codebook",
    "readability",
    "schema",
    "shared_text",
    "show",
    "source_shares",
    "sources",
    "text_overlap",
    "uncertain_sentences",
]
