"""Draw a panel: one function per kind of chart, for a page or for a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from . import style
from .layout import PAGE, Layout, Scale
from .panel import QUIET, TEXT, Panel, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINE = "#767676"
FAINT = "#E6E6E6"
GREY = "#9A9A9A"


def show(panel: Panel, *, ax: Axes | None = None, scale: Scale = PAGE) -> Axes:
    """Draw a panel into a figure of its own, or only its marks into `ax`.

    The panel can be read back from the axes as `ax.panel`.
    """
    import matplotlib.pyplot as plt
    from matplotlib import rc_context

    # Loads the backend now: a notebook's turns interactive mode on when it is loaded, and loaded
    # inside the context it would be turned off again, and only the first chart be shown.
    plt.draw_if_interactive()
    layout = Layout(panel, scale)
    with rc_context({**style.RC, "font.size": scale.size}):
        if ax is None:
            under = 0.4 if layout.ticks else 0.12
            ax = style.figure(panel.caption, layout.height, left=layout.left, under=under)
        ax.panel = panel  # type: ignore[attr-defined]
        if layout.empty:
            ax.set_axis_off()
            ax.text(0, 0.5, "Nothing to draw.", transform=ax.transAxes, color=QUIET)
        else:
            _prepare(ax, layout)
            _DRAW[panel.kind](ax, layout)
    return ax


def _prepare(ax: Axes, layout: Layout) -> None:
    """Axes whose y runs downwards in inches, with the row labels in place."""
    size = layout.scale.size
    ax.set_ylim(layout.total, -layout.above)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0, pad=6)
    ax.tick_params(axis="x", labelsize=layout.scale.small)
    if layout.panel.kind == "slope":
        ax.set_yticks([])
    else:
        ax.set_yticks(layout.centres, layout.labels, fontsize=size, linespacing=1.15)


def _colour(layout: Layout, number: int) -> str:
    fallback = style.GROUPS[number % len(style.GROUPS)]
    return layout.panel.colours.get(layout.series[number], fallback)


def _inches(ax: Axes) -> float:
    """Width of the axes."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return ax.get_position().width * figure.get_figwidth()


def _key(ax: Axes, layout: Layout) -> None:
    """The series named beside their marks, in the order in which they stand."""
    size = layout.scale.size
    left, right = ax.get_xlim()
    inch = (right - left) / _inches(ax)
    side = size / 72
    for row, line in enumerate(layout.key):
        x = left
        y = -layout.above + (row + 0.55) * size * 1.7 / 72
        for number, name in line:
            marked = layout.panel.kind in ("intervals", "dumbbell")
            fallback = style.GROUPS[number % len(style.GROUPS)]
            colour = layout.panel.colours.get(layout.keyed[number], fallback)
            ax.plot(
                x + side * inch * 0.6, y, linestyle="none",
                marker=style.MARKERS[number % 7] if marked else "s", markersize=size * 0.85,
                color=colour, markeredgecolor=TEXT, markeredgewidth=0.5, clip_on=False,
            )  # fmt: skip
            ax.text(x + side * inch * 1.4, y, name, va="center", fontsize=size)
            x += (style.width(name, size) + side * 2.6) * inch


def _heads(ax: Axes, layout: Layout) -> None:
    """Column heads over the columns 0, 1, 2 …"""
    ax.set_xlim(-0.5, len(layout.series) - 0.5)
    ax.set_xticks([])
    for number, head in enumerate(layout.heads):
        ax.text(
            number, -0.08, head, ha="center", va="bottom", rotation=90 if layout.turned else 0,
            fontsize=layout.scale.size, weight="bold" if layout.bold else "normal",
            linespacing=1.15,
        )  # fmt: skip


def _stacked(ax: Axes, layout: Layout) -> None:
    """Shares of each row's total; every segment bears its count, inside or over it."""
    data, size = layout.panel.data, layout.scale.size
    ax.set_xlim(0, 1.14)
    inches = _inches(ax) / 1.14
    thick = size * 1.9 / 72
    for row, counts in enumerate(data.itertuples(index=False, name=None)):
        total, left, free = sum(counts), 0.0, -1.0
        y = layout.centres[row]
        for number, value in enumerate(counts):
            share = value / total if total else 0.0
            colour = _colour(layout, number)
            ax.barh(y, share, left=left, height=thick, color=colour, edgecolor="white", linewidth=1)
            text, middle = shown(value), left + share / 2
            wide = style.width(text, size)
            if share * inches > wide + 0.06:
                ax.text(
                    middle, y, text, ha="center", va="center_baseline", color=style.on(colour),
                    fontsize=size,
                )  # fmt: skip
            elif value:
                small = style.width(text, layout.scale.small) / inches
                x = max(middle, free + small / 2)
                ax.text(
                    x, y - thick / 2 - 0.01, text, ha="center", va="bottom",
                    fontsize=layout.scale.small,
                )  # fmt: skip
                free = x + small / 2 + 0.01
            left += share
        ax.text(1.015, y, f"n = {shown(total)}", va="center_baseline", fontsize=size)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    _key(ax, layout)


def _bars(ax: Axes, layout: Layout) -> None:
    """Counts side by side; every bar bears its count."""
    data, size, series = layout.panel.data, layout.scale.size, len(layout.series)
    most = max(float(data.to_numpy().max()), 1.0)
    ax.set_xlim(0, most * 1.12)
    for row, counts in enumerate(data.itertuples(index=False, name=None)):
        thick = min(size * 1.9 / 72, (layout.heights[row] - 0.1) / series)
        for number, value in enumerate(counts):
            y = layout.centres[row] + (number - (series - 1) / 2) * thick
            ax.barh(
                y, value, height=thick * 0.9, color=_colour(layout, number), edgecolor=TEXT,
                linewidth=0.4,
            )  # fmt: skip
            ax.text(value + most * 0.012, y, shown(value), va="center_baseline", fontsize=size)
    ax.set_xticks([])
    ax.plot([0, 0], [0, layout.total], color=LINE, linewidth=0.8)
    _key(ax, layout)


def _matrix(ax: Axes, layout: Layout) -> None:
    """A ring with the count where there is something, a small dash where there is nothing."""
    size = layout.scale.size
    _heads(ax, layout)
    side = min(size * 2.1, layout.room / len(layout.series) * 72 * 0.9)
    for row, counts in enumerate(layout.panel.data.itertuples(index=False, name=None)):
        y = layout.centres[row]
        ax.axhline(y, color=FAINT, linewidth=0.8, zorder=0)
        for number, value in enumerate(counts):
            ax.plot(
                number, y, marker="o", markersize=side if value else side * 0.5, color="white",
                markeredgewidth=1.6 if value else 0,
                markeredgecolor=_colour(layout, number) if value else "white",
            )  # fmt: skip
            ax.text(
                number, y, shown(value) if value else "–", ha="center", va="center_baseline",
                color=TEXT if value else QUIET, fontsize=size,
            )  # fmt: skip


def _dumbbell(ax: Axes, layout: Layout) -> None:
    """Two marks on an ordinal scale; a cell of `data` names the sides that stand on its step."""
    size = layout.scale.size
    sides = layout.keyed
    _heads(ax, layout)
    _key(ax, layout)
    for number in range(len(layout.series)):
        ax.plot([number] * 2, [0, layout.total], color=FAINT, linewidth=0.8, zorder=0)
    for row, cells in enumerate(layout.panel.data.itertuples(index=False, name=None)):
        y = layout.centres[row]
        steps = {
            side: step for step, cell in enumerate(cells) for side in str(cell).split(" · ") if side
        }
        places = list(steps.values())
        ax.plot([min(places), max(places)], [y, y], color=LINE, linewidth=2, zorder=1)
        together = len(places) > 1 and len(set(places)) == 1
        for number, side in enumerate(sides):
            ax.plot(
                steps[side] + ((number - 0.5) * 0.16 if together else 0.0), y, linestyle="none",
                marker=style.MARKERS[number % 7], markersize=size * 1.05,
                color=layout.panel.colours[side], markeredgecolor=TEXT, markeredgewidth=0.6,
                zorder=2,
            )  # fmt: skip


def _slope(ax: Axes, layout: Layout) -> None:
    """Lines from place in the first article to place in the second; 0 % is the beginning."""
    data, scale = layout.panel.data, layout.scale
    inch = layout.total / 100
    ax.set_xlim(0, 1)
    ax.set_xticks([0.5], ["end of the article"])
    ax.tick_params(axis="x", length=0)
    for x, head, ha in ((-0.02, layout.heads[0], "right"), (1.0, layout.heads[1], "right")):
        ax.text(x, -0.12, head, ha=ha, va="bottom", weight="bold", fontsize=scale.size)
    ax.text(0.5, -0.12, "beginning", ha="center", va="bottom", fontsize=scale.small)
    for x in (0, 1):
        ax.plot([x, x], [0, layout.total], color=LINE, linewidth=1)
    far = furthest(data)
    for row, (a, b) in enumerate(data.itertuples(index=False, name=None)):
        strong = row in far
        ax.plot(
            [0, 1], [a * inch, b * inch], marker="o", markersize=scale.size * 0.5, clip_on=False,
            color=TEXT if strong else GREY, linewidth=1.8 if strong else 1.0,
            zorder=3 if strong else 2,
        )  # fmt: skip
    _end_labels(ax, layout, far)


def furthest(data: pd.DataFrame, *, most: int = 6) -> list[int]:
    """Rows whose place differs most between the two articles, one for each label."""
    moved = (data.iloc[:, 0] - data.iloc[:, 1]).abs().reset_index(drop=True)
    order = moved[moved > 0].sort_values(ascending=False, kind="stable").index.tolist()
    labels: dict[str, int] = {}
    for row in order:
        labels.setdefault(str(data.index[row]), row)
    return list(labels.values())[:most]


def _end_labels(ax: Axes, layout: Layout, far: list[int]) -> None:
    """What the emphasised lines say, pushed apart where they would overlap."""
    small, data = layout.scale.small, layout.panel.data
    order = sorted(far, key=lambda row: float(data.iloc[row, 0]))
    places = [float(data.iloc[row, 0]) * layout.total / 100 for row in order]
    texts = [style.wrap(str(data.index[row]), layout.scale.labels, small, lines=2) for row in order]
    heights = [(text.count("\n") + 1) * small * 1.25 / 72 + 0.03 for text in texts]
    ys = _apart(places, heights, layout.total)
    to_point = {"arrowstyle": "-", "color": LINE, "linewidth": 0.6, "relpos": (1, 0.5)}
    for place, text, y in zip(places, texts, ys, strict=True):
        ax.annotate(
            text, (0, place), xytext=(-0.07, y), ha="right", va="center", fontsize=small,
            annotation_clip=False, linespacing=1.1,
            arrowprops=to_point,
        )  # fmt: skip


def _apart(places: list[float], heights: list[float], limit: float) -> list[float]:
    """Places of labels of these heights that do not overlap, as near as may be to `places`."""
    ys: list[float] = []
    for place, height in zip(places, heights, strict=True):
        least = ys[-1] + (heights[len(ys) - 1] + height) / 2 if ys else height / 2
        ys.append(max(place, least))
    for number in reversed(range(len(ys))):
        ys[number] = min(ys[number], limit - heights[number] / 2)
        limit = ys[number] - heights[number] / 2
    return ys


def _intervals(ax: Axes, layout: Layout) -> None:
    """Rates with their intervals and counts; columns (series, value/low/high/count), verdict."""
    data, scale = layout.panel.data, layout.scale
    highest = max(float(data[name]["high"].max()) for name in layout.series)
    most = highest if highest > 0 else 1.0
    inches = _inches(ax)
    room = style.width("100.0 (100)", scale.small) + 0.15
    ax.set_xlim(0, most * inches / (inches - room))
    gap = most * 0.06 / (inches - room)
    different = data[("verdict", "")] == "different"
    for number, name in enumerate(layout.series):
        colour = _colour(layout, number)
        for row, (value, low, high, count) in enumerate(
            data[name][["value", "low", "high", "count"]].itertuples(index=False, name=None)
        ):
            if pd.isna(value):
                continue
            step = min(scale.size * 1.5 / 72, (layout.heights[row] - 0.06) / len(layout.series))
            y = layout.centres[row] + (number - (len(layout.series) - 1) / 2) * step
            sure = bool(different.iloc[row])
            ax.plot([low, high], [y, y], color=colour if sure else GREY, linewidth=2)
            ax.plot(
                value, y, marker=style.MARKERS[number % 7], markersize=scale.size * 0.75,
                color=colour if sure else "white", markeredgecolor=TEXT if sure else colour,
                markeredgewidth=0.5 if sure else 1.6, clip_on=False, zorder=3,
            )  # fmt: skip
            ax.text(
                high + gap * 2, y, f"{value:.1f} ({shown(count)})", va="center_baseline",
                fontsize=scale.small,
            )  # fmt: skip
    ax.spines["bottom"].set_visible(True)
    ax.set_xticks([tick for tick in ax.get_xticks() if 0 <= tick <= most * 1.02])
    _key(ax, layout)


def _diverging(ax: Axes, layout: Layout) -> None:
    """One value per row to the left or right of zero, with the value printed."""
    values = layout.panel.data.iloc[:, 0].astype(float)
    most = max(float(values.abs().max()), 1e-9)
    ax.set_xlim(-most * 1.3, most * 1.3)
    sides = list(layout.panel.colours.values())
    for row, value in enumerate(values):
        y, right = layout.centres[row], value >= 0
        ax.barh(
            y, value, height=layout.scale.row * 0.6, color=sides[0] if right else sides[-1],
            edgecolor=TEXT, linewidth=0.4,
        )  # fmt: skip
        ax.text(
            value + most * (0.03 if right else -0.03), y, f"{value:+.1f}",
            ha="left" if right else "right", va="center_baseline", fontsize=layout.scale.size,
        )  # fmt: skip
    ax.plot([0, 0], [0, layout.total], color=LINE, linewidth=0.8)
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
