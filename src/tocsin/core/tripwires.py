"""An analyst's own tripwires as a file states them: what to watch for, where, who could see it, what would show it.

Invariant: what is read is checked whole before any of it is used; an error names the tripwire and the field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.core.tables import tables_of
from tocsin.errors import UsageError

LONGEST = 500
"""Characters of a tripwire's words: a situation, not a story."""
MOST = 1_000
"""Tripwires in one file; more than that nobody watches."""


@dataclass(frozen=True, slots=True)
class Tripwire:
    """A situation under watch. `shows` are other words that would show the same; `who` are those who could see it."""

    words: str
    name: str | None = None
    place: str | None = None
    who: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """Every word that a person gave for it."""
        return (self.words, self.name or "", self.place or "", *self.who, *self.shows)

    @property
    def value(self) -> dict[str, Any]:
        """What a `watch` decision gives."""
        given: dict[str, Any] = {"name": self.name, "words": self.words, "place": self.place}
        return {**given, "who": list(self.who), "shows": list(self.shows)}


def parse_tripwires(text: str) -> tuple[Tripwire, ...]:
    """The tripwires of a `tripwires.toml`: a list of `[[tripwire]]` tables with `words`, and `name`, `place`, `who`,
    `shows` as wanted. Raises UsageError."""
    tables = tables_of(text, "tripwire", MOST)
    found = tuple(tripwire_of(one, f"tripwire {number}") for number, one in enumerate(tables, 1))
    named = [one.name for one in found if one.name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise UsageError(f"two tripwires are called {twice[0]!r}")
    return found


def tripwire_of(given: Mapping[str, Any], where: str = "tripwire") -> Tripwire:
    """One tripwire from the fields that a person gives; raises UsageError, which names `where` and the field."""
    fields = ("name", "words", "place", "who", "shows")
    unknown = sorted(set(given) - set(fields))
    if unknown:
        raise UsageError(f"{where}: no field {unknown[0]!r}; it is one of {', '.join(fields)}")
    words = _line(given.get("words"), where, "words")
    if words is None:
        raise UsageError(f"{where}: `words` are missing: say what to watch for")
    return Tripwire(
        words,
        _line(given.get("name"), where, "name"),
        _line(given.get("place"), where, "place"),
        _lines(given.get("who"), where, "who"),
        _lines(given.get("shows"), where, "shows"),
    )


def _line(value: Any, where: str, field: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not any(character.isalnum() for character in value):
        raise UsageError(f"{where}: `{field}` is words in quotation marks, not {str(value)[:60]!r}")
    if len(value) > LONGEST or not value.isprintable():
        raise UsageError(f"{where}: `{field}` is one line of at most {LONGEST} characters")
    return " ".join(value.split())


def _lines(value: Any, where: str, field: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        raise UsageError(f'{where}: `{field}` is a list: ["…", "…"]')
    if not isinstance(value, list | tuple):
        raise UsageError(f"{where}: `{field}` is a list of words in quotation marks")
    found = [_line(one, where, field) for one in value]
    return tuple(dict.fromkeys(one for one in found if one))
