"""How well figures and dates are found, and how well those of two articles are reconciled.

    python benchmarks/figures.py --corpora DIR

Prints JSON. Finding: precision and recall against `tests/data/figure_marks.json` (a mark and a
row match if they overlap, each once; figures and dates apart). Reconciling: the number links of
`tests/data/claim_links_*.json`; a link is found if a row of `an.number_pairs` overlaps it on both
sides. The baseline calls every pair "same" that says the same words.
"""

import argparse
import json
import os
import time
from collections import Counter
from pathlib import Path

import pandas as pd
from record import keep, record

import analysis as an
from analysis.figures import find

DATA = Path(__file__).parent.parent / "tests" / "data"
RELATIONS = an.schema.NUMBER_RELATIONS


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpora", default=os.environ.get("TELLINGS_CORPORA"))
    options = parser.parse_args()
    if not options.corpora:
        parser.error("name the folder that holds basil-dev.jsonl: --corpora or TELLINGS_CORPORA")
    with open(Path(options.corpora) / "basil-dev.jsonl", encoding="utf-8") as handle:
        articles = {row["article"]: row for row in map(json.loads, handle)}
    found = finding(articles)
    last = found["round 2"]
    paired = reconciling(articles)
    keep("figures", {"finding": found, "reconciling": paired})
    corpus = "BASIL, development half"
    record(
        "numbers",
        [
            {"measure": f"{name} of figures and dates", "value": last["all"][name],
             "n": last["all"]["rows" if name == "precision" else "marks"], "corpus": corpus}
            for name in ("precision", "recall")
        ],
    )  # fmt: skip
    record(
        "number_pairs",
        [
            {"measure": "relation right, marked pairs found", "value": paired["accuracy"],
             "n": paired["found"], "corpus": corpus},
            {"measure": "marked pairs found", "value": paired["recall"], "n": paired["marked"],
             "corpus": corpus},
        ],
    )  # fmt: skip


def tell(articles: dict, ids: list[str]) -> an.story.Story:
    """The story of some articles of the corpus."""
    rows = [articles[name] for name in ids]
    return an.load(
        pd.DataFrame(
            {
                "article": ids,
                "text": [row["text"] for row in rows],
                "title": [row["title"] for row in rows],
                "published": [row["date"] for row in rows],
            }
        )
    )


def finding(articles: dict) -> dict:
    """Precision and recall of `an.numbers`."""
    marked = json.loads((DATA / "figure_marks.json").read_text(encoding="utf-8"))["articles"]
    story = tell(articles, [entry["article"] for entry in marked])
    table = an.schema.from_rows(find(story, story.ids), an.schema.NUMBERS)
    rounds: dict[int, dict[str, Counter]] = {}
    for entry in marked:
        counts = rounds.setdefault(entry["round"], {"figure": Counter(), "date": Counter()})
        _count(entry["marks"], table[table["article"] == entry["article"]], counts)
    result = {}
    for number, counts in rounds.items():
        counts["all"] = counts["figure"] + counts["date"]
        result[f"round {number}"] = {kind: _rates(count) for kind, count in counts.items()}
    return result


def _count(marks: list, rows: pd.DataFrame, counts: dict[str, Counter]) -> None:
    """Match marks and rows of one article by overlap, each once."""
    free = set(rows.index)
    for start, end, kind in marks:
        counts[kind]["marks"] += 1
        for index in sorted(free):
            row = rows.loc[index]
            same_kind = (row["kind"] == "date") == (kind == "date")
            if same_kind and row["start"] < end and start < row["end"]:
                free.remove(index)
                counts[kind]["found"] += 1
                break
    for kind in rows["kind"]:
        counts["date" if kind == "date" else "figure"]["rows"] += 1


def _rates(count: Counter) -> dict:
    return {
        "marks": count["marks"],
        "rows": count["rows"],
        "precision": round(count["found"] / count["rows"], 3),
        "recall": round(count["found"] / count["marks"], 3),
    }


def reconciling(articles: dict) -> dict:
    """Accuracy of the relation and recall of marked pairs for `an.number_pairs`."""
    pairs = [
        pair
        for path in sorted(DATA.glob("claim_links_*.json"))
        for pair in json.loads(path.read_text(encoding="utf-8"))["pairs"]
    ]
    story = tell(articles, sorted({pair[side] for pair in pairs for side in "ab"}))
    confusion: Counter = Counter()
    rows = seconds = words_right = 0.0
    for pair in pairs:
        began = time.perf_counter()
        table = an.number_pairs(story, between=(pair["a"], pair["b"])).to_dict("records")
        seconds += time.perf_counter() - began
        rows += len(table)
        for link in pair["numbers"]:
            said = next((row["relation"] for row in table if _meets(row, link)), "not found")
            confusion[link["relation"], said] += 1
            written = [story.texts[pair[side]][slice(*link[side])].lower() for side in "ab"]
            words_right += (written[0] == written[1]) == (link["relation"] == "same")
    marked = confusion.total()
    right = sum(confusion[name, name] for name in RELATIONS)
    found = marked - sum(confusion[name, "not found"] for name in RELATIONS)
    return {
        "pairs of articles": len(pairs),
        "rows": int(rows),
        "marked": marked,
        "found": found,
        "recall": round(found / marked, 3),
        "accuracy": round(right / found, 3),
        "right of all marked": round(right / marked, 3),
        "different_scope called conflict": confusion["different_scope", "conflict"],
        "marked and said": {f"{a} / {b}": n for (a, b), n in sorted(confusion.items())},
        "baseline accuracy: same words are same": round(words_right / marked, 3),
        "seconds per pair": round(seconds / len(pairs), 3),
    }


def _meets(row: dict, link: dict) -> bool:
    return all(
        row[f"{side}_start"] < link[side][1] and link[side][0] < row[f"{side}_end"] for side in "ab"
    )


if __name__ == "__main__":
    main()
