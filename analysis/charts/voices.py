"""Charts of whose word an article is built on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..story import Story
from . import drawing, style
from .caveats import measured
from .panel import Caption, Panel, count_of, listed, source_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# At most five kinds stay readable; the table keeps them all.
GROUPS = {
    "state and international bodies": (
        "government",
        "military",
        "intelligence",
        "international organisation",
        "party/politician",
    ),
    "experts, media, documents": ("expert", "media", "document"),
    "people, companies, others": ("civilian", "company", "other"),
    "kept anonymous": ("anonymous",),
    "no source given": ("unnamed",),
}
COLOURS = dict(zip(GROUPS, ("#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D9D9D9"), strict=True))
SHARES = {
    "named": "named source",
    "not_named": "source not named",
    "no_source": "no source given",
    "unattributed": "the article's own word",
}
SHARE_COLOURS = dict(
    zip(SHARES.values(), ("#0072B2", "#E69F00", "#CC79A7", "#D9D9D9"), strict=True)
)
# A pronoun that was not led back to a name is nobody, and two of them are not one speaker.
PRONOUNS = frozenset("i we you he she it they me us him her them who whom which that".split())
MOST_ARTICLES = 18
MOST_SPEAKERS = 16
COLUMNS = 8  # beyond, articles are counted instead of shown one by one


def source_mix_panel(table: pd.DataFrame, story: Story) -> Panel:
    """Whose word is it built on: kinds of sources."""
    group = {kind: name for name, kinds in GROUPS.items() for kind in kinds}
    counts = (
        table.assign(group=table["source_type"].map(group))
        .pivot_table(index="article", columns="group", values="attributions", aggfunc="sum")
        .reindex(index=story.ids, columns=list(GROUPS))
        .fillna(0)
        .astype(int)
    )
    data, hidden = _largest(counts)
    data = data.loc[:, [bool(data[name].any()) for name in data.columns]]
    data = data.rename(index=story.labels).rename_axis(index=None, columns=None)
    empty = not counts.to_numpy().any()
    caption = Caption(
        title="No attribution was found" if empty else _mix_title(counts, story),
        measure="Attributions by kind of source; share of the article's attributions, "
        "with their number." + _hidden(hidden, len(counts)),
        caveat="What an article says on its own account is not shown here. "
        + measured("attributions"),
        source=source_line(story),
    )
    support = table.sort_values("attributions", ascending=False, kind="stable")
    return Panel("source_mix", "" if empty else "stacked", caption, data, support, COLOURS, hidden)


def _largest(counts: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """All rows, or those with the highest totals in their order."""
    if len(counts) <= MOST_ARTICLES:
        return counts, 0
    kept = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index[:MOST_ARTICLES]
    return counts.loc[[name for name in counts.index if name in set(kept)]], len(counts) - len(kept)


def _hidden(hidden: int, total: int, what: str = "articles") -> str:
    if not hidden:
        return ""
    return f" The {total - hidden} {what} with the highest totals of {total}."


def _mix_title(counts: pd.DataFrame, story: Story) -> str:
    most = counts.max(axis=1)
    leads = counts.eq(most, axis=0) & counts.gt(0)
    if len(counts) <= 3:
        parts = []
        for article in counts.index:
            leaders = [_to(group) for group in counts.columns[leads.loc[article]]]
            each = " each" if len(leaders) > 1 else ""
            total = count_of(counts.loc[article].sum(), "attribution")
            parts.append(
                f"{story.labels[article]}: "
                + (
                    f"{most[article]}{each} of {total} to {listed(leaders)}"
                    if leaders
                    else "no attribution found"
                )
            )
        return "; ".join(parts)
    times = leads.sum()
    common = [_to(group) for group in counts.columns[times == times.max()]]
    if len(common) == 1:
        leading, each = common[0].capitalize(), " "
    else:  # names of groups hold "and" themselves
        leading, each = listed([f"“{group.capitalize()}”" for group in common]), ", each "
    return f"{leading} lead the sources{each}in {times.max()} of {count_of(len(counts), 'article')}"


def _to(group: str) -> str:
    return {
        "kept anonymous": "sources kept anonymous",
        "no source given": "no source at all",
    }.get(group, group)


def source_mix(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """Whose word is it built on: one bar per article, divided by kind of source.

    Parameters
    ----------
    table : DataFrame
        `an.sources(story)`.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data, caption and supporting rows. An attribution to two speakers counts
        for both. Beyond 18 articles those with most attributions are shown.
    """
    return drawing.show(source_mix_panel(table, story), ax=ax)


def named_sources_panel(table: pd.DataFrame, story: Story) -> Panel:
    """How many words rest on a named source."""
    counts = table.set_index("article").reindex(story.ids)[list(SHARES)].fillna(0).astype(int)
    counts = counts.rename(columns=SHARES)
    data, hidden = _largest(counts)
    data = data.rename(index=story.labels).rename_axis(None)
    empty = not counts.to_numpy().any()
    caption = Caption(
        title="No words could be counted" if empty else _named_title(counts, story),
        measure="Words by whose word they are; share of the article's words, with their number."
        + _hidden(hidden, len(counts)),
        caveat="A source is named if a reader could look it up. " + measured("attributions"),
        source=source_line(story),
    )
    return Panel(
        "named_sources", "" if empty else "stacked", caption, data,
        story.sentences.iloc[:0], SHARE_COLOURS, hidden,
    )  # fmt: skip


def _named_title(counts: pd.DataFrame, story: Story) -> str:
    named, total = counts["named source"], counts.sum(axis=1)
    if len(counts) <= 3:
        parts = [
            f"{named[article]:,} of {total[article]:,} words in {story.labels[article]}"
            for article in counts.index
        ]
        return f"Words that rest on a named source: {listed(parts)}"
    share = named / total.where(total > 0)
    return (
        f"Words that rest on a named source make up {100 * share.min():.0f} % to "
        f"{100 * share.max():.0f} % of an article"
    )


def named_sources(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """How many words rest on a named source, an unnamed one, none, or the article itself.

    Parameters
    ----------
    table : DataFrame
        `an.source_shares(story)`.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data and caption.
    """
    return drawing.show(named_sources_panel(table, story), ax=ax)


def who_is_heard_panel(table: pd.DataFrame, story: Story, rows: int = MOST_SPEAKERS) -> Panel:
    """Who is heard where: speakers × articles."""
    named = table[table["speaker"].fillna("") != ""]
    nobody = named["speaker"].map(_is_pronoun).astype(bool)
    unresolved, named = int(named.loc[nobody, "attributions"].sum()), named[~nobody]
    counts = (
        named.pivot_table(index="speaker", columns="article", values="attributions", aggfunc="sum")
        .reindex(columns=story.ids)
        .fillna(0)
        .astype(int)
    )
    counts = counts.assign(_in=(counts > 0).sum(axis=1), _all=counts.sum(axis=1))
    counts = counts.sort_values(["_in", "_all"], ascending=False, kind="stable")
    total, both = len(counts), int((counts["_in"] > 1).sum())
    shown_rows = counts.iloc[:rows]
    hidden = total - len(shown_rows)
    if len(story) <= COLUMNS:
        data = shown_rows[story.ids].rename(columns=story.labels)
        kind, measure = "matrix", "Number of attributions to each speaker, per article."
    else:
        data = shown_rows[["_in"]].rename(columns={"_in": "articles"})
        kind, measure = "bars", f"Number of articles that hear the speaker, of {len(story)}."
    data = data.rename_axis(index=None, columns=None)
    if not total:
        title = "No speaker was found"
    elif len(story) == 1:
        title = f"{count_of(total, 'speaker')} heard; most often {_most(counts)}"
    else:
        where = "both articles" if len(story) == 2 else "more than one article"
        title = (
            f"{both} of {count_of(total, 'speaker')} heard in {where}; "
            f"most often overall: {_most(counts)}"
        )
    rest = f" {rows} of {total} speakers are shown." if hidden else ""
    if unresolved:
        rest += f" Not counted: {count_of(unresolved, 'attribution')} to a pronoun alone."
    caption = Caption(
        title=title,
        measure=measure + rest,
        caveat="One speaker may appear under two names. " + measured("attributions"),
        source=source_line(story),
    )
    support = named.sort_values("attributions", ascending=False, kind="stable")
    tint = {story.labels[i]: style.article_colour(n, len(story)) for n, i in enumerate(story.ids)}
    return Panel("who_is_heard", kind if total else "", caption, data, support, tint, hidden)


def _is_pronoun(speaker: str) -> bool:
    """A bare pronoun, at the head of a sentence or not; the WHO and the US are none."""
    return speaker[:1].lower() + speaker[1:] in PRONOUNS


def _most(counts: pd.DataFrame) -> str:
    first = counts["_all"].sort_values(ascending=False, kind="stable")
    leaders = first[first == first.iloc[0]].index.tolist()
    return f"{listed(leaders, most=3)} ({first.iloc[0]})"


def who_is_heard(table: pd.DataFrame, *, story: Story, ax: Axes | None = None) -> Axes:
    """Who is heard where: speakers in rows, articles in columns, attributions counted.

    Parameters
    ----------
    table : DataFrame
        `an.sources(story)`; pronouns that stand for nobody known are left out.
    story : Story
        The articles.
    ax : Axes, optional
        Draws only the marks into these axes.

    Returns
    -------
    Axes
        `ax.panel` holds data, caption and supporting rows. Speakers heard in most articles come
        first; at most 16 are drawn. Beyond eight articles the articles are counted instead.
    """
    return drawing.show(who_is_heard_panel(table, story), ax=ax)
