"""The briefing's evidence as a workbook: every table a sheet, nothing a formula."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd

from .. import schema
from .content import Briefing, about
from .tables import written

LONGEST = 32_767  # code units that a cell can hold
CUT = " … [cut: the whole text is in tables/]"
WIDEST = 60


def write_workbook(briefing: Briefing, path: Path) -> None:
    """Write `evidence.xlsx`.

    Notes
    -----
    Text is written as text whatever it begins with, so that no cell is run as a formula and no
    address becomes a link. A text longer than a cell can hold is cut and says so.
    """
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": _safe(briefing.title), "comments": "Written by Tellings."})
    head = book.add_format(
        {"bold": True, "bg_color": "#E6E6E6", "border": 1, "valign": "top", "text_wrap": True}
    )
    body = book.add_format({"valign": "top", "text_wrap": True})
    _about(book.add_worksheet("about"), briefing, head, body)
    described = [
        {"table": name, "column": column, "meaning": meaning}
        for name, table in briefing.tables.items()
        for column, meaning in _meanings(name, table).items()
    ]
    sheets = {"columns": pd.DataFrame(described), **briefing.tables}
    for name, table in sheets.items():
        sheet = book.add_worksheet(name[:31])
        if briefing.marking:
            mark = "&C" + _safe(briefing.marking).replace("&", "&&")[:200]
            sheet.set_header(mark)
            sheet.set_footer(mark)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        _fill(sheet, table, _meanings(name, table), head, body)
    book.close()


def _meanings(name: str, table: pd.DataFrame) -> dict[str, str]:
    """Column → what it means, from the schema."""
    known = schema.TABLES[name].columns if name in schema.TABLES else ()
    meanings = {
        column.name: column.meaning + (f" ({', '.join(column.allowed)})" if column.allowed else "")
        for column in known
    }
    return {str(column): meanings.get(str(column), "") for column in table.columns}


def _about(sheet, briefing: Briefing, head, body) -> None:
    sheet.set_column(0, 0, 110, body)
    lines = [
        *([briefing.marking] if briefing.marking else []),
        briefing.title,
        *about(briefing.story),
        *[f"{part.panel.caption.title}." for part in briefing.bottom_line],
        *briefing.notes,
        "Sheets: one per table; what each column means is in the sheet 'columns' and in a note on "
        "its head. Offsets (start, end) count code points of the article's text.",
    ]
    for row, line in enumerate(lines):
        bold = line in (briefing.title, briefing.marking)
        sheet.write_string(row, 0, _safe(line), head if bold else body)


def _fill(sheet, table: pd.DataFrame, meanings: dict[str, str], head, body) -> None:
    sheet.freeze_panes(1, 0)
    if not len(table.columns):
        return
    sheet.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
    cells = written(table)
    for number, name in enumerate(table.columns):
        sheet.write_string(0, number, str(name), head)
        if meanings.get(str(name)) and "meaning" not in table.columns:
            sheet.write_comment(0, number, _safe(meanings[str(name)]), {"x_scale": 2})
        values = cells[name].tolist()
        longest = max([len(str(name)) + 3, *(len(str(v)) for v in values[:200] if v is not None)])
        sheet.set_column(number, number, min(longest + 1, WIDEST), body)
        for row, value in enumerate(values, 1):
            _cell(sheet, row, number, value)


def _cell(sheet, row: int, column: int, value) -> None:
    if value is None:
        return
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    if isinstance(value, str):
        sheet.write_string(row, column, _safe(value))
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    else:
        sheet.write_number(row, column, float(value))


def _safe(text: str) -> str:
    """Text that a cell can hold: no half characters, not too long."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    units = len(text.encode("utf-16-le")) // 2
    return text if units <= LONGEST else text[: LONGEST // 2] + CUT
