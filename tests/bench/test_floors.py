"""Floors rise by themselves and sink only with a reason that stays listed."""

from pathlib import Path

import pytest

from bench.figures import BenchError, Figure, told
from bench.floors import Floor, Floors, LoweringError, Taken, load, raise_floors, round_away, save

OLD = Floors({"m": "old data"}, {"m": {"x": Floor(0.7, 0.8, "2025-01-01", "anchor", "higher")}}, [])


def taken(value: float, low: float, data: str = "old data") -> list[Taken]:
    return [Taken("m", [Figure("x", value, "sampled", spread=lambda: (low, 1.0)), told("y", 1)], data)]


def test_a_better_run_raises_a_floor() -> None:
    new = raise_floors(OLD, taken(0.9, 0.75), "2025-02-02")
    assert new.measures["m"] == {"x": Floor(0.75, 0.9, "2025-02-02", "", "higher")}
    assert OLD.measures["m"]["x"].floor == 0.7


def test_a_run_that_holds_keeps_a_floor_above_its_own_lower_end() -> None:
    new = raise_floors(OLD, taken(0.72, 0.6), "2025-02-02")
    assert (new.measures["m"]["x"].floor, new.measures["m"]["x"].reached) == (0.7, 0.72)


def test_lowering_without_a_reason_is_refused() -> None:
    with pytest.raises(LoweringError, match=r"m x 0\.7 → 0\.55.*--allow-regression"):
        raise_floors(OLD, taken(0.65, 0.55), "2025-02-02")
    with pytest.raises(LoweringError):
        raise_floors(OLD, taken(0.65, 0.55), "2025-02-02", "   ")


def test_other_data_is_no_way_round_a_reason() -> None:
    with pytest.raises(LoweringError):
        raise_floors(OLD, taken(0.65, 0.55, "new data"), "2025-02-02")


def test_lowering_with_a_reason_is_recorded() -> None:
    new = raise_floors(OLD, taken(0.65, 0.55, "new data"), "2025-02-02", "the gold was corrected")
    assert new.measures["m"]["x"].floor == 0.55
    assert new.data == {"m": "new data"}
    only = new.lowered[0]
    assert (only.figure, only.before, only.to, only.reason) == ("x", 0.7, 0.55, "the gold was corrected")


def test_with_a_reason_a_timing_near_its_floor_is_set_anew_even_where_it_holds() -> None:
    rate, peak = Floor(5.0, 25.0, "2025-01-01", "", "higher"), Floor(40.0, 8.0, "2025-01-01", "", "lower")
    old = Floors({}, {"m": {"pages": rate, "peak": peak}}, [])
    ran = [Taken("m", [Figure("pages", 6.0, "timing"), Figure("peak", 9.0, "timing", "lower")], None)]
    assert raise_floors(old, ran, "2025-02-02").measures["m"]["pages"].floor == 5.0
    new = raise_floors(old, ran, "2025-02-02", "a model reads now")
    assert {name: one.floor for name, one in new.measures["m"].items()} == {"pages": 1.2, "peak": 40.0}
    assert [(one.before, one.to) for one in new.lowered] == [(5.0, 1.2)]


def test_a_figure_dropped_needs_a_reason_too() -> None:
    gone = [Taken("m", [], "old data")]
    with pytest.raises(LoweringError, match="no longer measured"):
        raise_floors(OLD, gone, "2025-02-02")
    new = raise_floors(OLD, gone, "2025-02-02", "merged into y")
    assert new.measures["m"] == {}
    assert new.lowered[0].to is None


def test_measures_that_did_not_run_keep_their_floors() -> None:
    other = [Taken("n", [Figure("z", 10, "count")], None)]
    new = raise_floors(OLD, other, "2025-02-02")
    assert new.measures["m"] == OLD.measures["m"]
    assert new.measures["n"]["z"].floor == 9
    assert new.data == {"m": "old data"}


def test_floors_come_back_from_their_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    floors = raise_floors(OLD, taken(0.65, 0.55), "2025-02-02", "why")
    save(floors, path)
    assert load(path) == floors
    assert load(tmp_path / "none.json", missing_ok=True) == Floors()
    with pytest.raises(BenchError, match="missing"):
        load(tmp_path / "none.json")


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(BenchError, match="format 99"):
        load(path)


@pytest.mark.parametrize(
    ("value", "up", "down"),
    [(0.12345, 0.1234, 0.1235), (0.12341, 0.1234, 0.1235), (0.5, 0.5, 0.5), (2 / 3, 0.6666, 0.6667)],
)
def test_a_figure_passes_the_floor_that_it_set(value: float, up: float, down: float) -> None:
    assert round_away(value, "higher") == up <= value
    assert round_away(value, "lower") == down >= value
