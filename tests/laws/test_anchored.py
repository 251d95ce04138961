"""Anchored: whatever the machine asserts leads to exact words of a page, and what was tampered with is found."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casework import grant, law, wishes
from tocsin.api import read_pages, reading
from tocsin.api.case import Case
from tocsin.api.verifying import verify_output
from tocsin.core.document import Document
from tocsin.core.rows import Row
from tocsin.core.spans import Span
from tocsin.core.when import stamp
from tocsin.errors import TocsinError
from worlds import MOMENTS, World, a_case, fill, folder, laid, worlds

pytestmark = pytest.mark.slow

SPANNED = ("source", "cue", "content")
Pair = list[int]


def spans_of(value: Any) -> Iterator[Span]:
    """Every span inside a value, however deep."""
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_of(getattr(value, field.name))
    elif isinstance(value, tuple | frozenset):
        for one in value:
            yield from spans_of(one)


def words(doc: Document, pairs: list[Pair]) -> str:
    """The words at some ranges, cut out of the text by hand."""
    assert all(0 <= start < end <= len(doc.text) for start, end in pairs)
    return " … ".join(doc.text[start:end] for start, end in pairs)


@law
@given(worlds(), st.lists(wishes("accept", "correct"), max_size=1))
def test_every_span_and_row_is_exact_words_of_its_page(world: World, wanted: list[Any]) -> None:
    with folder() as root, a_case(root) as case:
        paths = laid(root, world)
        fill(case, world, paths)
        for wish in wanted:
            grant(case, wish)
        docs = {one.id: case.document(one.id) for one in case.documents()}
        for doc in docs.values():
            check_document(doc)
        for kind in ("claim", "telling", "name"):
            for row in case.store.rows.of_kind(kind):
                check_row(docs[row.data["doc"]], row)
        for kind, part, said in (("statement", "claim", "text"), ("commitment", "telling", "action")):
            members = {row.id: row.data[said] for row in case.store.rows.of_kind(part)}
            assert all(row.data[said] in map(members.get, row.data["members"]) for row in case.store.rows.of_kind(kind))
        assert case.verify() == []
        case.brief(full_text=True)  # which refuses words that do not stand where it says
        check_outputs(case, root, paths)


def check_document(doc: Document) -> None:
    """Lines and layers stand on the text, and every character stands in a line or ends one."""
    last = 0
    for line in doc.lines:
        assert last <= line.start <= line.end
        assert not doc.text[last : line.start].strip()
        last = line.end
    assert not doc.text[last:].strip()
    for layer in doc.layers.values():
        for span in spans_of(layer.annotations):
            assert span.doc == doc.id
            assert 0 <= span.start < span.end <= len(doc.text)
            assert doc[span] == doc.text[span.start : span.end]


def check_row(doc: Document, row: Row) -> None:
    """Every word that a row quotes stands where it says."""
    data = row.data
    if row.kind == "name":
        assert all(words(doc, [pair]) for pair in data["spans"])
        return
    start, end = data["span"]
    assert data["text"] == words(doc, [[start, end]])
    assert data["prefix"] == doc.text[max(0, start - 32) : start]
    assert data["suffix"] == doc.text[end : end + 32]
    assert all(words(doc, hop["spans"]) or not hop["spans"] for hop in data["hops"])
    if row.kind == "claim":
        assert all(words(doc, data[name]) or not data[name] for name in SPANNED)
        assert any(left <= start and end <= right for left, right in data["content"])
        return
    assert data["action"] == words(doc, data["commitment"]["action"])
    for condition in data["conditions"]:
        assert condition["text"] == words(doc, condition["spans"])
    for name in ("target", "instrument", "deadline"):
        assert (data[name] or "") == words(doc, data["commitment"].get(name, []))
    assert data["hedges"] == [words(doc, [pair]) for pair in data["commitment"].get("hedges", [])]


def check_outputs(case: Case, root: Path, paths: list[Path]) -> None:
    """What was written out is verified too."""
    out = root / "out.jsonl"
    out.write_text("".join(case.export("jsonl")), encoding="utf-8")
    assert verify_output(out, case) == []
    readings = [
        reading(one, with_text=True) for one in read_pages(*paths, taken=stamp(MOMENTS[2])) if isinstance(one, Document)
    ]
    out.write_text("".join(f"{json.dumps(one)}\n" for one in readings), encoding="utf-8")
    assert verify_output(out, None) == []


TARGETS = (
    "text",
    "bytes",
    "lines",
    "metadata",
    "index",
    "layer",
    "layer",
    "layer",
    "row",
    "member",
    "decision",
    "decision",
)


@law
@given(worlds(most=1, readable=True), wishes("accept", "reject", "correct"), st.sampled_from(TARGETS), st.data())
def test_what_is_tampered_with_is_found(world: World, wish: Any, target: str, data: st.DataObject) -> None:
    with folder() as root, a_case(root) as case:
        fill(case, world, laid(root, world))
        if target == "decision":
            grant(case, wish)
        with case.store.writing():
            assume(TAMPER[target](case, data))
        assert found_out(case)


def found_out(case: Case) -> bool:
    """Whether verify says that something is wrong."""
    try:
        return bool(case.verify())
    except TocsinError:
        return True


def one_of(case: Case, data: st.DataObject, sql: str) -> tuple[Any, ...]:
    """Any row of a query; rejects the example where there is none."""
    found = case.store._db.execute(sql).fetchall()
    assume(found)
    return tuple(data.draw(st.sampled_from(found)))


def nudged(value: Any, data: st.DataObject) -> bool:
    """Move one end of one span somewhere inside `value` by one."""
    pairs: list[Pair] = []
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            pending.extend(one[name] for name in sorted(one))
        elif isinstance(one, list) and len(one) == 2 and all(type(part) is int for part in one):
            pairs.append(one)
        elif isinstance(one, list):
            pending.extend(one)
    if not pairs:
        return False
    pair, end = data.draw(st.sampled_from(pairs)), data.draw(st.integers(0, 1))
    pair[end] += data.draw(st.sampled_from((1, -1)))
    return True


def tamper_text(case: Case, data: st.DataObject) -> bool:
    doc, text = one_of(case, data, "SELECT id, text FROM document ORDER BY id")
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("xX \u00a0é").filter(lambda one: one != text[at]))
    case.store._db.execute("UPDATE document SET text = ? WHERE id = ?", (text[:at] + other + text[at + 1 :], doc))
    return True


def tamper_bytes(case: Case, data: st.DataObject) -> bool:
    sha256, packed = one_of(case, data, "SELECT sha256, bytes FROM blob ORDER BY sha256")
    raw = bytearray(zlib.decompress(packed))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    case.store._db.execute("UPDATE blob SET bytes = ? WHERE sha256 = ?", (zlib.compress(bytes(raw)), sha256))
    return True


def tamper_lines(case: Case, data: st.DataObject) -> bool:
    doc, said = one_of(case, data, "SELECT id, data FROM document ORDER BY id")
    value = json.loads(said)
    line, name = data.draw(st.sampled_from(value["lines"])), data.draw(st.sampled_from(("start", "end")))
    line[name] = line.get(name, 0) + data.draw(st.sampled_from((1, -1)))
    case.store._db.execute("UPDATE document SET data = ? WHERE id = ?", (json.dumps(value), doc))
    return True


def tamper_metadata(case: Case, data: st.DataObject) -> bool:
    doc, said = one_of(case, data, "SELECT id, data FROM document ORDER BY id")
    value = json.loads(said)
    name = data.draw(st.sampled_from(("title", "outlet", "byline", "language", "published")))
    value[name] = {"earliest": "1999-01-01", "latest": "1999-01-01"} if name == "published" else "forged"
    case.store._db.execute("UPDATE document SET data = ? WHERE id = ?", (json.dumps(value), doc))
    return True


def tamper_index(case: Case, data: st.DataObject) -> bool:
    number, doc, start, stop = one_of(case, data, "SELECT n, doc, start, stop FROM line ORDER BY n")
    (text,) = case.store._db.execute("SELECT text FROM document WHERE id = ?", (doc,)).fetchone()
    if data.draw(st.booleans()):
        assume(any(one.isalnum() for one in text[start:stop]))
        gone = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
        case.store._db.execute(gone, (number, text[start:stop]))
    else:
        case.store._db.execute("INSERT INTO words (rowid, text) VALUES (?, 'forged')", (number,))
    return True


def tamper_layer(case: Case, data: st.DataObject) -> bool:
    doc, name, packed = one_of(case, data, "SELECT doc, name, data FROM layer ORDER BY doc, name")
    value = json.loads(zlib.decompress(packed))
    if not nudged(value, data):
        return False
    packed = zlib.compress(json.dumps(value).encode())
    case.store._db.execute("UPDATE layer SET data = ? WHERE doc = ? AND name = ?", (packed, doc, name))
    return True


def tamper_row(case: Case, data: st.DataObject) -> bool:
    stage, key, row_id, said = one_of(case, data, "SELECT stage, key, id, data FROM row ORDER BY stage, key, id")
    value = json.loads(said)
    if data.draw(st.booleans()) or not nudged(value, data):
        name = data.draw(st.sampled_from(sorted(value)))
        value[name] = "forged"
    sql = "UPDATE row SET data = ? WHERE stage = ? AND key = ? AND id = ?"
    case.store._db.execute(sql, (json.dumps(value), stage, key, row_id))
    return True


def tamper_member(case: Case, data: st.DataObject) -> bool:
    stage, key, row_id = one_of(case, data, "SELECT stage, key, id FROM row ORDER BY stage, key, id")
    sql = "DELETE FROM row WHERE stage = ? AND key = ? AND id = ?"
    case.store._db.execute(sql, (stage, key, row_id))
    return True


def tamper_decision(case: Case, data: st.DataObject) -> bool:
    decision, said = one_of(case, data, "SELECT id, data FROM decision ORDER BY n")
    value = json.loads(said)
    where = data.draw(st.sampled_from(("spans", "exact", "prefix", "suffix", "act", "by", "value")))
    if where == "spans" and not nudged(value["anchor"]["spans"], data):
        return False
    if where in ("exact", "prefix", "suffix"):
        value["anchor"][where] = "x" + value["anchor"][where]
    elif where == "by":
        value["by"] = "eve"
    elif where == "act":
        value["act"] = "reject" if value["act"] == "accept" else "accept"
    elif where == "value" and not nudged(value["value"], data):
        return False
    # whoever can write to the file can take the guard away, and put it back
    (guard,) = case.store._db.execute("SELECT sql FROM sqlite_schema WHERE name = 'decision_stays'").fetchone()
    case.store._db.execute("DROP TRIGGER decision_stays")
    case.store._db.execute("UPDATE decision SET data = ? WHERE id = ?", (json.dumps(value), decision))
    case.store._db.execute(guard)
    return True


TAMPER = {
    "text": tamper_text,
    "bytes": tamper_bytes,
    "lines": tamper_lines,
    "metadata": tamper_metadata,
    "index": tamper_index,
    "layer": tamper_layer,
    "row": tamper_row,
    "member": tamper_member,
    "decision": tamper_decision,
}
