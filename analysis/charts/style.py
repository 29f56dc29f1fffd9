"""The house style: colours, sizes, wrapped text, and the figure around the axes.

Text is never smaller than 8.5 points at the width of a page. Colours are those of Okabe and Ito
(2008), readable with any colour vision; every difference in colour is also one in shape, place or
printed count, so that nothing is lost in greyscale.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from .panel import QUIET, TEXT, Caption

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 7.0  # inches: a page's text width
TITLE, BODY, SMALL = 13.0, 9.5, 8.6  # points

# Blue and orange first: furthest apart in hue and in lightness.
ARTICLES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#595959")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GROUPS = ("#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D9D9D9", "#CC79A7", "#F0E442")
MANY = "#0072B2"
PALE = "#D9D9D9"

RC: dict[Any, Any] = {
    "font.family": "sans-serif",
    # the first is shipped with matplotlib; the others are for the reader of an SVG without it
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "sans-serif"],
    "font.size": BODY,
    "axes.edgecolor": "#767676",
    "axes.labelcolor": TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.unicode_minus": True,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "hatch.linewidth": 0.6,
    "text.color": TEXT,
    "text.parse_math": False,  # a dollar sign in an article is a dollar sign
    "xtick.color": TEXT,
    "ytick.color": TEXT,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "tellings",
    "pdf.fonttype": 42,
}


def article_colour(number: int, of: int) -> str:
    """Colour of the article at place `number` of the story; one for all beyond seven articles."""
    return ARTICLES[number] if of <= len(ARTICLES) else MANY


def on(colour: str) -> str:
    """Black or white, whichever reads better on `colour`."""
    return "#000000" if luminance(colour) > 0.179 else "#FFFFFF"


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, 0 (black) to 1 (white)."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@lru_cache(maxsize=8192)
def width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line of text in inches."""
    renderer, font = _ruler(bold)
    # measured once at 100 points: the width of text grows with its size
    return renderer.get_text_width_height_descent(text, font, ismath=False)[0] * size / 7200


@cache
def _ruler(bold: bool):
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.font_manager import FontProperties

    weight = "bold" if bold else "normal"
    return RendererAgg(10, 10, 72), FontProperties(family="DejaVu Sans", size=100, weight=weight)


def wrap(text: str, inches: float, size: float, *, bold: bool = False, lines: int = 0) -> str:
    """Break a text into lines of at most `inches`; beyond `lines` (if given) it ends in "…".

    Words longer than a line are broken.
    """
    out: list[str] = []
    line = ""
    for word in re.sub(r"[ \t\r\n]+", " ", text).strip().split(" "):  # keeps hard spaces
        tried = f"{line} {word}".strip()
        if width(tried, size, bold) <= inches:
            line = tried
            continue
        if line:
            out.append(line)
        while width(word, size, bold) > inches and len(word) > 1:
            cut = len(word) - 1
            while cut > 1 and width(word[:cut], size, bold) > inches:
                cut -= 1
            out.append(word[:cut])
            word = word[cut:]
        line = word
    out.append(line)
    if lines and len(out) > lines:
        out = out[:lines]
        while width(out[-1] + " …", size, bold) > inches and " " in out[-1]:
            out[-1] = out[-1].rsplit(" ", 1)[0]
        out[-1] += " …"
    return "\n".join(out)


def figure(caption: Caption, height: float, *, left: float, under: float) -> Axes:
    """A figure with its words in place and axes of `height` inches between them.

    Parameters
    ----------
    caption : Caption
        Title, measure, caveat and source line.
    height : float
        Height of the axes in inches.
    left, under : float
        Inches that labels need left of the axes and under them.
    """
    import matplotlib.pyplot as plt

    title = wrap(caption.title, WIDTH - 0.1, TITLE, bold=True)
    measure = wrap(caption.measure, WIDTH - 0.1, BODY)
    notes = [wrap(text, WIDTH - 0.1, SMALL) for text in (caption.caveat, caption.source)]
    top = _height(title, TITLE) + _height(measure, BODY) + 0.26
    bottom = sum(_height(note, SMALL) + 0.05 for note in notes) + under + 0.09
    total = top + height + bottom
    fig = plt.figure(figsize=(WIDTH, total))
    fig.text(
        0.05 / WIDTH, 1 - 0.06 / total, title,
        size=TITLE, weight="bold", va="top", linespacing=1.2,
    )  # fmt: skip
    fig.text(
        0.05 / WIDTH, 1 - (0.12 + _height(title, TITLE)) / total, measure,
        size=BODY, color=QUIET, va="top", linespacing=1.2,
    )  # fmt: skip
    y = 0.07
    for note in reversed(notes):
        fig.text(0.05 / WIDTH, y / total, note, size=SMALL, color=QUIET, linespacing=1.2)
        y += _height(note, SMALL) + 0.05
    return fig.add_axes(
        (left / WIDTH, bottom / total, (WIDTH - left - 0.2) / WIDTH, height / total)
    )


def _height(text: str, size: float) -> float:
    return (text.count("\n") + 1) * size * 1.22 / 72


def save(fig: Figure, stem) -> list:
    """Write a figure as PNG (300 dpi), SVG and PDF; the same figure gives the same bytes.

    Returns the paths written.
    """
    from matplotlib import rc_context

    paths = []
    with rc_context(RC):
        for suffix, metadata in (
            ("png", {"Software": None}),
            ("svg", {"Date": None}),
            ("pdf", {"CreationDate": None, "ModDate": None}),
        ):
            path = stem.with_suffix(f".{suffix}")
            fig.savefig(path, dpi=300, metadata=metadata)
            paths.append(path)
    return paths
