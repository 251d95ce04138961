"""What is known of single words of names: which given names are one name, and which East Asian spellings.

Invariant: knowledge is only in the data files; a word that they lack is unknown, not refused.
"""

import re
from functools import cache, lru_cache

from tocsin.names.sounds import sound
from tocsin.names.tables import table

FULL, SHORT = 0, 1
"""Whether a form of a name is a full one or a pet name."""


@cache
def _by_spelling() -> dict[str, dict[int, int]]:
    """Spelling → line of the table → FULL or SHORT."""
    out: dict[str, dict[int, int]] = {}
    names = table("given")["names"]
    for number, line in enumerate(names):
        full, _, short = line.partition("|")
        for word in full.split():
            out.setdefault(word, {})[number] = FULL
        for word in short.split():
            out.setdefault(word, {}).setdefault(number, SHORT)
    number = len(names)
    for line in table("given")["single"]:
        for word in line.split():
            out.setdefault(word, {})[number] = FULL
            number += 1
    return out


@cache
def _by_sound() -> dict[str, dict[int, int]]:
    out: dict[str, dict[int, int]] = {}
    for word, lines in _by_spelling().items():
        known = out.setdefault(sound(word), {})
        for number, form in lines.items():
            known[number] = min(form, known.get(number, SHORT))
    return out


@lru_cache(maxsize=65536)
def lines_of(word: str) -> dict[int, int]:
    """The given names that `word` is a form of, by spelling, else by sound; empty where it is not known as one."""
    return _by_spelling().get(word) or (_by_sound().get(sound(word), {}) if len(word) > 3 else {})


def is_given(word: str) -> bool:
    """Whether the word is known as a given name."""
    return bool(lines_of(word))


@cache
def _syllables() -> dict[str, frozenset[int]]:
    out: dict[str, set[int]] = {}
    for number, line in enumerate(table("syllables")["names"]):
        for word in line.split():
            out.setdefault(word, set()).add(number)
    return {word: frozenset(lines) for word, lines in out.items()}


@cache
def _pinyin() -> re.Pattern[str]:
    return re.compile(table("syllables")["pinyin"])


def eastern(a: str, b: str) -> bool | None:
    """Whether two East Asian words are one (True), are two (False), or nothing can be said (None)."""
    lines = _syllables()
    if lines.get(a, frozenset()) & lines.get(b, frozenset()):
        return True
    both = _pinyin().match(a) and _pinyin().match(b)
    return False if both and not (is_given(a) and is_given(b)) else None
