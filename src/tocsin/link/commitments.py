"""The commitment list: the same act in the same words by the same holder is one commitment with several tellings.

Tellings that differ stay apart, each under its teller; one commitment over time is a later issue's work.
"""

from typing import Any

from tocsin.core.ids import digest
from tocsin.core.rows import Row
from tocsin.link.derive import Derivation
from tocsin.link.statements import first_known


def commitment_key(row: Row) -> str | None:
    """The block of a telling: holder, polarity, the words of the act, and its conditions' words."""
    if row.kind != "telling":
        return None
    data = row.data
    conditions = sorted([one["operator"], one["text"].casefold()] for one in data["conditions"])
    return digest([data["holder_key"], data["polarity"], data["words_key"], conditions])[:32]


def _part(row: Row) -> dict[str, Any]:
    names = ("holder", "action", "polarity", "kind", "target", "published", "page", "said_by")
    return {name: row.data[name] for name in names}


def _rows(_key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    first = members[0].data
    data: dict[str, Any] = {
        "holder": first["holder"],
        "action": first["action"],
        "polarity": first["polarity"],
        "kind": first["kind"],
        "target": first["target"],
        "told": first_known(members),
        "members": [row.id for row in members],
        "pages": sorted({row.data["page"] for row in members}),
        "tellers": sorted({row.data["said_by"] or "" for row in members}),
    }
    return (Row("commitment", members[0].id, data),)


COMMITMENTS = Derivation("commitments", "commitments/1", commitment_key, _rows, _part)
