"""Read articles: files, folders, corpora and DataFrames into one table, text exactly as it is."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .errors import (
    BinaryFileError,
    DuplicateArticleError,
    EmptyInputError,
    EncodingError,
    LanguageWarning,
    MetadataError,
    MissingPathError,
)

TEXT_SUFFIXES = (".txt", ".text")
CORPUS_SUFFIXES = (".csv", ".jsonl")
# Log-likelihood by which another language must fit better than English. Measured: 0 of 150 English
# news articles have any other language first; 25 words of German, French, Spanish or Dutch have it
# first by 247 or more, English words repeated senselessly by 50 at most.
MARGIN = 100
METADATA_FILE = "articles.csv"
METADATA = ("article", "label", "title", "outlet", "author", "published", "url")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True)
class Raw:
    """One article before it is parsed: its text, where it comes from, what is known of it."""

    article: str
    text: str
    metadata: Mapping[str, str]
    file: str | None = None
    encoding: str | None = None


def read(source) -> list[Raw]:
    """Read articles from whatever an analyst has.

    Parameters
    ----------
    source : path, list of paths, or DataFrame
        A text file (.txt); a folder of text files, with an optional `articles.csv` whose column
        `file` names them; a corpus (.csv or .jsonl with a column `text`); a list of these; a
        DataFrame with a column `text`. The columns `article`, `label`, `title`, `outlet`,
        `author`, `published` and `url` are used where present.

    Returns
    -------
    list of Raw
        A folder's articles in order of their file names, others in the order given.

    Raises
    ------
    MissingPathError, EmptyInputError, BinaryFileError, EncodingError, MetadataError,
    DuplicateArticleError
        One line that names the file or row, and what was expected. Nothing is loaded then, and
        no file is changed.
    """
    if isinstance(source, pd.DataFrame):
        raws = _from_frame(source, "the DataFrame")
    elif isinstance(source, (str, Path)):
        raws = _from_path(Path(source))
    elif isinstance(source, Iterable):
        raws = [raw for path in source for raw in _from_path(Path(path))]
        if not raws:
            raise EmptyInputError("the list of paths is empty; expected at least one article")
    else:
        raise MetadataError(
            f"cannot read articles from {type(source).__name__}; "
            "expected a path, a list of paths or a DataFrame"
        )
    seen: dict[str, str] = {}
    for raw in raws:
        where = raw.file or "a row"
        if raw.article in seen:
            raise DuplicateArticleError(
                f"two articles have the id {raw.article!r}: {seen[raw.article]} and {where}; "
                "give them different ids in articles.csv (column article) or rename a file"
            )
        seen[raw.article] = where
    return raws


def _from_path(path: Path) -> list[Raw]:
    if not path.exists():
        raise MissingPathError(f"{path} does not exist; expected a text file or a folder of them")
    if path.is_dir():
        return _from_folder(path)
    if path.suffix.lower() in CORPUS_SUFFIXES:
        return _from_frame(_read_corpus(path), str(path))
    text, encoding = read_text(path)
    return [Raw(path.stem, text, {}, str(path), encoding)]


def _from_folder(folder: Path) -> list[Raw]:
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in TEXT_SUFFIXES)
    if not paths:
        raise EmptyInputError(
            f"folder {folder} holds no article; expected files ending in {', '.join(TEXT_SUFFIXES)}"
        )
    table = folder / METADATA_FILE
    known = _metadata(table) if table.exists() else {}
    if lost := sorted(set(known) - {path.name for path in paths}):
        raise MetadataError(
            f"{table} names {', '.join(lost)}, which folder {folder} does not hold; "
            f"it holds {', '.join(path.name for path in paths)}"
        )
    raws = []
    for path in paths:
        text, encoding = read_text(path)
        row = known.get(path.name, {})
        raws.append(Raw(row.get("article") or path.stem, text, row, str(path), encoding))
    return raws


def _metadata(path: Path) -> dict[str, dict[str, str]]:
    frame = _read_csv(path)
    if "file" not in frame.columns:
        raise MetadataError(
            f"{path} has no column 'file'; it has {', '.join(frame.columns) or 'none'}"
        )
    if frame["file"].duplicated().any():
        name = frame.loc[frame["file"].duplicated(), "file"].iloc[0]
        raise MetadataError(f"{path} has two rows for {name}; expected one row per file")
    return {row["file"]: _row(row) for row in frame.to_dict("records")}


def _read_csv(path: Path) -> pd.DataFrame:
    import io

    text, _ = read_text(path)
    try:
        # headlines such as "NA" or "None" are text, not missing values
        return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise MetadataError(f"{path} is no readable table: {error}") from error


def _read_corpus(path: Path) -> pd.DataFrame:
    if path.suffix.lower() == ".csv":
        return _read_csv(path)
    import io

    text, _ = read_text(path)
    try:
        return pd.read_json(io.StringIO(text), lines=True, dtype=False)
    except ValueError as error:
        raise MetadataError(
            f"{path} is no readable JSONL; expected one JSON object a line: {error}"
        ) from error


def _from_frame(frame: pd.DataFrame, where: str) -> list[Raw]:
    if "text" not in frame.columns:
        raise MetadataError(
            f"{where} has no column 'text'; it has {', '.join(map(str, frame.columns)) or 'none'}"
        )
    if frame.empty:
        raise EmptyInputError(f"{where} has no rows; expected at least one article")
    raws = []
    width = len(str(len(frame)))
    for number, row in enumerate(frame.to_dict("records"), 1):
        text = row["text"]
        if not isinstance(text, str) or not text.strip():
            raise EmptyInputError(f"row {number} of {where} has no text; expected an article")
        known = _row(row)
        article = known.get("article") or f"article-{number:0{width}d}"
        raws.append(Raw(article, text, known))
    return raws


def _row(row: Mapping) -> dict[str, str]:
    return {
        name: str(row[name]).strip()
        for name in METADATA
        if name in row and not pd.isna(row[name]) and str(row[name]).strip()
    }


def read_text(path: Path) -> tuple[str, str]:
    """Text of a file exactly as it is, and the encoding that was used.

    A byte-order mark decides, then strict UTF-8, then charset-normalizer's best guess. Line ends
    are kept as they are, so that offsets hold.

    Returns
    -------
    (str, str)
        Text without a byte-order mark, and the Python name of the encoding.

    Raises
    ------
    EmptyInputError, BinaryFileError, EncodingError, MissingPathError
        Naming the file.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise MissingPathError(f"{path} cannot be read: {error.strerror or error}") from error
    text, encoding = _decode(data, path)
    if not text.strip():
        raise EmptyInputError(f"{path} is empty; expected an article's text")
    control = sum(ch < " " and ch not in "\t\n\r\x0b\x0c\x1b\x1c\x1d\x1e\x1f" for ch in text[:4096])
    if control > 0.01 * len(text[:4096]):
        raise BinaryFileError(f"{path} holds control characters, not text; expected a text file")
    return text, encoding


def _decode(data: bytes, path: Path) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise EncodingError(
                    f"{path} starts as {encoding} but byte {error.start} is not; "
                    "save it as UTF-8 and try again"
                ) from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        position = error.start
    if b"\x00" in data[:4096]:
        raise BinaryFileError(f"{path} holds binary data, not text; expected a text file")
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise EncodingError(
            f"{path} is not UTF-8 (byte {position}) and no other encoding fits; "
            "save it as UTF-8 and try again"
        )
    # the detector's own string may have lost a mark; decode again, so that offsets are the file's
    return data.decode(best.encoding), best.encoding


def labels(outlets: list[str], given: list[str]) -> list[str]:
    """Short names for charts: what is given, else the outlet, else "Article A", "Article B", …

    Names that would be equal get a number.
    """
    out: list[str] = []
    for number, (outlet, label) in enumerate(zip(outlets, given, strict=True)):
        name = label or outlet or f"Article {letters(number)}"
        same = sum(name == other or other.startswith(f"{name} (") for other in out)
        out.append(f"{name} ({same + 1})" if same else name)
    return out


def letters(number: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    while number >= 0:
        name = chr(ord("A") + number % 26) + name
        number = number // 26 - 1
    return name


def sha256(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def warn_if_foreign(article: str, text: str) -> None:
    """Warn (`LanguageWarning`) when an article does not seem to be English.

    py3langid ranks the languages; texts under 20 words are not judged, nor are those that English
    fits nearly as well as the best one (repetitive texts and lists of names often do).
    """
    if len(text.split()) < 20:
        return
    import py3langid

    scores = dict(py3langid.rank(text[:20_000]))
    language = max(scores, key=lambda name: scores[name])
    if scores[language] - scores["en"] > MARGIN:
        warnings.warn(
            f"article {article!r} seems to be in language {language!r}, not English; "
            "it is loaded, but every annotator is made for English",
            LanguageWarning,
            stacklevel=3,
        )
