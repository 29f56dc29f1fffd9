"""Where things stand in a chart: row labels, key, column heads, in inches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from . import style
from .panel import Panel

EMPTY_HEIGHT = 0.45
SLOPE_HEIGHT = 4.4
HEAD_LETTERS = 24  # of a column head's longest word that should stand level
PAD = 0.2  # between row labels and axes


@dataclass(frozen=True)
class Scale:
    """Sizes in inches and points for where a chart will stand."""

    width: float = style.WIDTH
    size: float = style.BODY
    small: float = style.SMALL
    labels: float = 1.9

    @property
    def row(self) -> float:
        """Least height of a row."""
        return self.size * 2.6 / 72

    @property
    def line(self) -> float:
        """Height of a line of text."""
        return self.size * 1.25 / 72


PAGE = Scale()


@dataclass(frozen=True, eq=False)
class Layout:
    """Places of a panel's pieces; y counts inches downwards from the first row."""

    panel: Panel
    scale: Scale

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.panel.kind or not len(self.panel.data)

    @cached_property
    def labels(self) -> list[str]:
        """Row labels, wrapped."""
        return [
            style.wrap(str(row), self.scale.labels, self.scale.size, lines=4)
            for row in self.panel.data.index
        ]

    @cached_property
    def left(self) -> float:
        """Room that row labels need left of the axes."""
        if self.empty:
            return 0.05
        if self.panel.kind == "slope":
            return self.scale.labels + 0.55
        lines = [line for label in self.labels for line in label.split("\n")]
        return max(style.width(line, self.scale.size) for line in lines) + PAD

    @cached_property
    def room(self) -> float:
        """Width of the axes."""
        return self.scale.width - self.left - PAD

    @cached_property
    def series(self) -> list[str]:
        """Names of the series in their order."""
        if self.panel.kind == "intervals":
            first = self.panel.data.columns.get_level_values(0)
            return [name for name in self.panel.colours if name in first]
        return [str(name) for name in self.panel.data.columns]

    @cached_property
    def heights(self) -> list[float]:
        """Height of each row."""
        least, size, many = self.scale.row, self.scale.size, len(self.series)
        if self.panel.kind == "stacked":
            least = size * 3.3 / 72
        elif self.panel.kind in ("bars", "intervals") and many > 1:
            least = max(least, many * size * 1.45 / 72 + 0.1)
        return [
            max(least, (label.count("\n") + 1) * self.scale.line + 0.1) for label in self.labels
        ]

    @cached_property
    def centres(self) -> list[float]:
        """Middle of each row."""
        ends = [sum(self.heights[: n + 1]) for n in range(len(self.heights))]
        return [end - height / 2 for end, height in zip(ends, self.heights, strict=True)]

    @cached_property
    def total(self) -> float:
        """Height of all rows."""
        if self.panel.kind == "slope":
            return SLOPE_HEIGHT
        return sum(self.heights)

    @cached_property
    def above(self) -> float:
        """Room over the rows for the key or the column heads."""
        if self.panel.kind in ("matrix", "dumbbell", "slope"):
            if self.turned:
                return max(style.width(head, self.scale.size) for head in self.heads) + 0.15
            lines = max(head.count("\n") for head in self.heads) + 1
            return lines * self.scale.line + 0.14 + self.key_height
        return self.key_height + 0.05

    @property
    def key_height(self) -> float:
        """Height of the key."""
        return len(self.key) * self.scale.size * 1.7 / 72

    @property
    def height(self) -> float:
        """Height of the axes."""
        return EMPTY_HEIGHT if self.empty else self.total + self.above

    @property
    def ticks(self) -> bool:
        """Whether figures stand under the axes."""
        return not self.empty and self.panel.kind in ("stacked", "intervals", "slope")

    @cached_property
    def turned(self) -> bool:
        """Whether the column heads must stand upright to fit."""
        if self.panel.kind != "matrix":
            return False
        words = [word[:HEAD_LETTERS] for name in self.series for word in name.split()]
        longest = max((style.width(word, self.scale.size, bold=True) for word in words), default=0)
        return longest > self.room / len(self.series) - 0.1

    @cached_property
    def heads(self) -> list[str]:
        """Column heads, wrapped or upright."""
        if self.turned:
            return [style.wrap(name, 1.7, self.scale.size, lines=1) for name in self.series]
        room = self.scale.labels if self.panel.kind == "slope" else self.room / len(self.series)
        return [
            style.wrap(name, room - 0.08, self.scale.size, bold=self.bold, lines=4)
            for name in self.series
        ]

    @property
    def bold(self) -> bool:
        """Whether column heads stand out; many of them need the room."""
        return not self.turned and len(self.series) <= 4

    @cached_property
    def keyed(self) -> list[str]:
        """What the key names: the series, or the sides of a dumbbell."""
        if self.panel.kind in ("matrix", "slope"):
            return []  # their column heads say it
        return list(self.panel.colours) if self.panel.kind == "dumbbell" else self.series

    @cached_property
    def key(self) -> list[list[tuple[int, str]]]:
        """Number and name of what the key names, in lines that fit the axes; none for one."""
        if len(self.keyed) < 2:
            return []
        lines: list[list[tuple[int, str]]] = [[]]
        used = 0.0
        for number, keyed in enumerate(self.keyed):
            name = style.wrap(keyed, self.room - 0.5, self.scale.size, lines=1)
            needed = style.width(name, self.scale.size) + self.scale.size * 2.6 / 72
            if used + needed > self.room and lines[-1]:
                lines.append([])
                used = 0.0
            lines[-1].append((number, name))
            used += needed
        return lines
