"""In what two linked statements differ: explicit checks, each of which can be read off the text.

Word likeness cannot see a swapped actor, another figure or a "not"; these checks look for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .stating import DENIALS
from .wording import word

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from .story import Story

# Cues of the hedge lexicon that leave a claim open; approximations and conditions do not.
_OPEN = {"hearsay", "belief", "modal", "likelihood", "inference", "non_confirmation"}
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# "may" is left out: it is a verb more often than a month
_MONTHS = frozenset(
    "january february march april june july august september october november december".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAYING = frozenset(
    "say tell add state claim argue announce warn write report declare insist suggest note "
    "describe call explain acknowledge admit confirm deny accuse believe think tweet ask".split()
)


@dataclass(frozen=True)
class Statement:
    """A sentence of one side, with its parse."""

    article: str
    sentence: int
    start: int
    end: int
    text: str
    span: Span


class Checks:
    """The checks for one pair of articles; figures and hedges are looked up once."""

    def __init__(self, story: Story, a: str, b: str) -> None:
        from .hedging import hedges
        from .name_variants import name_pairs
        from .reconciliation import number_pairs

        story = _only(story, (a, b))
        figures = number_pairs(story, between=(a, b))
        other = figures["relation"].isin(["conflict", "different_scope"])
        other |= (figures["relation"] == "undecided") & (figures["kind"] == "figure")
        columns = ["a_start", "a_end", "b_start", "b_end", "relation"]
        self.figures = list(figures.loc[other, columns].itertuples(index=False, name=None))
        names = name_pairs(story, between=(a, b))
        self.names = list(zip(names["a_text"], names["b_text"], strict=True))
        cues = hedges(story)
        cues = cues[cues["type"].isin(_OPEN)]
        self.cues: dict[str, list[tuple[int, int]]] = {a: [], b: []}
        for article, start, end in zip(cues["article"], cues["start"], cues["end"], strict=True):
            self.cues[article].append((start, end))

    def differs(self, a: Statement, b: Statement) -> tuple[list[str], bool]:
        """What differs, in the order of `schema.DIFFERENCES`, and whether both cannot hold."""
        figures = [
            relation
            for a_start, a_end, b_start, b_end, relation in self.figures
            if a.start <= a_start and a_end <= a.end and b.start <= b_start and b_end <= b.end
        ]
        checks = {
            "number": bool(figures),
            "date": _other_date(a.span, b.span),
            "name": any(x in a.text and y in b.text for x, y in self.names),
            "negation": _negated_differently(a.span, b.span),
            "actor": _other_actor(a.span, b.span),
            "speaker": _other_speaker(a.span, b.span),
            "certainty": self._open(a) != self._open(b),
        }
        return [name for name, found in checks.items() if found], "conflict" in figures

    def _open(self, statement: Statement) -> bool:
        cues = self.cues[statement.article]
        return any(statement.start <= start and end <= statement.end for start, end in cues)


def _only(story: Story, articles: tuple[str, str]) -> Story:
    """The story of two articles alone, so that time does not grow with the others."""
    return replace(
        story,
        articles=story.articles[story.articles["article"].isin(articles)].reset_index(drop=True),
        sentences=story.sentences[story.sentences["article"].isin(articles)].reset_index(drop=True),
        docs={article: story.docs[article] for article in articles},
    )


def _other_date(a: Span, b: Span) -> bool:
    """Both name days of the week, months or years, and none of them is the same."""
    words = tuple({token.lower_ for token in span} for span in (a, b))
    for names in (_DAYS, _MONTHS):
        one, other = words[0] & names, words[1] & names
        if one and other and not one & other:
            return True
    one, other = ({word for word in found if _YEAR.fullmatch(word)} for found in words)
    return bool(one and other) and not one & other


def _predicates(span: Span) -> Iterator[tuple[Token, str]]:
    for token in span:
        if token.pos_ == "VERB" and (term := word(token)):
            yield token, term


def _negated(verb: Token) -> bool:
    """Negated, or denied by the verb that governs it; not both at once."""
    negated = any(
        child.dep_ == "neg" or child.lower_ in ("never", "neither", "nor")
        for child in verb.children
    )
    up = verb
    while up.dep_ in ("ccomp", "xcomp", "pcomp", "prep", "conj") and up.head.i != up.i:
        up = up.head
        if up.lemma_.lower() in DENIALS:
            return not negated
    return negated


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
    """Terms of the names that are subjects of verbs of saying."""
    return {
        word(part)
        for verb in span
        if verb.lemma_.lower() in _SAYING
        for child in verb.children
        if child.dep_ == "nsubj" and child.pos_ == "PROPN"
        for part in (child, *(c for c in child.children if c.dep_ in ("compound", "poss", "appos")))
    } - {""}


def _other_speaker(a: Span, b: Span) -> bool:
    """Both name who says it, and no name is shared."""
    one, other = _speakers(a), _speakers(b)
    return bool(one and other) and not one & other
