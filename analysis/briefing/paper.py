"""The briefing as a typeset paper: tagged PDF with bookmarks and embedded fonts."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from .content import Briefing, Evidence, Part, about, first_of_each
from .grids import annex, divided, flat

TEMPLATE = Path(__file__).parent / "paper.typ"
STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA-1: tags, alternative texts, title, language
FOOTNOTES, FEW_FOOTNOTES = 5, 3
CLOSE = 0.9  # height of a figure by its width that leaves room for few footnotes
TALLEST = 1.36  # the same that still fits a page
TALL = 23.0  # cm
LETTERS, PADDING = 120, 3  # letters of a line of a table, and of the gap between columns
WIDEST = 60  # letters that a column may wish for
LONGEST = 22  # letters of a word that should stand unbroken
LISTED = 8  # articles under the title


def write_paper(briefing: Briefing, path: Path, *, charts: Path) -> None:
    """Typeset the paper; figures are the SVG files of the folder `charts`."""
    import matplotlib
    import typst

    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder)
        shutil.copy(TEMPLATE, build / "paper.typ")
        for part in briefing.parts:
            if (charts / f"{part.name}.svg").exists():
                shutil.copy(charts / f"{part.name}.svg", build)
        text = json.dumps(_data(briefing, build), ensure_ascii=False)
        (build / "data.json").write_text(text, encoding="utf-8", errors="replace")
        pdf = typst.compile(
            build / "paper.typ",
            root=build,
            font_paths=[fonts],
            pdf_standards=STANDARD,
        )
    path.write_bytes(pdf)


def _data(briefing: Briefing, build: Path) -> dict[str, Any]:
    from .. import __version__

    return {
        "title": briefing.title,
        "title_size": 22 if len(briefing.title) < 90 else 15,
        "description": "; ".join(about(briefing.story))[:500],
        "marking": briefing.marking,
        "version": __version__,
        "about": _few(about(briefing.story)),
        "bottom": [
            {
                "text": f"{part.panel.caption.title}.",
                "evidence": [_passage(item) for item in first_of_each(part.evidence)],
            }
            for part in briefing.bottom_line
        ],
        "notes": list(briefing.notes),
        "parts": [_part(part, build) for part in briefing.parts],
        "limits": list(briefing.limits),
        "annex": [
            {
                "title": sheet.title,
                "columns": list(sheet.columns),
                "rows": [list(row) for row in sheet.rows],
                "widths": _widths(sheet.columns, sheet.rows),
                "empty": sheet.empty,
            }
            for sheet in annex(briefing)
        ],
    }


def _few(lines: list[str]) -> list[str]:
    """The first articles; all of them stand under the first question."""
    if len(lines) <= LISTED:
        return lines
    return [*lines[:LISTED], f"… and {len(lines) - LISTED} more articles"]


def _part(part: Part, build: Path) -> dict[str, Any]:
    columns, rows = flat(part.panel)
    picture = build / f"{part.name}.svg"
    caption = part.panel.caption
    tall = _ratio(picture) if picture.exists() else 0.0
    first = first_of_each(part.evidence, most=FEW_FOOTNOTES if tall > CLOSE else FOOTNOTES)
    return {
        "question": part.question,
        "title": caption.title,
        "measure": caption.measure,
        "caveat": caption.caveat,
        "source": caption.source,
        "image": picture.name if picture.exists() else None,
        "height": TALL if tall > TALLEST else None,
        "alt": part.panel.alt,
        "columns": columns if part.panel.kind else [],
        "rows": rows if part.panel.kind else [],
        "widths": _widths(columns, rows),
        "evidence": [_passage(item) for item in first],
        "basis": _basis(part, len(first)),
    }


def _basis(part: Part, given: int) -> str:
    rows = " and ".join(f"{name}.csv" for name in part.tables)
    return f"The finding rests on {rows}; the first {given} passages"


def _ratio(picture: Path) -> float:
    """Height of an SVG by its width."""
    import re

    head = picture.read_text(encoding="utf-8")[:2000]
    width, height = (re.search(rf'{name}="([\d.]+)pt"', head) for name in ("width", "height"))
    return float(height[1]) / float(width[1]) if width and height else 0.0


def _passage(item: Evidence) -> dict[str, Any]:
    return {
        "place": item.place,
        "start": item.start,
        "end": item.end,
        "before": item.before,
        "text": item.text,
        "after": item.after,
    }


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Widths of columns in letters, none too narrow for a word if that can be."""
    wanted, least = [], []
    for number, name in enumerate(columns):
        cells = [str(name), *(str(row[number]) for row in rows[:60])]
        word = max((len(piece) for cell in cells for piece in cell.split()), default=1)
        wanted.append(float(min(max(len(cell) for cell in cells), WIDEST) + PADDING))
        least.append(float(min(word, LONGEST) + PADDING))
    return divided(LETTERS, wanted, least)
