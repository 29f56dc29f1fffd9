"""What a cue bears on, and whose uncertainty it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .cue_patterns import Match
from .lexicon_words import words
from .parse_conditions import (
    children,
    form,
    has_agent,
    is_passive,
    is_person,
    is_quantity,
    is_vague,
    reporting,
    root,
    subject,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLAUSES = ("ccomp", "xcomp", "csubj", "csubjpass", "acl", "parataxis")
_MODIFIERS = ("det", "amod", "compound", "nummod", "nmod", "poss", "predet", "advmod", "punct")
_LIGHT = ("be", "remain", "seem", "appear", "become", "look", "stay", "prove")


@dataclass(frozen=True)
class Reach:
    """Token range [first, after) that a cue bears on, and the token that heads the event."""

    first: int
    after: int
    event: int


def span_of(match: Match) -> tuple[int, int]:
    """First token and the one after the last of the cue's own span.

    A vague source is its noun phrase up to the noun, without an article; any other cue is what
    its pattern names.
    """
    first, after = match.tokens[0].i, match.tokens[-1].i + 1
    if match.rule.type != "vague_source":
        return first, after
    noun = root(list(match.tokens))
    if noun.dep_ in ("det", "amod", "nummod") and noun.head.i > noun.i:
        noun = noun.head
        after = max(after, noun.i + 1)
    if noun.pos_ not in ("NOUN", "PROPN"):
        return first, after
    doc, i = noun.doc, min(first, noun.i)
    while i > 0:
        before = doc[i - 1]
        inside = before.dep_ in _MODIFIERS and noun.left_edge.i <= before.i < noun.i
        if not inside or (before.pos_ == "PUNCT" and before.text != "-"):
            break
        if before.dep_ == "det" and form(before) in ("the", "a", "an", "these", "those"):
            break
        i -= 1
    while i < noun.i and doc[i].is_punct:
        i += 1
    return i, after


def reach(match: Match) -> Reach:
    """Scope of a cue.

    Modal or sentence adverb: the clause of its verb with the verbs joined to it. Verb with a
    clause: that clause and a raised subject. Noun with that or of: what follows it. Adjective
    before a noun: the noun phrase. Approximation: the number phrase. If: the main clause. Vague
    source: what it says. Where none applies, the smallest phrase that holds the cue.
    """
    token = root(list(match.tokens))
    kind = match.rule.type
    if kind == "approximation":
        return _quantity(match)
    if kind == "condition":
        return _main_clause(token)
    if kind == "vague_source":
        return _reported(token)
    if token.dep_ in ("amod", "nmod", "compound") and token.head.i > token.i:
        return _phrase(token.head)
    if token.pos_ in ("NOUN", "PROPN"):
        return _complement_of_noun(token)
    if token.dep_ in ("acomp", "attr", "oprd", "advmod", "aux", "auxpass", "neg", "npadvmod"):
        verb = token.head
        while verb.dep_ in ("acomp", "amod", "advmod") and verb.pos_ in ("ADJ", "ADV"):
            verb = verb.head
        if token.dep_ in ("acomp", "attr", "oprd"):
            found = _complement(token) or _complement(verb)
            return _with_subject(found, verb) if found is not None else _clause(verb)
        return _clause(verb) if verb.pos_ in ("VERB", "AUX") else _phrase(verb)
    if token.pos_ in ("VERB", "AUX", "ADJ"):
        found = _complement(token)
        if found is not None:
            raised = is_passive([token]) or any(c.dep_ == "xcomp" for c in token.children)
            return _with_subject(found, token) if raised else _subtree(found)
        return _clause(token)
    return _clause(token.head) if token.head.pos_ in ("VERB", "AUX") else _phrase(token)


def _subtree(token: Token) -> Reach:
    return Reach(token.left_edge.i, token.right_edge.i + 1, token.i)


def _complement(token: Token) -> Token | None:
    found = [child for child in token.children if child.dep_ in _CLAUSES and child.i != token.i]
    after = [child for child in found if child.i > token.i]
    if after or found:
        return (after or found)[0]
    objects = children(token, "dobj", "oprd")
    if objects:
        return objects[0]
    for preposition in children(token, "prep"):
        if inner := children(preposition, "pobj", "pcomp"):
            return inner[0]
    if token.dep_ in ("parataxis", "ccomp") and token.head.pos_ in ("VERB", "AUX"):
        return None
    return None


def _with_subject(found: Token, verb: Token) -> Reach:
    who = subject(verb)
    inner = _subtree(found)
    if who is None or who.dep_ == "expl" or form(who) in ("it", "there"):
        return inner
    if who.i == found.i or found.is_ancestor(who):
        return inner
    return Reach(min(who.left_edge.i, inner.first), max(inner.after, who.i + 1), found.i)


def _clause(verb: Token) -> Reach:
    """The clause of a verb with its subject; verbs joined to it belong to its subtree."""
    inner = _subtree(verb)
    who = subject(verb)
    if who is not None and who.i < inner.first and verb.dep_ in ("conj", "xcomp"):
        return Reach(who.left_edge.i, inner.after, verb.i)
    return inner


def _phrase(noun: Token) -> Reach:
    return _subtree(noun)


def _complement_of_noun(noun: Token) -> Reach:
    # a noun that says that something is the case: what follows it, else its verb's clause
    for child in noun.children:
        if child.i > noun.i and child.dep_ in ("acl", "ccomp", "relcl", "prep"):
            inner = children(child, "pobj", "pcomp") if child.dep_ == "prep" else [child]
            if inner:
                return _subtree(inner[0])
    if noun.dep_ in ("nsubj", "nsubjpass") and (verb := reporting(noun)) is not None:
        found = _complement(verb)
        return _subtree(found) if found is not None else _clause(verb)
    if noun.dep_ == "pobj" and noun.head.head.pos_ in ("VERB", "AUX", "NOUN"):
        return _clause(noun.head.head)
    return _phrase(noun)


def _quantity(match: Match) -> Reach:
    """From the cue to the last token of the number and its unit or noun's first word."""
    doc = match.tokens[0].doc
    first, last = match.tokens[0].i, match.tokens[-1].i
    i = last + 1
    while i < len(doc) and (is_quantity(doc[i]) or doc[i].tag_ == "CD" or doc[i].text == "%"):
        last = i
        i += 1
    if last > match.tokens[-1].i and last + 1 < len(doc) and doc[last + 1].text in ("%", "percent"):
        last += 1
    if first and is_quantity(doc[first - 1]) and last == match.tokens[-1].i:
        first -= 1
    number = doc[last]
    return Reach(first, last + 1, number.head.i if number.dep_ == "nummod" else number.i)


def _main_clause(token: Token) -> Reach:
    clause = token.head
    main = clause.head if clause.dep_ in ("advcl", "ccomp", "acl", "relcl") else clause
    if main.i == clause.i:
        return _subtree(clause)
    inner = _subtree(main)
    inside = clause.subtree
    held = {t.i for t in inside}
    kept = [i for i in range(inner.first, inner.after) if i not in held]
    # what is left of the main clause may stand on both sides of the condition
    return Reach(kept[0], kept[-1] + 1, main.i) if kept else inner


def _reported(token: Token) -> Reach:
    verb = reporting(token if token.pos_ in ("NOUN", "PROPN", "PRON") else token.head)
    if verb is None:
        return _phrase(token)
    if verb.pos_ in ("VERB", "AUX"):
        found = _complement(verb)
        if found is not None:
            return _subtree(found)
        if verb.dep_ in ("parataxis", "ccomp") and verb.head.i != verb.i:
            return _subtree(verb.head)
        return _clause(verb)
    governor = verb.head
    return _clause(
        governor.head if governor.pos_ == "VERB" and governor.dep_ == "prep" else governor
    )


def characters(found: Reach, doc: Doc) -> tuple[int, int]:
    """Code points of a scope, without punctuation and white space at its edges."""
    first, after = found.first, found.after
    while first < after - 1 and (doc[first].is_space or doc[first].is_punct):
        first += 1
    while after - 1 > first and (doc[after - 1].is_space or doc[after - 1].is_punct):
        after -= 1
    return doc[first].idx, doc[after - 1].idx + len(doc[after - 1])


def holder(match: Match) -> str:
    """Whose uncertainty it is: author, named, vague or unstated.

    A verb of judging belongs to its subject, a passive without a by-phrase to nobody that is
    stated; hearsay is nobody's. Any other cue belongs to whoever says the clause it stands in,
    and to the author where nobody does.
    """
    token = root(list(match.tokens))
    kind = match.rule.type
    if kind == "vague_source":
        return "vague"
    if kind in ("belief", "non_confirmation", "hearsay") and token.pos_ in ("VERB", "AUX"):
        if is_passive([token]) or ("awaited", True) in match.rule.conditions:
            return _agent(token) if has_agent([token]) else "unstated"
        who = subject(token)
        return "unstated" if who is None or who.dep_ == "expl" else _kind_of(who)
    if kind == "belief" and token.dep_ == "acomp":
        for who in children(token.head, "nsubj"):
            return _kind_of(who)  # "residents are afraid that"
    if kind == "hearsay" or (kind == "belief" and token.pos_ == "NOUN"):
        for child in token.children:
            if child.dep_ == "poss":
                return _kind_of(child)
        return "unstated"
    return speaker_of(token)


def _agent(token: Token) -> str:
    for by in children(token, "agent"):
        for who in children(by, "pobj"):
            return _kind_of(who)
    return "unstated"


def _kind_of(who: Token) -> str:
    """How a source is given: by name, vaguely, or by the author of the text."""
    text = form(who)
    if text in ("it", "there", "one"):
        return "unstated"
    if who.pos_ == "PROPN" or who.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return "named" if who.tag_ != "NNPS" or who.ent_type_ in ("ORG", "GPE") else "vague"
    if any(c.ent_type_ == "PERSON" for c in children(who, "compound", "appos")):
        return "named"
    if any(c.pos_ == "PROPN" for c in children(who, "compound", "poss")) and not is_vague([who]):
        return "named"  # "Ukraine's military"
    if text in ("he", "she", "i", "we", "his", "her", "my", "our"):
        return "named"  # a pronoun for somebody the text has named; I and we inside quotations
    return "vague" if is_vague([who]) or is_person(who) or text in ("some", "many") else "unstated"


def speaker_of(token: Token) -> str:
    """Who says the clause that `token` stands in: named, vague, unstated; author if nobody."""
    node = token
    for _ in range(25):
        head = node.head
        if head.i == node.i:
            break
        said = node.dep_ in ("ccomp", "xcomp", "dobj", "pcomp") or (
            # "…, officials said": the report is the main clause's parataxis or vice versa
            node.dep_ == "parataxis"
        )
        if said and head.lemma_.lower() in words("reporting_verbs"):
            who = subject(head)
            if who is not None and who.i != node.i:
                return _kind_of(who)
            return "unstated"
        node = head
    for child in node.children:
        if child.dep_ == "parataxis" and child.lemma_.lower() in words("reporting_verbs"):
            who = subject(child)
            if who is not None:
                return _kind_of(who)
        if child.dep_ == "prep" and form(child) == "according":
            for to in children(child, "prep"):
                for who in children(to, "pobj"):
                    return _kind_of(who)
    return "author"
