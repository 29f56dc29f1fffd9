"""Concordance and highlighting."""

import re
from html import unescape

import pandas as pd
import pytest

import analysis as an
from analysis.errors import ChoiceError, TableError


@pytest.mark.parametrize(
    ("phrase", "hits"),
    [
        ("mayor", ["mayor", "Mayor", "mayor"]),
        ("the mayor", ["The mayor", "the mayor"]),
        ("mayor's", ["mayor’s"]),
        ("may", []),
    ],
)
def test_concordance_finds_whole_words(tell, phrase, hits):
    story = tell("The mayor left. Mayor Oak stayed.", "They saw the mayor’s car.")
    found = an.concordance(story, phrase)
    assert found["text"].tolist() == hits
    an.schema.check_trace(found, story.articles)


def test_concordance_of_a_table(tell):
    story = tell("One two three four five.")
    table = pd.DataFrame([{"article": "a", "start": 4, "end": 7}])
    row = an.concordance(story, table, width=5).iloc[0]
    assert (row["left"], row["text"], row["right"], row["label"]) == (
        "One",
        "two",
        "thre",
        "Article A",
    )


def test_concordance_errors(tell):
    story = tell("One two three.")
    with pytest.raises(ChoiceError, match="holds no word"):
        an.concordance(story, " … ")
    with pytest.raises(TableError, match="lacks start"):
        an.concordance(story, pd.DataFrame({"article": ["a"], "end": [1]}))


def visible(html):
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_highlight_escapes_and_names_kinds(tell):
    story = tell("The <b>mayor</b> & co may leave.")
    start = story.texts["a"].index("may leave")
    table = pd.DataFrame([{"article": "a", "start": start, "end": start + 3, "type": "modal"}])
    html = str(an.highlight(story, table))
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert 'title="modal">may</mark>' in html
    assert "modal</mark>&nbsp;1" in html


def test_highlight_shows_every_sentence_once(seeds):
    table = an.concordance(seeds, "Pyongyang")
    shown = visible(str(an.highlight(seeds, table)))
    for sentence in seeds.sentences["text"]:
        assert sentence in shown
    only = visible(str(an.highlight(seeds, table, only="marked")))
    assert len(only) < len(shown)


def test_overlapping_marks(tell):
    story = tell("It may have been sent.")
    table = pd.DataFrame(
        [
            {"article": "a", "start": 3, "end": 6, "type": "inner"},
            {"article": "a", "start": 0, "end": 16, "type": "outer"},
        ]
    )
    html = str(an.highlight(story, table))
    assert 'title="inner in outer">may</mark>' in html
    assert "".join(re.findall(r"<mark [^>]*title[^>]*>([^<]*)", html)) == "It may have been"


def test_highlight_errors(tell):
    story = tell("One two.")
    table = pd.DataFrame([{"article": "a", "start": 0, "end": 3}])
    with pytest.raises(TableError, match="no column 'colour'"):
        an.highlight(story, table, by="colour")
    with pytest.raises(ChoiceError, match="the story has a"):
        an.highlight(story, table, articles=["x"])
    with pytest.raises(ChoiceError, match="only="):
        an.highlight(story, table, only="some")


def test_marks_stay_readable():
    from analysis.evidence import _FILLS

    def luminance(colour):
        values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for fill in _FILLS:
        assert (luminance(fill) + 0.05) / (luminance("#111111") + 0.05) >= 7
