"""Where the article quotes: the stretches of direct speech in a text.

A rule, not a model: marks are paired inside a paragraph, so that one mark left open never
swallows more than its own paragraph.
"""

from __future__ import annotations

import re

# Opening mark -> what may close it, likeliest first. Doubled single marks count as double ones.
_CLOSERS = {
    "“": ("”", '"'),
    '"': ('"', "”"),
    "„": ("“", "”"),
    "«": ("»",),
    "``": ("''", '"'),
    "''": ("''",),
    "‘": ("’", "'"),
    "'": ("'",),
}
_MARK = re.compile(r"``|''|[\"“”„«»‘’']")
_PARAGRAPH = re.compile(r"[^\r\n]+")
# Words that an apostrophe opens without quoting: 'em, 'tis, '90s.
_CLOSING_SINGLE = re.compile(r"(?<=[\w.,!?])[’'](?!\w)")
_ELISION = re.compile(r"[’'‘](?:em|tis|twas|til|cause|bout|round|n|\d0s?|\d\d)\b", re.IGNORECASE)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Stretches inside quotation marks, marks included.

    Parameters
    ----------
    text : str
        The article as read.

    Returns
    -------
    list of (int, int)
        Half-open code-point spans in order, never overlapping; the outermost marks win.

    Notes
    -----
    Straight, curly, low-high, angular and doubled single marks are known. A single mark counts as
    an opening only before a word and with a closing partner in the same paragraph that is not an
    apostrophe inside a word. A paragraph that opens with a mark which is not closed is quoted to
    its end when the next paragraph opens with a mark again (the house style of long quotations);
    otherwise the unclosed mark quotes to the end of its sentence. Scare quotes are spans too:
    telling them from speech needs the sentence, not the marks.
    """
    spans: list[tuple[int, int]] = []
    paragraphs = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    for number, (start, end) in enumerate(paragraphs):
        following = (
            text[slice(*paragraphs[number + 1])].lstrip() if number + 1 < len(paragraphs) else ""
        )
        spans += _paragraph_spans(text, start, end, goes_on=following[:1] in ("“", '"', "„", "«"))
    return spans


def _paragraph_spans(text: str, start: int, end: int, *, goes_on: bool) -> list[tuple[int, int]]:
    spans = []
    position = start
    while match := _MARK.search(text, position, end):
        mark, at = match.group(), match.start()
        position = match.end()
        if not _opens(text, mark, at, start, end):
            continue
        close = _closing(text, mark, match.end(), end)
        if close is None:
            if mark in ("'", "’", "‘"):
                continue  # an apostrophe after all
            if goes_on:
                close = end
            else:
                stop = re.compile(r"[.!?](?=\s|$)").search(text, match.end(), end)
                close = stop.end() if stop else end
        spans.append((at, close))
        position = close
    return spans


def _opens(text: str, mark: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after_at = at + len(mark)
    after = text[after_at] if after_at < end else " "
    if mark in ("“", "„", "«", "``"):
        return True
    if mark in ("”", "»"):
        return False
    free = before.isspace() or before in "([{—–-/"
    if mark == "''":
        return free and not after.isspace()
    if mark == '"':
        return free and not after.isspace()
    # single marks: ’ typed for an apostrophe never opens; ' and ‘ may
    return (
        mark != "’"
        and free
        and (after.isalnum() or after in '“"[…')
        and not _ELISION.match(text, at)
    )


def _closing(text: str, mark: str, position: int, end: int) -> int | None:
    """End of the quotation opened before `position`, or None when nothing closes it."""
    found = (_closed_by(closer, text, mark, position, end) for closer in _CLOSERS[mark])
    return next((close for close in found if close is not None), None)


def _closed_by(closer: str, text: str, mark: str, position: int, end: int) -> int | None:
    single = mark in ("'", "‘")
    while match := _MARK.search(text, position, end):
        found, position = match.group(), match.end()
        before, after = text[match.start() - 1], text[position : min(position + 1, end)]
        if found == mark and before.isspace() and after and not after.isspace():
            if single:
                continue
            return None  # opens again, so the first mark was left open
        if found != closer:
            continue
        if single and (before.isspace() or after.isalnum()):
            continue  # an apostrophe
        if single and before == "s" and _CLOSING_SINGLE.search(text, position, end):
            continue  # a plural possessive, as long as a later mark can close
        return position
    return None


def in_quotes(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether [start, end) lies inside one of `spans` (as `quoted_spans` gives them)."""
    return any(a <= start and end <= b for a, b in spans)
