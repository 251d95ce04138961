"""A page's lines and what can be counted on each of them: the input of the line labeller.

Invariant: ranges are native code points of the text, in order, without line ends; features are a pure function of the
lines; every pass is linear in the text, since no line is looked at beyond its first and last characters.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.read import cues

_LINE_END = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"\w+")
_BULLET = re.compile(r"(?:[*#>•·▪●○◦|+=_~–—-]+|\d{1,2}[.)])(?:\s+|$)|o\s+(?=[A-Z])")
_QUOTES = "\"“”«»„‘’'"
_OPEN_QUOTES = "\"“«„‘'"
_SAID = re.compile(r"\b(?:said|says|told|added|according to|wrote|asked|reported|announced)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\.com\b", re.IGNORECASE)
OFFSETS = (-3, -2, -1, 0, 1, 2, 3)
"""The neighbours, by lines, whose features the first look at a line takes in."""
HEAD = 1000
TAIL = 200
"""Of a line longer than HEAD + TAIL characters only these two ends are counted: a bound on the work per line."""

FUNCTION_WORDS = frozenset(
    "the of and to in a is that for on it with as was by at be this are from has have had but not he his they their "
    "she her were an which who or its would been will more when than after we you if there about into also could "
    "said de la que el en y los del las por con para una un se no su al o os da do das dos em é uma não der die und "
    "den von das mit des le les et du dans est pour qui au sur il".split()
)
"""Words that prose of any subject is full of (English first, then its neighbours): menus have few of them."""


def split_lines(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges of all lines of `text`, blank ones too, split at \\n, \\r\\n and \\r only."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for end in _LINE_END.finditer(text):
        ranges.append((start, end.start()))
        start = end.end()
    if start < len(text) or not ranges:
        ranges.append((start, len(text)))
    return tuple(ranges)


@dataclass(slots=True)
class Fact:
    """What is counted on one non-blank line; `core` is the line without bullets and outer spaces."""

    index: int
    core: str
    words: list[str]
    count: int
    indent: int
    bullet: bool
    gap: int
    cues: tuple[str, ...]
    key: str
    repeats: int = 1


def facts_of(text: str, ranges: Sequence[tuple[int, int]]) -> list[Fact]:
    """The non-blank lines among `ranges`, in order."""
    facts: list[Fact] = []
    gap = 0
    for index, (start, end) in enumerate(ranges):
        shown = text[start:end] if end - start <= HEAD + TAIL else text[start : start + HEAD] + text[end - TAIL : end]
        core = shown.strip()
        if not core:
            gap += 1
            continue
        indent = len(shown) - len(shown.lstrip())
        bullet = _BULLET.match(core)
        core = core[bullet.end() :] or core if bullet else core
        words = _WORD.findall(core.lower())
        # A cut line still weighs its whole length: about six characters a word.
        count = len(words) + max(0, end - start - HEAD - TAIL) // 6
        facts.append(
            Fact(index, core, words, count, indent, bullet is not None, gap, cues.classes(core), " ".join(words))
        )
        gap = 0
    repeats = Counter(fact.key for fact in facts)
    for fact in facts:
        fact.repeats = repeats[fact.key]
    return facts


def _bin(value: float, edges: Sequence[float]) -> int:
    """How many of the rising `edges` lie at or below `value`."""
    found = 0
    for edge in edges:
        if value < edge:
            break
        found += 1
    return found


def _ending(core: str) -> str:
    """The kind of the line's last characters."""
    last = core[-1]
    if last in ".!?":
        return "…" if core.endswith("...") else last
    if last in _QUOTES or last in ")]":
        inner = core.rstrip(_QUOTES + ")]")[-1:]
        return ("q" if last in _QUOTES else ")") + ("." if inner and inner in ".!?,…" else "")
    if last.isalnum():
        return "9" if last.isdigit() else "a"
    return last if last in ":,;…-–—|»>" else "s"


def line_features(fact: Fact) -> list[str]:
    """What a line shows on its own, without its words: the features that neighbours lend each other too."""
    core, words = fact.core, fact.words
    size = _bin(fact.count, (1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45, 70, 120))
    ending = _ending(core)
    first = core[0]
    start = (
        "q"
        if first in _OPEN_QUOTES
        else "U"
        if first.isupper()
        else "l"
        if first.islower()
        else "9"
        if first.isdigit()
        else "s"
    )
    tokens = core.split()
    upper = sum(token[0].isupper() for token in tokens) / len(tokens)
    function = sum(word in FUNCTION_WORDS for word in words) / (len(words) or 1)
    share = _bin(function, (0.01, 0.1, 0.2, 0.3, 0.4, 0.5))
    stops = core.count(". ") + core.count("? ") + core.count("! ")
    out = [
        f"n{size}", f"e{ending}", f"s{start}", f"n{size // 2}e{ending}", f"n{size // 2}f{share}",
        f"n{size // 2}u{_bin(upper, (0.2, 0.4, 0.6, 0.8, 1.0))}", f"c{_bin(core.count(','), (1, 2, 4, 8))}n{size // 3}",
        f"p{_bin(stops, (1, 2, 3, 6))}", f"g{min(fact.gap, 3)}", f"i{_bin(fact.indent, (1, 3, 6, 12))}",
    ]  # fmt: skip
    if fact.bullet:
        out.append("bullet")
        out.append(f"bullet{size // 2}")
    if fact.repeats > 1:
        out.append(f"r{min(fact.repeats, 3)}n{size // 3}")
    if core.isupper():
        out.append("ALL")
    digits = sum(map(str.isdigit, core)) / len(core)
    if digits > 0.05:
        out.append(f"d{_bin(digits, (0.05, 0.2, 0.5))}")
    if size > 3 and any(mark in core for mark in '"“”«»„'):
        out.append("quoted")
    if _SAID.search(core):
        out.append("said" if size > 6 else "said-short")
    if _ADDRESS.search(core):
        out.append("address")
    if "|" in core or "›" in core or " / " in core or "·" in core:
        out.append("bars")
    out.extend(f"cue:{name}" for name in fact.cues)
    out.extend(f"cue:{name}:{size // 3}" for name in fact.cues)
    return out


def word_features(fact: Fact) -> list[str]:
    """A line's words (its first ones in place); only those that the trained vocabulary knows come to count."""
    words = fact.words
    out = [f"w:{word}" for word in set(words[:60])]
    if words:
        out.append(f"1:{words[0]}")
        out.append(f"z:{words[-1]}")
        if len(words) > 1:
            out.append(f"2:{words[0]} {words[1]}")
    if len(words) <= 5:
        out.append(f"={fact.key}")
    return out
