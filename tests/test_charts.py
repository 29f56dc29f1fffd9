"""Charts: what is drawn is what the table holds, and every figure says what it must."""

import re

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analysis as an
from analysis import schema
from analysis.charts import caveats, style
from analysis.charts.compared import rates_panel
from analysis.charts.panel import Caption, Panel, count_of, listed, shown
from analysis.charts.side_by_side import differ

NEVER = re.compile(
    r"\b(biased|propaganda|hiding|omitted|true|false|confirmed|misleading)\b", re.IGNORECASE
)
LONG = "The Very Long Name of an Outlet That Nobody Would Ever Print in Full on a Chart Axis"
TEXTS = (
    "Officials said 12 people died. The bridge reportedly fell on Monday. Police may investigate.",
    "Twelve people died, witnesses said. The old bridge fell. A minister said it was unsafe.",
)


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def stories(tell):
    """Stories of 1, 2, 5 and 50 short articles, and one with unwieldy names."""
    made = {n: tell_many(n) for n in (1, 2, 5, 50)}
    made["long"] = tell(*TEXTS, label=[LONG, "صحيفة الشرق الأوسط الدولية"])
    return made


def tell_many(number):
    texts = [f"{TEXTS[n % 2]} Report {n} ends." for n in range(number)]
    return an.load(
        pd.DataFrame({"article": [f"x{n}" for n in range(number)], "text": texts,
                      "outlet": [f"Paper {n}" for n in range(number)]})
    )  # fmt: skip


def table_of(rows, table):
    """Rows as a table; what a chart does not read gets any value that the schema allows."""
    plain = {"str": "", "int64": 0, "Int64": pd.NA, "float64": 0.0, "bool": False, "object": None}
    given = {
        column.name: column.allowed[0] if column.allowed else plain.get(column.dtype)
        for column in table.columns
    }
    return schema.from_rows([{**given, **row} for row in rows], table)


def spans(story):
    """First word of every sentence: offsets to hang rows on."""
    for row in story.sentences.itertuples():
        first = row.text.split()[0]
        yield {
            "article": row.article,
            "start": row.start,
            "end": row.start + len(first),
            "text": first,
            "sentence": row.sentence,
        }


def hedges(story):
    types = ("hearsay", "modal", "vague_source", "booster")
    rows = [{**span, "type": types[n % 4]} for n, span in enumerate(spans(story))]
    return table_of(rows, schema.HEDGES)


def sources(story, speakers=6):
    kinds = schema.SOURCE_TYPES
    rows = []
    for n, span in enumerate(spans(story)):
        for m in range(speakers):
            name = f"Speaker {m}" if m % 5 else "متحدث باسم الوزارة"
            rows.append(
                {**span, "speaker": name if m else "", "source_type": kinds[(n + m) % len(kinds)],
                 "named": bool(m % 2), "attributions": 1 + m, "words": 5, "share": 0.1}
            )  # fmt: skip
    return table_of(rows, schema.SOURCES)


def shares(story):
    rows = []
    for row in story.articles.itertuples():
        named, other, none = 5, 3, 1
        rest = row.words - named - other - none
        counts = {"named": named, "not_named": other, "no_source": none,
                  "attributed": named + other + none, "unattributed": rest}  # fmt: skip
        ratios = {f"{key}_share": value / row.words for key, value in counts.items()}
        rows.append({"article": row.article, "words": row.words, **counts, **ratios})
    return table_of(rows, schema.SOURCE_SHARES)


def frames(story):
    names = ("economic", "legality", "security and defence")
    rows = [
        {**span, "frame": names[n % 3], "codebook": "policy", "voice": "own", "rule": "by hand"}
        for n, span in enumerate(spans(story))
    ]
    return table_of(rows, schema.FRAMES)


def agency(story):
    rows = [
        {**span, "actor": f"Actor {n % 20}", "role": schema.ROLES[n % 3], "verb": "fall",
         "negated": False, "mention": span["text"], "mention_start": span["start"],
         "mention_end": span["end"], "via": "name", "voice": "own", "rule": "by hand"}
        for n, span in enumerate(spans(story))
    ]  # fmt: skip
    return table_of(rows, schema.AGENCY)


def pairs(story, relations):
    """Rows of a pair table: sentences of the first two articles side by side."""
    a, b = (story.sentences_of(name) for name in story.ids[:2])
    for n, relation in enumerate(relations):
        row = {"claim": n, "relation": relation, "score": 0.5, "differs": "", "status": "auto"}
        for side, table, other in (("a", a, "only b"), ("b", b, "only a")):
            line = table.iloc[n % len(table)]
            there = relation != other
            row |= {
                f"article_{side}": story.ids["ab".index(side)],
                f"{side}_start": line["start"] if there else pd.NA,
                f"{side}_end": line["end"] if there else pd.NA,
                f"{side}_text": line["text"] if there else None,
                f"sentence_{side}": line["sentence"] if there else pd.NA,
                f"{side}_clause_start": line["start"] if there else pd.NA,
                f"{side}_clause_end": line["end"] if there else pd.NA,
            }
        yield row


def claims(story):
    rows = list(pairs(story, ["same", "only a", "only b"]))
    return table_of(rows, schema.CLAIMS)


def certainty(story):
    steps = schema.COMMITMENTS
    rows = [
        {**row, "a_commitment": steps[n % 5], "b_commitment": steps[(n * 2) % 5], "a_by": "",
         "b_by": "", "firmer": ("same", "a", "b")[n % 3]}
        for n, row in enumerate(pairs(story, ["same"] * 14))
    ]  # fmt: skip
    return table_of(rows, schema.CERTAINTY)


def prominence(story):
    rows = [
        {**row, "a_position": 7.0 * n, "b_position": 95 - 5.0 * n, "shift": 95 - 12.0 * n,
         "a_part": "body", "b_part": "body"}
        for n, row in enumerate(pairs(story, ["same"] * 12))
    ]  # fmt: skip
    return table_of(rows, schema.PROMINENCE)


def rates(story):
    return an.rates(story, of=hedges(story), by="type")


SINGLE = {
    "hedge_types": (hedges, an.charts.hedge_types),
    "source_mix": (sources, an.charts.source_mix),
    "named_sources": (shares, an.charts.named_sources),
    "who_is_heard": (sources, an.charts.who_is_heard),
    "frame_matrix": (frames, an.charts.frame_matrix),
    "agency": (agency, an.charts.agency),
    "rates": (rates, an.charts.rates),
}
PAIRED = {
    "claim_bands": (claims, an.charts.claim_bands),
    "commitment": (certainty, an.charts.commitment),
    "prominence": (prominence, an.charts.prominence),
}
CASES = [
    *[(name, key) for name in SINGLE for key in (1, 2, 5, 50, "long")],
    *[(name, key) for name in PAIRED for key in (2, 5, "long")],
]


def draw(name, story):
    make, chart = {**SINGLE, **PAIRED}[name]
    table = make(story)
    return chart(table, story=story), table


@pytest.mark.parametrize(("name", "key"), CASES)
def test_every_figure_says_what_it_must_and_nothing_is_cut(stories, name, key):
    ax, _ = draw(name, stories[key])
    caption, figure = ax.panel.caption, ax.get_figure()
    words = " ".join(text.get_text() for text in figure.texts)
    for part in (caption.title, caption.measure, caption.caveat, caption.source):
        assert part.replace(" ", "") in words.replace("\n", "").replace(" ", "")
    assert not NEVER.search(words)
    renderer = figure.canvas.get_renderer()
    width, height = figure.bbox.width, figure.bbox.height
    for text in figure.findobj(matplotlib.text.Text):
        if not text.get_text().strip() or not text.get_visible():
            continue
        assert text.get_fontsize() >= 8.5, text
        box = text.get_window_extent(renderer)
        inside = box.x0 > -2 and box.y0 > -2 and box.x1 < width + 2 and box.y1 < height + 2
        assert inside, f"{text.get_text()!r} at {box} leaves {width} × {height}"


@pytest.mark.parametrize("name", [*SINGLE, *PAIRED])
def test_an_empty_table_gives_a_sentence(stories, name):
    make, chart = {**SINGLE, **PAIRED}[name]
    ax = chart(make(stories[2]).iloc[:0], story=stories[2])
    assert ax.panel.kind == ""
    assert ax.panel.caption.title
    assert "nan" not in ax.panel.caption.title.lower()
    assert [text.get_text() for text in ax.texts] == ["Nothing to draw."]


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_the_same_table_gives_the_same_bytes(stories, tmp_path, suffix):
    files = []
    for run in ("first", "second"):
        (tmp_path / run).mkdir()
        ax, _ = draw("hedge_types", stories[2])
        style.save(ax.get_figure(), tmp_path / run / "chart")
        files.append((tmp_path / run / f"chart.{suffix}").read_bytes())
    assert files[0] == files[1]


def test_bars_are_the_counts_of_the_table(stories):
    ax, table = draw("hedge_types", stories[2])
    cues = table[table["type"] != "booster"]
    assert sorted(bar.get_width() for bar in ax.patches) == sorted(
        cues.groupby(["type", "article"]).size().unstack(fill_value=0).to_numpy().ravel()
    )


def test_segments_add_up_to_the_whole(stories):
    ax, table = draw("source_mix", stories[5])
    assert ax.panel.data.to_numpy().sum() == table["attributions"].sum()
    assert sum(bar.get_width() for bar in ax.patches) == pytest.approx(5)


def test_claim_bands_count_each_sentence_once(stories):
    story = stories[2]
    table = claims(story)
    twice = schema.conform(pd.concat([table, table.head(1)]), schema.CLAIMS)
    data = an.charts.claim_bands(twice, story=story).panel.data
    assert data.sum(axis=1).tolist() == [2, 2]
    assert data["told by both"].tolist() == [1, 1]


def test_articles_keep_their_colour(stories):
    story = stories[2]
    seen = [
        draw(name, story)[0].panel.colours
        for name in ("hedge_types", "who_is_heard", "frame_matrix", "rates", "prominence")
    ]
    assert all(colours == seen[0] for colours in seen)


def test_sixty_speakers_are_cut_and_said_so(stories):
    story = stories[2]
    ax = an.charts.who_is_heard(sources(story, speakers=76), story=story)
    panel = ax.panel
    named = sources(story, speakers=76)["speaker"]
    total = named[named != ""].nunique()
    assert total >= 60
    assert len(panel.data) + panel.hidden == total
    assert f"{len(panel.data)} of {total} speakers are shown" in panel.caption.measure


def test_marks_only_into_given_axes(stories):
    figure, ax = plt.subplots()
    given = an.charts.frame_matrix(frames(stories[2]), story=stories[2], ax=ax)
    assert given is ax
    assert not figure.texts
    assert ax.panel.caption.title


@pytest.mark.parametrize(
    ("make", "chart"),
    [
        (lambda s: s.articles, an.charts.article_cards),
        (lambda s: an.methods(s), an.charts.methods),
    ],
)
def test_table_panels_show_themselves_as_html(stories, make, chart):
    panel = chart(make(stories[2]), story=stories[2])
    assert panel.caption.title in panel._repr_html_()
    assert not NEVER.search(panel._repr_html_())


def test_html_of_a_panel_is_escaped(tell):
    story = tell("<script>alert(1)</script> People met. They spoke.", title=["<b>bold</b>"])
    text = an.charts.article_cards(story.articles, story=story)._repr_html_()
    assert "<b>bold" not in text
    assert "&lt;b&gt;bold" in text


@pytest.mark.parametrize("colour", [*style.ARTICLES, *style.GROUPS])
def test_letters_on_colours_can_be_read(colour):
    light, dark = sorted([style.luminance(colour), style.luminance(style.on(colour))])[::-1]
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("text", "inches"), [("one two three four", 0.8), ("x" * 200, 1.0), ("", 1.0), ("# …", 0.2)]
)
def test_wrapped_lines_fit_and_lose_nothing(text, inches):
    wrapped = style.wrap(text, inches, 9.5)
    assert all(style.width(line, 9.5) <= inches for line in wrapped.split("\n"))
    assert wrapped.replace("\n", "").replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("value", "printed"),
    [(None, "–"), (float("nan"), "–"), (pd.NA, "–"), (1234, "1,234"), (2.0, "2"), (0.256, "0.26"),
     ("<x>", "<x>")],
)  # fmt: skip
def test_cells_are_printed_alike(value, printed):
    assert shown(value) == printed


def test_words_for_counts():
    assert count_of(1, "article") == "1 article"
    assert count_of(2, "article") == "2 articles"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([*"abcdef"], most=2) == "a, b and 4 more"


def test_measured_accuracy_is_quoted(tmp_path, monkeypatch):
    path = tmp_path / "accuracy.csv"
    monkeypatch.setattr(caveats, "ACCURACY", path)
    assert "not been measured" in caveats.measured("hedges")
    path.write_text("detector,measure,value,n,corpus\nhedges,F1,0.615,7343,WikiWeasel\n")
    assert caveats.measured("hedges") == (
        "Rows are automatic; measured: F1 0.61 (n = 7,343, WikiWeasel)."
    )


def titled(story, chart, table, rows):
    """The title of a chart of rows (article number, fields) hung on first words."""
    first = {span["article"]: span for span in list(spans(story))[::-1]}
    made = [{**first[story.ids[n]], **fields} for n, fields in rows]
    return chart(table_of(made, table), story=story).panel.caption.title


@pytest.mark.parametrize(
    ("cues", "says"),
    [
        # in as many articles, but with more cues
        ("modal modal / hearsay modal / hearsay modal / hearsay modal / hearsay modal hearsay",
         "hedge is modal, in 5 of 5 articles (6 cues)"),
        ("hearsay modal / hearsay / modal / hearsay modal / inference inference inference",
         "hedges are hearsay and modal, each in 3 of 5 articles (3 cues)"),
        ("vague_source / vague_source / modal modal modal / /",
         "hedge is vague source, in 2 of 5 articles (2 cues)"),
    ],
)  # fmt: skip
def test_the_most_widespread_hedge_is_no_accident(stories, cues, says):
    rows = [(n, {"type": cue}) for n, own in enumerate(cues.split("/")) for cue in own.split()]
    assert says in titled(stories[5], an.charts.hedge_types, schema.HEDGES, rows)


@pytest.mark.parametrize(
    ("actors", "says"),
    [
        ("Ann Ann Bo Bo Cy", "Ann and Bo act most often: 2 each of 5 clauses"),
        ("Ann Bo Cy", "Ann, Bo and Cy act most often: 1 each of 3 clauses"),
        ("Bo Bo Ann", "Bo acts most often: 2 of 3 clauses"),
    ],
)
def test_all_who_act_most_often_are_named(stories, actors, says):
    rows = [(n % 5, {"actor": name, "role": "agent"}) for n, name in enumerate(actors.split())]
    assert says in titled(stories[5], an.charts.agency, schema.AGENCY, rows)


@pytest.mark.parametrize(
    ("kinds", "says"),
    [
        ("expert expert civilian civilian civilian", "People, companies, others lead the sources"
         " in 3 of 5 articles"),
        ("expert expert civilian civilian anonymous", "“Experts, media, documents” and “People, "
         "companies, others” lead the sources, each in 2 of 5 articles"),
    ],
)  # fmt: skip
def test_all_kinds_of_sources_that_lead_are_named(stories, kinds, says):
    rows = [
        (n, {"source_type": kind, "speaker": f"S{n}", "attributions": 1})
        for n, kind in enumerate(kinds.split())
    ]
    assert titled(stories[5], an.charts.source_mix, schema.SOURCES, rows) == says


@pytest.mark.parametrize(
    ("speaker", "heard"),
    [("he", False), ("She", False), ("it", False), ("they", False), ("who", False), ("we", False),
     ("I", False), ("WHO", True), ("US", True), ("Ito", True), ("one of them", True),
     ("her lawyer", True)],
)  # fmt: skip
def test_a_pronoun_alone_is_no_speaker(stories, speaker, heard):
    story = stories[2]
    span = next(spans(story))
    rows = [
        {**span, "article": article, "speaker": name, "attributions": 2}
        for article in story.ids
        for name in ("Ada Moss", speaker)
    ]
    panel = an.charts.who_is_heard(table_of(rows, schema.SOURCES), story=story).panel
    assert (speaker in panel.data.index) == heard
    assert panel.caption.title.startswith("2 of 2 speakers" if heard else "1 of 1 speaker ")
    said = "Not counted: 4 attributions to a pronoun alone."
    assert (said in panel.caption.measure) == (not heard)
    assert (speaker in set(panel.support["speaker"])) == heard


def test_a_denial_is_no_weaker_form_of_a_statement(stories):
    steps = [("asserted", "denied", "a"), ("denied", "denied", "same"), ("asserted", "hedged", "a")]
    rows = [
        {**row, "a_commitment": a, "b_commitment": b, "a_by": "", "b_by": "", "firmer": firmer}
        for (a, b, firmer), row in zip(steps, pairs(stories[2], ["same"] * 3), strict=True)
    ]
    table = table_of(rows, schema.CERTAINTY)
    title = an.charts.commitment(table, story=stories[2]).panel.caption.title
    assert title.endswith("states 1 more firmly, Paper 1 0; 1 alike; 1 denied by one side only")


def test_a_title_says_which_rates_differ_and_where(stories):
    two, five = stories[2], stories[5]
    table = rates(two)
    table = table.assign(verdict="not distinguishable")
    table.loc[table["type"] == "modal", "verdict"] = f"higher in {two.labels['x1']}"
    title = rates_panel(table, two, of="cues").caption.title
    assert title.endswith("of cues by type differ by more than chance: modal (higher in Paper 1)")
    table = an.rates(five, of=hedges(five), by="article")
    verdicts = ["higher in the others", "higher in Paper 1", *["not distinguishable"] * 3]
    panel = rates_panel(table.assign(verdict=verdicts), five, of="hedging cues")
    assert panel.caption.title == (
        "2 of 5 rates of hedging cues differ by more than chance: "
        "higher in Paper 1, lower in Paper 0"
    )


def test_a_dash_in_a_matrix_is_a_dash_everywhere():
    data = pd.DataFrame({"A": [0, 2], "B": [1, 0]}, index=["x", "y"])
    panel = Panel("p", "matrix", Caption("t", "m", "c", "s"), data)
    assert [panel.printed(v) for v in data["A"]] == ["–", "2"]
    assert "x: A –, B 1." in panel.alt
    assert ">0<" not in panel._repr_html_()
    bars = Panel("p", "bars", Caption("t", "m", "c", "s"), data)
    assert bars.printed(0) == "0"
    assert bars.printed("") == "–"


QUAKE = (
    "The quake killed 12 people and injured 40. The army sent 300 soldiers. Two schools fell.",
    "At least 12 people were killed. Another 45 people were injured, and 43 people were injured "
    "on Monday. About 300 troops came. Three hotels fell.",
    "The mayor wept. Twelve people were killed and 14 people died later. Two hotels fell.",
)


@pytest.fixture(scope="module")
def quake(tell):
    return tell(*QUAKE)


def test_figures_of_the_same_thing_stand_in_one_row(quake):
    panel = an.charts.figure_grid(an.numbers(quake), story=quake)
    cells = {row: line for row, *line in panel.data.itertuples(name=None)}
    assert cells == {
        "killed": ["12", "At least 12", "Twelve; 14"],
        "injured": ["40", "43", "–"],  # "another 45" adds to a total
        "soldiers": ["300", "About 300", "–"],
        "hotels": ["–", "Three", "Two"],
    }
    assert list(cells) == ["killed", "injured", "soldiers", "hotels"]
    assert panel.caption.title == (
        "4 quantities are given by at least two of 3 articles; "
        "for 2 the figures differ (injured and hotels)"
    )
    for row in panel.support.itertuples():
        assert quake.texts[row.article][row.start : row.end] == row.text


def test_no_figures_in_common_is_a_sentence(quake):
    panel = an.charts.figure_grid(an.numbers(quake).iloc[:0], story=quake)
    assert panel.kind == ""
    assert panel.caption.title.startswith("No quantity was found")
    assert not len(panel.support)


def test_figures_of_many_articles_share_a_column(tell):
    story = tell(*[f"The fire killed {n} people." for n in (8, 8, 9, 8, 9, 7, 8, 8, 6)])
    panel = an.charts.figure_grid(an.numbers(story), story=story)
    assert panel.data.loc["killed"].tolist() == [9, "8 (5); 9 (2); 7 (1); 6 (1)"]


def test_rows_beyond_twelve_are_left_out_and_said_so(tell):
    things = "cars trains bridges schools dogs houses tents roads lamps chairs doors walls horses"
    text = " ".join(f"Police found {n + 3} {thing}." for n, thing in enumerate(things.split()))
    story = tell(text, text, text + " Police found 40 tables.")
    panel = an.charts.figure_grid(an.numbers(story), story=story)
    assert (len(panel.data), panel.hidden) == (12, 1)
    assert "12 of 13 quantities are shown." in panel.caption.measure
    assert "for none do the figures differ" in panel.caption.title


@pytest.mark.parametrize(
    ("figures", "apart"),
    [
        ({"a": [12], "b": [12]}, False),
        ({"a": [12], "b": [14]}, True),
        ({"a": [12, 14], "b": [14, 3]}, False),
        ({"a": [12, 14], "b": [14], "c": [12]}, True),  # b and c have none in common
        ({"a": [(80, 140)], "b": [86]}, False),
        ({"a": [(80, 140)], "b": [150]}, True),
        ({"a": [None], "b": [14]}, False),
    ],
)
def test_figures_differ_where_two_articles_share_none(figures, apart):
    rows = [
        (article, *(figure if isinstance(figure, tuple) else (figure, None)))
        for article, own in figures.items()
        for figure in own
    ]
    table = pd.DataFrame(rows, columns=["article", "value", "upper"])
    assert differ(table.astype({"value": float, "upper": float})) == apart
