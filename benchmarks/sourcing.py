"""Accuracy and speed of the attribution labeller: ``python benchmarks/sourcing.py --corpora DIR``.

Prints and keeps (results/sourcing.json) the figures on the PolNeAR development articles and on
the hand-marked articles on other subjects (tests/data), words per second of one core and peak
memory. ``--scorer FILE`` scores with another scorer's `score` function too and fails when it
disagrees.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import resource
import time
from collections import defaultdict
from pathlib import Path

import attribution_scores as scores
from record import keep, record

from analysis import attribution_model

OTHER_SUBJECTS = Path(__file__).parent.parent / "tests" / "data" / "sourcing_other_subjects.jsonl"


def read(path: Path) -> list[dict]:
    """Articles of a JSONL file: `doc`, `text`, `attributions`."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def found_in(articles: list[dict], labeller: attribution_model.Labeller) -> list[list[dict]]:
    """What the labeller finds in each article, as span lists."""
    return [
        [
            {"source": found.source, "cue": found.cue, "content": found.content}
            for found in labeller.label(article["text"])
        ]
        for article in articles
    ]


def score(articles: list[dict], found: list[list[dict]]) -> dict:
    """Figures of one collection, with 95 % intervals of the two main ones."""
    counts = [
        scores.count(article["text"], article["attributions"], items)
        for article, items in zip(articles, found, strict=True)
    ]
    result = scores.figures(counts)
    for level in ("content", "content_and_source"):
        result["relations"][level]["f1_95"] = scores.interval(counts, level)
    return result


def by_subject(articles: list[dict], found: list[list[dict]]) -> dict[str, dict]:
    """F1 with source per subject."""
    groups: dict[str, list] = defaultdict(list)
    for article, items in zip(articles, found, strict=True):
        groups[article["subject"]].append(
            scores.count(article["text"], article["attributions"], items)
        )
    return {
        subject: {
            "attributions": (rates := scores.figures(counts)["relations"])["gold"],
            "content": rates["content"]["f1"],
            "content_and_source": rates["content_and_source"]["f1"],
        }
        for subject, counts in sorted(groups.items())
    }


def check_against(path: Path, articles: list[dict], found: list[list[dict]]) -> None:
    """Compare the figures with those of another scorer's ``score(gold, found)``.

    Raises
    ------
    SystemExit
        When a figure differs.
    """
    spec = importlib.util.spec_from_file_location("other_scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"--scorer: {path} is no Python file")
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    gold = {article["doc"]: (article["text"], article["attributions"]) for article in articles}
    given = {article["doc"]: (None, items) for article, items in zip(articles, found, strict=True)}
    theirs = other.score(gold, given)
    ours = scores.figures(
        scores.count(article["text"], article["attributions"], items)
        for article, items in zip(articles, found, strict=True)
    )
    for part, figures in ours.items():
        if theirs[part] != figures:
            raise SystemExit(f"--scorer disagrees on {part}: {theirs[part]} against {figures}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", default=os.environ.get("TELLINGS_CORPORA"), type=Path)
    parser.add_argument("--scorer", type=Path, help="Python file with another scorer, to compare")
    parser.add_argument("--model", type=Path, help="folder of another model; nothing is kept then")
    given = parser.parse_args()
    if given.corpora is None:
        parser.error("give --corpora DIR or set TELLINGS_CORPORA")
    articles = read(given.corpora / "polnear-dev.jsonl")
    labeller = attribution_model.load(folder=given.model)
    labeller.label(articles[0]["text"])
    before, began = time.process_time(), time.perf_counter()
    found = found_in(articles, labeller)
    spent, passed = time.process_time() - before, time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = sum(len(article["text"].split()) for article in articles)
    if given.scorer:
        check_against(given.scorer, articles, found)
    result = {
        "polnear_dev": score(articles, found) | {"articles": len(articles), "words": words},
        "speed": {
            "words_per_second": round(words / spent),
            "words_per_second_wall": round(words / passed),
            "peak_memory_mb": round(memory),
        },
        "model_sha256": hashlib.sha256(
            (given.model or attribution_model.FOLDER)
            .joinpath(attribution_model.MODEL_FILE)
            .read_bytes()
        ).hexdigest(),
    }
    if OTHER_SUBJECTS.exists():
        others = read(OTHER_SUBJECTS)
        items = found_in(others, labeller)
        result["other_subjects"] = score(others, items) | {
            "articles": len(others),
            "words": sum(len(article["text"].split()) for article in others),
            "by_subject": by_subject(others, items),
        }
    if given.model:
        print(json.dumps(result, indent=1))
        return
    keep("sourcing", result)
    record("attributions", _rows(result))


def _rows(result: dict) -> list[dict]:
    rows = []
    for part, corpus in (
        ("polnear_dev", "PolNeAR development articles"),
        ("other_subjects", "own articles on other subjects"),
    ):
        if part not in result:
            continue
        for level, measure in (
            ("content", "F1, content"),
            ("content_and_source", "F1, content and source"),
        ):
            relations = result[part]["relations"]
            low, high = relations[level]["f1_95"]
            rows.append(
                {
                    "measure": measure,
                    "value": relations[level]["f1"],
                    "low": low,
                    "high": high,
                    "n": relations["gold"],
                    "corpus": corpus,
                }
            )
    return rows


if __name__ == "__main__":
    main()
