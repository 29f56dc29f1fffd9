import math
import warnings

import pytest
import textstat

import analysis as an
from analysis import language, schema

TEXT = "The cat sat on the mat. The dog ran to the house. It was a good day for all of them."


def test_one_row_per_article_and_the_dictionary_is_named(seeds):
    table = an.readability(seeds)
    assert table["article"].tolist() == seeds.ids
    assert table.columns.tolist() == schema.READABILITY.names
    assert set(table["dictionary"]) == {language.pronunciations()}


def test_flesch_by_hand(tell):
    row = an.readability(tell(TEXT)).iloc[0]
    # 21 words, 3 sentences, 21 syllables
    assert (row["words"], row["sentences"]) == (21, 3)
    assert row["syllables_per_word"] == pytest.approx(21 / 21)
    assert row["flesch_reading_ease"] == pytest.approx(206.835 - 1.015 * 7 - 84.6 * 1, abs=0.01)
    assert row["flesch_kincaid_grade"] == pytest.approx(0.39 * 7 + 11.8 * 1 - 15.59, abs=0.01)


def test_metrics_are_textstat_s(tell):
    row = an.readability(tell(TEXT)).iloc[0]
    for name, function in [
        ("gunning_fog", textstat.gunning_fog),
        ("coleman_liau_index", textstat.coleman_liau_index),
        ("automated_readability_index", textstat.automated_readability_index),
        ("dale_chall_score", textstat.dale_chall_readability_score),
    ]:
        assert row[name] == pytest.approx(function(TEXT))


def test_abbreviations_end_no_sentence(tell):
    row = an.readability(tell("The U.S. sent 3.5 tons to Gen. Smith at 5 p.m. on Monday.")).iloc[0]
    assert row["sentences"] == 1
    assert row["words_per_sentence"] == row["words"]
    assert row["flesch_kincaid_grade"] == pytest.approx(
        0.39 * textstat.lexicon_count("The US sent 35 tons to Gen Smith at 5 pm on Monday")
        + 11.8 * row["syllables_per_word"]
        - 15.59,
        abs=0.05,
    )


def test_headings_are_not_measured(tell):
    with_heading = tell("Rain in the north\n\n" + TEXT)
    assert an.readability(with_heading)["words"].tolist() == [21]


def test_smog_needs_thirty_sentences(tell):
    assert math.isnan(an.readability(tell(TEXT))["smog_index"].iloc[0])
    assert an.readability(tell(" ".join([TEXT] * 10)))["smog_index"].iloc[0] > 0


@pytest.mark.parametrize("text", ["#", "…", "Yes"])
def test_texts_without_prose(tell, text):
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        table = an.readability(tell(text))
    assert len(table) == 1
