"""The story: the articles, their sentences and one parse, which every annotator reads."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from . import articles as reading
from . import language, schema
from .errors import PairError
from .quotation import in_quotes, quoted_spans
from .structure import Block, structure

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

WORD = re.compile(r"[^\W_]+(?:[’'.,:/-][^\W_]+)*")
_CLOSERS = "\"”’'»)]}"
_OPENERS = "\"“‘'«([{"
# Verbs that close the sentence of a quoted question or exclamation: “Why?” Smith asked.
_SAYING = frozenset(
    "said says asked asks told added wrote writes cried replied shouted tweeted called yelled "
    "exclaimed wondered demanded answered responded joked posted".split()
)
# Titles stand before a name: their point never ends a sentence.
_TITLES = frozenset(
    "Mr Mrs Ms Mx Dr Prof Rev Fr Sr Hon Gen Col Maj Capt Cpt Lt Sgt Cpl Pvt Adm Cmdr Cdr Brig "
    "Sen Rep Reps Sens Gov Pres Amb Supt Det Insp Atty St Mt Ft vs".split()
)


@dataclass(frozen=True, eq=False)
class Story:
    """Articles that tell the same story, with one parse for all annotators.

    Attributes
    ----------
    articles : DataFrame
        One row per article; columns in `schema.ARTICLES`.
    sentences : DataFrame
        One row per sentence; columns in `schema.SENTENCES`.
    docs : dict of str to spacy.tokens.Doc
        The parse of each article's whole text: token offsets are the text's.
    """

    articles: pd.DataFrame
    sentences: pd.DataFrame
    docs: dict[str, Doc] = field(repr=False)

    def __len__(self) -> int:
        return len(self.articles)

    def __repr__(self) -> str:
        counts = f"{len(self.articles)} articles, {len(self.sentences)} sentences"
        return f"Story({counts}: {', '.join(self.ids[:5])}{', …' if len(self) > 5 else ''})"

    @property
    def ids(self) -> list[str]:
        """Ids of the articles, in order."""
        return self.articles["article"].tolist()

    @cached_property
    def labels(self) -> dict[str, str]:
        """Id → label."""
        return dict(zip(self.articles["article"], self.articles["label"], strict=True))

    @cached_property
    def texts(self) -> dict[str, str]:
        """Id → text as read."""
        return dict(zip(self.articles["article"], self.articles["text"], strict=True))

    @cached_property
    def quotes(self) -> dict[str, list[tuple[int, int]]]:
        """Id → the stretches inside quotation marks (see `quotation.quoted_spans`)."""
        return {article: quoted_spans(text) for article, text in self.texts.items()}

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {
            article: group["start"].tolist()
            for article, group in self.sentences.groupby("article", sort=False)
        }

    @cached_property
    def _by_article(self) -> dict[str, pd.DataFrame]:
        return {
            article: group.reset_index(drop=True)
            for article, group in self.sentences.groupby("article", sort=False)
        }

    def sentences_of(self, article: str) -> pd.DataFrame:
        """Sentences of one article; the row label is the sentence's number."""
        empty = self.sentences.iloc[:0].reset_index(drop=True)
        return self._by_article.get(article, empty)

    def sentence_at(self, article: str, position: int) -> int:
        """Number of the sentence that holds the code point `position`, or the one before it."""
        return max(0, bisect.bisect_right(self._starts.get(article, []), position) - 1)

    def voice(self, article: str, start: int, end: int) -> str:
        """Tell whether [start, end) lies inside quotation marks ("quoted") or not ("own")."""
        return "quoted" if in_quotes(self.quotes[article], start, end) else "own"

    def parses(self) -> Iterator[tuple[str, int, Span]]:
        """Article, sentence number and parse of every sentence.

        The span covers exactly the tokens of the sentence's row: date stamps, bylines and white
        space between paragraphs belong to none.
        """
        for row in self.sentences.itertuples():
            span = self.docs[row.article].char_span(row.start, row.end, alignment_mode="expand")
            if span is not None:
                yield row.article, row.sentence, span

    def trace(self, article: str, start: int, end: int) -> dict:
        """The columns that every row of every annotator starts with: offsets, text, sentence."""
        return {
            "article": article,
            "start": start,
            "end": end,
            "text": self.texts[article][start:end],
            "sentence": self.sentence_at(article, start),
        }

    def pair(self, between: Sequence[str] | None = None) -> tuple[str, str]:
        """The two articles to compare.

        Parameters
        ----------
        between : two ids, optional
            May be left out when the story has exactly two articles.

        Raises
        ------
        PairError
            If it is not clear which two are meant; lists the ids.
        """
        if between is None:
            if len(self) != 2:
                raise PairError(
                    f"name the two articles to compare: between=(id, id); "
                    f"the story has {len(self)}: {', '.join(self.ids)}"
                )
            return self.ids[0], self.ids[1]
        chosen = [between] if isinstance(between, str) else list(between)
        if len(chosen) != 2 or chosen[0] == chosen[1]:
            raise PairError(f"between={between!r}; expected the ids of two different articles")
        if unknown := [article for article in chosen if article not in self.ids]:
            raise PairError(
                f"between names {', '.join(map(repr, unknown))}; "
                f"the story has {', '.join(self.ids)}"
            )
        return chosen[0], chosen[1]


def load(source) -> Story:
    """Load articles and parse them once.

    Parameters
    ----------
    source : path, list of paths, or DataFrame
        A text file; a folder of text files (`*.txt`, with an optional `articles.csv`); a corpus
        (CSV or JSONL with a column `text`); a list of these; a DataFrame with a column `text`.
        See `analysis.articles.read`.

    Returns
    -------
    Story
        `story.articles` and `story.sentences` are DataFrames; their columns are those of
        `schema.ARTICLES` and `schema.SENTENCES`. Offsets count Unicode code points of the text
        exactly as read (a byte-order mark excluded).

    Raises
    ------
    TellingsError
        A subclass names what was wrong, where, and what was expected: `MissingPathError`,
        `EmptyInputError`, `BinaryFileError`, `EncodingError`, `MetadataError`,
        `DuplicateArticleError`.

    Warns
    -----
    LanguageWarning
        For an article that does not seem to be English.

    Notes
    -----
    Words are runs of letters and digits (an apostrophe, hyphen, point or comma inside a word
    does not split it); an article's words are those of its sentences, so that a date stamp or
    byline does not count.

    Examples
    --------
    >>> import analysis as an
    >>> story = an.load("seeds/")
    >>> len(story)
    2
    """
    raws = reading.read(source)
    names = reading.labels(
        [raw.metadata.get("outlet", "") for raw in raws],
        [raw.metadata.get("label", "") for raw in raws],
    )
    for raw in raws:
        reading.warn_if_foreign(raw.article, raw.text)
    parts = [
        structure(
            raw.text, **{key: raw.metadata.get(key, "") for key in ("title", "outlet", "author")}
        )
        for raw in raws
    ]
    docs = dict(
        zip(
            [raw.article for raw in raws],
            _parse([(raw.text, part.blocks) for raw, part in zip(raws, parts, strict=True)]),
            strict=True,
        )
    )
    sentences = [
        row
        for raw, part in zip(raws, parts, strict=True)
        for row in _sentences(raw.article, docs[raw.article], part.blocks)
    ]
    sentence_table = schema.from_rows(sentences, schema.SENTENCES)
    words = sentence_table.groupby("article")["words"].sum()
    article_table = pd.DataFrame(
        [
            {
                "article": raw.article,
                "label": label,
                "title": raw.metadata.get("title") or _title(raw.text, part.blocks),
                "outlet": raw.metadata.get("outlet"),
                "author": raw.metadata.get("author") or part.author or None,
                "published": _date(raw.metadata.get("published") or part.published),
                "url": raw.metadata.get("url"),
                "file": raw.file,
                "encoding": raw.encoding,
                "text": raw.text,
                "words": int(words.get(raw.article, 0)),
                "sha256": reading.sha256(raw.text),
            }
            for raw, part, label in zip(raws, parts, names, strict=True)
        ]
    )
    return Story(schema.conform(article_table, schema.ARTICLES), sentence_table, docs)


def _title(text: str, blocks: Sequence[Block]) -> str | None:
    if blocks and blocks[0].part == "headline":
        return text[blocks[0].start : blocks[0].end]
    return None


def _date(written: str) -> pd.Timestamp:
    if not written:
        return pd.NaT
    stamp = pd.to_datetime(written, errors="coerce", utc=True)
    return stamp if stamp is pd.NaT else stamp.tz_localize(None)


def count_words(text: str) -> int:
    """Words of a text: runs of letters and digits."""
    return sum(1 for _ in WORD.finditer(text))


def _parse(texts: list[tuple[str, Sequence[Block]]]) -> list[Doc]:
    import numpy as np

    nlp = language.pipeline()
    prepared = (_with_boundaries(nlp.make_doc(text), blocks) for text, blocks in texts)
    docs = []
    for doc in nlp.pipe(prepared, batch_size=language.BATCH):
        language.correct_places(doc)
        # the tagger's vectors are used up; on a thousand articles they would be most of the memory
        doc.tensor = np.zeros((0,), dtype="float32")
        docs.append(doc)
    return docs


def _with_boundaries(doc: Doc, blocks: Sequence[Block]) -> Doc:
    """Tell the parser where sentences must and cannot begin.

    A block always begins one; inside a block one can begin only after a mark that ends sentences;
    headings are never divided. What remains – abbreviations, quoted questions – the parser decides.
    """
    if not len(doc):
        return doc
    starts = {}
    offsets = [token.idx for token in doc]
    for block in blocks:
        first = bisect.bisect_left(offsets, block.start)
        after = bisect.bisect_left(offsets, block.end)
        for i in range(first, after):
            starts[i] = 1 if i == first else _boundary(doc, i, first, block.part)
    for token in doc:
        # what lies between the blocks (stamps, bylines, white space) must not join a sentence
        token.is_sent_start = {1: True, -1: False, None: None}[starts.get(token.i, 1)]
    return doc


def _boundary(doc: Doc, i: int, first: int, part: str) -> int | None:
    """1: a sentence begins at token i, -1: none can, None: the parser decides."""
    token = doc[i]
    if part == "heading" or token.is_space:
        return -1
    if part == "headline" and "." in doc[i - 1].text[:-1]:
        return -1  # "N.C. Congressman": capitals after an abbreviation say nothing in a headline
    j = i - 1
    closed = False
    while j >= first and (doc[j].is_space or doc[j].text in _CLOSERS or doc[j].text in ("''", "”")):
        closed = closed or not doc[j].is_space
        j -= 1
    if j < first:
        return -1
    before = doc[j].text
    if before[-1] not in ".?!…" or not (doc[i - 1].whitespace_ or doc[i - 1].is_space):
        return -1
    k = i
    while k < len(doc) - 1 and doc[k].text in _OPENERS:
        k += 1
    opening = doc[k].text[:1]
    title = before[:-1] or (doc[j - 1].text if j > first else "")
    if opening.islower() or (before[-1] == "." and title in _TITLES):
        return -1
    if before == "." and j > first and not (doc[j - 1].like_num and j - 1 == first):
        # a full stop that is a token of its own is no abbreviation
        initial = len(doc[j - 1].text) == 1 and doc[j - 1].text.isupper()
        return 1 if opening.isupper() and not initial else None
    if closed and before in ("?", "!") and _reports(doc, k):
        return -1
    if before in ("?", "!") and not closed and opening.isupper():
        return 1
    if before == "." and j - 1 == first:
        return -1  # "1. Item"
    return None


def _reports(doc: Doc, i: int) -> bool:
    """Whether "Smith asked." or "the driver shouted," begins at token i, after a quotation."""
    for token in doc[i : i + 5]:
        if token.lower_ in _SAYING:
            return True
        if token.is_punct:
            return False
    return False


def _sentences(article: str, doc: Doc, blocks: Sequence[Block]) -> Iterator[dict]:
    text = doc.text
    number = 0
    for paragraph, block in enumerate(blocks):
        for start, end in _sentence_spans(doc, block):
            yield {
                "article": article,
                "start": start,
                "end": end,
                "text": text[start:end],
                "sentence": number,
                "paragraph": paragraph,
                "part": block.part,
                "section": block.section,
                "register": block.register,
                "words": count_words(text[start:end]),
            }
            number += 1


def _sentence_spans(doc: Doc, block: Block) -> Iterator[tuple[int, int]]:
    span = doc.char_span(block.start, block.end, alignment_mode="expand")
    if span is None:
        return
    starts = [token.idx for token in span if token.is_sent_start and not token.is_space]
    starts = [max(block.start, start) for start in starts] or [block.start]
    starts[0] = block.start
    for start, end in zip(starts, [*starts[1:], block.end], strict=True):
        stripped = doc.text[start:end].rstrip()
        if stripped:
            yield start, start + len(stripped)
