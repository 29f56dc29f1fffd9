"""Every table of the kit: its columns, their types, what they mean; `conform` and `check_trace`.

Tables of single articles share `article`, `start`, `end`, `text`; tables of pairs share the same
four for each side. Offsets are 0-based, half-open Unicode code points into the text exactly as
read, so that ``text[start:end]`` is the row's text, always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from .errors import ChoiceError, TableError, TraceError


@dataclass(frozen=True)
class Column:
    """One column: its pandas dtype, its meaning with the unit, and the values allowed (if few)."""

    name: str
    dtype: str
    meaning: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


TRACE = (
    Column("article", "str", "id of the article"),
    Column("start", "int64", "first code point of the row's text in the article's text"),
    Column("end", "int64", "code point after the last one of the row's text"),
    Column("text", "str", "the article's text from start to end, verbatim"),
)
PAIR_TRACE = tuple(
    column
    for side in "ab"
    for column in (
        Column(f"article_{side}", "str", f"id of article {side}"),
        Column(f"{side}_start", "Int64", f"first code point in article {side}; missing: nothing"),
        Column(f"{side}_end", "Int64", f"code point after the last one in article {side}"),
        Column(f"{side}_text", "str", f"article {side}'s text from start to end, verbatim"),
    )
)

PARTS = ("headline", "standfirst", "heading", "body")
REGISTERS = ("report", "commentary")
VOICES = ("own", "quoted")
HEDGE_TYPES = (
    "hearsay",
    "belief",
    "modal",
    "likelihood",
    "inference",
    "approximation",
    "condition",
    "vague_source",
    "non_confirmation",
    "booster",
)
HOLDERS = ("author", "named", "vague", "unstated")
STRENGTHS = ("weak", "medium", "strong")
POLARITIES = ("for", "against")
COMMITMENTS = ("asserted", "attributed", "hedged", "unconfirmed", "denied")
FORMS = ("direct", "indirect", "mixed")
SOURCE_TYPES = (
    "government",
    "military",
    "intelligence",
    "international organisation",
    "expert",
    "media",
    "document",
    "civilian",
    "company",
    "party/politician",
    "anonymous",
    "unnamed",
    "other",
)
CLAIM_RELATIONS = ("same", "partial", "conflict", "only a", "only b", "unsure")
CLAIM_BANDS = ("told by both", "unsure", "no match found")
DIFFERENCES = ("number", "date", "name", "negation", "actor", "speaker", "certainty")
STATUSES = ("auto", "confirmed", "changed")
NUMBER_RELATIONS = ("same", "compatible", "different_scope", "conflict", "undecided")
PAIR_KINDS = ("figure", "date")
NUMBER_KINDS = ("total", "increment", "date")

METHOD_KINDS = ("accuracy", "lexicon", "model", "software", "article")

_SENTENCE = Column("sentence", "int64", "number of the sentence in its article, from 0")
_VOICE = Column("voice", "str", "own: the article speaks; quoted: inside direct speech", VOICES)
_STATUS = Column("status", "str", "who stands for the row: the rule, or a reader", STATUSES)

ARTICLES = Table(
    "articles",
    "article",
    (
        Column("article", "str", "id: the file's stem unless the metadata names one"),
        Column("label", "str", "short name for charts: the outlet where known"),
        Column("title", "str", "headline; missing where the article has none"),
        Column("outlet", "str", "who published it; missing where unknown"),
        Column("author", "str", "byline; missing where unknown"),
        Column("published", "datetime64[us]", "date of publication; NaT where unknown"),
        Column("url", "str", "address; missing where unknown"),
        Column("file", "str", "path the text was read from; missing for a DataFrame"),
        Column("encoding", "str", "encoding the file was read with; missing for a DataFrame"),
        Column("text", "str", "the text exactly as read"),
        Column("words", "int64", "words in all sentences (runs of letters and digits)"),
        Column("sha256", "str", "SHA-256 of the text in UTF-8"),
    ),
)

_SENTENCE_COLUMNS = (
    *TRACE,
    _SENTENCE,
    Column("paragraph", "int64", "number of the paragraph in its article, from 0"),
    Column("part", "str", "part of the article", PARTS),
    Column(
        "section", "str", "headings above the sentence, joined by ' > '; empty before the first"
    ),
    Column("register", "str", "report, or commentary under a heading such as Opinion", REGISTERS),
    Column("words", "int64", "words in the sentence"),
)
SENTENCES = Table("sentences", "sentence", _SENTENCE_COLUMNS)

UNCERTAIN_SENTENCES = Table(
    "uncertain_sentences",
    "sentence",
    (
        *_SENTENCE_COLUMNS,
        Column("score", "float64", "how strongly the sentence looks vague or uncommitted, 0 to 1"),
        Column("uncertain", "bool", "score at or above the threshold chosen in cross-validation"),
    ),
)

HEDGES = Table(
    "hedges",
    "cue",
    (
        *TRACE,
        _SENTENCE,
        Column("type", "str", "type of cue; booster is the counterweight, no hedge", HEDGE_TYPES),
        Column("scope_start", "Int64", "first code point of what the cue bears on"),
        Column("scope_end", "Int64", "code point after the last one of what the cue bears on"),
        Column("holder", "str", "whose uncertainty it is", HOLDERS),
        _VOICE,
        Column("rule", "str", "the rule of the lexicon that fired"),
        Column("strength", "str", "how far the cue moves away from a bare statement", STRENGTHS),
        Column("polarity", "str", "whether it leans to the statement or away", POLARITIES),
        Column("part", "str", "part of the article", PARTS),
        Column("stack", "int64", "cues of doubt that bear on the same event, this one included"),
    ),
)

ATTRIBUTIONS = Table(
    "attributions",
    "attribution",
    (
        *TRACE,
        Column("attribution", "int64", "number of the attribution in its article, from 0"),
        _SENTENCE,
        Column("source", "str", "who: text of the source's spans; empty if none is given"),
        Column("cue", "str", "by which word"),
        Column("content", "str", "what was said, known, believed or wanted"),
        Column("source_spans", "object", "list of (start, end)"),
        Column("cue_spans", "object", "list of (start, end)"),
        Column("content_spans", "object", "list of (start, end)"),
        Column("form", "str", "direct speech, indirect, or both mixed", FORMS),
        Column("source_type", "str", "kind of source", SOURCE_TYPES),
        Column("named", "bool", "a person or organisation that a reader could look up"),
        Column("speaker", "str", "one name for all mentions of the source; empty if none"),
        Column("parent", "Int64", "number of the enclosing attribution; missing if outermost"),
        _VOICE,
        Column("confidence", "float64", "the model's estimate, 0 to 1; missing: found by a rule"),
        Column("rule", "str", "what found it: the model or a named rule"),
    ),
)

SOURCES = Table(
    "sources",
    "speaker in an article",
    (
        *TRACE,
        Column("speaker", "str", "canonical name; empty for attributions without a source"),
        Column("source_type", "str", "kind of source", SOURCE_TYPES),
        Column("named", "bool", "a person or organisation that a reader could look up"),
        Column("attributions", "int64", "attributions to the speaker (outermost ones)"),
        Column("words", "int64", "words of content attributed to the speaker"),
        Column("share", "float64", "words as a share of the article's words, 0 to 1"),
    ),
)

SOURCE_SHARES = Table(
    "source_shares",
    "article",
    (
        Column("article", "str", "id of the article"),
        Column("words", "int64", "words of the article: the denominator of the shares"),
        Column("named", "int64", "words attributed to a source that could be looked up"),
        Column("not_named", "int64", "words attributed to a source that is not named"),
        Column("no_source", "int64", "words attributed without any source ('reportedly')"),
        Column("attributed", "int64", "the three together"),
        Column("unattributed", "int64", "words that the article says on its own account"),
        Column("named_share", "float64", "named / words, 0 to 1"),
        Column("not_named_share", "float64", "not_named / words, 0 to 1"),
        Column("no_source_share", "float64", "no_source / words, 0 to 1"),
        Column("attributed_share", "float64", "attributed / words, 0 to 1"),
        Column("unattributed_share", "float64", "unattributed / words, 0 to 1"),
    ),
)

FRAMES = Table(
    "frames",
    "cue of a frame",
    (
        *TRACE,
        _SENTENCE,
        Column("frame", "str", "frame of the codebook"),
        Column("codebook", "str", "name of the codebook"),
        _VOICE,
        Column("rule", "str", "entry of the codebook that matched"),
    ),
)

CLAIMS = Table(
    "claims",
    "link between two sentences, or a sentence without one",
    (
        *PAIR_TRACE,
        Column("claim", "int64", "number of the claim, from 0"),
        Column("sentence_a", "Int64", "sentence in article a; missing: no match found"),
        Column("sentence_b", "Int64", "sentence in article b; missing: no match found"),
        Column("score", "float64", "strength of the link, 0 to 1"),
        Column("relation", "str", "how the two statements stand to each other", CLAIM_RELATIONS),
        Column("differs", "str", "what differs, joined by ', '; empty if nothing was found"),
        *(
            Column(f"{side}_clause_{edge}", "Int64", meaning + f" in article {side}")
            for side in "ab"
            for edge, meaning in (
                ("start", "first code point of the clause that the other side tells too,"),
                ("end", "code point after the last one of that clause,"),
            )
        ),
        _STATUS,
    ),
)

CLAIM_SHARES = Table(
    "claim_shares",
    "article and band of the claim ledger",
    (
        Column("article", "str", "id of the article"),
        Column("band", "str", "what was found in the other article", CLAIM_BANDS),
        Column("count", "int64", "sentences of the article in the band"),
        Column("sentences", "int64", "sentences of the article: the denominator"),
        Column("share", "float64", "count / sentences, 0 to 1"),
        Column("low", "float64", "lower end of Wilson's 95 % interval of the share"),
        Column("high", "float64", "upper end of Wilson's 95 % interval of the share"),
    ),
)

CLAIM_MATRIX = Table(
    "claim_matrix",
    "claim in an article that tells it",
    (
        *TRACE,
        _SENTENCE,
        Column("claim", "int64", "number of the claim, from 0; told by most articles first"),
        Column("score", "float64", "strength of the link to the claim's first sentence, 0 to 1"),
    ),
)

PROMINENCE = Table(
    "prominence",
    "claim that both articles tell",
    (
        *PAIR_TRACE,
        Column("claim", "int64", "number of the claim in the claim ledger"),
        Column("relation", "str", "how the two statements stand to each other", CLAIM_RELATIONS),
        Column("a_position", "float64", "share of article a's words before it, per cent"),
        Column("b_position", "float64", "share of article b's words before it, per cent"),
        Column("shift", "float64", "b_position less a_position; positive: b tells it later"),
        Column("a_part", "str", "part of article a", PARTS),
        Column("b_part", "str", "part of article b", PARTS),
    ),
)

SHARED_TEXT = Table(
    "shared_text",
    "passage that both articles have word for word",
    (
        *PAIR_TRACE,
        Column("words", "int64", "words of the passage"),
        Column("a_voice", "str", "own: the article speaks; quoted: inside direct speech", VOICES),
        Column("b_voice", "str", "the same for article b", VOICES),
    ),
)

TEXT_OVERLAP = Table(
    "text_overlap",
    "two articles",
    (
        Column("article_a", "str", "id of one article"),
        Column("article_b", "str", "id of the other"),
        Column("shared", "int64", "distinct runs of five words that both have"),
        Column("runs", "int64", "distinct runs of five words of the article with fewer of them"),
        Column("share", "float64", "shared / runs, 0 to 1"),
    ),
)

NUMBERS = Table(
    "numbers",
    "figure or date",
    (
        *TRACE,
        _SENTENCE,
        Column("value", "float64", "the figure; for a date days since 1970-01-01; missing if open"),
        Column("upper", "float64", "end of a range or period, other side of a score; else missing"),
        Column("unit", "str", "unit: person, %, USD, km, day …; empty for a bare count"),
        Column("comparator", "str", "bound or rounding: >, <, >=, <=, ~, or = where none is given"),
        Column("quantity", "str", "what is counted: head noun with its modifiers"),
        Column("period", "str", "time window as written, resolved where the date is known"),
        Column("kind", "str", "total, increment ('additional'), or date", NUMBER_KINDS),
        Column("speaker", "str", "who gives the figure; empty if the article does"),
        _VOICE,
    ),
)

NUMBER_PAIRS = Table(
    "number_pairs",
    "comparable pair of figures",
    (
        *PAIR_TRACE,
        Column("quantity", "str", "what both count"),
        Column("kind", "str", "whether two figures or two dates are compared", PAIR_KINDS),
        Column("relation", "str", "how the two figures stand to each other", NUMBER_RELATIONS),
        Column("reason", "str", "why, in words"),
    ),
)

CERTAINTY = Table(
    "certainty",
    "claim that both articles tell",
    (
        *PAIR_TRACE,
        Column("claim", "int64", "number of the claim in the claim ledger"),
        Column("a_commitment", "str", "how article a stands to the claim", COMMITMENTS),
        Column("b_commitment", "str", "how article b stands to the claim", COMMITMENTS),
        Column("a_by", "str", "the cues that hedge it in a, and to whom it is attributed"),
        Column("b_by", "str", "the cues that hedge it in b, and to whom it is attributed"),
        Column("firmer", "str", "which side stands on the firmer step", ("a", "b", "same")),
    ),
)

THING_KINDS = ("person", "organisation", "place", "state", "group", "event")
NAMING = Table(
    "naming",
    "referring expression",
    (
        *TRACE,
        _SENTENCE,
        Column("thing", "str", "what is meant: one name for all its expressions"),
        Column("kind", "str", "kind of thing", THING_KINDS),
        Column("expression", "str", "how the mention puts it, without article or possessive"),
        _VOICE,
    ),
)

NAME_PAIRS = Table(
    "name_pairs",
    "name that two articles write or spell out differently",
    (
        *PAIR_TRACE,
        Column("name", "str", "what both mean: acronym, surname, or the usual name"),
        Column("kind", "str", "what differs", ("acronym", "person", "place or organisation")),
        Column("reason", "str", "what differs, in words"),
    ),
)

RATES = Table(
    "rates",
    "group",
    (
        Column("count", "int64", "rows of the table counted in the group"),
        Column("words", "int64", "words of the group's sentences: the denominator"),
        Column("per_1000_words", "float64", "count per 1,000 words"),
        Column("low", "float64", "lower end of the 95 % interval, per 1,000 words"),
        Column("high", "float64", "upper end of the 95 % interval, per 1,000 words"),
        Column("verdict", "str", "whether the groups can be told apart"),
    ),
)

CONCORDANCE = Table(
    "concordance",
    "occurrence",
    (
        *TRACE,
        _SENTENCE,
        Column("label", "str", "label of the article"),
        Column("left", "str", "what stands before, on one line"),
        Column("right", "str", "what stands after, on one line"),
    ),
)

METHODS = Table(
    "methods",
    "measured figure, file or package",
    (
        Column("item", "str", "detector, file, package or article"),
        Column("kind", "str", "what the row is", METHOD_KINDS),
        Column("measure", "str", "what was measured"),
        Column("value", "float64", "the figure, 0 to 1"),
        Column("low", "float64", "lower end of its 95 % interval, where measured"),
        Column("high", "float64", "upper end of its 95 % interval, where measured"),
        Column("n", "Int64", "how many cases it was measured on"),
        Column("corpus", "str", "the texts it was measured on"),
        Column("date", "str", "date of the measurement"),
        Column("version", "str", "version of the kit or package"),
        Column("sha256", "str", "SHA-256 of the file or text"),
    ),
)

ROLES = ("agent", "patient", "agentless")
VIAS = ("name", "demonym", "metonym", "pronoun")
POLARITIES = ("negative", "positive")

AGENCY = Table(
    "agency",
    "actor in a clause",
    (
        *TRACE,
        _SENTENCE,
        Column("actor", "str", "one name for all mentions; 'pronoun' where none is known"),
        Column(
            "role",
            "str",
            "agent: acts; patient: acted on by one who is named; agentless: acted on, by whom "
            "the passive leaves open",
            ROLES,
        ),
        Column("verb", "str", "lemma of the verb"),
        Column("negated", "bool", "the verb is negated: 'not', 'never'"),
        Column("mention", "str", "the words that name the actor"),
        Column("mention_start", "int64", "first code point of the mention"),
        Column("mention_end", "int64", "code point after the last one of the mention"),
        Column("via", "str", "how the mention names the actor", VIAS),
        _VOICE,
        Column("rule", "str", "relation in the parse that gave the role"),
    ),
)

PORTRAYAL = Table(
    "portrayal",
    "word or phrase attached to an actor",
    (
        *TRACE,
        _SENTENCE,
        Column("actor", "str", "one name for all mentions"),
        Column(
            "kind", "str", "how it is attached", ("adjective", "predicate", "apposition", "verb")
        ),
        Column("word", "str", "lemma of the word, or of the phrase's head"),
        Column("mention", "str", "the words that name the actor"),
        _VOICE,
    ),
)

LOADED = Table(
    "loaded",
    "evaluative word",
    (
        *TRACE,
        _SENTENCE,
        Column("word", "str", "entry of the lexicon"),
        Column("polarity", "str", "the lexicon's, out of context", POLARITIES),
        _VOICE,
        Column("rule", "str", "lexicon and its version"),
    ),
)

KEYNESS = Table(
    "keyness",
    "word",
    (
        *TRACE,
        Column("word", "str", "word in lower case"),
        Column("count_a", "int64", "occurrences in a"),
        Column("count_b", "int64", "occurrences in b"),
        Column("per_1000_a", "float64", "per 1,000 words of a"),
        Column("per_1000_b", "float64", "per 1,000 words of b"),
        Column("log_odds", "float64", "log-odds ratio with prior; above 0: more in a"),
        Column("z", "float64", "log-odds divided by its standard error"),
        Column("p", "float64", "family-wise over all words, by permutation"),
        Column("higher_in", "str", "label of the side with the higher rate"),
    ),
)

READABILITY = Table(
    "readability",
    "article",
    (
        Column("article", "str", "id of the article"),
        Column("label", "str", "short name for charts"),
        Column("sentences", "int64", "sentences measured: body and standfirst"),
        Column("words", "int64", "words of these sentences"),
        Column("words_per_sentence", "float64", "words per sentence"),
        Column("syllables_per_word", "float64", "syllables per word"),
        Column("flesch_reading_ease", "float64", "Flesch: higher is easier, about 0 to 100"),
        Column("flesch_kincaid_grade", "float64", "Flesch-Kincaid: US school year"),
        Column("gunning_fog", "float64", "Gunning fog: years of schooling"),
        Column("smog_index", "float64", "SMOG: school year; missing below 30 sentences"),
        Column("coleman_liau_index", "float64", "Coleman-Liau: US school year, from letters"),
        Column("automated_readability_index", "float64", "ARI: US school year, from letters"),
        Column("dale_chall_score", "float64", "Dale-Chall: share of words off a list of easy ones"),
        Column("dictionary", "str", "pronouncing dictionary that syllables were counted with"),
    ),
)

TABLES = {
    table.name: table
    for table in (
        ARTICLES,
        SENTENCES,
        UNCERTAIN_SENTENCES,
        HEDGES,
        ATTRIBUTIONS,
        SOURCES,
        SOURCE_SHARES,
        FRAMES,
        CLAIMS,
        CLAIM_SHARES,
        CLAIM_MATRIX,
        PROMINENCE,
        SHARED_TEXT,
        TEXT_OVERLAP,
        NUMBERS,
        NUMBER_PAIRS,
        NAMING,
        NAME_PAIRS,
        CERTAINTY,
        RATES,
        AGENCY,
        PORTRAYAL,
        LOADED,
        KEYNESS,
        READABILITY,
        CONCORDANCE,
        METHODS,
    )
}


def conform(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Bring `frame` to the columns, order and dtypes of `table`.

    Columns that the table does not name are kept, after those it names.

    Parameters
    ----------
    frame : DataFrame
        Rows as an annotator made them; may be empty.
    table : Table
        The schema.

    Returns
    -------
    DataFrame
        A new frame with a fresh RangeIndex.

    Raises
    ------
    TableError
        If a column is missing, does not fit its dtype, or holds a value that is not allowed.
    """
    if frame.empty and not len(frame.columns):
        frame = pd.DataFrame(columns=table.names)
    if missing := [name for name in table.names if name not in frame.columns]:
        raise TableError(f"table {table.name} lacks {', '.join(missing)}; expected {table.names}")
    further = [name for name in frame.columns if name not in table.names]
    out = frame[[*table.names, *further]].reset_index(drop=True)
    for column in table.columns:
        try:
            out[column.name] = out[column.name].astype(column.dtype)
        except (TypeError, ValueError) as error:
            raise TableError(
                f"column {table.name}.{column.name} does not fit {column.dtype}: {error}"
            ) from error
        if column.allowed:
            values = out[column.name].dropna().unique()
            if wrong := sorted(set(values) - set(column.allowed)):
                raise TableError(
                    f"column {table.name}.{column.name} holds {wrong}; "
                    f"expected one of {', '.join(column.allowed)}"
                )
    return out


def from_rows(rows: list[dict], table: Table) -> pd.DataFrame:
    """`conform` for a list of rows, which may be empty."""
    return conform(pd.DataFrame(rows, columns=None if rows else table.names), table)


def describe(name: str) -> pd.DataFrame:
    """Columns of a table: `column`, `dtype`, `meaning`, `allowed`.

    Raises
    ------
    ChoiceError
        If there is no such table.
    """
    if name not in TABLES:
        raise ChoiceError(f"table {name!r} is not known; expected one of {', '.join(TABLES)}")
    return pd.DataFrame(
        [
            {
                "column": column.name,
                "dtype": column.dtype,
                "meaning": column.meaning,
                "allowed": ", ".join(column.allowed),
            }
            for column in TABLES[name].columns
        ]
    )


def check_trace(frame: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Check that every row leads to its characters.

    Parameters
    ----------
    frame : DataFrame
        A table of single articles (`article`, `start`, `end`, `text`), or of pairs
        (`article_a`, `a_start`, `a_end`, `a_text`, and the same for b). Columns named `*_spans`
        must lie inside [start, end).
    articles : DataFrame
        The story's articles with `article` and `text`.

    Raises
    ------
    TraceError
        Naming the first row whose offsets do not lead to its text.
    """
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    if "article_a" in frame.columns:
        for side in "ab":
            present = frame[frame[f"{side}_start"].notna()]
            columns = [f"article_{side}", f"{side}_start", f"{side}_end", f"{side}_text"]
            _check_spans(present[columns].itertuples(index=False, name=None), texts)
        return
    _check_spans(
        frame[["article", "start", "end", "text"]].itertuples(index=False, name=None), texts
    )
    for name in (n for n in frame.columns if n.endswith("_spans")):
        for article, start, end, spans in zip(
            frame["article"], frame["start"], frame["end"], frame[name], strict=True
        ):
            for a, b in spans:
                if not start <= a < b <= end:
                    raise TraceError(
                        f"{name} {article}[{a}:{b}] lies outside its row [{start}:{end}]"
                    )


def _check_spans(rows, texts: Mapping[str, str]) -> None:
    for article, start, end, text in rows:
        if article not in texts:
            raise TraceError(f"article {article!r} is not in the story; it has {', '.join(texts)}")
        found = texts[article][int(start) : int(end)]
        if not 0 <= start <= end <= len(texts[article]) or found != text:
            raise TraceError(
                f"span {article}[{start}:{end}] says {text!r} but the article has {found!r}"
            )
