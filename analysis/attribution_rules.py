"""What rules over the parse add to the attribution model; each names itself in the column `rule`.

All were measured on the development articles and lower no figure there (benchmarks/README.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .lexicon_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Span = tuple[int, int]
HEARSAY = ("reportedly", "allegedly", "supposedly", "purportedly")
HEARSAY_NOUNS = ("reports", "rumours", "rumors", "speculation", "allegations", "suggestions")
_SAYINGS = {
    "accusation", "allegation", "announcement", "apology", "assurance", "belief", "claim",
    "comment", "complaint", "concern", "conviction", "criticism", "demand", "denial", "doubt",
    "fear", "hope", "objection", "opinion", "pledge", "promise", "proposal", "question", "remark",
    "request", "statement", "suggestion", "suspicion", "threat", "view", "vow", "warning", "worry",
}  # fmt: skip
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def hearsay_clauses(doc: Doc) -> list[tuple[Span, tuple[Span, ...]]]:
    """Adverbs of hearsay with the clause that they put at a distance.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Parse of the article.

    Returns
    -------
    list of (cue, content)
        Spans in code points. The content is the clause of the verb that the adverb stands by,
        subject included, without the adverb and without what follows the clause after a comma.

    Examples
    --------
    "The redeployment reportedly began in February, aligning with reports." gives the cue
    "reportedly" with the contents "The redeployment" and "began in February".
    """
    found = []
    for token in doc:
        if token.lower_ not in HEARSAY:
            continue
        verb = token.head
        if verb.pos_ not in ("VERB", "AUX") or verb.sent != token.sent:
            continue
        kept = [t for t in _clause(verb) if t.i != token.i]
        runs = _runs(kept, doc)
        if runs:
            found.append(((token.idx, token.idx + len(token)), runs))
    return found


def says(doc: Doc, cue: tuple[Span, ...]) -> bool:
    """Whether a cue has a word of saying or believing, so that its subject can be a source.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Parse of the article.
    cue : tuple of (int, int)
        Spans of the cue.

    Returns
    -------
    bool
        True for "reportedly told" and for "reportedly raised concerns", whose noun says what is
        done; False for "allegedly ordered": who is accused is no source of the accusation.
    """
    for start, end in cue:
        for token in doc.char_span(start, end, alignment_mode="expand") or ():
            lemma = token.lemma_.lower()
            if lemma in (_SAYINGS if token.pos_ == "NOUN" else words("reporting_verbs")):
                return True
    return False


def hearsay_nouns(doc: Doc) -> list[tuple[Span, tuple[Span, ...]]]:
    """Nouns of hearsay with the that-clause that says what is reported: "reports that …".

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Parse of the article.

    Returns
    -------
    list of (cue, content)
        Spans in code points. Nouns with a possessor ("the agency’s reports") have a source and
        are left to the model.
    """
    found = []
    for token in doc:
        if token.lower_ not in HEARSAY_NOUNS or token.pos_ != "NOUN":
            continue
        if any(child.dep_ == "poss" for child in token.children):
            continue
        for child in token.rights:
            marks = [t for t in child.children if t.dep_ == "mark" and t.lower_ == "that"]
            if child.dep_ in ("acl", "ccomp", "relcl") and marks:
                runs = _runs(sorted(child.subtree, key=lambda t: t.i), doc)
                found.append(((token.idx, token.idx + len(token)), runs))
                break
    return found


def _clause(verb: Token) -> list[Token]:
    """Words of the verb's clause in order of the text."""
    words = [verb]
    for child in verb.children:
        begins = child.left_edge
        aside = begins.i > verb.i and begins.i and begins.nbor(-1).text in (",", ";", "–", "—")
        if child.dep_ in ("advcl", "parataxis", "ccomp") and aside:
            continue
        if (
            child.dep_ in ("cc", "conj", "punct", "mark", "preconj")
            and child.i > verb.i
            and (child.dep_ == "punct" or _own_subject(child))
        ):
            continue
        if child.i < verb.i and child.dep_ in ("cc", "mark", "punct", "advcl"):
            continue
        words += list(child.subtree)
    return sorted(words, key=lambda t: t.i)


def _own_subject(token: Token) -> bool:
    if token.dep_ == "cc":
        following = [t for t in token.head.children if t.dep_ == "conj" and t.i > token.i]
        return bool(following) and _own_subject(following[0])
    return any(t.dep_ in ("nsubj", "nsubjpass", "expl") for t in token.children)


def _runs(tokens: list[Token], doc: Doc) -> tuple[Span, ...]:
    """Spans of consecutive words, without marks at their ends."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    spans = []
    for run in runs:
        while run and (run[0].is_space or run[0].text in ",.;:"):
            run = run[1:]
        while run and (run[-1].is_space or run[-1].text in ",.;:"):
            run = run[:-1]
        if run:
            spans.append((run[0].idx, run[-1].idx + len(run[-1])))
    return tuple(spans)


def concession(doc: Doc, content: tuple[Span, ...], cue: tuple[Span, ...]) -> Span | None:
    """The rest of a reported sentence after a quotation inside it: ‘…,” though …’.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Parse of the article.
    content, cue : tuple of (int, int)
        Spans of an attribution.

    Returns
    -------
    (int, int) or None
        The clause with "though" or "although" up to the end of the sentence, when a that-clause
        that ends in a quotation stands directly before it and the clause has a subject of its
        own that is no pronoun (which would begin a new remark).
    """
    last = content[-1]
    text = doc.char_span(*last, alignment_mode="expand")
    if text is None or not cue or cue[-1][1] > last[0] or text[0].lower_ != "that":
        return None
    after = text.end
    while after < len(doc) and doc[after].text in ('"', "”", "''", ",", ",”", ',"'):
        after += 1
    closed = doc[after - 1].text if after else ""
    if after >= len(doc) or doc[after].lower_ not in ("though", "although"):
        return None
    if closed[-1:] not in ('"', "”", "'") or doc[after].sent != text[0].sent:
        return None
    rest = [t for t in doc[after : text[0].sent.end] if not t.is_space]
    while rest and rest[-1].text in ".!?":
        rest.pop()
    subjects = [t for t in rest if t.dep_ in ("nsubj", "nsubjpass")]
    if not subjects or subjects[0].pos_ == "PRON" or not any(t.tag_ in _FINITE for t in rest):
        return None
    return rest[0].idx, rest[-1].idx + len(rest[-1])


def completed_list(doc: Doc, span: Span) -> Span:
    """A source that stops inside a list ("The U.S., South Korea, and"), to the list's end.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Parse of the article.
    span : (int, int)
        A span of a source.

    Returns
    -------
    (int, int)
        The span up to the last member of the list; unchanged where it ends with no "and", "or"
        or comma, or where neither a name nor, by the parse, a further member follows.
    """
    text = doc.char_span(*span, alignment_mode="expand")
    if text is None or text[-1].lower_ not in ("and", "or", "&", ","):
        return span
    after = doc[text.end : text[0].sent.end]
    if not len(after):
        return span
    named = next((entity for entity in doc.ents if entity.start == text.end), None)
    if named is not None:
        return span[0], named.end_char
    member = next((t for t in after[:6] if t.dep_ == "conj" and t.head in text), None)
    if member is None:
        return span
    return span[0], member.right_edge.idx + len(member.right_edge)
