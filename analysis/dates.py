"""Dates as news writes them, and what they mean on the day of publication.

Rules of its own: dateparser 1.5 takes the "Thursday" of a Thursday's paper for the week before,
has no answer for "February's first week", "over the weekend", "earlier this month", "early
Tuesday" or "the past two weeks", and gives a day where a week or a year is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .date_meaning import interval, resolve
from .date_words import COUNT, SPAN, YEAR
from .number_words import WORDS

# Everything is read in any case but the names: "march" and "may" are verbs.
_DAY = "(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_MONTH = (
    r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DATING = "in by of last this next from mid late early since until after before through and".split()
_DATING += ["earlier than", "later than", "sooner than"]
_AFTER = "|".join(rf"(?<=\b{word}[ -])" for word in _DATING)
# "May" and "March" without a day or year need a word before them that dates
_BARE_MONTH = (
    r"(?:(?-i:January|February|April|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Apr|Aug|Sept|Oct|Nov|Dec)\b\.)"
    rf"|(?:{_AFTER})(?-i:May|March)(?!\w)"
    r"|(?-i:May|March)(?=,? (?:of )?(?:19|20)\d\d\b|[’']s))"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?(?![\d%]|,\d{3}| (?:percent|people|million))"
_PART = r"(?: (?:early )?(?:morning|afternoon|evening|night|noon)(?!\w)(?:[’']s)?(?<![’']s))"
_CLOCK = (
    r"(?:,? at (?:about |around )?(?:noon|midnight"
    r"|\d{1,2}(?:[:.]\d\d)?(?: ?(?:[ap]m\b|[ap]\.m\b\.?))?))"
)
_UNIT = "(?:day|week|weekend|month|quarter|year|decade|century|summer|spring|fall|autumn|winter)"
_LONG = "(?:day|week|month|year|decade)"
_EDGE = (
    r"(?:(?:the )?(?:(?:very )?(?:early|first|opening|last|final|closing)"
    r" (?:days?|weeks?|months?|half) (?:of|in)"
    r"|(?:beginning|start|end|middle|turn) of) (?:the )?)"
)
_EDGE_WORD = r"(?:(?:early|mid|late|earlier|later)[ -](?:in )?)"
_OF_YEAR = rf"(?:,? (?:of )?{YEAR}(?!\d))"
_DAY_PART = "(?:morning|afternoon|evening)"

# Longer forms first: of those that match at a place the first wins.
_PATTERNS: dict[str, str] = {
    "iso": r"\d{4}-\d\d-\d\d(?!\d)",
    "full": rf"(?:{_DAY},? )?(?:{_MONTH} (?:the )?{_NTH}(?: ?[-–] ?\d{{1,2}}(?!\d))?"
    rf"(?:,? {YEAR}(?!\d))?|{_NTH} (?:of )?{_MONTH}(?:,? {YEAR}(?!\d))?){_CLOCK}?",
    "edge": rf"(?:{_EDGE}(?:{_EDGE_WORD})?|{_EDGE_WORD})"
    rf"(?:{_BARE_MONTH}|{_MONTH}(?=,? {YEAR})){_OF_YEAR}?",
    "genitive": rf"{_MONTH}[’']s (?:first|second|third|fourth|last|final|early|opening)"
    r" (?:few )?(?:days|weeks?|half)",
    "edge_unit": rf"(?:{_EDGE}|(?:earlier|later|early|late) (?:in )?)(?:the )?(?:this|last|next)"
    r" (?:week|month|year|decade|century)"
    r"|(?:the )?(?:beginning|start|end|middle) of the (?:week|month|year)",
    "edge_year": rf"(?:{_EDGE}|{_EDGE_WORD}){YEAR}(?!\d| ?[%]|s\b)",
    "month": rf"(?:(?:last|this|next|past) )?"
    rf"(?:{_BARE_MONTH}|{_MONTH}(?={_OF_YEAR})){_OF_YEAR}?(?!\w)",
    "weekday": r"(?:(?:(?:early|late)(?: on)?|last|next|this|this past|this coming) )?"
    rf"{_DAY}{_PART}?{_CLOCK}?(?!s\b)",
    "ago": r"(?:(?:about|nearly|almost|more than|over|some) )?"
    rf"(?:{COUNT}(?: and a half)? {_LONG}s?|{_LONG}s|half a century|a century)"
    r" (?:ago|earlier)(?!\w)",
    "after": rf"(?:\d+|{WORDS}|an?) {_LONG}s?"
    r" (?:later|after(?:wards?)?|before|prior|from now)(?!\w)"
    rf"|the (?:next|following) {_LONG}(?!\w)",
    "window": r"(?:the|these|within the|over the|in the) (?:last|past|previous|next|coming)"
    rf" (?:{COUNT} )?{SPAN}s?(?!\w)",
    "within": rf"within {COUNT} {SPAN}s?(?!\w)",
    "unit": r"(?:this|last|next|this past|this coming|the past|the previous|previous|each|every)"
    rf" {_UNIT}(?: of {YEAR})?(?![\w-])",
    "weekend": r"(?:over|during|on|at) the weekend(?!\w)",
    "today": rf"(?:(?:earlier|later) )?(?:today|tonight|tomorrow(?: (?:{_DAY_PART}|night))?"
    rf"|yesterday(?: {_DAY_PART})?|this {_DAY_PART}|last night)(?!\w)",
    "season": r"(?:the )?(?:(?:early|late|mid)[ -])?(?:spring|summer|fall|autumn|winter)"
    rf" (?:of )?{YEAR}(?!\d)",
    "quarter": r"(?:the )?(?:first|second|third|fourth|last|final)[- ](?:quarter|half)"
    rf"(?: of (?:the )?(?:fiscal (?:year )?)?(?:{YEAR}|(?:this|last|next) year|(?:the )?year))"
    rf"|Q[1-4](?: {YEAR})?(?!\w)",
    "years": rf"{YEAR} ?[-–/] ?(?:{YEAR}|\d\d)(?![\d%-])",
    "decade": rf"(?:the )?(?:(?:early|mid|late)[ -])?(?:{YEAR}s|[’'‘]\d0s)(?!\w)"
    r"|(?:the )?(?:(?:early|mid|late)[ -])?"
    r"(?:\d\d(?:st|nd|rd|th)|nineteenth|twentieth|twenty-first)[ -]century",
    "year": rf"(?:fiscal (?:year )?)?{YEAR}(?![\w%]|,\d|\.\d|-(?!(?:era|vintage)))",
}
_DATE = re.compile(
    r"(?<![\w$£€#@])(?<!\d[-–])(?:" + "|".join(f"(?P<{k}>{v})" for k, v in _PATTERNS.items()) + ")",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class When:
    """A date found in a text: half-open offsets, pattern, first and last day where known."""

    start: int
    end: int
    form: str  # a key of _PATTERNS
    first: date | None = None
    last: date | None = None


def find_dates(
    text: str,
    published: date | None,
    is_future: Callable[[int, int], bool | None] = lambda *_: False,
) -> list[When]:
    """Dates of a sentence in order, resolved against the day of publication.

    Parameters
    ----------
    text : str
        A sentence.
    published : date or None
        Day of publication; without it "Thursday" and "last year" stay open.
    is_future : callable
        Tells from the parse whether the date at (start, end) is ahead of the publication, or
        None where it was ahead of something past ("was put off until 3 April").

    Returns
    -------
    list of When
        `first` and `last` are missing where the text alone does not say.

    Notes
    -----
    Conventions of news: a bare weekday is the last one up to the day of publication (with
    `is_future` the next one); a bare month or "Sept. 11" the last one, unless it lies within two
    weeks ahead. What was ahead of something past is the next one too, unless that day has just
    gone by. A period since when something holds ends no later than the publication. Weeks run
    from Monday to Sunday. Recurring days ("Sundays", "every Tuesday") and clock times alone are
    no dates.
    """
    found = []
    for match in _DATE.finditer(text):
        form = match.lastgroup or ""
        if _RECURRING.search(text[: match.start()]) or match.group().lower().startswith(
            ("each ", "every ")
        ):
            continue
        span = resolve(form, match.group(), published, is_future(match.start(), match.end()))
        first, last = span or (None, None)
        if published and first and last and first <= published < last:
            last = published if re.search(r"\bsince $", text[: match.start()], re.I) else last
        found.append(When(match.start(), match.end(), form, first, last))
    return found


_RECURRING = re.compile(
    r"(?:\b(?:each|every|Black|Super|Good|Bloody|Ash|Cyber|Palm|Easter|Fat|Giving)|\bno) $"
)


def written(when: When, text: str) -> str:
    """The period as the article writes it, with the dates it means in brackets."""
    words = text[when.start : when.end]
    meaning = interval(when.first, when.last)
    return f"{words} ({meaning})" if meaning and meaning != words else words
