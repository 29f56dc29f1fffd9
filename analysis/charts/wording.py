"""Charts of hedging, framing, actors and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..story import Story
from . import drawing, style
from .caveats import measured
from .names import ROLE_WORDS, TYPE_WORDS
from .panel import Caption, Panel, count_of, listed, source_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEW = 4
COLUMNS = 8
ROWS = 14


def _tints(story: Story) -> dict[str, str]:
    return {story.labels[i]: style.article_colour(n, len(story)) for n, i in enumerate(story.ids)}


def _by_article(counts: pd.DataFrame, story: Story) -> tuple[pd.DataFrame, str, str]:
    """Columns for up to eight articles; beyond, the number of articles with at least one."""
    counts = counts.reindex(columns=story.ids).fillna(0).astype(int)
    if len(story) > COLUMNS:
        data = (counts > 0).sum(axis=1).to_frame("articles")
        data = data.sort_values("articles", ascending=False, kind="stable")
        return data, "bars", f"number of articles, of {len(story)}"
    counts = counts.rename(columns=story.labels).rename_axis(index=None, columns=None)
    return counts, "bars" if len(story) <= FEW else "matrix", ""


def hedge_types_panel(table: pd.DataFrame, story: Story) -> Panel:
    """How statements are hedged."""
    cues = table[table["type"] != "booster"]
    named = cues.assign(type=cues["type"].replace(TYPE_WORDS))
    counts = named.groupby(["type", "article"]).size().unstack(fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    data, kind, many = _by_article(counts, story)
    caption = Caption(
        title=_hedge_title(named, story),
        measure=f"Hedging cues by type, {many or 'number in each article'}; boosters not counted.",
        caveat="Counts, not rates: a longer article holds more. A cue is no verdict on the "
        "statement. " + measured("hedges"),
        source=source_line(story),
    )
    kind = kind if len(cues) else ""
    return Panel("hedge_types", kind, caption, data, cues, _tints(story))


def _hedge_title(cues: pd.DataFrame, story: Story) -> str:
    if not len(cues):
        return "No hedging cue was found"
    per = cues.groupby("article")["type"].value_counts()
    if len(story) <= 3:
        parts = []
        for article in story.ids:
            if article not in per.index.get_level_values(0):
                parts.append(f"{story.labels[article]} has no hedging cue")
                continue
            own = per[article]
            leaders = sorted(own[own == own.max()].index)
            parts.append(
                f"{story.labels[article]} has {count_of(own.sum(), 'hedging cue')}, "
                f"most often {listed(leaders, most=2)} ({own.max()})"
            )
        return "; ".join(parts)
    spread = cues.groupby("type")["article"].agg(["nunique", "size"])
    widest, most = max(spread.itertuples(index=False, name=None))
    names = sorted(spread.index[(spread["nunique"] == widest) & (spread["size"] == most)])
    one = len(names) == 1
    return (
        f"The most widespread {'hedge is' if one else 'hedges are'} {listed(names)}, "
        f"{'' if one else 'each '}in {widest} of {len(story)} articles ({count_of(most, 'cue')})"
    )


def hedge_types(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """How statements are hedged: cues by type and article.

    Parameters
    ----------
    table : DataFrame
        `an.hedges(story)`; boosters are left out.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data, caption and supporting rows. Beyond eight articles the number of
        articles with the type is drawn.
    """
    return drawing.show(hedge_types_panel(table, story), ax=ax)


def frame_matrix_panel(table: pd.DataFrame, story: Story) -> Panel:
    """Which frames appear."""
    seen = table.drop_duplicates(["article", "sentence", "frame"])
    counts = seen.groupby(["frame", "article"]).size().unstack(fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    data, kind, many = _by_article(counts, story)
    caption = Caption(
        title=_frame_title(counts.reindex(columns=story.ids).fillna(0), story),
        measure="Sentences with at least one cue word of the frame, "
        + (many or "number in each article. Rings: automatic, not reviewed")
        + ".",
        caveat="Presence, not strength; a topic is not a frame. " + measured("frames"),
        source=source_line(story),
    )
    kind = ("matrix" if kind == "bars" and not many else kind) if len(table) else ""
    return Panel("frame_matrix", kind, caption, data, seen, _tints(story))


def _frame_title(counts: pd.DataFrame, story: Story) -> str:
    if not len(counts):
        return "No cue of a frame was found"
    present = counts > 0
    if len(story) == 1:
        return f"Cues of {count_of(len(counts), 'frame')}, most of {counts.index[0]}"
    everywhere = present[present.all(axis=1)].index.tolist()
    where = "both articles" if len(story) == 2 else f"all {len(story)} articles"
    title = f"{len(everywhere)} of {count_of(len(counts), 'frame')} appear in {where}"
    if len(story) == 2:
        for article in story.ids:
            other = next(name for name in story.ids if name != article)
            alone = present[present[article] & ~present[other]].index.tolist()
            if alone:
                title += f"; only in {story.labels[article]}: {listed(alone, most=3)}"
    return title


def frame_matrix(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """Which frames appear: frames in rows, articles in columns, sentences counted.

    Parameters
    ----------
    table : DataFrame
        `an.frames(story)`.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data, caption and supporting rows. A sentence counts once per frame.
    """
    return drawing.show(frame_matrix_panel(table, story), ax=ax)


def agency_panel(table: pd.DataFrame, story: Story) -> Panel:
    """Who acts, who is acted on."""
    known = table[table["actor"] != "pronoun"]
    order = known["actor"].value_counts().index[:ROWS].tolist()
    total = known["actor"].nunique()
    roles = [role for role in ROLE_WORDS if (known["role"] == role).any()]
    if len(story) <= 3:
        columns = [(article, role) for article in story.ids for role in roles]
        counts = known.groupby(["actor", "article", "role"]).size()
        data = pd.DataFrame(
            {
                f"{story.labels[article]}: {ROLE_WORDS[role]}": [
                    int(counts.get((actor, article, role), 0)) for actor in order
                ]
                for article, role in columns
            },
            index=order,
        )
        tints = {
            f"{story.labels[article]}: {ROLE_WORDS[role]}": style.article_colour(
                story.ids.index(article), len(story)
            )
            for article, role in columns
        }
        kind, measure = "matrix", "Clauses in which the actor has the role, number per article."
    else:
        counts = known.groupby(["actor", "role"]).size().unstack(fill_value=0)
        data = counts.reindex(index=order, columns=roles).rename(columns=ROLE_WORDS)
        data = data.rename_axis(index=None, columns=None)
        tints = dict(zip(ROLE_WORDS.values(), ("#0072B2", "#E69F00", "#D9D9D9"), strict=True))
        kind, measure = "stacked", f"Clauses by role of the actor, all {len(story)} articles."
    hidden = total - len(order)
    caption = Caption(
        title=_agency_title(known, story),
        measure=measure + (f" {len(order)} of {total} actors are shown." if hidden else ""),
        caveat="A passive is not evasion, and parsing errs. " + measured("agency"),
        source=source_line(story),
    )
    return Panel("agency", kind if len(known) else "", caption, data, known, tints, hidden)


def _agency_title(known: pd.DataFrame, story: Story) -> str:
    acting = known[known["role"] == "agent"]
    if not len(acting):
        return "No actor was found in the role of one who acts"
    if len(story) > 3:
        top = acting["actor"].value_counts()
        leaders = sorted(top.index[top == top.iloc[0]])
        one = len(leaders) == 1
        return (
            f"{listed(leaders, most=3)} {'acts' if one else 'act'} most often: {top.iloc[0]:,}"
            f"{'' if one else ' each'} of {len(acting):,} clauses with an agent"
        )
    parts = []
    for article in story.ids:
        own = acting[acting["article"] == article]["actor"].value_counts()
        if len(own):
            leaders = own[own == own.iloc[0]].index.tolist()
            parts.append(
                f"in {story.labels[article]} {listed(leaders, most=2)} "
                f"({own.iloc[0]} of {count_of(own.sum(), 'clause')})"
            )
    return f"Who acts most often: {'; '.join(parts)}"


def agency(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """Who acts, who is acted on: actors in rows, roles in columns, clauses counted.

    Parameters
    ----------
    table : DataFrame
        `an.agency(story)`. Pronouns that stand for nobody known are left out.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data, caption and supporting rows. The 14 actors named most often; beyond
        three articles all articles are counted together.
    """
    return drawing.show(agency_panel(table, story), ax=ax)


def naming_table(table: pd.DataFrame, *, story: Story) -> Panel:
    """What is the same thing called: expressions with counts, own voice and quoted apart.

    Parameters
    ----------
    table : DataFrame
        `an.naming(story)`.
    story : Story
        The articles.

    Returns
    -------
    Panel
        A table: things in rows, articles in columns (beyond four articles one column for all).
        The 14 things with most different expressions.
    """
    shared = table.groupby("thing").filter(
        lambda rows: len(story) == 1 or rows["article"].nunique() > 1
    )
    variety = (
        shared.groupby("thing")["expression"].nunique().sort_values(ascending=False, kind="stable")
    )
    order = variety.index[:ROWS].tolist()
    few = len(story) <= FEW
    groups = {story.labels[i]: [i] for i in story.ids} if few else {"All articles": story.ids}
    data = pd.DataFrame(
        {
            label: [
                _expressions(shared[(shared["thing"] == thing) & shared["article"].isin(ids)])
                for thing in order
            ]
            for label, ids in groups.items()
        },
        index=pd.Index(order, name="Thing"),
    )
    several = int((variety > 1).sum())
    hidden = len(variety) - len(order)
    if not len(variety):
        title = "No thing was found that is told of more than once"
    else:
        where = "" if len(story) == 1 else " told of in more than one article"
        title = (
            f"{several} of {count_of(len(variety), 'thing')}{where} "
            f"{'goes' if several == 1 else 'go'} by more than one expression"
        )
    caption = Caption(
        title=title,
        measure="Expressions with the number of times they are used."
        + (f" {len(order)} of {len(variety)} things are shown." if hidden else ""),
        caveat="Which expressions mean the same thing is found by rules and may err. "
        + measured("naming"),
        source=source_line(story),
    )
    support = shared[shared["thing"].isin(order)].drop_duplicates(["article", "expression"])
    return Panel("naming_table", "table" if len(order) else "", caption, data, support, {}, hidden)


def _expressions(rows: pd.DataFrame, most: int = 5) -> str:
    """Expressions of the own voice, then those in quotations, most frequent first."""
    parts = []
    for voice, prefix in (("own", ""), ("quoted", "in quotations: ")):
        counts = rows.loc[rows["voice"] == voice, "expression"].value_counts()
        if len(counts):
            names = [f"{name} ({count})" for name, count in counts.head(most).items()]
            if len(counts) > most:
                names.append(f"{len(counts) - most} more")
            parts.append(prefix + ", ".join(names))
    return "; ".join(parts) or "–"
