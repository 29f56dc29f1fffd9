"""How far the kit's intervals and verdicts can be trusted: coverage, false alarms, planted ones.

    python benchmarks/statistics.py --corpora DIR

DIR holds basil-dev.jsonl (articles and spans marked by experts). Prints JSON, keeps it in
results/statistics.json, and records the precision of loaded words for the kit's tables.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from record import keep, record
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

import analysis as an
from analysis.intervals import Sample, difference_p, holm
from analysis.keywords import PRIOR, _background, _family_wise, log_odds

HERE = Path(__file__).parent
HALVINGS = 1000
DRAWS = 3000
BOOTSTRAPPED = 300
SEED = 20


def main() -> None:
    """Run all parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", default=os.environ.get("TELLINGS_CORPORA"), required=False)
    folder = Path(parser.parse_args().corpora or "")
    began = time.time()
    corpus = folder / "basil-dev.jsonl"
    lines = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    story = an.load(corpus)
    tables = {
        "hedges, by type": (_cues(an.hedges(story)), "type"),
        "hedges, all": (_cues(an.hedges(story)), None),
        "policy frames": (an.frames(story), "frame"),
        "generic frames": (an.frames(story, codebook="generic"), "frame"),
        "loaded words, by polarity": (an.loaded(story), "polarity"),
        "actors, by role": (an.agency(story), "role"),
    }
    _STORY.update(_sizes(story))
    matrices = {name: _matrices(story, *table) for name, table in tables.items()}
    rng = np.random.default_rng(SEED)
    parts = {
        "loaded words": lambda: precision(story, lines),
        "frames": lambda: frame_cues(tables["policy frames"][0]),
        "agency": roles,
        "false alarms": lambda: false_alarms(story, matrices, rng),
        "planted": lambda: planted(story, matrices, rng),
        "coverage": lambda: coverage(matrices, rng),
        "coverage, groups of articles": lambda: group_coverage(matrices, rng),
    }
    # statsmodels collects garbage at every correction: without this it would search all parses
    gc.freeze()
    figures: dict = {"articles": len(story)}
    for name, measure in parts.items():
        figures[name] = measure()
        print(f"{name}: {time.time() - began:.0f} s", file=sys.stderr, flush=True)
    figures["seconds"] = round(time.time() - began)
    keep("statistics", figures)


def _cues(hedges: pd.DataFrame) -> pd.DataFrame:
    return hedges[hedges["type"] != "booster"]


def _matrices(story, table: pd.DataFrame, column: str | None) -> dict[str, np.ndarray]:
    """Article -> counts, categories x sentences (all categories of the corpus)."""
    values = [None] if column is None else sorted(table[column].unique())
    made = {}
    for article in story.ids:
        counts = np.zeros((len(values), len(story.sentences_of(article))))
        rows = table[table["article"] == article]
        places = (
            np.zeros(len(rows), dtype=int)
            if column is None
            else rows[column].map({v: n for n, v in enumerate(values)}).to_numpy(dtype=int)
        )
        np.add.at(counts, (places, rows["sentence"].to_numpy()), 1)
        made[article] = counts
    return made


def _sizes(story) -> dict[str, np.ndarray]:
    return {a: story.sentences_of(a)["words"].to_numpy(float) for a in story.ids}


_STORY: dict[str, np.ndarray] = {}


def coverage(matrices: dict, rng: np.random.Generator) -> dict:
    """Share of intervals that hold the true rate; sentences drawn anew from all articles.

    The number of sentences is chosen so that 5, 20 or 100 events are expected. Besides the kit's
    interval the usual ones are given.
    """
    sizes = np.concatenate([_STORY[a] for a in _STORY])
    result: dict = {}
    for name, by_article in matrices.items():
        if name in ("policy frames", "generic frames", "hedges, by type"):
            continue
        result |= _measured(name, np.hstack(list(by_article.values())).sum(0), sizes, rng)
    frames = np.hstack(list(matrices["policy frames"].values()))
    order = np.argsort(-frames.sum(1))
    for rank in (0, 1, 4, 8):  # from the most frequent frame to a rare one
        result |= _measured(
            f"policy frame {rank + 1} by frequency", frames[order[rank]], sizes, rng
        )
    ours = [cell["kit"] for each in result.values() for cell in each.values()]
    result["kit, lowest"], result["kit, highest"] = min(ours), max(ours)
    return result


def _measured(name: str, counts: np.ndarray, sizes: np.ndarray, rng) -> dict:
    rate = counts.sum() / sizes.sum()
    cells = {}
    for expected in (5, 20, 100):
        units = max(5, round(expected / counts.mean()))
        drawn = rng.integers(0, len(counts), (DRAWS, units))
        sample = Sample(counts[drawn], sizes[drawn])
        found = {"kit": sample.interval()}
        for method, label in (("score", "score"), ("exact-c", "exact")):
            found[label] = confint_poisson(sample.count, sample.words, method=method)
        # the bootstrap takes a loop: fewer draws, and none for thousands of sentences
        if units <= 400:
            rates = []
            for one in drawn[:BOOTSTRAPPED]:
                again = one[rng.integers(0, units, (400, units))]
                rates.append(counts[again].sum(1) / sizes[again].sum(1))
            found["bootstrap of sentences"] = np.quantile(rates, [0.025, 0.975], axis=1)
        cells[f"{expected} events"] = {
            "sentences": units,
            **{
                k: round(float(((lo <= rate) & (rate <= hi)).mean()), 3)
                for k, (lo, hi) in found.items()
            },
        }
    return {name: cells}


def group_coverage(matrices: dict, rng: np.random.Generator) -> dict:
    """The same for groups of articles drawn anew, against two bootstraps of the articles."""
    sizes = np.array([_STORY[a].sum() for a in _STORY])
    result = {}
    for name in ("hedges, all", "policy frames"):
        counts = np.array([matrices[name][a].sum() for a in _STORY])
        rate = counts.sum() / sizes.sum()
        for articles in (10, 20, 50):
            drawn = rng.integers(0, len(counts), (DRAWS, articles))
            low, high = Sample(counts[drawn], sizes[drawn]).interval()
            cell = {"kit": round(float(((low <= rate) & (rate <= high)).mean()), 3)}
            for method in ("percentile", "BCa"):
                hits = []
                for one in drawn[:BOOTSTRAPPED]:
                    c, s = counts[one], sizes[one]
                    got = stats.bootstrap(
                        (np.arange(articles),),
                        lambda x, axis, c=c, s=s: c[x].sum(axis) / s[x].sum(axis),
                        n_resamples=499,
                        method=method,
                        rng=rng,
                    ).confidence_interval
                    hits.append(got.low <= rate <= got.high)
                cell[f"bootstrap, {method}"] = round(float(np.mean(hits)), 3)
            result[f"{name}, {articles} articles"] = cell
    return result


def false_alarms(story, matrices: dict, rng: np.random.Generator) -> dict:
    """Split the sentences of one article at random into two halves: how often do they differ?"""
    alarms: dict[str, list[bool]] = {name: [] for name in (*matrices, "keyness")}
    for turn in range(HALVINGS):
        article = story.ids[turn % len(story)]
        sizes = _STORY[article]
        dealt = rng.permutation(len(sizes))
        halves = dealt[: len(dealt) // 2], dealt[len(dealt) // 2 :]
        present = {name: each[article] for name, each in matrices.items()}
        present = {name: counts[counts.sum(1) > 0] for name, counts in present.items()}
        # all measures in one call: they share their sentences
        rows = np.vstack(list(present.values()))
        ps = difference_p(*(Sample(rows[:, half], sizes[half]) for half in halves))
        ends = np.cumsum([len(counts) for counts in present.values()])[:-1]
        for name, found in zip(present, np.split(ps, ends), strict=True):
            alarms[name].append(bool((holm(found)[0] < 0.05).any()))
        alarms["keyness"].append(_key_words(story, article, halves))
    each = {name: round(float(np.mean(found)), 4) for name, found in alarms.items()}
    together = float(np.mean(np.any(list(alarms.values()), axis=0)))
    return {"halvings": HALVINGS, **each, "any of these": round(together, 4)}


_WORDS: dict[str, tuple] = {}


def _key_words(story, article: str, halves) -> bool:
    if article not in _WORDS:
        from analysis.keywords import _tokens, _units, _vocabulary

        tokens = list(_tokens(story, [article]))
        vocabulary = _vocabulary([tokens])
        matrix, sizes = _units(tokens, vocabulary, by_article=False)
        background = PRIOR * _background(vocabulary, [matrix.sum(0)], sizes.sum())
        _WORDS[article] = matrix, sizes, background
    matrix, sizes, prior = _WORDS[article]
    if not matrix.size:
        return False
    units = [(matrix[h[h < len(sizes)]], sizes[h[h < len(sizes)]]) for h in halves]
    counts = [each.sum(0) for each, _ in units]
    totals = [each.sum() for _, each in units]
    _, z = log_odds(*counts, totals=totals, prior=prior, mass=PRIOR)
    return bool((_family_wise(units, z, prior) < 0.05).any())


def planted(story, matrices: dict, rng: np.random.Generator) -> dict:
    """Plant differences and count how many verdicts find them."""
    result: dict = {"a hedge added to every third sentence": {}}
    hedged = result["a hedge added to every third sentence"]
    chosen = [a for a in story.ids if len(story.sentences_of(a)) >= 18]
    chosen = list(rng.permutation(chosen)[:60])
    for by in ("article", "type"):
        hedged[f"article against its copy, by {by}"] = 0.0
    found = {"article": [], "type": []}
    texts = {a: story.texts[a] for a in chosen}
    copies = {f"{a} copy": _hedged(story, a) for a in chosen}
    pairs = an.load(
        pd.DataFrame({"article": [*texts, *copies], "text": [*texts.values(), *copies.values()]})
    )
    cues = an.hedges(pairs)
    for article in chosen:
        pair = _part(pairs, [article, f"{article} copy"])
        part = cues[cues["article"].isin(pair.ids)]
        for by in found:
            table = an.rates(pair, of=part, by=by)
            table = table[table["article"] == f"{article} copy"]
            found[by].append(table["verdict"].str.startswith("higher in").any())
    for by, hits in found.items():
        hedged[f"article against its copy, by {by}"] = _share(hits)
    counts = {a: m.sum(0) for a, m in matrices["hedges, all"].items()}
    for groups in (10, 20):
        hits = []
        for _ in range(300):
            drawn = rng.permutation(story.ids)
            one, other = drawn[:groups], drawn[groups : 2 * groups]
            hits.append(
                difference_p(
                    Sample(
                        np.array([counts[a].sum() + len(counts[a]) // 3 for a in one]), _words(one)
                    ),
                    Sample(np.array([counts[a].sum() for a in other]), _words(other)),
                )
                < 0.05
            )
        hedged[f"{groups} articles against {groups} others"] = _share(hits)
    pool = np.concatenate([counts[a] for a in story.ids])
    sizes = np.concatenate([_STORY[a] for a in story.ids])
    for length in (15, 30, 60, 90, 120):
        drawn = rng.integers(0, len(pool), (2, DRAWS, length))
        more = pool[drawn[0]].copy()
        more[:, ::3] += 1
        p = difference_p(Sample(more, sizes[drawn[0]]), Sample(pool[drawn[1]], sizes[drawn[1]]))
        hedged[f"two other texts of {length} sentences"] = _share(p < 0.05)
    result["an actor's clauses turned passive"] = _passives(rng)
    return result


def _words(articles) -> np.ndarray:
    return np.array([_STORY[a].sum() for a in articles])


def _share(hits) -> dict:
    hits = np.asarray(hits, bool)
    low, high = proportion_confint(hits.sum(), len(hits), method="wilson")
    return {
        "found": round(float(hits.mean()), 3),
        "low": round(low, 3),
        "high": round(high, 3),
        "n": len(hits),
    }


def _part(story, ids: list[str]):
    from analysis.story import Story

    return Story(
        story.articles[story.articles["article"].isin(ids)].reset_index(drop=True),
        story.sentences[story.sentences["article"].isin(ids)].reset_index(drop=True),
        {a: story.docs[a] for a in ids},
    )


def _hedged(story, article: str) -> str:
    """Add "reportedly" before the main verb of every third sentence (after it if it is "be")."""
    text, insertions = story.texts[article], []
    for name, number, sentence in story.parses():
        if name == article and number % 3 == 0:
            root = sentence.root
            after = root.lemma_ == "be" or root.pos_ not in ("VERB", "AUX")
            insertions.append(root.idx + len(root) if after else root.idx)
    for place in sorted(insertions, reverse=True):
        before, rest = text[:place], text[place:]
        text = (
            before
            + (" reportedly" if not before[-1:].isspace() and before else "reportedly ")
            + rest
        )
    return text


_VERBS = (
    "attacked accused praised blamed visited warned helped invited questioned supported arrested "
    "condemned defeated deceived followed ignored rejected replaced rescued threatened"
).split()
_OTHERS = "The council,The union,The company,The board,The committee,The group".split(",")


def _passives(rng: np.random.Generator) -> dict:
    """Texts of clauses with one actor as the agent, against the same with it in the passive."""
    result = {}
    for clauses in (6, 8, 10, 15):
        texts, ids = [], []
        for turn in range(40):
            verbs = rng.choice(_VERBS, clauses)
            others = rng.choice(_OTHERS, clauses)
            fill = [
                f"{rng.choice(_OTHERS)} met again on day {n} of the talks." for n in range(clauses)
            ]
            active = [
                f"France {v} {o.lower()} in the spring." for v, o in zip(verbs, others, strict=True)
            ]
            passive = [f"France was {v} in the spring." for v in verbs]
            for kind, own in (("active", active), ("passive", passive)):
                ids.append(f"{kind} {turn}")
                texts.append(" ".join(s for pair in zip(own, fill, strict=True) for s in pair))
        story = an.load(pd.DataFrame({"article": ids, "text": texts}))
        table = an.agency(story)
        hits = []
        for turn in range(40):
            pair = _part(story, [f"active {turn}", f"passive {turn}"])
            part = table[table["article"].isin(pair.ids) & table["actor"].eq("France")]
            verdicts = an.rates(pair, of=part, by="role").set_index(["role", "article"])["verdict"]
            hits.append(verdicts.str.startswith("higher").any())
        result[f"{clauses} clauses"] = _share(hits)
    return result


def precision(story, lines: list[dict]) -> dict:
    """Loaded words against the stretches that experts marked as lexical bias."""
    marked = {
        line["article"]: [
            (s["start"], s["end"]) for s in line["spans"] if s["bias"] == "lex" and s["offset_ok"]
        ]
        for line in lines
    }
    table = an.loaded(story)
    inside = [
        any(s < end and start < e for s, e in marked[article])
        for article, start, end in zip(table["article"], table["start"], table["end"], strict=True)
    ]
    hits = {
        article: list(zip(rows["start"], rows["end"], strict=True))
        for article, rows in table.groupby("article")
    }
    covered = [
        any(s < end and start < e for s, e in hits.get(article, []))
        for article, spans in marked.items()
        for start, end in spans
    ]
    rows = []
    for measure, right in (("precision", inside), ("recall", covered)):
        low, high = proportion_confint(sum(right), len(right), method="wilson")
        rows.append(
            {
                "measure": f"{measure} on words that experts marked as lexical bias",
                "value": round(float(np.mean(right)), 3),
                "low": round(low, 3),
                "high": round(high, 3),
                "n": len(right),
                "corpus": "BASIL, 150 articles",
            }
        )
    record("loaded", rows)
    return {row["measure"]: {k: row[k] for k in ("value", "low", "high", "n")} for row in rows}


def frame_cues(table: pd.DataFrame) -> dict:
    """Share of cues that bring up their frame's aspect, as one reader marked them.

    `frame_cues.csv` holds ten cues of every policy frame, drawn at random from BASIL and read in
    their context before this was computed: article, offsets, frame, right (1 or 0).
    """
    marked = pd.read_csv(HERE / "frame_cues.csv")
    keys = ["article", "start", "end", "frame"]
    marked = marked.merge(table[keys].drop_duplicates(), on=keys, validate="1:1")
    by_frame = marked.groupby("frame")["right"].agg(["mean", "size"])
    low, high = proportion_confint(marked["right"].sum(), len(marked), method="wilson")
    weakest = by_frame["mean"].idxmin()
    corpus = "BASIL, cues drawn at random, one reader"
    rows = [
        {
            "measure": "precision of policy cues",
            "value": round(marked["right"].mean(), 2),
            "low": round(low, 2),
            "high": round(high, 2),
            "n": len(marked),
            "corpus": corpus,
        },
        {
            "measure": f"the same, weakest frame ({weakest})",
            "value": round(by_frame.loc[weakest, "mean"], 2),
            "n": int(by_frame.loc[weakest, "size"]),
            "corpus": corpus,
        },
    ]
    record("frames", rows)
    return {"all": rows[0], "by frame": by_frame["mean"].round(2).to_dict()}


def roles() -> dict:
    """Roles in the clauses of tests/data/agency_clauses.csv, marked before the rules were run."""
    clauses = pd.read_csv(HERE.parent / "tests" / "data" / "agency_clauses.csv")
    ids = [f"c{n}" for n in range(len(clauses))]
    story = an.load(pd.DataFrame({"article": ids, "text": clauses["clause"]}))
    found = an.agency(story).groupby(["article", "actor"])["role"].agg(set)
    right = sum(
        found.get((article, actor), set()) == ({role} - {"none"})
        for article, actor, role in zip(ids, clauses["actor"], clauses["role"], strict=True)
    )
    low, high = proportion_confint(right, len(clauses), method="wilson")
    row = {
        "measure": "clauses with the right role",
        "value": round(right / len(clauses), 2),
        "low": round(low, 2),
        "high": round(high, 2),
        "n": len(clauses),
        "corpus": "own clauses, marked before the first run (which had 0.88 right)",
    }
    record("agency", [row])
    return row


if __name__ == "__main__":
    main()
