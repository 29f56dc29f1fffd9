"""Frames and loaded words: codebooks of cue words, found in the parse, with their evidence.

A frame found is a word found. It tells which aspects an article brings up (presence), not how
strongly it argues them, and a topic is not a frame: an article about a trial names courts.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from . import language, schema
from .errors import ChoiceError, LexiconError, MissingPathError
from .matching import Lexicon
from .story import Story

CODEBOOKS = ("policy", "generic", "entman")
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
