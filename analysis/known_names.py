"""Names that the kit knows: titles, given names, nationalities, organisations (editable CSVs)."""

from __future__ import annotations

import csv
import re
from functools import cache

from .language import LEXICONS, gazetteer

_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_GENITIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")


def _read(file: str, key: str, value: str) -> dict[str, str]:
    with (LEXICONS / file).open(encoding="utf-8", newline="") as handle:
        return {row[key]: row[value] for row in csv.DictReader(handle)}


@cache
def titles() -> dict[str, str]:
    """Title before a person's name, without full stop → "m", "f" or "" (says nothing)."""
    return _read("person_titles.csv", "title", "gender")


@cache
def given_names() -> dict[str, str]:
    """Given name → "m" or "f"; names borne by both are left out."""
    return _read("given_names.csv", "name", "gender")


@cache
def _nationalities() -> dict[str, str]:
    return _read("nationalities.csv", "adjective", "country")


@cache
def _organisations() -> dict[str, str]:
    return _read("organisation_names.csv", "written", "name")


def usual_name(name: str) -> str:
    """The form of a well-known name that the tables show: "US" gives "U.S."."""
    known = _organisations()
    return known.get(name) or known.get(f"{name}.", name)  # the last point may be the sentence's


@cache
def states() -> dict[str, tuple[str, str]]:
    """Name, demonym or capital -> state, and which of the three (`lexicons/states.csv`)."""
    with (LEXICONS / "states.csv").open(encoding="utf-8", newline="") as handle:
        return {row["mention"]: (row["state"], row["via"]) for row in csv.DictReader(handle)}


def country(name: str) -> str:
    """Country (ISO 3166 alpha-2) of a place or nationality; empty if it names none."""
    bare = _GENITIVE.sub("", _ARTICLE.sub("", name.strip(), count=1))
    return _nationalities().get(bare) or gazetteer().get(bare, "")
