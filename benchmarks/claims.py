"""Accuracy and speed of the claim ledger: ``python -m benchmarks.claims --corpora DIR``.

Cross-validation over the 24 development pairs of tests/data, three left out at a time: weights
come from the other pairs, and the thresholds from the held-out scores of all pairs but the one
judged. Plain tf-idf at its best threshold (chosen on the same pairs, which favours it)
is measured in the same run. Prints JSON and keeps it in results/claims.json.
"""

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint
from wordfreq import zipf_frequency

import analysis as an
from analysis import alignment
from benchmarks.marked_claims import MarkedPair, marked_pairs
from benchmarks.record import keep, record
from training.claims import (
    Examples,
    best_threshold,
    examples,
    held_out,
    thresholds,
    unrelated,
)

Predicted = list[tuple[int, int]]


def tfidf(pair: MarkedPair, example: Examples) -> np.ndarray:
    """Cosine of lemmas weighted by rarity (wordfreq), stop words and marks left out."""
    bags = []
    for wording in (example.a, example.b):
        starts = pair.story.sentences_of(wording.article)
        rows = []
        for number in wording.sentences:
            row = starts.loc[number]
            span = pair.story.docs[wording.article].char_span(
                row["start"], row["end"], alignment_mode="expand"
            )
            counts = Counter(
                t.lemma_.lower() for t in span if not (t.is_space or t.is_punct or t.is_stop)
            )
            bag = {w: n * max(0.1, 8 - zipf_frequency(w, "en")) for w, n in counts.items()}
            norm = np.sqrt(sum(v * v for v in bag.values())) or 1.0
            rows.append({w: v / norm for w, v in bag.items()})
        bags.append(rows)
    return np.array(
        [[sum(v * y[w] for w, v in x.items() if w in y) for y in bags[1]] for x in bags[0]]
    )


def ratio(hits: int, found: int) -> dict:
    """Share with Wilson's interval."""
    low, high = proportion_confint(hits, found, method="wilson") if found else (None, None)
    rounded = [None if v is None else round(float(v), 3) for v in (low, high)]
    return {"value": round(hits / found, 3) if found else None, "n": found, "ci95": rounded}


def f1(hits: int, found: int, marked: int) -> dict:
    """Precision, recall and F1 from counts."""
    precision, recall = hits / max(1, found), hits / max(1, marked)
    value = 2 * hits / max(1, found + marked)
    return {"f1": round(value, 3), "precision": round(precision, 3), "recall": round(recall, 3)}


def interval(counts: Sequence[tuple[int, int, int]], draws: int = 2000) -> list[float]:
    """95 % interval of F1 from resampling pairs of articles."""
    table = np.array(counts)
    rng = np.random.default_rng(0)
    sums = table[rng.integers(0, len(table), (draws, len(table)))].sum(axis=1)
    values = 2 * sums[:, 0] / np.maximum(1, sums[:, 1] + sums[:, 2])
    return [round(float(v), 3) for v in np.quantile(values, [0.025, 0.975])]


def accuracy(pairs: Sequence[MarkedPair]) -> dict:
    """Figures of the aligner, held out pair by pair, and of plain tf-idf."""
    sets = [examples(pair) for pair in pairs]
    others = unrelated(pairs)
    scored, apart = held_out(sets, others)
    counts, same, none, recall_none = [], [0, 0, 0], [0, 0], [0, 0]
    for k, (pair, example) in enumerate(zip(pairs, sets, strict=True)):
        rest = [i for i in range(len(pairs)) if i != k]
        limits = thresholds([sets[i] for i in rest], [scored[i] for i in rest])
        found = alignment.bands(*scored[k], limits)
        linked = example.relation != ""
        counts.append(
            (int((found.linked & linked).sum()), int(found.linked.sum()), len(pair.links))
        )
        same[0] += int((found.same & (example.relation == "same")).sum())
        same[1] += int(found.same.sum())
        same[2] += int((found.same & linked).sum())
        for axis in (1, 0):
            told = (found.linked | found.unsure).any(axis=axis)
            alone = ~linked.any(axis=axis)
            none[0] += int((~told & alone).sum())
            none[1] += int((~told).sum())
            recall_none[0] += int((~told & alone).sum())
            recall_none[1] += int(alone.sum())
    total = np.sum(counts, axis=0).tolist()
    plain = np.concatenate([tfidf(p, e).ravel() for p, e in zip(pairs, sets, strict=True)])
    wanted = np.concatenate([e.target("link").ravel() for e in sets])
    plain_limit, _ = best_threshold(plain, wanted)
    reached = plain >= plain_limit
    kin = [alignment.kinship(example.values) for example in (*sets, *others)]
    limit = thresholds(sets, scored)["link"]
    false_links = [int((score >= limit).sum()) for score, _ in apart.values()]
    return {
        "pairs": len(pairs),
        "marked_links": total[2],
        "link": {**f1(*total), "f1_95": interval(counts)},
        "link_f1_mean_over_pairs": round(
            float(np.mean([2 * h / max(1, f + m) for h, f, m in counts])), 3
        ),
        "same_precision": ratio(same[0], same[1]),
        "same_is_linked": ratio(same[2], same[1]),
        "no_match_precision": ratio(none[0], none[1]),
        "no_match_recall": ratio(recall_none[0], recall_none[1]),
        "tfidf_best_threshold": {
            "threshold": round(plain_limit, 3),
            **f1(int((reached & wanted).sum()), int(reached.sum()), total[2]),
        },
        "unrelated_pairs": {
            "pairs": len(false_links),
            "with_links": sum(n > 0 for n in false_links),
            "links": sum(false_links),
        },
        "kinship": {
            "least_on_the_same_event": round(min(kin[: len(sets)]), 3),
            "most_on_different_events": round(max(kin[len(sets) :]), 3),
            "threshold": alignment.KIN,
        },
    }


def speed(pairs: Sequence[MarkedPair], corpora: Path) -> dict:
    """Seconds for a pair after the parse (median), and for the matrix of 50 articles."""
    an.claims(pairs[0].story)
    seconds = []
    for pair in pairs:
        start = time.process_time()
        an.claims(pair.story)
        seconds.append(time.process_time() - start)
    with (corpora / "basil-dev.jsonl").open(encoding="utf-8", newline="") as handle:
        rows = [json.loads(line) for line in handle][:50]
    story = an.load(
        pd.DataFrame({"article": [r["article"] for r in rows], "text": [r["text"] for r in rows]})
    )
    start = time.process_time()
    an.claim_matrix(story)
    return {
        "pair_median_s": round(float(np.median(seconds)), 2),
        "pair_slowest_s": round(max(seconds), 2),
        "matrix_50_articles_s": round(time.process_time() - start, 1),
        "clock": "processor time of one core",
    }


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=os.environ.get("TELLINGS_CORPORA"))
    corpora = parser.parse_args().corpora
    if corpora is None:
        parser.error("--corpora DIR (or TELLINGS_CORPORA) is needed")
    corpora = Path(corpora)
    pairs = list(marked_pairs(corpora))
    figures = {**accuracy(pairs), "speed": speed(pairs, corpora)}
    keep("claims", figures)
    corpus = "24 BASIL development pairs, cross-validated by pair"
    link, low_high = figures["link"], figures["link"]["f1_95"]
    rows = [
        {"measure": "F1, links", "value": link["f1"], "low": low_high[0], "high": low_high[1]},
        {"measure": "precision, links", "value": link["precision"]},
        {"measure": "recall, links", "value": link["recall"]},
    ]
    rows = [{**row, "n": figures["marked_links"]} for row in rows]
    for name, key in (
        ("precision, same", "same_precision"),
        ("precision, no match found", "no_match_precision"),
    ):
        value = figures[key]
        low, high = value["ci95"]
        rows.append(
            {"measure": name, "value": value["value"], "low": low, "high": high, "n": value["n"]}
        )
    record("claims", [{**row, "corpus": corpus} for row in rows])


if __name__ == "__main__":
    main()
