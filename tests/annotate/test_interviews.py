"""Turns of interviews."""

import time

from tocsin.annotate.interviews import turns
from tocsin.core.document import Capture, Document, Label, Line

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def page(*lines: str | tuple[Label, str]) -> Document:
    out, start = [], 0
    for one in lines:
        label, line = one if isinstance(one, tuple) else ("body", one)
        out.append(Line(start, start + len(line), label))
        start += len(line) + 1
    return Document.of("\n".join(one[1] if isinstance(one, tuple) else one for one in lines), CAPTURE, tuple(out))


def told(doc: Document) -> list[tuple[str, list[str]]]:
    return [(doc.text[slice(*one.who)], [doc.text[slice(*words)] for words in one.words]) for one in turns(doc)]


DIALOGUE = (
    "A. Ost: What did he ask of you?",
    "00:52 P. Dahl: There is nothing to hide. He said: stay.",
    "And we stayed.",
    "A. Ost: Will you go in?",
    "P. DAHL: No. I like a procedure.",
    "P. Dahl: Not without a paper.",
)


def test_turns_with_the_lines_behind_them() -> None:
    assert told(page("The studio was cold.", *DIALOGUE)) == [
        ("A. Ost", ["What did he ask of you?"]),
        ("P. Dahl", ["There is nothing to hide. He said: stay.", "And we stayed."]),
        ("A. Ost", ["Will you go in?"]),
        ("P. DAHL", ["No. I like a procedure."]),
        ("P. Dahl", ["Not without a paper."]),
    ]


def test_a_subhead_ends_a_turn_and_a_blank_line_does_not() -> None:
    doc = page(*DIALOGUE[:2], "", "And we stayed.", ("subhead", "On the treaty"), "The studio was cold.", *DIALOGUE[3:])
    assert told(doc)[1][1] == ["There is nothing to hide. He said: stay.", "And we stayed."]


def test_lists_headings_and_one_name_are_no_dialogue() -> None:
    assert turns(page("Ost: 1,812", "Dahl: 904", "Ost: 12", "Dahl: 13", "Ost: 1")) == ()
    assert turns(page(*[f"Note: that was day {day} of the march" for day in range(6)])) == ()
    assert turns(page(*DIALOGUE[:2])) == ()
    assert turns(page("Port: it was shut", "Mill: it was open", "Gate: it was ajar", "Yard: it was bare")) == ()


def test_hostile_pages_take_linear_time() -> None:
    began = time.perf_counter()
    turns(page("Ost: " * 200_000))
    turns(page(*["Ost: he said"] * 25_000, *["Dahl: she said"] * 25_000))
    turns(page("Ost: he said", *["a b"] * 50_000))
    assert time.perf_counter() - began < 10
