"""Write a briefing: charts, page, paper, slides, workbook and tables, all or nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from ..charts import drawing, style
from ..charts.panel import Panel, count_of
from ..errors import ChoiceError, choice
from ..story import Story
from .content import NAMES, Briefing, compose, default_title
from .folder import MANIFEST, digest, whole_folder
from .page import write_page
from .paper import write_paper
from .slides import write_slides
from .tables import all_tables, pair_of, write_csv
from .workbook import write_workbook

SOFTWARE = ("matplotlib", "pandas", "python-pptx", "spacy", "typst", "xlsxwriter")


def brief(
    story: Story | Briefing,
    out: str | Path,
    *,
    title: str | None = None,
    marking: str | None = None,
    only: Sequence[str] | None = None,
    between: Sequence[str] | None = None,
) -> Path:
    """Write a briefing: a folder that can be presented and handed on as it is.

    Parameters
    ----------
    story : Story or Briefing
        The articles, one to about fifty; or what `analysis.briefing.draft` made of them.
    out : path
        Folder to write. It appears when everything is complete. A briefing that stands there is
        replaced as a whole, but kept beside it (``NAME-kept-1``) if its files were changed.
    title : str, optional
        Title of the briefing.
    marking : str, optional
        Line at the top and bottom of every page and slide, such as a handling caveat.
    only : names of parts, optional
        Which parts go in, such as ["claim_bands", "source_mix"]; by default all. The tables are
        always complete.
    between : two ids, optional
        Articles that the parts of pairs compare. With more than two articles and no `between`
        these parts are left out, and the briefing says so.

    Returns
    -------
    Path
        The folder. It holds `briefing.pptx` (charts that can be edited, evidence in the notes),
        `briefing.pdf` (a tagged paper), `briefing.html` (one page that needs nothing else),
        `evidence.xlsx` (every table), `charts/` (PNG at 300 dpi, SVG, PDF), `tables/` (CSV) and
        `manifest.json` (versions, hashes, parameters).

    Raises
    ------
    ChoiceError
        If `only` names a part that does not exist.
    PairError
        If `between` does not name two articles.
    OutputError
        If the folder cannot be written, or holds files that are no briefing. Nothing is changed
        then.
    """
    out = Path(out)
    chosen = _only(only)
    drafted = story if isinstance(story, Briefing) else None
    story = story.story if isinstance(story, Briefing) else story
    pair = pair_of(story, between or (drafted.pair if drafted else None))
    parameters = {
        "title": title,
        "marking": marking,
        "only": list(chosen) if chosen else None,
        "between": list(pair) if pair else None,
    }
    with whole_folder(out) as work:
        if drafted and drafted.pair == pair:
            tables = drafted.tables
        else:
            tables = all_tables(story, between=pair)
        briefing = replace(
            compose(story, tables, only=chosen, pair=pair),
            title=" ".join((title or default_title(story)).split()),
            marking=" ".join((marking or "").split()),
        )
        _write(briefing, work)
        _manifest(briefing, work, parameters)
    print(_message(briefing, out))
    return out


def _only(only: Sequence[str] | None) -> tuple[str, ...] | None:
    if only is None:
        return None
    names = (only,) if isinstance(only, str) else tuple(only)
    if not names:
        raise ChoiceError(f"only is empty; expected some of {', '.join(NAMES)}")
    for name in names:
        choice(name, NAMES, name="only")
    return names


def _write(briefing: Briefing, work: Path) -> None:
    from tqdm import tqdm

    charts, tables = work / "charts", work / "tables"
    charts.mkdir()
    tables.mkdir()
    drawn = [part for part in briefing.parts if part.panel.kind not in ("", "table")]
    steps: list[tuple[str, Callable[[], None]]] = [
        (part.name, partial(_draw, part.panel, charts)) for part in drawn
    ]
    steps += [
        (name, partial(write_csv, table, tables / f"{name}.csv"))
        for name, table in briefing.tables.items()
    ]
    steps += [
        ("page", partial(write_page, briefing, work / "briefing.html", charts=charts)),
        ("paper", partial(write_paper, briefing, work / "briefing.pdf", charts=charts)),
        ("slides", partial(write_slides, briefing, work / "briefing.pptx")),
        ("workbook", partial(write_workbook, briefing, work / "evidence.xlsx")),
    ]
    with tqdm(steps, desc="briefing", disable=not sys.stderr.isatty(), leave=False) as bar:
        for name, step in bar:
            bar.set_postfix_str(name)
            step()


def _draw(panel: Panel, charts: Path) -> None:
    import matplotlib.pyplot as plt

    figure = drawing.show(panel).get_figure(root=True)
    assert figure is not None
    try:
        style.save(figure, charts / panel.name)
    finally:
        plt.close(figure)


def _manifest(briefing: Briefing, work: Path, parameters: dict) -> None:
    from .. import __version__

    files = sorted(path for path in work.rglob("*") if path.is_file())
    content = {
        "kit": {"name": "tellings", "version": __version__},
        "parameters": parameters,
        "articles": [
            {"article": row.article, "label": row.label, "sha256": row.sha256}
            for row in briefing.story.articles.itertuples()
        ],
        "parts": {
            part.name: {
                "question": part.question,
                "finding": part.panel.caption.title,
                "tables": [f"tables/{name}.csv" for name in part.tables],
                "alt": part.panel.alt,
            }
            for part in briefing.parts
        },
        "tables": {
            name: {"rows": len(table), "columns": list(table.columns)}
            for name, table in briefing.tables.items()
        },
        "csv": "A text cell that begins with = + - @, a tab or a line break bears a leading "
        "apostrophe, so that no spreadsheet runs it; offsets count without it.",
        "lexicons": {
            row.item: row.sha256
            for row in briefing.tables["methods"].itertuples()
            if row.kind in ("lexicon", "model") and isinstance(row.sha256, str)
        },
        "software": {name: version(name) for name in SOFTWARE},
        "files": {path.relative_to(work).as_posix(): digest(path) for path in files},
    }
    text = json.dumps(content, indent=1, ensure_ascii=False)
    (work / MANIFEST).write_text(text + "\n", encoding="utf-8", errors="replace")


def _message(briefing: Briefing, out: Path) -> str:
    drawn = sum(part.panel.kind not in ("", "table") for part in briefing.parts)
    notes = "".join(f"\n{note}" for note in briefing.notes)
    return (
        f"The briefing of {count_of(len(briefing.story), 'article')} is in {out}: briefing.pptx, "
        f"briefing.pdf, briefing.html, evidence.xlsx, {count_of(drawn, 'chart')} in charts/, "
        f"{count_of(len(briefing.tables), 'table')} in tables/, manifest.json{notes}"
    )
