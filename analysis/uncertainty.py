"""Uncertain sentences: vague or uncommitted statements, one score a sentence."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from . import schema
from .encoder import WORDS_FILE

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from .story import Story

FOLDER = Path(__file__).parent / "models"
MODEL_FILE, CARD_FILE, TOKENIZER_FILE = "uncertainty.onnx", "uncertainty.json", "tokenizer.json"
WINDOW = 128
"""Most word pieces read at once; a longer sentence counts as uncertain as its vaguest part."""
CLS, SEP = 101, 102

# One character for one character: the pretrained vocabulary knows the straight marks best.
_PLAIN = str.maketrans("“”„‘’‚", '"""' + "'''")


def uncertain_sentences(story: Story) -> pd.DataFrame:
    """Tell how vague or uncommitted each sentence is.

    Parameters
    ----------
    story : Story
        The articles.

    Returns
    -------
    DataFrame
        One row per sentence; columns in `schema.UNCERTAIN_SENTENCES`. `score` (0 to 1) is the
        model's, no probability of anything in the world; `uncertain` holds where it reaches the
        threshold chosen in validation.

    Notes
    -----
    A small encoder (six layers, 8 bits a weight) that learned from 7,343 sentences of Wikipedia
    in which readers marked vague attributions, quantifiers and hedges (Farkas et al. 2010, the
    CoNLL-2010 shared task). It was made for encyclopedic prose: in news it finds weasel words
    and hedges, but has not been measured there. For the cues themselves, their types and their
    scope use `an.hedges`. Training and figures: `training/uncertainty.py`, `an.methods`.
    """
    scores = score(story.sentences["text"].tolist())
    table = story.sentences.assign(score=scores, uncertain=scores >= threshold())
    return schema.conform(table, schema.UNCERTAIN_SENTENCES)


def threshold() -> float:
    """The score from which a sentence counts as uncertain; from the model's card."""
    return float(json.loads((FOLDER / CARD_FILE).read_text(encoding="utf-8"))["threshold"])


def score(sentences: list[str]) -> np.ndarray:
    """Scores of sentences, in order; each is scored by itself, so that none sways another."""
    session, tokenizer = _open()
    scores = np.zeros(len(sentences))
    for number, text in enumerate(sentences):
        scores[number] = max(
            float(session.run(None, {"ids": ids[None], "types": types[None]})[0][0])
            for ids, types in windows(text, tokenizer)
        )
    return scores


def windows(text: str, tokenizer: Tokenizer) -> list[tuple[np.ndarray, np.ndarray]]:
    """Word pieces of a sentence and their casing, in windows with the marks that frame them.

    Training and scoring share this function. Casing: 0 lower or no word, 1 Capitalised,
    2 CAPITALS; the vocabulary itself is lower case.
    """
    encoded = tokenizer.encode(text.translate(_PLAIN), add_special_tokens=False)
    pieces = list(encoded.ids)
    types = [casing(text[start:end]) for start, end in encoded.offsets]
    size = WINDOW - 2
    found = []
    for begin in range(0, max(1, len(pieces)), size):
        ids = [CLS, *pieces[begin : begin + size], SEP]
        kinds = [0, *types[begin : begin + size], 0]
        found.append((np.array(ids, dtype=np.int64), np.array(kinds, dtype=np.int64)))
    return found


def casing(word: str) -> int:
    """0: lower case or no word; 1: Capitalised; 2: CAPITALS."""
    if not word.isalpha() or word[:1].islower():
        return 0
    return 2 if word.isupper() and len(word) > 1 else 1


@functools.cache
def _open() -> tuple[InferenceSession, Tokenizer]:
    import onnxruntime
    from tokenizers import Tokenizer

    for name in (MODEL_FILE, WORDS_FILE, CARD_FILE, TOKENIZER_FILE):
        if not (FOLDER / name).is_file():
            raise FileNotFoundError(f"uncertainty model: {name} is missing in {FOLDER}")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(FOLDER / MODEL_FILE), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(FOLDER / TOKENIZER_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return session, tokenizer
