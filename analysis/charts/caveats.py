"""How well a detector was measured, as a sentence for the figure that shows its rows."""

from __future__ import annotations

import csv

from ..method_card import ACCURACY


def measured(detector: str, *, most: int = 2) -> str:
    """The first measured figures of a detector, or that there is none.

    Parameters
    ----------
    detector : str
        Public name of the function that made the table.
    most : int
        How many figures to quote; the method card holds them all.
    """
    rows = []
    if ACCURACY.exists():
        with ACCURACY.open(encoding="utf-8", newline="") as handle:
            rows = [row for row in csv.DictReader(handle) if row["detector"] == detector]
    if not rows:
        return "Rows are automatic; how many of them are right has not been measured."
    quoted = "; ".join(
        f"{row['measure']} {float(row['value']):.2f} (n = {int(row['n']):,}, {row['corpus']})"
        for row in rows[:most]
    )
    return f"Rows are automatic; measured: {quoted}."
