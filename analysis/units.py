"""Units and bounds around a number: "more than $1.2 billion", "at least 21 percent", "10–15 km"."""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass

from .language import LEXICONS
from .number_words import GLUED

PERCENT = "%"
CURRENCY = {
    "$": "USD",
    "us$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
    "rs": "INR",
    "dollar": "USD",
    "euro": "EUR",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "ruble": "RUB",
    "rouble": "RUB",
    "rupee": "INR",
    "won": "KRW",
    "peso": "MXN",
    "franc": "CHF",
    "shekel": "ILS",
    "krona": "SEK",
    "hryvnia": "UAH",
    "cent": "US cent",
}
MONEY = frozenset(CURRENCY.values()) | {"GBP", "US cent"}
# written form (singular) -> unit
MEASURES = {
    "km": "km",
    "kilometer": "km",
    "kilometre": "km",
    "mile": "mile",
    "mph": "mph",
    "kph": "km per hour",
    "kmh": "km per hour",
    "km/h": "km per hour",
    "foot": "foot",
    "feet": "foot",
    "ft": "foot",
    "inch": "inch",
    "inche": "inch",
    "meter": "m",
    "metre": "m",
    "centimeter": "cm",
    "centimetre": "cm",
    "cm": "cm",
    "mm": "mm",
    "yard": "yard",
    "acre": "acre",
    "hectare": "hectare",
    "ton": "ton",
    "tonne": "tonne",
    "pound": "pound",
    "lb": "pound",
    "ounce": "ounce",
    "kg": "kg",
    "kilogram": "kg",
    "kilo": "kg",
    "gram": "g",
    "gallon": "gallon",
    "liter": "litre",
    "litre": "litre",
    "barrel": "barrel",
    "degree": "degree",
    "megawatt": "MW",
    "mw": "MW",
    "gigawatt": "GW",
    "gw": "GW",
    "kilowatt": "kW",
    "kw": "kW",
    "kwh": "kWh",
    "second": "second",
    "minute": "minute",
    "min": "minute",
    "hour": "hour",
    "hrs": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "decade": "decade",
    "generation": "generation",
    "century": "century",
    "centurie": "century",
    "term": "term",
    "time": "time",
}
TIMES = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.44,
    "year": 365.25,
    "decade": 3652.5,
    "century": 36525.0,
}

_SIGNS = sorted((c for c in CURRENCY if not c[-1].isalpha()), key=len, reverse=True)
_BEFORE_MONEY = re.compile(
    rf"(?:(?<!\w)(?:{'|'.join(map(re.escape, _SIGNS))})|\b(?:USD|EUR|GBP|Rs\.?)) ?$", re.IGNORECASE
)
_WORD_UNITS = sorted(
    {
        w
        for w in (*MEASURES, *CURRENCY)
        if w[-1].isalpha() and w[0].isalpha() and w not in ("rs", "us")
    },
    key=len,
    reverse=True,
)
_AFTER = re.compile(
    rf"""(?P<percent>[ -]?(?:%|percentage\ points?\b|(?:percent|per\ ?cent|pct)\b)
       |[ -]basis\ points?\b)
    |(?P<old>[ -]years?[ -]olds?\b)
    |(?P<unit>[ -]?(?:of\ )?(?:square\ |metric\ |cubic\ |nautical\ |US\ |U\.S\.\ |American\ )?
       (?:{"|".join(_WORD_UNITS)})s?\b
       (?:\ per\ hour)?(?:\ (?:Celsius|Fahrenheit))?)
    |(?P<hyphen>-(?!to\b|odd\b|plus\b|some\b)(?P<noun>[a-z]+)\b)""",
    re.VERBOSE | re.IGNORECASE,
)

_HEDGED = (
    r"(?:(?:just|well|slightly|a little|a bit|far|much|significantly|considerably|somewhat"
    r"|already|now) )?"
)
# Longest first: "no more than" before "more than".
_BOUNDS = (
    ("<=", r"up to|at (?:the )?most|as (?:many|much|high) as|no (?:more|greater|later) than"
     r"|not (?:more|exceeding)(?: than)?|a maximum of|maximum"),
    (">=", r"at (?:the very )?least|no (?:fewer|less) than|not (?:less|fewer) than|a minimum of"
     r"|as (?:few|little|low) as|minimum|(?:nothing|anything) (?:less|fewer) than"),
    (">", rf"{_HEDGED}(?:more|greater|better|larger|higher) than|{_HEDGED}(?:over|above)"
     r"|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp?(?:s|ed|ing)|upwards? of|north of"
     r"|in excess of"),
    ("<", rf"{_HEDGED}(?:less|fewer|lower|smaller) than|{_HEDGED}(?:under|below)|just short of"),
    ("~", r"about|around|roughly|approximately|approx\.?|some|an estimated|estimated(?: at)?|nearly"
     r"|almost|close to|nearing|approaching|more or less|something like|in the region of"
     r"|on the order of|an average of|on average|circa"),
)  # fmt: skip
_PREFIX = [
    (sign, re.compile(rf"(?<![\w-])(?P<words>{words}) (?:(?:the|a|an|another|all) )?$", re.I))
    for sign, words in _BOUNDS
]
_SUFFIX = re.compile(
    r"(?P<more>\+|-plus\b|(?: [a-z]+)? or more\b| at least\b| and (?:counting|up)\b)"
    r"|(?P<less>(?: [a-z]+)? or (?:less|fewer)\b| at most\b)"
    r"|(?P<about> or so\b|-odd\b|-some\b| or thereabouts\b)"
)
_TEMPORAL_OVER = re.compile(r"(?:^|[ ,])over $", re.IGNORECASE)


@dataclass(frozen=True)
class Unit:
    """A unit found beside a number: where it ends, its name, the noun in "35-member"."""

    end: int
    name: str
    noun: str = ""


def money_before(text: str, position: int) -> tuple[int, str]:
    """Start and currency of a sign just before `position`; (position, "") if there is none."""
    match = _BEFORE_MONEY.search(text, max(0, position - 5), position)
    if not match:
        return position, ""
    return match.start(), CURRENCY[match.group().strip().rstrip(".").lower()]


def unit_after(text: str, position: int) -> Unit:
    """Unit just after `position`: percent, measure, time, currency word, or "-member"."""
    match = _AFTER.match(text, position)
    if not match:
        return Unit(position, "")
    if match["percent"]:
        name = "percentage point" if "point" in match["percent"] else PERCENT
        return Unit(match.end(), "basis point" if "basis" in match["percent"] else name)
    if match["old"]:
        return Unit(match.end(), "year", "age")
    if match["unit"]:
        words = match["unit"].strip(" -").lower().removeprefix("of ")
        if match["unit"][0].isalpha() and words not in GLUED:
            return Unit(position, "")  # "5miles" is a name, "5km" is not
        plain = re.sub(
            r"^(?:metric|us|u\.s\.|american) | per hour$| (?:celsius|fahrenheit)$", "", words
        )
        area, _, plain = plain.rpartition(" ")
        singular = plain if plain in MEASURES or plain in CURRENCY else plain.removesuffix("s")
        name = MEASURES.get(singular) or CURRENCY.get(singular, "")
        if words.endswith(" per hour"):
            name += " per hour"
        return Unit(match.end(), f"{area} {name}".strip())
    return Unit(match.end(), "", match["noun"].lower())


def bound_before(text: str, position: int) -> tuple[int, str]:
    """Start and sign of a bound just before `position` ("more than" is >), or (position, "=")."""
    head = text[:position]
    for sign, pattern in _PREFIX:
        if match := pattern.search(head):
            return match.start(), sign
    return position, "="


def bound_after(text: str, position: int) -> tuple[int, str]:
    """End and sign of a bound just after `position` ("or more" is >=), or (position, "")."""
    match = _SUFFIX.match(text, position)
    if not match:
        return position, ""
    return match.end(), ">=" if match["more"] else "<=" if match["less"] else "~"


@functools.cache
def counted_nouns() -> dict[str, tuple[str, str]]:
    """Lemma -> (group of words for the same thing, unit), from `lexicons/counted_nouns.csv`."""
    with open(LEXICONS / "counted_nouns.csv", encoding="utf-8", newline="") as handle:
        return {row["lemma"]: (row["group"], row["unit"]) for row in csv.DictReader(handle)}


def group(lemma: str) -> str:
    """The word that stands for all words counting the same thing: troop and soldier are one."""
    lemma = lemma.lower()
    return counted_nouns().get(lemma, (lemma, ""))[0]
