"""One sentence as text and as parse: what the readers of figures and dates look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_NAMES = {"ORG", "LAW", "FAC", "PRODUCT", "WORK_OF_ART", "PERSON", "GPE", "LOC", "EVENT", "NORP"}


@dataclass(frozen=True, eq=False)
class SentenceView:
    """A sentence: its text, its offset in the article, its parse, and the day of publication."""

    text: str
    offset: int
    span: Span
    part: str
    published: date | None

    def tokens(self, start: int, end: int) -> Span:
        """Tokens of the sentence's characters [start, end)."""
        span = self.span.doc.char_span(
            self.offset + start, self.offset + end, alignment_mode="expand"
        )
        assert span is not None  # the offsets lie inside the sentence
        return span

    def in_name(self, span: Span) -> bool:
        """Tell whether tokens are part of a longer name, as in "Saturday Night Live"."""
        return any(
            ent.label_ in _NAMES
            and ent.start <= span.start
            and span.end <= ent.end
            and len(ent) > len(span)
            for ent in self.span.ents
        )


def clause(token: Token) -> int:
    """Index of the verb that heads the token's clause; -1 if there is none."""
    for word in token.ancestors:
        if word.pos_ in ("VERB", "AUX") and word.dep_ not in ("aux", "auxpass", "amod"):
            return word.i
    return -1
