"""Text folded for the forms of times: one spelling for months, weekdays, numbers and ordinals, single spaces between.

"Sept. 22" becomes `M9 22`, "Thursday's" `W4 's`, "twenty-two years" `22 years`, "two and a half" `2.5`. Every folded
token knows where it stands in the text; folding is one pass, linear in the text.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

_TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})(?!\d)|\d{1,3}(?:,\d{3})+(?!\d)"
    r"|\d++(?:\.\d++)?(?:(?:st|nd|rd|th|s)(?![^\W\d_]))?|['’‘]\d{2}s?(?!\w)|[ap]\.\s?m\b\.?|[^\W\d_]+(?:['’](?=t\b)t)?"
    r"|['’](?:s|ll|d|ve|re|m)?(?!\w)|[½¼¾]|[^\w\s]",
    re.IGNORECASE,
)
_LISTS = ("past_verbs", "future_words", "due_words", "scheduled", "year_leads", "year_heads")
LONGEST_NUMBER = 9
"""Digits of a number that can count time; a longer one is something else and is not made a number of."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `data/times.json`."""

    months: dict[str, int]
    short_months: frozenset[str]
    weekdays: dict[str, int]
    short_weekdays: frozenset[str]
    numbers: dict[str, int]
    tens: dict[str, int]
    ordinals: dict[str, int]
    ordinal_heads: frozenset[str]
    decades: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, str]
    parts: dict[str, str]
    refs: dict[str, str]
    set_words: dict[str, str]
    holidays: dict[str, str]
    past_verbs: frozenset[str]
    future_words: frozenset[str]
    due_words: frozenset[str]
    scheduled: frozenset[str]
    year_leads: frozenset[str]
    year_heads: frozenset[str]
    ahead: frozenset[str]
    named_days: dict[str, tuple[str, frozenset[str]]]


@cache
def lexicon() -> Lexicon:
    """The data file, read once."""
    text = resources.files("tocsin.annotate").joinpath("data/times.json").read_text("utf-8")
    data: dict[str, Any] = {name: entry["words"] for name, entry in json.loads(text).items() if name != "about"}
    months = {name: number for number, row in enumerate(data["months"], 1) for name in row.split()}
    weekdays = {name: number for number, row in enumerate(data["weekdays"], 1) for name in row.split()}
    tens = {name: 10 * number for number, name in enumerate(data["tens"], 2)}
    ordinals = {name: number for number, name in enumerate(data["ordinals"], 1)}
    ordinals |= {name: 10 * number for number, name in enumerate(data["tens_ordinals"], 2)}
    lists = {name: frozenset(data[name].split()) for name in _LISTS}
    return Lexicon(
        months,
        frozenset(name for row in data["months"] for name in row.split()[1:]),
        weekdays,
        frozenset(name for row in data["weekdays"] for name in row.split()[1:]),
        {name: number for number, name in enumerate(data["ones"])},
        tens,
        ordinals,
        frozenset(data["ordinal_heads"]),
        {name: 10 * number for number, name in enumerate(data["decades"], 2)},
        data["units"],
        data["seasons"],
        data["parts"],
        {word: value for value, row in data["refs"].items() for word in row.split("|")},
        data["set_words"],
        data["holidays"],
        past_verbs=lists["past_verbs"],
        future_words=lists["future_words"],
        due_words=lists["due_words"],
        scheduled=lists["scheduled"],
        year_leads=lists["year_leads"],
        year_heads=lists["year_heads"],
        ahead=frozenset(data["ahead"].split("|")),
        named_days={day: (row.split()[0], frozenset(row.split()[1:])) for day, row in data["named_days"].items()},
    )


@dataclass(slots=True)
class Folded:
    """Folded tokens with single spaces between: `text`, where each token begins and ends in it, and where it stands in
    the document."""

    tokens: list[str] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    text: str = ""
    places: list[int] = field(default_factory=list)

    def close(self) -> "Folded":
        """Join the tokens."""
        self.text = " ".join(self.tokens)
        place = 0
        for token in self.tokens:
            self.places.append(place)
            place += len(token) + 1
        return self

    def token_at(self, place: int) -> int:
        """The token that holds the place in the folded text."""
        return max(0, bisect_right(self.places, place) - 1)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The tokens [first, last) that touch the document's `[start, end)`."""
        return bisect_right(self.ends, start), bisect_left(self.begins, end)

    def joined(self, first: int, last: int) -> str:
        """The folded text of tokens [first, last)."""
        return " ".join(self.tokens[first:last])


@dataclass(slots=True)
class _Raw:
    low: str
    start: int
    end: int
    capital: bool
    stopped: bool


def _raw(text: str, start: int, end: int) -> Iterator[_Raw]:
    for found in _TOKEN.finditer(text, start, end):
        word = found.group()
        low = word.casefold().replace("’", "'").replace("‘", "'")
        if low[0] in "ap" and "." in low:
            low = low[0] + "m"
        stopped = found.end() < end and text[found.end()] == "."
        yield _Raw(low, found.start(), found.end(), word[0].isupper(), stopped)


def fold(text: str, start: int, end: int, *, lenient: bool = False) -> Folded:
    """`text[start:end]` folded. `lenient`: months and weekdays without a capital count too (for given spans)."""
    out = Folded()
    raws = list(_raw(text, start, end))
    k = 0
    while k < len(raws):
        token, used = _one(raws, k, lenient=lenient)
        if token:
            out.tokens.append(token)
            out.begins.append(raws[k].start)
            out.ends.append(raws[k + used - 1].end)
        k += used
    return out.close()


def _one(raws: list[_Raw], k: int, *, lenient: bool) -> tuple[str, int]:
    """The folded token at place `k` and how many raw ones it takes."""
    known, one = lexicon(), raws[k]
    named = _named(one, lenient=lenient)
    if named:
        stop = one.stopped and k + 1 < len(raws) and one.low in (known.short_months | known.short_weekdays)
        return named, 2 if stop else 1
    number, used = _number(raws, k)
    if used:
        return number, used
    if one.low == "second":
        rest = [raw.low for raw in raws[k + 1 : k + 3] if raw.low != "-"]
        if rest and rest[0] in known.ordinal_heads:
            return "2th", 1
    elif one.low in known.ordinals:
        return f"{known.ordinals[one.low]}th", 1
    if one.low[0].isdigit() and one.low[-2:] in ("st", "nd", "rd", "th"):
        return one.low[:-2] + "th", 1
    return ("'" if one.low in ("'", "`") else "-" if one.low in "–—-" else one.low), 1


def _named(one: _Raw, *, lenient: bool) -> str | None:
    known = lexicon()
    if not (one.capital or lenient):
        return None
    short = one.low in known.short_weekdays
    if one.low in known.weekdays and (not short or one.stopped or lenient):
        return f"W{known.weekdays[one.low]}"
    if one.low.endswith("s") and one.low[:-1] in known.weekdays and one.low[:-1] not in known.short_weekdays:
        return f"W{known.weekdays[one.low[:-1]]}s"
    if one.low in known.months:
        return f"M{known.months[one.low]}"
    return None


def _small(raws: list[_Raw], k: int) -> tuple[int | None, int, bool]:
    """A number below a hundred in words at place `k`: its value, the raw tokens it takes, whether it is an ordinal."""
    known, one = lexicon(), raws[k]
    if one.low in known.tens:
        step = 2 if k + 2 < len(raws) and raws[k + 1].low == "-" else 1
        if k + step < len(raws):
            unit = raws[k + step].low
            if 0 < known.numbers.get(unit, 0) < 10:
                return known.tens[one.low] + known.numbers[unit], step + 1, False
            if 0 < known.ordinals.get(unit, 0) < 10:
                return known.tens[one.low] + known.ordinals[unit], step + 1, True
        return known.tens[one.low], 1, False
    if one.low in known.numbers:
        return known.numbers[one.low], 1, False
    return None, 0, False


def _number(raws: list[_Raw], k: int) -> tuple[str, int]:
    """A number in words or digits with what belongs to it ("two and a half", "nineteen ninety-eight", "a dozen")."""
    one = raws[k]
    if one.low[0].isdigit():
        if not one.low.replace(".", "").replace(",", "").isdigit() or len(one.low) > LONGEST_NUMBER:
            return "", 0
        digits = one.low
        value, used = digits.replace(",", "") if digits[-4:-3] == "," else digits, 1
        if "," in digits and len(value) == 4:
            return f"{value}.0", 1  # "1,998" is no year
        return _with_half(raws, k, value, used)
    small, used, ordinal = _small(raws, k)
    if small is None:
        return "", 0
    if ordinal:
        return f"{small}th", used
    after = k + used
    if after < len(raws) and 15 <= small <= 20 and not (small == 20 and used > 1):
        step = 1 if raws[after].low == "-" and after + 1 < len(raws) else 0
        second, more, ordinal = _small(raws, after + step)
        if second is not None and not ordinal and 10 <= second <= 99:
            return f"{small}{second}", used + step + more
    if after < len(raws) and raws[after].low in ("hundred", "thousand"):
        return _hundreds(raws, k, small, used)
    return _with_half(raws, k, str(small), used)


def _hundreds(raws: list[_Raw], k: int, small: int, used: int) -> tuple[str, int]:
    total, place = small * (100 if raws[k + used].low == "hundred" else 1000), k + used + 1
    step = 1 if place < len(raws) and raws[place].low == "and" else 0
    if place + step < len(raws):
        rest, more, ordinal = _small(raws, place + step)
        if rest and not ordinal:
            return str(total + rest), used + 1 + step + more
    return str(total), used + 1


def _with_half(raws: list[_Raw], k: int, value: str, used: int) -> tuple[str, int]:
    """ "2 1/2", "two and a half", "2½"."""
    lows = [one.low for one in raws[k + used : k + used + 4]]
    if "." in value:
        return value, used
    if lows[:3] == ["and", "a", "half"]:
        return f"{value}.5", used + 3
    if lows[:2] == ["and", "half"]:
        return f"{value}.5", used + 2
    if lows[:4] == ["-", "and", "-", "a"] and [one.low for one in raws[k + used + 4 : k + used + 6]] == ["-", "half"]:
        return f"{value}.5", used + 6
    if lows[:3] == ["1", "/", "2"]:
        return f"{value}.5", used + 3
    if lows[:1] == ["½"]:
        return f"{value}.5", used + 1
    return value, used
