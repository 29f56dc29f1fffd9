"""Rates with count, denominator and interval; differences that chance could make say so.

Two short articles hardly ever differ in a rate by more than chance: on same-event pairs hedge
rates do at p < .05 in about one pair in thirty. So every rate comes with its interval, every
difference is corrected for the number of differences looked at, and the verdict is "not
distinguishable" unless one stands out after that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

import numpy as np
import pandas as pd

from . import schema
from .errors import ChoiceError, TableError
from .intervals import Difference, Sample, pool
from .story import Story

# name -> module and function that make the table
_TABLES = {
    "agency": "actors",
    "attributions": "sourcing",
    "frames": "framing",
    "hedges": "hedging",
    "loaded": "framing",
    "numbers": "figures",
}
_SENTENCE_COLUMNS = ("part", "section", "register")
LEVEL = 0.05
SAME = "not distinguishable"


def rates(
    story: Story, *, of: str | pd.DataFrame = "hedges", by: str | Sequence[str] = "type"
) -> pd.DataFrame:
    """Rates per 1,000 words, and which of them differ by more than chance.

    Parameters
    ----------
    story : Story
        The articles.
    of : str or DataFrame
        Name of a table ("hedges", "frames", "loaded", "agency", "attributions", "numbers"), or
        any table with `article` and `sentence`, such as a table filtered by the analyst.
        Boosters are no hedges: they count only where `by` holds "type".
    by : str or sequence of str
        What divides the counts. A column of the table ("type", "frame", "role") gives a row per
        value and article; "article" a row per article; "part", "section" or "register" a row per
        article and part; a column of `story.articles` ("outlet") a row per group of articles.
        Several may be combined: ["frame", "outlet"].

    Returns
    -------
    DataFrame
        The grouping columns, the columns of `schema.RATES`, then `label` (the group's name for
        charts), `articles` (number of articles in the group), `compared_with`, `difference`,
        `difference_low`, `difference_high` (per 1,000 words, at the corrected level), `p`,
        `p_adjusted`, `comparisons` (how many were corrected for), `method`.

    Raises
    ------
    ChoiceError
        If `of` is no table or `by` no column.
    TableError
        If the table given lacks `article` or `sentence`.
    """
    events = _events(story, of)
    keys = [by] if isinstance(by, str) else list(by)
    sentences = _sentences(story)
    unknown = [key for key in keys if key not in events.columns and key not in sentences.columns]
    if unknown or not keys:
        known = sorted({*events.columns, *sentences.columns} - {"start", "end", "text"})
        raise ChoiceError(f"by={by!r} is not known; expected one of {', '.join(known)}")
    if "type" not in keys and "type" in events.columns:
        events = events[events["type"] != "booster"]
    categories = [key for key in keys if key not in sentences.columns]
    groups = [key for key in keys if key in sentences.columns]
    if not groups or all(key in _SENTENCE_COLUMNS for key in groups):
        groups = ["article", *groups]
    cells = _cells(events, sentences, categories, groups)
    table = _compare(cells, categories, groups, story)
    front = [*categories, *groups]
    rest = [name for name in table.columns if name not in {*front, *schema.RATES.names}]
    return schema.conform(table, schema.RATES)[[*front, *schema.RATES.names, *rest]]


def _events(story: Story, of: str | pd.DataFrame) -> pd.DataFrame:
    if isinstance(of, str):
        if of not in _TABLES:
            raise ChoiceError(f"of={of!r} is not known; expected one of {', '.join(_TABLES)}")
        make: Callable = getattr(import_module(f".{_TABLES[of]}", __package__), of)
        return make(story)
    if missing := [name for name in ("article", "sentence") if name not in of.columns]:
        raise TableError(f"the table given as `of` lacks {', '.join(missing)}")
    return of


def _sentences(story: Story) -> pd.DataFrame:
    """Sentences with the columns of their article."""
    columns = ["article", "sentence", *_SENTENCE_COLUMNS, "words"]
    about = story.articles.drop(columns=["words", "text"])
    return story.sentences[columns].merge(about, on="article", validate="m:1")


def _cells(
    events: pd.DataFrame, sentences: pd.DataFrame, categories: list[str], groups: list[str]
) -> pd.DataFrame:
    """One row per category and group: counts and words of each of its sentences."""
    kept = events[["article", "sentence", *categories]]
    if categories:
        found = kept[categories].drop_duplicates().sort_values(categories)
        values = list(found.itertuples(index=False, name=None))
    else:
        values = [()]
    rows = []
    for value in values:
        chosen = kept
        for name, wanted in zip(categories, value, strict=True):
            chosen = chosen[chosen[name] == wanted]
        counted = chosen.groupby(["article", "sentence"]).size().rename("events").reset_index()
        full = sentences.merge(counted, how="left", validate="1:1").fillna({"events": 0})
        for group, part in full.groupby(groups, sort=False, dropna=False):
            rows.append(
                {
                    **dict(zip(categories, value, strict=True)),
                    **dict(zip(groups, group, strict=True)),
                    "counts": part["events"].to_numpy(float),
                    "sizes": part["words"].to_numpy(float),
                    "of_article": part["article"].to_numpy(),
                }
            )
    columns = [*categories, *groups, "counts", "sizes", "of_article"]
    return pd.DataFrame(rows, columns=columns)


def _compare(
    cells: pd.DataFrame, categories: list[str], groups: list[str], story: Story
) -> pd.DataFrame:
    """Rates and intervals of each cell, and each cell against the others of its family."""
    compared, strata = groups[-1], [*categories, *groups[:-1]]
    names = {**dict(zip(story.ids, story.ids, strict=True)), **story.labels}
    rows: list[dict] = []
    samples = [
        Sample(cell.counts, cell.sizes, cell.of_article) for cell in cells.itertuples(index=False)
    ]
    cells = cells.drop(columns=["counts", "sizes", "of_article"])
    families = (
        cells.groupby(strata, sort=False, dropna=False).indices.values()
        if strata
        else [np.arange(len(cells))]
    )
    comparisons: list[Difference] = []
    for family in families:
        for place, at in enumerate(family):
            value = cells.iloc[at][compared]
            others = [other for other in family if other != at]
            row = {
                **cells.iloc[at].to_dict(),
                **samples[at].rate(),
                "label": _label(value, compared, names),
                "articles": samples[at].articles,
                "compared_with": "",
                "number": -1,
                "sign": 1,
            }
            if len(others) == 1:
                row["compared_with"] = _label(cells.iloc[others[0]][compared], compared, names)
            elif others:
                row["compared_with"] = "the others"
            if others and len(family) == 2 and place == 1:
                row |= {"number": len(comparisons) - 1, "sign": -1}
            elif others:
                comparisons.append(Difference(samples[at], pool([samples[n] for n in others])))
                row["number"] = len(comparisons) - 1
            rows.append(row)
    return _judge(rows, comparisons)


def _label(value, compared: str, names: dict) -> str:
    return str(names.get(value, value)) if compared == "article" else str(value)


def _judge(rows: list[dict], comparisons: list[Difference]) -> pd.DataFrame:
    """Add differences and verdicts, corrected for the number of comparisons (Holm)."""
    from statsmodels.stats.multitest import multipletests

    adjusted = (
        multipletests([each.p for each in comparisons], alpha=LEVEL, method="holm")[1]
        if comparisons
        else []
    )
    intervals = [each.interval(LEVEL / len(comparisons)) for each in comparisons]
    for row in rows:
        number, sign = row.pop("number"), row.pop("sign")
        if number < 0:
            row |= dict.fromkeys(
                ("difference", "difference_low", "difference_high", "p", "p_adjusted"), np.nan
            )
            row |= {"comparisons": 0, "verdict": "nothing to compare with"}
            continue
        low, high = intervals[number][::sign]
        difference = sign * comparisons[number].value
        row |= {
            "difference": difference,
            "difference_low": sign * low,
            "difference_high": sign * high,
            "p": comparisons[number].p,
            "p_adjusted": adjusted[number],
            "comparisons": len(comparisons),
        }
        clear = adjusted[number] < LEVEL and sign * low * (sign * high) > 0
        higher = row["label"] if difference > 0 else row["compared_with"]
        row["verdict"] = f"higher in {higher}" if clear else SAME
    return pd.DataFrame(rows)
