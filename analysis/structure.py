"""The parts of an article: headline, standfirst, headings, body; sections; report or commentary.

Rules over lines, for texts that have lost their mark-up. A line is a paragraph; what is short,
unpunctuated and followed by something is a heading. Bylines, lines that hold only a date, and
datelines state nothing and belong to no part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .front_matter import (
    LONGEST_HEADLINE,
    Line,
    author_of,
    count_words,
    days_of,
    front_lines,
    one_sentence,
    undated,
    without,
)

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
# A stamp that some archives put before the text ("date 2025-02-27 ", "2025-02-27: ").
_STAMP = re.compile(
    r"\s*(?:(?:date|published)\s*:?\s*)?(\d{4}-\d{2}-\d{2})(?:T[\d:.]+Z?)?\s*:?\s+", re.I
)
_BULLET = re.compile(r"\s*(?:[-*•‣▪–—]\s+)?")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[IVX]{1,5}|[A-Za-z])[.)]\s+\S")
_ENDS = re.compile(r"[.!?…:;,][\"”’'»)\]]*\s*$")
_COMMENTARY = re.compile(
    r"\s*(?:\d{1,2}[.)]\s*)?(?:commentary|comment|opinion|editorial|analysis|op-ed|viewpoint)"
    r"\s*(?:$|[:|–—].*)",
    re.IGNORECASE,
)
# Headings that open a section of their own wherever they stand.
_TOP = re.compile(r"\s*(?:introduction|conclusions?|background|summary)\s*:?\s*$", re.IGNORECASE)

LONGEST_HEADING = 14  # words; longer unpunctuated lines are paragraphs without a full stop


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


def structure(text: str, *, title: str = "", outlet: str = "", author: str = "") -> Structure:
    """Find the parts of an article.

    Parameters
    ----------
    text : str
        The article as read.
    title : str
        Headline where the metadata knows it; the first line that equals it is the headline.
    outlet, author : str
        Where the metadata knows them: a line of these alone is a byline.

    Returns
    -------
    Structure
        Blocks in order of the text. In no block are: a date stamp before the text; near the top,
        bylines and lines that hold only a date or time; the dateline that opens the first
        paragraph. Date and byline are given as `published` (ISO date) and `author`.

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
    front = front_lines(lines, title, (outlet, author))
    # of two dates the later one is that of an update
    days = sorted(day for number in front for day in days_of(lines[number].text))
    published = stamp.group(1) if stamp else next(iter(days), "")
    author = next(filter(None, (author_of(lines[number].text) for number in front)), "")
    # what stands between headline and byline is the standfirst
    edge = next((lines[number].start for number in front if number), 0)
    lines = without(lines, front)
    head = _head(lines, title, sum(line.start < edge for line in lines))
    lines = [*head, *undated(lines[len(head) :])]
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
    return Structure((*opening, *blocks), published, author)


def _lines(text: str, offset: int) -> list[Line]:
    lines = []
    previous_end = 0
    for match in _LINE.finditer(text, offset):
        start, end = match.span()
        start += len(_BULLET.match(match.group()).group())  # type: ignore[union-attr]
        stripped = text[start:end].rstrip()
        if not any(character.isalnum() for character in stripped):
            continue  # rules of dashes, stray marks
        gap = len(re.findall(r"\r\n|\n|\r|\x85|\u2028|\u2029", text[previous_end:start])) > 1
        lines.append(Line(start, start + len(stripped), stripped, gap))
        previous_end = start + len(stripped)
    return lines


def _head(lines: list[Line], title: str, above: int = 0) -> list[Line]:
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
    if closed and all(one_sentence(line) for line in group) and not _looks_like_heading(lines[1]):
        return group
    standfirst = lines[1:above] if all(one_sentence(line) for line in lines[1:above]) else []
    if titled:
        return [first, *standfirst]
    unstopped = not _ENDS.search(first.text) or first.text.endswith(("?", "’", "”", "!"))
    if unstopped and count_words(first.text) <= LONGEST_HEADLINE and one_sentence(first):
        if _NUMBERED.match(first.text) or _COMMENTARY.fullmatch(first.text):
            return []
        return [first, *standfirst]
    return []


def _looks_like_heading(line: Line) -> bool:
    text = line.text
    if count_words(_NUMBERED.sub("", text)) > LONGEST_HEADING or text[:1].islower():
        return False
    if text[-1] in '"”' or text[:1] in '"“':
        return False  # a quotation that lost its full stop
    if _COMMENTARY.match(text) or _TOP.match(text):
        return True
    if text.endswith("?"):
        content = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
        return len(content) > 1 and sum(word[0].isupper() for word in content) >= 0.8 * len(content)
    if text.endswith(":"):
        return count_words(text) <= 6
    return not _ENDS.search(text)


def _body(lines: list[Line], *, headline: str) -> list[Block]:
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
