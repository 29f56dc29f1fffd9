"""Annotated articles as training examples: a tag and two links for every piece."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from analysis import encoder

MASK_ID = 103
IGNORE = -100
NOTHING = -1
"""Link to the first position of the window: no cue, no source."""
UNASKED = -2
ROLES = {"source": 1, "cue": 3, "content": 5}
"""Tag of the first piece of each role; the next tag is its continuation; 0 is no role."""


@dataclass(frozen=True, slots=True)
class Article:
    """Pieces of an article with gold tags and links (numbers of pieces)."""

    pieces: encoder.Pieces
    tags: NDArray[np.int64]
    cue_of: NDArray[np.int64]
    source_of: NDArray[np.int64]


def read(path: Path, tokenizer: Tokenizer) -> list[Article]:
    """Articles of a corpus file (one JSON object a line: text, attributions)."""
    articles = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        pieces = encoder.split(record["text"], tokenizer)
        articles.append(_annotate(pieces, record["attributions"]))
    return articles


def _annotate(pieces: encoder.Pieces, attributions: Sequence[dict[str, list]]) -> Article:
    count = len(pieces)
    tags = np.zeros(count, dtype=np.int64)
    cue_of = np.full(count, UNASKED)
    source_of = np.full(count, UNASKED)
    for item in attributions:
        runs = {}
        for role, first in ROLES.items():
            spans = [
                np.flatnonzero((pieces.starts < end) & (pieces.ends > start))
                for start, end in item[role]
            ]
            runs[role] = [span for span in spans if len(span)]
            for span in runs[role]:
                tags[span] = first + 1
                tags[span[0]] = first
        cue = runs["cue"][0][0] if runs["cue"] else NOTHING
        source = runs["source"][0][0] if runs["source"] else NOTHING
        for span in runs["content"]:
            cue_of[span] = cue
            source_of[span] = source
        for span in runs["cue"]:
            source_of[span] = source
    return Article(pieces, tags, cue_of, source_of)


def batches(
    articles: Sequence[Article], *, size: int, rng: random.Random
) -> list[list[tuple[int, int, int]]]:
    """One epoch: batches of (article, begin, end), with new window boundaries every time."""
    cut = []
    for number, article in enumerate(articles):
        first = rng.randint(60, encoder.WINDOW)
        cut += [(number, *span) for span in encoder.windows(article.pieces, first=first)]
    rng.shuffle(cut)
    done = []
    # Windows of like length share a batch, drawn from pools so that batches stay varied.
    for at in range(0, len(cut), size * 20):
        pool = sorted(cut[at : at + size * 20], key=lambda window: window[2] - window[1])
        groups = [pool[k : k + size] for k in range(0, len(pool), size)]
        rng.shuffle(groups)
        done += groups
    return done


def tensors(
    articles: Sequence[Article],
    batch: Sequence[tuple[int, int, int]],
    *,
    hidden_words: float,
    rng: np.random.Generator,
) -> tuple[torch.Tensor, ...]:
    """Padded ids, types, mask, tags, cue links, source links of a batch.

    Parameters
    ----------
    hidden_words
        Share of words whose pieces are replaced by the mask, so that the model learns to read
        the construction and not only the words it knows.
    """
    rows = []
    for number, begin, end in batch:
        article = articles[number]
        ids, types, index = encoder.window_input(article.pieces, begin, end)
        real = index >= 0
        words = article.pieces.words[index[real]]
        if hidden_words:
            chosen = rng.random(words[-1] - words[0] + 1) < hidden_words
            ids[np.flatnonzero(real)[chosen[words - words[0]]]] = MASK_ID
        position = np.zeros(end - begin, dtype=np.int64)
        position[index[real] - begin] = np.flatnonzero(real)
        row = [ids, types, np.ones_like(ids), np.full_like(ids, IGNORE)]
        row[3][real] = article.tags[begin:end]
        for gold in (article.cue_of, article.source_of):
            link = np.full_like(ids, IGNORE)
            wanted = gold[begin:end]
            inside = (wanted >= begin) & (wanted < end)
            target = np.where(inside, position[np.where(inside, wanted - begin, 0)], 0)
            link[real] = np.where(wanted == UNASKED, IGNORE, target)
            row.append(link)
        rows.append(row)
    longest = max(len(row[0]) for row in rows)
    padded = []
    for field, filler in enumerate((0, 0, 0, IGNORE, IGNORE, IGNORE)):
        table = np.full((len(rows), longest), filler, dtype=np.int64)
        for line, row in enumerate(rows):
            table[line, : len(row[field])] = row[field]
        padded.append(torch.from_numpy(table))
    return tuple(padded)
