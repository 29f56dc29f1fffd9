"""What a figure or date stands in: its clause, its subject, its event; how alike two places are."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from .fates import named
from .units import group

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from .story import Story

# verbs for saying something in public: the day of a statement is the day of its event
SAYING = frozenset(
    "say tell announce declare state add confirm claim insist tweet write respond reply argue warn "
    "acknowledge admit deny reveal disclose report release issue defend comment".split()
)
_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ"}
_NAMES = {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "LAW"}


@dataclass(frozen=True, eq=False)
class Place:
    """A row of the numbers table with its surroundings in the parse."""

    row: dict
    words: dict[str, float]  # lemmas of the sentence with their weights
    near: dict[str, float]  # lemmas of the clause
    heads: frozenset[str]  # nouns of what is counted, one word standing for its synonyms
    fate: str  # what befell the persons counted; empty if the text does not say
    names: frozenset[str]  # names in what is counted
    subject: str  # the name that the clause is about; empty if it has none
    verb: str
    published: pd.Timestamp  # of the article; missing if not known

    @property
    def value(self) -> float | None:
        """The figure; missing if open."""
        return None if pd.isna(self.row["value"]) else float(self.row["value"])

    @property
    def upper(self) -> float | None:
        """The end of a range; missing if there is none."""
        return None if pd.isna(self.row["upper"]) else float(self.row["upper"])

    @property
    def is_date(self) -> bool:
        """A date, not a figure."""
        return self.row["kind"] == "date"


def places(story: Story, table: pd.DataFrame) -> list[Place]:
    """The rows of `an.numbers` of one or two articles with their surroundings.

    A lemma weighs its rarity in English (8 less its Zipf frequency) times the logarithm of the
    share of the sentences, of all articles given, that hold it: the names that every sentence of
    a story repeats say little.
    """
    sentences = {
        (row.article, row.sentence): span
        for article in table["article"].unique()
        for row in story.sentences_of(article).itertuples()
        if (span := story.docs[article].char_span(row.start, row.end, alignment_mode="expand"))
        is not None
    }
    words = [_lemmas(span) for span in sentences.values()]
    counts = Counter(stem for found in words for stem in found)
    rarities: dict[str, float] = {}
    for found in words:
        for stem, lemma in found.items():
            rarities[stem] = max(rarities.get(stem, 0.0), rarity(lemma))
    weights = {
        word: rarities[word] * math.log(1 + len(sentences) / count)
        for word, count in counts.items()
    }
    published = story.articles.set_index("article")["published"]
    placed = []
    for row in table.to_dict("records"):
        sentence = sentences[row["article"], row["sentence"]]
        span = story.docs[row["article"]].char_span(
            row["start"], row["end"], alignment_mode="expand"
        )
        assert span is not None  # every row leads to its characters
        placed.append(_place(row, span, sentence, weights, published[row["article"]]))
    return placed


def _place(
    row: dict,
    span: Span,
    sentence: Span,
    weights: dict[str, float],
    published: pd.Timestamp,
) -> Place:
    verb = next((t for t in span.root.ancestors if t.pos_ == "VERB"), None)
    inside = range(span.start, span.end)
    clause = [t for t in verb.subtree if sentence.start <= t.i < sentence.end] if verb else []
    wanted = set(row["quantity"].replace("-", " ").split())
    counted = [t for t in sentence if t.text in wanted and t.i not in inside]
    return Place(
        row,
        {w: weights[w] for w in _lemmas(t for t in sentence if t.i not in inside)},
        {w: weights[w] for w in _lemmas(t for t in clause or sentence if t.i not in inside)},
        _head(row["quantity"], counted),
        named(row["quantity"]),
        frozenset(t.lemma_.lower() for t in counted if t.ent_type_ in _NAMES),
        _subject(span, verb, sentence.doc),
        verb.lemma_.lower() if verb is not None else "",
        published,
    )


def _head(quantity: str, counted: list[Token]) -> frozenset[str]:
    """Group of the noun that is counted: the last one before "of", "on" or "for"."""
    first = re.split(r" (?:of|on|for) ", quantity)[0].replace("-", " ").split()
    nouns = {t.text: group(t.lemma_) for t in counted if t.pos_ in ("NOUN", "PROPN")}
    heads = [nouns[word] for word in first if word in nouns]
    return frozenset(heads[-1:])


def _subject(span: Span, verb: Token | None, doc: Doc) -> str:
    """Last word of the name that a figure belongs to: "Palin (12 percent)", "Palin earned 12"."""
    before = doc[span.start - 1] if span.start else None
    if before is not None and before.text in "(,":
        name = doc[before.i - 1] if before.i else None
        if name is not None and name.ent_type_ in _NAMES:
            return name.lemma_.lower()
    if verb is None:
        return ""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.ent_type_ in _NAMES:
            return child.lemma_.lower()
    return ""


def _lemmas(tokens: Iterable[Token]) -> dict[str, str]:
    """Stems of the content words, each with a lemma that has it."""
    return {
        _stem(group(token.lemma_)): group(token.lemma_)
        for token in tokens
        if token.pos_ in _CONTENT
        and token.is_alpha
        and not token.is_stop
        and not token.like_num
        and token.ent_type_ not in ("DATE", "TIME")
    }


@functools.cache
def _stem(lemma: str) -> str:
    """Stem of a lemma, so that "resignation" meets "resign"."""
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer().stem(lemma)


@functools.cache
def rarity(lemma: str) -> float:
    """8 less the lemma's Zipf frequency in English: 1 for the commonest words, 7 for unknown."""
    from wordfreq import zipf_frequency

    return max(1.0, 8.0 - max(1.0, zipf_frequency(lemma, "en")))


def alike(x: Place, y: Place) -> float:
    """Cosine of the weighted lemmas, of the clauses or of the sentences, whichever is higher."""
    return max(_cosine(x.words, y.words), _cosine(x.near, y.near))


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    shared = sum(a[word] * b[word] for word in a.keys() & b.keys())
    size = math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
    return shared / size if size else 0.0


def same_statement(x: Place, y: Place) -> bool:
    """Tell whether the same person says something in both clauses."""
    return x.verb in SAYING and y.verb in SAYING and x.subject == y.subject != ""
