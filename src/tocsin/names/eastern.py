"""Chinese and Korean names, syllable by syllable: there two near syllables are two names, and one has many spellings.

Invariant: symmetric. Only names that are syllables from end to end, with a known surname, are compared here.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tocsin.names.given import is_spelled_given
from tocsin.names.sounds import distance, sound
from tocsin.names.tables import table, words

_SYLLABLE = 6
"""Letters of the longest syllable."""
LONGEST = 24
"""Letters of a word that are cut into syllables."""
MOST_SYLLABLES = 5
"""Ouyang and a given name of two; more is another language's name that happens to be cut so."""
SPELLING = 0.9
"""Likeness of two spellings of one syllable by the table, or of Pinyin and Wade-Giles."""
KOREAN_NEAR = 0.5
"""Price up to which two Korean syllables are spellings of one: Korean has no one romanisation that all keep to."""
KOREAN_LIKE = 0.8
OTHER_ORDER = 0.97
"""Surname last instead of first."""
TWO = 0.35
"""Highest score of two names with a syllable that differs or is missing (Li Qiang, Li Keqiang)."""


@dataclass(frozen=True, slots=True)
class EasternName:
    """The syllables of a name, word by word; `script` is "pinyin", "korean" or "other" (Wade-Giles, dialects)."""

    words: tuple[tuple[str, ...], ...]
    pinyin: bool
    korean: bool


@cache
def _mandarin() -> tuple[tuple[str, str], ...]:
    """Initial and final of every syllable."""
    listed = table("syllables")
    takes = {
        start: re.compile(finals) for starts, finals in listed["takes"].items() for start in starts.split() or [""]
    }
    return tuple((start, end) for start in listed["initials"] for end in listed["finals"] if takes[start].match(end))


@cache
def _pinyin() -> frozenset[str]:
    return frozenset(start + end for start, end in _mandarin())


@cache
def _wade() -> dict[str, frozenset[str]]:
    """Wade-Giles without apostrophes → the Pinyin syllables that it can be."""
    listed = table("syllables")
    out: dict[str, set[str]] = {}
    for start, end in _mandarin():
        for one in (*listed["finals"][end], end):
            out.setdefault(listed["initials"][start] + one, set()).add(start + end)
    for pinyin, spellings in listed["whole"].items():
        for one in spellings.split():
            out.setdefault(one, set()).add(pinyin)
    return {one: frozenset(syllables) for one, syllables in out.items()}


@cache
def _lines() -> dict[str, frozenset[int]]:
    out: dict[str, set[int]] = {}
    for number, line in enumerate(table("syllables")["names"]):
        for word in line.split():
            out.setdefault(word, set()).add(number)
    return {word: frozenset(lines) for word, lines in out.items()}


@lru_cache(maxsize=16384)
def syllables_of(word: str) -> tuple[str, ...] | None:
    """A word cut into syllables, as few as can be; Pinyin where that can be, then Korean, then everything."""
    *some, every = _known()
    last = _cut(word, every)
    if not last:
        return None  # as nearly all words of other languages: the narrower lists need not be asked
    return min([*(cut for known in some if (cut := _cut(word, known))), last], key=len)


@cache
def _known() -> tuple[frozenset[str], ...]:
    korean = words("syllables", "korean")
    return _pinyin(), korean, frozenset(_wade().keys() | _pinyin() | korean | _lines().keys())


def _cut(word: str, known: frozenset[str]) -> tuple[str, ...] | None:
    if not word or len(word) > LONGEST:
        return None
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        found: tuple[str, ...] | None = None
        for start in range(max(0, end - _SYLLABLE), end):
            before = best[start]
            if before is not None and word[start:end] in known and (found is None or len(before) + 1 < len(found)):
                found = (*before, word[start:end])
        best.append(found)
        if found is None and not any(best[-_SYLLABLE:]) and end >= _SYLLABLE:
            return None  # no syllable reaches back to where the last one ended
    return best[-1]


@lru_cache(maxsize=16384)
def eastern_name(spelled: tuple[str, ...]) -> EasternName | None:
    """The name of these words cut into syllables, or None where it is no Chinese or Korean one."""
    told = list[tuple[str, ...]]()
    for word in spelled:
        cut = syllables_of(word)
        if not cut:
            return None  # as most names by their first word
        told.append(cut)
    if not 2 <= sum(map(len, told)) <= MOST_SYLLABLES:
        return None
    surnames = words("syllables", "surnames")
    if not any(len(told[i]) <= 1 and spelled[i] in surnames for i in (0, -1)):
        return None
    if any(len(cut) > 1 and is_spelled_given(word) for word, cut in zip(spelled, told, strict=True)):
        return None
    every = [one for word in told for one in word]
    return EasternName(tuple(told), all(one in _pinyin() for one in every), _is_korean(every))


def _is_korean(every: list[str]) -> bool:
    korean = words("syllables", "korean")
    return all(one in korean for one in every) and any(one not in _pinyin() for one in every)


def eastern_likeness(a: EasternName, b: EasternName) -> tuple[float, str]:
    """How likely two names are one, with what it rests on."""
    one = [syllable for word in a.words for syllable in word]
    best = 0.0
    for order, factor in _orders(b):
        if len(order) == len(one):
            scores = [_like(x, y, a, b) for x, y in zip(one, order, strict=True)]
            if min(scores) > 0:
                best = max(best, factor * sum(scores) / len(scores))
    if best:
        return round(best, 3), "syllable by syllable"
    flat = [syllable for word in b.words for syllable in word]
    shared = sum(1 for x in one if any(_like(x, y, a, b) for y in flat))
    return round(TWO * shared / max(len(one), len(flat)), 3), "other syllables"


def _orders(name: EasternName) -> list[tuple[list[str], float]]:
    turned = [name.words, (*name.words[1:], name.words[0]), (name.words[-1], *name.words[:-1])]
    return [
        ([syllable for word in order for syllable in word], 1.0 if i == 0 else OTHER_ORDER)
        for i, order in enumerate(turned)
    ]


def _like(x: str, y: str, a: EasternName, b: EasternName) -> float:
    if x == y:
        return 1.0
    if _lines().get(x, frozenset()) & _lines().get(y, frozenset()):
        return SPELLING
    if not (a.pinyin and b.pinyin and len(a.words) == len(b.words)):
        wade, pinyin = (x, y) if b.pinyin else (y, x)
        if pinyin in _wade().get(wade, ()) or _wade().get(x, frozenset()) & _wade().get(y, frozenset()):
            return SPELLING
    near = (a.korean or b.korean) and distance(sound(x), sound(y))[0] <= KOREAN_NEAR
    return KOREAN_LIKE if near else 0.0
