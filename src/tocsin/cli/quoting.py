"""Page words, dates and ids as lists show them on a terminal."""

from tocsin.api import phrasing
from tocsin.cli.terminal import harmless
from tocsin.core.ids import SHOWN_DIGITS
from tocsin.core.when import When

LONGEST = 240
"""Characters of an act or a claim on a list; `show` has the rest."""
LONGEST_PAGE = 48
"""Characters of a page's key on a list; `show` has the rest."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def short(thing: str) -> str:
    """An id as lists show it."""
    return thing[: SHOWN_DIGITS + 1]


def quoted(words: str) -> str:
    """Page words in double quotation marks (theirs become single ones), cut where they are too long for a list."""
    text = phrasing.quoted(harmless(words))
    return text if len(text) <= LONGEST + 2 else f"{text[:LONGEST].rstrip()}…”"


def page_name(page: str) -> str:
    """A page's key on a list: an address without its scheme, and cut in the middle where it is long."""
    text = harmless(page).partition("://")[2].removeprefix("www.") or harmless(page)
    return text if len(text) <= LONGEST_PAGE else f"{text[: LONGEST_PAGE // 2]}…{text[-LONGEST_PAGE // 2 :]}"


def dated(when: When) -> str:
    """A date as far as it is shown: `2020-08-15`, `a Thursday from 2020-08-20`, `undated`. What only a capture bounds
    is shown open."""
    open_end = when.latest and any(reason.endswith(f"taken on {when.latest[:10]}") for reason in when.reasons)
    shown = When(when.earliest, None if open_end and not when.known else when.latest).shown()
    if not when.earliest and not when.weekdays:
        return "undated"
    days = " or ".join(WEEKDAYS[one] for one in sorted(when.weekdays))
    if not days or when.known:
        return shown
    return f"a {days} {shown}" if shown.startswith("from") else f"a {days}, {shown}"
