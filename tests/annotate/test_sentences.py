"""Sentences on hand-made lines: every [bracketed] piece is one."""

import re
import time

import pytest

from tocsin.annotate.sentences import SENTENCES, split
from tocsin.core.document import Capture, Document, Line

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def check(marked: str) -> None:
    want = re.findall(r"⟦(.*?)⟧", marked)
    text = re.sub(r"[⟦⟧]", "", marked)
    assert [text[a:b] for a, b in split(text, 0, len(text))] == want


@pytest.mark.parametrize(
    "marked",
    [
        "⟦The ferry left.⟧ ⟦Nobody waved.⟧",
        "⟦Gen. A. B. Orlov met Mr. Dahl of the U.S. Senate on Aug. 9.⟧ ⟦He left at 5 p.m. on a train.⟧",
        "⟦He lives in the U.S.⟧ ⟦The others do not.⟧",
        "⟦It cost 3.5 million, No. 5 on the list.⟧ ⟦No.⟧ ⟦They said no.⟧",
        "⟦“We did it.⟧ ⟦And we will again,” he said.⟧ ⟦“Soon.”⟧",
        "⟦“Will they come?” Orlova asked.⟧ ⟦Nobody knew.⟧",
        "⟦“Will they come?” she asked.⟧ ⟦“Never!” said the mayor.⟧",
        "⟦'Who did it?'⟧ ⟦The town wants to know.⟧",
        '⟦He said: "Go home."⟧ ⟦"never" is not a plan, he thinks.⟧',
        "⟦We talked with the president...⟧ ⟦We agreed.⟧",
        "⟦We ... agreed on it.⟧",
        "⟦He left (as he had said.)⟧ ⟦They stayed.⟧",
        "⟦«Nous partons.»⟧ ⟦They left.⟧",
        "⟦It failed.[12]⟧ ⟦It failed again.⟧",
        "  ⟦1. Go to the port.⟧  ",
        "⟦Visit example.org for more.⟧",
    ],
)
def test_splits(marked: str) -> None:
    check(marked)


def test_never_across_lines_and_only_read_labels() -> None:
    text = "Port closed\n\nThe port is\nclosed. It rains.\nMenu here."
    lines = (Line(0, 11, "headline"), Line(12, 12, "other"), Line(13, 24, "body"), Line(25, 42, "body"))
    doc = Document.of(text, CAPTURE, (*lines, Line(43, 53, "navigation")))
    layer = SENTENCES(doc)
    assert [(doc[s.span], s.label) for s in layer.annotations] == [
        ("Port closed", "headline"),
        ("The port is", "body"),
        ("closed.", "body"),
        ("It rains.", "body"),
    ]
    assert (layer.name, layer.version) == ("sentences", "sentences/1")


@pytest.mark.parametrize("piece", [".", "e.g. ", "A. ", '". ', "“", "a ", "1. ", "? “a", ". "])
def test_hostile_lines_take_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.perf_counter()
    split(text, 0, len(text))
    assert time.perf_counter() - began < 10
