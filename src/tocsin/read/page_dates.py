"""Dates as pages print them above and below an article, as days or UTC seconds.

Invariant: no clock; nothing narrower than the words allow: where day and month could be either, both are within the
interval, and a time counts only with a zone that fixes it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from tocsin.core.when import When, stamp

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAYS = (
    rf"(?P<m1>{_MONTH})(?:, | ?)(?P<d1>\d{{1,2}}){_ORDINAL}(?:,? |,)(?P<y1>\d{{4}})",
    rf"(?P<d2>\d{{1,2}}){_ORDINAL}\.?[ -](?:of )?(?P<m2>{_MONTH}),?[ -](?P<y2>\d{{4}})",
    r"(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})",
    r"(?P<a4>\d{1,2})[./-](?P<b4>\d{1,2})[./-](?P<y4>\d{4})",
)
_DAY = re.compile(rf"(?<!\w)(?:{'|'.join(_DAYS)})(?!\d|[/-]\d)", re.IGNORECASE)
# A date twice, once for screen readers, which flatteners set without a space: "22 Dec 202322 Dec 2023".
_GLUED = re.compile(rf"(?<=\d{{4}})(?=\d{{1,2}} {_MONTH})", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\d:])(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))(?::(?P<s>\d{2})(?:\.\d+)?)?(?: ?(?P<half>[ap])\.?m\.?)? ?"
    r"(?:\(?(?P<zone>Z|UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|CET|CEST|EET|EEST|MSK)(?!\w)|(?P<shift>[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
_HOURS = {
    "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
}  # fmt: skip
"""Hours east of UTC. ET (summer or winter?), CST (America or China?), IST, BST and the like do not fix an instant."""
_VERB = r"(?:published|posted|updated|modified|date|created|issued)"
_LEAD = rf"(?:(?:first |last |originally )?{_VERB}(?: (?:on|at))?:? *)?(?:{_WEEKDAY},? *)?"
_DATE_LINE = re.compile(rf"{_LEAD}(?:{'|'.join(_DAYS)})", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s,|·•–—()]+|(?<=\D)-|(?<=\d)T(?=\d)")
_BESIDE = re.compile(
    rf"{_VERB}:?|last|on|at|\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\.\d+)?(?:[ap]\.?m\.?)?Z?|[ap]\.?m\.?|[A-Z]{{1,4}}|[+-]\d{{2}}:?\d{{2}}"
    rf"|{_WEEKDAY}|\d{{1,3}}|min(?:ute)?s?|read",
    re.IGNORECASE,
)
"""What may stand beside a date in its line, word by word."""
_UPDATED = re.compile(r"\b(?:last )?(?:updated?|modified|edited)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:published|posted|issued|created|first)\b", re.IGNORECASE)
YEARS = range(1900, 2200)
"""Other years are no dates of pages but numbers that look like one."""


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date in a line: its words, first and last day or second it can be, and whether of publication or update."""

    words: str
    earliest: str
    latest: str
    updated: bool
    stated: bool

    def when(self, where: str) -> When:
        """The date as a When, its words and place as the reason."""
        reason = f"{where}: {self.words!r}"
        if self.earliest != self.latest:
            reason += " (day and month could be either)"
        return When(self.earliest, self.latest, reasons=(reason,))


def is_date_line(line: str) -> bool:
    """Whether a line is a date (and time) and nothing else."""
    if len(line) > 90:
        return False
    begun = _DATE_LINE.match(line)
    if not begun:
        return False
    rest = _DAY.sub(" ", line[begun.end() :])
    return all(_BESIDE.fullmatch(word) for word in _SEPARATORS.split(rest) if word)


def _day(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _candidates(found: re.Match[str]) -> list[date]:
    """The days that the words can mean, in order."""
    group = found.groupdict()
    if group["y4"]:
        a, b, year = int(group["a4"]), int(group["b4"]), int(group["y4"])
        # With points the day comes first everywhere; with strokes it depends on the country.
        orders = [(b, a)] if "." in found.group() else [(b, a), (a, b)]
        return sorted({day for month, number in orders if (day := _day(year, month, number))})
    for n in "123":
        if group[f"y{n}"]:
            month = group[f"m{n}"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            day = _day(int(group[f"y{n}"]), number, int(group[f"d{n}"]))
            return [day] if day else []
    return []


def _instant(day: date, words: str) -> str | None:
    """The UTC second of a time with its zone in `words`, None where they do not fix one."""
    found = _TIME.search(words)
    if not found or not (found["zone"] or found["shift"]):
        return None
    hour, minute = int(found["h"]), int(found["m"])
    half = (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if found["shift"]:
        sign = -1 if found["shift"][0] == "-" else 1
        digits = found["shift"][1:].replace(":", "")
        shift = sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    elif found["zone"].lower() in _HOURS:
        shift = timedelta(hours=_HOURS[found["zone"].lower()])
    else:
        return None
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, int(found["s"] or 0), tzinfo=timezone(shift))
        return stamp(moment)
    except (ValueError, OverflowError):
        return None


def dates_in(line: str) -> Iterator[PageDate]:
    """The dates with day, month and year that a line shows, in order."""
    line = _GLUED.sub(" ", line)
    matches = list(_DAY.finditer(line))
    for k, found in enumerate(matches):
        days = _candidates(found)
        if not days:
            continue
        before = line[matches[k - 1].end() if k else 0 : found.start()]
        after = line[found.end() : matches[k + 1].start() if k + 1 < len(matches) else len(line)][:40]
        earliest, latest = days[0].isoformat(), days[-1].isoformat()
        if earliest == latest:
            # "7:07 PM EST Nov 19, 2019" has the time before the day, most others after it.
            instant = _instant(days[0], after) or _instant(days[0], before[-20:])
            earliest = latest = instant or earliest
        yield PageDate(
            " ".join((before[-24:] + found.group() + after[:24]).split()),
            earliest,
            latest,
            _UPDATED.search(before) is not None,
            _PUBLISHED.search(before) is not None,
        )


_ADDRESS = re.compile(r"https?://[^/?#]+(?P<path>/[^?#]*)")
_PARTS_OF_PATH = re.compile(
    r"[/_-](?P<y>(?:19|20)\d\d)(?P<s>[/_-])(?P<m>\d{1,2}|[a-z]{3})(?P=s)(?P<d>\d{1,2})(?=[/._-]|$)"
    r"|[/_-](?P<y2>(?:19|20)\d\d)(?P<m2>\d\d)(?P<d2>\d\d)(?=[/._-]|$)"
    r"|[/_-](?P<d3>\d\d)(?P<s3>[._-]?)(?P<m3>\d\d)(?P=s3)(?P<y3>(?:19|20)\d\d)(?=[/._-]|$)",
    re.IGNORECASE,
)
_BESIDE_HEAD = re.compile(r" ?[|•·] ?")
LONGEST_HEAD = 140
"""Characters of a line that begins with the page's date and goes on with counters and names behind strokes."""
LONGEST_ADDRESS = 2000


def dated_address(address: str) -> When | None:
    """The day in a page's address ("/2018/09/17/", "-20180917", "/17092018"); None where there is none, or several."""
    found = _ADDRESS.match(address[:LONGEST_ADDRESS])
    days = set()
    for part in _PARTS_OF_PATH.finditer(found["path"]) if found else ():
        year, month, number = (next(part[name + n] for n in ("", "2", "3") if part[name + n]) for name in "ymd")
        named = _MONTHS.index(month.lower()) + 1 if month.lower() in _MONTHS else 0
        day = _day(int(year), int(month) if month.isdigit() else named, int(number))
        days.update([day] if day else [])
    if len(days) != 1:
        return None
    iso = days.pop().isoformat()
    return When(iso, iso, reasons=(f"the page's address has it: {found['path'] if found else ''!r}",))


def heads_with_date(line: str) -> bool:
    """Whether a line begins with a whole date and goes on with what stands beside one behind strokes: "3 October 2018,
    19:40 | Views: 5 233 | Author: …"."""
    first, *rest = _BESIDE_HEAD.split(line.strip()[: LONGEST_HEAD + 1])
    return bool(rest) and len(line) <= LONGEST_HEAD and is_date_line(first) and line.strip()[-1:] not in ".!?"
