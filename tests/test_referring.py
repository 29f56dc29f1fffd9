"""What each article calls the same thing, and names that two articles write differently."""

import pytest

import analysis as an
from analysis.name_variants import spelled_out
from analysis.referring import _plural, expression_counts


def called(story):
    """Expressions by thing."""
    table = an.naming(story)
    an.schema.check_trace(table, story.articles)
    return table.groupby("thing")["expression"].apply(set).to_dict()


def test_states_capitals_and_governments_are_one(tell):
    found = called(tell("Moscow agreed.", "Russia agreed. The Russian government agreed."))
    assert found["Russia"] == {"Moscow", "Russia", "Russian government"}


def test_persons_are_one_with_their_titles(tell):
    found = called(tell("Russian President Vladimir Putin came.", "Mr. Putin came. Putin left."))
    assert found["Vladimir Putin"] >= {"Putin"}
    assert any(words.endswith("Vladimir Putin") for words in found["Vladimir Putin"])


def test_groups_are_told_apart_by_state(tell):
    found = called(
        tell(
            "North Korean soldiers arrived. Ukrainian soldiers fled.",
            "North Korean troops arrived. Ukrainian troops fled.",
        )
    )
    assert found["soldiers (North Korea)"] == {"North Korean soldiers", "North Korean troops"}
    assert found["soldiers (Ukraine)"] == {"Ukrainian soldiers", "Ukrainian troops"}


def test_bare_nouns_join_the_only_state(tell):
    found = called(tell("North Korean soldiers arrived.", "The troops arrived. They sent troops."))
    assert found["soldiers (North Korea)"] == {"North Korean soldiers", "troops"}


def test_events_are_nouns_and_verbs(tell):
    found = called(tell("They sent troops.", "The redeployment was announced."))
    assert found["deployment (event)"] == {"send", "redeployment"}


# one sentence, and the families of events in it
SENSES = [
    ("The club fired its coach.", {"resignation"}),
    ("He was fired on Monday.", {"resignation"}),
    ("The firm laid off 300 workers.", {"resignation"}),
    ("The guards fired a shot.", set()),
    ("Two rockets were fired from the hill.", set()),
    ("The sailors did not fire.", set()),
    ("The minister dismissed his deputy.", {"resignation"}),
    ("She dismissed their doubts.", {"rejection"}),
    ("They rejected the idea.", {"rejection"}),
    ("The group bought the airline.", {"takeover"}),
    ("Women were buying bread.", set()),
    ("The judges ruled against him.", {"ruling"}),
    ("She would not rule out a defeat.", set()),
    ("They released two hostages.", {"release"}),
    ("Some were arrested and released.", {"arrest", "release"}),
    ("The release of the prisoners took hours.", {"release"}),
    ("The bank released its figures.", {"disclosure"}),
    ("The agency will publish the data.", {"disclosure"}),
    ("The army denies it.", {"denial"}),
    ("The mayor declined to comment.", {"refusal", "speech"}),
    ("The visitors were refused entry.", {"refusal"}),
    ("Prices declined.", set()),
    ("The suspect was tried in June.", {"trial"}),
    ("They tried to swim.", set()),
    ("The mill was closed down.", {"shutdown"}),
]


@pytest.mark.parametrize(("sentence", "families"), SENSES, ids=[text for text, _ in SENSES])
def test_events_by_their_sense(tell, sentence, families):
    table = an.naming(tell(sentence, sentence))  # twice, for what is told once has no row
    assert set(table.loc[table["kind"] == "event", "thing"]) <= {f"{f} (event)" for f in families}
    assert {f"{f} (event)" for f in families - {"speech"}} <= set(table["thing"])


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("gunman", "gunmen"),
        ("woman", "women"),
        ("dead", "the dead"),
        ("wounded", "the wounded"),
        ("signatory", "signatories"),
        ("attorney", "attorneys"),
        ("witness", "witnesses"),
        ("coach", "coaches"),
        ("person", "people"),
        ("child", "children"),
        ("german", "germans"),
        ("soldier", "soldiers"),
    ],
)
def test_plurals_of_labels(noun, plural):
    assert _plural(noun) == plural


def test_groups_have_english_labels(tell):
    found = called(
        tell("The militants fled. The victims were buried.", "Gunmen fled. Victims bled.")
    )
    assert {"gunmen", "the dead"} <= set(found)


def test_voices_are_apart(tell):
    table = an.naming(tell("“The pact holds,” he said. The deal was signed. A deal is a deal."))
    voices = dict(zip(table["expression"], table["voice"], strict=True))
    assert voices["pact"] == "quoted"
    assert voices["deal"] == "own"


def test_what_is_told_once_has_no_row(tell):
    assert "Japan" not in called(tell("Japan agreed.", "Nobody else did."))


def test_no_names(tell):
    table = an.naming(tell("#", "It is so."))
    assert table.empty
    assert table.columns.tolist() == an.schema.NAMING.names


def test_counts_per_article(tell):
    story = tell("Moscow agreed. Moscow spoke.", "Russia agreed.")
    counts = expression_counts(story)
    labels = list(story.labels.values())
    rows = counts[counts["thing"] == "Russia"].set_index("expression")[labels]
    assert rows.loc["Moscow"].tolist() == [2, 0]
    assert rows.loc["Russia"].tolist() == [0, 1]


@pytest.mark.parametrize(
    ("text", "acronym", "full"),
    [
        ("the National Intelligence Service (NIS) said", "NIS", "National Intelligence Service"),
        ("South Korea’s National Intelligence Agency (NIS)", "NIS", "National Intelligence Agency"),
        ("the Federal Bureau of Investigation (F.B.I.)", "FBI", "Federal Bureau of Investigation"),
        ("NATO (North Atlantic Treaty Organization)", "NATO", "North Atlantic Treaty Organization"),
    ],
)
def test_acronyms(text, acronym, full):
    start, end, words = spelled_out(text)[acronym]
    assert words == full
    assert full in text[start:end]


@pytest.mark.parametrize("text", ["the party (GOP) won", "He (I) came.", "Rome (AP) –", "(NIS)"])
def test_brackets_that_spell_nothing_out(text):
    assert spelled_out(text) == {}


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("The National Intelligence Agency (NIS) said so.",
         "The National Intelligence Service (NIS) said so.", "acronym"),
        ("Today Volodymyr Zelensky spoke in Rome.", "Today Volodymyr Zelenskyy spoke in Rome.",
         "person"),
        ("Then Michael Bloomberg spoke.", "Then Mike Bloomberg spoke.", "person"),
        ("Shells fell on Kiev again.", "Shells fell on Kyiv again.", "place or organisation"),
    ],
)  # fmt: skip
def test_names_that_differ(tell, a, b, kind):
    story = tell(a, b)
    table = an.name_pairs(story)
    an.schema.check_trace(table, story.articles)
    assert table["kind"].tolist() == [kind]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Then Bill Clinton spoke.", "Then Hillary Clinton spoke."),
        ("Then Joe Biden spoke.", "Then Joe Biden spoke."),
        ("Then Joseph R. Biden spoke.", "Then Joseph Biden spoke."),
        ("The National Intelligence Service (NIS) said so.",
         "South Korea’s National Intelligence Service (NIS) said so."),
        ("Kiev, also written Kyiv, was hit.", "Kyiv was hit."),
        ("Nothing.", "#"),
    ],
)  # fmt: skip
def test_names_that_agree(tell, a, b):
    assert an.name_pairs(tell(a, b)).empty


def test_seeds(seeds):
    an.schema.check_trace(an.naming(seeds), seeds.articles)
    table = an.name_pairs(seeds)
    assert table["name"].tolist() == ["NIS"]
    assert table["a_text"].tolist() == ["National Intelligence Agency (NIS)"]
    assert table["b_text"].tolist() == ["National Intelligence Service (NIS)"]
