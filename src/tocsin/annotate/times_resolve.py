"""What an expression means: the first action of a fitting form that has an answer, else the best of its pieces.

Invariant: a given span always gets a type and a value.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from tocsin.annotate import times_days, times_hours, times_lengths, times_moves, times_spans
from tocsin.annotate.times_context import Action, Context, Resolved, dated, undated
from tocsin.annotate.times_forms import Form, longest, whole
from tocsin.annotate.times_values import duration
from tocsin.annotate.times_words import fold, lexicon
from tocsin.core.when import WhenError

ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "day": times_days.day,
        "calendar": times_days.calendar,
        "holiday_year": times_days.holiday_year,
        "nth": times_days.nth,
        "nth_day": times_days.nth_day,
        "stamp": times_days.stamp,
        "week_of": times_days.week_of,
        "rel_unit": times_spans.rel_unit,
        "season_year": times_spans.season_year,
        "anchored": times_spans.anchored,
        "year": times_spans.year,
        "decade": times_spans.decade,
        "century": times_spans.century,
        "quarter": times_spans.quarter,
        "fiscal": times_spans.fiscal,
        "ago": times_moves.ago,
        "year_ago": times_moves.year_ago,
        "recent": times_moves.recent,
        "then": times_moves.then,
        "day_behind": times_days.day_behind,
        "per": times_lengths.per,
        "length": times_lengths.length,
        "length_past": times_lengths.length_past,
        "half": times_lengths.half,
        "every": times_lengths.every,
        "set_word": times_lengths.set_word,
        "clocked": times_hours.clocked,
        "part_of_day": times_hours.part_of_day,
        "late_day": times_hours.late_day,
        "now_part": times_hours.now_part,
        "some_part": times_hours.some_part,
        "anchored_part": times_hours.anchored_part,
        "clock": times_hours.clock,
        "clock_now": times_hours.clock_now,
        "weekdays_ago": times_days.weekdays_ago,
    }
)
_LEADS = re.compile(
    r"(?:(?:about|around|nearly|almost|more than|less than|over|at least|at most|up to|only|just|roughly|some|by|in|on"
    r"|at|since|until|till|before|after|from|during|for|of|within|through|throughout|and|or|to|between|the|an?|even"
    r"|early|late|very|that|this|its|his|her|their|our|my|as|well|so|-|,) )+"
)


def act(form: Form, found: re.Match[str], ctx: Context) -> Resolved | None:
    """What a form's action makes of it; None where the calendar has no such time."""
    try:
        return ACTIONS[form.action](found, ctx)
    except (WhenError, OverflowError, ValueError):
        return None  # a count that leads beyond the calendar


def resolve(words: str, ctx: Context) -> Resolved:
    """What the folded `words` of a given span mean; always an answer."""
    known = _reference(words, ctx) or _whole(words, ctx)
    if known and known.value:
        return known
    shorter = _LEADS.sub("", words, count=1)
    if shorter and shorter != words:
        known = _reference(shorter, ctx) or _whole(shorter, ctx)
        if known and known.value:
            return known
    if " ( " in words:
        return resolve(words[: words.index(" ( ")], ctx)
    return _inside(words, ctx) or _library(ctx) or _last_resort(words, ctx)


def _reference(words: str, ctx: Context) -> Resolved | None:
    value = lexicon().refs.get(words)
    if value == "PRESENT_REF":
        return undated("DATE", value, ctx, "is the time of the page, no one knows how long")
    if value and words in ("the time", "that time", "at the time", "at that time", "the same time", "that point"):
        return undated("DATE", value, ctx, "points to a time that the page does not date")
    return undated("DATE", value, ctx, "names no time of the calendar") if value else None


def _whole(words: str, ctx: Context) -> Resolved | None:
    for form, found in whole(words):
        known = act(form, found, ctx)
        if known is not None:
            return known
    return None


def _inside(words: str, ctx: Context) -> Resolved | None:
    """The longest piece of a span that a form fits."""
    folded = fold(words, 0, len(words))
    folded.tokens = words.split(" ")
    folded.begins, folded.ends, folded.places = [], [], []
    folded.close()
    best: tuple[int, int, Resolved] | None = None
    for first in range(len(folded.tokens)):
        fitting = longest(folded, first, every=True)
        if fitting is None:
            continue
        known = act(fitting[0], fitting[1], ctx)
        size = len(fitting[1].group())
        if known and known.value and (best is None or size > best[0]):
            best = size, first, known
    if best:
        return best[2]
    for token in folded.tokens:
        known = _reference(token, ctx)
        if known:
            return known
    return None


def _library(ctx: Context) -> Resolved | None:
    """What dateparser makes of words that no form fits."""
    moment = _parsed(ctx.text, ctx.ref) if ctx.ref and len(ctx.text) < LONGEST_FOR_LIBRARY else None
    return dated(moment.isoformat(), ctx) if moment else None


LONGEST_FOR_LIBRARY = 60
"""Code points that dateparser is given: its cost grows fast with the words, and no date is longer."""


@lru_cache(maxsize=1024)
def _parsed(text: str, base: date) -> date | None:
    from datetime import datetime

    import dateparser

    noon = datetime(base.year, base.month, base.day, 12)  # noqa: DTZ001 - dateparser counts in naive times
    settings = {"RELATIVE_BASE": noon, "PREFER_DATES_FROM": "past", "TIMEZONE": "UTC"}
    found = dateparser.parse(text, languages=["en"], settings=settings)
    return found.date() if found else None


def _last_resort(words: str, ctx: Context) -> Resolved:
    """Nothing is known of it: by its words a length, or a time behind, ahead or now."""
    why = "fits no known form"
    for word in words.split(" "):
        unit = lexicon().units.get(word) or lexicon().units.get(word.removesuffix("s"))
        if unit:
            return undated("DURATION", duration("X", unit), ctx, why)
    value = {1: "FUTURE_REF", -1: "PAST_REF"}.get(ctx.way, "PRESENT_REF")
    return undated("DATE", value, ctx, why)
