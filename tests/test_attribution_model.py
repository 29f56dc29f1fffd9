"""The attribution labeller: the decoder on made-up scores, the delivered model on sentences."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from analysis import attribution_model as model
from analysis.encoder import WORDS_FILE

# ------------------------------------------------------------- the decoder on made-up scores

ROLE = {"-": 0, "S": 1, "C": 2, "T": 3}


def scores(words, roles, *, cues=None, sources=None, quoted=(), sure=0.9):
    """Words of one window with one letter of `roles` each.

    `cues` says which words of content point to which cue, {cue: words}; `sources` where that cue
    and its content point for their source, {cue: source}. The others point nowhere.
    """
    to_cues = [(word, cue) for cue, content in (cues or {}).items() for word in content]
    to_sources = [
        (word, source)
        for cue, source in (sources or {}).items()
        for word in (cue, *(cues or {})[cue])
    ]
    texts = words.split()
    assert len(texts) == len(roles)
    size = len(texts)
    ends = np.cumsum([len(word) + 1 for word in texts]) - 1
    table = np.full((size, 4), (1 - sure) / 3, dtype=np.float32)
    for number, letter in enumerate(roles):
        table[number, ROLE[letter]] = sure
    begins = np.zeros((size, 3), dtype=np.float32)
    for number, letter in enumerate(roles):
        if letter != "-" and (number == 0 or roles[number - 1] != letter):
            begins[number, ROLE[letter] - 1] = 0.9

    def pointing(pairs):
        rows = np.full((size, 1 + size), 0.02 / size, dtype=np.float32)
        rows[:, 0] = 0.98
        for word, target in pairs:
            rows[word, 0], rows[word, 1 + target] = 0.02, 0.98
        return rows

    return model.Words(
        starts=ends - [len(word) for word in texts],
        ends=ends,
        roles=table,
        begins=begins,
        cues=pointing(to_cues),
        cue_sources=pointing(to_sources),
        content_sources=pointing(to_sources),
        quoted=np.isin(np.arange(size), list(quoted)),
        lexical=np.array([word[0].isalnum() for word in texts]),
        texts=texts,
    )


def found(words, window, **settings):
    """(source, cue, content) of every relation, as texts."""
    relations = model.decode([window], settings=model.Settings(**settings))
    return [
        (shown(words, one.source), shown(words, one.cue), shown(words, one.content))
        for one in relations
    ]


def shown(text, spans):
    return " … ".join(text[start:end] for start, end in spans)


def test_content_on_both_sides_of_a_cue_is_one_relation():
    words = "We lost , said Ann . But we live"
    window = scores(words, "TT-CS-TTT", cues={3: [0, 1, 6, 7, 8]}, sources={3: 4})
    assert found(words, window) == [("Ann", "said", "We lost … But we live")]


def test_a_relation_without_source_is_kept():
    words = "It is thought that rain helps"
    window = scores(words, "-CCTTT", cues={1: [3, 4, 5]})
    assert found(words, window) == [("", "is thought", "that rain helps")]


def test_one_run_of_content_is_cut_between_two_cues():
    words = "rain helps Bo says so Al hopes"
    window = scores(words, "TTSCTSC", cues={3: [0, 1], 6: [4]}, sources={3: 2, 6: 5})
    assert found(words, window) == [("Bo", "says", "rain helps"), ("Al", "hopes", "so")]


def test_marks_around_content_are_left_out_but_an_abbreviation_keeps_its_stop():
    words = "Bo likes , the U . S . ,"
    window = scores(words, "SCTTTTTTT", cues={1: range(2, 9)}, sources={1: 0})
    assert found(words, window) == [("Bo", "likes", "the U . S .")]


def test_a_mark_between_two_parts_of_content_belongs_to_it():
    words = "Bo likes rain , snow"
    window = scores(words, "SCT-T", cues={1: [2, 3, 4]}, sources={1: 0})
    assert found(words, window) == [("Bo", "likes", "rain , snow")]


def test_a_stray_word_beside_longer_content_is_dropped():
    words = "Bo likes the rain today and us"
    window = scores(words, "SCTTT-T", cues={1: [2, 3, 4, 6]}, sources={1: 0})
    assert found(words, window) == [("Bo", "likes", "the rain today")]


def test_a_likely_word_that_content_points_to_becomes_a_cue():
    words = "Bo frets about the rain"
    window = scores(words, "S--TT", cues={1: [3, 4]}, sources={1: 0})
    window.roles[1] = [0.6, 0.02, 0.36, 0.02]
    assert found(words, window, promote_cue=0.2) == [("Bo", "frets", "the rain")]
    assert found(words, window, promote_cue=0.5) == []


def test_a_quotation_goes_on_in_the_next_window():
    first = scores('" Rain ! " said Bo', "TTTTCS", cues={4: range(4)}, quoted=[0, 1])
    second = scores('" And snow "', "TTTT", quoted=[0, 1, 2, 3])
    relations = model.decode([first, second], settings=model.Settings())
    assert [len(one.content) for one in relations] == [2]


def test_doubtful_relations_are_dropped_only_when_asked():
    words = "Bo likes rain"
    window = scores(words, "SCT", cues={1: [2]}, sources={1: 0}, sure=0.7)
    assert found(words, window, least_confidence=0.0) == [("Bo", "likes", "rain")]
    assert found(words, window, least_confidence=0.999) == []


# ------------------------------------------------------------------------ the delivered model


def labelled(text):
    """(source, cue, contents) of every relation, as texts."""
    return [
        (shown(text, one.source), shown(text, one.cue), [text[a:b] for a, b in one.content])
        for one in model.label(text)
    ]


CONSTRUCTIONS = [
    (
        "verb + noun phrase",
        "The union endorsed the senator's plan on Tuesday.",
        "The union",
        "endorsed",
        ["the senator's plan"],
    ),
    (
        "verb + bare clause",
        "Officials said the bridge was closed after the flood.",
        "Officials",
        "said",
        ["the bridge was closed after the flood"],
    ),
    (
        "verb + that-clause",
        "The minister told reporters that the talks had failed.",
        "The minister",
        "told",
        ["that the talks had failed"],
    ),
    (
        "partly quoted",
        "The judge called the delay “a disgrace” and adjourned the case.",
        "The judge",
        "called",
        ["the delay “a disgrace”"],
    ),
    (
        "split quotation",
        '"We lost the roof," said Maria Lopez, a teacher. "But nobody was hurt."',
        "Maria Lopez, a teacher",
        "said",
        ['"We lost the roof,"', '"But nobody was hurt."'],
    ),
    (
        "quotation then X said",
        "“The pumps failed within minutes,” the engineer said.",
        "the engineer",
        "said",
        ["“The pumps failed within minutes,”"],
    ),
    (
        "said X",
        "''The pumps failed within minutes,'' said the engineer.",
        "the engineer",
        "said",
        ["''The pumps failed within minutes,''"],
    ),
    (
        "verb+prep",
        "Aid groups called for an immediate ceasefire.",
        "Aid groups",
        "called for",
        ["an immediate ceasefire"],
    ),
    (
        "mixed, cue last",
        "The vaccine is “safe and effective” for children, the agency said.",
        "the agency",
        "said",
        ["The vaccine is “safe and effective” for children"],
    ),
    (
        "light verb + noun",
        "Scientists raised concerns about the safety of the dam.",
        "Scientists",
        "raised concerns about",
        ["the safety of the dam"],
    ),
    (
        "clause first, cue last",
        "Three people were killed in the crash, police said.",
        "police",
        "said",
        ["Three people were killed in the crash"],
    ),
    (
        "cue inside",
        "The company, analysts say, will miss its targets.",
        "analysts",
        "say",
        ["The company", "will miss its targets"],
    ),
    (
        "infinitive",
        "The airline declined to comment on the accident.",
        "The airline",
        "declined",
        ["to comment on the accident"],
    ),
    (
        "passive no source",
        "The storm is expected to reach the coast on Friday.",
        "",
        "is expected",
        ["The storm", "to reach the coast on Friday"],
    ),
    (
        "according to",
        "According to the report, sales fell by a third.",
        "the report",
        "According to",
        ["sales fell by a third"],
    ),
    (
        "according to last",
        "Sales fell by a third, according to the report.",
        "the report",
        "according to",
        ["Sales fell by a third"],
    ),
    (
        "wh",
        "Investigators do not know why the engine stopped.",
        "Investigators",
        "do not know",
        ["why the engine stopped"],
    ),
    (
        "adjectival",
        "The coach is confident that his team will win on Sunday.",
        "The coach",
        "is confident",
        ["that his team will win on Sunday"],
    ),
    (
        "colon",
        "The minister: “We will not negotiate.”",
        "The minister",
        ":",
        ["“We will not negotiate.”"],
    ),
    (
        "headline says",
        "Floods to get worse, says weather service",
        "weather service",
        "says",
        ["Floods to get worse"],
    ),
    (
        "headline colon",
        "Police: Man arrested after shooting at mall",
        "Police",
        ":",
        ["Man arrested after shooting at mall"],
    ),
    (
        "relative",
        "The doctor, who warned that the virus could spread, was dismissed.",
        "who",
        "warned",
        ["that the virus could spread"],
    ),
    (
        "list of sources",
        "The U.S., South Korea and NATO condemned the missile launch.",
        "The U.S., South Korea and NATO",
        "condemned",
        ["the missile launch"],
    ),
    (
        "nominal source reports",
        "Reports indicate that the troops have crossed the border.",
        "Reports",
        "indicate",
        ["that the troops have crossed the border"],
    ),
    (
        "dash",
        "“It was chaos” – Anna Berg, passenger",
        "Anna Berg, passenger",
        "–",
        ["“It was chaos”"],
    ),
    (
        "belief",
        "Most voters believe the economy is getting worse.",
        "Most voters",
        "believe",
        ["the economy is getting worse"],
    ),
    ("denial", "The senator denied the allegations.", "The senator", "denied", ["the allegations"]),
    (
        "multi-sentence",
        '"We saw smoke. Then the windows broke," Lee said. "Everyone ran. It was over in seconds."',
        "Lee",
        "said",
        ['"We saw smoke. Then the windows broke,"', '"Everyone ran. It was over in seconds."'],
    ),
    (
        "paragraphs",
        "“We started early,” the captain said.\n\n“Nobody expected the wind. It was strong.”",
        "the captain",
        "said",
        ["“We started early,”", "“Nobody expected the wind. It was strong.”"],
    ),
    (
        "unclosed",
        "The witness said: “I heard two shots and ran.",
        "The witness",
        "said:",
        ["“I heard two shots and ran"],
    ),
    (
        "nis",
        "South Korea's National Intelligence Agency (NIS) told AFP "
        "that North Korea has sent more soldiers to Russia.",
        "South Korea's National Intelligence Agency (NIS)",
        "told",
        ["that North Korea has sent more soldiers to Russia"],
    ),
    (
        "experts",
        "Military experts argue that the deployment will not change the war.",
        "Military experts",
        "argue",
        ["that the deployment will not change the war"],
    ),
    (
        "insiders",
        "Military insiders have suggested a larger role for the troops.",
        "Military insiders",
        "have suggested",
        ["a larger role for the troops"],
    ),
]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [row[1:] for row in CONSTRUCTIONS],
    ids=[row[0] for row in CONSTRUCTIONS],
)
def test_constructions(text, source, cue, content):
    assert labelled(text) == [(source, cue, content)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\r\n\t",
        "😀",
        "😀 said 😀",
        "\ud800 said \udfff",
        "\x00\x01",
        "'\"“”‘’''``",
        '"' * 500,
        "said " * 2000,
        "a" * 5000,
        "The minister said that " + "the talks went on and " * 1250,
        "“Unclosed, he said.\r\n\r\n“Again, she said.",
        "e\u0301\u0327 said that ﬁne ﬂ ½ İ ß",
        "<p>He said &quot;no&quot;</p>",
    ],
)
def test_any_text_gives_spans_inside_it(text):
    for one in model.label(text):
        assert one.content
        assert one.cue
        assert 0 <= one.confidence <= 1
        for spans in (one.source, one.cue, one.content):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert list(spans) == sorted(spans)
            assert all(not text[a].isspace() and not text[b - 1].isspace() for a, b in spans)
        flat = sorted(one.source + one.cue + one.content)
        assert all(left[1] <= right[0] for left, right in pairwise(flat))


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n"])
def test_positions_hold_after_line_ends_and_wide_characters(end):
    before = f"Floods 😀 é{end}"
    text = before + "Officials said the bridge was closed."
    ((one),) = model.label(text)
    assert shown(text, one.source) == "Officials"
    assert one.source == ((len(before), len(before) + 9),)


def test_any_kind_of_quotation_mark_gives_the_same_spans():
    text = "“The pumps failed,” the engineer said. “We left.”"
    straight = text.replace("“", '"').replace("”", '"')
    assert model.label(text) == model.label(straight)


@pytest.fixture(scope="module")
def articles(request):
    lines = (request.config.rootpath / "tests/data/sourcing_other_subjects.jsonl").read_text(
        encoding="utf-8"
    )
    return [json.loads(line)["text"] for line in lines.splitlines()[:6]]


def test_same_result_in_any_order_and_from_run_to_run(articles):
    once = [model.label(text) for text in articles]
    assert once[::-1] == [model.label(text) for text in articles[::-1]]


def test_same_result_in_another_process(articles):
    code = (
        "import json, sys; from analysis import attribution_model as m; "
        "print(json.dumps([repr(m.label(t)) for t in json.load(sys.stdin)]))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(articles),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(answer.stdout) == [repr(model.label(text)) for text in articles]


def test_the_model_is_opened_once_and_only_when_used():
    assert model.load() is model.load()
    code = "import sys, analysis.attribution_model; print('onnxruntime' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=re.escape("attribution.onnx is missing in")):
        model.load(folder=tmp_path)
    shutil.copy(model.FOLDER / model.MODEL_FILE, tmp_path)
    with pytest.raises(FileNotFoundError, match=re.escape("word_vectors.bin is missing in")):
        model.load(folder=tmp_path)


def test_model_size_and_card():
    card = (model.FOLDER / "README.md").read_text(encoding="utf-8")
    for name in (model.MODEL_FILE, WORDS_FILE):
        path = model.FOLDER / name
        assert path.stat().st_size <= 13_000_000
        assert hashlib.sha256(path.read_bytes()).hexdigest() in card
