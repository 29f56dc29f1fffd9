"""The method card: how far each detector can be trusted, and exactly what was used."""

from __future__ import annotations

import csv
import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pandas as pd

from . import language, schema
from .story import Story

HERE = Path(__file__).parent
ACCURACY = HERE / "accuracy.csv"
SOFTWARE = ("pandas", "spacy", "onnxruntime", "nltk", "textstat", "wordfreq", "matplotlib")


def methods(story: Story | None = None) -> pd.DataFrame:
    """How far to trust the kit's detectors, and which versions were used.

    Parameters
    ----------
    story : Story, optional
        Its articles are listed with their hashes.

    Returns
    -------
    DataFrame
        `schema.METHODS`. Rows of `kind` "accuracy" are figures that `benchmarks/` measured, with
        corpus, count and date; "lexicon" and "model" are the files that were used, "software" the
        packages, "article" the texts.

    Notes
    -----
    A figure holds for the kind of text it was measured on: see its corpus.
    """
    rows = [*_accuracy()]
    for kind, folder in (("lexicon", "lexicons"), ("model", "models")):
        rows += [
            {"item": path.name, "kind": kind, "sha256": _hash(path)}
            for path in sorted((HERE / folder).glob("*"))
            if path.is_file() and path.suffix != ".md"
        ]
    rows.append({"item": "language model", "kind": "model", "version": language.model_version()})
    rows.append(
        {"item": "syllables", "kind": "software", "version": language.pronunciations()},
    )
    for package in SOFTWARE:
        try:
            rows.append({"item": package, "kind": "software", "version": version(package)})
        except PackageNotFoundError:
            rows.append({"item": package, "kind": "software", "version": "not installed"})
    if story is not None:
        rows += [
            {"item": story.labels[row.article], "kind": "article", "sha256": row.sha256}
            for row in story.articles.itertuples()
        ]
    frame = pd.DataFrame(rows, columns=schema.METHODS.names)
    return schema.conform(frame, schema.METHODS)


def _accuracy() -> list[dict]:
    if not ACCURACY.exists():
        return []
    with ACCURACY.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return [
        {
            "item": row["detector"],
            "kind": "accuracy",
            "measure": row["measure"],
            **{name: float(row[name]) if row[name] else None for name in ("value", "low", "high")},
            "n": int(row["n"]) if row["n"] else None,
            "corpus": row["corpus"],
            "date": row["date"],
            "version": row["version"],
        }
        for row in rows
    ]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
