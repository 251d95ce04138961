"""From what a person names to pages: what comes out, in which order, under which key, and what is refused."""

import hashlib
import io
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tocsin.core.document import Document, Reject
from tocsin.errors import UsageError
from tocsin.read.reader import read
from tocsin.read.sniff import sniff
from tocsin.read.sources import Page, TakeOptions, take

TAKEN = "2020-08-30T12:00:00Z"
OPTIONS = TakeOptions(TAKEN)
TEXT = "The bridge is shut.\n"


def taken(source: object, options: TakeOptions = OPTIONS) -> list[Page | Reject]:
    return list(take(str(source), options))


def page(source: object, options: TakeOptions = OPTIONS) -> Page:
    (found,) = taken(source, options)
    assert isinstance(found, Page), found
    return found


def refusal(source: object, options: TakeOptions = OPTIONS) -> Reject:
    (found,) = taken(source, options)
    assert isinstance(found, Reject), found
    return found


def keys(found: list[Page | Reject]) -> list[str]:
    return [one.capture.page if isinstance(one, Page) else f"! {one.page}" for one in found]


def write(path: Path, data: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def jsonl(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_a_file_is_one_page(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "caf\u00e9\r\n")
    found = page(path)
    assert found.data == b"caf\xc3\xa9\r\n"
    capture = found.capture
    assert (capture.page, capture.name, capture.source) == ("a.txt", "a.txt", str(path))
    assert (capture.taken, capture.media, dict(capture.given)) == (TAKEN, "text/plain", {})
    assert capture.sha256 == hashlib.sha256(found.data).hexdigest()


def test_a_folder_comes_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.txt",
        "a.txt",
        "a-b.txt",
        "a/b/c.txt",
        "Z.txt",
        "\u00e9.txt",
        ".hidden",
        ".git/x",
        "a/.b",
    ):
        write(tmp_path / name)
    found = taken(tmp_path)
    assert keys(found) == ["Z.txt", "a-b.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt", "\u00e9.txt"]
    assert keys(found) == sorted(keys(found))
    deep = found[3]
    assert isinstance(deep, Page)
    assert (deep.capture.name, deep.capture.source) == ("c.txt", f"{tmp_path}/a/b/c.txt")


def test_keys_do_not_depend_on_how_the_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "pages/a.txt")
    monkeypatch.chdir(tmp_path)
    for source in ("pages", "pages/", "./pages", f"{tmp_path}/pages", "."):
        assert keys(taken(source)) == (["pages/a.txt"] if source == "." else ["a.txt"])
    (tmp_path / "link").symlink_to("pages")
    assert keys(taken("link")) == ["a.txt"]


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    assert keys(taken(write(tmp_path / ".a.txt"))) == [".a.txt"]


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    write(tmp_path / ".hidden")
    assert "a folder without pages" in refusal(tmp_path).reason


@pytest.mark.parametrize("source", ["", "nowhere.txt", "a\0b", "nowhere/", "\ud800"])
def test_what_is_not_there_is_a_reject(source: str) -> None:
    found = refusal(source)
    assert found.reason == "no such file or folder: check the path"
    assert found.sha256 is None
    found.page.encode()


def test_an_address_is_not_fetched() -> None:
    found = refusal("https://a.example/page")
    assert "nothing is fetched" in found.reason
    assert found.source == "https://a.example/page"


def test_pipes_sockets_and_devices_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    monkeypatch.chdir(tmp_path)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("c.txt")
        assert keys(taken(tmp_path)) == ["! a.txt", "b.txt", "! c.txt"]
    assert "a pipe, a socket or a device" in refusal("/dev/zero").reason


def test_links(tmp_path: Path) -> None:
    write(tmp_path / "pages/a.txt")
    write(tmp_path / "elsewhere/x.txt")
    (tmp_path / "pages/b.txt").symlink_to("a.txt")
    (tmp_path / "pages/circle").symlink_to("circle")
    (tmp_path / "pages/gone.txt").symlink_to("nothing")
    (tmp_path / "pages/up").symlink_to("..")
    (tmp_path / "pages/z").symlink_to("../elsewhere")
    found = taken(tmp_path / "pages")
    assert keys(found) == ["a.txt", "b.txt", "! circle", "! gone.txt", "! up", "! z"]
    reasons = [one.reason for one in found if isinstance(one, Reject)]
    assert reasons[0].startswith("a link that leads back to itself")
    assert reasons[1].startswith("a link to something that is not there")
    assert (
        reasons[2] == reasons[3] == "a link to a folder, which is not followed: name that folder as a source of its own"
    )


@contextmanager
def nobody() -> Iterator[None]:
    """Root may read everything, so for a moment this process is somebody else."""
    if os.geteuid():
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_and_a_file_without_rights(tmp_path: Path) -> None:
    sniff(b"loads its table while it may")
    # Not in tmp_path: pytest makes that one readable for its owner alone.
    root = Path(tempfile.mkdtemp())
    try:
        for name in ("a.txt", "locked/b.txt", "secret.txt", "z.txt"):
            write(root / name)
        for path, mode in ((root, 0o755), (root / "locked", 0), (root / "secret.txt", 0)):
            path.chmod(mode)
        with nobody():
            found = taken(root)
            alone = taken(root / "locked")
        assert keys(found) == ["a.txt", "! locked", "! secret.txt", "z.txt"]
        assert keys(alone) == ["! locked"]
        for one in (found[1], found[2], alone[0]):
            assert isinstance(one, Reject)
            assert one.reason == "no right to read it: change its permissions (chmod) or run as its owner"
    finally:
        (root / "locked").chmod(0o700)
        shutil.rmtree(root)


def test_a_name_that_is_no_utf8_is_shown_as_bytes(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(path, "wb") as stream:  # noqa: PTH123 (a Path holds no bytes)
            stream.write(b"x")
    except OSError:
        pytest.skip("this file system wants names in UTF-8")
    assert keys(taken(tmp_path)) == ["caf\\xe9.txt"]


def test_a_tree_deeper_than_the_stack_and_than_a_path_may_be_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        for _ in range(1100):
            os.mkdir("ddd")  # noqa: PTH102 (a Path would have to name the whole way down)
            os.chdir("ddd")
        os.chdir(tmp_path)
        write(tmp_path / "ddd/ddd/z.txt")
        found = taken("ddd")
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "ddd")], check=True)  # shutil.rmtree recurses
    assert len(found) == 2
    assert isinstance(found[0], Reject)
    assert found[0].reason == "cannot be read: File name too long"
    assert keys(found)[1] == "ddd/z.txt"


def test_a_case_and_other_files_that_are_no_pages_are_named(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "old.tocsin") as connection:
        connection.execute("create table t (x)")
    connection.close()
    write(tmp_path / "a.txt")
    write(tmp_path / "p.png", b"\x89PNG\r\n\x1a\n\0")
    found = taken(tmp_path)
    assert keys(found) == ["a.txt", "! old.tocsin", "! p.png"]
    assert isinstance(found[1], Reject)
    assert found[1].reason.startswith("looks like an SQLite database, such as a Tocsin case")
    assert found[1].sha256 == hashlib.sha256((tmp_path / "old.tocsin").read_bytes()).hexdigest()


def test_the_case_that_is_being_filled_is_never_opened(tmp_path: Path) -> None:
    """Closing it again would drop this process's locks on it: another writer could then come in between."""
    path = tmp_path / "my.tocsin"
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table t (x)")
    connection.commit()
    write(tmp_path / "a.txt")
    (tmp_path / "z.tocsin").symlink_to("my.tocsin")
    assert (tmp_path / "my.tocsin-wal").exists()
    options = TakeOptions(TAKEN, case=str(path))
    assert keys(taken(tmp_path, options)) == ["a.txt"]
    assert "the case itself" in refusal(path, options).reason
    connection.close()


def test_a_jsonl_file_is_a_page_a_line(tmp_path: Path) -> None:
    path = write(
        tmp_path / "r.jsonl",
        jsonl({"id": "a", "text": "x"}, {"text": "y"}, {"id": 7, "text": "z", "url": "https://A.example/p?utm_x=1#f"}),
    )
    found = [one for one in taken(path) if isinstance(one, Page)]
    assert [one.capture.page for one in found] == ["a", "r.jsonl:2", "https://a.example/p"]
    assert [one.capture.name for one in found] == ["a", "r.jsonl:2", "7"]
    assert [one.capture.source for one in found] == [f"{path}:{line}" for line in (1, 2, 3)]
    assert {one.capture.media for one in found} == {"record"}
    assert found[1].data == b'{"text": "y"}'
    assert found[1].capture.sha256 == hashlib.sha256(found[1].data).hexdigest()


def test_records_in_a_folder_are_named_by_their_path_below_it(tmp_path: Path) -> None:
    write(tmp_path / "x/r.jsonl", jsonl({"text": "x"}, {"text": "y"}))
    assert keys(taken(tmp_path)) == ["x/r.jsonl:1", "x/r.jsonl:2"]


def test_a_broken_line_between_good_ones(tmp_path: Path) -> None:
    path = write(
        tmp_path / "r",
        jsonl({"id": 1, "text": "x"}) + '{"text": "y\r\n\n' + jsonl({"id": 2, "text": 5}, {"id": 3, "text": "z"}),
    )
    found = taken(path)
    assert keys(found) == ["1", "! r:2", "! 2", "3"]
    broken, wrong = found[1:3]
    assert isinstance(broken, Reject)
    assert isinstance(wrong, Reject)
    assert broken.reason.startswith("line 2: not valid JSON at character 10")
    assert broken.sha256 == hashlib.sha256(b'{"text": "y').hexdigest()
    assert wrong.reason == "line 4: field text must be a string, it is a number"
    assert (wrong.name, wrong.source) == ("2", f"{path}:4")


def test_two_records_of_one_id_are_two_captures_of_one_page(tmp_path: Path) -> None:
    found = taken(write(tmp_path / "r", jsonl({"id": "a", "text": "x"}, {"id": "a", "text": "y"})))
    assert keys(found) == ["a", "a"]
    assert len({one.capture.sha256 for one in found if isinstance(one, Page)}) == 2


def test_a_single_object_over_many_lines_is_one_record(tmp_path: Path) -> None:
    found = page(write(tmp_path / "a.json", json.dumps({"text": "x", "title": "T"}, indent=2)))
    assert (found.capture.page, found.capture.media) == ("a.json:1", "record")
    assert found.capture.given["title"] == ("T", "the record")


def test_a_sidecar_is_no_page_but_belongs_to_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    beside = write(tmp_path / "a.txt.meta.json", json.dumps({"url": "https://a.example/1#x", "outlet": "A"}))
    write(tmp_path / "b.txt.meta.json", "{}")
    found = taken(tmp_path)
    assert keys(found) == ["https://a.example/1", "! b.txt.meta.json"]
    assert isinstance(found[0], Page)
    assert found[0].capture.given["outlet"] == ("A", "sidecar a.txt.meta.json")
    assert found[0].capture.name == "a.txt"
    assert isinstance(found[1], Reject)
    assert found[1].reason == "a sidecar without its page: 'b.txt' is not beside it"
    assert page(path).capture == page(path).capture
    assert taken(beside) == []  # as when a shell names all files of a folder


def test_a_page_taken_long_ago(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "a.txt.meta.json", '{"taken": "2019-05-03T08:00:00Z"}')
    found = page(tmp_path / "a.txt")
    assert found.capture.taken == "2019-05-03T08:00:00Z"
    doc = read(found)
    assert isinstance(doc, Document)
    assert doc.published.latest == "2019-05-03"


@pytest.mark.parametrize("data", ["", "<h1>Gone</h1>", TEXT, "{}"])
def test_a_withdrawn_page_is_a_capture_without_a_document(tmp_path: Path, data: str) -> None:
    write(tmp_path / "a.html", data)
    write(tmp_path / "a.html.meta.json", '{"url": "https://a.example/b", "status": 410}')
    found = page(tmp_path / "a.html")
    assert (found.capture.page, dict(found.capture.http or {})) == ("https://a.example/b", {"status": 410})
    outcome = read(found)
    assert isinstance(outcome, Reject)
    assert outcome.reason == "withdrawn: its address answered 410; what was read of it before is kept"


def test_another_status_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "a.txt.meta.json", '{"status": 200}')
    assert isinstance(read(page(tmp_path / "a.txt")), Document)


def test_a_sidecar_of_many_records_dates_them_all_and_names_none(tmp_path: Path) -> None:
    path = write(tmp_path / "r", jsonl({"text": "x"}, {"text": "y", "outlet": "B"}))
    write(tmp_path / "r.meta.json", json.dumps({"url": "https://a.example/", "title": "T", "outlet": "A"}))
    found = [one.capture for one in taken(path) if isinstance(one, Page)]
    assert [one.page for one in found] == ["r:1", "r:2"]
    assert [dict(one.given) for one in found] == [{"outlet": ("A", "sidecar r.meta.json")}] * 2


def test_options_stand_above_all_else(tmp_path: Path) -> None:
    path = write(tmp_path / "r", jsonl({"text": "x", "outlet": "C", "byline": "D"}))
    write(tmp_path / "r.meta.json", '{"outlet": "B"}')
    given = page(path, TakeOptions(TAKEN, outlet="A", published="2020-08-15", title=" ")).capture.given
    assert dict(given) == {
        "published": ("2020-08-15", "option --published"),
        "outlet": ("A", "option --outlet"),
        "byline": ("D", "the record"),
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"taken": TAKEN, "published": "yesterday"}, "--published: not a day"),
        ({"taken": "2020-08-30"}, "taken must be a UTC second"),
        ({"taken": "now"}, "taken: not a day"),
        ({"taken": TAKEN, "max_bytes": 0}, "at least one byte"),
    ],
)
def test_options_without_a_meaning_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        TakeOptions(**options)  # type: ignore[arg-type]


def test_a_page_beyond_the_limit_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    options = TakeOptions(TAKEN, max_bytes=100)
    write(tmp_path / "a.txt", "x" * 100)
    write(tmp_path / "b.txt", "x" * 101)
    write(tmp_path / "r.jsonl", jsonl({"text": "y" * 200}, {"text": "y"}, {"text": "z" * 95}, {"text": "z"}))
    found = taken(tmp_path, options)
    assert keys(found) == ["a.txt", "! b.txt", "! r.jsonl:1", "r.jsonl:2", "! r.jsonl:3", "r.jsonl:4"]
    assert isinstance(found[1], Reject)
    assert found[1].reason.startswith("larger than a page may be")
    assert found[1].sha256 is None


def test_fifty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"The bridge is shut.\n" * 2_500_000)
    assert "10.0 MB; 50.0 MB" in refusal(path).reason
    line = json.dumps({"text": "x" * 500_000}).encode() + b"\n"
    path.write_bytes(line * 100)
    assert sum(isinstance(one, Page) for one in take(str(path), OPTIONS)) == 100


def test_a_huge_file_is_not_loaded(tmp_path: Path) -> None:
    with (tmp_path / "a.bin").open("wb") as stream:
        stream.truncate(6_000_000_000)  # sparse: takes no room
    assert "binary data" in refusal(tmp_path / "a.bin").reason


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT.encode(), ["-"]),
        (jsonl({"text": "x"}, {"id": "b", "text": "y"}).encode(), ["-:1", "b"]),
        (b"", ["! -"]),
        (b"\0\1\2", ["! -"]),
    ],
)
def test_standard_input(data: bytes, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert keys(taken("-")) == expected


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "standard input is closed" in refusal("-").reason


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://A.example/2020/bridge?utm_source=x#top", "https://a.example/2020/bridge"),
        ("https://a.example/", "a.html"),  # the site, not the page
        ("javascript:void(0)", "a.html"),
        ("", "a.html"),
    ],
)
def test_an_html_pages_own_address_is_its_key(tmp_path: Path, link: str, key: str) -> None:
    html = f'<!doctype html><html><head><link rel="canonical" href="{link}"></head><body><p>{TEXT}</p></body></html>'
    path = write(tmp_path / "a.html", html)
    assert (page(path).capture.page, page(path).capture.media) == (key, "text/html")
    record = write(tmp_path / "r.jsonl", jsonl({"id": "a.html", "html": html}))
    assert page(record).capture.page == key
    write(tmp_path / "a.html.meta.json", '{"url": "https://b.example/x"}')
    assert page(path).capture.page == "https://b.example/x"
