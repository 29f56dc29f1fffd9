"""Figures and dates of two articles side by side: same, compatible, other scope, conflict.

A pair is made only of figures that count the same thing, and of dates of the same event; never a
conflict by default.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .date_pairs import Verdict, compare_dates
from .figures import find
from .likeness import Place, alike, places
from .units import MONEY, TIMES

if TYPE_CHECKING:
    from .story import Story

# How alike the surroundings must be; chosen on the development pairs (benchmarks/figures.py).
SAME_FIGURE = 0.04
DISTINCT_FIGURE = 0.0
OTHER_FIGURE = 0.2
SAME_CLAIM = 0.4
NEWS_DAYS = 10
"""A day this near to publication is the day of the news."""
NEWS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today".split())
_ANYBODY = frozenset({"person", "other", "dead", "wounded"})


def number_pairs(story: Story, between: Sequence[str] | None = None) -> pd.DataFrame:
    """Comparable figures and dates of two articles, and how they stand to each other.

    Parameters
    ----------
    story : Story
    between : two ids, optional
        May be left out when the story has exactly two articles.

    Returns
    -------
    DataFrame
        One row per comparable pair, columns in `schema.NUMBER_PAIRS`. `relation` is `same`,
        `compatible` (bounds, rounding or a wider period agree), `different_scope` (other period,
        total against increment, other subject: the reason says which), `conflict`, `undecided`.

    Raises
    ------
    PairError
        If it is not clear which two articles are meant.

    Notes
    -----
    Two figures are comparable if their units agree and they count the same noun (or a synonym of
    `lexicons/counted_nouns.csv`) in surroundings that share words, the more so the less telling
    the figure; two dates if they are the same or one holds the other, and what happened then is
    told in like words. Different figures are called a conflict only if both are exact, nothing
    in period, kind, subject or wording tells them apart and their clauses are nearly the same.
    A figure that has a partner of the same value is not set against others. Limits: two events
    of one day told in like words are taken for one; figures that one article gives in words of
    another unit (three terms, 12 years) are not paired.
    """
    a, b = story.pair(between)
    found = places(story, schema.from_rows(find(story, [a, b]), schema.NUMBERS))
    left = [place for place in found if place.row["article"] == a]
    right = [place for place in found if place.row["article"] == b]
    pairs = []
    for x in left:
        for y in right:
            if x.is_date == y.is_date:
                likeness = alike(x, y)
                verdict = (compare_dates if x.is_date else _figures)(x, y, likeness)
                if verdict is not None:
                    pairs.append((x, y, likeness, verdict))
    best = sorted(_best(pairs), key=lambda pair: pair[0].is_date)  # figures first
    rows = [_row(x, y, *verdict) for x, y, _, verdict in best]
    return schema.from_rows(rows, schema.NUMBER_PAIRS)


def _best(pairs: list) -> list:
    """Drop pairs of different figures where one of them has a partner of its own value."""
    agreed = {
        id(place)
        for x, y, _, (relation, _) in pairs
        if relation in ("same", "compatible") and not x.is_date
        for place in (x, y)
    }
    return [
        pair
        for pair in pairs
        if pair[3][0] in ("same", "compatible")
        or pair[0].is_date
        or not {id(pair[0]), id(pair[1])} & agreed
    ]


def _row(x: Place, y: Place, relation: str, reason: str) -> dict:
    row = {
        "quantity": x.row["quantity"] or y.row["quantity"],
        "kind": "date" if x.is_date else "figure",
        "relation": relation,
        "reason": reason,
    }
    for side, place in (("a", x.row), ("b", y.row)):
        row |= {
            f"article_{side}": place["article"],
            f"{side}_start": place["start"],
            f"{side}_end": place["end"],
            f"{side}_text": place["text"],
        }
    return row


def _figures(x: Place, y: Place, likeness: float) -> Verdict:
    kind = _dimension(x.row["unit"])
    if kind != _dimension(y.row["unit"]):
        return None
    ages = [place.row["quantity"].startswith("age") for place in (x, y)]
    if any(ages):
        return _ages(x, y) if all(ages) else None
    if x.fate and y.fate and x.fate != y.fate:
        return None  # the killed and the injured
    heads = _alike_counted(x, y)
    if x.value is None or y.value is None:
        return (
            ("undecided", "a figure is left open") if heads and likeness >= OTHER_FIGURE else None
        )
    equal = _amount(x) == _amount(y)
    if kind == "ordinal":
        enough = SAME_FIGURE if heads else OTHER_FIGURE
        return _equal(x, y) if equal and likeness >= enough else None
    if equal:
        distinct = _distinct(x)
        if likeness < (DISTINCT_FIGURE if distinct else SAME_FIGURE):
            return None
        bare = kind in ("", "person")
        if bare and not distinct and not heads and likeness < SAME_CLAIM:
            return None
        return _equal(x, y)
    if _rounded(x, y) and likeness >= OTHER_FIGURE / 2 and (heads or kind not in ("", "time", "%")):
        return _different(x, y, likeness)
    if not heads and (kind in ("", "time") or kind in MONEY):
        return None
    people = heads and x.row["unit"] == y.row["unit"] == "person"
    if people and bool(x.fate) != bool(y.fate):
        return None  # the killed, and persons of whom the text says something else
    least = OTHER_FIGURE / 2
    if x.fate:  # two tolls of one size are told in other words as a rule
        near = max(x.value, y.value) <= 2 * min(x.value, y.value)
        least = 0.0 if near and not (x.row["period"] or y.row["period"]) else SAME_FIGURE
    if likeness < (least if people else OTHER_FIGURE):
        return None
    return _different(x, y, likeness)


def _alike_counted(x: Place, y: Place) -> bool:
    """The same noun; where one says "80 wounded" and no noun, the same fate."""
    if x.fate and x.fate == y.fate and (x.heads <= _ANYBODY or y.heads <= _ANYBODY):
        return True
    return bool(x.heads & y.heads)


def _dimension(unit: str) -> str:
    if unit in MONEY:
        return unit
    if unit in TIMES:
        return "time"
    return {"share": "%", "person": "", "vote": ""}.get(unit, unit)


def _amount(place: Place) -> tuple[float, float | None]:
    """Value and upper end in one unit: days for times, per cent for shares."""
    factor = TIMES.get(place.row["unit"], 100.0 if place.row["unit"] == "share" else 1.0)
    value = round((place.value or 0.0) * factor, 6)
    return value, None if place.upper is None else round(place.upper * factor, 6)


def _distinct(place: Place) -> bool:
    """Tell a telling figure from a round or small one: 134, 1.375 billion, not 3 or 10,000."""
    if place.upper is not None or place.row["unit"] == "term":
        return True
    digits = f"{place.value:.6g}".replace(".", "").strip("0")
    return len(digits) >= 3 or (
        len(digits) == 2 and (place.row["unit"] in MONEY or (place.value or 0) > 20)
    )


def _ages(x: Place, y: Place) -> Verdict:
    who_x, who_y = (place.row["quantity"].split()[-1].lower() for place in (x, y))
    if who_x != who_y or who_x == "age" or x.value is None or y.value is None:
        return None
    if x.value == y.value:
        return "same", "the same age"
    if abs(x.value - y.value) == 1:
        return "compatible", "a birthday apart"
    return "undecided", "other ages; perhaps of another person or year"


def _equal(x: Place, y: Place) -> Verdict:
    if other := _other_scope(x, y, equal=True):
        return "different_scope", other
    signs = {x.row["comparator"], y.row["comparator"]}
    additional = " (one calls it additional)" if x.row["kind"] != y.row["kind"] else ""
    if len(signs) == 1 or signs <= {">", ">="} or signs <= {"<", "<="} or signs <= {"=", "~"}:
        return "same", f"the same figure{additional}"
    return "compatible", f"the same figure, another bound{additional}"


def _different(x: Place, y: Place, likeness: float) -> Verdict:
    if other := _other_scope(x, y, equal=False):
        return "different_scope", other
    low_x, high_x = _bounds(x)
    low_y, high_y = _bounds(y)
    if max(low_x, low_y) <= min(high_x, high_y) or _rounded(x, y):
        return "compatible", "the bounds or the rounding agree"
    exact = {x.row["comparator"], y.row["comparator"]} <= {"=", "~"}
    alike = x.heads == y.heads and x.verb == y.verb
    if exact and likeness >= SAME_CLAIM and (alike or (x.fate and _alike_counted(x, y))):
        return "conflict", "other figures in nearly the same words"
    return "undecided", "other figures; the text does not say whether of the same scope"


def _other_scope(x: Place, y: Place, *, equal: bool) -> str:
    """In words what sets the scopes of two figures apart; empty if nothing does."""
    reasons = []
    period_x, period_y = x.row["period"], y.row["period"]
    if period_x and period_y and not _periods_meet(period_x, period_y):
        reasons.append(f"other period: {period_x} / {period_y}")
    if equal:
        if x.row["unit"] == "%" and x.subject and y.subject and x.subject != y.subject:
            reasons.append(f"of another: {x.subject.capitalize()} / {y.subject.capitalize()}")
        return "; ".join(reasons)
    if bool(period_x) != bool(period_y) and not (_is_news(x) or _is_news(y)):
        reasons.append(f"other period: {period_x or 'none named'} / {period_y or 'none named'}")
    if x.row["kind"] != y.row["kind"]:
        first, second = (
            "increment" if place.row["kind"] == "increment" else "total" for place in (x, y)
        )
        reasons.append(f"{first} against {second}")
    if x.subject and y.subject and x.subject != y.subject:
        reasons.append(f"of another: {x.subject.capitalize()} / {y.subject.capitalize()}")
    if (x.names or y.names) and not x.names & y.names and x.heads != y.heads:
        reasons.append(f"another thing counted: {x.row['quantity']} / {y.row['quantity']}")
    return "; ".join(reasons)


def _is_news(place: Place) -> bool:
    """Tell whether the period of a figure is a day of the news itself: "on Tuesday, 12 died".

    Another article that names no day then tells of the same event, not of another time.
    """
    period = place.row["period"]
    day = re.search(r"\((\d{4}-\d\d-\d\d)\)$", period)
    if day is None or pd.isna(place.published):
        return bool(NEWS.intersection(period.lower().split()))
    return abs((place.published - pd.Timestamp(day[1])).days) <= NEWS_DAYS


def _periods_meet(first: str, second: str) -> bool:
    """Tell whether two periods as written can be the same time."""
    if first == second:
        return True
    spans = [
        re.search(r"(\d{4}(?:-\d\d){0,2})(?:/([\d-]+))?\)?$", text) for text in (first, second)
    ]
    if not all(spans):
        return first.split(" (")[0].lower() == second.split(" (")[0].lower()
    (low_x, high_x), (low_y, high_y) = (
        (match[1], (match[2] or match[1]) + "~") for match in spans if match
    )
    return low_x <= high_y and low_y <= high_x


def _bounds(place: Place) -> tuple[float, float]:
    value, upper = _amount(place)
    if upper is not None:
        return min(value, upper), max(value, upper)
    vague = bool(re.search(r"ens\b|reds\b|ands\b|ions\b|several|few", place.row["text"]))
    most = value * (10 if vague else 2)
    return {
        ">": (math.nextafter(value, math.inf), most),
        ">=": (value, most),
        "<": (value / 2, math.nextafter(value, 0)),
        "<=": (value / 2, value),
        "~": (value * 0.9, value * 1.1),
    }.get(place.row["comparator"], (value, value))


def _rounded(x: Place, y: Place) -> bool:
    """Tell whether one figure is the other one rounded: 1.375 and 1.4 billion."""
    first, second = _amount(x)[0], _amount(y)[0]
    step = max(_step(first), _step(second))
    return abs(first - second) <= min(step / 2, 0.1 * max(first, second))


def _step(value: float) -> float:
    """Place of the last digit that is not zero: 0.1 billion for 1.4 billion."""
    if not value:
        return 0.0
    step = 10.0 ** math.floor(math.log10(abs(value)))
    for _ in range(6):
        if abs(value / step - round(value / step)) < 1e-9:
            return step
        step /= 10
    return step
