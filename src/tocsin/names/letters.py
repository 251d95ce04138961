"""From any script to words in plain Latin letters. Invariant: a function of the text alone, linear in its length.

A word says whether its script leaves vowels out (`bare`): such words are compared by their consonants.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from tocsin.names.tables import table

LONGEST = 200
"""Characters of a name that are looked at. Names are shorter; what is longer is no name, and must not cost more."""
READINGS = 4
"""Spellings of one word that are tried: two letters with two readings each. More are taken as the first reading."""
_LETTER = "(?:[^\\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0fff])"
_WORD = re.compile(f"{_LETTER}+(?:['’‘ʼʹʾʿ`´״׳]{_LETTER}+)*")
"""Letters with the marks that belong to them; an apostrophe stays inside a word."""
_MARKS = re.compile(r"['’‘ʼʹʾʿ`´״׳]")
_BARE = re.compile("[\u0590-\u07bf\u0900-\u0fff\ufb1d-\ufdff\ufe70-\ufeff]")
_SYLLABIC = re.compile("[\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ARTICLE = re.compile("^ال(?=..)")
_CAPITAL = re.compile("[A-Z][a-z']*")
_HANGUL_END = re.compile("(?<![n])g$|b$|d$")
_HARDENED = {"g": "k", "b": "p", "d": "t"}
"""A Korean syllable's last consonant, as the press writes it (Park, Seok)."""
_ALIKE = str.maketrans("أإآٱىيكة", "ااااییکه", "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670ء")
"""Arabic and Persian spellings of the same letters, and marks that may be left out."""
_RUSSIAN = re.compile("[ыэъё]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: `text` in Latin letters without case, `others` its other readings, `native` as it
    was written, where that says more than Latin letters can."""

    text: str
    others: tuple[str, ...] = ()
    bare: bool = False
    initial: bool = False
    native: str = ""


@cache
def _letters() -> dict[str, list[str]]:
    return dict(table("sounds")["letters"])


@cache
def _anyascii() -> Any:
    from anyascii import anyascii

    return anyascii


@lru_cache(maxsize=65536)
def latin_words(name: str) -> tuple[Word, ...]:
    """The words of `name`, Latin, in order; an empty tuple where it holds no letter."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name[:LONGEST]))
    found: list[Word] = []
    for match in _WORD.finditer(plain):
        found += _words_of(_MARKS.sub("", match[0]))
    return tuple(found)


def _words_of(word: str) -> list[Word]:
    if word.isascii():
        return [Word(word.casefold(), initial=len(word) == 1)]
    if _SYLLABIC.search(word):
        return [
            Word(_HANGUL_END.sub(lambda end: _HARDENED[end[0]], one.casefold()), native=word)
            for one in _CAPITAL.findall(_anyascii()(word))
        ]
    bare = bool(_BARE.search(word))
    spellings = _spellings(_ARTICLE.sub("", word).casefold())
    first = spellings[0]
    others = tuple(dict.fromkeys(one for one in spellings[1:] if one != first))
    native = _ARTICLE.sub("", word).translate(_ALIKE) if bare else ""
    return [Word(first, others, bare, len(word) == 1, native)] if first else []


def _spellings(word: str) -> list[str]:
    for greek, letters in table("sounds")["greek"]:
        word = word.replace(greek, letters)
    russian = bool(_RUSSIAN.search(word))
    out = [""]
    for letter in unicodedata.normalize("NFC", word):
        readings = _letters().get(letter) or [_plain(letter)]
        if russian:
            readings = readings[:1]
        if len(out) * len(readings) > READINGS:
            readings = readings[:1]
        out = [begun + reading for reading in readings for begun in out]
    return out


def _plain(letter: str) -> str:
    return letter if letter.isascii() else "".join(c for c in _anyascii()(letter).casefold() if c.isalnum())
