"""Tables as rows of text: the data of a panel, and the sheets of the annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ..charts.matched import FOUND, excerpt
from ..charts.panel import Panel, count_of
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
    data = _intervals(panel.data) if panel.kind == "intervals" else panel.data
    rows = [[str(label), *map(panel.printed, line)] for label, *line in data.itertuples(name=None)]
    return [str(data.index.name or ""), *map(str, data.columns)], rows


def divided(room: float, wanted: Sequence[float], least: Sequence[float]) -> list[float]:
    """Widths of columns that fill a room.

    Parameters
    ----------
    room : float
        Width of all columns, in any unit.
    wanted : sequence of float
        What each column needs to hold its longest cell on one line.
    least : sequence of float
        What it needs to hold its longest word. Where there is not even room for these, the row
        labels keep theirs.
    """
    if sum(wanted) <= room:
        return [width * room / sum(wanted) for width in wanted]
    if sum(least) >= room:
        scale = max(room - least[0], 0.0) / (sum(least[1:]) or 1.0)
        return [least[0], *(width * scale for width in least[1:])]
    share = (room - sum(least)) / (sum(wanted) - sum(least))
    return [need + (wish - need) * share for wish, need in zip(wanted, least, strict=True)]


def _intervals(data: pd.DataFrame) -> pd.DataFrame:
    """One column per series: rate, interval and count in one cell."""
    out = {}
    for name in dict.fromkeys(data.columns.get_level_values(0)):
        if name != "verdict":
            cells = data[name][["value", "low", "high", "count"]]
            out[f"{name}: per 1,000 words"] = [
                "–" if pd.isna(value) else f"{value:.1f} ({low:.1f}–{high:.1f}), n = {count:,.0f}"
                for value, low, high, count in cells.itertuples(index=False, name=None)
            ]
    return pd.DataFrame({**out, "Verdict": data[("verdict", "")].tolist()}, index=data.index)


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
    kept = claims[claims["relation"].isin(FOUND)]
    unsure = int((claims["relation"] == "unsure").sum())
    left = len(claims) - len(kept) - unsure
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
    title = (
        f"Claim ledger: {count_of(len(kept), 'link')}; {count_of(unsure, 'unsure pair')} and "
        f"{count_of(left, 'sentence')} without a match are in claims.csv"
    )
    return Sheet(
        title, ("Claim", "Relation", "Score", "Status", *labels), rows, "No statements were linked."
    )


def _corrections(briefing: Briefing) -> Sheet:
    rows = tuple(
        (name, *(f"{count:,}" for count in counts)) for name, *counts in briefing.corrections
    )
    return Sheet(
        "Corrections: how many rows a reader looked at",
        ("Table", "Accepted by a reader", "Changed by a reader", "Left as the rules made them"),
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
