"""Actors: the same name on any page is one actor. Plain for now; nothing is merged that is only likely."""

from collections import Counter
from typing import Any

from tocsin.core.rows import Row
from tocsin.link.derive import Derivation


def _key(row: Row) -> str | None:
    return str(row.data["key"]) if row.kind == "name" else None


def _part(row: Row) -> dict[str, Any]:
    return {name: row.data[name] for name in ("names", "roles", "kinds", "page")}


def _rows(key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    names: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for member in members:
        names.update(member.data["names"])
        roles.update(member.data["roles"])
        kinds.update(member.data["kinds"])
    shown = sorted(names, key=lambda name: (-names[name], name))
    data: dict[str, Any] = {
        "name": shown[0],
        "names": shown,
        "key": key,
        "kind": min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else None,
        "roles": dict(sorted(roles.items())),
        "pages": sorted({member.data["page"] for member in members}),
        "members": [member.id for member in members],
    }
    return (Row("actor", members[0].id, data),)


ACTORS = Derivation("actors", "actors/1", _key, _rows, _part)
