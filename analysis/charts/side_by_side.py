"""The figures of many articles side by side: what is counted × articles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

import pandas as pd

from ..likeness import Place, places
from ..story import Story
from .caveats import measured
from .matched import excerpt
from .panel import Caption, Panel, count_of, listed, source_line

ROWS = 12
COLUMNS = 8  # beyond, one column holds the figures of all articles
CELL, ALL = 3, 6  # figures in a cell of one article, of all articles
BARE = ("", "person")  # figures without a measure: "40 soldiers"


def figure_grid(table: pd.DataFrame, *, story: Story) -> Panel:
    """Which article gives which figure: what is counted in rows, articles in columns.

    Parameters
    ----------
    table : DataFrame
        `an.numbers(story)`; totals only, increments and dates are left out.
    story : Story
        The articles.

    Returns
    -------
    Panel
        A table. A row holds the figures that count the same: persons with the same fate (killed,
        injured), or the same noun, in the same unit. Only rows that at least two articles fill;
        fates first, then those filled by most articles; at most 12. Beyond eight articles one
        column holds all figures, each with the number of articles that give it.
    """
    totals = table[(table["kind"] == "total") & (table["unit"] != "ordinal")]
    placed = places(story, totals) if len(totals) else []
    counted = pd.DataFrame(
        [_counted(place) for place in placed], columns=["rank", "what", "word"], index=totals.index
    )
    rows = totals.assign(**{name: counted[name] for name in counted})
    rows = rows[rows["what"] != ""].groupby("what", sort=False)
    rows = rows.filter(lambda given: given["article"].nunique() > 1)
    about = rows.groupby("what", sort=False).agg(
        rank=("rank", "first"), articles=("article", "nunique"), word=("word", _commonest)
    )
    order = about.sort_values(["rank", "articles"], ascending=[True, False], kind="stable").index
    groups = dict(iter(rows.groupby("what", sort=False)))
    differing = [about.loc[what, "word"] for what in order if differ(groups[what])]
    kept = order[:ROWS]
    wide = len(story) > COLUMNS
    data = pd.DataFrame(
        [_all(groups[what]) if wide else _each(groups[what], story) for what in kept],
        index=pd.Index([about.loc[what, "word"] for what in kept], name="Counted"),
        columns=["Articles", "Figures"] if wide else [story.labels[name] for name in story.ids],
    )
    hidden = len(order) - len(kept)
    if len(order):
        which = f"{len(differing)} the figures differ ({listed(differing)})"
        title = (
            f"{count_of(len(order), 'quantity is', 'quantities are')} given by at least two of "
            f"{len(story)} articles; for {which if differing else 'none do the figures differ'}"
        )
    else:
        title = "No quantity was found that at least two articles give a figure for"
    caption = Caption(
        title=title,
        measure="Figures as the articles write them, by what they count. "
        + ("In brackets the number of articles that give the figure. " if wide else "")
        + "They differ where two articles have none in common."
        + (f" {len(kept)} of {len(order)} quantities are shown." if hidden else ""),
        caveat="The same word does not mean the same scope (event, period, group). "
        + ("" if wide else "A dash is “no figure found”, not “not told”. ")
        + measured("numbers"),
        source=source_line(story),
    )
    rank = {what: place for place, what in enumerate(kept)}
    support = rows[rows["what"].isin(kept)]
    support = support.loc[support["what"].map(rank).sort_values(kind="stable").index]
    support = support[list(table.columns)]
    return Panel("figure_grid", "table" if len(kept) else "", caption, data, support, {}, hidden)


def _counted(place: Place) -> tuple[int, str, str]:
    """Rank of a quantity, what figures must share to stand in one row, and a word for it.

    Fates come first, "people" of whom the text says no more last; nothing counted is empty.
    """
    quantity, unit = " ".join(place.row["quantity"].split()), place.row["unit"]
    if place.fate:
        return 0, place.fate, place.fate
    if quantity.startswith("age of ") and place.names:
        return 1, quantity.lower(), quantity
    if not place.heads:
        return 1, "", ""
    head = min(place.heads)
    if unit in BARE:
        word = re.split(r" (?:of|on|for) ", quantity)[0].split()[-1].lower()
        return 2 if head == "person" else 1, head, word
    return 1, f"{head} ({unit})", f"{head} ({unit})"


def _commonest(words: pd.Series) -> str:
    return words.value_counts().index[0]


def differ(given: pd.DataFrame) -> bool:
    """Tell whether two articles have no figure in common; a range holds what lies in it."""
    known = given[given["value"].notna()]
    low = known["value"]
    spans = known.assign(low=low, high=known["upper"].fillna(low))
    articles = [
        list(own[["low", "high"]].itertuples(index=False, name=None))
        for _, own in spans.groupby("article")
    ]
    return any(
        not any(max(a[0], b[0]) <= min(a[1], b[1]) for a in one for b in other)
        for one, other in combinations(articles, 2)
    )


def _distinct(given: pd.DataFrame) -> pd.DataFrame:
    """One row per figure: "14" and "fourteen" are one, "at least 14" is another."""
    return given[~given[["value", "upper", "comparator"]].duplicated() | given["value"].isna()]


def _each(given: pd.DataFrame, story: Story) -> list[str]:
    """A cell per article, the figures in the order of the text."""
    by = given.sort_values("start", kind="stable").groupby("article")
    own = dict(iter(by))
    return [_cell(_distinct(own[name])["text"], CELL) if name in own else "–" for name in story.ids]


def _all(given: pd.DataFrame) -> list:
    """Number of articles, and their figures, those that most give first."""
    same = given.groupby(["value", "upper", "comparator"], dropna=False, sort=False)
    figures = same.agg(text=("text", "first"), articles=("article", "nunique"))
    figures = figures.sort_values("articles", ascending=False, kind="stable")
    texts = [f"{excerpt(row.text, 40)} ({row.articles})" for row in figures.itertuples()]
    return [given["article"].nunique(), _cell(texts, ALL)]


def _cell(texts: Iterable[str], most: int) -> str:
    texts = [excerpt(text, 50) for text in texts]
    return "; ".join([*texts[:most], *(["…"] if len(texts) > most else [])])
