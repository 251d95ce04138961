"""Unknown stays unknown, alleged is not met: no date that was not shown, no state that nobody found."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import Wish, grant, law, wishes
from tocsin.api.case import Case
from worlds import CONDITIONS, PEOPLE, Source, World, a_case, fill, folder, laid, worlds

pytestmark = pytest.mark.slow

VAGUE = (
    "Friday", "May 2019", "© 2019 The Hill Courier", "3 May", "10:15 CET", "last week", "Updated on Monday",
    "No. 2019-77", "12/13/14", "Published in 2019", "2 hours ago",
)  # fmt: skip
"""What looks like a date and shows no day."""
REPORTED = {"unreported", "alleged", "denied", "contested"}
"""What a condition can be as long as no person has decided: alleged is not met."""
DAYS = ("2019-05-01", "2019-05-03", "2020-01-02", "2020-01-09")


def ends(bound: str) -> datetime:
    """The first moment after a bound, reckoned here anew."""
    if "T" in bound:
        return datetime.fromisoformat(bound)
    return datetime.combine(date.fromisoformat(bound) + timedelta(days=1), datetime.min.time(), UTC)


def begins(bound: str) -> datetime:
    """The first moment of a bound."""
    return datetime.fromisoformat(bound) if "T" in bound else ends(bound) - timedelta(days=1)


@law
@given(worlds(most=2, dates=VAGUE))
def test_a_page_that_shows_no_day_gets_none(world: World) -> None:
    with folder() as root, a_case(root) as case:
        fill(case, world, laid(root, world))
        for doc in case.documents():
            assert doc.published.earliest is None, doc.published
            assert not doc.published.known
            assert doc.published.latest is not None
            assert doc.published.reasons
        assert all(statement.said.earliest is None for statement in case.statements(own_voice=True))
        assert all(commitment.told.earliest is None for commitment in case.board())
        # the day before the first capture of all: each page may be from before it, or from after
        assert all(commitment.straddles for commitment in case.board(as_of="2019-12-29"))


@law
@given(worlds(most=3))
def test_no_date_is_later_than_its_capture(world: World) -> None:
    with folder() as root, a_case(root) as case:
        fill(case, world, laid(root, world))
        taken: dict[str, list[str]] = {}
        for capture, doc_id in case.store.captures():
            taken.setdefault(doc_id or "", []).append(capture.taken[:10])
        docs = {one.id: one for one in case.documents()}
        for doc in docs.values():
            day = ends(min(taken[doc.id]))
            assert doc.published.latest is not None
            assert ends(doc.published.latest) <= day
            assert doc.published.earliest is None or begins(doc.published.earliest) < day
        for one in case.statements(own_voice=True):
            last = [ends(docs[claim.doc].published.latest or "") for claim in one.claims]
            assert one.said.latest is not None
            assert ends(one.said.latest) <= min(last)
        for day_shown in DAYS:
            check_as_of(case, day_shown)


def check_as_of(case: Case, day: str) -> None:
    """The board of a day holds what could have been read on it, and says where that is not sure."""
    shown = {}
    dated = {row.data["doc"]: row.data for row in case.store.rows.of_kind("dated")}
    for row in case.store.rows.of_kind("telling"):
        first, last = dated[row.data["doc"]]["earliest"], dated[row.data["doc"]]["latest"]
        if first is None or begins(first) < ends(day):
            shown[row.id] = ends(last) <= ends(day)
    found = case.board(as_of=day)
    assert {telling.id for one in found for telling in one.tellings} == shown.keys()
    assert all(one.straddles == (not any(shown[telling.id] for telling in one.tellings)) for one in found)


@law
@given(
    worlds(most=2), st.lists(wishes(), max_size=1), st.sampled_from(CONDITIONS), st.sampled_from(("true", "not true"))
)
def test_what_is_reported_confirms_nothing(world: World, wanted: list[Wish], condition: str, said: str) -> None:
    news = f"{PEOPLE[0]} said that {condition}. It is {said} that {condition}, the Hill Council reported.\n"
    world = (*world, Source("news.txt", news.encode(), 2))
    with folder() as root, a_case(root) as case:
        fill(case, world, laid(root, world))
        for wish in wanted:
            grant(case, wish)
        states = {part.state for one in case.board() for told in one.tellings for part in told.conditions}
        assert states <= REPORTED
