"""What befell the persons a figure counts: killed, injured, missing, arrested.

News names them once and then only counts: "killing 12 people and wounding 80".
"""

from __future__ import annotations

import csv
import functools
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEXICON = Path(__file__).parent / "lexicons" / "fates.csv"
_COUNT = frozenset({"number", "toll", "count", "total", "tally", "estimate"})
_COSTS = frozenset({"claim", "take", "cost", "lose"})


@functools.cache
def _words(form: str) -> dict[str, str]:
    """Word -> fate, of one form: verb (its object suffers), subject, state, noun."""
    with _LEXICON.open(encoding="utf-8", newline="") as handle:
        return {row["word"]: row["fate"] for row in csv.DictReader(handle) if row["form"] == form}


def named(quantity: str) -> str:
    """The fate that a `quantity` of the numbers table ends in; empty if none."""
    fates = {fate for form in ("verb", "state", "noun") for fate in _words(form).values()}
    words = quantity.split()
    for count in (3, 1):  # "killed or injured", "killed"
        last = " ".join(words[-count:])
        if last and all(word in fates for word in last.split(" or ")):
            return last
    return ""


def fate(root: Token, noun: Token | None, end: int) -> str:
    """What the text says befell the persons counted.

    Parameters
    ----------
    root : Token
        Head of the figure itself.
    noun : Token or None
        What it counts, if the text says so.
    end : int
        Index of the token behind the figure.

    Returns
    -------
    str
        A fate of `lexicons/fates.csv`, or two ("killed or injured"); empty if none.
    """
    if root.dep_ == "pobj" and root.head.lower_ == "at":
        # "put the number of wounded at 140"
        for child in root.head.head.children:
            if child.dep_ in ("dobj", "nsubjpass") and child.lemma_ in _COUNT:
                return _told_by(child)
    counted = noun is not None and noun.i >= end
    for token, after in ((noun, noun.i + 1), (root, end)) if noun and counted else ((root, end),):
        found = _suffered(token) or _state_behind(token, after)
        if found:
            return found
    if noun is not None and not (counted and noun.dep_ == "pobj"):
        return _told_by(noun)
    return ""


def _suffered(token: Token) -> str:
    """Fate by the verb: its object or passive subject, or the subject of a verb of dying."""
    verb, lemma = token.head, token.head.lemma_.lower()
    if verb.i == token.i or any(child.dep_ == "neg" for child in verb.children):
        return ""
    direct = any(child.dep_ in ("dobj", "ccomp") and child.i > verb.i for child in verb.children)
    if token.dep_ in ("nsubj", "nsubjpass"):
        if lemma in _words("subject"):
            return _words("subject")[lemma]
        if lemma in _words("verb") and not (direct and token.dep_ == "nsubj"):
            return _either(verb)
        for child in verb.children:
            if child.dep_ in ("acomp", "attr", "oprd") and child.lower_ in _words("state"):
                return _words("state")[child.lower_]
        return _words("state").get(verb.lower_, "") if verb.pos_ == "ADJ" else ""
    if token.dep_ == "dobj":
        if token.lemma_.lower() == "life" and lemma in _COSTS:
            return "killed"
        if lemma in _words("verb"):
            return _either(verb)
    return ""


def _either(verb: Token) -> str:
    """One fate, or two that the text joins by "or"."""
    fates = _words("verb")
    first = fates[verb.lemma_.lower()]
    joined = any(child.lower_ == "or" for child in verb.children)
    for child in verb.children:
        second = fates.get(child.lemma_.lower(), first)
        shared = not any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        if joined and child.dep_ == "conj" and shared and second != first:
            return f"{first} or {second}"
    return first


def _state_behind(token: Token, after: int) -> str:
    """Fate by the word right behind: "80 wounded", "12 people dead", "40 deaths"."""
    doc = token.doc
    if after >= len(doc) or doc[after].sent.start != token.sent.start:
        return ""
    word = doc[after]
    if any(child.dep_ == "dobj" for child in word.children):
        return ""  # "12 soldiers wounded four civilians"
    if word.pos_ == "NOUN" and word.lemma_.lower() in _words("noun"):
        return _words("noun")[word.lemma_.lower()]
    return _words("state").get(word.lower_, "")


def _told_by(noun: Token) -> str:
    """Fate by a noun: "fatalities", "death toll", "number of wounded", "80 wounded soldiers"."""
    lemma = noun.lemma_.lower()
    if lemma in _words("noun"):
        return _words("noun")[lemma]
    for child in noun.children:
        if child.dep_ == "amod" and child.lower_ in _words("state"):
            return _words("state")[child.lower_]
        if child.lower_ == "of" and lemma in _COUNT:
            for inner in child.children:
                word = _words("noun").get(inner.lemma_.lower())
                word = word or _words("state").get(inner.lower_) or _told_by(inner)
                if word:
                    return word
    return ""
