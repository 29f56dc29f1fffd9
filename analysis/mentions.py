"""What a source is called: the noun phrase behind the source's span, taken apart by the parse."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .known_names import country, given_names, titles
from .source_kinds import kind_of_name, kind_of_phrase, kinds

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

PERSON, ORGANISATION, PLACE = "person", "organisation", "place"
DESCRIPTION, PRONOUN, NOTHING = "description", "pronoun", "nothing"

_RELATIVE = {"who", "which", "that", "whom", "whose"}
_PERSONAL = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they", "theirs": "they", "themselves": "they",
    "i": "i", "me": "i", "my": "i", "mine": "i", "myself": "i",
    "we": "we", "us": "we", "our": "we", "ours": "we", "ourselves": "we",
    "you": "you", "your": "you", "yours": "you",
}  # fmt: skip
_POSSESSIVE = re.compile(r"(?:[’']s|[’'])(?=\s|$)")
_ARTICLE = re.compile(r"^(?:the|a|an|both|these|those|this|that|some of the)\s+", re.IGNORECASE)
_ACRONYM = re.compile(r"\s?\((?:the\s)?([A-Z][A-Za-z&.]{1,9})\)")
_NAMES = ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "LAW")
_COMPASS = ("western", "eastern", "northern", "southern")  # of nations, keep their capitals
_IN_THE_KNOW = {"familiar", "close", "briefed", "knowledgeable"}
# words by which somebody speaks no more for the body that the rest of the phrase names
_BYGONE = {"former", "formerly", "ex", "retired", "onetime", "erstwhile"}
_OFFICES = {"government", "military", "intelligence", "company", "international organisation"}
_POLITICAL = {
    "president", "vice president", "prime minister", "foreign minister", "minister", "premier",
    "chancellor", "governor", "mayor", "secretary",
}  # fmt: skip
_HEADS_ANY = {"chief", "officer", "president"}  # of states, firms, clubs, armed groups
# what persons called "figures" do and numbers do not
_PERSONS_DO = {
    "accuse", "admit", "allege", "argue", "ask", "believe", "blame", "call", "claim", "complain",
    "condemn", "criticise", "criticize", "demand", "denounce", "deny", "fear", "hope", "insist",
    "oppose", "praise", "protest", "tell", "think", "threaten", "urge", "vow", "want", "warn",
    "welcome", "worry",
}  # fmt: skip
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X")


@dataclass(frozen=True)
class Mention:
    """One source as written.

    Attributes
    ----------
    kind
        person, organisation, place, description, pronoun or nothing.
    name
        The name without article, title and possessive; of a description the phrase; of a pronoun
        its class ("he").
    head
        Position of the head token in the article's parse; -1 if there is none.
    source_type
        By the lexicon; empty where it says nothing.
    named
        Whether the phrase itself names somebody whom a reader could look up.
    possessor
        Whose it is ("South Korea" of "South Korea’s NIS"), or the nationality before it.
    acronym
        The acronym in brackets after the name.
    plural
        Whether the head is plural.
    gender
        "m" or "f" where a title tells it, as "Mr." does.
    """

    kind: str
    name: str
    head: int = -1
    source_type: str = ""
    named: bool = False
    possessor: str = ""
    acronym: str = ""
    plural: bool = False
    gender: str = ""


def mentions(doc: Doc, spans: tuple[tuple[int, int], ...]) -> list[Mention]:
    """Sources that the spans of one attribution name: one, or several when names are listed.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Parse of the article.
    spans : tuple of (int, int)
        Spans of the source; may be empty.
    """
    for start, end in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        head = _head(span) if span is not None else None
        if span is not None and head is not None:
            return [_mention(span, part) for part in _listed(span, head)]
    if spans:
        return [Mention(DESCRIPTION, doc.text[spans[0][0] : spans[0][1]].strip())]
    return [Mention(NOTHING, "", source_type="unnamed")]


def _head(span: Span) -> Token | None:
    """The noun that the phrase is about."""
    root = span.root
    if root.pos_ in _NOMINAL and not root.is_punct:
        return root
    inside = [token for token in span if token.pos_ in ("NOUN", "PROPN", "PRON")]
    # the first noun that no other noun of the span governs
    return next((t for t in inside if t.head not in inside or t.head == t), None) or next(
        (token for token in span if token.is_alpha), None
    )


def _listed(span: Span, head: Token) -> list[Token]:
    """Heads of a list ("Kyiv and NATO") when a proper name is among them; else the head."""
    members = [head]
    queue = [head]
    while queue:
        token = queue.pop()
        for child in token.children:
            if child.dep_ == "conj" and child in span and child.pos_ in _NOMINAL:
                members.append(child)
                queue.append(child)
    members = _named_one_by_one(span) or members
    members.sort(key=lambda token: token.i)
    entities = [_entity(token) for token in members]
    one_name = entities[0] is not None and all(e == entities[0] for e in entities)
    if len(members) == 1 or one_name or not any(t.pos_ == "PROPN" for t in members):
        return [head]
    return members


def _named_one_by_one(span: Span) -> list[Token]:
    """Heads of a list of nothing but names, which the parser often reads as something else."""
    entities = [e for e in span.doc.ents if span.start <= e.start and e.end <= span.end]
    covered = {token.i for entity in entities for token in entity}
    rest = {token.lower_ for token in span if token.i not in covered}
    between = rest <= {",", "and", "or", "&", "the", "both"} and rest & {"and", "or", "&"}
    # "the British and Nordic Space Office" lists no Britons
    nations = any(e.label_ == "NORP" and e.root.tag_ not in ("NNS", "NNPS") for e in entities)
    return [e.root for e in entities] if len(entities) > 1 and between and not nations else []


def _entity(token: Token) -> Span | None:
    return next((e for e in token.doc.ents if e.start <= token.i < e.end), None)


def _mention(span: Span, head: Token) -> Mention:
    low = head.lower_
    if low in _RELATIVE and head.pos_ in ("PRON", "DET", "SCONJ"):
        antecedent = _antecedent(head)
        return noun_mention(antecedent) if antecedent is not None else Mention(PRONOUN, low, head.i)
    if low in _PERSONAL and head.text != "US":
        return Mention(PRONOUN, _PERSONAL[low], head.i)
    return noun_mention(head, span)


def _antecedent(relative: Token) -> Token | None:
    """What a relative pronoun stands for."""
    token = relative
    while token.dep_ != "ROOT":
        if token.dep_ == "relcl":
            noun = token.head
            return noun if noun.pos_ in ("NOUN", "PROPN") else None
        token = token.head
    return None


def noun_mention(head: Token, span: Span | None = None) -> Mention:
    """Take the noun phrase around `head` apart.

    Parameters
    ----------
    head : Token
        Its head.
    span : Span, optional
        What the labeller calls the source; the phrase is not sought beyond it.
    """
    named_head = _person_beside(head, span)
    if named_head is not None:
        entity = _entity(named_head)
        if entity is not None and is_person(entity):
            return person_mention(entity)
        words = [t.text for t in named_head.lefts if t.dep_ == "compound" and t.pos_ == "PROPN"]
        name, role = " ".join([*words, named_head.text]), _office(head, [])
        return Mention(PERSON, name, named_head.i, role, named=True)
    phrase = _phrase(head, span)
    possessor = _possessor(head)
    if _is_proper(head):
        return _proper(head, phrase, possessor)
    lemma = _noun(head)
    before = [t.lemma_.lower() for t in head.lefts if t.dep_ in ("compound", "amod", "nmod")]
    before += [
        t.lemma_.lower() for left in head.lefts for t in left.lefts if left.dep_ == "compound"
    ]
    lexicon = kinds()
    plural = head.tag_ in ("NNS", "NNPS")
    proper = [token for token in _behind(head) if _nameable(token)]
    if lexicon.knows("voice", lemma):
        source_type = _office(head, before) or "other"
        if proper and source_type == "anonymous":
            source_type = "other"  # speaks for a body of a kind that the lexicon does not tell
        return Mention(
            DESCRIPTION, phrase, head.i, source_type, bool(proper), possessor, plural=plural
        )
    after = {t.lower_ for t in head.doc[head.i + 1 : head.i + 3]}
    if lemma in ("people", "person") and after & _IN_THE_KNOW:
        lemma = "insider"
    if lemma == "report" and not plural:
        before = [*before, "single"]  # one report is a document, "reports" may be anybody's
    if lemma == "figure" and _acts(head):
        lemma = "person"
    source_type = kind_of_phrase(lemma, before)
    if not lexicon.knows("institution", lemma):
        source_type = _if_still(source_type, head) or "other"
    collective = lexicon.knows("institution", lemma) and (
        not plural or lemma in ("force", "authority", "troop")
    )
    named = bool(proper) and (collective or source_type == "document")
    return Mention(DESCRIPTION, phrase, head.i, source_type, named, possessor, plural=plural)


def _person_beside(head: Token, span: Span | None) -> Token | None:
    """The person's name in the phrase: its head, or one in apposition to it."""
    near = [head]
    near += [t for t in head.children if t.dep_ == "appos" and (span is None or t in span)]
    # "Army Gen. Mark Milley", read with the title as the head
    near += [t for t in head.children if t.dep_ in ("nmod", "flat") and t.i > head.i]
    for token in near:
        entity = _entity(token)
        if entity is not None and is_person(entity):
            return entity.root
        # "the student, Annelies Brouwer", whom the recogniser does not know
        unknown = entity is None and token.dep_ == "appos" and token.pos_ == "PROPN"
        if unknown and any(kinds().knows(place, _noun(head)) for place in ("head", "voice")):
            return token
    return None


def _acts(figures: Token) -> bool:
    """Whether "figures" do what only persons do; "several" of them also say something."""
    if figures.dep_ != "nsubj":
        return False
    some = any(t.dep_ == "nummod" or t.lower_ in ("some", "several") for t in figures.lefts)
    verb = figures.head.lemma_.lower()
    return verb in _PERSONS_DO or (some and verb == "say")


def is_person(entity: Span) -> bool:
    """Whether a named entity is a person, also where the recogniser says otherwise."""
    if entity.label_ == "PERSON":
        return "\n" not in entity.text
    words = _POSSESSIVE.sub("", entity.text).split()
    return (
        entity.label_ in ("ORG", "GPE", "PRODUCT", "FAC", "WORK_OF_ART")
        and 2 <= len(words) <= 3
        and (words[0] in given_names() or _has_a_trade(entity.root))
        and all(word[0].isupper() for word in words)
        and not kind_of_name(entity.text)
    )


def _has_a_trade(name: Token) -> bool:
    """Whether an apposition calls the name a person’s: "Orlan Teviss, the transport minister"."""
    for noun in name.children:
        if noun.dep_ == "appos" and noun.tag_ == "NN":
            lemma = _noun(noun)
            kind = kinds().of("head", lemma) or kinds().of("voice", lemma)
            # firms are owners and makers too
            if kind not in ("", "document", "unnamed", "company"):
                return True
    return False


def person_mention(entity: Span) -> Mention:
    """A person whom the text names."""
    first = entity[0].text.rstrip(".")
    before = entity.doc[entity.start - 1].text.rstrip(".") if entity.start else ""
    gender = titles().get(first) or titles().get(before) or ""
    name, role = person_name(entity), role_of(entity)
    return Mention(PERSON, name, entity.root.i, role, named=True, gender=gender)


def person_name(entity: Span) -> str:
    """Name of a person without titles and possessive: "Vladimir Putin"."""
    words = _POSSESSIVE.sub("", entity.text).split()
    while len(words) > 1 and words[0].rstrip(".") in titles():
        words = words[1:]
    return " ".join(words).strip(' ,.;:"“”')


def _is_proper(head: Token) -> bool:
    """Whether the head is a name, not a noun that begins a sentence or stands in a headline."""
    entity = _entity(head)
    if entity is not None and entity.label_ in ("ORG", "GPE", "FAC", "LOC", "PRODUCT", "EVENT"):
        return (head.pos_ == "PROPN" or entity.root.i == head.i) and not (
            len(entity) == 1 and head.tag_ != "NNP" and _known_noun(_noun(head))
        )
    if (entity is not None and entity.label_ == "NORP") or _known_noun(_noun(head)):
        return False
    return head.tag_ in ("NNP", "NNPS") or (head.text.istitle() and _capital_elsewhere(head))


def _capital_elsewhere(head: Token) -> bool:
    """Whether the word has its capital also where no sentence begins, and never goes without."""
    others = [t for t in head.doc if t.lower_ == head.lower_ and t.i != head.i]
    inside = any(t.text == head.text and not t.is_sent_start for t in others)
    return inside and not any(t.text.islower() for t in others)


def _known_noun(noun: str) -> bool:
    lexicon = kinds()
    return any(lexicon.knows(place, noun) for place in ("head", "institution", "voice"))


def _noun(token: Token) -> str:
    """Lemma of a noun for the lexicon; with the word before it where the lexicon has the pair."""
    lemma = token.lemma_.lower().rstrip(".")
    if token.tag_ == "NNPS":
        lemma = lemma.removesuffix("s")
    if token.i:
        pair = f"{token.nbor(-1).lower_} {lemma}"
        if _known_noun(pair):
            return pair
    return lemma


def _proper(head: Token, phrase: str, possessor: str) -> Mention:
    entity = _entity(head)
    place = entity is not None and entity.label_ == "GPE" and entity.root.i == head.i
    bare = phrase
    if possessor and bare.startswith(possessor):
        bare = _POSSESSIVE.sub("", bare[len(possessor) :], count=1).strip()
    acronym = _ACRONYM.search(bare)
    if place:
        name = _ARTICLE.sub("", _POSSESSIVE.sub("", entity.text), count=1)  # type: ignore[union-attr]
        source_type = kind_of_name(name) or "government"
        return Mention(PLACE, name, head.i, source_type, True, possessor)
    return Mention(
        ORGANISATION,
        phrase,
        head.i,
        kind_of_name(_ARTICLE.sub("", bare)),
        True,
        possessor,
        acronym.group(1) if acronym else "",
    )


def _phrase(head: Token, span: Span | None) -> str:
    """The phrase without article, apposition, relative clause and possessive at the end."""
    doc = head.doc
    first = min(
        (t.left_edge.i for t in head.lefts if t.dep_ not in ("punct", "cc")), default=head.i
    )
    last = head.i
    for token in head.rights:
        if token.dep_ == "prep" and token.lower_ in ("of", "for", "at", "with", "from", "in", "on"):
            last = _until_clause(token)
        elif token.dep_ in ("compound", "flat", "nmod", "nummod"):
            last = token.i
    if span is not None:
        first, last = max(first, span.start), min(last, span.end - 1)
        first, last = min(first, head.i), max(last, head.i)
    text = doc[first : last + 1].text
    if acronym := _ACRONYM.match(" " + doc[last + 1 : last + 4].text):
        text += acronym.group()
    text = re.sub(r"\s+", " ", text.strip(' ,.;:"“”'))
    opening = doc[first]
    if article := _ARTICLE.match(text):
        text = text[article.end() :]
        opening = doc[min(first + 1, last)]
    text = re.sub(r"(?:[’']s|(?<=s)[’'])$", "", text)
    name = opening.tag_ in ("NNP", "NNPS") and not _known_noun(_noun(opening))
    entity = _entity(opening)
    name = name or opening.lower_ in _COMPASS or (entity is not None and entity.label_ in _NAMES)
    if text[1:2].islower() and not name and opening.text == text.split()[0]:
        # the capital of a sentence's first word is not the phrase's
        text = text[0].lower() + text[1:]
    return text


def _until_clause(preposition: Token) -> int:
    """Last token of a prepositional phrase before a clause or an aside begins."""
    last = preposition.i
    for token in preposition.doc[preposition.i : preposition.right_edge.i + 1]:
        if token.dep_ in ("relcl", "acl", "appos") or token.text in (",", "(", "–", "—"):
            break
        last = token.i
    return last if preposition.doc[last].dep_ not in ("cc", "det", "prep") else last - 1


def _possessor(head: Token) -> str:
    """Whose the head is: a possessor or a nationality before it."""
    for token in head.lefts:
        if token.dep_ == "poss" and token.pos_ in ("PROPN", "NOUN"):
            entity = _entity(token)
            text = entity.text if entity is not None else token.text
            return _ARTICLE.sub("", _POSSESSIVE.sub("", text))
    for token in head.lefts:
        entity = _entity(token)
        if entity is not None and entity.label_ in ("NORP", "GPE"):
            return _ARTICLE.sub("", _POSSESSIVE.sub("", entity.text))
    return ""


def _behind(head: Token) -> Iterator[Token]:
    """Words that say whose or of what the head is: before it, or after of, for, by, from, at."""
    for token in head.lefts:
        if token.dep_ in ("poss", "compound", "nmod", "amod"):
            if token.dep_ != "amod" or _entity(token) is not None:
                yield token
            yield from (t for t in token.lefts if t.dep_ in ("compound", "amod", "nmod", "poss"))
    for token in head.rights:
        if token.dep_ == "prep" and token.lower_ in ("of", "for", "by", "from", "at", "with"):
            for child in token.children:
                if child.dep_ == "pobj":
                    yield child
                    yield from (t for t in child.lefts if t.dep_ in ("compound", "amod", "poss"))


def _nameable(token: Token) -> bool:
    """Whether the word is (part of) a name that leads to somebody: "Western" does not."""
    entity = _entity(token)
    if entity is not None and entity.label_ in ("NORP", "LOC"):
        return bool(country(entity.text))
    if entity is not None and entity.label_ in ("ORG", "PERSON", "GPE"):
        return True
    return token.pos_ == "PROPN"


def _kind_behind(token: Token) -> str:
    """Source type of the body that a spokesperson speaks for."""
    entity = _entity(token)
    if entity is not None and entity.label_ == "ORG":
        found = kind_of_name(_ARTICLE.sub("", _POSSESSIVE.sub("", entity.text)))
        if found:
            return found
    if entity is not None and entity.label_ == "GPE":
        return kind_of_name(entity.text) or "government"
    noun = _noun(token)
    return (
        kinds().of("institution", noun) or kinds().of("modifier", noun) or kind_of_name(token.text)
    )


def _kind_of_office(head: Token, noun: str, modifiers: list[str]) -> str:
    """Source type of who heads or speaks for a body: the body's."""
    bodies = [token for token in _behind(head) if token.i != head.i - 1 or " " not in noun]
    if head.dep_ in ("compound", "nmod") and head.head.i > head.i:
        # "the militants’ ringleader Pio Maran": the parser gives the militants to Pio Maran
        bodies += [token for token in _behind(head.head) if token.i < head.i]
    found = [_kind_behind(token) for token in bodies]
    if known := next((kind for kind in found if kind not in ("", "other")), ""):
        return known
    usual = kind_of_phrase(noun, modifiers)
    # neither the chief of a charity nor that of an unknown "NLM" is the government's
    private = "other" in found and usual in ("government", "party/politician")
    unknown = usual == "government" and noun in _HEADS_ANY and any(map(_is_body, bodies))
    return "other" if private or unknown else usual


def _is_body(token: Token) -> bool:
    """Whether a word is, or belongs to, the name of a body."""
    entity = _entity(token)
    named = entity is not None and entity.label_ == "ORG"
    return named or (token.pos_ == "PROPN" and token.text.isupper() and len(token) > 1)


def bygone(noun: Token) -> bool:
    """Whether the words before a noun say that somebody is it no more: "a former army officer".

    Parameters
    ----------
    noun : Token
        A noun that says what somebody is.
    """
    for token in reversed(noun.doc[noun.sent.start : noun.i]):
        if token.lower_.removesuffix("-") in _BYGONE or token.lower_.startswith("ex-"):
            return True
        if token.text != "-" and token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "ADV"):
            return False
    return noun.lower_.startswith("ex-")


def _office(noun: Token, modifiers: list[str]) -> str:
    """Source type of somebody by a noun; empty for an office that they hold no more."""
    lemma = _noun(noun)
    if kinds().knows("voice", lemma):
        kind = _kind_of_office(noun, lemma, modifiers)
    else:
        kind = kinds().of("head", lemma)
    return _if_still(kind, noun)


def _if_still(kind: str, noun: Token) -> str:
    """The source type of who is a `noun`; of a former office only that of a politician is left."""
    if kind not in _OFFICES or not bygone(noun):
        return kind
    return "party/politician" if kind == "government" and _noun(noun) in _POLITICAL else ""


def role_of(entity: Span) -> str:
    """Source type of a person by title, apposition or what the sentence says that they are.

    Parameters
    ----------
    entity : Span
        The person's name.

    Returns
    -------
    str
        A source type; empty if the words around the name give none.
    """
    doc, person = entity.doc, entity.root
    before = doc[max(entity.start - 6, person.sent.start) : entity.start]
    nouns = [t for t in reversed(before) if t.i > _last_break(before)]
    if len(before) and before[-1].text == "," and not nouns:
        # "Apple’s chief executive, Tim Cook, …"
        nouns = [t for t in reversed(before[:-1]) if t.i > _last_break(before[:-1])]
        nouns = [] if any(t.pos_ in ("VERB", "AUX") or t.tag_ == "PRP" for t in nouns) else nouns
    elif any(t.pos_ in ("VERB", "AUX", "ADP", "PRON", "CCONJ") for t in nouns):
        nouns = list(
            itertools.takewhile(lambda t: t.pos_ in ("NOUN", "PROPN", "ADJ", "PART"), nouns)
        )
    nouns += _aside(entity)
    if person.dep_ == "nsubj" and person.head.lemma_ == "be":
        nouns += [t for t in person.head.children if t.dep_ == "attr"]
    nouns = [t for t in nouns if t.pos_ in ("NOUN", "PROPN", "ADJ")]
    for token in [*entity[:-1], *nouns]:
        if token.i + 1 < len(doc) and " " in _noun(token.nbor(1)):
            continue  # "chief executive" is one noun
        found = _office(token, [])
        if found == "anonymous":
            return "other"  # whoever is named is not
        if found and found not in ("document", "unnamed"):
            return found
    # "NBC’s Dante Chinni"
    return next((t for t in map(_kind_behind, _owners(person)) if t), "")


def _last_break(tokens: Span) -> int:
    return max(
        (t.i for t in tokens if t.is_punct and t.text not in ("-", ".", "’", "'")), default=-1
    )


def _aside(entity: Span) -> list[Token]:
    """Words after a person's name that say who it is: ", the agency’s director, …"."""
    doc = entity.doc
    if entity.end + 1 >= len(doc) or doc[entity.end].text != ",":
        return []
    aside = []
    for token in doc[entity.end + 1 : entity.end + 13]:
        if (token.is_punct and token.text != "-") or token.pos_ in ("VERB", "AUX", "PRON", "SCONJ"):
            break
        if token.pos_ == "ADP":
            break
        aside.append(token)
    return aside if aside and aside[0].pos_ != "CCONJ" else []


def _owners(person: Token) -> Iterator[Token]:
    for token in person.lefts:
        entity = _entity(token)
        if token.dep_ == "poss" and entity is not None and entity.label_ == "ORG":
            yield token
