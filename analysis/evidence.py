"""Look at the evidence: a table's rows, or a word, in their context; articles with marks."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from . import schema
from .errors import ChoiceError, TableError
from .story import Story

# Typed apostrophes and quotes -> straight ones, one for one, so that offsets hold.
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def concordance(story: Story, what: str | pd.DataFrame, *, width: int = 70) -> pd.DataFrame:
    """Every occurrence of a word or phrase, or every row of a table, in its context.

    Parameters
    ----------
    story : Story
        The articles.
    what : str or DataFrame
        A word or phrase (whole words, any case, curly and straight apostrophes alike), or a table
        with `article`, `start`, `end`.
    width : int
        Characters of context on either side.

    Returns
    -------
    DataFrame
        `schema.CONCORDANCE`: offsets and `text` of the hit, `sentence`, the article's `label`,
        `left` and `right` context on one line. In order of the articles and of the text.

    Raises
    ------
    ChoiceError
        If the phrase holds no word.
    TableError
        If the table has no offsets.

    Notes
    -----
    Words are found with NLTK's tokenizer and concordance index.
    """
    hits = _phrase(story, what) if isinstance(what, str) else _spans(what)
    rows = []
    for article, start, end in hits:
        text = story.texts[article]
        left = " ".join(text[max(0, start - width) : start].split())
        right = " ".join(text[end : end + width].split())
        rows.append(
            {
                **story.trace(article, start, end),
                "label": story.labels[article],
                "left": left,
                "right": right,
            }
        )
    return schema.from_rows(rows, schema.CONCORDANCE)


def _spans(table: pd.DataFrame) -> list[tuple[str, int, int]]:
    if missing := [name for name in ("article", "start", "end") if name not in table.columns]:
        raise TableError(f"the table lacks {', '.join(missing)}; expected article, start and end")
    return [
        (article, int(start), int(end))
        for article, start, end in zip(table["article"], table["start"], table["end"], strict=True)
    ]


def _phrase(story: Story, phrase: str) -> list[tuple[str, int, int]]:
    from nltk.text import ConcordanceIndex
    from nltk.tokenize import NLTKWordTokenizer

    tokenizer = NLTKWordTokenizer()
    wanted = tokenizer.tokenize(phrase.translate(_STRAIGHT).lower())
    if not any(character.isalnum() for character in phrase):
        raise ChoiceError(f"phrase={phrase!r} holds no word; expected a word or a phrase")
    hits = []
    for article, text in story.texts.items():
        plain = text.translate(_STRAIGHT)
        spans = list(tokenizer.span_tokenize(plain))
        tokens = [plain[a:b].lower() for a, b in spans]
        for first in ConcordanceIndex(tokens).offsets(wanted[0]):
            last = first + len(wanted) - 1
            if tokens[first : last + 1] == wanted:
                hits.append((article, spans[first][0], spans[last][1]))
    return hits


@dataclass(frozen=True)
class Highlighted:
    """Marked articles as HTML; a notebook shows it, `str()` gives the page's fragment."""

    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.html


# Pale fills that keep black text above WCAG AA, each with a line style of its own, so that kinds
# stay apart in greyscale.
_FILLS = ("#fde9b8", "#cfe8f7", "#d5efdf", "#f7d9ea", "#ffe0cc", "#e4e0f5", "#eeeeaa", "#dddddd")
_LINES = ("solid", "dashed", "dotted", "double")
_NUMBER = "color:#595959;font-weight:normal;line-height:0"
_ROLES = ("source", "cue", "content")


def highlight(
    story: Story,
    table: pd.DataFrame,
    *,
    by: str | None = None,
    articles: Iterable[str] | None = None,
    only: str = "all",
) -> Highlighted:
    """The articles side by side, with a table's rows marked in the text.

    Parameters
    ----------
    story : Story
        The articles.
    table : DataFrame
        Any table with `article`, `start`, `end`. A table of attributions (`source_spans`,
        `cue_spans`, `content_spans`) is marked by role.
    by : str, optional
        Column that gives a mark its colour and name; by default `type`, `frame`, `relation` or
        `kind`, whichever the table has.
    articles : ids, optional
        Which articles to show; by default all that the table names, at most four.
    only : {"all", "marked"}
        Show every sentence, or only those that hold a mark.

    Returns
    -------
    Highlighted
        Shown by notebooks. Each mark names its kind in text, not by colour alone.

    Raises
    ------
    TableError
        If the table has no offsets, or not the column `by`.
    """
    if only not in ("all", "marked"):
        raise ChoiceError(f"only={only!r} is not known; expected one of all, marked")
    marks = _marks(table, by)
    kinds = list(dict.fromkeys(kind for *_, kind in marks))
    if articles is None:
        named = set(table["article"])
        chosen = [article for article in story.ids if article in named][:4] or story.ids[:2]
    else:
        chosen = list(articles)
        if unknown := [article for article in chosen if article not in story.ids]:
            raise ChoiceError(
                f"articles names {', '.join(map(repr, unknown))}; "
                f"the story has {', '.join(story.ids)}"
            )
    style = {kind: _style(number) for number, kind in enumerate(kinds)}
    columns = [_column(story, article, marks, style, only) for article in chosen]
    key = " ".join(
        f'<mark style="{style[kind]}">{html.escape(kind)}</mark>&nbsp;'
        f"{sum(mark[3] == kind and mark[0] in chosen for mark in marks)}"
        for kind in kinds
    )
    grid = (
        f"display:grid;grid-template-columns:repeat({min(2, len(columns))},minmax(0,1fr));gap:2em"
    )
    return Highlighted(
        '<div style="font:14px/1.55 system-ui,sans-serif;max-width:70em;color:#111;'
        'background:#fff;padding:.5em">'
        f'<p style="margin:.2em 0 1em">{key or "Nothing is marked."}</p>'
        f'<div style="{grid}">{"".join(columns)}</div></div>'
    )


def _style(number: int) -> str:
    fill = _FILLS[number % len(_FILLS)]
    # the second round of fills gets other lines than the first
    line = _LINES[(number + number // len(_FILLS)) % len(_LINES)]
    return (
        f"background:{fill};color:#111;border-bottom:2px {line} #333;padding:0 .1em;"
        "border-radius:2px"
    )


def _marks(table: pd.DataFrame, by: str | None) -> list[tuple[str, int, int, str]]:
    spans = _spans(table)
    if by is None and "cue_spans" in table.columns:
        return [
            (article, int(a), int(b), role)
            for role in _ROLES
            for article, pieces in zip(table["article"], table[f"{role}_spans"], strict=True)
            for a, b in pieces
        ]
    usual = ("type", "frame", "relation", "kind")
    column = by or next((name for name in usual if name in table.columns), None)
    if column is None:
        return [(*span, "marked") for span in spans]
    if column not in table.columns:
        raise TableError(f"the table has no column {column!r}; it has {', '.join(table.columns)}")
    return [(*span, str(kind)) for span, kind in zip(spans, table[column], strict=True)]


def _column(story: Story, article: str, marks, style: dict[str, str], only: str) -> str:
    own = [(a, b, kind) for name, a, b, kind in marks if name == article]
    out = []
    paragraph = None
    for row in story.sentences_of(article).itertuples():
        inside = [mark for mark in own if mark[0] < row.end and mark[1] > row.start]
        if only == "marked" and not inside:
            continue
        if paragraph is not None and paragraph != row.paragraph:
            out.append("</p>")
        if paragraph != row.paragraph:
            weight = "bold" if row.part in ("headline", "heading") else "normal"
            out.append(f'<p style="margin:.5em 0;font-weight:{weight}">')
        paragraph = row.paragraph
        number = f'<sup style="{_NUMBER}">{row.sentence}</sup>&#8239;'
        out.append(number + _marked(story.texts[article], row.start, row.end, inside, style) + " ")
    if paragraph is not None:
        out.append("</p>")
    label = html.escape(story.labels[article])
    return f'<section><h4 style="margin:.2em 0">{label}</h4>{"".join(out)}</section>'


def _marked(text: str, start: int, end: int, marks, style: dict[str, str]) -> str:
    """One sentence with its marks; where marks overlap, the shortest one gives the colour."""
    cuts = sorted({start, end, *(p for a, b, _ in marks for p in (a, b) if start < p < end)})
    out = []
    for a, b in itertools.pairwise(cuts):
        piece = html.escape(re.sub(r"\s+", " ", text[a:b]))
        covering = sorted((y - x, kind) for x, y, kind in marks if x <= a and b <= y)
        if covering:
            names = html.escape(
                " in ".join(dict.fromkeys(kind for _, kind in covering)), quote=True
            )
            piece = f'<mark style="{style[covering[0][1]]}" title="{names}">{piece}</mark>'
        out.append(piece)
    return "".join(out)
