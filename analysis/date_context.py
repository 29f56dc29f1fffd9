"""What only the sentence tells of a date: whether it is one, and whether it lies ahead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .dates import When
from .not_figures import numbered_name
from .sentence_view import SentenceView
from .units import bound_before, counted_nouns, unit_after

if TYPE_CHECKING:
    from spacy.tokens import Token

_AHEAD = {
    "schedule", "scheduled", "set", "due", "slated", "plan", "planned", "upcoming", "expect",
    "expected", "intend", "tomorrow", "deadline", "ahead", "coming", "forthcoming",
}  # fmt: skip
_PAST = {"had", "has", "have", "did", "was", "were", "been"}
_YEAR_AFTER = re.compile(
    r"\b(?:in|since|by|until|till|from|before|after|during|late|early|of|to|through|circa|year|and)"
    r" $",
    re.IGNORECASE,
)
_COUNTED = re.compile(r" (?:percent|people|million|troops|soldiers)")
_BOUNDS = {
    "since": ">=",
    "from": ">=",
    "after": ">",
    "before": "<",
    "by": "<=",
    "until": "<=",
    "till": "<=",
    "through": "<=",
    "around": "~",
    "about": "~",
}


def is_future(view: SentenceView, start: int, end: int) -> bool:
    """Tell from the governing verbs whether the date at [start, end) lies ahead."""
    token = view.tokens(start, end).root
    for word in (token, *token.ancestors):
        if word.lower_ in _AHEAD or word.lemma_ in _AHEAD:
            return True
        if word.pos_ not in ("VERB", "AUX"):
            continue
        ahead = _verb_ahead(word, token)
        if ahead is not None:
            return ahead
    return False


def _verb_ahead(verb: Token, token: Token) -> bool | None:
    """True, False, or None where the verb does not say and the next one up must."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if helpers & {"will", "’ll", "'ll", "shall", "wo"}:
        return True
    if verb.tag_ == "VBG" and helpers & {"is", "are", "am", "’s", "'s"}:
        return True  # "is running in November"
    if verb.tag_ in ("VBD", "VBN") or helpers & _PAST:
        return any(c.lemma_ in _AHEAD for c in verb.subtree if c.i < token.i and c.dep_ == "acomp")
    if "to" in helpers:
        return any(
            a.lemma_ in _AHEAD or (a.lemma_ == "be" and a.tag_ in ("VBZ", "VBP"))
            for a in verb.ancestors
        )
    return False if verb.tag_ in ("VBZ", "VBP") else None


def is_date(view: SentenceView, when: When) -> bool:
    """Tell dates from names ("Theresa May", NBC's "Today") and from counts ("2000 soldiers")."""
    span = view.tokens(when.start, when.end)
    words = view.text[when.start : when.end]
    if when.form == "year":
        return _is_year(view, when)
    if when.form == "unit":
        # ABC's "This Week"
        return not (words.istitle() and when.start > 0 and view.part != "headline")
    if when.form not in ("month", "weekday", "today"):
        return True
    if any(t.ent_type_ == "PERSON" for t in span) or view.in_name(span):
        return False
    if words == "Today" and re.search(r"[\"“‘']$", view.text[: when.start]):
        return not re.match(r"[,.]?[\"”’']", view.text[when.end :])
    return not (words in ("May", "March") and span[0].pos_ in ("VERB", "AUX"))


def _is_year(view: SentenceView, when: When) -> bool:
    before, after = view.text[: when.start], view.text[when.end :]
    if numbered_name(before) or re.search(r"[@#]\w*$", before):
        return False
    if _YEAR_AFTER.search(before) and not _COUNTED.match(after):
        return True
    if unit_after(view.text, when.end).name or bound_before(view.text, when.start)[1] != "=":
        return False
    root = view.tokens(when.start, when.end).root
    head = root.head
    people = counted_nouns().get(head.lemma_.lower(), ("", ""))[1] == "person"
    return not (root.dep_ == "nummod" and people and head.tag_ == "NNS" and head.i == root.i + 1)


def date_bound(view: SentenceView, when: When) -> str:
    """The bound that the word before a date sets: since is >=, until is <=."""
    return _BOUNDS.get(view.text[: when.start].rstrip().rsplit(" ", 1)[-1].lower(), "=")


def event(view: SentenceView, when: When) -> str:
    """The word that a date dates: the verb of its clause, or the noun it modifies."""
    for word in view.tokens(when.start, when.end).root.ancestors:
        if word.pos_ in ("VERB", "NOUN", "PROPN") and word.ent_type_ not in ("DATE", "TIME"):
            return word.text
    return ""
