"""What only the sentence tells of a date: whether it is one, and whether it lies ahead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .dates import When
from .not_figures import numbered_name
from .sentence_view import SentenceView
from .units import bound_before, counted_nouns, unit_after

if TYPE_CHECKING:
    from spacy.tokens import Token

# what lies ahead of its sentence, in whatever tense
_AHEAD = {
    "due", "upcoming", "forthcoming", "coming", "ahead", "tomorrow", "deadline",
    "likely", "unlikely", "bound", "poised", "ready",
}  # fmt: skip
_PLANNING = {  # "hop" is what spaCy makes of "hopes"
    "schedule", "slate", "plan", "expect", "intend", "set", "hop", "aim", "promise", "pledge",
    "vow", "threaten", "agree", "order", "deal", "agreement", "decision", "proposal",
}  # fmt: skip
_SHIFTING = {
    "postpone", "put", "push", "delay", "defer", "move", "shift", "adjourn", "reschedule", "extend",
    "bring", "suspend", "prolong", "renew",
}  # fmt: skip
# verbs and nouns of timetables: their plain present is about what is to come
_TIMETABLE = {
    "begin", "start", "open", "reopen", "close", "end", "finish", "expire", "resume", "launch",
    "convene", "fall", "come", "kick", "meet", "run", "premiere", "hold", "go", "face",
}  # fmt: skip
_EVENTS = {
    "election", "vote", "referendum", "primary", "runoff", "poll", "ballot", "summit", "meeting",
    "talk", "session", "hearing", "conference", "deadline", "trial", "launch", "premiere",
    "release", "match", "game", "concert", "debate", "inauguration", "ceremony", "visit",
}  # fmt: skip
_WILL = {"will", "’ll", "'ll", "shall", "wo"}
_HAVE = {"have", "has", "had", "’ve", "'ve", "having"}
_MAY = {"may", "can", "must", "should", "ought", "need"}
_WOULD = {"would", "could", "might", "’d", "'d"}
_WAS = {"did", "was", "were", "been"}
_IS = {"is", "are", "am", "’re", "'re"}
_SHIFTED_TO = {"to", "until", "till"}
_FIXED_FOR = _SHIFTED_TO | {"for", "by", "before"}
_NOT_BEFORE = re.compile(
    r"\b(?:not before|(?:no|not) (?:earlier|sooner|later) than|(?:starting|beginning|effective)"
    r"(?: on| in| from)?)(?: the)? $",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince(?: about| around| at least)? $", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till)(?: at least| after)? $", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:until|till|by|before)(?: at least| about)? $", re.IGNORECASE)
_ONWARD = re.compile(r" on(?:wards?)?(?= *[,.;]|$)| at the (?:earliest|latest)\b")
_CALENDAR = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_YEAR_AFTER = re.compile(
    r"\b(?:in|since|by|until|till|from|before|after|during|late|early|of|to|through|circa|year|and)"
    r" $",
    re.IGNORECASE,
)
_COUNTED = re.compile(r" (?:percent|people|million|troops|soldiers)")
_BOUNDS = {
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


def is_future(view: SentenceView, start: int, end: int) -> bool | None:
    """Tell from the governing verbs whether the date at [start, end) lies ahead.

    Returns
    -------
    bool or None
        None where it lay ahead of something past ("had been put off until 3 April", "would
        open in May"): of the days that it may mean, the nearest is meant.
    """
    before, after = view.text[:start], view.text[end:]
    if _SINCE.search(before):
        return False
    written = re.split(r",? at ", view.text[start:end])[0]  # the hour may hang on another word
    token = view.tokens(start, start + len(written)).root
    head = token.head
    calendar = bool(_CALENDAR.search(written))
    names = token.i < head.i and head.pos_ in ("NOUN", "PROPN")
    if calendar and names and head.lemma_.lower() not in _EVENTS:
        return False  # "the Oct. 7 attack will be remembered"
    precise = calendar and any(map(str.isdigit, written))
    until, limit = bool(_UNTIL.search(before)), bool(_LIMIT.search(before))
    ahead = bool(_NOT_BEFORE.search(before) or _ONWARD.match(after))
    event = subject = infinitive = False
    for word in (token, *token.ancestors):
        ahead = ahead or _foretells(word, token)
        if word.pos_ not in ("VERB", "AUX"):
            event = event or word.lemma_.lower() in _EVENTS
            subject = word.dep_ in ("nsubj", "nsubjpass")
            continue
        tense = _tense(word)
        if tense == "ahead":
            return True
        if tense == "would":
            return None
        if tense == "present":
            if ahead or event or until or (limit and word.pos_ != "AUX"):
                return True
            if word.tag_ == "VBG" and not subject:
                return True  # "is running in November", not "the victims of July are waiting"
            governs = _governs(word, token)
            if governs and _is_timed(word, _preposition(token)):
                return True
            return None if precise and (governs or infinitive) else False
        if tense == "past":
            return None if ahead or (until and precise) else False
        ahead = ahead or (limit and tense in ("to", "plain"))
        infinitive = tense == "to"
        event = event and infinitive  # "denies rigging the vote in May"
    return ahead or until or infinitive  # "Talks to resume in May"


def _tense(verb: Token) -> str:
    """Tense of a verb: ahead, would, present, past; to, plain or open where the next one tells."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if helpers & _WILL:
        return "ahead"
    if helpers & _HAVE:
        return "past"
    if helpers & _WOULD:
        failed = "could" in helpers and any(c.dep_ == "neg" for c in verb.children)
        return "past" if failed else "would"
    if helpers & _MAY:
        return "ahead"
    if "to" in helpers:
        return "to"
    if verb.tag_ == "VBG":
        return "present" if helpers & (_IS | {"’s", "'s"}) else "past" if helpers & _WAS else "open"
    if verb.tag_ == "VBN" and helpers & _IS and "being" not in helpers:
        return "present"
    if verb.tag_ in ("VBD", "VBN") or helpers & _WAS:
        return "past"
    return "present" if verb.tag_ in ("VBZ", "VBP") or helpers & {"do", "does"} else "plain"


def _preposition(token: Token) -> str:
    """The preposition before a date, or nothing."""
    return token.head.lower_ if token.dep_ == "pobj" else ""


def _governs(word: Token, token: Token) -> bool:
    """Tell whether the date hangs on the word itself, if by a preposition."""
    return word == (token.head.head if token.dep_ == "pobj" else token.head)


def _is_timed(verb: Token, link: str) -> bool:
    """Tell whether a verb's plain present tells when: "is on 3 April", "takes effect in May"."""
    if verb.pos_ == "AUX":
        return link in ("", "on", "in", "at")  # "the figures are from April"
    taken = any(c.lower_ in ("effect", "place", "office") for c in verb.children)
    return link == "from" or verb.lemma_ in _TIMETABLE or (verb.lemma_ == "take" and taken)


def _foretells(word: Token, token: Token) -> bool:
    """Tell whether a word above a date says that it lay ahead: due, planned for, moved to."""
    lemma, link = word.lemma_.lower(), _preposition(token)
    if lemma in _AHEAD or word.lower_ in _AHEAD:
        return True
    if lemma == "be":
        return any(
            c.lemma_.lower() in _AHEAD for c in word.children if c.dep_ in ("acomp", "nsubj")
        ) or any(
            c.dep_ == "xcomp" and _tense(c) == "to" and c.is_ancestor(token) for c in word.children
        )
    if lemma in _SHIFTING and link in _SHIFTED_TO:
        return True
    if lemma not in _PLANNING:
        return False
    if link in _FIXED_FOR:
        return True
    if word.pos_ == "NOUN":  # "plans for a rally on Friday"
        return any(c.lower_ == "for" or _tense(c) == "to" for c in word.children)
    if not _governs(word, token):  # "agreed to meet on Friday"
        return any(c.is_ancestor(token) and _tense(c) == "to" for c in word.children)
    # "planned in May" and "set in May" tell when, "expected in May" what for
    passive = word.tag_ == "VBN" and not any(c.dep_ == "dobj" for c in word.children)
    return passive and lemma != "set"


def is_date(view: SentenceView, when: When) -> bool:
    """Tell dates from names ("Theresa May", NBC's "Today") and from counts ("2000 soldiers")."""
    span = view.tokens(when.start, when.end)
    words = view.text[when.start : when.end]
    if when.form == "year":
        return _is_year(view, when)
    if when.form == "unit":
        # ABC's "This Week"
        return not (words.istitle() and when.start > 0 and view.part != "infinitive")
    if when.form not in ("month", "weekday", "today"):
        return True
    if any(t.ent_type_ == "PERSON" for t in span) or view.in_name(span):
        return False
    if words == "Today" and re.search(r"[\"“‘']$", view.text[: when.start]):
        return not re.match(r"[,.]?[\"”’']", view.text[when.end :])
    return not (words in ("May", "March") and span[0].pos_ in ("VERB", "AUX"))


def _is_year(view: SentenceView, when: When) -> bool:
    before, after = view.text[: when.start], view.text[when.end :]
    if numbered_name(before) or re.search(r"[@#]\w*$", before):
        return False
    if _YEAR_AFTER.search(before) and not _COUNTED.match(after):
        return True
    if unit_after(view.text, when.end).name or bound_before(view.text, when.start)[1] != "=":
        return False
    root = view.tokens(when.start, when.end).root
    head = root.head
    people = counted_nouns().get(head.lemma_.lower(), ("", ""))[1] == "person"
    return not (root.dep_ == "nummod" and people and head.tag_ == "NNS" and head.i == root.i + 1)


def date_bound(view: SentenceView, when: When) -> str:
    """The bound that the word before a date sets: since is >=, until is <=."""
    before = view.text[: when.start]
    if re.search(r"\b(?:not before|(?:no|not) (?:earlier|sooner) than) $", before, re.IGNORECASE):
        return ">="
    return _BOUNDS.get(before.rstrip().rsplit(" ", 1)[-1].lower(), "=")


def event(view: SentenceView, when: When) -> str:
    """The word that a date dates: the verb of its clause, or the noun it modifies."""
    for word in view.tokens(when.start, when.end).root.ancestors:
        if word.pos_ in ("VERB", "NOUN", "PROPN") and word.ent_type_ not in ("DATE", "TIME"):
            return word.text
    return ""
