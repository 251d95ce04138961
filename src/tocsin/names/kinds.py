"""What a name names: a person, a state, a body, a crowd, or nobody. Invariant: a function of the name and of what its
pages' readers said of it; where neither says it, nothing is said.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

from tocsin.names.bodies import acronym_letters, known_body
from tocsin.names.letters import latin_words
from tocsin.names.parts import person_name, short_of
from tocsin.names.states import Naming, naming
from tocsin.names.tables import table, words

Shape = Literal["person", "short", "surname", "body"]
"""How a name is compared: as a person's full name, as a part of two words of one (given name or surname with the
patronymic), as one word of one, or as a body's."""
SPEAKING = ("speaker", "holder", "relayer", "spokesperson")
"""Roles that only an actor has: a capital in one of these is its government."""
OUTLETS = ("outlet", "agency", "channel")


@cache
def _kind_words() -> dict[str, str]:
    return {word: kind for kind, listed in reversed(table("bodies")["kinds"].items()) for word in listed.split()}


@lru_cache(maxsize=65536)
def is_nobody(name: str) -> bool:
    """Whether a name is only pronouns, a time, or words that no page writes as a name."""
    told = [word.text for word in latin_words(name)]
    if not told or all(word in words("words", "nobody") or len(word) == 1 for word in told):
        return True
    capital = [word for word in name.split() if word[:1].isupper()]
    if capital and all(word.strip(".,").casefold() in words("words", "times") for word in capital):
        return True
    if capital or not name.islower():
        return False
    return told[-1] not in _kind_words() and not any(word in _kind_words() for word in told) and not _plural(told[-1])


def _plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def state_meant(name: str, roles: Mapping[str, int]) -> Naming | None:
    """The state that a name stands for where its uses show one: a capital or a seat only where it speaks."""
    meant = naming(name)
    if meant is None or meant.sense == "demonym":
        return None
    speaks = any(roles.get(role) for role in SPEAKING)
    if meant.sense in ("capital", "seat") or meant.ambiguous:
        return meant if speaks else None
    return meant


def shape_of(name: str, kinds: Mapping[str, int], roles: Mapping[str, int]) -> Shape:
    """How the name is compared."""
    told = [word.text for word in latin_words(name)]
    body = (
        known_body(name)
        or naming(name)
        or acronym_letters(name)
        or any(word in _kind_words() or word in words("bodies", "generic") for word in told)
        or name.islower()
    )
    if body or is_phrase(name) or not _can_be_person(kinds):
        return "body"
    if any(roles.get(role) for role in OUTLETS) and top(kinds) != "person":
        return "body"
    if len(person_name(name).tokens) < 2:
        return "surname"
    return "short" if short_of(name) else "person"


def _can_be_person(kinds: Mapping[str, int]) -> bool:
    """Whether no other kind is read more often than a person; a word as often a body as a person can be a surname."""
    return not kinds or kinds.get("person", 0) >= max(kinds.values())


def is_phrase(name: str) -> bool:
    """Whether a name only describes somebody by another ("mother of Ann Lee"), or is two people's ("Ann and Bob Lee"):
    such words are compared as words."""
    told = name.split()
    return "and" in told[1:] or (name[:1].islower() and "of" in told[1:])


def top(kinds: Mapping[str, int]) -> str | None:
    """The kind that most pages give, the first of equals."""
    return min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else None


def kind_of(names: Sequence[str], kinds: Mapping[str, int], roles: Mapping[str, int]) -> str | None:
    """What the actor of these names is: state, government_body, intergovernmental_body, armed_group, outlet, company,
    crowd, organisation, person, place, instrument, other; None where nothing says it."""
    if any(state_meant(name, roles) for name in names):
        return "state"
    listed = next((found[1] for name in names if (found := known_body(name))), None)
    if listed:
        return listed
    if sum(roles.get(role, 0) for role in OUTLETS) > sum(roles.get(role, 0) for role in SPEAKING):
        return "outlet"
    read = top(kinds)
    if read in ("person", "place", "instrument") and not names[0].islower():
        return read
    told = [word.text for word in latin_words(names[0])]
    word = next((word for word in reversed(told) if word in _kind_words()), None)
    if word:
        return _kind_words()[word]
    if names[0].islower() or (naming(names[0]) is not None and _plural(told[-1])):
        return "crowd"
    return read
