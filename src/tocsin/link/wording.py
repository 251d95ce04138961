"""The words of an act or a situation as they are compared: stems, classes of words that mean one thing, weights.

Invariant: all of it depends on the words and on frozen tables (`data/meaning/`, `data/wording.json`,
`data/frequencies.json`), never on a statistic of the case. Linear in the text; a stem is no word and is never shown.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tocsin.link.meanings import classes
from tocsin.link.stems import irregular, stem, table
from tocsin.names.states import states

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_PART = re.compile(r"~|[^\W_]+")
_CONTRACTED = re.compile(r"^(\w+)n['’]t$")
_NUMBER = re.compile(r"\d")
_STOPS = re.compile(r"[,;:.!?()—–\n]")
WIDEST = 4
"""Words that "~" in a phrase may stand for: "call the long strike off"."""
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
def words(name: str) -> frozenset[str]:
    """A list of `data/wording.json` as a set."""
    return frozenset(table()[name])


@cache
def stemmed(name: str) -> frozenset[str]:
    """The same list by senses."""
    return frozenset(sense_of(word) for word in table()[name])


@cache
def _senses() -> Mapping[str, str]:
    """The class of each stem that has one."""
    return {stem(word): name for name, every in classes().items() for word in every if len(_parts(word)) == 1}


@cache
def _states() -> Mapping[str, str]:
    """A state by the stems of its names and peoples: one word for "France" and "French"."""
    found = {}
    for one in states():
        for name in (*one.names, *one.demonyms):
            if name.isalpha() and len(name) > 3:
                found[stem(name.lower())] = f"state-{one.iso.lower()}"
    return found


def _parts(phrase: str) -> tuple[str, ...]:
    return tuple(one if one == "~" else stem(one) for one in _PART.findall(phrase.lower()))


@cache
def _phrases() -> Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]]:
    """Phrases by the stems of their first and second word, longest first, each with the class that it stands for."""
    found: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
    for name, every in classes().items():
        for phrase in every:
            parts = _parts(phrase)
            if len(parts) > 1:
                found.setdefault(parts[0], {}).setdefault(parts[1], []).append((parts, name))
    return {
        first: {second: tuple(sorted(all_of, key=lambda one: (-len(one[0]), one))) for second, all_of in more.items()}
        for first, more in found.items()
    }


@lru_cache(maxsize=65536)
def sense_of(word: str) -> str:
    """The class of a word, or its stem where it has none."""
    one = stem(word)
    return _senses().get(one, one)


_Raw = tuple[int, int, str, str, bool]


def terms(text: str) -> tuple[Term, ...]:
    """The words of `text`, phrases taken together. `isn't` is two words."""
    raw: list[_Raw] = []
    for match in _WORD.finditer(text):
        raw += _pieces(match, opens=not raw)
    out: list[Term] = []
    taken: set[int] = set()
    phrases, known, lands = _phrases(), _senses(), _states()
    for k, (start, end, low, one, name) in enumerate(raw):
        if k in taken:
            continue
        found = _phrase_at(text, raw, k) if one in phrases else None
        if found is None:
            land = lands.get(one) if text[start].isupper() else None
            out.append(Term(start, end, low, land or known.get(one, one), name))
            continue
        places, sense = found
        taken.update(places)
        last = next(n for n, place in enumerate(places) if n + 1 == len(places) or places[n + 1] != place + 1)
        out.append(Term(start, raw[places[last]][1], " ".join(raw[place][2] for place in places), sense))
    return tuple(out)


def _phrase_at(text: str, raw: list[_Raw], k: int) -> tuple[list[int], str] | None:
    """The longest phrase that opens at the word `k`: the places of its words, and its class."""
    if k + 1 >= len(raw):
        return None
    every = _phrases()[raw[k][3]]
    for second in (raw[k + 1][3], "~"):
        for parts, sense in every.get(second, ()):
            places = _standing(text, raw, k, parts)
            if places is not None:
                return places, sense
    return None


def _standing(text: str, raw: list[_Raw], k: int, parts: tuple[str, ...]) -> list[int] | None:
    """The places of a phrase's words that opens at `k`, if it stands there; "~" is one word to `WIDEST`."""
    places = [k]
    gap = False
    for part in parts[1:]:
        if part == "~":
            gap = True
            continue
        first = places[-1] + 2 if gap else places[-1] + 1
        reach = WIDEST if gap else 1
        at = next((n for n in range(first, min(first + reach, len(raw))) if raw[n][3] == part), None)
        if at is None or (gap and _STOPS.search(text, raw[places[-1]][1], raw[at][0])):
            return None
        places.append(at)
        gap = False
    return places


def _pieces(match: "re.Match[str]", *, opens: bool) -> tuple[_Raw, ...]:
    text, start, end = match.group(), match.start(), match.end()
    low = text.lower()
    name = not opens and text[0].isupper()
    if "'" not in low and "’" not in low:
        return ((start, end, low, stem(low), name),)
    low = low.replace("’", "'")
    contracted = _CONTRACTED.match(low)
    if contracted:
        first = _HEARD.get(contracted[1], contracted[1])
        return ((start, end, first, stem(first), False), (start, end, "n't", "n't", False))
    low, _, tail = low.partition("'")
    own = (start, end, low, stem(low), name)
    return (own, (start, end, f"'{tail}", f"'{tail}", False)) if tail in ("ll", "d") else (own,)


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
    return (word.endswith("ed") and len(word) > 4) or irregular().get(word, word) != word


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(table()["pronouns"])


def is_pronoun(key: str) -> bool:
    """Whether a name is none: a word that only points."""
    return key in _pronouns()
