"""`tocsin times`: found times and given spans, from plain pages and from records."""

import json
from pathlib import Path
from typing import Any

import pytest

from tocsin.cli import run

TEXT = "They met last Tuesday and will meet in March."


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert run(["times", "--json", *arguments]) == 0
    return [json.loads(one) for one in capsys.readouterr().out.splitlines()]


def values(answer: dict[str, object]) -> list[tuple[str, str, str]]:
    times = answer["times"]
    assert isinstance(times, list)
    return [(one["text"], one["type"], one["value"]) for one in times]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "p.txt"
    path.write_text(TEXT + "\n", encoding="utf-8")
    return path


def test_times_are_found(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (answer,) = ask(capsys, "--reference", "1998-02-13", str(page))
    assert (answer["page"], answer["reference"]) == ("p.txt", "1998-02-13")
    assert values(answer) == [("last Tuesday", "DATE", "1998-02-10"), ("March", "DATE", "1998-03")]
    first: dict[str, Any] = answer["times"][0]  # type: ignore[index]
    assert first["when"]["earliest"] == first["when"]["latest"] == "1998-02-10"
    assert first["when"]["reasons"]


@pytest.mark.parametrize(
    "spans",
    [
        "[[9, 21], [0, 4]]",
        "[9, 21]\n[0, 4]\n",
        '{"span": [9, 21]}\n{"start": 0, "end": 4}\n',
        '{"spans": [[9, 21], [0, 4]]}',
        '[{"span": [9, 21]}, {"span": [0, 4]}]',
        '{"page": "p", "span": [[9, 13], [14, 21]]}\n{"page": "p.txt", "span": [0, 4]}\n',
    ],
)
def test_given_spans_are_answered_in_order(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], spans: str
) -> None:
    asked = tmp_path / "spans.json"
    asked.write_text(spans, encoding="utf-8")
    (answer,) = ask(capsys, "--reference", "1998-02-13", "--spans", str(asked), str(page))
    assert values(answer)[0] == ("last Tuesday", "DATE", "1998-02-10")
    assert [one[0] for one in values(answer)] == ["last Tuesday", "They"]
    assert all(one[2] for one in values(answer))


def test_records_hold_their_own_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = tmp_path / "spans.jsonl"
    rows = [{"id": day, "text": TEXT, "reference": day, "spans": [[9, 21]]} for day in ("1998-02-13", "1999-07-01")]
    asked.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    answers = ask(capsys, "--spans", str(asked))
    assert [(one["page"], values(one)[0][2]) for one in answers] == [
        ("1998-02-13", "1998-02-10"),
        ("1999-07-01", "1999-06-29"),
    ]


@pytest.mark.parametrize("spans", ["[[9, 900]]", "[[9]]", "nothing", '{"spam": 1}'])
def test_spans_that_are_none_are_refused(page: Path, tmp_path: Path, spans: str) -> None:
    asked = tmp_path / "spans.json"
    asked.write_text(spans, encoding="utf-8")
    assert run(["times", "--spans", str(asked), str(page)]) == 2


def test_usage() -> None:
    assert run(["times"]) == 2
    assert run(["times", "--reference", "tomorrow", __file__]) == 2
