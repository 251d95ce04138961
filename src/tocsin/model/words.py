"""Words of a text as the reading model sees them: the boundaries of the English treebanks, as spans of the text.

Every sign that is no white space lies in exactly one word, in order. Time is linear in the text: no alternative of the
pattern, once it has matched more than a fixed number of signs, can fail.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

MAX_WORD = 60
"""Longer runs of letters are not looked into (no clitics, no short forms). The longest word of PolNeAR's training part
that is no address has 33 signs."""

_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u200c\u200d\ufe0f"
)
"""Signs that are no letters to Python but belong to the letter before them: accents, vowel points, joiners."""
_LETTER = f"(?:[^\\W_]|[{_MARKS}])"
_DOMAIN = "(?:com|org|net|gov|edu|mil|int|info|co|uk|eu|us|ru|ua|by|de|fr|tv|ly|fm|io|me)"
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,12}+"  # U.S., p.m., A.F.L.-C.I.O., U.S.-led
    rf"(?:-(?:(?:[A-Z]\.){{2,8}}+|[^\W\d_]{_LETTER}*+(?:-{_LETTER}++)*+))?+"
    r"|Ph\.D\."
    r"|[A-Z]-(?:[A-Z]\.){2,4}+"  # D-N.Y.
    rf"|[^\W\d_]{_LETTER}*+(?:(?:[-‑/&'’]|\.(?=(?:[\w-]{{1,30}}\.)?{_DOMAIN}\b)){_LETTER}++)*+"
    r"|\d++(?:[.,:/⁄]\d++)*+[^\W_]*+(?:[-‑][^\W_]++(?:[.,]\d++)*+)*+(?:['’]s(?!\w))?+"
    r"|[,;\"“”()$?]"
    r"|</?[A-Za-z!][^<>]{0,300}+>"  # markup left in the text
    r"|[@#]\w++"
    r"|['’](?:\d\ds?+|(?i:em|cause|til|tis|twas|s))(?!\w)"  # '80s, 'em; 's after a stop or a mark
    r"|\.\d++"
    r"|\.(?: \.){2,3}+|\.{2,}+|-{2,}+|_++|\*{2,}+|!{2,}+|''|``|\S"
)
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w.+-]{1,40}@\w)[^\s“”‘’«»\"<>()]++")
_CLITIC = re.compile(r"(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of `data/words.json`."""

    stops: frozenset[str]
    capital: frozenset[str]
    before_digit: frozenset[str]
    split: dict[str, int]


@cache
def _known() -> _Known:
    """The data file, read once."""
    data = json.loads(resources.files("tocsin.model").joinpath("data/words.json").read_text("utf-8"))
    stops, capital, digit = (frozenset(data[name]["words"]) for name in ("stops", "capital", "before_digit"))
    return _Known(stops, capital, digit, data["split"]["words"])


def _keeps_stop(text: str, word: str, stop: int) -> bool:
    """Whether the full stop at `stop`, right behind `word`, is part of it."""
    if len(word) > MAX_WORD:
        return False
    if len(word) == 1 and word.isupper():
        return word != "I"
    low = word.lower()
    known = _known()
    if low in known.stops:
        return word[0].isupper() or low not in known.capital
    if low in known.before_digit:
        return text[stop + 1 : stop + 3].lstrip()[:1].isdigit()
    return "-" in word and low.rpartition("-")[2] in known.stops and word.rpartition("-")[2][0].isupper()  # R-Ky.


def words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words of `text[start:end]`, one sentence, as ranges in order."""
    out: list[tuple[int, int]] = []
    add = out.append
    done = start
    split = _known().split
    piece = text[start:end]
    addresses = _addresses(text, start, end) if "@" in piece or "://" in piece or "www." in piece else {}
    marked = "'" in piece or "’" in piece
    for found in _TOKEN.finditer(text, start, end):
        a, b = found.span()
        if a < done:
            if b <= done:
                continue
            a = done
        if addresses and a in addresses:
            done = addresses[a]
            add((a, done))
            continue
        if b < end and text[b] == "." and b + 1 < end and text[a].isalpha() and _keeps_stop(text, text[a:b], b):
            done = b + 1
            add((a, done))
            continue
        if b - a > 2:
            if b == end and text[b - 1] == "." and text[a].isalpha():  # the last stop is the sentence's
                add((a, b - 1))
                add((b - 1, b))
                continue
            word = text[a:b]
            cut = _clitic(word) if marked and ("'" in word or "’" in word) else split.get(word.lower())
            if cut:
                add((a, a + cut))
                a += cut
        add((a, b))
    return out


def _clitic(word: str) -> int:
    """Where the clitic of a word with an apostrophe begins, 0 where it has none."""
    found = _CLITIC.fullmatch(word) if len(word) <= MAX_WORD else None
    return found.end(1) if found else 0


def _addresses(text: str, start: int, end: int) -> dict[int, int]:
    """Where the addresses of the web and of mail begin and end."""
    found = _ADDRESS.finditer(text, start, end)
    return {one.start(): one.start() + len(one.group().rstrip(".,;:!?…'’")) for one in found}
