"""Quotations on one line: every ⟦bracketed⟧ piece is one; a piece that ends in ⟦…¦ stays open."""

import re
import time

import pytest

from tocsin.annotate.quotes import quotes
from tocsin.core.document import Line


def found(text: str) -> list[tuple[str, bool]]:
    return [(text[q.start : q.end], q.open) for q in quotes(text, Line(0, len(text), "body"))]


@pytest.mark.parametrize(
    "marked",
    [
        "⟦“We left,”⟧ he said. ⟦“Then we came back.”⟧",
        '⟦"We left,"⟧ he said. ⟦"Then we came back."⟧',
        "⟦''We left,''⟧ he said.",
        "He said ⟦«nous partons»⟧ to them.",
        "He said: ⟦'We left for good.'⟧",
        "The workers' union and the town's mayor left.",
        "He said ⟦“we don’t have the ‘little boats’ here”⟧ again.",
        "⟦“We left,“⟧ said the mayor, as if it were closed.",
        'It was 5" long',
    ],
)
def test_pairs(marked: str) -> None:
    want = [(piece, False) for piece in re.findall(r"⟦(.*?)⟧", marked)]
    text = re.sub(r"[⟦⟧]", "", marked)
    assert [pair for pair in found(text) if not pair[1]] == want


def test_an_unclosed_quotation_runs_to_the_end_of_its_line() -> None:
    assert found("He said: “We left. We came back.") == [("“We left. We came back.", True)]


@pytest.mark.parametrize("piece", ["“", '"', "'a ", "“a” ", "''"])
def test_hostile_lines_take_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.perf_counter()
    found(text)
    assert time.perf_counter() - began < 10
