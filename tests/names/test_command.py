"""`tocsin names`: one pair, many pairs, and what it does not load."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tocsin.cli import run


def test_one_pair(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["names", "Marta Orlova", "Орлова Марта", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said.keys() == {"a", "b", "score", "same", "reasons"}
    assert said["same"] is True


def test_pairs_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text('a,b\nMarta Orlova,Maria Orlova\n"Orlova, Marta",Marta Orlova\n', encoding="utf-8")
    assert run(["names", "--file", str(file), "--json"]) == 0
    assert [json.loads(line)["same"] for line in capsys.readouterr().out.splitlines()] == [False, True]
    file.write_text('{"a": "NATO", "b": "OTAN", "kind": "organisation"}\n', encoding="utf-8")
    assert run(["names", "--file", str(file)]) == 0
    assert "same" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["names"], ["names", "A"], ["names", "A", "B", "--file", "x"]])
def test_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert "two names" in capsys.readouterr().err


def test_a_bad_pair_is_named_by_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"a": "x", "b": "y"}\n{"a": 1}\n', encoding="utf-8")
    assert run(["names", "--file", str(file)]) == 2
    assert "pairs.jsonl:2" in capsys.readouterr().err


def test_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; from tocsin.cli import run; run(['names', 'Марта', 'Marta', '--json']);"
        "print([one for one in ('numpy', 'onnxruntime', 'lxml', 'sqlite3', 'tocsin.pipeline') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
