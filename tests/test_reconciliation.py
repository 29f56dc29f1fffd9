"""Figures and dates of two articles: which are compared, and how they stand to each other."""

import pandas as pd
import pytest

import analysis as an
from analysis.errors import PairError

DAY = pd.Timestamp("2025-02-27")


def relations(story):
    """Pairs as (text a, text b, relation)."""
    table = an.number_pairs(story)
    an.schema.check_trace(table, story.articles)
    return list(table[["a_text", "b_text", "relation"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (
            "North Korea sent more than 1,000 soldiers to Kursk.",
            "Pyongyang sent over 1,000 troops to the Kursk region.",
            "same",
        ),
        (
            "More than 10,000 North Korean soldiers were sent to Russia last year.",
            "North Korea sent over 1,000 additional soldiers to Russia.",
            "different_scope",
        ),
        (
            "The shutdown left an estimated 800,000 federal workers without pay.",
            "The shutdown left more than 800,000 federal employees without pay.",
            "compatible",
        ),
        (
            "The bill grants him $1.375 billion for the border wall.",
            "The bill grants $1.4 billion for the border wall.",
            "compatible",
        ),
        (
            "At least 20 people were killed in the bus crash.",
            "The crash of the bus killed 23 people.",
            "compatible",
        ),
        (
            "The crash of the bus killed 20 people.",
            "The crash of the bus killed 34 people.",
            "conflict",
        ),
        (
            "A bomb killed 12 people and wounded 80 at a market in Tarin.",
            "A bomb at a market in Tarin left 140 injured.",
            "conflict",
        ),
        (
            "The death toll of the crash rose to 14.",
            "At least 14 people were killed in the crash.",
            "compatible",
        ),
        (
            "A bomb killed 12 people on Tuesday.",
            "A bomb at a market killed 13 people.",
            "conflict",
        ),
        (
            "At least 12 people were killed when a bomb went off at a market.",
            "Fourteen people died after the blast.",
            "compatible",
        ),
        (
            "The rebels put the number of dead at 15,000.",
            "According to the rebels, 15,000 people have been killed.",
            "same",
        ),
        (
            "The storm destroyed 20 houses on the coast in May 2012.",
            "The storm destroyed 75 houses on the coast in June 2014.",
            "different_scope",
        ),
        (
            "Trump earned 17 percent of Republican voters in the poll.",
            "Romney earned 21 percent of Republican voters in the poll.",
            "different_scope",
        ),
        (
            "Republicans hold two-thirds of the seats in the house.",
            "Republicans hold 66.7 percent of the seats in the house.",
            "compatible",
        ),
        (
            "She won by a 134-to-63 vote.",
            "Members voted, and Pelosi won, 134 to 63.",
            "same",
        ),
        ("Nancy Pelosi, 76, won.", "The 76-year-old Pelosi won.", "same"),
    ],
)
def test_relation(tell, a, b, relation):
    assert {row[2] for row in relations(tell(a, b))} == {relation}


def test_the_reason_names_period_and_increment(tell):
    story = tell(
        "More than 10,000 North Korean soldiers were sent to Russia last year.",
        "North Korea sent over 1,000 additional soldiers to Russia.",
    )
    [reason] = an.number_pairs(story)["reason"]
    assert reason == "other period: last year / none named; total against increment"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The company sold 300 cars.", "The village has 450 houses."),
        ("Russian forces lost 3 tanks.", "He waited 3 hours."),
        ("The fire killed 12 people.", "The team scored 12 points."),
        ("The bomb killed 31 people.", "Three residents told the paper of the bomb."),
        ("The bomb killed 12 people.", "The bomb injured 12 people."),
        ("Two senators objected.", "Two bridges collapsed."),
        ("The court fined the bank $5 million.", "A painting fetched $7 million in Paris."),
        ("Unemployment rose to 5 percent.", "Half the harvest was lost to frost."),
        ("No figure stands here.", "None here."),
    ],
)
def test_what_is_not_comparable_makes_no_pair(tell, a, b):
    assert an.number_pairs(tell(a, b)).empty


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("Putin visited Pyongyang on Thursday.", "Putin came to Pyongyang today.", "same"),
        ("The mayor resigned on Friday.", "The mayor announced her resignation last week.",
         "compatible"),
        ("Talks will go on until Mar. 8.", "The deal must stand by March 8, 2025.", "same"),
        ("He resigned on Friday afternoon.", "His resignation took effect Friday at 5 p.m.",
         "compatible"),
    ],
)  # fmt: skip
def test_dates(tell, a, b, relation):
    assert [row[2] for row in relations(tell(a, b, published=[DAY, DAY]))] == [relation]


def test_dates_of_other_events_make_no_pair(tell):
    story = tell(
        "Rain flooded the valley on Monday.",
        "A bank in Paris was robbed on Tuesday.",
        published=[DAY, DAY],
    )
    assert an.number_pairs(story).empty


def test_open_dates_say_why(tell):
    story = tell("Soldiers withdrew in January.", "Soldiers withdrew last month.")
    [(_, _, relation)] = relations(story)
    assert relation == "undecided"
    assert "day of publication is not known" in an.number_pairs(story)["reason"][0]


def test_identical_articles_agree_on_everything(tell):
    text = (
        "The fire killed 12 people on Monday. It burned 340 houses near Athens. "
        "The damage was put at $4.2 million."
    )
    story = tell(text, text, published=[DAY, DAY])
    table = an.number_pairs(story)
    assert set(table["relation"]) == {"same"}
    alike = table[table["a_start"] == table["b_start"]]
    assert len(alike) == len(an.numbers(story)) / 2


def test_a_correction_that_repeats_the_old_figure(tell):
    story = tell(
        "The crash killed 20 people, not 34 people as reported before.",
        "The crash killed 34 people.",
    )
    found = relations(story)
    assert ("34", "34", "same") in found
    assert "conflict" not in {row[2] for row in found}


def test_an_article_twice_as_long(tell):
    text = "The fire killed 12 people near Athens."
    more = " Firemen came from Patras. The mayor thanked 340 volunteers."
    assert relations(tell(text, text + more)) == [("12", "12", "same")]


def test_more_than_two_articles_must_be_named(tell):
    story = tell("It cost $5 million.", "It cost $5 million.", "It cost $6 million.")
    with pytest.raises(PairError, match="a, b, c"):
        an.number_pairs(story)
    assert len(an.number_pairs(story, between=("a", "b"))) == 1


def test_seeds(seeds):
    table = an.number_pairs(seeds)
    an.schema.check_trace(table, seeds.articles)
    assert "conflict" not in set(table["relation"])
    troops = table[table["a_text"].str.contains("10,000") & (table["b_text"] == "over 1,000")]
    assert set(troops["relation"]) == {"different_scope"}
    assert troops["reason"].str.contains("total against increment").all()
