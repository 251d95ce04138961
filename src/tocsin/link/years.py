"""The year of a day that a page names without one.

A page leaves the year out where it is plain: so such a day is later than any month that the page names with its year,
and near to what the case's other pages state. Where two years fit alike, the earlier is taken: it bounds less.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

ALIKE = 2
"""Months by which another year may lie farther from a stated month and still fit: two years of a case that has pages of
the same season in both cannot be told apart. A season is three months; set by hand."""


@dataclass(frozen=True, slots=True)
class Months:
    """A month of which a page states its day: "2020-08", the page's name, its day."""

    month: str
    name: str
    day: str


def resolved(times: Sequence[Mapping[str, Any]], stated: Sequence[Months]) -> dict[str, dict[str, str]]:
    """For each past "XXXX-08-16" of a page the day it is, and the words for why; left out where nothing tells."""
    floor = _floor(times)
    out: dict[str, dict[str, str]] = {}
    for fact in times:
        value = fact["value"][:10]
        if not fact["past"] or not value.startswith("XXXX-") or not value[5:7].isdigit() or len(value) < 10:
            continue
        found = _nearest(value, stated, floor) or _after(value, floor)
        if found:
            out[value] = found
    return dict(sorted(out.items()))


def _floor(times: Iterable[Mapping[str, Any]]) -> tuple[str, str] | None:
    """The last month or day that the page names with its year as past, and its words."""
    named = [(fact["value"][:7], fact["text"]) for fact in times if fact["past"] and _dated(fact["value"])]
    return max(named, default=None)


def _dated(value: str) -> bool:
    return len(value) >= 7 and value[:4].isdigit() and value[4] == "-" and value[5:7].isdigit()


def _on(year: int, value: str) -> date | None:
    try:
        return date(year, int(value[5:7]), int(value[8:10]))
    except ValueError:
        return None


def _nearest(value: str, stated: Sequence[Months], floor: tuple[str, str] | None) -> dict[str, str] | None:
    """The year nearest to a stated month, not before the page's own last month with a year."""
    fits = []
    for one in stated:
        place = int(one.month[:4]) * 12 + int(one.month[5:7])
        for year in range(int(one.month[:4]) - 1, int(one.month[:4]) + 2):
            day = _on(year, value)
            if day is None or (floor and day.isoformat()[:7] < floor[0]):
                continue
            fits.append((abs(year * 12 + day.month - place), day.isoformat(), one))
    if not fits:
        return None
    least = min(fit[0] for fit in fits)
    _, day_text, one = min(
        (fit for fit in fits if fit[0] <= least + ALIKE), key=lambda fit: (fit[1], fit[0], fit[2].day)
    )
    return {"day": day_text, "why": f" (no year is named; {one.name} is of {one.day})"}


def _after(value: str, floor: tuple[str, str] | None) -> dict[str, str] | None:
    """The first such day from the page's last month with a year on."""
    if floor is None:
        return None
    year = int(floor[0][:4])
    day = next((one for k in range(9) if (one := _on(year + k, value)) and one.isoformat()[:7] >= floor[0]), None)
    if day is None:
        return None
    return {"day": day.isoformat(), "why": f" (no year is named; the page names {floor[1]!r} with one)"}
