"""Verification: every hash, text, span and derived row made again and compared (DESIGN.md, first and second law)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin import pipeline
from tocsin.core.decisions import Anchor
from tocsin.core.document import Document
from tocsin.core.ids import doc_id, text_id
from tocsin.core.rows import Row
from tocsin.core.spans import Span
from tocsin.errors import CaseError, TocsinError, VerifyError
from tocsin.pipeline import Progress
from tocsin.store.opening import MAGIC

if TYPE_CHECKING:
    from tocsin.api.case import Case

ANCHORED = ("claim", "telling")


def verify_case(case: "Case", progress: Progress) -> list[str]:
    """What is wrong with a case, one line each; empty where nothing is."""
    store = case.store
    wrong = [f"the file: {said}" for said in store.check()]
    for capture, _doc in store.captures():
        progress(capture.name)
        wrong += _wrong_capture(case, capture.sha256, capture.page)
    for one in store.document_ids():
        progress(one[:12])
        try:
            doc = store.document(one)
        except TocsinError as error:
            wrong.append(f"document {one[:12]}: {error}")
            continue
        wrong += _wrong_document(doc)
    for decision in store.decisions():
        if not _stands(case, decision.anchor):
            wrong.append(f"decision {decision.id}: its words are not on the page it names")
    for kind in ANCHORED:
        wrong += _wrong_rows(case, store.rows.of_kind(kind))
    before = store.rows.fingerprint()
    if store.writable and pipeline.rebuilt(store) != before:
        wrong.append("what is derived differs from what a rebuild derives: run `tocsin rebuild`")
    return wrong


def _wrong_capture(case: "Case", sha256: str, page: str) -> Iterator[str]:
    try:
        data = case.store.data(sha256)
    except CaseError as error:
        yield str(error)
        return
    if data is None:
        yield f"capture {sha256[:12]} of {page!r}: its bytes are missing"
    elif pipeline.sha256_of(data) != sha256:
        yield f"capture {sha256[:12]} of {page!r}: its bytes have another hash"


def _wrong_document(doc: Document) -> Iterator[str]:
    where = f"document {doc.id[:12]} ({doc.page!r})"
    if text_id(doc.text) != doc.text_id or doc_id(doc.text_id, doc.page) != doc.id:
        yield f"{where}: its text has another hash"
    last = 0
    for line in doc.lines:
        if not last <= line.start <= line.end <= len(doc.text):
            yield f"{where}: a line runs to [{line.start}, {line.end})"
        last = line.end
    for name in sorted(doc.layers):
        for span in spans_in(doc.layers[name].annotations):
            if span.doc != doc.id or span.end > len(doc.text):
                yield f"{where}: layer {name} has a span [{span.start}, {span.end}) that is not on the page"


def spans_in(value: Any) -> Iterator[Span]:
    """Every span inside annotations, however deep."""
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, Span):
            yield one
        elif isinstance(one, tuple):
            pending.extend(one)
        elif hasattr(one, "__dataclass_fields__"):
            pending.extend(getattr(one, name) for name in one.__dataclass_fields__)


def _stands(case: "Case", anchor: Anchor) -> bool:
    return anchor.doc in case.store.document_ids(anchor.doc) and anchor.fits(case.store.document(anchor.doc))


def _wrong_rows(case: "Case", rows: Iterator[Row]) -> Iterator[str]:
    texts: dict[str, str] = {}
    for row in rows:
        doc = row.data["doc"]
        if doc not in texts:
            texts[doc] = case.store.document(doc).text
        if not quotes(row.data, texts[doc]):
            yield f"{row.kind} {row.id}: its words are not what stands on page {row.data['page']!r}"


def quotes(data: dict[str, Any], text: str) -> bool:
    """Whether `text`, `prefix` and `suffix` of an exported row are what stands at and around its span."""
    start, end = data["span"]
    around = text[max(0, start - len(data["prefix"])) : end + len(data["suffix"])]
    return bool(text[start:end] == data["text"] and around == data["prefix"] + data["text"] + data["suffix"])


def is_case(path: Path) -> bool:
    """Whether the file looks like a case, so that `verify` treats it as one. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def verify_output(path: Path, case: "Case | None") -> list[str]:
    """What is wrong with a file that Tocsin wrote: `read --json --text` (against its own text) or `export jsonl`
    (against `case`). Raises VerifyError where the file is neither."""
    texts = {one: case.document(one).text for one in case.store.document_ids()} if case else {}
    wrong = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                wrong += [f"{path}:{number}: {said}" for said in _wrong_line(json.loads(line), texts)]
            except (ValueError, KeyError, TypeError) as error:
                raise VerifyError(f"{path}:{number}: is not a line that Tocsin wrote ({error})") from error
    return wrong


def _wrong_line(data: dict[str, Any], texts: dict[str, str]) -> Iterator[str]:
    if "type" not in data:
        if "text" not in data:
            raise VerifyError("a reading without its text cannot be checked; make it with `tocsin read --json --text`")
        yield from _wrong_reading(data)
    elif not texts:
        raise VerifyError("an export is checked against its case: name the case before it, `tocsin verify CASE FILE`")
    elif data["type"] in ANCHORED:
        if data["doc"] not in texts:
            yield f"{data['type']} {data['id']}: its document is not in the case"
        elif not quotes(data, texts[data["doc"]]):
            yield f"{data['type']} {data['id']}: its words are not what stands on the page"


def _wrong_reading(data: dict[str, Any]) -> Iterator[str]:
    text = data["text"]
    if text_id(text) != data["text_id"]:
        yield "its text has another hash"
    last = 0
    for line in data["lines"]:
        if not last <= line["start"] <= line["end"] <= len(text):
            yield f"line [{line['start']}, {line['end']}) is not on the page"
        last = line["end"]
    for start, end in _pairs_in([data[name] for name in ("attributions", "commitments", "mentions", "times")]):
        if not 0 <= start < end <= len(text):
            yield f"span [{start}, {end}) is not on the page"


def _pairs_in(value: Any) -> Iterator[tuple[int, int]]:
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            pending.extend(one.values())
        elif isinstance(one, list):
            if len(one) == 2 and all(type(part) is int for part in one):
                yield one[0], one[1]
            else:
                pending.extend(one)
