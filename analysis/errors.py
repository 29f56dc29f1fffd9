"""The kit's errors: one line each that says what was wrong, where, and what was expected."""


class TellingsError(Exception):
    """Base of every error that the kit raises on purpose; the command prints it as one line."""


class MissingPathError(TellingsError, FileNotFoundError):
    """A path that was given does not exist."""

    # OSError would print "[Errno None] …"; the one line is the whole message.
    __str__ = Exception.__str__


class EmptyInputError(TellingsError, ValueError):
    """A folder without articles, or an article without text."""


class BinaryFileError(TellingsError, ValueError):
    """A file that holds no text: a picture, an archive, an office document."""


class EncodingError(TellingsError, ValueError):
    """Bytes that no known encoding turns into text."""


class DuplicateArticleError(TellingsError, ValueError):
    """Two articles with the same id."""


class MetadataError(TellingsError, ValueError):
    """A metadata table that lacks a column or contradicts the files."""


class TableError(TellingsError, ValueError):
    """A table whose columns, types or values are not those of its schema."""


class TraceError(TellingsError, ValueError):
    """A row whose offsets do not lead to its text."""


class PairError(TellingsError, ValueError):
    """A comparison of two articles without saying which two, or with an unknown id."""


class LexiconError(TellingsError, ValueError):
    """A lexicon or codebook file that cannot be used as it is."""


class ChoiceError(TellingsError, ValueError):
    """An argument that is none of the values allowed."""


class OutputError(TellingsError, OSError):
    """A folder or file that cannot be written."""

    __str__ = Exception.__str__


class LanguageModelError(TellingsError, RuntimeError):
    """No usable language model is installed."""


class LanguageWarning(UserWarning):
    """An article that does not seem to be English; every annotator here is made for English."""


def choice(value: str, allowed: list[str] | tuple[str, ...], *, name: str) -> str:
    """Return `value` if it is one of `allowed`.

    Raises
    ------
    ChoiceError
        Naming the argument, the value and what is allowed.
    """
    if value not in allowed:
        raise ChoiceError(f"{name}={value!r} is not known; expected one of {', '.join(allowed)}")
    return value
