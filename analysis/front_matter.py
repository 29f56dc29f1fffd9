"""Front matter: bylines, lines that hold only a date, and datelines state nothing."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from .date_words import DAYS, MONTHS

# Bylines: "By Ann Lee and Bo Oak, Valley Post", "Written by our correspondent in Tarsk".
_BY = re.compile(r"\s*(?:(?:written|words|story|text|report|compiled) )?by:?\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[,|;·–—]\s*|\s+(?:in|for|at|of|from)\s+")
_BETWEEN_NAMES = frozenset(
    "a an and at de del der di for from in la of our own special the van von with &".split()
)
_ROLES = frozenset(
    "agencies columnist columnists contributor contributors correspondent correspondents desk "
    "editor editors journalist journalists reporter reporters staff writer writers".split()
)
# Last words of the names of papers, stations and agencies, and agencies known by one word.
_PRESS = frozenset(
    "news newspaper newspapers times post press herald tribune observer courier register gazette "
    "guardian telegraph chronicle journal examiner bulletin agency magazine media radio tv "
    "television online reuters afp ap upi tass xinhua bloomberg bbc cnn npr".split()
)
_GIVEN = ("april", "may", "june", "august")  # months that are given names too
# "By Midnight", "By Land and Sea" and "War Is Over, Says Radio" name no author.
_NO_NAMES = frozenset(
    "a after air an are as dawn day far has have is land law midnight morning new night no noon "
    "now on our over reports said says sea that the then this was were will".split()
)

_SAYS = re.compile(r"\b(?:says?|said|reports?)\b", re.IGNORECASE)

_SHORT = [month[:3] for month in MONTHS]
_MONTH = rf"(?:(?:{'|'.join(MONTHS)})\b|(?:{'|'.join(_SHORT)}|sept)\b\.?)"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?\b"
_CALENDAR = (
    rf"(?:(?:{_NTH} (?:of )?{_MONTH}|{_MONTH} {_NTH}(?!:))(?:,? \d{{4}}\b)?|{_MONTH},? \d{{4}}\b"
    r"|\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}\b)"
)
_CLOCK = (
    r"(?:(?:\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?)"
    r"(?:\s\(?(?-i:[A-Z]{2,4})\b(?:[+-]\d{1,2})?\)?)?)"
)
_STAMPED = r"(?:(?:(?:first|last) )?(?:publication|published|updated|posted|modified|issued)\b)"
_DATE_ITEM = re.compile(
    rf"(?P<calendar>{_CALENDAR})|(?P<clock>{_CLOCK})|(?P<stamped>{_STAMPED})"
    r"|(?P<ago>(?:\d+|an?) (?:second|minute|min|hour|day|week|month)s? ago\b)"
    rf"|(?P<day>(?:{_WEEKDAY}|today\b|yesterday\b))"
    r"|(?P<other>\d+[ -]min(?:ute)?s?(?: read)?\b|date\b|on\b|at\b|[\s,;:|·•()–—/.-]+)",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(rf"{_NTH} (?:of )?{_MONTH}|{_MONTH} {_NTH}", re.IGNORECASE)
_WITH_YEAR = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH}),? (?P<year>\d{{4}})\b"
    rf"|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}})\b"
    r"|(?P<year3>\d{4})-(?P<month3>\d\d)-(?P<day3>\d\d)(?!\d)",
    re.IGNORECASE,
)

# Datelines: "TARSK –", "Tarsk, March 12 (Valley Press) –", "TARSK, 12 March. /KENA/."
_NAME = rf"(?!(?i:{_MONTH}|{_WEEKDAY}))[A-ZÀ-ÖØ-Þ][\w.’'-]+"
_PLACED = re.compile(
    rf"(?P<place>{_NAME}(?:[ /]{_NAME}){{0,3}}(?:,\s+{_NAME}(?: {_NAME}){{0,2}}){{0,2}})?"
    rf"(?P<date>,?\s*(?i:(?:{_WEEKDAY},?\s+)?{_CALENDAR}|{_WEEKDAY}))?"
    r"(?P<agency>\.?\s*(?:\([A-Z][^()\d]{1,40}\)|/[A-Z][^/\d]{1,40}/))?"
)
_NOT_PLACES = frozenset("a an after as at before by for from in it on since the this until".split())
_DASH = re.compile(r"\s+(?:-{1,2}|[–—―]-?)\s+|\s*(?<!\))[–—]\s*|\s*[–—―]\s+")
_STOP = re.compile(r"(?:\s*[.:]|(?<=\.))\s+")  # that of "Sept." too
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’')]*\s+[\"“‘'(]?[A-Z]")

LONGEST_HEADLINE = 30  # words
LONGEST_BYLINE = 14  # words
LONGEST_FRONT = 24  # words of a line with names, dates and hours
FRONT = 4  # lines of the text itself that may stand above or between bylines and dates


@dataclass(frozen=True)
class Line:
    """A line of an article that holds more than white space; offsets in code points."""

    start: int
    end: int
    text: str
    gap: bool  # an empty line stands before it


def count_words(text: str) -> int:
    """Words between white space."""
    return len(text.split())


def front_lines(lines: list[Line], title: str, known: tuple[str, str]) -> list[int]:
    """Numbers of the lines near the top that hold only a byline, a date or a dateline."""
    found: list[int] = []
    passed: list[Line] = []  # lines of the text itself
    for number, line in enumerate(lines):
        if len(passed) == FRONT:
            break
        if count_words(line.text) > LONGEST_FRONT or (number == 0 and same_words(line.text, title)):
            passed.append(line)
            continue
        running = any(not one_sentence(other) for other in passed)
        dated = _is_date_line(line.text, first=not number) and not _recurs(number, lines)
        below = number - 1 in found
        # a headline stands above, so that two or three capitalised words are none
        above = bool(passed) and count_words(passed[0].text) > 3 and _opens(lines[number + 1 :])
        if (
            _is_byline(line.text)
            or (dated and not running)
            or (passed and not running and _is_signature(line.text, known, below, above))
        ):
            found.append(number)
        else:
            passed.append(line)
    return found if passed else []


def _opens(lines: list[Line]) -> bool:
    """Whether the first of the lines is a date or the office of the author named above it."""
    return bool(lines) and (_is_date_line(lines[0].text) or _is_office(lines[0].text))


def without(lines: list[Line], front: list[int]) -> list[Line]:
    """The other lines; what follows a byline or date stands as if after an empty line."""
    return [
        replace(line, gap=True) if number - 1 in front else line
        for number, line in enumerate(lines)
        if number not in front
    ]


def same_words(text: str, known: str) -> bool:
    """Whether both hold the same words; nothing equals an empty text."""
    return bool(known) and text.casefold().split() == known.casefold().split()


def _ends_in(part: str, words: frozenset[str]) -> bool:
    return (part.lower().rstrip(".)").split() or [""])[-1] in words


def _is_press(part: str) -> bool:
    return _ends_in(part, _PRESS) or part.startswith("Daily ")


def _is_office(part: str) -> bool:
    """Whether a part of a line says what a journalist is: "political editor", "our staff"."""
    return _ends_in(part, _ROLES) and count_words(part) <= 4 and not part.endswith(".")


def _are_names(text: str) -> bool:
    """Whether all words are capitalised or join names; offices may be written small."""
    names = " ".join(part for part in _SEPARATOR.split(text) if not _is_office(part))
    return count_words(text) <= LONGEST_BYLINE and all(
        word[0].isupper() or "@" in word or word in _BETWEEN_NAMES or word.strip(".,") in _ROLES
        for word in re.split(r"[\s/]+", names)
        if word
    )


def _are_people(part: str) -> bool:
    people = re.split(r" and | & |, ", part)
    words = set(part.lower().replace(",", "").split())
    return all(2 <= count_words(person) <= 4 for person in people) and not words & _NO_NAMES


def _is_byline(text: str) -> bool:
    names = _dateless(text)
    match = _BY.match(names)
    if not match or text.endswith(("?", "!", ":")):
        return False
    names = names[match.end() :]
    if not _are_names(names):
        return False
    if any(_is_press(part) or _is_office(part) for part in _SEPARATOR.split(names)):
        return True
    first, *others = names.replace(",", " ").split()
    if first.lower() in (*DAYS, *MONTHS):
        return first.lower() in _GIVEN and bool(others) and others[0].istitle()
    return first[0].isupper() and first.lower() not in _NO_NAMES


def _is_signature(text: str, known: tuple[str, str], below: bool, above: bool) -> bool:
    """A byline without "By": "Ann Lee, Valley Post", "Our correspondent in Tarsk".

    Directly `below` a byline or date also "Valley News, Tarsk", directly `above` one a name alone.
    """
    if any(same_words(text, name) for name in (*known, ", ".join(reversed(known)))):
        return True
    names = _dateless(text)
    if text[-1] in ".?!:" or not _are_names(names):
        return False
    parts = re.split(r"\s*[,|·–—]\s*", names)
    people = _SEPARATOR.split(parts[0])[0]
    told = [_is_press(part) or _is_office(part) or same_words(part, known[0]) for part in parts]
    if _is_office(people) and people.lower().split()[0] in ("our", "from", "staff", "special"):
        return True
    if count_words(names) <= 6 and (any(told) if below else above and any(map(_is_press, parts))):
        return True
    signed = told[-1] or above or names != text
    return signed and not told[0] and _are_people(people) and not _SAYS.search(names)


def _dateless(text: str) -> str:
    """The line without the date that stands before or after a name."""
    before = _dates_until(text, 0)
    if _only_dates(text[:before]):
        text = text[before:]
    for match in re.finditer(r"[\s,|·–—-]+", text):
        if _only_dates(text[match.end() :]):
            return text[: match.start()]
    return text


def author_of(text: str) -> str:
    """The names of a byline, without paper, place and office; empty if there are none."""
    names = _dateless(text)
    match = _BY.match(names)
    if not match and _is_date_line(text):
        return ""
    names = names[match.end() :] if match else names
    cut = len(names)
    for found in _SEPARATOR.finditer(names):
        after = _SEPARATOR.split(names[found.end() :])[0]
        if found.group().strip().isalpha() or _is_press(after) or _is_office(after):
            cut = found.start()
            break
    names = names[:cut].strip(" .")
    if not names[:1].isupper() or _is_office(names) or (not match and not _are_people(names)):
        return ""
    return names


def _is_date_line(text: str, *, first: bool = False) -> bool:
    """Whether a line holds only a date or time of publication, or a dateline.

    The `first` line of a text needs more than a day and a month: "6 January" may be its headline.
    """
    if _only_dates(text):
        return not first or len(_DAY_AND_MONTH.sub("", text)) > 0
    return not first and _dateline(text) == len(text)


def _dates_until(text: str, position: int) -> int:
    """Where the dates, times and their labels end that begin at `position`."""
    while position < len(text) and (match := _DATE_ITEM.match(text, position)):
        position = match.end()
    return position


def _only_dates(text: str) -> bool:
    """Whether nothing but a date or time is written; a bare weekday or hour may be a heading."""
    if not text or _dates_until(text, 0) < len(text):
        return False
    kinds = {match.lastgroup for match in _DATE_ITEM.finditer(text)} - {"other"}
    return bool({"calendar", "ago"} & kinds) or len(kinds) > 1


def _recurs(number: int, lines: list[Line]) -> bool:
    """Whether dates written alike head later paragraphs too, as in a chronology."""

    def form(text: str) -> str:
        return re.sub(r"\d+", "0", re.sub(rf"{_MONTH}|{_WEEKDAY}", "-", text, flags=re.I))

    like = form(lines[number].text)
    return any(
        form(line.text) == like and _is_date_line(line.text) for line in lines[number + 2 : -1]
    )


def days_of(text: str) -> Iterator[str]:
    """The days that a line gives with their years, as ISO dates."""
    for match in _WITH_YEAR.finditer(text):
        day, month, year = (
            match[name] or match[f"{name}2"] or match[f"{name}3"]
            for name in ("day", "month", "year")
        )
        number = month if month.isdigit() else 1 + _SHORT.index(month[:3].lower())
        with contextlib.suppress(ValueError):  # "31 February"
            yield date(int(year), int(number), int(day)).isoformat()


def undated(lines: list[Line]) -> list[Line]:
    """Lines of the body, the first of the opening ones without its dateline."""
    for number, line in enumerate(lines[:FRONT]):
        if length := _dateline(line.text):
            rest = line.text[length:]
            if count_words(rest) >= 5:
                cut = replace(line, start=line.start + length, text=rest)
                return [*lines[:number], cut, *lines[number + 1 :]]
    return lines


def _dateline(text: str) -> int:
    """Length of the dateline at the start of a paragraph, with what sets it off; 0 if none.

    A dash alone sets off a place only if that is in capitals: "Mehmet – a gardener all his life"
    is a sentence. A full stop sets off a date or an agency between strokes.
    """
    match = _PLACED.match(text)
    assert match is not None  # all of it may be missing
    place, dated, agency = (match[name] or "" for name in ("place", "date", "agency"))
    if not (place or agency) or place.split(" ")[0].lower() in _NOT_PLACES:
        return 0
    name = agency.strip(" ./()")
    agent = bool(name) and ("/" in agency or name.isupper() or _is_press(name))
    rest = text[match.end() :]
    if not rest.strip(" .:-–—―"):
        return len(text) if (place and dated) or (agent and not place) else 0
    dash, stop = _DASH.match(rest), _STOP.match(text, match.end())
    capitals = place.split(",")[0].isupper()
    if dash and (capitals or (place and dated) or agent):
        start = match.end() + dash.end()
    elif stop and ((place and dated) or "/" in agency):
        start = stop.end()
    elif place and dated and agent and rest[0] == " ":
        start = match.end() + 1
    else:
        return 0
    opening = text[start:].lstrip("\"“‘'(«")[:1]
    shouted = text[start : start + 40].isupper()  # where all is in capitals they tell nothing
    return 0 if opening.islower() or shouted else start


def one_sentence(line: Line) -> bool:
    """Whether a line is no running text."""
    # Full names with initials and "U.S. Army" break nothing: a break needs a word of 3 letters.
    breaks = [m for m in _SENTENCE_BREAK.finditer(line.text) if _word_before(line.text, m.start())]
    return not breaks and count_words(line.text) <= LONGEST_HEADLINE


def _word_before(text: str, position: int) -> bool:
    word = re.search(r"([\w.]+)$", text[:position])
    return bool(word) and len(word.group(1)) >= 3 and "." not in word.group(1)  # type: ignore[union-attr]
