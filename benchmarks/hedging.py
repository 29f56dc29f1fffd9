"""Accuracy and cost of the hedge annotator: ``python benchmarks/hedging.py --corpora DIR``.

Prints and keeps (results/hedging.json): cues against the hand-marked articles, per type; the
sentence score against WikiWeasel, beside tf-idf with logistic regression in the same folds; the
steps of `certainty` against two readers; cues in BioScope, as a sanity check in another domain;
the time that annotating adds to the parse.

What the readers marked was first run blind; those counts are kept in hedging_first_runs.json and
are the ones shown to users, because the errors they showed have been mended since.
"""

import argparse
import json
import math
import os
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from record import keep, record

import analysis as an

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
MARKS = DATA / "hedge_marks.json"
RESULTS = Path(__file__).parent / "results"
FIRST_RUNS = RESULTS / "hedging_first_runs.json"
SCORES = RESULTS / "uncertainty_scores.txt"
ROUNDS = ("round 1", "round 2", "round 3")


def wilson(hits: int, of: int) -> list[float]:
    """95 % interval of a share."""
    if not of:
        return [0.0, 1.0]
    z, p = 1.959964, hits / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return [round(middle - half, 3), round(middle + half, 3)]


def share(hits: int, of: int) -> dict:
    """A share with its denominator and interval."""
    return {"value": round(hits / of, 3) if of else None, "n": of, "interval": wilson(hits, of)}


def rows(path: Path) -> list[dict]:
    """Lines of a JSONL file."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def against_marks(story: an.story.Story, marked: list[dict]) -> dict:
    """Recall of the sure marks, precision against any mark, share of right types."""
    table = an.hedges(story)
    table = table[table["type"] != "booster"]
    # what is marked before the annotator is run on it measures it; "development" was marked
    # before as well, but its errors have since been mended
    found, sure, right, hits, given = Counter(), Counter(), Counter(), Counter(), Counter()
    for entry in marked:
        cues = list(table[table["article"] == entry["article"]].itertuples())
        for start, end, kind, level in entry["marks"]:
            if level == "sure":
                over = [cue for cue in cues if cue.start < end and start < cue.end]
                sure[kind] += 1
                found[kind] += bool(over)
                right[kind] += any(cue.type == kind for cue in over)
        for cue in cues:
            given[cue.type] += 1
            hits[cue.type] += any(
                cue.start < end and start < cue.end for start, end, _, _ in entry["marks"]
            )
    per_type = {
        kind: {
            "recall": share(found[kind], sure[kind]),
            "precision": share(hits[kind], given[kind]),
        }
        for kind in sorted(sure | given)
    }
    return {
        "articles": len(marked),
        "recall": share(found.total(), sure.total()),
        "precision": share(hits.total(), given.total()),
        "type": share(right.total(), found.total()),
        "by_type": per_type,
    }


def cues(corpora: Path) -> tuple[dict, dict]:
    """Figures on the hand-marked articles, and what annotating costs beside the parse."""
    marked = json.loads(MARKS.read_text(encoding="utf-8"))
    texts = {row["article"]: row["text"] for row in rows(corpora / "basil-dev.jsonl")}
    news = [entry for entry in marked if entry["corpus"] == "basil-dev"]
    ids = [entry["article"] for entry in news]
    seeds = an.load(ROOT / "seeds")
    story = an.load(pd.DataFrame({"article": ids, "text": [texts[name] for name in ids]}))
    figures = {
        kind: against_marks(told, [entry for entry in marked if entry["set"] == kind])
        for kind, told in (
            ("seeds", seeds),
            ("development", story),
            ("test", story),
            *((name, story) for name in ROUNDS),
        )
    }
    return figures, cost([texts[name] for name in list(texts)[:40]])


def cost(texts: list[str]) -> dict:
    """Seconds of the parse and of the annotation of the same articles, one process."""
    frame = pd.DataFrame({"article": [f"t{n}" for n in range(len(texts))], "text": texts})
    an.hedges(an.load(frame.head(2)))  # load model and lexicon
    start = time.process_time()
    story = an.load(frame)
    parsed = time.process_time()
    an.hedges(story)
    annotated = time.process_time()
    return {
        "articles": len(texts),
        "words": int(story.articles["words"].sum()),
        "parse_seconds": round(parsed - start, 2),
        "annotation_seconds": round(annotated - parsed, 2),
        "added_share": round((annotated - parsed) / (parsed - start), 3),
    }


def measures(given: np.ndarray, marks: np.ndarray) -> dict:
    """Precision, recall, F1 of the uncertain class."""
    hits = int((given & marks).sum())
    precision, recall = hits / max(1, given.sum()), hits / max(1, marks.sum())
    f1 = 2 * hits / max(1, given.sum() + marks.sum())
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def f1_interval(given: np.ndarray, marks: np.ndarray) -> list[float]:
    """95 % bootstrap interval of F1 over sentences."""
    rng = np.random.default_rng(0)
    draws = []
    for _ in range(1000):
        drawn = rng.integers(0, len(marks), len(marks))
        draws.append(measures(given[drawn], marks[drawn])["f1"])
    return [round(float(q), 3) for q in np.quantile(draws, [0.025, 0.975])]


def sentences(corpora: Path) -> dict:
    """WikiWeasel: tf-idf with logistic regression in five folds; the model on the fold it left."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold
    from sklearn.pipeline import make_pipeline

    corpus = rows(corpora / "wikiweasel-train.jsonl")
    texts = [row["text"] for row in corpus]
    marks = np.array([row["uncertain"] for row in corpus])
    folds = list(StratifiedKFold(5, shuffle=True, random_state=0).split(marks, marks))
    plain, best = np.zeros(len(marks)), np.zeros(len(marks))
    for chosen, held in folds:
        for scores, settings in ((plain, {}), (best, {"C": 10, "class_weight": "balanced"})):
            model = make_pipeline(
                TfidfVectorizer(ngram_range=(1, 2)),
                LogisticRegression(max_iter=1000, solver="liblinear", **settings),
            )
            model.fit([texts[i] for i in chosen], marks[chosen])
            scores[held] = model.predict_proba([texts[i] for i in held])[:, 1]
    limits = np.arange(0.1, 0.9, 0.02)
    limit = max(limits, key=lambda t: measures(best >= t, marks)["f1"])
    # the scores that training/uncertainty.py gave each sentence when its fold was left out
    scores = np.loadtxt(SCORES)
    ours = max(limits, key=lambda t: measures(scores >= t, marks)["f1"])
    return {
        "sentences": len(marks),
        "threshold": round(float(ours), 2),
        "tfidf_default_settings": measures(plain >= 0.5, marks),
        "tfidf_best_settings": measures(best >= limit, marks),
        "tfidf_by_fold": [measures(best[held] >= limit, marks[held])["f1"] for _, held in folds],
        "model": measures(scores >= ours, marks)
        | {"f1_interval": f1_interval(scores >= ours, marks)},
        "model_by_fold": [measures(scores[held] >= ours, marks[held])["f1"] for _, held in folds],
    }


def steps(corpora: Path) -> dict:
    """How often `certainty` gives the step that both readers gave, per round of marking."""
    marked = pd.read_csv(DATA / "certainty_marks.csv")
    texts = {row["article"]: row["text"] for row in rows(corpora / "basil-dev.jsonl")}
    ids = sorted({*marked["article_a"], *marked["article_b"]})
    story = an.load(pd.DataFrame({"article": ids, "text": [texts[name] for name in ids]}))
    said = an.attributions(story)
    agree = marked[
        (marked["first_a"] == marked["second_a"]) | (marked["first_b"] == marked["second_b"])
    ]
    counts: dict[str, Counter] = {}
    for (turn, *pair), links in agree.groupby(["round", "article_a", "article_b"]):
        table = an.certainty(story, between=pair, claims=ledger(story, links), attributions=said)
        given = table.set_index(["a_start", "b_start"])
        for link in links.itertuples():
            row = given.loc[(link.a_start, link.b_start)]
            tally = counts.setdefault(f"round {turn}", Counter())
            for side in "ab":
                first, second = getattr(link, f"first_{side}"), getattr(link, f"second_{side}")
                if first == second != "none":
                    tally[first] += 1
                    tally["right"] += row[f"{side}_commitment"] == first
    sides = [marked[f"first_{side}"] == marked[f"second_{side}"] for side in "ab"]
    kinds = an.schema.COMMITMENTS
    return {
        "readers_agree": share(int(sum(side.sum() for side in sides)), 2 * len(marked)),
        **{
            name: share(tally["right"], sum(tally[kind] for kind in kinds))
            | {"commonest": max(kinds, key=lambda kind: tally[kind])}
            | {
                "commonest_share": round(
                    max(tally[k] for k in kinds) / sum(tally[k] for k in kinds), 3
                )
            }
            for name, tally in counts.items()
        },
    }


def ledger(story: an.story.Story, links: pd.DataFrame) -> pd.DataFrame:
    """A claim ledger of the marked pairs of sentences."""
    made = []
    for number, link in enumerate(links.itertuples()):
        row = {
            "claim": number,
            "relation": "partial",
            "differs": "",
            "score": 1.0,
            "status": "auto",
        }
        for side in "ab":
            article, start, end = (
                getattr(link, name) for name in (f"article_{side}", f"{side}_start", f"{side}_end")
            )
            row |= {
                f"article_{side}": article,
                f"sentence_{side}": story.sentence_at(article, start),
                f"{side}_start": start,
                f"{side}_end": end,
                f"{side}_text": story.texts[article][start:end],
                f"{side}_clause_start": start,
                f"{side}_clause_end": end,
            }
        made.append(row)
    return an.schema.from_rows(made, an.schema.CLAIMS)


def bioscope(corpora: Path) -> dict:
    """Cues in biomedical sentences: another domain, another scheme; for sanity only."""
    corpus = rows(corpora / "bioscope-cues.jsonl")
    frame = pd.DataFrame(
        {"article": [row["id"] for row in corpus], "text": [row["text"] for row in corpus]}
    )
    table = an.hedges(an.load(frame[frame["text"].str.strip() != ""]))
    table = table[~table["type"].isin(["booster", "approximation", "condition", "vague_source"])]
    found: dict[str, list] = {}
    for cue in table.itertuples():
        found.setdefault(cue.article, []).append((cue.start, cue.end))
    hit = gold = right = given = 0
    for row in corpus:
        marks, ours = row["cues"], found.get(row["id"], [])
        gold += len(marks)
        given += len(ours)
        hit += sum(any(a < m[1] and m[0] < b for a, b in ours) for m in marks)
        right += sum(any(a < m[1] and m[0] < b for m in marks) for a, b in ours)
    return {"recall": share(hit, gold), "precision": share(right, given)}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", default=os.environ.get("TELLINGS_CORPORA"), type=Path)
    given = parser.parse_args()
    if given.corpora is None:
        parser.error("give --corpora DIR or set TELLINGS_CORPORA")
    marked, added = cues(given.corpora)
    wiki = sentences(given.corpora)
    first = json.loads(FIRST_RUNS.read_text(encoding="utf-8"))
    keep(
        "hedging",
        {
            "cues": marked,
            "cues_first_run": {name: share(*counts) for name, counts in first["cues"].items()},
            "cost": added,
            "wikiweasel": wiki,
            "certainty": steps(given.corpora),
            "certainty_first_run": share(*first["certainty"]),
            "bioscope": bioscope(given.corpora),
        },
    )
    news = "40 BASIL articles, 36 of them marked by two readers; first, blind run"
    record(
        "hedges",
        [
            entry(measure, share(*first["cues"][key]), news)
            for measure, key in (
                ("recall, cues", "recall"),
                ("precision, cues", "precision"),
                ("right type, cues found", "type"),
            )
        ],
    )
    pairs = "190 pairs of BASIL sentences, two readers; first, blind run"
    steps_right = share(*first["certainty"])
    record("certainty", [entry("right step of commitment", steps_right, pairs)])
    model = wiki["model"]
    figure = {"value": round(model["f1"], 3), "interval": model["f1_interval"]}
    corpus = "WikiWeasel (Wikipedia), five-fold cross-validation"
    record(
        "uncertain_sentences",
        [entry("F1, uncertain sentences", figure | {"n": wiki["sentences"]}, corpus)],
    )


def entry(measure: str, figure: dict, corpus: str) -> dict:
    """One row of accuracy.csv."""
    low, high = figure["interval"]
    return {
        "measure": measure,
        "value": figure["value"],
        "low": low,
        "high": high,
        "n": figure["n"],
        "corpus": corpus,
    }


if __name__ == "__main__":
    main()
