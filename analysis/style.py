"""How an article reads: the readability formulas of textstat, one row per article."""

from __future__ import annotations

import re

import pandas as pd

from . import language, schema
from .story import Story

# column -> function of textstat
METRICS = {
    "flesch_reading_ease": "flesch_reading_ease",
    "flesch_kincaid_grade": "flesch_kincaid_grade",
    "gunning_fog": "gunning_fog",
    "smog_index": "smog_index",
    "coleman_liau_index": "coleman_liau_index",
    "automated_readability_index": "automated_readability_index",
    "dale_chall_score": "dale_chall_readability_score",
    "syllables_per_word": "avg_syllables_per_word",
}
_INNER_STOP = re.compile(r"[.!?…](?=.)", re.DOTALL)


def readability(story: Story) -> pd.DataFrame:
    """Readability of each article.

    Parameters
    ----------
    story : Story
        The articles.

    Returns
    -------
    DataFrame
        One row per article: columns of `schema.READABILITY`. Missing (NaN) where an article has
        no sentence. SMOG is missing below 30 sentences, for which it was not made.

    Notes
    -----
    The formulas are textstat's; the sentences are the kit's, headline and headings left out
    ("U.S." ends none). Syllables come from the CMU pronouncing dictionary, whose version is in
    `dictionary`: another edition gives up to 2.7 % other counts, 3.7 points of reading ease.
    Grades describe long words and long sentences, not how clear a text is.
    """
    import textstat

    dictionary = language.pronunciations()
    rows = []
    for article in story.ids:
        sentences = story.sentences_of(article)
        prose = sentences[sentences["part"].isin(["standfirst", "body"])]
        prose = prose if len(prose) else sentences
        text = " ".join(_one_stop(sentence) for sentence in prose["text"])
        words = int(prose["words"].sum())
        row = {
            "article": article,
            "label": story.labels[article],
            "sentences": len(prose),
            "words": words,
            "words_per_sentence": words / len(prose) if len(prose) else float("nan"),
            "dictionary": dictionary,
        }
        for column, function in METRICS.items():
            defined = words > 0 and (column != "smog_index" or len(prose) >= 30)
            row[column] = getattr(textstat, function)(text) if defined else float("nan")
        rows.append(row)
    return schema.from_rows(rows, schema.READABILITY)


def _one_stop(sentence: str) -> str:
    """The sentence with its last full stop only, so that textstat counts one sentence."""
    return _INNER_STOP.sub("", " ".join(sentence.split()).rstrip(".!?…\"”’')")) + "."
