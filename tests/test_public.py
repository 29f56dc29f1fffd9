"""The public surface: documented, importable cheaply, named in the README; nothing leaves."""

import csv
import inspect
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import pytest_socket

import analysis as an

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FUNCTIONS = [name for name in an.__all__ if inspect.isfunction(getattr(an, name))]
DESIGN = """load hedges uncertain_sentences attributions sources frames agency naming loaded claims
numbers number_pairs certainty prominence rates keyness readability methods concordance highlight
brief""".split()


def test_the_designed_names_are_there():
    assert set(DESIGN) <= set(an.__all__)
    assert an.__all__ == sorted(an.__all__)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_is_documented(name):
    text = inspect.getdoc(getattr(an, name))
    assert text
    assert "Parameters\n-" in text
    assert "Returns\n-" in text
    for parameter in inspect.signature(getattr(an, name)).parameters:
        assert re.search(rf"\b{re.escape(parameter)}\b", text), parameter


@pytest.mark.parametrize("name", FUNCTIONS)
def test_has_few_arguments(name):
    parameters = inspect.signature(getattr(an, name)).parameters.values()
    assert len(parameters) <= 6
    positional = [p for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert len(positional) <= 2


def test_the_readme_names_everything_public():
    named = set(re.findall(r"`an\.(\w+)", README))
    assert named == set(an.__all__)


def test_readme_examples_run():
    blocks = re.findall(r"```python\n(.*?)```(?:\s*```text\n(.*?)```)?", README, flags=re.S)
    assert blocks
    for code, output in blocks:
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        if output:
            assert done.stdout.split() == output.split()


def test_readme_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_import_is_light():
    heavy = (
        "spacy matplotlib scipy statsmodels nltk textstat onnxruntime wordfreq pptx typst".split()
    )
    code = f"import sys, analysis; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"


def test_sockets_are_blocked():
    with pytest.raises((pytest_socket.SocketBlockedError, pytest_socket.SocketConnectBlockedError)):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_no_module_bears_the_name_of_a_function():
    modules = {path.stem for path in (ROOT / "analysis").glob("*.py")}
    assert not modules & set(FUNCTIONS)


def test_the_project_names_no_machine():
    files = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True
    ).stdout.split("\n")
    for name in files:
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".yml", ".ipynb", ".csv") and path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"(^|[^\w.])/(?:root|home|tmp)/\w", text), name


def test_the_readme_prints_the_measured_figures():
    with (ROOT / "analysis" / "accuracy.csv").open(encoding="utf-8", newline="") as handle:
        measured = {
            (row["detector"], row["measure"], row["corpus"]): row for row in csv.DictReader(handle)
        }
    rows = re.findall(
        r"^\| `(\w+)` \| (.+?) \| ([\d.]+) % \| (\d+) \| (.+?) \|$", README, flags=re.M
    )
    assert len(rows) == len(measured)
    for detector, measure, percent, n, corpus in rows:
        row = measured[detector, measure, corpus]
        assert float(percent) == round(100 * float(row["value"]), 1)
        assert n == row["n"]
