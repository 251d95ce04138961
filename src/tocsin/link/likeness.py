"""What an act or a situation consists of, and how much two of them have in common: predicates, things and names.

Invariant: a core is a function of the words alone and a likeness of two cores alone, so that a pair's score depends on
the pair and on frozen tables. Order of words does not matter; who does it is compared elsewhere.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from tocsin.link.meanings import classes, excluded, things
from tocsin.link.stems import stem
from tocsin.link.wording import Term, content, stemmed, terms, weight

Core = list[list[Any]]
"""[sense, weight, role] of each word that says something, by sense. Roles: `do` (what happens), `head` (the heaviest
thing, where nothing is known to happen), `thing`, `name`."""
HEAVY = 4.5
"""A word that one paragraph of ninety holds (`data/frequencies.json`), and which may therefore be a blocking key by
itself: of 360,000 claims it brings 4,000 at most, and most such words far fewer. Lighter ones come in pairs."""
FROM = 2.0
"""Lighter words are in one paragraph of seven, and are no keys, not even in pairs."""
PAIRED = 6
"""Light words of one text that are paired, the heaviest: 15 pairs."""


CONTRASTED = 0.8
"""What likeness counts where each of two texts has a word of one kind in the other's stead. Set on invented
wordings of one situation and of its neighbours (`python -m bench --only likeness`): of two that share three words of
four and differ in the fourth, most are neighbours."""


@cache
def _happenings() -> frozenset[str]:
    return frozenset(classes()) - things()


@cache
def _auxiliaries() -> frozenset[str]:
    return frozenset(stem(one) for one in ("will", "would", "shall", "should", "can", "could", "may", "must")) | {
        "'ll", "'d", "be", "hav", "n't", "not", "do",
    }  # fmt: skip


def core(text: str) -> Core:
    """The core of a stretch of text, without light verbs where anything else is said."""
    found = terms(text)
    every = content(found)
    heavy = [one for one in every if one.sense not in stemmed("light")] or list(every)
    before = {one.start: found[place - 1] for place, one in enumerate(found) if place}
    roles: dict[str, str] = {}
    for one in heavy:
        role = _role(one, before.get(one.start), capital=text[one.start].isupper())
        if roles.get(one.sense) != "do":
            roles[one.sense] = role
    if roles and "do" not in roles.values():
        head = max((sense for sense, role in roles.items() if role != "name"), key=_heaviest, default=None)
        if head is not None:
            roles[head] = "head"
    return [[sense, round(weight(sense), 3), roles[sense]] for sense in sorted(roles)]


def _heaviest(sense: str) -> tuple[float, str]:
    return weight(sense), sense


def _role(term: Term, before: Term | None, *, capital: bool) -> str:
    """What a word is in a text that opens in the middle of a sentence, so that a capital makes a name there too."""
    if term.sense in _happenings():
        return "do"
    if term.sense in things():
        return "thing"
    if term.name or capital:
        return "name"
    verbal = before is not None and (before.sense in _auxiliaries() or before.low in ("he", "she", "they", "it", "we"))
    return "do" if verbal or (term.low.endswith(("ed", "ing")) and len(term.low) > 5) else "thing"


def mass(one: Iterable[Sequence[Any]]) -> float:
    """The weight of a core."""
    return float(sum(entry[1] for entry in one))


def shared(one: Core, other: Core) -> tuple[float, list[str]]:
    """How much of both cores is in both (0 to 1), and what. Names that only one side has do not count against it: the
    other may have "they" for them. What each says in another word's stead does."""
    senses = {entry[0] for entry in other}
    common = [entry for entry in one if entry[0] in senses]
    bare = [_bare(own) if not of_role(to, "name") else own for own, to in ((one, other), (other, one))]
    whole = mass(bare[0]) + mass(bare[1])
    score = 2 * mass(common) / whole if whole else 0.0
    return score * (CONTRASTED if contrasted(one, other) else 1.0), [entry[0] for entry in common]


def contrasted(one: Core, other: Core) -> bool:
    """Whether each says something of one kind that the other does not: "steel" here, "timber" there; "charged" here,
    "suspended" there. What only one of them says adds to it, and is no contrast."""
    own, others = ({entry[0]: entry for entry in core_} for core_ in (one, other))
    left = [entry for sense, entry in own.items() if sense not in others and entry[1] >= FROM]
    right = [entry for sense, entry in others.items() if sense not in own and entry[1] >= FROM]
    kinds = ({_kind(entry) for entry in side} for side in (left, right))
    return bool(set.intersection(*kinds))


def _kind(entry: Sequence[Any]) -> str:
    return "thing" if entry[2] == "head" else str(entry[2])


def _bare(one: Core) -> Core:
    return [entry for entry in one if entry[2] != "name"]


def of_role(one: Core, *roles: str) -> frozenset[str]:
    """The senses of some roles."""
    return frozenset(entry[0] for entry in one if entry[2] in roles)


def apart(one: Core, other: Core) -> bool:
    """Whether what happens in the one excludes what happens in the other, the things being alike."""
    return any(
        excluded().get(sense, frozenset()) & of_role(with_, "do")
        for own, with_ in ((one, other), (other, one))
        for sense in of_role(own, "do")
    )


def keys_of(senses: Mapping[str, float] | Core, more: Collection[str] = ()) -> tuple[str, ...]:
    """The blocking keys of a text: each of its heavy words, and its lighter words in pairs. `more` are words of the
    surroundings that a text of a single light word is paired with."""
    weights = dict(senses) if isinstance(senses, Mapping) else {sense: value for sense, value, _ in senses}
    heavy = sorted(sense for sense, value in weights.items() if value >= HEAVY)
    light = sorted((-value, sense) for sense, value in weights.items() if FROM <= value < HEAVY)
    chosen = sorted(sense for _, sense in light[:PAIRED])
    pairs = {f"{one} {other}" for n, one in enumerate(chosen) for other in chosen[n + 1 :]}
    if len(weights) == 1:
        pairs |= {" ".join(sorted((one, other))) for one in chosen for other in more if other != one}
    return tuple(sorted({*heavy, *pairs}))


def happening(sense: str) -> bool:
    """Whether a sense is known to be something that happens."""
    return sense in _happenings()


def senses_of_name(name: str | None) -> frozenset[str]:
    """The words of a name by their senses, for finding it in a text."""
    return frozenset(one.sense for one in content(terms(name or "")))
