"""From what a person names to documents, end to end: whatever a page holds, the run goes on and the reason is said."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.core.document import Document, Reject
from tocsin.core.when import When
from tocsin.read import reader
from tocsin.read.reader import MAX_TEXT, read
from tocsin.read.sources import TakeOptions, take

OPTIONS = TakeOptions("2020-08-30T12:00:00Z")
ARTICLE = (
    "The bridge over the Orla will stay shut until the council has met, the mayor of Tessin said on Monday.\n"
    "“We have told the government that they are not to send their lorries this way,” she said.\n"
    "The minister has not answered, but his office said that the road was open to all of those with a permit.\n"
)
GERMAN = (
    "Die Brücke über die Orla bleibt gesperrt, bis der Rat getagt hat, sagte die Bürgermeisterin am Montag in Tessin. "
    "Der Minister hat bislang nicht geantwortet, sein Büro verwies jedoch auf die freie Straße nach Norden.\n"
)
PIECES = (
    *(
        b'{"text": "',
        b'"}',
        b"{",
        b"\\ud800",
        b"<p>",
        b"</p>",
        b"<html>",
        b"<!--",
        b"&#xD800;",
        b"She said ",
        b"2020-08-15",
    ),
    *(b"\0", b"\n", b"\r", b"\xff\xfe", b"\xe2\x80\x9c", b"\xe2\x80", b"\xe9", b" ", b"\xef\xbb\xbf", b"\x1b[0m"),
)


def read_all(source: object, options: TakeOptions = OPTIONS) -> list[Document | Reject]:
    return [page if isinstance(page, Reject) else read(page) for page in take(str(source), options)]


def read_bytes(tmp_path: Path, data: bytes, name: str = "page") -> Document | Reject:
    path = tmp_path / name
    path.write_bytes(data)
    (found,) = read_all(path)
    return found


def document(tmp_path: Path, data: str | bytes, name: str = "page") -> Document:
    found = read_bytes(tmp_path, data.encode() if isinstance(data, str) else data, name)
    assert isinstance(found, Document), found
    return found


def refusal(tmp_path: Path, data: str | bytes, name: str = "page") -> Reject:
    found = read_bytes(tmp_path, data.encode() if isinstance(data, str) else data, name)
    assert isinstance(found, Reject)
    return found


def html(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Bridge shut</title>{head}</head><body>{body}</body></html>"


def paragraphs(text: str = ARTICLE) -> str:
    return "".join(f"<p>{line}</p>" for line in text.splitlines())


def test_a_text_is_read_untouched(tmp_path: Path) -> None:
    doc = document(tmp_path, "\ufeff" + ARTICLE.replace("\n", "\r\n"))
    assert doc.text == ARTICLE.replace("\n", "\r\n")
    assert doc.language == "en"
    assert doc.reader.startswith("reader/2 plain/")
    assert (doc.published.earliest, doc.published.latest) == (None, "2020-08-30")
    assert [doc.text[line.start : line.end] for line in doc.lines if line.end > line.start] == ARTICLE.splitlines()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_other_encodings_are_read_and_said(tmp_path: Path, encoding: str) -> None:
    doc = document(tmp_path, ARTICLE.encode(encoding))
    assert doc.text == ARTICLE
    assert doc.notes[0].startswith("decoded as ")


def test_another_language_is_kept_and_marked(tmp_path: Path) -> None:
    doc = document(tmp_path, GERMAN)
    assert (doc.language, doc.text) == ("de", GERMAN)


def test_an_html_page(tmp_path: Path) -> None:
    doc = document(tmp_path, html(f"<article><h1>Bridge shut</h1>{paragraphs()}</article>"))
    for line in ARTICLE.splitlines():
        assert line in doc.text
    assert doc.language == "en"
    assert doc.reader.startswith("reader/2 ")


def test_an_html_page_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = html(paragraphs("Дорога закрыта, сообщил мэр города. " * 5), "<meta charset='windows-1251'>")
    doc = document(tmp_path, page.encode("cp1251"))
    assert "Дорога закрыта" in doc.text
    assert doc.language == "ru"
    assert "decoded as cp1251, which the page declares" in doc.notes[0]


def test_records_of_both_kinds(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": ARTICLE, "title": "Shut"}, {"id": "b", "html": html(paragraphs())}]
    (tmp_path / "r").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    first, second = read_all(tmp_path / "r")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, first.title) == (ARTICLE, "Shut")
    assert "title given by the record" in first.notes[-1]
    assert first.capture.name == "a"
    assert ARTICLE.splitlines()[0] in second.text
    assert "<p>" not in second.text


def test_a_sidecar_and_options_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "a.txt.meta.json").write_text('{"outlet": "The Orla Post", "published": "soon"}', encoding="utf-8")
    (doc,) = read_all(tmp_path, TakeOptions("2020-08-30T12:00:00Z", published="2020-08-15..2020-08-16"))
    assert isinstance(doc, Document)
    assert doc.outlet == "The Orla Post"
    assert any(note.startswith("outlet given by sidecar a.txt.meta.json") for note in doc.notes)
    assert any(note.startswith("published given by sidecar a.txt.meta.json not used: not a day") for note in doc.notes)
    assert doc.published == When("2020-08-15", "2020-08-16", reasons=("given by option --published",))


def test_copies_share_a_text_and_not_an_id(tmp_path: Path) -> None:
    first, second = document(tmp_path, ARTICLE, "a"), document(tmp_path, ARTICLE, "b")
    assert first.text_id == second.text_id
    assert first.id != second.id


def test_two_records_of_one_id_are_two_documents_of_one_page(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": ARTICLE}, {"id": "a", "text": ARTICLE + "It opened again later.\n"}]
    (tmp_path / "r").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    first, second = read_all(tmp_path / "r")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.page == second.page == "a"
    assert first.id != second.id


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty: there is nothing in it to read"),
        (b" \n\r\n", "empty: there is nothing in it to read"),
        ("\ufeff\u200b\u00a0\n", "empty: there is nothing in it to read"),
        ("\u2003\n".encode("utf-16"), "empty: there is nothing in it to read"),
        (b"\0" * 400, "looks like binary data"),
        (ARTICLE + "\0" + ARTICLE, f"a NUL character at position {len(ARTICLE)}: remove it"),
        (json.dumps({"text": "a\0b"}), "a NUL character at position 1: remove it"),
        ('{"text": "ab\\ud800"}', "line 1: field text has half a character (\\ud800) at position 2"),
        (html(""), "no visible text"),
        (html("<script>var a = 'text';</script>"), "no visible text"),
        (json.dumps({"html": html("")}), "no visible text"),
        ("\ufeffab".encode("utf-16-le")[:-1], "begins as UTF-16-LE but is not valid at byte 4"),
    ],
)
def test_what_cannot_be_read_is_listed_with_its_reason(tmp_path: Path, data: str | bytes, reason: str) -> None:
    found = refusal(tmp_path, data)
    assert found.reason.startswith(reason)
    assert found.sha256 is not None
    assert found.source.startswith(str(tmp_path / "page"))


def test_a_folder_of_everything_bad_is_read_to_its_end(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", ARTICLE)
    bad = {
        "a": b"", "b": b"\0\1\2\3" * 99, "c": b"\xff\xfe\xfd", "d": archive.getvalue(), "e": b"{\"text\": \"a",
        "f": b"x\0y" * 9, "g": b"<html>", "h": b"\x80" * 50,
    }  # fmt: skip
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    os.mkfifo(tmp_path / "i")
    (tmp_path / "z").write_text(ARTICLE, encoding="utf-8")
    found = read_all(tmp_path)
    assert len(found) == len(bad) + 2
    last = found[-1]
    assert isinstance(last, Document)
    assert last.text == ARTICLE
    rejects = [one for one in found if isinstance(one, Reject)]
    assert [one.name for one in rejects][:5] == ["a", "b", "c", "d", "e:1"]
    assert all(one.reason for one in rejects)


@pytest.mark.parametrize(
    "data",
    [
        "The bridge is shut. " * 50_000,
        "x" * 1_000_000,
        "“" * 1_000_000,
        "The bridge is shut.\n" * 50_000,
        "\n" * 1_000_000 + "x",
        json.dumps({"text": "The bridge is shut. " * 50_000}),
    ],
    ids=["long line", "long word", "quotes", "many lines", "blank lines", "record"],
)
def test_odd_texts_take_seconds_at_most(tmp_path: Path, data: str) -> None:
    started = time.monotonic()
    doc = document(tmp_path, data)
    assert time.monotonic() - started < 20
    assert len(doc.text) >= 1_000_000


@pytest.mark.parametrize(
    "data",
    [
        html("<div>" * 20_000 + paragraphs() + "</div>" * 20_000),
        html(f"<p>{'The bridge is shut. ' * 50_000}</p>"),
        html("<b>" * 100_000 + "x"),
        html("<p>" + "&amp;" * 200_000),
    ],
    ids=["nested", "long line", "unclosed", "entities"],
)
def test_odd_html_takes_seconds_at_most(tmp_path: Path, data: str) -> None:
    started = time.monotonic()
    found = read_bytes(tmp_path, data.encode())
    assert time.monotonic() - started < 60
    assert isinstance(found, Document), found


def test_twenty_thousand_divs_lose_no_word(tmp_path: Path) -> None:
    doc = document(tmp_path, html("<div>" * 20_000 + paragraphs() + "</div>" * 20_000))
    for line in ARTICLE.splitlines():
        assert line in doc.text


@pytest.mark.parametrize("shape", [str, lambda text: html(f"<p>{text}</p>")], ids=["text", "html"])
def test_a_text_that_no_page_has_is_listed_with_advice(tmp_path: Path, shape: Callable[[str], str]) -> None:
    found = read_bytes(tmp_path, shape("The bridge is shut. " * (MAX_TEXT // 20 + 1)).encode())
    assert isinstance(found, Reject)
    assert "larger than a page may be (2,000,0" in found.reason
    assert "divide it into one page a file" in found.reason


def test_nul_characters_in_html_are_left_out_and_said(tmp_path: Path) -> None:
    doc = document(tmp_path, html(paragraphs()).replace("bridge", "bri\0dge", 1).replace("mayor", "may\0or"))
    assert "The bridge over the Orla" in doc.text
    assert "mayor of Tessin" in doc.text
    assert any("NUL characters left out" in note for note in doc.notes)


def test_half_characters_from_entities_never_reach_a_text(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, html(paragraphs() + "<p>a&#xD800;b &#55357;</p>").encode())
    if isinstance(found, Document):
        found.text.encode()
    else:
        assert "half a character" in found.reason


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=30).map(b"".join))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    page = io.TextIOWrapper(io.BytesIO(data))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", page)
        found = read_all("-")
    assert found
    for one in found:
        if isinstance(one, Document):
            one.text.encode()
            assert "\0" not in one.text
        else:
            assert one.reason
            assert "the reader failed" not in one.reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ZeroDivisionError("by zero"), "the reader failed (ZeroDivisionError: by zero): please report this page"),
        (RecursionError(), "the reader failed (RecursionError: ): please report this page"),
        (UnicodeEncodeError("utf-8", "ab\ud800", 2, 3, "no"), "half a character (\\ud800) in its text at position 2"),
    ],
)
def test_a_reader_that_fails_costs_one_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    def fail(*_: object) -> Document:
        raise error

    monkeypatch.setattr(reader, "_plain", fail)
    assert refusal(tmp_path, ARTICLE).reason.startswith(reason)


def test_the_same_page_gives_the_same_document(tmp_path: Path) -> None:
    for data in (ARTICLE, html(paragraphs()), json.dumps({"text": GERMAN})):
        assert document(tmp_path, data) == document(tmp_path, data)


def test_two_runs_on_one_day_differ_in_their_capture_only(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(ARTICLE, encoding="utf-8")
    (morning,) = read_all(tmp_path / "a", TakeOptions("2020-08-30T08:00:00Z"))
    (evening,) = read_all(tmp_path / "a", TakeOptions("2020-08-30T20:00:00Z"))
    assert isinstance(morning, Document)
    assert isinstance(evening, Document)
    assert (morning.published, morning.notes, morning.id) == (evening.published, evening.notes, evening.id)


def test_the_door_is_light() -> None:
    heavy = "{'lxml', 'trafilatura', 'htmldate', 'numpy', 'py3langid', 'charset_normalizer', 'dateparser'}"
    code = f"import sys, tocsin.read; found = {heavy} & set(sys.modules); sys.exit(str(found) if found else 0)"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
