"""Derived rows: what a stage of `link/` makes of one block of members. Plain JSON values with an id and a kind."""

from dataclasses import dataclass
from typing import Any, Protocol

from tocsin.core.ids import digest

READINGS = "readings"
"""The stage whose blocks are documents; its rows are the members of all others."""


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
