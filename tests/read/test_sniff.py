"""What bytes look to be, whatever they are called."""

import gzip
import hashlib
import io
import json
import sqlite3
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from tocsin.read.sniff import sniff

RECORD = json.dumps({"id": "a", "text": "The bridge is shut."}).encode()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x" * 100)
    return out.getvalue()


def noise(size: int) -> bytes:
    """Bytes without a pattern, the same each time."""
    return b"".join(hashlib.sha256(bytes((n % 256, n // 256))).digest() for n in range(size // 32))


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><body>x",
        b"\xef\xbb\xbf \r\n<!doctype HTML>",
        b"<!-- saved from url=(0014)about:internet -->\n<html>",
        b'<?xml version="1.0"?>\n<!-- > --><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML" "x"><html xmlns="y">',
        b"<div class='a'>x</div>",
        b"<p>x",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><html>",
        "<html><body>Мост</body></html>".encode("utf-16"),
        b"<!-- no end",
        b"<html>" + b"\xe9\x93" * 100,
    ],
)
def test_html_by_its_tags(data: bytes) -> None:
    assert sniff(data).kind == "text/html"


@pytest.mark.parametrize(
    "data",
    [
        b"The bridge is shut.\n",
        b'<div style="display:none;"><img src="//a.example/p.gif"></div>\n* News\n' + b"The bridge is shut.\n" * 90,
        b"<Reuters> - The bridge is shut.",
        b"< 5 % of the votes",
        b"The tag <html> begins a page.",
        b"{Opinion} The bridge",
        b"[Photo] The bridge",
        b'{"@context": "https://schema.org", "@type": "NewsArticle"}\nThe bridge is shut.\nSo is the road.\n',
        b'The line was\n{"text": "x"}\nand no more.\nThat was it.\n',
        b"BMW said it would leave. MZ too. RIFF raff. GIF87 BZh ID3 OggS",
        "Дорога".encode("utf-16"),
        b"a line\x1b[0m with a colour\x1a",
        b"nul\0 in a long enough line of text, so that it is a text all the same; " * 3,
        b"caf\xe9",
    ],
)
def test_text_is_what_is_left(data: bytes) -> None:
    assert sniff(data).kind == "text/plain"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (RECORD, "jsonl"),
        (b"\xef\xbb\xbf\r\n" + RECORD + b"\r\n\r\n" + RECORD + b"\r\n", "jsonl"),
        (b'{"a": 1}\n{"b": 2}\n', "jsonl"),
        (RECORD + b"\n{broken\n" + RECORD + b"\n", "jsonl"),
        (b'{"text": "cut of\n' + RECORD + b"\n", "jsonl"),
        (b'id: 1, text: "x"}\n' + RECORD + b"\n", "jsonl"),
        (b'{"text": "cut of', "jsonl"),
        (b'{\n  "text": "x"\n}\n', "record"),
        (b'{\n  "text": "x",\n}\n', "record"),
        (json.dumps({"x": {"y": 1}, "html": "<p>"}, indent=2).encode(), "record"),
        (b'{"text": "' + b"[" * 100_000 + b'"}', "jsonl"),
    ],
)
def test_json(data: bytes, kind: str) -> None:
    assert sniff(data).kind == kind


def test_a_first_line_beyond_the_page_limit_is_still_jsonl() -> None:
    assert sniff(b'{"text": "' + b"x" * 500, whole=False).kind == "jsonl"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (zipped("a.txt"), "a zip archive: unpack it"),
        (zipped("word/document.xml"), "a Word document"),
        (zipped(), "an empty zip archive"),
        (gzip.compress(b"text " * 100, mtime=0), "a gzip file"),
        (tarred(), "a tar archive"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
        (b"GIF89a\x01\0\x01\0\0\0", "a GIF image"),
        (b"BM\x9a\0\0\0\0\0\0\0", "a BMP image"),
        (b"{\\rtf1\\ansi The bridge", "an RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "an old Office document"),
        (b"WARC/1.0\r\n", "a web archive"),
        (b"From: <Saved by Blink>\r\nSnapshot", "MHTML"),
        (b'<?xml version="1.0"?><rss version="2.0">', "a feed"),
        (b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">', "a feed"),
        (b'<svg xmlns="x">', "an SVG image"),
        (b'[\n {"text": "x"}]', "a JSON list: write one object on each line"),
        (json.dumps({"text": "x"}).encode("utf-16"), "convert it to UTF-8"),
        (b"\0" * 1000, "binary data"),
        (noise(1000), "binary data"),
        (b"text" + noise(70_000), "binary data"),
    ],
)
def test_what_is_refused_says_what_it_is(data: bytes, what: str) -> None:
    found = sniff(data)
    assert found.kind == "refused"
    assert what in found.reason


def test_a_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (x)")
    connection.close()
    assert "such as a Tocsin case" in sniff(path.read_bytes()).reason


@pytest.mark.parametrize(
    "data",
    [
        b"x" * 10_000_000,
        b"<!--" * 2_000_000,
        b"<!---->" * 1_000_000,
        b"<? >" * 2_000_000,
        b" " * 9_000_000 + b"x",
        b"\n" * 9_000_000 + b"x",
        b"{" * 9_000_000,
        b'{"a":' * 1_000_000,
        b"[{" * 4_000_000,
        b"\n{" * 4_000_000,
    ],
    ids=lambda data: data[:4],
)
def test_hostile_beginnings_take_linear_time(data: bytes) -> None:
    started = time.monotonic()
    sniff(data)
    assert time.monotonic() - started < 10
