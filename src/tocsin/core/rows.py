"""Derived rows: what a stage of `link/` makes of its members. Plain JSON values with an id and a kind.

An id is unique among the rows of one kind, and a kind is given by one stage alone (or by the readings).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

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


class RowStore(Protocol):
    """Where blocks and their rows are kept. `link/derive.py` needs no more of a store than this."""

    def block_hash(self, stage: str, key: str) -> str | None:
        """The input hash that the block was last derived from, None where it does not exist."""

    def block_rows(self, stage: str, key: str) -> tuple[Row, ...]:
        """The rows of one block, by id."""

    def put_block(self, stage: str, key: str, input_hash: str | None, rows: tuple[Row, ...]) -> None:
        """Replace one block and its rows; an `input_hash` of None removes it."""

    def members(self, stage: str, key: str) -> tuple[Row, ...]:
        """The readings that are members of one block of `stage`, by id, each with what the block needs of it."""

    def put_members(self, stage: str, old: tuple[tuple[str, str], ...], new: tuple[tuple[str, Row], ...]) -> None:
        """Take away the memberships `old` (block key, id of a reading) and write `new` (block key, what the block
        needs of a reading)."""
