"""Compare how articles tell the same event: hedging, sourcing, claims, figures, framing.

>>> import analysis as an
>>> story = an.load("seeds/")
>>> hedges = an.hedges(story)

Every public name is loaded from its module when it is first used, so that importing the package
stays cheap; the modules themselves import what is heavy (spaCy, matplotlib, …) where they use it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

# Public name -> module that holds it.
_HOME = {
    "load": "story",
    "hedges": "hedging",
    "uncertain_sentences": "uncertainty",
    "certainty": "certainty",
    "attributions": "sourcing",
    "sources": "sourcing",
    "frames": "framing",
    "loaded": "framing",
    "agency": "agency",
    "portrayal": "agency",
    "naming": "naming",
    "claims": "claims",
    "claim_matrix": "claims",
    "prominence": "claims",
    "shared_text": "overlap",
    "numbers": "numbers",
    "number_pairs": "reconciliation",
    "rates": "measures",
    "keyness": "keyness",
    "readability": "readability",
    "methods": "methods",
    "concordance": "evidence",
    "highlight": "evidence",
    "brief": "briefing",
    "charts": "charts",
    "schema": "schema",
}

__all__ = sorted(_HOME)  # noqa: PLE0605
__version__ = "0.1.0"


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    module = import_module(f".{_HOME[name]}", __name__)
    value = module if name == _HOME[name] and not hasattr(module, name) else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


if TYPE_CHECKING:
    from . import charts, schema
    from .agency import agency, portrayal
    from .briefing import brief
    from .certainty import certainty
    from .claims import claim_matrix, claims, prominence
    from .evidence import concordance, highlight
    from .framing import frames, loaded
    from .hedging import hedges
    from .keyness import keyness
    from .measures import rates
    from .methods import methods
    from .naming import naming
    from .numbers import numbers
    from .overlap import shared_text
    from .readability import readability
    from .reconciliation import number_pairs
    from .sourcing import attributions, sources
    from .story import load
    from .uncertainty import uncertain_sentences
