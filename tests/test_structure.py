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


# Two sentences, so that it is a paragraph wherever it stands.
LEAD = "The dam above the lower town broke at dawn. Nobody was hurt, the fire service said."


@pytest.mark.parametrize(
    ("line", "author", "published"),
    [
        ("By Ann Lee, Valley Post", "Ann Lee", ""),
        ("BY ANN LEE AND BO OAK", "ANN LEE AND BO OAK", ""),
        ("By Ann Lee, Bo Oak and Cy Elm", "Ann Lee, Bo Oak and Cy Elm", ""),
        ("By Ann Lee | Valley Post", "Ann Lee", ""),
        ("By Ann Lee in Oakford", "Ann Lee", ""),
        ("By Ann Lee, political correspondent, and agencies", "Ann Lee", ""),
        ("By May Jones", "May Jones", ""),
        ("By The Associated Press", "The Associated Press", ""),
        ("By Reuters", "Reuters", ""),
        ("By our own correspondent in Oakford, The Lower Vale Echo", "", ""),
        ("By staff reporters", "", ""),
        ("Written by Ludwig van der Elm for Valley News", "Ludwig van der Elm", ""),
        ("Ann Lee, The Guardian", "Ann Lee", ""),
        ("Ann Lee and Bo Oak | Valley Post", "Ann Lee and Bo Oak", ""),
        ("Ann Lee, political correspondent", "Ann Lee", ""),
        ("Our correspondent in Oakford", "", ""),
        ("By Ann Lee, 4 May 2023", "Ann Lee", "2023-05-04"),
        ("Ann Lee - May 4, 2023", "Ann Lee", "2023-05-04"),
        ("Wednesday 3 May", "", ""),
        ("4 May 2023", "", "2023-05-04"),
        ("Thursday, May 4th, 2023", "", "2023-05-04"),
        ("May 4, 2023 6:05 pm", "", "2023-05-04"),
        ("Thu 4 May 2023 10.05 BST", "", "2023-05-04"),
        ("2023-05-04 10:05:00", "", "2023-05-04"),
        ("31 February 2023", "", ""),
        ("Published 4 May 2023, 10:05 | Updated 5 May 2023", "", "2023-05-04"),
        ("Updated May 5, 2023 / Published May 4, 2023", "", "2023-05-04"),
        ("Updated 3 hours ago", "", ""),
        ("an hour ago", "", ""),
        ("Last updated: 04/05/2023 at 6am", "", ""),
        ("Posted at 6:05 p.m. ET", "", ""),
        ("4 May 2023 · 5 min read", "", "2023-05-04"),
        ("OAKFORD, May 4 (Valley Press)", "", ""),
        ("/VAPR/.", "", ""),
        ("(Reuters)", "", ""),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_bylines_and_dates_are_metadata(line, author, published, gap):
    found = structure(text := f"Dam breaks above the town{gap}{line}\n\n{LEAD}\n\n{LEAD}")
    assert [block.part for block in found.blocks] == ["headline", "body", "body"]
    assert {block.section for block in found.blocks} == {""}
    assert text[found.blocks[1].start : found.blocks[1].end] == LEAD
    assert found.author == author
    assert found.published == published


@pytest.mark.parametrize(
    "line",
    [
        "By midnight the fire was out.",
        "By midnight the fire was out",
        "By Midnight",
        "By Land and Sea",
        "By Friday",
        "By Friday, Nobody Believed It",
        "By March",
        "By the River, a Town Mourns",
        "Nurses, Teachers Strike",
        "Death Toll Rises, The Government Says",
        "War Is Over, Says Radio",
        "Ann Lee, Former Editor, Dies",
        "Ann Lee, a nurse, said the town was safe",
        "Mayor Ann Lee, 61, wants answers",
        "Ann Lee, mayor of Oakford",
        "Ann Lee",
        "Letters to the editor",
        "May 2023 was the warmest on record",
        "May 4 vote stands",
        "7 p.m. curfew in Oakford",
        "Today",
        "Thursday",
        "2 dead",
        "Updated flood rules",
        "State TV",
    ],
)
def test_statements_are_no_bylines_and_no_dates(line):
    text = f"Dam breaks above the town\n\n{line}\n\n{LEAD}\n\n{LEAD}"
    assert line in [found for found, _ in parts(text)]
    assert structure(text).author == ""
    text = f"{line}\n\n{LEAD}\n\n{LEAD}"
    assert parts(text)[0][0] == line


def test_what_stands_above_a_byline_is_the_standfirst():
    front = ["Dam breaks above the town", "Two farms lost", "By Ann Lee", "Valley News", "4 May"]
    for gap in ("\n", "\n\n"):
        found = parts(gap.join(front) + f"\n\n{LEAD}\n{LEAD}")
        assert [part for _, part in found] == ["headline", "standfirst", "body", "body"]


def test_a_name_above_a_date_is_a_byline():
    front = "Dam breaks above the town\nAnn Lee\n4 May 2023"
    assert structure(f"{front}\n\n{LEAD}").author == "Ann Lee"
    # but the headline below a word that files it is none
    front = "World\nDam Breaks Again\n4 May 2023"
    assert "Dam Breaks Again" in dict(parts(f"{front}\n\n{LEAD}"))


def test_what_the_metadata_know_is_a_byline():
    for line in ("Ann Lee", "The Lower Vale Echo", "Ann Lee, The Lower Vale Echo"):
        text = f"Dam breaks above the town\n\n{line}\n\n{LEAD}"
        found = structure(text, outlet="The Lower Vale Echo", author="Ann Lee")
        assert [block.part for block in found.blocks] == ["headline", "body"]


def test_dates_before_the_headline():
    found = parts(f"4 May 2023\nDam breaks above the town\n\n{LEAD}\n{LEAD}")
    assert [part for _, part in found] == ["headline", "body", "body"]
    # a bare day may be the headline, and what the metadata call so is
    assert parts(f"4 May\n\n{LEAD}\n{LEAD}")[0] == ("4 May", "headline")
    assert parts(f"4 May 2023\n\n{LEAD}", title="4 May 2023")[0][1] == "headline"
    assert parts("4 May 2023") == [("4 May 2023", "body")]


def test_dates_of_a_chronology_are_headings():
    days = "\n".join(f"{day} May\n{LEAD}" for day in (2, 3, 4))
    assert [part for _, part in parts(f"How the dam broke\n\n{days}")][1::2] == ["heading"] * 3
    found = structure(f"How the dam broke\n5 May 2023\n\n{LEAD}\n{days}")
    assert found.published == "2023-05-05"
    assert [block.section for block in found.blocks][2::2] == ["2 May", "3 May", "4 May"]


@pytest.mark.parametrize(
    "dateline",
    [
        "OAKFORD – ",
        "OAKFORD—",
        "OAKFORD -- ",
        "ST. ELM/OAKFORD, Vale. – ",
        "OAKFORD, 4 May. ",
        "OAKFORD, 4 Sept. ",
        "OAKFORD, 4 May. /VAPR/. ",
        "Oakford, Thursday, 4 May 2023: ",
        "OAKFORD, Thursday — ",
        "OAKFORD, Vale, May 4 (Valley Press) – ",
        "OAKFORD, May 4 (Valley Press) ",
        "Oakford (AFP) - ",
        "May 4 (Reuters) - ",
        "(Reuters) - ",
        "/VAPR/. ",
    ],
)
def test_datelines_open_no_sentence(dateline):
    for rest in (LEAD, f"“{LEAD}”"):
        text = f"Dam breaks above the town\n\n{dateline}{rest}\n\n{LEAD}"
        assert parts(text)[1] == (rest, "body")
    assert parts(f"{dateline}{LEAD}\n\n{LEAD}")[0] == (LEAD, "body")


@pytest.mark.parametrize(
    "opening",
    [
        "Mehmet – A gardener all his life – saw the dam break.",
        "NATO – which has no say in it – kept silent about the dam.",
        "TERRIFIED farmers ran for their lives – The dam had broken.",
        "On May 4 – The day the dam broke – nobody was on duty.",
        "ALL IS WRITTEN IN CAPITALS – THE DAM BROKE AT DAWN ON MONDAY.",
        "Ann Lee (Greens) – The mayor of the town – saw it break.",
        "In Oakford, May 4. The date is known to every child there.",
        "Oakford is quiet. The dam holds for the time being.",
        "MAYOR: The dam will hold for another hundred years.",
    ],
)
def test_openings_that_are_no_datelines(opening):
    assert parts(f"Dam breaks above the town\n\n{opening} {LEAD}\n\n{LEAD}")[1] == (
        f"{opening} {LEAD}",
        "body",
    )


def test_only_the_opening_has_a_dateline():
    text = "\n\n".join(["Dam breaks above the town", *[LEAD] * 4, f"OAKFORD – {LEAD}"])
    assert parts(text)[-1][0].startswith("OAKFORD")


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
