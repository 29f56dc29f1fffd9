"""What a chart says and shows, apart from how it is drawn."""

from __future__ import annotations

import html
from dataclasses import dataclass, field

import pandas as pd

from ..story import Story

TEXT = "#1a1a1a"
QUIET = "#4a4a4a"  # 8.9:1 on white
RULE = "#767676"


@dataclass(frozen=True)
class Caption:
    """The words of a figure.

    Attributes
    ----------
    title : str
        The finding, computed from the table.
    measure : str
        What is shown, in which unit, out of how many.
    caveat : str
        What limits the finding: interval, measured accuracy, what cannot be concluded.
    source : str
        The articles with outlet and date, and the kit's version.
    """

    title: str
    measure: str
    caveat: str
    source: str


@dataclass(frozen=True)
class Panel:
    """One chart or table of a briefing; a notebook shows a table panel as HTML.

    Attributes
    ----------
    name : str
        Name of the chart function.
    kind : str
        How it is drawn: stacked, bars, matrix, dumbbell, slope, intervals, diverging, table; or
        empty when there is nothing to show.
    caption : Caption
        Its words.
    data : DataFrame
        What is drawn, and nothing else: row labels as index, one column per series.
    support : DataFrame
        Rows of the table that the finding rests on, the most telling first, with offsets.
    colours : dict of str to str
        Series → colour.
    hidden : int
        Rows of the table left out of the figure for space.
    spare : tuple of str
        Columns of a table that a slide may leave out to show all rows, the first to go first.
    """

    name: str
    kind: str
    caption: Caption
    data: pd.DataFrame
    support: pd.DataFrame = field(default_factory=pd.DataFrame)
    colours: dict[str, str] = field(default_factory=dict)
    hidden: int = 0
    spare: tuple[str, ...] = ()

    def printed(self, value) -> str:
        """A cell of `data` as every format prints it; in a matrix nothing found is a dash."""
        nothing = isinstance(value, str) and not value
        return "–" if nothing or (self.kind == "matrix" and value == 0) else shown(value)

    @property
    def alt(self) -> str:
        """Text for readers who do not see the figure: finding, measure, and the data if few."""
        parts = [self.caption.title, self.caption.measure]
        if self.kind and self.data.size and self.data.size <= 24:
            parts += [
                f"{row}: "
                + ", ".join(f"{name} {self.printed(value)}" for name, value in line.items())
                for row, line in zip(self.data.index, self.data.to_dict("records"), strict=True)
            ]
        return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)

    def _repr_html_(self) -> str:
        esc = html.escape
        style = "border-bottom:1px solid #bbb;padding:.35em .7em;text-align:left;vertical-align:top"
        head = "".join(
            f'<th scope="col" style="{style}">{esc(str(name))}</th>'
            for name in (self.data.index.name or "", *self.data.columns)
        )
        rows = "".join(
            f'<tr><th scope="row" style="{style}">{esc(str(row))}</th>'
            + "".join(f'<td style="{style}">{esc(self.printed(value))}</td>' for value in line)
            + "</tr>"
            for row, *line in self.data.itertuples(name=None)
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        small = f'<p style="margin:.3em 0;color:{QUIET}">'
        return (
            f'<div style="max-width:60em;color:{TEXT};background:#fff;padding:.5em">'
            f"<p style='margin:.2em 0;font-weight:bold;font-size:115%'>{esc(self.caption.title)}"
            f"</p>{small}{esc(self.caption.measure)}</p>{table if len(self.data) else ''}"
            f"{small}{esc(self.caption.caveat)}</p>{small}{esc(self.caption.source)}</p></div>"
        )


def shown(value) -> str:
    """A cell as it is printed everywhere: figures with separators, nothing for a missing value."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return str(value)


def source_line(story: Story) -> str:
    """The articles with their dates, and what computed the figure."""
    from .. import __version__

    dated = story.articles["published"].dropna()
    if len(story) <= 4:
        named = "; ".join(
            f"{row.label} ({date(row.published)}, {row.words:,} words)"
            for row in story.articles.itertuples()
        )
    else:
        span = f", {date(dated.min())} to {date(dated.max())}" if len(dated) else ""
        undated = len(story) - len(dated)
        missing = f" ({undated} without a date)" if undated else ""
        named = f"{len(story)} articles, {story.articles['words'].sum():,} words{span}{missing}"
    return f"Source: {named}. Tellings {__version__}."


def date(stamp) -> str:
    """A date as it is printed: ISO, or that it is not known."""
    return "no date known" if pd.isna(stamp) else f"{stamp:%Y-%m-%d}"


def count_of(number: int, one: str, many: str = "") -> str:
    """'1 article', '2 articles'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: list[str], *, most: int = 4) -> str:
    """'a, b and c'; beyond `most` the rest is counted."""
    if len(names) > most:
        names = [*names[:most], f"{len(names) - most} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
