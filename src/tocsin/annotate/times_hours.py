"""Hours and parts of days: "10 p.m. Monday", "Thursday evening", "half past six", "overnight".

An hour without its day is of the last day mentioned in the sentence before it, else of no day.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from tocsin.annotate.times_context import Context, Resolved, dated, group, no_day, undated
from tocsin.annotate.times_days import day_of, step
from tocsin.annotate.times_values import at, bounds, grain
from tocsin.annotate.times_words import lexicon

_PLAIN = re.compile(r"(?P<h>\d{1,2})(?:[: ](?P<m>\d{2})(?::\d{2})?)?(?: (?P<half>am|pm))?(?: o ?'? ?clock)?")
_BESIDE = re.compile(
    r"(?P<part>half|a quarter|quarter|\d{1,2})(?: minutes)? (?P<way>past|to|after|before|until|till) "
    r"(?P<h>\d{1,2}|noon|midnight)"
    r"(?: o ' clock)?(?: (?P<half>am|pm))?"
)
LATER = 12
"""An hour that is not told as to come and lies so much behind the page's own (UTC) was the evening before: local clocks
differ from it by no more."""
_LATE = ("afternoon", "evening", "night")


def hour_of(words: str, part: str | None) -> str | None:
    """The clock as T14:30; `part` is the part of the day that the words name beside it."""
    words = words.strip()
    if words.endswith(("noon", "midday")) and " " not in words.replace("12 noon", "noon"):
        return "T12:00"
    if words in ("midnight", "12 midnight"):
        return "T24:00"
    if re.fullmatch(r"\d{4}", words):
        return f"T{words[:2]}:{words[2:]}"
    found = _PLAIN.fullmatch(words)
    if found:
        return _clock(int(found["h"]), int(found["m"] or 0), found["half"], part)
    found = _BESIDE.fullmatch(words)
    if not found:
        return None
    minutes = {"half": 30, "quarter": 15, "a quarter": 15}.get(found["part"]) or int(
        re.sub(r"\D", "", found["part"]) or 0
    )
    hour = {"noon": 12, "midnight": 24}.get(found["h"]) or int(found["h"])
    if found["way"] in ("to", "before", "until", "till"):
        hour, minutes = hour - 1, 60 - minutes
    return _clock(hour, minutes, found["half"], part)


def _clock(hour: int, minute: int, half: str | None, part: str | None) -> str | None:
    if hour > 24 or minute > 59:
        return None
    if half == "pm" or (half is None and part in _LATE and hour < 12):
        hour = hour % 12 + 12
        hour = 0 if part == "night" and half is None and hour < 17 else hour
    elif half == "am" or (half is None and part == "morning"):
        hour %= 12
    return f"T{hour:02d}:{minute:02d}"


def _part(words: str | None) -> str | None:
    """The part of the day that ends some words."""
    last = (words or "").split()[-1:] or [""]
    return last[0] if last[0] in lexicon().parts else None


def _on(day: str | None, hour: str, ctx: Context, days: tuple[date, date] | None = None) -> Resolved:
    """An hour or part of a day, with the day's bounds."""
    if day is None or grain(day) != "D":
        return undated("TIME", (day or "") + hour, ctx, "is an hour of a day that the words do not name")
    return dated(day[:10] + hour, ctx, kind="TIME", days=days)


def clocked(found: re.Match[str], ctx: Context) -> Resolved | None:
    """An hour of a named day."""
    half = group(found, "half") or group(found, "half2")
    hour = hour_of(found["clock"], _part(half))
    inner = day_of(found["day"], ctx)
    if hour is None or inner is None:
        return None
    if hour and not half and re.fullmatch(r"T0[1-6]:\d\d", hour) and not re.search(r"\bam\b|:", found["clock"]):
        hour = f"T{int(hour[1:3]) + 12}{hour[3:]}"  # "Tuesday at two": nobody is asked for two at night
    if inner.when.earliest is None:
        return Resolved("TIME", (inner.value or "") + hour, inner.when)
    return _on(inner.value, hour, ctx)


def clock_now(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "nine o'clock tonight"."""
    words = found["part"]
    hour = hour_of(found["clock"], _part(words) or "night")
    if hour is None or ctx.ref is None:
        return None
    steps = {"last": -1, "yesterday": -1, "tomorrow": 1}.get(words.split(maxsplit=1)[0], 0)
    return _on(at(ctx.ref, "D", steps), hour, ctx)


def part_of_day(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "Thursday evening", "the night of September 22"."""
    inner = day_of(found["day"], ctx)
    if inner is None:
        return None
    piece = lexicon().parts[found["part"]]
    if inner.when.earliest is None:
        return Resolved("TIME", (inner.value or "") + piece, inner.when)
    return _on(inner.value, piece, ctx)


def late_day(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "late on Tuesday" is its night, "early on Monday" its morning; without "on" TimeML keeps the day."""
    inner = day_of(found["day"], ctx)
    if inner is None:
        return None
    if " on " not in found.group():
        return inner
    piece = "TNI" if found["mod"] == "late" else "TMO"
    if inner.when.earliest is None:
        return Resolved("TIME", (inner.value or "") + piece, inner.when)
    return _on(inner.value, piece, ctx)


def now_part(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "tonight", "last night", "this morning", "overnight"."""
    words = found["part"]
    piece = lexicon().parts.get(words.split()[-1], "TNI")
    if ctx.ref is None:
        return no_day(ctx, f"XXXX-XX-XX{piece}", "TIME")
    steps = {"last": -1, "yesterday": -1, "tomorrow": 1, "overnight": -1}.get(words.split()[0], 0)
    if words == "overnight" and ctx.way > 0:
        steps = 0
    day = at(ctx.ref, "D", steps)
    days = bounds(day)
    if words == "overnight" and days:
        return _on(day, piece, ctx, (days[0], days[0] + timedelta(days=1)))
    return _on(day, piece, ctx)


def some_part(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "the evening", "midmorning": of the last day mentioned."""
    piece, rel = lexicon().parts.get(found["part"], "TNI"), group(found, "rel")
    if rel in ("last", "next") and ctx.ref:
        return _on(at(ctx.ref, "D", step(rel)), piece, ctx)
    base = ctx.base if ctx.near else ctx.ref
    if base is None or rel in ("one", "a"):
        return no_day(ctx, f"XXXX-XX-XX{piece}", "TIME")
    return _on(base.isoformat(), piece, ctx)


def anchored_part(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "that same night", "the next morning": by the last date mentioned."""
    piece, base = lexicon().parts[found["part"]], ctx.base
    if base is None:
        return no_day(ctx, f"XXXX-XX-XX{piece}", "TIME")
    steps = 1 if found["rel"] in ("the next", "the following") else step(found["rel"])
    return _on(at(base, "D", steps), piece, replace(ctx))


def clock(found: re.Match[str], ctx: Context) -> Resolved | None:
    """An hour alone: of the last day mentioned."""
    hour = hour_of(found["clock"], _part(group(found, "half")))
    if hour is None:
        return None
    base = bounds(ctx.anchor) if ctx.near else None
    if ctx.anchor and base and base[0] == base[1]:
        return _on(ctx.anchor[:10], hour, ctx)
    gone = ctx.hour is not None and ctx.way <= 0 and int(hour[1:3]) - ctx.hour > LATER
    return _on(at(ctx.ref, "D", -1 if gone else 0) if ctx.ref else None, hour, ctx)
