"""The engine of `closing.Closure` and `closing.Pairs`: only pairs of items that came, went or changed are compared, and
only what hangs together with one of them is closed again.

What two ways of deriving must agree on follows from this: an edge is a function of its two items; which clusters there
are within what `must` and `same` edges connect is a function of that connected part alone, for no union ever leaves it,
and so no veto outside it is asked. So the connected parts are closed again that hold a changed item or one that has, or
had, an edge with one; all others are as they were. Everything is done in portions, so that a case of any size takes
the memory of one portion and of what hangs together.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tocsin.core.ids import canonical, digest
from tocsin.core.rows import Block, Edge, Facts, Held, Join, Row
from tocsin.link.closing import UNITING, Closure, Pairs, clusters
from tocsin.link.keeping import Keeping

PORTION = 2_000
"""Items that are worked on at a time. Larger portions ask the store less often, smaller ones hold less memory."""
CLOSED = 200
"""Items whose connected parts are closed at a time: with all edges at them, of which one may have hundreds that do not
unite."""
COMPARED = 10_000
"""Items that are held at a time to be compared: some 30 MB of rows. What a few speakers say again and again shares its
keys with thousands."""
KEYS = 500
"""Keys of which the items are compared at a time: 5,000 items where ten share one."""

Put = Callable[[str, list[Block]], None]
"""Writes blocks of a stage, and notes for later stages what has changed by that."""


def compare(store: Keeping, stage: Closure | Pairs, ids: Iterable[str], put: Put) -> None:
    """Take over what has become of the rows `ids`, and derive again what follows from it."""
    changes = _Changes()
    for some in portions(ids):
        _take(store, stage, some, changes)
    if isinstance(stage, Pairs):
        _score_pairs(store, stage, changes, put)
    else:
        _score(store, stage, changes)
        _close(store, stage, changes, put)


def portions(ids: Iterable[str], size: int = PORTION) -> Iterator[list[str]]:
    """`ids` in order, so many at a time."""
    every = sorted(set(ids))
    for start in range(0, len(every), size):
        yield every[start : start + size]


def facts_of(store: Keeping, stage: str, wants: dict[str, tuple[Join, ...]], kinds: tuple[str, ...]) -> Facts:
    """What rows want, under every join that one of them names; notes that they want it. `wants` holds all rows that may
    have wanted something before."""
    every = {join for joins in wants.values() for join in joins}
    odd = sorted(kind for kind, _ in every if kind not in kinds)
    if odd:
        raise ValueError(f"stage {stage} joins rows of kind {odd[0]!r}, which is not among its `facts`")
    if kinds:
        store.put_wants(stage, wants, ((row_id, join) for row_id, joins in wants.items() for join in joins))
    found = store.facts(every) if every else {}
    return {join: found.get(join, ()) for join in every}


@dataclass(slots=True)
class _Changes:
    """Items that are new or other than they were and their keys, items that are no more, clusters that these were in,
    (a, b) of the edges that they had, and who has or had an edge with one of them."""

    changed: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    clusters: set[str] = field(default_factory=set)
    edges: set[tuple[str, str]] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)


def _take(store: Keeping, stage: Closure | Pairs, ids: list[str], changes: _Changes) -> None:
    old = store.held(stage.name, ids)
    new = _items(store, stage, ids)
    same = {row_id for row_id, one in new.items() if row_id in old and _written(one) == _written(old[row_id])}
    leave = [one for row_id, one in old.items() if row_id not in same]
    come = [one for row_id, one in new.items() if row_id not in same]
    lost = store.edges(stage.name, (one.row.id for one in leave)) if leave else {}
    store.put_edges(stage.name, lost, ())
    # what has changed stays noted in its old cluster until that is closed again
    kept = [replace(one, cluster=old[one.row.id].cluster) if one.row.id in old else one for one in come]
    store.put_held(stage.name, leave, kept)
    changes.changed += [one.row.id for one in come]
    changes.keys.update(key for one in come for key in one.keys)
    changes.gone.update(row_id for row_id in old if row_id not in new)
    changes.clusters.update(one.cluster for one in leave if one.cluster)
    changes.edges.update(lost)
    changes.partners.update(one for edge in lost for one in edge)


def _items(store: Keeping, stage: Closure | Pairs, ids: list[str]) -> dict[str, Held]:
    rows = store.rows_by_id(ids, stage.takes)
    wants = {row_id: tuple(join for row in rows.get(row_id, ()) for join in stage.joins(row)) for row_id in ids}
    facts = facts_of(store, stage.name, wants, stage.facts)
    out = {}
    for row_id, same_id in rows.items():
        for row in same_id:
            item = stage.item(row, facts)
            if item is not None:
                out[row_id] = Held(Row(row.kind, row_id, item.data), tuple(sorted(set(item.keys))), item.side)
                break
    return out


def _written(held: Held) -> str:
    return canonical([held.row.kind, held.row.data, held.keys, held.side])


def _edges(store: Keeping, stage: Closure | Pairs, changes: _Changes) -> Iterator[list[tuple[Edge, Row, Row]]]:
    """The edges of changed items, those of some keys at a time, each with its two items."""
    changed = set(changes.changed)
    two = isinstance(stage, Pairs)
    own = _changed_rights(store, stage.name, changed) if two else None
    for keys in portions(changes.keys, KEYS):
        lefts = store.sharing(stage.name, "a" if two else "", keys)
        rights = _rights(store, stage.name, lefts, changed, own) if two else lefts
        met = {
            key: set(_compared(lefts[key], rights[key], changed))
            for key in keys
            if _meets(lefts.get(key, ()), rights.get(key, ()), alike=not two)
        }
        for some in _batches(met):
            held = store.held(stage.name, {one for key in some for one in met[key]})
            found = []
            for key in some:
                for left, right in _pairs(lefts[key], rights[key], changed, alike=not two):
                    if _meet_at(held[left], held[right]) != key:
                        continue  # of several keys that a pair shares, the first
                    a, b = held[left].row, held[right].row
                    edge = stage.pair(a, b)
                    if edge is not None:
                        found.append((Edge(edge.kind, float(edge.score), edge.reasons, edge.rank, a.id, b.id), a, b))
            yield found


def _pairs(lefts: Sequence[str], rights: Sequence[str], changed: set[str], *, alike: bool) -> Iterator[tuple[str, str]]:
    """The pairs of one block of which either has changed; where both sides are one, each once, the smaller id first."""
    new = [one for one in rights if one in changed]
    for left in lefts:
        for right in rights if left in changed else new:
            if not alike or left < right:
                yield left, right


def _batches(met: dict[str, set[str]]) -> Iterator[list[str]]:
    """Keys in order, so many at a time that what they compare stays within `COMPARED`, or one whose own is more."""
    some: list[str] = []
    size = 0
    for key, ids in met.items():
        if some and size + len(ids) > COMPARED:
            yield some
            some, size = [], 0
        some.append(key)
        size += len(ids)
    if some:
        yield some


def _changed_rights(store: Keeping, stage: str, changed: set[str]) -> dict[str, list[str]] | None:
    """The changed items of side "b" by their keys; None where they are too many to hold."""
    if len(changed) > PORTION:
        return None
    out: dict[str, list[str]] = {}
    for row_id, one in sorted(store.held(stage, changed).items()):
        for key in one.keys if one.side == "b" else ():
            out.setdefault(key, []).append(row_id)
    return out


def _rights(
    store: Keeping, stage: str, lefts: dict[str, list[str]], changed: set[str], own: dict[str, list[str]] | None
) -> dict[str, list[str]]:
    """The items of side "b" that those of side "a" meet under each key: where none of these has changed the changed
    ones are enough, and those that have not, which may be most of the case, need not be looked up."""
    whole = [key for key, ids in lefts.items() if own is None or not changed.isdisjoint(ids)]
    found = store.sharing(stage, "b", whole)
    if own is not None:
        found |= {key: own[key] for key in lefts if key in own and key not in found}
    return found


def _meets(lefts: Sequence[str], rights: Sequence[str], *, alike: bool) -> bool:
    """Whether anything meets anything under a key: most are one item's alone. `alike`: both sides are one."""
    return len(lefts) > 1 if alike else bool(lefts and rights)


def _compared(lefts: Sequence[str], rights: Sequence[str], changed: set[str]) -> Iterator[str]:
    """Those of one block that are compared: what has changed on either side, and all that it meets on the other."""
    new_left, new_right = ([one for one in side if one in changed] for side in (lefts, rights))
    yield from lefts if new_right else new_left
    yield from rights if new_left else new_right


def _meet_at(one: Held, other: Held) -> str | None:
    return next((key for key in one.keys if key in other.keys), None)


def _score(store: Keeping, stage: Closure, changes: _Changes) -> None:
    for found in _edges(store, stage, changes):
        edges = [edge for edge, _, _ in found]
        store.put_edges(stage.name, (), edges)
        changes.partners.update(one for edge in edges for one in (edge.a, edge.b))


def _score_pairs(store: Keeping, stage: Pairs, changes: _Changes, put: Put) -> None:
    left = set(changes.edges)
    for found in _edges(store, stage, changes):
        store.put_edges(stage.name, (), [edge for edge, _, _ in found])
        hashes = {_pair_key(edge.a, edge.b): digest([stage.version, *_said((a, b), (edge,))]) for edge, a, b in found}
        known = store.block_hashes(stage.name, hashes)
        blocks: list[Block] = []
        for edge, a, b in found:
            left.discard((edge.a, edge.b))
            key = _pair_key(edge.a, edge.b)
            if known.get(key) != hashes[key]:
                row = stage.rows(edge, a, b)
                blocks.append((key, hashes[key], (row,) if row else ()))
        put(stage.name, blocks)
    put(stage.name, [(_pair_key(a, b), None, ()) for a, b in sorted(left)])


def _pair_key(a: str, b: str) -> str:
    return canonical([a, b])


def _said(members: Iterable[Row], edges: Iterable[Edge]) -> list[list[list[object]]]:
    """What rows are made from, to be hashed."""
    return [
        [[row.kind, row.id, row.data] for row in members],
        [[edge.a, edge.b, edge.kind, edge.score, edge.rank, edge.reasons] for edge in edges],
    ]


def _close(store: Keeping, stage: Closure, changes: _Changes, put: Put) -> None:
    """Close again what hangs together with a change; clusters that are no more go at the end, for a part that is closed
    later may have one that bears the name of an earlier part's."""
    done: set[str] = set()
    new: set[str] = set()
    old = set(changes.clusters)
    for some in portions(changes.partners.union(changes.changed) - changes.gone, CLOSED):
        seeds = [one for one in some if one not in done]
        if seeds:
            connected, edges = _connected(store, stage.name, seeds)
            done |= connected
            held = store.held(stage.name, connected)
            old.update(one.cluster for one in held.values() if one.cluster)
            new |= _close_part(store, stage, held, edges, put)
    put(stage.name, [(key, None, ()) for key in sorted(old - new)])


def _connected(store: Keeping, stage: str, seeds: list[str]) -> tuple[set[str], dict[tuple[str, str], Edge]]:
    """Every item that uniting edges connect with one of `seeds`, and every edge at one of them."""
    seen, frontier = set(seeds), seeds
    edges: dict[tuple[str, str], Edge] = {}
    while frontier:
        found = store.edges(stage, frontier)
        edges |= found
        frontier = sorted({one for edge in found.values() if edge.kind in UNITING for one in (edge.a, edge.b)} - seen)
        seen.update(frontier)
    return seen, edges


def _close_part(
    store: Keeping, stage: Closure, held: dict[str, Held], edges: dict[tuple[str, str], Edge], put: Put
) -> set[str]:
    """Close connected items; returns the ids of their clusters."""
    found = {members[0]: members for members in clusters(held, edges.values())}
    home = {one: key for key, members in found.items() for one in members}
    at: dict[str, list[Edge]] = {key: [] for key in found}
    for pair in sorted(edges):
        for key in sorted({home[one] for one in pair if one in home}):
            at[key].append(edges[pair])
    members = {key: tuple(held[one].row for one in ids) for key, ids in found.items()}
    hashes = {key: digest([stage.version, *_said(members[key], at[key])]) for key in found}
    known = store.block_hashes(stage.name, found)
    changed = [key for key in found if known.get(key) != hashes[key]]
    put(stage.name, [(key, hashes[key], stage.rows(members[key], tuple(at[key]))) for key in changed])
    moved = [(one, key) for one, key in home.items() if held[one].cluster != key]
    store.put_clusters(stage.name, moved)
    return set(found)
