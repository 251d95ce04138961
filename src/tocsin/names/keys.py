"""Keys under which names meet to be compared: names that may be one actor's share at least one, and few others do.

Invariant: a function of the name alone; at most `MOST` keys a name.
"""

import re
from functools import lru_cache
from itertools import combinations

from tocsin.names.bodies import acronym_letters, body_initials, body_parts, known_body
from tocsin.names.given import lines_of
from tocsin.names.letters import Word, latin_words
from tocsin.names.parts import PersonName, Token, person_name
from tocsin.names.shortened import long_form_of, people_stem
from tocsin.names.sounds import sound
from tocsin.names.states import naming, plain_name

MOST = 24
BONES = 4
"""Consonants of a surname that a key holds: with all of them a slip at the end would hide the pair, with fewer too many
names would meet."""
_CLASS = {
    **dict.fromkeys("kq", "k"),
    **dict.fromkeys("td", "t"),
    **dict.fromkeys("pbf", "p"),
    **dict.fromkeys("szSZT", "s"),
    **dict.fromkeys("mn", "n"),
    "l": "l",
    "r": "r",
}
"""Consonants that transliterations exchange, as one. Those that come and go (g and h between Russian and Ukrainian, ch
between German and English, v beside u, j) are left out of keys."""
_SYLLABLE = {
    **dict.fromkeys("bpf", "p"),
    **dict.fromkeys("dt", "t"),
    **dict.fromkeys("gk", "k"),
    **dict.fromkeys("mn", "n"),
}
_HISSING = re.compile("^(?:zh|ch|sh|hs|ts|[jqxzcs])")
"""Beginnings of Chinese and Korean syllables that Pinyin, Wade-Giles and the dialects exchange, as one."""


@lru_cache(maxsize=16384)
def bones(word: str) -> str:
    """The first consonants of a word, by classes; its first vowel where it has fewer than two."""
    sounds = sound(word)
    found = ""
    for letter in sounds:
        one = _CLASS.get(letter, "")
        if one and not found.endswith(one):
            found += one
    return (found if len(found) > 1 else sounds[:1] + found)[:BONES]


def _codes(word: Word) -> tuple[list[str], list[str]]:
    """What stands for a word in a key: its lines in the table of given names, and its consonants in either reading."""
    lines = [] if word.bare else sorted(lines_of(word.text))[:3]
    return [f"g{line}" for line in lines], list(dict.fromkeys(bones(one) for one in (word.text, *word.others[:3])))


def _together(one: Word, other: Word) -> list[str]:
    """The keys of two words of a name. Of a known given name its line is enough: by consonants alone too many meet."""
    (lines, found), (others, theirs) = _codes(one), _codes(other)
    pairs = [(x, y) for x in lines for y in (*others, *theirs)] + [(x, y) for x in found for y in others]
    if not lines and not others:
        pairs += [(x, y) for x in found for y in theirs]
    return ["p:" + "+".join(sorted(pair)) for pair in pairs]


def _begun(syllable: str) -> str:
    """How a syllable begins, coarsely."""
    return "s" if _HISSING.match(syllable) else _SYLLABLE.get(syllable[:1], "l" if syllable[:1] in "lr" else "")


def _told(name: PersonName) -> list[Token]:
    return [token for token in name.tokens if token.role in ("name", "patronymic")]


def surname_key(word: str) -> str:
    """The key under which a surname alone and those who bear it meet: its sounds, for many share its consonants."""
    return f"s:{sound(word)}"


@lru_cache(maxsize=16384)
def person_keys(name: str) -> tuple[str, ...]:
    """Keys of a person's full name: every two of its words, and surname with the first letter of another."""
    found = person_name(name)
    told = [token for token in _told(found) if token.role == "name"][:4]
    if len(told) == 1 and len(found.tokens) == 1:
        return (surname_key(told[0].word.text),)
    keys: list[str] = []
    if found.eastern:
        begun = sorted(_begun(one) for word in found.eastern.words for one in word)
        keys.append("e:" + "".join(begun))
    for one, other in combinations(told, 2):
        keys += _together(one.word, other.word)
    if len(told) > 2:
        keys += _together(told[0].word, Word(told[-2].word.text + told[-1].word.text))
    for surname in (told[-1],) if told else ():
        letters = {
            sound(token.word.text)[:1] for token in found.tokens if token is not surname and token.role != "particle"
        }
        keys += [f"i:{letter}+{sound(surname.word.text)}" for letter in sorted(letters)]
        keys.append(surname_key(surname.word.text))
    return tuple(dict.fromkeys(keys))[:MOST]


def land_key(stem: str) -> str:
    """The key under which a state's name, its long form and the word for its people meet."""
    return f"y:{stem}"


def _begun_with(name: str) -> list[str]:
    """The first two words, or the only one of a short name: what is cut off a body's name stands behind them."""
    told = [word.text for word in latin_words(name)]
    return [" ".join(told[:2])] + ([told[0]] if len(told) in (2, 3) else [])


@lru_cache(maxsize=16384)
def body_keys(name: str) -> tuple[str, ...]:
    """Keys of a body's name: its words in any order, its initials, its line in the tables."""
    keys = [f"n:{plain_name(name)}"]
    listed = known_body(name)
    if listed:
        keys.append(f"k:{listed[0]}")
    meant = naming(name)
    if meant and meant.sense != "demonym":
        keys.append(f"z:{meant.state.iso}")
    parts = sorted(people_stem(part.text) for part in body_parts(name))
    if len(parts) > 1:
        keys.append("b:" + "+".join(parts))
    keys += [f"c:{one}" for one in _begun_with(name)]
    land = long_form_of(name)
    if land:
        keys.append(land_key(land))
    letters = acronym_letters(name)
    initials = [letters] if letters else list(body_initials(name))
    keys += [f"a:{one}" for one in initials if len(one) > 1]
    keys += ["A:" + "".join(sorted(one)) for one in initials if len(one) > 3]
    return tuple(dict.fromkeys(keys))[:MOST]
