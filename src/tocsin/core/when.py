"""`When`: the interval in which something happened, as far as it can be shown, with the reasons.

A bound is a day (`2020-08-15`) where only the day is known, else a UTC second (`2020-08-15T09:30:00Z`), else None:
nothing bounds it on that side. The interval is half-open on instants; a day as `latest` includes the whole day,
so a page of one day has `earliest == latest`. Nothing is ever narrower than its reasons allow.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from tocsin.errors import TocsinError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
FAR_FUTURE = "9999-12-31"


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

    def shown(self) -> str:
        """For people: `2020-08-15`, `from 2020-08-20`, `until 2020-08-30`, `undated`."""
        if self.known:
            return str(self.earliest)[:10]
        first, last = (bound[:10] if bound else None for bound in (self.earliest, self.latest))
        if first and last:
            return first if first == last else f"{first} to {last}"
        return f"from {first}" if first else f"until {last}" if last else "undated"


UNKNOWN = When()
