"""Texts with their attributions written into them, for the tests of sourcing and speakers.

`<s>Ann Lee</s> <c>said</c> <t>that rain was likely</t>` marks source, cue and content. Where a
text holds several attributions, the tags bear a number: `<s1>`, `<c1>`, `<t1>`, `<s2>` …; a span
that belongs to two of them bears both: `<s12>`.
"""

import re

from analysis.attribution_model import Relation

TAG = re.compile(r"<(/?)([sct])(\d*)>")
ROLES = {"s": "source", "c": "cue", "t": "content"}


def read_marks(marked: str) -> tuple[str, list[Relation]]:
    """The text without its tags, and the attributions that they mark."""
    plain = ""
    position = 0
    spans: dict[str, dict[str, list[tuple[int, int]]]] = {}
    opened: dict[str, int] = {}
    for tag in TAG.finditer(marked):
        plain += marked[position : tag.start()]
        position = tag.end()
        closing, role, numbers = tag.groups()
        if not closing:
            opened[role + numbers] = len(plain)
            continue
        span = (opened.pop(role + numbers), len(plain))
        for number in numbers or "1":
            roles = spans.setdefault(number, {"source": [], "cue": [], "content": []})
            roles[ROLES[role]].append(span)
    plain += marked[position:]
    assert not opened, f"tags left open in {marked!r}"
    relations = [
        Relation(tuple(r["source"]), tuple(r["cue"]), tuple(r["content"]), 1.0)
        for r in spans.values()
    ]
    return plain, relations


def labeller(*marked: str):
    """A labeller that knows the marked texts, and finds nothing in any other."""
    known = dict(read_marks(text) for text in marked)
    return lambda text: known.get(text, [])
