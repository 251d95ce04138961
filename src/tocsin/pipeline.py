"""The way of a page: capture → read → annotate → store → derive. The only module that attaches layers.

A case is a function of (documents with their stored layers, decisions): `add` derives the blocks that a page touches,
`rebuild` all of them, and both give the same bytes.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from tocsin import link
from tocsin.annotate.attributions import ATTRIBUTIONS
from tocsin.annotate.commitments import COMMITMENTS
from tocsin.annotate.mentions import MENTIONS
from tocsin.annotate.references import REFERENCES
from tocsin.annotate.reports import REPORTS
from tocsin.annotate.sentences import SENTENCES
from tocsin.annotate.times import TIMES
from tocsin.core.annotations import Report
from tocsin.core.codec import encode
from tocsin.core.commitments import Commitment
from tocsin.core.decisions import Decision, in_force
from tocsin.core.document import Capture, Document, Reject
from tocsin.core.ids import canonical
from tocsin.core.layers import Stage
from tocsin.errors import BusyError, SpanError, TocsinError, UsageError
from tocsin.read import Page, Refused, TakeOptions, read, take
from tocsin.store.store import Store

BATCH = 16
BATCH_BYTES = 1_000_000
"""Pages, and bytes of pages, kept in one transaction: a killed run loses at most these, none of which was acknowledged,
and no more than these are held in memory with their layers (which take fifty times the text)."""
STAGES: tuple[Stage, ...] = (SENTENCES, MENTIONS, TIMES, ATTRIBUTIONS, REFERENCES, REPORTS, COMMITMENTS)
"""The stages in the order they run; a later one finds the layers of those before it."""
GIVEN = ("published", "outlet", "title", "byline")
"""Metadata that a person may give for all pages of one call."""
LINK_NOTE = "link"
CASE = ""
"""In place of a document's id: the case itself, which decisions about no page belong to."""
READ_LANGUAGE = "en"
"""The language that is read; pages in others are kept, marked and searched, not annotated."""

Progress = Callable[[str], None]


_Read = tuple[Page | None, Document | Reject]
"""A page as it was taken (None where that failed) and what was read from it."""


def silent(_name: str) -> None:
    """No progress."""


def check_stages(stages: tuple[Stage, ...] = STAGES) -> None:
    """Raise ValueError unless each stage's `requires` are provided by stages before it."""
    provided: set[str] = set()
    for stage in stages:
        missing = set(stage.requires) - provided
        if missing:
            raise ValueError(f"stage {stage.version} requires {sorted(missing)}, which no earlier stage provides")
        provided.add(stage.provides)


check_stages()


def annotate(doc: Document) -> Document:
    """`doc` with every layer attached, or as it is where its language is not read."""
    if doc.language != READ_LANGUAGE:
        return doc
    for stage in STAGES:
        doc = doc.with_layer(stage(doc))
    return doc


def annotated(doc: Document) -> Document | str:
    """`doc` with every layer attached, or why a stage failed on it: pages are hostile, and none of them ends a run.
    What is no fault of the page (a damaged model, a full disk) is raised."""
    try:
        return annotate(doc)
    except SpanError as error:
        failed: Exception = error
    except (TocsinError, OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 (as above)
        failed = error
    return f"annotating it failed ({type(failed).__name__}: {str(failed)[:200]}): please report this page"


def read_page(page: Page) -> Document | Reject:
    """A page read and annotated, or why not."""
    outcome = read(page)
    found = outcome if isinstance(outcome, Reject) else annotated(outcome)
    if isinstance(found, str):
        capture = page.capture
        return Reject(capture.page, capture.name, capture.source, capture.taken, found, capture.sha256)
    return found


def take_options(taken: str, given: Mapping[str, str | None], case: str | None = None) -> TakeOptions:
    """How pages are taken at `taken` (UTC second), with what a person gives for all of them; raises UsageError."""
    unknown = sorted(given.keys() - GIVEN)
    if unknown:
        raise UsageError(f"no metadata {unknown[0]!r} to give; it is one of {', '.join(GIVEN)}")
    got = given.get
    return TakeOptions(taken, got("published"), got("outlet"), got("title"), got("byline"), case=case)


def sha256_of(data: bytes) -> str:
    """SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def readings(sources: Iterable[str], options: TakeOptions) -> Iterator[Document | Reject]:
    """Every page of `sources`, read and annotated, without a case, in the order of the sources."""
    for source in sources:
        for taken in take(source, options):
            yield taken if isinstance(taken, Reject) else read_page(taken)


@dataclass(slots=True)
class Added:
    """What an `add` did: ids of documents new to the case, page keys that were there already, rejects."""

    documents: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def add(store: Store, sources: Iterable[str], options: TakeOptions, progress: Progress = silent) -> Added:
    """Read `sources` into the case. What is there already is left alone; what cannot be read is listed.

    A page is acknowledged (`progress` is called with its name) when it is kept: it is in the case whatever comes then.
    """
    added, batch, size = Added(), list[_Read](), 0
    for source in sources:
        for taken in take(source, options):
            if isinstance(taken, Reject) and taken.sha256 is None and not os.path.lexists(source) and source != "-":
                added.rejects.append(taken)  # a slip of whoever typed it, not a page of the case
                progress(taken.name)
            elif isinstance(taken, Reject):
                batch.append((None, taken))
                size += len(taken.data) if isinstance(taken, Refused) else 0
            elif store.has_capture(taken.capture, read=True):
                added.known.append(taken.capture.page)
                progress(taken.capture.name)
            else:
                batch.append((taken, read_page(taken)))
                size += len(taken.data)
            if len(batch) >= BATCH or size >= BATCH_BYTES:
                _keep(store, batch, added, progress)
                batch, size = [], 0
    _keep(store, batch, added, progress)
    derive_pending(store)
    return added


def _keep(store: Store, batch: list[_Read], added: Added, progress: Progress) -> None:
    touched: link.Touched = set()
    with store.writing():
        for page, outcome in batch:
            if isinstance(outcome, Reject):
                store.put_reject(outcome, outcome.data if isinstance(outcome, Refused) else None)
                if page:
                    store.put_capture(page.capture, page.data, None)
                added.rejects.append(outcome)
            elif page is None or store.has_capture(outcome.capture, read=True):
                added.known.append(outcome.page)
            else:
                touched |= _keep_document(store, page, outcome, added)
        store.rows.put_pending(touched)
    for page, outcome in batch:
        progress(page.capture.name if page else outcome.name if isinstance(outcome, Reject) else outcome.page)


def derive_pending(store: Store) -> None:
    """Derive what pages have touched since it was last done: each block once, however many pages touched it."""
    with store.writing():
        link.derive(store.rows, link.DERIVATIONS, store.rows.pending())
        store.rows.clear_pending()


def _keep_document(store: Store, page: Page, doc: Document, added: Added) -> link.Touched:
    """Keep one document. The same text of the same page in other bytes, or with other metadata given beside it, is
    one document: the latest capture speaks for it."""
    known = store.document_ids(doc.id)
    store.put_capture(doc.capture, page.data, doc.id)
    store.repoint(doc.capture, doc.id)
    store.drop_reject(doc.page, doc.capture.sha256)
    if known:
        added.known.append(doc.page)
    else:
        added.documents.append(doc.id)
    speaks, earliest = store.speaking(doc.id)
    if speaks and speaks != doc.capture:  # taken before what is in the case: that one speaks, bounded by this one
        found = read_again(store, speaks)
        if found is None or found.id != doc.id:
            return touch(store, doc.id)
        kept = store.document(doc.id)
        again = replace(kept, published=found.published) if kept.capture == speaks else annotated(found)
        doc = doc if isinstance(again, str) else again
    doc = bounded(doc, earliest)
    store.put_document(doc)
    return touch(store, doc.id, doc)


def bounded(doc: Document, earliest: str) -> Document:
    """`doc` dated no later than the first of its captures: a later one proves nothing less."""
    day = earliest[:10]
    reason = f"another capture of the same text was taken on {day}"
    return replace(doc, published=doc.published.not_after(day, reason))


def touch(store: Store, doc_id: str, doc: Document | None = None) -> link.Touched:
    """Make the readings of one document anew (`doc`, where it is at hand as it is stored); returns the blocks to
    derive. Call inside `store.writing()`."""
    if store.note(LINK_NOTE) is None:
        store.put_note(LINK_NOTE, link.VERSION)
    if doc_id == CASE:
        rows = link.case_rows(in_force(store.decisions(CASE)))
        return link.touch(store.rows, link.DERIVATIONS, CASE, rows)
    live = doc_id in store.live_documents(doc_id)
    rows = link.readings(doc or store.document(doc_id), in_force(store.decisions(doc_id))) if live else ()
    return link.touch(store.rows, link.DERIVATIONS, doc_id, rows, store.layers_hash(doc_id) if live else "")


def standing(store: Store, doc: Document) -> tuple[tuple[Report, ...], tuple[Commitment, ...]]:
    """The reports and commitments of a document as people's decisions leave them."""
    return link.decided(doc, in_force(store.decisions(doc.id)))


def _derive_all(store: Store, progress: Progress) -> None:
    store.rows.clear()
    touched: link.Touched = set()
    for doc_id in (*store.live_documents(), CASE):
        touched |= touch(store, doc_id)
        progress(doc_id[:12])
    link.derive(store.rows, link.DERIVATIONS, touched)


def rebuild(store: Store, progress: Progress = silent) -> None:
    """Forget everything derived and derive it again from documents, layers and decisions."""
    with store.writing():
        store.put_note(LINK_NOTE, link.VERSION)
        _derive_all(store, progress)


def rebuilt(store: Store, progress: Progress = silent) -> str:
    """Digest of what a rebuild would derive, made in a copy: the case is not touched, and need not be writable."""
    with store.copy() as copy:
        _derive_all(copy, progress)
        return copy.rows.digest()


def fresh(store: Store) -> bool:
    """Whether this version of Tocsin derived the case, and all of it."""
    return store.note(LINK_NOTE) in (None, link.VERSION) and not store.rows.pending()


def refresh(store: Store, progress: Progress = silent) -> None:
    """Derive a case anew where another version of Tocsin derived it; finish what a killed run has left. What another
    process is adding at this moment is left to that process."""
    if store.note(LINK_NOTE) not in (None, link.VERSION):
        rebuild(store, progress)
    elif store.rows.pending():
        with suppress(BusyError), store.waiting(0):
            derive_pending(store)


def decide(store: Store, decisions: Iterable[Decision]) -> list[Decision]:
    """Append decisions, all or none, and derive what they touch; returns them as they stand in the case."""
    made = []
    touched: link.Touched = set()
    with store.writing():
        for decision in decisions:
            made.append(replace(decision, after=store.last_decision()))
            store.put_decision(made[-1])
            touched |= touch(store, decision.anchor.doc)
        link.derive(store.rows, link.DERIVATIONS, touched)
    return made


@dataclass(slots=True)
class Reread:
    """What a `reread` did: layer name → (annotations gone, annotations new); pages whose readings changed, whose text
    is read as another document, and that could not be read before."""

    layers: dict[str, tuple[int, int]] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    retexted: list[str] = field(default_factory=list)
    rescued: list[str] = field(default_factory=list)


def reread(store: Store, progress: Progress = silent) -> Reread:
    """Read every capture again with the present readers, replace the layers, and say what differs.

    First every capture is pointed to the document that is read from it now; then the capture that speaks for each
    document gives its layers. What a person decided stays as it is.
    """
    result, totals = Reread(), Counter[tuple[str, int]]()
    docs: set[str] = set()
    with store.writing():
        for capture, doc_id in list(store.captures()):
            progress(capture.name)
            found = read_again(store, capture)
            if found is None:
                continue
            docs |= {found.id, doc_id or found.id}
            store.repoint(capture, found.id)
            if doc_id is None:
                store.drop_reject(found.page, capture.sha256)
                result.rescued.append(found.page)
        touched: link.Touched = set()
        for doc_id in sorted(docs):
            progress(doc_id[:12])
            _replace_reading(store, doc_id, result, totals)
            touched |= touch(store, doc_id)
        link.derive(store.rows, link.DERIVATIONS, touched)
    names = sorted({name for name, _ in totals})
    result.layers = {name: (totals[name, 0], totals[name, 1]) for name in names}
    return result


def read_again(store: Store, capture: Capture) -> Document | None:
    """What a kept capture is read as now; None where it is not readable (any more) or its bytes were not kept."""
    data = store.data(capture.sha256)
    outcome = read(Page(capture, data)) if data is not None else None
    return outcome if isinstance(outcome, Document) else None


def _replace_reading(store: Store, doc_id: str, result: Reread, totals: Counter[tuple[str, int]]) -> None:
    speaks, earliest = store.speaking(doc_id)
    found = read_again(store, speaks) if speaks else None
    again = annotated(found) if found else None
    if again is None or isinstance(again, str):
        return
    doc = bounded(again, earliest)
    if not store.document_ids(doc.id):
        result.retexted.append(doc.page)
    else:
        before = store.document(doc.id)
        if before == doc:
            return
        _count_differences(before, doc, totals)
        result.changed.append(doc.page)
    store.put_document(doc)


def _count_differences(before: Document, after: Document, totals: Counter[tuple[str, int]]) -> None:
    for name in sorted(before.layers.keys() | after.layers.keys()):
        old, new = _written(before, name), _written(after, name)
        totals[name, 0] += len(old - new)
        totals[name, 1] += len(new - old)


def _written(doc: Document, name: str) -> set[str]:
    layer = doc.layers.get(name)
    return {canonical(encode(one, doc=doc.id)) for one in layer.annotations} if layer else set()
