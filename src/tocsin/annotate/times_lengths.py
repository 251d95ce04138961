"""Lengths of time and what comes again and again: durations and sets.

Neither has bounds: "three days" names no day of the calendar, nor does "every Sunday".
"""

import re
from datetime import timedelta

from tocsin.annotate.times_context import Context, Resolved, dated, group, undated
from tocsin.annotate.times_spans import unit_of
from tocsin.annotate.times_values import duration
from tocsin.annotate.times_words import lexicon

MOST_WITHIN = 365
"""Units of a time limit; a longer one is no date that anybody waits for."""
_LENGTH, _AGAIN = "is a length of time", "comes again and again"
_HALVES = {
    ("half", "TH"): "PT30M", ("half", "D"): "PT12H", ("half", "W"): "P3.5D", ("half", "M"): "P15D",
    ("half", "Y"): "P6M",
    ("half", "DE"): "P5Y", ("half", "CE"): "P50Y", ("quarter", "TH"): "PT15M", ("quarter", "Y"): "P3M",
    ("quarter", "CE"): "P25Y", ("quarter", "D"): "PT6H", ("3 quarters", "TH"): "PT45M", ("3 quarters", "CE"): "P75Y",
}  # fmt: skip
"""Parts of a unit in the next smaller one."""
_OVER = re.compile(r"(?:over|in|within|for|during|through|throughout|across)(?: about| nearly)?$")
_COUNTED = re.compile(
    r"(?:\d[\d.]*|[$€£]|million|billion|thousand|hundred|times?|once|twice|dollars|cents|euros|pounds)"
    r"(?: [^\W\d_]+){0,2}$"
)


def length(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "three days", "several weeks", "63-year-old", "two years and six months"."""
    unit, count = unit_of(found["u"]), group(found, "n")
    if unit == "S" or (unit == "NI" and count == "the") or (unit == "Q" and " - quarter" in found.group()):
        return None  # "three-quarters" is a share
    second = group(found, "n2")
    if second and count and count.isdigit():
        smaller = unit_of(found["u2"])
        if {unit, smaller} <= {"TH", "TM", "TS"}:
            third = f"{found['n3']}S" if group(found, "n3") else ""
            return undated("DURATION", f"PT{count}{unit[1]}{second}{smaller[1]}{third}", ctx, _LENGTH)
        return undated("DURATION", f"P{count}{unit}{second}{smaller}", ctx, _LENGTH)
    if count in ("an", "a") and unit != "S" and _rate(ctx):
        return undated("SET", duration("1", unit), ctx, _AGAIN)
    if count in ("each", "per"):
        return undated("SET", duration("1", unit), ctx, _AGAIN)
    number = count if count and count[0].isdigit() else None
    if number is None:
        single = count is not None and not found["u"].endswith("s") and found["u"] != "centuries" and _is_one(count)
        number = "1" if single or (count is None and not found["u"].endswith("s")) else "X"
    return _within(unit, number, found.group(), ctx) or undated("DURATION", duration(number, unit), ctx, _LENGTH)


def _within(unit: str, number: str, words: str, ctx: Context) -> Resolved | None:
    """ "within two weeks" of what is to come ends so long after the page's day."""
    led = words.startswith("within ") or ctx.before.endswith(" within")
    days = {"D": 1, "W": 7, "W2": 14, "M": 31, "Y": 366}.get(unit)
    if not led or ctx.ref is None or ctx.way < 0 or days is None or not number.isdigit() or int(number) > MOST_WITHIN:
        return None
    until = ctx.ref + timedelta(days=days * int(number))
    return dated(duration(number, unit), ctx, kind="DURATION", days=(ctx.ref, until))


def _is_one(count: str) -> bool:
    return count.split(maxsplit=1)[0] in ("a", "an", "the", "one", "all", "every", "another")


def per(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "per [year]", where only the unit is in the span."""
    if not re.search(r"(?:per|every|each)$", ctx.before):
        return None
    return undated("SET", duration("1", unit_of(found["u"])), ctx, _AGAIN)


def _rate(ctx: Context) -> bool:
    """Whether what stands before "a day" is counted by the day: "50 a day", "$5 million a year"."""
    return bool(_COUNTED.search(ctx.before))


def length_past(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "the past year", "over the next week"; "the next week" by itself, and "this last week", are dates."""
    unit = unit_of(found["u"])
    if found["n"] == "the" and (found["which"] not in ("next", "previous") or _OVER.search(ctx.before)):
        return undated("DURATION", duration("1", unit), ctx, _LENGTH)
    return None


def half(found: re.Match[str], ctx: Context) -> Resolved | None:
    """ "half an hour", "a quarter century", "a year and a half"."""
    unit, part = unit_of(found["u"]), group(found, "half")
    if part is None:
        return undated("DURATION", duration("1.5", unit), ctx, _LENGTH)
    value = _HALVES.get((part, unit))
    return undated("DURATION", value, ctx, _LENGTH) if value else None


def every(found: re.Match[str], ctx: Context) -> Resolved:
    """ "every two weeks", "each Sunday", "twice a year", "Saturday nights"."""
    known, word = lexicon(), group(found, "w")
    part = group(found, "part")
    piece = known.parts.get((part or "").removesuffix("s"), "")
    if word:
        weekday = re.match(r"W([1-7])", word)
        if weekday:
            return undated("SET", f"XXXX-WXX-{weekday[1]}{piece}", ctx, _AGAIN, frozenset((int(weekday[1]) - 1,)))
        if word[0] == "M" and word[1:].isdigit():
            return undated("SET", f"XXXX-{int(word[1:]):02d}", ctx, _AGAIN)
        if word in known.seasons:
            return undated("SET", f"XXXX-{known.seasons[word]}", ctx, _AGAIN)
        return undated("SET", f"XXXX-XX-XX{known.parts.get(word, '')}", ctx, _AGAIN)
    parts = group(found, "parts")
    if parts:
        return undated("SET", _plural(parts.removesuffix("s")), ctx, _AGAIN)
    unit = unit_of(group(found, "u") or group(found, "u2") or "day")
    if piece:
        return undated("SET", f"XXXX-XX-XX{piece}", ctx, _AGAIN)
    count = group(found, "n") or ("2" if " other " in found.group() else "1")
    if unit == "NI":
        return undated("SET", "XXXX-XX-XXTNI", ctx, _AGAIN)
    if unit == "WE":
        return undated("SET", "XXXX-WXX-WE", ctx, _AGAIN)
    return undated("SET", duration(count if count[0].isdigit() else "X", unit), ctx, _AGAIN)


def _plural(word: str) -> str:
    known = lexicon()
    if word in known.seasons:
        return f"XXXX-{known.seasons[word]}"
    return {"weekend": "XXXX-WXX-WE", "weekday": "XXXX-WXX-WD", "weeknight": "XXXX-XX-XXTNI"}.get(
        word, f"XXXX-XX-XX{known.parts.get(word, '')}"
    )


def set_word(found: re.Match[str], ctx: Context) -> Resolved:
    """ "daily", "annual"."""
    return undated("SET", lexicon().set_words[found["word"]], ctx, _AGAIN)
