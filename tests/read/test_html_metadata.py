"""What a page's markup says about the page."""

import json

import pytest

from tocsin.core.when import UNKNOWN
from tocsin.read import json_ld
from tocsin.read.html_metadata import HtmlMetadata, canonical_of, metadata_of, parse_when, people
from tocsin.read.html_walk import parse


def read(head: str = "", body: str = "", **node: object) -> HtmlMetadata:
    if node:
        data = json.dumps({"@type": "NewsArticle", **node})
        head += f'<script type="application/ld+json">{data}</script>'
    root = parse(f"<html><head>{head}</head><body>{body}<p>.</p></body></html>")
    return metadata_of(root, json_ld.nodes(root))


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("value", "bound"),
    [
        ("2023-12-22T15:04:05Z", "2023-12-22T15:04:05Z"),
        ("2023-12-22T15:04:05.123+02:00", "2023-12-22T13:04:05Z"),
        ("2023-12-22T22:04-0500", "2023-12-23T03:04:00Z"),
        ("2023-12-22 15:04:05 UTC", "2023-12-22T15:04:05Z"),
        ("20231222T150405Z", "2023-12-22T15:04:05Z"),
        ("Fri, 22 Dec 2023 10:00:00 GMT", "2023-12-22T10:00:00Z"),
        ("2023-12-22T15:04:05", "2023-12-22"),
        ("2023-12-22T00:00:00Z", "2023-12-22"),
        ("2023-12-22T00:00:00+03:00", "2023-12-22"),
        ("2023-12-22", "2023-12-22"),
        ("20231222", "2023-12-22"),
        ("2023-1-2", "2023-01-02"),
    ],
)
def test_dates(value: str, bound: str) -> None:
    when = parse_when(value, "meta date")
    assert when is not None
    assert (when.earliest, when.latest) == (bound, bound)
    assert when.reasons == (f"meta date: {value}",)


@pytest.mark.parametrize(
    "value",
    ["", None, "today", "12/11/2023", "2023-13-01", "2023-02-30", "0001-01-01", "2023", "9999-12-31", "2" * 100],
)
def test_no_dates(value: str | None) -> None:
    assert parse_when(value, "meta date") is None


def test_the_article_s_own_data_goes_before_meta() -> None:
    found = read(
        meta("og:title", "Shared title") + meta("article:published_time", "2021-01-01"),
        headline="The &amp;quot;real&amp;quot; title",
        datePublished="2021-02-03T04:05:06Z",
        dateModified="2021-03-01T00:00:01Z",
        author=[{"@type": "Person", "name": "Ana Brel"}, "Jo Venn"],
        publisher={"name": "The Weir"},
    )
    assert found.title == 'The "real" title'
    assert found.published.earliest == "2021-02-03T04:05:06Z"
    assert found.authors == ("Ana Brel", "Jo Venn")
    assert found.outlet == "The Weir"
    assert found.notes == ("title from JSON-LD headline", "outlet from JSON-LD publisher", "byline from JSON-LD author")


def test_a_change_is_no_publication() -> None:
    assert (
        read(meta("article:modified_time", "2021-01-01"), headline="T", dateModified="2021-01-01").published == UNKNOWN
    )
    assert read(body='<time datetime="2021-01-01">1 January</time>').published == UNKNOWN


def test_marked_up_dates() -> None:
    marked = '<time itemprop="datePublished" datetime="2021-01-02T03:04:05Z">2 January</time>'
    assert read(body=marked).published.earliest == "2021-01-02T03:04:05Z"
    assert read('<meta itemprop="datePublished" content="2021-01-02">').published.earliest == "2021-01-02"


def test_the_first_article_of_the_outer_data() -> None:
    other = {"@type": "NewsArticle", "headline": "Another", "datePublished": "2019-01-01"}
    found = read(headline="This one", datePublished="2021-01-01", hasPart=[other])
    assert (found.title, found.published.earliest) == ("This one", "2021-01-01")


def test_titles_lose_the_outlet_and_nothing_else() -> None:
    site = meta("og:site_name", "The Weir")
    assert read(site + meta("og:title", "Talks fail - again | The Weir")).title == "Talks fail - again"
    assert read(site + "<title>The Weir: Talks – a reckoning</title>").title == "The Weir: Talks – a reckoning"
    assert read("<title>Minister calls the talks off – Weir Online</title>").title == "Minister calls the talks off"
    assert read("<title>Talks fail</title>").title == "Talks fail"


def test_the_heading_as_the_reader_sees_it() -> None:
    heading = "<h1>Minister   calls the <em>talks</em> off</h1>"
    assert read(meta("og:title", "Talks are off, the minister says"), heading).title == "Minister calls the talks off"
    assert read(meta("og:title", "Talks are off"), "<h1>The Weir Daily News</h1>").title == "Talks are off"


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["By Ana Brel"], ("Ana Brel",)),
        (["Ana Brel", "Ana Brel", "Jo Venn"], ("Ana Brel", "Jo Venn")),
        (["Ana Brel, Staff Writer"], ("Ana Brel",)),
        (["Ana Brel | The Weir Journal"], ("Ana Brel",)),
        (["View all posts by Ana Brel"], ("Ana Brel",)),
        (["Ana Brel The Weir"], ("Ana Brel",)),
        (["The Weir", "admin", "abrel", "a@weir.example", "https://weir.example/ana", "user1234", ""], ()),
        (["x" * 500], ()),
    ],
)
def test_people(given: list[str], names: tuple[str, ...]) -> None:
    assert people(given, "The Weir") == names


def test_authors_marked_in_the_page() -> None:
    assert read(body="<p>By <a rel=author>Ana Brel</a></p>").authors == ("Ana Brel",)
    assert read(body="<div class='post-byline'>By Ana Brel and Jo van Venn</div>").authors == (
        "Ana Brel",
        "Jo van Venn",
    )
    assert read(body="<div class=author>Ana Brel has reported on the dam for ten years.</div>").authors == ()
    assert read(body="<p class=authority>Ana Brel</p>").authors == ()


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://weir.example/a?id=1#top">', "https://weir.example/a?id=1#top"),
        ('<link rel="Canonical" href=" http://weir.example/a ">', "http://weir.example/a"),
        (meta("og:url", "https://weir.example/a/b"), "https://weir.example/a/b"),
        ('<link rel="canonical" href="/a">' + meta("og:url", "https://weir.example/b"), "https://weir.example/b"),
        ('<link rel="canonical" href="https://weir.example/">', None),
        ('<link rel="canonical" href="https://weir.example">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="https://weir.example/' + "a" * 5000 + '">', None),
        ('<link rel="alternate" href="https://weir.example/a">', None),
    ],
)
def test_canonical(head: str, address: str | None) -> None:
    assert canonical_of(parse(f"<head>{head}</head><p>x")) == address


@pytest.mark.parametrize(
    "data", ["[" * 200_000, '{"a":' * 50_000, "{", "null", '"x"', '{"@type": 5, "headline": {}}', "\x01"]
)
def test_hostile_data_is_no_error(data: str) -> None:
    root = parse(f'<script type="application/ld+json">{data}</script><h1>Talks fail again</h1>')
    assert metadata_of(root, json_ld.nodes(root)).title == "Talks fail again"


def test_data_in_comments_and_arrays() -> None:
    data = '<!-- [{"@context": "x", "@graph": [{"@type": ["X", "http://schema.org/Article"], "headline": "Deep"}]}] -->'
    root = parse(f'<script type="application/LD+JSON; charset=utf-8">{data}</script>')
    assert json_ld.article(json_ld.nodes(root))["headline"] == "Deep"


def test_article_body_is_plain_text() -> None:
    assert json_ld.body(
        ({"articleBody": "short"}, {"articleBody": "&lt;p&gt;One.&lt;/p&gt;Two &amp;amp; three"})
    ).split("\n") == ["", "One.", "Two & three"]
