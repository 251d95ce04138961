"""Bodies' names that are one another's shorter or longer forms, and states' names beside the word for their people.

Invariant: functions of the words alone: that two forms are one body's is shown by a page that has both.
"""

import re
from functools import lru_cache

from tocsin.names.letters import latin_words
from tocsin.names.tables import words

STEM = 4
"""Letters that a state's name and the word for its people share at least: of shorter ones too many are alike."""
_PEOPLE = re.compile("(?:ian|ean|an|ese)s?$")
_LAND = re.compile("(?:ia|ya|ea|[aeoy])$")
_LONG = re.compile(
    r"(?:the )?(?:(?:people's |islamic |democratic |federal )?(?:republic|kingdom|federation|principality|sultanate)"
    r" of (?P<of>[^\W\d_]+)|(?P<people>[^\W\d_]+) (?:republic|kingdom|federation))",
    re.IGNORECASE,
)


@lru_cache(maxsize=16384)
def people_stem(word: str) -> str:
    """What "Orvania" and "Orvanian" have in common; the word itself where too little would be left."""
    for ending in (_PEOPLE, _LAND):
        stem = ending.sub("", word)
        if stem != word and len(stem) >= STEM:
            return stem
    return word


def is_people(word: str) -> bool:
    """Whether a word ends as those for people do."""
    return bool(_PEOPLE.search(word)) and people_stem(word) != word


def one_land(a: str, b: str) -> bool:
    """Whether one word is a land's name and the other the word for its people."""
    if a in words("bodies", "no_land") or b in words("bodies", "no_land"):
        return False
    return is_people(a) != is_people(b) and people_stem(a) == people_stem(b)


@lru_cache(maxsize=16384)
def long_form_of(name: str) -> str | None:
    """The stem of the state that a long form names (Republic of Orvania, Kavorian Federation)."""
    found = _LONG.fullmatch(name)
    word = (found["of"] or found["people"]) if found else None
    return people_stem(word.casefold()) if word else None


@lru_cache(maxsize=16384)
def cut_short(short: str, long: str) -> bool:
    """Whether the one is the other without what it is for (Carnegie Endowment for …) or the word for its trade
    (Xinhua news agency)."""
    one, other = ([word.text for word in latin_words(name)] for name in (short, long))
    tail = other[len(one) :]
    if not one or not tail or other[: len(one)] != one:
        return False
    own = [word for word in one if word not in words("bodies", "generic") and word not in words("bodies", "small")]
    if not own:
        return False
    return (len(one) > 1 and tail[0] in words("bodies", "purpose")) or " ".join(tail) in _trades()


def _trades() -> frozenset[str]:
    return frozenset(one.replace("_", " ") for one in words("bodies", "trades"))
