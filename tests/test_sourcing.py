"""Attributions by construction, in the seeds, and the tables made of them."""

import re

import pytest
from attribution_marks import labeller, read_marks

import analysis as an
from analysis import schema
from analysis.attribution_model import Relation
from analysis.sourcing import attributions, joined

# Construction -> sentences with every attribution marked in them.
CONSTRUCTIONS = {
    "verb + noun phrase": [
        "On Monday, <s>the mayor of Delft</s> <c>endorsed</c> <t>the plan for a new tram line</t>.",
        "<s>Farmers’ unions</s> <c>have criticised</c> <t>the ban on two pesticides</t>.",
    ],
    "verb + bare clause": [
        "<s>The hospital</s> <c>said</c> <t>four of the injured were in intensive care</t>.",
        "<s>Dr. Amina Yusuf</s> <c>believes</c> <t>the vaccine will be ready by spring</t>.",
    ],
    "verb + that-clause": [
        "<s>The central bank</s> <c>warned</c> <t>that inflation could rise again next year</t>.",
    ],
    "verb + partly quoted clause": [
        "<s>Coach Ilse Brandt</s> <c>said</c> <t>her team was “second best in every duel”</t>.",
        '<s>The judge</s> <c>called</c> <t>the evidence "thin and contradictory"</t>.',
    ],
    "quotation on both sides of the cue": [
        "<t>“The river rose faster than anyone expected,”</t> <s>fire chief Omar Haddad</s> "
        "<c>said</c>. <t>“We had minutes, not hours.”</t>",
    ],
    "quotation, then X said": [
        '<t>"We will not raise prices this year,"</t> <s>chief executive Dana Wu</s> <c>said</c>.',
    ],
    "quotation, then said X": [
        "<t>“Nobody was hurt,”</t> <c>said</c> <s>Lena Petrova, a spokeswoman for the airline</s>.",
    ],
    "nominal cue": [
        "<s>The ministry’s</s> <c>claim</c> <t>that the dam was safe</t> did not hold for long.",
        "Shares fell on <s>the company’s</s> <c>announcement</c> <t>that it would close two plants"
        "</t>.",
    ],
    "verb + preposition + phrase": [
        "<s>The opposition</s> <c>called for</c> <t>an independent inquiry into the crash</t>.",
    ],
    "mixed clause, cue last": [
        "<t>The talks were “constructive” but would take longer</t>, <s>the envoy</s> <c>said</c>.",
    ],
    "light verb + noun": [
        "<s>Several scientists</s> <c>raised concerns about</c> <t>the size of the trial</t>.",
    ],
    "clause first, cue last, unquoted": [
        "<t>The bridge will stay closed until Friday</t>, <s>officials</s> <c>said</c>.",
    ],
    "clause around the cue": [
        "<t>The fire</t>, <s>investigators</s> <c>said</c>, <t>had started in the engine room</t>.",
    ],
    "source verb quotation": [
        "<s>Captain Jo Lind</s> <c>said</c>, <t>“I have never seen waves like these.”</t>",
    ],
    "verb + to-infinitive": [
        "<s>The minister</s> <c>declined</c> <t>to comment on the report</t>.",
        "<s>The union</s> <c>wants</c> <t>to negotiate with the new owners</t>.",
    ],
    "passive, no source": [
        "<t>The suspect</t> <c>is believed</c> <t>to have left the country on Sunday</t>.",
        "<t>The court</t> <c>is expected</c> <t>to rule in June</t>.",
    ],
    "according to": [
        "<c>According to</c> <s>police</s>, <t>the driver had ignored a red light</t>.",
        "<t>Nearly 300 homes were damaged</t>, <c>according to</c> <s>the regional government</s>.",
    ],
    "verb + wh or if clause": [
        "<s>Investors</s> <c>wonder</c> <t>whether the merger will go through</t>.",
    ],
    "passive with source": [
        "<t>The decision</t> <c>was condemned by</c> <s>human rights groups</s>.",
    ],
    "adjectival cue": [
        "<s>Rescuers</s> <c>were confident</c> <t>that the miners would be found alive</t>.",
    ],
    "colon": [
        "<s>The prime minister</s> <c>told reporters:</c> <t>“We will rebuild every school.”</t>",
    ],
    "adverb": [
        "<t>The striker</t> <c>reportedly</c> <t>left the club after a quarrel in March</t>.",
    ],
    "source is a document": [
        "<s>A study of 4,000 children</s> <c>shows</c> <t>that sleep improves memory</t>.",
    ],
    "relative clause": [
        "The letter was sent by Maria Keller, <s>who</s> <c>said</c> <t>she had warned the board "
        "twice</t>.",
    ],
    "list of sources": [
        "<s>France, Germany and Poland</s> <c>said</c> <t>the ceasefire must hold</t>.",
    ],
    "verb of approval in a bare short sentence": [
        "<s>France, Germany and Poland</s> <c>welcomed</c> <t>the ceasefire</t>.",
    ],
    "doubled single quotation marks": [
        "<t>''We lost the second half,''</t> <s>coach Ilse Brandt</s> <c>said</c>. "
        "<t>''That is all.''</t>",
    ],
    "straight marks, split": [
        '<t>"The data are clear,"</t> <s>Yusuf</s> <c>said</c>. <t>"The drug works."</t>',
    ],
    "apostrophes are no quotation marks": [
        "<s>The farmers’ leader</s> <c>said</c> <t>it wasn’t the state’s money</t>. The state’s "
        "lawyers left at nine o’clock.",
    ],
    "quotation over several sentences": [
        "<s>Omar Haddad</s> <c>said</c>: <t>“The first house went at noon. The second went an hour "
        "later. After that we stopped counting.”</t>",
    ],
    "quotation over two paragraphs, the first left open": [
        "<t>“We had no warning at all,</t> <s>Petrova</s> <c>said</c>. <t>“The engines simply "
        "stopped.\n\n“Then the crew told us to brace.”</t>",
    ],
    "unclosed mark": [
        "<t>“The tunnel is safe,</t> <s>engineer Paul Ruiz</s> <c>said</c> on Friday.\n\n"
        "Traffic returned on Monday.",
    ],
    "negated": [
        "<s>The airline</s> <c>did not confirm</c> <t>the number of passengers</t>.",
    ],
    "desire": [
        "<s>Residents</s> <c>hope</c> <t>the school will reopen before winter</t>.",
    ],
}
HEADLINES = {
    "headline, says": (
        "<t>Glacier lost a third of its ice in ten years</t>, <c>says</c> <s>Swiss team</s>"
    ),
    "headline, colon": "<s>Haddad</s><c>:</c> <t>‘We had minutes, not hours’</t>",
    "headline, dash": "<t>Flood plan came too late</t> <c>–</c> <s>fire chief</s>",
}
BODY = "\n\nThe valley was quiet again on Tuesday. Shops had opened, and buses ran.\n"
# Construction -> why the model does not find it; the docstring of `attributions` lists them.
LIMITS = {
    "verb of approval in a bare short sentence": "the verb alone gives the model too little",
    "headline, dash": "a dash alone is not taken for a cue",
}

CASES = [
    pytest.param(
        text + BODY,
        id=f"{name} {number}",
        marks=[pytest.mark.xfail(reason=LIMITS[name], strict=True)] if name in LIMITS else [],
    )
    for name, texts in CONSTRUCTIONS.items()
    for number, text in enumerate(texts, 1)
] + [
    pytest.param(
        text + BODY,
        id=name,
        marks=[pytest.mark.xfail(reason=LIMITS[name], strict=True)] if name in LIMITS else [],
    )
    for name, text in HEADLINES.items()
]


def characters(text, spans):
    """Positions of letters and digits under the spans."""
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def agree(left, right):
    return bool(left & right) or (not left and not right)


@pytest.mark.parametrize("marked", CASES)
def test_construction(tell, marked):
    text, wanted = read_marks(marked)
    story = tell(text)
    table = an.attributions(story)
    schema.check_trace(table, story.articles)
    rows = list(table[table["parent"].isna()].itertuples())
    for relation in wanted:
        content = characters(text, relation.content)
        fitting = [
            row
            for row in rows
            if len(content & characters(text, row.content_spans))
            >= 0.75 * len(content | characters(text, row.content_spans))
        ]
        assert fitting, [(row.source, row.cue, row.content) for row in rows]
        row = fitting[0]
        assert agree(characters(text, relation.source), characters(text, row.source_spans)), row
        if joined(text, relation.cue) not in (":", "–"):
            assert agree(characters(text, relation.cue), characters(text, row.cue_spans)), row


# Article number, source (part of it), cue (part of it), content (part of it).
SEEDS = [
    (0, "National Intelligence Agency", "according to", "has reportedly sent additional soldiers"),
    (0, "", "", "that over 10,000 North Korean troops were deployed"),
    (0, "Moscow and Pyongyang", "not officially confirmed", "the deployment"),
    (0, "South Korea’s NIS", "informed", "have been sent back"),
    (0, "The intelligence official", "stated", "some additional troop deployments appear"),
    (0, "The intelligence official", "stated", "though the exact scale is still being assessed"),
    (0, "Ukraine", "claimed", "suffered heavy losses and were pulled back"),
    (0, "", "reportedly", "More than 10,000 North Korean soldiers"),
    (0, "", "reportedly", "sent to Russia last year"),
    (0, "", "believed", "Their primary role"),
    (0, "", "believed", "supporting Russian forces in logistics"),
    (0, "reports", "indicate", "some engaged in combat operations"),
    (0, "", "reportedly", "strengthened military ties"),
    (0, "", "believed", "supplying weapons and ammunition to Russia"),
    (0, "Western intelligence reports", "suggest", "provided artillery shells, rockets"),
    (0, "The U.S., South Korea, and NATO", "condemned", "Pyongyang’s actions"),
    (0, "The U.S., South Korea, and NATO", "warning", "potential sanctions"),
    (0, "", "reports", "that Pyongyang withdrew some of its troops"),
    (0, "Ukrainian forces", "claimed", "suffered significant casualties"),
    (0, "The U.S. and its allies", "cited", "Pyongyang’s involvement"),
    (0, "South Korea", "condemned", "North Korea’s military cooperation with Russia"),
    (0, "South Korea", "warning", "it violates UN sanctions"),
    (0, "The U.S. and NATO", "criticized", "the Russia-North Korea alliance"),
    (0, "The U.S. and NATO", "expressing concerns", "the expansion of authoritarian influence"),
    (0, "Moscow and Pyongyang", "not confirmed", "the deployment of North Korean troops"),
    (0, "Western nations", "condemn", "the move"),
    (1, "South Korean intelligence", "says", "sent more than 1,000 troops"),
    (1, "", "reportedly", "sent over 1,000 additional troops"),
    (1, "South Korea’s spy agency", "disclosed", "troop redeployments"),
    (1, "Ukraine’s forces", "reported", "North Korean soldiers returning"),
    (1, "South Korean intelligence reports", "According to", "over 1,000 additional soldiers"),
    (1, "National Intelligence Service", "confirmed", "increased movement"),
    (1, "", "reportedly", "The redeployment"),
    (1, "Military insiders", "suggested", "the number surpasses 1,000 troops"),
    (1, "", "believed", "to have been sent in response"),
    (1, "Military experts", "argue", "could be indicative of strategic alliances"),
    (1, "", "reports", "these troops temporarily withdrawing"),
    (1, "firsthand accounts", "confirm", "their return"),
    (1, "The Ukrainian military", "perceives", "this as an escalation"),
    (1, "who", "reaffirmed", "the commitment to resist"),
    (1, "Analysts", "believe", "Pyongyang may be leveraging this conflict"),
    (1, "The United Nations", "concern", "the potential involvement of external states"),
    (1, "The United Nations", "urging", "caution to prevent the conflict"),
]


@pytest.fixture(scope="module")
def seed_table(seeds):
    return an.attributions(seeds)


@pytest.mark.parametrize(("number", "source", "cue", "content"), SEEDS)
def test_seeds(seeds, seed_table, number, source, cue, content):
    rows = seed_table[seed_table["article"] == seeds.ids[number]]
    found = [
        row
        for row in rows.itertuples()
        if (source in row.source if source else row.source in ("", "previous reports", "reports"))
        and cue in row.cue
        and content in joined_loosely(row.cue + " " + row.content)
    ]
    assert found, rows[["source", "cue", "content"]].to_string()


def joined_loosely(text):
    return re.sub(r" \[…\]", "", text)


def test_seed_speakers_and_types(seeds, seed_table):
    schema.check_trace(seed_table, seeds.articles)
    by_source = seed_table.set_index("source")
    agency, service = "South Korea’s National Intelligence Agency (NIS)", "South Korea’s NIS"
    assert by_source.loc[agency, "speaker"] == by_source.loc[service, "speaker"]
    assert (
        by_source.loc["South Korean intelligence", "speaker"] == by_source.loc[service, "speaker"]
    )
    assert by_source.loc["The intelligence official", "speaker"] == "intelligence official"
    assert not by_source.loc["The intelligence official", "named"]
    assert by_source.loc["Military insiders", "source_type"] == "anonymous"
    assert by_source.loc["Military experts", "source_type"] == "expert"


def test_same_table_in_any_order_of_articles(seeds, seed_table):
    frame = seeds.articles[["article", "text"]].iloc[::-1]
    turned = an.attributions(an.load(frame))
    for article in seeds.ids:
        left = seed_table[seed_table["article"] == article].reset_index(drop=True)
        right = turned[turned["article"] == article].reset_index(drop=True)
        assert left.equals(right)


def test_nothing_is_found_in_nothing(tell):
    story = tell("The valley was quiet.")
    table = attributions(story, labeller=lambda text: [])
    assert table.empty
    assert table.columns.tolist() == schema.ATTRIBUTIONS.names
    assert an.sources(story, table=table).empty
    shares = an.source_shares(story, table=table)
    assert shares.loc[0, ["words", "attributed", "unattributed"]].tolist() == [4, 0, 4]


def test_spans_outside_paragraphs_are_cut(tell):
    # the date stamp is no part of the article, and the heading no part of the sentence after it
    text = "date 2025-02-27 Snow fell, police said.\n\nRoads and rails\n\nIt is expected to melt.\n"
    stamp = Relation(((27, 33),), ((34, 38),), ((0, 25),), 0.9)
    over = Relation((), ((text.index("is expected"), text.index(" to melt")),), ((41, 60),), 0.9)
    story = tell(text)
    table = attributions(story, labeller=lambda asked: [stamp, over] if len(asked) > 60 else [])
    schema.check_trace(table, story.articles)
    assert table["content"].tolist() == ["Snow fell", "It"]


def test_source_of_another_paragraph_is_none(tell):
    text = "Ann Lee arrived.\n\nSnow is expected to fall.\n"
    wrong = Relation(((0, 7),), ((23, 34),), ((18, 22), (35, 42)), 0.9)
    story = tell(text)
    table = attributions(story, labeller=lambda asked: [wrong] if asked == text else [])
    assert table["source"].tolist() == [""]
    assert table["source_type"].tolist() == ["unnamed"]


@pytest.mark.parametrize(
    ("marked", "form"),
    [
        ("<s>Ann</s> <c>said</c> <t>that it rained</t>.", "indirect"),
        ("<t>“It rained,”</t> <s>Ann</s> <c>said</c>.", "direct"),
        ("<s>Ann</s> <c>said</c> <t>it “rained all day”</t>.", "mixed"),
        ("<t>''It rained,''</t> <s>Ann</s> <c>said</c>. <t>''All day.''</t>", "direct"),
        ("<s>Ann</s> <c>said</c> <t>it wasn’t Bo’s day</t>.", "indirect"),
    ],
)
def test_form(tell, marked, form):
    text, _ = read_marks(marked)
    assert attributions(tell(text), labeller=labeller(marked))["form"].tolist() == [form]


HAND = (
    "<s1>Ann Lee</s1> <c1>said</c1> <t1>that snow fell</t1>. <s2>Lee</s2> <c2>added</c2> "
    "<t2>that it was deep</t2>. <t3>Roads</t3> <c3>are believed</c3> <t3>to be closed</t3>. "
    "<s4>Ann Lee and officials</s4> <c4>want</c4> <t4>help</t4>. Nobody came."
)


def test_sources_and_shares_by_hand(tell):
    # words: said-sentence 6, added-sentence 6, Roads 6, want 6, Nobody 2 = 26
    text, _ = read_marks(HAND)
    story = tell(text)
    table = attributions(story, labeller=labeller(HAND))
    sources = an.sources(story, table=table)
    schema.check_trace(sources, story.articles)
    counts = sources.set_index("speaker")[["attributions", "words", "named"]]
    assert counts.loc["Ann Lee"].tolist() == [3, 3 + 4 + 1, True]
    assert counts.loc["officials"].tolist() == [1, 1, False]
    assert counts.loc[""].tolist() == [1, 4, False]
    assert sources["share"].tolist() == [8 / 26, 4 / 26, 1 / 26]
    shares = an.source_shares(story, table=table).iloc[0]
    assert shares["words"] == 26
    assert shares[["named", "not_named", "no_source"]].tolist() == [8, 0, 4]
    assert shares[["attributed", "unattributed"]].tolist() == [12, 14]
    assert shares["attributed_share"] == 12 / 26


HEARSAY = [
    ("The agreement reportedly strengthened ties.", ["The agreement", "strengthened ties"]),
    (
        "More than 300 soldiers were allegedly sent abroad last year.",
        ["More than 300 soldiers were", "sent abroad last year"],
    ),
    (
        "The march reportedly began at noon, drawing crowds from the suburbs.",
        ["The march", "began at noon"],
    ),
]


@pytest.mark.parametrize(("sentence", "content"), HEARSAY)
def test_hearsay_adverbs_take_their_clause(tell, sentence, content):
    table = attributions(tell(sentence), labeller=lambda text: [])
    row = table.iloc[0]
    assert [sentence[a:b] for a, b in row["content_spans"]] == content
    assert (row["source"], row["source_type"], row["rule"]) == ("", "unnamed", "hearsay adverb")


# text with the model’s answer marked in it; source, cue and content that the table must have
ACCUSED = [
    (
        "<s>Gang boss Marek Dunn, 44,</s> <c>allegedly ordered</c> <t>the bank raid</t>.",
        ("", "allegedly", "Gang boss Marek Dunn, 44 […] ordered the bank raid"),
    ),
    (
        "<s>The minister</s> <c>supposedly approved</c> <t>the sale</t>.",
        ("", "supposedly", "The minister […] approved the sale"),
    ),
    (
        "<t>The nurse</t> <c>reportedly planned</c> <t>the theft</t>.",
        ("", "reportedly", "The nurse […] planned the theft"),
    ),
    (
        "<s>She</s> <c>reportedly told</c> the board <t>that sales had fallen</t>.",
        ("She", "reportedly told", "that sales had fallen"),
    ),
    (
        "<s>The coach</s> <c>purportedly believes</c> <t>that the goal stood</t>.",
        ("The coach", "purportedly believes", "that the goal stood"),
    ),
    (
        "<s>The driver</s> <c>allegedly took part in</c> <t>the raid</t>.",
        ("", "allegedly", "The driver […] took part in the raid"),
    ),
    (
        "<s>Two members</s> <c>reportedly raised doubts about</c> <t>the price</t>.",
        ("Two members", "reportedly raised doubts about", "the price"),
    ),
    (
        "<s>The mayor</s> <c>quickly ordered</c> <t>a new count</t>.",
        ("The mayor", "quickly ordered", "a new count"),
    ),
]


@pytest.mark.parametrize(("marked", "expected"), ACCUSED)
def test_the_accused_is_no_source(tell, marked, expected):
    table = attributions(tell(read_marks(marked)[0]), labeller=labeller(marked))
    assert list(table[["source", "cue", "content"]].itertuples(index=False, name=None)) == [
        expected
    ]


def test_the_accused_is_no_source_inside_an_attribution(tell):
    text = "Ann Lee wrote that the treasurer allegedly ordered the theft of the files."
    piece = text[14:-1]
    outer = Relation(((0, 7),), ((8, 13),), ((14, len(text) - 1),), 0.9)
    at = piece.index
    inner = Relation(
        ((at("the t"), at(" alleg")),),
        ((at("alleg"), at(" the theft")),),
        ((at("the theft"), len(piece)),),
        0.9,
    )
    story = tell(text)
    table = attributions(
        story, labeller=lambda asked: {text: [outer], piece: [inner]}.get(asked.strip(), [])
    )
    schema.check_trace(table, story.articles)
    assert table["cue"].tolist() == ["wrote", "allegedly"]
    assert table["source"].tolist() == ["Ann Lee", ""]


def test_hearsay_inside_an_attribution_is_its_child(tell):
    marked = "<s>Ann Lee</s> <c>wrote</c> <t>that the ship had reportedly sunk off Malta</t>."
    table = attributions(tell(read_marks(marked)[0]), labeller=labeller(marked))
    assert table["cue"].tolist() == ["wrote", "reportedly"]
    assert table["parent"].tolist()[1] == 0
    assert table["parent"].isna().tolist() == [True, False]


def test_hearsay_nouns_take_their_clause(tell):
    text = "The blast was followed by reports that two ships had left Malta."
    row = attributions(tell(text), labeller=lambda asked: []).iloc[0]
    assert (row["cue"], row["content"]) == ("reports", "that two ships had left Malta")
    assert (row["source_type"], row["rule"]) == ("unnamed", "hearsay noun")


def test_unquoted_content_of_another_sentence_is_dropped(tell):
    text = "Ann Lee said that snow fell. The roads were closed."
    wide = Relation(((0, 7),), ((8, 12),), ((13, 27), (33, 38)), 0.9)
    table = attributions(tell(text), labeller=lambda asked: [wide] if asked == text else [])
    assert table["content"].tolist() == ["that snow fell"]


def test_a_list_of_sources_is_completed(tell):
    text = "The U.S., South Korea, and NATO have condemned the move."
    short = Relation(((0, 26),), ((32, 46),), ((47, 55),), 0.9)
    table = attributions(tell(text), labeller=lambda asked: [short])
    assert table["source"].tolist() == ["The U.S., South Korea, and NATO"]
    assert table["rule"].tolist() == ["model, list"]


def test_model_of_another_folder_must_exist(tell, monkeypatch, tmp_path):
    monkeypatch.setenv("TELLINGS_ATTRIBUTION_MODEL", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="attribution model"):
        an.attributions(tell("Snow fell."))
