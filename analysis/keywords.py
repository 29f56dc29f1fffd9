"""Which words one side uses more than the other, and which words go together.

Short texts differ in hundreds of words by chance. So a word is listed only if no word at all
would be expected to differ as much when sentences (articles, in large groups) are dealt to the two
sides at random.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from . import schema
from .errors import ChoiceError
from .measures import FEWEST_ARTICLES, LEVEL
from .story import Story

if TYPE_CHECKING:
    from spacy.tokens import Token

PRIOR = 1000.0  # words of background added to each side
MIXED = 0.5  # share of wordfreq in the background; the rest is the two sides pooled
FEWEST = 3  # occurrences on both sides together; rarer words cannot survive
PERMUTATIONS = 1999
_SEED = 0
_BATCH = 100  # permutations held in memory at once


def keyness(
    story: Story, *, between: Sequence[str] | None = None, by: str = "article"
) -> pd.DataFrame:
    """List the words that one side uses more often than chance explains.

    Parameters
    ----------
    story : Story
        The articles.
    between : two ids or values, optional
        Which two sides to compare: ids of articles, or values of the column `by`. May be left
        out when there are exactly two.
    by : str
        "article", or a column of `story.articles` whose values name groups ("outlet").

    Returns
    -------
    DataFrame
        One row per surviving word, strongest first: columns of `schema.KEYNESS`; its offsets lead
        to the word's first use on the side that uses it more. Where no word survives the table is
        empty. ``table.attrs`` holds `reason` (why, in words), `a` and `b` (the sides' labels),
        `unit` (sentence or article) and `words` (how many words were compared).

    Raises
    ------
    PairError, ChoiceError
        If it is not clear which two sides are meant.

    Notes
    -----
    Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, doi
    10.1093/pan/mpn018), see `log_odds`; the prior is wordfreq and the two sides pooled, half and
    half. `p` is family-wise: the share of 1,999 random divisions in which any word reaches the
    |z| of this one. Sentences are dealt anew between two articles; articles between groups of at
    least 10. Smaller groups are not compared: their articles' subjects would pass for the
    groups'. Words are forms in lower case that occur at least three times; spaCy's stop words are
    counted in the totals, never compared.
    """
    sides, labels = _sides(story, between, by)
    large = min(len(side) for side in sides) >= FEWEST_ARTICLES
    table = schema.from_rows([], schema.KEYNESS)
    about: dict[str, object] = {
        "a": labels[0],
        "b": labels[1],
        "unit": "article" if large else "sentence",
    }
    if not large and max(len(side) for side in sides) > 1:
        table.attrs = {
            **about,
            "words": 0,
            "reason": f"groups of {len(sides[0])} and {len(sides[1])} articles are too small to "
            f"compare; {FEWEST_ARTICLES} each are needed",
        }
        return table
    tokens = [list(_tokens(story, side)) for side in sides]
    vocabulary = _vocabulary(tokens)
    about |= {"words": len(vocabulary)}
    if not vocabulary:
        table.attrs = {**about, "reason": f"no word occurs {FEWEST} times"}
        return table
    units = [_units(side, vocabulary, by_article=large) for side in tokens]
    counts = [matrix.sum(axis=0) for matrix, _ in units]
    totals = [float(sizes.sum()) for _, sizes in units]
    prior = PRIOR * _background(vocabulary, counts, sum(totals))
    delta, z = log_odds(*counts, totals=totals, prior=prior, mass=PRIOR)
    p = _family_wise(units, z, prior)
    rows = []
    for place in np.argsort(-np.abs(z)):
        if p[place] >= LEVEL:
            continue
        side = 0 if delta[place] > 0 else 1
        word = list(vocabulary)[place]
        article, token = next((a, t) for a, _, t in tokens[side] if t.lower_ == word)
        trace = story.trace(article, token.idx, token.idx + len(token))
        rows.append(
            {
                **{name: trace[name] for name in ("article", "start", "end", "text")},
                "word": word,
                "count_a": int(counts[0][place]),
                "count_b": int(counts[1][place]),
                "per_1000_a": 1000 * counts[0][place] / totals[0],
                "per_1000_b": 1000 * counts[1][place] / totals[1],
                "log_odds": delta[place],
                "z": z[place],
                "p": p[place],
                "higher_in": labels[side],
            }
        )
    table = schema.from_rows(rows, schema.KEYNESS)
    reason = (
        ""
        if rows
        else (
            f"none of {len(vocabulary)} words differs more than random divisions of the "
            f"{about['unit']}s make some word differ"
        )
    )
    table.attrs = {**about, "reason": reason}
    return table


def log_odds(
    count_a: np.ndarray,
    count_b: np.ndarray,
    *,
    totals: Sequence[float],
    prior: np.ndarray,
    mass: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds ratio with an informative Dirichlet prior, and its z score.

    Parameters
    ----------
    count_a, count_b : ndarray
        Occurrences of each word on the two sides (any leading axes).
    totals : two floats
        All words of each side.
    prior : ndarray
        Occurrences of each word in the prior, above 0.
    mass : float
        All words of the prior.

    Returns
    -------
    delta, z : ndarray
        ``delta = ln[(y1+a)/(n1+a0-y1-a)] - ln[(y2+a)/(n2+a0-y2-a)]`` and
        ``z = delta / sqrt(1/(y1+a) + 1/(y2+a))``.
    """
    one, other = count_a + prior, count_b + prior
    delta = np.log(one / (totals[0] + mass - one)) - np.log(other / (totals[1] + mass - other))
    return delta, delta / np.sqrt(1 / one + 1 / other)


def collocations(story: Story, *, article: str | None = None, fewest: int = 2) -> pd.DataFrame:
    """Pairs of neighbouring words that go together more often than their frequencies explain.

    Parameters
    ----------
    story : Story
        The articles.
    article : str, optional
        Only in this one; default: in all of them.
    fewest : int
        Occurrences a pair must have.

    Returns
    -------
    DataFrame
        `words`, `count`, `log_likelihood` (NLTK's likelihood ratio), strongest first, with
        `article`, `start`, `end`, `text` of the first occurrence. Stop words and marks break
        pairs; pairs do not reach across sentences.

    Raises
    ------
    ChoiceError
        If there is no such article.
    """
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    if article is not None and article not in story.ids:
        raise ChoiceError(f"article={article!r} is not known; expected one of {story.ids}")
    sentences: list[list[str]] = []
    first: dict[tuple[str, str], tuple[str, int, int]] = {}
    for name, _, sentence in story.parses():
        if article is not None and name != article:
            continue
        previous = None
        run: list[str] = []
        for token in sentence:
            if not token.is_alpha or token.is_stop:
                sentences.append(run)
                previous, run = None, []
                continue
            run.append(token.lower_)
            if previous is not None:
                pair = (previous.lower_, token.lower_)
                first.setdefault(pair, (name, previous.idx, token.idx + len(token)))
            previous = token
        sentences.append(run)
    finder = BigramCollocationFinder.from_documents([run for run in sentences if run])
    finder.apply_freq_filter(fewest)
    rows = []
    for pair, score in finder.score_ngrams(BigramAssocMeasures.likelihood_ratio):
        if pair in first:
            where, start, end = first[pair]
            rows.append(
                {
                    "words": " ".join(pair),
                    "count": finder.ngram_fd[pair],
                    "log_likelihood": score,
                    "article": where,
                    "start": start,
                    "end": end,
                    "text": story.texts[where][start:end],
                }
            )
    columns = ["words", "count", "log_likelihood", "article", "start", "end", "text"]
    return pd.DataFrame(rows, columns=columns)


def _sides(story: Story, between, by: str) -> tuple[list[list[str]], list[str]]:
    if by == "article":
        pair = story.pair(between)
        return [[article] for article in pair], [story.labels[article] for article in pair]
    if by not in story.articles.columns or by in ("text", "words"):
        raise ChoiceError(
            f"by={by!r} is no column of story.articles; expected article, outlet, label, …"
        )
    groups = story.articles.groupby(by)["article"].agg(list)
    chosen = list(groups.index) if between is None else list(between)
    if len(chosen) != 2 or not set(chosen) <= set(groups.index):
        raise ChoiceError(
            f"between={between!r}; expected two of the values of {by}: "
            f"{', '.join(map(str, groups.index))}"
        )
    return [groups[value] for value in chosen], [str(value) for value in chosen]


def _tokens(story: Story, articles: Sequence[str]) -> Iterator[tuple[str, int, Token]]:
    wanted = set(articles)
    for article, number, sentence in story.parses():
        if article in wanted:
            for token in sentence:
                if token.is_alpha:
                    yield article, number, token


def _vocabulary(tokens: Sequence[list[tuple[str, int, Token]]]) -> dict[str, int]:
    from nltk import FreqDist

    # function words tell of style, not of subject; they stay in the totals only
    frequency = FreqDist(
        token.lower_ for side in tokens for _, _, token in side if not token.is_stop
    )
    return {
        word: n for n, word in enumerate(sorted(w for w in frequency if frequency[w] >= FEWEST))
    }


def _units(
    tokens: list[tuple[str, int, Token]], vocabulary: dict[str, int], *, by_article: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Occurrences of each word in each unit, and the words of each unit."""
    places: dict[tuple[str, int], int] = {}
    rows = [
        places.setdefault((article, 0 if by_article else number), len(places))
        for article, number, _ in tokens
    ]
    matrix = np.zeros((len(places), len(vocabulary)))
    sizes = np.bincount(rows, minlength=len(places)).astype(float)
    for row, (_, _, token) in zip(rows, tokens, strict=True):
        column = vocabulary.get(token.lower_)
        if column is not None:
            matrix[row, column] += 1
    return matrix, sizes


def _background(vocabulary: dict[str, int], counts: list[np.ndarray], total: float) -> np.ndarray:
    """Probability of each word in the prior; what is missing to 1 falls to the words left out."""
    from wordfreq import word_frequency

    pooled = sum(counts) / total
    general = np.array([word_frequency(word, "en") for word in vocabulary])
    return MIXED * general + (1 - MIXED) * pooled


def _family_wise(units, z: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Family-wise p values: how often any word reaches each |z| when units are dealt at random."""
    matrix = np.vstack([each for each, _ in units])
    sizes = np.concatenate([each for _, each in units])
    inside = len(units[0][1])
    counts, total = matrix.sum(axis=0), sizes.sum()
    rng = np.random.default_rng(_SEED)
    highest = np.empty(PERMUTATIONS)
    for start in range(0, PERMUTATIONS, _BATCH):
        batch = min(_BATCH, PERMUTATIONS - start)
        dealt = np.zeros((batch, len(sizes)))
        order = rng.permuted(np.tile(np.arange(len(sizes)), (batch, 1)), axis=1)
        np.put_along_axis(dealt, order[:, :inside], 1, axis=1)
        one, words = dealt @ matrix, (dealt @ sizes)[:, None]
        _, drawn = log_odds(
            one, counts - one, totals=(words, total - words), prior=prior, mass=PRIOR
        )
        highest[start : start + batch] = np.abs(drawn).max(axis=1)
    return (1 + (highest[:, None] >= np.abs(z) - 1e-12).sum(axis=0)) / (PERMUTATIONS + 1)
