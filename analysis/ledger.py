"""The claim ledger: what both articles tell, what was found in one only, where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from . import schema
from .alignment import LINKED, UNSURE, Profile, link_scores, profile

if TYPE_CHECKING:
    from .story import Story

SAME = 0.62
ANOTHER_STORY = "The two articles do not seem to tell the same story: no two sentences were linked."


def claims(story: Story, *, between: Sequence[str] | None = None) -> pd.DataFrame:
    """Link the statements of one article to those of another.

    Parameters
    ----------
    story : Story
        The articles.
    between : two ids, optional
        Which two to compare; may be left out when the story has exactly two.

    Returns
    -------
    DataFrame
        Columns in `schema.CLAIMS`. One row per link (`same`, `partial`, `conflict`), per pair
        that is left to the reader (`unsure`), and per sentence without a match (`only a`,
        `only b`: no match was found, which is not to say that there is none). Links come
        first, in the order of article a. ``frame.attrs["note"]`` says so when the articles do
        not seem to tell the same story.

    Raises
    ------
    PairError
        If it is not clear which two articles are meant.
    """
    first, second = story.pair(between)
    a, b = profile(story, first), profile(story, second)
    scores = link_scores(a, b)
    rows = _links(story, a, b, scores)
    frame = schema.from_rows(rows, schema.CLAIMS)
    if not frame["relation"].isin(["same", "partial", "conflict"]).any():
        frame.attrs["note"] = ANOTHER_STORY
    return frame


def _links(story: Story, a: Profile, b: Profile, scores: np.ndarray) -> list[dict]:
    linked = scores >= LINKED
    told_a, told_b = linked.any(axis=1), linked.any(axis=0)
    doubtful = np.zeros_like(linked)
    if scores.size:
        for i in np.flatnonzero(~told_a):
            doubtful[i, scores[i].argmax()] = scores[i].max() >= UNSURE
        for j in np.flatnonzero(~told_b):
            doubtful[scores[:, j].argmax(), j] = scores[:, j].max() >= UNSURE
    seen_a, seen_b = told_a | doubtful.any(axis=1), told_b | doubtful.any(axis=0)
    found = [
        (i, j, "same" if scores[i, j] >= SAME else "partial")
        for i, j in np.argwhere(linked).tolist()
    ]
    found += [(i, j, "unsure") for i, j in np.argwhere(doubtful).tolist()]
    found += [(i, None, "only a") for i in np.flatnonzero(~seen_a).tolist()]
    found += [(None, j, "only b") for j in np.flatnonzero(~seen_b).tolist()]
    best_a = scores.max(axis=1, initial=0)
    best_b = scores.max(axis=0, initial=0)
    rows = []
    for number, (i, j, relation) in enumerate(found):
        if i is None:
            score = best_b[j]
        elif j is None:
            score = best_a[i]
        else:
            score = scores[i, j]
        rows.append(
            {
                **_side(story, a, i, "a"),
                **_side(story, b, j, "b"),
                "claim": number,
                "score": float(score),
                "relation": relation,
                "differs": "",
                "status": "auto",
            }
        )
    return rows


def _side(story: Story, profile: Profile, index: int | None, side: str) -> dict:
    row: dict = {f"article_{side}": profile.article}
    if index is None:
        missing = {f"{side}_start": pd.NA, f"{side}_end": pd.NA, f"{side}_text": None}
        return {**row, **missing, f"sentence_{side}": pd.NA}
    sentence = story.sentences_of(profile.article).loc[profile.sentences[index]]
    return {
        **row,
        f"{side}_start": int(sentence["start"]),
        f"{side}_end": int(sentence["end"]),
        f"{side}_text": sentence["text"],
        f"sentence_{side}": int(sentence["sentence"]),
    }
