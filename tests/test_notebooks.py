"""Every notebook runs from a clean kernel, on the seeds and on other folders, and is well made."""

import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
sys.path.insert(0, str(ROOT / "notebooks"))
from run import execute, with_parameters  # noqa: E402


def read(path):
    return nbformat.read(path, as_version=4)


def parameters(path, articles, out):
    given = {"articles": str(articles)}
    return {**given, "out": str(out)} if path == NOTEBOOKS[-1] else given


def check_outputs(done):
    """No error, no warning, no bare object: an analyst sees tables, charts and sentences."""
    for cell in done.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error"
            if output.output_type == "stream":
                assert output.name == "stdout", output.text
            text = output.get("data", {}).get("text/plain", "")
            if "text/html" not in output.get("data", {}) and "image/png" not in output.get(
                "data", {}
            ):
                assert not text.startswith(("<", "[<", "Axes(")), text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_on_the_seeds(path, tmp_path):
    check_outputs(execute(path, parameters(path, ROOT / "seeds", tmp_path / "out")))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_on_a_copy_with_other_names(path, tmp_path, seeds):
    folder = tmp_path / "another folder"
    folder.mkdir()
    for name, text in zip(("north", "south"), seeds.texts.values(), strict=True):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    check_outputs(execute(path, parameters(path, folder, tmp_path / "out")))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_on_three_short_articles(path, tmp_path):
    folder = tmp_path / "three"
    folder.mkdir()
    for name, text in {
        "a": "Mayor quits\n\nThe mayor of Oakham resigned on Monday, the council said. About 40 "
        "people protested outside.",
        "b": "Oakham’s mayor has reportedly resigned. “I am tired,” she told reporters.",
        "c": "The mayor resigned. Nobody knows why.",
    }.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    check_outputs(execute(path, parameters(path, folder, tmp_path / "out")))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_well_made(path):
    notebook = read(path)
    first, second = notebook.cells[:2]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert "?" in first.source.splitlines()[0]
    for word in ("**Question.**", "**Data.**", "**Method.**", "**Caveat.**"):
        assert word in first.source
    assert second.cell_type == "code"
    assert "import analysis as an" in second.source
    with_parameters(notebook, {})  # exactly one cell is tagged
    prose = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    sections = [line for line in prose.splitlines() if line.startswith("## ")]
    assert sections[-1].startswith("## Evidence"), "the last section is the evidence"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not cell.outputs
            assert cell.execution_count is None
            assert len(cell.source.splitlines()) <= 12


def test_the_numbers_run_without_gaps():
    assert [int(path.name[:2]) for path in NOTEBOOKS] == list(range(1, len(NOTEBOOKS) + 1))
