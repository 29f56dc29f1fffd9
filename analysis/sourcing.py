"""Who says what: attributions, and the sources an article is built on.

The labeller (`attribution_model`) finds source, cue and content; this module makes the tables:
it keeps the spans inside the article's own sentences, tells direct from indirect speech, and
counts the words that rest on each source. `speakers` names the sources, `source_kinds` types them.
"""

from __future__ import annotations

import bisect
import math
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .attribution_rules import (
    completed_list,
    concession,
    hearsay_clauses,
    hearsay_nouns,
    says,
)
from .quotation import in_quotes
from .source_kinds import kind_of_name, kind_of_phrase
from .speakers import Place, Speaker, identify
from .story import WORD, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .attribution_model import Relation

Span = tuple[int, int]
Labeller = Callable[[str], "Sequence[Relation]"]

MODEL_VARIABLE = "TELLINGS_ATTRIBUTION_MODEL"
"""Environment variable: folder of another model for the labeller."""
LEAST_WORDS = 5
"""Shorter pieces of content are not searched for attributions inside."""
LEAST_CONFIDENCE = 0.4
"""Inner attributions of which the labeller is less sure are left out."""

_HEARSAY_MENDED = "model, hearsay adverb"
_OPENING = re.compile(r"[\"“”]|''|``")
_DOUBLE_MARK = re.compile(r"[\"“”]|''|``")


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
        An attribution without a source has an empty `source` and the type "unnamed"; one inside
        the content of another bears its number as `parent`. `confidence` is the model's estimate
        that content and source are right; missing where a rule found the row (`rule`).

    Raises
    ------
    FileNotFoundError
        If the model's folder lacks one of its files.

    Notes
    -----
    What counts is what the annotators of the training articles marked: besides speech also
    beliefs, wishes, promises, praise and criticism, rulings, and what "is expected". Accuracy:
    `analysis.methods`, and for attributions inside others `_inner`. Rules (`attribution_rules`)
    add clauses of "reportedly" and of "reports that", complete lists of sources, and add an
    "although" clause to a partly quoted one; who "allegedly ordered" something is no source of
    that. Types and names of sources: `speakers.identify`.

    Known limits: a dash alone is not read as a cue ("Plan came too late – fire chief"); verbs of
    approval in a bare short sentence ("France and Germany welcomed the ceasefire") can be
    missed; attributions inside attributions are sought one level deep; sources and cues are
    never found in another paragraph; English news only.

    Examples
    --------
    >>> import analysis as an
    >>> story = an.load("seeds/")
    >>> an.attributions(story).loc[3, ["source", "cue"]].tolist()
    ['Moscow and Pyongyang', 'have not officially confirmed']
    """
    label = labeller or _model()
    found = {article: _find(story, article, label) for article in story.ids}
    speakers = identify(
        story,
        {a: [Place(item.source, item.parent) for item in items] for a, items in found.items()},
    )
    rows = [
        _row(story, article, number, item, speakers[article][number])
        for article, items in found.items()
        for number, item in enumerate(items)
    ]
    return schema.from_rows(rows, schema.ATTRIBUTIONS)


def _model() -> Labeller:
    from . import attribution_model

    folder = os.environ.get(MODEL_VARIABLE)
    return attribution_model.load(folder=folder).label


def _find(story: Story, article: str, label: Labeller) -> list[Found]:
    """Attributions of one article, in order, with the numbers of their parents."""
    text, doc = story.texts[article], story.docs[article]
    blocks = _blocks(story, article)
    outermost = []
    for relation in label(text):
        item = _settled(story, article, relation, blocks)
        if item is not None:
            outermost.append(_whole_list(doc, item))
    outermost, hearsay = _with_rules(doc, outermost, blocks)
    found: list[Found] = []
    for item in outermost:
        number = len(found)
        inner = _inner(text, item, label)
        if not item.source and "hearsay adverb" in item.rule:
            # cut in two by its adverb, the clause shows the labeller verbs without their subjects
            inner = [child for child in inner if child.source]
        for rumour in (h for h in hearsay if _within(h, item)):
            if not _reconciled(doc, inner, rumour) and not _met(rumour.cue, inner):
                inner.append(rumour)
        found.append(item)
        found += [replace(child, parent=number) for child in sorted(inner, key=_order)]
    return found


def _order(item: Found) -> tuple:
    return (item.start, -item.end, item.cue)


def _with_rules(
    doc: Doc, outermost: list[Found], blocks: list[Span]
) -> tuple[list[Found], list[Found]]:
    """The model's attributions, mended and completed by rules, and hearsay left over for inside."""
    mended = []
    for item in outermost:
        rest = concession(doc, item.content, item.cue)
        if rest is not None and not _met((rest,), outermost):
            item = replace(item, content=(*item.content, rest), rule="model, concession")
        mended.append(item)
    inside = []
    for cue, content in hearsay_clauses(doc):
        content = _inside(content, blocks)
        if not content or not _inside((cue,), blocks):
            continue
        new = Found((), (cue,), content, math.nan, rule="hearsay adverb")
        if any(_overlap(item.content, (cue,)) for item in mended):
            inside.append(new)
        elif not _reconciled(doc, mended, new):
            mended.append(new)
    for cue, content in hearsay_nouns(doc):
        new = Found((), (cue,), content, math.nan, rule="hearsay noun")
        if not _met((cue, *content), mended):
            mended.append(new)
        elif any(_within(new, item) for item in mended):
            inside.append(new)
    return sorted(mended, key=_order), inside


def _reconciled(doc: Doc, items: list[Found], rumour: Found) -> bool:
    """Whether one of `items` has the adverb of `rumour`; if it says nothing else, it is mended.

    "She reportedly told …" stays as it is. Of "the boss allegedly ordered …" the adverb alone is
    the cue and the clause the content: whoever says so, it is not the boss.
    """
    for n, item in enumerate(items):
        if _overlap(item.cue, rumour.cue):
            if not says(doc, item.cue):
                items[n] = replace(rumour, confidence=item.confidence, rule=_HEARSAY_MENDED)
            elif not item.source:
                items[n] = replace(item, content=rumour.content, rule=_HEARSAY_MENDED)
            return True
    return False


def _whole_list(doc: Doc, item: Found) -> Found:
    """The attribution with a list of sources completed where nothing is in the way."""
    source = tuple(completed_list(doc, span) for span in item.source)
    if source == item.source or _overlap(source, item.cue + item.content):
        return item
    return replace(item, source=source, rule="model, list")


def _overlap(left: Iterable[Span], right: Iterable[Span]) -> bool:
    return any(_meets(span, list(right)) for span in left)


def _met(spans: tuple[Span, ...], items: Iterable[Found]) -> bool:
    return any(_overlap(spans, item.source + item.cue + item.content) for item in items)


def _within(inner: Found, outer: Found) -> bool:
    return all(
        any(start <= a and b <= end for start, end in outer.content)
        for a, b in inner.cue + inner.content
    )


def _blocks(story: Story, article: str) -> list[Span]:
    """Spans of the article's paragraphs; date stamps and bylines are in none."""
    grouped = story.sentences_of(article).groupby("paragraph", sort=True)
    return list(zip(grouped["start"].min().tolist(), grouped["end"].max().tolist(), strict=True))


def _settled(story: Story, article: str, relation: Relation, blocks: list[Span]) -> Found | None:
    """The relation with its spans inside paragraphs, and only those that can belong together.

    The source stands in the paragraph of the cue, and so does the content, unless it is quoted: a
    quotation may go on over paragraphs. Of 2,066 sources and 2,515 pieces of content in the
    development articles 1 and 25 stand elsewhere. What is not quoted stands in the cue's sentence
    if anything of the content does.
    """
    source, cue, content = (
        _inside(spans, blocks) for spans in (relation.source, relation.cue, relation.content)
    )
    if cue:
        homes = {_block(span, blocks) for span in cue}
        sentences = {story.sentence_at(article, start) for start, _ in cue}
        quoted = [span for span in content if _meets(span, story.quotes[article])]
        near = [s for s in content if story.sentence_at(article, s[0]) in sentences]
        near = near or [span for span in content if _block(span, blocks) in homes]
        source = tuple(span for span in source if _block(span, blocks) in homes)
        content = tuple(span for span in content if span in near or span in quoted)
    if not content:
        return None
    return Found(source, cue, content, relation.confidence)


def _inside(spans: Iterable[Span], blocks: Iterable[Span]) -> tuple[Span, ...]:
    """Spans cut at the borders of paragraphs."""
    return tuple(
        (max(start, first), min(end, last))
        for start, end in spans
        for first, last in blocks
        if start < last and first < end
    )


def _block(span: Span, blocks: list[Span]) -> int:
    """Number of the paragraph in which a span begins."""
    return bisect.bisect_right(blocks, (span[0], len(blocks) and blocks[-1][1])) - 1


def _meets(span: Span, quotes: list[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in quotes)


def _inner(text: str, outer: Found, label: Labeller) -> list[Found]:
    """Attributions inside the content of another: the labeller reads the content by itself.

    Quotation marks around all of it are blanked out, else the labeller would take the whole for
    somebody's quotation. Measured on 130 pieces of content of the development articles (50
    attributions marked in them): precision 0.72, recall 0.66
    (0.76 and 0.44 without the blanking); rules
    over the parse 0.47 and 0.56. Deeper levels are not sought.
    """
    found = []
    for start, end in outer.content:
        piece = text[start:end]
        if len(piece.split()) < LEAST_WORDS:
            continue
        if _OPENING.match(piece):
            piece = _DOUBLE_MARK.sub(lambda mark: " " * len(mark.group()), piece)
        for relation in label(piece):
            whole = not relation.source and relation.content == ((0, len(piece)),)
            if relation.confidence >= LEAST_CONFIDENCE and relation.cue and not whole:
                source, cue, content = (
                    tuple((start + a, start + b) for a, b in spans)
                    for spans in (relation.source, relation.cue, relation.content)
                )
                found.append(Found(source, cue, content, relation.confidence, rule="model, inner"))
    return found


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
    known = dict(
        zip(outer["speaker"], zip(outer["source_type"], outer["named"], strict=True), strict=True)
    )
    outer = outer.assign(speaker=outer["speaker"].str.split("; ")).explode("speaker")
    words = dict(zip(story.articles["article"], story.articles["words"], strict=True))
    rows = []
    for (article, speaker), group in outer.groupby(["article", "speaker"], sort=False):
        first = group.iloc[0]
        source_type, named = known.get(speaker) or _kind_in_list(
            speaker, first["source_type"], first["named"]
        )
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
                "source_type": source_type,
                "named": named,
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


def _kind_in_list(speaker: str, source_type: str, named: bool) -> tuple[str, bool]:
    """Type and namedness of a speaker who is heard only together with others."""
    if speaker[:1].islower():
        return kind_of_phrase(speaker.split()[-1].removesuffix("s"), []) or "other", False
    return kind_of_name(speaker) or source_type, named


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
