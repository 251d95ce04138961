"""The gate fails where it must, says what to do, and says what it could not compare."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.figures import BenchError, Figure, exact, told
from bench.floors import Floor, Floors, LoweringError, Taken, raise_floors, save
from bench.gate import Row, judge
from bench.measures import Measure
from bench.room import SHARED_VARIABLE, Room

HELD = Floors({"m": "data"}, {"m": {"x": Floor(0.7, 0.8, "2025-01-01", "people .9", "higher")}}, [])


def figure(value: float) -> Figure:
    return Figure("x", value, "sampled", spread=lambda: (value - 0.1, value + 0.1))


def only(*figures: Figure, data: str | None = "data", own: str = "") -> list[Row]:
    return judge([Taken("m", figures, data)], HELD, [own])


def measure(
    take: Callable[[Room], list[Figure]], name: str = "m", *, gate: bool = True, shared: bool = False
) -> Measure:
    return Measure(name, take, 0, "a test", gate=gate, shared=("seeds",) if shared else (), anywhere=True)


def floors_at(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    save(HELD, path)
    return path


def test_at_the_floor_is_ok_and_below_it_fails() -> None:
    assert [row.verdict for row in only(figure(0.7))] == ["ok"]
    row = only(figure(0.65))[0]
    assert row.fails
    assert "m x: 0.65 is 0.05 below its floor 0.7 (reached 0.8 on 2025-01-01)" in row.message
    assert "--only m --write-floors --allow-regression" in row.message


def test_above_a_ceiling_fails() -> None:
    held = Floors({}, {"m": {"x": Floor(6.0, 3.0, "2025-01-01", "", "lower")}}, [])
    rows = judge([Taken("m", [Figure("x", 7.0, "timing", "lower")], None)], held)
    assert rows[0].fails
    assert "above its ceiling 6" in rows[0].message


def test_a_hard_limit_needs_no_floor_and_holds_on_any_data() -> None:
    rows = judge([Taken("m", [exact("lost", 1, 0, "lower")], "other data")], Floors())
    assert rows[0].fails
    assert "hard limit" in rows[0].message


def test_other_data_is_said_and_not_compared() -> None:
    row = only(figure(0.1), data="other data")[0]
    assert (row.verdict, row.fails) == ("other data", False)
    assert "not comparable" in row.message


def test_changed_bundled_pages_fail_until_their_floors_are_set_anew() -> None:
    rows = only(figure(0.9), data="other data", own="m")
    assert [row.fails for row in rows] == [False, True]
    assert "set them anew" in rows[1].message


def test_a_figure_that_is_no_longer_measured_fails() -> None:
    rows = only(told("y", 1))
    assert [(row.figure, row.verdict) for row in rows] == [("y", "told"), ("x", "gone")]


def test_a_figure_without_a_floor_passes_and_is_said() -> None:
    new = Figure("new", 1.0, "count")
    row = only(figure(0.9), new)[1]
    assert (row.verdict, row.fails) == ("no floor", False)
    assert "without a floor yet" in row.message


def test_the_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--gate", "--floors", str(floors_at(tmp_path))]
    assert main(arguments, [measure(lambda room: [figure(0.9)])]) == 0
    assert "every floor holds" in capsys.readouterr().out
    assert main(arguments, [measure(lambda room: [figure(0.6)])]) == 1
    assert "1 of 1 figures fail" in capsys.readouterr().out


def test_the_gate_leaves_out_what_is_not_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slow, quick = measure(lambda room: [figure(0.1)], gate=False), measure(lambda room: [exact("y", 1, 1)], "n")
    assert main(["--gate", "--floors", str(floors_at(tmp_path))], [slow, quick]) == 0
    assert main(["--floors", str(floors_at(tmp_path))], [slow, quick]) == 1


def test_a_run_of_nothing_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--long", "--floors", str(floors_at(tmp_path))], [measure(lambda room: [figure(0.9)])])
    assert leaving.value.code == 2


def test_own_data_without_a_floor_fails_and_others_are_said() -> None:
    new = Figure("new", 0.5, "sampled", spread=lambda: (0.4, 0.6))
    assert [row.verdict for row in judge([Taken("n", [new], None)], Floors())] == ["no floor"]
    assert [row.verdict for row in judge([Taken("n", [new], None)], Floors(), ["n"])] == ["unheld"]


def test_a_figure_that_could_not_fail_sets_no_floor_but_a_held_one_stays_held() -> None:
    nothing = Figure("x", 0.02, "sampled", spread=lambda: (0.0, 0.1))
    assert nothing.floor() is None
    assert [row.verdict for row in judge([Taken("n", [nothing], None)], Floors(), ["n"])] == ["told"]
    assert [row.verdict for row in judge([Taken("m", [nothing], "data")], HELD)] == ["below"]
    assert raise_floors(Floors(), [Taken("n", [nothing], None)], "2025-01-01").measures == {"n": {}}
    with pytest.raises(LoweringError):
        raise_floors(HELD, [Taken("m", [nothing], "data")], "2025-01-01")


def test_only_takes_one_measure_and_refuses_an_unknown_one(tmp_path: Path) -> None:
    both = [measure(lambda room: [figure(0.9)]), measure(lambda room: [exact("x", 0, 1)], "n")]
    arguments = ["--floors", str(floors_at(tmp_path))]
    assert main([*arguments, "--only", "m"], both) == 0
    assert main([*arguments, "--only", "n"], both) == 1
    with pytest.raises(SystemExit) as leaving:
        main([*arguments, "--only", "nothing"], both)
    assert leaving.value.code == 2


def test_a_measure_that_breaks_fails_and_the_others_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(room: Room) -> list[Figure]:
        raise BenchError("`tocsin read` ended with 1")

    both = [measure(broken, "n"), measure(lambda room: [figure(0.9)])]
    assert main(["--floors", str(floors_at(tmp_path))], both) == 1
    said = capsys.readouterr().out
    assert "n: could not be measured: BenchError: `tocsin read` ended with 1" in said
    assert "0.9000" in said


def test_without_shared_its_measures_are_skipped_and_the_rest_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path / "nowhere"))
    needs = measure(lambda room: [exact("y", 0, 1)], "n", shared=True)
    arguments = ["--gate", "--floors", str(floors_at(tmp_path))]
    assert main(arguments, [needs, measure(lambda room: [figure(0.9)])]) == 0
    assert "some measures were skipped: ../shared is absent" in capsys.readouterr().out
    assert main(arguments, [needs, measure(lambda room: [figure(0.6)])]) == 1


def test_writing_floors_refuses_to_lower_and_leaves_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = floors_at(tmp_path)
    before = path.read_bytes()
    worse = [measure(lambda room: [figure(0.65)])]
    assert main(["--floors", str(path), "--write-floors"], worse) == 1
    assert "would be lowered" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert main(["--floors", str(path), "--write-floors", "--allow-regression", "a rule was unsound"], worse) == 0
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["measures"]["m"]["x"]["floor"] == 0.55
    assert found["lowered"][0]["reason"] == "a rule was unsound"


def test_a_missing_file_of_floors_fails_and_writing_makes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    good = [measure(lambda room: [figure(0.9)])]
    assert main(["--gate", "--floors", str(path)], good) == 1
    assert "--write-floors" in capsys.readouterr().err
    assert main(["--floors", str(path), "--write-floors"], good) == 0
    assert main(["--gate", "--floors", str(path)], good) == 0


def test_a_reason_without_writing_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--allow-regression", "why"], [])
    assert leaving.value.code == 2


def test_json_is_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "--floors", str(floors_at(tmp_path))], [measure(lambda room: [figure(0.6)])]) == 1
    found = json.loads(capsys.readouterr().out)
    row = found["rows"][0]
    assert (row["measure"], row["figure"], row["value"], row["floor"], row["verdict"]) == ("m", "x", 0.6, 0.7, "below")
    assert list(found["seconds"]) == ["m"]
