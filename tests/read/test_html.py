"""Whole HTML pages: text, labels, metadata and notes."""

import json
import subprocess
import sys
import time

import pytest

from tocsin.core.document import Capture, Document
from tocsin.read import html as module
from tocsin.read.extract import Extraction
from tocsin.read.html import canonical_url, read_html
from tocsin.read.html_body import body_of
from tocsin.read.html_walk import flatten

CAPTURE = Capture("0" * 64, "page", "page.html", ".", "2024-05-06T07:08:09Z", "text/html")
PARAGRAPHS = (
    "The regulator of Lower Weir said on Monday that the sluices would stay open for as long as the river rises.",
    "Its chief engineer, Ana Brel, told reporters that nobody had been asked to leave the valley so far.",
    "“We shall close them only if both councils ask us to,” she said, and read out a letter from the mayor.",
    "The mayor of Upper Weir did not answer questions, but his office has called the letter a forgery since.",
    "Both towns signed a treaty in the spring under which neither may lower the river without the other's word.",
)
PAGE = f"""<!DOCTYPE html><html><head><title>Sluices stay open | The Weir</title>
<meta property="og:site_name" content="The Weir"><meta property="article:published_time" content="2024-05-05T10:00:00Z">
<link rel="canonical" href="https://weir.example/sluices"></head><body>
<nav><ul><li><a href="/">Home page of the paper</a></li><li><a href="/w">Weather and tides</a></li></ul></nav>
<article><header><h1>Sluices stay open at Lower Weir</h1>
<p class="standfirst">Engineers promise to wait for both councils before they act</p>
<p class="byline">By <a rel="author" href="/ab">Jo Venn</a></p></header>
<figure><img src="a.jpg" alt="no text"><figcaption>The sluices on Sunday evening</figcaption></figure>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>
<p><a href="/other">Read more: How the treaty came about</a></p>
<h2>A letter read aloud</h2><p>{PARAGRAPHS[2]}<br>{PARAGRAPHS[3]}</p><p>{PARAGRAPHS[4]}</p></article>
<aside class="related"><h3>More stories</h3><p>The bakers of Upper Weir have gone back to work after a week.</p></aside>
<section id="comments"><p>I do not believe a word of what the engineers say about it.</p></section>
<footer><p>Copyright The Weir</p></footer></body></html>"""


def labelled(doc: Document) -> dict[str, str]:
    return {doc.text[line.start : line.end]: line.label for line in doc.lines}


@pytest.fixture(scope="module")
def doc() -> Document:
    return read_html(PAGE, CAPTURE)


def test_the_text_is_the_walker_s(doc: Document) -> None:
    assert doc.text == flatten(PAGE)[0]
    assert "\n".join(doc.text[line.start : line.end] for line in doc.lines) == doc.text
    assert doc.reader == "html/2 walker/1"


def test_the_article_and_only_the_article_is_read(doc: Document) -> None:
    labels = labelled(doc)
    assert [labels[paragraph] for paragraph in PARAGRAPHS] == ["body"] * 5
    assert labels["Sluices stay open at Lower Weir"] == "headline"
    assert labels["Engineers promise to wait for both councils before they act"] == "standfirst"
    assert labels["A letter read aloud"] == "subhead"
    assert labels["The sluices on Sunday evening"] == "caption"
    assert labels["Read more: How the treaty came about"] == "promotion"
    assert labels["Home page of the paper"] == labels["Weather and tides"] == "navigation"
    assert labels["I do not believe a word of what the engineers say about it."] == "comment"
    assert labels["The bakers of Upper Weir have gone back to work after a week."] == "promotion"
    assert labels["Copyright The Weir"] not in ("body", "caption")


def test_metadata_and_notes(doc: Document) -> None:
    assert (doc.title, doc.outlet, doc.byline) == ("Sluices stay open at Lower Weir", "The Weir", "Jo Venn")
    assert doc.published.earliest == doc.published.latest == "2024-05-05T10:00:00Z"
    assert "article by trafilatura (precision)" in doc.notes


def test_reading_twice_gives_the_same(doc: Document) -> None:
    assert read_html(PAGE, CAPTURE) == doc


def test_no_date_is_unknown_with_a_reason() -> None:
    found = read_html("<h1>Talks fail</h1><p>The talks have failed, it was said in the town.</p>", CAPTURE)
    assert (found.published.earliest, found.published.latest) == (None, None)
    assert found.published.reasons


@pytest.mark.parametrize(
    "extraction",
    [Extraction(), Extraction(failures=("trafilatura stopped after 20 s",))],
    ids=["nothing", "overrun"],
)
def test_without_trafilatura_the_text_stays_and_the_labeller_decides(
    extraction: Extraction, doc: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "extract", lambda *_, **__: extraction)
    alone = read_html(PAGE, CAPTURE)
    assert alone.id == doc.id
    assert alone.notes[: len(extraction.failures)] == extraction.failures
    assert "article by the line labeller alone: trafilatura found none" in alone.notes
    labels = labelled(alone)
    assert labels[PARAGRAPHS[0]] in ("body", "standfirst")
    assert labels["Home page of the paper"] == "navigation"
    assert labels["Sluices stay open at Lower Weir"] == "headline"


def test_json_ld_stands_in_for_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "extract", lambda *_, **__: Extraction())
    data = json.dumps({"@type": "NewsArticle", "headline": "Sluices", "articleBody": " ".join(PARAGRAPHS)})
    page = PAGE.replace("</head>", f'<script type="application/ld+json">{data}</script></head>')
    found = read_html(page, CAPTURE)
    assert all(labelled(found)[paragraph] == "body" for paragraph in PARAGRAPHS)
    assert any("articleBody" in note for note in found.notes)


def test_htmldate_gets_the_capture_s_day_and_is_asked_only_where_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, bool]] = []

    def extract(html: str, *, latest: str, dated: bool) -> Extraction:
        asked.append((latest, dated))
        return Extraction(date="2020-02-02")

    monkeypatch.setattr(module, "extract", extract)
    read_html(PAGE, CAPTURE)
    found = read_html("<p>The talks have failed.</p>", CAPTURE)
    assert asked == [("2024-05-06", False), ("2024-05-06", True)]
    assert (found.published.earliest, found.published.reasons) == ("2020-02-02", ("htmldate: 2020-02-02",))


def decide(html: str, extracted: str, stated: str = "", title: str | None = None) -> list[str]:
    """The lines taken for the article; lines nothing is said of are marked `?`."""
    text, flat = flatten(html)
    body = body_of(text, flat, extracted, stated, title)
    return [
        ("" if taken else "?") + text[line.start : line.end]
        for line, taken in zip(flat, body.decided, strict=True)
        if taken is not False
    ]


def paragraphs(*which: int) -> str:
    return "".join(f"<p>{PARAGRAPHS[i]}</p>" for i in which)


def test_a_paragraph_lost_inside_the_article_comes_back() -> None:
    html = f"<div>{paragraphs(0, 1, 2)}</div>"
    assert decide(html, f"{PARAGRAPHS[0]}\n{PARAGRAPHS[2]}") == list(PARAGRAPHS[:3])


def test_a_paragraph_of_another_block_does_not() -> None:
    html = f"<div>{paragraphs(0)}<aside>{paragraphs(1)}</aside>{paragraphs(2)}</div>{paragraphs(3)}"
    assert decide(html, f"{PARAGRAPHS[0]}\n{PARAGRAPHS[2]}") == [PARAGRAPHS[0], PARAGRAPHS[2]]


def test_headings_of_the_page_links_and_cues_go() -> None:
    extra = (
        "<h1>Sluices stay open</h1>",
        "<p><a href=/>How the treaty came about</a></p>",
        "<p>Sign up for our newsletter</p>",
    )
    html = f"{extra[0]}{paragraphs(0)}{extra[1]}{extra[2]}{paragraphs(1)}"
    assert decide(html, "\n".join(flatten(html)[0].split("\n"))) == [PARAGRAPHS[0], PARAGRAPHS[1]]


def test_json_ld_is_believed_only_where_most_of_it_is_on_the_page() -> None:
    html = f"<div>{paragraphs(0)}</div><section>{paragraphs(1, 2)}</section>"
    extracted = PARAGRAPHS[0]
    assert decide(html, extracted, " ".join(PARAGRAPHS[:3])) == list(PARAGRAPHS[:3])
    elsewhere = " ".join(f"Word {i} of a wholly different article about bread." for i in range(20))
    assert decide(html, extracted, f"{PARAGRAPHS[1]} {elsewhere}") == [PARAGRAPHS[0]]
    assert decide(html, extracted, PARAGRAPHS[1]) == [PARAGRAPHS[0]]


def test_nothing_extracted_nothing_decided() -> None:
    html = f"<nav><p>Menu of the page</p></nav><h1>Sluices</h1>{paragraphs(0)}"
    assert decide(html, "") == [f"?{PARAGRAPHS[0]}"]


def test_canonical_url() -> None:
    assert canonical_url(PAGE) == "https://weir.example/sluices"
    assert canonical_url("<p>none</p>") is None
    assert canonical_url("<body><link rel=canonical href=https://weir.example/late>") == "https://weir.example/late"
    assert canonical_url("") is None


@pytest.mark.parametrize("html", ["", "<script>x</script>", "<img src=a alt=b>"])
def test_pages_without_words(html: str) -> None:
    found = read_html(html, CAPTURE)
    assert (found.text, found.lines) == ("", ())


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        f"<p>{PARAGRAPHS[0]} " + "word and other words. " * 45_000,
        "".join(f"<p>{PARAGRAPHS[i % 5]} {i}</p>" for i in range(20_000)),
        "<div class=author>" * 1_400 + "x" * 2_000_000,
        "<h1>" * 1_400 + "x " * 500_000,
        "<div>" * 20_000 + PARAGRAPHS[0],
    ],
    ids=["one line", "many lines", "authors", "headings", "deep"],
)
def test_hostile_pages_in_seconds(html: str) -> None:
    begun = time.monotonic()
    found = read_html(html, CAPTURE)
    assert found.lines
    assert time.monotonic() - begun < 60


def test_only_the_article_s_heading_is_the_headline() -> None:
    html = f"<h1>The Weir Daily</h1><h1>Sluices stay open</h1>{paragraphs(0)}<h1>What next</h1>{paragraphs(1)}"
    text, flat = flatten(html)
    extracted = f"{PARAGRAPHS[0]}\nWhat next\n{PARAGRAPHS[1]}"
    body = body_of(text, flat, extracted, "", "Sluices stay open at Lower Weir")
    assert [text[flat[i].start : flat[i].end] for i in sorted(body.headlines)] == ["Sluices stay open"]
    assert body.decided == (False, False, True, True, True)


def test_reading_loads_nothing_heavy_before_the_first_page() -> None:
    code = "import sys; sys.path[:] = sys.argv[1:]; import tocsin.read.html; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, *sys.path], capture_output=True, text=True, check=True)
    assert not {"lxml", "trafilatura", "htmldate"} & set(done.stdout.split())
