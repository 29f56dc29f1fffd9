"""Intervals and tests for rates of events per word: what scipy and statsmodels offer, chosen.

Within one article the unit is the sentence; for a group of articles it is the article, because
sentences of one article resemble each other more than those of two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

FEWEST_ARTICLES = 10  # a smaller group says nothing beyond its own articles
PER = 1000.0
RESAMPLES = 9999
SEED = 0


@dataclass(frozen=True, eq=False)
class Sample:
    """Events and words of the sentences of one group, and the article each belongs to."""

    counts: np.ndarray
    sizes: np.ndarray
    of_article: np.ndarray

    @property
    def articles(self) -> int:
        """Number of articles in the group."""
        return len(set(self.of_article))

    @cached_property
    def by_article(self) -> tuple[np.ndarray, np.ndarray]:
        """Events and words per article."""
        _, place = np.unique(self.of_article.astype(str), return_inverse=True)
        return np.bincount(place, self.counts), np.bincount(place, self.sizes)

    def rate(self, level: float = 0.05) -> dict:
        """Count, words, rate per 1,000 words, its interval and the method that made it."""
        count, words = int(self.counts.sum()), int(self.sizes.sum())
        low, high, method = np.nan, np.nan, "no words"
        if words and self.articles >= FEWEST_ARTICLES:
            low, high, method = *_resampled(self, level), "articles resampled"
        elif words:
            low, high, method = *_poisson(count, words, level), "score interval of a count"
        return {
            "count": count,
            "words": words,
            "per_1000_words": PER * count / words if words else np.nan,
            "low": low,
            "high": high,
            "method": method,
        }


@dataclass(frozen=True, eq=False)
class Difference:
    """Difference between the rates of two samples, per 1,000 words."""

    a: Sample
    b: Sample

    @property
    def value(self) -> float:
        """Rate of a less rate of b."""
        words = self.a.sizes.sum(), self.b.sizes.sum()
        if not all(words):
            return np.nan
        return PER * float(self.a.counts.sum() / words[0] - self.b.counts.sum() / words[1])

    @property
    def resamples_articles(self) -> bool:
        """Whether both groups are large enough to resample their articles."""
        return min(self.a.articles, self.b.articles) >= FEWEST_ARTICLES

    @cached_property
    def p(self) -> float:
        """Probability of a difference as large if both had one rate, two-sided."""
        from scipy.stats import permutation_test
        from statsmodels.stats.rates import test_poisson_2indep

        counts = int(self.a.counts.sum()), int(self.b.counts.sum())
        words = self.a.sizes.sum(), self.b.sizes.sum()
        if not all(words) or not any(counts):
            return 1.0
        if self.resamples_articles:
            counts, sizes = (
                np.concatenate(both)
                for both in zip(self.a.by_article, self.b.by_article, strict=True)
            )

            def statistic(x, y, axis):
                x, y = x.astype(int), y.astype(int)
                return _ratio(counts[x], sizes[x], axis) - _ratio(counts[y], sizes[y], axis)

            size = self.a.articles
            places = np.arange(len(counts))
            return float(
                permutation_test(
                    (places[:size], places[size:]),
                    statistic,
                    vectorized=True,
                    n_resamples=RESAMPLES,
                    batch=1000,
                    rng=np.random.default_rng(SEED),
                ).pvalue
            )
        with np.errstate(invalid="ignore", divide="ignore"):
            return float(
                test_poisson_2indep(
                    counts[0], words[0], counts[1], words[1], method="exact-cond"
                ).pvalue
            )

    def interval(self, level: float = 0.05) -> tuple[float, float]:
        """Interval of the difference."""
        from scipy.stats import bootstrap
        from statsmodels.stats.rates import confint_poisson_2indep

        counts = int(self.a.counts.sum()), int(self.b.counts.sum())
        words = self.a.sizes.sum(), self.b.sizes.sum()
        if not all(words):
            return np.nan, np.nan
        if self.resamples_articles:
            (counts_a, sizes_a), (counts_b, sizes_b) = self.a.by_article, self.b.by_article

            def statistic(x, y, axis):
                return _ratio(counts_a[x], sizes_a[x], axis) - _ratio(counts_b[y], sizes_b[y], axis)

            found = bootstrap(
                (np.arange(len(counts_a)), np.arange(len(counts_b))),
                statistic,
                n_resamples=RESAMPLES,
                batch=1000,
                confidence_level=1 - level,
                method="percentile",
                rng=np.random.default_rng(SEED),
            ).confidence_interval
            return PER * float(found.low), PER * float(found.high)
        low, high = confint_poisson_2indep(
            counts[0], words[0], counts[1], words[1], method="mover", compare="diff", alpha=level
        )
        return PER * float(low), PER * float(high)


def pool(samples: Sequence[Sample]) -> Sample:
    """Several groups taken together."""
    return Sample(
        *(
            np.concatenate([getattr(sample, name) for sample in samples])
            for name in ("counts", "sizes", "of_article")
        )
    )


def _ratio(counts: np.ndarray, sizes: np.ndarray, axis: int) -> np.ndarray:
    return counts.sum(axis=axis) / np.maximum(sizes.sum(axis=axis), 1)


def _poisson(count: int, words: int, level: float) -> tuple[float, float]:
    from statsmodels.stats.rates import confint_poisson

    low, high = confint_poisson(count, words, method="score", alpha=level)
    return PER * float(low), PER * float(high)


def _resampled(sample: Sample, level: float) -> tuple[float, float]:
    from scipy.stats import bootstrap

    counts, sizes = sample.by_article

    def statistic(x, axis):
        return _ratio(counts[x], sizes[x], axis)

    found = bootstrap(
        (np.arange(len(counts)),),
        statistic,
        n_resamples=RESAMPLES,
        batch=1000,
        confidence_level=1 - level,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return PER * float(found.low), PER * float(found.high)
