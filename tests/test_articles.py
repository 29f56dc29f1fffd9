"""Reading articles: encodings, metadata, and one clear error for each kind of bad input."""

import pandas as pd
import pytest

import analysis as an
from analysis.articles import labels, letters, read, read_text
from analysis.errors import (
    BinaryFileError,
    DuplicateArticleError,
    EmptyInputError,
    EncodingError,
    LanguageWarning,
    MetadataError,
    MissingPathError,
    TellingsError,
)

TEXT = "The café’s owner said “no”.\r\nIt closed in May.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
    ],
)
def test_encodings(tmp_path, data, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert read_text(path) == (TEXT, encoding)


def test_detected_encoding_keeps_the_characters(tmp_path):
    long = (TEXT + "Der Bürgermeister von Zürich äußerte sich über die Größe des Schadens. ") * 4
    path = tmp_path / "a.txt"
    path.write_bytes(long.encode("cp1252"))
    text, encoding = read_text(path)
    assert text == long
    assert encoding.startswith("cp125")


def bad_inputs(folder):
    def file(name, data):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    (folder / "empty").mkdir()
    file("lost/a.txt", b"Some words stand here.")
    file("lost/articles.csv", b"file,title\nb.txt,B\n")
    file("nofile/a.txt", b"Some words stand here.")
    file("nofile/articles.csv", b"name,title\na.txt,A\n")
    file("twice/a.txt", b"Some words stand here.")
    file("twice/b.txt", b"Some words stand there.")
    file("twice/articles.csv", b"file,article\na.txt,x\nb.txt,x\n")
    yield folder / "none.txt", MissingPathError, "none.txt does not exist"
    yield folder / "empty", EmptyInputError, "holds no article"
    yield file("void.txt", b""), EmptyInputError, "void.txt is empty"
    yield file("space.txt", b" \n\t\r\n"), EmptyInputError, "space.txt is empty"
    yield file("pic.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff"), BinaryFileError, "pic.txt"
    yield file("nul.txt", b"abc\x00\x01\x02def"), BinaryFileError, "nul.txt"
    yield file("bom.txt", b"\xef\xbb\xbfabc\xff\xfe"), EncodingError, "byte"
    yield file("no.csv", b"title,body\nA,B\n"), MetadataError, "no column 'text'; it has title"
    yield file("bad.jsonl", b'{"text": '), MetadataError, "one JSON object a line"
    yield file("gap.csv", b"text,title\n,B\n"), EmptyInputError, "row 1"
    yield folder / "lost", MetadataError, "names b.txt"
    yield folder / "nofile", MetadataError, "no column 'file'"
    yield folder / "twice", DuplicateArticleError, "two articles have the id 'x'"
    yield [folder / "lost/a.txt", folder / "nofile/a.txt"], DuplicateArticleError, "'a'"
    yield [], EmptyInputError, "empty"
    yield pd.DataFrame({"body": ["x"]}), MetadataError, "no column 'text'; it has body"
    yield pd.DataFrame({"text": []}), EmptyInputError, "no rows"
    yield pd.DataFrame({"text": ["x", None]}), EmptyInputError, "row 2"
    yield 7, MetadataError, "int"


def test_bad_input_gets_one_named_line(tmp_path):
    for source, error, part in bad_inputs(tmp_path):
        with pytest.raises(error) as caught:
            an.load(source)
        message = str(caught.value)
        assert isinstance(caught.value, TellingsError)
        assert part in message
        assert "\n" not in message


def test_no_encoding_fits(tmp_path, monkeypatch):
    import charset_normalizer

    class Nothing:
        def best(self):
            return None

    monkeypatch.setattr(charset_normalizer, "from_bytes", lambda data: Nothing())
    path = tmp_path / "a.txt"
    path.write_bytes(b"caf\xe9 au lait")
    with pytest.raises(EncodingError, match="byte 3"):
        read_text(path)


def test_a_headline_that_says_na_is_text(tmp_path):
    (tmp_path / "a.txt").write_text("Some words stand here, and more of them follow.")
    (tmp_path / "articles.csv").write_text("file,title,outlet\na.txt,NA,None\n")
    assert read(tmp_path)[0].metadata == {"title": "NA", "outlet": "None"}


def test_corpora_and_frames_give_the_same_story(tmp_path):
    rows = [
        {"article": "x", "text": "The mayor spoke on Monday. She left.", "outlet": "Post"},
        {"article": "y", "text": "The mayor left on Monday. She had spoken.", "outlet": "Mail"},
    ]
    frame = pd.DataFrame(rows)
    frame.to_csv(tmp_path / "c.csv", index=False)
    frame.to_json(tmp_path / "c.jsonl", orient="records", lines=True)
    for source in (frame, tmp_path / "c.csv", tmp_path / "c.jsonl"):
        story = an.load(source)
        assert story.ids == ["x", "y"]
        assert story.articles["label"].tolist() == ["Post", "Mail"]
        assert story.texts["x"] == rows[0]["text"]
        an.schema.check_trace(story.sentences, story.articles)


def test_not_english_loads_with_a_warning():
    german = (
        "Der Fluss ist in der Nacht um zwei Meter gestiegen und hat die untere Stadt überflutet, "
        "wie die Behörden am Montag mitteilten. Verletzt wurde nach bisherigen Angaben niemand."
    )
    with pytest.warns(LanguageWarning, match="'fluss'"):
        story = an.load(pd.DataFrame({"article": ["fluss"], "text": [german]}))
    assert len(story.sentences) == 2


@pytest.mark.parametrize("text", ["sent " * 30, "The mayor left. " * 20, "word " * 50, "x y " * 40])
def test_odd_english_is_not_called_foreign(text, recwarn):
    an.load(pd.DataFrame({"text": [text]}))
    assert not [w for w in recwarn if issubclass(w.category, LanguageWarning)]


def test_labels():
    assert labels(["Post", "Post", "", ""], ["", "", "", "Mine"]) == [
        "Post",
        "Post (2)",
        "Article C",
        "Mine",
    ]
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
