"""`When`: the interval in which something happened, as far as it can be shown, with the reasons.

A bound is a day (`2020-08-15`) where only the day is known, else a UTC second (`2020-08-15T09:30:00Z`), else None:
nothing bounds it on that side. The interval is half-open on instants; a day as `latest` includes the whole day,
so a page of one day has `earliest == latest`. Nothing is ever narrower than its reasons allow.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from tocsin.errors import TocsinError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
FAR_FUTURE = "9999-12-31"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class WhenError(TocsinError, ValueError):
    """A bound that is neither a day nor a UTC second, or bounds in the wrong order."""


def check_bound(bound: str | None) -> None:
    """Raise WhenError unless `bound` is None, a real day or a real UTC second."""
    if bound is None:
        return
    try:
        if _DAY.fullmatch(bound):
            date.fromisoformat(bound)
            return
        if _INSTANT.fullmatch(bound):
            datetime.fromisoformat(bound)
            return
    except ValueError as error:
        raise WhenError(f"no such time: {bound!r}") from error
    raise WhenError(f"not a day (2020-08-15) nor a UTC second (2020-08-15T09:30:00Z): {bound!r}")


def begins(bound: str) -> str:
    """The first UTC second of a bound, for comparing days with instants."""
    return bound if "T" in bound else f"{bound}T00:00:00Z"


def ends(bound: str) -> str:
    """The first UTC second after a bound: of the next day for a day, the instant itself for an instant."""
    if "T" in bound or bound == FAR_FUTURE:
        return begins(bound)
    return f"{(date.fromisoformat(bound) + timedelta(days=1)).isoformat()}T00:00:00Z"


def stamp(moment: datetime) -> str:
    """An aware datetime as a UTC second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class When:
    """Not before `earliest`, not after `latest`, on one of `weekdays` (0 is Monday) where any are named."""

    earliest: str | None = None
    latest: str | None = None
    weekdays: frozenset[int] = frozenset()
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_bound(self.earliest)
        check_bound(self.latest)
        if not self.weekdays <= frozenset(range(7)):
            raise WhenError(f"weekdays run from 0 (Monday) to 6: {sorted(self.weekdays)}")
        apart = self.earliest and self.latest and self.earliest != self.latest
        if apart and begins(str(self.earliest)) >= ends(str(self.latest)):
            raise WhenError(f"earliest {self.earliest} lies after latest {self.latest}")

    @property
    def known(self) -> bool:
        """Whether it is one day or one instant."""
        return self.earliest is not None and self.earliest == self.latest

    def not_after(self, bound: str, reason: str) -> "When":
        """This interval cut at `bound`. One that lies wholly after it keeps only the bound: it cannot be right."""
        if self.latest is not None and ends(self.latest) <= ends(bound):
            return self
        if self.earliest is not None and begins(self.earliest) >= ends(bound):
            dropped = f"shown as {self.earliest}, which lies after that"
            return When(None, bound, frozenset(), (*self.reasons, reason, dropped))
        return replace(self, latest=bound, reasons=(*self.reasons, reason))

    def both(self, other: "When") -> "When | None":
        """What both allow, with the reasons of both; None where they allow nothing in common."""
        weekdays = (
            self.weekdays & other.weekdays if self.weekdays and other.weekdays else self.weekdays | other.weekdays
        )
        if self.weekdays and other.weekdays and not weekdays:
            return None
        earliest = max((one for one in (self.earliest, other.earliest) if one), key=begins, default=None)
        latest = min((one for one in (self.latest, other.latest) if one), key=ends, default=None)
        if earliest and latest and earliest != latest and begins(earliest) >= ends(latest):
            return None
        reasons = tuple(dict.fromkeys((*self.reasons, *other.reasons)))
        return When(earliest, latest, weekdays, reasons).on_weekdays()

    def on_weekdays(self) -> "When | None":
        """The bounds moved inwards to the first and last day that is one of the weekdays; None where none is left."""
        if not self.weekdays:
            return self
        earliest, latest = self.earliest, self.latest
        if earliest and _weekday(earliest) not in self.weekdays:
            earliest = _moved(earliest, self.weekdays, 1)
        if latest and _weekday(latest) not in self.weekdays:
            latest = _moved(latest, self.weekdays, -1)
        if earliest and latest and earliest != latest and begins(earliest) >= ends(latest):
            return None
        return replace(self, earliest=earliest, latest=latest)

    def shown(self) -> str:
        """For people: `2020-08-15`, `from 2020-08-20`, `a Thursday, from 2020-08-20`, `until 2020-08-30`, `undated`."""
        if self.known:
            return str(self.earliest)[:10]
        first, last = (bound[:10] if bound else None for bound in (self.earliest, self.latest))
        days = " or ".join(f"a {WEEKDAYS[day]}" for day in sorted(self.weekdays)) + (", " if self.weekdays else "")
        if first and last:
            return first if first == last else f"{days}{first} to {last}"
        return f"{days}from {first}" if first else f"{days}until {last}" if last else days.rstrip(", ") or "undated"


def _weekday(bound: str) -> int:
    return date.fromisoformat(bound[:10]).weekday()


def _moved(bound: str, weekdays: frozenset[int], step: int) -> str:
    """The nearest day of one of `weekdays`, after (1) or before (-1) that of the bound; the bound at an end of time."""
    try:
        days = (date.fromisoformat(bound[:10]) + timedelta(days=step * far) for far in range(1, 7))
        return next(day.isoformat() for day in days if day.weekday() in weekdays)
    except OverflowError:
        return bound


Lie = Literal["in", "out", "maybe"]


def lies(when: When, day: str) -> Lie:
    """Whether something lay in the past at the end of `day`: "in", "out" (it came later), or "maybe": the interval
    straddles the end of the day, or nothing bounds it."""
    if when.latest is not None and ends(when.latest) <= ends(day):
        return "in"
    if when.earliest is not None and begins(when.earliest) >= ends(day):
        return "out"
    return "maybe"


UNKNOWN = When()
