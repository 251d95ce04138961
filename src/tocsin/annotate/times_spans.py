"""Weeks, months, seasons, quarters, years and decades: named, or counted from the page's day or the last date.

"last week" is the calendar week before the page's; "the third quarter" the last that has begun, unless the words look
ahead.
"""

import re
from datetime import date, timedelta

from tocsin.annotate.times_context import Context, Resolved, dated, group, no_day, undated
from tocsin.annotate.times_days import counted_from, step, two_digit_year, within
from tocsin.annotate.times_values import YEARS, at, bounds, grain, month_of
from tocsin.annotate.times_words import lexicon

_PLACES = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "S": "XXXX",
}


def unit_of(word: str) -> str:
    """TIMEX3's letter of a unit or season, singular or plural."""
    units = lexicon().units
    return units.get(word) or units.get(word.removesuffix("s")) or "S"


def rel_unit(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "last week", "this summer", "the end of the year"."""
    word, rel, year = found["u"], group(found, "rel"), group(found, "y")
    if word in lexicon().seasons:
        return within(_season(word, rel, ctx), group(found, "mod"), ctx)
    unit = unit_of(word)
    if year and unit == "Y":
        return dated(year, ctx)
    base = counted_from(rel, ctx)
    if base is None:
        return no_day(ctx, _PLACES.get(unit))
    if unit == "D":
        return dated(at(base, "D"), ctx)
    steps = step(rel)
    if unit == "WE" and not steps:
        steps = _weekend(ctx)
    if unit == "Q" and not steps and rel == "the" and grain(ctx.anchor) == "Q":
        return dated(ctx.anchor, ctx)
    return within(dated(at(base, unit, steps), ctx), group(found, "mod"), ctx)


def _weekend(ctx: Context) -> int:
    """ "the weekend" of a Monday to Thursday lies behind, unless the words look ahead."""
    if ctx.ref is None or ctx.way > 0 or ctx.ref.weekday() >= 5:
        return 0
    if ctx.text.casefold().startswith("this") and ctx.way >= 0:
        return 0
    return -1 if ctx.ref.weekday() < 4 or ctx.way < 0 else 0


def _season(word: str, rel: str | None, ctx: Context) -> Resolved:
    name = lexicon().seasons[word]
    if ctx.ref is None:
        return no_day(ctx, f"XXXX-{name}")
    around = [f"{ctx.ref.year + k}-{name}" for k in (-2, -1, 0, 1)]
    spans = [(value, days) for value in around if (days := bounds(value))]
    past = [value for value, (_, last) in spans if last < ctx.ref]
    begun = [value for value, (first, _) in spans if first <= ctx.ref]
    ahead = [value for value, (first, _) in spans if first > ctx.ref]
    open_ = [value for value, (_, last) in spans if last >= ctx.ref]
    way = step(rel)
    if way < 0:
        return dated(past[-1], ctx)
    if way > 0:
        return dated(ahead[0], ctx)
    if rel == "this" or (rel or "").startswith("this"):
        return dated(f"{ctx.ref.year - (name == 'WI' and ctx.ref.month < 3)}-{name}", ctx)
    if ctx.way == 0 and ahead and (_far(ahead[0], ctx.ref) < _far(begun[-1], ctx.ref)):
        return dated(ahead[0], ctx)
    return dated(open_[0] if ctx.way > 0 else begun[-1], ctx)


def _far(value: str, ref: date) -> int:
    """Days from the middle of a season."""
    days = bounds(value)
    return abs((days[0] + (days[1] - days[0]) / 2 - ref).days) if days else 0


def season_year(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "the summer of 1998", "spring next year"."""
    name, rel = lexicon().seasons[found["u"]], group(found, "rel")
    if rel:
        return dated(f"{ctx.ref.year + step(rel)}-{name}", ctx) if ctx.ref else no_day(ctx, f"XXXX-{name}")
    return within(dated(f"{two_digit_year(found['y'], ctx)}-{name}", ctx), group(found, "mod"), ctx)


def anchored(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "the same week", "the following year": by the last date mentioned."""
    unit, rel, base = unit_of(found["u"]), found["rel"], ctx.base
    if unit == "D":
        from tocsin.annotate.times_days import anchored_day

        return anchored_day(rel, ctx)
    if found["u"] in lexicon().seasons:
        return _season(found["u"], rel if step(rel) else None, ctx)
    if base is None:
        return no_day(ctx, _PLACES.get(unit))
    steps = 1 if rel in ("the next", "the following") else step(rel)
    return dated(at(base, unit, steps), ctx, why=f"{ctx.text!r} by the last date mentioned, {base.isoformat()}")


def year(found: re.Match[str], ctx: Context) -> Resolved | None:
    """A year in figures."""
    number = two_digit_year(found["y"], ctx)
    if number not in YEARS:
        return None
    return within(dated(f"{number:04d}", ctx, why=f"the page says {ctx.text!r}"), group(found, "mod"), ctx)


def decade(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "the 1990s", "the '60s", "the nineteen sixties"."""
    word = found["y"].lstrip("'")
    word += "s" if word.isdigit() else ""
    known = lexicon().decades
    if group(found, "c"):
        return dated(f"{int(found['c'])}{known.get(word, 0) // 10}", ctx)
    if word in known or len(word) == 3:
        tens = known[word] if word in known else int(word[:2])
        last = (ctx.ref.year if ctx.ref else 1999) + 5
        number = (last - (last - tens) % 100) // 10
    else:
        number = int(word[:4]) // 10
    return within(dated(str(number), ctx, why=f"the page says {ctx.text!r}"), group(found, "mod"), ctx)


def century(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "the 19th century"."""
    number = int(found["q"][:-2])
    if found["u"] == "millennium":
        return dated(str(number - 1), ctx)
    return within(dated(f"{number - 1:02d}", ctx, why=f"the page says {ctx.text!r}"), group(found, "mod"), ctx)


def quarter(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "the third quarter", "the second half of 1998"."""
    ordinal = found["q"]
    letter = {"quarter": "Q", "half": "H", "period": "Q"}[found["u"]]
    if not ordinal[0].isdigit() and letter == "Q" and not group(found, "y") and not group(found, "rel"):
        return None  # "the last quarter" is counted from the page's
    number = int(ordinal[:-2]) if ordinal[0].isdigit() else 2 if letter == "H" else 4
    if letter == "H" and number > 2:
        return None
    length = 3 if letter == "Q" else 6
    there, rel = group(found, "y"), group(found, "rel")
    if there and there.isdigit():
        return dated(f"{there}-{letter}{number}", ctx)
    if ctx.ref is None:
        return no_day(ctx, f"XXXX-{letter}{number}")
    if rel:
        base = counted_from(rel, ctx) or ctx.ref
        return dated(f"{base.year + step(rel)}-{letter}{number}", ctx)
    begins = date(ctx.ref.year, length * (number - 1) + 1, 1)
    ends = month_of(begins, length) - timedelta(days=1)
    number_of_year = ctx.ref.year
    if ctx.way > 0:
        number_of_year += ends < ctx.ref
    elif begins > ctx.ref:
        number_of_year -= 1
    return dated(f"{number_of_year}-{letter}{number}", ctx)


def fiscal(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "fiscal 1998", "the last fiscal year"."""
    there = group(found, "y")
    if there:
        number = two_digit_year(there, ctx)
    elif ctx.ref is None:
        return undated("DATE", "FYXXXX", ctx, "is counted from a day that the page does not show")
    else:
        number = ctx.ref.year + step(group(found, "rel"))
    return undated("DATE", f"FY{number}", ctx, "is a fiscal year, whose days depend on whose it is")
