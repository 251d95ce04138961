"""What every view is made of: exact words, links of a chain, and the check that a stranger's case is sound.

Invariant: a view whose words are no words, or whose places are no numbers, is never made.
"""

from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Any, get_type_hints

from tocsin.core.when import UNKNOWN, When
from tocsin.errors import CodecError

_PLAIN: dict[Any, tuple[type, ...]] = {str: (str,), bool: (bool,), str | None: (str, NoneType), int: (int,)}


class Sound:
    """A view whose words are words and whose places are numbers, else CodecError: a case may come from a stranger, and
    whoever shows a view trusts it."""

    __slots__ = ()

    def __post_init__(self) -> None:
        view: Any = type(self)
        for name, allowed, depth in _plain_fields(view):
            parts: Any = (getattr(self, name),)
            for _ in range(depth):
                parts = [one for part in parts for one in part]
            if not all(isinstance(part, allowed) for part in parts):
                raise CodecError(f"{view.__name__.lower()}: {name} is {str(getattr(self, name))[:80]!r}")


@cache
def _plain_fields(view: Any) -> tuple[tuple[str, tuple[type, ...], int], ...]:
    """Name, allowed types and depth in tuples of every field of a view that holds nothing but words, truths or
    numbers."""
    shapes = {**{hint: (kinds, 0) for hint, kinds in _PLAIN.items()}, tuple[str, ...]: ((str,), 1)}
    shapes[tuple[tuple[int, int], ...]] = ((int,), 2)
    return tuple((name, *shapes[hint]) for name, hint in get_type_hints(view).items() if hint in shapes)


@dataclass(frozen=True, slots=True)
class Words(Sound):
    """Exact words of one page: `text` is what stands at `spans` (code points) of document `doc`."""

    text: str
    doc: str
    spans: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Hop(Sound):
    """One link of a relay chain; `basis` is `stated` or `inferred`."""

    actor: str | None
    role: str
    basis: str


def chain(hops: tuple[Hop, ...]) -> str:
    """Hops as one line, speaker first; hops whose actor nobody names are left out."""
    return " ← ".join(
        f"{hop.actor}?" if hop.basis == "inferred" and hop.role != "outlet" else hop.actor for hop in hops if hop.actor
    )


def when_of(bounds: dict[str, Any] | None) -> When:
    """A stored `{earliest, latest, weekdays, reasons}` as a `When`."""
    if not bounds:
        return UNKNOWN
    reasons, days = tuple(bounds.get("reasons", ())), bounds.get("weekdays") or ()
    if not all(isinstance(reason, str) for reason in reasons) or not all(type(day) is int for day in days):
        raise CodecError(f"reasons are {str(reasons)[:80]!r}, weekdays {str(days)[:80]!r}")
    return When(bounds.get("earliest"), bounds.get("latest"), frozenset(days), reasons)


def hops_of(data: dict[str, Any]) -> tuple[Hop, ...]:
    """The chain of a row."""
    return tuple(Hop(one["actor"], one["role"], one["basis"]) for one in data["hops"])


def pairs(spans: list[list[int]]) -> tuple[tuple[int, int], ...]:
    """Spans as a row holds them."""
    return tuple((span[0], span[1]) for span in spans)
