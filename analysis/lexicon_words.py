"""Word lists that several annotators ask: `lexicons/word_lists.csv` (list, word)."""

from __future__ import annotations

import csv
import functools

from .errors import LexiconError
from .language import LEXICONS


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    with open(LEXICONS / "word_lists.csv", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            lists.setdefault(row["list"], set()).update(row["words"].split())
    return {name: frozenset(found) for name, found in lists.items()}


def words(name: str) -> frozenset[str]:
    """One word list, lower case.

    Raises
    ------
    LexiconError
        If `lexicons/word_lists.csv` has no such list.
    """
    try:
        return _lists()[name]
    except KeyError:
        raise LexiconError(
            f"word_lists.csv has no list {name!r}; it has {', '.join(sorted(_lists()))}"
        ) from None
