"""A person's name taken apart: words that tell, initials, patronymics, particles, a generation; titles are left out.

Invariant: every word of the name is a token, a title or a generation; a name of titles alone keeps its words.
"""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from tocsin.names.eastern import EasternName, eastern_name
from tocsin.names.given import is_given
from tocsin.names.letters import Word, latin_words
from tocsin.names.sounds import sound
from tocsin.names.tables import table, words

Role = Literal["name", "initial", "patronymic", "particle"]
MOST = 12
"""Words of a name that are compared; longer ones are no names of people."""
_ABD = "عبد"


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name and what it does there."""

    word: Word
    role: Role = "name"

    @property
    def weight(self) -> float:
        """How much the word tells about who is meant, 0 to 1 (`WEIGHTS`)."""
        return WEIGHTS[self.role] * (COMMON if self.word.text in words("words", "common") else 1.0)


WEIGHTS: dict[Role, float] = {"name": 1.0, "initial": 0.6, "patronymic": 0.6, "particle": 0.05}
"""An initial or a patronymic alone tells less than a name; a particle is dropped or kept as the paper likes."""
COMMON = 0.85
"""Names that a tenth of a country bears tell less; a little, since two of them together tell again."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart. `generation` is 2 for Jr, 3 for III, 1 for Sr, 0 where none is given. `reversed` says that a
    comma puts the surname first. `eastern` are its syllables where it can be Chinese or Korean."""

    tokens: tuple[Token, ...]
    generation: int = 0
    reversed: bool = False
    eastern: EasternName | None = None


@cache
def _titles() -> frozenset[str]:
    return words("words", "titles")


@cache
def _patronymic() -> re.Pattern[str]:
    return re.compile("..(?:" + "|".join(table("words")["patronymic_ends"]) + ")$")


@cache
def _abd() -> re.Pattern[str]:
    return re.compile("^abd(?!.*l+ah)[aeiou]+[lrsnzt]?(?=.{4})")


@lru_cache(maxsize=65536)
def person_name(name: str) -> PersonName:
    """The name taken apart."""
    head, comma, tail = name.partition(",")
    first = latin_words(head)
    rest = latin_words(tail) if comma else ()
    generation, rest = _generation(rest, least=0)
    if not generation:
        generation, first = _generation(first, least=2)
    told = [word for word in (*rest, *first) if word.text not in _titles()]
    last_first = bool([word for word in rest if word.text not in _titles()])
    ordered = told if told else [*first, *rest]
    spelled = tuple(word.text for word in ordered)
    eastern = None if any(word.initial or word.bare for word in ordered) else eastern_name(spelled[:MOST])
    return PersonName(_roles(tuple(_split(ordered))[:MOST]), generation, last_first, eastern)


def _generation(found: tuple[Word, ...], least: int) -> tuple[int, tuple[Word, ...]]:
    """Jr, III and the like at the end, after at least `least` other words."""
    generations: dict[str, int] = table("words")["generations"]
    if len(found) > least and found[-1].text in generations and (len(found[-1].text) > 1 or least):
        return generations[found[-1].text], found[:-1]
    return 0, found


def _split(found: list[Word]) -> list[Word]:
    """Abdulrahman and Abdul Rahman are cut alike: abd, rahman."""
    out: list[Word] = []
    alike = words("words", "abd")
    for word in found:
        if word.text in alike or (word.bare and word.native == _ABD):
            out.append(replace(word, text="abd", others=()))
            continue
        cut = None if word.bare else _abd().match(word.text)
        if cut:
            out += [Word("abd"), Word(word.text[cut.end() :])]
        else:
            out.append(word)
    return out


def _roles(found: tuple[Word, ...]) -> tuple[Token, ...]:
    particles = words("words", "particles")
    out = []
    for i, word in enumerate(found):
        if word.initial:
            role: Role = "initial"
        elif word.text == "abd" or (word.text in particles and len(found) > 1 and not _name_here(word, i, len(found))):
            role = "particle"
        elif i > 0 and len(found) > 2 and _patronymic().search(word.text) and is_patronymic(found, i):
            role = "patronymic"
        else:
            role = "name"
        out.append(Token(word, role))
    if all(token.role == "particle" for token in out):
        out = [replace(token, role="name") for token in out]
    return tuple(out)


def _name_here(word: Word, at: int, count: int) -> bool:
    """A particle that stands where only a name can: the first of two words (Le Pen is two words, but Ben Affleck)."""
    return at == 0 and is_given(word.text) and sound(word.text) != "" and count == 2


def is_patronymic(found: tuple[Word, ...], at: int) -> bool:
    """Whether the word at `at`, which ends as patronymics do, follows a given name (Alexander Grigoryevich)."""
    return is_given(found[at - 1].text) or at < len(found) - 1


@lru_cache(maxsize=65536)
def short_of(name: str) -> Literal["given", "surname", "initials"] | None:
    """What stands beside the patronymic in a name of these two words alone (Ivan Petrovich; Petrovich Orlov), or that
    a surname has only initials; None in other names. Those whose surname is a patronymic (Roman Abramovich) cannot be
    told from the first sort by words."""
    told = [token.word for token in person_name(name).tokens]
    if len(told) > 1 and all(word.initial for word in told[:-1]) and not told[-1].initial:
        return "initials"
    if len(told) != 2 or any(word.initial or word.bare for word in told):
        return None
    ends = [bool(_patronymic().search(word.text)) for word in told]
    if ends == [False, True] and is_given(told[0].text):
        return "given"
    return "surname" if ends == [True, False] and not is_given(told[0].text) else None
