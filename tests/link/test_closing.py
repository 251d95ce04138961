"""Clusters closed over pairs: what unites, what refuses, and that adding and removing in any order gives what closing
everything at once gives.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.core.rows import Edge, Facts, Item, Row
from tocsin.link import pairing
from tocsin.link.closing import Closure, Pairs, clusters, in_order
from tocsin.link.derive import LinkStage, derive, touch
from tocsin.store.store import Store

LETTERS = "abcdefgh"


def same(a: str, b: str, score: float = 0.9) -> Edge:
    return Edge("same", score, a=a, b=b)


def veto(a: str, b: str, rank: str = "") -> Edge:
    return Edge("veto", a=a, b=b, rank=rank)


def must(a: str, b: str, rank: str = "1") -> Edge:
    return Edge("must", a=a, b=b, rank=rank)


def found(letters: str, *edges: Edge) -> list[str]:
    return ["".join(one) for one in clusters(letters, edges)]


def test_what_is_the_same_is_one_cluster_however_far() -> None:
    assert found("abcd", same("a", "b"), same("b", "c")) == ["abc", "d"]


def test_what_may_be_one_stays_two() -> None:
    assert found("ab", Edge("maybe", a="a", b="b")) == ["a", "b"]


def test_a_veto_between_far_members_refuses_the_weaker_union() -> None:
    edges = (same("a", "b", 0.9), same("b", "c", 0.8), same("c", "d", 0.7), veto("a", "d"))
    assert found("abcd", *edges) == ["abc", "d"]
    assert found("abcd", *edges, same("b", "d", 0.95)) == ["a", "bcd"]


def test_unions_of_one_score_are_tried_by_ids() -> None:
    assert found("abc", same("b", "c"), same("a", "b"), veto("a", "c")) == ["ab", "c"]


def test_a_person_overrules_the_machines_veto_and_the_machine_never_a_persons() -> None:
    assert found("ab", veto("a", "b")) == ["a", "b"]
    assert found("abc", must("a", "c"), must("b", "c"), veto("a", "b")) == ["abc"]
    assert found("abc", same("a", "c"), same("b", "c"), veto("a", "b", "1")) == ["ac", "b"]


def test_of_two_decisions_the_later_stands() -> None:
    assert found("abc", must("a", "c", "1"), must("b", "c", "2"), veto("a", "b", "3")) == ["a", "bc"]
    assert found("abc", must("a", "c", "1"), must("b", "c", "4"), veto("a", "b", "3")) == ["a", "bc"]
    assert found("abc", must("a", "c", "4"), must("b", "c", "5"), veto("a", "b", "3")) == ["abc"]


def test_what_a_person_merged_still_keeps_its_vetoes_against_others() -> None:
    assert found("abc", must("a", "b"), veto("b", "c"), same("a", "c")) == ["ab", "c"]


def test_edges_to_what_is_not_there_are_nothing() -> None:
    assert found("a", same("a", "z"), veto("y", "z")) == ["a"]


@st.composite
def webs(draw: st.DrawFn) -> dict[str, Edge]:
    """An edge for some of the pairs of `LETTERS`."""
    out = {}
    for number, a in enumerate(LETTERS):
        for b in LETTERS[number + 1 :]:
            kind = draw(st.sampled_from(["", "", "same", "same", "veto", "must", "maybe"]))
            rank = draw(st.sampled_from(["1", "2", "3"])) if kind == "must" else ""
            if kind == "veto":
                rank = draw(st.sampled_from(["", "", "1", "2", "3"]))
            if kind:
                score = draw(st.sampled_from([0.5, 0.7, 0.9]))
                out[a + b] = Edge(kind, score, ("because",), rank)  # type: ignore[arg-type]
    return out


def by_hand(ids: Iterable[str], edges: list[Edge]) -> list[tuple[str, ...]]:
    """The definition, word by word: every pair of members is looked at."""
    sets = [{one} for one in ids]
    vetoes = {frozenset((edge.a, edge.b)): edge.rank for edge in edges if edge.kind == "veto"}
    for edge in in_order(one for one in edges if one.kind in ("must", "same")):
        left, right = (next(one for one in sets if end in one) for end in (edge.a, edge.b))
        between = [rank for pair, rank in vetoes.items() if len(pair & left) == len(pair & right) == 1]
        refused = any(edge.kind == "same" or rank > edge.rank for rank in between)
        if left is not right and not refused:
            sets.remove(right)
            left |= right
    return sorted(tuple(sorted(one)) for one in sets)


@given(webs(), st.permutations(range(28)))
def test_clusters_are_what_the_definition_says_in_whatever_order_edges_come(
    web: dict[str, Edge], order: list[int]
) -> None:
    edges = [replace(edge, a=pair[0], b=pair[1]) for pair, edge in sorted(web.items())]
    mixed = [edges[number] for number in order if number < len(edges)]
    assert clusters(LETTERS, mixed) == by_hand(LETTERS, edges)


def letters(web: dict[str, Edge]) -> Closure:
    """Items are letters, each with keys that it shares with some others."""

    def item(row: Row, _facts: Facts) -> Item | None:
        if row.data["quiet"]:
            return None
        place = LETTERS.index(row.data["letter"])
        keys = tuple(f"{bit}{place >> bit & 1}" for bit in range(3)) if row.data["wide"] else ("0",)
        return Item(keys, {"letter": row.data["letter"]})

    def pair(a: Row, b: Row) -> Edge | None:
        assert a.id < b.id
        return web.get(a.data["letter"] + b.data["letter"])

    def rows(members: tuple[Row, ...], edges: tuple[Edge, ...]) -> tuple[Row, ...]:
        ids = [one.id for one in members]
        said = [[one.a, one.b, one.kind] for one in edges]
        return (Row("cluster", ids[0], {"members": ids, "edges": said}),)

    return Closure("letters", "letters/1", ("letter",), item, pair, rows)


def reading(letter: str, *, wide: bool = True, quiet: bool = False) -> Row:
    return Row("letter", letter, {"letter": letter, "wide": wide, "quiet": quiet})


Step = tuple[str, Row | None]


def derived(stages: tuple[LinkStage, ...], steps: Iterable[Step], *, at_once: bool = False) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        with store.writing():
            touched = set()
            for doc, row in steps:
                touched |= touch(store.rows, stages, doc, (row,) if row else ())
                if not at_once:
                    derive(store.rows, stages, touched)
                    touched = set()
            derive(store.rows, stages, touched)
        return store.rows.fingerprint()


steps = st.lists(
    st.tuples(st.sampled_from(LETTERS), st.one_of(st.none(), st.tuples(st.booleans(), st.just(False) | st.booleans()))),
    max_size=16,
).map(
    lambda made: [(letter, None if how is None else reading(letter, wide=how[0], quiet=how[1])) for letter, how in made]
)


@given(webs(), steps)
def test_one_at_a_time_with_removals_gives_what_closing_at_once_gives(web: dict[str, Edge], made: list[Step]) -> None:
    stages = (letters(web),)
    last = dict(made)
    left = sorted(((doc, row) for doc, row in last.items() if row), reverse=True)
    assert derived(stages, made) == derived(stages, left, at_once=True)


@given(webs(), steps)
def test_portions_of_one_give_the_same(web: dict[str, Edge], made: list[Step]) -> None:
    stages = (letters(web),)
    expected = derived(stages, made, at_once=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairing, "KEYS", 1)
        patch.setattr(pairing.portions, "__defaults__", (1,))
        assert derived(stages, made, at_once=True) == expected


def test_only_what_hangs_together_with_a_change_is_closed_again() -> None:
    scored: list[str] = []
    closed: list[str] = []
    web = {"ab": Edge("same"), "cd": Edge("same"), "de": Edge("maybe")}
    plain = letters(web)

    def pair(a: Row, b: Row) -> Edge | None:
        scored.append(a.id + b.id)
        return plain.pair(a, b)

    def rows(members: tuple[Row, ...], edges: tuple[Edge, ...]) -> tuple[Row, ...]:
        closed.append("".join(one.id for one in members))
        return plain.rows(members, edges)

    stages = (replace(plain, pair=pair, rows=rows),)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        with store.writing():
            touched = set()
            for letter in "abcd":
                touched |= touch(store.rows, stages, letter, (reading(letter, wide=False),))
            derive(store.rows, stages, touched)
            assert sorted(scored) == ["ab", "ac", "ad", "bc", "bd", "cd"]
            assert sorted(closed) == ["ab", "cd"]
            scored.clear()
            closed.clear()
            derive(store.rows, stages, touch(store.rows, stages, "e", (reading("e", wide=False),)))
            assert sorted(scored) == ["ae", "be", "ce", "de"]
            assert sorted(closed) == ["cd", "e"]
            closed.clear()
            derive(store.rows, stages, touch(store.rows, stages, "a", ()))
            assert closed == ["b"]
        member = store.rows.cluster_of("d")
        assert member is not None
        assert (member.kind, member.id, member.data["members"]) == ("cluster", "c", ["c", "d"])
        assert store.rows.cluster_of("a") is None


def test_pairs_of_two_sides_give_a_row_each() -> None:
    def item(row: Row, _facts: Facts) -> Item | None:
        side = "a" if row.data["letter"] in "abcd" else "b"
        return Item(("one",), {"letter": row.data["letter"]}, side)  # type: ignore[arg-type]

    def pair(a: Row, b: Row) -> Edge | None:
        said = a.data["letter"] + b.data["letter"]
        assert said[0] in "abcd"
        assert said[1] in "efgh"
        return Edge("same", 0.5, (said,)) if said in ("af", "ag", "bf", "cf") else None

    def row(edge: Edge, a: Row, b: Row) -> Row | None:
        return Row("evidence", edge.a + edge.b, {"reasons": edge.reasons}) if a.data["letter"] != "c" else None

    stages = (Pairs("pairs", "pairs/1", ("letter",), item, pair, row),)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        with store.writing():
            for letter in "fabgc":
                derive(store.rows, stages, touch(store.rows, stages, letter, (reading(letter),)))
            assert [one.id for one in store.rows.of_kind("evidence")] == ["af", "ag", "bf"]
            derive(store.rows, stages, touch(store.rows, stages, "a", ()))
        assert [one.id for one in store.rows.of_kind("evidence")] == ["bf"]
    left: list[Step] = [(letter, reading(letter)) for letter in "bcfg"]
    one_way: list[Step] = [(letter, reading(letter)) for letter in "fabgc"]
    assert derived(stages, [*one_way, ("a", None)]) == derived(stages, left, at_once=True)
