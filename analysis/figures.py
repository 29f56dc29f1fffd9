"""Every figure and date of a story, with unit, bound, what it counts, period and speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .counted import counted, is_increment
from .date_context import date_bound, event, is_date, is_future
from .dates import When, find_dates, written
from .fates import fate
from .figure_reading import Figure, find_figures, whose_age
from .sentence_view import SentenceView, clause
from .units import counted_nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .story import Story

EPOCH = date(1970, 1, 1)


def numbers(story: Story, *, attributions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find every figure and date of the story.

    Parameters
    ----------
    story : Story
        The articles.
    attributions : DataFrame, optional
        Rows of `an.attributions(story)`, which name the speakers; made anew where not given.

    Returns
    -------
    DataFrame
        One row per figure or date, columns in `schema.NUMBERS`. The row's text holds the bound
        and the unit ("more than $1.2 billion", "76-year-old") but not what is counted, which
        `quantity` names. A date's `value` and `upper` are its first and last day, in days since
        1970-01-01, and its `quantity` is the word it dates.

    Notes
    -----
    Figures: digits and words, sums, shares, vague counts ("dozens": more than 12; "several
    hundred": more than 200), ranges and scores (one row, with `upper`), ages, durations, ranks
    ("third consecutive", "No. 2"). No figures: list numbers, names with numbers (Section 8,
    Boeing 737), clock times, telephones, the pronoun "one", "first", "several", "many".

    Dates follow the conventions of news (see `analysis.dates.find_dates`) and are resolved
    against the article's day of publication; where it is unknown, or where a date hangs on
    something told before ("two days later"), `value` is missing and `period` is as written.
    Of persons the quantity also says what befell them (`lexicons/fates.csv`): "people killed",
    and "injured" for the figure of "killing 12 people and wounding 80".
    `period` of a figure is the nearest date of its clause. Figures given as additional, or as a
    change, are increments. Limits: what is counted comes from the parse and is the word beside
    the figure, not the topic; a period named in another sentence is not seen.
    """
    from .attributed import add_speakers

    rows = find(story, story.ids)
    add_speakers(story, rows, attributions)
    return schema.from_rows(rows, schema.NUMBERS)


def find(story: Story, articles: Sequence[str]) -> list[dict]:
    """Rows of `numbers` for some articles, without speakers: what comparing figures needs."""
    published = dict(zip(story.ids, story.articles["published"], strict=True))
    rows: list[dict] = []
    for article in articles:
        day = None if pd.isna(published[article]) else published[article].date()
        for row in story.sentences_of(article).itertuples():
            span = story.docs[article].char_span(row.start, row.end, alignment_mode="expand")
            if span is not None:
                view = SentenceView(row.text, row.start, span, row.part, day)
                rows += _rows(story, article, view)
    return rows


def _rows(story: Story, article: str, view: SentenceView) -> Iterator[dict]:
    found = find_dates(view.text, view.published, lambda *at: is_future(view, *at))
    dates = [when for when in found if is_date(view, when)]
    for figure in find_figures(view, [(when.start, when.end) for when in dates]):
        start, end = view.offset + figure.start, view.offset + figure.end
        yield {
            **story.trace(article, start, end),
            **_counted(view, figure),
            "value": figure.number.value,
            "upper": figure.upper,
            "comparator": figure.sign,
            "period": _period(view, figure, dates),
            "speaker": "",
            "voice": story.voice(article, start, end),
        }
    for when in dates:
        start, end = view.offset + when.start, view.offset + when.end
        first, last = when.first, when.last
        yield {
            **story.trace(article, start, end),
            "value": float((first - EPOCH).days) if first else None,
            "upper": float((last - EPOCH).days) if last and last != first else None,
            "unit": "date",
            "comparator": date_bound(view, when),
            "quantity": event(view, when),
            "period": written(when, view.text),
            "kind": "date",
            "speaker": "",
            "voice": story.voice(article, start, end),
        }


def _counted(view: SentenceView, figure: Figure) -> dict:
    """Columns `unit`, `quantity` and `kind` of a figure."""
    span = view.tokens(figure.start, figure.end)
    first, last, head = counted(view.tokens(*figure.core), figure.unit)
    quantity = span.doc[first:last].text if head is not None and first < last else ""
    unit = figure.unit
    if figure.noun == "age":
        who = whose_age(view, figure) or quantity
        quantity = f"age of {who}" if who else "age"
    elif figure.noun:
        quantity = figure.noun  # "12-nation deal": nations are counted
    elif not unit:
        unit = _unit_of(head) if head is not None else ""
        befell = fate(span.root, head, view.tokens(*figure.core).end)
        if befell:
            # "12 people killed", but in "killing 4" nothing but the fate says what is counted
            named = unit == "person" and head is not None and head.i >= span.end
            quantity, unit = f"{quantity} {befell}" if named else befell, "person"
    increment = is_increment(span, view.text, figure.start, figure.end)
    return {
        "unit": unit,
        "quantity": " ".join(quantity.split()),
        "kind": "increment" if increment else "total",
    }


def _unit_of(head: Token) -> str:
    """The unit of what a bare number counts: persons, votes, or none."""
    unit = counted_nouns().get(head.lemma_.lower(), ("", ""))[1]
    people = head.ent_type_ == "NORP" and head.tag_ in ("NNPS", "NNS")
    return unit or ("person" if people else "")


def _period(view: SentenceView, figure: Figure, dates: list[When]) -> str:
    """The date that bears on the figure: of those in its clause the nearest."""
    home = clause(view.tokens(figure.start, figure.end).root)
    near = [
        (min(abs(when.start - figure.end), abs(figure.start - when.end)), when)
        for when in dates
        if clause(view.tokens(when.start, when.end).root) == home
    ]
    return written(min(near, key=lambda pair: pair[0])[1], view.text) if near else ""
