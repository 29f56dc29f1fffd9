"""Which sentences of two articles tell the same: features of a pair, and the model over them.

Words weigh by their rarity: in the language at large (wordfreq), and inside the two articles, so
that the subject of the story, which every sentence names, links nothing by itself. Whether there
is a link at all is the mean of a logistic regression and of boosted trees; whether the main claim
is the same, a second logistic regression.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .wording import Wording

Clause = tuple[int, int, list[int]]  # first and last code point, numbers of its terms

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MODEL = Path(__file__).parent / "models" / "claim_links.json"
HOPELESS = -5.0  # logit of the regression below which the trees are not asked
KIN = 0.11  # mean best cosine below which two articles do not seem to tell the same story
CLAUSE = 25.0  # weight from which a clause is compared on its own: two or three telling words

FEATURES = (
    "cosine",  # of the weighted words
    "standing",  # cosine as a share of the best in its row and column, the smaller of the two
    "shared",  # weight of the shared words, log
    "covered_most",  # share of a sentence's weight that the other one has: the larger share
    "covered_least",
    "rank_best",  # by shared weight, in row and column, log
    "rank_worst",
    "pairs",  # weight of shared runs of two words, log
    "triples",  # shared runs of three words, as a share of the shorter sentence's
    "triples_all",  # of the longer one's
    "clause_most",  # share of a clause's weight that the other sentence has
    "clause_least",
    "beside",  # the best cosine of one of the two with a neighbour of the other
    "in_step",  # the best cosine of the sentences before both, and of those after both
    "nouns",  # weight of shared nouns and adjectives, log
    "arguments",  # weight of shared verbs with the same subject or object, log
    "dates",  # cosine of the words in dates
    "late",  # place in the article of the one that stands later
    "headlines",  # how many of the two are headline or standfirst
    "quoted",  # share inside quotation marks, the smaller of the two
    "short",  # weight of the shorter sentence, log
)


def features(a: Wording, b: Wording, rarity: np.ndarray) -> np.ndarray:
    """Features of every pair of sentences.

    Parameters
    ----------
    a, b : Wording
        The two articles, of one story.
    rarity : array
        Rarity of each term, as `wordings` gives it.

    Returns
    -------
    array, shape (sentences of a, sentences of b, features)
        In the order of `FEATURES`.
    """
    total = len(a) + len(b)
    weight = _local(a.words, b.words, total) * rarity
    shared = _shared(a.words, b.words, weight)
    heavy_a, heavy_b = a.words @ weight, b.words @ weight
    norms = np.sqrt(np.outer(a.words @ weight**2, b.words @ weight**2))
    cosine = _shared(a.words, b.words, weight**2) / np.where(norms == 0, 1, norms)
    covered = _share(shared, heavy_a[:, None]), _share(shared, heavy_b[None])
    clause = (
        _clauses(a, b, weight, covered[0]),
        _clauses(b, a, weight, covered[1].T).T,
    )
    ranks = _ranks(shared, 1), _ranks(shared, 0)
    beside, in_step = _neighbours(cosine)
    runs = _shared(a.triples, b.triples, np.ones_like(rarity))
    lengths = np.asarray(a.triples.sum(axis=1)), np.asarray(b.triples.sum(axis=1))
    rare_pairs = _local(a.pairs, b.pairs, total) * rarity
    rare_arguments = _local(a.arguments, b.arguments, total) * rarity
    dates = np.sqrt(np.outer(a.dates @ weight**2, b.dates @ weight**2))
    values = (
        cosine,
        np.minimum(
            _share(cosine, cosine.max(axis=1, keepdims=True, initial=0)),
            _share(cosine, cosine.max(axis=0, keepdims=True, initial=0)),
        ),
        np.log1p(shared),
        np.maximum(*covered),
        np.minimum(*covered),
        np.log1p(np.minimum(*ranks)),
        np.log1p(np.maximum(*ranks)),
        np.log1p(_shared(a.pairs, b.pairs, rare_pairs)),
        runs / np.maximum(1, np.minimum.outer(*lengths)),
        runs / np.maximum(1, np.maximum.outer(*lengths)),
        np.maximum(*clause),
        np.minimum(*clause),
        beside,
        in_step,
        np.log1p(_shared(a.nouns, b.nouns, weight)),
        np.log1p(_shared(a.arguments, b.arguments, rare_arguments)),
        _shared(a.dates, b.dates, weight**2) / np.where(dates == 0, 1, dates),
        np.maximum.outer(a.place, b.place),
        np.add.outer(a.headline, b.headline),
        np.minimum.outer(a.quoted, b.quoted),
        np.log1p(np.minimum.outer(heavy_a, heavy_b)),
    )
    return np.stack(values, axis=-1)


def _local(a: csr_array, b: csr_array, total: int) -> np.ndarray:
    """Rarity of each term in the two articles: log of sentences by sentences with the term."""
    holding = np.asarray(a.sum(axis=0)) + np.asarray(b.sum(axis=0))
    return np.log((total + 1) / np.maximum(1, holding))


def _shared(a: csr_array, b: csr_array, weight: np.ndarray) -> np.ndarray:
    """Weight of the terms that each row of a shares with each row of b."""
    return ((a * weight[None]) @ b.T).toarray()


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return part / np.maximum(whole, 1e-6)


def _clauses(a: Wording, b: Wording, weight: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """The best share of one of a's clauses that b's sentence has; `whole` where none is heavy."""
    heavy = a.clauses @ weight
    chosen = (heavy >= CLAUSE) & (np.asarray(a.clauses.sum(axis=1)) >= 2)
    shares = _share(_shared(a.clauses, b.words, weight), heavy[:, None])
    out = np.zeros_like(whole)
    np.maximum.at(out, a.clause_of[chosen], shares[chosen])
    has = np.isin(np.arange(len(a)), a.clause_of[chosen])
    return np.where(has[:, None], out, whole)


def matched_clauses(
    a: Sequence[Clause], b: Sequence[Clause], rarity: np.ndarray
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The clauses of two linked sentences that tell the same.

    Parameters
    ----------
    a, b : sequence of (int, int, list of int)
        The clauses of either sentence, as `Wording.heads` has them.
    rarity : array
        Rarity of each term.

    Returns
    -------
    (start, end) of a clause of a, (start, end) of a clause of b
        The pair that shares most, by weight of the shared words times Dice's coefficient, so that
        neither a long clause nor a single word wins by its length. None where nothing is shared.
    """
    best = 0.0
    found: tuple[tuple[int, int] | None, tuple[int, int] | None] = (None, None)
    for start, end, terms in a:
        for begin, stop, others in b:
            shared = float(rarity[list(set(terms) & set(others))].sum())
            both = float(rarity[terms].sum() + rarity[others].sum())
            if shared and shared * 2 * shared / both > best:
                best, found = shared * 2 * shared / both, ((start, end), (begin, stop))
    return found


def _ranks(values: np.ndarray, axis: int) -> np.ndarray:
    return (-values).argsort(axis=axis, kind="stable").argsort(axis=axis, kind="stable")


def _neighbours(cosine: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    padded = np.pad(cosine, 1)
    beside = np.maximum.reduce(
        [padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]]
    )
    return beside, np.maximum(padded[:-2, :-2], padded[2:, 2:])


@functools.cache
def model() -> dict:
    """The trained weights with their thresholds: `models/claim_links.json`."""
    return json.loads(MODEL.read_text(encoding="utf-8"))


def scores(
    a: Wording, b: Wording, rarity: np.ndarray, *, weights: dict | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Score every pair of sentences.

    Parameters
    ----------
    a, b, rarity
        As for `features`.
    weights : dict, optional
        A model like `model()`, which is the default.

    Returns
    -------
    two arrays, shape (sentences of a, sentences of b)
        How likely a reader links the two, and how likely a reader finds the main claim the same:
        estimates of the model, 0 to 1. A sentence repeated word for word scores 1 in both.
    """
    weights = weights or model()
    values = features(a, b, rarity)
    link = _link(values, weights["link"])
    same = logistic(linear(values, weights["same"]))
    copies = np.equal.outer(np.array(a.plain, dtype=object), np.array(b.plain, dtype=object))
    copies = copies.astype(bool)
    if kinship(values) < KIN and not copies.any():
        link = np.zeros_like(link)
    return np.where(copies, 1.0, link), np.where(copies, 1.0, same)


def kinship(values: np.ndarray) -> float:
    """How much of an article has a like in the other: the mean best cosine of its sentences.

    Of the two articles' means the larger one counts: a short article may tell a part of a long
    one. On the development pairs and on pairs about different events see benchmarks/README.md.
    """
    cosine = values[..., FEATURES.index("cosine")]
    if not cosine.size:
        return 0.0
    return float(max(cosine.max(axis=1).mean(), cosine.max(axis=0).mean()))


def logistic(logits: np.ndarray) -> np.ndarray:
    """Logits as estimates from 0 to 1."""
    return 1 / (1 + np.exp(-logits))


def linear(values: np.ndarray, weights: dict) -> np.ndarray:
    """Logits of a logistic regression; shape of `values` less the last axis."""
    given = np.array([weights["weights"][name] for name in FEATURES])
    return values @ given + weights["intercept"]


def _link(values: np.ndarray, weights: dict) -> np.ndarray:
    logits = linear(values, weights)
    near = logits >= HOPELESS  # most pairs have nothing in common: the trees would not help them
    logits[near] = (logits[near] + boosted(values[near], weights["trees"])) / 2
    return logistic(logits)


def boosted(values: np.ndarray, trees: dict) -> np.ndarray:
    """Logits of boosted trees.

    Parameters
    ----------
    values : array, shape (pairs, features)
    trees : dict
        `start`, `depth`, and by tree and node `feature`, `threshold`, `left`, `right`, `value`;
        a leaf leads to itself.

    Returns
    -------
    array, shape (pairs,)
    """
    parts = {name: np.array(trees[name]) for name in ("feature", "left", "right")}
    threshold, value = np.array(trees["threshold"]), np.array(trees["value"])
    tree = np.arange(len(threshold))[None]
    node = np.zeros((len(values), len(threshold)), dtype=int)
    pair = np.arange(len(values))[:, None]
    for _ in range(trees["depth"]):
        lower = values[pair, parts["feature"][tree, node]] <= threshold[tree, node]
        node = np.where(lower, parts["left"][tree, node], parts["right"][tree, node])
    return trees["start"] + value[tree, node].sum(axis=1)


@dataclass(frozen=True, eq=False)
class Bands:
    """Scores of every pair of sentences of two articles, and which band each pair is in."""

    scores: np.ndarray
    linked: np.ndarray
    same: np.ndarray
    unsure: np.ndarray

    def score(self, i: int | None, j: int | None) -> float:
        """Score of a pair, or the best score of a sentence alone."""
        part = self.scores[slice(None) if i is None else i, slice(None) if j is None else j]
        return float(np.max(part, initial=0))


def bands(scores: np.ndarray, same: np.ndarray, limits: dict[str, float]) -> Bands:
    """Divide the pairs of sentences by the thresholds `link`, `same` and `none`.

    A sentence without a link is unsure with its best partner from `none` on; else it has no match.
    """
    linked = scores >= limits["link"]
    copy = scores == 1.0
    # a sentence that the other article repeats word for word needs no weaker match
    repeated = copy.any(axis=1)[:, None] & copy.any(axis=0)[None]
    linked &= copy | ~repeated
    unsure = np.zeros_like(linked)
    for i in np.flatnonzero(~linked.any(axis=1)):
        if scores[i].max(initial=0) >= limits["none"]:
            unsure[i, scores[i].argmax()] = True
    for j in np.flatnonzero(~linked.any(axis=0)):
        if scores[:, j].max(initial=0) >= limits["none"]:
            unsure[scores[:, j].argmax(), j] = True
    return Bands(scores, linked, linked & (same >= limits["same"]), unsure)
