"""Every figure and date of a story, with unit, bound, what it counts, period and speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from . import schema
from .counted import counted, is_increment
from .dates import When, find_dates, written
from .number_words import Number, find_numbers, number_at
from .units import TIMES, bound_after, bound_before, counted_nouns, money_before, unit_after

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from .story import Story

EPOCH = date(1970, 1, 1)
# names that carry numbers: "Section 8", "Boeing 737", "Route 66"
_NUMBERED = re.compile(
    r"(?:\b(?:Sections?|Sec\.|Articles?|Art\.|Chapter|Title|Rule|Pages?|p\.|pp\.|Route|Highway|Hwy|Interstate|Channel|Flight"
    r"|Boeing|Airbus|Apollo|Area|Proposition|Prop\.?|Resolution|Amendment|Act|H\.R\.|S\.|Room|Studio|Pier"
    r"|Gate|Line|Level|Phase|Grade|Class|Category|Type|Version|Windows|iPhone|iOS|Volume|Vol\.|Episode|Part"
    r"|District|Ward|Precinct|Unit|Box|Suite|Apt\.|Tier|Step|Bowl|War|Psalm|Article|Form|Exhibit|Figure|Fig\.|Table|Count"
    r"|Mark|Type|Schedule|Annex|Note|Docket|Case|Order|Bill|Measure|Question|Item|Plan|Group of|G-|Formula|Station|Building)"
    r"|\b(?:grade|page|section|chapter|article|phase|level|line|item|case|flight|channel)) $"
)
_CLOCK = re.compile(r"(?::\d\d)?\s?(?:[ap]\.?m\b|o[’']clock|[EPC][SD]?T\b)|:\d\d", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?\d{1,3}[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b")
_NOT_AFTER = re.compile(r"\([a-z]\)|/\d|\.\d+\.\d|[’']s? (?:something|ish)\b", re.IGNORECASE)
_IDIOMS = re.compile(
    r"-(?:on|way|ways|sided|handed|piece|liner|liners|stop|off|hit|track|dimensional|ply)\b"
    r"|-(?:degree|guessing|guess|class|rate|hand|generation|tier|string)\b", re.I,
)  # fmt: skip
_NO_RANK = {"hand", "thought", "nature", "party", "world", "lady", "place-kick", "guess", "time",
            "thing", "half", "person", "look", "chance"}  # fmt: skip
_NAMES = {"ORG", "LAW", "FAC", "PRODUCT", "WORK_OF_ART", "PERSON", "GPE", "LOC", "EVENT", "NORP"}
_SCORE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|score|win|won|wins|lead|led|leads|loss|lost|loses|beat|beats|defeat(?:ed)?|pass(?:ed|es)?"
    r"|approved|rejected|ruled|ruling|decision|victory|margin|tally|tied?|split|majority|confirmed)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"-to-| ?[-–—‑] ?| to | or | and ")
_AGE = re.compile(r"(?:,|\()\s*$")
_ONE_COUNTS = re.compile(r"\b(?:only|just|exactly|least|than|about|within) $", re.IGNORECASE)
_A_SPAN = re.compile(
    r"\b(?:for|than|about|nearly|almost|least|over|in|within) "
    r"(?P<span>(?:a|an) (?P<unit>hour|day|week|month|year|decade|century))(?P<half> and a half)?\b"
    r"(?! (?:ago|earlier|later|after|before|or|ahead))(?![\w-])"
)


def numbers(story: Story) -> pd.DataFrame:
    """Every figure and date of the story.

    Parameters
    ----------
    story : Story

    Returns
    -------
    DataFrame
        One row per figure or date, columns in `schema.NUMBERS`.
    """
    from .speaking import speakers_of

    rows = [
        row
        for article, sentence, span in story.parses()
        for row in _Reader(story, article, sentence, span).rows()
    ]
    speakers_of(story, rows)
    return schema.from_rows(rows, schema.NUMBERS)


@dataclass(frozen=True)
class _Figure:
    """A figure with its surroundings; offsets in the sentence."""

    start: int
    end: int
    number: Number
    core: tuple[int, int]  # number and unit, without the bound
    unit: str = ""
    sign: str = "="
    noun: str = ""
    upper: float | None = None


class _Reader:
    """Reads one sentence."""

    def __init__(self, story: Story, article: str, sentence: int, span: Span):
        row = story.sentences_of(article).iloc[sentence]
        self.story, self.article, self.span = story, article, span
        self.offset = int(row["start"])
        self.text: str = row["text"]
        self._headline = row["part"] == "headline"
        published = story.articles.loc[story.articles["article"] == article, "published"].iloc[0]
        self.published = None if pd.isna(published) else published.date()

    def rows(self) -> Iterator[dict]:
        dates = [w for w in find_dates(self.text, self.published, self._future) if self._is_date(w)]
        taken = [(w.start, w.end) for w in dates]
        figures = []
        position = 0
        for number in find_numbers(self.text):
            if number.start < position or _overlaps(number.start, number.end, taken):
                continue
            figure = self._figure(number, taken)
            if figure is not None:
                figures.append(figure)
                position = figure.end
        for match in _A_SPAN.finditer(self.text):
            if not _overlaps(*match.span("span"), taken):
                value = 1.5 if match["half"] else 1.0
                end = match.end("half") if match["half"] else match.end("span")
                number = Number(match.start("span"), end, value, "words")
                start, sign = bound_before(self.text, number.start)
                core = (number.start, end)
                figures.append(_Figure(start, end, number, core, match["unit"].lower(), sign))
        for figure in figures:
            yield self._figure_row(figure, dates)
        for when in dates:
            yield self._date_row(when)

    def _tokens(self, start: int, end: int) -> Span:
        span = self.span.doc.char_span(
            self.offset + start, self.offset + end, alignment_mode="expand"
        )
        assert span is not None  # offsets lie inside the sentence
        return span

    # dates

    def _future(self, start: int, end: int) -> bool:
        """Tell from the governing verb whether a date lies ahead."""
        token = self._tokens(start, end).root
        for word in (token, *token.ancestors):
            if word.lower_ in _AHEAD or word.lemma_ in _AHEAD:
                return True
            if word.pos_ in ("VERB", "AUX"):
                helpers = [c for c in word.children if c.dep_ in ("aux", "auxpass")]
                if any(c.lower_ in ("will", "’ll", "'ll", "shall", "wo") for c in helpers):
                    return True
                if word.tag_ == "VBG" and any(
                    c.lower_ in ("is", "are", "am", "’s", "'s") for c in helpers
                ):
                    return True  # "is running in November"
                if word.tag_ in ("VBD", "VBN") or any(c.lower_ in _PAST for c in helpers):
                    # "is set for Thursday" was asked above; "said he will" counts the inner verb
                    return any(
                        c.lemma_ in _AHEAD
                        for c in word.subtree
                        if c.i < token.i and c.dep_ == "acomp"
                    )
                if any(c.lower_ == "to" for c in helpers):
                    return any(
                        a.lemma_ in _AHEAD or a.lemma_ == "be" and a.tag_ in ("VBZ", "VBP")
                        for a in word.ancestors
                    )
                if word.tag_ in ("VBZ", "VBP"):
                    return False
        return False

    def _is_date(self, when: When) -> bool:
        span = self._tokens(when.start, when.end)
        words = self.text[when.start : when.end]
        if when.form == "year":
            return self._is_year(when)
        if when.form == "unit" and span.root.dep_ in ("nsubj", "nsubjpass"):
            return True
        if when.form in ("month", "weekday") and any(t.ent_type_ == "PERSON" for t in span):
            return False
        if when.form in ("month", "weekday", "today") and self._in_name(span):
            return False
        if when.form == "unit" and words.istitle() and when.start > 0 and not self._headline:
            return False  # ABC's "This Week"
        # NBC's "Today" show
        if (
            words == "Today"
            and re.search(r"[\"“‘']$", self.text[: when.start])
            and re.match(r"[,.]?[\"”’']", self.text[when.end :])
        ):
            return False
        return not (
            when.form == "month" and words in ("May", "March") and span[0].pos_ in ("VERB", "AUX")
        )

    def _is_year(self, when: When) -> bool:
        span = self._tokens(when.start, when.end)
        before = self.text[: when.start]
        if _NUMBERED.search(before) or re.search(r"[@#]\w*$", before):
            return False
        if re.search(
            r"\b(?:in|since|by|until|till|from|before|after|during|late|early|of|to|through|circa|year|and) $",
            before,
            re.I,
        ):
            if not re.match(r" (?:percent|people|million|troops|soldiers)", self.text[when.end :]):
                return True
        head = span.root.head
        unit = unit_after(self.text, when.end)
        if unit.name:
            return False
        if bound_before(self.text, when.start)[1] != "=":
            return False
        counted_person = counted_nouns().get(head.lemma_.lower(), ("", ""))[1] == "person"
        return not (
            span.root.dep_ == "nummod"
            and counted_person
            and head.tag_ == "NNS"
            and head.i == span.end
        )

    def _in_name(self, span: Span) -> bool:
        """Tell whether the tokens are part of a longer name, as in "Saturday Night Live"."""
        return any(
            ent.label_ in _NAMES
            and ent.start <= span.start
            and span.end <= ent.end
            and len(ent) > len(span)
            for ent in self.span.ents
        )

    def _date_row(self, when: When) -> dict:
        start, end = self.offset + when.start, self.offset + when.end
        before = self.text[: when.start].rstrip().rsplit(" ", 1)[-1].lower()
        return {
            **self.story.trace(self.article, start, end),
            "value": float((when.first - EPOCH).days) if when.first else None,
            "upper": float((when.last - EPOCH).days)
            if when.last and when.last != when.first
            else None,
            "unit": "date",
            "comparator": _DATE_BOUNDS.get(before, "="),
            "quantity": self._event(self._tokens(when.start, when.end).root),
            "period": written(when, self.text),
            "kind": "date",
            "speaker": "",
            "voice": self.story.voice(self.article, start, end),
        }

    def _event(self, token: Token) -> str:
        """The word that the date dates: the verb of its clause, or the noun it modifies."""
        for word in token.ancestors:
            if (
                word.pos_ in ("VERB", "NOUN", "PROPN")
                and not word.is_punct
                and word.ent_type_ not in ("DATE", "TIME")
            ):
                return word.text
        return ""

    # figures

    def _figure(self, number: Number, dates: list[tuple[int, int]]) -> _Figure | None:
        text, start, end = self.text, number.start, number.end
        if self._is_label(number):
            return None
        upper = None
        start, unit = money_before(text, start)
        unit_end, noun = end, ""
        if not unit:
            first = unit_after(text, end)
            # "134-63" is no unit; "five percent to six percent" is two figures
            unit_end, unit, noun = first.end, first.name, first.noun
        if not unit and not noun:
            ranged = self._range(number, end)
            if ranged is not None:
                number, upper, end = ranged
                found = unit_after(text, end)
                unit_end, unit, noun = found.end, found.name, found.noun
        elif start < number.start:
            ranged = self._range(number, end)
            if ranged is not None:
                number, upper, end = ranged
            unit_end = end
        if unit == "KRW" and number.form != "digits":
            unit, unit_end = "", end
        if number.form == "ordinal":
            unit, unit_end, noun = "ordinal", end, ""
        elif number.form == "times":
            unit = "time"
        elif number.form == "odds" or (number.form == "fraction" and not unit):
            unit = unit or "share"
        if not unit and self._is_age(start, end):
            unit, noun = "year", "age"
        if not self._counts(number, unit, noun, unit_end):
            return None
        if noun or unit:
            end = unit_end
        core = (start, end)
        start, sign = bound_before(text, start)
        if (
            unit in TIMES
            and re.match(r"over\b", text[start:], re.I)
            and not re.search(r"\b(?:for|of|lasted|took|after|is|was) $", text[:start], re.I)
        ):
            start, sign = start + 5, "="
        after, sign_after = bound_after(text, end)
        if sign_after:
            end, sign = after, sign_after
        if number.vague:
            sign = {"=": ">", "~": ">"}.get(sign, sign) if number.form == "vague" else "~"
        return _Figure(start, end, number, core, unit, sign, noun, upper)

    def _range(self, number: Number, end: int) -> tuple[Number, float, int] | None:
        """ "10 to 15", "10–15", "between 10 and 15", "134-63": (first, second, end)."""
        joint = _RANGE.match(self.text, end)
        if joint is None or number.form not in ("digits", "words") or number.value is None:
            return None
        position = joint.end()
        while position < len(self.text) and self.text[position] in "$£€":
            position += 1
        second = number_at(self.text, position)
        if second is None or second.form != number.form or second.value is None:
            return None
        if re.match(r"[-/]\d", self.text[second.end :]) or second.value == number.value:
            return None
        word = joint.group().strip()
        before = self.text[: number.start]
        value = number.value
        # "10 to 15 million" means 10 million
        if (
            value < second.value >= 1000
            and second.value / value >= 1000
            and not re.search(r"[a-z]", self.text[number.start : number.end])
        ):
            scale = next(
                (
                    s
                    for s in (1e9, 1e6, 1e3)
                    if second.value / s >= value and second.value / s < 1000
                ),
                1.0,
            )
            if re.search(r"[a-z]", self.text[second.start : second.end], re.I):
                value *= scale
        if word == "and" and not re.search(r"\bbetween (?:\$|£|€)?$", before, re.I):
            return None
        if word == "or" and not (second.value == value + 1 and value < 10):
            return None
        if (
            word == "to"
            and re.search(r"\bfrom (?:\$|£|€)?$", before, re.I)
            and self._changing(number)
        ):
            return None
        score = _SCORE.search(before[-60:]) or _SCORE.search(
            self.text[second.end : second.end + 30]
        )
        falling = second.value < value
        if falling and (word in ("and", "or") or value > 1000 or (word == "to" and not score)):
            return None
        if word in ("—",) or (joint.group() != joint.group().strip() and word in ("-", "–", "—")):
            return None
        return replace(number, end=second.end, value=value), second.value, second.end

    def _changing(self, number: Number) -> bool:
        from .counted import _CHANGES

        root = self._tokens(number.start, number.end).root
        return any(a.lemma_ in _CHANGES or a.lemma_ in ("go", "move") for a in root.ancestors)

    def _is_age(self, start: int, end: int) -> bool:
        """ ", 76," after a name; "aged 76"."""
        before, after = self.text[:start], self.text[end:]
        if re.search(r"\b(?:aged?|age of|turned|turns|turning) $", before):
            return True
        if not re.search(r"\w,? ?[,(] ?$", before) or not re.match(r"[,.;)]| and\b|$", after):
            return False
        previous = self._tokens(start, end)[0]
        named = [
            t
            for t in self.span.doc[max(0, previous.i - 3) : previous.i]
            if t.ent_type_ == "PERSON" or t.pos_ == "PROPN"
        ]
        value = re.fullmatch(r"\d{1,3}", self.text[start:end])
        return bool(named and value and 1 <= int(value[0]) <= 115 and not re.match(r",\d", after))

    def _aged(self, figure: _Figure) -> str:
        """The name right before ", 76,"."""
        match = re.search(r"([\w.’'-]+(?: [\w.’'-]+)?) ?[,(] ?$", self.text[: figure.start])
        return " ".join(w for w in match[1].split() if w[0].isupper()) if match else ""

    def _is_label(self, number: Number) -> bool:
        """Numbers that are no figures: list numbers, names, clock times, telephones."""
        text, before, after = self.text, self.text[: number.start], self.text[number.end :]
        if number.start == 0 and re.match(r"[.)](?:\s+\S|$)", after) and number.form == "digits":
            return True
        if before.endswith(")("):
            return True  # 501(c)(4)
        if re.search(r"[@#/]\w*$|\bwww\.|://\S*$", before.rsplit(" ", 1)[-1]):
            return True
        if (
            _NUMBERED.search(before)
            and number.form in ("digits", "words")
            and not re.match(r" ?(?:percent|%|per cent|people)", after)
        ):
            return True
        if _CLOCK.match(after) or re.search(r"\d:$", before) or _NOT_AFTER.match(after):
            return True
        if any(m.start() <= number.start < m.end() for m in _PHONE.finditer(text)):
            return True
        if number.form == "digits" and re.fullmatch(r"0\d+", text[number.start : number.end]):
            return True
        span = self._tokens(number.start, number.end)
        if number.form in ("words", "times") and any(
            t.ent_type_ in ("PERSON", "WORK_OF_ART") for t in span
        ):
            return True
        if any(t.like_url or t.like_email for t in span):
            return True
        return self._in_name(span) and self._name_like(span)

    def _name_like(self, span: Span) -> bool:
        """A capital or a name right beside the number: "Boeing 737", "Fifth Avenue"."""
        doc = span.doc
        neighbours = [doc[i] for i in (span.start - 1, span.end) if 0 <= i < len(doc)]
        inside = [t for t in neighbours if t.ent_iob_ != "O" and t.ent_type_ == span[0].ent_type_]
        return any(t.text[:1].isupper() or t.text == "-" for t in inside)

    def _counts(self, number: Number, unit: str, noun: str, unit_end: int) -> bool:
        """Tell figures from pronouns, idioms and ranks that rank nothing."""
        text = self.text
        words = text[number.start : number.end].lower()
        after = text[number.end :]
        if _IDIOMS.match(after) and number.form in ("words", "ordinal", "digits"):
            return False
        token = self._tokens(number.start, number.end).root
        if number.form == "ordinal":
            return self._ranks(words, token)
        if number.form == "times":
            return not re.match(r" (?:as|the|about|before)\b", after) and not re.search(
                r"\bthink(?:ing)? $", text[: number.start], re.I
            )
        if words in ("one", "1") and number.form == "words":
            if unit in ("year", "month", "week", "hour", "minute", "%", "mile") or (
                noun and noun not in ("time", "day")
            ):
                return True
            if (
                re.match(
                    r" (?:day|thing|another|of|way|point|side|man|hand|reason|time|more|such|that|who|to|can|might|must)\b",
                    after,
                )
                and unit != "%"
            ):
                return bool(re.search(r"\bonly $", text[: number.start], re.I)) and not re.match(
                    r" (?:of|who|to|that|thing|way)\b", after
                )
            counts = token.head.lemma_.lower() in _ONE_OF or _ONE_COUNTS.search(
                text[: number.start]
            )
            return bool(token.dep_ == "nummod" and counts)
        if number.form in ("words",) and words in ("two", "three", "four", "five", "six", "zero"):
            if (
                token.dep_ not in ("nummod", "compound", "amod", "quantmod")
                and not unit
                and not noun
            ):
                # "the two met" refers back, "two of the five" counts
                following = re.match(
                    r" (?:of|in|out of|more|others|were|was|are|dead|killed|people)\b", after
                )
                det = re.search(
                    r"\b(?:the|these|those|all|any|other|between|first|last|or|no) $",
                    text[: number.start],
                    re.I,
                )
                return bool(following) or not det
        return True

    def _ranks(self, words: str, token: Token) -> bool:
        after = self.text
        if words.startswith("no."):
            return True
        if words == "first" or words == "1st":
            return False
        if token.dep_ in ("amod", "nummod", "compound", "nmod") and token.head.i > token.i:
            head = token.head
            if head.lemma_.lower() in _NO_RANK:
                return False
            following = token.nbor(1) if token.i + 1 < len(token.doc) else None
            return not (
                following is not None
                and following.text[:1].isupper()
                and following.pos_ == "PROPN"
                and following.lower_ in _NAMED_RANKS
            )
        place = token.head.lemma_ in ("place", "finish", "come", "rank", "tie", "be", "for", "in")
        return (
            place
            and token.dep_ not in ("nsubj", "nsubjpass")
            and bool(after)
            and words not in ("second",)
            or (token.head.lemma_ in ("place", "finish", "come", "rank"))
        )

    def _figure_row(self, figure: _Figure, dates: list[When]) -> dict:
        start, end = self.offset + figure.start, self.offset + figure.end
        span = self._tokens(figure.start, figure.end)
        core = self._tokens(*figure.core)
        first, last, head = counted(core, figure.unit)
        doc = span.doc
        quantity = doc[first:last].text if head is not None and first < last else ""
        if figure.noun == "age":
            quantity = self._aged(figure) or quantity
            following = doc[span.end] if span.end < len(doc) else None
            if not quantity and following is not None and following.pos_ in ("NOUN", "PROPN"):
                quantity = following.text  # "the 76-year-old Pelosi"
            quantity = f"age of {quantity}" if quantity else "age"
        elif figure.noun:
            quantity = figure.noun  # "12-nation deal": nations are counted
        unit = figure.unit
        lemma = head.lemma_.lower() if head is not None else ""
        if not unit and not figure.noun:
            unit = counted_nouns().get(lemma, ("", ""))[1]
            if (
                not unit
                and head is not None
                and head.ent_type_ == "NORP"
                and head.tag_ in ("NNPS", "NNS")
            ):
                unit = "person"
        return {
            **self.story.trace(self.article, start, end),
            "value": figure.number.value,
            "upper": figure.upper,
            "unit": unit,
            "comparator": figure.sign,
            "quantity": " ".join(quantity.split()),
            "period": self._period(figure, dates),
            "kind": "increment"
            if is_increment(span, self.text, figure.start, figure.end)
            else "total",
            "speaker": "",
            "voice": self.story.voice(self.article, start, end),
        }

    def _period(self, figure: _Figure, dates: list[When]) -> str:
        """The date that bears on the figure: in its clause, else nearest before a comma."""
        root = self._tokens(figure.start, figure.end).root
        clause = _clause(root)
        candidates = []
        for when in dates:
            token = self._tokens(when.start, when.end).root
            if _clause(token) == clause:
                gap = min(abs(when.start - figure.end), abs(figure.start - when.end))
                candidates.append((gap, when))
        if not candidates:
            return ""
        return written(min(candidates, key=lambda pair: pair[0])[1], self.text)


_ONE_OF = {
    "count",
    "charge",
    "vote",
    "seat",
    "fatality",
    "death",
    "injury",
    "arrest",
    "goal",
    "casualty",
}
_AHEAD = {
    "schedule", "scheduled", "set", "due", "slated", "plan", "planned", "upcoming", "expect", "expected",
    "intend", "tomorrow", "deadline", "ahead", "coming", "forthcoming",
}  # fmt: skip
_PAST = {"had", "has", "have", "did", "was", "were", "been"}
_NAMED_RANKS = {
    "amendment", "avenue", "street", "circuit", "district", "division", "fleet", "army", "congress",
    "reich", "republic", "infantry", "brigade", "regiment", "precinct", "congressional", "st.", "ave.",
}  # fmt: skip
_DATE_BOUNDS = {
    "since": ">=",
    "from": ">=",
    "after": ">",
    "before": "<",
    "by": "<=",
    "until": "<=",
    "till": "<=",
    "through": "<=",
    "around": "~",
    "about": "~",
}


def _clause(token: Token) -> int:
    """Index of the verb that heads the token's clause."""
    for word in token.ancestors:
        if word.pos_ in ("VERB", "AUX") and word.dep_ not in ("aux", "auxpass", "amod"):
            return word.i
    return -1


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)
