"""The printed table."""

import pytest

from bench.gate import Row
from bench.table import number, table

ROWS = [
    Row("seeds", "body_f1", 0.99, 0.97, "issue 0.97", "ok"),
    Row("seeds", "labels", 0.8, 0.85, "", "below", "seeds labels: …"),
    Row("start", "help_ratio", 3.25, 6.0, "issue 6", "ok"),
    Row("flat", "", None, None, "", "skipped", "flat: skipped"),
]


def test_columns_are_aligned_under_their_heads() -> None:
    assert table(ROWS).split("\n") == [
        "figure        reached   floor  anchor",
        "SEEDS",
        "  body_f1      0.9900  0.9700  issue 0.97  ok",
        "  labels       0.8000  0.8500              BELOW",
        "START",
        "  help_ratio      3.2       6  issue 6     ok",
        "FLAT",
        "                                           skipped",
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, ""), (0.0, "0.0000"), (1.0, "1.0000"), (3400.0, "3,400"), (22067.7, "22,067.7"), (2.5, "2.5")],
)
def test_numbers(value: float | None, said: str) -> None:
    assert number(value) == said
