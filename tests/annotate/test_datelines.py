"""Datelines on invented lines."""

import time

import pytest

from tocsin.annotate.datelines import dateline
from tocsin.core.document import Line

REST = "The port of Velta will close."


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        ("LODVA (Reuters) - ", "Reuters"),
        ("LODVA, Karduvia (AP) — ", "AP"),
        ("Lodva, 12 August (Interfax) – ", "Interfax"),
        ("Oct 27 (Interfax) - ", "Interfax"),
        ("LODVA, August 16. /TASS/. ", "TASS"),
        ("LODVA (Veltpress) — ", "Veltpress"),
        ("LODVA — ", None),
        ("LODVA, Karduvia -- ", None),
        ("CAIRO: ", None),
    ],
)
def test_dateline(head: str, agency: str | None) -> None:
    text = head + REST
    found = dateline(text, Line(0, len(text), "body"))
    assert found is not None
    assert text[found.end :] == REST
    assert (text[slice(*found.agency)] if found.agency else None) == agency


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Guard (HG) — " + REST,
        "ORLOVA: We will close the port when it rains.",
        "The guard (see above) - and the port - closed.",
        "LODVA — but not Velta, which closed the port.",
        "LODVA (Reuters) -",
    ],
)
def test_no_dateline(text: str) -> None:
    assert dateline(text, Line(0, len(text), "body")) is None


@pytest.mark.parametrize("piece", ["A", "A ", "AB, ", "Aa ", "A/", "(A", "Oct 1 ", "/A"])
def test_hostile_heads_cost_little(piece: str) -> None:
    text = piece * 60
    begun = time.perf_counter()
    for _ in range(1000):
        dateline(text, Line(0, len(text), "body"))
    assert time.perf_counter() - begun < 5
