"""What if: standings under suppositions, and the smallest sets still missing, against a search through all sets."""

import copy
import pickle
from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.core.codec import encode
from tocsin.core.commitments import KINDS, OPERATORS, POLARITIES
from tocsin.core.ids import canonical
from tocsin.core.when import When
from tocsin.errors import EXIT_USAGE
from tocsin.reason.expressions import Every, Formula, LogicError, Named, Negated, Some, atoms
from tocsin.reason.standing import Clause, Deadline, Terms, stand, standing_under
from tocsin.reason.states import VERDICTS, AtomState, Decided, Direction, Evidence, state_at
from tocsin.reason.table import BARRED, BOUND, FREE, Word
from tocsin.reason.whatif import (
    MOST_SETS,
    ContradictionError,
    Missing,
    Supposition,
    missing,
    suppositions,
    what_if,
)

DAY = "2031-05-04"
WANTED: tuple[Word, ...] = (BOUND, FREE, BARRED)
ASKED, ATTACKED, SUPPORT = Named("asked"), Named("attacked"), Named("support")
PACT = Terms("pact", "power", "will", (Clause("only_if", Every((ASKED, ATTACKED))),), by="the page")
HELP = Terms("help", "promise", "will", (Clause("when", ASKED),), by="Orta's president")
CALM = Negated(Some((Named("cars"), Named("buildings"))))
RESERVE = Terms("reserve", "promise", "will_not", (Clause("as_long_as", CALM),), by="Veska's president")
WEB = (PACT, HELP, RESERVE)


def told(atom: str, *directions: Direction) -> AtomState:
    return state_at(atom, [Evidence(atom, one, one, When(DAY, DAY)) for one in directions], moment=DAY)


def sets(found: Missing) -> list[list[str]]:
    return [[one.atom if one.come_about else f"not {one.atom}" for one in some] for some in found.sets]


def test_what_follows_from_a_request_under_each_telling() -> None:
    pact, help_, reserve = what_if(WEB, {}, suppositions(["asked"]), moment=DAY)
    assert (help_.before.word, help_.after.standing.word, help_.changed) == ("nothing said", "bound to act", True)
    assert (pact.after.standing.word, pact.changed) == ("bound not to act", False)
    assert [(one.word, sets(one)) for one in pact.missing] == [("free to act", [["attacked"]])]
    assert not reserve.changed
    assert [(one.word, sets(one)) for one in reserve.missing] == [("free to act", [["buildings"], ["cars"]])]


def test_why_names_the_supposition() -> None:
    (outcome,) = what_if([HELP], {}, suppositions(["asked"]), moment=DAY)
    assert [(one.atom, one.source) for one in outcome.after.standing.why] == [("asked", "supposed")]
    assert outcome.after.standing.basis == "supposed"


def test_a_supposition_stands_above_reports_and_decisions() -> None:
    known = {"asked": state_at("asked", (), [Decided("asked", "confirmed")], moment=DAY)}
    (outcome,) = what_if([HELP], known, suppositions(not_come_about=["asked"]), moment=DAY)
    assert (outcome.before.word, outcome.after.standing.word) == ("bound to act", "nothing said")


def test_without_suppositions_nothing_changes() -> None:
    for outcome in what_if(WEB, {"asked": told("asked", "for", "against")}, (), moment=DAY):
        assert outcome.before == outcome.after.standing
        assert not outcome.changed


def test_contradictory_suppositions_are_refused_by_name() -> None:
    with pytest.raises(ContradictionError, match="asked, cars") as error:
        suppositions(["cars", "asked", "buildings"], ["asked", "cars"])
    assert error.value.exit_code == EXIT_USAGE
    with pytest.raises(ContradictionError, match="asked"):
        what_if(WEB, {}, [Supposition("asked", True), Supposition("asked", False)], moment=DAY)


def test_a_supposition_never_becomes_evidence() -> None:
    (one,) = suppositions(["asked"])
    (outcome,) = what_if([HELP], {}, [one], moment=DAY)
    with pytest.raises(LogicError):
        state_at("asked", [one], moment=DAY)  # type: ignore[list-item]
    with pytest.raises(LogicError):
        stand(HELP, {"asked": one}, moment=DAY)  # type: ignore[dict-item]
    for kept in (one, outcome.after):
        with pytest.raises(TypeError):
            pickle.dumps(kept)
        with pytest.raises(TypeError):
            copy.deepcopy(kept)
        with pytest.raises(AttributeError):
            kept.atom = "cars"
    for shown in (one, outcome.after, outcome):
        with pytest.raises(TypeError):
            canonical(encode(shown))
    assert not {"origin", "spans", "when"} & set(dir(one))


def test_what_a_person_ruled_out_is_in_no_set() -> None:
    known = {"cars": state_at("cars", (), [Decided("cars", "ruled_out")], moment=DAY)}
    assert sets(missing(RESERVE, known, FREE, moment=DAY)) == [["buildings"]]
    assert sets(missing(PACT, {"asked": known["cars"]}, FREE, moment=DAY)) == []
    assert sets(missing(PACT, {"asked": told("asked", "against")}, FREE, moment=DAY)) == [["asked", "attacked"]]


def test_what_is_given_lacks_nothing_and_what_is_impossible_has_no_set() -> None:
    assert missing(HELP, {"asked": told("asked", "for")}, BOUND, moment=DAY) == Missing(BOUND, ((),))
    assert missing(PACT, {}, BOUND, moment=DAY).sets == ()
    assert sets(missing(HELP, {"asked": told("asked", "for", "against")}, BOUND, moment=DAY)) == [["asked"]]


def test_an_ultimatum_can_fall_due_only_after_its_deadline() -> None:
    limit = Deadline(When("2031-05-09", "2031-05-09"))
    terms = Terms("u", "ultimatum", "will", (Clause("unless", Named("left")),), deadline=limit)
    assert missing(terms, {}, BOUND, moment=DAY) == Missing(BOUND, ((),), after_deadline=True)
    assert missing(terms, {}, BOUND, moment="2031-05-09") == Missing(BOUND, ((),))
    assert sets(missing(terms, {"left": told("left", "for")}, BOUND, moment=DAY)) == [["not left"]]


def test_many_sets_are_cut_smallest_first_and_it_is_said() -> None:
    pairs = Every(tuple(Some((Named(f"a{place}"), Named(f"b{place}"))) for place in range(12)))
    either = Some((Named("one"), pairs))
    found = missing(Terms("t", "promise", "will", (Clause("if", either),)), {}, BOUND, moment=DAY)
    assert (len(found.sets), found.more) == (MOST_SETS, True)
    assert sets(found)[0] == ["one"]
    assert found == missing(Terms("t", "promise", "will", (Clause("if", either),)), {}, BOUND, moment=DAY)


formulas: st.SearchStrategy[Formula] = st.recursive(
    st.sampled_from([Named(atom) for atom in "abcd"]),
    lambda part: st.one_of(
        part.map(Negated),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: Every(tuple(parts))),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: Some(tuple(parts))),
    ),
    max_leaves=5,
)
clauses = st.builds(Clause, st.sampled_from(OPERATORS), formulas)
many_terms = st.builds(
    Terms,
    st.just("t"),
    st.sampled_from(KINDS),
    st.sampled_from(POLARITIES),
    st.lists(clauses, max_size=3).map(tuple),
)
known_states: st.SearchStrategy[dict[str, AtomState]] = st.fixed_dictionaries(
    {
        atom: st.sampled_from(
            [
                *(told(atom, *said) for said in ((), ("for",), ("against",), ("for", "against"))),
                *(state_at(atom, (), [Decided(atom, verdict)], moment=DAY) for verdict in VERDICTS),
            ]
        )
        for atom in "abcd"
    }
)


def through_all_sets(terms: Terms, known: Mapping[str, AtomState], word: Word) -> set[frozenset[tuple[str, bool]]]:
    """The minimal sets, found by trying every one."""
    named = sorted({atom for clause in terms.clauses for atom in atoms(clause.formula)})
    free = [atom for atom in named if known[atom].state not in VERDICTS]
    enough = []
    for choice in product((None, True, False), repeat=len(free)):
        supposed = {atom: one for atom, one in zip(free, choice, strict=True) if one is not None}
        if standing_under(terms, known, moment=DAY, supposed=supposed).word == word:
            enough.append(frozenset(supposed.items()))
    return {one for one in enough if not any(other < one for other in enough)}


@settings(deadline=None)
@given(many_terms, known_states, st.sampled_from(WANTED))
def test_the_sets_are_all_that_are_minimal_and_sufficient(
    terms: Terms, known: dict[str, AtomState], word: Word
) -> None:
    found = missing(terms, known, word, moment=DAY)
    shown = [frozenset((one.atom, one.come_about) for one in some) for some in found.sets]
    wanted = through_all_sets(terms, known, word)
    assert len(set(shown)) == len(shown)
    assert set(shown) <= wanted if found.more else set(shown) == wanted
    assert [len(one) for one in shown] == sorted(len(one) for one in shown)


@settings(deadline=None)
@given(many_terms, known_states)
def test_no_suppositions_change_nothing_at_all(terms: Terms, known: dict[str, AtomState]) -> None:
    (outcome,) = what_if([terms], known, (), moment=DAY)
    assert outcome.before == outcome.after.standing == stand(terms, known, moment=DAY)


@settings(deadline=None)
@given(many_terms, known_states, st.dictionaries(st.sampled_from("abcd"), st.booleans()))
def test_to_suppose_is_to_know_it_for_that_one_question(
    terms: Terms, known: dict[str, AtomState], given_atoms: dict[str, bool]
) -> None:
    yes, no = [a for a, so in given_atoms.items() if so], [a for a, so in given_atoms.items() if not so]
    (outcome,) = what_if([terms], known, suppositions(yes, no), moment=DAY)
    decided = {
        atom: state_at(atom, (), [Decided(atom, "confirmed" if so else "ruled_out")], moment=DAY)
        for atom, so in given_atoms.items()
    }
    as_known = stand(terms, {**known, **decided}, moment=DAY)
    assert outcome.after.standing.word == as_known.word
    assert stand(terms, known, moment=DAY) == outcome.before
