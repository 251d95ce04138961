from dataclasses import replace
from itertools import combinations

import pytest

from tocsin.core.rows import Edge, Row
from tocsin.core.when import When
from tocsin.link.bounds import as_data
from tocsin.link.closing import clusters
from tocsin.link.occasions import LEAST, OCCASIONS, figures, names, stems

MONDAY, TUESDAY = (When(day, day, frozenset(), ()) for day in ("2018-10-01", "2018-10-02"))
UP_TO_MONDAY, UP_TO_TUESDAY = When(None, MONDAY.latest), When(None, TUESDAY.latest)


def saying(name: str, text: str, when: When) -> Row:
    data = {"speaker": "velk", "stems": sorted(stems(text)), "names": names(text), "figures": figures(text)}
    return Row("saying", name, {**data, **as_data(when)})


def pair(one: str, other: str, first: When = UP_TO_MONDAY, second: When = UP_TO_TUESDAY) -> Edge | None:
    return OCCASIONS.pair(saying("a", one, first), saying("b", other, second))


def test_the_same_words_on_two_days_are_two_sayings() -> None:
    text = "we will send our engineers to repair the bridge"
    edge = pair(text, text, MONDAY, TUESDAY)
    assert isinstance(edge, Edge) and edge.kind == "veto"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will send 40 people to repair the bridge at Orsk", "We will send 90 people to repair the bridge at Orsk"),
        ("We will send people to repair the bridge at Orsk", "We will send people to repair the bridge at Tolva"),
    ],
)  # fmt: skip
def test_alike_words_of_another_town_or_figure_are_two_things(one: str, other: str) -> None:
    assert pair(one, one) is not None
    assert pair(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will send people to repair the bridge at Orsk", "We will send people to repair the bridge soon"),
        ("We will send people to repair the bridge near Kiev", "We will send people to repair the bridge near Kyiv"),
        ("Troops will repair the longest bridge for the Iranians", "Troops will repair the longest bridge for Iran"),
        ("We will pay 1,000 crowns to repair the bridge", "We will pay 1000 crowns to repair the bridge"),
        ("He said President Orlo will repair the bridge quickly", "He said Mr Orlo will repair the bridge quickly"),
        ("Engineers Will Repair The Bridge Quickly", "engineers will repair the bridge quickly"),
    ],
)  # fmt: skip
def test_what_one_page_leaves_out_or_spells_otherwise_is_no_difference(one: str, other: str) -> None:
    assert pair(one, other) is not None


def test_what_tells_neither_a_day_is_not_joined() -> None:
    text = "we will send our engineers to repair the bridge"
    assert len(stems(text)) >= LEAST
    assert pair(text, text, MONDAY, MONDAY) is None


def test_a_capital_that_opens_a_sentence_names_nobody() -> None:
    assert names("“Engineers left. Trucks followed: Nobody from Orsk came.") == ["orsk"]


def test_what_was_said_on_two_days_stays_apart_though_a_third_page_leaves_the_town_out() -> None:
    words = "We will send people to repair the long bridge"
    one, other, bare = (
        saying("a", f"{words} at Orsk", MONDAY),
        saying("b", f"{words} at Tolva", TUESDAY),
        saying("c", words, UP_TO_TUESDAY),
    )
    edges = [OCCASIONS.pair(*two) for two in ((one, other), (one, bare), (other, bare))]
    found = clusters(
        "abc", [replace(edge, a=a, b=b) for edge, (a, b) in zip(edges, combinations("abc", 2), strict=True) if edge]
    )
    assert not any({"a", "b"} <= set(members) for members in found)


@pytest.mark.parametrize(
    ("one", "other", "same"), [("Niger", "Nigeria", False), ("Austria", "Australia", False), ("Russia", "Moscow", True)]
)
def test_states_are_told_by_the_table_of_states(one: str, other: str, same: bool) -> None:
    text = "We will send people to repair the long bridge in {}"
    assert (pair(text.format(one), text.format(other)) is not None) == same


def test_two_lists_of_names_are_not_compared_name_by_name() -> None:
    left, right = (" and ".join(f"{start}{chr(97 + n)}ov" for n in range(20)) for start in ("Mar", "Tol"))
    assert pair(f"We will send people to repair {left}", f"We will send people to repair {right}") is None
