"""Where the article quotes."""

import pytest

from analysis.quotation import in_quotes, quoted_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and left.', ['"no"']),
        ("He said “yes, but ‘no’ there” and left.", ["“yes, but ‘no’ there”"]),
        ('He said “yes, but "no" there” and left.', ['“yes, but "no" there”']),
        ("He said ``no'' and left.", ["``no''"]),
        ("He said ''no'' and left.", ["''no''"]),
        ("‘We don’t know,’ he said.", ["‘We don’t know,’"]),
        ("‘It’s the boys’ job,’ he added.", ["‘It’s the boys’ job,’"]),
        ("'It is the boys' job,' he added.", ["'It is the boys' job,'"]),
        ("It's the boys' game.", []),
        ("The '90s were rock 'n' roll.", []),
        ("„Nein“, sagte er.", ["„Nein“"]),
        ("«Non», dit-il.", ["«Non»"]),
        # split quotation
        ('"A," she said. "B goes on."', ['"A,"', '"B goes on."']),
        # left open: to the end of the sentence, never into the next paragraph
        ('"Open and never closed. Next sentence.', ['"Open and never closed.']),
        ('"Open.\n\nNext "closed" one.', ['"Open.', '"closed"']),
        # a quotation over paragraphs, each opened again
        ("“First. Goes on.\n\n“Second ends.” Done.", ["“First. Goes on.", "“Second ends.”"]),
        # two openings in a row: the first was left open
        ('He said "A. "B" x', ['"A.', '"B"']),
        ("", []),
        ('"', []),
        ('A 5" gun and a 6" one.', []),
    ],
)
def test_quoted_spans(text, expected):
    assert [text[a:b] for a, b in quoted_spans(text)] == expected


def test_in_quotes_needs_the_whole_span():
    spans = [(3, 9)]
    assert in_quotes(spans, 3, 9)
    assert in_quotes(spans, 4, 5)
    assert not in_quotes(spans, 2, 5)
    assert not in_quotes([], 0, 1)
