"""Who says what: attributions, and the sources an article is built on.

The labeller (`attribution_model`) finds source, cue and content; this module makes the tables:
it keeps the spans inside the article's own sentences, tells direct from indirect speech, and
counts the words that rest on each source. `speakers` names the sources, `source_kinds` types them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .quotation import in_quotes
from .speakers import Speaker, identify
from .story import WORD, Story

if TYPE_CHECKING:
    from .attribution_model import Relation

Span = tuple[int, int]
Labeller = Callable[[str], "Sequence[Relation]"]

MODEL_VARIABLE = "TELLINGS_ATTRIBUTION_MODEL"
"""Environment variable: folder of another model for the labeller."""


@dataclass(frozen=True)
class Found:
    """One attribution of an article before it becomes a row: spans, and what found it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    rule: str = "model"
    parent: int | None = None

    @property
    def start(self) -> int:
        """First code point of all spans."""
        return min(span[0] for span in self.source + self.cue + self.content)

    @property
    def end(self) -> int:
        """Code point after the last one of all spans."""
        return max(span[1] for span in self.source + self.cue + self.content)


def attributions(story: Story, *, labeller: Labeller | None = None) -> pd.DataFrame:
    """Find who says, knows, believes or wants what, by which word.

    Parameters
    ----------
    story : Story
        The articles.
    labeller : callable, optional
        Takes a text, gives its outermost relations (`attribution_model.Relation`). By default
        the delivered model, or the one in the folder that the environment variable
        ``TELLINGS_ATTRIBUTION_MODEL`` names.

    Returns
    -------
    DataFrame
        One row per attribution, columns in `schema.ATTRIBUTIONS`, ordered by place in the text.
    """
    label = labeller or _model()
    found = {article: _find(story, article, label) for article in story.ids}
    mentions = [(article, item.source) for article, items in found.items() for item in items]
    speakers = iter(identify(story, mentions))
    rows = []
    for article, items in found.items():
        for number, item in enumerate(items):
            rows.append(_row(story, article, number, item, next(speakers)))
    return schema.from_rows(rows, schema.ATTRIBUTIONS)


def _model() -> Labeller:
    from . import attribution_model

    folder = os.environ.get(MODEL_VARIABLE)
    return attribution_model.load(folder=folder).label


def _find(story: Story, article: str, label: Labeller) -> list[Found]:
    """Attributions of one article, in order, with the numbers of their parents."""
    text = story.texts[article]
    blocks = _blocks(story, article)
    found = []
    for relation in label(_own_words(text, blocks)):
        item = Found(
            _inside(relation.source, blocks),
            _inside(relation.cue, blocks),
            _inside(relation.content, blocks),
            relation.confidence,
        )
        if item.content:
            found.append(item)
    return sorted(found, key=lambda item: (item.start, -item.end, item.cue))


def _blocks(story: Story, article: str) -> list[Span]:
    """Spans of the article's paragraphs: sentences of one paragraph, joined."""
    sentences = story.sentences_of(article)
    grouped = sentences.groupby("paragraph", sort=True)
    return list(zip(grouped["start"].min(), grouped["end"].max(), strict=True))


def _own_words(text: str, blocks: Iterable[Span]) -> str:
    """The text with date stamps and bylines blanked out, every character at its place."""
    kept = [" " if character not in "\r\n" else character for character in text]
    for start, end in blocks:
        kept[start:end] = text[start:end]
    return "".join(kept)


def _inside(spans: Iterable[Span], blocks: Iterable[Span]) -> tuple[Span, ...]:
    """Spans cut at the borders of paragraphs."""
    return tuple(
        (max(start, first), min(end, last))
        for start, end in spans
        for first, last in blocks
        if start < last and first < end
    )


def _row(story: Story, article: str, number: int, item: Found, speaker: Speaker) -> dict:
    text = story.texts[article]
    place = item.cue or item.content
    return {
        **story.trace(article, item.start, item.end),
        "attribution": number,
        "source": joined(text, item.source),
        "cue": joined(text, item.cue),
        "content": joined(text, item.content),
        "source_spans": list(item.source),
        "cue_spans": list(item.cue),
        "content_spans": list(item.content),
        "form": _form(text, item.content, story.quotes[article]),
        "source_type": speaker.source_type,
        "named": speaker.named,
        "speaker": speaker.name,
        "parent": item.parent,
        "voice": story.voice(article, place[0][0], place[-1][1]),
        "confidence": item.confidence,
        "rule": item.rule,
    }


def joined(text: str, spans: Sequence[Span]) -> str:
    """Text of the spans; an ellipsis in brackets stands for what lies between them."""
    pieces: list[str] = []
    for n, (start, end) in enumerate(spans):
        if n and text[spans[n - 1][1] : start].strip():
            pieces.append("[…]")
        pieces.append(text[start:end])
    return " ".join(pieces)


def _form(text: str, content: Iterable[Span], quotes: list[Span]) -> str:
    """direct: every word is quoted; indirect: none; mixed: some."""
    quoted = [
        in_quotes(quotes, start + word.start(), start + word.end())
        for start, end in content
        for word in WORD.finditer(text[start:end])
    ]
    if not any(quoted):
        return "indirect"
    return "direct" if all(quoted) else "mixed"


def sources(story: Story, *, table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count, per speaker and article, the attributions and the attributed words.

    Parameters
    ----------
    story : Story
        The articles.
    table : DataFrame, optional
        Attributions (of `attributions`, perhaps corrected); found anew if left out.

    Returns
    -------
    DataFrame
        One row per speaker and article, columns in `schema.SOURCES`, most words first.
        Outermost attributions only. An attribution to several speakers ("Kyiv and NATO") counts
        for each of them, so that the rows of an article can add up to more than its attributed
        words. `start`, `end`, `text` show the first attribution's source, or, where it has none,
        the whole attribution.
    """
    table = attributions(story) if table is None else table
    outer = table[table["parent"].isna()]
    outer = outer.assign(speaker=outer["speaker"].str.split("; ")).explode("speaker")
    words = dict(zip(story.articles["article"], story.articles["words"], strict=True))
    rows = []
    for (article, speaker), group in outer.groupby(["article", "speaker"], sort=False):
        first = group.iloc[0]
        spans = first["source_spans"] or [(first["start"], first["end"])]
        start, end = spans[0][0], spans[-1][1]
        count = _count(story.texts[article], group["content_spans"])
        rows.append(
            {
                "article": article,
                "start": start,
                "end": end,
                "text": story.texts[article][start:end],
                "speaker": speaker,
                "source_type": first["source_type"],
                "named": first["named"],
                "attributions": len(group),
                "words": count,
                "share": count / words[article] if words[article] else 0.0,
            }
        )
    frame = schema.from_rows(rows, schema.SOURCES)
    order = {article: n for n, article in enumerate(story.ids)}
    return frame.sort_values(
        ["article", "words", "start", "speaker"],
        ascending=[True, False, True, True],
        key=lambda column: column.map(order) if column.name == "article" else column,
        ignore_index=True,
    )


def source_shares(story: Story, *, table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Tell how many of each article's words rest on a source, and on what kind.

    Parameters
    ----------
    story : Story
        The articles.
    table : DataFrame, optional
        Attributions (of `attributions`, perhaps corrected); found anew if left out.

    Returns
    -------
    DataFrame
        One row per article, columns in `schema.SOURCE_SHARES`. A word counts once: in the
        content of a named source before that of one kept unnamed, before that of none.
    """
    table = attributions(story) if table is None else table
    outer = table[table["parent"].isna()]
    rows = []
    for article, total in zip(story.articles["article"], story.articles["words"], strict=True):
        own = outer[outer["article"] == article]
        no_source = own["source"] == ""
        text = story.texts[article]
        taken: set[int] = set()
        counts = {}
        for name, chosen in (
            ("named", own["named"]),
            ("not_named", ~own["named"] & ~no_source),
            ("no_source", no_source),
        ):
            fresh = _word_starts(text, own.loc[chosen, "content_spans"]) - taken
            counts[name] = len(fresh)
            taken |= fresh
        counts["attributed"] = len(taken)
        counts["unattributed"] = max(0, total - len(taken))
        shares = {
            f"{name}_share": count / total if total else 0.0 for name, count in counts.items()
        }
        rows.append({"article": article, "words": total, **counts, **shares})
    return schema.from_rows(rows, schema.SOURCE_SHARES)


def _word_starts(text: str, contents: Iterable[Sequence[Span]]) -> set[int]:
    return {
        start + word.start()
        for spans in contents
        for start, end in spans
        for word in WORD.finditer(text[start:end])
    }


def _count(text: str, contents: Iterable[Sequence[Span]]) -> int:
    """Words inside the contents, each counted once."""
    return len(_word_starts(text, contents))
