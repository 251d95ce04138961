"""Bodies' names compared, states by their codes, what a name names."""

import pytest

from tocsin.link.actors import SAME_WORDS
from tocsin.names import compare
from tocsin.names.bodies import acronym_of, bodies, shared_by
from tocsin.names.keys import body_keys, person_keys
from tocsin.names.kinds import is_nobody, kind_of, shape_of, state_meant
from tocsin.names.shortened import cut_short, one_land
from tocsin.names.states import naming, states


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("CSTO", "Collective Security Treaty Organization", True),
        ("ODKB", "OTCS", True),
        ("Russian Foreign Ministry", "Ministry of Foreign Affairs of Russia", True),
        ("Russian Foreign Ministry", "Belarusian Foreign Ministry", False),
        ("Foreign Ministry", "Russian Foreign Ministry", False),
        ("North Korea", "South Korea", False),
        ("Congo", "Republic of the Congo", False),
        ("Varnoil OAO", "Varnoil", True),
        ("Varnoil", "Varnoil Shipping", False),
        ("Kremlin", "Moscow", True),
        ("Kavorian Interior Ministry", "Interior Ministry of Kavoria", True),
        ("Kavorian Foreign Ministry", "Ministry of Foreign Affairs of the Republic of Kavoria", True),
        ("Kavorian Interior Ministry", "Interior Ministry of Orvania", False),
    ],
)
def test_bodies(a: str, b: str, same: bool) -> None:
    assert compare(a, b, "organisation").same is same


def test_continents_are_no_lands_whose_bodies_meet_by_the_word_for_their_people() -> None:
    assert not one_land("europe", "european")
    assert one_land("kavoria", "kavorian")
    assert not one_land("kavorian", "kavorians")
    assert bodies("Council of Europe", "European Council").score < SAME_WORDS


@pytest.mark.parametrize(
    ("short", "long", "cut"),
    [
        ("Varn Endowment", "Varn Endowment for Public Peace", True),
        ("Veltonpress", "Veltonpress news agency", True),
        ("Velton University", "Velton University Press", False),
        ("Reform Party", "Reform Party of Velton", False),
        ("Centre", "Centre for Public Peace", False),
        ("Varn", "Varn for Mayor", False),
    ],
)
def test_what_a_body_is_for_may_be_cut_off(short: str, long: str, cut: bool) -> None:
    assert cut_short(short, long) is cut


def test_an_acronym_stands_for_initials_in_any_order() -> None:
    assert acronym_of("KDTO", "Kavorian Defence Treaty Organization") == "initials"
    assert acronym_of("OTKD", "Kavorian Defence Treaty Organization") == "initials in another order"
    assert acronym_of("KDT", "Kavorian Defence Treaty Organization") is None
    assert acronym_of("order", "Office of Road Design") is None


def test_states_have_their_codes_once() -> None:
    codes = [state.iso for state in states()]
    numbers = [state.cow for state in states() if state.cow is not None]
    assert len(codes) == len(set(codes)) >= 195
    assert len(numbers) == len(set(numbers))
    assert all(len(code) == 3 and code.isupper() for code in codes)
    found = naming("the Republic of Belarus")
    assert found is not None
    assert (found.state.iso, found.state.cow) == ("BLR", 370)
    assert naming("Congo") is None


def test_a_capital_is_its_government_only_where_it_speaks() -> None:
    assert state_meant("Minsk", {"mention": 3}) is None
    spoken = state_meant("Minsk", {"speaker": 1})
    assert spoken is not None
    assert spoken.state.iso == "BLR"
    assert state_meant("Georgia", {"mention": 2}) is None


@pytest.mark.parametrize("name", ["They", "nobody", "noon next Sunday", "order", "one man", "He"])
def test_nobodies(name: str) -> None:
    assert is_nobody(name)


@pytest.mark.parametrize("name", ["strikers", "opposition", "Marta", "Interior Ministry", "riot police"])
def test_somebodies(name: str) -> None:
    assert not is_nobody(name)


def test_kinds() -> None:
    assert kind_of(["Belarus"], {"place": 3}, {}) == "state"
    assert kind_of(["strikers"], {}, {"speaker": 1}) == "crowd"
    assert kind_of(["Varn Daily"], {"organisation": 1}, {"outlet": 4}) == "outlet"
    assert kind_of(["NATO"], {"person": 1}, {}) == "intergovernmental_body"
    assert kind_of(["Marta Orlova"], {"person": 1}, {"speaker": 2}) == "person"
    assert shape_of("Orlova", {"person": 1}, {}) == "surname"


def test_names_of_every_state_are_said_to_be_shared() -> None:
    assert shared_by("Foreign Ministry")
    assert shared_by("Tripoli")
    assert shared_by("Kavorian Foreign Ministry") is None


def test_names_meet_under_a_key() -> None:
    for a, b in (
        ("Alexander Orlenko", "Аляксандр Арленка"),
        ("Jean Luc Varenne", "Varenne, Jean-Luc"),
        ("Kim Yong-ho", "김용호"),
    ):
        assert set(person_keys(a)) & set(person_keys(b)), (a, b)
    assert set(body_keys("KDTO")) & set(body_keys("Kavorian Defence Treaty Organization"))
    assert not set(person_keys("Marta Orlova")) & set(person_keys("Marta Hartwell"))
