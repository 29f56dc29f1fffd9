"""Who gives a figure: the speaker of the innermost attribution around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .story import Story


def add_speakers(story: Story, rows: list[dict]) -> None:
    """Fill the key `speaker` of rows with `article`, `start`, `end` from the attributions."""
    from .sourcing import attributions

    try:
        found = attributions(story)
    except FileNotFoundError:  # no labeller installed
        return
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
