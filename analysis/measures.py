"""Rates with count, denominator and interval; differences that chance could make say so.

Two short articles hardly ever differ in a rate by more than chance: on same-event pairs hedge
rates do at p < .05 in about one pair in thirty. So every rate comes with its interval, every
difference is corrected for the number of differences looked at, and the verdict is "not
distinguishable" unless one stands out after that.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import numpy as np
import pandas as pd

from . import schema
from .errors import ChoiceError, TableError
from .intervals import Sample, correlation, difference_interval, difference_p, holm
from .story import WORD, Story

# name of a table -> module that makes it
_TABLES = {
    "agency": "actors",
    "attributions": "sourcing",
    "frames": "framing",
    "hedges": "hedging",
    "loaded": "framing",
    "numbers": "figures",
}
_SENTENCE_COLUMNS = ("part", "section", "register")
FEWEST_ARTICLES = 10  # a smaller group of articles says nothing beyond its articles
LEVEL = 0.05
PER = 1000.0
SAME = "not distinguishable"
ALONE = "nothing to compare with"
NEAR_COPY = 0.5  # share of common words from which two sentences count as one told twice


def rates(
    story: Story, *, of: str | pd.DataFrame = "hedges", by: str | Sequence[str] = "type"
) -> pd.DataFrame:
    """Rates per 1,000 words, and which of them differ by more than chance.

    Parameters
    ----------
    story : Story
        The articles.
    of : str or DataFrame
        Name of a table ("agency", "attributions", "frames", "hedges", "loaded", "numbers"), or
        any table with `article` and `sentence`, or `article` and `start`, such as a table that
        the analyst filtered. Boosters are no hedges: of the table of hedges they count only where
        `by` holds "type".
    by : str or sequence of str
        What divides the counts. A column of the table ("type", "frame", "role") gives a row per
        value and article; "article" a row per article; "part", "section" or "register" a row per
        article and part; a column of `story.articles` ("outlet") a row per group of articles.
        Several may be combined: ["frame", "outlet"]; the last one that divides the words is the
        one whose values are compared.

    Returns
    -------
    DataFrame
        The grouping columns, the columns of `schema.RATES`, then `label` (the group's name for
        charts), `articles` (how many the group has), `compared_with`, `difference`,
        `difference_low`, `difference_high` (per 1,000 words, at the corrected level), `p`,
        `p_adjusted`, `comparisons` (how many were corrected for), `unit` (what was resampled in
        thought: sentence or article).

    Raises
    ------
    ChoiceError
        If `of` is no table or `by` no column.
    TableError
        If the table given lacks the columns that place its rows.

    Notes
    -----
    Two groups are compared with each other, more than two each with all the others together.
    Intervals: see `analysis.intervals`; verdicts: corrected for the number of comparisons by
    Holm's method, in line with `difference_low` and `difference_high`. Sentences that two
    articles have in common (wire copy, an update) are compared pairwise: what they share cannot
    make a difference.

    Within one article, or between two, the unit is the sentence and a verdict speaks of these
    texts only. In a group of at least 10 articles the unit is the article. Groups of 2 to 9
    articles never get a verdict but "not distinguishable": too few to tell articles from groups.
    """
    events = _events(story, of)
    keys = [by] if isinstance(by, str) else list(by)
    sentences = _sentences(story)
    unknown = [key for key in keys if key not in events.columns and key not in sentences.columns]
    if unknown or not keys:
        known = sorted({*events.columns, *sentences.columns} - {"start", "end", "text", "words"})
        raise ChoiceError(f"by={by!r} is not known; expected one of {', '.join(known)}")
    if "type" not in keys and "type" in events.columns:
        events = events[events["type"] != "booster"]
    categories = [key for key in keys if key not in sentences.columns]
    groups = [key for key in keys if key in sentences.columns]
    if all(key in _SENTENCE_COLUMNS for key in groups):
        groups = ["article", *groups]
    cells = _cells(events, sentences, categories, groups)
    table = _judged(cells, strata=[*categories, *groups[:-1]], compared=groups[-1], story=story)
    front = [*categories, *groups]
    rest = [name for name in table.columns if name not in {*front, *schema.RATES.names}]
    table = table.reindex(columns=[*front, *schema.RATES.names, *rest])
    return schema.conform(table, schema.RATES)[[*front, *schema.RATES.names, *rest]]


def _events(story: Story, of: str | pd.DataFrame) -> pd.DataFrame:
    if isinstance(of, str):
        if of not in _TABLES:
            raise ChoiceError(f"of={of!r} is not known; expected one of {', '.join(_TABLES)}")
        of = getattr(import_module(f".{_TABLES[of]}", __package__), of)(story)
        assert isinstance(of, pd.DataFrame)
    if "sentence" not in of.columns and {"article", "start"} <= set(of.columns):
        places = zip(of["article"], of["start"], strict=True)
        of = of.assign(sentence=[story.sentence_at(article, at) for article, at in places])
    if missing := [name for name in ("article", "sentence") if name not in of.columns]:
        raise TableError(
            f"the table given as `of` lacks {', '.join(missing)}; expected article and sentence, "
            "or article and start"
        )
    if strangers := sorted(set(of["article"]) - set(story.ids)):
        raise TableError(
            f"the table given as `of` names {', '.join(map(str, strangers))}; "
            f"the story has {', '.join(story.ids)}"
        )
    return of


def _sentences(story: Story) -> pd.DataFrame:
    """Sentences with the columns of their article."""
    columns = ["article", "sentence", *_SENTENCE_COLUMNS, "words"]
    about = story.articles.drop(columns=["words", "text"])
    return story.sentences[columns].merge(about, on="article", validate="m:1")


def _cells(
    events: pd.DataFrame, sentences: pd.DataFrame, categories: list[str], groups: list[str]
) -> pd.DataFrame:
    """One row per category and group, with the sentences of the group and their counts."""
    names = [f"category {number}" for number in range(len(categories))]
    found = events[["article", "sentence", *categories]].set_axis(
        ["article", "sentence", *names], axis=1
    )
    values = list(found[names].drop_duplicates().sort_values(names).itertuples(index=False))
    rows = []
    for value in values if categories else [()]:
        chosen = found
        for name, wanted in zip(names, value, strict=True):
            chosen = chosen[chosen[name] == wanted]
        counted = chosen.groupby(["article", "sentence"]).size().rename("events").reset_index()
        full = sentences.merge(
            counted, how="left", on=["article", "sentence"], validate="1:1"
        ).fillna({"events": 0})
        for group, part in full.groupby(groups, sort=False, dropna=False):
            row = {
                **dict(zip(categories, value, strict=True)),
                **dict(zip(groups, group, strict=True)),
            }
            rows.append({**row, "part of": part[["article", "sentence", "words", "events"]]})
    return pd.DataFrame(rows, columns=[*categories, *groups, "part of"])


def _judged(cells: pd.DataFrame, *, strata: list[str], compared: str, story: Story) -> pd.DataFrame:
    """Rates and intervals of each cell, and each cell against the others of its family."""
    rows: list[dict] = []
    ps: list[float] = []
    comparisons: list[tuple[Sample, Sample, float]] = []
    if not len(cells):
        return cells.drop(columns="part of")
    families = cells.groupby(strata, sort=False, dropna=False) if strata else [((), cells)]
    for _, family in families:
        labels = [_label(value, compared, story) for value in family[compared]]
        parts = family["part of"].tolist()
        sizes = [part["article"].nunique() for part in parts]
        # groups of articles, not articles: then each needs enough of them
        weak = max(sizes) > 1 and min(sizes) < FEWEST_ARTICLES and compared != "article"
        for place, (record, part) in enumerate(
            zip(family.drop(columns="part of").to_dict("records"), parts, strict=True)
        ):
            others = [other for n, other in enumerate(parts) if n != place]
            row = {**record, **_rate(part), "label": labels[place], "articles": sizes[place]}
            if not others:
                row |= {"compared_with": "", "comparison": None}
            elif len(parts) == 2 and place == 1:
                row |= {"compared_with": labels[0], "comparison": len(ps) - 1, "sign": -1}
            else:
                rest = others[0] if len(others) == 1 else pd.concat(others)
                comparison = (*_samples(part, rest), _copied(part, rest, story))
                comparisons.append(comparison)
                ps.append(1.0 if weak else float(difference_p(*comparison[:2], rho=comparison[2])))
                row |= {
                    "compared_with": labels[1] if len(parts) == 2 else "the others",
                    "comparison": len(ps) - 1,
                    "sign": 1,
                }
            rows.append(row)
    adjusted, level = holm(np.array(ps), LEVEL)
    for row in rows:
        number, sign = row.pop("comparison"), row.pop("sign", 1)
        if number is None:
            nothing = ("difference", "difference_low", "difference_high", "p", "p_adjusted")
            row |= {**dict.fromkeys(nothing, np.nan), "comparisons": 0, "verdict": ALONE}
            continue
        a, b, rho = comparisons[number]
        low, high = (float(end) * PER for end in difference_interval(a, b, level=level, rho=rho))
        difference = sign * PER * float(a.rate - b.rate)
        higher = row["label"] if difference > 0 else row["compared_with"]
        row |= {
            "difference": difference,
            "difference_low": low if sign > 0 else -high,
            "difference_high": high if sign > 0 else -low,
            "p": ps[number],
            "p_adjusted": adjusted[number],
            "comparisons": len(ps),
            "verdict": f"higher in {higher}" if adjusted[number] < LEVEL else SAME,
        }
    return pd.DataFrame(rows)


def _label(value, compared: str, story: Story) -> str:
    return story.labels.get(value, str(value)) if compared == "article" else str(value)


def _rate(part: pd.DataFrame) -> dict:
    sample = _sample(part)
    low, high = sample.interval(LEVEL)
    return {
        "count": int(sample.count),
        "words": int(sample.words),
        "per_1000_words": float(sample.rate) * PER,
        "low": float(low) * PER,
        "high": float(high) * PER,
        "unit": "article" if part["article"].nunique() >= FEWEST_ARTICLES else "sentence",
    }


def _sample(part: pd.DataFrame) -> Sample:
    if part["article"].nunique() >= FEWEST_ARTICLES:
        part = part.groupby("article", sort=False)[["events", "words"]].sum()
    return Sample(part["events"].to_numpy(float), part["words"].to_numpy(float))


def _samples(part: pd.DataFrame, rest: pd.DataFrame) -> tuple[Sample, Sample]:
    return _sample(part), _sample(rest)


def _copied(part: pd.DataFrame, rest: pd.DataFrame, story: Story) -> float:
    """Correlation of two articles' rates that their common sentences make."""
    if part["article"].nunique() != 1 or rest["article"].nunique() != 1:
        return 0.0
    if part["article"].iat[0] == rest["article"].iat[0]:
        return 0.0
    one, other = (
        [
            _words(story, article, number)
            for article, number in zip(half["article"], half["sentence"], strict=True)
        ]
        for half in (part, rest)
    )
    return correlation(_sample(part), _sample(rest), near_copies(one, other))


def _words(story: Story, article: str, number: int) -> frozenset[str]:
    text = story.sentences_of(article)["text"].iat[number]
    return frozenset(word.lower() for word in WORD.findall(text))


def near_copies(one: list[frozenset[str]], other: list[frozenset[str]]) -> list[tuple[int, int]]:
    """Pairs of sentences, given as sets of words, that share most of their words; each once."""
    found = []
    for i, left in enumerate(one):
        for j, right in enumerate(other):
            common = len(left & right)
            if common and (share := common / len(left | right)) >= NEAR_COPY:
                found.append((share, i, j))
    pairs, left_taken, right_taken = [], set(), set()
    for _, i, j in sorted(found, key=lambda pair: (-pair[0], abs(pair[1] - pair[2]))):
        if i not in left_taken and j not in right_taken:
            pairs.append((i, j))
            left_taken.add(i)
            right_taken.add(j)
    return pairs
