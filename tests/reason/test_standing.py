"""Standings over several conditions, deadlines, ends, and under contested evidence."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.core.commitments import And, Atom, Commitment, Condition, Not, Or
from tocsin.core.spans import Span
from tocsin.core.when import When
from tocsin.reason.expressions import Every, LogicError, Named, Negated, Some, Value
from tocsin.reason.standing import SIDES, Because, Clause, Deadline, Standing, Terms, clauses_of, stand
from tocsin.reason.states import AtomState, Decided, Direction, Evidence, state_at

DAY = "2031-05-04"
A, B, C = Named("a"), Named("b"), Named("c")
TOLD: dict[Value, tuple[Direction, ...]] = {
    "unreported": (),
    "alleged": ("for",),
    "denied": ("against",),
    "contested": ("for", "against"),
}


def states(**values: Value) -> dict[str, AtomState]:
    return {
        atom: state_at(
            atom, [Evidence(atom, one, f"{one}-side", When(DAY, DAY)) for one in TOLD[value]], moment=DAY
        )
        for atom, value in values.items()
    }  # fmt: skip


def will(*clauses: Clause) -> Terms:
    return Terms("t", "promise", "will", clauses)


def will_not(*clauses: Clause) -> Terms:
    return Terms("t", "promise", "will_not", clauses)


def word(terms: Terms, **values: Value) -> str | None:
    return stand(terms, states(**values), moment=DAY).word


def test_a_requirement_and_a_trigger() -> None:
    terms = will(Clause("only_if", A), Clause("if", B))
    assert word(terms) == "bound not to act"
    assert word(terms, b="alleged") == "bound not to act"
    assert word(terms, a="alleged") == "free to act"
    assert word(terms, a="alleged", b="alleged") == "bound to act"


def test_two_triggers_are_both_needed_and_a_list_under_or_needs_one() -> None:
    both, either = will(Clause("if", A), Clause("if", B)), will(Clause("if", Some((A, B))))
    assert [word(terms, a="alleged") for terms in (both, either)] == ["nothing said", "bound to act"]


def test_a_requirement_beside_a_hold_does_not_bind() -> None:
    terms = will(Clause("only_if", A), Clause("as_long_as", B))
    assert word(terms, a="alleged") == "free to act"
    assert word(terms, a="alleged", b="denied") == "nothing said"
    assert word(terms, b="denied") == "bound not to act"


def test_an_exception_ends_what_a_trigger_made_due() -> None:
    terms = will(Clause("if", A), Clause("unless", B))
    assert word(terms) == "nothing said"
    assert word(terms, a="alleged") == "bound to act"
    assert word(terms, a="alleged", b="alleged") == "nothing said"


def test_every_release_is_needed_before_a_restraint_ends() -> None:
    terms = will_not(Clause("as_long_as", Negated(A)), Clause("unless", B))
    assert word(terms, a="alleged") == "bound not to act"
    assert word(terms, b="alleged") == "bound not to act"
    assert word(terms, a="alleged", b="alleged") == "free to act"


def test_a_restraint_that_is_triggered_says_nothing_before() -> None:
    terms = will_not(Clause("if", A), Clause("unless", B))
    assert word(terms, b="alleged") == "nothing said"
    assert word(terms, a="alleged") == "bound not to act"
    assert word(terms, a="alleged", b="alleged") == "free to act"


def test_what_the_act_does_not_hang_on_decides_nothing() -> None:
    assert word(will(Clause("if", A), Clause("even_if", B)), b="alleged") == "nothing said"
    assert word(will(Clause("even_if", B))) == "bound to act"


def test_a_reserve_with_a_list_of_situations() -> None:
    calm = Negated(Some((Named("out of control"), Every((Named("cars"),)), Named("banks"))))
    terms = will_not(Clause("as_long_as", calm))
    assert word(terms) == "bound not to act"
    assert word(terms, banks="denied") == "bound not to act"
    shown = stand(terms, states(banks="alleged", cars="denied"), moment=DAY)
    assert shown.word == "free to act"
    assert shown.why == (Because("banks", True, "reported", ("for-side",)),)


@pytest.mark.parametrize(
    ("operator", "polarity", "said"),
    [
        ("if", "will", "bound to act"),
        ("unless", "will", "nothing said"),
        ("when", "will", "nothing said"),
        ("only_if", "will", "bound not to act"),
        ("as_long_as", "will", "bound to act"),
        ("until", "will", "bound to act"),
        ("until", "will_not", "bound not to act"),
        ("as_long_as", "will_not", "bound not to act"),
    ],
)
def test_silence_on_what_is_worded_as_not_coming_about(operator: str, polarity: str, said: str) -> None:
    clause = next(
        Clause(name, Negated(A))
        for name in ("if", "unless", "when", "only_if", "as_long_as", "until")
        if name == operator
    )
    terms = will(clause) if polarity == "will" else will_not(clause)
    shown = stand(terms, {}, moment=DAY)
    assert (shown.word, shown.basis) == (said, "presumed")


def test_what_decides_is_what_is_named() -> None:
    terms = will(Clause("only_if", Every((A, B))))
    shown = stand(terms, states(a="alleged"), moment=DAY)
    assert shown.why == (Because("b", False, "presumed"),)
    shown = stand(terms, states(a="alleged", b="alleged"), moment=DAY)
    assert [one.atom for one in shown.why] == ["a", "b"]
    ruled_out = {"a": state_at("a", (), [Decided("a", "ruled_out", decision="d1")], moment=DAY)}
    assert stand(terms, ruled_out, moment=DAY).why == (Because("a", False, "decided", (), "d1"),)


def test_a_dispute_that_does_not_matter_is_not_shown() -> None:
    terms = will(Clause("only_if", Every((A, B))))
    shown = stand(terms, states(a="contested", b="denied"), moment=DAY)
    assert (shown.word, shown.sides) == ("bound not to act", ())
    assert [one.atom for one in shown.why] == ["b"]


def test_each_side_of_a_dispute_gives_its_word_in_the_fewest_beliefs() -> None:
    terms = will(Clause("only_if", Every((A, B))))
    shown = stand(terms, states(a="contested", b="contested"), moment=DAY)
    assert shown.word is None
    assert [(side.word, side.taking) for side in shown.sides] == [
        ("bound not to act", (("a", False),)),
        ("bound not to act", (("b", False),)),
        ("free to act", (("a", True), ("b", True))),
    ]
    assert [one.origins for side in shown.sides for one in side.why] == [
        ("against-side",), ("against-side",), ("for-side",), ("for-side",),
    ]  # fmt: skip


def test_more_disputes_than_are_taken_apart_are_said_to_be_more() -> None:
    names = [f"a{number}" for number in range(SIDES + 1)]
    terms = will(Clause("if", Some(tuple(map(Named, names)))))
    disputed: dict[str, Value] = dict.fromkeys(names, "contested")
    shown = stand(terms, states(**disputed), moment=DAY)
    assert shown.more_sides
    assert [side.word for side in shown.sides] == ["bound to act", "nothing said"]


def ultimatum(operator: str, *, deadline: Deadline | None) -> Terms:
    clause = Clause("unless", A) if operator == "unless" else Clause("if", Negated(A))
    return Terms("t", "ultimatum", "will", (clause,), deadline=deadline)


FRIDAY = Deadline(When("2031-05-09", "2031-05-09"))


@pytest.mark.parametrize("operator", ["unless", "if"])
@pytest.mark.parametrize("value", ["unreported", "denied"])
def test_leave_by_friday_or_face_sanctions(operator: str, value: Value) -> None:
    terms, known = ultimatum(operator, deadline=FRIDAY), states(a=value)
    before = stand(terms, known, moment="2031-05-08")
    assert (before.word, before.waits) == ("nothing said", True)
    after = stand(terms, known, moment="2031-05-09")
    assert (after.word, after.waits, after.ended) == ("bound to act", False, None)
    left = stand(terms, states(a="alleged"), moment="2031-05-10")
    assert left.word == "nothing said"
    assert stand(ultimatum(operator, deadline=None), known, moment=DAY).word == "bound to act"


def test_a_deadline_that_nobody_can_date_has_not_passed() -> None:
    terms = ultimatum("unless", deadline=Deadline(When()))
    assert stand(terms, {}, moment="2099-01-01").waits


def test_what_is_met_before_a_deadline_is_due_before_it() -> None:
    terms = Terms("t", "promise", "will", (Clause("if", A),), deadline=Deadline(FRIDAY.when, "condition"))
    assert word(terms, a="alleged") == "bound to act"


def test_a_deadline_on_the_act_ends_it() -> None:
    promise = Terms("t", "promise", "will", deadline=FRIDAY)
    assert stand(promise, {}, moment="2031-05-08").word == "bound to act"
    shown = stand(promise, {}, moment="2031-05-09")
    assert (shown.word, shown.ended) == ("nothing said", "lapsed")
    restraint = Terms("t", "promise", "will_not", deadline=FRIDAY)
    assert [stand(restraint, {}, moment=f"2031-05-{day}").word for day in ("08", "09")] == [
        "bound not to act", "free to act",
    ]  # fmt: skip


def test_what_is_withdrawn_or_done_says_nothing_more() -> None:
    withdrawn = Terms("t", "threat", "will", withdrawn="2031-05-04")
    assert stand(withdrawn, {}, moment="2031-05-03").word == "bound to act"
    assert stand(withdrawn, {}, moment=DAY) == Standing("t", "nothing said", ended="withdrawn")
    assert stand(Terms("t", "threat", "will", acted_on=DAY), {}, moment=DAY).ended == "acted_on"
    assert stand(Terms("t", "power", "will", acted_on=DAY), {}, moment=DAY).word == "free to act"


def test_only_states_are_states() -> None:
    with pytest.raises(LogicError):
        stand(will(Clause("if", A)), {"a": "alleged"}, moment=DAY)  # type: ignore[dict-item]


def test_conditions_of_a_page_become_clauses() -> None:
    asked, attacked, calm = (Atom((Span("d", start, start + 3),)) for start in (0, 10, 20))
    ids = {asked: "asked", attacked: "attacked", calm: "calm"}
    act = (Span("d", 30, 40),)
    if_asked, if_attacked = Condition("if", asked.spans, asked), Condition("if", attacked.spans, attacked)

    def clauses(*conditions: Condition, trigger: Or | And | Atom | None) -> tuple[Clause, ...]:
        return clauses_of(
            Commitment((), act, "will", "promise", trigger=trigger, conditions=conditions), ids.__getitem__
        )

    either = clauses(if_asked, if_attacked, trigger=Or((asked, attacked)))
    assert either == (Clause("if", Some((Named("asked"), Named("attacked")))),)
    both = clauses(if_asked, if_attacked, trigger=And((asked, attacked)))
    assert both == (Clause("if", Every((Named("asked"), Named("attacked")))),)
    once = Condition("when", attacked.spans, attacked)
    assert clauses(if_asked, once, trigger=Or((asked, attacked))) == (
        Clause("when", Some((Named("asked"), Named("attacked")))),
    )
    mixed = clauses(if_asked, Condition("unless", calm.spans, Not(calm)), trigger=And((asked, Not(calm))))
    assert mixed == (Clause("if", Named("asked")), Clause("unless", Negated(Named("calm"))))
    twice = clauses(if_asked, Condition("if", asked.spans, asked), trigger=And((asked, asked)))
    assert twice == (Clause("if", Named("asked")),)
    assert clauses(trigger=None) == ()
    assert clauses(trigger=asked) == (Clause("if", Named("asked")),)


values: st.SearchStrategy[Value] = st.sampled_from(tuple(TOLD))


@given(st.fixed_dictionaries(dict.fromkeys("abc", values)))
def test_if_not_and_unless_say_the_same(given_values: Mapping[str, Value]) -> None:
    known = states(**given_values)
    formula = Some((A, Every((B, C))))
    unless = stand(will(Clause("unless", formula)), known, moment=DAY)
    if_not = stand(will(Clause("if", Negated(formula))), known, moment=DAY)
    assert (unless.word, unless.sides) == (if_not.word, if_not.sides)


@given(st.fixed_dictionaries(dict.fromkeys("abc", values)))
def test_who_will_not_is_never_bound_to_act(given_values: Mapping[str, Value]) -> None:
    known = states(**given_values)
    terms = will_not(Clause("only_if", A), Clause("when", B), Clause("until", C))
    shown = stand(terms, known, moment=DAY)
    assert "bound to act" not in {shown.word, *(side.word for side in shown.sides)}
