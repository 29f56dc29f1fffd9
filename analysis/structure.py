"""The parts of an article: headline, standfirst, headings, body; sections; report or commentary.

Rules over lines, for texts that have lost their mark-up. A line is a paragraph; what is short,
unpunctuated and followed by something is a heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
# A stamp that some archives put before the text ("date 2025-02-27 ", "2025-02-27: ").
_STAMP = re.compile(
    r"\s*(?:(?:date|published)\s*:?\s*)?(\d{4}-\d{2}-\d{2})(?:T[\d:.]+Z?)?\s*:?\s+", re.I
)
_BYLINE = re.compile(
    r"\s*By:? ((?:[A-Z][\w.’'-]*)(?: (?:[A-Z][\w.’'-]*|and|of|for|de|van|von|[|,&]))*)\s*$"
)
_BULLET = re.compile(r"\s*(?:[-*•‣▪–—]\s+)?")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[IVX]{1,5}|[A-Za-z])[.)]\s+\S")
_ENDS = re.compile(r"[.!?…:;,][\"”’'»)\]]*\s*$")
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’')]*\s+[\"“‘'(]?[A-Z]")
_COMMENTARY = re.compile(
    r"\s*(?:\d{1,2}[.)]\s*)?(?:commentary|comment|opinion|editorial|analysis|op-ed|viewpoint)"
    r"\s*(?:$|[:|–—].*)",
    re.IGNORECASE,
)
# Headings that open a section of their own wherever they stand.
_TOP = re.compile(r"\s*(?:introduction|conclusions?|background|summary)\s*:?\s*$", re.IGNORECASE)

LONGEST_HEADING = 14  # words; longer unpunctuated lines are paragraphs without a full stop
LONGEST_HEADLINE = 30  # words


@dataclass(frozen=True)
class Block:
    """One paragraph of an article: half-open offsets and its place in the article."""

    start: int
    end: int
    part: str  # headline, standfirst, heading, body
    section: str = ""
    register: str = "report"


@dataclass(frozen=True)
class Structure:
    """An article's blocks, and what its own text says about its date and its author."""

    blocks: tuple[Block, ...]
    published: str = ""
    author: str = ""


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str
    gap: bool  # an empty line stands before it


def structure(text: str, *, title: str = "") -> Structure:
    """Find the parts of an article.

    Parameters
    ----------
    text : str
        The article as read.
    title : str
        Headline where the metadata knows it; the first line that equals it is the headline.

    Returns
    -------
    Structure
        Blocks in order of the text. A date stamp before the text and a byline are in no block:
        they are given as `published` (ISO date) and `author`.

    Notes
    -----
    Headline: the line that equals `title`; else the first line, if it is short and has no full
    stop, or stands in a group of one-sentence lines closed by an empty line (then the others
    are the standfirst). Heading: a line of at most 14 words without closing punctuation, or a
    question in title case, that something follows. A heading directly below another one stands
    a level deeper, as do numbered headings below an unnumbered one; its like follow it on that
    level. "Commentary", "Opinion", "Editorial", "Analysis" (also with a colon and a title) make
    everything below them commentary. Limits: a text whose line breaks are layout (hard-wrapped
    mail) must be unwrapped first; return to an upper level is seen only at the headings named
    here and where numbering ends.
    """
    stamp = _STAMP.match(text)
    offset = stamp.end() if stamp else 0
    lines = _lines(text, offset)
    author = ""
    # a byline stands near the top and is no sentence
    for number, line in enumerate(lines[:4]):
        if (match := _BYLINE.match(line.text)) and _words(line.text) <= 12:
            author = match.group(1)
            del lines[number]
            if number < len(lines):
                lines[number] = replace(lines[number], gap=True)
            break
    head = _head(lines, title)
    blocks = _body(lines[len(head) :], headline=head[0].text if head else "")
    if head and _COMMENTARY.match(head[0].text) and ":" in head[0].text:
        blocks = [replace(block, register="commentary") for block in blocks]
        register = "commentary"
    else:
        register = "report"
    parts = ["headline"] + ["standfirst"] * (len(head) - 1)
    opening = [
        Block(line.start, line.end, part, register=register)
        for line, part in zip(head, parts, strict=False)
    ]
    return Structure((*opening, *blocks), stamp.group(1) if stamp else "", author)


def _lines(text: str, offset: int) -> list[_Line]:
    lines = []
    previous_end = 0
    for match in _LINE.finditer(text, offset):
        start, end = match.span()
        start += len(_BULLET.match(match.group()).group())  # type: ignore[union-attr]
        stripped = text[start:end].rstrip()
        if not any(character.isalnum() for character in stripped):
            continue  # rules of dashes, stray marks
        gap = len(re.findall(r"\r\n|\n|\r|\x85|\u2028|\u2029", text[previous_end:start])) > 1
        lines.append(_Line(start, start + len(stripped), stripped, gap))
        previous_end = start + len(stripped)
    return lines


def _words(text: str) -> int:
    return len(text.split())


def _head(lines: list[_Line], title: str) -> list[_Line]:
    """The headline and, after it, the lines of the standfirst."""
    if len(lines) < 2:
        return []
    wanted = " ".join(title.split()).casefold()
    titled = bool(wanted) and " ".join(lines[0].text.split()).casefold() == wanted
    first = lines[0]
    group = [first]
    for line in lines[1:]:
        if line.gap:
            break
        group.append(line)
    # Several one-sentence lines set off by an empty line from what follows: headline, standfirst.
    closed = 2 <= len(group) <= 8 and len(group) < len(lines)
    if closed and all(_one_sentence(line) for line in group) and not _looks_like_heading(lines[1]):
        return group
    if titled:
        return [first]
    unstopped = not _ENDS.search(first.text) or first.text.endswith(("?", "’", "”", "!"))
    if unstopped and _words(first.text) <= LONGEST_HEADLINE and _one_sentence(first):
        if _NUMBERED.match(first.text) or _COMMENTARY.fullmatch(first.text):
            return []
        return [first]
    return []


def _one_sentence(line: _Line) -> bool:
    # Full names with initials and "U.S. Army" break nothing: a break needs a word of 3 letters.
    breaks = [m for m in _SENTENCE_BREAK.finditer(line.text) if _word_before(line.text, m.start())]
    return not breaks and _words(line.text) <= LONGEST_HEADLINE


def _word_before(text: str, position: int) -> bool:
    word = re.search(r"([\w.]+)$", text[:position])
    return bool(word) and len(word.group(1)) >= 3 and "." not in word.group(1)  # type: ignore[union-attr]


def _looks_like_heading(line: _Line) -> bool:
    text = line.text
    if _words(_NUMBERED.sub("", text)) > LONGEST_HEADING or text[:1].islower():
        return False
    if text[-1] in '"”' or text[:1] in '"“':
        return False  # a quotation that lost its full stop
    if _COMMENTARY.match(text) or _TOP.match(text):
        return True
    if text.endswith("?"):
        content = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
        return len(content) > 1 and sum(word[0].isupper() for word in content) >= 0.8 * len(content)
    if text.endswith(":"):
        return _words(text) <= 6
    return not _ENDS.search(text)


def _body(lines: list[_Line], *, headline: str) -> list[Block]:
    blocks: list[Block] = []
    stack: list[tuple[str, bool]] = []  # heading, numbered
    after_heading = False
    commentary = False
    for number, line in enumerate(lines):
        if number == 0 and line.text == headline:
            # some archives print the headline twice; it opens no section
            blocks.append(Block(line.start, line.end, "heading"))
            continue
        if number + 1 < len(lines) and _looks_like_heading(line):
            numbered = bool(_NUMBERED.match(line.text))
            top = bool(_COMMENTARY.match(line.text) or _TOP.match(line.text))
            if top:
                stack = []
            elif not after_heading:
                _climb(stack, numbered)
            elif stack and numbered and stack[-1][1]:
                stack.pop()  # two numbered headings in a row are siblings
            stack.append((line.text, numbered))
            # an aside among the top headings ends the commentary, a sub-heading does not
            commentary = any(_COMMENTARY.match(heading) for heading, _ in stack)
            part, after_heading = "heading", True
        else:
            part, after_heading = "body", False
        section = " > ".join(heading for heading, _ in stack)
        register = "commentary" if commentary else "report"
        blocks.append(Block(line.start, line.end, part, section, register))
    return blocks


def _climb(stack: list[tuple[str, bool]], numbered: bool) -> None:
    """Leave the sections that a heading with body text before it closes."""
    if numbered:
        if stack and stack[-1][1]:
            stack.pop()
        return
    while stack and stack[-1][1]:
        stack.pop()
    if stack:
        stack.pop()
