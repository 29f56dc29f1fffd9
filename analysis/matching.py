"""Find the entries of a lexicon in the parse: words and phrases by lemma or form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import LexiconError

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

POS = ("ADJ", "ADP", "ADV", "AUX", "INTJ", "NOUN", "NUM", "PROPN", "VERB")
_PIECES = re.compile(r"[’']s\b|-|[^\s’'-]+\*?|[’']")


@dataclass(frozen=True)
class Entry:
    """One entry of a lexicon: what it counts for, its words, and the last word's parts of speech.

    `key` names what a match counts for. A word matches its inflected forms (by lemma) whatever
    their case; a word in capitals (UN, GDP) only capitals; a word that ends in ``*`` anything
    that begins with it.
    """

    key: str
    written: str
    words: tuple[str, ...]
    pos: frozenset[str]


class Lexicon:
    """Entries indexed by their first word.

    Parameters
    ----------
    entries : iterable of (key, entry, pos)
        See `Entry`; `pos` joins several parts of speech by ``|``; empty: any.

    Raises
    ------
    LexiconError
        For an entry without a word, or a part of speech that is not in `POS`.
    """

    def __init__(self, entries: Iterable[tuple[str, str, str]]) -> None:
        self._by_word: dict[str, list[Entry]] = {}
        self._by_prefix: dict[str, list[Entry]] = {}
        for key, written, pos in entries:
            entry = _entry(key, written, pos)
            first = entry.words[0]
            if first.endswith("*"):
                self._by_prefix.setdefault(first[:-1].lower(), []).append(entry)
            else:
                self._by_word.setdefault(first.lower(), []).append(entry)
        # prefixes are looked up by their few lengths
        self._lengths = sorted({len(prefix) for prefix in self._by_prefix})

    def find(self, sentence: Span) -> Iterator[tuple[str, str, Span]]:
        """Matches in a sentence as (key, entry, span); per key the longest, none overlapping."""
        from spacy.util import filter_spans

        by_key: dict[str, dict[tuple[int, int], tuple[str, Span]]] = {}
        tokens = list(sentence)
        for place, token in enumerate(tokens):
            for entry in self._beginning_with(token):
                after = place + len(entry.words)
                found = tokens[place:after]
                if len(found) == len(entry.words) and all(map(_fits, found, entry.words)):
                    if entry.pos and found[-1].pos_ not in entry.pos:
                        continue
                    spans = by_key.setdefault(entry.key, {})
                    spans.setdefault((place, after), (entry.written, sentence[place:after]))
        for key, spans in by_key.items():
            kept = {(span.start, span.end) for span in filter_spans([s for _, s in spans.values()])}
            for written, span in spans.values():
                if (span.start, span.end) in kept:
                    yield key, written, span

    def _beginning_with(self, token: Token) -> Iterator[Entry]:
        form = token.lower_
        for word in dict.fromkeys([form, token.lemma_.lower(), *_singulars(token)]):
            yield from self._by_word.get(word, ())
        for length in self._lengths:
            yield from self._by_prefix.get(form[:length], ())


def _entry(key: str, written: str, pos: str) -> Entry:
    allowed = frozenset(tag.strip().upper() for tag in pos.split("|") if tag.strip())
    if wrong := sorted(allowed - set(POS)):
        raise LexiconError(
            f"entry {written!r} of {key!r} has the part of speech {', '.join(wrong)}; "
            f"expected one of {', '.join(POS)}, or nothing"
        )
    # hyphens and possessives are divided as the tokenizer divides them in the text
    words = tuple(_PIECES.findall(written))
    if not words or words == ("*",):
        raise LexiconError(f"entry {written!r} of {key!r} holds no word; expected a word or phrase")
    return Entry(key, written, words, allowed)


def _singulars(token: Token) -> tuple[str, ...]:
    """Forms without a plural ending: the lemma of "taxes" is "taxis", that of "Troops" itself."""
    if token.tag_ not in ("NNS", "NNPS"):
        return ()
    form = token.lower_
    return tuple(form.removesuffix(ending) for ending in ("s", "es") if form.endswith(ending))


def _fits(token: Token, word: str) -> bool:
    if word.endswith("*"):
        return token.lower_.startswith(word[:-1].lower())
    if word.isupper() and len(word) > 1:
        return token.text == word
    wanted = word.lower()
    if token.lower_.replace("’", "'") == wanted.replace("’", "'"):
        return True
    return token.lemma_.lower() == wanted or wanted in _singulars(token)
