"""Charts of how two articles tell the statements they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from .. import schema
from ..schema import COMMITMENTS
from ..story import Story
from . import drawing
from .caveats import measured
from .matched import colours, excerpt, sides
from .panel import Caption, Panel, count_of, source_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# From the firmest to its opposite; ordinal, no distances.
STEPS = schema.COMMITMENTS
ROWS = 10
FAR = 20  # percentage points


def commitment_panel(table: pd.DataFrame, story: Story, rows: int = ROWS) -> Panel:
    """Who states the same claim more firmly."""
    names = sides(table, story)
    again = table.duplicated("a_start")  # other pairs of a statement already shown come last
    order = (table["firmer"] == "same").astype(int) + 2 * again.astype(int)
    support = table.loc[order.sort_values(kind="stable").index]
    drawn = support.head(rows)
    data = pd.DataFrame(
        [
            [
                " · ".join(
                    names[side] for side in "ab" if getattr(row, f"{side}_commitment") == step
                )
                for step in COMMITMENTS
            ]
            for row in drawn.itertuples()
        ],
        index=_labels(drawn),
        columns=list(COMMITMENTS),
    )
    # a denial is the opposite statement and no weaker form of it: counted by itself
    denied = (table["a_commitment"] == "denied") != (table["b_commitment"] == "denied")
    stated = table[~denied]
    counts = {side: int((stated["firmer"] == side).sum()) for side in ("a", "b", "same")}
    hidden = len(table) - len(drawn)
    if len(table):
        title = (
            f"Of {count_of(len(table), 'matched pair')} of statements, {names['a']} states "
            f"{counts['a']} more firmly, {names['b']} {counts['b']}; {counts['same']} alike"
        )
        if denied.any():
            title += f"; {int(denied.sum())} denied by one side only"
    else:
        title = "No matched statements whose firmness could be compared"
    caption = Caption(
        title=title,
        measure="How each article stands to the statement; an order of steps, no distances."
        + (f" {len(drawn)} of {len(table)} pairs are shown." if hidden else ""),
        caveat="Matched statements only; asserting firmly is not being right. "
        + measured("certainty"),
        source=source_line(story),
    )
    kind = "dumbbell" if len(table) else ""
    return Panel("commitment", kind, caption, data, support, colours(table, story), hidden)


def _labels(rows: pd.DataFrame) -> list[str]:
    """What each pair says: the first side's words, the second side's where these were shown."""
    labels: list[str] = []
    for row in rows.itertuples():
        first, second = excerpt(row.a_text, 60), excerpt(row.b_text, 60)
        labels.append(second if first in labels else first)
    return labels


def commitment(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """Who states the same claim more firmly: two marks per matched statement, on five steps.

    Parameters
    ----------
    table : DataFrame
        `an.certainty(story, between=…)`.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data, caption and supporting rows. Statements that differ come first; at
        most 10 are drawn.
    """
    return drawing.show(commitment_panel(table, story), ax=ax)


def prominence_panel(table: pd.DataFrame, story: Story) -> Panel:
    """What leads, what comes late."""
    names = sides(table, story)
    far = table["shift"].abs().sort_values(ascending=False, kind="stable").index
    support = table.loc[far]
    data = pd.DataFrame(
        {names["a"]: table["a_position"].tolist(), names["b"]: table["b_position"].tolist()},
        index=[excerpt(text, 60) for text in table["a_text"]],
    )
    later = {
        "b": int((table["shift"] >= FAR).sum()),
        "a": int((table["shift"] <= -FAR).sum()),
    }
    if len(table):
        title = (
            f"Of {count_of(len(table), 'matched pair')} of statements {later['b']} stand much "
            f"later in {names['b']}, {later['a']} much later in {names['a']}"
        )
    else:
        title = "No matched statements whose place could be compared"
    caption = Caption(
        title=title,
        measure="Place of matched statements: share of the article's words before them. Dark: the "
        f"furthest apart. Much later: at least {FAR} points.",
        caveat="Matched statements only; place depends on length and genre. " + measured("claims"),
        source=source_line(story),
    )
    kind = "slope" if len(table) else ""
    return Panel("prominence", kind, caption, data, support, colours(table, story))


def prominence(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """What leads, what comes late: place of matched statements in either article.

    Parameters
    ----------
    table : DataFrame
        `an.prominence(story, between=…)`.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data (per cent of the article), caption and supporting rows, those
        furthest apart first.
    """
    return drawing.show(prominence_panel(table, story), ax=ax)
