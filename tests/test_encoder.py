"""The input side of the attribution model: marks, pieces, windows."""

import numpy as np
import pytest

from analysis import attribution_model, encoder


@pytest.fixture(scope="module")
def tokenizer():
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(attribution_model.FOLDER / attribution_model.TOKENIZER_FILE))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“a” ‘b’ «c» it’s", '"a" \'b\' "c" it\'s'),
        ("''a''", '"\u200ba"\u200b'),
        ("``a''", '"\u200ba"\u200b'),
        ("\ud800 a", "\ufffd a"),
    ],
)
def test_plain_keeps_every_position(text, expected):
    assert encoder.plain(text) == expected
    assert len(encoder.plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ('a "b" c', "0021300"),
        ("a “b” c", "0021300"),
        ("a ''b'' c", "002213300"),
        ("a ‘bc’ d", "00211300"),
        ("it's the dogs' 'x", "00000000000000000"),
        ('"a\n\nb', "21000"),
        ('"a\n\n"b" c', "210021300"),
        ('a "b\nc" d', "002111300"),
        ('("a") b', "0213000"),
        ("", ""),
    ],
)
def test_quotation_states(text, states):
    assert "".join(map(str, encoder.quotation_states(text))) == states


def test_pieces_know_casing_marks_and_breaks(tokenizer):
    text = 'NATO said: "Yes."\n\nThe end. He left\nquietly.'
    pieces = encoder.split(text, tokenizer)
    seen = {
        text[start:end]: (int(kind), int(gap))
        for start, end, kind, gap in zip(
            pieces.starts, pieces.ends, pieces.types, pieces.breaks, strict=True
        )
    }
    assert seen["NATO"] == (2, encoder.NO_BREAK)
    assert seen["said"] == (0, encoder.NO_BREAK)
    assert seen["Yes"] == (4, encoder.NO_BREAK)
    assert seen["The"] == (1, encoder.PARAGRAPH)
    assert seen["He"] == (1, encoder.SENTENCE)
    assert seen["quietly"] == (0, encoder.NO_BREAK)
    marks = [int(k) for k, a in zip(pieces.types, pieces.starts, strict=True) if text[a] == '"']
    assert marks == [encoder.OPENING, encoder.CLOSING]


def test_doubled_marks_are_one_piece_of_two_characters(tokenizer):
    pieces = encoder.split("''Go,'' he said.", tokenizer)
    spans = list(zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True))
    assert spans[:4] == [(0, 2), (2, 4), (4, 5), (5, 7)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\r\n ",
        "😀😀 😀",
        "word " * 5000,
        "a" * 3000,
        "é\u0301" * 400,
        "\ud800\udfff",
        "\x00\x07",
        '"He said. ' * 300,
        "One. Two!\r\n\r\nThree? " * 200,
    ],
)
def test_windows_cover_every_piece_once_and_fit(text, tokenizer):
    pieces = encoder.split(text, tokenizer)
    cut = list(encoder.windows(pieces))
    assert [begin for begin, _ in cut[1:]] == [end for _, end in cut[:-1]]
    assert not cut or (cut[0][0], cut[-1][1]) == (0, len(pieces))
    for begin, end in cut:
        ids, types, index = encoder.window_input(pieces, begin, end)
        assert len(ids) == len(types) == len(index) <= encoder.WINDOW + 2
        assert (ids[0], ids[-1]) == (encoder.CLS, encoder.SEP)
        assert index[index >= 0].tolist() == list(range(begin, end))
    assert np.all(pieces.starts < pieces.ends)


def test_windows_end_with_sentences_where_they_can(tokenizer):
    text = "The minister said on Monday that the talks would go on. " * 60
    pieces = encoder.split(text, tokenizer)
    for begin, _ in list(encoder.windows(pieces))[1:]:
        assert pieces.breaks[begin] == encoder.SENTENCE
