"""Times counted from another: "three days ago", "a year earlier", "then", "recently".

"ago" and "from now" count from the page's day, "earlier" and "later" from the last date mentioned; the unit of the
words is the unit of the value, as TimeBank's annotators have it.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from tocsin.annotate.times_context import Context, Resolved, dated, group, undated
from tocsin.annotate.times_days import day_of
from tocsin.annotate.times_spans import unit_of
from tocsin.annotate.times_values import at, bounds, duration, grain


def _count(words: str | None) -> float | None:
    if words is None:
        return None
    if words in ("a", "an", "the"):
        return 1
    if words.startswith("half"):
        return 0.5
    try:
        return float(words)
    except ValueError:
        return None


def ago(found: re.Match[str], ctx: Context) -> Resolved | None:
    """A number of units before or after a day."""
    unit, way = unit_of(found["u"]), group(found, "way") or "from now"
    count = _count(group(found, "n"))
    if "and_a_half" in found.re.groupindex or (" and a half " in found.group() and not group(found, "n")):
        count = 1.5
    from_page = way in ("ago", "from now", "hence")
    back = way in ("ago", "earlier", "before", "previously", "prior")
    if count is None:
        return undated(
            "DATE", "PAST_REF" if back else "FUTURE_REF", ctx, "is counted by a number that the words do not give"
        )
    base = ctx.ref if from_page else ctx.base
    then = group(found, "then")
    if then and then not in ("that", "then", "this"):
        known = day_of(then, replace(ctx, way=1) if way == "from" else ctx)
        days = bounds(known.value) if known else None
        base = days[0] if days else base
    if base is None:
        return undated(
            "DATE", "PAST_REF" if back else "FUTURE_REF", ctx, "is counted from a day that the page does not show"
        )
    if then and unit == "W":
        unit, count = "D", 7 * count
    return _moved(base, unit, -count if back else count, from_page, ctx)


def _moved(base: date, unit: str, steps: float, from_page: bool, ctx: Context) -> Resolved | None:
    why = ctx.reason() if from_page else f"{ctx.text!r} by the last date mentioned, {base.isoformat()}"
    if unit[0] == "T" and len(unit) == 2:
        hours = {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}[unit] * steps
        days = int(abs(hours) // 24) * (1 if hours > 0 else -1)
        moved = at(base, "D", days)
        spread = bounds(moved)
        both = (spread[0] - timedelta(days=1), spread[1]) if spread and hours < 0 else spread
        return dated(moved, ctx, days=both, why=why)
    if unit == "Y" and grain(ctx.anchor) == "Q" and ctx.anchor:
        return dated(f"{int(ctx.anchor[:4]) + int(steps)}{ctx.anchor[4:7]}", ctx, why=why)
    if unit in ("DE", "CE"):
        return dated(at(base, "Y", steps * (10 if unit == "DE" else 100)), ctx, why=why)
    if steps != int(steps):
        finer = {"Y": ("M", 12), "M": ("D", 30), "W": ("D", 7)}.get(unit)
        if finer is None:
            return dated(at(base, unit, steps), ctx, why=why)
        return dated(at(base, finer[0], steps * finer[1]), ctx, why=why)
    return dated(at(base, unit, steps), ctx, why=why)


def year_ago(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "the year-ago quarter", "year-earlier"."""
    base = ctx.base
    if base is None:
        return undated("DATE", "PAST_REF", ctx, "is counted from a day that the page does not show")
    head = (group(found, "head") or "").strip()
    if head == "quarter" or grain(ctx.anchor) == "Q":
        known = ctx.anchor if ctx.anchor and grain(ctx.anchor) == "Q" else at(base, "Q")
        return dated(f"{int(str(known)[:4]) - 1}{str(known)[4:]}", ctx)
    if head in ("month", "week"):
        there = at(base, "M" if head == "month" else "W", -12 if head == "month" else -52)
        return dated(there, ctx)
    return dated(at(base, "Y", -1), ctx)


def recent(found: re.Match[str], ctx: Context) -> Resolved:
    """ "recent years", "the coming weeks"."""
    words = found.group()
    if re.search(r"\b(?:coming|upcoming|following|ahead|to come)\b", words):
        return undated("DATE", "FUTURE_REF", ctx, "lies ahead, no one knows how far")
    if "past few" in words:
        return undated("DURATION", duration("X", unit_of(found["u"])), ctx, "is a length of time")
    return undated("DATE", "PAST_REF", ctx, "lies behind, no one knows how far")


def then(_found: re.Match[str], ctx: Context) -> Resolved:
    """ "then": the last date mentioned, where there is one."""
    if ctx.anchor:
        kind = "TIME" if "T" in ctx.anchor else "DATE"
        return dated(ctx.anchor, ctx, kind=kind, why=f"{ctx.text!r}: the last date mentioned, {ctx.anchor}")  # type: ignore[arg-type]
    return undated("DATE", "PAST_REF", ctx, "points to a time that the page does not date")
