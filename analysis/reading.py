"""Tables for reading: labels for ids, text on the left, figures on the right, no index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from .errors import TableError

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

    from .story import Story

SHORT = 24
"""Characters up to which a column of text is kept on one line."""


def show(
    table: pd.DataFrame, columns: Sequence[str] | None = None, *, story: Story | None = None
) -> Styler:
    """Lay a table out for a reader.

    Parameters
    ----------
    table : DataFrame
        Any table of the kit, or one made from them.
    columns : list of str, optional
        Which columns, in this order; by default all.
    story : Story, optional
        If given, ids of articles are shown as their labels.

    Returns
    -------
    Styler
        The table as Jupyter displays it: text on the left, figures on the right with the same
        number of decimals (two at most) in a column, "–" for a missing value, an index only if it
        has a name. In a concordance the left context ends at the hit. The table itself is not
        changed.

    Raises
    ------
    TableError
        If a column is not in the table.
    """
    from pandas.io.formats.style import Styler

    if missing := [name for name in columns or () if name not in table.columns]:
        raise TableError(
            f"the table has no column {', '.join(missing)}; expected one of "
            f"{', '.join(map(str, table.columns))}"
        )
    shown = table[list(columns)] if columns is not None else table.copy()
    if any(shown.index.names):
        shown = shown.reset_index()
    if story is not None:
        for name in [c for c in shown.columns if str(c).startswith("article")]:
            shown = shown.assign(**{name: shown[name].map(lambda a: story.labels.get(a, a))})
    numeric = [c for c in shown.columns if _is_figure(shown[c])]
    texts = [c for c in shown.columns if c not in numeric]
    short = [c for c in texts if shown[c].astype(str).str.len().max() <= SHORT]
    styler = Styler(shown.reset_index(drop=True)).hide(axis="index")
    styler = styler.format(
        {c: f"{{:,.{_decimals(shown[c])}f}}" for c in numeric}, na_rep="–", escape="html"
    )
    styler = styler.format_index(lambda name: str(name).replace("_", " "), axis="columns")
    left = [{"selector": "", "props": "text-align: left; vertical-align: top"}]
    right = [{"selector": "", "props": "text-align: right; vertical-align: top"}]
    line = [{"selector": "", "props": "text-align: left; vertical-align: top; white-space: nowrap"}]
    styles = dict.fromkeys(texts, left) | dict.fromkeys(short, line) | dict.fromkeys(numeric, right)
    if {"left", "text", "right"} <= set(texts):
        styles |= {"left": right}
        styler = styler.set_properties(subset=["text"], **{"font-weight": "bold"})
    return styler.set_table_styles(styles)


def _is_figure(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _decimals(column: pd.Series) -> int:
    """Places that all figures of a column are shown with: as many as one needs, two at most."""
    figures = column.dropna().astype(float)
    return next((n for n in (0, 1) if (figures.round(n) == figures.round(2)).all()), 2)
