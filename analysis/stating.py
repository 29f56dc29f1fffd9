"""Who says or denies an event: whether an attribution or a negation bears on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .lexicon_words import words
from .parse_conditions import children, negation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

DENIALS = frozenset("deny refute reject dismiss dispute rebut disprove debunk".split())
"""Verbs that say it is not so."""
_ACTS = frozenset("decline refuse fail plead apologise apologize".split())
"""Verbs that do something about an event and do not tell it."""
_QUOTES = ('"', "“", "‘", "''", "``")


def states(row: Any, head: Token) -> bool:
    """Tell whether an attribution states an event, or only touches it.

    Parameters
    ----------
    row : named tuple
        A row of `an.attributions`.
    head : Token
        The word of the event.

    Returns
    -------
    bool
        Who celebrates a victory, or declines to testify, does not say that it happened; the
        article does. An event is stated where a verb of saying has it in its clause, in a
        quotation, or where the event is itself the act of saying.
    """
    if not row.content_spans:
        return False
    doc = head.doc
    cue = [t for start, end in row.cue_spans for t in _tokens(doc, start, end)]
    if any(token.lemma_.lower() in _ACTS for token in cue):
        return False
    saying = row.cue.strip() == ":" or any(map(_is_saying, cue))
    start, end = row.content_spans[0][0], row.content_spans[-1][1]
    told = saying and any(_tells(t, saying) for t in _tokens(doc, start, end))
    if any(token.i in _words_of_saying(head) for token in cue) or (
        row.cue.strip() == ":" and any(a <= head.idx < b for a, b in row.source_spans)
    ):
        return saying or row.form != "indirect"
    if not start <= head.idx < end:
        return False
    if told or row.form == "direct" or head.idx in _quoted(doc, start, end):
        return True
    token = head
    while start <= token.idx < end:
        if _tells(token, saying):
            return True
        if token.head.i == token.i:
            break
        token = token.head
    return False


def _is_saying(token: Token) -> bool:
    return token.lemma_.lower() in words("reporting_verbs")


def _words_of_saying(head: Token) -> set[int]:
    """The event's own word, and what hangs on it: "criticised the plan, saying …"."""
    found = {head.i}
    if _is_saying(head):
        found |= {
            child.i
            for child in children(head, "advcl", "xcomp")
            if child.tag_ == "VBG" and _is_saying(child)
        }
    return found


def _quoted(doc: Doc, start: int, end: int) -> range:
    """Code points of a content that begin with its first quotation mark."""
    marks = [t.idx for t in _tokens(doc, start, end) if t.text in _QUOTES]
    return range(marks[0], end) if marks else range(0)


def _tells(token: Token, saying: bool) -> bool:
    """A verb that tells something: no clause on a noun, no bare purpose ("declined to say")."""
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("relcl", "acl"):
        return False
    return saying or not any(child.tag_ == "TO" for child in token.children)


def _tokens(doc: Doc, start: int, end: int) -> Span:
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None  # spans lie in the text
    return span


def denies(cue: str) -> bool:
    """Tell whether the words of a cue deny what follows ("has denied", "rejected")."""
    stems = tuple(denial.rstrip("ey") for denial in DENIALS)
    return any(word.startswith(stems) for word in cue.lower().split())


def negated(head: Token) -> Token | None:
    """The word that negates a fact; "should not" wishes, and denies nothing."""
    found = negation(head)
    if found is None or found.i > head.i:
        return None
    verbs = (head, head.head)
    if any(c.lower_ in ("should", "must", "shall") for v in verbs for c in children(v, "aux")):
        return None
    return found


def says_no(head: Token) -> bool:
    """Negated itself, or in a sentence with a no of its own."""
    return any(token.lower_ in ("no", "not", "n't", "n’t", "never") for token in head.sent)
