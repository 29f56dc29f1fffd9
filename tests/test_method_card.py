"""The method card."""

import hashlib
from pathlib import Path

import analysis as an

PACKAGE = Path(an.__file__).parent


def test_lists_every_lexicon_and_model_with_its_hash():
    card = an.methods()
    files = card[card["kind"].isin(["lexicon", "model"]) & card["sha256"].notna()]
    found = dict(zip(files["item"], files["sha256"], strict=True))
    folders = [PACKAGE / "lexicons", PACKAGE / "models"]
    paths = [p for f in folders for p in f.iterdir() if p.is_file() and p.suffix != ".md"]
    assert found == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def test_every_detector_has_a_measured_figure():
    measured = an.methods().query("kind == 'accuracy'")
    wanted = {"hedges", "attributions", "claims", "numbers", "frames", "agency", "loaded"}
    assert wanted <= set(measured["item"])
    assert measured["value"].between(0, 1).all()
    assert (measured["n"] > 0).all()
    assert measured["corpus"].str.len().gt(3).all()
    assert measured["date"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()


def test_articles_are_listed(seeds):
    card = an.methods(seeds)
    assert (
        card.loc[card["kind"] == "article", "sha256"].tolist() == seeds.articles["sha256"].tolist()
    )
