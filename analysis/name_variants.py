"""Names that two articles write differently: acronyms, persons, places and organisations."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .language import LEXICONS

if TYPE_CHECKING:
    from .story import Story

_FULL_FIRST = re.compile(r"\((?:the )?(?P<acronym>[A-Z](?:[A-Za-z&]*[A-Z]|(?:\.[A-Z])+\.?))\)")
_SHORT_FIRST = re.compile(r"\b(?P<acronym>[A-Z]{2,8})\s?\((?P<full>[A-Z][^()]{4,80})\)")
_WORD = re.compile(r"[\w’'&-]+")
_FILLERS = {"of", "for", "and", "the", "on", "in", "to", "de", "des", "du", "&"}
_NICKNAMES = (
    "joe joseph", "bill william", "bob robert", "mike michael", "jim james", "tom thomas",
    "dick richard", "rick richard", "ted edward", "ed edward", "tony anthony", "dan daniel",
    "dave david", "steve steven", "steve stephen", "chuck charles", "charlie charles",
    "jack john", "alex alexander", "alex aleksandr", "ben benjamin", "sam samuel", "tim timothy",
    "matt matthew", "chris christopher", "greg gregory", "jeff jeffrey", "ken kenneth",
    "liz elizabeth", "beth elizabeth", "kate katherine", "kathy katherine", "sue susan",
    "pat patrick", "nick nicholas", "andy andrew", "ron ronald", "don donald", "larry lawrence",
    "gabby gabrielle", "josh joshua", "zach zachary", "vlad vladimir", "volodymyr vladimir",
)  # fmt: skip
ALIKE = 0.75  # share of equal letters from which two spellings can be one name

Found = tuple[int, int, str]  # start, end, the name as written


@dataclass(frozen=True)
class _Difference:
    """A name written differently: what it means, kind, reason, and its place on both sides."""

    name: str
    kind: str
    reason: str
    a: Found
    b: Found


def name_pairs(story: Story, between: Sequence[str] | None = None) -> pd.DataFrame:
    """Names that two articles write or spell out differently.

    Parameters
    ----------
    story : Story
    between : two ids, optional
        May be left out when the story has exactly two articles.

    Returns
    -------
    DataFrame
        One row per difference, columns in `schema.NAME_PAIRS`; the spans are each article's first
        mention in that form. `kind` is `acronym` ("National Intelligence Agency (NIS)" against
        "National Intelligence Service (NIS)"), `person` (Zelensky, Zelenskyy), or `place or
        organisation` (Kiev, Kyiv).

    Raises
    ------
    PairError
        If it is not clear which two articles are meant.

    Notes
    -----
    A difference has a row only where neither article uses the other's form. Acronyms are read
    from brackets after (or before) the words whose initials they are, two thirds of the letters
    at least. Persons: the same surname, or a spelling alike in three quarters of its letters,
    with given names that are alike, initials, or short forms of each other. Places and
    organisations: the pairs of `lexicons/name_variants.csv`, which analysts can extend.
    """
    a, b = story.pair(between)
    rows = []
    for each in (*_acronyms(story, a, b), *_persons(story, a, b), *_variants(story, a, b)):
        row: dict = {"name": each.name, "kind": each.kind, "reason": each.reason}
        for side, article, found in (("a", a, each.a), ("b", b, each.b)):
            row |= {
                f"article_{side}": article,
                f"{side}_start": found[0],
                f"{side}_end": found[1],
                f"{side}_text": story.texts[article][found[0] : found[1]],
            }
        rows.append(row)
    return schema.from_rows(rows, schema.NAME_PAIRS)


# acronyms


def _acronyms(story: Story, a: str, b: str) -> Iterator[_Difference]:
    spelled_a, spelled_b = spelled_out(story.texts[a]), spelled_out(story.texts[b])
    for acronym in sorted(spelled_a.keys() & spelled_b.keys()):
        first, second = spelled_a[acronym], spelled_b[acronym]
        if _plain(first[2]) != _plain(second[2]):
            reason = f"{acronym} is spelled out as {first[2]} / {second[2]}"
            yield _Difference(acronym, "acronym", reason, first, second)


def spelled_out(text: str) -> dict[str, Found]:
    """Acronyms that a text spells out, each with the first place and wording.

    Parameters
    ----------
    text : str
        An article.

    Returns
    -------
    dict
        Acronym → (start, end, words); the span covers words and bracket.
    """
    found: dict[str, Found] = {}
    for match in _FULL_FIRST.finditer(text):
        acronym = match["acronym"].replace(".", "")
        words = list(_WORD.finditer(text, max(0, match.start() - 90), match.start()))
        line = text.rfind("\n", 0, match.start()) + 1
        first = _opening([w for w in words if w.start() >= line], acronym)
        if first is not None:
            full = " ".join(text[first : match.start()].split())
            found.setdefault(acronym, (first, match.end(), full))
    for match in _SHORT_FIRST.finditer(text):
        words = list(_WORD.finditer(match["full"]))
        if _opening(words, match["acronym"]) == 0:
            found.setdefault(match["acronym"], (match.start(), match.end(), match["full"]))
    return found


def _opening(words: list[re.Match], acronym: str) -> int | None:
    """Offset of the first of the words, all up to the last, that an acronym stands for."""
    names = [word for word in words if word.group().lower() not in _FILLERS]
    best = None
    for size in range(2, len(acronym) + 2):
        chosen = names[-size:]
        if len(chosen) < size or not all(word.group()[0].isupper() for word in chosen):
            continue
        if re.search(r"[’']s$", chosen[0].group()):
            continue  # "South Korea’s National Intelligence Service"
        initials = "".join(word.group()[0] for word in chosen)
        same = sum(
            block.size for block in SequenceMatcher(None, initials, acronym).get_matching_blocks()
        )
        score = same / max(len(initials), len(acronym))
        if (
            initials[0] == acronym[0]
            and score >= 2 / 3 - 1e-9
            and (best is None or score > best[0])
        ):
            best = (score, chosen[0].start())
    return best[1] if best else None


# persons


def _persons(story: Story, a: str, b: str) -> Iterator[_Difference]:
    names_a, names_b = _full_names(story, a), _full_names(story, b)
    for plain_a, first in names_a.items():
        for plain_b, second in names_b.items():
            if plain_a in names_b or plain_b in names_a:
                continue
            if _one_person(plain_a.split(), plain_b.split()):
                reason = f"written {first[2]} / {second[2]}"
                surname = re.sub(r",? (?:Jr|Sr|II|III)\.?$", "", first[2]).split()[-1]
                yield _Difference(surname, "person", reason, first, second)


def _full_names(story: Story, article: str) -> dict[str, Found]:
    """Persons named with given name and surname: plain form → first mention outside headlines."""
    found: dict[str, Found] = {}
    parts = story.sentences_of(article)["part"].tolist()
    for entity in story.docs[article].ents:
        written = re.sub(r"[’']s?$", "", entity.text)
        words = _plain(written).split()
        if entity.label_ != "PERSON" or not 2 <= len(words) <= 4 or "\n" in written:
            continue
        if parts and parts[story.sentence_at(article, entity.start_char)] != "body":
            continue
        if all(word[0].isupper() for word in written.split()[:1] + written.split()[-1:]):
            start = entity.start_char
            found.setdefault(" ".join(words), (start, start + len(written), written))
    return found


def _one_person(first: list[str], second: list[str]) -> bool:
    """Tell whether two full names, in plain words, can be spellings of one person's name."""
    first, second = (
        [w for w in name if w not in ("jr", "sr", "ii", "iii")] for name in (first, second)
    )
    if "".join(first) == "".join(second):
        return False  # only hyphens or initials' stops differ
    if len(first) < 2 or len(second) < 2:
        return False
    surnames = first[-1] == second[-1]
    given = first[0] == second[0]
    if surnames and given:
        return False  # a middle name more or less
    if surnames:
        return _short_form(first[0], second[0]) or _spelling(first[0], second[0])
    return (given or _short_form(first[0], second[0])) and _spelling(first[-1], second[-1])


def _short_form(first: str, second: str) -> bool:
    pair = {f"{first} {second}", f"{second} {first}"}
    return bool(pair & set(_NICKNAMES))


def _spelling(first: str, second: str) -> bool:
    """Tell two spellings of a name (Syrskyi, Syrsky) from two names."""
    return (
        min(len(first), len(second)) >= 4
        and first[0] == second[0]
        and SequenceMatcher(None, first, second).ratio() >= ALIKE
    )


# places and organisations


def _variants(story: Story, a: str, b: str) -> Iterator[_Difference]:
    for name, variant in _listed():
        places = {
            (article, form): _first(story.texts[article], form)
            for article in (a, b)
            for form in (name, variant)
        }
        for one, other in ((name, variant), (variant, name)):
            first, second = places[a, one], places[b, other]
            if first and second and not places[a, other] and not places[b, one]:
                reason = f"called {one} / {other}"
                yield _Difference(variant, "place or organisation", reason, first, second)


def _first(text: str, name: str) -> Found | None:
    match = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    return (match.start(), match.end(), name) if match else None


@cache
def _listed() -> tuple[tuple[str, str], ...]:
    with (LEXICONS / "name_variants.csv").open(encoding="utf-8", newline="") as handle:
        return tuple((row["name"], row["variant"]) for row in csv.DictReader(handle))


def _plain(name: str) -> str:
    """Lower case, without accents, stops and hyphens, without a leading article."""
    folded = unicodedata.normalize("NFKD", name)
    folded = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    return re.sub(r"^the ", "", re.sub(r"[-‐‑]", " ", re.sub(r"[.’',]", "", folded))).strip()
