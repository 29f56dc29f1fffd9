"""Text to pieces, pieces to windows: the input side of the attribution model.

Training and labelling share this module, so that the model sees at run time exactly what it
was trained on. Every position refers to the raw text, in code points.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WORDS_FILE = "word_vectors.bin"
"""Pretrained word vectors, which every model of the kit reads from beside itself."""
CLS, SEP = 101, 102
WINDOW = 220
"""Most pieces in one window (markers between paragraphs included)."""
TOKEN_TYPES = 8
"""Casing (lower, Capitalised, CAPITALS), + 3 inside quotation marks; 6 opens, 7 closes them."""
OPENING, CLOSING = 6, 7
NO_BREAK, SENTENCE, PARAGRAPH = 0, 1, 2

# One character for one character, so that offsets hold; U+200B is dropped by the tokenizer.
_PLAIN = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032", "'")
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DOUBLED = re.compile(r"''|``")
# Quotation marks and the ends of paragraphs, where an unclosed quotation ends.
_MARK = re.compile(
    r"(?P<end>\n\s*\n|\n(?![^\S\n]*[a-z]))"
    r"|(?P<open>[\u201c\u00ab\u201e]|``)"
    r"|(?P<close>[\u201d\u00bb])"
    r"|(?P<either>[\"\uff02\u201f\u2033]|'')"
    r"|(?P<open1>(?<![\w.,!?'])['\u2018](?=[A-Z\u2018\u201c\"]|[a-z]{2}))"
    r"|(?P<close1>(?<=[\w.,!?;\u2026\u201d\"])['\u2019](?![\w'\u2019]))"
)
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = frozenset(".?!\"\u201d'\u2019)")
_OPENS_AFTER = frozenset("([\u2014\u2013-/:")
_CLOSES_BEFORE = frozenset(").,;:!?\u2014\u2013-]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of a text, one array element each.

    Attributes
    ----------
    ids, types
        Vocabulary number and token type (see `TOKEN_TYPES`).
    starts, ends
        Code-point span in the raw text.
    words
        Number of the word that the piece belongs to, rising from 0.
    breaks
        What lies before the piece: nothing, the end of a sentence or of a paragraph.
    """

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: NDArray[np.int64]
    breaks: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.ids)


def plain(text: str) -> str:
    """Text with one kind of quotation mark, as long as the original.

    Curly, low and angle marks become straight ones; a doubled single mark becomes a double one
    followed by an invisible character. Lone surrogates become U+FFFD.
    """
    text = _SURROGATE.sub("\ufffd", text).translate(_PLAIN)
    return _DOUBLED.sub('"\u200b', text)


def quotation_states(text: str) -> NDArray[np.int8]:
    """State of every character: 0 outside quotation marks, 1 inside, 2 opening, 3 closing mark.

    A mark left open ends with its paragraph. Single marks count only where a word begins and
    ends, and outside double ones, so that apostrophes do not open quotations.
    """
    state = np.zeros(len(text) + 1, dtype=np.int8)
    opened = -1
    single = False
    for match in _MARK.finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "end":
            if opened >= 0 and not single:
                state[opened:start] = np.maximum(state[opened:start], 1)
            elif opened >= 0:
                state[opened] = 0
            opened = -1
            continue
        if kind == "either":
            kind = _direction(text, start, end, inside=opened >= 0 and not single)
        if kind == "open1":
            if opened < 0:
                opened, single = end, True
            continue
        if kind == "close1":
            if opened >= 0 and single:
                state[opened:start] = 1
                state[opened - 1], state[start] = 2, 3
                opened = -1
            continue
        if kind == "open":
            if opened >= 0 and not single:
                state[opened:start] = np.maximum(state[opened:start], 1)
            state[start:end] = 2
            opened, single = end, False
        else:
            if opened >= 0 and not single:
                state[opened:start] = np.maximum(state[opened:start], 1)
            state[start:end] = 3
            opened = -1
    if opened >= 0 and not single:
        state[opened:-1] = np.maximum(state[opened:-1], 1)
    return state[:-1]


def _direction(text: str, start: int, end: int, *, inside: bool) -> str:
    """Whether a straight mark opens or closes, by the characters around it."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    loose_before = before.isspace() or before in _OPENS_AFTER
    loose_after = after.isspace() or after in _CLOSES_BEFORE
    if loose_before and not after.isspace():
        return "open"
    if loose_after and not before.isspace():
        return "close"
    return "close" if inside else "open"


def split(text: str, tokenizer: "Tokenizer") -> Pieces:
    """Word pieces of a raw text with what the model needs to know about each.

    Parameters
    ----------
    text
        Any string: empty, unprintable and malformed ones included.
    tokenizer
        The tokenizer delivered with the model, without truncation and padding.
    """
    encoding = tokenizer.encode(plain(text), add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int64)
    count = len(ids)
    if not count:
        none = np.zeros(0, dtype=np.int64)
        return Pieces(none, none, none, none, none, none.astype(np.int8))
    spans = np.array(encoding.offsets, dtype=np.int64)
    starts, ends = spans[:, 0], spans[:, 1].copy()
    words = np.array(encoding.word_ids, dtype=np.int64)
    firsts = np.concatenate([[True], words[1:] != words[:-1]])
    for match in _DOUBLED.finditer(text):
        ends[starts == match.start()] = match.end()
    casing = np.zeros(len(text), dtype=np.int64)
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isupper():
            casing[match.start() : match.end()] = 2 if len(word) > 1 and word.isupper() else 1
    states = quotation_states(text)[starts]
    types = casing[starts] + 3 * (states == 1)
    types[states == 2] = OPENING
    types[states == 3] = CLOSING
    return Pieces(ids, types, starts, ends, words, _breaks(text, starts, ends, firsts))


def _breaks(
    text: str, starts: NDArray[np.int64], ends: NDArray[np.int64], firsts: NDArray[np.bool_]
) -> NDArray[np.int8]:
    breaks = np.zeros(len(starts), dtype=np.int8)
    begin, finish = starts.tolist(), ends.tolist()
    for i in np.flatnonzero(firsts)[1:].tolist():
        left, right = finish[i - 1], begin[i]
        if left == right:
            continue
        gap = text[left:right]
        ahead = text[right]
        if "\n" in gap or "\r" in gap:
            # A single line end before a small letter is a wrapped line, not a paragraph.
            wrapped = ahead.islower() and gap.count("\n") < 2
            breaks[i] = NO_BREAK if wrapped else PARAGRAPH
        elif text[left - 1] in _SENTENCE_END and (
            ahead.isupper() or ahead in "\"'\u201c\u2018`" or ahead.isdigit()
        ):
            breaks[i] = SENTENCE
    return breaks


def windows(
    pieces: Pieces, *, first: int | None = None, longest: int = WINDOW
) -> Iterator[tuple[int, int]]:
    """Consecutive spans of pieces that fit the model, cut at paragraphs or sentences.

    A sentence longer than a window is cut between words, or inside one longer than a window.

    Parameters
    ----------
    pieces
        The whole text.
    first
        Length of the first window, in pieces, when it is to differ: training shifts the
        boundaries in this way.
    longest
        Most pieces in a window.
    """
    breaks = pieces.breaks.tolist()
    words = pieces.words
    count = len(breaks)
    begin = 0
    limit = first or longest
    while begin < count:
        length = 0
        end = begin
        paragraph = sentence = begin
        while end < count and length < limit:
            if end > begin and breaks[end] == PARAGRAPH:
                length += 1
                paragraph = end
            elif end > begin and breaks[end] == SENTENCE:
                sentence = end
            length += 1
            end += 1
        if end < count and breaks[end] != PARAGRAPH:
            filled = limit * 0.6
            if paragraph - begin > filled:
                end = paragraph
            elif max(sentence, paragraph) > begin:
                end = max(sentence, paragraph)
            else:
                while end > begin + 1 and words[end] == words[end - 1]:
                    end -= 1
                if end == begin + 1:
                    end = begin + limit
        yield begin, end
        begin = end
        limit = longest


def window_input(pieces: Pieces, begin: int, end: int) -> tuple[Any, Any, Any]:
    """Model input of one window: ids, token types and the piece number of each position.

    Positions that are no piece (the first, the separators of paragraphs, the last) have -1.
    """
    cuts = begin + 1 + np.flatnonzero(pieces.breaks[begin + 1 : end] == PARAGRAPH)
    index = np.insert(np.arange(begin, end), cuts - begin, -1)
    index = np.concatenate([[-1], index, [-1]])
    ids = np.where(index < 0, SEP, pieces.ids[index])
    ids[0] = CLS
    types = np.where(index < 0, 0, pieces.types[index])
    return ids, types, index
