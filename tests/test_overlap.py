"""Shared text: passages word for word, and the share of five-word runs."""

import pytest

import analysis as an
from analysis.schema import check_trace

WIRE = "The bridge over the Orle was closed on Monday after a crack was found in its deck."


@pytest.mark.parametrize(
    ("a", "b", "passages"),
    [
        # case and the kind of apostrophe do not count; the words around do not match
        (
            "Police said the mayor’s car was found burning. Nobody was hurt.",
            "Late at night The Mayor's car was found by a farmer.",
            ["the mayor’s car was found"],
        ),
        # four words are too few
        ("One two three four ends here.", "We saw one two three four today.", []),
        # longest first; a word is in one passage only
        (
            "Alpha beta gamma delta epsilon zeta came. Red green blue black white won.",
            "Red green blue black white lost. Alpha beta gamma delta epsilon zeta went.",
            ["Alpha beta gamma delta epsilon zeta", "Red green blue black white"],
        ),
        # told once here, twice there: one passage
        (
            "The quick brown fox jumps over dogs.",
            "The quick brown fox jumps. Then the quick brown fox jumps.",
            ["The quick brown fox jumps"],
        ),
        ("Hello.", "Hello.", []),
    ],
)
def test_passages(tell, a, b, passages):
    story = tell(a, b)
    table = an.shared_text(story)
    check_trace(table, story.articles)
    assert table["a_text"].tolist() == passages
    assert table["words"].tolist() == [len(passage.split()) for passage in passages]


def test_identical_articles_are_one_passage(tell):
    story = tell(WIRE, WIRE)
    table = an.shared_text(story)
    assert table[["a_text", "b_text"]].to_numpy().tolist() == [[WIRE[:-1], WIRE[:-1]]]
    assert an.text_overlap(story)["share"].tolist() == [1.0]


def test_share_is_worked_by_hand(tell):
    # b has 7 words: 3 runs of five, of which the first is in a too
    story = tell(WIRE, "The bridge over the Orle reopened yesterday.")
    row = an.text_overlap(story).iloc[0]
    assert (row["shared"], row["runs"]) == (1, 3)
    assert row["share"] == pytest.approx(1 / 3)


def test_voice_tells_a_quotation_from_copy(tell):
    story = tell(
        'He said: "We will not be beaten by anyone." Then he left.',
        "We will not be beaten by anyone, the team wrote.",
    )
    row = an.shared_text(story).iloc[0]
    assert (row["a_voice"], row["b_voice"]) == ("quoted", "own")


def test_at_least_keeps_long_passages_only(tell):
    story = tell(WIRE, WIRE)
    assert len(an.shared_text(story, at_least=17)) == 1
    assert an.shared_text(story, at_least=18).empty


def test_every_pair_has_a_share(tell):
    story = tell(WIRE, WIRE + " Traffic was sent round by Holm.", "Nothing else happened.")
    table = an.text_overlap(story)
    assert table[["article_a", "article_b"]].to_numpy().tolist()[0] == ["a", "b"]
    assert len(table) == 3
    assert table["share"].tolist() == [1.0, 0.0, 0.0]


def test_seeds_share_no_copy(seeds):
    table = an.shared_text(seeds)
    check_trace(table, seeds.articles)
    assert an.text_overlap(seeds)["share"].iloc[0] < 0.01
