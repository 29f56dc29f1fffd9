"""Who acts and who is acted on, and how the actors are described: lists with their clauses.

Names are merged: "Vladimir Putin" and "Putin"; "the U.S." and "American officials"; a capital that
stands for its government ("Moscow") counts for the state and is marked as a metonym.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .known_names import states
from .roles import Role, roles
from .speakers import Place, identify
from .story import Story

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

PRONOUN = "pronoun"
_ENTITIES = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC")
_PRONOUNS = {"he", "she", "it", "they", "him", "her", "them", "i", "we", "us", "me", "you"}
# What acts for its state: "Russian forces", "Sudan's government", "officials from Sudan".
_BODIES = {
    "force", "troop", "soldier", "army", "military", "navy", "government", "regime", "authority",
    "official", "administration", "leadership", "parliament", "ministry", "warplane", "jet",
    "missile", "drone", "artillery", "commander", "diplomat", "spy", "fighter", "serviceman",
    "intelligence", "agency", "service", "side", "state", "guard", "coast", "police",
}  # fmt: skip
_POSSESSIVE = re.compile(r"(?:[’']s|[’'])$")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Actor:
    """Who a noun phrase names: the state, or empty; how; and the span of the words that say so."""

    name: str
    via: str
    start: int
    end: int


def agency(story: Story, *, actors: Mapping[str, Sequence[str]] | None = None) -> pd.DataFrame:
    """Find who acts, who is acted on, and by whom the text leaves open.

    Parameters
    ----------
    story : Story
        The articles.
    actors : mapping of str to sequence of str, optional
        Further actors: a name and the nouns that mean it, such as
        ``{"protesters": ["protester", "demonstrator"]}`` (lemmas). Without it only names, states
        and pronouns are actors.

    Returns
    -------
    DataFrame
        One row per actor and verb: columns of `schema.AGENCY`. The row's text is the clause from
        its first to its last word among actor, verb and object.

    Notes
    -----
    Roles: see `analysis.roles.roles`. States: `lexicons/states.csv`; a demonym or possessive
    before a body that acts for its state ("Russian forces", "Ukraine’s army") names the state; a
    capital is a metonym. Persons, organisations and pronouns are named as in `an.attributions`;
    where a pronoun has no one antecedent the actor is "pronoun". Limits: nominalisations ("the
    attack on the port") and implied subjects ("by attacking …") have no row; parser errors pass
    through; a passive may have many reasons and proves no intent.
    """
    found = list(_found(story, _further(actors)))
    names = _names(story, [(article, actor) for article, _, actor in found])
    rows = []
    for (article, role, actor), (name, via) in zip(found, names, strict=True):
        start, end = _clause(role, actor)
        rows.append(
            {
                **story.trace(article, start, end),
                "actor": name,
                "role": role.role,
                "verb": role.verb.lemma_.lower(),
                "negated": any(child.dep_ == "neg" for child in role.verb.children),
                "mention": story.texts[article][actor.start : actor.end],
                "mention_start": actor.start,
                "mention_end": actor.end,
                "via": via,
                "voice": story.voice(article, role.verb.idx, role.verb.idx + len(role.verb)),
                "rule": role.rule,
            }
        )
    return schema.from_rows(rows, schema.AGENCY)


def portrayal(story: Story, *, actors: Mapping[str, Sequence[str]] | None = None) -> pd.DataFrame:
    """List the words and phrases attached to each actor.

    Parameters
    ----------
    story : Story
        The articles.
    actors : mapping, optional
        Further actors; see `agency`.

    Returns
    -------
    DataFrame
        One row per adjective before the name, predicate ("is isolated", "a rogue state"),
        apposition, or verb of which the actor is the subject: columns of `schema.PORTRAYAL`.

    Notes
    -----
    A list to be read, never counted into a score. Headlines and headings are left out: their
    capitals and missing verbs mislead the parser.
    """
    further = _further(actors)
    found: list[tuple[str, str, Token, Token, Actor]] = []
    headings = _headings(story)
    for article, number, sentence in story.parses():
        for noun, kind, word in _attached(sentence):
            if (article, number) in headings:
                continue
            actor = _actor(noun, further)
            if actor is not None and not actor.start <= word.idx < actor.end:
                found.append((article, kind, noun, word, actor))
    names = _names(story, [(article, actor) for article, _, _, _, actor in found])
    rows = []
    for (article, kind, _, word, actor), (name, _via) in zip(found, names, strict=True):
        span = _phrase(word, kind)
        rows.append(
            {
                **story.trace(article, *span),
                "actor": name,
                "kind": kind,
                "word": word.lemma_.lower(),
                "mention": story.texts[article][actor.start : actor.end],
                "voice": story.voice(article, *span),
            }
        )
    return schema.from_rows(rows, schema.PORTRAYAL)


def _further(actors: Mapping[str, Sequence[str]] | None) -> dict[str, str]:
    pairs = (actors or {}).items()
    return {noun.lower(): name for name, nouns in pairs for noun in nouns}


def _found(story: Story, further: Mapping[str, str]) -> Iterator[tuple[str, Role, Actor]]:
    headings = _headings(story)
    for article, number, sentence in story.parses():
        seen = set()
        for role in roles(sentence):
            if (article, number) in headings and role.noun.ent_type_ not in ("GPE", "PERSON"):
                continue
            actor = _actor(role.noun, further)
            # two rules may lead to the same noun
            if actor is not None and (role.noun.i, role.verb.i) not in seen:
                seen.add((role.noun.i, role.verb.i))
                yield article, role, actor


def _headings(story: Story) -> set[tuple[str, int]]:
    """Headlines and headings: their capitals make names of common words."""
    table = story.sentences[story.sentences["part"].isin(["headline", "heading"])]
    return set(zip(table["article"], table["sentence"], strict=True))


def _actor(noun: Token, further: Mapping[str, str]) -> Actor | None:
    if noun.lower_ in _PRONOUNS and noun.pos_ == "PRON":
        if noun.lower_ == "it" and noun.dep_ in ("expl",):
            return None
        return Actor("", "pronoun", noun.idx, noun.idx + len(noun))
    if name := further.get(noun.lemma_.lower()):
        return Actor(name, "name", noun.idx, noun.idx + len(noun))
    entity = next((e for e in noun.doc.ents if e.start <= noun.i < e.end), None)
    if entity is None and noun.pos_ == "NOUN":
        # "the spokesman Dmitry Peskov"
        for child in noun.rights:
            if child.dep_ == "appos" and child.ent_type_ == "PERSON":
                return _actor(child, further)
    if noun.lemma_.lower() in _BODIES and (entity is None or entity.label_ != "PERSON"):
        actor = _body(noun)
        if actor is not None and (entity is None or entity.label_ in ("NORP", "GPE")):
            return actor
    if entity is not None and entity.label_ in _ENTITIES and _heads(noun, entity):
        start, end = _trimmed(entity)
        name = noun.doc.text[start:end]
        known = states().get(name) or (states().get(name[:-1]) if name.endswith("s") else None)
        return Actor(*(known or ("", "name")), start, end)
    named = noun.tag_ == "NNP" and noun.is_title and noun.dep_ != "compound"
    if entity is None and named and noun.text not in states():
        # a name that the entity recogniser missed
        start = noun.i
        while start > 0 and noun.doc[start - 1].dep_ == "compound" and noun.nbor(-1).tag_ == "NNP":
            if noun.doc[start - 1].head != noun:
                break
            start -= 1
        return Actor("", "name", noun.doc[start].idx, noun.idx + len(noun))
    if state := states().get(noun.text):
        return Actor(state[0], state[1], noun.idx, noun.idx + len(noun))
    return None


def _heads(noun: Token, entity: Span) -> bool:
    """Whether the noun is what the name is about, not one of its modifiers."""
    return entity.root.i == noun.i


def _body(noun: Token) -> Actor | None:
    """The state of a body that acts for it: "Russian forces", "officials from Sudan"."""
    before = [t for t in noun.lefts if t.dep_ in ("amod", "compound", "poss", "nmod")]
    before += [t for left in before for t in left.lefts if t.dep_ in ("amod", "compound", "poss")]
    for token in before:
        start, end = _whole(token)
        state = states().get(noun.doc.text[start:end])
        if state is not None:
            return Actor(state[0], state[1], start, noun.idx + len(noun))
    for preposition in noun.rights:
        if preposition.lower_ in ("of", "from"):
            for token in preposition.children:
                start, end = _whole(token)
                state = states().get(noun.doc.text[start:end])
                if state is not None:
                    return Actor(state[0], state[1], noun.idx, end)
    return None


def _whole(token: Token) -> tuple[int, int]:
    """Offsets of the name that the token belongs to: "South Korean"."""
    entity = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
    if entity is not None and entity.label_ in ("GPE", "NORP"):
        return _trimmed(entity)
    first = token.i
    while first > 0 and token.doc[first - 1].head == token and token.doc[first - 1].text.istitle():
        first -= 1
    return token.doc[first].idx, token.idx + len(token)


def _trimmed(entity: Span) -> tuple[int, int]:
    """Offsets of a name without article and possessive."""
    start, end = entity.start_char, entity.end_char
    article = _ARTICLE.match(entity.text)
    possessive = _POSSESSIVE.search(entity.text)
    return (
        start + (article.end() if article else 0),
        end - (len(possessive.group()) if possessive else 0),
    )


def _names(story: Story, found: list[tuple[str, Actor]]) -> list[tuple[str, str]]:
    """Name of every actor and how it is named; what is no state is named as speakers are."""
    places: dict[str, Sequence[Place]] = {
        each: [
            Place(((actor.start, actor.end),))
            for article, actor in found
            if article == each and not actor.name
        ]
        for each in story.ids
    }
    named = {article: iter(speakers) for article, speakers in identify(story, places).items()}
    result = []
    for article, actor in found:
        name, via = actor.name, actor.via
        if not name:
            speaker = next(named[article])
            written = story.texts[article][actor.start : actor.end]
            name = speaker.name or written
            if name in states():
                name = states()[name][0]
            if via == "pronoun" and (name.lower() == written.lower() or not speaker.named):
                name = PRONOUN
        result.append((name, via))
    return result


def _clause(role: Role, actor: Actor) -> tuple[int, int]:
    """From the first to the last word among actor, verb with auxiliaries, object and agent."""
    near = [role.verb]
    near += [
        child
        for child in role.verb.children
        if child.dep_ in ("aux", "auxpass", "neg", "prt", "dobj", "dative", "agent")
    ]
    tokens = [
        token
        for child in near
        for token in (child.subtree if child.dep_ in ("dobj", "dative", "agent") else [child])
    ]
    return (
        min(actor.start, *(token.idx for token in tokens)),
        max(actor.end, *(token.idx + len(token) for token in tokens)),
    )


def _attached(sentence: Span) -> Iterator[tuple[Token, str, Token]]:
    """Noun, kind, word for everything said of a noun."""
    for token in sentence:
        if token.dep_ == "amod" and token.pos_ in ("ADJ", "VERB"):
            yield token.head, "adjective", token
        elif token.dep_ == "appos" and token.ent_type_ not in ("GPE", "LOC"):  # a list, mostly
            yield token.head, "apposition", token
        elif token.dep_ in ("acomp", "attr", "oprd") and token.head.pos_ in ("AUX", "VERB"):
            for subject in token.head.children:
                if subject.dep_ == "nsubj":
                    yield subject, "predicate", token
    for role in roles(sentence):
        if role.role == "agent":
            yield role.noun, "verb", role.verb


def _phrase(word: Token, kind: str) -> tuple[int, int]:
    if kind in ("apposition", "predicate"):
        tokens = [
            t
            for t in word.subtree
            if t == word or (t.i < word.i or t.dep_ not in ("relcl", "punct", "cc", "conj"))
        ]
        # up to the first comma after the word: what follows is another phrase
        after = next((t.i for t in word.subtree if t.i > word.i and t.is_punct), None)
        tokens = [t for t in tokens if after is None or t.i < after]
        return tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    return word.idx, word.idx + len(word)
