"""Page words, dates and ids as lists show them on a terminal."""

from tocsin.cli.terminal import harmless
from tocsin.core.ids import SHOWN_DIGITS
from tocsin.core.when import When

LONGEST = 240
"""Characters of an act or a claim on a list; `show` has the rest."""
_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})


def short(thing: str) -> str:
    """An id as lists show it."""
    return thing[: SHOWN_DIGITS + 1]


def quoted(words: str) -> str:
    """Page words in double quotation marks (theirs become single ones), cut where they are too long for a list."""
    text = harmless(words)
    bare = text.strip('“”" ')
    if bare.count("“") == bare.count("”") and bare.count('"') % 2 == 0:
        text = bare
    elif text.count("“") > text.count("”"):
        text += "”"
    text = text.translate(_INNER)
    return f"“{text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + '…'}”"


def dated(when: When) -> str:
    """A page's date as far as it shows."""
    return when.shown() if when.earliest else "undated"
