"""Choose the decoder's settings on the development articles: ``python -m training.tune FOLDER``.

FOLDER holds ``attribution.onnx`` and ``tokenizer.json``. Prints the settings and the weights of
the confidence that go into `analysis/attribution_model.py`; about 10 minutes of one core.
"""

import argparse
import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis import attribution_model as model
from benchmarks import attribution_scores as scores

CHOICES: dict[str, tuple[float, ...]] = {
    "change": (0.6, 0.8, 1.0, 1.2, 1.5),
    "cue_weight": (1.0, 1.25, 1.5, 2.0),
    "pointing": (0.2, 0.3, 0.5),
    "pointers": (1, 2, 3, 5),
    "promote_cue": (0.05, 0.1, 0.15, 0.2),
    "promote_source": (0.02, 0.05, 0.1, 0.2),
    "relink": (2.0, 3.0, 4.0, 5.0),
    "least_pointing": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5),
    "least_words": (1, 2, 3),
}
THRESHOLDS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


class Development:
    """The development articles with the model's scores, read once."""

    def __init__(self, corpora: Path, folder: Path) -> None:
        lines = (corpora / "polnear-dev.jsonl").read_text(encoding="utf-8").splitlines()
        self.articles = [json.loads(line) for line in lines]
        labeller = model.load(folder=folder)
        self.windows = [list(labeller.read(article["text"])) for article in self.articles]

    def relations(self, settings: model.Settings) -> list[list[model.Relation]]:
        """What the decoder finds, article by article."""
        return [model.decode(windows, settings=settings) for windows in self.windows]

    def value(self, settings: model.Settings, *, least: float = 0.0) -> float:
        """The measure to be raised: F1 of content, of content with source, of cue characters."""
        figures = scores.figures(
            scores.count(article["text"], article["attributions"], _spans(found, least))
            for article, found in zip(self.articles, self.relations(settings), strict=True)
        )
        relations = figures["relations"]
        return (
            0.4 * relations["content"]["f1"]
            + 0.5 * relations["content_and_source"]["f1"]
            + 0.1 * figures["chars"]["cue"]["f1"]
        )


def _spans(found: list[model.Relation], least: float) -> list[dict]:
    return [
        {"source": one.source, "cue": one.cue, "content": one.content}
        for one in found
        if one.confidence >= least
    ]


def search(data: Development, settings: model.Settings, *, rounds: int = 2) -> model.Settings:
    """Change one setting at a time, as long as that helps."""
    best = data.value(settings)
    for _ in range(rounds):
        before = settings
        for name, values in CHOICES.items():
            for value in values:
                if value == getattr(settings, name):
                    continue
                tried = replace(settings, **{name: value})  # type: ignore[arg-type]
                reached = data.value(tried)
                if reached > best + 2e-4:
                    best, settings = reached, tried
            print(f"{name} = {getattr(settings, name)}: {best:.4f}", flush=True)
        if settings == before:
            break
    return settings


def calibrate(data: Development, settings: model.Settings) -> tuple[float, ...]:
    """Weights that turn the features of a relation into the probability that it is right."""
    rows, right = [], []
    for article, windows in zip(data.articles, data.windows, strict=True):
        found, features = model.decode_with_features(windows, settings=settings)
        rows += features
        right += scores.matched(article["text"], article["attributions"], _spans(found, 0.0))
    return _logistic(np.array(rows), np.array(right, dtype=float))


def _logistic(rows: NDArray, right: NDArray, *, penalty: float = 1.0) -> tuple[float, ...]:
    """Logistic regression by Newton's method with a small ridge penalty."""
    design = np.column_stack([rows, np.ones(len(rows))])
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (right - chance) - penalty * weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design
        weights += np.linalg.solve(curve + penalty * np.eye(len(weights)), slope)
    return tuple(round(float(weight), 3) for weight in weights)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpora", default=os.environ.get("TELLINGS_CORPORA"), type=Path)
    given = parser.parse_args()
    if given.corpora is None:
        parser.error("give --corpora DIR or set TELLINGS_CORPORA")
    data = Development(given.corpora, given.folder)
    settings = search(data, replace(model.Settings(), least_confidence=0.0))
    weights = calibrate(data, settings)
    print(settings, weights, sep="\n")
    model.CALIBRATION = weights  # type: ignore[assignment]
    for least in THRESHOLDS:
        print(f"least confidence {least}: {data.value(settings, least=least):.4f}")


if __name__ == "__main__":
    main()
