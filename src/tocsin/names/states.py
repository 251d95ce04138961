"""States and what speaks for them: ISO 3166-1 alpha-3 and Correlates of War codes, demonyms, capitals, seats of power.

Invariant: a name stands for at most one state here; names that two states share (Congo) stand for none.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from tocsin.names.tables import table

Sense = Literal["name", "demonym", "capital", "seat"]
_ARTICLE = re.compile(r"^the\s+")
_SPACE = re.compile(r"[\s\-‐‑]+")


@dataclass(frozen=True, slots=True)
class State:
    """`iso` is ISO 3166-1 alpha-3, `cow` the number of Correlates of War, None where it has none."""

    iso: str
    cow: int | None
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """What a name is of a state: its name, a demonym, its capital or another seat of power, and why."""

    state: State
    sense: Sense
    reason: str
    ambiguous: bool = False


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """A name without case, accents, full stops, article and hyphens: under which the tables find it again."""
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'").casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c) and c != ".")
    return _ARTICLE.sub("", _SPACE.sub(" ", bare).strip())


@cache
def states() -> tuple[State, ...]:
    """All states of the table."""
    out = []
    for line in table("states")["states"]:
        codes, names, demonyms, capitals = (part.strip() for part in line.split("|"))
        iso, cow = codes.split()
        listed = _list(names, ";")
        state = State(
            iso, None if cow == "-" else int(cow), listed[0], listed, _list(demonyms, ","), _list(capitals, ";")
        )
        out.append(state)
    return tuple(out)


def _list(text: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(separator) if part.strip())


@cache
def _namings() -> dict[str, Naming]:
    out: dict[str, Naming] = {}
    by_iso = {state.iso: state for state in states()}
    unsure = frozenset(table("states")["ambiguous"])
    for key, iso, reason in table("states")["seats"]:
        if iso:
            out.setdefault(plain_name(key), Naming(by_iso[iso], "seat", reason))
    for state in states():
        for name in state.names:
            key = plain_name(name)
            out[key] = Naming(state, "name", f"a name of {state.name}", key in unsure)
        for name in state.demonyms:
            out.setdefault(plain_name(name), Naming(state, "demonym", f"people of {state.name}"))
    for state in states():
        for name in state.capitals:
            out.setdefault(plain_name(name), Naming(state, "capital", f"the capital speaks for {state.name}"))
    return out


def naming(name: str) -> Naming | None:
    """What `name` is of a state; None where it is of none."""
    return _namings().get(plain_name(name))
