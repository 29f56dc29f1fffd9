"""Attributions in a text: who, by which word, said, knew, believed or wanted what.

`label` returns source, cue and content of every attribution in a raw text. A small encoder
(see ``models/README.md``) gives every word a role and points from content to its cue and from
both to their source; this module turns those scores into relations.
"""

import math
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import encoder

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Span = tuple[int, int]

FOLDER = Path(__file__).parent / "models"
"""Where the delivered model and its tokenizer lie."""
MODEL_FILE, TOKENIZER_FILE = "attribution.onnx", "tokenizer.json"
_NONE, _SOURCE, _CUE, _CONTENT = range(4)
# Marks that no content begins with or ends with (a full stop stays with an abbreviation).
_LEADING = frozenset(",;:.)\u2013\u2014-?!")
_TRAILING = frozenset(",;:.(\u2013\u2014-")
_ABBREVIATED = frozenset("mr mrs ms dr jr sr st inc co corp ltd no gov sen rep gen vs etc".split())
_TINY = 1e-5


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution.

    Attributes
    ----------
    source, cue, content
        Spans (start, end) in the raw text, in code points, half-open, rising, disjoint. The
        source is empty where the text names none. Cue and content never are; content has
        several spans where the cue, the source or the narrator interrupts it.
    confidence
        Estimated probability that content and source are right, from 0 to 1.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the decoder, chosen on the development articles (benchmarks/README.md).

    Attributes
    ----------
    change
        Cost, in nats, of a change of role between two words.
    cue_weight
        Factor on the probability of being a cue: cues are rarer than they should be.
    pointing, pointers
        A word that at least `pointers` words of a run of content (or all, if it has fewer) point
        to with more than `pointing` may become a cue.
    promote_cue, promote_source
        Least role probability of a word that content or cue points to, though its best role is
        another, for it to become cue or source.
    relink
        Cost of a change of cue inside one run of content.
    least_pointing
        Content that points to its cue with less than this, on average, is dropped.
    least_words
        Further spans of content with fewer words are dropped.
    least_confidence
        Relations below are dropped.
    """

    change: float = 1.5
    cue_weight: float = 1.25
    pointing: float = 0.3
    pointers: int = 1
    promote_cue: float = 0.15
    promote_source: float = 0.05
    relink: float = 5.0
    least_pointing: float = 0.3
    least_words: int = 2
    least_confidence: float = 0.3


# Weights of `_features` in the logistic estimate of the confidence, fitted on the development
# articles (training/tune.py); the last is the constant.
CALIBRATION = (0.26, 0.527, 0.047, 0.139, 0.197, 0.101, -2.583)


@dataclass(frozen=True, slots=True)
class Words:
    """What the model says about the words of one window (w words).

    Attributes
    ----------
    starts, ends
        Code-point spans in the raw text, (w,).
    roles
        Probability of no role, source, cue, content, (w, 4).
    begins
        Probability that a source, a cue, a content begins with the word, (w, 3).
    cues, cue_sources, content_sources
        Where the word points, (w, 1 + w): first nowhere, then to every word. Content points to
        its cue, a cue to its source, content to its source.
    quoted
        Whether the word lies inside quotation marks, (w,).
    lexical
        Whether it has a letter or a digit, (w,).
    texts
        The words themselves.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    roles: Floats
    begins: Floats
    cues: Floats
    cue_sources: Floats
    content_sources: Floats
    quoted: NDArray[np.bool_]
    lexical: NDArray[np.bool_]
    texts: list[str]


class Labeller:
    """Model and tokenizer, opened once; labels texts one window at a time.

    Windows are never batched: with dynamic quantisation the result of a window would depend on
    its neighbours in the batch, and so on the order of articles.

    Parameters
    ----------
    folder
        Folder with ``attribution.onnx``, ``word_vectors.bin`` and ``tokenizer.json``.

    Raises
    ------
    FileNotFoundError
        When one of its files is missing.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        for name in (MODEL_FILE, encoder.WORDS_FILE, TOKENIZER_FILE):
            if not (folder / name).is_file():
                raise FileNotFoundError(f"attribution model: {name} is missing in {folder}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))

    def read(self, text: str) -> Iterator[Words]:
        """The windows of a text with the model's scores, one after the other."""
        pieces = encoder.split(text, self._tokenizer)
        for begin, end in encoder.windows(pieces):
            ids, types, index = encoder.window_input(pieces, begin, end)
            tags, links = self._session.run(None, {"ids": ids[None], "types": types[None]})
            yield _words(text, pieces, index, tags, links)

    def label(self, text: str, *, settings: Settings | None = None) -> list[Relation]:
        """Attributions of a text, in the order of their first character."""
        return decode(self.read(text), settings=settings or Settings())


@cache
def _open(folder: Path) -> Labeller:
    return Labeller(folder)


def load(*, folder: str | os.PathLike[str] | None = None) -> Labeller:
    """The labeller, opened at most once per process and folder.

    Parameters
    ----------
    folder
        Folder with ``attribution.onnx``, ``word_vectors.bin`` and ``tokenizer.json``; the delivered
        model by default.

    Raises
    ------
    FileNotFoundError
        When one of its files is missing.
    """
    return _open(Path(folder) if folder is not None else FOLDER)


def label(text: str, *, folder: str | os.PathLike[str] | None = None) -> list[Relation]:
    """Attributions of a text: source, cue and content, as spans of the raw text.

    Only outermost attributions are found, as in the annotation that the model learned from. For
    those inside a content, label the content by itself and shift the spans.

    Parameters
    ----------
    text
        Any string; the spans refer to it exactly as given.
    folder
        Folder of another model; the delivered one by default.

    Returns
    -------
    list of Relation
        In the order of their first character.

    Notes
    -----
    English news text. A relation holds within about 150 words, but a quotation that goes on is
    followed further. Headlines, lists and poems are read as sentences.
    """
    return load(folder=folder).label(text)


def _words(
    text: str, pieces: encoder.Pieces, index: NDArray[np.int64], tags: Floats, links: Floats
) -> Words:
    """Scores of positions gathered into scores of words."""
    real = np.flatnonzero(index >= 0)
    numbers = index[real]
    word = pieces.words[numbers]
    first = np.flatnonzero(np.concatenate([[True], word[1:] != word[:-1]]))
    last = np.concatenate([first[1:], [len(word)]]) - 1
    sizes = (last - first + 1).astype(np.float32)[:, None]

    def mean(rows: Floats) -> Floats:
        return (np.add.reduceat(rows, first, axis=0) / sizes).astype(np.float32)

    def pointed(kind: int) -> Floats:
        rows = links[kind][real]
        to_words = np.add.reduceat(rows[:, real], first, axis=1)
        return mean(np.concatenate([rows[:, :1], to_words], axis=1))

    shares = tags[real]
    roles = mean(np.stack([shares[:, 0], *(shares[:, k : k + 2].sum(1) for k in (1, 3, 5))], 1))
    opening = shares[first]
    begins = opening[:, 1::2] / (opening[:, 1::2] + opening[:, 2::2] + _TINY)
    starts = pieces.starts[numbers[first]]
    ends = pieces.ends[numbers[last]]
    texts = [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    types = pieces.types[numbers[first]]
    return Words(
        starts=starts,
        ends=ends,
        roles=roles,
        begins=begins,
        cues=pointed(0),
        cue_sources=pointed(1),
        content_sources=pointed(2),
        quoted=types >= 3,
        lexical=np.array([word[0].isalnum() for word in texts]),
        texts=texts,
    )


def decode(windows: Iterable[Words], *, settings: Settings) -> list[Relation]:
    """Relations from the scores of a text's windows.

    Parameters
    ----------
    windows
        The windows, in their order.
    settings
        Settings of the decoder.
    """
    return decode_with_features(windows, settings=settings)[0]


def decode_with_features(
    windows: Iterable[Words], *, settings: Settings
) -> tuple[list[Relation], list[Doubles]]:
    """Relations, and for each the features that its confidence is made of."""
    drafts: list[_Draft] = []
    for words in windows:
        before = max(drafts, key=lambda draft: draft.content[-1], default=None)
        drafts += _draft(words, settings, before)
    found = []
    for draft in drafts:
        confidence = _confidence(draft.features)
        if confidence >= settings.least_confidence:
            spans = (tuple(draft.source), tuple(draft.cue), tuple(draft.content))
            found.append((Relation(*spans, confidence), draft.features))
    found.sort(key=lambda pair: min(pair[0].source + pair[0].cue + pair[0].content))
    return [relation for relation, _ in found], [features for _, features in found]


def _draft(words: Words, settings: Settings, before: "_Draft | None") -> list["_Draft"]:
    """Relations of one window; a quotation that goes on from `before` is added to it."""
    tags = _best_path(words, settings)
    _fill_gaps(tags, words)
    _promote_cues(tags, words, settings)
    cues = _runs(tags, _CUE, words)
    _promote_sources(tags, words, cues, settings)
    sources = [run for run in _runs(tags, _SOURCE, words) if words.lexical[slice(*run)].any()]
    content: list[list[Span]] = [[] for _ in cues]
    for run in _runs(tags, _CONTENT, words):
        for owner, span in _owners(run, cues, words, settings):
            span = _trimmed(span, words)
            if span[0] == span[1]:
                continue
            if owner >= 0:
                if _mass(span, cues[owner], words) > settings.least_pointing:
                    content[owner].append(span)
            elif before is not None and words.quoted[span[0]]:
                before.content.append(_characters(words, span))
            elif cues:
                content[_nearest(span, cues, words)].append(span)
    drafts = []
    for cue, spans in zip(cues, content, strict=True):
        if not spans:
            continue
        spans = _without_scraps(spans, words, settings.least_words)
        source, linked = _source(cue, spans, sources, words)
        drafts.append(
            _Draft(
                source=[_characters(words, _trimmed(source, words))] if source else [],
                cue=[_characters(words, cue)],
                content=[_characters(words, span) for span in spans],
                features=_features(cue, spans, linked, words),
            )
        )
    return drafts


@dataclass(slots=True)
class _Draft:
    """A relation that may still be continued in the next window."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    features: Doubles


def _best_path(words: Words, settings: Settings) -> NDArray[np.int64]:
    """The likeliest sequence of roles when every change costs `settings.change`."""
    weighted = words.roles * np.array([1.0, 1.0, settings.cue_weight, 1.0], dtype=np.float32)
    gains = np.log(weighted / weighted.sum(1, keepdims=True) + _TINY).tolist()
    best = gains[0]
    came: list[list[int]] = []
    for gain in gains[1:]:
        top = max(range(4), key=best.__getitem__)
        moved = best[top] - settings.change
        came.append([role if best[role] >= moved else top for role in range(4)])
        best = [max(best[role], moved) + gain[role] for role in range(4)]
    role = max(range(4), key=best.__getitem__)
    path = [role]
    for step in reversed(came):
        role = step[role]
        path.append(role)
    return np.array(path[::-1])


def _fill_gaps(tags: NDArray[np.int64], words: Words) -> None:
    """Punctuation between two pieces of content belongs to it."""
    inside = np.flatnonzero(tags == _CONTENT)
    for left, right in zip(inside[:-1].tolist(), inside[1:].tolist(), strict=True):
        gap = slice(left + 1, right)
        if 1 < right - left <= 3 and not words.lexical[gap].any() and not tags[gap].any():
            tags[gap] = _CONTENT


def _runs(tags: NDArray[np.int64], role: int, words: Words) -> list[Span]:
    """Spans of words of one role; sources and cues are cut where another begins."""
    inside = tags == role
    starts = inside & ~np.concatenate([[False], inside[:-1]])
    if role != _CONTENT:
        starts |= inside & (words.begins[:, role - 1] > 0.5)
    stops = np.concatenate([~inside[1:] | starts[1:], [True]]) & inside
    begins = np.flatnonzero(starts).tolist()
    return list(zip(begins, (np.flatnonzero(stops) + 1).tolist(), strict=True))


def _promote_cues(tags: NDArray[np.int64], words: Words, settings: Settings) -> None:
    """A word that content points to becomes a cue, if it is not too unlikely."""
    for start, end in _runs(tags, _CONTENT, words):
        pointed = words.cues[start:end, 1:]
        pointers = (pointed > settings.pointing).sum(0)
        for at in np.flatnonzero(pointers >= min(settings.pointers, end - start)).tolist():
            if tags[at] == _CUE or words.roles[at, _CUE] <= settings.promote_cue:
                continue
            stop = at + 1
            while (
                stop < len(tags)
                and tags[stop] != _CUE
                and words.roles[stop, _CUE] > settings.promote_cue
                and words.begins[stop, _CUE - 1] < 0.5
            ):
                stop += 1
            tags[at:stop] = _CUE


def _promote_sources(
    tags: NDArray[np.int64], words: Words, cues: Sequence[Span], settings: Settings
) -> None:
    """A word that a cue points to becomes a source, if it is not too unlikely."""
    for start, end in cues:
        pointed = words.cue_sources[start:end].mean(0)
        at = int(pointed.argmax()) - 1
        if at < 0 or tags[at] in (_SOURCE, _CUE):
            continue
        stop = at
        while (
            stop < len(tags)
            and tags[stop] not in (_SOURCE, _CUE)
            and words.roles[stop, _SOURCE] > settings.promote_source
        ):
            stop += 1
        tags[at:stop] = _SOURCE


def _owners(
    run: Span, cues: Sequence[Span], words: Words, settings: Settings
) -> list[tuple[int, Span]]:
    """Cut a run of content by the cue that its words point to; -1 stands for no cue."""
    start, end = run
    if not cues:
        return [(-1, run)]
    mass = words.cues[start:end]
    columns = [mass[:, 0], *(mass[:, 1 + a : 1 + b].sum(1) for a, b in cues)]
    shares = np.stack(columns, 1) + _TINY
    gains = np.log(shares / shares.sum(1, keepdims=True))
    breaks = settings.relink + np.log(1 - words.begins[start:end, _CONTENT - 1] + _TINY)
    best = gains[0].copy()
    came = []
    for at in range(1, end - start):
        top = int(best.argmax())
        moved = best[top] - max(float(breaks[at]), 0.0)
        came.append(np.where(best >= moved, np.arange(len(best)), top))
        best = np.maximum(best, moved) + gains[at]
    owner = int(best.argmax())
    owners = [owner]
    for step in reversed(came):
        owner = int(step[owner])
        owners.append(owner)
    owners.reverse()
    cut = [0, *(k for k in range(1, len(owners)) if owners[k] != owners[k - 1]), len(owners)]
    return [(owners[a] - 1, (start + a, start + b)) for a, b in pairwise(cut)]


def _trimmed(span: Span, words: Words) -> Span:
    """The span without the marks at its edges that belong to the sentence around it."""
    start, end = span
    while start < end and words.texts[start] in _LEADING:
        start += 1
    if words.texts[start : start + 2] in (["'", "s"], ["\u2019", "s"]) and start > 0:
        # The possessive ending of a word that is left outside.
        start += 2 * int(words.ends[start - 1] == words.starts[start])
    while start < end and words.texts[end - 1] in _TRAILING:
        if words.texts[end - 1] == "." and end - start > 1:
            before = words.texts[end - 2]
            # "U.S." and "Inc." end in a full stop of their own.
            if before.lower() in _ABBREVIATED or (len(before) == 1 and before.isupper()):
                break
        end -= 1
    return min(start, end), end


def _mass(span: Span, cue: Span, words: Words) -> float:
    return float(words.cues[slice(*span), 1 + cue[0] : 1 + cue[1]].sum(1).mean())


def _nearest(span: Span, cues: Sequence[Span], words: Words) -> int:
    """The cue that content points to most, nowhere left out."""
    mass = words.cues[span[0] : span[1]].mean(0)
    return int(np.argmax([mass[1 + a : 1 + b].sum() for a, b in cues]))


def _source(
    cue: Span, content: Sequence[Span], sources: Sequence[Span], words: Words
) -> tuple[Span | None, float]:
    """The source that cue and content point to, and the share of their pointing."""
    where = np.concatenate([np.arange(*span) for span in content])
    mass = 0.5 * words.cue_sources[slice(*cue)].mean(0)
    mass += 0.5 * words.content_sources[where].mean(0)
    shares = [float(mass[0]), *(mass[1 + a : 1 + b].sum() for a, b in sources)]
    top = int(np.argmax(shares))
    total = float(sum(shares)) + _TINY
    return (sources[top - 1] if top else None), float(shares[top]) / total


def _without_scraps(spans: list[Span], words: Words, least: int) -> list[Span]:
    """Spans but for tiny ones beside a larger one: mostly slips of the tagger."""
    sizes = [int(words.lexical[start:end].sum()) for start, end in spans]
    return [s for s, size in zip(spans, sizes, strict=True) if size >= min(least, max(sizes))]


def _features(cue: Span, content: Sequence[Span], linked: float, words: Words) -> Doubles:
    """How sure the model is of the parts of a relation, as log odds, for the calibration."""
    where = np.concatenate([np.arange(*span) for span in content])
    pointing = words.cues[where, 1 + cue[0] : 1 + cue[1]].sum(1)
    inside = words.roles[where, _CONTENT]
    sure = np.array(
        [
            words.roles[slice(*cue), _CUE].mean(),
            inside.mean(),
            min(inside[0], inside[-1]),
            pointing.mean(),
            linked,
        ]
    )
    sure = np.clip(sure, 0.01, 0.99)
    return np.append(np.log(sure / (1 - sure)), np.log(len(where)))


def _confidence(features: Doubles) -> float:
    score = float(features @ np.array(CALIBRATION[:-1])) + CALIBRATION[-1]
    return round(1 / (1 + math.exp(-score)), 3)


def _characters(words: Words, span: Span) -> Span:
    return int(words.starts[span[0]]), int(words.ends[span[1] - 1])
