"""Figures and dates of two articles side by side: the same, compatible, of other scope, in conflict.

A pair is made only of figures that count the same thing, and of dates of the same event; never a
conflict by default.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .figures import numbers
from .units import MONEY, TIMES, group

if TYPE_CHECKING:
    from .story import Story


@dataclass(frozen=True, eq=False)
class _Row:
    """A row of the numbers table with what comparison needs."""

    row: dict
    words: dict[str, float]  # lemmas of its sentence with their weights
    near: dict[str, float]  # lemmas of its clause and of what it counts
    heads: frozenset[str]  # groups of the nouns of what is counted
    verb: str

    @property
    def value(self) -> float | None:
        return None if pd.isna(self.row["value"]) else float(self.row["value"])

    @property
    def upper(self) -> float | None:
        return None if pd.isna(self.row["upper"]) else float(self.row["upper"])

    @property
    def date(self) -> bool:
        return self.row["kind"] == "date"


def number_pairs(story: Story, between: Sequence[str] | None = None) -> pd.DataFrame:
    """Comparable figures and dates of two articles, with how they stand to each other.

    Parameters
    ----------
    story : Story
    between : two ids, optional
        May be left out when the story has exactly two articles.

    Returns
    -------
    DataFrame
        One row per comparable pair, columns in `schema.NUMBER_PAIRS`.
    """
    a, b = story.pair(between)
    table = numbers(story)
    left = _rows(story, table[table["article"] == a])
    right = _rows(story, table[table["article"] == b])
    found = []
    for x in left:
        for y in right:
            if x.date != y.date:
                continue
            verdict = _dates(x, y) if x.date else _figures(x, y)
            if verdict is not None:
                found.append(_pair(x, y, *verdict))
    return schema.from_rows(found, schema.NUMBER_PAIRS)


def _pair(x: _Row, y: _Row, relation: str, reason: str) -> dict:
    pair = {
        "quantity": x.row["quantity"] or y.row["quantity"],
        "relation": relation,
        "reason": reason,
    }
    for side, row in (("a", x.row), ("b", y.row)):
        pair |= {
            f"article_{side}": row["article"],
            f"{side}_start": row["start"],
            f"{side}_end": row["end"],
            f"{side}_text": row["text"],
        }
    return pair


def _rows(story: Story, table: pd.DataFrame) -> list[_Row]:
    rows = []
    for row in table.to_dict("records"):
        doc = story.docs[row["article"]]
        span = doc.char_span(row["start"], row["end"], alignment_mode="expand")
        sentence = story.sentences_of(row["article"]).loc[row["sentence"]]
        whole = doc.char_span(sentence["start"], sentence["end"], alignment_mode="expand")
        verb = next((t for t in span.root.ancestors if t.pos_ == "VERB"), None)
        clause = list(verb.subtree) if verb is not None else list(whole)
        quantity = [group(w) for w in _lemmas(row["quantity"], whole)]
        rows.append(
            _Row(
                row,
                _weights(whole, span),
                _weights([t for t in clause if whole.start <= t.i < whole.end], span),
                frozenset(quantity),
                verb.lemma_.lower() if verb is not None else "",
            )
        )
    return rows


def _lemmas(words: str, sentence) -> list[str]:
    wanted = set(words.replace("-", " ").split())
    return [t.lemma_ for t in sentence if t.text in wanted and t.pos_ in ("NOUN", "PROPN")]


def _weights(tokens, but) -> dict[str, float]:
    weights = {}
    for token in tokens:
        if but.start <= token.i < but.end or token.like_num or token.is_stop or not token.is_alpha:
            continue
        if token.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ") or token.ent_type_ in (
            "DATE",
            "TIME",
        ):
            continue
        lemma = group(token.lemma_)
        weights[lemma] = rarity(lemma)
    return weights


def rarity(lemma: str) -> float:
    """Weight of a lemma: 1 for the commonest words, 7 for the rarest (8 less the Zipf frequency)."""
    from wordfreq import zipf_frequency

    return max(1.0, 8.0 - max(1.0, zipf_frequency(lemma, "en")))


def _similar(a: dict[str, float], b: dict[str, float]) -> float:
    """Cosine of two bags of lemmas weighted by rarity."""
    shared = sum(a[w] ** 2 for w in a.keys() & b.keys())
    size = math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
    return shared / size if size else 0.0


# dates


def _dates(x: _Row, y: _Row) -> tuple[str, str] | None:
    similar = max(_similar(x.words, y.words), _similar(x.near, y.near))
    if similar < 0.12:
        return None
    xs, ys = x.row["period"], y.row["period"]
    if x.value is None or y.value is None:
        if x.row["text"].lower() == y.row["text"].lower():
            return "same", f"both say {x.row['text']}; the dates of publication are not known"
        return None
    x_last, y_last = x.upper or x.value, y.upper or y.value
    if (x.value, x_last) == (y.value, y_last):
        return "same", f"the same date: {xs} / {ys}" if xs != ys else f"the same date: {xs}"
    if max(x.value, y.value) <= min(x_last, y_last):
        return "compatible", f"one lies in the other: {xs} / {ys}"
    return None


# figures


def _kind_of_unit(unit: str) -> str:
    return "money" if unit in MONEY else "time" if unit in TIMES else unit


def _figures(x: _Row, y: _Row) -> tuple[str, str] | None:
    if _kind_of_unit(x.row["unit"]) != _kind_of_unit(y.row["unit"]):
        return None
    near = _similar(x.near, y.near)
    similar = max(near, _similar(x.words, y.words))
    heads = bool(x.heads & y.heads)
    equal = x.value is not None and x.value == y.value and x.row["unit"] == y.row["unit"]
    if x.row["unit"] in ("", "person") and not heads and not (equal and similar > 0.3):
        return None
    if similar < (0.1 if equal else 0.35):
        return None
    return _relation(x, y)


def _relation(x: _Row, y: _Row) -> tuple[str, str]:
    if x.row["kind"] != y.row["kind"]:
        return "different_scope", f"{_scope(x)} against {_scope(y)}"
    if x.row["period"] and y.row["period"] and x.row["period"] != y.row["period"]:
        return "different_scope", f"other period: {x.row['period']} / {y.row['period']}"
    if x.value is None or y.value is None:
        return "undecided", "a figure without a value"
    if x.value == y.value and x.upper == y.upper:
        if x.row["comparator"] == y.row["comparator"] or {
            x.row["comparator"],
            y.row["comparator"],
        } <= {">", ">="}:
            return "same", "the same figure"
        return "compatible", "the same figure, another bound"
    low_x, high_x = _bounds(x)
    low_y, high_y = _bounds(y)
    if max(low_x, low_y) <= min(high_x, high_y):
        return "compatible", "the bounds or the rounding agree"
    return "undecided", "other figures for what looks alike"


def _scope(x: _Row) -> str:
    return f"{x.row['kind']} ({x.row['period'] or 'no period named'})"


def _bounds(x: _Row) -> tuple[float, float]:
    value, upper, sign = x.value or 0.0, x.upper, x.row["comparator"]
    if upper is not None:
        return min(value, upper), max(value, upper)
    return {
        ">": (value, math.inf),
        ">=": (value, math.inf),
        "<": (0.0, value),
        "<=": (0.0, value),
        "~": (value * 0.9, value * 1.1),
    }.get(sign, (value * 0.99, value * 1.01))
