"""Shared text: passages that two articles have word for word, such as wire copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .story import WORD

if TYPE_CHECKING:
    from .story import Story

RUN = 5  # words of the runs that are compared
_STRAIGHT = str.maketrans("’‘", "''")


@dataclass(frozen=True, eq=False)
class _Words:
    """The words of an article's sentences, folded for comparison, with their offsets."""

    forms: list[str]
    spans: list[tuple[int, int]]

    def runs(self) -> list[tuple[str, ...]]:
        """All runs of `RUN` words."""
        return [tuple(self.forms[i : i + RUN]) for i in range(len(self.forms) - RUN + 1)]


def _words(story: Story, article: str) -> _Words:
    forms, spans = [], []
    for row in story.sentences_of(article).itertuples():
        for match in WORD.finditer(row.text):
            forms.append(match.group().translate(_STRAIGHT).lower())
            spans.append((row.start + match.start(), row.start + match.end()))
    return _Words(forms, spans)


def shared_text(
    story: Story, *, between: Sequence[str] | None = None, at_least: int = RUN
) -> pd.DataFrame:
    """Passages that two articles have word for word, longest first.

    Parameters
    ----------
    story : Story
    between : two ids, optional
        Which two to compare; may be left out when the story has exactly two.
    at_least : int
        Fewest words of a passage; 5 or more.

    Returns
    -------
    DataFrame
        Columns in `schema.SHARED_TEXT`. Case, punctuation and the kind of apostrophe do not
        count. Every word of article a is in one passage at most, and so is every word of b: the
        longest passages are taken first. A passage may run over the end of a sentence.

    Raises
    ------
    PairError
        If it is not clear which two articles are meant.

    Notes
    -----
    Short passages are often names and set phrases, or the same quotation (`a_voice`, `b_voice`);
    long ones in the articles' own voice tell of a common text. Look here before reading "both
    tell" as two reports: copies are not corroboration. For the share see `text_overlap`.
    """
    first, second = story.pair(between)
    a, b = _words(story, first), _words(story, second)
    rows = []
    for i, j, length in _passages(a, b, max(RUN, at_least)):
        row: dict = {"words": length}
        for side, article, words, at in (("a", first, a, i), ("b", second, b, j)):
            start, end = words.spans[at][0], words.spans[at + length - 1][1]
            row |= {
                f"article_{side}": article,
                f"{side}_start": start,
                f"{side}_end": end,
                f"{side}_text": story.texts[article][start:end],
                f"{side}_voice": story.voice(article, start, end),
            }
        rows.append(row)
    return schema.from_rows(rows, schema.SHARED_TEXT)


def _passages(a: _Words, b: _Words, at_least: int) -> list[tuple[int, int, int]]:
    """Places and lengths of shared passages, longest first, without overlap on either side."""
    places = defaultdict(list)
    for j, run in enumerate(b.runs()):
        places[run].append(j)
    found = []
    for i, run in enumerate(a.runs()):
        for j in places.get(run, ()):
            if i and j and a.forms[i - 1] == b.forms[j - 1]:
                continue  # inside a passage that began before
            length = RUN
            while (
                i + length < len(a.forms)
                and j + length < len(b.forms)
                and a.forms[i + length] == b.forms[j + length]
            ):
                length += 1
            found.append((i, j, length))
    taken_a, taken_b = [False] * len(a.forms), [False] * len(b.forms)
    kept = []
    for i, j, length in sorted(found, key=lambda passage: (-passage[2], passage[:2])):
        if length < at_least or any(taken_a[i : i + length]) or any(taken_b[j : j + length]):
            continue
        taken_a[i : i + length] = [True] * length
        taken_b[j : j + length] = [True] * length
        kept.append((i, j, length))
    return kept


def text_overlap(story: Story) -> pd.DataFrame:
    """How much text every two articles share word for word.

    Parameters
    ----------
    story : Story
        Two or more articles.

    Returns
    -------
    DataFrame
        Columns in `schema.TEXT_OVERLAP`, one row per pair, the largest share first. `share` is
        the number of distinct runs of five words that both have, over those of the article that
        has fewer; 0 where an article has less than five words.

    Notes
    -----
    Of 300 pairs of articles on the same event (BASIL), 16 share more than 20 %: wire copy.
    """
    runs = {article: set(_words(story, article).runs()) for article in story.ids}
    rows: list[dict] = []
    for first, second in combinations(story.ids, 2):
        shared = len(runs[first] & runs[second])
        fewer = min(len(runs[first]), len(runs[second]))
        share = shared / fewer if fewer else 0.0
        rows.append(
            {
                "article_a": first,
                "article_b": second,
                "shared": shared,
                "runs": fewer,
                "share": share,
            }
        )
    rows.sort(key=lambda row: -row["share"])
    return schema.from_rows(rows, schema.TEXT_OVERLAP)
