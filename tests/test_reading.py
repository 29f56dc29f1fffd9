"""Tables laid out for a reader."""

import re

import pandas as pd
import pytest

import analysis as an
from analysis.errors import TableError

TABLE = pd.DataFrame(
    {
        "article": ["a", "b"],
        "per_1000_words": [44.0, 33.456],
        "count": [1200, 3],
        "share": [0.5, None],
        "text": ["<b>short</b>", "word " * 20],
    }
)


def cells(styler):
    html = styler.to_html()
    return [re.sub(r"<[^>]+>", "", row) for row in re.findall(r"<t[dh][^>]*>.*?</t[dh]>", html)]


def test_labels_decimals_and_missing_values(tell):
    story = tell("One left.", "Two left.")
    shown = cells(an.show(TABLE, story=story))
    labels = list(story.labels.values())
    assert shown[:5] == ["article", "per 1000 words", "count", "share", "text"]
    assert shown[5:9] == [labels[0], "44.00", "1,200", "0.5"]
    assert shown[10:14] == [labels[1], "33.46", "3", "–"]


def test_text_is_escaped_and_the_table_left_as_it_was():
    before = TABLE.copy()
    assert "&lt;b&gt;short" in an.show(TABLE).to_html()
    pd.testing.assert_frame_equal(TABLE, before)


def test_columns_in_the_order_asked_for():
    assert cells(an.show(TABLE, ["count", "article"]))[:2] == ["count", "article"]


def test_a_named_index_becomes_a_column():
    assert cells(an.show(TABLE.set_index("count")))[0] == "count"


def test_the_left_context_ends_at_the_hit(tell):
    story = tell("The army may leave the town.")
    html = an.show(an.concordance(story, "may"), ["left", "text", "right"]).to_html()
    assert re.search(r"col0[^{]*\{[^}]*text-align: right", html)
    assert re.search(r"col2[^{]*\{[^}]*text-align: left", html)


def test_an_unknown_column_is_named():
    with pytest.raises(TableError, match="no column words"):
        an.show(TABLE, ["words"])


def test_empty_tables_keep_their_header():
    assert cells(an.show(TABLE.head(0)))[0] == "article"
