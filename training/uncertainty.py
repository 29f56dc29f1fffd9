"""Train the model of uncertain sentences: ``python -m training.uncertainty --corpora DIR``.

Three epochs over ``wikiweasel-train.jsonl`` with a running average of the weights; 8 minutes on
one free core with bfloat16 instructions. Done once without each of five fixed folds: the scores
of the sentences left out, by the models as they would be shipped (8 bits), choose the threshold
and give the F1 on the model's card. The model that is shipped learns from all of them.
"""

import argparse
import json
import os
import random
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.model_selection import StratifiedKFold
from torch import Tensor, nn
from torch.nn import functional as F

from analysis import uncertainty
from training.network import WIDTH, Network
from training.train import open_tokenizer, pretrained
from training.words import share_words

SEED = 1
FOLDS = 5
SCORES = Path(__file__).parent.parent / "benchmarks" / "results" / "uncertainty_scores.txt"
"""Score of every sentence when its fold was left out, for benchmarks/hedging.py."""
EPOCHS, BATCH, RATE, HEAD_FACTOR, LAYER_DECAY = 3, 16, 2e-4, 5, 0.85
WARM_UP, HIDDEN_WORDS, POSITIVE_WEIGHT = 80, 0.08, 1.5
AVERAGED, AVERAGE_FROM = 0.995, 1 / 3
"""Decay of the running average of the weights, and the share of the steps before it begins."""
MASK = 103
THRESHOLDS = np.arange(0.1, 0.9, 0.02)


class Judge(nn.Module):
    """The encoder, a weighted mean over the pieces, one number."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Network(types=3)
        self.encoder.load_pretrained(str(pretrained() / "model.safetensors"))
        self.encoder.tag = self.encoder.link = nn.Identity()  # type: ignore[assignment]
        self.verdict = nn.Linear(WIDTH, 1)
        self.attention = nn.Linear(WIDTH, 1)
        self.dropout = nn.Dropout(0.2)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Logits, one a sentence; `mask` is 1 at real pieces."""
        hidden = self.encoder(ids, types, mask)[0].float()
        weights = torch.softmax(self.attention(hidden)[..., 0] + (mask == 0) * -1e4, -1)
        return self.verdict(self.dropout((weights[..., None] * hidden).sum(1)))[:, 0]


class Single(nn.Module):
    """The judge for one sentence without padding, word vectors held in 8 bits a number."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge
        table = judge.encoder.word.weight.detach()
        scale = table.abs().amax(1, keepdim=True) / 127
        self.register_buffer("table", torch.round(table / scale).to(torch.int8))
        self.register_buffer("scale", scale)
        self.register_buffer("where", torch.arange(512)[None])
        del judge.encoder.word

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        """Score of the sentence, 0 to 1."""
        encoder = self.judge.encoder
        words = self.table[ids].to(torch.float32) * self.scale[ids]
        hidden = words + encoder.position(self.where[:, : ids.shape[1]]) + encoder.kind(types)
        hidden = encoder.norm(hidden)
        for layer in encoder.layers:
            hidden = layer(hidden, None)
        weights = torch.softmax(self.judge.attention(hidden)[..., 0], -1)
        return torch.sigmoid(self.judge.verdict((weights[..., None] * hidden).sum(1)))[:, 0]


class Corpus:
    """The sentences as pieces, their marks, and the fold each belongs to."""

    def __init__(self, path: Path) -> None:
        tokenizer = open_tokenizer(pretrained() / "tokenizer.json")
        with open(path, encoding="utf-8") as handle:
            rows = [json.loads(line) for line in handle]
        self.marks = np.array([row["uncertain"] for row in rows])
        self.pieces = [uncertainty.windows(row["text"], tokenizer)[0] for row in rows]
        self.folds = np.zeros(len(rows), dtype=int)
        parts = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(self.marks, self.marks)
        for fold, (_, held) in enumerate(parts):
            self.folds[held] = fold

    def batches(self, chosen: list[int], rng: random.Random) -> list[list[int]]:
        """Batches of sentences of like length, in random order."""
        chosen = list(chosen)
        rng.shuffle(chosen)
        found = []
        for begin in range(0, len(chosen), BATCH * 40):
            group = sorted(chosen[begin : begin + BATCH * 40], key=self.length)
            found += [group[k : k + BATCH] for k in range(0, len(group), BATCH)]
        rng.shuffle(found)
        return found

    def length(self, number: int) -> int:
        """Pieces of a sentence."""
        return len(self.pieces[number][0])

    def tensors(self, batch: list[int]) -> tuple[Tensor, Tensor, Tensor]:
        """Padded pieces, casing and mask of a batch."""
        longest = max(self.length(number) for number in batch)
        ids = torch.zeros(len(batch), longest, dtype=torch.long)
        types, mask = ids.clone(), ids.clone()
        for row, number in enumerate(batch):
            length = self.length(number)
            ids[row, :length] = torch.from_numpy(self.pieces[number][0])
            types[row, :length] = torch.from_numpy(self.pieces[number][1])
            mask[row, :length] = 1
        return ids, types, mask


def groups(judge: Judge) -> list[dict]:
    """Optimiser groups: lower layers learn more slowly, the head faster."""
    found = []
    for name, parameter in judge.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = RATE * 0.3
        if name.startswith(("verdict.", "attention.", "encoder.kind")):
            rate = RATE * HEAD_FACTOR
        elif name.startswith("encoder.layers"):
            rate = RATE * LAYER_DECAY ** (5 - int(name.split(".")[2]))
        decay = 0.01 if parameter.ndim > 1 else 0.0
        found.append({"params": [parameter], "base": rate, "weight_decay": decay})
    return found


def train(corpus: Corpus, chosen: list[int]) -> Judge:
    """Train on the sentences `chosen`."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    judge = Judge()
    judge.train()
    plan = [batch for _ in range(EPOCHS) for batch in corpus.batches(chosen, rng)]
    optimiser = torch.optim.AdamW(groups(judge), lr=0.0, betas=(0.9, 0.98))
    trained = [p for p in judge.parameters() if p.requires_grad]
    averages: list[Tensor] = []
    weight = torch.tensor(POSITIVE_WEIGHT)
    began, running = time.monotonic(), 0.0
    for step, batch in enumerate(plan, 1):
        share = min(1.0, step / WARM_UP) * (1 - step / (len(plan) + 1))
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * share
        ids, types, mask = corpus.tensors(batch)
        hide = (torch.rand(ids.shape) < HIDDEN_WORDS) & (ids > 999)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = judge(ids.masked_fill(hide, MASK), types, mask)
        wanted = torch.from_numpy(corpus.marks[batch]).float()
        loss = F.binary_cross_entropy_with_logits(logits.float(), wanted, pos_weight=weight)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        if step == int(len(plan) * AVERAGE_FROM):
            averages = [parameter.detach().clone() for parameter in trained]
        for average, parameter in zip(averages, trained, strict=False):
            average.lerp_(parameter.detach(), 1 - AVERAGED)
        running += max(0.02, 1 / step) * (loss.item() - running)
        if step % 50 == 0:
            seconds = time.monotonic() - began
            print(f"{step}/{len(plan)} {seconds:.0f} s, loss {running:.3f}", flush=True)
    with torch.no_grad():
        for average, parameter in zip(averages, trained, strict=True):
            parameter.copy_(average)
    return judge.eval()


def export(judge: Judge, path: Path) -> None:
    """Write the model to `path` as ONNX, 8 bits a weight."""
    single = Single(judge).eval()
    sample = torch.randint(1000, 20000, (1, 30)), torch.randint(0, 3, (1, 30))
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "raw.onnx"
        torch.onnx.export(
            single,
            sample,
            str(raw),
            input_names=["ids", "types"],
            output_names=["score"],
            dynamic_axes={name: {1: "length"} for name in ("ids", "types")},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            raw,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    share_words(path)


def best_threshold(scores: np.ndarray, marks: np.ndarray) -> tuple[float, float]:
    """The threshold with the best F1 of the uncertain class, and that F1."""
    found = []
    for limit in THRESHOLDS:
        given = scores >= limit
        found.append((2 * (given & marks).sum() / max(1, given.sum() + marks.sum()), limit))
    f1, limit = max(found)
    return float(limit), float(f1)


def held_out(corpus: Corpus, fold: int) -> np.ndarray:
    """Scores of a fold by a model trained without it, written and read as the shipped one is."""
    import onnxruntime

    judge = train(corpus, np.flatnonzero(corpus.folds != fold).tolist())
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / uncertainty.MODEL_FILE
        export(judge, path)
        session = onnxruntime.InferenceSession(str(path))
    scores = []
    for number in np.flatnonzero(corpus.folds == fold):
        ids, types = corpus.pieces[number]
        scores.append(float(session.run(None, {"ids": ids[None], "types": types[None]})[0][0]))
    return np.array(scores)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", default=os.environ.get("TELLINGS_CORPORA"), type=Path)
    parser.add_argument("--out", default=uncertainty.FOLDER, type=Path)
    given = parser.parse_args()
    if given.corpora is None:
        parser.error("give --corpora DIR or set TELLINGS_CORPORA")
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    corpus = Corpus(given.corpora / "wikiweasel-train.jsonl")
    scores = np.zeros(len(corpus.marks))
    by_fold = []
    for fold in range(FOLDS):
        held = corpus.folds == fold
        scores[held] = held_out(corpus, fold)
        by_fold.append(round(best_threshold(scores[held], corpus.marks[held])[1], 3))
        print(f"fold {fold}: F1 {by_fold[-1]} at its best threshold", flush=True)
    limit, f1 = best_threshold(scores, corpus.marks)
    np.savetxt(SCORES, scores, fmt="%.4f")
    export(train(corpus, list(range(len(scores)))), given.out / uncertainty.MODEL_FILE)
    card = {
        "threshold": round(limit, 2),
        "f1": round(f1, 3),
        "f1_by_fold": by_fold,
        "sentences": len(scores),
        "version": "2026-11-22",
        "pretrained": "all-MiniLM-L6-v2 (Apache-2.0)",
        "trained_on": "CoNLL-2010 shared task, all Wikipedia sentences; F1 by cross-validation",
    }
    text = json.dumps(card, indent=2) + "\n"
    (given.out / uncertainty.CARD_FILE).write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
