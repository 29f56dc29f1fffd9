"""The briefing as one HTML page that needs nothing else."""

from __future__ import annotations

import base64
from pathlib import Path

from .content import Briefing, about, first_of_each
from .grids import annex, flat

TEMPLATE = Path(__file__).parent / "page.html.j2"


def write_page(briefing: Briefing, path: Path, *, charts: Path) -> None:
    """Write the page; the SVG files of the folder `charts` are put into it."""
    from jinja2 import Environment, StrictUndefined

    from .. import __version__

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    images = {
        part.name: "data:image/svg+xml;base64,"
        + base64.b64encode((charts / f"{part.name}.svg").read_bytes()).decode("ascii")
        for part in briefing.parts
        if (charts / f"{part.name}.svg").exists()
    }
    text = template.render(
        b=briefing,
        about=about(briefing.story),
        annex=annex(briefing),
        images=images,
        flat=flat,
        first_of_each=first_of_each,
        version=__version__,
    )
    path.write_text(text, encoding="utf-8", errors="replace")
