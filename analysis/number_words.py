"""Numbers as news writes them: "10,000", "1.2 million", "a dozen", "two-thirds", "hundreds of".

A parser of its own: text2num 3.1 and number-parser 0.3 read plain cardinals only and leave
"a dozen", "half a million", "1.2 million", "two-thirds", "hundreds of", "one in five" aside,
which are most of what news spells out; what they would save is the twenty lines of `cardinal`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENTHS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()
SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "t": 1e12}
_VALUES = {word: float(n) for n, word in enumerate(_SMALL)}
_VALUES |= {word: 20.0 + 10 * n for n, word in enumerate(_TENS)}
_RANKS = {word: float(n) for n, word in enumerate(_ORDINALS)}
_RANKS |= {word: 20.0 + 10 * n for n, word in enumerate(_TENTHS)}
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
_PARTS |= {w + s: n for n, w in enumerate(_ORDINALS[3:11], 3) for s in ("", "s")}

_ONES = "|".join(_SMALL[1:10])
_BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_ONES}))?|{'|'.join(reversed(_SMALL))})"
_BELOW_1000 = (
    rf"(?:(?:{_BELOW_100}|an?)[ -]hundred(?: and {_BELOW_100}| {_BELOW_100})?|{_BELOW_100})"
)
_BIG = "thousand|million|billion|trillion"
WORDS = (
    rf"(?:(?:{_BELOW_1000}|an?)[ -](?:{_BIG})"
    rf"(?:(?: and)? {_BELOW_1000}(?:[ -](?:{_BIG}))?)*|{_BELOW_1000})"
)
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\.\d+|\d+"
_ORDINAL_WORDS = (
    rf"(?:(?:{'|'.join(_TENS)})-(?:{'|'.join(_ORDINALS[1:10])})"
    rf"|{'|'.join(_TENTHS)}|{'|'.join(reversed(_ORDINALS[1:]))})"
)
_FRACTION = (
    rf"(?:(?:an?|{_ONES})[ -](?:half|quarters?|thirds?|fourths?|fifths?|sixths?|sevenths?|eighths?"
    r"|ninths?|tenths?)(?= of\b|-of\b)"
    rf"|(?:{_ONES})[ -](?:halves|quarters|thirds|fourths|fifths|sixths|sevenths|eighths|ninths"
    r"|tenths)"
    r"|one-(?:half|quarter|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    r"|half(?= of\b| the\b| its\b| their\b| his\b| her\b| our\b| all\b))"
)
# units that news writes without a space: "250kg", "30mph"
GLUED = "km km/h kms kmh kph mph kg kgs lb lbs ft cm mm kw mw gw kwh hrs min mins".split()
_SPAN = "days|weeks|months|years|hours|minutes"
_FEW = rf"(?:{_BELOW_100}|\d{{1,3}}\b)"
# Each pattern with the name of its reader below; the first that matches at a place wins.
_PATTERNS = {
    "vague": r"(?:several|a few|many|a couple(?: of)?) (?:dozen|hundred|thousand|million|billion)\b"
    r"|(?:tens|dozens|scores|hundreds|thousands|millions) of (?:thousands|millions|billions)"
    r"|dozens|scores(?= of\b)|hundreds|thousands|millions|billions|trillions",
    "half": rf"half[ -](?:an?[ -])?(?:dozen|hundred|{_BIG})|(?:a quarter[ -]|quarter-)(?:{_BIG})",
    "part": rf"(?:(?:an?|{_ONES})[ -])?(?:half|quarters?|thirds?|fifths?|tenths?)"
    rf" of an? (?:{_BIG})",
    "couple": r"a (?:couple|pair|handful)(?= of\b)"
    r"|a couple(?= (?:of )?(?:days|weeks|months|years)\b)"
    r"|handful(?= of\b)",
    "odds": rf"{_FEW} (?:in|out of) (?:every )?{_FEW}"
    rf"(?![\w,]*\d|[ -](?:percent|per cent|{_SPAN}|{_BIG}))",
    "mixed": rf"(?:{_ONES}|ten|\d+) and (?:a (?:half|quarter)|three[- ]quarters)"
    rf"(?: (?:hundred|{_BIG}))?",
    "fraction": _FRACTION,
    "ordinal": rf"{_ORDINAL_WORDS}\b|\d+(?:,\d{{3}})*(?:st|nd|rd|th)\b|No\. ?\d+\b",
    "dozen": rf"(?:an?|{_BELOW_100}|\d+) dozen\b",
    "words": rf"{WORDS}\b",
    "digits": rf"(?:{DIGITS})(?:[ -]?(?:hundred|{_BIG})\b| ?(?:bn|mn|tn)\b|(?:mm|[kmbt])\b)?",
    "times": r"twice|thrice",
}
_ANY = "|".join(f"(?P<{form}>{pattern})" for form, pattern in _PATTERNS.items())
_END = rf"(?:(?![\w]|[.,]\d)|(?<=\d)(?=(?:{'|'.join(GLUED)})\b))"
_HERE = re.compile(rf"(?:{_ANY}){_END}", re.IGNORECASE)
_NUMBER = re.compile(rf"(?<![\w.,])(?<!\w[-‑])(?:{_ANY}){_END}", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number found in a text: half-open offsets, its value, and how it was written."""

    start: int
    end: int
    value: float | None
    form: str  # a key of _PATTERNS
    vague: bool = False


def find_numbers(text: str) -> list[Number]:
    """Numbers of a text in order: digits with or without scale, number words, fractions.

    Parameters
    ----------
    text : str
        A sentence.

    Returns
    -------
    list of Number
        `value` is missing for "a handful"; `vague` marks "dozens", "several hundred", "hundreds
        of thousands": the value is the bound that the words imply (hundreds: 100).

    Notes
    -----
    Nothing is left out here: years, list numbers and names with numbers are numbers too.
    """
    return [_read(match) for match in _NUMBER.finditer(text)]


def number_at(text: str, position: int) -> Number | None:
    """The number that begins at `position`, such as the second one of "10–15", or None."""
    match = _HERE.match(text, position)
    return _read(match) if match else None


def _read(match: re.Match) -> Number:
    form, written, end = match.lastgroup or "", match.group().lower(), match.end()
    if written.endswith("mm") and match.string[: match.start()].rstrip()[-1:] not in tuple("$£€"):
        written, end = written[:-2], end - 2  # "$5mm" are millions, "122mm" millimetres
    value = _READERS[form](written)
    return Number(match.start(), end, value, form, form in ("vague", "couple"))


def cardinal(written: str) -> float:
    """Value of a cardinal in words: "two hundred and ten" is 210.

    Raises
    ------
    KeyError
        If a word is no number word.
    """
    total = current = 0.0
    for word in re.split(r"[ -]+", written.lower()):
        if word == "and":
            continue
        if word in ("a", "an"):
            current += 1
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in SCALES:
            total += max(current, 1) * SCALES[word]
            current = 0
        else:
            current += _VALUES[word]
    return total + current


def small(written: str) -> float:
    """Value of digits or number words: "1,500" is 1500, "twelve" is 12, "a" is 1."""
    plain = written.strip().replace(",", "")
    if re.fullmatch(r"\d*\.?\d+", plain):
        return float(plain)
    return cardinal(written)


def ordinal(written: str) -> float:
    """Value of an ordinal: "third", "21st", "twenty-first", "No. 2"."""
    if digits := re.search(r"\d[\d,]*", written):
        return float(digits.group().replace(",", ""))
    tens, _, ones = written.lower().partition("-")
    return _RANKS[ones] + _VALUES[tens] if ones else _RANKS[tens]


def _digits(written: str) -> float:
    match = re.fullmatch(rf"({DIGITS})[ -]?([a-z]*)", written)
    assert match  # the pattern that found it
    scale = match[2]
    return float(match[1].replace(",", "")) * (SCALES.get(scale) or _SHORT.get(scale, 1.0))


def _vague(written: str) -> float:
    words = written.split()
    scales = [SCALES[w.rstrip("s")] for w in words if w.rstrip("s") in SCALES]
    bases = {"tens": 10.0, "scores": 20.0}
    product = bases.get(words[0], 1.0)
    for scale in scales:
        product *= scale
    return product * (2 if words[0] in ("several", "a", "many") else 1)


def _half(written: str) -> float:
    words = re.split(r"[ -]", written)
    return SCALES[words[-1]] / (4 if "quarter" in words else 2)


def _part(written: str) -> float:
    part, scale = re.split(r" of an? ", written)
    words = re.split(r"[ -]", part)
    return (small(words[0]) if len(words) > 1 else 1) / _PARTS[words[-1]] * SCALES[scale]


def _fraction(written: str) -> float:
    words = re.split(r"[ -]", written)
    if len(words) == 1:
        return 0.5
    return small(words[0]) / _PARTS[words[1]]


def _odds(written: str) -> float:
    first, second = re.split(r" (?:in|out of) (?:every )?", written)
    return small(first) / max(small(second), 1.0)


def _mixed(written: str) -> float:
    first, rest = written.split(" and ", 1)
    part = 0.75 if rest.startswith("three") else 0.25 if "quarter" in rest else 0.5
    return (small(first) + part) * SCALES.get(rest.split()[-1], 1.0)


def _dozen(written: str) -> float:
    first, last = written.rsplit(" ", 1)
    return small(first) * (12 if last == "dozen" else 20)


_READERS = {
    "vague": _vague,
    "half": _half,
    "part": _part,
    "couple": lambda written: None if "handful" in written else 2.0,
    "odds": _odds,
    "mixed": _mixed,
    "fraction": _fraction,
    "ordinal": ordinal,
    "dozen": _dozen,
    "words": cardinal,
    "digits": _digits,
    "times": lambda written: 2.0 if written == "twice" else 3.0,
}
