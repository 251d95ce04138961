"""A page's lines and what can be counted on each of them: the input of the line labeller.

Invariant: ranges are native code points of the text, in order, without line ends; features are a pure function of the
lines; every pass is linear in the text, since no line is looked at beyond its first and last characters.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.read import cues

_LINE_END = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"\w+")
_BULLET = re.compile(r"(?:[*#>•·▪●○◦|+=_~–—-]+|\d{1,2}[.)])(?:\s+|$)|o\s+(?=[A-Z])")
_NEXT = re.compile(r"\S+")
_QUOTES = "\"“”«»„‘’'"
_OPEN_QUOTES = "\"“«„‘'"
_SAID = re.compile(r"\b(?:said|says|told|added|according to|wrote|asked|reported|announced)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\.com\b", re.IGNORECASE)
OFFSETS = (-3, -2, -1, 0, 1, 2, 3)
"""The neighbours, by lines, whose features the first look at a line takes in."""
WRAP = 100
"""Longest line of a hard-wrapped page, in characters: mail and terminals wrap at 65 to 80."""
WRAP_LEAST = 40
"""Shortest width that is a wrap and no list of short lines."""
RUNS_ON = 0.6
"""Largest share of runs among a wrapped page's lines: below it most lines run on."""
HEAD = 1000
TAIL = 200
"""Of a line longer than HEAD + TAIL characters only these two ends are counted: a bound on the work per line."""


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


def paragraphs(text: str, ranges: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Runs `[first, last]` of lines that a hard wrap cut from one paragraph; every other line is a run of its own.

    A page is wrapped where no line is longer than WRAP characters; a break is the wrap's where the next line's first
    word would not have fitted on the line before.
    """
    lengths = [end - start for start, end in ranges]
    width = max(lengths, default=0)
    alone = tuple((index, index) for index in range(len(ranges)))
    if not WRAP_LEAST <= width <= WRAP:
        return alone
    runs: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(ranges):
        joined = False
        if runs and lengths[index] and lengths[index - 1] >= width / 2:
            next_word = _NEXT.match(text, start, end)
            joined = next_word is not None and lengths[index - 1] + 1 + len(next_word.group()) > width
        if joined:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    # Menus have breaks of the wrap by chance; wrapped paragraphs make most lines of a page run on.
    return tuple(runs) if len(runs) <= RUNS_ON * sum(map(bool, lengths)) + lengths.count(0) else alone


@dataclass(slots=True)
class Fact:
    """What is counted on one non-blank line (or wrapped paragraph); `core` is it without bullets and outer spaces.

    `index` is its first line, `last` its last.
    """

    index: int
    last: int
    core: str
    words: list[str]
    count: int
    indent: int
    mark: str
    gap: int
    cues: tuple[str, ...]
    key: str
    repeats: int = 1

    @property
    def item(self) -> bool:
        """Whether the line stands in a list (`#` marks headings)."""
        return bool(self.mark) and self.mark[0] != "#"

    @property
    def bullet(self) -> bool:
        """Whether the line stands in a list; `mark` is its sign."""
        return bool(self.mark)


def facts_of(text: str, ranges: Sequence[tuple[int, int]], runs: Sequence[tuple[int, int]] | None = None) -> list[Fact]:
    """The non-blank lines among `ranges`, in order; `runs` (see `paragraphs`) says which are one paragraph."""
    facts: list[Fact] = []
    gap = 0
    for index, last in runs or [(index, index) for index in range(len(ranges))]:
        start, end = ranges[index][0], ranges[last][1]
        shown = text[start:end] if end - start <= HEAD + TAIL else text[start : start + HEAD] + text[end - TAIL : end]
        # Hard spaces stand where others do in cues; a wrapped paragraph is one line.
        core = shown.replace("\xa0", " ").strip() if index == last else " ".join(shown.split())
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
            Fact(
                index,
                last,
                core,
                words,
                count,
                indent,
                bullet.group().strip() if bullet else "",
                gap,
                cues.classes(core),
                " ".join(words),
            )
        )
        gap = 0
    repeats = Counter(fact.key for fact in facts)
    for fact in facts:
        fact.repeats = repeats[fact.key]
    return facts


def _bin(value: float, edges: Sequence[float]) -> int:
    """How many of the rising `edges` lie at or below `value`."""
    return bisect_right(edges, value)


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


def function_share(fact: Fact) -> float:
    """Share of function words among a line's words."""
    common = cues.function_words()
    return sum(word in common for word in fact.words) / (len(fact.words) or 1)


def line_features(fact: Fact) -> list[str]:
    """What a line shows on its own, without its words: the features that neighbours lend each other too."""
    core = fact.core
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
    function = function_share(fact)
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
