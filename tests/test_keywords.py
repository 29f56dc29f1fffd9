import math

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis import schema
from analysis.errors import ChoiceError, PairError
from analysis.keywords import log_odds


def test_log_odds_of_a_hand_worked_example():
    # 10 of 100 words against 2 of 200; the prior holds the word 3 times in 50 words:
    # odds (10+3)/(100+50-13) = 13/137 and (2+3)/(200+50-5) = 5/245
    delta, z = log_odds(
        np.array([10.0]), np.array([2.0]), totals=(100, 200), prior=np.array([3.0]), mass=50
    )
    assert delta[0] == pytest.approx(math.log(13 / 137) - math.log(5 / 245), abs=1e-12)
    assert delta[0] == pytest.approx(1.536789, abs=1e-6)
    assert z[0] == pytest.approx(delta[0] / math.sqrt(1 / 13 + 1 / 5), abs=1e-12)


def independent(y1, y2, n1, n2, alpha, alpha0):
    """Monroe et al. (2008), equations 15, 16, 19, 22, written word by word with plain floats."""
    answer = []
    for a, b, prior in zip(y1, y2, alpha, strict=True):
        omega1 = (a + prior) / (n1 + alpha0 - (a + prior))
        omega2 = (b + prior) / (n2 + alpha0 - (b + prior))
        difference = math.log(omega1 / omega2)
        variance = math.pow(a + prior, -1) + math.pow(b + prior, -1)
        answer.append((difference, difference * math.pow(variance, -0.5)))
    return answer


def test_log_odds_equal_an_independent_implementation():
    rng = np.random.default_rng(3)
    one, other = rng.poisson(3, 500).astype(float), rng.poisson(2, 500).astype(float)
    prior = rng.gamma(1, 1, 500) + 1e-3
    mass = float(prior.sum() * 1.3)
    delta, z = log_odds(one, other, totals=(one.sum(), other.sum()), prior=prior, mass=mass)
    expected = independent(one, other, one.sum(), other.sum(), prior, mass)
    assert np.abs(np.column_stack([delta, z]) - np.array(expected)).max() < 1e-9


def speak(word, n, start=0):
    return " ".join(f"On day {k} the {word} moved again." for k in range(start, start + n))


def test_a_word_of_one_side_only_survives(tell):
    story = tell(speak("regime", 15), speak("government", 15))
    table = an.keyness(story)
    schema.check_trace(table, story.articles)
    higher = dict(zip(table["word"], table["higher_in"], strict=True))
    assert higher == {"regime": story.labels["a"], "government": story.labels["b"]}
    assert table.set_index("word").loc["regime", ["count_a", "count_b"]].tolist() == [15, 0]
    assert table["p"].max() < 0.05
    assert table.attrs["reason"] == ""


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ((speak("army", 12), speak("army", 12)), "none of "),
        (("It rained.", "It snowed."), "no word occurs 3 times"),
        ((speak("army", 2), speak("troop", 2)), "none of "),
    ],
)
def test_an_empty_table_says_why(tell, texts, reason):
    table = an.keyness(tell(*texts))
    assert table.empty
    assert table.columns.tolist() == schema.KEYNESS.names
    assert table.attrs["reason"].startswith(reason)


def test_large_groups_are_compared_by_articles(tell):
    texts = [speak("army", 4, 10 * n) for n in range(10)]
    texts += [speak("force", 4, 10 * n) for n in range(10)]
    story = tell(*texts, outlet=["x"] * 10 + ["y"] * 10)
    table = an.keyness(story, by="outlet")
    assert table.attrs["unit"] == "article"
    assert set(table["word"]) == {"army", "force"}
    # one article that repeats a word does not stand for its group
    texts[0] += " Rats ran. " * 20
    story = tell(*texts, outlet=["x"] * 10 + ["y"] * 10)
    assert "rats" not in set(an.keyness(story, by="outlet")["word"])


def test_small_groups_are_not_compared(tell):
    story = tell(*[speak("army", 5)] * 4, outlet=["x", "x", "y", "y"])
    table = an.keyness(story, by="outlet")
    assert table.empty
    assert table.attrs["reason"] == (
        "groups of 2 and 2 articles are too small to compare; 10 each are needed"
    )


def test_the_two_sides_must_be_clear(tell):
    story = tell("It rained.", "It snowed.", "It hailed.", outlet=["x", "y", "z"])
    with pytest.raises(PairError, match="a, b, c"):
        an.keyness(story)
    with pytest.raises(ChoiceError, match="two of the values of outlet: x, y, z"):
        an.keyness(story, by="outlet")
    with pytest.raises(ChoiceError, match="by='mood' is no column"):
        an.keyness(story, by="mood")


def test_collocations_are_nltk_s_and_traced(seeds):
    table = an.collocations(seeds)
    schema.check_trace(table, seeds.articles)
    assert "north korea" in set(table["words"].head(3))
    assert table["log_likelihood"].is_monotonic_decreasing
    assert (table["count"] >= 2).all()
    one = an.collocations(seeds, article=seeds.ids[0])
    assert set(one["article"]) == {seeds.ids[0]}
    with pytest.raises(ChoiceError, match="article='x'"):
        an.collocations(seeds, article="x")


def test_collocations_do_not_cross_stop_words_or_sentences(tell):
    story = tell("Cats and dogs. Birds. Cats of dogs. Birds cats. Cats and dogs.")
    assert isinstance(an.collocations(story), pd.DataFrame)
    assert "cats dogs" not in set(an.collocations(story)["words"])
