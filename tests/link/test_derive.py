"""The second law in small: whatever the order of changes, blocks and rows are those of deriving all at once."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tocsin.core.rows import Row
from tocsin.link.derive import Derivation, derive, touch
from tocsin.store.store import Store

STAGES = (
    Derivation(
        "letters",
        "letters/1",
        lambda row: row.data["letter"],
        lambda key, members: (Row("group", "g" + members[0].id, {"key": key, "of": [one.id for one in members]}),),
    ),
    Derivation(
        "even",
        "even/1",
        lambda row: "even" if row.data["number"] % 2 == 0 else None,
        lambda _key, members: tuple(Row("even", "e" + one.id, one.data) for one in members),
    ),
)
numbers = st.lists(st.integers(0, 9), max_size=4, unique=True)
changes = st.lists(st.tuples(st.sampled_from("pqrs"), numbers), max_size=12)


def rows_of(doc: str, values: list[int]) -> tuple[Row, ...]:
    return tuple(Row("thing", f"{doc}{n}", {"letter": "abc"[n % 3], "number": n}) for n in sorted(values))


def derived(steps: list[tuple[str, list[int]]]) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        with store.writing():
            for doc, values in steps:
                derive(store.rows, STAGES, touch(store.rows, STAGES, doc, rows_of(doc, values)))
        return store.rows.fingerprint()


@given(changes)
def test_increments_give_what_deriving_at_once_gives(steps: list[tuple[str, list[int]]]) -> None:
    last = dict(steps)
    assert derived(steps) == derived(sorted(last.items(), reverse=True))


@given(changes)
def test_blocks_touched_by_many_documents_can_be_derived_once(steps: list[tuple[str, list[int]]]) -> None:
    touched = set()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        with store.writing():
            for doc, values in steps:
                touched |= touch(store.rows, STAGES, doc, rows_of(doc, values))
            derive(store.rows, STAGES, touched)
        assert store.rows.fingerprint() == derived(steps)


def test_an_untouched_block_is_left_alone() -> None:
    calls: list[str] = []

    def counting(key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
        calls.append(key)
        return (Row("group", members[0].id, {}),)

    stage = Derivation("letters", "letters/1", lambda row: str(row.data["letter"]), counting)
    folder = tempfile.TemporaryDirectory()
    with folder as name, Store(Path(name) / "x.tocsin", create=True) as store, store.writing():
        derive(store.rows, (stage,), touch(store.rows, (stage,), "p", rows_of("p", [0, 1])))
        derive(store.rows, (stage,), touch(store.rows, (stage,), "q", rows_of("q", [3])))
        derive(store.rows, (stage,), touch(store.rows, (stage,), "q", rows_of("q", [3])))
    assert calls == ["a", "b", "a"]


def test_a_block_sees_the_parts_of_its_members_alone() -> None:
    seen: list[list[dict[str, object]]] = []

    def watching(key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
        seen.append([one.data for one in members])
        return (Row("group", members[0].id, {"letter": key}),)

    stage = Derivation(
        "letters",
        "letters/1",
        lambda row: str(row.data["letter"]),
        watching,
        lambda row: {"letter": row.data["letter"]},
    )
    folder = tempfile.TemporaryDirectory()
    with folder as name, Store(Path(name) / "x.tocsin", create=True) as store, store.writing():
        derive(store.rows, (stage,), touch(store.rows, (stage,), "p", rows_of("p", [0, 3])))
        changed = tuple(Row(one.kind, one.id, {**one.data, "number": 7}) for one in rows_of("p", [0, 3]))
        touched = touch(store.rows, (stage,), "p", changed)
        derive(store.rows, (stage,), touched)
    assert touched == {("letters", "a")}
    assert seen == [[{"letter": "a"}, {"letter": "a"}]]
