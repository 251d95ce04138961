"""The annotators over one document: all stages, what they write, and the rows that follow from them."""

from dataclasses import replace

from fuzz.laws import demand, spans_lie
from fuzz.reading import capture_of, dice
from fuzz.shape import TEXT_JOINTS, Shape
from fuzz.target import Target
from tocsin.api import reading
from tocsin.api.verifying import quotes
from tocsin.core.codec import decode, encode
from tocsin.core.document import Document, Label, Line
from tocsin.core.ids import canonical
from tocsin.link import readings
from tocsin.pipeline import annotate
from tocsin.read.labels import label_lines
from tocsin.read.plain import read_plain
from tocsin.store.store import LAYER_TYPES

LENT: tuple[Label, ...] = ("headline", "standfirst", "body", "body", "body", "body", "subhead", "caption", "notice")


def run(data: bytes) -> bytes:
    """Annotate `data` as an English page, half of the time with labels drawn by lot."""
    text = data.decode("utf-8", "replace")
    if not text:
        return b""
    doc = replace(read_plain(text, capture_of(data, "text/plain")), language="en")
    rng = dice(data)
    if rng.random() < 0.5:
        lent = tuple(Line(one.start, one.end, rng.choice(LENT)) for one in label_lines(text))
        doc = replace(doc, lines=lent)
    doc = annotate(doc)
    spans_lie(doc)
    for name, layer in doc.layers.items():
        for one in layer.annotations:
            back = decode(LAYER_TYPES[name], encode(one, doc=doc.id), doc=doc.id)
            demand(back == one, f"layer {name} is not what its own JSON says")
    _check_ids(doc)
    rows = readings(doc, ())
    for row in rows:
        if "span" in row.data:
            demand(quotes(row.data, text), f"{row.kind} {row.id} does not quote its page")
    shown = reading(doc, with_text=True)
    return canonical([shown, [[row.kind, row.id, row.data] for row in rows]]).encode()


def _check_ids(doc: Document) -> None:
    said = {one.id for one in doc.layers["attributions"].annotations}
    for one in doc.layers["attributions"].annotations:
        demand(one.content, "an attribution without content")
        demand(one.within is None or one.within in said, "an attribution within one that is not there")
        demand(one.within != one.id, "an attribution within itself")
    for one in doc.layers["reports"].annotations:
        demand(one.hops and one.content, "a report without hops or content")
    for one in doc.layers["commitments"].annotations:
        demand(one.action, "a commitment without an action")
        demand(one.told_in is None or one.told_in in said, "a commitment told in an attribution that is not there")
        demand(0 <= one.confidence <= 1, f"a confidence of {one.confidence}")


MOST = 16_384
"""Bytes of one input: a flood of cue words costs 0.1 ms of processor time a byte, ten times an honest page's."""
TARGET = Target("annotate", "the annotators over a document", run, Shape(TEXT_JOINTS, "text"), ("*.txt",), MOST)
