from pathlib import Path

import pandas as pd
import pytest

import analysis as an
from analysis import schema
from analysis.actors import PRONOUN, states

CLAUSES = pd.read_csv(Path(__file__).parent / "data" / "agency_clauses.csv")


@pytest.fixture(scope="module")
def marked():
    texts = pd.DataFrame(
        {"article": [f"c{n}" for n in range(len(CLAUSES))], "text": CLAUSES["clause"]}
    )
    story = an.load(texts)
    return story, an.agency(story)


def test_roles_of_marked_clauses(marked):
    story, table = marked
    schema.check_trace(table, story.articles)
    right = 0
    for n, clause in CLAUSES.iterrows():
        rows = table[(table["article"] == f"c{n}") & (table["actor"] == clause["actor"])]
        expected = set() if clause["role"] == "none" else {clause["role"]}
        right += set(rows["role"]) == expected
    assert len(CLAUSES) == 100
    assert right >= 90  # 94 when this was written; 88 before the first mistakes were looked at


@pytest.mark.parametrize(
    ("text", "actor", "via"),
    [
        ("Moscow denied it.", "Russia", "metonym"),
        ("Russia denied it.", "Russia", "name"),
        ("Russian forces denied it.", "Russia", "demonym"),
        ("Russia’s army denied it.", "Russia", "name"),
        ("The Russians denied it.", "Russia", "demonym"),
        ("American officials denied it.", "United States", "demonym"),
        ("The U.S. denied it.", "United States", "name"),
        ("Pyongyang denied it.", "North Korea", "metonym"),
        ("The Kremlin spokesman Dmitry Peskov denied it.", "Dmitry Peskov", "name"),
    ],
)
def test_names_are_merged_and_metonyms_shown(tell, text, actor, via):
    table = an.agency(tell(text))
    assert (actor, via) in set(zip(table["actor"], table["via"], strict=True))


def test_persons_are_one_actor_under_all_their_names(tell):
    story = tell("President Vladimir Putin left. Putin returned. He slept.")
    assert an.agency(story)["actor"].tolist() == ["Vladimir Putin"] * 3


def test_an_actor_that_is_only_a_pronoun_is_called_so(tell):
    table = an.agency(tell("They attacked it at night."))
    assert set(table["actor"]) == {PRONOUN}
    assert table["role"].tolist() == ["agent", "patient"]
    assert set(table["via"]) == {"pronoun"}


@pytest.mark.parametrize("text", ["It rained.", "Rain.", "#", "Why?"])
def test_nobody_acts(tell, text):
    table = an.agency(tell(text))
    assert set(table["actor"]) <= {PRONOUN}
    assert table.columns.tolist() == schema.AGENCY.names


def test_further_actors_may_be_named(tell):
    story = tell("Protesters burned cars. Police shot a demonstrator. A protester was shot.")
    actors = {"protesters": ["protester", "demonstrator"]}
    assert an.agency(story).empty
    assert an.agency(story, actors=actors)[["actor", "role"]].values.tolist() == [
        ["protesters", "agent"],
        ["protesters", "patient"],
        ["protesters", "agentless"],
    ]


def test_the_row_is_the_clause_with_the_mention_inside(seeds):
    table = an.agency(seeds)
    schema.check_trace(table, seeds.articles)
    assert (table["start"] <= table["mention_start"]).all()
    assert (table["mention_end"] <= table["end"]).all()
    for row in table.itertuples():
        assert seeds.texts[row.article][row.mention_start : row.mention_end] == row.mention


def test_negation_and_voice_are_told(tell):
    table = an.agency(tell("“Iran never attacked Iraq,” Hassan Rouhani said."))
    attack = table[table["verb"] == "attack"]
    assert attack["negated"].all()
    assert attack["voice"].unique().tolist() == ["quoted"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North Korea is an isolated state.", ("predicate", "an isolated state", "North Korea")),
        ("Iran seems nervous.", ("predicate", "nervous", "Iran")),
        ("A defiant Iran refused.", ("adjective", "defiant", "Iran")),
        ("Angela Merkel, the chancellor, left.", ("apposition", "the chancellor", "Angela Merkel")),
        ("Angela Merkel hesitated.", ("verb", "hesitated", "Angela Merkel")),
    ],
)
def test_portrayal(tell, text, expected):
    story = tell(text)
    table = an.portrayal(story)
    schema.check_trace(table, story.articles)
    assert expected in set(zip(table["kind"], table["text"], table["actor"], strict=True))


def test_portrayal_of_the_seeds_is_traced(seeds):
    schema.check_trace(an.portrayal(seeds), seeds.articles)


def test_every_state_is_its_own_mention_and_none_is_given_twice():
    table = states()
    assert all(table[state] == (state, "name") for state, _ in table.values())
    assert len({state for state, _ in table.values()}) > 130
