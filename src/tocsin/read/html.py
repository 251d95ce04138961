"""Reads an HTML page into a document: flattened lines with labels, and the metadata that the page shows.

Invariant: the text is the walker's alone; trafilatura, htmldate, JSON-LD and the labeller only decide labels and
metadata, so that a page read without them (too large, too slow, crashed) has the same text.
"""

import re
from collections.abc import Sequence

from tocsin.core.document import BODY_LABELS, Capture, Document, Label, Line
from tocsin.core.when import When
from tocsin.read import json_ld
from tocsin.read.extract import Extraction, extract
from tocsin.read.html_body import Body, body_of
from tocsin.read.html_metadata import HtmlMetadata, canonical_of, head_title, metadata_of, parse_when
from tocsin.read.html_walk import WALKER, FlatLine, flatten_tree, parse
from tocsin.read.labels import relabel
from tocsin.read.page_metadata import PageMetadata, from_lines

READER = f"html/2 {WALKER}"
FAR = "2100-01-01"
"""Latest day for htmldate where the capture's own time is not known. Never today: a page must read alike tomorrow."""
SUBHEAD_WORDS = 25
"""A heading element inside the article with more words than this is a paragraph that is set large."""
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))

# What a line that is not the article is by its region, the surer regions first.
_BY_REGION: tuple[tuple[str, Label], ...] = (
    ("comments", "comment"),
    ("bio", "biography"),
    ("nav", "navigation"),
    ("form", "navigation"),
    ("related", "promotion"),
    ("promo", "promotion"),
    ("footer", "navigation"),
    ("social", "navigation"),
    ("tags", "navigation"),
    ("notice", "notice"),
)
_VAGUE: frozenset[Label] = frozenset(("caption", "other", "navigation", "promotion"))
"""Labels that the labeller gives by place and shape: the element that a line stood in knows better."""


def canonical_url(html: str) -> str | None:
    """The address that the page gives itself (`rel=canonical`, else `og:url`): absolute, and not a bare site."""
    head = re.search(r"</head\s*>|<body[\s>]", html, re.IGNORECASE)
    found = canonical_of(parse(html[: head.start()])) if head else None
    return found or canonical_of(parse(html))  # some templates put it into the body


def read_html(html: str, capture: Capture) -> Document:
    """The document of an HTML page. Raises HtmlError where it is too large or was decoded wrongly."""
    root = parse(html)
    text, flat = flatten_tree(root)
    found = json_ld.nodes(root)
    shown = metadata_of(root, found)
    latest = capture.taken[:10] if parse_when(capture.taken, "taken") else FAR
    extraction = extract(html, latest=latest, dated=not shown.published.known) if text else Extraction()
    stated = json_ld.body(found)
    body = body_of(text, flat, extraction.text, stated, shown.title)
    lines = _labelled(text, flat, body)
    seen = from_lines(text, lines, address=capture.page, head=head_title(root))
    published, dated = _published(shown, seen, extraction)
    notes = (*_used(extraction, body), *shown.notes, *(() if shown.title else seen.notes), *dated)
    return Document.of(
        text,
        capture,
        lines,
        title=shown.title or seen.title,
        outlet=shown.outlet or seen.outlet,
        byline=", ".join(shown.authors) or seen.byline,
        credits=seen.credits,
        published=published,
        notes=notes,
        reader=READER,
    )


def _used(extraction: Extraction, body: Body) -> tuple[str, ...]:
    """Which means decided what the article is, for the notes."""
    if extraction.text:
        how = f"article by trafilatura ({extraction.mode})"
    elif True in body.decided:
        how = "article by the page's JSON-LD articleBody: trafilatura found none"
    else:
        how = "article by the line labeller alone: trafilatura found none"
    return (*extraction.failures, how)


def _published(shown: HtmlMetadata, seen: PageMetadata, extraction: Extraction) -> tuple[When, tuple[str, ...]]:
    """When the page says it was published: its markup, its visible lines, htmldate, in this order."""
    if shown.published.known:
        return shown.published, ()
    if seen.published.known:
        return seen.published, ()
    if extraction.date:
        return When(extraction.date, extraction.date, reasons=(f"htmldate: {extraction.date}",)), ()
    if seen.published.earliest or seen.published.latest or seen.published.weekdays:
        return seen.published, ()
    return When(reasons=(*seen.published.reasons, "the page shows no date")), ()


def _labelled(text: str, flat: Sequence[FlatLine], body: Body) -> tuple[Line, ...]:
    """Every line with its label: the labeller's, corrected by the element that the line stood in."""
    lines = relabel(text, [(line.start, line.end) for line in flat], body.decided)
    inside = [i for i, line in enumerate(lines) if line.label in BODY_LABELS]
    first, last = (inside[0], inside[-1]) if inside else (len(lines), -1)
    return tuple(
        Line(line.start, line.end, _label(i, line.label, flat[i], body, first < i < last))
        for i, line in enumerate(lines)
    )


def _label(i: int, label: Label, line: FlatLine, body: Body, within: bool) -> Label:
    if i in body.headlines:
        return "headline"
    if i in body.standfirsts:
        return "standfirst"
    if label in BODY_LABELS:
        heading = line.kind in HEADINGS and label == "body" and line.end - line.start <= 8 * SUBHEAD_WORDS
        return "subhead" if heading and within else label
    if "caption" in line.inside and ("figure" in line.inside or line.kind == "figcaption"):
        return "caption"
    if label in _VAGUE:
        for region, better in _BY_REGION:
            if region in line.inside:
                return better
    return label
