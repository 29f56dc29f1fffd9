"""The charts and tables of a briefing: a table in, an Axes or a table panel out.

>>> import analysis as an
>>> story = an.load("seeds/")
>>> ax = an.charts.frame_matrix(an.frames(story), story=story)
>>> ax.panel.caption.title.split(" of ")[1]
'9 frames appear in both articles; only in Article A: legality and morality'

Every figure bears its finding as title, what is measured in which unit, counts, what limits it,
and its source. With `ax=` only the marks are drawn. `ax.panel` gives the data drawn, the words
and the rows that support them.
"""

from .cards import article_cards, methods
from .compared import keyness, rates
from .matched import claim_bands, claim_matrix, name_table, number_table
from .panel import Caption, Panel
from .side_by_side import figure_grid
from .told import commitment, prominence
from .voices import named_sources, source_mix, who_is_heard
from .wording import agency, frame_matrix, hedge_types, naming_table

__all__ = [
    "Caption",
    "Panel",
    "agency",
    "article_cards",
    "claim_bands",
    "claim_matrix",
    "commitment",
    "figure_grid",
    "frame_matrix",
    "hedge_types",
    "keyness",
    "methods",
    "name_table",
    "named_sources",
    "naming_table",
    "number_table",
    "prominence",
    "rates",
    "source_mix",
    "who_is_heard",
]
