"""Charts of statements and figures that two articles share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..story import Story
from . import drawing, style
from .caveats import measured
from .panel import Caption, Panel, count_of, listed, source_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOUND = ("same", "partial", "conflict")
BANDS = ("told by both", "in conflict", "unsure", "no match found")
BAND_COLOURS = dict(zip(BANDS, ("#0072B2", "#D55E00", "#E69F00", "#D9D9D9"), strict=True))
RELATION_WORDS = {
    "same": "same",
    "compatible": "compatible",
    "different_scope": "different scope",
    "conflict": "in conflict",
    "undecided": "undecided",
}
ROWS = 12
COLUMNS = 8


def sides(table: pd.DataFrame, story: Story) -> dict[str, str]:
    """Side → label of the article, from a table of pairs."""
    if not len(table):
        return {"a": "the first article", "b": "the second article"}
    first = table.iloc[0]
    return {side: story.labels[first[f"article_{side}"]] for side in "ab"}


def colours(table: pd.DataFrame, story: Story) -> dict[str, str]:
    """Label → colour for the two articles of a table of pairs."""
    if not len(table):
        return {}
    first = table.iloc[0]
    return {
        story.labels[first[f"article_{side}"]]: style.article_colour(
            story.ids.index(first[f"article_{side}"]), len(story)
        )
        for side in "ab"
    }


def excerpt(text: str, most: int = 90) -> str:
    """The beginning of a statement on one line, cut between words."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "\u00a0…"


def claim_bands_panel(table: pd.DataFrame, story: Story) -> Panel:
    """What both tell, what was found in one only."""
    names = sides(table, story)
    rows = {}
    for side in "ab":
        per = table[table[f"sentence_{side}"].notna()].groupby(f"sentence_{side}")["relation"]
        kinds = per.agg(lambda found: _band(set(found)))
        rows[names[side]] = [int((kinds == band).sum()) for band in BANDS]
    data = pd.DataFrame.from_dict(rows, orient="index", columns=BANDS)
    data = data.loc[:, [bool(data[band].any()) for band in BANDS]]
    told = [sum(rows[names[side]][:2]) for side in "ab"]
    total = [sum(rows[names[side]]) for side in "ab"]
    if len(table):
        title = (
            f"{told[0]} of {count_of(total[0], 'statement')} in {names['a']} were found, whole or "
            f"in part, in {names['b']}; {told[1]} of {total[1]} the other way round"
        )
    else:
        title = "No statements could be compared"
    support = table[table["relation"].isin(FOUND)].sort_values(
        "score", ascending=False, kind="stable"
    )
    caption = Caption(
        title=title,
        measure="Statements (sentences) of each article, by what was found in the other; "
        "share of the article's statements, with their number.",
        caveat="“No match found” is not “not told”: many matches are missed. " + measured("claims"),
        source=source_line(story),
    )
    return Panel(
        "claim_bands", "stacked" if len(table) else "", caption, data, support, BAND_COLOURS
    )


def _band(relations: set[str]) -> str:
    if "conflict" in relations:
        return "in conflict"
    if relations & {"same", "partial"}:
        return "told by both"
    return "unsure" if "unsure" in relations else "no match found"


def claim_bands(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """What do both tell, what only one: one bar per article, divided into bands.

    Parameters
    ----------
    table : DataFrame
        `an.claims(story, between=…)`.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes, without title, caveat and source line.

    Returns
    -------
    Axes
        `ax.panel` holds the data drawn, the caption and the supporting rows. A sentence linked
        more than once counts once.
    """
    return drawing.show(claim_bands_panel(table, story), ax=ax)


def number_table(table: pd.DataFrame, *, story: Story) -> Panel:
    """Do the figures conflict: pairs of figures that count the same thing.

    Parameters
    ----------
    table : DataFrame
        `an.number_pairs(story, between=…)`.
    story : Story
        The articles.

    Returns
    -------
    Panel
        A table with both figures as written, how they stand to each other, and why.
    """
    names = sides(table, story)
    order = list(dict.fromkeys(("conflict", "undecided", "different_scope", "compatible", "same")))
    rank = table["relation"].map(order.index) + len(order) * (table["kind"] == "date")
    support = table.loc[rank.sort_values(kind="stable").index]
    # an article that repeats a figure makes several pairs of the same two: one line for them all
    same = [support[c].str.lower() for c in ("a_text", "b_text", "relation", "reason")]
    times = support.groupby(same, sort=False)["quantity"].transform("size")
    shown = support[~support.assign(**{c.name: c for c in same}).duplicated([c.name for c in same])]
    data = pd.DataFrame(
        {
            names["a"]: [excerpt(text) if pd.notna(text) else "–" for text in shown["a_text"]],
            names["b"]: [excerpt(text) if pd.notna(text) else "–" for text in shown["b_text"]],
            "Relation": [RELATION_WORDS[relation] for relation in shown["relation"]],
            "Reason": shown["reason"].tolist(),
            "Times": times[shown.index].tolist(),
        },
        index=pd.Index(shown["quantity"], name="Counted"),
    )
    figures = shown[shown["kind"] == "figure"]
    counts = figures["relation"].value_counts()
    dates = count_of(len(shown) - len(figures), "pair")
    if len(figures):
        each = listed(
            [f"{counts[key]} {RELATION_WORDS[key]}" for key in order if key in counts], most=5
        )
        title = f"{count_of(len(figures), 'pair')} of figures can be compared ({each})"
        title += f" and {dates} of dates" if len(figures) < len(shown) else ""
    elif len(table):
        title = f"{dates} of dates can be compared, but no figures"
    else:
        title = "No figures of the two articles count the same thing"
    caption = Caption(
        title=title,
        measure="Figures as written, paired where they count the same thing. Times: how often the "
        "same two meet.",
        caveat="Different scope: another period, population, or a total against an increment. "
        + measured("number_pairs"),
        source=source_line(story),
    )
    return Panel("number_table", "table" if len(table) else "", caption, data, support)


def name_table(table: pd.DataFrame, *, story: Story) -> Panel:
    """Are names written alike: names that two articles spell out differently.

    Parameters
    ----------
    table : DataFrame
        `an.name_pairs(story, between=…)`.
    story : Story
        The articles.

    Returns
    -------
    Panel
        A table with both forms and what differs.
    """
    names = sides(table, story)
    data = pd.DataFrame(
        {
            names["a"]: [excerpt(text) for text in table["a_text"]],
            names["b"]: [excerpt(text) for text in table["b_text"]],
            "Difference": table["reason"].tolist(),
        },
        index=pd.Index(table["name"], name="Name"),
    )
    if len(table):
        title = f"{count_of(len(table), 'name is', 'names are')} written or spelled out differently"
    else:
        title = "No name was found that the two articles write differently"
    caption = Caption(
        title=title,
        measure="The first mention in that form, verbatim.",
        caveat="Two forms may be two things: read both passages. " + measured("name_pairs"),
        source=source_line(story),
    )
    return Panel("name_table", "table" if len(table) else "", caption, data, table)


def claim_matrix_panel(table: pd.DataFrame, story: Story, rows: int = ROWS) -> Panel:
    """Which article tells which claim."""
    told = table.groupby("claim")["article"].nunique()
    order = told.sort_values(ascending=False, kind="stable").index
    shown_claims = order[:rows]
    first = table.drop_duplicates("claim").set_index("claim")["text"]
    index = [excerpt(first[claim], 80) for claim in shown_claims]
    if len(story) <= COLUMNS:
        cells = table.groupby(["claim", "article"]).size()
        data = pd.DataFrame(
            {
                story.labels[article]: [int(cells.get((c, article), 0)) for c in shown_claims]
                for article in story.ids
            },
            index=index,
        )
        kind, measure = "matrix", "Sentences of each article that tell the claim."
    else:
        data = pd.DataFrame({"articles": [int(told[c]) for c in shown_claims]}, index=index)
        kind, measure = "bars", f"Number of articles that tell the claim, of {len(story)}."
    hidden = len(order) - len(shown_claims)
    if len(table):
        everywhere = int((told == len(story)).sum())
        title = (
            f"{everywhere} of {count_of(len(told), 'claim')} that at least two articles tell were "
            f"found in all {len(story)}; the widest in {told.max()}"
        )
    else:
        title = "No claim was found in more than one article"
    caption = Caption(
        title=title,
        measure=measure
        + (f" {len(shown_claims)} of {len(order)} claims are shown." if hidden else ""),
        caveat="A dash is “no match found”, not “not told”. " + measured("claims"),
        source=source_line(story),
    )
    support = table[table["claim"].isin(shown_claims)]
    tints = {story.labels[i]: style.article_colour(n, len(story)) for n, i in enumerate(story.ids)}
    return Panel("claim_matrix", kind if len(table) else "", caption, data, support, tints, hidden)


def claim_matrix(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """Which article tells which claim: claims in rows, articles in columns.

    Parameters
    ----------
    table : DataFrame
        `an.claim_matrix(story)`.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data, caption and supporting rows. The 12 claims that most articles tell;
        beyond eight articles the articles are counted instead.
    """
    return drawing.show(claim_matrix_panel(table, story), ax=ax)
