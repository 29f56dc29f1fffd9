"""Merging of speakers, types of sources, and who counts as named."""

import pandas as pd
import pytest
from attribution_marks import labeller, read_marks

import analysis as an
from analysis import schema
from analysis.errors import LexiconError
from analysis.source_kinds import kind_of_name, kind_of_phrase, kinds
from analysis.sourcing import attributions


def tell_marked(tell, *marked):
    """Attributions of texts whose sources are marked in them."""
    story = tell(*(read_marks(text)[0] for text in marked))
    table = attributions(story, labeller=labeller(*marked))
    schema.check_trace(table, story.articles)
    return table


NIS = (
    "<s1>South Korea’s National Intelligence Agency (NIS)</s1> <c1>said</c1> <t1>that more "
    "soldiers had left for the front</t1>. <s2>South Korea’s NIS</s2> <c2>informed</c2> AFP "
    "<t2>that troops were sent back</t2>. <s3>The intelligence official</s3> <c3>stated</c3> "
    "<t3>that the scale was still being assessed</t3>."
)


def test_acronym_possessor_and_full_name_are_one_speaker(tell):
    table = tell_marked(tell, NIS)
    assert table["speaker"].tolist() == [
        "South Korea’s National Intelligence Agency (NIS)",
        "South Korea’s National Intelligence Agency (NIS)",
        "intelligence official",
    ]
    assert table["source_type"].tolist() == ["intelligence", "intelligence", "anonymous"]
    assert table["named"].tolist() == [True, True, False]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_same_speaker_has_the_same_name_across_articles_in_any_order(order):
    marked = [
        NIS,
        "<s1>South Korea’s spy agency</s1> <c1>said</c1> <t1>that it saw trains on Monday</t1>. "
        "<s2>South Korea’s National Intelligence Service (NIS)</s2> <c2>added</c2> "
        "<t2>that they carried soldiers</t2>.",
    ]
    texts = [read_marks(text)[0] for text in marked]
    frame = pd.DataFrame({"article": ["a", "b"], "text": texts}).iloc[list(order)]
    story = an.load(frame)
    table = attributions(story, labeller=labeller(*marked))
    names = set(table.loc[table["source_type"] == "intelligence", "speaker"])
    assert names == {"South Korea’s National Intelligence Service (NIS)"}


# text, speakers in order
MERGED = {
    "surname, title and possessive": (
        "<s1>Oleksandr Syrskyi</s1> <c1>said</c1> <t1>the line would hold</t1>. "
        "<s2>General Syrskyi</s2> <c2>added</c2> <t2>that losses were high</t2>. "
        "<s3>Syrskyi’s</s3> <c3>claim</c3> <t3>that the enemy had fled</t3> was not backed.",
        ["Oleksandr Syrskyi"] * 3,
    ),
    "a capital is its state": (
        "<s1>Moscow</s1> <c1>denied</c1> <t1>the report</t1>. <s2>Russia and North Korea</s2> "
        "<c2>said</c2> <t2>the talks went well</t2>. <s3>Pyongyang</s3> <c3>said</c3> "
        "<t3>it would send more men</t3>.",
        ["Russia", "Russia; North Korea", "North Korea"],
    ),
    "nobody is called it": (
        "The plan raised doubts. Nobody liked <s1>its</s1> <c1>fears of</c1> <t1>a war</t1>.",
        [""],
    ),
    "allies without their possessive": (
        "<s1>The U.S. and its allies</s1> <c1>said</c1> <t1>the deal was illegal</t1>.",
        ["U.S.; allies"],
    ),
    "titles tell namesakes apart": (
        "Barack Obama and Michelle Obama spoke in Chicago. <s1>Mr. Obama</s1> <c1>said</c1> "
        "<t1>the museum mattered</t1>. <s2>Mrs. Obama</s2> <c2>said</c2> <t2>she was moved</t2>.",
        ["Barack Obama", "Michelle Obama"],
    ),
    "two namesakes without a title stay apart from both": (
        "James Miller met Anna Miller in Boston. <s1>Miller</s1> <c1>said</c1> <t1>it rained</t1>.",
        ["Miller"],
    ),
    "apposition before and after the name": (
        "<s1>The agency’s director, Jane Holt,</s1> <c1>said</c1> <t1>the dam was safe</t1>. "
        "<s2>Holt, who lives nearby,</s2> <c2>denied</c2> <t2>any danger</t2>.",
        ["Jane Holt", "Jane Holt"],
    ),
    "he and she": (
        "<s1>Mayor Anna Berg</s1> <c1>said</c1> <t1>the bridge was closed</t1>. <s2>She</s2> "
        "<c2>urged</c2> <t2>drivers to stay away</t2>. <s3>Police chief Tom Reed</s3> "
        "<c3>said</c3> <t3>two lanes would open</t3>. <s4>He</s4> <c4>asked</c4> <t4>for "
        "patience</t4>.",
        ["Anna Berg", "Anna Berg", "Tom Reed", "Tom Reed"],
    ),
    "a pronoun with two possible antecedents stays a pronoun": (
        "Mark Hill and David Stone met. <s1>He</s1> <c1>said</c1> <t1>the talks failed</t1>.",
        ["he"],
    ),
    "the gender decides between two": (
        "Susan Hill and David Stone met. <s1>She</s1> <c1>said</c1> <t1>the talks failed</t1>.",
        ["Susan Hill"],
    ),
    "a relative pronoun is its antecedent": (
        "The award went to Maria Lopez, <s1>who</s1> <c1>called</c1> <t1>it an honour</t1>.",
        ["Maria Lopez"],
    ),
    "names in a list are several speakers": (
        "<s1>The U.S., South Korea, and NATO</s1> <c1>have condemned</c1> <t1>the move</t1>.",
        ["U.S.; South Korea; NATO"],
    ),
    "variants of well-known names": (
        "<s1>The United States</s1> <c1>welcomed</c1> <t1>the step</t1>. <s2>The US</s2> "
        "<c2>wants</c2> <t2>further talks</t2>. <s3>The UN</s3> <c3>called for</c3> "
        "<t3>calm</t3>. <s4>The United Nations</s4> <c4>urged</c4> <t4>restraint</t4>.",
        ["U.S.", "U.S.", "United Nations", "United Nations"],
    ),
    "a country’s army by other names": (
        "<s1>Ukraine’s forces</s1> <c1>reported</c1> <t1>heavy shelling</t1>. <s2>The Ukrainian "
        "military</s2> <c2>said</c2> <t2>that it had held the town</t2>.",
        ["Ukrainian military", "Ukrainian military"],
    ),
    "anonymous descriptions by their wording": (
        "<s1>A senior official</s1> <c1>said</c1> <t1>talks went on</t1>. <s2>The senior "
        "official</s2> <c2>denied</c2> <t2>a rift</t2>. <s3>Two diplomats</s3> <c3>disagreed</c3> "
        "<t3>with that</t3>.",
        ["senior official", "senior official", "two diplomats"],
    ),
    "a surname with a capitalised verb is no name": (
        "Barack Obama came. Obama Says No. Barack Obama left. <s>He</s> <c>called</c> <t>it a "
        "day</t>.",
        ["Barack Obama"],
    ),
    "no name is cut or divided": (
        "<s1>The U.N.</s1> <c1>urged</c1> <t1>calm</t1>. <s2>The British and Nordic Space "
        "Office</s2> <c2>said</c2> <t2>the probe was lost</t2>.",
        ["United Nations", "British and Nordic Space Office"],
    ),
    "one ministry by its names, and the one named last": (
        "<s1>The Defence Ministry of the Republic of Orland</s1> <c1>said</c1> <t1>it won</t1>. "
        "<s2>The ministry</s2> <c2>denied</c2> <t2>losses</t2>. <s3>Orland’s Ministry of "
        "Defence</s3> <c3>added</c3> <t3>nothing</t3>. <s4>The Finance Ministry</s4> <c4>said</c4> "
        "<t4>taxes would rise</t4>. <s5>The ministry</s5> <c5>said</c5> <t5>fares would fall</t5>. "
        "<s6>The Defence Ministry</s6> <c6>said</c6> <t6>so too</t6>.",
        [
            *["Defence Ministry of the Republic of Orland"] * 3,
            *["Finance Ministry"] * 2,
            "Defence Ministry of the Republic of Orland",
        ],
    ),
    "ministries of two states": (
        "<s1>Russia’s Defence Ministry</s1> <c1>said</c1> <t1>it won</t1>. <s2>Ukraine’s Defence "
        "Ministry</s2> <c2>denied</c2> <t2>losses</t2>. <s3>The Russian Defence Ministry</s3> "
        "<c3>said</c3> <t3>more</t3>.",
        ["Russia’s Defence Ministry", "Ukraine’s Defence Ministry", "Russia’s Defence Ministry"],
    ),
    "a ministry nobody named": (
        "<s1>The ministry</s1> <c1>said</c1> <t1>it had won</t1>. <s2>Finance Ministry "
        "officials</s2> <c2>denied</c2> <t2>losses</t2>.",
        ["ministry", "Finance Ministry officials"],
    ),
    "no source": ("<t1>The bridge</t1> <c1>is expected</c1> <t1>to open on Friday</t1>.", [""]),
}


@pytest.mark.parametrize(("text", "speakers"), MERGED.values(), ids=MERGED.keys())
def test_speakers(tell, text, speakers):
    assert tell_marked(tell, text)["speaker"].tolist() == speakers


def test_first_person_inside_a_quotation_is_its_speaker(tell):
    text = "“<t1>I think the dam is safe</t1>,” <c1>said</c1> <s1>engineer Ruth Vale</s1>."
    plain, outer = read_marks(text)
    _, inner = read_marks("<s1>I</s1> <c1>think</c1> <t1>the dam is safe</t1>")
    answers = {plain: outer, "I think the dam is safe": inner}
    story = tell(plain)
    table = attributions(story, labeller=lambda asked: answers.get(asked, []))
    schema.check_trace(table, story.articles)
    assert table["speaker"].tolist() == ["Ruth Vale", "Ruth Vale"]
    assert table["parent"].isna().tolist() == [True, False]
    assert table["parent"].tolist()[1] == 0
    assert table["voice"].tolist() == ["own", "quoted"]


# source phrase in its sentence, source type, named
TYPES = [
    ("<s>The Russian defence ministry</s> <c>said</c> <t>it was ready</t>.", "government", True),
    ("<s>Moscow</s> <c>denied</c> <t>the report</t>.", "government", True),
    ("<s>Ukrainian forces</s> <c>claimed</c> <t>a breakthrough</t>.", "military", True),
    ("<s>The CIA</s> <c>said</c> <t>it had no comment</t>.", "intelligence", True),
    ("<s>NATO</s> <c>condemned</c> <t>the attack</t>.", "international organisation", True),
    ("<s>The Republican National Committee</s> <c>backed</c> <t>it</t>.", "party/politician", True),
    ("<s>Senator Ruth Vale</s> <c>opposed</c> <t>the bill</t>.", "party/politician", True),
    ("<s>The Mercury Times</s> <c>reported</c> <t>that he had left</t>.", "media", True),
    ("<s>Military experts</s> <c>argue</c> <t>that it matters</t>.", "expert", False),
    ("<s>Prof. Ada Quill</s> <c>said</c> <t>the virus had changed</t>.", "expert", True),
    ("<s>People familiar with the talks</s> <c>said</c> <t>they failed</t>.", "anonymous", False),
    ("<s>A report</s> <c>says</c> <t>that sleep helps</t>.", "document", False),
    ("<s>Authorities</s> <c>closed</c> <t>the case</t>.", "government", False),
    ("<s>The student, Annelies Brouwer,</s> <c>denied</c> <t>it</t>.", "civilian", True),
    ("<s>A study</s> <c>shows</c> <t>that sleep helps</t>.", "document", False),
    ("<s>Residents</s> <c>said</c> <t>they heard a blast</t>.", "civilian", False),
    ("<s>The company</s> <c>said</c> <t>sales had fallen</t>.", "company", False),
    ("<s>Tim Cook, the chief executive of Apple,</s> <c>said</c> <t>so</t>.", "company", True),
    ("<s>Officials</s> <c>said</c> <t>the road was closed</t>.", "anonymous", False),
    ("<s>Military insiders</s> <c>suggested</c> <t>a number</t>.", "anonymous", False),
    ("<s>A White House official</s> <c>said</c> <t>talks failed</t>.", "anonymous", False),
    ("<s>A White House spokesman</s> <c>said</c> <t>talks failed</t>.", "government", True),
    ("<s>A spokeswoman</s> <c>said</c> <t>talks failed</t>.", "anonymous", False),
    ("<s>Reports</s> <c>indicate</c> <t>that some fought</t>.", "unnamed", False),
    ("<t>Snow</t> <c>is expected</c> <t>to fall</t>.", "unnamed", False),
    ("<s>Western governments</s> <c>are watching</c> <t>the events</t>.", "government", False),
    ("<s>Western intelligence reports</s> <c>suggest</c> <t>more</t>.", "intelligence", False),
    ("<s>Coach Lena Bartos</s> <c>praised</c> <t>the defence</t>.", "other", True),
    # who heads or speaks for a body has the body's type
    ("<s>A spokesman for the rebels</s> <c>said</c> <t>it had fallen</t>.", "military", False),
    ("<s>Rebel commander Idris Kuol</s> <c>denied</c> <t>it</t>.", "military", True),
    ("<s>The guerrillas’ ringleader, Pio Maran,</s> <c>denied</c> <t>it</t>.", "military", True),
    ("<s>The militia’s ringleader Pio Maran</s> <c>denied</c> <t>it</t>.", "military", True),
    ("<s>The insurgent leader</s> <c>said</c> <t>talks had failed</t>.", "military", False),
    ("<s>A militia spokesman</s> <c>said</c> <t>two men had left</t>.", "military", False),
    ("<s>NLM chief Pio Maran</s> <c>said</c> <t>it would go on</t>.", "other", True),
    ("<s>A Liberation Front spokesman</s> <c>said</c> <t>it had won</t>.", "other", True),
    ("<s>Oxfam chief Lina Moe</s> <c>said</c> <t>the camps were full</t>.", "other", True),
    ("<s>The party leader</s> <c>said</c> <t>talks had failed</t>.", "party/politician", False),
    ("<s>Police chief Tom Reed</s> <c>said</c> <t>roads were shut</t>.", "government", True),
    ("<s>Police commander Tom Reed</s> <c>said</c> <t>so</t>.", "government", True),
    ("<s>Treasury Secretary Janet Yellen</s> <c>said</c> <t>so</t>.", "government", True),
    ("<s>The army’s chief, Jan Kross,</s> <c>said</c> <t>so</t>.", "military", True),
    ("<s>French President Emmanuel Macron</s> <c>said</c> <t>so</t>.", "government", True),
    # who held an office
    ("<s>Jo Weil, a former artillery officer,</s> <c>said</c> <t>it fell</t>.", "other", True),
    ("<s>An ex-army officer</s> <c>said</c> <t>the road was mined</t>.", "other", False),
    ("<s>A retired police chief</s> <c>said</c> <t>files were lost</t>.", "other", False),
    ("<s>A former mayor</s> <c>said</c> <t>files were lost</t>.", "party/politician", False),
    ("<s>A former foreign secretary</s> <c>said</c> <t>so</t>.", "party/politician", False),
    ("<s>A retired bus driver</s> <c>said</c> <t>it was loud</t>.", "civilian", False),
    (
        "<s>The officer, who met former colleagues,</s> <c>denied</c> <t>it</t>.",
        "government",
        False,
    ),
    ("<s>Orlan Teviss, the transport minister,</s> <c>said</c> <t>so</t>.", "government", True),
    # figures are numbers or persons
    ("<s>Some opposition figures</s> <c>allege</c> <t>fraud</t>.", "party/politician", False),
    ("<s>Several industry figures</s> <c>warned of</c> <t>job losses</t>.", "anonymous", False),
    ("<s>Official figures</s> <c>suggest</c> <t>that prices rose</t>.", "document", False),
    ("<s>The latest figures</s> <c>say</c> <t>that prices rose</t>.", "document", False),
]


@pytest.mark.parametrize(("text", "source_type", "named"), TYPES, ids=[text for text, *_ in TYPES])
def test_types(tell, text, source_type, named):
    row = tell_marked(tell, text + " The weather was fine on that day.").iloc[0]
    assert (row["source_type"], row["named"]) == (source_type, named)


def test_the_type_is_known_from_elsewhere_in_the_story(tell):
    table = tell_marked(
        tell,
        "<s>Orlan Teviss, the transport minister,</s> <c>said</c> <t>trains would run</t>. "
        "<s2>Orlan Teviss</s2> <c2>denied</c2> <t2>a delay</t2>. <s3>Mr Teviss</s3> <c3>added</c3> "
        "<t3>that buses would too</t3>.",
        "<s>Orlan Teviss</s> <c>denied</c> <t>any delay on the line</t>.",
    )
    assert set(table["speaker"]) == {"Orlan Teviss"}
    assert set(table["source_type"]) == {"government"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("National Intelligence Service (NIS)", "intelligence"),
        ("Republican National Committee", "party/politician"),
        ("Christian News Service", "media"),
        ("Ministry of Defence", "government"),
        ("Wayne State University", "expert"),
        ("Acme Holdings", "company"),
        ("Blauer Reiter", ""),
    ],
)
def test_kind_of_name(name, expected):
    assert kind_of_name(name) == expected


@pytest.mark.parametrize(
    ("head", "modifiers", "expected"),
    [
        ("official", ["intelligence"], "anonymous"),
        ("expert", ["military"], "expert"),
        ("report", ["intelligence"], "intelligence"),
        ("report", [], "unnamed"),
        ("report", ["annual"], "document"),
        ("agency", ["spy"], "intelligence"),
        ("teapot", [], ""),
    ],
)
def test_kind_of_phrase(head, modifiers, expected):
    assert kind_of_phrase(head, modifiers) == expected


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("spy,beside,intelligence,1", "place 'beside'"),
        ("spy,head,secret,1", "source_type 'secret'"),
        ("spy,head,intelligence,1\nspy,head,intelligence,1", "stands twice"),
    ],
)
def test_a_wrong_lexicon_is_named(tmp_path, monkeypatch, row, message):
    (tmp_path / "source_types.csv").write_text(f"entry,place,source_type,version\n{row}\n")
    monkeypatch.setattr("analysis.source_kinds.LEXICONS", tmp_path)
    with pytest.raises(LexiconError, match=message):
        kinds.__wrapped__()
