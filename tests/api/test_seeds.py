"""The five seeds as one case: what stands on its board, and what would follow if. Skips without `../shared`."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bench.room import find_shared
from tocsin.api.case import Case
from tocsin.api.supposing import Under

pytestmark = [pytest.mark.shared, pytest.mark.model]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    shared = find_shared()
    if shared is None:
        pytest.skip("needs ../shared/seeds")
    path = tmp_path_factory.mktemp("seeds") / "seeds.tocsin"
    with Case(path, create=True, clock=lambda: datetime(2020, 9, 1, tzinfo=UTC)) as made:
        made.add(shared / "seeds")
        yield made


def board(case: Case) -> list[str]:
    """Each telling on the board as one line: holder, act, conditions with their operators, instrument, teller."""
    return [
        f"{one.holder} | {telling.polarity} {telling.action.text} | "
        + " & ".join(f"{part.operator} {part.text}" for part in telling.conditions)
        + f" | {telling.instrument} | {telling.said_by}"
        for one in case.board()
        for telling in one.tellings
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        r"will_not .*use.*\| (?:as_long_as|unless) .*out of control.*\| .* \| Vladimir Putin",
        r"burn cars, houses, banks and assault administrative buildings",
        r"only_if Minsk requests it.* & .*external aggression",
        r"support.* of the other members .*\| Russian press",
        r"defend .* territory .*Union",
        r"1994 security agreement",
        r"help .*\| when .*very first request .*\| Alexander Lukashenko",
        r"interven.*\| only_if .*foreign aggression.* Artsyom Shraybman",
        r"render the necessary assistance .*Kremlin",
    ],
)
def test_the_board_holds(case: Case, pattern: str) -> None:
    lines = board(case)
    assert any(re.search(pattern, line, re.IGNORECASE) for line in lines), "\n".join(lines)


def test_every_commitment_leads_to_its_words(case: Case) -> None:
    for one in case.board():
        for telling in one.tellings:
            text = case.document(telling.doc).text
            pieces = [text[start:end] for start, end in telling.action.spans]
            assert telling.action.text == " … ".join(pieces)


def test_seized_buildings_free_the_reserve_by_the_presidents_terms_alone(case: Case) -> None:
    found = changed(case, "protesters seize administrative buildings")
    assert found
    for under in found:
        assert (under.before.standing, under.after.standing) == ("bound not to act", "free to act")
        assert under.after.by == "Vladimir Putin"


def test_a_request_brings_help_by_one_telling_and_not_by_the_other(case: Case) -> None:
    found = changed(case, "Minsk requests help")
    assert any(one.after.standing == "bound to act" and "Lukashenko" in str(one.after.by) for one in found)
    assert not any("Shraybman" in str(one.after.by) for one in found)


def test_a_request_and_an_attack_free_the_treatys_force_but_for_what_the_press_adds(case: Case) -> None:
    outcome = case.whatif(suppose=["Minsk requests help", "external aggression"])
    freed = [
        one
        for one in outcome.consequences
        if any(under.changed and under.after.standing == "free to act" for under in one.terms)
        and any("other members" in part.text for telling in one.commitment.tellings for part in telling.conditions)
    ]
    assert freed
    (press,) = [under for one in freed for under in one.terms if under.after.by == "Russian press"]
    assert press.after.standing == "bound not to act"


def test_nothing_supposed_is_kept(case: Case) -> None:
    before = "".join(case.export("jsonl"))
    case.whatif(suppose=["Minsk requests help"])
    assert "".join(case.export("jsonl")) == before


def changed(case: Case, *supposed: str) -> list[Under]:
    """Whose terms change what holds, supposing this."""
    outcome = case.whatif(suppose=supposed)
    return [under for one in outcome.consequences for under in one.terms if under.changed]
