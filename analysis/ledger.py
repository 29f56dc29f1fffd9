"""The claim ledger: what both articles tell, what was found in one only, where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from . import schema
from .alignment import Bands, bands, matched_clauses, model, scores
from .differences import Checks, Statement
from .wording import Wording, wordings

if TYPE_CHECKING:
    from .story import Story

ANOTHER_STORY = "The two articles do not seem to tell the same story: no statements were linked."
LINKS = ("same", "partial", "conflict")


def claims(story: Story, *, between: Sequence[str] | None = None) -> pd.DataFrame:
    """Link the statements of one article to those of another.

    Parameters
    ----------
    story : Story
        The articles.
    between : two ids, optional
        Which two to compare; may be left out when the story has exactly two.

    Returns
    -------
    DataFrame
        Columns in `schema.CLAIMS`. One row per link – `same`: the main claim is the same;
        `partial`: one claim of a sentence that holds several, or a generalisation; `conflict`:
        a figure keeps both from holding –, per pair left to the reader (`unsure`), and per
        sentence without a match (`only a`, `only b`: no match was found, which is not to say
        that there is none). Links come first, in the order of article a. A sentence may have
        several links; `a_clause_start` to `b_clause_end` say which clause of either sentence is
        told by the other (its telling words, first to last). `score` estimates how likely a
        reader would link the two; for a sentence without a match it is the best score that any
        pair with it had. ``frame.attrs["note"]`` says so when the articles do not seem to tell
        the same story.

    Raises
    ------
    PairError
        If it is not clear which two articles are meant.

    Notes
    -----
    Sentences are compared, and the clauses of long ones, by shared words, names, figures and
    arguments of verbs weighted by rarity, by their rank among all pairs, and by what stands
    beside them (`analysis.alignment`). Headings are no statements; headline and standfirst are.
    What differs is found by explicit checks (`analysis.differences`); they name what they see
    and are not exhaustive. Measured precision and recall: `an.methods`, row `claims`.
    """
    first, second = story.pair(between)
    found, rarity = wordings(story, [first, second])
    a, b = found[first], found[second]
    linking = _linking(a, b, rarity)
    sides = {"a": _statements(story, a), "b": _statements(story, b)}
    checks = Checks(story, first, second) if linking.linked.any() else None
    rows = []
    for number, (i, j, relation) in enumerate(_order(linking)):
        differs: list[str] = []
        if relation in LINKS and i is not None and j is not None and checks is not None:
            differs, clash = checks.differs(sides["a"][i], sides["b"][j])
            relation = _relation(relation, differs, clash)
        rows.append(
            {
                **_side(sides["a"], i, "a", article=first),
                **_side(sides["b"], j, "b", article=second),
                **_clauses(a, i, b, j, rarity),
                "claim": number,
                "score": linking.score(i, j),
                "relation": relation,
                "differs": ", ".join(differs),
                "status": "auto",
            }
        )
    frame = schema.from_rows(rows, schema.CLAIMS)
    if not linking.linked.any():
        frame.attrs["note"] = ANOTHER_STORY
    return frame


def _relation(relation: str, differs: Sequence[str], clash: bool) -> str:
    if clash:
        return "conflict"
    # the main claim is hardly the same where a figure, an actor or a "not" differs
    if relation == "same" and {"number", "negation", "actor"} & set(differs):
        return "partial"
    return relation


def _linking(a: Wording, b: Wording, rarity: np.ndarray) -> Bands:
    return bands(*scores(a, b, rarity), model()["thresholds"])


def _order(linking: Bands) -> Iterator[tuple[int | None, int | None, str]]:
    for i, j in np.argwhere(linking.linked).tolist():
        yield i, j, "same" if linking.same[i, j] else "partial"
    for i, j in np.argwhere(linking.unsure).tolist():
        yield i, j, "unsure"
    told = linking.linked | linking.unsure
    for i in np.flatnonzero(~told.any(axis=1)).tolist():
        yield i, None, "only a"
    for j in np.flatnonzero(~told.any(axis=0)).tolist():
        yield None, j, "only b"


def _statements(story: Story, wording: Wording) -> list[Statement]:
    table = story.sentences_of(wording.article)
    starts, ends = table["start"].tolist(), table["end"].tolist()
    out = []
    for number in wording.sentences:
        start, end = starts[number], ends[number]
        span = story.docs[wording.article].char_span(start, end, alignment_mode="expand")
        assert span is not None  # the sentence lies in the text
        text = story.texts[wording.article][start:end]
        out.append(Statement(wording.article, number, start, end, text, span))
    return out


def _side(statements: list[Statement], index: int | None, side: str, *, article: str) -> dict:
    row: dict = {f"article_{side}": article}
    if index is None:
        missing = {f"{side}_start": pd.NA, f"{side}_end": pd.NA, f"{side}_text": None}
        return {**row, **missing, f"sentence_{side}": pd.NA}
    statement = statements[index]
    return {
        **row,
        f"{side}_start": statement.start,
        f"{side}_end": statement.end,
        f"{side}_text": statement.text,
        f"sentence_{side}": statement.sentence,
    }


def _clauses(a: Wording, i: int | None, b: Wording, j: int | None, rarity: np.ndarray) -> dict:
    """Offsets of the clause of either sentence that the other tells; missing without a match."""
    row: dict = {f"{side}_clause_{edge}": pd.NA for side in "ab" for edge in ("start", "end")}
    if i is None or j is None:
        return row
    for side, span in zip("ab", matched_clauses(a.heads[i], b.heads[j], rarity), strict=True):
        if span is not None:
            row[f"{side}_clause_start"], row[f"{side}_clause_end"] = span
    return row


def claim_shares(ledger: pd.DataFrame) -> pd.DataFrame:
    """How much of each article was found in the other, with intervals.

    Parameters
    ----------
    ledger : DataFrame
        As `claims` gives it; rows that a reader changed count as changed.

    Returns
    -------
    DataFrame
        Columns in `schema.CLAIM_SHARES`: one row per article and band – `told by both`
        (same, partial or conflict), `unsure`, `no match found`. A sentence with several rows
        counts once, in the first of these bands. The interval is Wilson's for the share of the
        article's sentences, as if these were drawn from many.
    """
    from statsmodels.stats.proportion import proportion_confint

    bands = ("told by both", "unsure", "no match found")
    rank = {**dict.fromkeys(LINKS, 0), "unsure": 1, "only a": 2, "only b": 2}
    rows = []
    for side in "ab":
        part = ledger[ledger[f"sentence_{side}"].notna()]
        best = part["relation"].map(rank).groupby(part[f"sentence_{side}"]).min()
        for number, band in enumerate(bands):
            count, total = int((best == number).sum()), len(best)
            low, high = (
                proportion_confint(count, total, method="wilson") if total else (np.nan, np.nan)
            )
            rows.append(
                {
                    "article": ledger[f"article_{side}"].iloc[0] if len(ledger) else "",
                    "band": band,
                    "count": count,
                    "sentences": total,
                    "share": count / total if total else np.nan,
                    "low": low,
                    "high": high,
                }
            )
    return schema.from_rows(rows if len(ledger) else [], schema.CLAIM_SHARES)


def claim_matrix(story: Story) -> pd.DataFrame:
    """Which article tells which claim, for any number of articles.

    Parameters
    ----------
    story : Story
        Two or more articles.

    Returns
    -------
    DataFrame
        Columns in `schema.CLAIM_MATRIX`, one row per claim and article that tells it. A claim is
        a set of sentences of different articles, each linked to the one that stands for it: the
        sentence with most links left becomes the claim's first, and takes its partners along.
        Claims told by most articles come first; a sentence is in one claim only. Sentences
        without any link are not listed. ``matrix.pivot_table(index="claim", columns="article",
        values="score")`` gives claim × article.

    Notes
    -----
    Linking is pairwise and misses links (`an.methods`), so an empty cell means that no match was
    found. Time grows with the square of the number of articles: 50 articles are 1,225 pairs.
    """
    found, rarity = wordings(story, story.ids)
    partners: dict[tuple[str, int], dict[tuple[str, int], float]] = {}
    for first, second in combinations(story.ids, 2):
        a, b = found[first], found[second]
        linking = _linking(a, b, rarity)
        for i, j in np.argwhere(linking.linked).tolist():
            one, other = (first, a.sentences[i]), (second, b.sentences[j])
            score = float(linking.scores[i, j])
            partners.setdefault(one, {})[other] = score
            partners.setdefault(other, {})[one] = score
    rows = []
    for number, (seed, members) in enumerate(_claims(partners)):
        for (article, sentence), score in [(seed, 1.0), *members]:
            row = story.sentences_of(article).loc[sentence]
            span = int(row["start"]), int(row["end"])
            rows.append({**story.trace(article, *span), "claim": number, "score": score})
    return schema.from_rows(rows, schema.CLAIM_MATRIX)


def _claims(
    partners: dict[tuple[str, int], dict[tuple[str, int], float]],
) -> list[tuple[tuple[str, int], list[tuple[tuple[str, int], float]]]]:
    """Greedy groups: the sentence linked to most articles takes its best partner in each."""

    def reach(node: tuple[str, int]) -> tuple[int, float]:
        free = {other: score for other, score in partners[node].items() if other in left}
        return len({article for article, _ in free}), sum(free.values())

    left = set(partners)
    order = sorted(partners, key=lambda node: (*reach(node), node), reverse=True)
    groups = []
    for node in order:
        if node not in left:
            continue
        best: dict[str, tuple[tuple[str, int], float]] = {}
        for other, score in partners[node].items():
            if other in left and score > best.get(other[0], (other, -1.0))[1]:
                best[other[0]] = (other, score)
        left.discard(node)
        if best:
            left -= {other for other, _ in best.values()}
            groups.append((node, sorted(best.values())))
    groups.sort(key=lambda group: -len(group[1]))
    return groups


def prominence(story: Story, *, between: Sequence[str] | None = None) -> pd.DataFrame:
    """Where each claim that both articles tell stands in either of them.

    Parameters
    ----------
    story : Story
    between : two ids, optional
        Which two to compare; may be left out when the story has exactly two.

    Returns
    -------
    DataFrame
        Columns in `schema.PROMINENCE`: one row per link of the claim ledger, best first place
        first. `a_position` and `b_position` are the share of the article's words that stand
        before the sentence, in per cent; `a_part`, `b_part` say whether it is the headline, the
        standfirst or the body. `shift` is b's position less a's: positive where b tells it later.

    Notes
    -----
    Positions of links that the ledger missed are missing here: read it as a list of examples.
    """
    ledger = claims(story, between=between)
    ledger = ledger[ledger["relation"].isin(LINKS)]
    places = {article: _positions(story, article) for article in story.ids}
    rows = []
    for row in ledger.to_dict("records"):
        for side in "ab":
            position, part = places[row[f"article_{side}"]][int(row[f"sentence_{side}"])]
            row |= {f"{side}_position": position, f"{side}_part": part}
        row["shift"] = row["b_position"] - row["a_position"]
        rows.append(row)
    rows.sort(key=lambda row: (min(row["a_position"], row["b_position"]), row["claim"]))
    return schema.from_rows(
        [{name: row[name] for name in schema.PROMINENCE.names} for row in rows], schema.PROMINENCE
    )


def _positions(story: Story, article: str) -> dict[int, tuple[float, str]]:
    table = story.sentences_of(article)
    before = table["words"].cumsum() - table["words"]
    share = 100 * before / max(1, table["words"].sum())
    return dict(zip(table["sentence"], zip(share, table["part"], strict=True), strict=True))
