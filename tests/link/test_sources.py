"""Sources of a case: joined by actor, rated by people, known by the register; origins and what `1` needs."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tocsin.core.rows import Row
from tocsin.link.derive import derive, touch
from tocsin.link.sources import SOURCES, credibility, origin, origins, refused, reliability
from tocsin.store.store import Store


@contextmanager
def opened() -> Iterator[Store]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder) / "c.tocsin", create=True) as store,
        store.writing(),
    ):
        yield store


def name(number: int, words: str, outlet: str | None = None, page: str = "", **roles: int) -> Row:
    data = {
        "key": words.casefold(), "names": [words], "roles": roles, "page": page or f"p{number}", "outlet": outlet,
        "doc": f"d{number}",
    }  # fmt: skip
    return Row("name", f"n{number}", data)


def alias(key: str, actor: str, docs: list[str] | None = None) -> Row:
    return Row("alias", f"k{key}{actor}", {"key": key, "actor": actor, "docs": docs})


def decided(number: int, act: str, about: str, value: dict[str, Any], made: str = "2020-01-01T00:00:00Z") -> Row:
    data = {
        "act": act, "by": "ada", "made": made, "note": None, "value": value, "keys": [about.casefold()],
        "about": [{"kind": "source", "doc": "", "exact": about, "spans": []}],
    }  # fmt: skip
    return Row("decision", f"d{number}", data)


def sources(*rows: Row) -> dict[str, dict[str, Any]]:
    """The sources of a case with one row a document, by their names."""
    with opened() as store:
        touched = set()
        for number, row in enumerate(rows):
            touched |= touch(store.rows, (SOURCES,), f"doc{number}", (row,))
        derive(store.rows, (SOURCES,), touched)
        return {row.data["name"]: row.data for row in store.rows.of_kind("source")}


def test_roles_are_counted_over_pages_under_one_actor() -> None:
    found = sources(
        name(1, "Lake Wire", agency=2, mention=5),
        name(2, "LW", channel=1),
        name(3, "Ada Ost", speaker=4, holder=1),
        alias("lw", "lake wire"),
    )
    assert list(found) == ["Lake Wire"]
    one = found["Lake Wire"]
    assert (one["roles"], one["pages"], one["names"]) == (
        {"agency": 2, "channel": 1},
        ["p1", "p2"],
        ["Lake Wire", "LW"],
    )
    assert one["reliability"] == {"code": "F", "by": None, "made": None, "note": None}
    assert (one["register"], one["reasons"]) == (None, ["not in the register"])


def test_two_of_one_name_stay_two_where_a_person_split_them() -> None:
    found = sources(
        name(1, "Echo", outlet="Echo", outlet_=0, agency=1),
        name(2, "Echo", agency=1),
        alias("echo", "echo #a", ["d1"]),
        alias("echo", "echo #b", ["d2"]),
    )
    assert len(found) == 1  # by name one hides the other here; by block they are two
    with opened() as store:
        rows = (
            name(1, "Echo", agency=1),
            name(2, "Echo", agency=1),
            alias("echo", "a", ["d1"]),
            alias("echo", "b", ["d2"]),
        )
        touched = set().union(*(touch(store.rows, (SOURCES,), row.id, (row,)) for row in rows))
        derive(store.rows, (SOURCES,), touched)
        assert sorted(row.id for row in store.rows.of_kind("source")) == ["n1", "n2"]


def test_a_rating_is_a_decision_and_the_last_one_holds() -> None:
    found = sources(
        name(1, "Lake Wire", agency=1),
        decided(1, "rate", "Lake Wire", {"reliability": "C"}, "2020-01-02T00:00:00Z"),
        decided(2, "rate", "Lake Wire", {"reliability": "B"}, "2020-01-03T00:00:00Z"),
        decided(3, "rate", "Shore Post", {"reliability": "A"}),
    )
    assert list(found) == ["Lake Wire"]
    assert found["Lake Wire"]["reliability"]["code"] == "B"


def test_the_register_and_what_a_case_adds_to_it() -> None:
    assert sources(name(1, "Interfax", agency=1))["Interfax"]["register"]["country"] == "RUS"
    entered = sources(
        name(1, "Lake Wire", agency=1),
        decided(1, "register", "Lake Wire", {"kind": "agency", "country": "VEL", "state": True}),
    )["Lake Wire"]
    assert (entered["register"]["country"], entered["register"]["state"]) == ("VEL", True)
    assert entered["reasons"] == ["entered in this case by ada, 2020-01-01T00:00:00Z"]


def test_an_outlet_is_known_by_its_pages_address() -> None:
    one = name(1, "Our paper", outlet="Our paper", page="https://tass.com/a")
    one.data["roles"] = {"outlet": 1}
    found = sources(one)["Our paper"]
    assert found["register"] is not None and found["reasons"][0].startswith("the register has the address")


def test_another_of_the_same_name_is_not_the_registers() -> None:
    one = name(1, "TASS", outlet="TASS", page="https://tass.example/a")
    one.data["roles"] = {"outlet": 1}
    found = sources(one, name(2, "TASS", agency=3))["TASS"]
    assert found["register"] is None
    assert found["reasons"] == ["the register has 'TASS', but a page of this one is at https://tass.example/a"]


def test_order_does_not_matter() -> None:
    rows = [
        name(1, "Lake Wire", agency=2), name(2, "LW", channel=1), name(3, "Shore Post", relayer=1),
        alias("lw", "lake wire"), decided(1, "rate", "LW", {"reliability": "B"}),
    ]  # fmt: skip
    seen = set()
    for seed in range(6):
        shuffled = random.Random(seed).sample(rows, len(rows))
        with opened() as store:
            for row in shuffled:
                derive(store.rows, (SOURCES,), touch(store.rows, (SOURCES,), row.id, (row,)))
            seen.add(str(store.rows.fingerprint()))
    assert len(seen) == 1
    assert sources(*rows)["Lake Wire"]["reliability"]["code"] == "B"


def hop(actor: str | None, role: str, basis: str = "stated") -> dict[str, Any]:
    return {"actor": actor, "role": role, "basis": basis, "spans": []}


ADA, WIRE, SHORE = hop("Ada Ost", "speaker"), hop("Lake Wire", "agency"), hop("Shore Post", "outlet", "inferred")


def test_pages_that_relay_one_agency_have_one_origin() -> None:
    first = {"hops": [ADA, hop("K9", "channel"), WIRE, SHORE], "page": "a"}
    second = {"hops": [ADA, hop("K9", "channel"), hop("Echo", "outlet", "inferred")], "page": "b"}
    third = {"hops": [ADA, SHORE], "page": "c"}
    assert origins([first, second]) == {("ada ost", "k9")}
    assert origins([first, third]) == {("ada ost", "k9"), ("ada ost", "shore post")}


def test_a_spokesperson_is_no_root_and_an_unknown_outlet_is_the_pages_own() -> None:
    assert origin([ADA, hop("spokesman", "spokesperson"), SHORE]) == ("ada ost", "shore post")
    assert origin([ADA, hop(None, "outlet", "inferred")], "a") == ("ada ost", "page a")
    assert origin([SHORE | {"role": "outlet"}], "a") == ("shore post", "shore post")


@pytest.mark.parametrize(
    ("code", "roots", "by", "why"),
    [
        ("1", ["K9"], "ada", "origins"),
        ("1", ["K9", "K9"], "ada", "origins"),
        ("1", ["K9", "K8"], None, "person"),
        ("1", ["K9", "K8"], "ada", None),
        ("2", ["K9"], "ada", None),
        ("7", ["K9"], "ada", "one of"),
    ],
)
def test_confirmed_needs_two_origins_and_a_person(code: str, roots: list[str], by: str | None, why: str | None) -> None:
    claims = [{"hops": [ADA, hop(root, "channel"), SHORE], "page": "a"} for root in roots]
    told = refused(code, claims, by)
    assert (told is None) if why is None else why in (told or "")


def test_unknown_stays_unknown() -> None:
    assert reliability([])["code"] == "F"
    assert credibility([])["code"] == "6"
    odd = {"act": "rate", "value": {"reliability": "Z"}, "by": "ada", "made": "", "note": None}
    assert reliability([odd])["code"] == "F"
