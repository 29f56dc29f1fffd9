"""What a number counts, read from the parse: "more than 10,000 North Korean soldiers"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MODIFIERS = {"amod", "compound", "nmod", "poss", "nummod", "quantmod", "advmod", "case", "punct"}
_MODIFIERS |= {"npadvmod", "det", "predet", "acomp"}
_OF = {"of"}
_ABOUT = {"of", "in", "for", "on", "from", "to", "against", "toward", "by"}
_NOT_NAMED = {
    "more", "less", "fewer", "least", "most", "than", "over", "about", "around", "nearly", "almost",
    "roughly", "some", "only", "just", "approximately", "estimated", "the", "a", "an", "another",
    "additional", "further", "extra", "these", "those", "this", "that", "all", "other", "at", "up",
    "to", "or", "so", "under", "above", "below", "exactly", "any", "every", "each", "and",
}  # fmt: skip
_NOUNS = {"NOUN", "PROPN"}
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_OBJECTS = {"dobj", "attr", "oprd", "obj"}


def counted(span: Span, unit: str) -> tuple[int, int, Token | None]:
    """Where the text says what a figure counts.

    Parameters
    ----------
    span : Span
        The figure's tokens, its unit and bound included.
    unit : str
        The figure's unit: a percentage, a sum or a time counts what stands in an "of" or "in"
        phrase or governs it, a bare number the noun it modifies.

    Returns
    -------
    start, end : int
        Half-open token range of the noun with its modifiers (of a sum or share also the verb
        right behind its subject: "couple misused"); empty if nothing was found.
    head : Token or None
        Its head noun.
    """
    root = span.root
    inside = range(span.start, span.end)
    head = _modified(root, inside)
    # "hundreds of people", "two of the senators", "21 percent of voters", "$3bn in aid"
    if head is None or not unit:
        for token in (root, *([head] if head is not None and head.i in inside else [])):
            linked = _linked(token, _ABOUT if unit else _OF, inside)
            if linked is not None:
                return (*_phrase(linked, inside), linked)
    if head is None:
        head = _governing(root, inside, unit)
    if head is None:
        return span.end, span.end, None
    start, end = _phrase(head, inside)
    verb = head.head
    if unit and head.dep_ in _SUBJECTS and 0 <= verb.i - end <= 2 and verb.i < span.start:
        end = verb.i + 1
    return start, end, head


def _modified(root: Token, inside: range) -> Token | None:
    """The noun that the figure modifies: "10,000 troops", "a $5 million fund"."""
    token = root
    while token.dep_ in (
        "nummod",
        "quantmod",
        "compound",
        "nmod",
        "amod",
        "npadvmod",
        "poss",
        "pobj",
    ):
        if token.dep_ == "pobj" and token.head.i not in inside:
            return None
        if token.head.i == token.i:
            return None
        token = token.head
        if token.i not in inside:
            if token.pos_ in _NOUNS and token.i > root.i:
                return token
            # "a 35-day-long", "1,000-strong": the adjective stands between
            if token.pos_ in ("ADJ", "NUM", "ADV") and token.dep_ in ("amod", "nummod", "compound"):
                continue
            return None
    return None


def _linked(token: Token, prepositions: set[str], inside: range) -> Token | None:
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in prepositions and child.i >= token.i:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.i not in inside and noun.pos_ in _NOUNS | {"PRON"}:
                    if noun.ent_type_ in ("DATE", "TIME") and child.lower_ != "of":
                        continue
                    return noun
        if child.lower_ == "worth" and child.i >= token.i:
            return _linked(child, _OF, inside)
    return None


def _governing(root: Token, inside: range, unit: str) -> Token | None:
    """What the clause says the figure of: its subject, or its object beside the figure."""
    token = root
    while token.head.i != token.i and (token.i in inside or token.pos_ not in ("VERB", "AUX")):
        outside = token.i not in inside and token.i < root.i
        if outside and token.pos_ in _NOUNS and token.dep_ in ("pobj", "dobj", "nsubj"):
            return token  # "a reduction of 40 percent", "the number of dead at 30"
        token = token.head
    if token.pos_ not in ("VERB", "AUX"):
        return None
    children = [
        c
        for c in token.children
        if c.i not in inside and root.i not in range(c.left_edge.i, c.right_edge.i + 1)
    ]
    if unit:
        for child in children:
            if child.dep_ in _OBJECTS and child.pos_ in _NOUNS:
                return child
        # "spent $5,150 on fur capes"
        spent = _linked(token, {"on", "for", "in"}, inside)
        if spent is not None and spent.i > root.i and spent.ent_type_ not in ("GPE", "LOC"):
            return spent
    for child in children:
        if child.dep_ in _SUBJECTS and child.pos_ in _NOUNS:
            return child
    return None


def _phrase(head: Token, inside: range) -> tuple[int, int]:
    """Token range of a noun with the modifiers before it and a short "of" phrase behind it."""
    start = head.i
    for token in reversed(list(head.lefts)):
        if token.dep_ not in _MODIFIERS:
            break
        edge = token.left_edge.i
        if edge in inside or token.i in inside or start - edge > 6:
            break
        start = edge
    doc = head.doc
    while start in inside or (
        start < head.i and (doc[start].lower_ in _NOT_NAMED or doc[start].is_punct)
    ):
        start += 1
    end = head.i + 1
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in _OF | {"on", "for"} and child.i == end:
            last = child.right_edge.i + 1
            if last - end <= 5 and not any(i in inside for i in range(end, last)):
                end = last
            break
    return start, end


_INCREMENT = re.compile(
    r"(?:another|an additional|an extra|a further|some additional|additional)\s*$", re.IGNORECASE
)
_INCREMENT_AFTER = re.compile(
    r"\s+(?:[\w-]+ ){0,2}?(?:additional|extra|further|more|added)\b(?! than)", re.IGNORECASE
)
CHANGES = {
    "rise", "increase", "grow", "climb", "jump", "surge", "soar", "gain", "fall", "drop", "decline",
    "decrease", "shrink", "slip", "plunge", "tumble", "reduce", "cut", "raise", "boost",
}  # fmt: skip


def is_increment(span: Span, text: str, start: int, end: int) -> bool:
    """Tell an addition or a change ("another 600", "rose by 5 percent") from a total."""
    before, after = text[max(0, start - 30) : start], text[end : end + 40]
    if _INCREMENT.search(before) or _INCREMENT_AFTER.match(after):
        return True
    root = span.root
    prep = root.head
    if root.dep_ == "pobj" and prep.lower_ == "by" and prep.head.lemma_ in CHANGES:
        return True
    if root.dep_ in ("dobj", "npadvmod", "advmod", "obj") and prep.lemma_ in CHANGES - {
        "raise",
        "cut",
    }:
        return True
    noun = _modified(root, range(span.start, span.end))
    return noun is not None and noun.lemma_ in CHANGES
