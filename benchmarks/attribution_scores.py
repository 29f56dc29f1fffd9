"""Score attributions against marked ones: how much of who said what was found.

Everything is counted in characters that are no white space, so that spans need not begin and end
at the same token. Marked and found attributions of an article are paired one to one so that the
total overlap (Jaccard index) of their contents is highest. A pair counts at the level ``content``
when its overlap reaches the threshold, at ``content_and_source`` when the sources also share a
character or are both empty, at ``content_source_cue`` when the same holds of the cues.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

ROLES = ("source", "cue", "content")
LEVELS = ("content", "content_and_source", "content_source_cue")
KINDS = ("all", "quoted", "unquoted")
THRESHOLD = 0.5
_MARKS = frozenset('"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u301d\u301e\uff02\u2018')

Attribution = Mapping[str, Sequence[Sequence[int]]]


@dataclass(frozen=True)
class _Item:
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    quoted: bool


def count(text: str, marked: Iterable[Attribution], found: Iterable[Attribution]) -> dict[str, int]:
    """Counts of one article, to be summed over articles and turned into figures.

    Parameters
    ----------
    text : str
        The article.
    marked, found : iterable of mapping
        Keys `source`, `cue`, `content`, each a list of (start, end) in code points. Attributions
        without a character of content are left out.

    Returns
    -------
    dict
        Keys such as "marked quoted", "found all", "content_and_source all marked" (marked
        attributions of the kind that are matched) and "cue shared" (characters).
    """
    gold, given = _items(text, marked), _items(text, found)
    counts: dict[str, int] = {}
    for role in ROLES:
        wanted = set().union(*(getattr(item, role) for item in gold))
        had = set().union(*(getattr(item, role) for item in given))
        counts[f"{role} shared"] = len(wanted & had)
        counts[f"{role} marked"], counts[f"{role} found"] = len(wanted), len(had)
    for kind in KINDS:
        counts[f"marked {kind}"] = sum(_is(item, kind) for item in gold)
        counts[f"found {kind}"] = sum(_is(item, kind) for item in given)
        for level in LEVELS:
            counts[f"{level} {kind} marked"] = counts[f"{level} {kind} found"] = 0
    for left, right in _pairs(gold, given):
        source, cue = _agree(left.source, right.source), _agree(left.cue, right.cue)
        for level, good in zip(LEVELS, (True, source, source and cue), strict=True):
            for kind in KINDS:
                counts[f"{level} {kind} marked"] += good and _is(left, kind)
                counts[f"{level} {kind} found"] += good and _is(right, kind)
    return counts


def matched(text: str, marked: Iterable[Attribution], found: Iterable[Attribution]) -> list[bool]:
    """Whether each found attribution is right in content and source."""
    gold, given = _items(text, marked), _items(text, found)
    right = {id(b) for a, b in _pairs(gold, given) if _agree(a.source, b.source)}
    return [id(item) in right for item in given]


def figures(counts: Iterable[Mapping[str, int]]) -> dict:
    """Precision, recall and F1 over all articles: of relations, by kind, and of characters."""
    total: dict[str, int] = {}
    for article in counts:
        for name, value in article.items():
            total[name] = total.get(name, 0) + value
    result: dict = {"chars": {}}
    for role in ROLES:
        shared = total[f"{role} shared"]
        result["chars"][role] = _rates(
            shared, total[f"{role} found"], shared, total[f"{role} marked"]
        )
    for kind in KINDS:
        name = "relations" if kind == "all" else f"relations_{kind}"
        marked, found = total[f"marked {kind}"], total[f"found {kind}"]
        result[name] = {"gold": marked, "predicted": found} | {
            level: _rates(
                total[f"{level} {kind} found"], found, total[f"{level} {kind} marked"], marked
            )
            for level in LEVELS
        }
    return result


def interval(
    counts: Sequence[Mapping[str, int]], level: str, *, draws: int = 2000, seed: int = 1
) -> tuple[float, float]:
    """95 % interval of the F1 over all relations: articles drawn again with replacement."""
    names = (f"{level} all found", "found all", f"{level} all marked", "marked all")
    table = np.array([[article[name] for name in names] for article in counts])
    drawn = np.random.default_rng(seed).integers(len(table), size=(draws, len(table)))
    sums = table[drawn].sum(1)
    precision = sums[:, 0] / np.maximum(sums[:, 1], 1)
    recall = sums[:, 2] / np.maximum(sums[:, 3], 1)
    scores = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    low, high = np.percentile(scores, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def _items(text: str, attributions: Iterable[Attribution]) -> list[_Item]:
    items = []
    for attribution in attributions:
        places = {
            role: frozenset(
                at
                for start, end in attribution[role]
                for at in range(start, end)
                if not text[at].isspace()
            )
            for role in ROLES
        }
        if places["content"]:
            quoted = any(_touches_mark(text, *span) for span in attribution["content"])
            items.append(_Item(**places, quoted=quoted))
    return items


def _touches_mark(text: str, start: int, end: int) -> bool:
    around = text[max(start - 2, 0) : end + 2]
    near = text[max(start - 1, 0) : end + 1]
    return not _MARKS.isdisjoint(near) or "''" in around or "``" in around


def _is(item: _Item, kind: str) -> bool:
    return kind == "all" or item.quoted == (kind == "quoted")


def _agree(left: frozenset[int], right: frozenset[int]) -> bool:
    return bool(left & right) or not (left or right)


def _pairs(gold: list[_Item], given: list[_Item]) -> list[tuple[_Item, _Item]]:
    from scipy.optimize import linear_sum_assignment

    if not gold or not given:
        return []
    overlap = np.zeros((len(gold), len(given)))
    weight = np.zeros_like(overlap)
    for row, left in enumerate(gold):
        for column, right in enumerate(given):
            shared = len(left.content & right.content)
            if shared:
                overlap[row, column] = shared / len(left.content | right.content)
                # Between equal overlaps, the pair whose source, then cue, agrees.
                weight[row, column] = (
                    overlap[row, column]
                    + 1e-6 * _agree(left.source, right.source)
                    + 1e-7 * _agree(left.cue, right.cue)
                )
    rows, columns = linear_sum_assignment(weight, maximize=True)
    return [
        (gold[r], given[c])
        for r, c in zip(rows, columns, strict=True)
        if overlap[r, c] >= THRESHOLD
    ]


def _rates(right_found: int, found: int, right_marked: int, marked: int) -> dict[str, float]:
    precision = right_found / found if found else 0.0
    recall = right_marked / marked if marked else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}
