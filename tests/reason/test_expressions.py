"""Belnap's four values: the laws of the truth order, and formulas in and out."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.core.commitments import And, Atom, Expr, Not, Or
from tocsin.core.spans import Span
from tocsin.reason.expressions import (
    AGAINST,
    FOR,
    VALUES,
    Every,
    Formula,
    LogicError,
    Named,
    Negated,
    Some,
    Value,
    atoms,
    evaluate,
    named,
    parsed,
    plain,
    supports,
)

A, B, C = Named("a"), Named("b"), Named("c")
TRUTH: dict[Value, int] = {"denied": 0, "unreported": 1, "contested": 1, "alleged": 2}
formulas: st.SearchStrategy[Formula] = st.recursive(
    st.sampled_from((A, B, C)),
    lambda part: st.one_of(
        part.map(Negated),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: Every(tuple(parts))),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: Some(tuple(parts))),
    ),
    max_leaves=8,
)
known: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(dict.fromkeys("abc", st.sampled_from(VALUES)))


def both(first: Value, second: Value) -> dict[str, Value]:
    return {"a": first, "b": second}


@pytest.mark.parametrize(("value", "negation"), [("unreported",) * 2, ("alleged", "denied"), ("contested",) * 2])
def test_negation_leaves_silence_silent_and_dispute_disputed(value: Value, negation: Value) -> None:
    assert evaluate(Negated(A), {"a": value}) == negation


@pytest.mark.parametrize(
    ("first", "second", "every", "some"),
    [
        ("alleged", "unreported", "unreported", "alleged"),
        ("alleged", "contested", "contested", "alleged"),
        ("alleged", "denied", "denied", "alleged"),
        ("denied", "unreported", "denied", "unreported"),
        ("denied", "contested", "denied", "contested"),
        ("unreported", "contested", "denied", "alleged"),
        ("contested", "contested", "contested", "contested"),
    ],
)
def test_and_is_the_meet_and_or_the_join_of_the_truth_order(
    first: Value, second: Value, every: Value, some: Value
) -> None:
    assert evaluate(Every((A, B)), both(first, second)) == every == evaluate(Every((B, A)), both(first, second))
    assert evaluate(Some((A, B)), both(first, second)) == some == evaluate(Some((B, A)), both(first, second))


@pytest.mark.parametrize(("first", "second", "third"), list(product(VALUES, repeat=3)))
def test_laws_of_the_truth_order(first: Value, second: Value, third: Value) -> None:
    values = {"a": first, "b": second, "c": third}
    same: list[tuple[Formula, Formula]] = [
        (Negated(Negated(A)), A),
        (Negated(Every((A, B))), Some((Negated(A), Negated(B)))),
        (Negated(Some((A, B))), Every((Negated(A), Negated(B)))),
        (Every((A, Some((A, B)))), A),
        (Some((A, Every((A, B)))), A),
        (Every((A, Some((B, C)))), Some((Every((A, B)), Every((A, C))))),
        (Some((A, Every((B, C)))), Every((Some((A, B)), Some((A, C))))),
        (Every((A, Every((B, C)))), Every((A, B, C))),
    ]
    for left, right in same:
        assert evaluate(left, values) == evaluate(right, values)
    assert TRUTH[evaluate(Every((A, B)), values)] <= min(TRUTH[first], TRUTH[second])
    assert TRUTH[evaluate(Some((A, B)), values)] >= max(TRUTH[first], TRUTH[second])


@given(formulas, known, st.sampled_from("abc"), st.sampled_from((FOR, AGAINST)))
def test_hearing_more_takes_nothing_back(formula: Formula, values: dict[str, Value], atom: str, side: int) -> None:
    before = VALUES.index(evaluate(formula, values))
    more = {**values, atom: VALUES[VALUES.index(values[atom]) | side]}
    assert VALUES.index(evaluate(formula, more)) & before == before


@given(formulas, known)
def test_the_atoms_that_are_named_suffice(formula: Formula, values: dict[str, Value]) -> None:
    numbers = {atom: VALUES.index(value) for atom, value in values.items()}
    value = VALUES.index(evaluate(formula, values))
    for side in (FOR, AGAINST):
        if value & side:
            only: dict[str, Value] = {}
            for atom, taken in supports(formula, numbers, side):
                assert numbers[atom] & taken
                only[atom] = VALUES[VALUES.index(only.get(atom, "unreported")) | taken]
            assert VALUES.index(evaluate(formula, only)) & side


@given(formulas)
def test_a_formula_survives_json(formula: Formula) -> None:
    assert parsed(plain(formula)) == formula
    assert set(atoms(formula)) <= set("abc")


@pytest.mark.parametrize(
    "data", [None, "", [], ["not"], ["not", "a", "b"], ["and"], ["xor", "a", "b"], {"and": 1}, [1, 2]]
)
def test_what_is_no_formula_is_refused(data: object) -> None:
    with pytest.raises(LogicError):
        parsed(data)


def test_expressions_of_pages_become_formulas_over_ids() -> None:
    cars, houses = Atom((Span("d", 0, 4),)), Atom((Span("d", 5, 9),))
    ids = {cars: "cars", houses: "houses"}
    expr = And((Not(cars), Or((cars, houses))))
    assert named(expr, ids.__getitem__) == Every((Negated(Named("cars")), Some((Named("cars"), Named("houses")))))


def test_what_is_nested_without_end_is_refused_not_followed() -> None:
    expr: Expr = Atom((Span("d", 0, 1),))
    data: object = "a"
    for _ in range(100_000):
        expr, data = Not(expr), ["not", data]
    with pytest.raises(LogicError, match="nested"):
        named(expr, lambda _: "a")
    with pytest.raises(LogicError, match="nested"):
        parsed(data)
    while isinstance(expr, Not):  # taken apart by hand: freeing it at once would overflow the stack
        expr = expr.arg
    while isinstance(data, list):
        data = data[1]


def test_nothing_can_be_joined_of_nothing() -> None:
    for join in (Every, Some):
        with pytest.raises(LogicError):
            join(())
