"""What is known of single words of names: which given names are one name.

Invariant: knowledge is only in the data files; a word that they lack is unknown, not refused.
"""

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


@lru_cache(maxsize=16384)
def lines_of(word: str) -> dict[int, int]:
    """The given names that `word` is a form of, by spelling, else by sound; empty where it is not known as one."""
    return _by_spelling().get(word) or (_by_sound().get(sound(word), {}) if len(word) > 3 else {})


def is_given(word: str) -> bool:
    """Whether the word is known as a given name."""
    return bool(lines_of(word))


def is_spelled_given(word: str) -> bool:
    """Whether the word stands in the table in this very spelling."""
    return word in _by_spelling()
