"""Statements: the same words by the same speaker are one statement, however many pages carry them.

`said` is bounded by the earliest page that can be dated: nobody reports words before they are said.
"""

from typing import Any

from tocsin.core.ids import digest
from tocsin.core.rows import Row
from tocsin.core.when import ends
from tocsin.link.derive import Derivation


def statement_key(row: Row) -> str | None:
    """The block of a claim: speaker and words."""
    if row.kind != "claim":
        return None
    return digest([row.data["speaker_key"], row.data["words_key"]])[:32]


def first_known(members: tuple[Row, ...]) -> dict[str, Any]:
    """Not later than the first page whose date is bounded, as `{earliest, latest, reasons}`."""
    bounds = [(ends(row.data["published"]["latest"]), row) for row in members if row.data["published"]["latest"]]
    if not bounds:
        return {"earliest": None, "latest": None, "reasons": ["no page that carries it shows a date"]}
    _, row = min(bounds, key=lambda pair: (pair[0], pair[1].id))
    reason = f"{row.data['page']} carries it"
    return {"earliest": None, "latest": row.data["published"]["latest"], "reasons": [reason]}


def _part(row: Row) -> dict[str, Any]:
    return {name: row.data[name] for name in ("speaker", "own_voice", "text", "published", "page")}


def _rows(_key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    first = members[0].data
    data: dict[str, Any] = {
        "speaker": first["speaker"],
        "own_voice": first["own_voice"],
        "text": first["text"],
        "said": first_known(members),
        "members": [row.id for row in members],
        "pages": sorted({row.data["page"] for row in members}),
    }
    return (Row("statement", members[0].id, data),)


STATEMENTS = Derivation("statements", "statements/1", statement_key, _rows, _part)
