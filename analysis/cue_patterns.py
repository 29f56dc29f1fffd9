"""The lexicon of cues and the engine that finds them: patterns of words, conditions on the parse.

A cue is written as words with a space between them:

===============  ===============================================================
``may``          this form only, in any case
``BELIEVE``      capitals: any inflection of the word, British or American
``a|b``          one or the other
``(very)``       may be missing
``~``            up to two adverbs may stand here
``#``            a quantity must stand here; it is not part of the cue
===============  ===============================================================

The column ``when`` names conditions of `parse_conditions`, all of which must hold; ``!name`` must
not hold. Where cues overlap the longer one wins, then the one listed first. Rows of the type
``none`` are no cues: they keep a shorter cue from being found ("as expected").
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import LexiconError
from .language import LEXICONS
from .parse_conditions import CONDITIONS, form, is_quantity
from .schema import HEDGE_TYPES, STRENGTHS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

NO_CUE = "none"
_COLUMNS = ["rule", "cue", "type", "when", "strength", "note", "example", "version"]
_IRREGULAR = {
    "BE": "be is are was were been being 's 're am 'm",
    "CAN": "can could ca",
    "DO": "do does did done",
    "FIND": "find finds found finding",
    "FORECAST": "forecast forecasts forecasted forecasting",
    "FEEL": "feel feels felt feeling",
    "HAVE": "have has had having 've",
    "HOLD": "hold holds held holding",
    "KNOW": "know knows knew known knowing",
    "LEAVE": "leave leaves left leaving",
    "MAKE": "make makes made making",
    "READ": "read reads reading",
    "SAY": "say says said saying",
    "SEE": "see sees saw seen seeing",
    "SHOW": "show shows showed shown showing",
    "TELL": "tell tells told telling",
    "THINK": "think thinks thought thinking",
    "UNDERSTAND": "understand understands understood understanding",
    "CAST": "cast casts casting",
    "GO": "go goes went gone going",
    "PERSON": "person people persons",
    "HYPOTHESIS": "hypothesis hypotheses",
}


@dataclass(frozen=True)
class Rule:
    """One row of the lexicon, compiled."""

    name: str
    type: str
    items: tuple[_Item, ...]
    conditions: tuple[tuple[str, bool], ...]
    strength: str
    order: int


@dataclass(frozen=True)
class _Item:
    forms: frozenset[str]
    kind: str = "word"  # word, optional, adverbs, quantity


@dataclass(frozen=True)
class Match:
    """A cue in a sentence: its tokens and the rule that found it."""

    rule: Rule
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """First code point."""
        return self.tokens[0].idx

    @property
    def end(self) -> int:
        """Code point after the last one."""
        return self.tokens[-1].idx + len(self.tokens[-1])


def inflections(lemma: str) -> frozenset[str]:
    """Forms of a word written in capitals, British and American spelling."""
    if lemma in _IRREGULAR:
        return frozenset(_IRREGULAR[lemma].split())
    forms: set[str] = set()
    for base in _spellings(lemma.lower()):
        forms |= {base, base + "s"}
        if base.endswith("e"):
            forms |= {base + "d", base[:-1] + "ing"}
        elif re.search(r"[^aeiou]y$", base):
            forms |= {base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
        elif re.search(r"(s|x|ch|sh)$", base):
            forms |= {base + "es", base + "ed", base + "ing"}
        else:
            forms |= {base + "ed", base + "ing"}
            # admit, infer, signal double their last letter; forms nobody writes do no harm
            forms |= {base + base[-1] + "ed", base + base[-1] + "ing"}
    return frozenset(forms)


def _spellings(word: str) -> set[str]:
    found = {word}
    if word.endswith(("ise", "ize")):
        found |= {word[:-3] + "ise", word[:-3] + "ize"}
    if "rumour" in word or "rumor" in word:
        found |= {word.replace("rumour", "rumor"), word.replace("rumor", "rumour")}
    return found


def _item(written: str, where: str) -> _Item:
    if written == "~":
        return _Item(frozenset(), "adverbs")
    if written == "#":
        return _Item(frozenset(), "quantity")
    kind = "word"
    if written.startswith("(") and written.endswith(")"):
        kind, written = "optional", written[1:-1]
    forms: set[str] = set()
    for word in written.split("|"):
        if not word:
            raise LexiconError(f"{where}: empty alternative in {written!r}")
        forms |= inflections(word) if word.isupper() and len(word) > 1 else {word.casefold()}
    return _Item(frozenset(forms), kind)


def compile_rule(row: dict[str, str], order: int) -> Rule:
    """Turn one row of the lexicon into a rule.

    Raises
    ------
    LexiconError
        Naming the row and what is wrong with it.
    """
    where = f"hedges.csv, rule {row.get('rule')!r}"
    if row["type"] not in (*HEDGE_TYPES, NO_CUE):
        raise LexiconError(
            f"{where}: type {row['type']!r} is not known; expected one of "
            f"{', '.join(HEDGE_TYPES)}, {NO_CUE}"
        )
    if row["strength"] not in STRENGTHS and row["type"] != NO_CUE:
        raise LexiconError(
            f"{where}: strength {row['strength']!r}; expected one of {', '.join(STRENGTHS)}"
        )
    items = tuple(_item(written, where) for written in row["cue"].split())
    if not any(item.kind == "word" for item in items):
        raise LexiconError(f"{where}: the cue {row['cue']!r} names no word")
    conditions = []
    for name in row["when"].split():
        bare = name.removeprefix("!")
        if bare not in CONDITIONS:
            raise LexiconError(
                f"{where}: condition {bare!r} is not known; expected one of {', '.join(CONDITIONS)}"
            )
        conditions.append((bare, not name.startswith("!")))
    return Rule(row["rule"], row["type"], items, tuple(conditions), row["strength"], order)


def read_lexicon() -> list[dict[str, str]]:
    """Rows of `lexicons/hedges.csv` as written.

    Raises
    ------
    LexiconError
        If a column is missing or two rows bear the same name.
    """
    with open(LEXICONS / "hedges.csv", encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if missing := [name for name in _COLUMNS if name not in (reader.fieldnames or [])]:
            raise LexiconError(f"hedges.csv lacks the columns {', '.join(missing)}")
        rows = list(reader)
    names = [row["rule"] for row in rows]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise LexiconError(f"hedges.csv names these rules twice: {', '.join(twice)}")
    return rows


@functools.cache
def rules_by_word() -> dict[str, tuple[tuple[Rule, int], ...]]:
    """Word → the rules that begin with it, and at which of their items."""
    index: dict[str, list[tuple[Rule, int]]] = {}
    for order, row in enumerate(read_lexicon()):
        rule = compile_rule(row, order)
        for position, item in enumerate(rule.items):
            for word in item.forms:
                index.setdefault(word, []).append((rule, position))
            if item.kind == "word":
                break
    return {word: tuple(found) for word, found in index.items()}


def find_cues(sentence: Span) -> list[Match]:
    """Cues of one sentence, none overlapping, in order."""
    tokens = [token for token in sentence if not token.is_space]
    forms = [form(token) for token in tokens]
    index = rules_by_word()
    found: list[tuple[int, int, Rule]] = []
    for i, word in enumerate(forms):
        for rule, position in index.get(word, ()):
            ends = _ends(rule, position, tokens, forms, i)
            for start, end in ends:
                if _holds(rule, tokens[start:end]):
                    found.append((start, end, rule))
                    break
    found.sort(key=lambda match: (match[0] - match[1], match[2].order))
    taken: set[int] = set()
    kept = []
    for start, end, rule in found:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            if rule.type != NO_CUE:
                kept.append(Match(rule, tuple(tokens[start:end])))
    return sorted(kept, key=lambda match: match.start)


def _holds(rule: Rule, cue: list[Token]) -> bool:
    return all(CONDITIONS[name](cue) is wanted for name, wanted in rule.conditions)


def _ends(
    rule: Rule, position: int, tokens: list[Token], forms: list[str], i: int
) -> Iterator[tuple[int, int]]:
    """Where `rule` matches when its item `position` stands at token i: (first, after last)."""
    before = rule.items[:position]
    if (
        before
        and all(item.kind == "quantity" for item in before)
        and not (i and is_quantity(tokens[i - 1]))
    ):
        return
    for end in _match(rule.items[position:], tokens, forms, i):
        yield i, end


def _match(
    items: tuple[_Item, ...], tokens: list[Token], forms: list[str], i: int
) -> Iterator[int]:
    """Positions after the last token of `items` matched at i, longest first."""
    if not items:
        yield i
        return
    item, rest = items[0], items[1:]
    if item.kind == "quantity":
        if i < len(tokens) and is_quantity(tokens[i]):
            yield i
    elif item.kind == "adverbs":
        for skipped in (2, 1, 0):
            between = tokens[i : i + skipped]
            if len(between) == skipped and all(t.pos_ in ("ADV", "PART") for t in between):
                yield from _match(rest, tokens, forms, i + skipped)
    else:
        if i < len(tokens) and forms[i] in item.forms:
            yield from _match(rest, tokens, forms, i + 1)
        if item.kind == "optional":
            yield from _match(rest, tokens, forms, i)
