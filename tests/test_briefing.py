"""The briefing: complete, consistent with its tables, safe to open, all or nothing."""

import csv
import errno
import json
import re
import zipfile

import openpyxl
import pandas as pd
import pypdf
import pytest
from pptx import Presentation

import analysis as an
from analysis.briefing import NAMES, content, folder, grids, slides, tables, writing
from analysis.charts import style
from analysis.errors import ChoiceError, OutputError, PairError

NEVER = re.compile(r"\b(biased|propaganda|hiding|omitted|true|false|confirmed)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
FILES = {"briefing.html", "briefing.pdf", "briefing.pptx", "evidence.xlsx", "manifest.json"}


@pytest.fixture(scope="module")
def made(seeds, tmp_path_factory):
    """The briefing of the seeds, and what it was composed of."""
    pair = tables.pair_of(seeds, None)
    every = an.briefing.all_tables(seeds)
    out = tmp_path_factory.mktemp("seeds") / "briefing"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "all_tables", lambda story, between: every)
        assert an.brief(seeds, out, title="Two texts", marking="FOR TESTS ONLY") == out
    return out, content.compose(seeds, every, only=None, pair=pair)


@pytest.fixture(scope="module")
def nasty(tell, tmp_path_factory):
    """The briefing of articles that try to break it: its folder and its title."""
    label = "An outlet whose name runs to eighty letters, which no chart has any room for at all"
    story = tell(
        "=HYPERLINK(\"http://evil.example\") said the mayor. <script>alert('x')</script> It "
        "reportedly cost $5 million & more. -1 is a number. @cmd was sent.",
        "قال محمد العلي said the שלום office. The mayor said it cost over $5 million. ",
        label=[label, "صحيفة الشرق الأوسط"],
        title=["=1+1", "<b>Bold</b> claims"],
    )
    title = "A title that does not end " * 12
    out = tmp_path_factory.mktemp("nasty") / "out"
    an.brief(story, out, title=title, marking="<MARK> & co")
    return out, title


def stub(*_, **__):
    """Stand for a writer that a test does not look at."""


@pytest.fixture
def quick(monkeypatch, made):
    """Write only the tables, which are already there."""
    for name in ("write_page", "write_paper", "write_slides", "write_workbook", "_draw"):
        monkeypatch.setattr(writing, name, stub)
    monkeypatch.setattr(writing, "all_tables", lambda story, between: made[1].tables)


def test_folder_is_complete_and_the_manifest_names_every_file(made):
    out, briefing = made
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert found >= FILES
    assert set(manifest["files"]) == found - {"manifest.json"}
    assert folder.touched(out) == []
    assert manifest["parameters"]["marking"] == "FOR TESTS ONLY"
    for part in briefing.parts:
        if part.panel.kind not in ("", "table"):
            assert {f"charts/{part.name}.{end}" for end in ("png", "svg", "pdf")} <= found
    assert {f"tables/{name}.csv" for name in briefing.tables} <= found
    assert not list(out.parent.glob(".briefing*"))


def test_csv_equals_the_tables_and_runs_nothing(made):
    out, briefing = made
    for name, table in briefing.tables.items():
        with (out / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            head, *rows = csv.reader(handle)
        assert head == list(table.columns)
        assert len(rows) == len(table)
        for row, cells in zip(rows, tables.written(table).itertuples(index=False), strict=True):
            for text, cell in zip(row, cells, strict=True):
                assert text == ("" if cell is None else str(tables.harmless(cell)))
                if isinstance(cell, str):
                    assert not text.startswith(tables.FORMULA)


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("+1", "'+1"), ("-x", "'-x"), ("@cmd", "'@cmd"), ("\t=1", "'\t=1"),
     ("＝1", "'＝1"), ("plain", "plain"), (-3, -3), ("", "")],
)  # fmt: skip
def test_formulas_in_csv_are_disarmed(cell, safe):
    assert tables.harmless(cell) == safe


def recount(out):
    """The numbers of the findings, counted anew from the CSV files."""

    def read(name):
        return pd.read_csv(out / "tables" / f"{name}.csv", keep_default_na=False)

    found = {}
    claims = read("claims")
    both = claims[claims["relation"].isin(["same", "partial", "conflict"])]
    found["claim_bands"] = [
        count
        for side in ("sentence_a", "sentence_b")
        for count in (
            both[both[side] != ""][side].nunique(),
            claims[claims[side] != ""][side].nunique(),
        )
    ]
    hedges = read("hedges")
    hedges = hedges[hedges["type"] != "booster"]
    found["hedge_types"] = [
        count
        for _, rows in hedges.groupby("article", sort=False)
        for count in (len(rows), rows["type"].value_counts().max())
    ]
    frames = read("frames")
    everywhere = frames.groupby("frame")["article"].nunique()
    found["frame_matrix"] = [int((everywhere == 2).sum()), len(everywhere)]
    pairs = read("number_pairs")
    as_printed = ["a_text", "b_text", "relation", "reason"]
    pairs = pairs[~pairs[as_printed].apply(lambda column: column.str.lower()).duplicated()]
    figures = pairs[pairs["kind"] == "figure"]
    relations = figures["relation"].value_counts().tolist()
    found["number_table"] = [len(figures), *relations, len(pairs) - len(figures)]
    agency = read("agency")
    acting = agency[(agency["role"] == "agent") & (agency["actor"] != "pronoun")]
    found["agency"] = [
        count
        for _, rows in acting.groupby("article", sort=False)
        for count in (rows["actor"].value_counts().max(), len(rows))
    ]
    sources = read("sources")
    named = sources[~sources["speaker"].isin(["", "he", "she", "it", "they", "who", "we", "I"])]
    articles = named.groupby("speaker")["article"].nunique()
    found["who_is_heard"] = [
        int((articles > 1).sum()),
        len(articles),
        named.groupby("speaker")["attributions"].sum().max(),
    ]
    shares = read("source_shares")
    found["named_sources"] = [x for row in shares.itertuples() for x in (row.named, row.words)]
    return found


def test_findings_equal_the_tables(made):
    out, briefing = made
    counted = recount(out)
    findings = {part.name: part.panel.caption.title for part in briefing.parts}
    for name, numbers in counted.items():
        printed = [int(text.replace(",", "")) for text in NUMBER.findall(findings[name])]
        assert sorted(printed) == sorted(int(number) for number in numbers), findings[name]


def test_the_bottom_line_is_findings_with_evidence(made):
    out, briefing = made
    assert briefing.bottom_line
    text = (out / "briefing.html").read_text(encoding="utf-8")
    bottom = text[text.index('id="bottom-line"') : text.index("</section>")]
    for part in briefing.bottom_line:
        assert f"{part.panel.caption.title}." in bottom
        assert part.evidence, part.name
    for item in (item for part in briefing.parts for item in part.evidence):
        source = briefing.story.texts[item.article][item.start : item.end]
        assert " ".join(source.split()).startswith(item.text.removesuffix(" …"))


def test_page_prints_the_panels_and_links_nowhere(made):
    out, briefing = made
    text = (out / "briefing.html").read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href|url)\s*[=(]\s*["\']?(?!#|data:)[\w/.]', text)
    assert "<script" not in text
    cells = re.findall(r"<td><bdi>(.*?)</bdi></td>", text, re.DOTALL)
    for part in briefing.parts:
        if part.panel.kind not in ("", "table", "intervals"):
            for value in part.panel.data.to_numpy().ravel():
                assert part.panel.printed(value) in cells
    assert text.count("FOR TESTS ONLY") == 2


def test_paper_is_tagged_with_bookmarks_and_fonts(made):
    out, briefing = made
    reader = pypdf.PdfReader(out / "briefing.pdf")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].startswith("en")
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles[0] == "Bottom line"
    assert set(titles) >= {part.question for part in briefing.parts}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in descriptor)
        assert "FOR TESTS ONLY" in page.extract_text()


def test_slides_are_native_described_and_legible(made):
    out, briefing = made
    deck = Presentation(out / "briefing.pptx")
    by_title = {slide.shapes.title.text_frame.text: slide for slide in deck.slides}
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
            for frame in frames:
                for run in (run for line in frame.paragraphs for run in line.runs):
                    assert run.font.size.pt >= slides.SMALLEST
            assert shape.top + shape.height <= deck.slide_height
        assert [s.text_frame.text for s in slide.shapes if s.has_text_frame].count(
            "FOR TESTS ONLY"
        ) == 2
    for part in briefing.parts:
        slide = by_title[part.panel.caption.title]
        notes = slide.notes_slide.notes_text_frame.text
        assert all(item.excerpt in notes for item in part.evidence[:1])
        if not part.panel.kind:
            continue
        graphic = next(s for s in slide.shapes if s.has_chart or s.has_table)
        assert graphic._element.xpath(".//p:cNvPr")[0].get("descr")
        if graphic.has_chart and part.panel.kind != "slope":
            for series in graphic.chart.plots[0].series:
                values = part.panel.data[series.name].tolist()
                assert list(series.values) == values[: len(list(series.values))]


def test_workbook_holds_every_table_and_no_formula(made):
    out, briefing = made
    book = openpyxl.load_workbook(out / "evidence.xlsx")
    for name, table in briefing.tables.items():
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        assert [cell.value for cell in sheet[1]] == list(table.columns)
        assert sheet.max_row == max(len(table), 0) + 1
        assert any(cell.comment for cell in sheet[1])
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    described = {cell.value for cell in book["columns"]["A"]}
    assert described >= {name for name, table in briefing.tables.items() if len(table.columns)}


def spoken(out):
    """What the briefing says itself: articles' words, names and file listings left out."""
    page = (out / "briefing.html").read_text(encoding="utf-8")
    page = re.sub(r"<style>.*?</style>|<q>.*?</q>|<t[dh]\b.*?</t[dh]>", " ", page, flags=re.DOTALL)
    yield re.sub(r"<[^>]+>", " ", page)
    deck = Presentation(out / "briefing.pptx")
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text


def test_words_never_printed(made):
    for text in spoken(made[0]):
        assert not NEVER.search(text), NEVER.search(text)


def test_markup_formulas_and_foreign_scripts_are_only_text(nasty):
    out, title = nasty
    page = (out / "briefing.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;MARK&gt; &amp; co" in page
    with zipfile.ZipFile(out / "evidence.xlsx") as book:
        sheets = [book.read(name) for name in book.namelist() if "worksheets/sheet" in name]
    assert sheets
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    for path in (out / "tables").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            for cell in (cell for row in csv.reader(handle) for cell in row):
                assert not cell.startswith(("=", "@"))
    deck = Presentation(out / "briefing.pptx")
    first = deck.slides[0].shapes.title
    assert first.text_frame.text == " ".join(title.split())
    assert first.top + first.height < deck.slide_height
    text = "".join(page.extract_text() for page in pypdf.PdfReader(out / "briefing.pdf").pages)
    assert "HYPERLINK" in text


def test_full_disk_leaves_what_was_there(seeds, tmp_path, monkeypatch, quick):
    out = tmp_path / "briefing"
    an.brief(seeds, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing, "write_slides", full)
    with pytest.raises(OutputError, match="the disk is full"):
        an.brief(seeds, out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["briefing"]


def test_nothing_is_left_after_an_error(seeds, tmp_path, monkeypatch, quick):
    monkeypatch.setattr(writing, "write_paper", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        an.brief(seeds, tmp_path / "briefing")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("place", ["file/briefing", "file", "full"])
def test_places_that_cannot_take_a_briefing(seeds, tmp_path, quick, place):
    (tmp_path / "file").write_text("a file")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.docx").write_text("dear to somebody")
    with pytest.raises(OutputError, match="expected"):
        an.brief(seeds, tmp_path / place)
    assert (tmp_path / "full" / "thesis.docx").exists()
    assert (tmp_path / "file").read_text() == "a file"


def test_a_folder_that_cannot_be_written(seeds, tmp_path, monkeypatch, quick):
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(folder.tempfile, "mkdtemp", refuse)
    with pytest.raises(OutputError, match="permission denied"):
        an.brief(seeds, tmp_path / "briefing")


def test_a_briefing_is_replaced_and_an_edited_one_kept(seeds, tmp_path, quick, capsys):
    out = tmp_path / "briefing"
    an.brief(seeds, out)
    an.brief(seeds, out, title="Second")
    assert [path.name for path in tmp_path.iterdir()] == ["briefing"]
    (out / "tables" / "hedges.csv").write_text("edited")
    an.brief(seeds, out, title="Third")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["briefing", "briefing-kept-1"]
    assert (tmp_path / "briefing-kept-1" / "tables" / "hedges.csv").read_text() == "edited"
    assert "briefing-kept-1" in capsys.readouterr().out


def test_parts_can_be_chosen(seeds, tmp_path, quick):
    an.brief(seeds, tmp_path / "out", only=["frame_matrix", "methods"])
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["parts"]) == ["frame_matrix", "methods"]
    assert set(NAMES) > {"frame_matrix", "methods"}


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [({"only": ["nonsense"]}, ChoiceError, "nonsense"), ({"only": []}, ChoiceError, "empty"),
     ({"between": ("x", "y")}, PairError, "x")],
)  # fmt: skip
def test_wrong_choices_are_named(seeds, tmp_path, quick, options, error, says):
    with pytest.raises(error, match=says):
        an.brief(seeds, tmp_path / "out", **options)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("number", "between", "said"),
    [(1, None, "only one article"), (3, None, "left out: there are 3"),
     (3, ("a", "c"), "compared between")],
)  # fmt: skip
def test_any_number_of_articles(tell, number, between, said):
    story = tell(*["The mayor said it may rain. Ten people met in Paris."] * number)
    pair = tables.pair_of(story, between)
    every = tables.all_tables(story, between=between)
    briefing = content.compose(story, every, only=None, pair=pair)
    assert any(said in note for note in briefing.notes)
    names = {part.name for part in briefing.parts}
    assert ("claim_bands" in names) == (between is not None)
    assert ("claim_matrix" in names) == (number > 2)
    assert ("figure_grid" in names) == (number > 2)
    assert ("number_table" in names) == (between is not None)


def test_a_story_without_dates_or_attributions(tell):
    story = tell("Rain fell.", "Snow fell.")
    every = tables.all_tables(story)
    briefing = content.compose(story, every, only=None, pair=tables.pair_of(story, None))
    findings = {part.name: part.panel.caption.title for part in briefing.parts}
    assert findings["who_is_heard"] == "No speaker was found"
    assert all("nan" not in title.lower() for title in findings.values())
    assert any("No date of publication" in part.panel.caption.caveat for part in briefing.parts)


LINES = (
    "The council said 12 people were killed when the old dam broke. Workers saved nine horses.",
    "A lawyer sued the owners over the dam, which may have been unsafe. Fourteen people died.",
)


@pytest.fixture(scope="module")
def five(tell, tmp_path_factory):
    """A briefing of five articles and its deck: enough columns to fill a slide."""
    story = tell(
        *[LINES[n % 2] for n in range(5)],
        title=["A headline that needs several lines of a narrow column to be read at all"] * 5,
        label=["Northumberland", "Mail on Friday", "Evening Post", "Wire", "Intelligencer"],
        outlet=["The Association of Newspapers of the Upper Valley and Surroundings"] * 5,
    )
    only = ("article_cards", "figure_grid", "frame_matrix")
    briefing = content.compose(story, tables.all_tables(story), only=only, pair=None)
    path = tmp_path_factory.mktemp("five") / "deck.pptx"
    slides.write_slides(briefing, path)
    return briefing, grids_of(Presentation(path))


def grids_of(deck):
    """Name of a slide's table -> its columns' widths in inches and its rows as text."""
    found = {}
    for shape in (shape for slide in deck.slides for shape in slide.shapes if shape.has_table):
        rows = [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
        found[shape.name] = [column.width.inches for column in shape.table.columns], rows
    return found


def test_no_article_leaves_the_slide_of_articles_while_a_hash_stays(five):
    briefing, grids_ = five
    _, (head, *rows) = grids_["article_cards"]
    assert [row[0] for row in rows] == list(briefing.story.labels.values())
    assert head[:4] == ["Article", "Headline", "Outlet", "Published"]
    assert "SHA-256 of the text" not in head


def test_row_labels_of_slides_break_between_words_only(five):
    for widths, rows in five[1].values():
        for word in (word for row in rows for word in row[0].split()):
            room = (widths[0] - 0.16) / slides.NARROW  # less the cell's margins
            assert style.width(word, slides.SMALLEST, True) <= room, word


def test_what_was_not_found_is_a_dash_on_slides(five):
    briefing, grids_ = five
    data = next(part.panel.data for part in briefing.parts if part.name == "frame_matrix")
    _, (_, *rows) = grids_["frame_matrix"]
    assert (data == 0).any(axis=None)
    assert [row[1:] for row in rows] == [
        ["–" if count == 0 else str(count) for count in line]
        for line in data.head(len(rows)).to_numpy().tolist()
    ]


def test_figures_of_many_articles_are_shown_and_lead_to_the_text(five):
    briefing, grids_ = five
    part = next(part for part in briefing.parts if part.name == "figure_grid")
    assert part in briefing.bottom_line
    assert {"12", "Fourteen"} <= {item.text for item in part.evidence}
    assert grids_["figure_grid"][1][1] == ["killed", "12", "Fourteen", "12", "Fourteen", "12"]


@pytest.mark.parametrize(
    ("room", "wanted", "least", "widths"),
    [
        (12, [1, 2, 3], [1, 1, 1], [2, 4, 6]),  # more room than wanted
        (10, [2, 20, 20], [2, 3, 3], [2, 4, 4]),  # row labels on one line, the rest shared
        (10, [4, 8, 5], [4, 2, 3], [4, 2.75, 3.25]),  # what is left goes to who wants it
        (10, [9, 9, 9], [4, 6, 6], [4, 3, 3]),  # not even room for words
        (10, [30], [30], [30]),
    ],
)
def test_columns_divide_the_room(room, wanted, least, widths):
    assert grids.divided(room, wanted, least) == pytest.approx(widths)
