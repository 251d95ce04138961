"""The second law over several levels: names closed to actors with people's decisions, claims that learn their speaker
from them, wordings closed to statements, evidence for atoms. Whatever the order of pages, blocks, rows, items, edges
and facts are those of deriving all at once.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.core.rows import Edge, Facts, Item, Join, Row
from tocsin.link.closing import Closure, Pairs
from tocsin.link.derive import Derivation, LinkStage, Touched, derive, touch
from tocsin.store.store import Store

pytestmark = pytest.mark.slow


def decisions_on(row: Row) -> tuple[Join, ...]:
    return (("decision", row.data["key"]),)


def name_item(row: Row, facts: Facts) -> Item | None:
    key = row.data["key"]
    made = [[sorted(one["keys"]), one["act"], one["made"]] for one in facts["decision", key]]
    return Item((key[0], *(f"decided {pair}" for pair, _, _ in made)), {"key": key, "decided": made})


def name_pair(a: Row, b: Row) -> Edge | None:
    both = sorted([a.data["key"], b.data["key"]])
    decided = [[made, act] for pair, act, made in a.data["decided"] if pair == both]
    if decided:
        made, act = max(decided)
        return Edge("must" if act == "merge" else "veto", rank=made)
    if both[0] == both[1]:
        return Edge("same")
    if both[0][0] != both[1][0]:
        return None
    return Edge("veto", 0.5) if "x" in both[0] + both[1] else Edge("same", len(set(both[0]) & set(both[1])) / 4)


def actor_rows(members: tuple[Row, ...], edges: tuple[Edge, ...]) -> tuple[Row, ...]:
    keys = sorted({one.data["key"] for one in members})
    ids = [one.id for one in members]
    aliases = (Row("alias", f"{ids[0]} {key}", {"key": key, "actor": keys[0]}) for key in keys)
    return (Row("actor", ids[0], {"members": ids, "names": keys, "edges": len(edges)}), *aliases)


def speaker(row: Row, facts: Facts) -> Row:
    actors = [one["actor"] for one in facts["alias", row.data["by"]]]
    return Row(row.kind, row.id, {"words": row.data["words"], "by": min(actors, default=None)})


def wording_rows(_key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    ids = [one.id for one in members]
    return (Row("wording", ids[0], {**members[0].data, "members": ids}),)


def wording_item(row: Row, _facts: Facts) -> Item | None:
    return Item((row.data["words"][0],), {key: row.data[key] for key in ("words", "by", "members")})


def wording_pair(a: Row, b: Row) -> Edge | None:
    return Edge("same", 0.8) if a.data["by"] == b.data["by"] else None


def statement_rows(members: tuple[Row, ...], _edges: tuple[Edge, ...]) -> tuple[Row, ...]:
    claims = sorted(claim for one in members for claim in one.data["members"])
    words = sorted({one.data["words"] for one in members})
    return (Row("statement", members[0].id, {"by": members[0].data["by"], "words": words, "members": claims}),)


def evidence_item(row: Row, _facts: Facts) -> Item | None:
    if row.kind == "atom":
        return Item((row.data["word"],), {"word": row.data["word"]}, "a")
    return Item(tuple(row.data["words"]), {"words": row.data["words"], "by": row.data["by"]}, "b")


def evidence_pair(_atom: Row, statement: Row) -> Edge | None:
    return Edge("same", reasons=("said by " + statement.data["by"],)) if statement.data["by"] else None


def evidence_row(edge: Edge, atom: Row, statement: Row) -> Row | None:
    return Row("evidence", f"{atom.id} {statement.id}", {"why": list(edge.reasons), "word": atom.data["word"]})


STAGES: tuple[LinkStage, ...] = (
    Closure("actors", "actors/1", ("name",), name_item, name_pair, actor_rows, decisions_on, ("decision",)),
    Derivation(
        "wordings",
        "wordings/1",
        lambda row: f"{row.data['by']} {row.data['words']}",
        wording_rows,
        takes=("claim",),
        joins=lambda row: (("alias", row.data["by"]),),
        facts=("alias",),
        joined=speaker,
    ),
    Closure("statements", "statements/1", ("wording",), wording_item, wording_pair, statement_rows),
    Pairs("evidence", "evidence/1", ("atom", "statement"), evidence_item, evidence_pair, evidence_row),
)
NAMES = ("ab", "abc", "abx", "ac", "bc", "b", "bx")
pairs_of_names = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True)
some_rows = st.one_of(
    st.tuples(st.just("name"), st.builds(lambda key: {"key": key}, st.sampled_from(NAMES))),
    st.tuples(
        st.just("claim"),
        st.builds(
            lambda by, words: {"by": by, "words": words}, st.sampled_from(NAMES), st.sampled_from(("p", "pq", "r"))
        ),
    ),
    st.tuples(st.just("atom"), st.builds(lambda word: {"word": word}, st.sampled_from(("p", "pq", "r")))),
    st.tuples(
        st.just("decision"),
        st.builds(
            lambda keys, act, made: {"keys": keys, "act": act, "made": made},
            pairs_of_names,
            st.sampled_from(("merge", "split")),
            st.sampled_from("123"),
        ),
    ),
)
pages = st.tuples(st.sampled_from("uvwxyz"), st.lists(some_rows, max_size=5))
Page = tuple[str, tuple[Row, ...]]


def as_page(made: tuple[str, list[tuple[str, dict[str, object]]]]) -> Page:
    doc, rows = made
    return doc, tuple(Row(kind, f"{kind[0]}{doc}{number}", data) for number, (kind, data) in enumerate(rows))


changes = st.lists(pages.map(as_page), max_size=10)


def derived(steps: Iterable[Page], *, killed: Iterable[int] = ()) -> list[tuple[str, ...]]:
    """All that is derived after `steps`; after those numbered in `killed` nothing is derived until the next."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        touched: Touched = set()
        for number, (doc, rows) in enumerate(steps):
            with store.writing():
                touched |= touch(store.rows, STAGES, doc, rows)
                if number not in set(killed):
                    derive(store.rows, STAGES, touched)
                    touched = set()
        with store.writing():
            derive(store.rows, STAGES, touched)
        return store.rows.fingerprint()


@given(changes)
def test_increments_give_what_deriving_at_once_gives(steps: list[Page]) -> None:
    last = [(doc, rows) for doc, rows in sorted(dict(steps).items(), reverse=True) if rows]
    assert derived(steps) == derived(last, killed=range(len(last)))


@given(changes, st.sets(st.integers(0, 9)))
def test_what_a_killed_run_left_can_be_derived_later(steps: list[Page], killed: set[int]) -> None:
    assert derived(steps, killed=killed) == derived(steps)


def rows_of(*pages: Page) -> dict[str, list[Row]]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        with store.writing():
            for doc, rows in pages:
                derive(store.rows, STAGES, touch(store.rows, STAGES, doc, rows))
        return {kind: list(store.rows.of_kind(kind)) for kind in ("actor", "wording", "statement", "evidence")}


FIRST: Page = ("u", (Row("name", "nu", {"key": "ab"}), Row("claim", "cu", {"by": "ab", "words": "p"})))
SECOND: Page = ("v", (Row("name", "nv", {"key": "abx"}), Row("claim", "cv", {"by": "abx", "words": "pq"})))


def test_a_decision_about_names_reaches_the_evidence() -> None:
    atom: Page = ("w", (Row("atom", "aw", {"word": "pq"}),))
    merge: Page = ("z", (Row("decision", "d", {"keys": ["abx", "ab"], "act": "merge", "made": "1"}),))
    apart = rows_of(FIRST, SECOND, atom)
    assert [one.data["names"] for one in apart["actor"]] == [["ab"], ["abx"]]
    assert [one.data["why"] for one in apart["evidence"]] == [["said by abx"]]
    merged = rows_of(FIRST, SECOND, atom, merge)
    assert [one.data["names"] for one in merged["actor"]] == [["ab", "abx"]]
    assert [(one.id, one.data["words"]) for one in merged["statement"]] == [("cu", ["p", "pq"])]
    assert [one.data["why"] for one in merged["evidence"]] == [["said by ab"]]
    assert rows_of(FIRST, SECOND, atom, merge, ("z", ())) == apart


def test_every_claim_leads_to_its_statement_and_every_name_to_its_actor() -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        again: Page = ("w", (Row("claim", "cw", {"by": "ab", "words": "p"}), Row("name", "nw", {"key": "ab"})))
        with store.writing():
            for doc, rows in (FIRST, again, SECOND):
                derive(store.rows, STAGES, touch(store.rows, STAGES, doc, rows))
        found = {one: store.rows.cluster_of(one, ("statement", "actor")) for one in ("cu", "cw", "cv", "nu", "nw")}
        ids = {one: (row.kind, row.id) for one, row in found.items() if row}
        nearest = store.rows.cluster_of("cw", ("wording",))
    assert ids == {
        "cu": ("statement", "cu"),
        "cw": ("statement", "cu"),
        "cv": ("statement", "cv"),
        "nu": ("actor", "nu"),
        "nw": ("actor", "nu"),
    }
    assert nearest is not None
    assert nearest.data["members"] == ["cu", "cw"]


def test_a_fact_costs_only_the_items_that_want_it() -> None:
    made: list[str] = []

    def item(row: Row, facts: Facts) -> Item | None:
        made.append(row.id)
        return Item((), {"by": list(facts["alias", row.data["by"]])})

    def rows(members: tuple[Row, ...], _edges: tuple[Edge, ...]) -> tuple[Row, ...]:
        return (Row("said", members[0].id, members[0].data),)

    joined = Closure(
        "said",
        "said/1",
        ("claim",),
        item,
        lambda _a, _b: None,
        rows,
        lambda row: (("alias", row.data["by"]),),
        ("alias",),
    )
    stages = (STAGES[0], joined)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        with store.writing():
            for doc, page in (FIRST, SECOND):
                derive(store.rows, stages, touch(store.rows, stages, doc, page))
            made.clear()
            longer: Page = ("w", (Row("name", "nw", {"key": "abx"}),))
            derive(store.rows, stages, touch(store.rows, stages, *longer))
            assert made == []  # the actor has a name more, the alias says what it said
            derive(store.rows, stages, touch(store.rows, stages, "v", ()))
            assert made == []  # the page went with its own claim; the other page still states the alias
            derive(store.rows, stages, touch(store.rows, stages, "w", (Row("name", "nw", {"key": "abc"}),)))
        assert made == []
        with store.writing():
            derive(store.rows, stages, touch(store.rows, stages, "u", FIRST[1][1:]))
        assert made == ["cu"]


def test_a_stage_that_takes_what_comes_later_is_refused() -> None:
    loop = Derivation("loop", "loop/1", lambda _row: "all", lambda _key, members: members[:1], takes=("name",))
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        touched: Touched = set()
        with store.writing():
            touched = touch(store.rows, (loop,), *FIRST)
        with pytest.raises(Exception, match="ValueError"), store.writing():
            derive(store.rows, (loop,), touched)


def test_a_stage_that_joins_must_say_what_it_takes() -> None:
    with pytest.raises(ValueError, match="takes"):
        Derivation("x", "x/1", lambda _row: None, lambda _key, _members: (), facts=("alias",))
