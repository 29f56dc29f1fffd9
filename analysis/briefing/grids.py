"""Tables as rows of text: the data of a panel, and the sheets of the annex."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..charts.matched import excerpt
from ..charts.panel import Panel, shown
from .content import Briefing


@dataclass(frozen=True)
class Sheet:
    """A table of the annex as text; `empty` is printed when it has no rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str


def flat(panel: Panel) -> tuple[list[str], list[list[str]]]:
    """Column names and rows of a panel's data as they are printed, row labels first."""
    data = panel.data
    names = [
        " ".join(str(piece) for piece in name if piece) if isinstance(name, tuple) else str(name)
        for name in data.columns
    ]
    rows = [
        [str(label), *(shown(value) if value != "" else "–" for value in line)]
        for label, *line in data.itertuples(name=None)
    ]
    return [str(data.index.name or ""), *names], rows


def annex(briefing: Briefing) -> list[Sheet]:
    """Ledger, corrections, codebooks and versions."""
    sheets = []
    if "claims" in briefing.tables:
        sheets.append(_ledger(briefing))
    sheets.append(_corrections(briefing))
    sheets += _versions(briefing.tables["methods"])
    return sheets


def _ledger(briefing: Briefing) -> Sheet:
    claims = briefing.tables["claims"]
    kept = claims[~claims["relation"].isin(["only a", "only b"])]
    left = len(claims) - len(kept)
    labels = [briefing.story.labels[name] for name in briefing.pair or ("", "")]
    rows = tuple(
        (
            str(row.claim),
            f"{row.relation}{f' ({row.differs})' if row.differs else ''}",
            f"{row.score:.2f}",
            row.status,
            f"[{row.sentence_a}] {excerpt(row.a_text, 400)}",
            f"[{row.sentence_b}] {excerpt(row.b_text, 400)}",
        )
        for row in kept.itertuples()
    )
    title = f"Claim ledger: {len(kept)} links; {left} sentences without a match are in claims.csv"
    return Sheet(
        title, ("Claim", "Relation", "Score", "Status", *labels), rows, "No statements were linked."
    )


def _corrections(briefing: Briefing) -> Sheet:
    rows = tuple(
        (name, *(f"{count:,}" for count in counts)) for name, *counts in briefing.corrections
    )
    return Sheet(
        "Corrections: how many rows a reader looked at",
        ("Table", "Confirmed by a reader", "Changed by a reader", "Left as the rules made them"),
        rows,
        "No table of this briefing can be corrected.",
    )


def _versions(methods: pd.DataFrame) -> list[Sheet]:
    files = methods[methods["kind"].isin(["lexicon", "model"]) & methods["sha256"].notna()]
    software = methods[methods["version"].notna() & methods["kind"].isin(["software", "model"])]
    return [
        Sheet(
            "Codebooks, lexicons and models",
            ("File", "Kind", "SHA-256"),
            tuple((row.item, row.kind, row.sha256) for row in files.itertuples()),
            "No file was used.",
        ),
        Sheet(
            "Software",
            ("Package", "Version"),
            tuple((row.item, row.version) for row in software.itertuples()),
            "No version is known.",
        ),
    ]
