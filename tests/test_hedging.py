"""Hedges: every trap both ways, scope, holder, offsets, the lexicon's own examples."""

import json
from pathlib import Path

import pandas as pd
import pytest

import analysis as an
from analysis import cue_patterns, schema
from analysis.errors import LexiconError

DATA = Path(__file__).parent / "data"

# (trap, sentence, the word asked about, its type or None where it is no cue)
TRAPS = [
    ("may", "The group may be preparing an attack.", "may", "modal"),
    ("may", "The talks may have failed.", "may", "modal"),
    ("may", "It may rain on Sunday.", "may", "modal"),
    ("may", "They met on 4 May in Geneva.", "May", None),
    ("may", "In May the army left the town.", "May", None),
    ("may", "May he rest in peace.", "May", None),
    ("may", "Members may bring a guest.", "may", None),
    ("might", "The army might strike again.", "might", "modal"),
    ("might", "They feared the might of the army.", "might", None),
    ("could", "The deal could collapse.", "could", "modal"),
    ("could", "He could be the culprit.", "could", "modal"),
    ("could", "The fire could have been an accident.", "could", "modal"),
    ("could", "She could swim when she was six.", "could", None),
    ("could", "The mayor could not attend the meeting.", "could", None),
    ("could", "If he had stayed, they could have won.", "could", None),
    ("could", "He could see the smoke from his house.", "could", None),
    ("could", "The claim could not be verified.", "could not be verified", "non_confirmation"),
    ("can", "The boat can carry ten men.", "can", None),
    ("must", "He must have known about the plan.", "must", "modal"),
    ("must", "They must leave the country by Friday.", "must", None),
    ("should", "The results should be available by noon.", "should", "modal"),
    ("should", "The president should resign.", "should", None),
    ("suggest", "The data suggest a slowdown.", "suggest", "inference"),
    ("suggest", "Insiders suggested the number is higher.", "suggested", "inference"),
    ("suggest", "He suggested that she leave the party.", "suggested", None),
    ("suggest", "She suggested meeting on Friday.", "suggested", None),
    ("suggest", "The minister suggested a new tax.", "suggested", None),
    ("appear", "The talks appear to have failed.", "appear", "inference"),
    ("appear", "It appears that he left.", "appears", "inference"),
    ("appear", "The minister appeared calm.", "appeared", "inference"),
    ("appear", "He appeared in court on Monday.", "appeared", None),
    ("appear", "She appeared on the programme twice.", "appeared", None),
    ("indicate", "Reports indicate that some soldiers fled.", "indicate", "inference"),
    ("indicate", "The officer indicated the door with his hand.", "indicated", None),
    ("some", "Some 300 men left the town.", "Some", "approximation"),
    ("some", "Some experts say the plan will fail.", "Some experts", "vague_source"),
    ("some", "Some trees fell during the storm.", "Some", None),
    ("some", "Some day they will leave.", "Some", None),
    ("about", "About 300 men left the town.", "About", "approximation"),
    ("about", "They talked about three plans.", "about", None),
    ("about", "They are about to leave.", "about", None),
    ("over", "Over 10,000 troops were deployed.", "Over", "approximation"),
    ("over", "The army sent over 1,000 soldiers to the region.", "over", "approximation"),
    ("over", "There is concern over the plan.", "over", None),
    ("over", "Prices rose over the past 10 years.", "over", None),
    ("more than", "More than 300 men left the town.", "More than", "approximation"),
    ("more than", "He is needed more than ever.", "more than", None),
    ("likely", "The talks are likely to fail.", "likely", "likelihood"),
    ("likely", "The attack was likely planned in May.", "likely", "likelihood"),
    ("likely", "It is not likely that he left.", "likely", "likelihood"),
    ("likely", "Women are twice as likely to vote.", "likely", None),
    ("likely", "Likely voters were asked by phone.", "Likely", None),
    ("likely", "Men are more likely than women to leave.", "likely", None),
    ("said to", "The troops are said to have left.", "said to", "hearsay"),
    ("said to", "The minister said to reporters that he left.", "said", None),
    ("seen as", "The vote is seen as a test.", "seen as", "belief"),
    ("seen as", "A plane was seen in the north.", "seen", None),
    ("expected", "Prices are expected to rise.", "expected to", "belief"),
    ("expected", "As expected, prices rose.", "expected", None),
    ("believed", "The men are believed to have fled.", "believed to", "belief"),
    ("believed", "Analysts believe that he will stay.", "believe", "belief"),
    ("believed", "They believe in their leader.", "believe", None),
    ("claim", "Kyiv claimed that the bridge was hit.", "claimed", "hearsay"),
    ("claim", "The group claimed responsibility for the attack.", "claimed", None),
    ("claim", "The storm claimed ten lives.", "claimed", None),
    ("claim", "Both parties claimed victory.", "claimed", None),
    ("reports", "Reports that troops left spread fast.", "Reports", "hearsay"),
    ("reports", "There were reports of fighting in the city.", "reports", "hearsay"),
    ("reports", "Western intelligence reports suggest that he left.", "reports", "hearsay"),
    ("reports", "She reports on the war for a newspaper.", "reports", None),
    ("sources", "Military sources said the men left.", "Military sources", "vague_source"),
    ("sources", "Analysts believe the plan will fail.", "Analysts", "vague_source"),
    ("sources", "They need new sources of energy.", "sources", None),
    ("sources", "The officials met in Geneva.", "officials", None),
    ("certain", "He is not certain that she left.", "not certain", "non_confirmation"),
    ("certain", "They are certain that he lied.", "certain", "booster"),
    ("negation", "It is not possible.", "possible", None),
    ("negation", "It is possible that he left.", "possible", "likelihood"),
    ("negation", "It is impossible.", "impossible", None),
    ("negation", "It is not clear who fired.", "not clear", "non_confirmation"),
    ("negation", "The names are not known yet.", "not known", None),
    ("negation", "It is not known who fired.", "not known", "non_confirmation"),
    ("negation", "Officials cannot rule out a strike.", "cannot rule out", "likelihood"),
    ("doubt", "There is no doubt that he lied.", "no doubt", "booster"),
    ("doubt", "They doubt that he left.", "doubt", "belief"),
    ("doubt", "The letter cast doubt on the report.", "doubt", "belief"),
    ("if", "The deal fails if he leaves.", "if", "condition"),
    ("if", "Reporters asked if he had left.", "if", None),
    ("if", "He spoke as if he were asleep.", "as if", None),
    ("if", "Few men, if any, left the town.", "if", None),
    ("if", "Even if he leaves, they will stay.", "if", None),
    ("whether", "Police are investigating whether he fled.", "whether", "non_confirmation"),
    ("whether", "They asked whether he would come.", "whether", None),
    ("confirm", "Moscow has not officially confirmed the deal.", "not officially confirmed",
     "non_confirmation"),
    ("confirm", "The ministry confirmed the deal.", "confirmed", "booster"),
    ("confirm", "The ministry declined to confirm the deal.", "declined to confirm",
     "non_confirmation"),
    ("confirm", "The ministry declined the offer.", "declined", None),
    ("possible", "They spoke of possible links.", "possible", "likelihood"),
    ("possible", "They left as soon as possible.", "possible", None),
    ("look like", "It looks like they lost the vote.", "looks like", "inference"),
    ("look like", "He looks like his father.", "looks", None),
    ("feel", "Residents feel that the plan failed.", "feel", "belief"),
    ("feel", "Voters feel betrayed by the party.", "feel", None),
    ("signs", "There are signs that the army left.", "signs that", "inference"),
    ("signs", "The signs that appear in crowds are painted.", "signs", None),
    ("held to", "The hackers are being held to account.", "held", None),
    ("think", "Experts think the plan will fail.", "think", "belief"),
    ("think", "They think about the future.", "think", None),
    ("afraid", "I'm afraid the plan could fail.", "afraid", "belief"),
    ("afraid", "The boy is afraid of dogs.", "afraid", None),
    ("estimated", "The estimated cost of the plan is $1 million.", "estimated", "approximation"),
    ("estimated", "They estimated the cost.", "estimated", None),
    ("assuming", "Assuming the vote passes, the plan starts in May.", "Assuming", "condition"),
    ("assuming", "Assuming office in May, he promised reforms.", "Assuming", None),
    ("expected", "News of the expected indictment spread.", "expected", "belief"),
    ("expected", "More arrests are expected.", "expected", "belief"),
    ("expected", "Thousands are expected at the rally.", "expected", "belief"),
    ("expected", "Prices rose more than expected.", "expected", None),
    ("possibly", "He could possibly win.", "possibly", "likelihood"),
    ("possibly", "He couldn't possibly win.", "possibly", None),
    ("advocates", "Trump aides said the plan will fail.", "Trump aides", "vague_source"),
    ("advocates", "Pelosi's supporters said she will win.", "supporters", "vague_source"),
    ("advocates", "What groups like the Red Cross would accept is open.", "groups", None),
    ("anonymous", "A senior official said the men left.", "senior official", "vague_source"),
    ("anonymous", "One aide who asked not to be named said so.", "One aide", "vague_source"),
    ("anonymous", "A former official, John Smith, said so.", "official", None),
    ("anonymous", "The official said so.", "official", None),
    ("others", "Others said the plan failed.", "Others", "vague_source"),
    ("others", "The others said nothing.", "others", None),
    ("charges", "He denied charges that he lied.", "charges", "hearsay"),
    ("charges", "He faces charges of fraud.", "charges", None),
    ("charges", "He pleaded guilty to charges that he lied.", "charges", None),
    ("report", "He defended himself against a report he misstated his service.", "report",
     "hearsay"),
    ("word", "Word of the deal spread fast.", "Word of", "hearsay"),
    ("word", "The plan relies on the word of a liar.", "word", None),
    ("hundreds", "Hundreds of men left the town.", "Hundreds", "approximation"),
    ("hundreds", "Tens of thousands of people left.", "Tens of thousands", "approximation"),
    ("hundreds", "He spent hundreds of dollars.", "hundreds", "approximation"),
    ("hundreds", "Two hundred men left.", "hundred", None),
    ("seen by", "The plan is seen by many Democrats as a gift.", "seen", "belief"),
    ("seen by", "A plane was seen by many people.", "seen", None),
    ("unknown", "There's no way to know how many left.", "no way to know", "non_confirmation"),
    ("unknown", "It is too early to say who won.", "too early to say", "non_confirmation"),
    ("unknown", "But little is known about the men.", "little is known", "non_confirmation"),
    ("what looks like", "He held what looks like a head.", "what looks like", "inference"),
    ("if", "He asked the man if he supported the plan.", "if", None),
    ("if", "It was unclear if others would act.", "if", None),
    ("question", "The deal is in question.", "in question", "non_confirmation"),
    ("question", "The photo in question showed a man.", "question", None),
    ("report", "The agency wrote in a report that prices rose.", "report", None),
    ("passive", "Some experts are said to be rich.", "Some experts", None),
    ("definite", "The aides said the men left.", "aides", "vague_source"),
    ("definite", "The senators said the men left.", "senators", None),
    ("nobody", "Neither claim can be independently confirmed.", "confirmed", "non_confirmation"),
    ("nobody", "None of the figures can be verified.", "verified", "non_confirmation"),
    ("nobody", "No party has confirmed the deal.", "confirmed", "non_confirmation"),
    ("nobody", "Nobody was sure who fired.", "sure", "non_confirmation"),
    ("nobody", "Officials were less sure.", "less sure", "non_confirmation"),
    ("nobody", "Officials are sure that he left.", "sure", "booster"),
    ("nobody", "The claim has been confirmed.", "confirmed", "booster"),
    ("confidence", "The agency said so with low confidence.", "low confidence", "belief"),
    ("confidence", "It said so with high confidence.", "high confidence", "booster"),
    ("confidence", "He has little confidence in the court.", "confidence", None),
    ("assess", "Analysts assess that the group planned it.", "assess", "belief"),
    ("assess", "The council assessed the damage.", "assessed", None),
    ("over twice", "The plane came over twice.", "over", None),
    ("over years", "He lived there for over 16 years.", "over", "approximation"),
    ("over years", "They raised the age to 69 over 16 years.", "over", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def trapped():
    """All sentences of the traps, one article each, annotated in one go."""
    texts = list(dict.fromkeys(text for _, text, _, _ in TRAPS))
    story = an.load(pd.DataFrame({"article": [f"s{n}" for n in range(len(texts))], "text": texts}))
    table = an.hedges(story)
    schema.check_trace(table, story.articles)
    ids = {text: f"s{n}" for n, text in enumerate(texts)}
    return lambda text: table[table["article"] == ids[text]]


@pytest.mark.parametrize(("trap", "text", "word", "kind"), TRAPS)
def test_traps(trapped, trap, text, word, kind):
    start = text.index(word)
    end = start + len(word)
    found = trapped(text)
    over = found[(found["start"] < end) & (found["end"] > start)]
    if kind is None:
        assert over.empty, f"{trap}: {over['rule'].tolist()}"
    else:
        assert over["type"].tolist() == [kind]
        assert (over["text"].iloc[0], over["start"].iloc[0]) == (word, start)


@pytest.fixture(scope="module")
def examples():
    """Every rule of the lexicon with the hedges found in its own example."""
    rows = cue_patterns.read_lexicon()
    frame = pd.DataFrame(
        {"article": [row["rule"] for row in rows], "text": [row["example"] for row in rows]}
    )
    return rows, an.hedges(an.load(frame))


def test_every_rule_fires_on_its_example(examples):
    rows, table = examples
    fired = set(zip(table["article"], table["rule"], strict=True))
    silent = [
        row["rule"] for row in rows if row["type"] != "none" and (row["rule"],) * 2 not in fired
    ]
    assert silent == []


def test_rules_of_type_none_silence_their_example(examples):
    rows, table = examples
    quiet = {row["rule"] for row in rows if row["type"] == "none"}
    assert quiet
    assert table[table["article"].isin(quiet)].empty


def test_lexicon_is_complete():
    rows = cue_patterns.read_lexicon()
    assert {row["type"] for row in rows} == {*schema.HEDGE_TYPES, "none"}
    assert all(row["version"] and row["example"] for row in rows)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"type": "rumour"}, "type 'rumour' is not known"),
        ({"when": "verbal"}, "condition 'verbal' is not known"),
        ({"strength": "huge"}, "strength 'huge'"),
        ({"cue": "~ #"}, "names no word"),
        ({"cue": "a||b"}, "empty alternative"),
    ],
)
def test_mistakes_in_the_lexicon_are_named(changed, said):
    row = {"rule": "x", "cue": "may", "type": "modal", "when": "", "strength": "weak"}
    with pytest.raises(LexiconError, match="rule 'x'") as error:
        cue_patterns.compile_rule(row | changed, 0)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("BELIEVE", {"believe", "believes", "believed", "believing"}),
        ("IMPLY", {"imply", "implies", "implied", "implying"}),
        ("THEORIZE", {"theorised", "theorized", "theorises"}),
        ("RUMOUR", {"rumor", "rumours", "rumoured"}),
        ("THINK", {"think", "thought"}),
        ("INFER", {"inferred", "inferring"}),
    ],
)
def test_capitals_stand_for_every_inflection(word, forms):
    assert forms <= cue_patterns.inflections(word)


def scope_of(tell, text, cue):
    table = an.hedges(tell(text))
    row = table[table["text"] == cue].iloc[0]
    return text[row["scope_start"] : row["scope_end"]], row


@pytest.mark.parametrize(
    ("text", "cue", "scope"),
    [
        (
            "North Korea reportedly sent soldiers and redeployed troops.",
            "reportedly",
            "North Korea reportedly sent soldiers and redeployed troops",
        ),
        ("Analysts believe that he will stay.", "believe", "that he will stay"),
        ("The men are believed to have fled.", "believed to", "The men are believed to have fled"),
        ("There were reports of fighting.", "reports", "fighting"),
        ("They spoke of possible new links.", "possible", "possible new links"),
        ("The army sent more than 1,000 men.", "more than", "more than 1,000"),
        ("If he leaves, the deal fails.", "If", "the deal fails"),
        ("Military insiders said the men left.", "Military insiders", "the men left"),
        ("The deal may collapse, officials said.", "may", "The deal may collapse"),
    ],
)
def test_scope(tell, text, cue, scope):
    assert scope_of(tell, text, cue)[0] == scope


@pytest.mark.parametrize(
    ("text", "cue", "holder", "voice"),
    [
        ("The deal may collapse.", "may", "author", "own"),
        ("Ms. Weber said the deal may collapse.", "may", "named", "own"),
        ("Analysts believe that he will stay.", "believe", "vague", "own"),
        ("Angela Merkel believes that he will stay.", "believes", "named", "own"),
        ("The men are believed to have fled.", "believed to", "unstated", "own"),
        ("He reportedly left.", "reportedly", "unstated", "own"),
        ("“The deal may collapse,” Ms. Weber said.", "may", "named", "quoted"),
        ("Officials said the men left.", "Officials", "vague", "own"),
        ("The deal may collapse, according to Angela Merkel.", "may", "named", "own"),
    ],
)
def test_holder_and_voice(tell, text, cue, holder, voice):
    row = scope_of(tell, text, cue)[1]
    assert (row["holder"], row["voice"]) == (holder, voice)


@pytest.mark.parametrize(
    ("text", "cue", "polarity"),
    [
        ("The talks are likely to fail.", "likely", "for"),
        ("The talks are unlikely to fail.", "unlikely", "against"),
        ("The talks are not likely to fail.", "likely", "against"),
        ("They do not believe that he left.", "believe", "against"),
        ("They doubt that he left.", "doubt", "against"),
    ],
)
def test_polarity(tell, text, cue, polarity):
    assert scope_of(tell, text, cue)[1]["polarity"] == polarity


def test_cues_stack_on_one_event_without_boosters_and_bounds(tell):
    text = "Military experts argue that the move could be indicative of an alliance."
    table = an.hedges(tell(text))
    assert table["type"].tolist() == ["vague_source", "belief", "modal", "inference"]
    assert table["stack"].tolist() == [4, 4, 4, 4]
    alone = an.hedges(tell("He clearly sent more than 300 men."))
    assert alone["type"].tolist() == ["booster", "approximation"]
    assert alone["stack"].tolist() == [1, 1]


def test_straight_and_curly_apostrophes_alike(tell):
    for mark in "'’":
        table = an.hedges(tell(f"Police don{mark}t know who fired."))
        assert table["text"].tolist() == [f"n{mark}t know who"]


def test_part_of_the_article(tell):
    table = an.hedges(tell("Army reportedly leaves town\n\nThe men may return. They left."))
    assert table["part"].tolist() == ["headline", "body"]


def test_the_seeds_have_the_cues_that_two_readers_see(seeds):
    table = an.hedges(seeds)
    schema.check_trace(table, seeds.articles)
    assert table["text"].str.lower().tolist().count("reportedly") == 5
    marks = json.loads((DATA / "hedge_marks.json").read_text(encoding="utf-8"))
    for marked in (entry for entry in marks if entry["corpus"] == "seeds"):
        found = table[table["article"] == marked["article"]]
        sure = [mark for mark in marked["marks"] if mark[3] == "sure"]
        hit = [
            ((found["start"] < end) & (found["end"] > start) & (found["type"] == kind)).any()
            for start, end, kind, _ in sure
        ]
        assert sum(hit) >= 0.9 * len(sure)


@pytest.mark.parametrize(
    "text",
    [
        "Reports",
        "THE ARMY REPORTEDLY LEFT THE TOWN AND MAY RETURN",
        "maybe they left perhaps not if only who knows 😀 reportedly 🇺🇦 more than 😀 100",
        "<p>The army <b>may</b> leave &amp; the <a href='x'>reports suggest</a> more.</p>",
        "“He ‘may leave\", she said. ''Reports suggest`` that's so’ if",
        "if " * 5000,
        "He said that " * 400 + "they may leave.",
        "not",
        "more than",
        "could",
        "...",
    ],
)
def test_bad_input_is_annotated_with_right_offsets(tell, text):
    story = tell(text)
    schema.check_trace(an.hedges(story), story.articles)


def test_no_cue_gives_an_empty_table_with_all_columns(tell):
    table = an.hedges(tell("He left."))
    assert table.empty
    assert table.columns.tolist() == schema.HEDGES.names
