"""Who does what to whom: the grammatical roles of the noun phrases around each verb.

Rules over the dependency parse. They see what the clause says, not what its words imply: a
nominalisation ("the attack on the port") has no roles here, and a passive may leave its agent out
for good reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_LINKING = {"be", "seem", "appear", "become", "remain", "look", "sound", "stay", "feel"}
# Verbs that lend their subject to the verb below them and add only time, chance or hearsay.
_RAISING = {
    "seem", "appear", "begin", "start", "continue", "tend", "happen", "go", "have", "need", "use",
    "cease", "stop", "keep", "prove", "remain", "threaten", "stand",
}  # fmt: skip
_REPORTING = {
    "believe", "report", "say", "think", "know", "expect", "suppose", "allege", "claim", "rumor",
    "rumour", "estimate", "assume", "consider", "understand", "suspect", "see", "deem", "fear",
    "find", "show",
}  # fmt: skip
# The subject of these undergoes what the verb tells.
_UNDERGOING = {"suffer", "undergo", "sustain", "incur", "die", "perish", "succumb"}
# Verbs whose target follows a preposition.
_TARGETED = {
    "fire": {"at", "on"}, "shoot": {"at"}, "strike": {"at"}, "aim": {"at"}, "lash": {"at"},
    "retaliate": {"against"}, "march": {"on"}, "advance": {"on"}, "crack": {"on"},
    "spy": {"on"}, "prey": {"on"}, "turn": {"on", "against"}, "move": {"against"},
}  # fmt: skip
_SUBJECTS = ("nsubj", "csubj")
_PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
_RELATIVE = {"who", "which", "that", "whom"}


@dataclass(frozen=True)
class Role:
    """One noun phrase beside a verb: its head, the verb, the role, and the rule that gave it."""

    noun: Token
    verb: Token
    role: str  # agent, patient, agentless
    rule: str


def roles(sentence: Span) -> Iterator[Role]:
    """Roles of all noun phrases in a sentence, listed names each on their own.

    Yields
    ------
    Role
        agent: subject of an active verb, or "by …" in a passive; patient: object, or subject of a
        passive that names its agent (or is followed by "by"); agentless: subject of a passive
        that names none, or of a verb of undergoing (suffer, die). The subject of linking verbs
        (be, seem, remain) has no role. A verb that adds only time, chance or hearsay ("is
        believed to", "began to", "is likely to") passes its subject on to the verb below.
    """
    for verb in sentence:
        if verb.pos_ in ("VERB", "AUX") and not _auxiliary(verb):
            yield from _of_verb(verb)


def _auxiliary(token: Token) -> bool:
    return token.dep_ in ("aux", "auxpass") or token.lemma_ in _LINKING


def _of_verb(verb: Token) -> Iterator[Role]:
    passive = _passive(verb)
    if _passes_on(verb, passive=passive):
        return
    by = [
        noun
        for child in verb.children
        if child.dep_ in ("agent", "prep") and child.lower_ == "by" and passive
        for noun in child.children
        if noun.dep_ == "pobj" and noun.ent_type_ not in ("DATE", "TIME")
    ]
    for subject, rule in _subjects(verb):
        if passive:
            role = "patient" if by else "agentless"
        else:
            role = "agentless" if verb.lemma_ in _UNDERGOING else "agent"
        yield from _each(subject, verb, role, rule)
    for noun in by:
        yield from _each(noun, verb, "agent", "by")
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and child.pos_ not in ("ADP",):
            antecedent = _antecedent(child)
            if antecedent is not None:
                yield from _each(antecedent, verb, "patient", f"{child.dep_} of a relative clause")
            else:
                yield from _each(child, verb, "patient", child.dep_)
        elif child.lower_ in _TARGETED.get(verb.lemma_, ()):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    yield from _each(noun, verb, "patient", f"target after {child.lower_}")
    lower = [child for child in verb.children if child.dep_ in ("ccomp", "xcomp")]
    for child in lower:
        # "ordered Smith to be held", "urged Sudan to stop": its subject is the upper verb's object
        if not passive and _to(child) and verb.lemma_ not in _LINKING:
            for noun in child.children:
                if noun.dep_ == "nsubj" and verb.lemma_ not in ("want", "like", "need", "expect"):
                    yield from _each(noun, verb, "patient", "subject below")


def _to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _passive(verb: Token) -> bool:
    if any(c.dep_ in ("auxpass", *_PASSIVE_SUBJECTS) for c in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    own = any(child.dep_ == "aux" for child in verb.children)
    if verb.dep_ == "conj" and not own and not _own_subject(verb):
        return verb.head.pos_ == "VERB" and _passive(verb.head)
    return verb.dep_ in ("acl", "advcl") and not own


def _passes_on(verb: Token, *, passive: bool) -> bool:
    """Whether the verb only introduces another one: "is believed to have sent"."""
    lower = [child for child in verb.children if child.dep_ == "xcomp" and child.pos_ != "ADJ"]
    if not lower:
        return False
    if passive:
        return verb.lemma_ in _REPORTING and any(_to(child) for child in lower)
    objects = any(child.dep_ == "dobj" for child in verb.children)
    return verb.lemma_ in _RAISING and not objects


def _own_subject(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in (*_SUBJECTS, *_PASSIVE_SUBJECTS)]


def _subjects(verb: Token) -> list[tuple[Token, str]]:
    """What the verb's clause is about, also where it stands higher up, and by which relation."""
    own = _own_subject(verb)
    if own:
        found = []
        for subject in own:
            antecedent = _antecedent(subject)
            if antecedent is not None:
                found.append((antecedent, f"{subject.dep_} of a relative clause"))
            elif subject.dep_ in ("nsubj", "nsubjpass"):
                found.append((subject, subject.dep_))
        return found
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return [(noun, f"{rule}, shared") for noun, rule in _subjects(verb.head)]
    if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBG") and not _to(verb):
        return [(verb.head, "participle")]
    if verb.dep_ == "xcomp":
        upper = verb.head
        if upper.pos_ == "ADJ" and upper.dep_ == "acomp":
            upper = upper.head
            return [(noun, f"{rule}, passed on") for noun, rule in _subjects(upper)]
        if upper.pos_ in ("VERB", "AUX") and _passes_on(upper, passive=_passive(upper)):
            return [(noun, f"{rule}, passed on") for noun, rule in _subjects(upper)]
    return []


def _antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    if token.lower_ not in _RELATIVE or token.tag_ not in ("WDT", "WP", "IN", "WP$"):
        return None
    clause = token.head
    while clause.dep_ not in ("relcl", "ROOT"):
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else None


def _each(noun: Token, verb: Token, role: str, rule: str) -> Iterator[Role]:
    yield Role(noun, verb, role, rule)
    for other in listed_with(noun):
        yield Role(other, verb, role, f"{rule}, listed")


def listed_with(noun: Token) -> list[Token]:
    """The other members of a list of nouns ("the U.S., South Korea, and NATO").

    The parser often takes a list of names for appositions or leaves its first members hanging:
    names divided by commas before "and" are members all the same.
    """
    members = [
        other
        for other in noun.conjuncts
        if other.i > noun.i and other.pos_ in ("NOUN", "PROPN", "PRON")
    ]
    if any(child.dep_ == "cc" for child in noun.children):
        members += [c for c in noun.children if c.dep_ == "appos" and c.ent_type_ and c.i > noun.i]
    entities = {entity.end: entity for entity in noun.sent.ents}
    own = next((e for e in entities.values() if e.start <= noun.i < e.end), None)
    place = own.start - 1 if own is not None else 0
    if place > 0 and noun.doc[place].dep_ == "cc":
        place -= 1
        while place > 0:
            # "," or nothing between the names
            end = place if noun.doc[place].text == "," else place + 1
            before = entities.get(end)
            if before is None or before.root.dep_ not in ("ROOT", "appos", "nmod", "dep"):
                break
            if before.label_ in ("DATE", "TIME", "CARDINAL", "PERCENT", "MONEY"):
                break
            members.append(before.root)
            place = before.start - 1
    return members
