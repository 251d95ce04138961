"""The one door of reading: a page becomes a document, or a reject that says why not.

Invariant: `read` never raises for what a page holds, looks at nothing but the page, and gives the same document for
the same page.
"""

import errno
import re
from dataclasses import replace
from tempfile import gettempdir

from tocsin.core.document import BODY_LABELS, GONE, READ_LABELS, WITHDRAWN, Document, Reject
from tocsin.errors import TocsinError
from tocsin.read.decode import Decoded, DecodeError, declared_in, decode
from tocsin.read.given import apply_given
from tocsin.read.language import SAMPLE, language_of
from tocsin.read.records import RecordError, load_object, record_of
from tocsin.read.sources import Page

VERSION = "reader/2"
"""A new number whenever decoding, records, what is given or languages would change the document of any page."""
MAX_TEXT = 2_000_000
"""Characters of a page's text; few novels have half as many. Annotating takes some 150 bytes a character."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.EROFS, errno.EIO)
"""What the system says when disk or open files run out. (py3langid unpacks its model into a temporary file.)"""
_VISIBLE = re.compile(r"[^\s\ufeff\u200b-\u200f\u2060\u00ad\ufffd]")


class _UnreadableError(TocsinError):
    """A page without a text in it."""


def read(page: Page) -> Document | Reject:
    """The document of `page` with its language and what was given beside it, or why there is none.

    Raises TocsinError where the machine has no room for what reading needs: that is no fault of the page, which would
    be read otherwise on a better day.
    """
    try:
        return _read(page)
    except (_UnreadableError, DecodeError, RecordError) as error:
        reason = str(error)
    except UnicodeEncodeError as error:
        code = ord(error.object[error.start])
        reason = f"half a character (\\u{code:04x}) in its text at position {error.start}: save the page again as UTF-8"
    except TocsinError as error:
        reason = f"cannot be read: {error}"
    except OSError as error:
        if error.errno in NO_ROOM:
            advice = "make room and run the same command again, nothing is lost"
            what = f"{page.capture.name}: {error.strerror}, where reading needs files of its own ({gettempdir()})"
            raise TocsinError(f"{what}; {advice}") from error
        reason = f"the reader failed ({type(error).__name__}: {str(error)[:200]}): please report this page"
    except Exception as error:  # noqa: BLE001 (pages are hostile and their readers other people's: the run must go on)
        reason = f"the reader failed ({type(error).__name__}: {str(error)[:200]}): please report this page"
    capture = page.capture
    return Reject(capture.page, capture.name, capture.source, capture.taken, reason, capture.sha256)


def _read(page: Page) -> Document:
    status = (page.capture.http or {}).get("status")
    if status in GONE:
        raise _UnreadableError(f"{WITHDRAWN}: its address answered {status}; what was read of it before is kept")
    decoded, html = _content(page)
    if not _VISIBLE.search(decoded.text):
        raise _UnreadableError("empty: there is nothing in it to read")
    if not html:
        _check_length(decoded.text)
    doc = _html(decoded, page) if html else _plain(decoded.text, page)
    _check_length(doc.text)
    doc = replace(
        doc,
        language=language_of(_article(doc)),
        notes=(*decoded.notes, *doc.notes),
        reader=f"{VERSION} {doc.reader}".strip(),
    )
    return apply_given(doc)


def _check_length(text: str) -> None:
    if len(text) > MAX_TEXT:
        found = f"{len(text):,} characters; a page may have {MAX_TEXT:,}"
        raise _UnreadableError(f"larger than a page may be ({found}): divide it into one page a file or a JSONL line")


def _content(page: Page) -> tuple[Decoded, bool]:
    """The page's text or HTML, and which of them it is."""
    if page.capture.media == "record":
        record = record_of(load_object(page.data))
        return Decoded(record.content, "utf-8"), record.kind == "html"
    html = page.capture.media == "text/html"
    return decode(page.data, declared_in(page.data) if html else None), html


def _plain(text: str, page: Page) -> Document:
    from tocsin.read.plain import read_plain

    zero = text.find("\0")
    if zero >= 0:
        # Kept, it would end the text early for SQLite, libxml2 and everything written in C; dropped, the text would not
        # be the page's any more.
        raise _UnreadableError(f"a NUL character at position {zero}: remove it (tr -d '\\000') and add the page again")
    return read_plain(text, page.capture)


def _html(decoded: Decoded, page: Page) -> Document:
    from tocsin.read.html import read_html

    html = decoded.text
    zeros = html.count("\0")
    doc = read_html(html.replace("\0", ""), page.capture)  # the HTML standard has them ignored in a body
    if not _VISIBLE.search(doc.text):
        raise _UnreadableError("no visible text: the page may need a browser's scripts; save it from a browser's view")
    return replace(doc, notes=(f"{zeros} NUL characters left out", *doc.notes)) if zeros else doc


def _article(doc: Document) -> str:
    """The beginning of the article's text, or of what comes nearest to it, for finding the language."""
    for labels in (BODY_LABELS, READ_LABELS):
        lines = [line for line in doc.lines if line.label in labels and line.end > line.start]
        if lines:
            break
    else:
        return doc.text[:SAMPLE]
    pieces: list[str] = []
    length = 0
    for line in lines:
        piece = doc.text[line.start : line.end][: SAMPLE - length]
        pieces.append(piece)
        length += len(piece) + 1
        if length >= SAMPLE:
            break
    return "\n".join(pieces)
