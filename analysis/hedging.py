"""Hedges: every cue of uncertainty, its type, what it bears on, whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .cue_patterns import Match, find_cues
from .hedge_scope import characters, holder, reach, span_of
from .parse_conditions import negation, root

if TYPE_CHECKING:
    from .story import Story

_NEGATIVE = {"unlikely", "doubtful", "dubious", "doubt", "doubts", "doubted"}


def hedges(story: Story) -> pd.DataFrame:
    """Find the cues of uncertainty in every sentence.

    Parameters
    ----------
    story : Story
        Articles with their parse.

    Returns
    -------
    DataFrame
        One row per cue, in order of the text; columns in `schema.HEDGES`. `type` booster is the
        counterweight and no hedge: leave it out of totals (``table[table.type != "booster"]``).

    Notes
    -----
    The cues, their types and the conditions they must meet are the lexicon `hedges.csv`; the
    types follow Szarvas et al. 2012, Vincze 2013, Hyland 2005 and Prince et al. 1982. A cue says
    how a statement is made, not whether it holds. A named source ("NIS said") is sourcing and no
    cue. Measured precision and recall: `benchmarks/hedging.py` and `an.methods`.
    Limits: English news; sarcasm, and uncertainty that is spread over sentences, are not seen.

    Examples
    --------
    >>> an.hedges(story).groupby(["article", "type"]).size()
    """
    rows: list[dict] = []
    for article, sentence, span in story.parses():
        matches = find_cues(span)
        if matches:
            rows += _rows(story, article, sentence, matches)
    return schema.from_rows(rows, schema.HEDGES)


def _rows(story: Story, article: str, sentence: int, matches: list[Match]) -> list[dict]:
    doc = story.docs[article]
    parts = story.sentences_of(article)["part"]
    reaches = [reach(match) for match in matches]
    stacks = _stacks(matches, [(found.first, found.after, found.event) for found in reaches])
    rows = []
    free_from = 0
    for match, found, stack in zip(matches, reaches, stacks, strict=True):
        first, after = span_of(match)
        if first < free_from:
            continue  # the phrase of another vague source already holds it
        free_from = after
        start, end = doc[first].idx, doc[after - 1].idx + len(doc[after - 1])
        scope_start, scope_end = characters(found, doc)
        voice = story.voice(article, start, end)
        whose = holder(match)
        if voice == "quoted" and whose == "author":
            whose = "unstated"
        rows.append(
            story.trace(article, start, end)
            | {
                "sentence": sentence,
                "type": match.rule.type,
                "scope_start": scope_start,
                "scope_end": scope_end,
                "holder": whose,
                "voice": voice,
                "rule": match.rule.name,
                "strength": match.rule.strength,
                "polarity": _polarity(match),
                "part": parts[sentence],
                "stack": stack,
            }
        )
    return rows


def _stacks(matches: list[Match], reaches: list[tuple[int, int, int]]) -> list[int]:
    """How many hedging cues bear on the same event as each cue, itself included."""
    hedging = [match.rule.type not in ("booster", "approximation") for match in matches]
    counts = []
    for own, (first, after, event) in zip(hedging, reaches, strict=True):
        others = sum(
            other and (f <= event < a or first <= e < after)
            for other, (f, a, e) in zip(hedging, reaches, strict=True)
        )
        counts.append(max(1, others) if own else 1)
    return counts


def _polarity(match: Match) -> str:
    """Whether the cue leans to the statement or away from it."""
    tokens = list(match.tokens)
    away = any(token.lower_ in _NEGATIVE for token in tokens)
    if match.rule.type not in ("non_confirmation", "approximation", "condition", "vague_source"):
        before = negation(root(tokens))
        if before is not None and before not in tokens:
            away = not away
    return "against" if away else "for"
