"""Checkpoint to ONNX, 8 bits: ``python -m training.export CHECKPOINT… FOLDER``."""

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from analysis import encoder
from training.network import Network
from training.train import link_scores, open_tokenizer, pretrained
from training.words import share_words


class Single(nn.Module):
    """The network for one window without padding, word vectors held in 8 bits a number."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        table = network.word.weight.detach()
        scale = table.abs().amax(1, keepdim=True) / 127
        self.register_buffer("table", torch.round(table / scale).to(torch.int8))
        self.register_buffer("scale", scale)
        self.register_buffer("where", torch.arange(512)[None])
        del network.word

    def forward(self, ids: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """Probabilities of the tags, (positions, 7), and of the links, (3, positions, positions).

        The links are those of content to its cue, of cue to source and of content to source.
        """
        network = self.network
        words = self.table[ids].to(torch.float32) * self.scale[ids]
        where = network.position(self.where[:, : ids.shape[1]])
        hidden = network.norm(words + where + network.kind(types))
        for layer in network.layers:
            hidden = layer(hidden, None)
        tags = torch.softmax(network.tag(hidden), -1)
        scores = link_scores(network.link(hidden))
        return tags[0], torch.softmax(torch.cat(scores), -1)


def export(checkpoints: Sequence[Path], folder: Path, *, bits: int = 8) -> None:
    """Write ``attribution.onnx`` and ``tokenizer.json``: the mean of the checkpoints' weights."""
    network = Network(types=encoder.TOKEN_TYPES)
    states = [torch.load(path, weights_only=True) for path in checkpoints]
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    network.load_state_dict(mean)
    model = Single(network.eval()).eval()
    ids = torch.randint(1000, 20000, (1, 50))
    types = torch.randint(0, encoder.TOKEN_TYPES, (1, 50))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "raw.onnx"
        one = {0: "one", 1: "length"}
        torch.onnx.export(
            model,
            (ids, types),
            str(raw),
            input_names=["ids", "types"],
            output_names=["tags", "links"],
            dynamic_axes={
                "ids": one,
                "types": one,
                "tags": {0: "length"},
                "links": {1: "length", 2: "length"},
            },
            opset_version=17,
            dynamo=False,
        )
        done = Path(scratch) / "done.onnx"
        if bits == 8:
            # The heads stay as they are: they are small, and their rounding would show.
            heads = [n.name for n in onnx.load(raw).graph.node if n.op_type == "MatMul"][-5:]
            quantize_dynamic(
                raw,
                done,
                op_types_to_quantize=["MatMul"],
                nodes_to_exclude=heads,
                per_channel=True,
                # Seven bits: processors without VNNI add pairs of products in 16 bits, which
                # overflow with eight. No loss was measured.
                reduce_range=True,
                weight_type=QuantType.QInt8,
            )
        else:
            done = raw
        shutil.copyfile(done, folder / "attribution.onnx")
    share_words(folder / "attribution.onnx")
    open_tokenizer(pretrained() / "tokenizer.json").save(
        str(folder / "tokenizer.json"), pretty=False
    )
    _compare(model, folder / "attribution.onnx", ids, types)


def _compare(model: nn.Module, path: Path, ids: Tensor, types: Tensor) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    tags, _ = session.run(None, {"ids": ids.numpy(), "types": types.numpy()})
    with torch.no_grad():
        wanted = model(ids, types)[0].numpy()
    size = path.stat().st_size / 1e6
    print(f"{path}: {size:.1f} MB, tags differ by {np.abs(tags - wanted).max():.3f}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bits", type=int, choices=(8, 32), default=8)
    given = parser.parse_args()
    export(given.checkpoints, given.folder, bits=given.bits)


if __name__ == "__main__":
    main()
