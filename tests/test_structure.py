"""Parts, sections and registers of articles."""

import pytest

from analysis.structure import structure


def parts(text, **known):
    return [(text[b.start : b.end], b.part) for b in structure(text, **known).blocks]


LONG = "The river rose by two metres overnight and flooded the lower town, officials said."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a headline without a full stop, then paragraphs
        (f"River floods town\n\n{LONG}\n{LONG}", ["headline", "body", "body"]),
        # a headline that is a sentence, summary lines, an empty line
        (
            f"A river floods a town.\nIt rose by two metres.\nNobody was hurt.\n\n{LONG}\n{LONG}",
            ["headline", "standfirst", "standfirst", "body", "body"],
        ),
        # no headline: the first line is a paragraph
        (f"{LONG} Rain is forecast. More follows.\n\n{LONG}", ["body", "body"]),
        # headings, numbered headings, a question as a heading
        (
            f"{LONG} {LONG}\n\nWhat Happened\n\n1. The Rain\n\n{LONG}\n\nWho Pays Today?\n\n{LONG}",
            ["body", "heading", "heading", "body", "heading", "body"],
        ),
        # a question as a paragraph is not a heading, nor is an unpunctuated last line
        (
            f"{LONG} {LONG}\n\nBut who pays?\n\n{LONG}\n\nMore soon",
            ["body", "body", "body", "body"],
        ),
        # a quotation that lost its full stop is no heading
        (f"{LONG} {LONG}\n\n“We were lucky”\n\n{LONG}", ["body", "body", "body"]),
        ("", []),
        ("  \n\n \t", []),
        ("One line only", ["body"]),
        ("***\n\n---", []),
    ],
)
def test_parts(text, expected):
    assert [part for _, part in parts(text)] == expected


def test_title_from_the_metadata_is_the_headline():
    text = f"A river floods a town.\n{LONG}\n{LONG}"
    assert parts(text, title="A river  floods a town.")[0] == ("A river floods a town.", "headline")
    assert parts(text, title="Another")[0][1] == "body"


@pytest.mark.parametrize(
    ("text", "published", "first"),
    [
        (f" date 2025-02-27 {LONG} {LONG}", "2025-02-27", "The river"),
        (f"2024-01-05: {LONG} {LONG}", "2024-01-05", "The river"),
        (f"Published: 2024-01-05T10:00Z {LONG} {LONG}", "2024-01-05", "The river"),
        (f"{LONG} It was 2024-01-05.", "", "The river"),
    ],
)
def test_date_stamp_is_metadata(text, published, first):
    found = structure(text)
    assert found.published == published
    assert text[found.blocks[0].start :].startswith(first)


def test_byline_is_metadata():
    text = f"River floods town\nBy Ann Lee and Bo Oak\n{LONG}\n{LONG}"
    found = structure(text)
    assert found.author == "Ann Lee and Bo Oak"
    assert [block.part for block in found.blocks] == ["headline", "body", "body"]


def test_byline_needs_names():
    text = f"River floods town\n\nBy noon the water had gone\n\n{LONG}"
    assert structure(text).author == ""


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["First", "Second"], ["First", "Second"]),
        (["Top", "1. One", "2. Two", "Next"], ["Top", "Top > 1. One", "Top > 2. Two", "Next"]),
        (["Top", ">Sub", "Sub two"], ["Top", "Top > Sub", "Top > Sub two"]),
        (["1. One", "2. Two"], ["1. One", "2. Two"]),
        (["Top", ">Sub", "Conclusion"], ["Top", "Top > Sub", "Conclusion"]),
    ],
)
def test_sections(headings, expected):
    text = f"{LONG} {LONG}\n"
    for number, heading in enumerate(headings):
        # ">" puts a heading directly below the one before it
        nested = number + 1 < len(headings) and headings[number + 1].startswith(">")
        numbered_next = number + 1 < len(headings) and headings[number + 1].startswith("1. ")
        body = "" if nested or (numbered_next and heading == "Top") else f"\n{LONG}"
        text += f"\n{heading.removeprefix('>')}{body}"
    sections = list(dict.fromkeys(b.section for b in structure(text).blocks if b.section))
    assert sections == expected


@pytest.mark.parametrize(
    ("heading", "register"),
    [
        ("Commentary", "commentary"),
        ("OPINION", "commentary"),
        ("3. Analysis", "commentary"),
        ("Editorial: a river too far", "commentary"),
        ("Analysis of the damage", "report"),
        ("Opinions differ", "report"),
    ],
)
def test_register(heading, register):
    text = f"{LONG} {LONG}\n\n{heading}\n\n{LONG}\n\nA sub-heading\n\n{LONG}"
    found = structure(text).blocks
    assert found[0].register == "report"
    assert found[2].register == register


def test_sub_headings_of_a_commentary_are_commentary_and_a_conclusion_ends_it():
    text = f"{LONG} {LONG}\nOpinion\nA view\n{LONG}\nConclusion\n{LONG}"
    found = structure(text).blocks
    assert [b.register for b in found] == ["report", *["commentary"] * 3, "report", "report"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_keep_offsets(ends):
    text = ends.join(["River floods town", "", LONG, "Damage", LONG])
    assert [t for t, _ in parts(text)] == ["River floods town", LONG, "Damage", LONG]
    assert [p for _, p in parts(text)] == ["headline", "body", "heading", "body"]


def test_bullets_stand_outside():
    text = f"{LONG} {LONG}\n\n- The first point holds.\n• The second one too."
    assert [t for t, _ in parts(text)][1:] == ["The first point holds.", "The second one too."]


def test_a_headline_printed_twice_opens_no_section():
    text = f"River floods town\n\nRiver floods town\n{LONG}\n{LONG}"
    found = structure(text).blocks
    assert [block.part for block in found] == ["headline", "heading", "body", "body"]
    assert {block.section for block in found} == {""}
