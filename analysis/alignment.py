"""Which sentences of two articles tell the same: a score for every pair of sentences.

Words weigh by their rarity: in the language at large (wordfreq), and inside the two articles, so
that the subject of the story, which every sentence names, links nothing by itself.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .story import Story

LINKED = 0.30  # from here on a pair of sentences is linked
UNSURE = 0.20  # from here on it is left to the reader


@dataclass(frozen=True, eq=False)
class Profile:
    """An article's claims: the numbers of its sentences, and the weighted words of each."""

    article: str
    sentences: list[int]
    words: list[dict[str, float]]


def profile(story: Story, article: str) -> Profile:
    """Collect what the sentences of an article are made of.

    Headings between paragraphs are no claims and are left out; headline and standfirst count.
    """
    from wordfreq import zipf_frequency

    table = story.sentences_of(article)
    told = table["part"].ne("heading")
    told |= table["part"].isin(["body", "standfirst"]).cumsum().eq(0)  # a headline given twice
    numbers, words = [], []
    for row in table[told].itertuples():
        span = story.docs[article].char_span(row.start, row.end, alignment_mode="expand")
        lemmas = Counter(
            token.lemma_.lower()
            for token in span
            if not (token.is_space or token.is_punct or token.is_stop)
        )
        numbers.append(int(row.sentence))
        words.append({w: n * max(0.1, 8 - zipf_frequency(w, "en")) for w, n in lemmas.items()})
    return Profile(article, numbers, words)


def link_scores(a: Profile, b: Profile) -> np.ndarray:
    """Score every pair of sentences, 0 to 1; rows are a's sentences, columns b's."""
    frequency = Counter(word for side in (a, b) for words in side.words for word in words)
    total = max(1, len(a.words) + len(b.words))
    local = {word: math.log(1 + total / n) for word, n in frequency.items()}
    column = {word: i for i, word in enumerate(frequency)}
    matrices = []
    for side in (a, b):
        matrix = np.zeros((len(side.words), len(column)))
        for i, words in enumerate(side.words):
            for word, weight in words.items():
                matrix[i, column[word]] = weight * local[word]
        norm = np.linalg.norm(matrix, axis=1, keepdims=True)
        matrices.append(matrix / np.where(norm == 0, 1, norm))
    return np.clip(matrices[0] @ matrices[1].T, 0, 1)
