"""What a date of the news means on the day of publication: its first and last day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from .date_words import COUNT, DAYS, MONTHS, SEASONS, SPAN, YEAR
from .number_words import small

Span = tuple[date, date]


def interval(first: date | None, last: date | None) -> str:
    """ISO notation of a period: day, month, year, or "first/last"; empty if open."""
    if first is None or last is None:
        return ""
    if first == last:
        return first.isoformat()
    if (first, last) == _year(first.year):
        return f"{first.year:04d}"
    if (first, last) == _month(first.year, first.month):
        return f"{first.year:04d}-{first.month:02d}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _year(year: int) -> Span:
    return date(year, 1, 1), date(year, 12, 31)


def _month(year: int, month: int) -> Span:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def _week(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def resolve(form: str, words: str, base: date | None, future: bool | None) -> Span | None:
    """First and last day of a date found by `dates.find_dates`, or None where it stays open.

    Parameters
    ----------
    form : str
        Name of the pattern that found it.
    words : str
        The date as written.
    base : date or None
        Day of publication.
    future : bool or None
        Whether the sentence tells of what lies ahead; None where only nearness tells.
    """
    lower = words.lower()
    try:
        return _RESOLVERS[form](lower, base, future)
    except ValueError:  # February 30: written, but no day
        return None


def _month_number(lower: str) -> int | None:
    for match in re.finditer(r"[a-z]{3,}", lower):
        for number, name in enumerate(MONTHS, 1):
            if match[0] in (name, name[:3]) or (match[0] == "sept" and number == 9):
                return number
    return None


def _year_number(lower: str) -> int | None:
    match = re.search(rf"(?<!\d){YEAR}(?!\d)", lower)
    return int(match[0]) if match else None


def _iso(lower: str, base: date | None, future: bool | None) -> Span | None:
    day = date.fromisoformat(lower)
    return day, day


def _full(lower: str, base: date | None, future: bool | None) -> Span | None:
    month, year = _month_number(lower), _year_number(lower)
    dated = re.sub(rf"{YEAR}(?!\d)|\bat .*", "", lower)
    days = [int(d) for d in re.findall(r"\d{1,2}", dated)]
    if month is None or not days:
        return None
    if year is None:
        if base is None:
            return None
        year = _nearest_year(base, date(2000, month, days[0]), future)
    first = date(year, month, days[0])
    return first, date(year, month, days[1]) if len(days) > 1 else first


# What was to come at some past time may be over by now, but seldom for more than these days.
_BEHIND = 90


def _nearest_year(base: date, day: date, future: bool | None) -> int:
    """Year of a day of the year: the last one, or the next if that is within two weeks."""
    ahead = (day.replace(year=2000) - base.replace(year=2000)).days
    if future is None:
        return base.year + (1 if ahead < -_BEHIND else -1 if ahead > 366 - _BEHIND else 0)
    if ahead > (182 if future else 14):
        return base.year - (0 if future else 1)
    if future and ahead < -14:
        return base.year + 1
    if not future and ahead < -351:
        return base.year + 1
    return base.year


def _bare_month(lower: str, base: date | None, future: bool | None) -> Span | None:
    month, year = _month_number(lower), _year_number(lower)
    if month is None:
        return None
    if year is None:
        if base is None:
            return None
        if lower.startswith(("last", "past")):
            year = base.year if month < base.month else base.year - 1
        elif future is None and not lower.startswith("next"):
            year = _nearest_year(base, date(2000, month, 1), None)
        elif lower.startswith("next") or future:
            year = base.year if month >= base.month else base.year + 1
        else:
            year = base.year if month <= base.month else base.year - 1
    return _month(year, month)


def _narrow(span: Span | None, lower: str) -> Span | None:
    """The early, middle or late part of a period."""
    if span is None:
        return None
    first, last = span
    days = (last - first).days + 1
    if "week" in lower and days <= 31:
        ranks = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3}
        for word, rank in ranks.items():
            if word in lower:
                start = first + timedelta(days=7 * rank)
                return start, min(start + timedelta(days=6), last)
        return last - timedelta(days=6), last
    third = timedelta(days=days // 3)
    if re.search(r"earl|begin|start|first|opening|turn", lower):
        return first, first + third
    if re.search(r"mid", lower):
        return first + third, last - third
    if re.search(r"late|end|last|final|closing", lower):
        return last - third, last
    return span


def _edge(lower: str, base: date | None, future: bool | None) -> Span | None:
    named = re.search(
        "|".join(MONTHS) + r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b", lower
    )
    rest = lower[named.start() :] if named else lower
    edge = lower[: named.start()] if named else lower
    return _narrow(_bare_month(rest, base, future), edge)


def _genitive(lower: str, base: date | None, future: bool | None) -> Span | None:
    month, rest = re.split(r"[’']s ", lower, maxsplit=1)
    return _narrow(_bare_month(month, base, future), rest)


def _edge_unit(lower: str, base: date | None, future: bool | None) -> Span | None:
    named = re.search(r"(?:this|last|next|the) (?:week|month|year|decade|century)$", lower)
    if base is None or named is None:
        return None
    span = _unit(named[0], base, future)
    edge = lower[: named.start()].strip()
    if span and named[0].startswith("this") and edge.startswith("earlier"):
        return span[0], min(base, span[1])
    if span and named[0].startswith("this") and edge.startswith("later"):
        return max(base, span[0]), span[1]
    return _narrow(span, edge)


def _edge_year(lower: str, base: date | None, future: bool | None) -> Span | None:
    year = _year_number(lower)
    return _narrow(_year(year), lower) if year else None


def _weekday(lower: str, base: date | None, future: bool | None) -> Span | None:
    if base is None:
        return None
    wanted = next(n for n, name in enumerate(DAYS) if name in lower)
    back = (base.weekday() - wanted) % 7
    if re.match(r"last\b", lower):
        day = base - timedelta(days=back or 7)
    elif future or re.match(r"(?:next|this coming)\b", lower):
        day = base + timedelta(days=(-back) % 7 or (7 if lower.startswith("next") else 0))
    elif future is None and back > 2:
        day = base + timedelta(days=7 - back)
    else:
        day = base - timedelta(days=back)
    return day, day


def _shift(base: date, unit: str, count: float) -> Span:
    """The day, week, month, year or decade that lies `count` units from `base`."""
    if unit in ("hour", "day"):
        day = base + timedelta(days=round(count if unit == "day" else 0))
        return day, day
    if unit == "week":
        return _week(base + timedelta(days=round(7 * count)))
    if unit == "month":
        return _month(base.year, base.month + round(count))
    years = {"year": 1, "decade": 10, "century": 100}[unit] * count
    return _year(base.year + round(years))


def _count(lower: str) -> tuple[float, str, bool] | None:
    """Count, unit and whether the count is vague: "a few weeks" is (3, week, True)."""
    match = re.search(rf"(?:({COUNT})( and a half)? )?({SPAN}|century)s?\b", lower)
    if not match:
        return None
    words = (match[1] or "a few").strip()
    vague = {"a few": 3.0, "several": 4.0, "many": 10.0, "a couple": 2.0, "a couple of": 2.0}
    if "half a" in lower:
        return 0.5, match[3], False
    number = vague.get(words) or small(words) + (0.5 if match[2] else 0)
    return number, match[3], words in vague


def _ago(lower: str, base: date | None, future: bool | None) -> Span | None:
    count = _count(lower)
    if base is None or count is None or lower.endswith("earlier"):
        return None
    number, unit, vague = count
    first, last = _shift(base, unit, -number)
    if vague:
        first, last = _shift(base, unit, -number - 1)[0], _shift(base, unit, -number + 1)[1]
    return first, min(last, base)


def _window(lower: str, base: date | None, future: bool | None) -> Span | None:
    if base is None:
        return None
    ahead = re.search(r"next|coming|within an?\b|within (?!the)", lower)
    count = _count(re.sub(r".*\b(?:last|past|previous|next|coming|within) ", "", lower))
    if count is None:
        return None
    number, unit, _ = count
    if not re.search(rf"{SPAN}s\b|within", lower):
        number = 1
    days = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30.44, "year": 365.25, "decade": 3652.5}
    length = timedelta(days=round(number * days[unit]))
    return (base, base + length) if ahead else (base - length, base)


def _unit(lower: str, base: date | None, future: bool | None) -> Span | None:
    if base is None:
        return None
    words = lower.split()
    unit = words[-1]
    step = {"this": 0, "last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}
    count = next((step[w] for w in reversed(words[:-1]) if w in step), 0)
    if unit == "weekend":
        saturday = base - timedelta(days=(base.weekday() - 5) % 7)
        if count > 0 or (future and base.weekday() < 5):
            saturday += timedelta(days=7)
        elif count < 0 and base.weekday() >= 5:
            saturday -= timedelta(days=7)
        return saturday, saturday + timedelta(days=1)
    if unit in SEASONS:
        year = base.year if base.month >= SEASONS[unit] or count > 0 or future else base.year - 1
        if count < 0 and base.month < SEASONS[unit] + 3 and year == base.year:
            year -= 1
        return _season(unit, year if count <= 0 or base.month < SEASONS[unit] else year + 1)
    if unit == "quarter":
        start = 3 * ((base.month - 1) // 3) + 1 + 3 * count
        return _month(base.year, start)[0], _month(base.year, start + 2)[1]
    if unit == "decade":
        return _decade(base.year // 10 * 10 + 10 * count)
    if unit == "century":
        start = base.year // 100 * 100 + 100 * count
        return date(start, 1, 1), date(start + 99, 12, 31)
    return _shift(base, unit, count)


def _season(name: str, year: int) -> Span:
    return _month(year, SEASONS[name])[0], _month(year, SEASONS[name] + 2)[1]


def _weekend(lower: str, base: date | None, future: bool | None) -> Span | None:
    return _unit("this weekend", base, future)


def _today(lower: str, base: date | None, future: bool | None) -> Span | None:
    if base is None:
        return None
    step = 1 if "tomorrow" in lower else -1 if "yesterday" in lower or "last night" in lower else 0
    day = base + timedelta(days=step)
    return day, day


def _season_year(lower: str, base: date | None, future: bool | None) -> Span | None:
    year = _year_number(lower)
    name = next(name for name in SEASONS if name in lower)
    return _season(name, year) if year else None


def _quarter(lower: str, base: date | None, future: bool | None) -> Span | None:
    year = _year_number(lower)
    if year is None and base is not None:
        year = base.year + (-1 if "last year" in lower else 1 if "next year" in lower else 0)
    if year is None or "fiscal" in lower:
        return None
    ranks = ["first", "second", "third", "fourth"]
    length = 6 if "half" in lower else 3
    digit = re.match(r"q([1-4])", lower)
    rank = (
        int(digit[1]) - 1
        if digit
        else next((n for n, word in enumerate(ranks) if word in lower), 12 // length - 1)
    )
    return _month(year, 1 + length * rank)[0], _month(year, length * (rank + 1))[1]


def _years(lower: str, base: date | None, future: bool | None) -> Span | None:
    first, last = re.split(r"\s*[-–/]\s*", lower)
    last = first[: 4 - len(last)] + last
    if int(last) <= int(first):
        return None
    return date(int(first), 1, 1), date(int(last), 12, 31)


def _decade(year: int) -> Span:
    return date(year, 1, 1), date(year + 9, 12, 31)


def _decades(lower: str, base: date | None, future: bool | None) -> Span | None:
    if "century" in lower:
        words = {"nineteenth": 19, "twentieth": 20, "twenty-first": 21}
        digits = re.search(r"\d+", lower)
        number = int(digits[0]) if digits else next(n for w, n in words.items() if w in lower)
        span = date(100 * (number - 1) + 1, 1, 1), date(100 * number, 12, 31)
    else:
        digits = re.search(r"\d+(?=s)", lower)
        if not digits:
            return None
        year = int(digits[0])
        span = _decade(year if year > 99 else (1900 if year >= 20 else 2000) + year)
    return _narrow(span, lower) if re.search(r"early|mid|late", lower) else span


def _plain_year(lower: str, base: date | None, future: bool | None) -> Span | None:
    year = _year_number(lower)
    return _year(year) if year else None


_RESOLVERS: dict[str, Callable[[str, date | None, bool | None], Span | None]] = {
    "iso": _iso,
    "full": _full,
    "edge": _edge,
    "genitive": _genitive,
    "edge_unit": _edge_unit,
    "edge_year": _edge_year,
    "month": _bare_month,
    "weekday": _weekday,
    "ago": _ago,
    "window": _window,
    "within": _window,
    "after": lambda *_: None,
    "unit": _unit,
    "weekend": _weekend,
    "today": _today,
    "season": _season_year,
    "quarter": _quarter,
    "years": _years,
    "decade": _decades,
    "year": _plain_year,
}
