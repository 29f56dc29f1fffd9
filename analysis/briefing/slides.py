"""The briefing as slides: native charts and tables that can be edited, evidence in the notes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ..charts import drawing, style
from ..charts.panel import QUIET, TEXT, Panel, listed
from .content import Briefing, Part, about, first_of_each
from .grids import divided, flat

WIDTH, HEIGHT, EDGE = 13.333, 7.5, 0.55  # inches
SMALLEST = 14  # points
LIST = 17
NOTES = 10  # passages in the notes of a slide
WIDEST = 6.0  # inches that a column may wish for
LONGEST = 2.8  # inches that a column has for one word
LINES = 6  # of a slope chart
SANS = "Arial"
NARROW = 0.9  # Arial by the width of DejaVu Sans, in which texts are measured


def write_slides(briefing: Briefing, path: Path) -> None:
    """Write `briefing.pptx`."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.core_properties.title = briefing.title[:255]
    deck.core_properties.author = "Tellings"
    _opening(deck, briefing)
    _list(deck, briefing, "Bottom line", [f"{p.panel.caption.title}." for p in briefing.bottom_line]
          or ["The tables support no finding."], _evidence_of(briefing.bottom_line))  # fmt: skip
    for part in briefing.parts:
        _slide(deck, briefing, part)
    _list(deck, briefing, "What we cannot say", list(briefing.limits), "")
    deck.save(str(path))


def _wrap(text: str, inches: float, size: float, *, bold: bool = False, lines: int = 0) -> str:
    return style.wrap(text, inches / NARROW, size, bold=bold, lines=lines)


def _lines(text: str, size: float, *, bold: bool = False) -> int:
    return _wrap(text, WIDTH - 2 * EDGE - 0.2, size, bold=bold).count("\n") + 1


def _new(deck, briefing: Briefing, title: str, size: float) -> tuple[Any, float]:
    """A slide with its title and marking; gives the slide and where its body begins."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches, Pt

    slide = deck.slides.add_slide(deck.slide_layouts[5])
    top = 0.75
    while size > SMALLEST and _lines(title, size, bold=True) > 2:
        size -= 2
    height = _lines(title, size, bold=True) * size * 1.25 / 72 + 0.1
    holder = slide.shapes.title
    holder.left, holder.top = Inches(EDGE), Inches(top)
    holder.width, holder.height = Inches(WIDTH - 2 * EDGE), Inches(height)
    frame = holder.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _write(frame.paragraphs[0], title, size=size, bold=True)
    if briefing.marking:
        mark = _wrap(briefing.marking, WIDTH - 2 * EDGE, SMALLEST, bold=True, lines=1)
        for y, name in ((0.06, "Marking, top"), (HEIGHT - 0.36, "Marking, bottom")):
            box = _box(slide, y, 0.3, name)
            _write(box.paragraphs[0], mark, size=SMALLEST, bold=True, centre=True)
    frame.paragraphs[0].line_spacing = Pt(size * 1.2)
    return slide, top + height


def _box(slide, top: float, height: float, name: str):
    from pptx.util import Inches

    shape = slide.shapes.add_textbox(
        Inches(EDGE), Inches(top), Inches(WIDTH - 2 * EDGE), Inches(height)
    )
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame


def _write(
    paragraph, text: str, *, size: float, bold: bool = False, colour: str = TEXT,
    centre: bool = False,
) -> None:  # fmt: skip
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment = PP_ALIGN.CENTER if centre else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = _clean(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, SANS
    run.font.color.rgb = RGBColor.from_string(colour[1:])


def _clean(text: str) -> str:
    """Text that XML can hold."""
    kept = "".join(c if c >= " " or c in "\t\n" else " " for c in text)
    return kept.encode("utf-8", "replace").decode("utf-8")


def _opening(deck, briefing: Briefing) -> None:
    slide, top = _new(deck, briefing, briefing.title, 36)
    room = HEIGHT - 0.6 - top - 0.3
    frame = _box(slide, top + 0.3, room, "Articles")
    used = 0.0
    lines = about(briefing.story)
    for number, line in enumerate(lines):
        needed = _lines(line, 16) * 16 * 1.3 / 72
        if used + needed > room - 0.5 and number + 1 < len(lines):
            line = f"… and {len(lines) - number} more articles"
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        _write(paragraph, line, size=16, colour=QUIET)
        used += needed
        if line.startswith("… and "):
            break
    slide.notes_slide.notes_text_frame.text = _clean("\n".join(lines))


def _list(deck, briefing: Briefing, title: str, lines: list[str], notes: str) -> None:
    """One line after the other; a second slide where they do not fit."""
    from pptx.util import Pt

    rest = list(lines)
    first = True
    while rest or first:
        head = title if first else f"{title} (continued)"
        slide, top = _new(deck, briefing, head, 28)
        frame = _box(slide, top + 0.2, HEIGHT - top - 0.7, head)
        used = 0.0
        began = False
        while rest:
            needed = _lines(rest[0], LIST) * LIST * 1.2 / 72 + 0.09
            if began and used + needed > HEIGHT - top - 0.9:
                break
            paragraph = frame.add_paragraph() if began else frame.paragraphs[0]
            _write(paragraph, f"• {rest.pop(0)}", size=LIST)
            paragraph.space_after = Pt(6)
            used += needed
            began = True
        if first and briefing.notes and title == "Bottom line" and not rest:
            for note in briefing.notes:
                _write(frame.add_paragraph(), note, size=16, colour=QUIET)
        slide.notes_slide.notes_text_frame.text = _clean(notes)
        first = False


def _evidence_of(parts: tuple[Part, ...]) -> str:
    return "\n\n".join(
        f"{part.panel.caption.title}.\n"
        + "\n".join(
            f"{item.place}: “{item.excerpt}”" for item in first_of_each(part.evidence, most=4)
        )
        for part in parts
    )


def _notes(part: Part) -> str:
    caption = part.panel.caption
    rows = ", ".join(f"tables/{name}.csv" for name in part.tables)
    evidence = [
        f"{item.place}: “{item.excerpt}”" for item in first_of_each(part.evidence, most=NOTES)
    ]
    return "\n".join(
        [part.question, caption.title, caption.measure, caption.caveat, caption.source, "",
         *(["Evidence:", *evidence] if evidence else []), f"All rows: {rows}"]
    )  # fmt: skip


def _slide(deck, briefing: Briefing, part: Part) -> None:
    panel = part.panel
    slide, top = _new(deck, briefing, panel.caption.title, 26)
    _write(_box(slide, 0.42, 0.3, "Question").paragraphs[0], part.question, size=SMALLEST,
           colour=QUIET)  # fmt: skip
    foot = [
        _wrap(text, WIDTH - 2 * EDGE - 0.1, SMALLEST, lines=most)
        for text, most in ((panel.caption.caveat, 3), (panel.caption.source, 2))
    ]
    needed = sum(text.count("\n") + 1 for text in foot) * SMALLEST * 1.25 / 72 + 0.08
    low = HEIGHT - 0.42 - needed
    frame = _box(slide, low, needed, "Caveat and source")
    for number, text in enumerate(foot):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        _write(paragraph, text.replace("\n", " "), size=SMALLEST, colour=QUIET)
    most = f"{panel.caption.measure} On this slide: 00 of 00 rows."
    lines = 2 if panel.spare else min(_lines(most, SMALLEST), 2)
    area = (top + 0.05 + 0.25 * lines, low - 0.1)
    fitting, left_out = _body(slide, panel, area)
    measure = panel.caption.measure
    if left_out:
        measure += f" Not on this slide: {listed(left_out)}."
    if fitting < len(panel.data):
        measure += f" On this slide: {fitting} of {len(panel.data)} rows."
    _write(_box(slide, top, 0.5, "Measure").paragraphs[0],
           _wrap(measure, WIDTH - 2 * EDGE - 0.1, SMALLEST, lines=2).replace("\n", " "),
           size=SMALLEST, colour=QUIET)  # fmt: skip
    slide.notes_slide.notes_text_frame.text = _clean(_notes(part))


def _body(slide, panel: Panel, area: tuple[float, float]) -> tuple[int, list[str]]:
    """Fill a slide's body; gives the number of rows that fit and the columns left out.

    What PowerPoint has no chart for (rings, ordinal steps, intervals) is a native table.
    """
    if not panel.kind:
        return len(panel.data), []
    if panel.kind in ("stacked", "bars", "diverging", "slope"):
        return _chart(slide, panel, area), []
    return _table(slide, panel, area)


def _describe(shape, panel: Panel) -> None:
    """Name and alternative text of a shape."""
    shape.name = panel.name
    shape._element.xpath(".//p:cNvPr")[0].set("descr", _clean(panel.alt))


def _chart(slide, panel: Panel, area: tuple[float, float]) -> int:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    kinds = {
        "stacked": XL_CHART_TYPE.BAR_STACKED_100,
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "diverging": XL_CHART_TYPE.BAR_CLUSTERED,
        "slope": XL_CHART_TYPE.LINE_MARKERS,
    }
    height = area[1] - area[0]
    if panel.kind == "slope":
        order = drawing.furthest(panel.data, most=LINES)
        rows = panel.data.iloc[sorted(order)] if order else panel.data.head(LINES)
    else:
        series = 1 if panel.kind == "stacked" else panel.data.shape[1]
        rows = panel.data.head(max(1, int((height - 0.5) / (0.12 + 0.14 * series))))
    data = CategoryChartData()
    if panel.kind == "slope":
        data.categories = [_clean(str(name)) for name in rows.columns]
        for label, line in zip(rows.index, rows.itertuples(index=False, name=None), strict=True):
            data.add_series(_clean(str(label)), [float(value) for value in line])
    else:
        totals = rows.sum(axis=1)
        height = min(height, 1.3 + 0.9 * len(rows))
        data.categories = [
            _clean(_wrap(str(label), 3.2, SMALLEST, lines=2))
            + (f" (n = {totals.iloc[n]:,})" if panel.kind == "stacked" else "")
            for n, label in enumerate(rows.index)
        ]
        for name in rows.columns:
            data.add_series(_clean(str(name)), [float(value) for value in rows[name]])
    shape = slide.shapes.add_chart(
        kinds[panel.kind], Inches(EDGE), Inches(area[0]), Inches(WIDTH - 2 * EDGE), Inches(height),
        data,
    )  # fmt: skip
    _describe(shape, panel)
    _dress(shape.chart, panel, [str(name) for name in rows.columns], len(rows))
    return len(rows)


def _dress(chart, panel: Panel, series: list[str], rows: int) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    chart.font.size, chart.font.name = Pt(SMALLEST), SANS
    chart.has_title = False
    slope = panel.kind == "slope"
    chart.has_legend = slope or len(series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.RIGHT if slope else XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(SMALLEST)
    value, category = chart.value_axis, chart.category_axis
    value.has_major_gridlines = False
    value.visible = slope
    category.format.line.color.rgb = RGBColor.from_string("767676")
    if slope:
        value.reverse_order = True
        value.minimum_scale, value.maximum_scale = 0, 100
        value.tick_labels.font.size = Pt(SMALLEST)
        for number, line in enumerate(chart.plots[0].series):
            colour = style.ARTICLES[number % len(style.ARTICLES)]
            line.smooth = False
            line.format.line.color.rgb = RGBColor.from_string(colour[1:])
            line.marker.format.fill.solid()
            line.marker.format.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
        return
    category.reverse_order = True
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    plot = chart.plots[0]
    plot.gap_width = 45 if rows > 2 else 130
    if panel.kind == "bars":
        plot.overlap = 0
    for number, (name, bars) in enumerate(zip(series, plot.series, strict=True)):
        fallback = style.GROUPS[number % len(style.GROUPS)]
        colour = panel.colours.get(name, fallback)
        bars.format.fill.solid()
        bars.format.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
        bars.invert_if_negative = False
        labels = bars.data_labels
        labels.show_value = True
        labels.number_format_is_linked = False
        labels.number_format = "+0.0;-0.0" if panel.kind == "diverging" else "#,##0;;"
        labels.font.size = Pt(SMALLEST)
        inside = panel.kind == "stacked"
        labels.font.color.rgb = RGBColor.from_string((style.on(colour) if inside else TEXT)[1:])


def _table(slide, panel: Panel, area: tuple[float, float]) -> tuple[int, list[str]]:
    """A native table with as many rows as fit in letters of 14 points.

    Columns that can be spared go before a row does.
    """
    from pptx.util import Inches

    room = WIDTH - 2 * EDGE
    spare = [name for name in panel.spare if name in panel.data.columns]
    for left_out in (spare[:count] for count in range(len(spare) + 1)):
        shown = replace(panel, data=panel.data.drop(columns=left_out))
        columns, rows = flat(shown)
        widths = _column_widths(columns, rows, room)
        heights = [_row_height(row, widths, not n) for n, row in enumerate((columns, *rows))]
        fitting, used = _fitting(heights, area[1] - area[0])
        if fitting == len(rows):
            break
    shape = slide.shapes.add_table(
        fitting + 1, len(columns), Inches(EDGE), Inches(area[0]), Inches(room), Inches(used)
    )
    _describe(shape, panel)
    grid = shape.table
    for number, width in enumerate(widths):
        grid.columns[number].width = Inches(width)
    for row, cells in enumerate((columns, *rows[:fitting])):
        grid.rows[row].height = Inches(heights[row])
        for number, cell in enumerate(cells):
            _fill(
                grid.cell(row, number), cell, head=row == 0, label=number == 0, width=widths[number]
            )
    return fitting, left_out


def _fitting(heights: list[float], room: float) -> tuple[int, float]:
    """Rows under the head that fit, one at least, and the height of it all."""
    fitting, used = 0, heights[0]
    for height in heights[1:]:
        if fitting and used + height > room:
            break
        used += height
        fitting += 1
    return fitting, used


def _column_widths(columns: list[str], rows: list[list[str]], room: float) -> list[float]:
    """Widths in inches by what the columns hold, none too narrow for a word if that can be."""
    wanted, least = [], []
    for number, name in enumerate(columns):
        cells = [str(cell) for cell in (name, *(row[number] for row in rows[:60]))]
        words = [word for cell in cells for word in cell.split()] or [""]
        wanted.append(min(max(_inches(cell) for cell in cells), WIDEST))
        least.append(min(max(_inches(word) for word in words), LONGEST))
    return divided(room, wanted, least)


def _inches(text: str) -> float:
    """Width that a cell needs to hold a text on one line."""
    return style.width(text, SMALLEST, True) * NARROW + 0.3


def _row_height(cells: list[str], widths: list[float], head: bool) -> float:
    lines = max(
        _wrap(str(cell), width - 0.22, SMALLEST, bold=head or not n, lines=4).count("\n") + 1
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return lines * SMALLEST * 1.2 / 72 + 0.1


def _fill(cell, text: str, *, head: bool, label: bool, width: float) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Inches

    cell.margin_left = cell.margin_right = Inches(0.08)
    cell.margin_top = cell.margin_bottom = Inches(0.04)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string("E6E6E6" if head else "FFFFFF")
    short = _wrap(str(text), width - 0.2, SMALLEST, bold=head or label, lines=4).replace("\n", " ")
    _write(cell.text_frame.paragraphs[0], short, size=SMALLEST, bold=head or label)
