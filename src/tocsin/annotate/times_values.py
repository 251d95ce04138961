"""TIMEX3 values as arithmetic: made from a day and a unit, moved along the calendar, turned into first and last day.

Invariant: pure; a value whose days the calendar does not have, or that names none, has no bounds.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

YEARS = range(1000, 2200)
"""Years that a page can speak of; another number of four digits is no year."""
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""First and last month; a winter ends in the year after its own."""
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?|-W(?P<week>\d{2})(?P<we>-WE)?|-Q(?P<quarter>[1-4])"
    r"|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI))?(?:T.*)?"
)


def bounds(value: str | None) -> tuple[date, date] | None:
    """First and last day of a value that names days."""
    if not value:
        return None
    if re.fullmatch(r"\d{2,3}", value):
        width = 10 ** (4 - len(value))
        return _days(int(value) * width, 1, 1, int(value) * width + width - 1, 12)
    found = _VALUE.fullmatch(value)
    if not found:
        return None
    year = int(found["year"])
    try:
        if found["day"]:
            day = date(year, int(found["month"]), int(found["day"]))
            return day, day
        if found["week"]:
            monday = date.fromisocalendar(year, int(found["week"]), 1)
            return (monday + timedelta(days=5 if found["we"] else 0)), monday + timedelta(days=6)
        if found["season"]:
            first, last = SEASONS[found["season"]]
            return _days(year, first, 1, year + (last < first), last)
        if found["quarter"]:
            return _days(year, 3 * int(found["quarter"]) - 2, 1, year, 3 * int(found["quarter"]))
        if found["half"]:
            return _days(year, 6 * int(found["half"]) - 5, 1, year, 6 * int(found["half"]))
        month = int(found["month"]) if found["month"] else None
        return _days(year, month or 1, 1, year, month or 12)
    except (ValueError, OverflowError):
        return None


def _days(year: int, month: int, day: int, last_year: int, last_month: int) -> tuple[date, date] | None:
    if year not in YEARS:
        return None
    return date(year, month, day), date(last_year, last_month, monthrange(last_year, last_month)[1])


def grain(value: str | None) -> str | None:
    """The unit of a value that names days: D, WE, W, M, Q, S, H, Y, DE or CE."""
    if not value:
        return None
    if value.isdigit() and len(value) < 4:
        return {2: "CE", 3: "DE"}.get(len(value))
    found = _VALUE.fullmatch(value)
    if not found:
        return None
    names = {"day": "D", "we": "WE", "week": "W", "season": "S", "quarter": "Q", "half": "H", "month": "M"}
    return next((unit for name, unit in names.items() if found[name]), "Y")


def week(day: date) -> str:
    """The ISO week that holds the day."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def season(day: date) -> str:
    """The season that holds the day; January and February belong to the winter of the year before."""
    name = next(name for name, (first, last) in SEASONS.items() if day.month in _months(first, last))
    return f"{day.year - (name == 'WI' and day.month < 3)}-{name}"


def _months(first: int, last: int) -> tuple[int, ...]:
    return tuple((first + k - 1) % 12 + 1 for k in range(3)) if last < first else tuple(range(first, last + 1))


def month_of(day: date, steps: int) -> date:
    """The first day of the month so many months away."""
    year, month = divmod(day.year * 12 + day.month - 1 + steps, 12)
    return date(year, month + 1, 1)


def at(day: date, unit: str, steps: float = 0) -> str | None:
    """The value of the unit that lies `steps` of its kind from the one that holds `day`."""
    try:
        return _at(day, unit, int(steps))
    except (ValueError, OverflowError):
        return None


def _at(day: date, unit: str, steps: int) -> str | None:
    if unit in ("D", "NI"):
        return (day + timedelta(days=steps)).isoformat() + ("TNI" if unit == "NI" else "")
    if unit in ("W", "WE"):
        return week(day + timedelta(weeks=steps)) + ("-WE" if unit == "WE" else "")
    if unit == "W2":
        return week(day + timedelta(weeks=2 * steps))
    if unit == "M":
        return month_of(day, steps).isoformat()[:7]
    if unit == "Q":
        there = month_of(day, 3 * steps)
        return f"{there.year}-Q{(there.month + 2) // 3}"
    if unit == "S":
        return season(month_of(day, 3 * steps))
    years = {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}.get(unit)
    if years is None or not 1 <= day.year + years * steps <= 9999:
        return None
    if unit == "Y":
        return f"{day.year + steps:04d}"
    return f"{day.year // years + steps:0{ {'DE': 3, 'CE': 2, 'ML': 1}[unit] }d}"


def duration(count: str, unit: str) -> str:
    """A length of time: P3D, PT24H, PXM, P2.5Y."""
    if unit == "W2":
        return f"P{int(float(count)) * 2}W" if count != "X" else "PXW"
    if unit == "NI":
        unit = "D"
    number = count[:-2] if count.endswith(".0") else count
    return f"PT{number}{unit[1]}" if unit[0] == "T" and len(unit) == 2 else f"P{number}{unit}"


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def holiday(rule: str, year: int) -> date:
    """The day of a holiday in a year, by its rule in `data/times.json`."""
    how, *rest = rule.split()
    if how == "fixed":
        return date.fromisoformat(f"{year}-{rest[0]}")
    if how == "easter":
        return easter(year) + timedelta(days=int(rest[0]))
    month, weekday, which = (int(part) for part in rest)
    days = [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]
    fitting = [day for day in days if day.isoweekday() == weekday]
    return fitting[which - 1 if which > 0 else which]
