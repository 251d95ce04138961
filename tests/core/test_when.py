"""Intervals: what two of them allow together, weekdays, and on which side of a day they lie."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.core.when import When, lies

days = st.dates(date(2020, 1, 1), date(2020, 3, 31)).map(date.isoformat)
sets = st.frozensets(st.integers(0, 6), max_size=3)


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Any interval of days."""
    first, last = sorted((draw(days), draw(days)))
    return When(draw(st.sampled_from((None, first))), draw(st.sampled_from((None, last))), draw(sets))


THURSDAY = frozenset((3,))


@pytest.mark.parametrize(("left", "right", "earliest", "latest"), [
    (When("2020-08-15"), When(None, "2020-08-30"), "2020-08-15", "2020-08-30"),
    (When("2020-08-19", None, THURSDAY), When(None, "2020-08-30"), "2020-08-20", "2020-08-27"),
    (When("2020-08-19"), When(None, None, THURSDAY), "2020-08-20", None),
    (When("2020-08-20", "2020-08-20"), When(None, None, THURSDAY), "2020-08-20", "2020-08-20"),
])  # fmt: skip
def test_what_both_allow(left: When, right: When, earliest: str | None, latest: str | None) -> None:
    found = left.both(right)
    assert found is not None
    assert (found.earliest, found.latest) == (earliest, latest)


@pytest.mark.parametrize(("left", "right"), [
    (When("2020-08-15", "2020-08-15"), When("2020-08-16")),
    (When("2020-08-15", "2020-08-16"), When(None, None, THURSDAY)),
    (When(None, None, THURSDAY), When(None, None, frozenset((4,)))),
])  # fmt: skip
def test_what_cannot_be_both(left: When, right: When) -> None:
    assert left.both(right) is None


@given(whens(), whens())
def test_what_both_allow_is_no_wider_than_either_and_the_same_either_way(left: When, right: When) -> None:
    found, turned = left.both(right), right.both(left)
    assert (found is None) == (turned is None)
    if found and turned:
        assert (found.earliest, found.latest, found.weekdays) == (turned.earliest, turned.latest, turned.weekdays)
        for one in (left, right):
            assert not one.earliest or (found.earliest or "") >= one.earliest
            assert not one.latest or (found.latest or "9999") <= one.latest


@pytest.mark.parametrize(("when", "side"), [
    (When("2020-08-15", "2020-08-15"), "in"),
    (When("2020-08-16", "2020-08-16"), "out"),
    (When("2020-08-15T23:59:59Z", "2020-08-15T23:59:59Z"), "in"),
    (When("2020-08-10", "2020-08-20"), "maybe"),
    (When("2020-08-16"), "out"),
    (When("2020-08-10"), "maybe"),
    (When(None, "2020-08-15"), "in"),
    (When(None, "2020-08-16"), "maybe"),
    (When(), "maybe"),
])  # fmt: skip
def test_on_which_side_of_a_day(when: When, side: str) -> None:
    assert lies(when, "2020-08-15") == side


def test_for_people() -> None:
    assert When("2020-08-20", None, THURSDAY).shown() == "a Thursday, from 2020-08-20"
    assert When(None, None, THURSDAY).shown() == "a Thursday"
    assert When().shown() == "undated"
