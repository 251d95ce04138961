"""Page words, dates and ids as lists show them on a terminal."""

from tocsin.api import phrasing
from tocsin.cli.terminal import harmless
from tocsin.core.ids import SHOWN_DIGITS
from tocsin.core.when import When

LONGEST = 240
"""Characters of an act or a claim on a list; `show` has the rest."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def short(thing: str) -> str:
    """An id as lists show it."""
    return thing[: SHOWN_DIGITS + 1]


def quoted(words: str) -> str:
    """Page words in double quotation marks (theirs become single ones), cut where they are too long for a list."""
    text = phrasing.quoted(harmless(words))
    return text if len(text) <= LONGEST + 2 else f"{text[:LONGEST].rstrip()}…”"


def dated(when: When) -> str:
    """A date as far as it is shown: `2020-08-15`, `a Thursday, 2020-08-20 to 2020-11-21`, `undated`."""
    if not when.earliest and not when.weekdays:
        return "undated"
    days = " or ".join(WEEKDAYS[one] for one in sorted(when.weekdays))
    return f"a {days}, {when.shown()}" if days and not when.known else when.shown()
