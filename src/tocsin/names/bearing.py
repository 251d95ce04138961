"""Under which keys a full name says whose short forms it can be, and under which a short form asks for full names.

Invariant: functions of the names and their shapes. That a short form has one bearer is found across pages.
"""

import re
from functools import lru_cache

from tocsin.names.compare import SAME
from tocsin.names.given import is_given, is_spelled_given
from tocsin.names.keys import surname_key
from tocsin.names.kinds import Shape
from tocsin.names.letters import latin_words
from tocsin.names.likeness import MATCH, likeness
from tocsin.names.parts import Token, person_name, short_of
from tocsin.names.people import people
from tocsin.names.sounds import sound
from tocsin.names.tables import words

GIVEN = ("name", "initial")
_WOMAN = re.compile("(?:man|woman|person)$")
"""Chair, chairman, chairwoman: one office."""
MOST = 24
"""Full names of one surname that are compared with one another; of more nobody is the only bearer."""


def bears(name: str, shape: Shape) -> tuple[str, ...]:
    """The keys under which a person's full name is found by a surname alone, or by given name and patronymic."""
    if shape != "person" and not (shape == "short" and short_of(name) in ("given", "initials")):
        return ()
    told = person_name(name)
    names = [token for token in told.tokens if token.role == "name"]
    if not names:
        return ()
    last = names[0] if told.eastern and len(told.eastern.words[0]) == 1 else names[-1]
    keys = [surname_key(last.word.text)]
    keys += [_patronymic_key(token) for token in told.tokens if token.role == "patronymic"]
    return tuple(keys)


def asks(name: str) -> str | None:
    """The key under which a surname alone, or one with its patronymic or initials, asks who bears it; None for a given
    name: many bear that."""
    tokens = person_name(name).tokens
    if len(tokens) == 1:
        return None if is_spelled_given(tokens[0].word.text) else surname_key(tokens[0].word.text)
    kind = short_of(name)
    if kind is None:
        return None
    return _patronymic_key(tokens[1]) if kind == "given" else surname_key(tokens[-1].word.text)


def _patronymic_key(token: Token) -> str:
    return f"v:{sound(token.word.text)}"


def fits(short: str, full: str) -> bool:
    """Whether nothing in a short form contradicts a full name found under its key: given name, patronymic and initials
    agree where both have them."""
    kind = short_of(short)
    if kind is None:
        return True
    if kind == "initials":
        return short_of(full) != "initials" and people(short, full).score >= SAME
    told, other = person_name(short).tokens, person_name(full).tokens
    if kind == "given":
        return any(likeness(told[0].word, token.word).score >= MATCH for token in other if token.role in GIVEN)
    theirs = [token for token in other if token.role == "patronymic"]
    return not theirs or any(likeness(told[0].word, token.word).score >= MATCH for token in theirs)


def one_bearer(names: list[str]) -> list[str]:
    """Those of the full names, the most used first, that are one person's, where no other can be another's; none where
    two people can bear them. What may only be the first one's (an initial for the given name) is left out."""
    if not names or len(names) > MOST:
        return []
    told = [one for one in names if not _described(one, names[0])]
    for n, one in enumerate(told):
        for other in told[n + 1 :]:
            found = people(one, other)
            if found.score < SAME or person_name(one).generation != person_name(other).generation:
                return []
    return [one for one in names if one == names[0] or people(names[0], one).firm]


def _described(name: str, full: str) -> bool:
    """Whether `name` is the full name behind words that are no given names: what stands there describes him."""
    words_of = [[token.word.text for token in person_name(one).tokens] for one in (name, full)]
    before = words_of[0][: -len(words_of[1])]
    return bool(before) and words_of[0][len(before) :] == words_of[1] and not any(map(is_given, before))


def borne_by_many(name: str) -> bool:
    """Whether the same letters on two pages may well be two people: a name of common words alone, or a Chinese one of
    two syllables, which tens of thousands can bear."""
    told = person_name(name)
    if told.eastern and sum(map(len, told.eastern.words)) == 2:
        return True
    common = words("words", "common")
    return len(told.tokens) > 1 and all(token.word.text in common for token in told.tokens)


@lru_cache(maxsize=4096)
def office_words(title: str) -> frozenset[str]:
    """The words by which two wordings of an office are compared; none for a title that tells no office apart (boss,
    counterpart)."""
    told = [_WOMAN.sub("", word.text) for word in latin_words(title)]
    return frozenset(word for word in told if word not in words("words", "no_office"))
