"""Actors across pages: what is merged, what is only suggested, what never; decisions; the second law."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.core.rows import Row
from tocsin.link.actors import ACTORS
from tocsin.link.derive import derive, touch
from tocsin.link.names import name_key
from tocsin.link.namings import NAMINGS
from tocsin.store.store import Store

STAGES = (NAMINGS, ACTORS)


def named(doc: str, name: str, kind: str = "person", **more: Any) -> Row:
    """The row of a name on a page."""
    data = {
        "key": name_key(name),
        "names": [name],
        "roles": {"speaker": 1},
        "kinds": [kind],
        "forms": [name],
        "beside": [],
        "page": doc,
        "doc": doc,
        **more,
    }
    return Row("name", f"n{doc}{name_key(name)}", data)


def decided(act: str, made: str, *anchors: tuple[str, str]) -> Row:
    """The row of a person's act about two names: (document, words) each."""
    about = [{"doc": doc, "kind": "name", "exact": words, "spans": [[0, 1]]} for doc, words in anchors]
    data = {"act": act, "by": "ada", "made": made, "about": about, "keys": [name_key(words) for _, words in anchors]}
    return Row("decision", f"d{made}", data)


def case(path: Path, rows: Iterable[Row], decisions: Sequence[Row] = (), *, one_by_one: bool = False) -> list[Row]:
    """Every row that the stages make of these names, a document each."""
    docs: dict[str, list[Row]] = {}
    for row in rows:
        docs.setdefault(row.data["doc"], []).append(row)
    if decisions:
        docs["zz"] = list(decisions)
    with Store(path / "x.tocsin", create=True) as store:
        touched = set[tuple[str, str]]()
        for doc, found in docs.items():
            with store.writing():
                touched |= touch(store.rows, STAGES, doc, tuple(sorted(found, key=lambda row: row.id)))
                if one_by_one:
                    derive(store.rows, STAGES, touched)
                    touched = set()
        with store.writing():
            derive(store.rows, STAGES, touched)
        return [row for kind in ("actor", "alias", "suggestion") for row in store.rows.of_kind(kind)]


def actors(rows: Iterable[Row]) -> list[list[str]]:
    return sorted(sorted(row.data["names"]) for row in rows if row.kind == "actor")


def suggested(rows: Iterable[Row]) -> list[str]:
    return sorted(row.data["what"] for row in rows if row.kind == "suggestion")


def test_spellings_of_a_full_name_are_one_actor(tmp_path: Path) -> None:
    found = case(tmp_path, [named("1", "Alexander Orlenko"), named("2", "Alyaksandr Orlenka"), named("3", "Orlenko")])
    assert actors(found) == [["Alexander Orlenko", "Alyaksandr Orlenka", "Orlenko"]]
    aliases = {row.data["key"]: row.data["actor"] for row in found if row.kind == "alias"}
    assert aliases == dict.fromkeys(("alexander orlenko", "alyaksandr orlenka", "orlenko"), "alexander orlenko")
    (actor,) = (row.data for row in found if row.kind == "actor")
    assert "the only bearer of Orlenko in the case" in actor["reasons"]


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["Alexander Orlenko", "Nikolai Orlenko"], "Orlenko"),  # two bear it
        (["Robert Hartwell", "Robert Hartwell Jr."], "Hartwell"),
        (["Ivan Petrovich Orlov", "Ivan Orlov", "Ivan Sergeyevich Orlov"], "Orlov"),
        (["Clara Thomas"], "Thomas"),  # a given name too
        (["Ivan Petrovich Orlov", "Ivan Petrovich Belov"], "Ivan Petrovich"),
        (["Sergei Petrovich Orlov"], "Ivan Petrovich"),
    ],
)
def test_a_short_form_that_two_can_bear_stays_alone(tmp_path: Path, names: list[str], short: str) -> None:
    rows = [named(str(n), name) for n, name in enumerate((*names, short))]
    assert [short] in actors(case(tmp_path, rows))


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["Ivan Petrovich Orlov"], "Ivan Petrovich"),
        (["Yevgeny Pavlovich Belov"], "Yevgeni Pavlovich"),
        (["Ivan Orlov", "Ivan Petrovich Orlov"], "Petrovich Orlov"),
        (["Ivan Orlov", "Mayor Ivan Orlov", "Harbourmaster Ivan Orlov"], "Orlov"),  # words before him are no bearer
    ],
)
def test_a_short_form_of_one_bearer_is_his(tmp_path: Path, names: list[str], short: str) -> None:
    rows = [named(str(n), name) for n, name in enumerate((*names, short))]
    (found,) = (each for each in actors(case(tmp_path, rows)) if short in each)
    assert names[0] in found


def test_what_only_may_be_the_bearer_is_not_merged_by_the_surname(tmp_path: Path) -> None:
    rows = [named("1", "John Hartwell"), named("2", "John Hartwell"), named("3", "J. Hartwell"), named("4", "Hartwell")]
    assert actors(case(tmp_path, rows)) == [["Hartwell", "John Hartwell"], ["J. Hartwell"]]


def test_initials_are_the_bearers_where_an_office_shows_it(tmp_path: Path) -> None:
    (tmp_path / "same").mkdir()
    (tmp_path / "other").mkdir()
    minister, envoy = [{"title": "foreign minister", "of": "Velta"}], [{"title": "envoy", "of": "Velta"}]
    rows = [named("1", "Inna Kolosh", offices=minister), named("2", "I. V. Kolosh", offices=minister)]
    assert actors(case(tmp_path / "same", rows)) == [["I. V. Kolosh", "Inna Kolosh"]]
    rows = [rows[0], named("2", "I. V. Kolosh", offices=envoy)]
    assert len(actors(case(tmp_path / "other", rows))) == 2


def test_a_surname_of_another_office_or_of_many_more_pages_stays_alone(tmp_path: Path) -> None:
    held = [[{"title": "mayor", "of": "Velton"}], [{"title": "fisheries envoy", "of": None}]]
    (tmp_path / "a").mkdir()
    rows = [named("1", "Ivan Orlov", offices=held[0]), named("2", "Orlov", offices=held[1])]
    assert len(actors(case(tmp_path / "a", rows))) == 2
    (tmp_path / "b").mkdir()
    assert len(actors(case(tmp_path / "b", [rows[0], *(named(doc, "Orlov") for doc in "2345")]))) == 2


def test_a_second_bearer_takes_the_surname_away_again(tmp_path: Path) -> None:
    rows = [named("1", "Ivan Orlov"), named("2", "Orlov"), named("3", "Pavel Orlov")]
    found = case(tmp_path, rows, one_by_one=True)
    assert actors(found) == [["Ivan Orlov"], ["Orlov"], ["Pavel Orlov"]]
    assert suggested(found) == ["merge", "merge"]


def test_describing_words_name_no_second_person(tmp_path: Path) -> None:
    rows = [named("1", "Ivan Orlov"), named("2", "mother of Pavel Orlov"), named("3", "Anna and Petr Orlov")]
    assert ["Ivan Orlov", "Orlov"] in actors(case(tmp_path, [*rows, named("4", "Orlov")]))


def test_a_spelling_in_small_letters_is_shown_before_a_masthead(tmp_path: Path) -> None:
    rows = [named("1", "VELTONPOST", "organisation"), named("2", "VELTONPOST", "organisation")]
    (found,) = (row for row in case(tmp_path, [*rows, named("3", "Veltonpost", "organisation")]) if row.kind == "actor")
    assert found.data["name"] == "Veltonpost"


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("Nikolai Orlenko", "Viktor Orlenko", []),
        ("Robert Hartwell", "Robert Hartwell Jr.", ["merge"]),
        ("Bill Hartwell", "William Hartwell", ["merge"]),
        ("John Hartwell", "J. Hartwell", ["merge"]),
        ("Ivan Petrovich Orlov", "Ivan Sergeyevich Orlov", []),
    ],
)
def test_what_is_only_likely_is_suggested_and_what_is_two_is_not(
    tmp_path: Path, a: str, b: str, said: list[str]
) -> None:
    found = case(tmp_path, [named("1", a), named("2", b)])
    assert len(actors(found)) == 2
    assert suggested(found) == said


def test_a_veto_holds_through_a_chain(tmp_path: Path) -> None:
    rows = [named("1", "Ivan Petrovich Orlov"), named("2", "Ivan Orlov"), named("3", "Ivan Sergeyevich Orlov")]
    assert len(actors(case(tmp_path, rows))) == 2


def test_an_acronym_needs_a_page_that_shows_it(tmp_path: Path) -> None:
    long = "Kavorian Defence Treaty Organization"
    rows = [named("1", long, "organisation"), named("2", "KDTO", "organisation")]
    (tmp_path / "a").mkdir()
    found = case(tmp_path / "a", rows)
    assert (len(actors(found)), suggested(found)) == (2, ["merge"])
    (tmp_path / "b").mkdir()
    shown = case(tmp_path / "b", [named("1", long, "organisation", beside=["KDTO"]), rows[1]])
    assert actors(shown) == [["KDTO", long]]


def test_one_page_that_has_both_shows_what_is_short_for_what(tmp_path: Path) -> None:
    long, cut = "Varn Institute for Sea Studies", "Varn Institute"
    apart = [named("1", long, "organisation"), named("2", "VISS", "organisation"), named("3", cut, "organisation")]
    (tmp_path / "a").mkdir()
    assert len(actors(case(tmp_path / "a", apart))) == 3
    (tmp_path / "b").mkdir()
    together = [named("1", name, "organisation") for name in (long, "VISS", cut)]
    assert actors(case(tmp_path / "b", together)) == [sorted((cut, long, "VISS"))]


def test_states_have_codes_and_their_capitals_speak_for_them(tmp_path: Path) -> None:
    rows = [
        named("1", "Belarus", "place"),
        named("2", "Minsk", "place"),
        named("3", "Minsk", "place", roles={"mention": 1}),
    ]
    (found,) = (row for row in case(tmp_path, rows) if row.kind == "actor")
    assert (found.data["kind"], found.data["codes"]) == ("state", {"iso3": "BLR", "cow": 370})
    assert "Minsk: the capital speaks for Belarus" in found.data["reasons"]


def test_a_state_is_shown_by_its_own_name(tmp_path: Path) -> None:
    rows = [named(doc, "KREMLIN", "organisation") for doc in "123"] + [named("4", "Russia", "place")]
    (found,) = (row for row in case(tmp_path, rows) if row.kind == "actor")
    assert found.data["name"] == "Russia"


def test_a_capital_where_something_happens_is_a_place(tmp_path: Path) -> None:
    rows = [named("1", "Belarus", "place"), named("2", "Minsk", "place", roles={"mention": 1})]
    assert len(actors(case(tmp_path, rows))) == 2


CAPITAL = [{"title": "capital", "of": "Karvia"}]


def test_a_capital_by_a_pages_words_speaks_for_its_land(tmp_path: Path) -> None:
    rows = [
        named("1", "Karvia", "place"),
        named("2", "Velton", "place", offices=CAPITAL),
        named("3", "Velton", "place"),
    ]
    (found,) = (row for row in case(tmp_path, rows) if row.kind == "actor")
    assert found.data["kind"] == "state"
    assert found.data["reasons"] == ["a page calls Velton the capital of Karvia, and it speaks"]


def test_a_capital_that_does_not_speak_or_is_two_lands_is_a_place(tmp_path: Path) -> None:
    quiet = named("2", "Velton", "place", offices=CAPITAL, roles={"mention": 1})
    (tmp_path / "a").mkdir()
    assert len(actors(case(tmp_path / "a", [named("1", "Karvia", "place"), quiet]))) == 2
    two = named("2", "Velton", "place", offices=[*CAPITAL, {"title": "capital", "of": "Lodva"}])
    (tmp_path / "b").mkdir()
    assert len(actors(case(tmp_path / "b", [named("1", "Karvia", "place"), two, named("3", "Lodva", "place")]))) == 3


def test_a_land_and_its_long_form_are_one_under_the_short_name(tmp_path: Path) -> None:
    rows = [named("1", "Karvia", "place"), named("2", "Republic of Karvia", "organisation")]
    (found,) = (row for row in case(tmp_path, rows) if row.kind == "actor")
    assert found.data["name"] == "Karvia"
    (tmp_path / "b").mkdir()
    rows = [named("1", "Dominica", "place"), named("2", "Dominican Republic", "organisation")]
    assert len(actors(case(tmp_path / "b", rows))) == 2


def test_an_actors_offices_stand_once_and_with_their_owner(tmp_path: Path) -> None:
    held = [{"title": "president", "of": None}, {"title": "president", "of": "Karvia"}, {"title": "author", "of": None}]
    rows = [named("1", "Ann Lee", offices=held), named("2", "Ann Lee", offices=held[:1])]
    (found,) = (row for row in case(tmp_path, rows) if row.kind == "actor")
    assert found.data["offices"] == [
        {"title": "president", "of": "Karvia", "pages": ["1", "2"]},
        {"title": "author", "of": None, "pages": ["1"]},
    ]


def test_nobody_is_no_actor(tmp_path: Path) -> None:
    assert case(tmp_path, [named("1", "They"), named("2", "noon next Sunday"), named("3", "nobody")]) == []


def test_a_name_that_several_things_bear_is_not_kept_together_in_silence(tmp_path: Path) -> None:
    rows = [named(doc, "Tripoli", "place", roles={"mention": 1}) for doc in "12"]
    assert suggested(case(tmp_path, rows)) == ["split"]
    held = [[{"title": "spokesman", "of": None}], [{"title": "swimmer", "of": None}]]
    (tmp_path / "b").mkdir()
    people = [named(doc, "Marta Orlova", offices=offices) for doc, offices in zip("12", held, strict=True)]
    assert suggested(case(tmp_path / "b", people)) == ["split"]
    (tmp_path / "c").mkdir()
    assert suggested(case(tmp_path / "c", [named(doc, "Wang Min") for doc in "12"])) == ["split"]


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (("minister", "Velton"), ("minister", "Karduvia"), ["split"]),
        (("minister", "Karduvia"), ("minister", "Karduvian"), []),
        (("commission chairwoman", None), ("chair", None), []),
        (("president", None), ("counterpart", None), []),  # no office
    ],
)
def test_offices_tell_two_of_one_name_apart(tmp_path: Path, one: Any, other: Any, said: list[str]) -> None:
    offices = [[{"title": title, "of": of}] for title, of in (one, other)]
    rows = [named(doc, "Marta Orlova", offices=held) for doc, held in zip("12", offices, strict=True)]
    assert suggested(case(tmp_path, rows)) == said


def test_a_person_merges_and_splits(tmp_path: Path) -> None:
    rows = [named("1", "Bill Hartwell"), named("2", "William Hartwell"), named("3", "William Hartwell")]
    merge = decided("merge", "2025-01-01T00:00:00Z", ("1", "Bill Hartwell"), ("2", "William Hartwell"))
    split = decided("split", "2025-01-02T00:00:00Z", ("2", "William Hartwell"), ("3", "William Hartwell"))
    (tmp_path / "a").mkdir()
    merged = case(tmp_path / "a", rows, [merge])
    assert actors(merged) == [["Bill Hartwell", "William Hartwell"]]
    (tmp_path / "b").mkdir()
    both = case(tmp_path / "b", rows, [merge, split])
    pages = sorted(row.data["pages"] for row in both if row.kind == "actor")
    assert pages == [["1", "2"], ["3"]]
    apart = [row.data for row in both if row.kind == "alias" and row.data["docs"] == ["3"]]
    assert len(apart) == 1
    assert apart[0]["actor"].startswith("william hartwell #")


def test_a_persons_split_overrules_a_spelling(tmp_path: Path) -> None:
    rows = [named("1", "Alexander Orlenko"), named("2", "Alyaksandr Orlenka")]
    split = decided("split", "2025-01-02T00:00:00Z", ("1", "Alexander Orlenko"), ("2", "Alyaksandr Orlenka"))
    assert len(actors(case(tmp_path, rows, [split]))) == 2


WORLD: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Alexander Orlenko", {}),
    ("Alyaksandr Orlenka", {}),
    ("Alexander Petrovich Orlenko", {}),
    ("Nikolai Orlenko", {}),
    ("Orlenko", {}),
    ("Alexander Petrovich", {}),
    ("KDTO", {}),
    ("Kavorian Defence Treaty Organization", {"beside": ["KDTO"]}),
    ("Minsk", {}),
    ("Belarus", {}),
    ("Velton", {"kinds": ["place"], "offices": [{"title": "capital", "of": "Karvia"}]}),
    ("Karvia", {}),
    ("Republic of Karvia", {"kinds": ["organisation"]}),
)


@given(
    st.lists(st.tuples(st.sampled_from("123456"), st.sampled_from(WORLD)), max_size=9),
    st.randoms(use_true_random=False),
)
def test_any_order_gives_the_same_actors(
    tmp_path_factory: pytest.TempPathFactory, uses: list[tuple[str, tuple[str, dict[str, Any]]]], random: Any
) -> None:
    rows = list({row.id: row for row in (named(doc, name, **more) for doc, (name, more) in uses)}.values())
    split = decided("split", "2025-01-02T00:00:00Z", ("1", "Alexander Orlenko"), ("2", "Alyaksandr Orlenka"))
    path = tmp_path_factory.mktemp("order")
    (path / "a").mkdir()
    (path / "b").mkdir()
    whole = case(path / "a", rows, [split])
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert case(path / "b", shuffled, [split], one_by_one=True) == whole
