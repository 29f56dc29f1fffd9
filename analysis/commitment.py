"""Certainty: how firmly each side states what both tell, or one article in two places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .lexicon_words import words
from .parse_conditions import children
from .stating import denies, negated, says_no, states

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from .story import Story

LINKS = ("same", "partial", "conflict")
OPEN = ("hearsay", "belief", "modal", "likelihood", "inference", "condition")
"""Types of cue that leave a claim open; a bound on a number does not touch the claim."""
COVER = 0.6
"""Share of the shared words that the phrase which tells the event has to hold."""
ALIKE = 0.5
"""Share of the shorter sentence's word weight that two sentences of one article must share."""
LEAST_SHARED = 4
"""Words that they must share at least."""

_POINTING = ("", "this", "that", "it", "these", "those", "which")
_JUDGEMENTS = frozenset(
    "think believe feel consider deem see view regard perceive claim argue contend maintain".split()
)
"""Verbs by which somebody named holds a view: his word, no doubt of the article's."""
_CONTENT = ("NOUN", "PROPN", "VERB", "NUM", "ADJ")
_EVENTS = ("VERB", "AUX", "NOUN")


def certainty(
    story: Story,
    *,
    between: Sequence[str] | None = None,
    claims: pd.DataFrame | None = None,
    attributions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare how firmly two articles state what both tell.

    Parameters
    ----------
    story : Story
        The articles.
    between : two ids, optional
        Which two to compare; may be left out when the story has exactly two.
    claims : DataFrame, optional
        The claim ledger of the two, perhaps corrected by a reader; by default `an.claims`.
    attributions : DataFrame, optional
        By default `an.attributions` of the two articles.

    Returns
    -------
    DataFrame
        Columns in `schema.CERTAINTY`, one row per link of the ledger that is the closest one of
        either of its sentences. `a_commitment` and `b_commitment` are steps of an order, from
        asserted over attributed, hedged and unconfirmed to denied; no distance between them
        means anything. Where several apply the least firm one stands. `a_by` and `b_by` name
        the cues, and to whom the claim is attributed.

    Raises
    ------
    PairError
        If it is not clear which two articles are meant.

    Notes
    -----
    The claim of a sentence is the smallest phrase with a verb or noun at its head that holds
    60 % of the words which the other sentence shares. Cues bear on it whose scope holds that
    head, attributions that state it: who celebrates an event, or declines to bring it about, does
    not say that it happened. "Seoul believes" is Seoul's word and counts as attributed, "some
    believe" as hedged. Measured against two readers (`an.methods`): most mistakes confuse
    asserted and attributed. Limits: what the words do not share (synonyms) is not seen; a hedge
    in a neighbouring sentence is not carried over; firmly stated is not right.
    """
    first, second = story.pair(between)
    ledger = _closest(_ledger(story, (first, second), claims))
    judge = _Judge(story, (first, second), attributions)
    rows = []
    for link in ledger.itertuples():
        a = _Place(first, int(link.sentence_a), int(link.a_start), int(link.a_end))
        b = _Place(second, int(link.sentence_b), int(link.b_start), int(link.b_end))
        rows.append(judge.row(a, b, claim=int(link.claim)))
    return schema.from_rows(rows, schema.CERTAINTY)


def certainty_within(story: Story, *, attributions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find what one article states in two places with different firmness.

    Parameters
    ----------
    story : Story
        The articles.
    attributions : DataFrame, optional
        By default `an.attributions`.

    Returns
    -------
    DataFrame
        Columns in `schema.CERTAINTY`; both sides are places of the same article, the earlier one
        first, and only pairs that differ are given. `claim` counts the rows.

    Notes
    -----
    Two sentences tell the same event if they share at least four content words, a verb or
    number among them, that carry half of the shorter one's weight (rare words weigh more). A
    plain rule with few false pairs; it misses what is told in other words.
    """
    judge = _Judge(story, story.ids, attributions)
    rows: list[dict] = []
    for article in story.ids:
        for a, b in _repeated(story, article):
            row = judge.row(a, b, claim=len(rows))
            if row["firmer"] != "same":
                rows.append(row)
    return schema.from_rows(rows, schema.CERTAINTY)


@dataclass(frozen=True)
class _Place:
    """A sentence: article, number, offsets."""

    article: str
    sentence: int
    start: int
    end: int


def _ledger(story: Story, pair: tuple[str, str], claims: pd.DataFrame | None) -> pd.DataFrame:
    if claims is not None:
        return claims
    from .ledger import claims as make

    return make(story, between=pair)


def _closest(ledger: pd.DataFrame) -> pd.DataFrame:
    """Links that are the best of one of their sentences."""
    links = ledger[ledger["relation"].isin(LINKS)]
    best = pd.Series(False, index=links.index)
    for side in ("sentence_a", "sentence_b"):
        best |= links["score"] >= links.groupby(side)["score"].transform("max")
    return links[best]


class _Judge:
    """Judges places of a story; cues and attributions are looked up once."""

    def __init__(
        self, story: Story, articles: Sequence[str], attributions: pd.DataFrame | None
    ) -> None:
        from .hedging import hedges

        if attributions is None:
            from .sourcing import attributions as find

            attributions = find(story)
        self.story = story
        cues = hedges(story)
        self.cues = {a: cues[cues["article"] == a] for a in articles}
        self.said = {a: attributions[attributions["article"] == a] for a in articles}

    def row(self, a: _Place, b: _Place, *, claim: int) -> dict:
        """One row of the table."""
        heads = self._heads(a, b)
        steps = self._judge(a, *heads), self._judge(b, *heads[::-1])
        order = [schema.COMMITMENTS.index(step) for step, _ in steps]
        firmer = "same" if order[0] == order[1] else "ab"[order[1] < order[0]]
        row: dict = {"claim": claim, "firmer": firmer}
        for side, place, (step, by) in zip("ab", (a, b), steps, strict=True):
            row |= {
                f"article_{side}": place.article,
                f"{side}_start": place.start,
                f"{side}_end": place.end,
                f"{side}_text": self.story.texts[place.article][place.start : place.end],
                f"{side}_commitment": step,
                f"{side}_by": by,
            }
        return row

    def _span(self, place: _Place) -> Span:
        doc = self.story.docs[place.article]
        span = doc.char_span(place.start, place.end, alignment_mode="expand")
        assert span is not None  # sentences lie in the text
        return span

    def _heads(self, a: _Place, b: _Place) -> tuple[Token, Token]:
        ours, theirs = self._span(a), self._span(b)
        return (
            event(ours, theirs, aside=self._aside(a, ours)),
            event(theirs, ours, aside=self._aside(b, theirs)),
        )

    def _aside(self, place: _Place, span: Span) -> frozenset[int]:
        """Tokens that say who says it and how, not what: sources, cues, subjects of saying."""
        said, cues = self.said[place.article], self.cues[place.article]
        stretches = [
            stretch
            for column in ("source_spans", "cue_spans")
            for spans in said[column]
            for stretch in spans
        ]
        stretches += zip(cues["start"], cues["end"], strict=True)
        tokens = {token.i for token in span for start, end in stretches if start <= token.idx < end}
        for verb in span:
            if any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.children):
                for who in children(verb, "nsubj", "nsubjpass"):
                    tokens |= {token.i for token in who.subtree}
        return frozenset(tokens)

    def _judge(self, place: _Place, head: Token, theirs: Token) -> tuple[str, str]:
        said = self.said[place.article]
        near = said[(said["start"] < place.end) & (said["end"] > place.start)]
        stating = [row for row in near.itertuples() if states(row, head)]
        cues = self._bearing(place, head, stating)
        views = _views(cues)
        cues = cues[~cues.index.isin(views)]
        found = {
            "unconfirmed": cues.loc[cues["type"] == "non_confirmation", "text"].tolist(),
            "hedged": cues.loc[cues["type"].isin(OPEN), "text"].tolist(),
            "attributed": cues.loc[cues["type"] == "vague_source", "text"].tolist(),
        }
        sources = [row.source for row in stating if row.source.lower() not in _POINTING]
        sources += found["attributed"]
        denials = [row.cue for row in stating if denies(row.cue)]
        if negated(head) and not says_no(theirs) and head.lemma_ == theirs.lemma_:
            denials.append(str(negated(head)))
        by = "; ".join(dict.fromkeys([*denials, *found["unconfirmed"], *found["hedged"], *sources]))
        for step, reasons in (
            ("denied", denials),
            ("unconfirmed", found["unconfirmed"]),
            ("hedged", found["hedged"]),
            ("attributed", [*sources, *stating, *views]),
        ):
            if reasons:
                return step, by
        return "asserted", ""

    def _bearing(self, place: _Place, head: Token, stating: list) -> pd.DataFrame:
        """Cues that bear on the event, or on the word by which somebody tells it."""
        cues = self.cues[place.article]
        cues = cues[cues["sentence"] == place.sentence]
        bears = (cues["scope_start"] <= head.idx) & (cues["scope_end"] > head.idx)
        for row in stating:
            for start, end in row.cue_spans:
                # "is expected to say", "reportedly told"
                bears |= (cues["scope_start"] < end) & (cues["scope_end"] > start)
                bears |= (cues["start"] < end) & (cues["end"] > start)
        return cues[bears]


def _views(cues: pd.DataFrame) -> list:
    """Index of the cues by which somebody named holds a view."""
    named = cues[(cues["holder"] == "named") & cues["type"].isin(["belief", "hearsay"])]
    stems = (*(verb.rstrip("e") for verb in _JUDGEMENTS), "thought", "felt", "saw")
    return [index for index, text in named["text"].items() if text.lower().startswith(stems)]


def _words(span: Span) -> dict[str, list[Token]]:
    """Content words of a sentence by lemma; numbers as written."""
    found: dict[str, list[Token]] = {}
    for token in span:
        if token.pos_ in _CONTENT and not token.is_stop and token.text[:1].isalnum():
            found.setdefault(token.lemma_.lower(), []).append(token)
    return found


def event(span: Span, other: Span, *, aside: frozenset[int] = frozenset()) -> Token:
    """The head of what `span` tells of `other`: of the smallest phrase with the shared words.

    Parameters
    ----------
    span, other : Span
        Parses of two sentences.
    aside : set of int
        Token indices of `span` to leave out: who says it, and how.

    Returns
    -------
    Token
        A verb or noun of `span`; its root where nothing is shared.
    """
    theirs = _words(other)
    shared = {
        token.i for lemma, tokens in _words(span).items() if lemma in theirs for token in tokens
    } - aside
    if not shared:
        return span.root
    best = next((t for t in (span.root, *span) if t.is_alpha and t.pos_ in _EVENTS), span.root)
    size = len(span) + 1
    for token in span:
        if token.pos_ not in _EVENTS or token.i in aside:
            continue
        phrase = range(token.left_edge.i, token.right_edge.i + 1)
        held = sum(i in phrase for i in shared)
        if held >= COVER * len(shared) and len(phrase) < size:
            best, size = token, len(phrase)
    while best.lemma_.lower() in words("reporting_verbs"):
        # to say is not the event: what is said is
        said = [child for child in best.children if child.dep_ == "ccomp"]
        if not said:
            break
        best = said[0]
    return best


def _repeated(story: Story, article: str) -> Iterator[tuple[_Place, _Place]]:
    """Pairs of sentences of one article that tell the same event."""
    places: list[tuple[_Place, dict[str, list[Token]]]] = []
    doc = story.docs[article]
    for row in story.sentences_of(article).itertuples():
        if row.part == "heading":
            continue
        span = doc.char_span(row.start, row.end, alignment_mode="expand")
        if span is not None:
            places.append((_Place(article, row.sentence, row.start, row.end), _words(span)))
    often = Counter(lemma for _, told in places for lemma in told)
    weigh = {lemma: 1 / count**0.5 for lemma, count in often.items()}
    for (a, ours), (b, theirs) in combinations(places, 2):
        shared = ours.keys() & theirs.keys()
        if len(shared) < LEAST_SHARED:
            continue
        if not any(t.pos_ in ("VERB", "NUM") for lemma in shared for t in ours[lemma]):
            continue
        lightest = min(sum(weigh[w] for w in ours), sum(weigh[w] for w in theirs))
        if sum(weigh[w] for w in shared) >= ALIKE * lightest:
            yield a, b
