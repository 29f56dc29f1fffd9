"""Who speaks: one name for all mentions of the same source, within and across articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .story import Story

Span = tuple[int, int]
_DETERMINER = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True)
class Speaker:
    """One source: its name (several joined by "; "), kind, and whether it could be looked up."""

    name: str
    source_type: str
    named: bool


def identify(story: Story, mentions: Sequence[tuple[str, tuple[Span, ...]]]) -> list[Speaker]:
    """Speaker of every mention (article, spans of the source)."""
    speakers = []
    for article, spans in mentions:
        if not spans:
            speakers.append(Speaker("", "unnamed", False))
            continue
        text = story.texts[article]
        written = " ".join(text[start:end] for start, end in spans).strip(" ,")
        name = _POSSESSIVE.sub(
            "", written[match.end() :] if (match := _DETERMINER.match(written)) else written
        )
        speakers.append(Speaker(name, "other", any(c.isupper() for c in name)))
    return speakers
