"""Tables: conform, allowed values, descriptions; every table leads to its characters."""

import pandas as pd
import pytest

import analysis as an
from analysis import schema
from analysis.errors import ChoiceError, TableError, TraceError


@pytest.mark.parametrize("table", schema.TABLES.values(), ids=list(schema.TABLES))
def test_an_empty_table_has_its_columns_and_dtypes(table):
    frame = schema.from_rows([], table)
    assert frame.columns.tolist() == table.names
    for column in table.columns:
        assert frame[column.name].dtype == pd.Series([], dtype=column.dtype).dtype
    assert len(schema.describe(table.name)) == len(table.columns)
    assert len(set(table.names)) == len(table.names)


@pytest.mark.parametrize("table", schema.TABLES.values(), ids=list(schema.TABLES))
def test_every_column_says_what_it_means(table):
    assert all(len(column.meaning) > 5 for column in table.columns)


def test_conform_refuses():
    row = dict.fromkeys(schema.HEDGES.names, 0)
    row |= {c.name: c.allowed[0] for c in schema.HEDGES.columns if c.allowed}
    assert len(schema.from_rows([row], schema.HEDGES)) == 1
    with pytest.raises(TableError, match="hedges.type holds \\['maybe'\\]"):
        schema.from_rows([row | {"type": "maybe"}], schema.HEDGES)
    with pytest.raises(TableError, match="hedges.start does not fit int64"):
        schema.from_rows([row | {"start": "x"}], schema.HEDGES)
    with pytest.raises(TableError, match="lacks rule"):
        schema.from_rows([{k: v for k, v in row.items() if k != "rule"}], schema.HEDGES)
    with pytest.raises(ChoiceError, match="expected one of articles"):
        schema.describe("nothing")


def test_conform_keeps_further_columns_last():
    frame = pd.DataFrame({"extra": [1], "per_1000_words": [1.0], "count": [1], "words": [5]})
    more = {name: 0 for name in schema.RATES.names if name not in frame.columns}
    frame = frame.assign(**more)
    assert schema.conform(frame, schema.RATES).columns.tolist() == [*schema.RATES.names, "extra"]


SINGLE = ["hedges", "attributions", "sources", "frames", "numbers", "loaded", "uncertain_sentences"]
PAIRS = ["claims", "number_pairs", "certainty", "prominence"]


@pytest.mark.parametrize("name", [*SINGLE, *PAIRS])
def test_every_table_of_the_seeds_leads_to_its_characters(name, seeds):
    table = getattr(an, name)(seeds)
    assert len(table)
    schema.check_trace(table, seeds.articles)


@pytest.mark.parametrize("name", [*SINGLE, *PAIRS])
def test_annotators_change_nothing(name, seeds):
    before = seeds.articles.copy(), seeds.sentences.copy()
    first = getattr(an, name)(seeds)
    pd.testing.assert_frame_equal(seeds.articles, before[0])
    pd.testing.assert_frame_equal(seeds.sentences, before[1])
    pd.testing.assert_frame_equal(first, getattr(an, name)(seeds))


@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize(
    "text",
    [
        "A heading alone",
        "...",
        "😀 “He may go,” 👩‍🚒 she said — ‘perhaps’…",
        "HE MAY HAVE LEFT, OFFICIALS SAID. MORE THAN 40 WERE HURT.",
        "<p>He <b>may</b> go, said the &quot;mayor&quot;.</p>",
        "He said “she may go. Nobody knows",
        "line\r\nafter line, reportedly\r\n\r\nand so on, he said",
    ],
)
def test_difficult_texts(name, text, tell):
    story = tell(text)
    schema.check_trace(getattr(an, name)(story), story.articles)


@pytest.mark.parametrize("name", SINGLE)
def test_order_of_the_articles_does_not_matter(name, seeds):
    rows = seeds.articles[["article", "text", "title"]].iloc[::-1]
    other = getattr(an, name)(an.load(rows))
    first = getattr(an, name)(seeds)
    columns = ["article", "start", "end", "text"]
    pd.testing.assert_frame_equal(
        other[columns].sort_values(columns).reset_index(drop=True),
        first[columns].sort_values(columns).reset_index(drop=True),
    )


def test_spans_must_lie_inside_their_row(seeds):
    row = seeds.sentences.iloc[[0]].assign(cue_spans=[[(0, 1)]])
    with pytest.raises(TraceError, match="cue_spans"):
        schema.check_trace(row, seeds.articles)
