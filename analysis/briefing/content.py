"""What a briefing says: its parts, their evidence, the bottom line, and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from .. import charts
from ..charts import drawing
from ..charts.compared import keyness_panel, rates_panel
from ..charts.matched import claim_bands_panel, claim_matrix_panel
from ..charts.panel import Panel, count_of, date, listed
from ..charts.told import commitment_panel, prominence_panel
from ..charts.voices import named_sources_panel, source_mix_panel, who_is_heard_panel
from ..charts.wording import agency_panel, frame_matrix_panel, hedge_types_panel
from ..errors import choice
from ..story import Story
from .tables import all_tables, pair_of

EXCERPT = 260  # code points of a sentence that evidence quotes
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Evidence:
    """A place in an article: the sentence around a row's text."""

    label: str
    article: str
    sentence: int
    start: int
    end: int
    before: str
    text: str
    after: str

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{self.label}, sentence {self.sentence}"

    @property
    def excerpt(self) -> str:
        """The passage on one line."""
        return f"{self.before}{self.text}{self.after}"


@dataclass(frozen=True)
class Part:
    """One question with its figure or table and the evidence for its finding."""

    name: str
    question: str
    panel: Panel
    tables: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    rows: int = 0  # supporting rows in the table; `evidence` holds the first of them


@dataclass(frozen=True, eq=False)
class Briefing:
    """Everything that the formats print; `draft` makes one to look at before it is written."""

    story: Story
    parts: tuple[Part, ...]
    tables: Tables
    notes: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    corrections: tuple[tuple[str, int, int, int], ...] = ()
    pair: tuple[str, str] | None = None
    bottom_line: tuple[Part, ...] = ()
    title: str = ""
    marking: str = ""

    def __repr__(self) -> str:
        return f"Briefing({count_of(len(self.parts), 'part')}: {', '.join(self.names)})"

    @property
    def names(self) -> list[str]:
        """Names of the parts, which `only` takes."""
        return [part.name for part in self.parts]

    def findings(self) -> pd.DataFrame:
        """One row per part: `part`, `question`, `finding`, `bottom_line`, `evidence` (passages)."""
        return pd.DataFrame(
            [
                {
                    "part": part.name,
                    "question": part.question,
                    "finding": part.panel.caption.title,
                    "bottom_line": part in self.bottom_line,
                    "evidence": len(part.evidence),
                }
                for part in self.parts
            ],
            columns=["part", "question", "finding", "bottom_line", "evidence"],
        )

    def passages(self) -> pd.DataFrame:
        """The evidence of the parts: `part`, `label`, offsets, `sentence`, `excerpt`."""
        return pd.DataFrame(
            [
                {
                    "part": part.name,
                    "label": item.label,
                    "article": item.article,
                    "start": item.start,
                    "end": item.end,
                    "sentence": item.sentence,
                    "excerpt": item.excerpt,
                }
                for part in self.parts
                for item in part.evidence
            ],
            columns=["part", "label", "article", "start", "end", "sentence", "excerpt"],
        )

    def show(self, name: str):
        """One part's figure (Axes) or table (Panel).

        Raises
        ------
        ChoiceError
            If the briefing has no such part.
        """
        choice(name, self.names, name="name")
        panel = next(part.panel for part in self.parts if part.name == name)
        return panel if panel.kind in ("", "table") else drawing.show(panel)


@dataclass(frozen=True)
class _Recipe:
    name: str
    question: str
    tables: tuple[str, ...]  # the first one gives the figure, the last one the evidence
    panel: Callable[[Tables, Story], Panel]
    pair: bool = False  # compares two articles
    many: bool = False  # needs more than two articles
    headline: bool = False  # whether its finding belongs to the bottom line


RECIPES = (
    _Recipe(
        "article_cards", "What are we comparing?", ("articles",),
        lambda t, s: charts.article_cards(t["articles"], story=s, shared=t.get("text_overlap")),
    ),
    _Recipe(
        "claim_bands", "What do both tell, what only one?", ("claims",),
        lambda t, s: claim_bands_panel(t["claims"], s), pair=True, headline=True,
    ),
    _Recipe(
        "claim_matrix",
        "Which article tells what?",
        ("claim_matrix",),
        lambda t, s: claim_matrix_panel(t["claim_matrix"], s),
        many=True,
        headline=True,
    ),
    _Recipe(
        "number_table",
        "Do the figures conflict?",
        ("number_pairs",),
        lambda t, s: charts.number_table(t["number_pairs"], story=s),
        pair=True,
        headline=True,
    ),
    _Recipe(
        "figure_grid",
        "Which figures differ?",
        ("numbers",),
        lambda t, s: charts.figure_grid(t["numbers"], story=s),
        many=True,
        headline=True,
    ),
    _Recipe(
        "commitment",
        "Who states the same claim more firmly?",
        ("certainty",),
        lambda t, s: commitment_panel(t["certainty"], s),
        pair=True,
        headline=True,
    ),
    _Recipe(
        "name_table",
        "Are names written alike?",
        ("name_pairs",),
        lambda t, s: charts.name_table(t["name_pairs"], story=s),
        pair=True,
        headline=True,
    ),
    _Recipe(
        "prominence",
        "What leads, what comes late?",
        ("prominence",),
        lambda t, s: prominence_panel(t["prominence"], s),
        pair=True,
    ),
    _Recipe(
        "source_mix", "Whose word is it built on?", ("sources", "attributions"),
        lambda t, s: source_mix_panel(t["sources"], s), headline=True,
    ),
    _Recipe(
        "named_sources", "How much rests on a named source?", ("source_shares", "attributions"),
        lambda t, s: named_sources_panel(t["source_shares"], s), headline=True,
    ),
    _Recipe(
        "who_is_heard", "Who is heard where?", ("sources",),
        lambda t, s: who_is_heard_panel(t["sources"], s), headline=True,
    ),
    _Recipe(
        "hedge_types", "How are statements hedged?", ("hedges",),
        lambda t, s: hedge_types_panel(t["hedges"], s), headline=True,
    ),
    _Recipe(
        "frame_matrix", "Which frames appear?", ("frames",),
        lambda t, s: frame_matrix_panel(t["frames"], s),
    ),
    _Recipe(
        "agency",
        "Who acts, who is acted on?",
        ("agency",),
        lambda t, s: agency_panel(t["agency"], s),
        headline=True,
    ),
    _Recipe(
        "naming_table",
        "What is the same thing called?",
        ("naming",),
        lambda t, s: charts.naming_table(t["naming"], story=s),
    ),
    _Recipe(
        "rates", "Does the style differ?", ("rates", "hedges"),
        lambda t, s: rates_panel(t["rates"], s, of="hedging cues"), headline=True,
    ),
    _Recipe(
        "keyness",
        "Which words set them apart?",
        ("keyness",),
        lambda t, s: keyness_panel(t["keyness"], s),
        pair=True,
    ),
    _Recipe(
        "methods", "How far to trust this?", ("methods",),
        lambda t, s: charts.methods(t["methods"], story=s),
    ),
)  # fmt: skip
NAMES = tuple(recipe.name for recipe in RECIPES)

LIMITS = (
    "Who is right. The kit compares what is written; it checks nothing against the world.",
    "What an article left out. A statement for which no match was found may be told in other "
    "words, in another article of the same outlet, or a day later.",
    "What anybody intended. Word choice, passives and order have many causes.",
    "How likely anything is. “Likely” in an article is a word, not a number.",
    "What an outlet is like. One article does not stand for its outlet.",
    "Whether two sources are independent. Copies are not corroboration.",
)


def compose(
    story: Story, tables: Tables, *, only: Sequence[str] | None, pair: tuple[str, str] | None
) -> Briefing:
    """Put the parts together; title and marking are added by the caller."""
    chosen = [recipe for recipe in RECIPES if only is None or recipe.name in only]
    parts = tuple(
        _part(recipe, story, tables)
        for recipe in chosen
        if (pair is not None or not recipe.pair) and (len(story) > 2 or not recipe.many)
    )
    headline = {recipe.name for recipe in RECIPES if recipe.headline}
    return Briefing(
        story=story,
        parts=parts,
        tables=tables,
        notes=tuple(_notes(story, chosen, pair)),
        limits=(*LIMITS, *_explanations(story)),
        corrections=tuple(_corrections(tables)),
        pair=pair,
        bottom_line=tuple(part for part in parts if part.name in headline and part.panel.kind),
    )


def draft(story: Story, *, between: Sequence[str] | None = None) -> Briefing:
    """All parts of a briefing, to look at and choose from before it is written.

    Parameters
    ----------
    story : Story
        The articles.
    between : two ids, optional
        Articles that the parts of pairs compare; see `an.brief`.

    Returns
    -------
    Briefing
        `findings()` and `passages()` are tables, `show(name)` draws a part; `an.brief` takes it
        in place of the story and computes nothing twice.

    Raises
    ------
    PairError
        If `between` does not name two articles.
    """
    pair = pair_of(story, between)
    return compose(story, all_tables(story, between=pair), only=None, pair=pair)


def _part(recipe: _Recipe, story: Story, tables: Tables) -> Part:
    panel = recipe.panel(tables, story)
    support = panel.support if len(recipe.tables) == 1 else tables[recipe.tables[-1]]
    return Part(
        recipe.name,
        recipe.question,
        panel,
        recipe.tables,
        tuple(evidence(support, story, most=24)),
        len(support),
    )


def _notes(story: Story, chosen: Sequence[_Recipe], pair: tuple[str, str] | None) -> Iterable[str]:
    paired = [recipe for recipe in chosen if recipe.pair]
    if not paired:
        return
    if pair is None:
        yield (
            f"Parts that compare two articles are left out: there are {len(story)}, and none were "
            "named with between=(id, id)."
            if len(story) > 1
            else "Parts that compare two articles are left out: there is only one article."
        )
    elif len(story) > 2:
        names = listed([story.labels[name] for name in pair])
        yield f"Statements and figures are compared between {names}, two of {len(story)} articles."


def _explanations(story: Story) -> Iterable[str]:
    """Why these articles may differ for reasons that have nothing to do with their subject."""
    articles = story.articles
    if len(articles) < 2:
        return
    reasons = []
    known = articles["published"].dropna()
    if len(known) == len(articles):
        days = (known.max() - known.min()).days
        reasons.append(f"time (published up to {count_of(days, 'day')} apart)")
    else:
        reasons.append(
            f"time (date known for {len(known)} of {count_of(len(articles), 'article')})"
        )
    sentences = story.sentences
    share = (
        sentences[sentences["register"] == "commentary"]
        .groupby("article")
        .size()
        .reindex(story.ids)
    )
    count = int((share.fillna(0) > 0).sum())
    reasons.append(f"genre ({count} of {len(articles)} hold a section of commentary)")
    words = articles["words"]
    reasons.append(f"length ({words.min():,} to {words.max():,} words)")
    yield (
        "Why the articles differ. Besides their view of the matter: "
        f"{', '.join(reasons)}, wire copy, and the house style of each outlet."
    )


def _corrections(tables: Tables) -> Iterable[tuple[str, int, int, int]]:
    """Table, rows confirmed, rows changed, rows left as the rules made them."""
    for name, table in tables.items():
        if "status" in table.columns:
            status = table["status"]
            confirmed, changed = (
                int((status == "confirmed").sum()),
                int((status == "changed").sum()),
            )
            yield name, confirmed, changed, int((status == "auto").sum())


def evidence(rows: pd.DataFrame, story: Story, *, most: int) -> Iterable[Evidence]:
    """The first rows of a table as passages; a pair gives one for each side.

    Articles take turns, so that one with many rows does not crowd out the others.
    """
    if not len(rows):
        return
    if "article_a" in rows.columns:
        given = 0
        for row in rows.to_dict("records"):
            for side in "ab":
                if pd.notna(row[f"{side}_start"]) and given < most:
                    given += 1
                    yield _passage(
                        story, row[f"article_{side}"], row[f"{side}_start"], row[f"{side}_end"]
                    )
        return
    turn = rows.groupby("article", sort=False).cumcount()
    ordered = rows.assign(_turn=turn).sort_values("_turn", kind="stable").head(most)
    ordered = ordered.assign(_place=ordered["article"].map({n: i for i, n in enumerate(story.ids)}))
    ordered = ordered.sort_values(["_place", "_turn"], kind="stable")
    for row in ordered.to_dict("records"):
        yield _passage(story, row["article"], row["start"], row["end"])


def first_of_each(items: Sequence[Evidence], *, most: int = 2) -> list[Evidence]:
    """Some passages, from each article in turn, in the order of the articles."""
    rank: dict[str, int] = {}
    turns = []
    for item in items:
        turns.append(rank.get(item.article, 0))
        rank[item.article] = turns[-1] + 1
    kept = sorted(range(len(items)), key=lambda n: (turns[n], n))[:most]
    return [items[n] for n in sorted(kept)]


def _passage(story: Story, article: str, start: int, end: int) -> Evidence:
    start, end = int(start), int(end)
    number = story.sentence_at(article, start)
    sentence = story.sentences_of(article).loc[number]
    first, last = min(sentence["start"], start), max(sentence["end"], end)
    text = story.texts[article]
    marked = _line(text[start:end])
    if len(marked) > EXCERPT:
        return Evidence(story.labels[article], article, number, start, end, "", _cut(marked), "")
    room = EXCERPT - len(marked)
    before, after = _line(text[first:start], left=True), _line(text[end:last], right=True)
    if len(before) > room // 2 and len(before) + len(after) > room:
        keep = max(room // 2, room - len(after))
        before = "… " + before[-keep:].split(" ", 1)[-1]
    if len(before) + len(after) > room:
        after = after[: max(room - len(before), 20)].rsplit(" ", 1)[0] + " …"
    return Evidence(story.labels[article], article, number, start, end, before, marked, after)


def _cut(text: str) -> str:
    return text[:EXCERPT].rsplit(" ", 1)[0] + " …"


def _line(text: str, *, left: bool = False, right: bool = False) -> str:
    """One line; a blank before or after the marked text stays."""
    line = " ".join(text.split())
    if left and text[-1:].isspace() and line:
        line += " "
    if right and text[:1].isspace() and line:
        line = " " + line
    return line


def default_title(story: Story) -> str:
    """The first headline there is, or the number of articles."""
    return (
        f"How {count_of(len(story), 'article')} tell the story"
        if len(story) > 1
        else ("How one article tells the story")
    )


def about(story: Story) -> list[str]:
    """One line per article: label, headline, outlet, date, words, hash."""
    lines = []
    for row in story.articles.itertuples():
        title = "" if pd.isna(row.title) else f"“{' '.join(row.title.split())}”, "
        outlet = "outlet not known" if pd.isna(row.outlet) else row.outlet
        lines.append(
            f"{row.label}: {title}{outlet}, {date(row.published)}, {row.words:,} words, "
            f"SHA-256 {row.sha256[:12]}…"
        )
    return lines
