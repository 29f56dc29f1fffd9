"""What each article calls the same thing: expressions for persons, states, bodies and events."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .actors import states
from .language import LEXICONS
from .lexicon_words import words
from .source_kinds import kind_of_name, kinds
from .speakers import Place, identify
from .units import counted_nouns

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from .story import Story

_NAMED = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
# what stands for its state: "the Russian government", "Seoul officials"
_GOVERNING = {
    "government", "regime", "administration", "authority", "leadership", "official", "state",
    "nation", "country", "republic", "kremlin",
}  # fmt: skip
_REGIONS = {
    "region", "province", "city", "area", "peninsula", "oblast", "district", "valley", "strip",
    "capital", "town", "village", "county", "border", "front", "frontline",
}  # fmt: skip
_MODIFIERS = {"amod", "compound", "nmod", "poss", "case"}
_ARTICLE = re.compile(r"(?:the|a|an|this|that|these|those|his|her|its|their|our|my|such)\s+", re.I)
_POSSESSIVE = re.compile(r"(?:[’']s|[’'])$")
_COLLECTIVE = {"dead", "wounded", "injured", "missing", "homeless", "poor", "sick", "unemployed"}
_PLURALS = {
    "person": "people", "people": "people", "child": "children", "wife": "wives",
    "personnel": "personnel", "police": "police", "crew": "crew", "staff": "staff",
}  # fmt: skip
_NO_MEN = {"german", "human", "muslim", "norman", "ottoman", "roman", "shaman", "talisman"}
SHARE = 0.8  # of the qualified mentions that bare "troops" needs to be the troops of one state


@dataclass
class _Mention:
    """One referring expression: where it stands, what it names, and how."""

    article: str
    start: int
    end: int
    kind: str
    expression: str
    thing: str = ""
    noun: str = ""  # group of the head noun, where a bare noun may be the same thing


def naming(story: Story) -> pd.DataFrame:
    """What each article calls the same person, state, body or event.

    Parameters
    ----------
    story : Story

    Returns
    -------
    DataFrame
        One row per mention, columns in `schema.NAMING`: `thing` names what is meant, `expression`
        how this mention puts it (without "the" or "their"), `voice` whether the article or a
        quotation says so. Things mentioned once in the whole story have no row.

    Notes
    -----
    Persons and organisations are merged as in `an.attributions`; a state with its capital and
    its government ("Moscow", "the Russian government"; `lexicons/states.csv`). Groups of people
    are told apart by state and by noun ("soldiers (North Korea)": troops, forces; synonyms from
    `lexicons/counted_nouns.csv`); a bare "troops" belongs to a state if four fifths of the
    story's qualified mentions do. Events are families of nouns and verbs
    (`lexicons/event_words.csv`): expressions of one family need not mean the same event. Where
    a word has several senses its object decides: one is fired, a rocket is not.
    Limits: descriptions without a name ("the isolated state") and pronouns have no row.
    """
    found = [
        mention
        for article, _, sentence in story.parses()
        for mention in _mentions(article, sentence)
    ]
    _name(story, found)
    _assign_bare(found)
    times = Counter(mention.thing for mention in found)
    rows = []
    for mention in found:
        if mention.thing and times[mention.thing] > 1:
            rows.append(
                {
                    **story.trace(mention.article, mention.start, mention.end),
                    "thing": mention.thing,
                    "kind": mention.kind,
                    "expression": mention.expression,
                    "voice": story.voice(mention.article, mention.start, mention.end),
                }
            )
    table = schema.from_rows(rows, schema.NAMING)
    return table.sort_values(["article", "start"], kind="stable", ignore_index=True)


def expression_counts(story: Story, table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the expressions of `naming` per thing, article and voice.

    Parameters
    ----------
    story : Story
    table : DataFrame, optional
        Rows of `naming`, perhaps a selection; by default all.

    Returns
    -------
    DataFrame
        `thing`, `kind`, `expression`, `voice`, then one column of counts per article (its label);
        things told of by more articles first, then the more frequent ones.
    """
    table = naming(story) if table is None else table
    keys = ["thing", "kind", "expression", "voice"]
    counts = (
        table.groupby([*keys, "article"], sort=False)
        .size()
        .unstack("article", fill_value=0)
        .reindex(columns=story.ids, fill_value=0)
        .reset_index()
    )
    totals = counts.groupby("thing")[story.ids].sum()
    order = pd.DataFrame(
        {"articles": (totals > 0).sum(axis=1), "mentions": totals.sum(axis=1)}
    ).reset_index()
    merged = counts.merge(order, on="thing", validate="many_to_one")
    merged["of this"] = merged[story.ids].sum(axis=1)
    merged = merged.sort_values(
        ["articles", "mentions", "thing", "of this", "expression"],
        ascending=[False, False, True, False, True],
        ignore_index=True,
    )
    return merged[[*keys, *story.ids]].rename(columns=story.labels)


@cache
def event_words() -> dict[tuple[str, str], dict[str, str]]:
    """(Lemma, part of speech) -> object -> family of events, from `lexicons/event_words.csv`.

    The object tells senses apart: `person` ("fired the coach"), `firm` ("bought the airline"),
    `any` ("dismissed the claim", "declined to comment"); without one, the word is enough. A verb
    and its particle have an entry of their own ("lay off"), else they are no event: "rule out".
    """
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    with (LEXICONS / "event_words.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row["lemma"], row["pos"]][row["object"]] = row["event"]
    return dict(found)


def _event(token: Token, lemma: str, pos: str) -> str:
    """Family of the event that a word tells of, by its sense; empty if none."""
    senses = event_words().get((lemma, pos), {})
    if not senses.keys() - {""}:
        return senses.get("", "")
    what = _object(token)
    for sense, fits in (("person", _is_human), ("firm", _is_firm), ("any", bool)):
        if what is not None and sense in senses and fits(what):
            return senses[sense]
    return senses.get("", "") if what is None else ""


def _object(token: Token) -> Token | None:
    """Whom or what an event befalls: the object of a verb, "of" whom or whose a noun is."""
    if token.pos_ == "NOUN":
        near = [t for p in token.rights if p.lower_ == "of" for t in p.children if t.dep_ == "pobj"]
        near += [t for t in token.lefts if t.dep_ in ("poss", "compound")]
        return near[0] if near else None
    for child in token.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            relative = child.lower_ in ("that", "which", "who", "whom") and token.dep_ == "relcl"
            return token.head if relative else child
    if token.tag_ == "VBN" and token.dep_ == "acl":
        return token.head
    if token.tag_ == "VBN" and token.dep_ == "conj" and token.head.pos_ == "VERB":
        return _object(token.head)
    return next((t for t in token.children if t.dep_ == "xcomp"), None)


def _is_human(token: Token) -> bool:
    """Whether a word names one person or several."""
    if token.pos_ in ("PRON", "NUM"):
        # "Two were released": numbers of things are said with the things
        return token.lower_ not in ("it", "its", "itself", "this", "that", "which", "what")
    if token.ent_type_ or token.pos_ == "PROPN":
        return token.ent_type_ in ("", "PERSON", "NORP", "CARDINAL") and not kind_of_name(
            token.text
        )
    lemma = token.lemma_.lower()
    return (
        counted_nouns().get(lemma, ("", ""))[1] == "person"
        or lemma in words("person_nouns")
        or kinds().of("head", lemma) not in ("", "document", "unnamed")
        or kinds().knows("voice", lemma)
    )


def _is_firm(token: Token) -> bool:
    """Whether a word names what can be bought as a whole: a firm, a club, a newspaper."""
    if token.ent_type_ == "ORG" or kind_of_name(token.text) == "company":
        return True
    return kinds().of("institution", token.lemma_.lower()) in ("company", "media", "other")


def _mentions(article: str, sentence: Span) -> Iterator[_Mention]:
    covered: set[int] = set()
    text = sentence.doc.text
    for entity in sentence.ents:
        kind = _NAMED.get(entity.label_)
        if kind is None or "\n" in entity.text:
            continue
        start, end = _trimmed(entity)
        state = states().get(text[start:end])
        # "Russian forces" names the forces, not the state; "Kursk region" is Kursk
        if entity.root.dep_ in ("amod", "compound", "nmod") and entity.root.head.pos_ == "NOUN":
            head = entity.root.head
            if state or head.i != entity.end or head.lemma_.lower() not in _REGIONS:
                continue
            covered.add(head.i)
            name = text[start:end]
            end = head.idx + len(head)
            yield _Mention(article, start, end, kind, text[start:end], name)
        elif state:
            yield _Mention(article, start, end, "state", text[start:end], state[0])
        else:
            first = _title_start(entity) if kind == "person" else start
            yield _Mention(article, first, end, kind, " ".join(text[first:end].split()))
        covered.update(token.i for token in entity)
    for token in sentence:
        if token.i in covered or token.ent_type_ in ("PERSON", "ORG", "DATE", "MONEY"):
            continue
        yield from _common(article, token)


def _common(article: str, token: Token) -> Iterator[_Mention]:
    """Bodies ("North Korean troops") and events ("the deployment", "deployed")."""
    lemma = token.lemma_.lower()
    happens = token.pos_ == "VERB" and token.dep_ not in ("amod", "compound")
    if happens:
        particles = [t.lower_ for t in token.children if t.dep_ == "prt"]
        verb = " ".join([lemma, *particles[:1]])
        if family := _event(token, verb, "VERB"):
            end = token.idx + len(token)
            yield _Mention(article, token.idx, end, "event", verb, f"{family} (event)")
    if token.pos_ != "NOUN" or token.dep_ == "compound":
        return
    first = _first(token)
    place = (article, first.idx, token.idx + len(token))
    group, unit = counted_nouns().get(lemma, ("", ""))
    state = _state_of(token)
    if state and lemma in _GOVERNING:
        yield _Mention(*place, "state", _written(first, token), state)
    elif (unit == "person" and token.tag_ == "NNS") or lemma in ("personnel", "force"):
        yield _Mention(*place, "group", _written(first, token), state, group or lemma)
    elif family := _event(token, lemma, "NOUN"):
        yield _Mention(*place, "event", _written(first, token, lemma), f"{family} (event)")


def _written(first: Token, head: Token, last: str = "") -> str:
    """An expression with common words in lower case and, if `last` is given, its noun so."""
    words = head.doc[first.i : head.i + 1]
    text = "".join(
        (token.text if token.pos_ == "PROPN" or token.ent_type_ else token.lower_)
        + token.whitespace_
        for token in words[:-1]
    )
    return " ".join((text + (last or head.lower_)).split())


def _state_of(noun: Token) -> str:
    """State that a noun belongs to: "Russian forces", "Ukraine’s army", "officials from Sudan"."""
    near = [t for t in noun.lefts if t.dep_ in _MODIFIERS]
    near += [t for left in near for t in left.lefts if t.dep_ in _MODIFIERS]
    near += [t for prep in noun.rights if prep.lower_ in ("of", "from") for t in prep.children]
    for token in near:
        entity = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
        if entity is not None:
            start, end = _trimmed(entity)
            if state := states().get(token.doc.text[start:end]):
                return state[0]
    return ""


def _first(noun: Token) -> Token:
    """First modifier of a noun; numbers, articles and pronouns stay outside."""
    start = noun.i
    for token in reversed(list(noun.lefts)):
        if token.dep_ not in _MODIFIERS or token.pos_ in ("PRON", "NUM", "DET"):
            break
        edge = token.left_edge
        while edge.i < token.i and (edge.pos_ in ("DET", "PRON", "NUM", "ADV") or edge.is_punct):
            edge = edge.nbor(1)
        if noun.i - edge.i > 6:
            break
        start = edge.i
    return noun.doc[start]


def _title_start(entity: Span) -> int:
    """Offset of a person's name with what stands before it: "Russian President Vladimir Putin"."""
    root = entity.root
    first = entity.start
    while (
        first > entity.sent.start
        and (left := entity.doc[first - 1]).dep_ in ("compound", "amod", "nmod")
        and (left.head.i >= entity.start or left.head == root)
        and not left.is_punct
        and entity.start - first < 5
    ):
        first -= 1
    start, _ = _trimmed(entity)
    return start if first == entity.start else entity.doc[first].idx


def _trimmed(entity: Span) -> tuple[int, int]:
    """Offsets of a name without article and possessive."""
    article = _ARTICLE.match(entity.text)
    possessive = _POSSESSIVE.search(entity.text)
    return (
        entity.start_char + (article.end() if article else 0),
        entity.end_char - (len(possessive.group()) if possessive else 0),
    )


def _name(story: Story, found: list[_Mention]) -> None:
    """Give persons and organisations the name that the tables of sources show."""
    open_ones = [m for m in found if not m.thing and m.kind in _NAMED.values()]
    by_article: dict[str, list[_Mention]] = defaultdict(list)
    for mention in open_ones:
        by_article[mention.article].append(mention)
    places: dict[str, Sequence[Place]] = {
        article: [Place(((m.start, m.end),)) for m in by_article[article]] for article in story.ids
    }
    for article, speakers in identify(story, places).items():
        for mention, speaker in zip(by_article[article], speakers, strict=True):
            name = speaker.name or story.texts[article][mention.start : mention.end]
            state = states().get(name)
            mention.thing, mention.kind = (state[0], "state") if state else (name, mention.kind)


def _assign_bare(found: list[_Mention]) -> None:
    """Name groups by state and noun; bare nouns by the state that most of their like belong to."""
    owners: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in found:
        if mention.kind == "group" and mention.thing:
            owners[mention.noun][mention.thing] += 1
    for mention in found:
        if mention.kind != "group":
            continue
        if not mention.thing:
            counts = owners[mention.noun]
            state, times = counts.most_common(1)[0] if counts else ("", 0)
            if times and times >= SHARE * counts.total():
                mention.thing = state
        plural = _plural(mention.noun)
        mention.thing = f"{plural} ({mention.thing})" if mention.thing else plural


def _plural(noun: str) -> str:
    """Plural of a noun for people, as a label."""
    if noun in _COLLECTIVE:
        return f"the {noun}"
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("man") and noun not in _NO_MEN:
        return f"{noun[:-3]}men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")
