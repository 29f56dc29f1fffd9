"""Sentences of the seeds and of difficult texts; the story's own look-ups."""

import pandas as pd
import pytest

import analysis as an
from analysis.errors import PairError, TraceError
from analysis.story import count_words

FIRST, SECOND = "000_13676234d073625a", "003_9b02b0d8264b8bc3"


def test_seeds_are_read_whole(seeds):
    assert seeds.ids == [FIRST, SECOND]
    first, second = seeds.articles.to_dict("records")
    assert first["published"] == pd.Timestamp("2025-02-27")
    assert pd.isna(first["title"])
    assert second["title"].startswith("North Korea sent more than 1,000 troops")
    assert pd.isna(second["published"])
    assert seeds.articles["outlet"].isna().all()
    assert seeds.articles["encoding"].tolist() == ["utf-8", "utf-8"]
    an.schema.check_trace(seeds.sentences, seeds.articles)


def test_parts_of_the_seeds(seeds):
    counts = seeds.sentences.groupby(["article", "part"]).size()
    assert counts[FIRST].to_dict() == {"body": 27, "heading": 14}
    assert counts[SECOND].to_dict() == {"headline": 1, "standfirst": 4, "heading": 10, "body": 42}


def test_no_sentence_of_the_seeds_is_lost_or_glued(seeds):
    for article, text in seeds.texts.items():
        sentences = seeds.sentences_of(article)
        covered = set()
        for row in sentences.itertuples():
            assert "\n" not in row.text
            covered |= set(range(row.start, row.end))
        left = "".join(c for i, c in enumerate(text) if i not in covered)
        assert left.split() in ([], ["date", "2025-02-27"])
        assert sentences["sentence"].tolist() == list(range(len(sentences)))
        body = sentences[sentences["part"] == "body"]["text"]
        assert body.str.endswith((".", "?")).all()


def test_commentary_of_the_seeds(seeds):
    commentary = seeds.sentences[seeds.sentences["register"] == "commentary"]
    assert set(commentary["article"]) == {SECOND}
    assert commentary["section"].str.startswith("Commentary").all()
    assert len(commentary) == 17


def test_sections_of_the_seeds(seeds):
    sections = seeds.sentences_of(FIRST)["section"].unique().tolist()
    assert "North Korean Troop Movements in Russia > 1. Redeployment to Kursk Frontline" in sections
    assert "How Has Ukraine Responded?" in sections


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. sent aid.", "Mr. Smith of the U.N. agreed."],
        ["“Stop!” he cried.", "They went on."],
        ["“Is it over?” she asked.", "It was not."],
        ["The firm lost $3.5 million in Jan. 2020.", "It recovered."],
        ["He met J. K. Rowling at 5 p.m. on Friday.", "They spoke."],
        ["“Why now?” Smith asked.", "Nobody knew."],
        ["“We left.”", "The road was closed."],
        ["He said “it is done.”", "Then he left."],
        ["Who pays?", "Nobody knows!", "It’s late."],
        ["Prices rose 3.2 percent, vs. 2.1 percent a year ago.", "Wages did not."],
        ["Gen. Oak, Lt. Col. Ash and Sen. Elm spoke.", "No. 10 was silent."],
        ["ALL IS WRITTEN IN CAPITALS HERE.", "IT GOES ON."],
        ["He waited … and waited.", "Nothing came."],
    ],
)
def test_sentences(tell, sentences):
    story = tell("Paragraph one stands alone here, and it ends here.\n\n" + " ".join(sentences))
    assert story.sentences["text"].tolist()[1:] == sentences


def test_a_headline_is_not_split_after_an_abbreviation(tell):
    headline = "N.C. Congressman Says Sorry for U.S. Dispute"
    story = tell(f"{headline}\n\nThe lawmaker said he was sorry. He left.")
    assert story.sentences["text"].tolist()[0] == headline


@pytest.mark.parametrize(
    "text",
    [
        "😀 The fire 🔥 spread. People 👩‍🚒 fled.",
        "A line\r\nwith carriage returns. And more.\r\n\r\nSecond paragraph.",
        "word " * 5000,
        "<p>HTML left in the text.</p> <b>Bold</b> &amp; more.",
        "no punctuation at all and no capitals either",
        "...",
        "A heading alone",
        "שלום The minister spoke. مرحبا He left.",
        "Cafe\u0301 owners met. Zero\u200bwidth stays.",
    ],
)
def test_difficult_texts_keep_their_offsets(tell, text):
    story = tell(text)
    an.schema.check_trace(story.sentences, story.articles)
    assert story.articles["words"].sum() == story.sentences["words"].sum()
    for article, _, span in story.parses():
        assert story.texts[article][span.start_char : span.end_char] == span.text


@pytest.mark.parametrize("dash", ["–", "—", "--", "―"])
def test_bylines_dates_and_datelines_are_in_no_sentence(tell, dash):
    lead = "The dam above the lower town broke at dawn. Two farms were lost, the mayor said."
    front = "Dam breaks above the town\nBy Ann Lee, Valley Post\n4 May 2023"
    story = tell(f"{front}\n\nOAKFORD, Vale, May 4 (VP) {dash} {lead}\n\nMore rain is forecast.")
    assert story.sentences["text"].tolist() == [
        "Dam breaks above the town",
        *[f"{sentence}." for sentence in lead.rstrip(".").split(". ")],
        "More rain is forecast.",
    ]
    an.schema.check_trace(story.sentences, story.articles)
    assert [span.text for *_, span in story.parses()] == story.sentences["text"].tolist()
    assert set(story.sentences["section"]) == {""}
    row = story.articles.iloc[0]
    assert (row["author"], row["published"]) == ("Ann Lee", pd.Timestamp("2023-05-04"))
    assert row["text"].startswith(front)  # nothing of the text is lost


def test_metadata_outweigh_the_text():
    text = "Dam breaks above the town\nBo Oak\n4 May 2023\n\nThe dam broke at dawn. It rained."
    frame = pd.DataFrame({"text": [text], "author": ["Ann Lee"], "published": ["2023-05-06"]})
    row = an.load(frame).articles.iloc[0]
    assert (row["author"], row["published"]) == ("Ann Lee", pd.Timestamp("2023-05-06"))


def test_places_are_places(tell):
    story = tell(
        "Troops returned to Kursk on Monday. Paris Hilton spoke to Vladimir Putin in Moscow."
    )
    found = {entity.text: entity.label_ for entity in story.docs["a"].ents}
    assert found["Kursk"] == found["Moscow"] == "GPE"
    assert found["Vladimir Putin"] == "PERSON"


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one", 1), ("It’s 1,000 e-mails.", 3), ("— … !", 0), ("U.S. troops", 2), ("a/b", 1)],
)
def test_count_words(text, words):
    assert count_words(text) == words


def test_pair(seeds, tell):
    assert seeds.pair() == (FIRST, SECOND)
    assert seeds.pair((SECOND, FIRST)) == (SECOND, FIRST)
    three = tell("One fell.", "Two fell.", "Three fell.")
    assert three.pair(("a", "c")) == ("a", "c")
    for between, part in [
        (None, "the story has 3: a, b, c"),
        (("a", "x"), "'x'"),
        (("a", "a"), "different"),
        ("a", "two different"),
    ]:
        with pytest.raises(PairError, match=part):
            three.pair(between)


def test_sentence_at(seeds):
    for row in seeds.sentences.itertuples():
        assert seeds.sentence_at(row.article, row.start) == row.sentence
        assert seeds.sentence_at(row.article, row.end - 1) == row.sentence
    assert seeds.sentence_at(FIRST, 0) == 0


def test_a_wrong_offset_is_named(seeds):
    wrong = seeds.sentences.head(3).copy()
    wrong.loc[1, "start"] += 1
    with pytest.raises(TraceError, match=r"span 000_13676234d073625a\[\d+:\d+\] says 'This"):
        an.schema.check_trace(wrong, seeds.articles)


def test_the_same_story_from_any_folder(seeds, tmp_path):
    for name, text in zip(("x", "y"), seeds.texts.values(), strict=True):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    other = an.load(tmp_path)
    assert other.ids == ["x", "y"]
    columns = ["start", "end", "text", "sentence", "part", "section", "register", "words"]
    pd.testing.assert_frame_equal(other.sentences[columns], seeds.sentences[columns])
