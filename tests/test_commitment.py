"""Certainty: the step of each side, whose word it is, and one article in two places."""

import pandas as pd
import pytest

import analysis as an
from analysis import schema
from analysis.commitment import event
from analysis.errors import PairError


def said(story, *attributions):
    """A table of attributions: (article, source, cue, content), each the words of the text."""
    rows = []
    for number, (article, source, cue, content) in enumerate(attributions):
        text = story.texts[article]
        spans = {}
        for name, words in (("source", source), ("cue", cue), ("content", content)):
            start = text.index(words)
            spans[f"{name}_spans"] = [(start, start + len(words))]
        start = min(span[0][0] for span in spans.values())
        end = max(span[0][1] for span in spans.values())
        rows.append(
            {
                **story.trace(article, start, end),
                **spans,
                "attribution": number,
                "source": source,
                "cue": cue,
                "content": content,
                "form": "indirect",
                "source_type": "other",
                "named": True,
                "speaker": source,
                "parent": pd.NA,
                "voice": "own",
                "confidence": 1.0,
                "rule": "test",
            }
        )
    return schema.from_rows(rows, schema.ATTRIBUTIONS)


def linked(story):
    """A ledger that links the first sentence of a to the first one of b."""
    row = {"claim": 0, "score": 1.0, "relation": "same", "differs": "", "status": "auto"}
    for side in "ab":
        sentence = story.sentences_of(side).loc[0]
        row |= {
            f"article_{side}": side,
            f"{side}_start": sentence["start"],
            f"{side}_end": sentence["end"],
            f"{side}_text": sentence["text"],
            f"sentence_{side}": 0,
            f"{side}_clause_start": sentence["start"],
            f"{side}_clause_end": sentence["end"],
        }
    return schema.from_rows([row], schema.CLAIMS)


BARE = "The army sent 1,000 soldiers to Kursk."


@pytest.mark.parametrize(
    ("text", "attribution", "step", "by"),
    [
        (BARE, None, "asserted", ""),
        ("The army reportedly sent 1,000 soldiers to Kursk.", None, "hedged", "reportedly"),
        ("The army may have sent 1,000 soldiers to Kursk.", None, "hedged", "may"),
        ("The army sent more than 1,000 soldiers to Kursk.", None, "asserted", ""),
        (
            "Officials said the army sent 1,000 soldiers to Kursk.",
            None,
            "attributed",
            "Officials",
        ),
        (
            "Seoul said the army sent 1,000 soldiers to Kursk.",
            ("b", "Seoul", "said", "the army sent 1,000 soldiers to Kursk"),
            "attributed",
            "Seoul",
        ),
        (
            "Seoul said the army may have sent 1,000 soldiers to Kursk.",
            ("b", "Seoul", "said", "the army may have sent 1,000 soldiers to Kursk"),
            "hedged",
            "may; Seoul",
        ),
        (
            "Seoul denied that the army sent 1,000 soldiers to Kursk.",
            ("b", "Seoul", "denied", "that the army sent 1,000 soldiers to Kursk"),
            "denied",
            "denied; Seoul",
        ),
        ("The army did not send 1,000 soldiers to Kursk.", None, "denied", "not"),
        # who celebrates or refuses does not say that it happened: the article does
        (
            "Seoul celebrated the army of 1,000 soldiers in Kursk.",
            ("b", "Seoul", "celebrated", "the army of 1,000 soldiers in Kursk"),
            "asserted",
            "",
        ),
        (
            "The army declined to send 1,000 soldiers to Kursk.",
            ("b", "The army", "declined", "to send 1,000 soldiers to Kursk"),
            "asserted",
            "",
        ),
        # what somebody named believes is his word, not the article's doubt
        (
            "Seoul believes that the army sent 1,000 soldiers to Kursk.",
            ("b", "Seoul", "believes", "that the army sent 1,000 soldiers to Kursk"),
            "attributed",
            "Seoul",
        ),
        (
            "Some believe that the army sent 1,000 soldiers to Kursk.",
            ("b", "Some", "believe", "that the army sent 1,000 soldiers to Kursk"),
            "hedged",
            "believe; Some",
        ),
        # a hedge on the word of saying
        (
            "Seoul is expected to say that the army sent 1,000 soldiers to Kursk.",
            ("b", "Seoul", "is expected to say", "that the army sent 1,000 soldiers to Kursk"),
            "hedged",
            "expected to; Seoul",
        ),
        # a wish is no denial
        ("The army should not send 1,000 soldiers to Kursk.", None, "asserted", ""),
        (
            "Moscow has not confirmed the deployment of 1,000 soldiers to Kursk.",
            None,
            "unconfirmed",
            "not confirmed",
        ),
    ],
)
def test_steps(tell, text, attribution, step, by):
    story = tell(BARE, text)
    found = said(story, *([attribution] if attribution else []))
    table = an.certainty(story, claims=linked(story), attributions=found)
    schema.check_trace(table, story.articles)
    row = table.iloc[0]
    assert (row["a_commitment"], row["b_commitment"], row["b_by"]) == ("asserted", step, by)
    assert row["firmer"] == ("same" if step == "asserted" else "a")


def test_both_denying_is_alike(tell):
    text = "The army did not send 1,000 soldiers to Kursk."
    story = tell(text, text)
    row = an.certainty(story, claims=linked(story), attributions=said(story)).iloc[0]
    assert (row["a_commitment"], row["firmer"]) == ("asserted", "same")


def test_a_cue_on_another_event_of_the_sentence_does_not_count(tell):
    story = tell(BARE, "The army sent 1,000 soldiers to Kursk, and prices may rise next year.")
    row = an.certainty(story, claims=linked(story), attributions=said(story)).iloc[0]
    assert row["b_commitment"] == "asserted"


def test_the_source_is_not_taken_for_the_event(tell):
    story = tell(
        "South Korea’s NIS told reporters that soldiers had been sent to Kursk.",
        "South Korea’s NIS tracked soldiers sent to Kursk.",
    )
    (a,), (b,) = (list(story.docs[article].sents) for article in "ab")
    assert event(b, a).text == "tracked"
    aside = frozenset(range(4))
    assert event(a, b).text == "sent"
    assert event(b, a, aside=aside).text in ("soldiers", "sent")


def test_the_ledger_is_made_where_none_is_given(seeds):
    table = an.certainty(seeds, attributions=said(seeds))
    schema.check_trace(table, seeds.articles)
    assert len(table) >= 10
    assert {"asserted", "hedged"} <= set(table["a_commitment"])
    bare = table[table["b_text"].str.startswith("North Korea sent more than 1,000")]
    assert "b" in set(bare["firmer"])


def test_more_than_two_articles_need_names(tell):
    with pytest.raises(PairError, match="between"):
        an.certainty(tell("One left.", "Two left.", "Three left."))


def test_no_links_no_rows(tell):
    story = tell("The bank raised rates.", "A whale was seen off Lisbon.")
    table = an.certainty(story, attributions=said(story))
    assert table.empty
    assert table.columns.tolist() == schema.CERTAINTY.names


def test_bare_in_the_headline_and_hedged_below(tell):
    text = (
        "North Korea sent more than 1,000 troops to Russia’s Kursk region\n\n"
        "The region is calm.\n"
        "North Korea has reportedly sent over 1,000 additional troops to the Kursk region.\n"
        "Trains were late on Monday.\n"
    )
    story = tell(text)
    table = an.certainty_within(story, attributions=said(story))
    schema.check_trace(table, story.articles)
    assert len(table) == 1
    row = table.iloc[0]
    assert (row["article_a"], row["article_b"]) == ("a", "a")
    assert (row["a_commitment"], row["b_commitment"]) == ("asserted", "hedged")
    assert (row["firmer"], row["b_by"]) == ("a", "reportedly")


def test_alike_in_both_places_is_no_row(tell):
    story = tell(
        "North Korea sent 1,000 troops to the Kursk region.\n"
        "North Korea sent 1,000 more troops to the Kursk region on Monday.\n"
    )
    assert an.certainty_within(story, attributions=said(story)).empty


@pytest.mark.parametrize("text", ["...", "THE ARMY LEFT", "😀 reportedly", "if " * 50])
def test_bad_input(tell, text):
    story = tell(text, text)
    schema.check_trace(an.certainty(story, attributions=said(story)), story.articles)
    schema.check_trace(an.certainty_within(story, attributions=said(story)), story.articles)
