"""The gate catches planted faults: one broken rule a layer, in a copy of the tree, and a floor must fail by it."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bench.room import ROOT, SHARED_VARIABLE

pytestmark = pytest.mark.slow

FAULTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "faults.toml").read_text("utf-8"))["fault"]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a bench run needs."""
    copy = tmp_path_factory.mktemp("tree")
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in ("src", "bench", "fuzz"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    return copy


def bench(tree: Path, only: list[str]) -> tuple[int, list[dict[str, Any]]]:
    """A run over the bundled pages alone: its exit code and the rows that fail."""
    names = [part for name in only for part in ("--only", name)]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), SHARED_VARIABLE: str(tree / "nowhere")}
    command = [sys.executable, "-m", "bench", "--json", *names]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    rows = json.loads(done.stdout)["rows"]
    return done.returncode, [row for row in rows if row["verdict"] in ("below", "gone", "failed")]


def test_there_are_ten_faults_and_more_each_of_a_layer_of_its_own() -> None:
    assert len({one["layer"] for one in FAULTS}) == len(FAULTS) >= 10


def test_the_gate_holds_where_nothing_is_broken(tree: Path) -> None:
    measures = sorted({name for one in FAULTS for name in one["only"]})
    assert bench(tree, measures) == (0, [])


@pytest.mark.parametrize("fault", FAULTS, ids=[one["layer"] for one in FAULTS])
def test_the_gate_catches(fault: dict[str, Any], tree: Path) -> None:
    broken = tree / "src" / "tocsin" / fault["file"]
    whole = broken.read_text("utf-8")
    try:
        broken.write_text(f"{whole}\n\n{fault['code']}\n", "utf-8")
        code, failing = bench(tree, fault["only"])
    finally:
        broken.write_text(whole, "utf-8")
    assert code == 1
    named = {row["figure"] for row in failing}
    assert named & set(fault["figures"]), named
    for row in failing:
        assert row["message"]
