"""Keep measured figures: in `benchmarks/results/`, and where `an.methods` reads them.

A benchmark prints its JSON, keeps it with `keep`, and records with `record` the few figures that
belong beside the kit's tables and charts.
"""

import csv
import json
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
ACCURACY = Path(__file__).parent.parent / "analysis" / "accuracy.csv"
COLUMNS = ("detector", "measure", "value", "low", "high", "n", "corpus", "date", "version")


def keep(name: str, figures: dict) -> None:
    """Write `figures` to `results/NAME.json` and print them."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(figures, indent=1, ensure_ascii=False, sort_keys=True)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(text)


def record(detector: str, rows: list[dict]) -> None:
    """Replace the detector's rows in `analysis/accuracy.csv`.

    Parameters
    ----------
    detector : str
        Public name of the function, such as "hedges".
    rows : list of dict
        Keys `measure` (such as "F1, outermost attributions with source"), `value` (0 to 1), `n`
        (what was counted), `corpus`; optionally `low`, `high` (95 % interval) and `version`.
    """
    from analysis import __version__

    kept = []
    if ACCURACY.exists():
        with ACCURACY.open(encoding="utf-8", newline="") as handle:
            kept = [row for row in csv.DictReader(handle) if row["detector"] != detector]
    today = date.today().isoformat()
    for row in rows:
        full = {"detector": detector, "date": today, "version": __version__, "low": "", "high": ""}
        kept.append({name: {**full, **row}[name] for name in COLUMNS})
    kept.sort(key=lambda row: row["detector"])
    with ACCURACY.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
