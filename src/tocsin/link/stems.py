"""What the forms of one word share, so that a table need not list them: no plural, no tense, no final e.

Invariant: a function of the word and of `data/wording.json` alone. `plan` and `plane`, `bar` and `bare` stay apart:
English doubles the consonant of a short verb ("barred"), so that "bared" comes from "bare". Two words may still share a
stem; `tests/link/test_meanings.py` looks that none does so by accident that stands in the tables.
"""

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

LONGEST = 40
"""Characters of a word at most; what is longer is an address or an attack and stays as it is."""
_UNDOUBLED = re.compile(r"([bdfgmnprt])\1$")
_TWO_L = re.compile(r"([aeiou][^aeiou]+[aeiou])ll$")
_SHORT = re.compile(r"[^aeiouy]{0,4}[aeiou][bcdfgklmnprstvz]")
_IZE = re.compile(r"(?<=[a-z]{3})iz(es?|ed|ing|ations?)$")
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))
_PEOPLE = (("ian", "ia"), ("ean", "ea"), ("ese", ""))
"""Of a land and its people ("Varnia", "Varnian"): states of the world are in a table, those that page and case make
up are not."""


@cache
def table() -> Mapping[str, Any]:
    """`data/wording.json`, read once."""
    found: Mapping[str, Any] = json.loads(files("tocsin.link").joinpath("data", "wording.json").read_text("utf-8"))
    return found


@cache
def irregular() -> Mapping[str, str]:
    """Words that are bent oddly, with what they are forms of; one that is given as its own form is left as it is."""
    found: Mapping[str, str] = table()["irregular"]
    return found


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What the forms of one word share. Two words that differ may share one."""
    meant = irregular().get(word)
    if len(word) > LONGEST:
        return word
    word = meant or word
    if irregular().get(word) == word:
        return word
    if len(word) <= 3:
        return word
    word = _without_ending(_IZE.sub(r"is\1", word))
    word = _TWO_L.sub(r"\1l", word)
    for ending, put in _PEOPLE:
        if word.endswith(ending) and len(word) > 5:
            return word[: len(word) - len(ending)] + put
    if word.endswith("e") and len(word) > 3 and not _SHORT.fullmatch(word[:-1]):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def _without_ending(word: str) -> str:
    for ending, put in _ENDINGS:
        if not word.endswith(ending):
            continue
        if ending == "s" and word[-2:] in ("ss", "us", "is"):
            return word
        if word.endswith("sses"):
            return word[:-2]
        if word.endswith("eed"):
            return word
        cut = word[: len(word) - len(ending)] + put
        if len(cut) < 3 or not any(vowel in cut for vowel in "aeiouy"):
            return word
        if put or ending not in ("ings", "ing", "ed"):
            return cut
        bare = _UNDOUBLED.sub(r"\1", cut)
        return f"{cut}e" if bare == cut and _SHORT.fullmatch(cut) else bare
    return word
