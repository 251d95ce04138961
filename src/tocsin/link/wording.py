"""The words of an act or a situation as they are compared: stems, classes of words that mean one thing, weights.

Invariant: all of it depends on the words and on frozen tables (`data/wording.json`, `data/frequencies.json`), never on
a statistic of the case. Linear in the text; a stem is no word and is never shown.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CONTRACTED = re.compile(r"^(\w+)n['’]t$")
_UNDOUBLED = re.compile(r"([bdfgmnprt])\1$")
_NUMBER = re.compile(r"\d")
LONGEST_STEMMED = 40
"""Characters of a word at most; what is longer is an address or an attack and stays as it is."""
_HEARD = {"ca": "can", "wo": "will", "sha": "shall"}


@dataclass(frozen=True, slots=True)
class Term:
    """One word: where it stands, as it is written, and the stem or class it is compared by."""

    start: int
    end: int
    low: str
    sense: str
    name: bool = False
    """Whether it is written as a name: a capital that does not open the text."""


@cache
def table() -> Mapping[str, Any]:
    """`data/wording.json`, read once."""
    found: Mapping[str, Any] = json.loads(files("tocsin.link").joinpath("data", "wording.json").read_text("utf-8"))
    return found


@cache
def words(name: str) -> frozenset[str]:
    """A list of `data/wording.json` as a set."""
    return frozenset(table()[name])


@cache
def stemmed(name: str) -> frozenset[str]:
    """The same list by senses."""
    return frozenset(sense_of(word) for word in table()[name])


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What the forms of one word share: no plural, no tense, no final e. Two words that differ may share one."""
    if len(word) > LONGEST_STEMMED:
        return word
    word = _irregular().get(word, word)
    if len(word) <= 3:
        return word
    for ending, put in (
        ("ies", "y"),
        ("ied", "y"),
        ("eed", "ee"),
        ("sses", "ss"),
        ("ing", ""),
        ("ed", ""),
        ("es", "e"),
        ("s", ""),
    ):
        if word.endswith(ending):
            cut = word[: len(word) - len(ending)] + put
            if ending == "s" and word[-2:] in ("ss", "us", "is"):
                break
            if len(cut) < 3 or not any(vowel in cut for vowel in "aeiouy"):
                break
            word = _UNDOUBLED.sub(r"\1", cut) if not put and ending in ("ing", "ed") else cut
            break
    word = word.removesuffix("e") if len(word) > 3 else word
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


@cache
def _irregular() -> Mapping[str, str]:
    found: Mapping[str, str] = table()["irregular"]
    return found


@cache
def _classes() -> Mapping[str, str]:
    return {stem(word): name for name, every in reversed(table()["classes"].items()) for word in every}


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Phrases by the stem of their first word, longest first: stems, and the senses that they stand for."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase, means in table()["phrases"].items():
        parts = tuple(stem(word) for word in phrase.split())
        found.setdefault(parts[0], []).append((parts, tuple(sense_of(one) for one in means.split())))
    return {first: tuple(sorted(every, key=lambda one: -len(one[0]))) for first, every in found.items()}


@lru_cache(maxsize=65536)
def sense_of(word: str) -> str:
    """The class of a word, or its stem where it has none."""
    one = stem(word)
    return _classes().get(one, one)


def terms(text: str) -> tuple[Term, ...]:
    """The words of `text`, phrases taken together. `isn't` is two words."""
    raw: list[tuple[int, int, str, str, bool]] = []
    for match in _WORD.finditer(text):
        raw += _pieces(match, opens=not raw)
    out: list[Term] = []
    k = 0
    while k < len(raw):
        start, end, low, one, name = raw[k]
        taken = next((found for found in _phrases().get(one, ()) if _stands(raw, k, found[0])), None)
        if taken is None:
            out.append(Term(start, end, low, _classes().get(one, one), name))
            k += 1
            continue
        last = raw[k + len(taken[0]) - 1][1]
        out += [Term(start, last, low, sense) for sense in taken[1]]
        k += len(taken[0])
    return tuple(out)


def _stands(raw: list[tuple[int, int, str, str, bool]], k: int, parts: tuple[str, ...]) -> bool:
    return k + len(parts) <= len(raw) and all(raw[k + n][3] == part for n, part in enumerate(parts))


def _pieces(match: "re.Match[str]", *, opens: bool) -> list[tuple[int, int, str, str, bool]]:
    text, start, end = match.group(), match.start(), match.end()
    low = text.lower().replace("’", "'")
    contracted = _CONTRACTED.match(low)
    if contracted:
        first = _HEARD.get(contracted[1], contracted[1])
        return [(start, end, first, stem(first), False), (start, end, "n't", "n't", False)]
    name = text[0].isupper() and not opens
    if "'" in low:
        low, _, tail = low.partition("'")
        own = [(start, end, low, stem(low), name)]
        return own + ([(start, end, f"'{tail}", f"'{tail}", False)] if tail in ("ll", "d") else [])
    return [(start, end, low, stem(low), name)]


def stems(text: str) -> tuple[str, ...]:
    """The senses of all words of a text."""
    return tuple(one.sense for one in terms(text))


@cache
def _function() -> frozenset[str]:
    return frozenset(stem(word) for word in table()["function"])


def content(found: Iterable[Term]) -> tuple[Term, ...]:
    """The words that say what happens and to whom: no function words, no bare numbers."""
    return tuple(
        one for one in found if one.sense not in _function() and len(one.sense) > 1 and not _NUMBER.search(one.sense)
    )


@cache
def _frequencies() -> tuple[Mapping[str, int], int, int]:
    found = json.loads(files("tocsin.link").joinpath("data", "frequencies.json").read_text("utf-8"))
    return found["counts"], found["paragraphs"], found["least"]


@lru_cache(maxsize=65536)
def weight(sense: str) -> float:
    """How much a word says: the logarithm of how few paragraphs of the news hold it, from 2 to 9 or so."""
    counts, paragraphs, least = _frequencies()
    return math.log((paragraphs + 1) / (counts.get(sense, least - 1) + 1))


def is_past(word: str) -> bool:
    """Whether a word looks like a past form: "seized", "broke"."""
    return (word.endswith("ed") and len(word) > 4) or _irregular().get(word, word) != word


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(table()["pronouns"])


def is_pronoun(key: str) -> bool:
    """Whether a name is none: a word that only points."""
    return key in _pronouns()
