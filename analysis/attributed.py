"""Who gives a figure: the speaker of the innermost attribution around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from .story import Story


def add_speakers(story: Story, rows: list[dict], found: pd.DataFrame | None) -> None:
    """Fill the key `speaker` of rows with `article`, `start`, `end` from attributions.

    Parameters
    ----------
    story : Story
    rows : list of dict
        Changed in place.
    found : DataFrame or None
        Rows of `an.attributions`; None: they are made.
    """
    from .sourcing import attributions

    if not rows:
        return
    found = attributions(story) if found is None else found
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for article, speaker, contents in zip(
        found["article"], found["speaker"], found["content_spans"], strict=True
    ):
        for start, end in contents:
            spans.setdefault(article, []).append((start, end, speaker))
    for row in rows:
        around = [
            (end - start, speaker)
            for start, end, speaker in spans.get(row["article"], [])
            if start <= row["start"] and row["end"] <= end
        ]
        if around:
            row["speaker"] = min(around)[1]
