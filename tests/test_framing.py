import pandas as pd
import pytest

import analysis as an
from analysis import schema
from analysis.errors import ChoiceError, LexiconError, MissingPathError
from analysis.framing import CODEBOOKS


def found(table, column="frame"):
    return set(zip(table["text"], table[column], strict=True))


@pytest.mark.parametrize("codebook", CODEBOOKS)
def test_rows_lead_to_their_words(seeds, codebook):
    table = an.frames(seeds, codebook=codebook)
    schema.check_trace(table, seeds.articles)
    assert set(table["codebook"]) <= {codebook}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops left.", {("Troops", "security and defence")}),
        ("The Supreme Court ruled.", {("Supreme Court", "legality"), ("ruled", "legality")}),
        ("Prices rose.", {("Prices", "economic")}),
        # the parser's lemma is "taxis"
        ("Taxes rose.", {("Taxes", "economic")}),
        ("The hospital closed.", {("hospital", "health and safety")}),
        # capitals matter where the entry is written in capitals
        ("He saw an eu sign.", set()),
        # persons' names are no cues
        ("Theresa May met Tony Hospital.", set()),
        ("It rained.", set()),
    ],
)
def test_policy_frames(tell, text, expected):
    assert found(an.frames(tell(text))) == expected


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Both parties clashed.", "conflict"),
        ("Her mother wept.", "human interest"),
        ("The deficit grew.", "economic consequences"),
        ("It was a disgrace.", "morality"),
        ("They blamed the mayor.", "responsibility"),
    ],
)
def test_generic_frames(tell, text, frame):
    assert frame in set(an.frames(tell(text), codebook="generic")["frame"])


def test_one_word_may_be_a_cue_of_two_frames_and_the_longest_phrase_wins(tell):
    table = an.frames(tell("The security council met over sanctions."))
    assert ("sanctions", "external regulation and reputation") in found(table)
    assert ("sanctions", "crime and punishment") in found(table)
    assert ("security council", "external regulation and reputation") in found(table)


def test_quoted_cues_are_the_speakers(tell):
    table = an.frames(tell("“Taxes must fall,” he said. Taxes rose."))
    assert table[table["rule"] == "tax"]["voice"].tolist() == ["quoted", "own"]


def test_entman_is_a_sheet_without_automatic_codes(seeds):
    assert an.frames(seeds, codebook="entman").empty
    sheet = an.coding_sheet(seeds)
    assert len(sheet) == len(seeds.sentences)
    schema.check_trace(sheet, seeds.articles)
    frames = ["problem", "cause", "moral evaluation", "remedy"]
    assert sheet.columns[-6:].tolist() == [*frames, "coder", "note"]
    assert (sheet[frames] == "").all(axis=None)
    assert an.read_codebook("entman")["definition"].ne("").all()


def test_every_frame_is_defined_and_has_a_version():
    for name in CODEBOOKS:
        book = an.read_codebook(name)
        assert (book.groupby("frame")["definition"].max() != "").all()
        assert book["version"].ne("").all()
        assert not book.duplicated(["frame", "entry", "pos"]).any()
    assert an.read_codebook("policy")["frame"].nunique() == 15


def test_an_edited_copy_can_be_used(tell, tmp_path):
    path = tmp_path / "weather.csv"
    path.write_text("\ufeffframe,entry,pos\nwet,rain*,\nwet,snow,VERB\ncold,ice cream,\n", "utf-8")
    table = an.frames(tell("Rainfall is rare. Snow fell. It snowed on ice creams."), codebook=path)
    assert found(table) == {("Rainfall", "wet"), ("snowed", "wet"), ("ice creams", "cold")}
    assert set(table["codebook"]) == {"weather"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("topic,word\na,b\n", "lacks the column frame, entry; expected frame, entry"),
        ("frame,entry\n,rain\n", "line 2: no frame is named"),
        ("frame,entry,pos\nwet,rain,NOUNS\n", "part of speech NOUNS; expected one of ADJ"),
        ("frame,entry\nwet,*\n", "holds no word"),
    ],
)
def test_broken_codebooks_say_what_is_wrong(seeds, tmp_path, content, message):
    path = tmp_path / "broken.csv"
    path.write_text(content)
    with pytest.raises(LexiconError, match=message.replace("*", r"\*")):
        an.frames(seeds, codebook=path)


def test_unknown_codebooks_list_the_known(seeds):
    with pytest.raises(ChoiceError, match="expected one of policy, generic, entman"):
        an.frames(seeds, codebook="moods")
    with pytest.raises(MissingPathError, match="there is none"):
        an.frames(seeds, codebook="moods.csv")


def test_presence_counts_sentences_not_cues(tell):
    story = tell("Troops met troops. It rained.", "It snowed.")
    table = an.frame_presence(an.frames(story), story=story)
    assert table[["sentences", "of"]].values.tolist() == [[1, 2], [0, 1]]
    assert table["words"].tolist() == ["troops 2", ""]
    # Wilson for 0 of 1: an interval, never 0 to 0
    assert table["high"].iloc[1] == pytest.approx(0.793, abs=0.001)


@pytest.mark.parametrize("by", ["section", "part", "register"])
def test_presence_by_part_adds_up(seeds, by):
    frames = an.frames(seeds)
    whole = an.frame_presence(frames, story=seeds).set_index(["frame", "article"])
    parts = an.frame_presence(frames, story=seeds, by=by).groupby(["frame", "article"])
    assert parts[["sentences", "of"]].sum().eq(whole[["sentences", "of"]]).all(axis=None)


def test_presence_of_nothing(tell):
    story = tell("It rained.")
    assert an.frame_presence(an.frames(story), story=story).empty
    with pytest.raises(ChoiceError, match="by='mood'"):
        an.frame_presence(an.frames(story), story=story, by="mood")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He slammed the reckless plan.", {("slammed", "negative"), ("reckless", "negative")}),
        ("The heroic crew was hailed.", {("heroic", "positive"), ("hailed", "positive")}),
        ("The crew arrived at noon.", set()),
    ],
)
def test_loaded_words(tell, text, expected):
    assert found(an.loaded(tell(text)), "polarity") == expected


def test_loaded_words_carry_voice_and_place_but_no_score(seeds, tell):
    table = an.loaded(seeds)
    schema.check_trace(table, seeds.articles)
    assert not any(pd.api.types.is_float_dtype(dtype) for dtype in table.dtypes)
    quoted = an.loaded(tell("“A shameful act,” she said of the shameful act."))
    assert quoted["voice"].tolist() == ["quoted", "own"]
