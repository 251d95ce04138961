"""Derived rows: what a stage of `link/` makes of its members. Plain JSON values with an id and a kind.

An id is unique among the rows of one kind, and a kind is given by one stage alone (or by the readings).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, get_args

from tocsin.core.ids import digest

READINGS = "readings"
"""The stage whose blocks are documents; its rows are what all others start from."""

Join = tuple[str, str]
"""A fact that is wanted: the kind of the rows that state it, and what they have as `data["key"]`, or among
`data["keys"]`."""
Facts = Mapping[Join, tuple[dict[str, Any], ...]]
"""The `data` of the rows that state each fact that was wanted, by their ids; empty where none does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One derived thing. `data` is plain JSON, holds the spans it stands on, and is a function of its block alone."""

    kind: str
    id: str
    data: dict[str, Any]

    @property
    def fingerprint(self) -> str:
        """Hash of everything the row says."""
        return digest([self.kind, self.id, self.data])


Block = tuple[str, str | None, tuple[Row, ...]]
"""Key, input hash (None: it is no more) and rows of a block."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a row is for a stage that compares pairs; the item has the row's id. Two items are compared where they share
    one of `keys`, so keys are chosen such that few items share one. `data` (plain JSON) is all that the comparison and
    the stage's rows will see. `side` is empty where every item is compared with every other, "a" or "b" where only an
    a with a b."""

    keys: tuple[str, ...]
    data: dict[str, Any]
    side: Literal["", "a", "b"] = ""


EdgeKind = Literal["must", "same", "maybe", "veto"]
"""A person merged the two; they are one; they may be one (shown as a suggestion); they are two."""
EDGE_KINDS: tuple[EdgeKind, ...] = get_args(EdgeKind)


@dataclass(frozen=True, slots=True)
class Edge:
    """What a comparison found. `score` is 0 to 1, `reasons` are shown. `rank` is empty for what the machine found and,
    for what a person decided, a text that sorts as the decisions were made (`made`, then the decision's id). `a` and
    `b` are the two items' ids; the engine fills them in."""

    kind: EdgeKind
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    rank: str = ""
    a: str = ""
    b: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An item as it is kept: the row that comparisons see, and the cluster it is in (empty: none yet)."""

    row: Row
    keys: tuple[str, ...]
    side: str
    cluster: str = ""


class RowStore(Protocol):
    """Where blocks and their rows are kept. `link/` needs no more of a store than this."""

    def block_hash(self, stage: str, key: str) -> str | None:
        """The input hash that the block was last derived from, None where it does not exist."""

    def block_hashes(self, stage: str, keys: Iterable[str]) -> dict[str, str]:
        """The same for several blocks, those that exist."""

    def block_rows(self, stage: str, key: str) -> tuple[Row, ...]:
        """The rows of one block, by id."""

    def rows_in(self, stage: str, keys: Iterable[str]) -> Iterator[Row]:
        """The rows of several blocks, in no order."""

    def put_blocks(self, stage: str, blocks: Iterable[Block]) -> None:
        """Replace blocks and their rows; an input hash of None removes one."""

    def members(self, stage: str, key: str) -> tuple[Row, ...]:
        """The rows that are members of one block of `stage`, by id, each with what the block needs of it."""

    def memberships(self, stage: str, ids: Iterable[str]) -> set[tuple[str, str]]:
        """Which blocks (key, id) rows are members of."""

    def put_members(self, stage: str, old: Iterable[tuple[str, str]], new: Iterable[tuple[str, Row]]) -> None:
        """Take away the memberships `old` (block key, id of a row) and write `new` (block key, what the block
        needs of a row)."""

    def rows_by_id(self, ids: Iterable[str], kinds: tuple[str, ...]) -> dict[str, list[Row]]:
        """The rows that have one of the ids and are of one of `kinds`: those of one id by their kinds."""

    def facts(self, joins: Iterable[Join]) -> dict[Join, tuple[dict[str, Any], ...]]:
        """What rows state under each of `joins`; those under which none does are left out."""

    def put_facts(self, ids: Iterable[str], kinds: tuple[str, ...]) -> set[Join]:
        """Bring up to date what the rows with these ids and kinds state, those too that are no more; returns under
        what anything may have changed."""

    def wanting(self, joins: Iterable[Join]) -> set[tuple[str, str]]:
        """Who wants one of `joins`: (stage, id of a row)."""

    def put_wants(self, stage: str, ids: Iterable[str], wants: Iterable[tuple[str, Join]]) -> None:
        """Forget what the rows `ids` wanted; write what rows (id, join) want now."""

    def held(self, stage: str, ids: Iterable[str]) -> dict[str, Held]:
        """Those of the items `ids` that there are, by id."""

    def sharing(self, stage: str, side: str, keys: Iterable[str]) -> dict[str, list[str]]:
        """For each key that any has, the items of that side that have it, by id."""

    def put_held(self, stage: str, old: Iterable[Held], new: Iterable[Held]) -> None:
        """Take away items and write items."""

    def put_clusters(self, stage: str, clusters: Iterable[tuple[str, str]]) -> None:
        """Note for items (id, cluster) which cluster they are in."""

    def edges(self, stage: str, ids: Iterable[str]) -> dict[tuple[str, str], Edge]:
        """Every edge at one of the items, under its (a, b)."""

    def put_edges(self, stage: str, old: Iterable[tuple[str, str]], new: Iterable[Edge]) -> None:
        """Take away the edges `old` (a, b) and write edges."""
