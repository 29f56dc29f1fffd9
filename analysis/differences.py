"""In what two linked statements differ: explicit checks, each of which can be read off the text.

Word likeness cannot see a swapped actor, another figure or a "not"; these checks look for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from .wording import word

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from .story import Story

# Cues of the hedge lexicon that leave a claim open; approximations and conditions do not.
_OPEN = {"hearsay", "belief", "modal", "likelihood", "inference", "non_confirmation"}
_OTHER_FIGURE = {"conflict", "different_scope"}
_DENIALS = frozenset({"deny", "refuse", "reject", "decline", "fail"})
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_SAYING = frozenset(
    "say tell add state claim argue announce warn write report declare insist suggest note "
    "describe call explain acknowledge admit confirm deny accuse believe think tweet ask".split()
)


@dataclass(frozen=True)
class Statement:
    """A sentence of one side, or the clauses of it that the other side tells."""

    article: str
    start: int
    end: int
    span: Span


class Checks:
    """The checks for one pair of articles; figures and hedges are looked up once."""

    def __init__(self, story: Story, a: str, b: str) -> None:
        from .hedging import hedges
        from .reconciliation import number_pairs

        figures = number_pairs(story, between=(a, b))
        self.figures = figures[figures["relation"].isin(["same", "compatible", *_OTHER_FIGURE])]
        cues = hedges(story)
        self.cues = cues[cues["type"].isin(_OPEN) & cues["article"].isin([a, b])]
        self.dates = self._date_starts(story, (a, b))

    @staticmethod
    def _date_starts(story: Story, articles: tuple[str, str]) -> set[tuple[str, int]]:
        from .figures import numbers

        table = numbers(story)
        table = table[(table["kind"] == "date") & table["article"].isin(articles)]
        return set(zip(table["article"], table["start"], strict=True))

    def differs(self, a: Statement, b: Statement) -> tuple[list[str], bool]:
        """What differs, in the order of `schema.DIFFERENCES`, and whether both cannot hold."""
        number, date, clash = self._figures(a, b)
        negation = _negated_differently(a.span, b.span)
        checks = {
            "number": number,
            "date": date or _other_day(a.span, b.span),
            "name": _other_name(a.span, b.span),
            "negation": negation,
            "actor": _other_actor(a.span, b.span),
            "speaker": _other_speaker(a.span, b.span),
            "certainty": self._open(a) != self._open(b),
        }
        return [name for name, found in checks.items() if found], clash

    def _figures(self, a: Statement, b: Statement) -> tuple[bool, bool, bool]:
        """Whether a figure differs, whether a date does, and whether one is in conflict."""
        table = self.figures
        inside = table[
            (table["a_start"] >= a.start)
            & (table["a_end"] <= a.end)
            & (table["b_start"] >= b.start)
            & (table["b_end"] <= b.end)
        ]
        other = inside[inside["relation"].isin(_OTHER_FIGURE)]
        dates = [(a.article, int(start)) in self.dates for start in other["a_start"]]
        clash = bool((other["relation"] == "conflict").any())
        return not all(dates), any(dates), clash

    def _open(self, statement: Statement) -> bool:
        cues = self.cues
        inside: pd.Series = (
            (cues["article"] == statement.article)
            & (cues["start"] >= statement.start)
            & (cues["end"] <= statement.end)
        )
        return bool(inside.any())


def _other_day(a: Span, b: Span) -> bool:
    """Both name days of the week, and none of them is the same."""
    one, other = ({token.lower_ for token in span} & _DAYS for span in (a, b))
    return bool(one and other) and not one & other


def _predicates(span: Span) -> Iterator[tuple[Token, str]]:
    for token in span:
        if token.pos_ == "VERB" and (term := word(token)):
            yield token, term


def _negated(verb: Token) -> bool:
    return any(
        child.dep_ == "neg" or child.lower_ in ("never", "neither", "nor")
        for child in verb.children
    )


def _complements(verb: Token) -> set[str]:
    kinds = ("nsubj", "nsubjpass", "dobj", "attr", "acomp", "ccomp", "xcomp")
    return {word(child) for child in verb.children if child.dep_ in kinds} - {""}


def _negated_differently(a: Span, b: Span) -> bool:
    """The same verb with a shared subject or object, negated or denied on one side only."""
    for one, term in _predicates(a):
        for other, same_term in _predicates(b):
            if term != same_term or _negated(one) == _negated(other):
                continue
            if _complements(one) & _complements(other):
                return True
    return False


def _roles(verb: Token) -> tuple[str, str]:
    """Terms of who acts and who is acted on; empty where unknown or only a pronoun."""
    agent = patient = ""
    for child in verb.children:
        if child.dep_ == "nsubj":
            agent = word(child)
        elif child.dep_ == "agent":
            agent = next((word(g) for g in child.children if g.dep_ == "pobj"), "")
        elif child.dep_ in ("dobj", "nsubjpass"):
            patient = word(child)
    return agent, patient


def _other_actor(a: Span, b: Span) -> bool:
    """The same verb with who acts and who is acted on exchanged, or by another named actor."""
    for one, term in _predicates(a):
        if one.lemma_.lower() in _SAYING:
            continue
        for other, same_term in _predicates(b):
            if term != same_term:
                continue
            (who, whom), (who_else, whom_else) = _roles(one), _roles(other)
            if who and whom and who == whom_else and whom == who_else:
                return True
            named = _named_agent(one) and _named_agent(other)
            if named and whom and whom == whom_else and who != who_else:
                return True
    return False


def _named_agent(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.pos_ == "PROPN" for child in verb.children)


def _speakers(span: Span) -> set[str]:
    """Terms of the named subjects of verbs of saying."""
    return {
        word(child)
        for verb in span
        if verb.lemma_.lower() in _SAYING
        for child in verb.children
        if child.dep_ == "nsubj" and child.pos_ == "PROPN"
    } - {""}


def _other_speaker(a: Span, b: Span) -> bool:
    """Both name who says it, and no name is shared."""
    one, other = _speakers(a), _speakers(b)
    return bool(one and other) and not one & other


def _names(span: Span) -> Iterator[tuple[str, ...]]:
    for entity in span.ents:
        if entity.label_ in ("PERSON", "ORG"):
            words = [t.text for t in entity if t.is_alpha and t.lower_ != "the"]
            if len(words) > 1:
                yield tuple(words)


def _other_name(a: Span, b: Span) -> bool:
    """The same acronym spelled out differently, or a surname with another given name."""
    acronyms = _acronyms(a), _acronyms(b)
    if any(acronyms[1].get(short, full) != full for short, full in acronyms[0].items()):
        return True
    for one in _names(a):
        for other in _names(b):
            given, other_given = one[0], other[0]
            initial = given[0] == other_given[0]
            if one[-1] == other[-1] and len(one) == len(other) == 2 and given != other_given:
                # Mike and Michael, J. and John are one; titles stand before full names only
                return not initial
    return False


def _acronyms(span: Span) -> dict[str, str]:
    """Acronym in brackets -> the words before it that begin with its letters."""
    found = {}
    for token in span:
        if not (token.is_upper and 2 <= len(token) <= 6 and token.is_alpha):
            continue
        opened = token.i - 1
        if opened < span.start or token.doc[opened].text != "(":
            continue
        words: list[str] = []
        for i in range(opened - 1, span.start - 1, -1):
            text = token.doc[i].text
            words.insert(0, text)
            initials = "".join(w[0] for w in words if w[0].isupper())
            if len(initials) >= len(token):
                break
        # spelled out differently, an acronym shares its first letter at least
        if words and words[0][0] == token.text[0]:
            found[token.text] = " ".join(words).lower()
    return found
