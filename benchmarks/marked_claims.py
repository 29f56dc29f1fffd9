"""Pairs of articles with claim links marked by hand, as stories: for training and for measuring."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import analysis as an
from analysis.story import Story

DATA = Path(__file__).parent.parent / "tests" / "data"
FILES = ("claim_links_1.json", "claim_links_2.json")


@dataclass(frozen=True, eq=False)
class MarkedPair:
    """Two articles with the links that a reader marked.

    Attributes
    ----------
    story : Story
        The two articles.
    a, b : str
        Their ids.
    spans : dict of str to list of (int, int)
        The marked sentences of either article ("a", "b").
    links : dict of (int, int) to str
        Relation by the numbers of the marked sentences.
    """

    story: Story
    a: str
    b: str
    spans: dict[str, list[tuple[int, int]]]
    links: dict[tuple[int, int], str]

    def marked(self, side: str) -> dict[int, list[int]]:
        """Numbers of the marked sentences that each of the story's sentences covers.

        A sentence cut differently covers those of which the greater part of either lies in it.
        """
        table = self.story.sentences_of(self.a if side == "a" else self.b)
        return {
            int(row.sentence): [
                number
                for number, (start, end) in enumerate(self.spans[side])
                if min(end, row.end) - max(start, row.start)
                > 0.5 * min(end - start, row.end - row.start)
            ]
            for row in table.itertuples()
        }


def marked_pairs(corpora: Path) -> Iterator[MarkedPair]:
    """The development pairs; their text comes from `basil-dev.jsonl` in the folder `corpora`."""
    with (corpora / "basil-dev.jsonl").open(encoding="utf-8", newline="") as handle:
        articles = {row["article"]: row for row in map(json.loads, handle)}
    for name in FILES:
        for pair in json.loads((DATA / name).read_text(encoding="utf-8"))["pairs"]:
            rows = [articles[pair[side]] for side in "ab"]
            frame = pd.DataFrame(
                {
                    "article": [row["article"] for row in rows],
                    "text": [row["text"] for row in rows],
                    "published": [row["date"] for row in rows],
                }
            )
            yield MarkedPair(
                an.load(frame),
                pair["a"],
                pair["b"],
                {side: [tuple(span) for span in pair[f"sentences_{side}"]] for side in "ab"},
                {(link["a"], link["b"]): link["relation"] for link in pair["links"]},
            )
