import math

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis import schema
from analysis.errors import ChoiceError, TableError
from analysis.intervals import Sample, correlation, difference_interval, difference_p, holm
from analysis.measures import ALONE, SAME, near_copies

Z2 = 1.959963984540054**2


def events(story, *numbers, **columns):
    """A table with one event in each of the sentences (article, number) given."""
    rows = pd.DataFrame(numbers, columns=["article", "sentence"])
    return rows.assign(**columns)


def sentences(n, start=1):
    """n sentences of six words that have little in common."""
    return " ".join(f"On day {k} group{k} met village{k}." for k in range(start, start + n))


# the statistics


def test_a_single_unit_has_the_score_interval_of_a_count():
    sample = Sample(np.array([4.0]), np.array([800.0]))
    # by hand: roots of (4/800 - x)^2 = z^2 x / 800
    rate, half = 0.005 + Z2 / 1600, math.sqrt(0.005 * Z2 / 800 + (Z2 / 1600) ** 2)
    assert sample.interval() == pytest.approx((rate - half, rate + half))


def test_no_event_still_has_an_interval():
    low, high = Sample(np.array([0.0]), np.array([1000.0])).interval()
    assert low == 0
    assert high == pytest.approx(Z2 / 1000)


def test_dispersion_is_one_half_at_least_and_grows_with_clusters():
    sizes = np.full(10, 20.0)
    even = Sample(np.ones(10), sizes)
    clustered = Sample(np.array([10.0] + [0.0] * 9), sizes)
    assert even.dispersion == 0.5
    # by hand: residuals 9 and nine times -1: (81 + 9) / 10 * 10 / 9
    assert clustered.dispersion == pytest.approx(10)
    assert np.diff(clustered.interval()) > np.diff(even.interval())


def test_difference_is_square_and_add():
    a, b = Sample(np.array([9.0]), np.array([500.0])), Sample(np.array([2.0]), np.array([400.0]))
    (la, ha), (lb, hb) = a.interval(), b.interval()
    d = 9 / 500 - 2 / 400
    assert difference_interval(a, b) == pytest.approx(
        (d - math.hypot(9 / 500 - la, hb - 2 / 400), d + math.hypot(ha - 9 / 500, 2 / 400 - lb))
    )


@pytest.mark.parametrize(("one", "other"), [(0, 6), (3, 10), (10, 3), (1, 0)])
def test_the_interval_at_level_p_just_reaches_zero(one, other):
    a = Sample(np.array([float(one)]), np.array([500.0]))
    b = Sample(np.array([float(other)]), np.array([500.0]))
    p = difference_p(a, b)
    assert min(abs(end) for end in difference_interval(a, b, level=p)) == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize(
    ("fewer", "enough"),
    # at equal length, 0 events differ from 6 and 4 from 13, less does not
    [(0, 6), (4, 13)],
)
def test_small_counts_need_large_differences(fewer, enough):
    def p(k):
        one = Sample(np.array([float(fewer)]), np.array([500.0]))
        return difference_p(one, Sample(np.array([float(k)]), np.array([500.0])))

    assert p(enough) < 0.05
    assert p(fewer + 4) > 0.05


def test_p_of_many_measures_at_once_is_that_of_each():
    sizes = np.array([20.0, 15, 30, 10])
    ones, others = (
        np.array([[1.0, 0, 0, 2], [0, 0, 0, 0]]),
        np.array([[0.0, 0, 0, 0], [3, 1, 2, 1]]),
    )
    together = difference_p(Sample(ones, sizes), Sample(others, sizes))
    single = [
        float(difference_p(Sample(a, sizes), Sample(b, sizes)))
        for a, b in zip(ones, others, strict=True)
    ]
    assert together == pytest.approx(single)


def test_holm_levels_agree_with_its_decisions():
    adjusted, level = holm(np.array([0.001, 0.012, 0.04, 0.9]))
    assert adjusted == pytest.approx([0.004, 0.036, 0.08, 0.9])
    assert level == pytest.approx(0.05 / 2)
    empty, level = holm(np.array([]))
    assert len(empty) == 0
    assert level == 0.05


def test_copies_are_compared_in_pairs():
    counts = np.array([1.0, 0, 1, 0, 0, 1, 0, 0])
    a, b = Sample(counts, np.full(8, 15.0)), Sample(counts + np.eye(8)[1], np.full(8, 15.0))
    rho = correlation(a, b, [(n, n) for n in range(8)])
    assert 0.5 < rho <= 0.95
    assert difference_p(a, b, rho=rho) < difference_p(a, b)
    assert correlation(a, b, []) == 0


def test_near_copies_pair_each_sentence_once():
    one = [frozenset("a b c d".split()), frozenset("x y".split())]
    other = [frozenset("a b c".split()), frozenset("a b c d".split()), frozenset("q".split())]
    assert near_copies(one, other) == [(0, 1)]


# the table


def test_columns_stand_after_the_grouping_columns(seeds):
    table = an.rates(seeds, of="frames", by="frame")
    assert table.columns[:2].tolist() == ["frame", "article"]
    assert table.columns[2:8].tolist() == schema.RATES.names
    assert (table["low"] <= table["per_1000_words"]).all()
    assert (table["per_1000_words"] <= table["high"]).all()
    assert (table["high"] > table["low"]).all()


def test_counts_and_words_are_those_of_the_tables(seeds):
    frames = an.frames(seeds)
    table = an.rates(seeds, of=frames, by="article")
    assert table["count"].tolist() == [
        (frames["article"] == article).sum() for article in seeds.ids
    ]
    assert table["words"].tolist() == seeds.articles["words"].tolist()


def test_boosters_are_no_hedges(tell):
    story = tell("He reportedly left. He clearly left.", "They met. They talked.")
    table = events(story, ("a", 0), ("a", 1), type=["hearsay", "booster"])
    assert an.rates(story, of=table, by="article")["count"].tolist() == [1, 0]
    assert set(an.rates(story, of=table, by="type")["type"]) == {"hearsay", "booster"}


def test_a_clear_difference_is_named_and_a_small_one_is_not(tell):
    story = tell(sentences(30), sentences(30, start=100))
    clear = events(story, *(("b", n) for n in range(12)))
    assert set(an.rates(story, of=clear, by="article")["verdict"]) == {
        f"higher in {story.labels['b']}"
    }
    small = events(story, ("a", 0), ("a", 1), ("b", 3), ("b", 4), ("b", 5))
    table = an.rates(story, of=small, by="article")
    assert set(table["verdict"]) == {SAME}
    assert table["difference"].tolist() == pytest.approx([-1000 / 180, 1000 / 180])
    assert (table["difference_low"] < 0).all()
    assert (table["difference_high"] > 0).all()


def test_verdicts_agree_with_intervals(seeds):
    table = an.rates(seeds, of="frames", by="frame")
    apart = table["difference_low"] * table["difference_high"] > 0
    assert (apart == (table["verdict"] != SAME)).all()


def test_zero_on_one_side_has_an_interval(tell):
    story = tell(sentences(8), sentences(8, start=50))
    table = an.rates(story, of=events(story, ("a", 0)), by="article")
    assert table["count"].tolist() == [1, 0]
    assert table.loc[1, "low"] == 0
    assert table.loc[1, "high"] > 50


def test_equal_texts_are_not_distinguishable_and_keep_an_interval(tell):
    story = tell(sentences(12), sentences(12))
    table = an.rates(story, of=events(story, ("a", 1), ("b", 1)), by="article")
    assert set(table["verdict"]) == {SAME}
    assert table["difference"].tolist() == [0, 0]
    assert (table["difference_high"] > table["difference_low"]).all()


def test_an_addition_to_a_copy_is_found(tell):
    text = sentences(24)
    more = " ".join(
        sentence.replace("group", "reportedly group") if n % 3 == 0 else sentence
        for n, sentence in enumerate(text.split(". "))
    )
    story = tell(text, more)
    hedges = an.hedges(story)
    assert set(an.rates(story, of=hedges, by="article")["verdict"]) == {
        f"higher in {story.labels['b']}"
    }


def test_a_single_article_has_nothing_to_compare_with(tell):
    table = an.rates(tell("One sentence stands here."), of="frames", by="article")
    assert table["verdict"].tolist() == [ALONE]
    assert table["difference"].isna().all()


@pytest.mark.parametrize("by", ["frame", "article"])
def test_an_empty_table_gives_zeros_or_no_rows(tell, by):
    story = tell("It rained.", "It snowed.")
    empty = an.frames(story).iloc[:0]
    table = an.rates(story, of=empty, by=by)
    assert table["count"].tolist() == ([] if by == "frame" else [0, 0])
    assert schema.RATES.names == [c for c in table.columns if c in schema.RATES.names]


def test_thirty_comparisons_are_corrected_for(tell):
    story = tell(sentences(30), sentences(30, start=100))
    one = events(story, *(("b", n) for n in range(7)), type="kind 00")
    assert set(an.rates(story, of=one, by="type")["verdict"]) == {f"higher in {story.labels['b']}"}
    rest = [
        events(story, *(("ab"[(n + k) % 2], 4 * n + k) for n in range(4)), type=f"kind {k:02}")
        for k in range(1, 30)
    ]
    rest = [each[each["sentence"] < 30] for each in rest]
    table = an.rates(story, of=pd.concat([one, *rest], ignore_index=True), by="type")
    assert table["comparisons"].tolist() == [30] * 60
    assert set(table["verdict"]) == {SAME}


def test_parts_are_compared_inside_an_article(seeds):
    table = an.rates(seeds, of="frames", by="register")
    assert table[["article", "register"]].values.tolist() == [
        [seeds.ids[0], "report"],
        [seeds.ids[1], "report"],
        [seeds.ids[1], "commentary"],
    ]
    assert table["verdict"].iloc[0] == ALONE
    assert table["compared_with"].tolist() == ["", "commentary", "report"]


def test_more_than_two_are_compared_with_the_others(tell):
    story = tell(sentences(20), sentences(20, start=100), sentences(20, start=200))
    table = an.rates(story, of=events(story, *(("c", n) for n in range(15))), by="article")
    assert set(table["compared_with"]) == {"the others"}
    assert table["verdict"].iloc[2] == f"higher in {story.labels['c']}"


def group_story(tell, size):
    texts = [sentences(6, start=10 * n) for n in range(2 * size)]
    return tell(*texts, outlet=["x"] * size + ["y"] * size)


def test_large_groups_take_the_article_as_unit(tell):
    story = group_story(tell, 10)
    hits = [(article, n) for article in story.ids[:10] for n in range(3)]
    table = an.rates(story, of=events(story, *hits), by="outlet")
    assert table["unit"].tolist() == ["article", "article"]
    assert table["articles"].tolist() == [10, 10]
    assert set(table["verdict"]) == {"higher in x"}


def test_one_article_does_not_stand_for_its_group(tell):
    story = group_story(tell, 10)
    hits = [(story.ids[0], n) for n in range(6)] * 3
    assert set(an.rates(story, of=events(story, *hits), by="outlet")["verdict"]) == {SAME}


def test_small_groups_get_no_verdict(tell):
    story = group_story(tell, 3)
    hits = [(article, n) for article in story.ids[:3] for n in range(6)]
    assert set(an.rates(story, of=events(story, *hits), by="outlet")["verdict"]) == {SAME}


def test_several_columns_may_be_combined(seeds):
    table = an.rates(seeds, of="frames", by=["voice", "register"])
    assert table.columns[:3].tolist() == ["voice", "article", "register"]


def test_a_table_with_start_only_is_placed(tell):
    story = tell("It rained. It snowed.", "It hailed.")
    table = pd.DataFrame({"article": ["a"], "start": [12]})
    assert an.rates(story, of=table, by="article")["count"].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"of": "mood"}, ChoiceError, "of='mood' is not known; expected one of agency"),
        ({"of": "frames", "by": "mood"}, ChoiceError, "by='mood' is not known; expected one of"),
        ({"of": pd.DataFrame({"article": ["a"]})}, TableError, "lacks sentence"),
        (
            {"of": pd.DataFrame({"article": ["z"], "sentence": [0]}), "by": "article"},
            TableError,
            "names z; the story has a, b",
        ),
    ],
)
def test_errors_name_what_is_expected(tell, arguments, error, message):
    with pytest.raises(error, match=message):
        an.rates(tell("It rained.", "It snowed."), **arguments)
