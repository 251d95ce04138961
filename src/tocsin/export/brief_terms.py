"""What the brief prints of how commitments stand: states with their evidence, what the holder is by whose terms, and
what became of it.

Invariant: every report that is printed carries a citation of its exact words; nothing here decides anything.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

MOST_REPORTS = 4
"""Reports under one situation on the board; the case has the rest (`tocsin show`)."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report on a situation as the case gives it: `way` (for, against, open), what it counts for, through whom, the
    exact words and where they stand."""

    way: str
    counts: str
    chain: str
    doc: str
    span: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation that a condition names. `state` is in words, `code` one of the states; `opposite`: the condition's
    words are of its not coming about; `absent`: its own are."""

    id: str
    words: str
    state: str
    code: str
    opposite: bool = False
    absent: bool = False
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """One teller's terms: its tellings, what the holder is by them, whose terms these are, on what that rests; `adds`
    what it adds to the terms above it."""

    tellings: tuple[str, ...]
    standing: str
    code: str
    whose: str
    grounds: str = ""
    adds: tuple[str, ...] = ()
    by: str = ""
    requires: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What the case knows of one commitment beyond its tellings. `situations` are by telling, one tuple a condition;
    `steps` are (words, telling whose words show it)."""

    holder: str | None = None
    target: str | None = None
    counts: str = ""
    terms: tuple[Ruled, ...] = ()
    situations: Mapping[str, tuple[tuple[Situation, ...], ...]] = field(default_factory=lambda: MappingProxyType({}))
    steps: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as it is printed."""

    way: str
    counts: str
    chain: str
    words: tuple[str, bool]
    ref: object


@dataclass(frozen=True, slots=True)
class Printed:
    """A situation as it is printed, with its own words where the condition names several. `more` reports are left
    out."""

    id: str
    words: str | None
    state: str
    code: str
    reports: tuple[Reported, ...]
    more: int


Cite = Callable[[Report], tuple[tuple[str, bool], object]]
"""Gives the printed words of a report and the number that leads to them."""


def printed(found: Sequence[Situation], cite: Cite) -> tuple[Printed, ...]:
    """The situations of one condition."""
    out = []
    for one in found:
        alone = len(found) == 1
        state = f"opposite {one.state}" if (one.opposite if alone else one.absent) else one.state
        out.append(
            Printed(one.id, None if alone else one.words, state, one.code, _cited(one.reports, cite), _more(one))
        )
    return tuple(out)


def _cited(reports: Iterable[Report], cite: Cite) -> tuple[Reported, ...]:
    out = []
    for one in list(reports)[:MOST_REPORTS]:
        words, ref = cite(one)
        out.append(Reported(one.way, one.counts, one.chain, words, ref))
    return tuple(out)


def _more(one: Situation) -> int:
    return max(0, len(one.reports) - MOST_REPORTS)
