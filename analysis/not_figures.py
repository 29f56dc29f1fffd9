"""Numbers that are no figures: list numbers, names, clock times, telephones, pronouns, idioms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .number_words import Number
from .sentence_view import SentenceView
from .units import bound_before

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# names that carry numbers: "Section 8", "Boeing 737", "Route 66"
_CARRIERS = (
    "Sections? Sec\\. Articles? Art\\. Chapter Title Rule Pages? p\\. pp\\. Route Highway Hwy "
    "Interstate Channel Flight Boeing Airbus Apollo Area Proposition Prop\\.? Resolution "
    "Amendment Act H\\.R\\. S\\. Room Studio Pier Gate Line Level Phase Grade Class Category Type "
    "Version Windows iPhone iOS Volume Vol\\. Episode Part District Ward Precinct Unit Box Suite "
    "Apt\\. Tier Step Bowl War Psalm Form Exhibit Figure Fig\\. Table Count Mark Schedule Annex "
    "Note Docket Case Order Bill Measure Question Item Plan Formula Station Building "
    "grade page section chapter article phase level line item case flight channel"
).split()
_CARRIER = re.compile(rf"\b(?:{'|'.join(_CARRIERS)}|Group of) $")
_CLOCK = re.compile(r"(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|o[’']clock|[EPC][SD]?T\b)|:\d\d", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?\d{1,3}[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b")
_PARAGRAPH = re.compile(r"\([a-z]\)|/\d|\.\d+\.\d", re.IGNORECASE)  # 501(c)(4), 24/7, 1.2.3
_ADDRESS = re.compile(r"[@#/]\w*$|\bwww\.|://\S*$")
_IDIOM = re.compile(
    r"-(?:on|ways?|sided|handed|piece|liners?|stop|off|hit|track|dimensional|ply|degree|guessing"
    r"|guess|class|rate|hand|generation|tier|string)\b",
    re.IGNORECASE,
)
_NO_RANK = {
    "hand", "thought", "nature", "party", "world", "lady", "guess", "time", "thing", "half",
    "person", "look", "chance",
}  # fmt: skip
_NAMED_RANK = {
    "amendment", "avenue", "street", "circuit", "district", "division", "fleet", "army",
    "congress", "reich", "republic", "infantry", "brigade", "regiment", "precinct",
    "congressional", "st.", "ave.",
}  # fmt: skip
_RANKING = {"place", "finish", "come", "rank"}
_ONE_COUNTS = re.compile(
    r"\b(?:only|just|exactly|least|than|about|within) (?:[a-z]+ed )?$", re.IGNORECASE
)
_ONE_OF = {
    "count", "charge", "vote", "seat", "fatality", "death", "injury", "arrest", "goal", "casualty",
}  # fmt: skip
_ONE_IDIOM = re.compile(
    r" (?:day|thing|another|of|way|point|side|man|hand|reason|time|more|such|that|who|to|can|might"
    r"|must)\b"
)
_ONE_PRONOUN = re.compile(r" (?:of|who|to|that|thing|way)\b")
_COUNTS_ON = re.compile(r" (?:of|in|out of|more|others|were|was|are|dead|killed|people)\b")
_REFERS_BACK = re.compile(
    r"\b(?:the|these|those|all|any|other|between|first|last|or|no) $", re.IGNORECASE
)
_SMALL = {"two", "three", "four", "five", "six", "zero"}


def numbered_name(before: str) -> bool:
    """Tell whether the text before a number ends in a word that makes it a name ("Section ")."""
    return bool(_CARRIER.search(before))


def is_label(view: SentenceView, number: Number) -> bool:
    """Tell list numbers, names, clock times, addresses and telephones from figures."""
    before, after = view.text[: number.start], view.text[number.end :]
    words = view.text[number.start : number.end]
    digits = number.form == "digits"
    if digits and number.start == 0 and re.match(r"[.)](?:\s+\S|$)", after):
        return True
    if before.endswith(")(") or _ADDRESS.search(before.rsplit(" ", 1)[-1]):
        return True
    if number.form in ("digits", "words") and numbered_name(before):
        return not re.match(r" ?(?:percent|%|per cent|people)", after)
    if _CLOCK.match(after) or _PARAGRAPH.match(after) or re.search(r"\d:$", before):
        return True
    if any(m.start() <= number.start < m.end() for m in _PHONE.finditer(view.text)):
        return True
    if digits and re.fullmatch(r"0\d+", words):
        return True
    span = view.tokens(number.start, number.end)
    spelled = number.form in ("words", "times")
    if spelled and any(t.ent_type_ in ("PERSON", "WORK_OF_ART") for t in span):
        return True
    if any(t.like_url or t.like_email for t in span):
        return True
    return view.in_name(span) and _beside_capital(span)


def _beside_capital(span: Span) -> bool:
    """Tell whether a capital of the same name stands beside: "Boeing 737", "Fifth Avenue"."""
    doc = span.doc
    neighbours = [doc[i] for i in (span.start - 1, span.end) if 0 <= i < len(doc)]
    inside = [t for t in neighbours if t.ent_iob_ != "O" and t.ent_type_ == span[0].ent_type_]
    return any(t.text[:1].isupper() or t.text == "-" for t in inside)


def counts(view: SentenceView, number: Number, unit: str, noun: str) -> bool:
    """Tell figures from pronouns ("one must"), idioms ("one-on-one") and ranks of nothing.

    Parameters
    ----------
    view : SentenceView
    number : Number
        Found in the sentence, and no label (see `is_label`).
    unit, noun : str
        Its unit, or the noun of "35-member"; empty if it has none.
    """
    words = view.text[number.start : number.end].lower()
    before, after = view.text[: number.start], view.text[number.end :]
    if number.form in ("words", "ordinal", "digits") and _IDIOM.match(after):
        return False
    token = view.tokens(number.start, number.end).root
    if number.form == "ordinal":
        return _ranks(words, token)
    if number.form == "times":
        thinking = re.search(r"\bthink(?:ing)? $", before, re.IGNORECASE)
        bounded = bound_before(view.text, number.start)[1] != "="
        likened = re.match(r" (?:as|the|about|before)\b", after)
        return not thinking and (bounded or not likened)  # "more than twice the size" counts
    if number.form != "words":
        return True
    if words == "one":
        return _one_counts(before, after, token, unit or noun)
    modifies = token.dep_ in ("nummod", "compound", "amod", "quantmod")
    if words in _SMALL and not modifies and not unit and not noun:
        # "the two met" refers back, "two of the five" counts
        return bool(_COUNTS_ON.match(after)) or not _REFERS_BACK.search(before)
    return True


def _one_counts(before: str, after: str, token: Token, unit: str) -> bool:
    if unit and unit not in ("time", "day", "second", "term"):
        return True
    if _ONE_IDIOM.match(after):
        only = re.search(r"\bonly $", before, re.IGNORECASE)
        return bool(only) and not _ONE_PRONOUN.match(after)
    counting = token.head.lemma_.lower() in _ONE_OF or _ONE_COUNTS.search(before)
    return token.dep_ == "nummod" and bool(counting)


def _ranks(words: str, token: Token) -> bool:
    """Tell ordinals that rank ("third consecutive", "placed second") from the rest.

    "first" is left out: it opens more than it counts.
    """
    if words.startswith("no."):
        return True
    if words in ("first", "1st"):
        return False
    head = token.head
    if token.dep_ in ("amod", "nummod", "compound", "nmod") and head.i > token.i:
        following = token.nbor(1)
        named = following.pos_ == "PROPN" and following.lower_ in _NAMED_RANK
        return head.lemma_.lower() not in _NO_RANK and not named
    if head.lemma_ in _RANKING:
        return True
    near = head.lemma_ in ("tie", "be", "for", "in") and token.dep_ not in ("nsubj", "nsubjpass")
    return near and words != "second"
