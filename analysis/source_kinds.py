"""What kind of source a noun phrase names, by an editable lexicon.

`lexicons/source_types.csv` has one entry a row: a word (lower-case lemma; names as written), its
place in the phrase, and the type. Places: `head` (a noun for persons or documents: "resident"),
`institution` (a noun for a body that its name leads to: "ministry"), `voice` (who heads or speaks
for a body and takes its type: "spokesman", "director"; the type given is for one without a body),
`modifier` (a word before the head: "intelligence official"), `name` (a whole name: "NATO") and
`part` (a word inside a name: "Ministry").
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from . import schema
from .errors import LexiconError
from .language import LEXICONS

PLACES = ("head", "institution", "voice", "modifier", "name", "part")


@dataclass(frozen=True)
class Kinds:
    """The lexicon: place → entry → source type."""

    entries: dict[str, dict[str, str]]

    def of(self, place: str, *words: str) -> str:
        """Type of the first of `words` that the lexicon has at `place`; empty if none."""
        table = self.entries[place]
        return next((table[word] for word in words if word in table), "")

    def knows(self, place: str, word: str) -> bool:
        """Whether the lexicon has `word` at `place`."""
        return word in self.entries[place]


@cache
def kinds() -> Kinds:
    """Read `lexicons/source_types.csv`.

    Raises
    ------
    LexiconError
        If a row names a place or a type that is not known, or an entry stands twice at a place.
    """
    path = LEXICONS / "source_types.csv"
    entries: dict[str, dict[str, str]] = {place: {} for place in PLACES}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):
            place, kind, entry = row["place"], row["source_type"], row["entry"]
            if place not in entries:
                raise LexiconError(
                    f"{path.name}, line {number}: place {place!r}; "
                    f"expected one of {', '.join(PLACES)}"
                )
            if kind not in schema.SOURCE_TYPES:
                raise LexiconError(
                    f"{path.name}, line {number}: source_type {kind!r}; "
                    f"expected one of {', '.join(schema.SOURCE_TYPES)}"
                )
            if entry in entries[place]:
                raise LexiconError(f"{path.name}, line {number}: {entry!r} stands twice at {place}")
            entries[place][entry] = kind
    return Kinds(entries)


def kind_of_name(name: str) -> str:
    """Type of an organisation by its name: the whole, an acronym in brackets, or a telling word.

    Parameters
    ----------
    name : str
        As written, without the article: "National Intelligence Service (NIS)".

    Returns
    -------
    str
        A source type; empty if the lexicon has nothing for it.
    """
    lexicon = kinds()
    words = name.replace("(", " ").replace(")", " ").replace("’s", " ").replace("'s", " ").split()
    if found := lexicon.of("name", name, " ".join(words), *words[-1:], *words[:1]):
        return found
    # "Intelligence" and "News" say more than "Agency" or "Service", which many bodies are
    for telling in ("intelligence", "media"):
        if any(lexicon.of("part", word) == telling for word in words):
            return telling
    return lexicon.of("part", *reversed(words))


def kind_of_phrase(head: str, modifiers: list[str]) -> str:
    """Type of a description by its head noun and the words before it (lower-case lemmas).

    Notes
    -----
    Documents and institutions take the type of a telling modifier ("intelligence reports", "army
    command"); persons keep the type of their own noun: "military experts" are experts and "the
    intelligence official" is anonymous.
    """
    lexicon = kinds()
    by_head = lexicon.of("institution", head) or lexicon.of("head", head)
    if head in ("report", "rumor", "rumour", "account") and not modifiers:
        return "unnamed"
    person = lexicon.knows("head", head) and by_head not in ("document", "unnamed")
    if by_head and person and not lexicon.knows("institution", head):
        return by_head
    if lexicon.knows("voice", head):
        return lexicon.of("modifier", *reversed(modifiers)) or lexicon.of("voice", head)
    by_modifier = lexicon.of("modifier", *reversed(modifiers))
    return by_modifier or by_head
