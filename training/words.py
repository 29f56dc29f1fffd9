"""One file of word vectors for all models: the pretrained ones, which no training moves."""

from pathlib import Path

import numpy as np
import onnx
from onnx.external_data_helper import set_external_data

from analysis.encoder import WORDS_FILE

SHARED = ("table", "scale")
"""Initializers: vectors in 8 bits a number, and a scale a word."""


def share_words(path: Path) -> None:
    """Let the model at `path` read its word vectors from the file beside it.

    The first model writes that file. Of a later one the vectors have to be the same, but for the
    last of the 8 bits, which a mean of checkpoints may round the other way.
    """
    model = onnx.load(path)
    shared = path.parent / WORDS_FILE
    tensors = {t.name: t for t in model.graph.initializer if t.name in SHARED}
    if not shared.exists():
        shared.write_bytes(b"".join(tensors[name].raw_data for name in SHARED))
    known = shared.read_bytes()
    begin = 0
    for name in SHARED:
        tensor = tensors[name]
        length = len(tensor.raw_data)
        _check(tensor, known[begin : begin + length])
        set_external_data(tensor, WORDS_FILE, offset=begin, length=length)
        tensor.ClearField("raw_data")
        begin += length
    path.write_bytes(model.SerializeToString())


def _check(tensor: onnx.TensorProto, known: bytes) -> None:
    kind = onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type)
    ours, theirs = (np.frombuffer(data, kind).astype(float) for data in (tensor.raw_data, known))
    if len(ours) != len(theirs) or np.abs(ours - theirs).max() > (1 if kind == np.int8 else 1e-6):
        raise ValueError(f"{tensor.name}: other word vectors than those in {WORDS_FILE}")
