"""Forms that look like a saying and are none, on invented sentences."""

import pytest

from tocsin.annotate.attributions import ATTRIBUTIONS
from tocsin.annotate.cues import table
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.document import Capture, Document, Line

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def found(text: str) -> list[tuple[str, str]]:
    """(source, cue) of each attribution of a page of one line."""
    doc = Document.of(text, CAPTURE, (Line(0, len(text), "body"),))
    doc = doc.with_layer(SENTENCES(doc))
    doc = doc.with_layer(ATTRIBUTIONS(doc))
    return [(doc.words(a.source), doc.words(a.cue)) for a in doc.layer("attributions").annotations]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Velta must first withdraw its boats and the talks go on.", []),
        ("The garrison will seize a ship if the port is closed.", []),
        ("Orlova would say that the port was closed.", [("Orlova", "would say")]),
        ("The port opens on 1 September provided all the boats are removed.", []),
        ("Velta gave both until Sunday to reply, failing which the talks end.", []),
        ("The news came after three hours said the port was shut.", []),
        ("The banners saying the port must close were large.", [("The banners", "saying")]),
        ("Tags: port, army and who the boats belong to", []),
        ("PHOTO: The guard boats circle the port", []),
        ("LODVA: The port is closed and the boats are gone", [("LODVA", "")]),
        ("CAIRO: The port is closed and the boats are gone", []),
        ("President Anna Orlova: “We will not close the port.”", [("President Anna Orlova", "")]),
        ("Poland: We will not close the port", [("Poland", "")]),
    ],
)
def test_vetoes(text: str, want: list[tuple[str, str]]) -> None:
    assert [(source, cue) for source, cue in found(text) if source in {s for s, _ in want} or not want] == want


def test_a_form_that_a_verb_hardly_has_counts_less_than_its_shape() -> None:
    known = table()
    assert known.rate("impose", "clause") < known.shapes["clause"] / 2
    assert known.rate("consider", "that") == known.rate("think", "that")
