"""How likely two words of two names are the same word: 0 to 1, with the reason.

Invariant: symmetric; a function of the two words and the tables. Below `MATCH` they are two words.
"""

from dataclasses import dataclass
from functools import lru_cache

from tocsin.names.given import FULL, lines_of
from tocsin.names.letters import Word
from tocsin.names.sounds import VOWELS, digraphs, distance, sound
from tocsin.names.tables import table

MATCH = 0.6
"""Likeness from which two words can be one: everything below is two words. The steps below are placed around it."""
NEAR = 0.8
"""Share of the sounds that must agree where no hard exchange is needed (vowels, k/g, v/b …)."""
NEAR_HARD = 0.86
"""The same where one exchange is hard (a typing error), in words of at least `LONG` sounds."""
LONG = 6
BARE_RANGE = 0.17
"""The same consonants never make a firm pair: the vowels that tell Hassan from Hussein are not written."""
BARE = 0.74
"""Share of the consonants that must agree where one word's script leaves vowels out."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` 0 to 1, and why."""

    score: float
    reason: str = ""


NOTHING = Likeness(0.0)


@lru_cache(maxsize=16384)
def likeness(a: Word, b: Word) -> Likeness:
    """How alike two words are."""
    if a.bare and b.bare:
        return _native(a, b)
    if a.text == b.text:
        return Likeness(1.0)
    if a.initial or b.initial:
        return _initial(a, b)
    if a.bare or b.bare:
        return max((_bare(one, other) for one in (a.text, *a.others) for other in (b.text, *b.others)), key=_by_score)
    best = NOTHING
    for one in (a.text, *a.others):
        for other in (b.text, *b.others):
            found = _words(one, other) if one <= other else _words(other, one)
            best = max(best, found, key=_by_score)
    return best


def _words(a: str, b: str) -> Likeness:
    if a == b:
        return Likeness(1.0)
    known = _known(a, b)
    if known is not None:
        return known
    one, other = sound(a), sound(b)
    if one == other:
        return Likeness(0.97, f"{a} and {b} sound the same")
    if _feminine(one, other):
        return Likeness(0.8, f"{a} and {b}: masculine and feminine form")
    return _near(a, b, one, other)


def _known(a: str, b: str) -> Likeness | None:
    lines, others = lines_of(a), lines_of(b)
    if not lines or not others:
        return None
    shared = lines.keys() & others.keys()
    if not shared:
        return None if sound(a) == sound(b) else NOTHING
    forms = min(lines[line] + others[line] for line in shared)
    if forms == FULL:
        return Likeness(0.93, f"{a} and {b}: forms of one given name")
    return Likeness(0.85 if forms == 1 else 0.75, f"{a} and {b}: pet name")


def _near(a: str, b: str, one: str, other: str) -> Likeness:
    cost, hard = distance(one, other)
    length = (len(one) + len(other)) / 2
    share = 1 - cost / length
    if _adds(one, other) and (lines_of(a) or lines_of(b)):
        return NOTHING  # Ivan, Ivana: another sex is another person; Hassan, Hassani: another family
    if hard == 0 and share >= NEAR:
        return Likeness(0.7 + 0.25 * (share - NEAR) / (1 - NEAR), f"{a} and {b}: near in spelling")
    if hard == 1 and share >= NEAR_HARD and length >= LONG:
        return Likeness(0.62 + 0.2 * (share - NEAR_HARD) / (1 - NEAR_HARD), f"{a} and {b}: one letter apart")
    return NOTHING


def _adds(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long in (short + "a", short + "ya", short + "i")


def _feminine(one: str, other: str) -> bool:
    for man, woman in table("words")["feminine"]:
        for short, long in ((one, other), (other, one)):
            stem = short[: -len(man)] if short.endswith(man) else None
            if stem and len(stem) >= 3 and long == stem + sound(woman):
                return True
    return False


def _initial(a: Word, b: Word) -> Likeness:
    letter, word = (a, b) if a.initial else (b, a)
    first = {one[:1] for one in (letter.text, *letter.others)} | {
        sound(one)[:1] for one in (letter.text, *letter.others)
    }
    starts = {one[:1] for one in (word.text, *word.others)} | {sound(word.text)[:1]}
    if letter.initial and word.initial:
        starts |= {one[:1] for one in word.others}
    return Likeness(MATCH, f"initial of {word.text}") if first & starts else NOTHING


def _by_score(found: Likeness) -> float:
    return found.score


def _native(a: Word, b: Word) -> Likeness:
    """Two words of scripts without vowels: every letter counts, long or short."""
    if a.native == b.native:
        return Likeness(1.0)
    length = min(len(a.native), len(b.native))
    price, _ = distance(a.native, b.native)
    return Likeness(0.65, "one letter apart") if length >= LONG and price <= 1.0 else NOTHING


def _bare(a: str, b: str) -> Likeness:
    one, other = _bones(a), _bones(b)
    length = max(len(one), len(other), 2)
    cost, _ = distance(one, other)
    share = 1 - cost / length
    if len(one) < 2 or len(other) < 2:
        return Likeness(0.8, "the same consonant") if one == other else NOTHING
    if share < BARE:
        return NOTHING
    return Likeness(0.7 + BARE_RANGE * (share - BARE) / (1 - BARE), f"{a} and {b}: the same consonants")


@lru_cache(maxsize=16384)
def _bones(word: str) -> str:
    """The consonants of a word, as scripts without vowels write them."""
    sounds = sound(word) if any(c in VOWELS for c in word) else digraphs(word)
    bones = "".join("J" if c == "j" else c for c in sounds if c not in VOWELS and c != "y")
    return bones.rstrip("h") or bones
