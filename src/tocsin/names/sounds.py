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


@lru_cache(maxsize=16384)
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


def syllables(sounds: str) -> int:
    """Groups of vowels."""
    return sum(1 for i, c in enumerate(sounds) if c in VOWELS and (i == 0 or sounds[i - 1] not in VOWELS))


_UNIT = 10_000
"""Prices are whole numbers inside, so that sums are exact: ten-thousandths, sixteen times, and one more where
the exchange is a hard one."""
_CHEAP = 0.45
"""First letters are dearer only where the exchange costs more than this."""
_HARD = 0.6
"""From this price on an exchange is one that a transliteration does not explain."""
TOO_FAR = 0.45
"""Share of the longer word's length from which the price does not matter any more: twice what any reader of it allows.
What costs more is given up early and counts as `FAR`."""
FAR = (99.0, 9)


def _weighed(price: float) -> int:
    return round(price * _UNIT) * 16 + (price >= _HARD)


class _Prices(dict[tuple[str, str], int]):
    """The price of exchanging two sounds (the empty one: of dropping), worked out when first asked for."""

    def __init__(self, *, short: bool, first: bool) -> None:
        super().__init__()
        self._factor = ONE_SYLLABLE if short else 1.0
        self._first = FIRST_LETTER if first else 1.0

    def __missing__(self, pair: tuple[str, str]) -> int:
        one, other = pair
        if one == other:
            price = 0.0
        elif not one or not other:
            price = table("sounds")["drops"].get(one or other, OTHER)
            if (one or other) in VOWELS:
                price *= self._factor
            elif price > _CHEAP:
                price *= self._first
        else:
            both = one in VOWELS and other in VOWELS
            price = _prices().get(pair, VOWEL_PRICE if both else OTHER)
            dearer = self._first if price > _CHEAP else 1.0
            price *= max(self._factor, dearer) if both else dearer
        self[pair] = _weighed(price)
        return self[pair]


_TABLES = {(short, first): _Prices(short=short, first=first) for short in (True, False) for first in (True, False)}
_SWAPPED = _weighed(SWAP) - (SWAP >= _HARD)


def distance(a: str, b: str) -> tuple[float, int]:
    """What it costs to make the sounds `a` those of `b`, and how many of the exchanges are hard ones."""
    if a == b:
        return 0.0, 0
    short = min(syllables(a), syllables(b)) <= 1
    begun, later = _TABLES[short, True], _TABLES[short, False]
    limit = _weighed(max(1.0, TOO_FAR * max(len(a), len(b))))
    before: list[int] = []
    row = [0]
    for j, other in enumerate(b):
        row.append(row[j] + (later if j else begun)["", other])
    for i, one in enumerate(a):
        last = row
        row = [last[0] + (later if i else begun)[one, ""]]
        for j, other in enumerate(b):
            prices = later if i or j else begun
            best = min(last[j] + prices[one, other], last[j + 1] + prices[one, ""], row[j] + prices["", other])
            if before and j and one == b[j - 1] and other == a[i - 1] and one != other:
                best = min(best, before[j - 1] + _SWAPPED)
            row.append(best)
        if min(row) > limit:
            return FAR
        before = last
    return round((row[-1] >> 4) / _UNIT, 4), row[-1] & 15
