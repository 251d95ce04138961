"""The bundled register of agencies, broadcasters and state media: whose name, or whose address, something is.

`data/register.json` says how it was made and what null means. Invariant: an alias that is also a common word, a place
or two outlets' is known only where something `beside` it says what it is; what is shared by two outlets is nobody's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.names.tables import table

_ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outlet:
    """One entry: `country` is an ISO 3166-1 alpha-3 code, `state` whether a state owns or controls it; None where the
    page `checked` does not say it (or none was found). `hosts`: the register has addresses of its pages."""

    name: str
    kind: str
    country: str | None = None
    owner: str | None = None
    state: bool | None = None
    checked: str | None = None
    note: str | None = None
    hosts: bool = False

    def as_json(self) -> dict[str, Any]:
        """The entry as plain JSON."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "hosts"}


def bare(name: str) -> str:
    """A name as the register is asked for it: single spaces, straight apostrophes, no article. Case is kept: "Mir" is
    a broadcaster, "mir" is not."""
    return _ARTICLE.sub("", " ".join(name.replace("’", "'").split()).strip(' ,;:."“”«»'))


def outlet_from(value: Mapping[str, Any]) -> Outlet:
    """An entry from plain JSON, such as a case adds to the register; what it does not hold stays None."""
    known = {key: value[key] for key in Outlet.__slots__ if key in value and key != "hosts"}
    return Outlet(**{"name": "", "kind": "site", **known, "hosts": bool(value.get("domains"))})


@cache
def _by_alias() -> tuple[Mapping[str, Outlet], Mapping[str, Outlet]]:
    """Every alias with its entry, and every ambiguous one that a single entry has."""
    sure: dict[str, Outlet] = {}
    beside: dict[str, Outlet | None] = {}
    for value in table("register")["entries"]:
        entry = outlet_from(value)
        for alias in value["aliases"]:
            sure[bare(alias)] = entry
        for alias in (value["name"], *value["ambiguous"]):
            beside[bare(alias)] = entry if beside.get(bare(alias), entry) == entry else None
    return sure, {alias: entry for alias, entry in beside.items() if entry is not None}


@cache
def _by_domain() -> Mapping[str, Outlet]:
    return {domain: outlet_from(value) for value in table("register")["entries"] for domain in value["domains"]}


def outlet_of(name: str, *, beside: bool = False) -> Outlet | None:
    """The entry that has `name` among its aliases; with `beside` also where the alias means other things elsewhere."""
    sure, ambiguous = _by_alias()
    plain = bare(name)
    return sure.get(plain) or (ambiguous.get(plain) if beside else None)


def outlet_at(address: str) -> Outlet | None:
    """The entry whose host an address, or a host, is or lies below; the longest match."""
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", address.strip().casefold())[:253]
    parts = re.split(r"[/?#:]", host, maxsplit=1)[0].strip(".").split(".")
    for first in range(len(parts) - 1):
        found = _by_domain().get(".".join(parts[first:]))
        if found:
            return found
    return None


def entries() -> Iterable[Outlet]:
    """All entries, in the order of the file."""
    return tuple(outlet_from(value) for value in table("register")["entries"])
