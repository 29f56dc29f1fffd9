"""All tables of a story, and how a table is written for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from ..story import Story

# What spreadsheets run as a formula when it begins a cell.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def pair_of(story: Story, between: Sequence[str] | None) -> tuple[str, str] | None:
    """The two articles that the pair tables compare, or None if it is not clear which."""
    if between is None and len(story) != 2:
        return None
    return story.pair(between)


def all_tables(story: Story, *, between: Sequence[str] | None = None) -> dict[str, pd.DataFrame]:
    """Every table of a story by name, those of pairs if it is clear which two are compared.

    Parameters
    ----------
    story : Story
        The articles.
    between : two ids, optional
        Articles for the tables of pairs. With more than two articles and no `between` these
        tables are left out.

    Raises
    ------
    PairError
        If `between` does not name two articles.
    """
    pair = pair_of(story, between)
    tables: dict[str, pd.DataFrame] = {}
    for name, make in _makers(story, pair, tables):
        tables[name] = make()
    return tables


def _makers(
    story: Story, pair: tuple[str, str] | None, done: dict[str, pd.DataFrame]
) -> list[tuple[str, Callable[[], pd.DataFrame]]]:
    """Name and maker of each table, in an order in which each can use those before it."""
    import analysis as an

    by = "type" if len(story) <= 4 else "article"  # fifty articles by nine types say nothing
    makers: list[tuple[str, Callable[[], pd.DataFrame]]] = [
        ("articles", lambda: story.articles),
        ("sentences", lambda: story.sentences),
        ("hedges", lambda: an.hedges(story)),
        ("uncertain_sentences", lambda: an.uncertain_sentences(story)),
        ("attributions", lambda: an.attributions(story)),
        ("sources", lambda: an.sources(story, table=done["attributions"])),
        ("source_shares", lambda: an.source_shares(story, table=done["attributions"])),
        ("frames", lambda: an.frames(story)),
        ("agency", lambda: an.agency(story)),
        ("portrayal", lambda: an.portrayal(story)),
        ("loaded", lambda: an.loaded(story)),
        ("naming", lambda: an.naming(story)),
        ("numbers", lambda: an.numbers(story, attributions=done["attributions"])),
        ("readability", lambda: an.readability(story)),
        ("rates", lambda: an.rates(story, of=done["hedges"], by=by)),
        ("methods", lambda: an.methods(story)),
    ]
    if len(story) > 1:
        makers.append(("text_overlap", lambda: an.text_overlap(story)))
    if len(story) > 2:
        makers.append(("claim_matrix", lambda: an.claim_matrix(story)))
    if pair:
        makers += [
            ("claims", lambda: an.claims(story, between=pair)),
            ("number_pairs", lambda: an.number_pairs(story, between=pair)),
            (
                "certainty",
                lambda: an.certainty(
                    story, between=pair, claims=done["claims"], attributions=done["attributions"]
                ),
            ),
            ("shared_text", lambda: an.shared_text(story, between=pair)),
            ("claim_shares", lambda: an.claim_shares(done["claims"])),
            ("name_pairs", lambda: an.name_pairs(story, between=pair)),
            ("prominence", lambda: an.prominence(story, between=pair)),
            ("keyness", lambda: an.keyness(story, between=pair)),
        ]
    return makers


def written(table: pd.DataFrame) -> pd.DataFrame:
    """The table as other programs read it: lists as JSON, dates in ISO, missing cells empty."""
    columns = {}
    for name in table.columns:
        column = table[name]
        if pd.api.types.is_datetime64_any_dtype(column):
            columns[name] = [None if pd.isna(v) else f"{v:%Y-%m-%d}" for v in column]
        elif pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
            columns[name] = [None if pd.isna(v) else v for v in column.tolist()]
        else:
            columns[name] = [_cell(value) for value in column]
    # object: pandas would turn None among figures into NaN
    return pd.DataFrame(columns, dtype="object")


def _cell(value) -> str | None:
    if isinstance(value, (list, tuple)):
        return json.dumps(value, ensure_ascii=False)
    return None if value is None or value is pd.NA or value != value else str(value)


def harmless(value):
    """A text cell that no spreadsheet runs as a formula: an apostrophe is put before it."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV (UTF-8, comma, one header line).

    Notes
    -----
    A text cell that begins with ``= + - @``, a tab or a line break gets a leading apostrophe, so
    that no spreadsheet runs it as a formula; offsets (`start`, `end`) count without it.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    for row in written(table).itertuples(index=False, name=None):
        writer.writerow(["" if value is None else harmless(value) for value in row])
    path.write_bytes(buffer.getvalue().encode("utf-8", "surrogatepass"))
