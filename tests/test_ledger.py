"""The claim ledger: links, bands, explicit differences, edge cases, claims over many articles."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

import analysis as an
from analysis import alignment, wording
from analysis.errors import PairError, TableError
from analysis.schema import check_trace

LINKS = ["same", "partial", "conflict"]
FIRE = (
    "Warehouse fire kills two in Holmby\n\n"
    "Two workers died when a fire destroyed a paper warehouse in Holmby on Tuesday night.\n"
    "Fire chief Dana Okafor said the blaze began near a faulty conveyor motor.\n"
    "The owner, Brill Logistics, had been fined 40,000 dollars in March for blocked exits.\n"
    "A vigil will be held at St. Anne’s church on Sunday."
)
FIRE_AGAIN = (
    "Holmby blaze: chief points to conveyor\n\n"
    "A conveyor motor that was faulty started the blaze, according to fire chief Dana Okafor.\n"
    "The fire destroyed a paper warehouse in Holmby late on Tuesday and two workers died.\n"
    "Schools in the district stayed closed because of the smoke.\n"
    "Brill Logistics, which owns the building, was fined 40,000 dollars for blocked exits."
)
FOOTBALL = (
    "Rovers win at last\n\n"
    "A late header by striker Lionel Adeyemi gave Rovers their first victory of the season.\n"
    "Manager Petra Lund praised her young defenders after the whistle.\n"
    "The club meets City in the cup next month."
)


def linked(table):
    return table[table["relation"].isin(LINKS)]


def sentences_linked(table):
    return {
        (int(a), int(b))
        for a, b in linked(table)[["sentence_a", "sentence_b"]].itertuples(index=False)
    }


def test_links_paraphrases_and_leaves_the_rest(tell):
    story = tell(FIRE, FIRE_AGAIN)
    table = an.claims(story)
    check_trace(table, story.articles)
    found = sentences_linked(table)
    # deaths and destruction, cause, fine
    assert {(1, 2), (2, 1), (3, 4)} <= found
    # the vigil is in a only, the schools in b only
    assert not {a for a, _ in found} & {4}
    assert not {b for _, b in found} & {3}


def test_every_sentence_is_in_some_row(tell, seeds):
    for story in (tell(FIRE, FIRE_AGAIN), seeds):
        table = an.claims(story)
        check_trace(table, story.articles)
        for side, article in zip("ab", story.ids, strict=True):
            sentences = story.sentences_of(article)
            told = set(table[f"sentence_{side}"].dropna().astype(int))
            headings = set(sentences.loc[sentences["part"] == "heading", "sentence"])
            assert told == set(sentences["sentence"]) - headings


def test_rows_without_a_match_have_no_other_side(seeds):
    table = an.claims(seeds)
    only_a, only_b = table["relation"] == "only a", table["relation"] == "only b"
    assert (table["sentence_a"].isna() == only_b).all()
    assert (table["sentence_b"].isna() == only_a).all()
    assert table["b_text"].isna()[only_a].all()
    assert table["claim"].is_unique
    assert table["score"].between(0, 1).all()
    assert (table["status"] == "auto").all()
    assert (table.loc[~table["relation"].isin(LINKS), "differs"] == "").all()


@pytest.mark.parametrize("text", [FIRE, FOOTBALL, FIRE + "\n" + FIRE.split("\n\n")[1]])
def test_identical_articles_are_the_same_throughout(tell, text):
    table = an.claims(tell(text, text))
    assert set(table["relation"]) == {"same"}
    assert (table["differs"] == "").all()
    assert "note" not in table.attrs


def test_identical_seeds_are_the_same_throughout(seeds, tell):
    text = seeds.texts[seeds.ids[1]]
    table = an.claims(tell(text, text))
    assert set(table["relation"]) == {"same"}


def test_unrelated_articles_have_no_links_and_a_note(tell):
    table = an.claims(tell(FIRE, FOOTBALL))
    assert linked(table).empty
    assert "do not seem to tell the same story" in table.attrs["note"]


def test_an_article_twice_as_long(tell):
    more = "".join(
        f"\nThe council of Lower {name} will debate its drainage budget in spring."
        for name in ("Aldby", "Barrow", "Corley", "Denham", "Elby")
    )
    table = an.claims(tell(FIRE, FIRE_AGAIN + more))
    assert {(1, 2), (2, 1), (3, 4)} <= sentences_linked(table)
    assert linked(table)["sentence_b"].max() <= 4


@pytest.mark.parametrize(
    ("a", "b", "relations"),
    [
        ("The bridge is closed.", "The bridge is closed.", {"same"}),
        ("The bridge is closed.", "!!!", {"only a"}),
        ("The bridge is closed.", FOOTBALL, {"only a", "only b", "unsure"}),
    ],
)
def test_one_sentence(tell, a, b, relations):
    table = an.claims(tell(a, b))
    assert set(table["relation"]) <= relations
    assert len(table)


def test_headings_are_no_claims_but_a_headline_is(tell):
    story = tell(
        "Dam bursts near Holm\n\nThe dam near Holm burst at dawn.\n\nWhat happens next\n\n"
        "Engineers will inspect the valley.\n",
        "Dam bursts near Holm\n\nWater swept the valley.\n",
    )
    table = an.claims(story)
    assert "What happens next" not in set(table["a_text"].dropna())
    assert (0, 0) in sentences_linked(table)


@pytest.mark.parametrize(
    ("a", "b", "differs"),
    [
        (
            "Inspectors had been refused access to the mine near Holm on Monday.",
            "The ministry denied that inspectors had been refused access to the mine near Holm.",
            True,
        ),
        (
            "The navy denied firing the missile at the harbour of Holm.",
            "The navy fired the missile at the harbour of Holm.",
            True,
        ),
        (
            "The navy denied firing the missile at the harbour of Holm.",
            "The navy did not fire the missile at the harbour of Holm.",
            False,
        ),
    ],
)
def test_a_denial_is_a_negation(tell, a, b, differs):
    row = an.claims(tell(a, b)).iloc[0]
    assert row["relation"] in LINKS
    assert ("negation" in row["differs"]) is differs


@pytest.mark.parametrize(
    ("a", "b", "differs"),
    [
        (
            "The storm killed 12 people in Holmby on Tuesday.",
            "The storm killed 19 people in Holmby on Tuesday.",
            "number",
        ),
        (
            "President Ruiz met Chancellor Weber in Geneva on Thursday.",
            "President Ruiz met Chancellor Weber in Geneva on Sunday.",
            "date",
        ),
        (
            "The National Intelligence Agency (NIS) reported more troops in Kursk.",
            "The National Intelligence Service (NIS) reported more troops in Kursk.",
            "name",
        ),
        (
            "The navy closed the harbour of Holm to tankers on Tuesday.",
            "The navy did not close the harbour of Holm to tankers on Tuesday.",
            "negation",
        ),
        (
            "Russia attacked Georgia before dawn on the border.",
            "Georgia attacked Russia before dawn on the border.",
            "actor",
        ),
        (
            "Russia was attacked by Georgia before dawn on the border.",
            "Georgia was attacked by Russia before dawn on the border.",
            "actor",
        ),
        (
            "Anna Ruiz said the harbour would be dredged by the navy.",
            "Karl Weber said the harbour would be dredged by the navy.",
            "speaker",
        ),
        (
            "The navy sank the freighter Alma off Holm.",
            "The navy reportedly sank the freighter Alma off Holm.",
            "certainty",
        ),
    ],
)
def test_names_what_differs(tell, a, b, differs):
    row = an.claims(tell(a, b)).iloc[0]
    assert row["relation"] in LINKS
    assert row["differs"].split(", ") == [differs]
    assert row["relation"] != "same" or differs not in ("number", "negation", "actor")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Russia attacked Georgia before dawn.", "Georgia was attacked by Russia before dawn."),
        ("The navy sank the freighter Alma.", "The freighter Alma was sunk by the navy."),
        ("On Tuesday Ruiz met Weber in Geneva.", "Ruiz met Weber in Geneva on Tuesday."),
    ],
)
def test_names_no_difference_between_active_and_passive(tell, a, b):
    row = an.claims(tell(a, b)).iloc[0]
    assert row["relation"] in LINKS
    assert row["differs"] == ""


def test_the_seeds_spell_out_one_acronym_in_two_ways(seeds):
    table = an.claims(seeds)
    rows = table[table["differs"].str.contains("name")]
    assert rows["a_text"].str.contains("Agency").any()
    assert rows["b_text"].str.contains("Intelligence Service").any()


def test_pair_must_be_clear(tell):
    story = tell(FIRE, FIRE_AGAIN, FOOTBALL)
    with pytest.raises(PairError, match="a, b, c"):
        an.claims(story)
    table = an.claims(story, between=("b", "c"))
    assert set(table["article_a"]) == {"b"}
    assert set(table["article_b"]) == {"c"}


def test_a_pair_does_not_depend_on_the_other_articles(tell):
    pair = an.claims(tell(FIRE, FIRE_AGAIN))
    among = an.claims(tell(FIRE, FIRE_AGAIN, FOOTBALL), between=("a", "b"))
    pd.testing.assert_frame_equal(pair, among)


def test_turning_the_pair_round_finds_the_same_links(seeds):
    forth = sentences_linked(an.claims(seeds))
    back = sentences_linked(an.claims(seeds, between=seeds.ids[::-1]))
    assert forth == {(a, b) for b, a in back}


def test_shares_are_counted_by_sentence():
    ledger = pd.DataFrame(
        {
            "article_a": "x",
            "article_b": "y",
            "sentence_a": [0, 0, 1, 2, None, 3],
            "sentence_b": [0, 1, 2, None, 3, 0],
            "relation": ["same", "partial", "unsure", "only a", "only b", "unsure"],
        }
    )
    table = an.claim_shares(ledger).set_index(["article", "band"])
    assert table["count"].tolist() == [1, 2, 1, 2, 1, 1]
    assert set(table["sentences"]) == {4}
    row = table.loc[("y", "told by both")]
    assert (row["low"], row["high"]) == pytest.approx(proportion_confint(2, 4, method="wilson"))


def test_shares_of_nothing():
    empty = an.schema.from_rows([], an.schema.CLAIMS)
    assert an.claim_shares(empty).empty


def test_matrix_gathers_what_several_articles_tell(tell):
    story = tell(FIRE, FIRE_AGAIN, FIRE, FOOTBALL)
    table = an.claim_matrix(story)
    check_trace(table, story.articles)
    assert not table.duplicated(["article", "sentence"]).any()
    assert not table.duplicated(["article", "claim"]).any()
    assert "d" not in set(table["article"])
    sizes = table.groupby("claim").size()
    assert sizes.min() >= 2
    assert sizes.tolist() == sorted(sizes, reverse=True)
    fine = table[table["text"].str.contains("fined")]
    assert fine["claim"].nunique() == 1
    assert set(fine["article"]) == {"a", "b", "c"}


def test_matrix_of_one_article_is_empty(tell):
    assert an.claim_matrix(tell(FIRE)).empty


def test_prominence_is_the_share_of_words_before(tell):
    story = tell(FIRE, FIRE_AGAIN)
    table = an.prominence(story)
    check_trace(table, story.articles)
    row = table[(table["a_text"].str.startswith("Fire chief"))].iloc[0]
    words = story.sentences_of("a")["words"]
    assert row["a_position"] == pytest.approx(100 * words[:2].sum() / words.sum())
    assert row["shift"] == pytest.approx(row["b_position"] - row["a_position"])
    assert set(table["a_part"]) <= {"headline", "body"}
    assert table["claim"].isin(an.claims(story)["claim"]).all()


def test_features_do_not_depend_on_the_order_of_the_articles(seeds):
    found, rarity = wording.wordings(seeds, seeds.ids)
    a, b = (found[article] for article in seeds.ids)
    forth, back = alignment.features(a, b, rarity), alignment.features(b, a, rarity)
    assert forth.shape == (len(a), len(b), len(alignment.FEATURES))
    np.testing.assert_allclose(forth, back.transpose(1, 0, 2), atol=1e-9)
    assert np.isfinite(forth).all()


def test_weights_fit_the_features():
    model = alignment.model()
    for name in ("link", "same"):
        assert list(model[name]["weights"]) == list(alignment.FEATURES)
    assert 0 < model["thresholds"]["none"] < model["thresholds"]["link"] < 1


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("U.S. troops", ["america", "troop"]),
        ("American soldiers were redeployed", ["america", "troop", "deploy"]),
        ("Two attorneys paid $84,000", ["2", "lawyer", "paid", "84000"]),
        ("It is not that.", []),
    ],
)
def test_terms(tell, text, terms):
    doc = tell(text).docs["a"]
    found = [term for term in map(wording.word, doc) if term]
    assert [t for t in found if t not in ("pay", "paid")] == [t for t in terms if t != "paid"]


def test_in_context_opens_both_sentences(tell):
    story = tell(FIRE, FIRE_AGAIN)
    table = an.claims(story)
    page = str(an.in_context(story, table, show=["relation"]))
    assert page.count("<tr>") == len(table) + 1
    assert page.count("<details>") == table[["sentence_a", "sentence_b"]].notna().sum().sum()
    # the sentence before and the one after stand around the marked one
    opened = page.split("Fire chief Dana Okafor said", 2)[2]
    assert opened.index("</mark>") < opened.index("Brill Logistics")
    with pytest.raises(TableError, match="relations"):
        an.in_context(story, table, show=["relations"])


def test_in_context_escapes_the_text(tell):
    story = tell("The <b>bold</b> dam burst & fell.", "The <b>bold</b> dam burst & fell.")
    page = str(an.in_context(story, an.claims(story)))
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_a_link_names_the_clause_that_both_tell(seeds):
    ledger = an.claims(seeds)
    linked = ledger[ledger["relation"].isin(["same", "partial", "conflict"])]
    assert linked["a_clause_start"].notna().mean() > 0.9
    for row in linked.dropna(subset=["a_clause_start"]).itertuples():
        for side in "ab":
            start, end = getattr(row, f"{side}_clause_start"), getattr(row, f"{side}_clause_end")
            assert getattr(row, f"{side}_start") <= start < end <= getattr(row, f"{side}_end")
    alone = ledger[ledger["relation"].str.startswith("only")]
    assert alone["a_clause_start"].isna().all()


def test_the_clause_is_the_one_that_is_shared(tell):
    story = tell(
        "Rain flooded the old harbour of Oakham on Monday. The council closed two primary schools "
        "and the mayor promised new pumps for the harbour.",
        "The mayor of Oakham promised new pumps for the harbour. Rain flooded the old harbour.",
    )
    ledger = an.claims(story)
    row = ledger[(ledger["sentence_a"] == 1) & (ledger["sentence_b"] == 0)].iloc[0]
    clause = story.texts["a"][row["a_clause_start"] : row["a_clause_end"]]
    assert clause == "mayor promised new pumps for the harbour"
    shown = str(an.in_context(story, ledger[ledger["sentence_a"] == 1]))
    assert "<strong>mayor promised new pumps for the harbour</strong>." in shown
