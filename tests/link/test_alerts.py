"""Alerts by day of capture: each kind, and that nothing later changes what an earlier day rang for."""

from itertools import permutations
from typing import Any

import pytest

from tocsin.core.rows import Row
from tocsin.link.alerts import Alert, Version, alerts

HELP = "will send help"


def telling(doc: str, holder: str = "Orlen", act: str = HELP, **changes: Any) -> Row:
    data = {
        "doc": doc,
        "page": "p",
        "holder": holder,
        "holder_key": holder.casefold(),
        "said_by": None,
        "polarity": "will",
        "action": act,
        "conditions": [],
        "span": [0, 10],
    } | changes
    return Row("telling", f"c-{doc}-{holder}-{act}", data)


def condition(text: str, operator: str = "if") -> dict[str, str]:
    return {"operator": operator, "text": text}


def day(number: int, doc: str | None, page: str | None = None) -> Version:
    return Version(page or f"page {doc}", doc, f"2019-05-0{number}T08:00:00Z")


def rung(versions: list[Version], rows: list[Row], *, first_day: bool = False) -> list[tuple[str, str, str]]:
    found = alerts(versions, rows, {}, first_day=first_day)
    return [(one.kind, one.day, one.words) for one in found]


def test_the_first_day_is_silent_unless_asked() -> None:
    rows = [telling("a")]
    assert rung([day(1, "a")], rows) == []
    assert rung([day(1, "a")], rows, first_day=True) == [("new_commitment", "2019-05-01", HELP)]


def test_a_commitment_rings_on_the_day_it_is_first_told_and_once() -> None:
    versions = [day(1, "z"), day(2, "a"), day(2, "b"), day(3, "c")]
    rows = [telling("a"), telling("b"), telling("c")]
    assert rung(versions, rows) == [("new_commitment", "2019-05-02", HELP)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [condition("asked")], [("condition_added", "asked")]),
        ([condition("asked")], [], [("condition_dropped", "asked")]),
        ([condition("asked")], [condition("Asked", "only_if")], [("condition_tightened", "Asked")]),
        ([condition("asked", "only_if")], [condition("asked")], [("condition_loosened", "asked")]),
        ([condition("asked", "when")], [condition("asked")], []),
        ([condition("asked")], [condition("hit")], [("condition_dropped", "asked"), ("condition_added", "hit")]),
        ([condition("asked")], [condition("ASKED")], []),
        ([condition("hit")], [condition("hit", "unless")], [("condition_added", "hit"), ("condition_dropped", "hit")]),
    ],
)  # fmt: skip
def test_conditions(before: list[Any], after: list[Any], expected: list[tuple[str, str]]) -> None:
    rows = [telling("a", conditions=before), telling("b", conditions=after)]
    found = rung([day(1, "a"), day(2, "b")], rows)
    assert sorted((kind, words) for kind, _, words in found) == sorted(expected)


def test_a_condition_that_anybody_told_before_is_not_new_but_a_teller_is_held_to_his_last_word() -> None:
    with_it, without = [condition("asked")], list[Any]()
    days = [day(1, "a"), day(2, "b"), day(3, "c")]
    others = [
        telling(doc, said_by=doc, conditions=each) for doc, each in zip("abc", (with_it, without, with_it), strict=True)
    ]
    assert rung(days, others) == [("condition_dropped", "2019-05-02", "asked")]
    one = [telling(doc, conditions=each) for doc, each in zip("abc", (with_it, without, with_it), strict=True)]
    assert [kind for kind, _, _ in rung(days, one)] == ["condition_dropped", "condition_added"]


def test_what_changes_within_a_day_rings_on_the_next() -> None:
    early, late = day(2, "a"), Version("page b", "b", "2019-05-02T20:00:00Z")
    rows = [telling("a", conditions=[condition("asked")]), telling("b"), telling("c")]
    found = rung([day(1, "z"), early, late, day(3, "c")], rows)
    assert [(kind, when) for kind, when, _ in found] == [
        ("new_commitment", "2019-05-02"),
        ("condition_dropped", "2019-05-02"),
    ]


def test_the_holder_acknowledges_what_others_told() -> None:
    rows = [telling("a", said_by="Sarn"), telling("b", said_by="Orlen"), telling("c", said_by="Orlen")]
    assert rung([day(1, "a"), day(2, "b"), day(3, "c")], rows) == [("acknowledged", "2019-05-02", HELP)]


def test_a_reversal() -> None:
    rows = [
        telling("a"),
        telling("b", act="will not send help", polarity="will_not"),
        telling("c", act="would send help"),
    ]
    assert rung([day(1, "a"), day(2, "b"), day(3, "c")], rows) == [
        ("reversal", "2019-05-02", "will not send help"),
        ("reversal", "2019-05-03", "would send help"),
    ]


def test_an_edited_and_a_withdrawn_page_ring_if_they_were_used() -> None:
    versions = [day(1, "a", "p"), day(1, "u", "q"), day(2, "b", "p"), day(2, "v", "q"), day(3, None, "p")]
    rows = [telling("a"), telling("b")]
    found = alerts(versions, rows, {})
    assert [(one.kind, one.day, one.about, one.before) for one in found] == [
        ("page_edited", "2019-05-02", "p", "a"),
        ("page_withdrawn", "2019-05-03", "p", "b"),
    ]


def test_a_page_that_comes_back_rings_again_and_each_time_under_another_id() -> None:
    versions = [
        day(1, "a", "p"),
        day(2, None, "p"),
        day(3, "b", "p"),
        day(4, None, "p"),
        day(5, "a", "p"),
        day(6, "b", "p"),
    ]
    found = alerts(versions, [telling("a"), telling("b", act="will pay")], {})
    assert [(one.kind, one.day) for one in found if one.telling is None] == [
        ("page_withdrawn", "2019-05-02"),
        ("page_withdrawn", "2019-05-04"),
        ("page_edited", "2019-05-06"),
    ]
    assert len({one.id for one in found}) == len(found)


def test_ids_are_of_kind_and_anchors() -> None:
    one, two = alerts([day(1, "z"), day(2, "a")], [telling("a"), telling("a", act="will not")], {})
    assert one.id != two.id
    (again,) = alerts([day(1, "z"), day(3, "a")], [telling("a")], {"c-a-Orlen-will send help": "other"})
    assert isinstance(again, Alert)
    assert again.id in (one.id, two.id)


def test_neither_order_nor_what_comes_later_changes_an_alert() -> None:
    versions = [day(1, "a"), day(2, "b"), day(3, "c")]
    rows = [telling("a"), telling("b", conditions=[condition("asked")]), telling("c", polarity="will_not")]
    whole = alerts(versions, rows, {})
    for order in permutations(range(3)):
        assert alerts([versions[i] for i in order], [rows[i] for i in order], {}) == whole
    assert alerts(versions[:2], rows[:2], {}) == whole[:1]
