"""How alike two Latin words sound: spellings are folded to sounds, and what still differs has a price.

Invariant: `distance` is symmetric, 0 for equal sounds, and bounded in cost by `LONGEST` squared.
"""

import re
from functools import cache, lru_cache

from tocsin.names.tables import table

LONGEST = 24
"""Letters of one word that are compared: longer words of names differ before that or not at all."""
OTHER = 1.0
"""Price of exchanging two sounds that the table does not name, and of dropping a consonant."""
VOWELS = frozenset("aeiou")
VOWEL_PRICE = 0.5
"""Exchanging two vowels that the table does not name."""
ONE_SYLLABLE = 2.2
"""Vowels tell short names apart (Li, Lu; Wang, Weng): in words of one syllable their prices are this much higher. Set
on invented Chinese and English names; a factor of 2 lets Li pass for Lee in either spelling and keeps Li from Lu."""
FIRST_LETTER = 1.5
"""The first letter is the last to be mistaken (Kerry, Berry): its price is this much higher."""
SWAP = 0.7
"""Price of two neighbours in the wrong order."""


@cache
def _digraphs() -> tuple[re.Pattern[str], dict[str, str]]:
    listed: dict[str, str] = table("sounds")["digraphs"]
    return re.compile("|".join(sorted(listed, key=lambda one: (-len(one), one)))), listed


@cache
def _contexts() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), sound) for pattern, sound, _ in table("sounds")["contexts"])


_DOUBLED = re.compile(r"([^aeiou])\1+")


def digraphs(word: str) -> str:
    """The word with the letters that stand together for one sound made one."""
    pattern, listed = _digraphs()
    return pattern.sub(lambda found: listed[found[0]], _DOUBLED.sub(r"\1", word[:LONGEST]))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The sounds of a Latin word without case."""
    folded = digraphs(word)
    folded = (_LONG_AI if syllables(folded) > 1 else _CLOSED_AI).sub("e", folded)
    for one, replacement in _contexts():
        folded = one.sub(replacement, folded)
    return folded or word[:LONGEST]


_LONG_AI = re.compile("(?<=[^aeiouy])[ae][iyj](?![aeiou])")
_CLOSED_AI = re.compile("(?<=[^aeiouy])[ae][iyj](?=[^aeiouyn])")
"""Hussein, Husayn, Husain: one sound. In names of one syllable only where a consonant closes it (Saif, Seif): in
Chinese Wei and Wai are two."""


@cache
def _prices() -> dict[tuple[str, str], float]:
    out: dict[tuple[str, str], float] = {}
    for one, others in table("sounds")["prices"].items():
        for other, price in others.items():
            out[one, other] = out[other, one] = price
    return out


@cache
def _drops() -> dict[str, float]:
    return dict(table("sounds")["drops"])


def syllables(sounds: str) -> int:
    """Groups of vowels."""
    return sum(1 for i, c in enumerate(sounds) if c in VOWELS and (i == 0 or sounds[i - 1] not in VOWELS))


@lru_cache(maxsize=262144)
def distance(a: str, b: str) -> tuple[float, int]:
    """What it costs to make the sounds `a` those of `b`, and how many of the exchanges are hard ones."""
    if a == b:
        return 0.0, 0
    factor = ONE_SYLLABLE if min(syllables(a), syllables(b)) <= 1 else 1.0
    drops, prices = _drops(), _prices()

    def drop(letter: str, at: int) -> float:
        price = drops.get(letter, OTHER)
        if letter in VOWELS:
            return price * factor
        return price * FIRST_LETTER if at == 0 and price > _CHEAP else price

    def change(one: str, other: str, at: int) -> float:
        if one == other:
            return 0.0
        both = one in VOWELS and other in VOWELS
        price = prices.get((one, other), VOWEL_PRICE if both else OTHER)
        if both:
            return price * max(factor, FIRST_LETTER if at == 0 and price > _CHEAP else 1.0)
        return price * FIRST_LETTER if at == 0 and price > _CHEAP else price

    before: list[tuple[float, int]] = []
    row = [(0.0, 0)]
    for j, letter in enumerate(b):
        row.append(_plus(row[-1], drop(letter, j)))
    for i, one in enumerate(a):
        last, row = row, [_plus(row[0], drop(one, i))]
        for j, other in enumerate(b):
            best = min(
                _plus(last[j], change(one, other, max(i, j))),
                _plus(last[j + 1], drop(one, max(i, j))),
                _plus(row[j], drop(other, max(i, j))),
            )
            if before and i and j and one == b[j - 1] and other == a[i - 1] and one != other:
                best = min(best, (before[j - 1][0] + SWAP, before[j - 1][1]))
            row.append(best)
        before = last
    return round(row[-1][0], 4), row[-1][1]


_CHEAP = 0.45
"""Prices above it make an exchange a hard one."""


def _plus(cost: tuple[float, int], price: float) -> tuple[float, int]:
    return cost[0] + price, cost[1] + (price >= _HARD)


_HARD = 0.6
"""From this price on an exchange is one that a transliteration does not explain."""
