"""Fixtures shared by all tests: the story of the seeds, parsed once."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as an

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def seeds():
    """The two seed articles as a story."""
    return an.load(ROOT / "seeds")


@pytest.fixture(scope="session")
def tell():
    """Make a story of texts given in place: tell("text of a", "text of b") has ids a, b, …"""

    def make(*texts: str, **columns):
        ids = [chr(ord("a") + n) for n in range(len(texts))]
        return an.load(pd.DataFrame({"article": ids, "text": texts, **columns}))

    return make
