"""What a time is resolved against, and what it resolves to: the values that all actions share.

Invariant: nothing is counted from the clock; without a day to count from, a value keeps X where it is not known and
its `When` has reasons and no bounds.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tocsin.annotate.times_values import bounds
from tocsin.core.when import When

Kind = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A time's type, its TIMEX3 value, and the interval with its reasons."""

    kind: Kind
    value: str | None
    when: When


@dataclass(frozen=True, slots=True)
class Context:
    """`ref` is the day that the page is of (None: it shows none); `way` the tense around the time (-1, 0, 1); `anchor`
    the value of the last date before it, and `near` whether that stands close by in its line; `before` and `after` the
    folded text on either side, as far as it is known; `hour` when the page was published (UTC), where it says so.
    """

    text: str
    ref: date | None
    way: int = 0
    anchor: str | None = None
    near: bool = False
    before: str = ""
    after: str = ""
    hour: int | None = None

    @property
    def base(self) -> date | None:
        """The day of the last date mentioned, else the page's."""
        days = bounds(self.anchor)
        return days[0] if days else self.ref

    def reason(self) -> str:
        """How the words were taken."""
        return (
            f"{self.text!r} by the page's day, {self.ref.isoformat()}" if self.ref else f"the page says {self.text!r}"
        )


Action = Callable[[re.Match[str], Context], Resolved | None]


def group(found: re.Match[str], name: str) -> str | None:
    """A group of a form, None where the form has none of that name or it took nothing."""
    return found.groupdict().get(name)


def dated(
    value: str | None, ctx: Context, *, kind: Kind = "DATE", days: tuple[date, date] | None = None, why: str = ""
) -> Resolved:
    """A date or time with the bounds of its value, or `days` where the words say less or more than the value does."""
    known = days or bounds(value)
    reason = why or ctx.reason()
    if known is None:
        return Resolved(kind, value, When(None, None, frozenset(), (reason,)))
    return Resolved(kind, value, When(known[0].isoformat(), known[1].isoformat(), frozenset(), (reason,)))


def undated(kind: Kind, value: str | None, ctx: Context, why: str, weekdays: frozenset[int] = frozenset()) -> Resolved:
    """A time that names no days of the calendar, with the reason."""
    return Resolved(kind, value, When(None, None, weekdays, (f"{ctx.text!r} {why}",)))


def no_day(ctx: Context, value: str | None, kind: Kind = "DATE", weekdays: frozenset[int] = frozenset()) -> Resolved:
    """A time that is counted from a day which the page does not show."""
    return undated(kind, value, ctx, "is counted from a day that the page does not show", weekdays)
