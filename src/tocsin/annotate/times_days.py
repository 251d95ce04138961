"""Days and months: weekdays, dates of the calendar, holidays, today and its neighbours.

A weekday or a date without a year is the one that the tense around it points to from the page's day; where the words
tell nothing, news speaks of what was.
"""

import re
from datetime import date, timedelta

from tocsin.annotate.times_context import Context, Resolved, dated, group, no_day, undated
from tocsin.annotate.times_values import YEARS, at, bounds, holiday, month_of, week
from tocsin.annotate.times_words import lexicon

NEAR_DAYS = 60
"""A date without a year that lies so near the page's day is that year's, whatever the tense says: a tense read wrongly
would move it by a year. Two months, as long as news speaks of a date by day and month alone; set by hand."""
NEAR_MONTHS = 4
"""A month named without a tense that points back is one of the last four, else to come: what was is told in the past
tense. Set by hand on PolNeAR train pages."""
_DAY = re.compile(
    r"(?:(?P<rel>.*?) )?W(?P<w>[1-7])(?: (?:of )?(?P<week>last|this|next) week)?(?:(?: ,)? the (?P<nth>\d{1,2})th)?"
)
_WEEK_FIRST = re.compile(r"(?P<week>last|this|next) week W(?P<w>[1-7])")
_DATE = re.compile(
    r"(?:W[1-7](?: ,)? )?(?:M(?P<m>\d+) (?P<d>\d{1,2})(?:th)?|(?P<d2>\d{1,2})(?:th)? (?:of )?M(?P<m2>\d+))"
    r"(?:(?: ,)? (?P<y>\d{4}))?"
)
_NOW = {"today": 0, "tomorrow": 1, "yesterday": -1, "the day before yesterday": -2, "the day after tomorrow": 2}


def step(rel: str | None) -> int:
    """-1 for last, 1 for next, 0 for this."""
    words = (rel or "").split()
    if any(word in words for word in ("last", "previous", "preceding", "prior", "past", "final")):
        return -1
    return 1 if any(word in words for word in ("next", "following", "coming")) else 0


def counted_from(rel: str | None, ctx: Context) -> date | None:
    """ "the following", "the same" count from the last date mentioned, others from the page's day."""
    words = (rel or "").split()
    mentioned = any(word in words for word in ("following", "previous", "preceding", "same", "that", "prior"))
    return ctx.base if mentioned or (rel in ("the next",) and ctx.anchor) else ctx.ref


def day(found: re.Match[str], ctx: Context) -> Resolved | None:
    """A day as the macro DAY words it."""
    resolved = day_of(found["day"], ctx)
    mod = group(found, "mod")
    if resolved and mod in ("earlier", "later") and resolved.value and bounds(resolved.value):
        return resolved
    return resolved


def day_of(words: str, ctx: Context) -> Resolved | None:
    """The day that `words` (of the macro DAY) are."""
    words = words.removesuffix(" 's")
    if words in _NOW:
        if ctx.ref is None:
            return no_day(ctx, "XXXX-XX-XX")
        return dated(at(ctx.ref, "D", _NOW[words]), ctx)
    if words in lexicon().holidays:
        return _holiday(words, None, ctx)
    for name in ("last ", "this ", "next "):
        if words.startswith(name) and words[len(name) :] in lexicon().holidays:
            return _holiday(words[len(name) :], name.strip(), ctx)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return dated(words, ctx, why=f"the page says {ctx.text!r}") if bounds(words) else None
    if words.endswith(" day"):
        return anchored_day(words.removesuffix(" day"), ctx)
    weekday = _WEEK_FIRST.fullmatch(words) or _DAY.fullmatch(words)
    if weekday:
        return _weekday(weekday, ctx)
    found = _DATE.fullmatch(words)
    if found:
        month, number = int(found["m"] or found["m2"]), int(found["d"] or found["d2"])
        return month_day(month, number, int(found["y"]) if found["y"] else None, ctx, _weekday_in(words))
    return None


def _weekday_in(words: str) -> int | None:
    """The weekday that a date names beside its day of the month."""
    named = re.search(r"\bW([1-7])\b", words)
    return int(named[1]) if named else None


def anchored_day(rel: str, ctx: Context) -> Resolved:
    """ "that day", "the next day": by the last date mentioned."""
    base = ctx.base
    if base is None:
        return no_day(ctx, "XXXX-XX-XX")
    days = bounds(ctx.anchor)
    steps = 1 if rel in ("the next", "the following") else step(rel)
    if steps == 0 and days and days[0] != days[1]:
        return undated("DATE", "XXXX-XX-XX", ctx, "is a day that the words do not fix")
    return dated(at(base, "D", steps), ctx, why=f"{ctx.text!r} by the last date mentioned, {base.isoformat()}")


def _weekday(found: re.Match[str], ctx: Context) -> Resolved:
    number, rel, nth = int(found["w"]), group(found, "rel"), group(found, "nth")
    if ctx.ref is None:
        return no_day(ctx, f"XXXX-WXX-{number}", weekdays=frozenset((number - 1,)))
    monday = ctx.ref - timedelta(days=ctx.ref.weekday())
    if group(found, "week"):
        return dated(at(monday + timedelta(days=number - 1), "D", 7 * step(found["week"])), ctx)
    back = (ctx.ref.isoweekday() - number) % 7
    ahead = (number - ctx.ref.isoweekday()) % 7
    if nth and ctx.ref:
        fitting = nth_near(int(nth), ctx.ref, 0)
        if fitting and fitting.isoweekday() == number:
            return dated(fitting.isoformat(), ctx)
    if rel and step(rel) < 0:
        base = counted_from(rel, ctx) or ctx.ref
        return dated(at(base, "D", -((base.isoweekday() - number) % 7 or 7)), ctx)
    if rel and step(rel) > 0:
        base = counted_from(rel, ctx) or ctx.ref
        return dated(at(base, "D", (number - base.isoweekday()) % 7 or 7), ctx)
    if rel in ("this", "the current", "this very") and ctx.way == 0:
        return dated(at(ctx.ref, "D", -back), ctx)
    return dated(at(ctx.ref, "D", ahead if ctx.way > 0 else -back), ctx)


def weekdays_ago(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "two Mondays ago"."""
    if ctx.ref is None:
        return None
    back = (ctx.ref.isoweekday() - int(found["w"][1])) % 7 or 7
    return dated(at(ctx.ref, "D", -back - 7 * (int(float(found["n"])) - 1)), ctx)


def _on(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_day(month: int, number: int, year: int | None, ctx: Context, weekday: int | None = None) -> Resolved | None:
    """A day of the calendar, with its year or the year that fits best."""
    known = named_day(f"M{month} {number}", ctx) if year is None else None
    if known is not None:
        return known
    if year is not None:
        return (
            dated(f"{year}-{month:02d}-{number:02d}", ctx, why=f"the page says {ctx.text!r}")
            if _on(year, month, number)
            else None
        )
    if ctx.ref is None:
        if not _on(2000, month, number):
            return None
        return undated(
            "DATE", f"XXXX-{month:02d}-{number:02d}", ctx, "has no year, and the page shows no day of its own"
        )
    days = [one for k in range(-3, 4) if (one := _on(ctx.ref.year + k, month, number))]
    named = [one for one in days if one.isoweekday() == weekday]
    fitting = _nearest(named or [one for one in days if abs(one.year - ctx.ref.year) <= 1], ctx)
    if fitting is None:
        return None
    why = f"{ctx.text!r} without a year: the one that fits the page's day, {ctx.ref.isoformat()}"
    return dated(fitting.isoformat(), ctx, why=why)


def named_day(words: str, ctx: Context) -> Resolved | None:
    """A day that is called by its date alone: "the Sept. 11 attacks", "9/11"."""
    day, behind = lexicon().named_days.get(words, ("", frozenset[str]()))
    after = ctx.after.split()
    if not day or (behind and not behind.intersection(after[:2])) or (ctx.ref and ctx.ref.isoformat() <= day):
        return None
    return dated(day, ctx, why=f"{ctx.text!r} is what the day of {day} is called")


def _nearest(days: list[date], ctx: Context) -> date | None:
    """The day nearest to the page's, on the side that the tense points to unless it is near anyway."""
    ref = ctx.ref
    if ref is None or not days:
        return None
    nearest = min(days, key=lambda one: abs((one - ref).days))
    if abs((nearest - ref).days) <= NEAR_DAYS or not ctx.way:
        return nearest
    side = [one for one in days if (one >= ref) == (ctx.way > 0)]
    return min(side, key=lambda one: abs((one - ref).days)) if side else nearest


def _holiday(name: str, rel: str | None, ctx: Context, year: int | None = None) -> Resolved | None:
    rule = lexicon().holidays[name]
    if year is None and ctx.ref is None:
        known = holiday(rule, 2000)
        value = f"XXXX-{known.month:02d}-{known.day:02d}" if rule.startswith("fixed") else "XXXX-XX-XX"
        return no_day(ctx, value)
    if year is None and ctx.ref:
        around = [holiday(rule, ctx.ref.year + k) for k in (-1, 0, 1)]
        if rel == "this":
            return dated(around[1].isoformat(), ctx)
        ref, way = ctx.ref, step(rel)
        side = [one for one in around if one != ref and (one > ref) == (way > 0)] if way else []
        picked = (min(side) if way > 0 else max(side)) if side else _nearest(around, ctx)
        return dated(picked.isoformat(), ctx) if picked else None
    return dated(holiday(rule, int(year or 0)).isoformat(), ctx)


def holiday_year(found: re.Match[str], ctx: Context) -> Resolved | None:
    """A holiday of a named year."""
    return _holiday(found["hol"], None, ctx, int(found["y"]))


def nth_near(number: int, ref: date, way: int) -> date | None:
    """The so-manieth of the month nearest to a day, on the side of `way` where it is not 0."""
    around = [_on(there.year, there.month, number) for k in (-1, 0, 1) for there in (month_of(ref, k),)]
    days = [one for one in around if one and (way == 0 or (one >= ref) == (way > 0))]
    return min(days, key=lambda one: abs((one - ref).days), default=None)


def nth(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "the 30th"."""
    number = int(found["d"][:-2])
    if not 1 <= number <= 31:
        return None
    if ctx.ref is None:
        return no_day(ctx, f"XXXX-XX-{number:02d}")
    if group(found, "rel") in ("this", "last", "next"):
        there = month_of(ctx.ref, step(found["rel"]))
        picked = _on(there.year, there.month, number)
    else:
        base = ctx.base if ctx.base and not ctx.way else ctx.ref
        picked = nth_near(number, base, ctx.way)
    return dated(picked.isoformat(), ctx) if picked else None


_MONTH_BEHIND = re.compile(r"M(?P<m>\d+) \d{1,2}(?:th)?(?: (?:-|to|and|or|,|through|,? and))+$")


def day_behind(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "March 17-[20]": a day of the month before it."""
    month = _MONTH_BEHIND.search(ctx.before)
    year = group(found, "y")
    return month_day(int(month["m"]), int(found["d"]), int(year) if year else None, ctx) if month else None


def nth_day(_found: re.Match[str], ctx: Context) -> Resolved:
    """ "the fourth day": of something that the words do not name."""
    return undated("DATE", "XXXX-XX-XX", ctx, "is counted from something that is not a date")


def stamp(found: re.Match[str], ctx: Context) -> Resolved | None:
    """A date in figures, with its hour where one is given."""
    words, clock = found["day"], group(found, "clock")
    known = named_day(words, ctx)
    if known is not None:
        return known
    parts = [int(part) for part in re.findall(r"\d+", words)]
    if len(parts) == 1:
        year, month, number = int(words[:4]), int(words[4:6]), int(words[6:])
    elif len(words) > 4 and words[:4].isdigit():
        year, month, number = parts
    else:
        month, number, year = parts
        if month > 12:
            month, number = number, month
    year += 0 if year > 99 else 1900 if year >= 70 else 2000
    moment = _on(year, month, number)
    if moment is None:
        return None
    if clock:
        digits = re.sub(r"\D", "", clock).zfill(4)
        return dated(f"{moment.isoformat()}T{digits[:2]}:{digits[2:4]}", ctx, kind="TIME")
    return dated(moment.isoformat(), ctx, why=f"the page says {ctx.text!r}")


def two_digit_year(words: str, ctx: Context) -> int:
    """The year of four digits, or the one of two digits that lies nearest behind the page's."""
    number = int(words.lstrip("'"))
    if number > 99:
        return number
    last = (ctx.ref.year if ctx.ref else 1999) + 10
    return last - (last - number) % 100


def calendar(found: re.Match[str], ctx: Context) -> Resolved | None:
    """A month, or a day of one, with its year, a word for it, or the tense."""
    month, year, rel = int(found["m"][1:]), group(found, "y"), group(found, "rel")
    number = group(found, "d")
    count = int(number.removesuffix("th")) if number else None
    if year:
        there: int | None = two_digit_year(year, ctx)
    elif rel and ctx.ref and found.re.groupindex.get("m", 0) < found.re.groupindex.get("rel", 0):
        there = (counted_from(rel, ctx) or ctx.ref).year + step(rel)
    else:
        there = None
    if count is not None:
        if count > 31 and not year:
            return dated(f"{two_digit_year(str(count), ctx)}-{month:02d}", ctx)
        return month_day(month, count, there, ctx, _weekday_in(found.group()))
    if there is not None:
        if there not in YEARS:
            return None
        return within(dated(f"{there}-{month:02d}", ctx, why=f"the page says {ctx.text!r}"), group(found, "mod"), ctx)
    if ctx.ref is None:
        return undated("DATE", f"XXXX-{month:02d}", ctx, "has no year, and the page shows no day of its own")
    return within(dated(_month_near(month, rel, ctx), ctx), group(found, "mod"), ctx)


def _month_near(month: int, rel: str | None, ctx: Context) -> str:
    assert ctx.ref is not None  # noqa: S101 - the caller has seen to it
    apart = (ctx.ref.month - month) % 12
    way = step(rel)
    if rel and way:
        steps = -(apart or 12) if way < 0 else (12 - apart)
    elif rel:
        return f"{ctx.ref.year}-{month:02d}"
    elif ctx.way > 0:
        steps = (12 - apart) % 12
    elif ctx.way < 0:
        steps = -apart
    else:
        steps = -apart if apart <= NEAR_MONTHS else 12 - apart
    return month_of(ctx.ref, steps).isoformat()[:7]


def within(resolved: Resolved | None, mod: str | None, ctx: Context) -> Resolved | None:
    """A date narrowed by early, mid, late or "the end of": the value stays, as TimeML has it; the days are those
    that the words leave. A third of what they part, and the last day for an end."""
    days = bounds(resolved.value) if resolved and mod else None
    if resolved is None or days is None or mod is None:
        return resolved
    first, last = days
    length = (last - first).days + 1
    words = mod.split()
    ref = ctx.ref if ctx.ref and first <= ctx.ref <= last else None
    if {"end", "close"} & set(words):
        days = (last, last)
    elif words[-1] == "earlier" and ref:
        days = (first, ref)
    elif {"later", "rest", "remainder"} & set(words) and ref:
        days = (ref, last)
    elif words[-1] == "early" or {"beginning", "start"} & set(words):
        days = (first, first + timedelta(days=-(-length // 3) - 1))
    elif words[-1] in ("mid", "middle") or "middle" in words:
        days = (first + timedelta(days=length // 3), first + timedelta(days=2 * length // 3 - 1))
    elif words[-1] == "late":
        days = (last - timedelta(days=-(-length // 3) - 1), last)
    return dated(resolved.value, ctx, kind=resolved.kind, days=days)


def week_of(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "the week of September 24"."""
    inner = day_of(found["day"], ctx)
    days = bounds(inner.value) if inner else None
    return dated(week(days[0]), ctx) if days else inner
