"""Draw a panel: one function per kind of chart, for a page or for a slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from . import style
from .panel import QUIET, TEXT, Panel, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EMPTY_HEIGHT = 0.45
FEW_LETTERS = 24


@dataclass(frozen=True)
class Scale:
    """Sizes in inches and points for where a chart will stand."""

    width: float = style.WIDTH
    size: float = style.BODY
    labels: float = 1.9

    @property
    def row(self) -> float:
        """Least height of a row."""
        return self.size * 2.6 / 72


PAGE = Scale()
SLIDE = Scale(width=12.3, size=15.0, labels=3.6)


def show(panel: Panel, *, ax: Axes | None = None, scale: Scale = PAGE) -> Axes:
    """Draw a panel into a figure of its own, or only its marks into `ax`.

    The panel can be read back from the axes as `ax.panel`.
    """
    from matplotlib import rc_context

    with rc_context({**style.RC, "font.size": scale.size}):
        if ax is None:
            height = plot_height(panel, scale)
            left = _left(panel, scale)
            _, ax = style.figure(panel.caption, height, left=left)
        ax.panel = panel  # type: ignore[attr-defined]
        if panel.kind and len(panel.data):
            _DRAW[panel.kind](ax, panel, scale)
        else:
            _empty(ax, scale)
    return ax


def plot_height(panel: Panel, scale: Scale) -> float:
    """Height in inches of a panel's axes."""
    if not panel.kind or not len(panel.data):
        return EMPTY_HEIGHT
    rows = _Rows(panel, scale)
    return rows.total + _above(panel, scale)


def _left(panel: Panel, scale: Scale) -> float:
    if not panel.kind or not len(panel.data):
        return 0.05
    if panel.kind == "slope":
        return scale.labels * 1.15
    labels = _Rows(panel, scale).labels
    longest = max(style.width(line, scale.size) for label in labels for line in label.split("\n"))
    return longest + 0.2


def _above(panel: Panel, scale: Scale) -> float:
    """Room over the rows for the key or the column heads."""
    if panel.kind in ("matrix", "dumbbell"):
        heads = _heads(panel, scale)
        if _turned(panel, scale):
            return max(style.width(head.replace("\n", " "), scale.size) for head in heads) + 0.15
        lines = max(head.count("\n") for head in heads) + 1
        return lines * scale.size * 1.25 / 72 + 0.12
    if panel.kind == "slope":
        return 0.0
    return len(_key_lines(panel, scale)) * scale.size * 1.7 / 72 + 0.05


class _Rows:
    """Wrapped row labels with their places: inches from the top of the axes, rows downwards."""

    def __init__(self, panel: Panel, scale: Scale):
        self.labels = [
            style.wrap(str(row), scale.labels, scale.size, lines=4) for row in panel.data.index
        ]
        least = scale.row
        if panel.kind == "bars" and panel.data.shape[1] > 1:
            least = max(least, panel.data.shape[1] * scale.size * 1.3 / 72 + 0.12)
        if panel.kind == "intervals":
            least = scale.row
        self.heights = style.rows_height(self.labels, size=scale.size, least=least)
        if panel.kind == "slope":
            self.total = 4.2 * scale.width / style.WIDTH * (0.62 if scale is SLIDE else 1)
            return
        self.total = sum(self.heights)
        self.centres = []
        y = 0.0
        for height in self.heights:
            self.centres.append(y + height / 2)
            y += height


def _prepare(ax: Axes, panel: Panel, scale: Scale) -> _Rows:
    """Axes whose y runs downwards in inches, with the row labels in place."""
    rows = _Rows(panel, scale)
    ax.set_ylim(rows.total, -_above(panel, scale))
    ax.set_yticks(rows.centres, rows.labels, fontsize=scale.size, linespacing=1.15)
    ax.tick_params(axis="y", length=0, pad=6)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return rows


def _inches(ax: Axes) -> tuple[float, float]:
    """Width and height of the axes."""
    box, figure = ax.get_position(), ax.get_figure(root=True)
    assert figure is not None
    return box.width * figure.get_figwidth(), box.height * figure.get_figheight()


def _empty(ax: Axes, scale: Scale) -> None:
    ax.set_axis_off()
    ax.text(0, 0.5, "Nothing to draw.", transform=ax.transAxes, color=QUIET, fontsize=scale.size)


def _colour(panel: Panel, number: int, name: str) -> str:
    return panel.colours.get(name, style.GROUPS[number % len(style.GROUPS)])


# --- key -----------------------------------------------------------------------------------


def _key_lines(panel: Panel, scale: Scale) -> list[list[tuple[int, str]]]:
    """Names of the series, broken into lines that fit the axes."""
    if panel.data.shape[1] < 2 and panel.kind != "intervals":
        return []
    names = [str(name) for name in _series(panel)]
    room = scale.width - _left_of_labels(panel, scale) - 0.3
    lines: list[list[tuple[int, str]]] = [[]]
    used = 0.0
    for number, name in enumerate(names):
        name = style.wrap(name, room - 0.5, scale.size, lines=1)
        needed = style.width(name, scale.size) + scale.size * 2.6 / 72
        if used + needed > room and lines[-1]:
            lines.append([])
            used = 0.0
        lines[-1].append((number, name))
        used += needed
    return lines


def _left_of_labels(panel: Panel, scale: Scale) -> float:
    labels = [style.wrap(str(row), scale.labels, scale.size, lines=4) for row in panel.data.index]
    return (
        max(style.width(line, scale.size) for label in labels for line in label.split("\n")) + 0.2
    )


def _series(panel: Panel) -> list[str]:
    if panel.kind == "intervals":
        return [name for name in panel.colours if name in panel.data.columns.get_level_values(0)]
    return [str(name) for name in panel.data.columns]


def _key(ax: Axes, panel: Panel, scale: Scale) -> None:
    """The series named in their colours and marks, in the order in which they stand."""
    lines = _key_lines(panel, scale)
    inch = (ax.get_xlim()[1] - ax.get_xlim()[0]) / (_inches(ax)[0])
    x0 = ax.get_xlim()[0]
    for row, line in enumerate(lines):
        x = x0
        y = -_above(panel, scale) + (row + 0.55) * scale.size * 1.7 / 72
        for number, name in line:
            side = scale.size / 72
            ax.plot(
                x + side * inch * 0.6, y, linestyle="none",
                marker=_mark(panel, number), markersize=scale.size * 0.85,
                color=_colour(panel, number, _series(panel)[number]),
                markeredgecolor=TEXT, markeredgewidth=0.5, clip_on=False,
            )  # fmt: skip
            ax.text(x + side * inch * 1.4, y, name, va="center", fontsize=scale.size)
            x += (style.width(name, scale.size) + side * 2.6) * inch


def _mark(panel: Panel, number: int) -> str:
    if panel.kind in ("intervals", "dumbbell"):
        return style.MARKERS[number % len(style.MARKERS)]
    return "s"


# --- kinds ---------------------------------------------------------------------------------


def _stacked(ax: Axes, panel: Panel, scale: Scale) -> None:
    """Shares of each row's total, with the counts printed in the segments."""
    rows = _prepare(ax, panel, scale)
    totals = panel.data.sum(axis=1)
    ax.set_xlim(0, 1.12)
    inches = _inches(ax)[0] / 1.12
    left = [0.0] * len(panel.data)
    for number, name in enumerate(panel.data.columns):
        colour = _colour(panel, number, str(name))
        for row, value in enumerate(panel.data[name]):
            share = value / totals.iloc[row] if totals.iloc[row] else 0.0
            ax.barh(
                rows.centres[row], share, left=left[row], height=min(0.36, scale.row * 0.72),
                color=colour, edgecolor="white", linewidth=1,
            )  # fmt: skip
            text = shown(value)
            if share * inches > style.width(text, scale.size) + 0.06:
                ax.text(
                    left[row] + share / 2, rows.centres[row], text, ha="center",
                    va="center_baseline", color=style.on(colour), fontsize=scale.size,
                )  # fmt: skip
            left[row] += share
    for row, total in enumerate(totals):
        ax.text(1.015, rows.centres[row], f"n = {shown(total)}", va="center", fontsize=scale.size)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.tick_params(axis="x", labelsize=style.SMALL if scale is PAGE else scale.size)
    _key(ax, panel, scale)


def _bars(ax: Axes, panel: Panel, scale: Scale) -> None:
    """Counts side by side; every bar bears its count."""
    rows = _prepare(ax, panel, scale)
    series = panel.data.shape[1]
    most = max(float(panel.data.max().max()), 1.0)
    ax.set_xlim(0, most * 1.12)
    thick = min(0.26, (min(rows.heights) - 0.1) / series)
    for number, name in enumerate(panel.data.columns):
        colour = _colour(panel, number, str(name))
        for row, value in enumerate(panel.data[name]):
            y = rows.centres[row] + (number - (series - 1) / 2) * thick
            ax.barh(y, value, height=thick * 0.9, color=colour, edgecolor=TEXT, linewidth=0.4)
            ax.text(
                value + most * 0.012, y, shown(value), va="center_baseline", fontsize=scale.size
            )
    ax.set_xticks([])
    ax.axvline(0, color="#767676", linewidth=0.8)
    if series > 1:
        _key(ax, panel, scale)


def _heads(panel: Panel, scale: Scale) -> list[str]:
    room = (scale.width - _left_of_labels(panel, scale) - 0.2) / panel.data.shape[1]
    if _turned(panel, scale):
        return [style.wrap(str(name), 1.7, scale.size, lines=1) for name in panel.data.columns]
    return [style.wrap(str(name), room - 0.12, scale.size, lines=4) for name in panel.data.columns]


def _turned(panel: Panel, scale: Scale) -> bool:
    """Whether the column heads must stand upright to fit."""
    room = (scale.width - _left_of_labels(panel, scale) - 0.2) / panel.data.shape[1]
    words = [word for name in panel.data.columns for word in str(name).split()]
    return (
        panel.kind == "matrix"
        and max(style.width(word[:FEW_LETTERS], scale.size) for word in words) > room - 0.1
    )


def _columns(ax: Axes, panel: Panel, scale: Scale) -> None:
    ax.set_xlim(-0.5, panel.data.shape[1] - 0.5)
    ax.set_xticks([])
    turned = _turned(panel, scale)
    for number, head in enumerate(_heads(panel, scale)):
        ax.text(
            number, -0.08, head.replace("\n", " ") if turned else head,
            ha="center", va="bottom", rotation=90 if turned else 0,
            fontsize=scale.size, weight="normal" if turned else "bold", linespacing=1.15,
        )  # fmt: skip


def _matrix(ax: Axes, panel: Panel, scale: Scale) -> None:
    """A ring with the count where there is something, a small dash where there is nothing."""
    rows = _prepare(ax, panel, scale)
    _columns(ax, panel, scale)
    for y in rows.centres:
        ax.axhline(y, color="#E6E6E6", linewidth=0.8, zorder=0)
    room = (scale.width - _left_of_labels(panel, scale) - 0.2) / panel.data.shape[1]
    side = min(scale.size * 2.1, room * 72 * 0.9)
    for number, name in enumerate(panel.data.columns):
        for row, value in enumerate(panel.data[name]):
            if not value:
                ax.text(
                    number, rows.centres[row], "–", ha="center", va="center", color=QUIET,
                    fontsize=scale.size, backgroundcolor="white",
                )  # fmt: skip
                continue
            ax.plot(
                number, rows.centres[row], marker="o", markersize=side,
                markerfacecolor="white", markeredgewidth=1.6,
                markeredgecolor=_colour(panel, number, str(name)),
            )  # fmt: skip
            ax.text(
                number,
                rows.centres[row],
                shown(value),
                ha="center",
                va="center_baseline",
                fontsize=scale.size,
            )


def _dumbbell(ax: Axes, panel: Panel, scale: Scale) -> None:
    """Two marks on an ordinal scale; `data` holds for each step the sides that stand on it."""
    rows = _prepare(ax, panel, scale)
    _columns(ax, panel, scale)
    names = list(panel.colours)
    for number in range(panel.data.shape[1]):
        ax.axvline(number, color="#E6E6E6", linewidth=0.8, zorder=0)
    for row, (_, cells) in enumerate(panel.data.iterrows()):
        steps: dict[str, int] = {}
        for number, cell in enumerate(cells):
            for side in str(cell).split(" · ") if cell else ():
                steps[side] = number
        places = list(steps.values())
        ax.plot(
            [min(places), max(places)], [rows.centres[row]] * 2, color="#767676",
            linewidth=2, zorder=1,
        )  # fmt: skip
        together = len(places) > 1 and len(set(places)) == 1
        for number, side in enumerate(names):
            if side not in steps:
                continue
            shift = (number - 0.5) * 0.16 if together else 0.0
            ax.plot(
                steps[side] + shift, rows.centres[row], linestyle="none",
                marker=style.MARKERS[number % len(style.MARKERS)], markersize=scale.size * 1.05,
                color=panel.colours[side], markeredgecolor=TEXT, markeredgewidth=0.6, zorder=2,
            )  # fmt: skip


def _slope(ax: Axes, panel: Panel, scale: Scale) -> None:
    """Lines from place in the first article to place in the second; 0 % is the beginning."""
    ax.set_xlim(0, 1)
    ax.set_ylim(104, -4)
    names = [str(name) for name in panel.data.columns]
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.set_xticks([])
    ax.set_yticks([])
    for x, name, ha in ((0, names[0], "right"), (1, names[1], "left")):
        ax.axvline(x, color="#767676", linewidth=1)
        ax.text(
            x + (0.02 if x else -0.02), -4,
            style.wrap(name, scale.labels, scale.size, bold=True, lines=3),
            ha=ha, va="bottom", weight="bold", fontsize=scale.size, clip_on=False,
        )  # fmt: skip
    ax.text(0.5, -4, "beginning", ha="center", va="bottom", color=QUIET, fontsize=scale.size)
    ax.text(0.5, 104, "end", ha="center", va="top", color=QUIET, fontsize=scale.size)
    far = _furthest(panel.data)
    for row, (a, b) in enumerate(panel.data.itertuples(index=False, name=None)):
        strong = row in far
        ax.plot(
            [0, 1], [a, b], marker="o", markersize=scale.size * 0.5, clip_on=False,
            color=TEXT if strong else "#9A9A9A", linewidth=1.8 if strong else 1.0,
            zorder=3 if strong else 2,
        )  # fmt: skip
    _end_labels(ax, panel, scale, far)


def _furthest(data: pd.DataFrame, most: int = 6) -> list[int]:
    """Rows whose place differs most between the two articles."""
    moved = (data.iloc[:, 0] - data.iloc[:, 1]).abs().reset_index(drop=True)
    return moved[moved > 0].sort_values(ascending=False, kind="stable").index[:most].tolist()


def _end_labels(ax: Axes, panel: Panel, scale: Scale, far: list[int]) -> None:
    """What the emphasised lines say, pushed apart where they would overlap."""
    height = _inches(ax)[1]
    unit = 108 / height
    small = style.SMALL if scale is PAGE else scale.size
    order = sorted(far, key=lambda row: float(panel.data.iloc[row, 0]))
    places = [float(panel.data.iloc[row, 0]) for row in order]
    texts = [
        style.wrap(str(panel.data.index[row]), scale.labels * 1.05, small, lines=2) for row in order
    ]
    heights = [(text.count("\n") + 1) * small * 1.25 / 72 * unit for text in texts]
    ys = _apart(places, heights)
    for place, text, y in zip(places, texts, ys, strict=True):
        ax.annotate(
            text, (0, place), xytext=(-0.05, y), ha="right", va="center", fontsize=small,
            annotation_clip=False, linespacing=1.1,
            arrowprops={"arrowstyle": "-", "color": "#767676", "linewidth": 0.6},
        )  # fmt: skip


def _apart(places: list[float], heights: list[float]) -> list[float]:
    """Places of labels of these heights that do not overlap, as near as may be to `places`."""
    ys: list[float] = []
    for place, height in zip(places, heights, strict=True):
        least = ys[-1] + (heights[len(ys) - 1] + height) / 2 if ys else -3 + height / 2
        ys.append(max(place, least))
    limit = 103.0
    for number in reversed(range(len(ys))):
        ys[number] = min(ys[number], limit - heights[number] / 2)
        limit = ys[number] - heights[number] / 2
    return ys


def _intervals(ax: Axes, panel: Panel, scale: Scale) -> None:
    """Rates with their intervals; columns (series, value / low / high), and the verdict."""
    rows = _prepare(ax, panel, scale)
    names = _series(panel)
    most = max(float(panel.data[name]["high"].max()) for name in names) or 1.0
    ax.set_xlim(0, most * 1.05)
    step = min(0.2, (min(rows.heights) - 0.06) / len(names))
    told = panel.data[("verdict", "")] if ("verdict", "") in panel.data.columns else None
    for number, name in enumerate(names):
        cells = panel.data[name]
        for row in range(len(cells)):
            line = cells.iloc[row]
            if pd.isna(line["value"]):
                continue
            y = rows.centres[row] + (number - (len(names) - 1) / 2) * step
            sure = told is not None and told.iloc[row] == "different"
            colour = _colour(panel, number, name)
            ax.plot(
                [line["low"], line["high"]],
                [y, y],
                color=colour if sure else "#9A9A9A",
                linewidth=2,
            )
            ax.plot(
                line["value"], y, marker=style.MARKERS[number % len(style.MARKERS)],
                markersize=scale.size * 0.75, color=colour if sure else "white",
                markeredgecolor=TEXT if sure else colour, markeredgewidth=0.5 if sure else 1.6,
            )  # fmt: skip
    ax.tick_params(axis="x", labelsize=style.SMALL if scale is PAGE else scale.size)
    ax.spines["bottom"].set_visible(True)
    _key(ax, panel, scale)


def _diverging(ax: Axes, panel: Panel, scale: Scale) -> None:
    """One value per row to the left or right of zero, with the value printed."""
    rows = _prepare(ax, panel, scale)
    name = panel.data.columns[0]
    values = panel.data[name].astype(float)
    most = max(float(values.abs().max()), 1e-9)
    ax.set_xlim(-most * 1.3, most * 1.3)
    sides = list(panel.colours.values())
    for row, value in enumerate(values):
        colour = sides[0] if value >= 0 else sides[-1]
        ax.barh(
            rows.centres[row],
            value,
            height=scale.row * 0.6,
            color=colour,
            edgecolor=TEXT,
            linewidth=0.4,
        )
        ax.text(
            value + (most * 0.03 if value >= 0 else -most * 0.03), rows.centres[row],
            f"{value:+.1f}", ha="left" if value >= 0 else "right", va="center_baseline",
            fontsize=scale.size,
        )  # fmt: skip
    ax.axvline(0, color="#767676", linewidth=0.8)
    ax.set_xticks([])


_DRAW = {
    "stacked": _stacked,
    "bars": _bars,
    "matrix": _matrix,
    "dumbbell": _dumbbell,
    "slope": _slope,
    "intervals": _intervals,
    "diverging": _diverging,
}
