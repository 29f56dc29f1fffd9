"""The command `tellings`: a briefing, the tables, JupyterLab, or a check of the installation."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from .errors import LanguageWarning, OutputError, TellingsError

BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status (2 and one line on stderr for bad input)."""
    options = _parser().parse_args(arguments)
    warnings.showwarning = _plain_warning
    try:
        return options.run(options)
    except TellingsError as error:
        print(f"tellings: {error}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:  # `tellings doctor | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _plain_warning(message, category, filename, lineno, file=None, line=None) -> None:
    if issubclass(category, LanguageWarning):
        print(f"tellings: warning: {message}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tellings", description="Compare how articles tell it.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    brief = commands.add_parser("brief", help="write charts, tables and the briefing")
    _add_input(brief)
    brief.add_argument("--title", help="title of the briefing")
    brief.add_argument("--marking", help="line at the top and bottom of every page")
    brief.set_defaults(run=_brief)
    tables = commands.add_parser("tables", help="write every table as CSV")
    _add_input(tables)
    tables.set_defaults(run=_tables)
    lab = commands.add_parser("lab", help="open JupyterLab on the notebooks")
    lab.add_argument("options", nargs="*", help="passed on to jupyter lab (after --)")
    lab.set_defaults(run=_lab)
    doctor = commands.add_parser("doctor", help="what is installed: models, data, versions")
    doctor.set_defaults(run=_doctor)
    return parser


def _add_input(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="article, folder, corpus"
    )
    parser.add_argument("--out", required=True, type=Path, help="folder to write")
    parser.add_argument(
        "--between", nargs=2, metavar=("A", "B"), help="ids of the two articles to compare in pairs"
    )


def _load(paths: list[Path]):
    from . import load

    return load(paths[0] if len(paths) == 1 else paths)


def _brief(options: argparse.Namespace) -> int:
    from . import brief

    story = _load(options.paths)
    brief(
        story,
        options.out,
        title=options.title,
        marking=options.marking,
        between=options.between,
    )
    return 0


def _tables(options: argparse.Namespace) -> int:
    from .briefing import all_tables, write_csv

    story = _load(options.paths)
    tables = all_tables(story, between=options.between)
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            write_csv(table, options.out / f"{name}.csv")
    except OSError as error:
        raise OutputError(
            f"{options.out} cannot be written: {error.strerror or error}; expected a folder"
        ) from error
    print(f"{len(tables)} tables of {len(story)} articles are in {options.out}")
    return 0


def _lab(options: argparse.Namespace) -> int:
    notebooks = next(
        (
            folder / "notebooks"
            for folder in (Path.cwd(), Path(__file__).parent.parent)
            if (folder / "notebooks").is_dir()
        ),
        None,
    )
    if notebooks is None:
        raise OutputError(
            "no folder 'notebooks' here; run `tellings lab` in the folder that holds the kit"
        )
    command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(notebooks.parent)]
    os.execv(sys.executable, [*command, f"--LabApp.default_url=/lab/tree/{_first(notebooks)}",
                              *options.options])  # fmt: skip


def _first(notebooks: Path) -> str:
    found = sorted(notebooks.glob("[0-9]*.ipynb"))
    return f"notebooks/{found[0].name}" if found else "notebooks"


def _doctor(options: argparse.Namespace) -> int:
    import platform

    from . import __version__, language, methods

    print(f"tellings {__version__}, Python {platform.python_version()}, {platform.platform()}")
    card = methods()
    for row in card[card["kind"].isin(["software", "model", "lexicon"])].itertuples():
        detail = row.version if isinstance(row.version, str) else f"sha256 {row.sha256[:12]}"
        print(f"{row.kind:9} {row.item}: {detail}")
    print(f"data      {language.data_folder()}")
    measured = card[card["kind"] == "accuracy"]
    print(f"accuracy  {len(measured)} measured figures; see an.methods()")
    missing = card[card["version"] == "not installed"]["item"].tolist()
    if missing:
        print(f"missing   {', '.join(missing)}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
