"""From a number to a figure: its unit, bound, range, and the words that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .counted import CHANGES
from .not_figures import counts, is_label
from .number_words import Number, find_numbers, number_at
from .sentence_view import SentenceView
from .units import TIMES, bound_after, bound_before, money_before, unit_after

_SCORE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|score|win|won|wins|lead|led|leads|loss|lost|loses|beats?"
    r"|defeat(?:ed)?|pass(?:ed|es)?|approved|rejected|ruled|ruling|decision|victory|margin|tally"
    r"|tied?|split|majority|confirmed)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"-to-| ?[-–—‑] ?| to | or | and ")
_A_SPAN = re.compile(
    r"\b(?:for|than|about|nearly|almost|least|over|in|within) "
    r"(?P<span>an? (?P<unit>hour|day|week|month|year|decade|century)(?P<half> and a half)?)\b"
    r"(?! (?:ago|earlier|later|after|before|or|ahead))(?![\w-])"
)
_WAYS = {"over", "above", "under", "below"}
_LIKENED = re.compile(r" (?:the|as|that|what|its|their|his|her|our)\b")
_LASTED = re.compile(r"\b(?:for|of|lasted|took|after|is|was) $", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """A figure found in a sentence; offsets in the sentence's text."""

    start: int
    end: int
    number: Number
    core: tuple[int, int]  # number and unit, without the bound
    unit: str = ""
    sign: str = "="
    noun: str = ""
    upper: float | None = None


def find_figures(view: SentenceView, dates: list[tuple[int, int]]) -> Iterator[Figure]:
    """Figures of a sentence in order; what `dates` covers is left to them."""
    position = 0
    for number in find_numbers(view.text):
        if number.start < position or _overlaps(number.start, number.end, dates):
            continue
        figure = _figure(view, number)
        if figure is not None:
            yield figure
            position = figure.end
    for match in _A_SPAN.finditer(view.text):
        if not _overlaps(*match.span("span"), dates):
            core = match.span("span")
            number = Number(*core, 1.5 if match["half"] else 1.0, "words")
            start, sign = bound_before(view.text, core[0])
            yield Figure(start, core[1], number, core, match["unit"].lower(), sign)


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)


def _figure(view: SentenceView, number: Number) -> Figure | None:
    text = view.text
    if is_label(view, number):
        return None
    start, unit = money_before(text, number.start)
    end, noun, upper = number.end, "", None
    beside = unit_after(text, end) if not unit else None
    if beside is not None and (beside.name or beside.noun):
        unit, noun, unit_end = beside.name, beside.noun, beside.end
    else:
        ranged = _range(view, number)
        if ranged is not None:
            number, upper = ranged
            end = number.end
        unit_end = end
        if not unit:
            beside = unit_after(text, end)
            unit, noun, unit_end = beside.name, beside.noun, beside.end
    if unit == "KRW" and number.form != "digits":
        unit, unit_end = "", end  # "of the two won"
    if number.form == "ordinal":
        unit, unit_end, noun = "ordinal", end, ""
    elif number.form == "times":
        unit = "time"
    elif not unit and number.form in ("odds", "fraction"):
        unit = "share"
    if not unit and _is_age(view, start, end):
        unit, noun = "year", "age"
    if not counts(view, number, unit, noun):
        return None
    core = (start, unit_end)
    return _bounded(view, Figure(start, unit_end, number, core, unit, "=", noun, upper))


def _bounded(view: SentenceView, figure: Figure) -> Figure:
    """The figure with the words of its bound: "more than …", "… or so"."""
    text = view.text
    start, sign = bound_before(text, figure.start)
    temporal = figure.unit in TIMES and re.match(r"over\b", text[start:], re.IGNORECASE)
    if temporal and not _LASTED.search(text[:start]):
        start, sign = figure.start, "="  # "over two days" is during
    elif sign != "=" and _is_way(view, start, figure):
        start, sign = figure.start, "="
    end, after = bound_after(text, figure.end)
    sign = after or sign
    if figure.number.form == "couple":
        sign = "~"
    elif figure.number.vague and sign in ("=", "~"):
        sign = ">"
    return replace(figure, start=start, end=end, sign=sign)


def _is_way(view: SentenceView, start: int, figure: Figure) -> bool:
    """Tell "came over twice" and "handed over two suspects" from "over twice the price"."""
    first = view.tokens(start, figure.end)[0]
    bare = figure.number.form == "times" and not _LIKENED.match(view.text, figure.end)
    return first.lower_ in _WAYS and (bare or first.dep_ == "prt")


def _range(view: SentenceView, number: Number) -> tuple[Number, float] | None:
    """Both ends of "10 to 15", "10–15", "between 10 and 15", "134-63", or None."""
    text = view.text
    joint = _JOINT.match(text, number.end)
    if joint is None or number.form not in ("digits", "words") or number.value is None:
        return None
    position = joint.end()
    while text[position : position + 1] in ("$", "£", "€"):
        position += 1
    second = number_at(text, position)
    if second is None or second.form != number.form or second.value is None:
        return None
    if re.match(r"[-/]\d", text[second.end :]) or second.value == number.value:
        return None
    value = number.value
    if not re.search(r"[a-z]", text[number.start : number.end], re.IGNORECASE):
        value *= _scale(value, second, text)
    word, before = joint.group().strip(), text[: number.start]
    if word == "and" and not re.search(r"\bbetween [$£€]?$", before, re.IGNORECASE):
        return None
    if word == "or" and not (second.value == value + 1 and value < 10):
        return None
    if word == "—" or (word in ("-", "–") and joint.group() != word):
        return None  # a dash between two thoughts
    if word == "to" and re.search(r"\bfrom [$£€]?$", before, re.IGNORECASE):
        root = view.tokens(number.start, number.end).root
        if any(a.lemma_ in CHANGES or a.lemma_ in ("go", "move") for a in root.ancestors):
            return None
    if second.value < value:
        near = before[-60:], text[second.end : second.end + 30]
        if word in ("and", "or") or value > 1000:
            return None
        if word == "to" and not any(map(_SCORE.search, near)):
            return None
    return replace(number, end=second.end, value=value), second.value


def _scale(value: float, second: Number, text: str) -> float:
    """1e6 for "10 to 15 million", else 1."""
    upper = second.value or 0.0
    if not re.search(r"[a-z]", text[second.start : second.end], re.IGNORECASE):
        return 1.0
    fitting = (s for s in (1e9, 1e6, 1e3) if upper >= 1000 * value and value <= upper / s < 1000)
    return next(fitting, 1.0)


def _is_age(view: SentenceView, start: int, end: int) -> bool:
    """Tell an age: "aged 76", or a number between commas behind a name."""
    before, after = view.text[:start], view.text[end:]
    if re.search(r"\b(?:aged?|age of|turned|turns|turning) $", before):
        return True
    if not re.search(r"\w,? ?[,(] ?$", before) or not re.match(r"[,.;)]| and\b|$", after):
        return False
    written = view.text[start:end]
    if not re.fullmatch(r"\d{1,3}", written) or not 1 <= int(written) <= 115:
        return False
    first = view.tokens(start, end).start
    named = view.span.doc[max(0, first - 3) : first]
    return not re.match(r",\d", after) and any(
        t.ent_type_ == "PERSON" or t.pos_ == "PROPN" for t in named
    )


def whose_age(view: SentenceView, figure: Figure) -> str:
    """The name right before ", 76," or right behind "76-year-old"; empty if there is none."""
    match = re.search(r"([\w.’'-]+(?: [\w.’'-]+)?) ?[,(] ?$", view.text[: figure.start])
    name = " ".join(w for w in match[1].split() if w[0].isupper()) if match else ""
    after = view.tokens(figure.start, figure.end).end
    if not name and after < len(view.span.doc):
        following = view.span.doc[after]
        return following.text if following.pos_ == "PROPN" else ""
    return name
