"""Charts of rates and words, with what chance can do printed on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..story import Story
from . import drawing, style
from .caveats import measured
from .names import TYPE_WORDS
from .panel import Caption, Panel, count_of, listed, source_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SAME = "not distinguishable"
CELLS = ("value", "low", "high", "count")
ROWS = 16
MANY = 18  # articles that still fit a page


def _differs(verdict: str) -> bool:
    """Whether a verdict of `an.rates` names a side; others say why none can be named."""
    return verdict.startswith("higher")


def _where(rows: pd.DataFrame) -> str:
    """On which side rates are higher; who is lower is said where that does not follow."""
    verdicts = dict(zip(rows["label"], rows["verdict"].str.removeprefix("higher in "), strict=True))
    high = [label for label, higher in verdicts.items() if higher == label]
    low = [label for label, higher in verdicts.items() if higher not in high]
    sides = (("higher", high), ("lower", low))
    return ", ".join(f"{word} in {listed(labels)}" for word, labels in sides if labels)


def rates_panel(table: pd.DataFrame, story: Story, *, of: str = "") -> Panel:
    """Does the style differ by more than chance; `of` says what is counted."""
    known = [name for name in ("type", "frame", "role", "source_type") if name in table.columns]
    what = known[0] if known else None
    if what:
        table = table.assign(**{what: table[what].replace(TYPE_WORDS)})
    labels = table["label"] if "label" in table.columns else table["article"].map(story.labels)
    series = list(dict.fromkeys(labels))
    few = len(series) <= 4
    if few and what:
        index = list(dict.fromkeys(table.sort_values("count", ascending=False)[what]))
        columns = pd.MultiIndex.from_product([series, CELLS])
        data = pd.DataFrame(index=index, columns=columns, dtype=float)
        renamed = table.rename(columns={"count": "count_"})  # tuples have a method count
        for row, label in zip(renamed.itertuples(), labels, strict=True):
            name = getattr(row, what)
            if name in index:
                data.loc[name, (label, slice(None))] = [
                    row.per_1000_words, row.low, row.high, row.count_
                ]  # fmt: skip
        any_ = table.groupby(what)["verdict"].agg(lambda all_: any(map(_differs, all_)))
        data[("verdict", "")] = ["different" if any_[name] else SAME for name in index]
    else:
        names = labels if what is None else labels + ": " + table[what]
        columns = pd.MultiIndex.from_product([["rate"], CELLS])
        values = table[["per_1000_words", "low", "high", "count"]].to_numpy(float)
        data = pd.DataFrame(values, index=names.tolist(), columns=columns)
        data[("verdict", "")] = [
            "different" if _differs(verdict) else SAME for verdict in table["verdict"]
        ]
        series = ["rate"]
    apart = int((data[("verdict", "")] == "different").sum()) if len(data) else 0
    places = {story.labels[i]: n for n, i in enumerate(story.ids)}
    tints = {
        name: style.article_colour(places.get(name, n), len(story)) for n, name in enumerate(series)
    }
    noun = count_of(len(data), "rate") + (f" of {of}" if of else "")
    noun += f" by {what}" if what else ""
    if not len(table):
        title = "Nothing was counted, so no rate can be given"
    elif apart:
        told = table.assign(label=labels)[table["verdict"].map(_differs)]
        where = (
            [f"{name} ({_where(rows)})" for name, rows in told.groupby(what, sort=False)]
            if what
            else [_where(told)]
        )
        title = f"{apart} of {noun} differ by more than chance: {listed(where)}"
    else:
        title = f"None of {noun} can be told apart between the articles"
        if len(story) == 1:
            title = f"{noun} of one article, with nothing to compare them to"
    # what stands out comes first, so that it is never among the rows left out
    first = (data[("verdict", "")] != "different").sort_values(kind="stable").index
    data = data.loc[list(dict.fromkeys(first))] if apart else data
    most = ROWS if few and what else MANY
    total, data = len(data), data.head(most)
    per = f"{of[:1].upper()}{of[1:]} per" if of else "Per"
    rest = f"{most} of {total} rates are shown. " if total > most else ""
    caption = Caption(
        title=title,
        measure=f"{rest}{per} 1,000 words, with 95 % interval; number of cases in brackets. "
        "Filled marks: different after correction for the number of comparisons; "
        "hollow and grey: not distinguishable.",
        caveat="Short articles seldom differ in a rate by more than chance. " + measured("rates"),
        source=source_line(story),
    )
    kind = "intervals" if len(data) else ""
    return Panel("rates", kind, caption, data, story.sentences.iloc[:0], tints)


def rates(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """Does the style differ: rates with intervals, and whether chance can explain the difference.

    Parameters
    ----------
    table : DataFrame
        `an.rates(story, of=…, by=…)`.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data and caption. One row per category with up to four articles side by
        side; with more, one row per group of the table (at most 18).
    """
    return drawing.show(rates_panel(table, story), ax=ax)


def keyness_panel(table: pd.DataFrame, story: Story) -> Panel:
    """Which words set the sides apart."""
    about = table.attrs
    a, b, compared = about.get("a", "a"), about.get("b", "b"), about.get("words", len(table))
    top = table.head(ROWS).sort_values("z", ascending=False, kind="stable")
    data = pd.DataFrame(
        {"z": top["z"].tolist()},
        index=[f"{row.word} ({row.count_a} : {row.count_b})" for row in top.itertuples()],
    )
    if len(table):
        words = listed([f"“{word}”" for word in table["word"].head(3)], most=3)
        title = (
            f"{len(table)} of {count_of(compared, 'word')} differ by more than chance explains, "
            f"first of all {words}"
        )
    else:
        reason = about.get("reason") or "no words were compared"
        title = reason[:1].upper() + reason[1:]
    caption = Caption(
        title=title,
        measure=f"z of the log-odds ratio; bars to the right: more in {a}, to the left: more in "
        f"{b}. In brackets the counts, {a} : {b}. Family-wise p < 0.05.",
        caveat="A word used more often is no finding by itself: read it in its context.",
        source=source_line(story),
    )
    labels = {story.labels[i]: n for n, i in enumerate(story.ids)}
    tints = {
        side: style.article_colour(labels.get(side, n), len(story)) for n, side in enumerate((a, b))
    }
    hidden = max(0, len(table) - len(top))
    return Panel("keyness", "diverging" if len(top) else "", caption, data, table, tints, hidden)


def keyness(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """Which words set the two sides apart: only those that chance cannot explain.

    Parameters
    ----------
    table : DataFrame
        `an.keyness(story, …)`, with its `attrs`.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data, caption and supporting rows; at most 16 words.
    """
    return drawing.show(keyness_panel(table, story), ax=ax)
