"""Dates of two articles side by side: the same, one inside the other, or open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .date_words import DAYS, MONTHS
from .likeness import Place, same_statement

# How alike the surroundings must be; chosen on the development pairs (benchmarks/figures.py).
SAME_DATE = 0.04
OTHER_DATE = 0.12

Verdict = tuple[str, str] | None


def compare_dates(x: Place, y: Place, likeness: float) -> Verdict:
    """How two dates stand to each other, or None if nothing says that they date the same event.

    Parameters
    ----------
    x, y : Place
        Rows of `an.numbers` of two articles, both dates.
    likeness : float
        How alike their surroundings are, as `likeness.alike` gives it.

    Returns
    -------
    (str, str) or None
        Relation and reason.
    """
    words_x, words_y = x.row["text"].lower(), y.row["text"].lower()
    periods = [x.row["period"], y.row["period"]]
    written = periods[0] if periods[0] == periods[1] else " / ".join(periods)
    # many events share a year
    yearly = all(_last(place) - (place.value or 0.0) > 31 for place in (x, y))
    event = (
        likeness >= (OTHER_DATE / 2 if yearly else SAME_DATE)
        or same_statement(x, y)
        or _calendar(x, y)
    )
    if not event:
        return None
    if x.value is None or y.value is None:
        return _open_dates(x, y, likeness, written)
    last_x, last_y = _last(x), _last(y)
    if (x.value, last_x) == (y.value, last_y):
        hours = [_HOUR.sub("", words) for words in (words_x, words_y)]
        if words_x != words_y and hours[0] != words_x and hours[1] != words_y:
            return "compatible", f"the same day, the hour put differently: {written}"
        return "same", f"the same date: {written}"
    weekday = _named(words_x, DAYS)
    if weekday and weekday == _named(words_y, DAYS) and abs(x.value - y.value) == 7:
        # whether it lies ahead or behind was read differently
        return "same", f"both say {weekday.capitalize()}"
    if max(x.value, y.value) > min(last_x, last_y):
        return None
    # a day inside a year says little of the event, a day inside a week does
    width = max(last_x - x.value, last_y - y.value)
    enough = SAME_DATE if width <= 7 else OTHER_DATE if width <= 31 else 2 * OTHER_DATE
    return ("compatible", f"one lies in the other: {written}") if likeness >= enough else None


_HOUR = re.compile(r"\b(?:early|late|morning|afternoon|evening|night|noon|at .*)\b")


def _calendar(x: Place, y: Place) -> bool:
    """Tell whether both name the same day of a month ("Feb. 8"): few events share one."""
    texts = [place.row["text"].lower() for place in (x, y)]
    named = all(_named(text, MONTHS) and re.search(r"\d", text) for text in map(_full_month, texts))
    return named and x.value is not None and x.value == y.value and x.upper is y.upper is None


def _full_month(words: str) -> str:
    return re.sub(
        r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?",
        lambda match: next(name for name in MONTHS if name.startswith(match[1][:3])),
        words,
    )


def _open_dates(x: Place, y: Place, likeness: float, written: str) -> Verdict:
    """Dates of which at least one cannot be resolved: compare what they name."""
    words_x, words_y = x.row["text"].lower(), y.row["text"].lower()
    if words_x == words_y:
        if x.value is None and y.value is None:
            return "same", f"both say {x.row['text']}; the day of publication is not known"
        return "compatible", f"both say {x.row['text']}; one day of publication is not known"
    for names in (DAYS, MONTHS):
        name, other = _named(words_x, names), _named(words_y, names)
        if name and name == other:
            return "compatible", f"both name {name.capitalize()}: {written}"
        if name and other:
            return None
    grains = {_grain(words_x), _grain(words_y)}
    if likeness >= OTHER_DATE and len(grains) == 1 and "" not in grains:
        return "undecided", f"one day of publication is not known: {written}"
    return None


_FOLLOWING = re.compile(r"\b(?:later|after|afterwards?|before|prior|following|next day|from now)\b")


def _grain(words: str) -> str:
    """Day, week, month or year; empty for what hangs on something told before ("a day later")."""
    if _FOLLOWING.search(words):
        return ""
    if _named(words, MONTHS):
        return "day" if re.search(r"\d", words) else "month"
    if _named(words, DAYS) or re.search(r"today|tonight|morrow|yesterday|morning|evening", words):
        return "day"
    return _named(words, ("week", "month", "year"))


def _named(words: str, names: Sequence[str]) -> str:
    return next((name for name in names if re.search(rf"\b{name}\b", words)), "")


def _last(place: Place) -> float:
    value = place.value or 0.0
    return value if place.upper is None else place.upper
