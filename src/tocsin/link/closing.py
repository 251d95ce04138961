"""Stages that compare pairs of items: `Closure` closes clusters over them, `Pairs` gives a row a pair.

How a stage is written, for both:

- `takes`: the kinds of rows that it looks at, readings or rows that an earlier stage derived. Rows of two kinds that
  share an id (a claim, and the statement that is shown under it) cannot both be items of one stage.
- `joins(row)`: the facts that it wants beside a row, as (kind, key): rows of that kind, readings or of an earlier
  stage, which have the key as `data["key"]` or among `data["keys"]`. `("alias", name_key)` is how a claim learns whose
  the name of its speaker is. `facts` names the kinds. When such a row comes, goes or changes, the items that want it
  are made anew, and no others.
- `item(row, facts)`: the row as an item, which has the row's id, or None where the stage has no use for it.
  `facts[kind, key]` are the `data` of the rows that state it, by their ids; an empty tuple where none does.
- `pair(a, b)`: what two items that share a key are to each other, or None. It sees their `data` alone, so that a pair's
  edge depends on the pair and on frozen tables, never on a statistic of the case. For a `Closure` `a` is the one with
  the smaller id; for `Pairs` the one of side "a".

The clusters of a `Closure` are a function of its items and edges. Unions are tried in one content order: `must` edges
(latest decision first), then `same` edges (highest score first), then by ids. A union is refused where a veto stands
between any two members of the two sides: any veto refuses a `same`; a `must` is refused only by a later decision, that
is by a veto of a greater `rank`. `maybe` edges unite nothing. A cluster's id is the smallest id of its members.

Where a person has decided on a pair, `pair` gives that edge and no other: it has one edge to give.

`rows(members, edges)` makes the rows of one cluster: of its members by id (each with its item's `data`) and of all
edges that touch it, by (a, b), those that lead out of it too. What lies at the other end of those is no part of its
input: a suggestion "may be one with …" names that item's id, which leads to its cluster when it is shown, and is made
where `edge.a` is a member, for a row's id must not come twice. `rows(edge, a, b)` of `Pairs` makes the row of one pair.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tocsin.core.rows import Edge, Facts, Item, Join, Row


def no_joins(_row: Row) -> tuple[Join, ...]:
    """No facts are wanted."""
    return ()


@dataclass(frozen=True, slots=True)
class Closure:
    """Clusters closed over pairs without a veto; see the module's docstring."""

    name: str
    version: str
    takes: tuple[str, ...]
    item: Callable[[Row, Facts], Item | None]
    pair: Callable[[Row, Row], Edge | None]
    rows: Callable[[tuple[Row, ...], tuple[Edge, ...]], tuple[Row, ...]]
    joins: Callable[[Row], tuple[Join, ...]] = no_joins
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """A row for each pair of an item of side "a" and one of side "b" that have an edge, without clusters."""

    name: str
    version: str
    takes: tuple[str, ...]
    item: Callable[[Row, Facts], Item | None]
    pair: Callable[[Row, Row], Edge | None]
    rows: Callable[[Edge, Row, Row], Row | None]
    joins: Callable[[Row], tuple[Join, ...]] = no_joins
    facts: tuple[str, ...] = ()


def clusters(ids: Iterable[str], edges: Iterable[Edge]) -> list[tuple[str, ...]]:
    """The clusters of items, each sorted, by their smallest ids. Near linear in items and edges.

    Every set of members knows which other sets it may not be united with, and by which decision at the latest: the
    smaller of two books is always copied into the larger.
    """
    members = {one: [one] for one in sorted(ids)}
    home = {one: one for one in members}
    foes: dict[str, dict[str, str]] = {one: {} for one in members}
    tries = []
    for edge in edges:
        if edge.a not in home or edge.b not in home:
            continue
        if edge.kind == "veto":
            foes[edge.a][edge.b] = foes[edge.b][edge.a] = edge.rank
        elif edge.kind in UNITING:
            tries.append(edge)
    for edge in in_order(tries):
        left, right = home[edge.a], home[edge.b]
        veto = foes[left].get(right)
        if left == right or (veto is not None and (edge.kind == "same" or veto > edge.rank)):
            continue
        if len(members[left]) + len(foes[left]) < len(members[right]) + len(foes[right]):
            left, right = right, left
        members[left] += members[right]
        for one in members.pop(right):
            home[one] = left
        for foe, rank in foes.pop(right).items():
            del foes[foe][right]
            if foe != left:
                foes[left][foe] = foes[foe][left] = max(rank, foes[left].get(foe, ""))
    return sorted(tuple(sorted(found)) for found in members.values())


UNITING = ("must", "same")
"""Edges that unite. What is reached over these is closed at once: a refusal can depend on the farthest of it."""


def in_order(edges: Iterable[Edge]) -> list[Edge]:
    """The order in which unions are tried."""
    by_score = sorted(edges, key=lambda edge: (-edge.score, edge.a, edge.b))
    by_rank = sorted(by_score, key=lambda edge: edge.rank, reverse=True)
    return sorted(by_rank, key=lambda edge: edge.kind != "must")
