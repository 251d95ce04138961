"""The engine of DESIGN.md's second law: what a document touches is derived again, all else stays.

Stages run in one fixed order. A `Derivation` makes rows of the members of a block; a `Closure` and `Pairs` (`closing`)
compare pairs. The rows of one document (`readings`) are what all starts from. When a document's rows change, the blocks
that held the old rows and those that hold the new ones are touched; a touched block whose members hash as before is
left alone. A stage may take rows that an earlier stage derived, and facts that such rows state: what has become of
those is looked up by their ids when the later stage's turn comes, so that it matters to no stage how, or in which
order, the rows before it came about.
"""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tocsin.core.ids import canonical
from tocsin.core.rows import READINGS, Block, Facts, Join, Row
from tocsin.link.closing import Closure, Pairs, no_joins
from tocsin.link.crowds import marked
from tocsin.link.keeping import Keeping, Written, rows_written, written
from tocsin.link.pairing import Put, compare, facts_of, portions

AT_ONCE = 200
"""Blocks that are written at a time."""
MEMBERS = 2_000
"""Members of blocks that are read at a time; of a block with more all of them."""
ENTERED = 500
"""Rows that are made members at a time, with every fact that they join: all evidence of a situation, say."""
ALLOCATIONS = 100_000
"""Objects more than before after which Python looks for cycles; by itself it does after 700."""


_Ids = set[tuple[str, str]]
"""Rows that came, went or changed: (kind, id)."""


def as_it_is(row: Row, _facts: Facts) -> Row:
    """The row without any fact."""
    return row


def _whole(row: Row) -> dict[str, Any]:
    return row.data


@dataclass(frozen=True, slots=True)
class Derivation:
    """`key` says which block a row belongs to (None: it is no member); `part` what the block needs of it; `rows` makes
    the block's rows from its members, which come sorted by id with their part alone. A block is left as it is while
    the parts of its members stay as they are.

    Without `takes` every reading is offered to `key`; with it the rows of those kinds, readings or what an earlier
    stage derived. `joins` and `facts` say which facts a row wants, as for `closing.Closure`, and `joined` gives the row
    with what it needs of them in its data, before `key` and `part` see it (`takes` must then name the kinds)."""

    name: str
    version: str
    key: Callable[[Row], str | None]
    rows: Callable[[str, tuple[Row, ...]], tuple[Row, ...]]
    part: Callable[[Row], dict[str, Any]] = _whole
    takes: tuple[str, ...] = ()
    joins: Callable[[Row], tuple[Join, ...]] = no_joins
    facts: tuple[str, ...] = ()
    joined: Callable[[Row, Facts], Row] = as_it_is

    def __post_init__(self) -> None:
        if self.facts and not self.takes:
            raise ValueError(f"stage {self.name} joins facts, so `takes` must name the kinds of rows that want them")


LinkStage = Derivation | Closure | Pairs

Touched = set[tuple[str, str]]
"""What is to be derived again: (stage, key of a block), or (stage, id of a row) where the stage names what it takes."""


def touch(store: Keeping, stages: tuple[LinkStage, ...], doc: str, rows: tuple[Row, ...], layers: str = "") -> Touched:
    """Make `rows` the readings of document `doc` (none: the document has gone); returns what they touch.
    `layers` is the hash of the layers that they are made from: what rows do not show of those is held fast by it."""
    rows = marked(rows)
    come = [written(row) for row in rows]
    input_hash = _hash(["readings", layers], come)
    if store.block_hash(READINGS, doc) == input_hash:
        return set()
    left = list(store.written_rows(READINGS, [doc]))
    store.write_blocks(READINGS, [(doc, input_hash if rows or layers else None, come)])
    touched: Touched = set()
    same = set(left).intersection(come)
    left = [one for one in left if one not in same]
    old = [Row(kind, row_id, data) for (kind, row_id, _), data in zip(left, _values(store, left), strict=True)]
    new = [row for row, one in zip(rows, come, strict=True) if one not in same]
    for stage in stages:
        if isinstance(stage, Derivation) and not stage.takes:
            before = tuple((key, row.id) for row in old if (key := stage.key(row)) is not None)
            after = tuple(
                (key, Row(row.kind, row.id, stage.part(row))) for row in new if (key := stage.key(row)) is not None
            )
            store.put_members(stage.name, before, after)
            touched |= {(stage.name, key) for key, _ in (*before, *after)}
    flow = _Flow(store, stages)
    wanted = flow.wanted_after(-1)
    flow.pass_on(-1, {(row.kind, row.id) for row in (*old, *new) if row.kind in wanted})
    return touched.union(*({(name, row_id) for row_id in ids} for name, ids in flow.waiting.items()))


def _values(store: Keeping, rows: list[Written]) -> list[Any]:
    return store.read([data for _, _, data in rows])


def derive(store: Keeping, stages: tuple[LinkStage, ...], touched: Touched) -> None:
    """Derive what is touched, stage by stage, each block once however many documents touched it."""
    flow = _Flow(store, stages)
    for name, key in touched:
        flow.waiting[name].add(key)
    with _few_collections():
        for number, stage in enumerate(stages):
            keys = flow.waiting.pop(stage.name)
            if not keys:
                continue
            with flow.writing(number) as put:
                if not isinstance(stage, Derivation):
                    compare(store, stage, keys, put)
                else:
                    _derive_blocks(store, stage, _enter(store, stage, keys) if stage.takes else keys, put)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for cycles seldom: rows are trees, which go without it, and of 20,000 names a third of the time
    went into looking through them."""
    often, *rest = gc.get_threshold()
    gc.set_threshold(max(often, ALLOCATIONS) if often else 0, *rest)
    try:
        yield
    finally:
        gc.set_threshold(often, *rest)


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Kinds of rows, seen from behind a stage: what stages after it want, which of that they join, and what it and
    those before it took."""

    wanted: frozenset[str]
    facts: tuple[str, ...]
    known: frozenset[str]


@lru_cache(maxsize=16)
def _kinds(stages: tuple[LinkStage, ...]) -> tuple[_Kinds, ...]:
    """The kinds as they are before the first stage, and behind each."""
    out = []
    for number in range(len(stages) + 1):
        later = [(*stage.takes, *stage.facts) for stage in stages[number:]]
        facts = sorted({kind for stage in stages[number:] for kind in stage.facts})
        before = [(*stage.takes, *stage.facts) for stage in stages[:number]]
        out.append(_Kinds(frozenset().union(*later), tuple(facts), frozenset().union(*before)))
    return tuple(out)


class _Flow:
    """What waits for each stage while those before it are derived."""

    def __init__(self, store: Keeping, stages: tuple[LinkStage, ...]) -> None:
        self._store = store
        self._stages = stages
        self.waiting: dict[str, set[str]] = {stage.name: set() for stage in stages}

    def wanted_after(self, number: int) -> frozenset[str]:
        """The kinds of rows that a stage after the one of that number (-1: readings) takes or joins."""
        return _kinds(self._stages)[number + 1].wanted

    @contextmanager
    def writing(self, number: int) -> Iterator[Put]:
        """What writes blocks of the stage of that number; the stages after it are told at the end."""
        wanted, changed = self.wanted_after(number), set[tuple[str, str]]()
        known = _kinds(self._stages)[number + 1].known

        def put(name: str, blocks: list[Block]) -> None:
            if not blocks:
                return
            for row in (row for _, _, rows in blocks for row in rows if row.kind in known):
                raise ValueError(f"stage {name} gives a row of kind {row.kind!r}, which it or one before it takes")
            made = [(key, input_hash, [written(row) for row in rows]) for key, input_hash, rows in blocks]
            if wanted:
                old = self._store.written_rows(name, (key for key, _, _ in made))
                changed.update(_differing(old, (row for _, _, rows in made for row in rows), wanted))
            self._store.write_blocks(name, made)

        yield put
        self.pass_on(number, changed)

    def pass_on(self, number: int, changed: _Ids) -> None:
        """Rows of the stage of that number (-1: readings) have changed: tell the stages after it."""
        if not changed:
            return
        later = self._stages[number + 1 :]
        for stage in later:
            self.waiting[stage.name] |= {row_id for kind, row_id in changed if kind in stage.takes}
        facts = _kinds(self._stages)[number + 1].facts
        ids = {row_id for kind, row_id in changed if kind in facts}
        if ids:
            names = {stage.name for stage in later}
            for name, row_id in self._store.wanting(self._store.put_facts(ids, facts)):
                if name in names:
                    self.waiting[name].add(row_id)


def _differing(old: Iterable[Written], new: Iterable[Written], kinds: frozenset[str]) -> _Ids:
    """Rows of some kinds that came, went or are other than they were."""
    before, after = ({one for one in rows if one[0] in kinds} for rows in (old, new))
    return {(kind, row_id) for kind, row_id, _ in before ^ after}


def _enter(store: Keeping, stage: Derivation, ids: Iterable[str]) -> set[str]:
    """Make the rows `ids`, as they are now, members of their blocks; returns the blocks that this touches."""
    touched = set()
    for some in portions(ids, ENTERED):
        rows = store.rows_by_id(some, stage.takes)
        wants = {row_id: tuple(join for row in rows.get(row_id, ()) for join in stage.joins(row)) for row_id in some}
        facts = facts_of(store, stage.name, wants, stage.facts)
        new = []
        for same_id in rows.values():
            joined = (stage.joined(row, facts) for row in same_id)
            placed = next(((key, row) for row in joined if (key := stage.key(row)) is not None), None)
            if placed:
                key, row = placed
                new.append((key, Row(row.kind, row.id, stage.part(row))))
        old = store.memberships(stage.name, some)
        store.put_members(stage.name, sorted(old), new)
        touched |= {key for key, _ in (*old, *new)}
    return touched


def _derive_blocks(store: Keeping, stage: Derivation, keys: Iterable[str], put: Put) -> None:
    for some in portions(keys, AT_ONCE):
        known = store.block_hashes(stage.name, some)
        left = set(some)
        changed: list[tuple[str, str, list[Written]]] = []
        size = 0
        for key, members in store.written_members(stage.name, some):
            left.discard(key)
            input_hash = _hash([stage.version], members)
            if known.get(key) != input_hash:
                changed.append((key, input_hash, members))
                size += len(members)
            if size > MEMBERS:
                put(stage.name, list(_derived(store, stage, changed)))
                changed, size = [], 0
        put(stage.name, [*_derived(store, stage, changed), *((key, None, ()) for key in sorted(left))])


def _derived(store: Keeping, stage: Derivation, blocks: list[tuple[str, str, list[Written]]]) -> Iterator[Block]:
    """Blocks with their rows; what they are made of is read for all of them at once."""
    values = iter(store.read([data for _, _, members in blocks for _, _, data in members]))
    for key, input_hash, members in blocks:
        rows = tuple([Row(kind, row_id, next(values)) for kind, row_id, _ in members])
        yield key, input_hash, stage.rows(key, rows)


def _hash(how: list[str], rows: Iterable[Written]) -> str:
    """The digest of how rows are made and of the list of each one's kind, id and data."""
    said = f"[{','.join([*map(canonical, how), rows_written(rows)])}]"
    return hashlib.sha256(said.encode()).hexdigest()
