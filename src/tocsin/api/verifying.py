"""Verification: every hash, text, span and derived row made again and compared (DESIGN.md, first and second law)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin import pipeline
from tocsin.core.decisions import Anchor, Decision
from tocsin.core.document import Capture, Document
from tocsin.core.ids import doc_id, text_id
from tocsin.core.rows import Row
from tocsin.core.spans import Span
from tocsin.errors import TocsinError, VerifyError
from tocsin.pipeline import Progress
from tocsin.store.opening import MAGIC, clear_errors

if TYPE_CHECKING:
    from tocsin.api.case import Case

METADATA = ("title", "outlet", "byline", "credits", "published", "language", "notes")
"""What a document says of itself beside its text."""
ANCHORED = ("claim", "telling")


def verify_case(case: "Case", progress: Progress) -> list[str]:
    """What is wrong with a case, one line each; empty where nothing is. A damaged part never hides another."""
    store = case.store
    wrong = [f"the file: {said}" for said in store.check()]
    for capture, doc in store.captures():
        progress(capture.name)
        wrong += _guarded(f"capture {capture.sha256[:12]}", _wrong_capture, case, capture, doc)
    for one in store.document_ids():
        progress(one[:12])
        wrong += _guarded(f"document {one[:12]}", lambda one: _wrong_document(store.document(one)), one)
    for decision in store.decisions():
        wrong += _guarded(f"decision {decision.id}", _wrong_decision, case, decision)
    wrong += _guarded("the decisions", _wrong_order, case)
    for kind in ANCHORED:
        wrong += _guarded(f"the {kind}s", _wrong_rows, case, store.rows.of_kind(kind))
    if not wrong and pipeline.rebuilt(store, progress) != store.rows.digest():
        wrong.append(f"what is derived differs from what its pages and decisions give: `tocsin rebuild {case.path}`")
    return wrong


def _guarded(what: str, check: Callable[..., Iterator[str]], *arguments: Any) -> list[str]:
    """What `check` finds wrong; that it cannot be carried out is wrong too."""
    try:
        with clear_errors(Path(what)):
            return list(check(*arguments))
    except TocsinError as error:
        return [str(error)]


def _wrong_capture(case: "Case", capture: Capture, doc_id: str | None) -> Iterator[str]:
    """The bytes must hash to what they are known by, and be read as the document that is said to be theirs."""
    where = f"capture {capture.sha256[:12]} of {capture.page!r}"
    data = case.store.data(capture.sha256)
    if data is None:
        yield f"{where}: its bytes are missing"
    elif pipeline.sha256_of(data) != capture.sha256:
        yield f"{where}: its bytes have another hash"
    elif doc_id is not None:
        kept = case.store.document(doc_id)
        found = pipeline.read_again(case.store, capture)
        if found is None:
            yield f"{where}: cannot be read any more; `tocsin reread` says more"
        elif found.reader == kept.reader and (found.id != doc_id or found.lines != kept.lines):
            yield f"{where}: its bytes do not give the text that the case shows"
        elif found.reader == kept.reader:
            speaks, earliest = case.store.speaking(doc_id)
            bounded = pipeline.bounded(found, earliest) if speaks == capture else kept
            changed = [name for name in METADATA if getattr(bounded, name) != getattr(kept, name)]
            if changed:
                yield f"{where}: its bytes do not give the {', '.join(changed)} that the case shows"


def _wrong_decision(case: "Case", decision: Decision) -> Iterator[str]:
    anchors = (decision.anchor, *([decision.other] if decision.other else []))
    if not all(_stands(case, one) for one in anchors if one.doc):
        yield f"decision {decision.id}: its words are not on the page it names"


def _wrong_order(case: "Case") -> Iterator[str]:
    """Each decision must be what its id is the hash of, and name the one made before it."""
    before: str | None = None
    for (kept, doc), decision in zip(case.store.decision_keys(), case.store.decisions(), strict=True):
        if (kept, doc, before) != (decision.id, decision.anchor.doc, decision.after):
            yield f"decision {kept}: is not what was decided, or another stood before it"
        before = kept


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
    (against `case`: each line must be one that the case gives). Raises VerifyError where the file is neither."""
    lines: set[str] | None = None
    wrong = []
    number = 0
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                data = json.loads(line)
                if "type" not in data:
                    wrong += [f"{path}:{number}: {said}" for said in _wrong_reading(data)]
                    continue
                if case is None:
                    raise VerifyError(f"{path}: an export is checked against its case: `tocsin verify CASE {path}`")
                lines = lines if lines is not None else set(case.export("jsonl"))
                if line not in lines:
                    wrong.append(f"{path}:{number}: is not what the case says of {data['type']} {data.get('id', '')}")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise VerifyError(f"{path}:{number or 1}: is not a line that Tocsin wrote ({error})") from error
    return wrong


def _wrong_reading(data: dict[str, Any]) -> Iterator[str]:
    if "text" not in data:
        raise VerifyError("a reading without its text cannot be checked; make it with `tocsin read --json --text`")
    text = data["text"]
    if text_id(text) != data["text_id"]:
        yield "its text has another hash"
    last = 0
    for line in data["lines"]:
        if not last <= line["start"] <= line["end"] <= len(text):
            yield f"line [{line['start']}, {line['end']}) is not on the page"
        last = line["end"]
    for start, end in _pairs_in([data[name] for name in ("body", "attributions", "commitments", "mentions", "times")]):
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
