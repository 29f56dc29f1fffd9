"""Look at the evidence of a pair: both statements of a row, opened in their context."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from .errors import TableError
from .evidence import Highlighted

if TYPE_CHECKING:
    from .story import Story

_CELL = "text-align:left;vertical-align:top;padding:.4em .8em;white-space:normal"
_MARK = '<mark style="background:#fde9b8;color:inherit">'


def in_context(
    story: Story, table: pd.DataFrame, *, show: Sequence[str] = (), around: int = 1
) -> Highlighted:
    """The rows of a table of pairs, side by side; each opens both sentences in their context.

    Parameters
    ----------
    story : Story
        The articles.
    table : DataFrame
        Any table with `article_a`, `a_start`, `a_end` and the same for b: claims, pairs of
        figures, of names, shared text.
    show : sequence of str
        Further columns to show, such as ["relation", "differs"].
    around : int
        Sentences of context on either side.

    Returns
    -------
    Highlighted
        HTML that a notebook shows: a click on a row's text opens the sentences around it, with
        the row's text marked and its offsets. In a claim ledger the clause that the other side
        tells is in bold. `str()` gives the fragment.

    Raises
    ------
    TableError
        If the table lacks the offsets or a column of `show`.
    """
    needed = ["article_a", "a_start", "a_end", "article_b", "b_start", "b_end", *show]
    if missing := [name for name in needed if name not in table.columns]:
        raise TableError(f"the table lacks {', '.join(missing)}; expected a table of pairs")
    if table.empty:
        return Highlighted("<p>No rows.</p>")
    # the articles' columns share what the short columns leave
    heads = [f'<th scope="col" style="{_CELL}">{html.escape(name)}</th>' for name in show]
    heads += [
        f'<th scope="col" style="{_CELL};width:38%">'
        f"{_label(story, table[f'article_{side}'].iloc[0])}</th>"
        for side in "ab"
    ]
    rows = []
    for row in table.to_dict("records"):
        cells = [html.escape(_written(row[name])) for name in show]
        cells += [_side(story, row, side, around) for side in "ab"]
        rows.append("".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return Highlighted(
        f'<table style="width:100%"><thead><tr>{"".join(heads)}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _label(story: Story, article: str) -> str:
    return html.escape(story.labels[article])


def _written(value) -> str:
    if pd.isna(value):
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _side(story: Story, row: dict, side: str, around: int) -> str:
    if pd.isna(row[f"{side}_start"]):
        return "<em>no match found</em>"
    article = row[f"article_{side}"]
    start, end = int(row[f"{side}_start"]), int(row[f"{side}_end"])
    text, sentences = story.texts[article], story.sentences_of(article)
    first, last = (story.sentence_at(article, at) for at in (start, max(start, end - 1)))
    opened = sentences.loc[max(0, first - around) : last + around]
    before = text[int(opened["start"].iloc[0]) : start]
    after = text[end : int(opened["end"].iloc[-1])]
    where = f"{html.escape(article)}, sentence {first}, characters {start}–{end}"
    marked = f"{_lines(before)}{_MARK}{_lines(text[start:end])}</mark>{_lines(after)}"
    return (
        f"<details><summary>{_summary(text, row, side)}</summary>"
        f'<p style="border-left:3px solid #bbb;padding-left:.6em">{marked}<br>'
        f"<small>{where}</small></p></details>"
    )


def _summary(text: str, row: dict, side: str) -> str:
    """The row's text on one line; the clause that the other side tells, if named, stands out."""
    start, end = int(row[f"{side}_start"]), int(row[f"{side}_end"])
    cuts = [row.get(f"{side}_clause_{edge}", pd.NA) for edge in ("start", "end")]
    if any(pd.isna(cut) for cut in cuts):
        return html.escape(" ".join(text[start:end].split()))
    first, last = (int(cut) for cut in cuts)
    pieces = (text[start:first], text[first:last], text[last:end])
    before, clause, after = (html.escape(re.sub(r"\s+", " ", piece)) for piece in pieces)
    return f"{before}<strong>{clause}</strong>{after}"


def _lines(text: str) -> str:
    return "<br>".join(html.escape(line) for line in text.splitlines()) + (
        "<br>" if text.endswith("\n") else ""
    )
