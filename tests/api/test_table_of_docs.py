"""docs/commitments.md says of kinds, operators, states and the table what the engine does."""

import re
from itertools import product
from pathlib import Path
from typing import get_args

from tocsin.core.commitments import KINDS, OPERATORS, POLARITIES
from tocsin.export import codes
from tocsin.reason.states import State
from tocsin.reason.table import table

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "commitments.md").read_text(encoding="utf-8")


def rows(head: str) -> list[list[str]]:
    """The rows of the table whose head begins with these cells."""
    part = PAGE[PAGE.index(f"| {head} |") :].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines()[2:]]


def test_the_table_is_the_engines() -> None:
    said = {}
    for kinds, polarity, operators, met, unmet, example in rows("kinds"):
        assert example
        every = KINDS if kinds == "all" else tuple(kinds.split(", "))
        for kind, operator in product(every, operators.split(", ")):
            assert (kind, polarity, operator) not in said
            said[kind, polarity, operator] = (met.strip("*"), unmet.strip("*"))
            presumed = [cell.startswith("**") for cell in (met, unmet)]
            if operator in OPERATORS and operator != "even_if":
                met_on_silence = table().unreported[operator] == "goes_on"
                assert presumed == [met_on_silence, not met_on_silence], (kind, operator)
            else:
                assert presumed == [False, False]
    assert set(said) == set(product(KINDS, POLARITIES, (*OPERATORS, "none")))
    for key, answer in table().rows.items():
        assert said[key] == (answer.met, answer.unmet), key


def test_every_kind_operator_state_and_step_is_explained() -> None:
    assert [row[0] for row in rows("kind | what it means")] == list(KINDS)
    assert sorted(row[0].strip("`") for row in rows("operator")) == sorted(OPERATORS)
    states = {value for part in get_args(State) for value in get_args(part)}
    assert {row[0].strip("`") for row in rows("state")} == states
    assert [row[0] for row in rows("step")] == [step.replace("_", " ") for step in codes.STEPS]


def test_examples_of_commands_are_of_the_bundled_crisis() -> None:
    assert re.findall(r"^\$ tocsin (\w+)", PAGE, re.MULTILINE) == [
        "board", "show", "whatif", "tripwire", "tripwire", "conditions",
    ]  # fmt: skip
