"""Uncertain sentences: one row each, scores that rank plain statements below vague ones."""

import numpy as np
import pytest

import analysis as an
from analysis import schema, uncertainty

VAGUE = [
    "Some critics say the plan will fail.",
    "It is widely believed that he may have left the country.",
    "Many people consider it to be one of the best films.",
    "The cause of the fire is probably arson, according to some experts.",
]
PLAIN = [
    "He was born in London in 1958.",
    "The company sold 300 cars in 2006.",
    "The bridge was opened by the mayor on 4 May 1932.",
    "The village has 1,200 inhabitants.",
]


def test_every_sentence_is_a_row_with_the_columns_of_sentences(seeds):
    table = an.uncertain_sentences(seeds)
    schema.check_trace(table, seeds.articles)
    assert table.columns.tolist() == schema.UNCERTAIN_SENTENCES.names
    assert len(table) == len(seeds.sentences)
    assert table["score"].between(0, 1).all()
    assert (table["uncertain"] == (table["score"] >= uncertainty.threshold())).all()


def test_vague_statements_score_above_plain_ones():
    vague, plain = uncertainty.score(VAGUE), uncertainty.score(PLAIN)
    assert vague.min() > uncertainty.threshold() > plain.max()


def test_a_sentence_is_scored_by_itself():
    alone = uncertainty.score(VAGUE[:1])
    among = uncertainty.score([*PLAIN, *VAGUE])[len(PLAIN)]
    assert alone[0] == pytest.approx(among, abs=1e-7)


def test_quotation_marks_do_not_sway_the_score():
    straight, curly = uncertainty.score(['He said "no" twice.', "He said “no” twice."])
    assert straight == pytest.approx(curly, abs=1e-7)


def test_a_long_sentence_is_as_uncertain_as_its_vaguest_window():
    plain = "He sold the car . " * 60
    long = plain + " Some critics say the plan will probably fail . " + plain
    assert uncertainty.score([long])[0] > uncertainty.score([plain])[0]


@pytest.mark.parametrize(
    ("word", "kind"), [("army", 0), ("Army", 1), ("ARMY", 2), ("A", 1), ("10", 0), ("", 0)]
)
def test_casing(word, kind):
    assert uncertainty.casing(word) == kind


@pytest.mark.parametrize("text", ["", " ", "...", "😀", "<p>may</p>", "MAY BE", "if " * 5000])
def test_bad_input_has_a_score(text):
    scores = uncertainty.score([text])
    assert np.isfinite(scores).all()
    assert len(scores) == 1


def test_a_missing_model_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(uncertainty, "FOLDER", tmp_path)
    uncertainty._open.cache_clear()
    with pytest.raises(FileNotFoundError, match=r"uncertainty\.onnx is missing"):
        uncertainty.score(["He left."])
    uncertainty._open.cache_clear()
