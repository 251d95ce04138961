"""The table against one written by hand (table.jsonl): every kind, polarity, operator and value."""

import json
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tocsin.core.commitments import KINDS, OPERATORS, POLARITIES, Kind, Operator
from tocsin.core.when import When
from tocsin.reason.expressions import VALUES, LogicError, Named, Value
from tocsin.reason.standing import Clause, Standing, Terms, stand
from tocsin.reason.states import AtomState, Decided, Direction, Evidence, state_at
from tocsin.reason.table import made

DAY = "2031-05-04"
TOLD: dict[Value, tuple[Direction, ...]] = {
    "unreported": (),
    "alleged": ("for",),
    "denied": ("against",),
    "contested": ("for", "against"),
}
ROWS = [json.loads(line) for line in Path(__file__).with_name("table.jsonl").read_text("utf-8").splitlines()]
EACH = [(kind, row) for row in ROWS for kind in row["kinds"].split()]


def told(value: Value) -> AtomState:
    words = [Evidence("a", direction, f"{direction}-side", When(DAY, DAY)) for direction in TOLD[value]]
    return state_at("a", words, moment=DAY)


def standing(kind: Kind, row: Mapping[str, Any], state: AtomState) -> Standing:
    operator = row["operator"]
    clauses = tuple(Clause(name, Named("a")) for name in OPERATORS if name == operator)
    polarity = next(one for one in POLARITIES if one == row["polarity"])
    return stand(Terms("t", kind, polarity, clauses), {"a": state}, moment=DAY)


def test_the_hand_written_table_has_every_row_once() -> None:
    wanted = sorted(product(KINDS, POLARITIES, (*OPERATORS, "none")))
    assert sorted((kind, row["polarity"], row["operator"]) for kind, row in EACH) == wanted


@pytest.mark.parametrize(("kind", "row"), EACH, ids=lambda one: one if isinstance(one, str) else one["says"])
def test_every_value_gives_the_word_written_by_hand(kind: Kind, row: Mapping[str, Any]) -> None:
    for value in VALUES[:3]:
        assert standing(kind, row, told(value)).word == row[value], value
    for verdict, as_value in (("confirmed", "alleged"), ("ruled_out", "denied")):
        decided = [Decided("a", "confirmed" if verdict == "confirmed" else "ruled_out")]
        for value in VALUES:
            words = [Evidence("a", direction, direction, When(DAY, DAY)) for direction in TOLD[value]]
            assert standing(kind, row, state_at("a", words, decided, moment=DAY)).word == row[as_value]


@pytest.mark.parametrize(("kind", "row"), EACH, ids=lambda one: one if isinstance(one, str) else one["says"])
def test_contested_evidence_gives_the_word_of_each_side(kind: Kind, row: Mapping[str, Any]) -> None:
    shown = standing(kind, row, told("contested"))
    by_report, by_denial = row["contested"]
    if by_report == by_denial:
        assert (shown.word, shown.sides) == (by_report, ())
        return
    assert shown.word is None
    sides = {side.taking: side.word for side in shown.sides}
    assert sides == {(("a", True),): by_report, (("a", False),): by_denial}
    assert {side.why[0].origins for side in shown.sides} == {("for-side",), ("against-side",)}


@pytest.mark.parametrize("kind", KINDS)
def test_only_an_assessment_is_marked_as_one(kind: Kind) -> None:
    assert stand(Terms("t", kind, "will"), {}, moment=DAY).assessed == (kind == "assessed")


@pytest.mark.parametrize("operator", [name for name in OPERATORS if name != "even_if"])
def test_what_rests_on_silence_is_said_to(operator: Operator) -> None:
    terms = Terms("t", "promise", "will", (Clause(operator, Named("a")),))
    assert stand(terms, {}, moment=DAY).basis == "presumed"
    assert stand(terms, {"a": told("denied")}, moment=DAY).basis == "reported"
    assert (
        stand(terms, {"a": state_at("a", (), [Decided("a", "confirmed")], moment=DAY)}, moment=DAY).basis == "decided"
    )


def test_a_table_with_a_row_missing_or_twice_is_not_loaded() -> None:
    row = {
        "kinds": "all",
        "polarity": "will",
        "operator": "if",
        "met": "bound to act",
        "unmet": "nothing said",
        "reason": "",
    }
    with pytest.raises(LogicError, match="missing"):
        made({"row": [row]})
    with pytest.raises(LogicError, match="two rows"):
        made({"row": [row, row]})
    with pytest.raises(LogicError, match="not a word"):
        made({"row": [{**row, "met": "perhaps"}]})
