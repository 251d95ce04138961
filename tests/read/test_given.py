"""What comes beside a page: who wins, and that it is said."""

import os
from pathlib import Path

import pytest

from tocsin.core.document import Capture, Document, Line
from tocsin.core.when import UNKNOWN, When, WhenError
from tocsin.read.given import Sidecar, apply_given, gather, normal_url, parse_published, read_sidecar, shown_path

TAKEN = "2020-08-30T12:00:00Z"


def document(given: dict[str, tuple[str, str]], **shown: object) -> Document:
    capture = Capture("0" * 64, "a", "a", "a", TAKEN, "text/plain", given=given)
    return Document.of("x", capture, (Line(0, 1, "body"),), **shown)


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("2020-08-15", "2020-08-15", "2020-08-15"),
        ("2020-08-15T09:30:00Z", "2020-08-15T09:30:00Z", "2020-08-15T09:30:00Z"),
        ("2020-08-15T23:30:00+03:00", "2020-08-15T20:30:00Z", "2020-08-15T20:30:00Z"),
        ("2020-08-15t23:30:00.123z", "2020-08-15T23:30:00Z", "2020-08-15T23:30:00Z"),
        ("2020-08-15 09:30", "2020-08-15", "2020-08-15"),
        ("20200815T093000Z", "2020-08-15T09:30:00Z", "2020-08-15T09:30:00Z"),
        ("2020-08-15..2020-08-20", "2020-08-15", "2020-08-20"),
        ("2020-08-15T09:30:00Z .. 2020-08-20", "2020-08-15T09:30:00Z", "2020-08-20"),
        ("2020-08-15..", "2020-08-15", None),
        ("..2020-08-20", None, "2020-08-20"),
    ],
)
def test_published(value: str, earliest: str | None, latest: str | None) -> None:
    assert parse_published(value, "because") == When(earliest, latest, reasons=("because",))


@pytest.mark.parametrize(
    "value",
    ["", "..", "yesterday", "2020-02-30", "2020-13-01", "15.08.2020", "2020-08-20..2020-08-15", "2020-08",
     "2020-W33-6", "0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-10:00", "0999-01-01T00:00:00Z", "٢٠٢٠-٠٨-١٥",
     "2020-08-15T99:00:00Z", "2020-08-15...2020-08-16", "x" * 5000],
)  # fmt: skip
def test_what_is_no_time_is_said_so(value: str) -> None:
    with pytest.raises(WhenError):
        parse_published(value, "")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://WWW.Example.ORG:443/A/b?Q=1#top", "https://www.example.org/A/b?Q=1"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/a?utm_source=x&id=5&fbclid=1&gclid=2", "https://example.org/a?id=5"),
        ("https://example.org/a?UTM_Source=x", "https://example.org/a"),
        ("https://example.org/a?b=%7e&&a=1;c", "https://example.org/a?b=%7e&&a=1;c"),
        (" https://example.org/a/../b/ ", "https://example.org/a/../b/"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
        ("http://Me@Example.org/x", "http://Me@example.org/x"),
        ("/a/b", None),
        ("//example.org/a", None),
        ("ftp://example.org/", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://exa mple.org/", None),
        ("http://[1/", None),
        ("http://example.org:99999999/", None),
        ("", None),
    ],
)
def test_addresses_have_one_spelling(url: str, expected: str | None) -> None:
    assert normal_url(url) == expected
    if expected:
        assert normal_url(expected) == expected


def test_the_strongest_giver_wins_and_one_that_is_wrong_is_remarked_on() -> None:
    given = gather(
        [
            ("option --outlet", {"outlet": "A"}),
            ("sidecar s", {"outlet": "B", "title": "T", "published": "soon", "url": "nowhere"}),
            ("the record", {"outlet": "C", "published": "2020-08-15"}),
        ],
        ["a remark"],
    )
    assert given["outlet"] == ("A", "option --outlet")
    assert given["title"] == ("T", "sidecar s")
    assert given["published"] == ("2020-08-15", "the record")
    assert "url" not in given
    assert given["remarks"][0].startswith(
        "a remark; url given by sidecar s not used: no http or https address: 'nowhere'; pub"
    )


def test_what_is_given_is_said_and_what_the_page_shows_stays_to_be_seen() -> None:
    doc = apply_given(
        document({"outlet": ("B", "sidecar s"), "title": ("T", "the record")}, outlet="A", title="T", notes=("n",))
    )
    assert (doc.outlet, doc.title, doc.byline) == ("B", "T", None)
    assert doc.notes == ("n", "outlet given by sidecar s (the page shows 'A')", "title given by the record")


def test_a_given_date_replaces_the_pages_own() -> None:
    doc = apply_given(
        document({"published": ("2020-08-15", "option --published")}, published=When("2020-08-10", "2020-08-10"))
    )
    assert doc.published == When("2020-08-15", "2020-08-15", reasons=("given by option --published",))
    assert doc.notes == ("published given by option --published (the page shows '2020-08-10')",)


def test_no_page_is_later_than_its_capture() -> None:
    why = "the capture was taken on 2020-08-30"
    assert apply_given(document({})).published == When(None, "2020-08-30", reasons=(why,))
    late = apply_given(document({"published": ("2020-09-02", "the record")})).published
    assert (late.earliest, late.latest) == (None, "2020-08-30")
    same_day = When("2020-08-30T20:00:00Z", "2020-08-30T20:00:00Z")
    assert apply_given(document({}, published=same_day)).published == same_day


def test_a_bad_date_from_a_stored_capture_is_a_note() -> None:
    doc = apply_given(document({"published": ("soon", "the record")}, published=UNKNOWN))
    assert doc.notes[0].startswith("published given by the record not used: not a day")


NOW = "2020-08-30T12:00:00Z"


def sidecar(tmp_path: Path, data: bytes) -> tuple[dict[str, str], tuple[str, ...]]:
    path = tmp_path / "a.html.meta.json"
    path.write_bytes(data)
    found = read_sidecar(path, NOW)
    return dict(found.fields), found.remarks


def test_a_sidecar(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf{"outlet": " A ", "byline": "", "title": null,\n "published": "2020-08-15"}'
    assert sidecar(tmp_path, data) == ({"outlet": "A", "published": "2020-08-15"}, ())
    assert read_sidecar(tmp_path / "b.meta.json", NOW) == Sidecar()


@pytest.mark.parametrize(
    ("data", "fields", "remark"),
    [
        (b"{", {}, "sidecar a.html.meta.json not used: not valid JSON at character 2"),
        (b"[]", {}, "not used: not a JSON object but a list"),
        (b'{"outlet": 5, "title": "T"}', {"title": "T"}, "field outlet must be a string, it is a number: not used"),
        (b'{"title": "T", "lang": "en"}', {"title": "T"}, "fields not read: 'lang'"),
        (b'{"title": "\\ud800"}', {}, "half a character"),
        (b"{" + b" " * 200_000 + b"}", {}, "more than 100,000 bytes"),
        (b"[" * 90_000, {}, "nested too deeply"),
        (b'{"taken": "2020-08-31T00:00:00Z"}', {}, "taken is no UTC second"),
        (b'{"taken": "2020-02-30T00:00:00Z"}', {}, "taken is no UTC second"),
        (b'{"taken": "yesterday", "title": "T"}', {"title": "T"}, "taken is no UTC second"),
        (b'{"status": "410"}', {}, "status is no HTTP status"),
        (b'{"status": true}', {}, "status is no HTTP status"),
    ],
)
def test_a_bad_sidecar_is_a_remark(tmp_path: Path, data: bytes, fields: dict[str, str], remark: str) -> None:
    found, remarks = sidecar(tmp_path, data)
    assert found == fields
    assert len(remarks) == 1
    assert remark in remarks[0]


def test_a_sidecar_says_when_and_how_its_page_was_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.html.meta.json"
    path.write_text('{"taken": "2020-08-16T07:00:00Z", "status": 410}')
    assert read_sidecar(path, NOW) == Sidecar(taken="2020-08-16T07:00:00Z", status=410)


def test_a_sidecar_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.meta.json")
    assert read_sidecar(tmp_path / "a.meta.json", NOW) == Sidecar()


def test_paths_are_shown_without_half_characters() -> None:
    assert shown_path("caf\u00e9") == "caf\u00e9"
    assert shown_path(os.fsdecode(b"caf\xe9")) == "caf\\xe9"
    assert shown_path("a\ud800") == "a\\ud800"
