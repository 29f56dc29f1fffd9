"""Frames and loaded words: codebooks of cue words, found in the parse, with their evidence.

A frame found is a word found. It tells which aspects an article brings up (presence), not how
strongly it argues them, and a topic is not a frame: an article about a trial names courts.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from . import language, schema
from .errors import ChoiceError, LexiconError, MissingPathError, choice
from .matching import Lexicon
from .story import Story

CODEBOOKS = ("policy", "generic", "entman")
PRESENCE = ("article", "section", "part", "register")
_REQUIRED = ("frame", "entry")
_OPTIONAL = ("pos", "definition", "standing", "version")


def read_codebook(name: str | Path = "policy") -> pd.DataFrame:
    """Read a codebook of frames.

    Parameters
    ----------
    name : str or Path
        One of the kit's codebooks – "policy" (the policy frames of Boydstun et al. 2013),
        "generic" (the generic news frames of Semetko and Valkenburg 2000), "entman" (Entman's
        1993 functions, a coding sheet without cue words) – or the path of an analyst's own CSV.

    Returns
    -------
    DataFrame
        `frame`, `entry` (a word or phrase; empty in the row that defines the frame), `pos`
        (part of speech that the last word must have; empty: any), `definition`, `standing`
        ("weak" where lists of words are known to work hardly better than chance, "good" where
        they are known to work; empty where nothing is known), `version`.

    Raises
    ------
    ChoiceError, MissingPathError
        If it is neither the name of a codebook nor a file.
    LexiconError
        If the file lacks the column `frame` or `entry`, or a row names no frame.

    Notes
    -----
    The words are the kit's own. To make a codebook, copy a CSV from `analysis/lexicons`, edit it
    in any spreadsheet, save it as CSV and pass its path. A word matches all its inflected forms;
    ``econom*`` matches everything that begins so; an entry in capitals matches capitals only.
    `standing` repeats what has been reported for such lists of words on articles annotated by
    hand (area under the curve .82–.91 for the good ones, .56–.61 for the weak ones); it was not
    measured with these lists.
    """
    if name in CODEBOOKS:
        path = language.LEXICONS / f"frames_{name}.csv"
    else:
        path = Path(name)
        if not path.is_file():
            wanted = f"codebook={str(name)!r} is not known; expected one of {', '.join(CODEBOOKS)}"
            if path.suffix.lower() == ".csv" or path.parent != Path("."):
                raise MissingPathError(f"{wanted}, or the path of a CSV file: there is none")
            raise ChoiceError(f"{wanted}, or the path of a CSV file")
    # spreadsheets write a byte-order mark; a headline "NA" must stay text
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        if missing := [c for c in _REQUIRED if c not in (reader.fieldnames or [])]:
            raise LexiconError(
                f"codebook {path.name} lacks the column {', '.join(missing)}; "
                f"expected {', '.join((*_REQUIRED, *_OPTIONAL))}"
            )
        rows = [
            {column: (row.get(column) or "").strip() for column in (*_REQUIRED, *_OPTIONAL)}
            for row in reader
        ]
    for number, row in enumerate(rows, 2):
        if not row["frame"] and any(row.values()):
            raise LexiconError(f"codebook {path.name}, line {number}: no frame is named")
    rows = [row for row in rows if row["frame"]]
    return pd.DataFrame(rows, columns=[*_REQUIRED, *_OPTIONAL])


def frames(story: Story, *, codebook: str | Path = "policy") -> pd.DataFrame:
    """Find the cue words of frames.

    Parameters
    ----------
    story : Story
        The articles.
    codebook : str or Path
        "policy", "generic", "entman" (defines no cue words: the table is empty, see
        `coding_sheet`), or the path of a CSV; see `analysis.framing.read_codebook`.

    Returns
    -------
    DataFrame
        One row per cue: columns of `schema.FRAMES`. A word may be a cue of several frames and
        then has a row for each.

    Notes
    -----
    Presence, not strength. Frames in the voice `quoted` are the speaker's. Cues inside names
    count ("Ministry of Defence"), except in names of persons. Limits: irony, negation and
    figurative use are not seen ("trade insults", "a battle of ideas").
    """
    book = read_codebook(codebook)
    entries = book[book["entry"] != ""]
    name = str(codebook) if codebook in CODEBOOKS else Path(codebook).stem
    lexicon = Lexicon(entries[["frame", "entry", "pos"]].itertuples(index=False, name=None))
    rows = []
    for article, _, sentence in story.parses():
        people = {token.i for ent in sentence.ents if ent.label_ == "PERSON" for token in ent}
        for frame, entry, span in lexicon.find(sentence):
            if span.start in people:
                continue
            start, end = span.start_char, span.end_char
            rows.append(
                {
                    **story.trace(article, start, end),
                    "frame": frame,
                    "codebook": name,
                    "voice": story.voice(article, start, end),
                    "rule": entry,
                }
            )
    table = schema.from_rows(rows, schema.FRAMES)
    order = {article: number for number, article in enumerate(story.ids)}
    return table.sort_values(
        ["article", "start", "frame"],
        key=lambda column: column.map(order) if column.name == "article" else column,
        ignore_index=True,
    )


def loaded(story: Story) -> pd.DataFrame:
    """Highlight evaluative words, for a reader to judge in context.

    Parameters
    ----------
    story : Story
        The articles.

    Returns
    -------
    DataFrame
        One row per word: columns of `schema.LOADED`. Words inside names of persons are left out.

    Notes
    -----
    The list (`lexicons/loaded_words.csv`) is the kit's own: words that tend to judge as they tell.
    Most hits do not: of its hits on BASIL about one in nine lies in a stretch that experts marked
    as lexical bias, and it finds about a quarter of these stretches (`an.methods` shows the
    figures). Counts of such words do not tell same-event articles apart better than chance, so
    there is no score, and no ranking is to be made of it. `polarity` is the word's, out of
    context.
    """
    path = language.LEXICONS / "loaded_words.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        words = list(csv.DictReader(handle))
    lexicon = Lexicon((row["polarity"], row["entry"], row["pos"]) for row in words)
    rule = f"{path.stem} {words[0]['version']}"
    rows = []
    for article, _, sentence in story.parses():
        people = {token.i for ent in sentence.ents if ent.label_ == "PERSON" for token in ent}
        found = sorted(lexicon.find(sentence), key=lambda match: match[2].start)
        for polarity, entry, span in found:
            if span.start in people:
                continue
            start, end = span.start_char, span.end_char
            rows.append(
                {
                    **story.trace(article, start, end),
                    "word": entry,
                    "polarity": polarity,
                    "voice": story.voice(article, start, end),
                    "rule": rule,
                }
            )
    return schema.from_rows(rows, schema.LOADED)


def frame_presence(table: pd.DataFrame, *, story: Story, by: str = "article") -> pd.DataFrame:
    """Count the sentences in which each frame is present.

    Parameters
    ----------
    table : DataFrame
        Of `frames`, all of it or a part (such as `table[table["voice"] == "own"]`).
    story : Story
        The articles.
    by : {"article", "section", "part", "register"}
        What to set side by side inside each article: nothing; its sections; headline and
        standfirst against the body; report against commentary.

    Returns
    -------
    DataFrame
        `frame`, `article`, the column `by`, `sentences` (with at least one cue), `of` (all
        sentences), `share` with its Wilson interval `low`, `high`, and `words` (the cues found,
        most frequent first). Frames found nowhere have no row; a frame absent from one group has
        a row with 0 and an interval.

    Raises
    ------
    ChoiceError
        If `by` is none of these.
    """
    from nltk import FreqDist
    from statsmodels.stats.proportion import proportion_confint

    groups = list(dict.fromkeys(["article", choice(by, PRESENCE, name="by")]))
    sentences = story.sentences[[*dict.fromkeys(["article", "sentence", *groups])]]
    placed = table.merge(sentences, on=["article", "sentence"], validate="m:1")
    rows = []
    for frame in sorted(table["frame"].unique()):
        cues = placed[placed["frame"] == frame]
        for group, part in sentences.groupby(groups, sort=False):
            inside = cues
            for name, value in zip(groups, group, strict=True):
                inside = inside[inside[name] == value]
            count = inside["sentence"].nunique()
            low, high = proportion_confint(count, len(part), method="wilson")
            words = FreqDist(inside["text"].str.lower()).most_common()
            rows.append(
                {
                    "frame": frame,
                    **dict(zip(groups, group, strict=True)),
                    "sentences": count,
                    "of": len(part),
                    "share": count / len(part),
                    "low": low,
                    "high": high,
                    "words": ", ".join(f"{word} {n}" if n > 1 else word for word, n in words),
                }
            )
    columns = ["frame", *groups, "sentences", "of", "share", "low", "high", "words"]
    return pd.DataFrame(rows, columns=columns)


def coding_sheet(story: Story, *, codebook: str | Path = "entman") -> pd.DataFrame:
    """Make a sheet for coding by hand: one row per sentence, one empty column per frame.

    Parameters
    ----------
    story : Story
        The articles.
    codebook : str or Path
        As in `frames`. "entman" asks of each sentence whether it names a problem, its cause, a
        moral evaluation, a remedy; the definitions are in `read_codebook("entman")`.

    Returns
    -------
    DataFrame
        `article`, `start`, `end`, `text`, `sentence`, the frames (empty), `coder`, `note`.
    """
    sheet = story.sentences[["article", "start", "end", "text", "sentence"]].copy()
    for frame in read_codebook(codebook)["frame"].unique():
        sheet[frame] = ""
    return sheet.assign(coder="", note="")
