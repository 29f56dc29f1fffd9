"""The articles themselves, and how far the kit can be trusted: two tables."""

from __future__ import annotations

import pandas as pd

from ..story import Story
from .panel import Caption, Panel, count_of, date, listed, shown, source_line

FEW = 4
SPARE = ("SHA-256 of the text", "Words of commentary", "Sentences")


def article_cards(
    table: pd.DataFrame, *, story: Story, shared: pd.DataFrame | None = None
) -> Panel:
    """What is compared: one card per article.

    Parameters
    ----------
    table : DataFrame
        `story.articles`, or some of its rows.
    story : Story
        The articles.
    shared : DataFrame, optional
        `an.text_overlap(story)`: adds how much text pairs of articles share word for word.

    Returns
    -------
    Panel
        A table; a notebook shows it as HTML. With up to four articles they are the columns.
    """
    sentences = story.sentences
    rows = []
    for row in table.itertuples():
        own = sentences[sentences["article"] == row.article]
        words = int(own["words"].sum())
        commentary = int(own.loc[own["register"] == "commentary", "words"].sum())
        rows.append(
            {
                "Headline": shown(row.title),
                "Outlet": "not known" if pd.isna(row.outlet) else row.outlet,
                "Published": date(row.published),
                "Words": words,
                "Sentences": len(own),
                "Words of commentary": f"{commentary:,} ({_share(commentary, words)})",
                "SHA-256 of the text": f"{row.sha256[:12]}…",
            }
        )
    data = pd.DataFrame(rows, index=pd.Index(table["label"], name="Article"))
    data = data.T.rename_axis("") if len(data) <= FEW else data
    first = sentences[sentences["article"].isin(table["article"])].drop_duplicates("article")
    caption = Caption(
        title=_cards_title(table),
        measure="What is compared: words and sentences of each text as loaded.",
        caveat=" ".join([_gap(table, story), _shared(shared, story)]).strip(),
        source=source_line(story),
    )
    return Panel("article_cards", "table", caption, data, first, spare=SPARE)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _cards_title(table: pd.DataFrame) -> str:
    words = table["words"]
    if len(table) <= FEW:
        each = listed([f"{row.label} has {row.words:,} words" for row in table.itertuples()])
        return f"{count_of(len(table), 'article')}: {each}"
    return (
        f"{count_of(len(table), 'article')} of {words.min():,} to {words.max():,} words, "
        f"half of them longer than {words.median():,.0f}"
    )


def _gap(table: pd.DataFrame, story: Story) -> str:
    """Dates and kinds of text that make articles differ for reasons of their own."""
    known = table["published"].dropna()
    if not len(known):
        dates = "No date of publication is known."
    elif len(known) < len(table):
        dates = f"The date of publication is known for {len(known)} of {len(table)}."
    else:
        days = (known.max() - known.min()).days
        dates = f"Dates of publication lie {count_of(days, 'day')} apart." if len(known) > 1 else ""
    sentences = story.sentences
    mixed = sentences[sentences["register"] == "commentary"]["article"].unique()
    labels = [story.labels[name] for name in story.ids if name in set(mixed)]
    news = f"News and commentary stand side by side in {listed(labels)}." if labels else ""
    return " ".join([dates, news]).strip()


def _shared(shared: pd.DataFrame | None, story: Story) -> str:
    if shared is None or not len(shared):
        return ""
    top = shared.sort_values("share", ascending=False, kind="stable").iloc[0]
    names = f"{story.labels[top['article_a']]} and {story.labels[top['article_b']]}"
    between = names if len(shared) == 1 else f"the closest pair ({names})"
    return (
        f"Runs of five words shared by {between}: {top['shared']:,} of {top['runs']:,}. "
        "Copies are not corroboration."
    )


def methods(table: pd.DataFrame, *, story: Story) -> Panel:
    """How far to trust this: measured accuracy of each detector.

    Parameters
    ----------
    table : DataFrame
        `an.methods(story)`.
    story : Story
        The articles.

    Returns
    -------
    Panel
        A table of the measured figures; files and versions are in the table itself.
    """
    rows = table[table["kind"] == "accuracy"]
    data = pd.DataFrame(
        {
            "Measured": rows["measure"].tolist(),
            "Value": [f"{value:.2f}" for value in rows["value"]],
            "95 % interval": [
                f"{low:.2f}–{high:.2f}" if pd.notna(low) and pd.notna(high) else "–"
                for low, high in zip(rows["low"], rows["high"], strict=True)
            ],
            "n": [shown(n) for n in rows["n"]],
            "On": rows["corpus"].tolist(),
            "Date": rows["date"].tolist(),
        },
        index=pd.Index(rows["item"], name="Detector"),
    )
    detectors = rows["item"].nunique()
    caption = Caption(
        title=f"{count_of(len(rows), 'measured figure')} for {count_of(detectors, 'detector')}, "
        "none of them measured on these articles",
        measure="Precision, recall and F1 run from 0 to 1; n counts the cases.",
        caveat="A figure holds for the kind of text it was measured on. "
        "A detector that is not listed has not been measured.",
        source=source_line(story),
    )
    return Panel("methods", "table" if len(rows) else "", caption, data, story.sentences.iloc[:0])
