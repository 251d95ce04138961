"""The sources of a case as people see them: who passes words on, in which roles, rated how, known from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.api.case import Case
from tocsin.api.exact import Sound
from tocsin.core.rows import Row
from tocsin.errors import CodecError


@dataclass(frozen=True, slots=True)
class Source(Sound):
    """Who passes words on in a case. `roles` counts how often it is outlet, agency, channel and so on; `reliability`
    is the Admiralty letter, `F` where nobody has rated it, `rated` by whom and when; `register` is what is known of
    it beyond the case's pages, None where nothing is, and `reasons` say where that comes from."""

    id: str
    name: str
    names: tuple[str, ...]
    roles: dict[str, int]
    pages: tuple[str, ...]
    reliability: str
    rated: str | None
    register: Mapping[str, Any] | None
    reasons: tuple[str, ...]


def sources(case: Case, *, role: str | None = None) -> list[Source]:
    """The sources of a case, those that pass on most first; with `role` only those that have it."""
    with case.store.reading():
        found = [source_of(row) for row in case.store.rows.of_kind("source")]
    kept = [one for one in found if role is None or role in one.roles]
    return sorted(kept, key=lambda one: (-sum(one.roles.values()), one.name, one.id))


def source_of(row: Row) -> Source:
    """The view of a `source` row; raises CodecError where it holds what no stage gives."""
    data, rating = row.data, row.data["reliability"]
    if not all(type(count) is int for count in data["roles"].values()):
        raise CodecError(f"{row.id!r} has roles that are not counted: {str(data['roles'])[:80]!r}")
    note = f": {rating['note']}" if rating["note"] else ""
    rated = f"by {rating['by']}, {rating['made']}{note}" if rating["by"] else None
    return Source(
        id=row.id,
        name=data["name"],
        names=tuple(data["names"]),
        roles=data["roles"],
        pages=tuple(data["pages"]),
        reliability=rating["code"],
        rated=rated,
        register=data["register"],
        reasons=tuple(data["reasons"]),
    )
