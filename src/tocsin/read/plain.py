"""Reads a plain text page: its own lines with labels, and the metadata that those lines show.

Invariant: the document's text is the text given, untouched; nothing beside the text is looked at.
"""

from tocsin.core.document import Capture, Document
from tocsin.read.labels import label_lines
from tocsin.read.page_metadata import from_lines

READER = "plain/2"


def read_plain(text: str, capture: Capture) -> Document:
    """The document of a plain text; raises UnicodeEncodeError where it holds lone surrogates."""
    lines = label_lines(text)
    shown = from_lines(text, lines, address=capture.page)
    return Document.of(
        text,
        capture,
        lines,
        title=shown.title,
        outlet=shown.outlet,
        byline=shown.byline,
        credits=shown.credits,
        published=shown.published,
        notes=shown.notes,
        reader=READER,
    )
