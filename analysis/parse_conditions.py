"""Named questions about a word's place in the parse: the conditions a lexicon entry may demand.

Every condition takes the tokens of a matched cue and says yes or no. The names are what stands in
the column `when` of `lexicons/hedges.csv`; `CONDITIONS` lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .lexicon_words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

Cue = list["Token"]

_SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"}
_MINOR = {"neg", "aux", "auxpass", "det", "mark", "punct", "cc", "expl"}
_PEOPLE = {"i", "you", "he", "she", "we", "they", "who", "everyone", "anyone", "someone", "nobody"}
_PEOPLE |= {"everybody", "anybody", "somebody", "people", "whoever", "'em"}
_NUMBER_NOUNS = {"half", "dozen", "dozens", "hundred", "hundreds", "thousand", "thousands"}
_NUMBER_NOUNS |= {"million", "millions", "billion", "billions", "trillion", "third", "quarter"}
_NUMBER_NOUNS |= {"two-thirds", "one-third", "three-quarters", "double", "twice", "triple", "score"}
_TIME = {"second", "minute", "hour", "day", "week", "weekend", "month", "year", "decade", "century"}
_TIME |= {"seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries"}
_UNNAMED = {"officials", "aides", "sources", "insiders", "diplomats", "advisers", "advisors"}
_MEASURES = _TIME | {"mile", "ton", "tonne", "percent", "majority", "generation", "foot", "fifth"}
_MEASURES |= {"tenth", "lifetime", "kilometer", "kilometre"}
_CURRENCY = set("$€£¥") | {"us$", "a$", "c$", "eur", "usd", "gbp", "#"}


def root(cue: Cue) -> Token:
    """The token of the cue that governs the others."""
    inside = {token.i for token in cue}
    heads = [token for token in cue if token.head.i not in inside or token.head.i == token.i]
    # not and have hang on the verb as well, in "it was not clear"
    return next((token for token in heads if token.dep_ not in _MINOR), (heads or cue)[0])


def form(token: Token) -> str:
    """Lower-case form with straight apostrophes; n't reads as not."""
    text = token.lower_.replace("’", "'")
    return "not" if text in ("n't", "nt") and token.dep_ == "neg" else text


def children(token: Token, *labels: str) -> list[Token]:
    """Children of `token` with one of the dependency labels."""
    return [child for child in token.children if child.dep_ in labels]


def subject(verb: Token) -> Token | None:
    """Grammatical subject of a verb, also when shared with the verb that governs it."""
    for _ in range(6):
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                if form(child) in ("who", "that", "which") and verb.dep_ == "relcl":
                    return verb.head
                return child
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "advcl", "aux", "auxpass"):
            return None
        verb = verb.head
    return None


def is_person(token: Token) -> bool:
    """Tell whether a noun or pronoun names people."""
    if form(token) in _PEOPLE:
        return True
    if token.pos_ == "PROPN":
        return token.ent_type_ in ("PERSON", "NORP") or form(token) in words("person_nouns")
    return token.pos_ in ("NOUN", "ADJ", "DET", "PRON", "NUM") and (
        form(token) in words("person_nouns") or token.lemma_.lower() in words("person_nouns")
    )


def is_agent(token: Token) -> bool:
    """Tell whether a noun can act: people, and states or organisations by name."""
    return is_person(token) or token.ent_type_ in ("PERSON", "NORP", "ORG", "GPE")


def is_quantity(token: Token) -> bool:
    """Tell whether a quantity begins at `token`: a number, $3, half, a dozen, a year."""
    text = form(token)
    if token.like_num or token.tag_ == "CD" or text in _NUMBER_NOUNS or text in _CURRENCY:
        return True
    if text[:1].isdigit() or (text[:1] in _CURRENCY and text[1:2].isdigit()):
        return True
    following = _next(token)
    if text in ("a", "an", "the", "one") and following is not None:
        return form(following) in _NUMBER_NOUNS | (_MEASURES if text != "the" else set())
    return False


def _next(token: Token) -> Token | None:
    return token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None


def _previous(token: Token) -> Token | None:
    return token.doc[token.i - 1] if token.i else None


def _near(token: Token | None) -> str:
    return form(token) if token is not None else ""


# Parts of speech


def is_verb(cue: Cue) -> bool:
    """The cue's governing word is a verb."""
    return root(cue).pos_ in ("VERB", "AUX")


def is_noun(cue: Cue) -> bool:
    """The cue's governing word is a noun."""
    return root(cue).pos_ in ("NOUN", "PROPN")


def is_adjective(cue: Cue) -> bool:
    """The cue's governing word is an adjective or a participle used as one."""
    token = root(cue)
    return token.pos_ == "ADJ" or token.dep_ in ("amod", "acomp")


def is_modal(cue: Cue) -> bool:
    """The cue is a modal verb with a verb of its own."""
    return cue[0].tag_ == "MD" and cue[0].head.pos_ in ("VERB", "AUX") and cue[0].dep_ == "aux"


def is_present(cue: Cue) -> bool:
    """The cue is no part of a name (as the month in "May Day")."""
    return not any(token.ent_type_ in ("DATE", "PERSON", "EVENT") for token in cue)


# Voice and negation


def is_passive(cue: Cue) -> bool:
    """Passive, or a participle without an auxiliary ("a man believed to be armed")."""
    token = root(cue)
    if token.tag_ not in ("VBN", "VBD", "JJ") or children(token, "nsubj"):
        return token.tag_ == "VBN" and bool(children(token, "auxpass"))
    if children(token, "auxpass", "nsubjpass"):
        return True
    auxiliaries = [form(child) for child in children(token, "aux")]
    if any(word in ("have", "has", "had", "having", "'ve") for word in auxiliaries):
        return False
    if token.tag_ == "VBD":
        return token.dep_ in ("acl", "advcl")
    return True


def has_agent(cue: Cue) -> bool:
    """A by-phrase names who."""
    return bool(children(root(cue), "agent"))


def is_negated(cue: Cue) -> bool:
    """Negated: a not, never, no that belongs to the cue or to the verb that carries it."""
    return negation(root(cue)) is not None


def negation(token: Token) -> Token | None:
    """The word that negates `token`, if any."""
    spots = [token]
    if token.dep_ in ("acomp", "attr", "oprd", "xcomp") or (
        token.dep_ == "advmod" and token.head.pos_ in ("VERB", "AUX")
    ):
        spots.append(token.head)
    for spot in spots:
        for child in spot.children:
            text = form(child)
            negates = child.dep_ == "neg" or (text in ("never", "not") and child.dep_ == "advmod")
            if negates and _near(_next(child)) not in ("only", "just"):
                return child
            if text in ("no", "neither") and child.dep_ == "det":
                return child
    before = _previous(token)
    if before is not None and form(before) in ("not", "no", "hardly", "never"):
        return before
    return nobody(token)


def nobody(token: Token) -> Token | None:
    """The subject that leaves nobody: neither claim, none of them, nobody, no party."""
    verb = token.head if token.dep_ in ("acomp", "attr", "oprd") else token
    for who in children(verb, "nsubj", "nsubjpass"):
        if form(who) in ("nobody", "none", "neither", "nothing", "no-one"):
            return who
        for child in who.children:
            if child.dep_ in ("det", "preconj") and form(child) in ("no", "neither"):
                return child
    return None


def has_no_subject(cue: Cue) -> bool:
    """Nobody is the subject ("neither claim can be confirmed")."""
    return nobody(root(cue)) is not None


# Complements


def _finite(token: Token) -> bool:
    if token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(
        child.tag_ in ("VBD", "VBZ", "VBP", "MD") for child in children(token, "aux", "auxpass")
    )


def _infinitive(token: Token) -> bool:
    return any(form(child) == "to" and child.dep_ == "aux" for child in token.children)


def has_to(cue: Cue) -> bool:
    """An infinitive with to follows ("believed to have left")."""
    token = root(cue)
    labels = ("xcomp", "ccomp", "acl", "advcl", "relcl")
    if any(_infinitive(c) and c.i > token.i for c in children(token, *labels)):
        return True
    return _near(_next(cue[-1])) == "to" and _next(cue[-1]).tag_ == "TO"  # type: ignore[union-attr]


def has_clause(cue: Cue) -> bool:
    """A clause with a subject of its own depends on the cue, before or after it."""
    token = root(cue)
    for child in children(token, "ccomp", "parataxis", "csubj", "csubjpass"):
        # "feel betrayed" and "felt obliged" are no clauses
        participle = child.tag_ in ("VBG", "VBN") and not _finite(child)
        if not participle or children(child, "nsubj", "nsubjpass", "expl"):
            return True
    if any(_near(c) == "that" for c in children(token, "mark")) or _that_follows(token):
        return True
    if token.dep_ in ("parataxis", "ccomp") and _near(_previous(token.left_edge)) == ",":
        return token.head.pos_ in ("VERB", "AUX") and not children(token, "dobj", "prep")
    return False


def _that_follows(token: Token) -> bool:
    for child in children(token, "acl", "relcl", "ccomp", "advcl"):
        if any(_near(c) == "that" and c.dep_ == "mark" for c in child.children):
            return True
    return _near(_next(token)) == "that" and _next(token).tag_ == "IN"  # type: ignore[union-attr]


def has_that(cue: Cue) -> bool:
    """A finite clause follows, with or without that."""
    token = root(cue)
    if _that_follows(token):
        return True
    if any(child.i > token.i and _finite(child) for child in children(token, "ccomp", "acl")):
        return True
    head = token.head  # predicative adjectives: "it is possible that …"
    if token.dep_ in ("acomp", "attr", "oprd"):
        return any(
            child.i > token.i and (_finite(child) or _that_follows(token))
            for child in children(head, "ccomp", "csubj", "advcl")
            if any(_near(c) == "that" for c in child.children)
        )
    return False


def has_statement(cue: Cue) -> bool:
    """What is said follows as a clause, with that or bare ("a report he left")."""
    token = root(cue)
    if token.dep_ == "pobj" and token.head.head.lemma_.lower() in words("reporting_verbs"):
        return False  # "wrote in a report that"
    if any(above.lemma_ == "plead" for above in token.ancestors):
        return False  # "pleaded guilty to a charge that": not hearsay, admitted
    if has_that(cue):
        return True
    after = token.i + 1
    return any(
        child.dep_ in ("acl", "relcl", "ccomp")
        and child.left_edge.i == after
        and _finite(child)
        and any(who.i == after and who.tag_ in ("PRP", "NNP") for who in children(child, "nsubj"))
        and (bool(children(child, "dobj", "ccomp", "xcomp", "acomp")) or child.i == after + 1)
        for child in token.children
    )


def has_gerund(cue: Cue) -> bool:
    """An -ing form is the object ("suggested leaving")."""
    return any(
        child.tag_ == "VBG" and child.i > root(cue).i and not children(child, "nsubj")
        for child in children(root(cue), "xcomp", "ccomp", "pcomp", "dobj")
    )


def has_base_clause(cue: Cue) -> bool:
    """The clause demands: base form or should ("suggested that he leave")."""
    for child in children(root(cue), "ccomp", "acl"):
        modal = [form(c) for c in children(child, "aux")]
        who = next(iter(children(child, "nsubj")), None)
        singular = who is not None and who.tag_ in ("NN", "NNP", "PRP") and form(who) not in (
            "i", "you", "we", "they",
        )  # fmt: skip
        base = child.tag_ == "VB" or (child.tag_ == "VBP" and singular)
        if "should" in modal or (base and not modal):
            return True
    return False


def has_object(cue: Cue) -> bool:
    """A plain object follows."""
    return bool(children(root(cue), "dobj", "obj", "dative"))


def has_predicate(cue: Cue) -> bool:
    """An adjective or noun completes it ("appears calm", "believed dead")."""
    return bool(children(root(cue), "acomp", "oprd", "attr"))


def _preposition(name: str) -> Callable[[Cue], bool]:
    def holds(cue: Cue) -> bool:
        token = root(cue)
        if any(form(child) == name for child in children(token, "prep", "dative", "mark")):
            return True
        return _near(_next(cue[-1])) == name

    holds.__doc__ = f"{name.capitalize()} follows."
    return holds


# Subjects


def has_person(cue: Cue) -> bool:
    """The subject is somebody: a person, people, a state or organisation by name."""
    found = subject(_verb(root(cue)))
    return found is not None and is_agent(found)


def has_thing(cue: Cue) -> bool:
    """The subject is a thing, an event, evidence – nobody who could propose or decide."""
    found = subject(_verb(root(cue)))
    return found is not None and not is_agent(found)


def has_expletive(cue: Cue) -> bool:
    """The subject is a bare it or there."""
    found = subject(_verb(root(cue)))
    return found is not None and (found.dep_ == "expl" or form(found) in ("it", "there"))


def has_first_person(cue: Cue) -> bool:
    """The subject is I or we."""
    found = subject(_verb(root(cue)))
    return found is not None and form(found) in ("i", "we")


def has_vague_subject(cue: Cue) -> bool:
    """The subject names nobody ("some", "critics", "many analysts")."""
    found = subject(_verb(root(cue)))
    if found is None:
        return is_passive(cue) and not has_agent(cue)
    return is_vague([found]) or form(found) in ("some", "many", "others", "most")


def _verb(token: Token) -> Token:
    return token.head if token.dep_ in ("aux", "acomp", "attr", "oprd", "advmod") else token


# Positions


def is_attributive(cue: Cue) -> bool:
    """Stands before its noun ("possible links")."""
    token = root(cue)
    while token.dep_ == "conj" and token.head.pos_ == token.pos_:
        token = token.head
    return token.dep_ in ("amod", "nmod", "compound", "nummod") and token.head.i > token.i


def is_predicative(cue: Cue) -> bool:
    """Completes a verb such as be, seem, remain ("it is clear")."""
    token = root(cue)
    while token.dep_ == "conj" and token.head.pos_ == token.pos_:
        token = token.head
    return token.dep_ in ("acomp", "attr", "oprd", "ccomp", "ROOT", "advcl", "relcl", "conj")


def is_bound(cue: Cue) -> bool:
    """Bounds or rounds the number beside it, and is no preposition of place, time or topic."""
    token, number = root(cue), _next(cue[-1])
    unit = _next(number) if number is not None else None
    if form(token) == "over" and _near(unit) in _TIME and not _is_direct(token):
        return False  # "to 69 over 16 years": in the course of
    if token.dep_ in ("quantmod", "advmod", "nummod", "amod", "predet"):
        return True
    if number is None or token.pos_ != "ADP":
        return True
    governor = token.head
    time = any(
        child.dep_ == "pobj" and (form(child) in _TIME or child.ent_type_ == "DATE")
        for child in token.children
    )
    if form(token) in ("about", "around"):
        before = _previous(token)
        return before is None or before.pos_ in ("ADP", "PUNCT", "AUX", "ADV") or time
    # "over 10 years" may be a stretch of time; a feud over 3 million is a topic
    return not time and governor.pos_ in ("VERB", "AUX", "NUM") and _is_direct(token)


def _is_direct(token: Token) -> bool:
    before = _previous(token)
    return before is not None and (before.pos_ in ("VERB", "AUX", "ADP", "ADV", "PART", "ADJ"))


def is_adverbial(cue: Cue) -> bool:
    """Opens an adverbial clause (a condition), not the complement of ask, know, see."""
    token = root(cue)
    verb = token.head
    if token.dep_ not in ("mark", "advmod", "prep", "nmod", "dep"):
        return False
    governor = verb.head
    asks = governor.lemma_.lower() in words("inquiry_verbs") and verb.i > governor.i
    if form(token) == "if" and verb.i > governor.i and governor.lemma_ in ("ask", "wonder"):
        return False
    if _near(_previous(token)) in ("unclear", "uncertain", "unsure", "unknown", "sure", "clear"):
        return False
    return not (asks and (verb.dep_ == "ccomp" or token.i - governor.i == 1))


def opens_assumption(cue: Cue) -> bool:
    """An -ing form before a clause of its own ("assuming the vote passes"), no plain object.

    Read from the tags up to the comma: the parser rarely sees the clause.
    """
    token = root(cue)
    if token.tag_ != "VBG" or children(token, "aux"):
        return False
    for after in token.doc[token.i + 1 : token.sent.end]:
        if after.is_punct:
            return False
        if after.tag_ in ("VBZ", "VBP", "VBD", "MD"):
            return True
    return False


def is_awaited(cue: Cue) -> bool:
    """Passive about a noun ("arrests are expected", "a vote expected today"), not "as expected"."""
    token = root(cue)
    if has_to(cue) or children(token, "dobj", "ccomp", "xcomp", "mark"):
        return False
    if _near(_previous(token)) in ("as", "than"):
        return False
    of_noun = token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN")
    thing = [who for who in children(token, "nsubj") if not is_agent(who)]
    return bool(children(token, "nsubjpass")) or of_noun or (bool(thing) and token.tag_ != "VBG")


def is_inquiry(cue: Cue) -> bool:
    """Opens the complement of a verb of finding out (assess whether, not know if)."""
    token = root(cue)
    governor = token.head.head
    return token.head.dep_ in ("ccomp", "pcomp", "xcomp") and governor.lemma_.lower() in (
        words("finding_verbs")
    )


# Sources


def is_source(cue: Cue) -> bool:
    """Says, believes or reports something: subject, by-phrase, or after according to."""
    return reporting(root(cue)) is not None


def reporting(token: Token) -> Token | None:
    """The verb of saying or believing whose source `token` is (or the preposition of one)."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    head = token.head
    if token.dep_ == "nsubj":  # of a passive it is what the others say something about
        if head.lemma_.lower() not in words("reporting_verbs"):
            return None
        # to call for something, to speak or point to something is to act, not to say
        if head.lemma_.lower() in ("call", "point", "speak", "hold", "judge") and not children(
            head, "oprd", "ccomp"
        ):
            return None
        return head
    if token.dep_ == "pobj":
        if form(head) == "of" and form(head.head) in words("counting_nouns"):
            return reporting(head.head)
        if form(head) == "to" and _near(_previous(head)) == "according":
            return head
        if form(head) == "by" and head.head.lemma_.lower() in words("reporting_verbs"):
            return head.head
        if form(head) == "from" and head.head.lemma_.lower() in ("report", "word", "claim"):
            return head
    return None


def is_vague(cue: Cue) -> bool:
    """A plural without the name of anybody, bare or after some, many, several, other …"""
    token = root(cue)
    if token.tag_ not in ("NNS", "NNPS") and form(token) != "people":
        return False
    if token.pos_ == "PROPN" and token.ent_type_ == "ORG":
        return False  # the name of a firm
    for child in token.children:
        text = form(child)
        if child.dep_ == "appos" and child.ent_type_ == "PERSON":
            return False
        if child.dep_ == "prep" and text == "like":
            return False  # "groups like the AARP"
        if text == "the" and form(token) in _UNNAMED:
            continue
        if child.dep_ == "det" and text not in (
            "some",
            "many",
            "several",
            "most",
            "other",
            "various",
            "few",
            "certain",
            "any",
        ):
            return False
    after = _next(token)
    return not (after is not None and after.ent_type_ == "PERSON" and after.pos_ == "PROPN")


# Modals


def _auxiliaries(verb: Token) -> list[str]:
    return [form(child) for child in children(verb, "aux", "auxpass")]


def _perfect(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(a in ("have", "'ve", "of") for a in _auxiliaries(verb))


def _conditional(verb: Token) -> bool:
    return any(
        form(c) == "if" for clause in children(verb, "advcl") for c in children(clause, "mark")
    )


def is_epistemic_may(cue: Cue) -> bool:
    """May, might: possibility; not a wish, an offer or a permission."""
    modal, verb = cue[0], cue[0].head
    found = subject(verb)
    if found is not None and found.i > modal.i and found.i < verb.i:
        return False  # "May he rest in peace", "may I …"
    if found is None or _perfect(verb) or verb.tag_ == "VBG":
        return True
    permits = form(found) == "you" or (
        form(found) in words("rule_subjects") and found.tag_ in ("NNS", "NN")
    )
    return not (permits and verb.lemma_.lower() not in words("stative_verbs"))


def is_epistemic_could(cue: Cue) -> bool:
    """Could: possibility; not ability in the past, a request, a denial or a counterfactual."""
    modal, verb = cue[0], cue[0].head
    if negation(verb) is not None or _near(_next(modal)) in ("not", "barely", "hardly", "no"):
        return False
    if _perfect(verb):
        return not _conditional(verb)
    found = subject(verb)
    if found is not None and modal.i < found.i < verb.i:
        return not is_agent(found)  # "Could you …"
    if form(modal) == "could" and any(
        form(c) in ("so", "as", "before", "until", "whatever")
        for c in children(verb, "mark", "advmod")
    ):
        return False
    if found is None or not is_person(found):
        return True
    if verb.tag_ == "VBG" or verb.lemma_.lower() in words("stative_verbs"):
        return verb.lemma_.lower() not in words("perception_verbs")
    if verb.lemma_.lower() in words("perception_verbs"):
        return False
    return not _past_setting(verb)


def _past_setting(verb: Token) -> bool:
    """The sentence tells the past, and not as somebody's report."""
    governor = verb
    for _ in range(6):
        if governor.head.i == governor.i:
            break
        up = governor.head
        if up.tag_ == "VBD" and up.lemma_.lower() in words("reporting_verbs"):
            return False
        governor = up
        if governor.tag_ == "VBD":
            return True
    return any(
        clause.tag_ == "VBD" or any(c.tag_ == "VBD" for c in children(clause, "aux", "auxpass"))
        for clause in children(verb, "advcl", "conj")
    )


def is_deduction(cue: Cue) -> bool:
    """Must, should, have to: a conclusion, not an obligation."""
    modal, verb = cue[0], cue[0].head
    if modal.dep_ != "aux" or negation(verb) is not None:
        return False
    found = subject(verb)
    if found is not None and modal.i < found.i < verb.i:
        return False  # a question, or a condition by inversion
    stative = verb.lemma_.lower() in words("stative_verbs") and not children(verb, "auxpass")
    if form(modal) == "must":
        if _perfect(verb):
            return True
        return stative and found is not None and form(found) in _PEOPLE
    if _perfect(verb):
        return found is not None and not is_agent(found) and not children(verb, "auxpass")
    easy = [form(c) for c in children(verb, "acomp")]
    return any(word in ("able", "available", "ready", "enough", "fine") for word in easy)


# Positions that only one or two entries ask for


def is_infinitive(cue: Cue) -> bool:
    """The to that ends the cue opens an infinitive, no place and no recipient."""
    return cue[-1].tag_ == "TO"


def is_evidence(cue: Cue) -> bool:
    """The subject is evidence: wounds, data, findings, a pattern."""
    found = subject(_verb(root(cue)))
    return found is not None and found.lemma_.lower() in words("evidence_nouns")


def opens_statement(cue: Cue) -> bool:
    """Not inside a clause that what, who or which opens ("what they say is …")."""
    verb = root(cue)
    return verb.dep_ not in ("csubj", "pcomp", "ccomp", "relcl", "acl")


def opens_clause(cue: Cue) -> bool:
    """The that which ends the cue is no relative pronoun ("signs that appear in crowds")."""
    return form(cue[-1]) != "that" or cue[-1].tag_ != "WDT"


def is_of_voters(cue: Cue) -> bool:
    """Says who will vote: a category of pollsters."""
    return root(cue).head.lemma_.lower() in ("voter", "electorate", "caucusgoer")


def is_made_to(cue: Cue) -> bool:
    """A bare infinitive under make ("makes it appear weak")."""
    token = root(cue)
    return token.tag_ == "VB" and token.head.lemma_ == "make" and token.dep_ in ("ccomp", "xcomp")


def is_on_noun(cue: Cue) -> bool:
    """Hangs on a noun ("the photo in question")."""
    return root(cue).head.pos_ in ("NOUN", "PROPN") and root(cue).dep_ in ("prep", "pobj")


def is_made(cue: Cue) -> bool:
    """Object complement of make ("made it clear"): a message, not a judgement."""
    return any(token.lemma_.lower() == "make" for token in (root(cue).head, root(cue).head.head))


def is_pronoun(cue: Cue) -> bool:
    """Stands for a noun ("some say")."""
    return root(cue).dep_ in ("nsubj", "nsubjpass", "pobj") and root(cue).pos_ != "PROPN"


def is_anonymous(cue: Cue) -> bool:
    """One person without a name: "a senior official", "one aide"; no name beside it."""
    token = root(cue)
    if token.tag_ not in ("NN", "NNP") or not is_indefinite(cue):
        return False
    near = [*children(token, "appos"), *token.doc[token.i + 1 : token.i + 4]]
    return not any(child.ent_type_ == "PERSON" for child in near)


def is_bare(cue: Cue) -> bool:
    """No article, possessive or number before the noun ("word of the deal spread")."""
    return not children(root(cue), "det", "poss", "nummod", "amod")


def is_count(cue: Cue) -> bool:
    """A plural numeral that counts by itself ("hundreds of men", not "two hundreds")."""
    token = root(cue)
    before = _previous(token)
    if token.tag_ == "NNP" or (before is not None and (before.like_num or before.text == "’s")):
        return False
    return form(before) not in ("the", "of", "by", "in") if before is not None else True


def is_quantifier_of_source(cue: Cue) -> bool:
    """Quantifies people who say or believe something ("many parents fear")."""
    noun = cue[0].head
    if cue[0].dep_ not in ("det", "amod", "nummod") or noun.i < cue[0].i:
        return False
    return is_vague([noun]) and is_person(noun) and reporting(noun) is not None


def is_indefinite(cue: Cue) -> bool:
    """After a, an, one, another."""
    return any(
        form(child) in ("a", "an", "one", "another")
        for child in children(root(cue), "det", "nummod")
    )


def verb_follows(cue: Cue) -> bool:
    """A clause with a subject follows ("as long as he stays")."""
    after = _next(cue[-1])
    if after is None or after.pos_ in ("NUM", "PUNCT") or after.tag_ == "CD":
        return False
    span = after.doc[after.i : min(after.i + 6, after.sent.end)]
    return any(token.dep_ in _SUBJECTS for token in span)


def is_inverted(cue: Cue) -> bool:
    """Opens a condition by inversion ("should he leave, …")."""
    token = cue[0]
    found = subject(token.head)
    if token.dep_ != "aux" or found is None or not token.i < found.i < token.head.i:
        return False
    return token.head.dep_ == "advcl" or (
        token.is_sent_start is True and not token.sent.text.rstrip(" \"”’'").endswith("?")
    )


def in_if_clause(cue: Cue) -> bool:
    """Stands in a clause that if opens."""
    token = root(cue)
    for verb in (token, token.head):
        if any(form(child) in ("if", "as") for child in children(verb, "mark")):
            return True
    return False


def is_unavailable(cue: Cue) -> bool:
    """Is said to be unavailable, pending, awaited or lacking."""
    verb = root(cue).head
    spot = [form(child) for child in children(verb, "acomp", "attr")] + [form(verb)]
    return any(w in ("unavailable", "pending", "awaited", "lacking", "missing") for w in spot)


def is_open_question(cue: Cue) -> bool:
    """Is raised or remains: object of raise, subject of remain, or followed by whether."""
    token = root(cue)
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if token.dep_ == "pobj" or verb.lemma_.lower() in ("ask", "answer", "take", "field", "face"):
        return False
    if any(form(t) == "whether" for t in cue):
        return True
    return verb.lemma_.lower() in ("raise", "remain", "prompt", "persist", "linger", "swirl")


def is_not_known(cue: Cue) -> bool:
    """Nobody's character or wish, but the state of knowledge: with it, what, who, whether, if."""
    token = root(cue)
    found = subject(_verb(token))
    if found is not None and form(found) in (
        "it",
        "that",
        "this",
        "what",
        "who",
        "cause",
        "motive",
    ):
        return True
    after = _near(_next(cue[-1]))
    return after in ("if", "whether", "who", "what", "why", "how", "when", "where", "which", "that")


CONDITIONS: dict[str, Callable[[Cue], bool]] = {
    "verb": is_verb,
    "noun": is_noun,
    "adjective": is_adjective,
    "modal": is_modal,
    "no_name": is_present,
    "passive": is_passive,
    "agent": has_agent,
    "negated": is_negated,
    "no_subject": has_no_subject,
    "to": has_to,
    "clause": has_clause,
    "that": has_that,
    "statement": has_statement,
    "gerund": has_gerund,
    "base_clause": has_base_clause,
    "object": has_object,
    "predicate": has_predicate,
    "person": has_person,
    "thing": has_thing,
    "expletive": has_expletive,
    "first_person": has_first_person,
    "vague_subject": has_vague_subject,
    "attributive": is_attributive,
    "predicative": is_predicative,
    "bound": is_bound,
    "adverbial": is_adverbial,
    "assumption": opens_assumption,
    "awaited": is_awaited,
    "inquiry": is_inquiry,
    "source": is_source,
    "vague": is_vague,
    "epistemic_may": is_epistemic_may,
    "epistemic_could": is_epistemic_could,
    "deduction": is_deduction,
    "infinitive": is_infinitive,
    "opens_clause": opens_clause,
    "of_voters": is_of_voters,
    "made": is_made,
    "made_to": is_made_to,
    "on_noun": is_on_noun,
    "evidence": is_evidence,
    "sentence": opens_statement,
    "pronoun": is_pronoun,
    "quantifier_of_source": is_quantifier_of_source,
    "indefinite": is_indefinite,
    "anonymous": is_anonymous,
    "bare": is_bare,
    "counts": is_count,
    "verb_follows": verb_follows,
    "inverted": is_inverted,
    "if_clause": in_if_clause,
    "unavailable": is_unavailable,
    "open_question": is_open_question,
    "not_known": is_not_known,
    **{
        name: _preposition(name)
        for name in ("as", "of", "for", "about", "on", "in", "than", "like")
    },
}
