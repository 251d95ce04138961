"""What is known of an atom at a moment: latest words, contests, decisions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.core.when import UNKNOWN, When, WhenError
from tocsin.reason.expressions import LogicError
from tocsin.reason.states import AtomState, Decided, Direction, Evidence, Verdict, history, state_at


def day(number: int) -> str:
    return f"2031-05-{number:02d}"


def said(direction: Direction, origin: str, number: int, about: int | None = None, *, atom: str = "a") -> Evidence:
    when = When(day(number), day(number))
    return Evidence(atom, direction, origin, when, UNKNOWN if about is None else When(day(about), day(about)))


def at(number: int, *evidence: Evidence, decided: tuple[Decided, ...] = (), possible: bool = False) -> AtomState:
    return state_at("a", evidence, decided, moment=day(number), possible=possible)


def test_silence_report_denial_and_dispute() -> None:
    assert at(9).state == "unreported"
    assert at(9, said("for", "Orta Radio", 3)).state == "alleged"
    assert at(9, said("against", "the ministry", 3)).state == "denied"
    both = at(9, said("for", "Orta Radio", 3), said("against", "the ministry", 3))
    assert (both.state, both.origins("for"), both.origins("against")) == (
        "contested",
        ("Orta Radio",),
        ("the ministry",),
    )


def test_nobody_looked_is_not_looked_and_not_seen() -> None:
    assert state_at("a", (), moment=day(9)).looked is None
    assert state_at("a", (), moment=day(9), looked=False).looked is False
    seen = state_at("a", [said("for", "Orta Radio", 3)], moment=day(9), looked=False)
    assert (seen.state, seen.looked) == ("alleged", True)


def test_what_is_said_later_does_not_count_yet() -> None:
    words = (said("for", "Orta Radio", 5),)
    assert [at(number, *words).state for number in (4, 5, 6)] == ["unreported", "alleged", "alleged"]


def test_a_page_that_could_be_from_before_counts_only_where_what_is_possible_does() -> None:
    word = Evidence("a", "for", "Orta Radio", When(day(3), day(8)))
    assert at(5, word).state == "unreported"
    assert at(5, word, possible=True).state == "alleged"
    assert at(2, word, possible=True).state == "unreported"
    assert state_at("a", [Evidence("a", "for", "x")], moment="2099-01-01").state == "unreported"
    assert state_at("a", [Evidence("a", "for", "x")], moment="2031-01-01", possible=True).state == "alleged"


def test_an_origin_is_held_to_its_latest_word() -> None:
    first, second = said("for", "Orta Radio", 3), said("against", "Orta Radio", 6)
    shown = at(9, first, second)
    assert (shown.state, shown.standing, shown.superseded) == ("denied", (second,), (first,))
    assert at(5, first, second).state == "alleged"
    assert at(9, first, said("against", "the ministry", 6)).state == "contested"


def test_an_origin_that_says_both_on_one_day_contests_itself() -> None:
    assert at(9, said("for", "Orta Radio", 3), said("against", "Orta Radio", 3)).state == "contested"


def test_a_later_word_about_an_earlier_time_replaces_nothing() -> None:
    now, back_then = said("for", "Orta Radio", 5, 5), said("against", "Orta Radio", 7, 2)
    shown = at(9, now, back_then)
    assert (shown.state, shown.superseded, shown.overtaken) == ("alleged", (), (back_then,))


def test_words_about_times_that_cannot_overlap_do_not_contest() -> None:
    early, late = said("against", "the ministry", 4, 4), said("for", "Orta Radio", 6, 6)
    shown = at(9, early, late)
    assert (shown.state, shown.overtaken) == ("alleged", (early,))
    assert at(9, said("against", "the ministry", 6, 5), said("for", "Orta Radio", 6, 5)).state == "contested"
    open_ended = Evidence("a", "against", "the ministry", When(day(7), day(7)))
    assert at(9, open_ended, late).state == "contested"


def test_two_words_about_one_second_contest() -> None:
    second = When("2031-05-04T09:30:00Z", "2031-05-04T09:30:00Z")
    words = [Evidence("a", direction, direction, second, second) for direction in ("for", "against")]
    assert state_at("a", words, moment="2031-05-04T09:30:00Z").state == "contested"
    assert state_at("a", words, moment="2031-05-04T09:29:59Z").state == "unreported"


def test_a_decision_overrules_from_its_moment_on_and_shows_what() -> None:
    denial = said("against", "the ministry", 3)
    confirmed = Decided("a", "confirmed", day(6), made="2031-05-20T00:00:00Z", decision="d1")
    before, after = at(5, denial, decided=(confirmed,)), at(6, denial, decided=(confirmed,))
    assert (before.state, before.overruled) == ("denied", ())
    assert (after.state, after.reported, after.overruled, after.decided) == (
        "confirmed",
        "denied",
        (denial,),
        confirmed,
    )
    assert at(9, denial, said("against", "x", 8), decided=(confirmed,)).state == "confirmed"


def test_the_decision_that_holds_from_the_latest_moment_holds() -> None:
    first = Decided("a", "confirmed", day(2), made="2031-06-02T00:00:00Z")
    over = Decided("a", "ruled_out", day(5), made="2031-06-01T00:00:00Z")
    changed = Decided("a", "confirmed", day(5), made="2031-06-03T00:00:00Z")
    assert [at(number, decided=(first, over)).state for number in (1, 2, 4, 5)] == [
        "unreported", "confirmed", "confirmed", "ruled_out",
    ]  # fmt: skip
    assert at(9, decided=(changed, over)).state == "confirmed" == at(9, decided=(over, changed)).state
    assert at(1, decided=(Decided("a", "ruled_out"),)).state == "ruled_out"


def test_evidence_on_another_atom_is_no_evidence() -> None:
    assert at(9, said("for", "Orta Radio", 3, atom="b"), decided=(Decided("b", "confirmed"),)).state == "unreported"


def test_since_when_an_atom_is_in_its_state() -> None:
    words = [said("for", "Orta Radio", 3, 3), said("against", "the ministry", 5, 3), said("for", "a third", 6, 3)]
    decided = [Decided("a", "ruled_out", day(8))]
    assert history("a", words, decided) == (
        (None, "unreported"), (day(3), "alleged"), (day(5), "contested"), (day(8), "ruled_out"),
    )  # fmt: skip
    assert history("a", ()) == ((None, "unreported"),)
    assert history("a", (), [Decided("a", "confirmed")]) == ((None, "confirmed"),)


def test_what_is_neither_day_nor_second_is_no_moment() -> None:
    with pytest.raises(WhenError):
        state_at("a", (), moment="yesterday")


def test_only_evidence_is_evidence() -> None:
    with pytest.raises(LogicError):
        state_at("a", [Decided("a", "confirmed")], moment=day(1))  # type: ignore[list-item]
    with pytest.raises(LogicError):
        state_at("a", (), [said("for", "x", 1)], moment=day(1))  # type: ignore[list-item]


def test_ten_thousand_words_of_one_origin_are_read_in_one_pass() -> None:
    words = [said("for", "Orta Radio", 1 + number % 28, 1 + number * 7 % 28) for number in range(3)]
    many = [
        Evidence("a", "for" if number % 3 else "against", f"o{number % 5}", When(bound, bound), When(bound, bound))
        for number in range(10_000)
        for bound in (f"{2031 + number // 336}-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}",)
    ]
    assert state_at("a", [*words, *many], moment="2099-01-01").standing


days = st.integers(1, 9)
whens = st.one_of(
    st.just(UNKNOWN),
    days.map(lambda number: When(None, day(number))),
    st.tuples(days, days).map(lambda pair: When(day(min(pair)), day(max(pair)))),
)
directions: st.SearchStrategy[Direction] = st.sampled_from(("for", "against"))
verdicts: st.SearchStrategy[Verdict] = st.sampled_from(("confirmed", "ruled_out"))
words_of = st.builds(Evidence, st.just("a"), directions, st.sampled_from(("x", "y", "z")), whens, whens)
decisions = st.builds(Decided, st.just("a"), verdicts, days.map(day), days.map(str))


@given(st.lists(words_of, max_size=8), st.lists(decisions, max_size=3), st.randoms(use_true_random=False), days)
def test_the_order_of_evidence_changes_nothing(
    words: list[Evidence], decided: list[Decided], chance: "object", number: int
) -> None:
    shown = state_at("a", words, decided, moment=day(number))
    again, verdict = list(words), list(decided)
    chance.shuffle(again)  # type: ignore[attr-defined]
    chance.shuffle(verdict)  # type: ignore[attr-defined]
    assert state_at("a", again, verdict, moment=day(number)) == shown
    assert state_at("a", [*again, *words], verdict, moment=day(number)) == shown


@given(st.lists(words_of, max_size=8), words_of, days)
def test_more_evidence_never_leaves_an_atom_unreported(words: list[Evidence], more: Evidence, number: int) -> None:
    before = state_at("a", words, moment=day(number), possible=True)
    after = state_at("a", [*words, more], moment=day(number), possible=True)
    assert after.reported != "unreported" or before.reported == "unreported"
    if before.reported == "alleged" and more.direction == "for":
        assert after.reported == "alleged"


@given(st.lists(words_of, max_size=8), decisions, days)
def test_no_evidence_undoes_a_decision(words: list[Evidence], one: Decided, number: int) -> None:
    alone = state_at("a", (), [one], moment=day(number))
    if alone.decided:
        assert state_at("a", words, [one], moment=day(number)).state == alone.state


@given(st.lists(words_of, max_size=8), days)
def test_every_word_is_accounted_for(words: list[Evidence], number: int) -> None:
    shown = state_at("a", words, moment=day(number), possible=True)
    parts = [*shown.standing, *shown.overtaken, *shown.superseded]
    assert len(parts) == len(set(parts))
    assert set(parts) <= set(words)
    assert bool(parts) == bool(shown.standing)


@given(st.lists(words_of, max_size=8), st.lists(decisions, max_size=3), st.booleans())
def test_the_history_is_the_state_of_each_day(words: list[Evidence], decided: list[Decided], possible: bool) -> None:
    steps = history("a", words, decided, possible=possible)
    assert steps[0][0] is None
    assert all(one[1] != other[1] for one, other in pairwise(steps))
    for number in range(1, 10):
        reached = [state for moment, state in steps if moment is None or moment <= day(number)]
        assert state_at("a", words, decided, moment=day(number), possible=possible).state == reached[-1]
