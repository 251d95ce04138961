"""`commitments.csv` and its codebook come from one schema, and nothing in a cell can act in a spreadsheet."""

import csv
import io
from typing import Any, get_args

from tocsin.core.commitments import KINDS, OPERATORS, POLARITIES
from tocsin.core.rows import Row
from tocsin.core.when import When
from tocsin.export import codes
from tocsin.export.tellings import (
    COLUMNS,
    FORMS,
    SCHEMA,
    Form,
    Party,
    Situation,
    Told,
    codebook,
    commitments_csv,
)
from tocsin.reason.states import State
from tocsin.reason.table import WORDS


def telling(**more: Any) -> Row:
    data = {
        "holder": "Ilmara", "action": "will close its ports", "kind": "threat", "polarity": "will", "target": None,
        "conditions": [{"operator": "if", "text": "troops cross"}, {"operator": "unless", "text": "it rains"}],
        "instrument": None, "deadline": None, "hedges": ["may", "perhaps"], "said_by": "Liv Torsander",
        "hops": [
            {"actor": "Liv Torsander", "role": "speaker", "basis": "stated"},
            {"actor": "Lake Wire", "role": "agency", "basis": "inferred"},
            {"actor": None, "role": "outlet", "basis": "inferred"},
        ],
        "outlet": None, "published": {"earliest": None, "latest": "2019-05-03"}, "page": "a.txt", "doc": "d" * 64,
        "span": [3, 40], "text": "Ilmara will close its ports, if troops cross", **more,
    }  # fmt: skip
    return Row("telling", "c" + "0" * 16, data)


def read(*told: Told) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(commitments_csv(told)))))


def test_a_row_says_what_the_case_knows_of_a_telling() -> None:
    (row,) = read(
        Told(
            row=telling(),
            commitment="c1",
            holder=Party("n1", "Republic of Ilmara", "ILM", 370),
            dated=When("2019-05-01", "2019-05-03"),
            situations=(Situation("t1", "troops cross", "alleged"), Situation("t2", "it rains", "unreported")),
            standing="bound to act",
            step=("stated",),
            origins=2,
            reader="commitments/9",
        )
    )
    assert row["commitment"] == "c1"
    assert (row["holder"], row["holder_name"], row["holder_iso3"], row["holder_cow"]) == (
        "Ilmara", "Republic of Ilmara", "ILM", "370",
    )  # fmt: skip
    assert (row["operators"], row["conditions"]) == ("if | unless", "troops cross | it rains")
    assert (row["situations"], row["states"]) == ("t1 | t2", "alleged | unreported")
    assert row["chain"] == "Liv Torsander <- Lake Wire?"
    assert (row["earliest"], row["latest"], row["published_earliest"]) == ("2019-05-01", "2019-05-03", "")
    assert (row["target"], row["standing"], row["origins"]) == ("", "bound to act", "2")
    assert (row["start"], row["end"], row["reader"]) == ("3", "40", "commitments/9")


def test_no_cell_is_a_formula() -> None:
    for text in ("=1+1", " -2", "+x", "@me", "＝1"):
        (row,) = read(Told(row=telling(action=text, text=text), commitment="c1"))
        assert row["action"] == f"'{text}"
        assert row["quote"] == f"'{text}"


def test_the_codebook_has_every_column_and_every_value() -> None:
    markdown, table = "".join(codebook("x.md", "1.0")), "".join(codebook("x.csv", "1.0"))
    assert "Tocsin 1.0" in markdown
    for column in SCHEMA:
        assert f"| `{column.name}` | {FORMS[column.form]} | {column.meaning} |" in markdown
        for value, meaning in column.values.items():
            assert f"| `{value}` | {meaning} |" in markdown
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["column"] for row in rows if not row["value"]] == list(COLUMNS)
    assert {row["value"] for row in rows if row["column"] == "kind"} == {"", *KINDS}
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_every_code_has_a_meaning() -> None:
    assert tuple(codes.KINDS) == KINDS
    assert tuple(codes.POLARITIES) == POLARITIES
    assert tuple(codes.OPERATORS) == OPERATORS
    states = {value for part in get_args(State) for value in get_args(part)}
    assert set(codes.STATES) == states
    assert tuple(codes.WORDS) == (*WORDS, "contested")
    assert {column.form for column in SCHEMA} <= set(get_args(Form))
    for column in SCHEMA:
        assert bool(column.values) == (column.form in ("code", "codes")), column.name
