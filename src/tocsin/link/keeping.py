"""What the engine asks of a store beyond `core.rows.RowStore`: rows of many blocks at a time, in the JSON that they are
kept in. Two rows say the same where they are written the same, so that what has not changed is never read.
"""

from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any, Protocol

from tocsin.core.ids import canonical
from tocsin.core.rows import Row, RowStore

Written = tuple[str, str, str]
"""Kind, id and data of a row, the data as `canonical` writes it."""
WrittenBlock = tuple[str, str | None, Sequence[Written]]
"""Key, input hash (None: it is no more) and rows of a block."""


class Keeping(RowStore, Protocol):
    """Where blocks and their rows are kept, as they are written."""

    def written_rows(self, stage: str, keys: Iterable[str]) -> Iterator[Written]:
        """The rows of several blocks, in no order."""

    def write_blocks(self, stage: str, blocks: Iterable[WrittenBlock]) -> None:
        """Replace blocks and their rows; an input hash of None removes one."""

    def written_members(self, stage: str, keys: Iterable[str]) -> Iterator[tuple[str, list[Written]]]:
        """The members of each of several blocks that has any, by id, each with what the block needs of it."""

    def read(self, texts: list[str]) -> list[Any]:
        """The values of many texts of JSON, which nobody may change."""


def written(row: Row) -> Written:
    """A row as it is kept."""
    return row.kind, row.id, canonical(row.data)


def rows_written(rows: Iterable[Written]) -> str:
    """What `canonical` writes for the list of each row's kind, id and data."""
    parts = [f"[{encode_basestring(kind)},{encode_basestring(row_id)},{text}]" for kind, row_id, text in rows]
    return f"[{','.join(parts)}]"
