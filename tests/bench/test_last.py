"""The page of figures is made from what was kept, and keeps what a partial run did not take."""

import json
from pathlib import Path

import pytest

from bench.figures import BenchError
from bench.gate import Row
from bench.last import LAST, PAGE, keep, load, page


def row(measure: str, value: float | None) -> Row:
    return Row(measure, "x", value, 0.5, "people .9", "ok")


def test_the_committed_page_is_what_the_figures_make() -> None:
    assert PAGE.read_text("utf-8") == page(load(LAST))


def test_a_run_keeps_what_others_took(tmp_path: Path) -> None:
    path = tmp_path / "last.json"
    keep([row("seeds", 0.8), row("start", 2.0)], "2025-01-01", path)
    keep([row("seeds", 0.9), row("html", None)], "2025-01-02", path)
    kept = load(path)
    assert {name: (one["date"], one["figures"][0][1]) for name, one in kept.items()} == {
        "seeds": ("2025-01-02", 0.9),
        "start": ("2025-01-01", 2.0),
    }
    shown = page(kept)
    assert "| x | 0.9000 | 0.5000 | people .9 |" in shown
    assert "Measured on 2025-01-02." in shown


def test_a_measure_that_there_is_no_more_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "last.json"
    path.write_text(json.dumps({"gone": {"date": "2025-01-01", "figures": []}}))
    keep([row("seeds", 0.8)], "2025-01-02", path)
    assert list(load(path)) == ["seeds"]


def test_without_figures_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="write-last"):
        load(tmp_path / "last.json")
