"""Find the entries of a lexicon in the parse: words and phrases by lemma or form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .errors import LexiconError

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Span
    from spacy.vocab import Vocab

POS = ("ADJ", "ADP", "ADV", "AUX", "INTJ", "NOUN", "NUM", "PROPN", "VERB")


def matcher(vocab: Vocab, entries: Iterable[tuple[str, str, str]]) -> Matcher:
    """Compile lexicon entries.

    Parameters
    ----------
    vocab : spacy.vocab.Vocab
        Vocabulary of the parse to be searched.
    entries : iterable of (key, entry, pos)
        `key` names what a match counts for. `entry` is a word or a phrase; a word matches any
        inflected form (by lemma) whatever its case, an entry in capitals (UN, GDP) only capitals,
        and a word that ends in ``*`` anything that begins with it. `pos` restricts the last word
        to a part of speech, several joined by ``|``; empty: any.

    Raises
    ------
    LexiconError
        For an entry without a word, or a part of speech that is not in `POS`.
    """
    from spacy.matcher import Matcher

    made = Matcher(vocab)
    patterns: dict[str, list] = {}
    for key, entry, pos in entries:
        allowed = [tag for tag in pos.split("|") if tag]
        if wrong := [tag for tag in allowed if tag not in POS]:
            raise LexiconError(
                f"entry {entry!r} of {key!r} has the part of speech {', '.join(wrong)}; "
                f"expected one of {', '.join(POS)}, or nothing"
            )
        words = [token for word in entry.split() for token in _split(word)]
        if not words:
            raise LexiconError(f"an entry of {key!r} holds no word; expected a word or a phrase")
        for attribute in ("LOWER", "LEMMA"):
            pattern = [_token(word, attribute) for word in words]
            if allowed:
                pattern[-1]["POS"] = {"IN": allowed}
            patterns.setdefault(f"{key}\t{entry}", []).append(pattern)
    for name, variants in patterns.items():
        made.add(name, variants)
    return made


def _split(word: str) -> list[str]:
    """Divide a hyphenated or possessive word as the tokenizer divides the text."""
    if word.endswith("*"):
        return [word]
    parts = re.findall(r"’s|'s|-|[^-’']+", word)
    return parts if len(parts) > 1 else [word]


def _token(word: str, attribute: str) -> dict:
    if word.endswith("*"):
        return {"LOWER": {"REGEX": "^" + re.escape(word[:-1].lower())}}
    if word.isupper() and len(word) > 1:
        return {"ORTH": word}
    if attribute == "LEMMA":
        # proper nouns keep their capital in the lemma
        return {"LEMMA": {"IN": sorted({word, word.lower(), word.capitalize()})}}
    return {"LOWER": word.lower()}


def find(made: Matcher, sentence: Span) -> Iterator[tuple[str, str, Span]]:
    """Matches in a sentence as (key, entry, span); per key the longest, none overlapping."""
    from spacy.util import filter_spans

    if not len(made):
        return
    by_key: dict[str, dict[tuple[int, int], tuple[str, Span]]] = {}
    for match in made(sentence, as_spans=True):
        key, entry = match.label_.split("\t")
        by_key.setdefault(key, {}).setdefault((match.start, match.end), (entry, match))
    for key, spans in by_key.items():
        for span in filter_spans([span for _, span in spans.values()]):
            yield key, spans[span.start, span.end][0], span
