"""Times as the page words them, resolved against the day the page itself shows, never against the clock.

Plain forms (dates, years, weekdays, "last week", "three days ago") are found by one pattern and resolved here; what is
left goes to dateparser, loaded only then. Without a day on the page a relative time keeps its reasons and no bounds.
"""

import json
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from tocsin.core.annotations import TimeExpression
from tocsin.core.document import Document
from tocsin.core.layers import Stage
from tocsin.core.spans import Span
from tocsin.core.when import When, WhenError

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
YEARS = range(1000, 2200)
"""Years that a page can speak of; another number of four digits is no year."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `data/times.json` and the one pattern made of them."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A time's type, its TIMEX3 value where there is one, and the interval with its reasons."""

    kind: Kind
    value: str | None
    when: When


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def _written(name: str, *, stop: bool) -> str:
    """A month or day as it is written: with a capital ("may" is a word), a short one with or without its stop."""
    return f"(?:{name.capitalize()}|{name.upper()})" + (r"\.?" if stop else "")


@cache
def words() -> Words:
    """The data file and its pattern, read once."""
    data: dict[str, Any] = json.loads(resources.files("tocsin.annotate").joinpath("data/times.json").read_text("utf-8"))
    months = {name: number for number, row in enumerate(data["months"]["words"], 1) for name in row.split()}
    full = {row.split()[0] for row in data["months"]["words"]}
    weekdays = {name: number for number, name in enumerate(data["weekdays"]["words"])}
    numbers = {name: number for number, name in enumerate(data["numbers"]["words"], 1)}
    month = "(?-i:" + "|".join(_written(name, stop=name not in full) for name in sorted(months, key=_longest)) + ")"
    day = "(?-i:" + "|".join(_written(name, stop=False) for name in weekdays) + ")"
    count = r"(?:\d{1,3}|a|an|" + "|".join(numbers) + r"|several|many|few|a few|some)"
    unit = r"(?:second|minute|hour|day|week|weekend|month|year|decade|century)"
    forms = [
        r"(?P<iso>\d{4}-\d{2}-\d{2})",
        rf"(?P<mdy>(?:{day},? )?{month} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)(?![\d:])",
        rf"(?P<dmy>\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{month}(?:,? \d{{4}})?)",
        rf"(?P<my>{month},? (?:of )?\d{{4}})",
        (
            r"(?P<year>(?:in|since|by|until|before|after|from|during|early|late|mid|of|the|between|and) \d{4}s?)"
            r"(?![\d,.%]*\d|-\d| (?:people|men|women|troops|votes))"
        ),
        rf"(?P<set>(?:every|each) (?:{day}|{unit})|daily|weekly|monthly|annually|yearly)",
        rf"(?P<ago>{count} {unit}s? (?:ago|earlier|later|before)|the (?:day|week|month|year) (?:before|after))",
        (
            r"(?P<rel>(?:last|this|next|the previous|the following|earlier this|later this|late last|early next)"
            rf" (?:{day}|{unit}|{month}))"
        ),
        rf"(?P<dow>(?:{day})(?: (?:morning|afternoon|evening|night))?)",
        r"(?P<now>today|tonight|tomorrow|yesterday)",
        rf"(?P<month>(?:in|since|by|until|before|after|during|this|last|next|early|late|mid)[ -]{month})(?! \d)",
        rf"(?P<span>(?:for|in|within|over|during|after) (?:the (?:last|past|next|coming) )?{count} {unit}s?)",
        r"(?P<clock>\d{1,2}(?::\d{2})? ?(?:a\.m\.|p\.m\.|am|pm)|\d{1,2}:\d{2}(?= ?(?:GMT|UTC|local)))",
    ]
    return Words(
        months, weekdays, numbers, re.compile(r"(?<![\w-])(?:" + "|".join(forms) + r")(?![\w-])", re.IGNORECASE)
    )


def _day(moment: date, reason: str) -> Resolved:
    iso = moment.isoformat()
    return Resolved("DATE", iso, When(iso, iso, frozenset(), (reason,)))


def _range(first: date, last: date, value: str, reason: str) -> Resolved:
    return Resolved("DATE", value, When(first.isoformat(), last.isoformat(), frozenset(), (reason,)))


def _unknown(kind: Kind, value: str | None, reason: str, weekdays: frozenset[int] = frozenset()) -> Resolved:
    return Resolved(kind, value, When(None, None, weekdays, (reason,)))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _calendar(text: str, base: date | None) -> Resolved | None:
    """A day or month of the calendar, with its year or with the one nearest before the page's day."""
    known = words()
    parts = re.findall(r"[a-z]+|\d+", text.lower())
    month = next((known.months[part] for part in parts if part in known.months), None)
    numbers = [int(part) for part in parts if part.isdigit()]
    year = next((number for number in numbers if number > 31), None)
    day = next((number for number in numbers if number <= 31), None)
    if month is None or (year is not None and year not in YEARS):
        return None
    reason = f"the page says {text!r}"
    if year is None:
        if base is None:
            value = f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")
            return _unknown("DATE", value, f"{reason} without a year, and the page shows no day of its own")
        year = base.year - (month > base.month + 6) + (month < base.month - 6)
        reason += f" without a year: the {'one' if day else 'month'} nearest to the page's day, {base.isoformat()}"
    if day is None:
        last = monthrange(year, month)[1]
        return _range(date(year, month, 1), date(year, month, last), f"{year}-{month:02d}", reason)
    moment = _date(year, month, day)
    return _day(moment, reason) if moment else None


def _weekday(text: str, base: date | None, *, ahead: bool = False) -> Resolved:
    """A named weekday: the last one before the page's day (or that day), unless the words say next. Where the sentence
    may look `ahead` it is that one or the next."""
    low = text.lower()
    number = next(value for name, value in words().weekdays.items() if name in low)
    if base is None:
        return _unknown(
            "DATE", f"XXXX-WXX-{number + 1}", f"a {text!r} of a page that shows no day of its own", frozenset((number,))
        )
    back = (base.weekday() - number) % 7
    if "next" in low or "following" in low:
        moment = base + timedelta(days=(number - base.weekday() - 1) % 7 + 1)
    elif "last" in low or "previous" in low:
        moment = base - timedelta(days=back or 7)
    else:
        moment = base - timedelta(days=back)
        if ahead:
            until = moment + timedelta(days=7)
            reason = f"{text!r} around the page's day, {base.isoformat()}: the last one or the next"
            return Resolved("DATE", None, When(moment.isoformat(), until.isoformat(), frozenset((number,)), (reason,)))
    return _day(moment, f"{text!r} by the page's day, {base.isoformat()}")


def _shifted(low: str, text: str, base: date) -> Resolved | None:
    """ "last week", "this month", "next year", by the calendar of the page's day."""
    step = -1 if re.search(r"last|previous", low) else 1 if re.search(r"next|following", low) else 0
    reason = f"{text!r} by the page's day, {base.isoformat()}"
    if "year" in low and base.year + step in YEARS:
        year = base.year + step
        return _range(date(year, 1, 1), date(year, 12, 31), str(year), reason)
    if "month" in low:
        months = base.year * 12 + base.month - 1 + step
        year, month = divmod(months, 12)
        last = monthrange(year, month + 1)[1]
        return _range(date(year, month + 1, 1), date(year, month + 1, last), f"{year}-{month + 1:02d}", reason)
    monday = base - timedelta(days=base.weekday()) + timedelta(weeks=step)
    year, week, _ = monday.isocalendar()
    if "weekend" in low:
        saturday = monday + timedelta(days=5)
        return _range(saturday, saturday + timedelta(days=1), f"{year}-W{week:02d}-WE", reason)
    if "week" in low:
        return _range(monday, monday + timedelta(days=6), f"{year}-W{week:02d}", reason)
    return None


def _relative(text: str, base: date | None) -> Resolved | None:
    low = text.lower()
    if any(name in low for name in words().weekdays):
        return _weekday(text, base)
    if any(re.search(rf"\b{name}\b", low) for name in words().months):
        return _calendar(text, base)
    if base is None:
        return _unknown("DATE", None, f"{text!r} is counted from a day that the page does not show")
    return _shifted(low, text, base)


def _now(text: str, base: date | None) -> Resolved:
    low = text.lower()
    kind: Kind = "TIME" if low == "tonight" else "DATE"
    if base is None:
        return _unknown(kind, None, f"{text!r} is counted from a day that the page does not show")
    moment = base + timedelta(days={"tomorrow": 1, "yesterday": -1}.get(low, 0))
    found = _day(moment, f"{text!r} by the page's day, {base.isoformat()}")
    return Resolved(kind, found.value + "TNI" if low == "tonight" and found.value else found.value, found.when)


def _ago(text: str, base: date | None) -> Resolved | None:
    """ "three days ago": counted by dateparser from the page's day."""
    if base is None or re.search(r"several|few|many|some|earlier|later|before|after", text.lower()):
        return _unknown("DATE", None, f"{text!r} is counted from a moment that the words do not fix")
    moment = _parsed(text, base)
    if moment is None:
        return None
    reason = f"{text!r} by the page's day, {base.isoformat()}"
    if "year" in text or "decade" in text:
        return _range(date(moment.year, 1, 1), date(moment.year, 12, 31), str(moment.year), reason)
    if "month" in text:
        last = monthrange(moment.year, moment.month)[1]
        first = moment.replace(day=1)
        return _range(first, moment.replace(day=last), f"{moment.year}-{moment.month:02d}", reason)
    if "week" in text:
        return _range(moment - timedelta(days=3), moment + timedelta(days=3), moment.isoformat(), reason)
    return _day(moment, reason)


@lru_cache(maxsize=1024)
def _parsed(text: str, base: date) -> date | None:
    """What dateparser makes of `text` on the day `base`."""
    import dateparser

    found = dateparser.parse(
        text,
        languages=["en"],
        settings={"RELATIVE_BASE": _noon(base), "PREFER_DATES_FROM": "past", "TIMEZONE": "UTC"},
    )
    return found.date() if found else None


def _noon(base: date) -> Any:
    from datetime import datetime

    return datetime(base.year, base.month, base.day, 12)  # noqa: DTZ001 - dateparser counts in naive times


def resolve(form: str, text: str, base: date | None) -> Resolved | None:
    """What the expression `text`, found as `form`, means on a page of the day `base` (None where it shows none)."""
    if form in ("iso", "mdy", "dmy", "my", "month"):
        if form == "iso":
            moment = _date(*(int(part) for part in text.split("-")))
            return _day(moment, f"the page says {text!r}") if moment else None
        return _calendar(text, base)
    if form == "year":
        return _year(text)
    if form == "set":
        return _unknown("SET", None, f"{text!r} comes again and again")
    if form == "span":
        return _unknown("DURATION", _duration(text), f"{text!r} is a length of time")
    if form == "clock":
        return _unknown("TIME", None, f"{text!r} is an hour of a day that the words do not name")
    if form == "dow":
        return _weekday(text, base)
    return {"now": _now, "rel": _relative, "ago": _ago}[form](text, base)


def _year(text: str) -> Resolved | None:
    year = int(re.sub(r"\D", "", text))
    if year not in YEARS:
        return None
    reason = f"the page says {text!r}"
    if text.endswith("s"):
        return _range(date(year, 1, 1), date(year + 9, 12, 31), str(year)[:3], reason)
    return _range(date(year, 1, 1), date(year, 12, 31), str(year), reason)


def _duration(text: str) -> str | None:
    """The TIMEX3 value of a length of time: P3D, PT2H."""
    known = words().numbers
    found = re.search(r"(\d+|[a-z]+) (second|minute|hour|day|week|month|year)s?$", text.lower())
    if not found:
        return None
    number = found.group(1)
    count = int(number) if number.isdigit() else known.get(number) or (1 if number in ("a", "an") else None)
    letter = found.group(2)[0].upper()
    prefix = "PT" if found.group(2) in ("second", "minute", "hour") else "P"
    return f"{prefix}{count if count else 'X'}{letter}"


NEAR = 120
"""A word that looks ahead counts within so many code points of the weekday."""
_AHEAD = re.compile(
    r"\b(?:will|would|shall|due|scheduled|expected|plan\w*|going to|upcoming|set to|to be|until|by|before)\b"
)
_LEAD = re.compile(
    r"(?:in|since|by|until|before|after|from|during|of|the|between|and|for|within|over)\s+", re.IGNORECASE
)


def annotate(doc: Document) -> tuple[TimeExpression, ...]:
    """The times of every sentence, in reading order."""
    published = doc.published
    base = date.fromisoformat(str(published.earliest)[:10]) if published.known else None
    out = []
    for sentence in doc.layer("sentences").annotations:
        for found in words().pattern.finditer(doc.text, sentence.span.start, sentence.span.end):
            form = str(found.lastgroup)
            lead = _LEAD.match(found.group()) if form in ("year", "month", "span") else None
            start = found.start() + (lead.end() if lead else 0)
            text = doc.text[start : found.end()]
            capital = text[0].isupper()
            if form == "now" and capital and start > sentence.span.start:
                continue  # "Russia Today" is a name
            ahead = bool(
                _AHEAD.search(doc.text, max(sentence.span.start, start - NEAR), min(sentence.span.end, start + NEAR))
            )
            try:
                resolved = _weekday(text, base, ahead=ahead) if form == "dow" else resolve(form, text, base)
            except (WhenError, OverflowError):
                resolved = None  # a count that leads beyond the calendar
            if resolved is not None:
                out.append(
                    TimeExpression(Span(doc.id, start, found.end()), resolved.kind, resolved.value, resolved.when)
                )
    return tuple(out)


TIMES = Stage("times", ("sentences",), "times/1", annotate)
