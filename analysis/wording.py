"""What the sentences of an article are made of, for comparison with another article's.

Every sentence becomes sets of terms: content words, the words of each of its clauses, predicates
with an argument, and runs of words. A term is a number that all articles of a story share.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .language import LEXICONS

if TYPE_CHECKING:
    from scipy.sparse import csr_array
    from spacy.tokens import Span, Token

    from .story import Story

# A clause begins at one of these relations to the word that governs it.
_CLAUSES = {"ROOT", "ccomp", "advcl", "relcl", "parataxis", "acl", "csubj", "pcomp"}
_SUBJECTS = {"nsubj", "nsubjpass", "agent"}
_OBJECTS = {"dobj", "nsubjpass", "attr", "oprd", "dative"}
# Verbs that carry a claim more often than they are one: they weigh less.
_LIGHT = frozenset(
    (
        "say tell add ask accord state note report be have do make go get take come want think know"
    ).split()
)
_NEGATIONS = frozenset({"not", "no", "n't", "n’t", "never"})
_COUNTS = dict(
    zip(
        "one two three four five six seven eight nine ten".split(),
        map(str, range(1, 11)),
        strict=True,
    )
) | {"dozen": "12", "hundred": "100"}
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]?")
_FIGURE = re.compile(r"\d[\d,.]*")


@dataclass
class Terms:
    """Numbers of the terms of a story, and how rare each is in the language at large."""

    number: dict[str, int] = field(default_factory=dict)
    rarity: list[float] = field(default_factory=list)

    def add(self, term: str, rarity: float) -> int:
        """Number of `term`; the highest rarity under which it was ever added is kept."""
        at = self.number.setdefault(term, len(self.rarity))
        if at == len(self.rarity):
            self.rarity.append(rarity)
        elif rarity > self.rarity[at]:
            self.rarity[at] = rarity
        return at


@dataclass(frozen=True, eq=False)
class Wording:
    """The claims of one article: one row per sentence that can hold one.

    Attributes
    ----------
    article : str
        Its id.
    sentences : list of int
        Numbers of the sentences; headings between paragraphs are left out.
    words, nouns, dates, arguments, pairs, triples : sparse arrays
        Sentence × term, 1 where the sentence has the term.
    clauses : sparse array
        Clause × term; `clause_of` holds the row of each clause's sentence.
    heads : list of list of (int, int, list of int)
        For each sentence its clauses as (first, last code point, term numbers).
    headline, place, quoted : arrays
        Whether the sentence is a headline or standfirst; its place in the article, 0 to 1; the
        share of it inside quotation marks.
    plain : list of str
        The sentence's words in lower case, to recognise a copy.
    """

    article: str
    sentences: list[int]
    words: csr_array
    nouns: csr_array
    dates: csr_array
    arguments: csr_array
    pairs: csr_array
    triples: csr_array
    clauses: csr_array
    clause_of: np.ndarray
    heads: list[list[tuple[int, int, list[int]]]]
    headline: np.ndarray
    place: np.ndarray
    quoted: np.ndarray
    plain: list[str]

    def __len__(self) -> int:
        return len(self.sentences)


def wordings(story: Story, articles: Sequence[str]) -> tuple[dict[str, Wording], np.ndarray]:
    """Take the articles apart.

    Parameters
    ----------
    story : Story
        The articles and their parse.
    articles : sequence of str
        Ids.

    Returns
    -------
    dict of str to Wording
        By id.
    array of float
        Rarity of each term: 8 less its Zipf frequency (wordfreq), from 0.3 to 7.
    """
    terms = Terms()
    rows = {article: _Rows(story, article, terms) for article in articles}
    return (
        {article: row.wording(len(terms.rarity)) for article, row in rows.items()},
        np.array(terms.rarity),
    )


class _Rows:
    """Collects the terms of an article's sentences as lists of numbers."""

    def __init__(self, story: Story, article: str, terms: Terms) -> None:
        self.article = article
        self.terms = terms
        table = story.sentences_of(article)
        told = table["part"].ne("heading")
        # a headline given twice stands among the headings, before the first sentence of the body
        told |= table["part"].isin(["body", "standfirst"]).cumsum().eq(0)
        self.count = len(table)
        table = table[told]
        self.sentences = [int(number) for number in table["sentence"]]
        self.headline = table["part"].ne("body").to_numpy(dtype=float)
        names = ("words", "nouns", "dates", "arguments", "pairs", "triples")
        self.sets: dict[str, list[set[int]]] = {name: [] for name in names}
        self.heads: list[list[tuple[int, int, list[int]]]] = []
        self.quoted: list[float] = []
        self.plain: list[str] = []
        doc = story.docs[article]
        for row in table.itertuples():
            span = doc.char_span(row.start, row.end, alignment_mode="expand")
            assert span is not None  # the sentence lies in the text
            self._sentence(span)
            inside = sum(
                max(0, min(end, row.end) - max(start, row.start))
                for start, end in story.quotes[article]
            )
            self.quoted.append(inside / (row.end - row.start))

    def _sentence(self, span: Span) -> None:
        label = {token.i: entity.label_ for entity in span.ents for token in entity}
        words, nouns, dates = set(), set(), set()
        clauses: dict[int, list[Token]] = {}
        for token in span:
            term = word(token)
            if not term:
                continue
            number = self.terms.add(term, rarity(token))
            words.add(number)
            if token.pos_ in ("NOUN", "ADJ"):
                nouns.add(number)
            if label.get(token.i) in ("DATE", "TIME"):
                dates.add(number)
            clauses.setdefault(_clause(token, span), []).append(token)
        self.heads.append(
            [
                (
                    tokens[0].idx,
                    tokens[-1].idx + len(tokens[-1]),
                    sorted({self.terms.number[word(token)] for token in tokens}),
                )
                for tokens in clauses.values()
            ]
        )
        forms = [token for token in span if any(c.isalnum() for c in token.text)]
        found = (words, nouns, dates, set(self._arguments(span)))
        runs = (set(self._runs(forms, 2)), set(self._runs(forms, 3)))
        for name, numbers in zip(self.sets, (*found, *runs), strict=True):
            self.sets[name].append(numbers)
        self.plain.append(" ".join(token.lower_ for token in forms))

    def _arguments(self, span: Span) -> Iterable[int]:
        for verb in span:
            if verb.pos_ != "VERB" or verb.lemma_.lower() in _LIGHT:
                continue
            does = word(verb)
            yield self.terms.add(f"does {does}", _rarity(verb.lemma_.lower()))
            for child in verb.children:
                if child.dep_ in _SUBJECTS:
                    yield self.terms.add(f"who {does} {word(child)}", 5)
                if child.dep_ in _OBJECTS:
                    yield self.terms.add(f"whom {does} {word(child)}", 5)
                if child.dep_ == "prep":
                    for object_ in child.children:
                        if object_.dep_ == "pobj":
                            yield self.terms.add(f"whom {does} {word(object_)}", 5)

    def _runs(self, forms: list[Token], length: int) -> Iterable[int]:
        lower = [token.lower_ for token in forms]
        rare = [_rarity(form) for form in lower]
        for i in range(len(lower) - length + 1):
            run = " ".join(lower[i : i + length])
            yield self.terms.add(f"run {run}", sum(rare[i : i + length]) / length)

    def wording(self, size: int) -> Wording:
        """Everything as sparse arrays over `size` terms."""
        clauses = [(i, set(head[2])) for i, heads in enumerate(self.heads) for head in heads]
        return Wording(
            self.article,
            self.sentences,
            **{name: _sparse(rows, size) for name, rows in self.sets.items()},
            clauses=_sparse([numbers for _, numbers in clauses], size),
            clause_of=np.array([i for i, _ in clauses], dtype=int),
            heads=self.heads,
            headline=self.headline,
            place=np.array(self.sentences) / max(1, self.count - 1),
            quoted=np.array(self.quoted),
            plain=self.plain,
        )


def _sparse(rows: Sequence[set[int]], size: int) -> csr_array:
    from scipy.sparse import csr_array

    columns = [sorted(row) for row in rows]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([number for row in columns for number in row], dtype=np.int32)
    return csr_array((np.ones(len(flat)), flat, ends), shape=(len(rows), size))


def word(token: Token) -> str:
    """The term of a content word: alias, figure, or stem of the lemma; empty for other tokens."""
    form = token.lower_
    if token.is_space or token.is_punct or form in _NEGATIONS or not any(map(str.isalnum, form)):
        return ""
    if form in _COUNTS:
        return _COUNTS[form]
    if token.is_stop:
        return ""
    return _term(form, form if token.pos_ == "PROPN" else token.lemma_.lower())


@functools.lru_cache(maxsize=100_000)
def _term(form: str, lemma: str) -> str:
    aliases = _aliases()
    for written in (form, lemma):
        if written in aliases:
            return _stemmer()(aliases[written])
    if _INITIALS.fullmatch(form):
        return form.replace(".", "")
    if _FIGURE.fullmatch(form):
        return form.replace(",", "").rstrip(".")
    return _stemmer()(lemma.strip(".'’"))


@functools.cache
def _stemmer():
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("english").stem


@functools.cache
def _aliases() -> dict[str, str]:
    """Word -> what it stands for in comparisons, from `lexicons/claim_words.csv`."""
    with open(LEXICONS / "claim_words.csv", encoding="utf-8", newline="") as handle:
        return {row["word"]: row["stands_for"] for row in csv.DictReader(handle)}


def rarity(token: Token) -> float:
    """Weight of a content word in the language at large."""
    lemma = token.lemma_.lower()
    weight = _rarity(token.lower_ if token.pos_ == "PROPN" else lemma)
    if lemma in _LIGHT:
        weight *= 0.4
    return max(weight, 3.5) if token.like_num else weight


@functools.lru_cache(maxsize=100_000)
def _rarity(form: str) -> float:
    from wordfreq import zipf_frequency

    return min(7.0, max(0.3, 8 - zipf_frequency(form, "en")))


def _clause(token: Token, span: Span) -> int:
    """Index of the word that heads the token's clause."""
    while token.dep_ not in _CLAUSES and not (
        token.dep_ == "conj" and token.pos_ in ("VERB", "AUX")
    ):
        head = token.head
        if head is token or not span.start <= head.i < span.end:
            break
        token = head
    return token.i
