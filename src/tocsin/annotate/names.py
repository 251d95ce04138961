"""Runs of capitalised words in a tagged sentence, cut into names with their kinds.

A name's range is a slice of the text without titles, articles and possessive endings; what a capital at a sentence's
head tells is left to the tagger and to the page (`mentions`).
"""

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise

from tocsin.annotate.words import OPENING, Word, in_title_case
from tocsin.core.annotations import MentionKind

_COMPOUND = ("-based", "-backed", "-style", "-friendly", "-led", "-born", "-era", "-born", "-controlled", "-held")
"""Ends of adjectives made from names: they say what something is like, not who."""


_PREFIXED = re.compile(r"(?:[aA][ldnrstz]|[aA]sh|[eE][ls])-[A-Z]")
"""The article of Arabic surnames, written small or not (al-Hadi, El-Sayed)."""

LONGEST = 14
"""A name of more words is a line in capitals, not a name."""


OFFICE = 5
"""Words from a title to the end of its office ("Minister of Defence and Security")."""


_COMMON = frozenset(("NN", "NNS", "JJ", "VBG", "VBN", "VB", "RB"))
"""Tags of words that are common unless a capital tells otherwise."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The words of `data/names.json`."""

    states: dict[str, str]
    peoples: dict[str, str]
    capitals: dict[str, str]
    places: frozenset[str]
    bodies: frozenset[str]
    body_heads: frozenset[str]
    body_firsts: frozenset[str]
    body_lasts: frozenset[str]
    place_heads: frozenset[str]
    adjectives: frozenset[str]
    instruments: frozenset[str]
    titles: frozenset[str]
    title_tails: frozenset[str]
    particles: frozenset[str]
    joints: frozenset[str]
    owners: frozenset[str]
    not_names: frozenset[str]
    aliases: dict[str, str]


@cache
def facts() -> Facts:
    """The data file, read once. Peoples, capitals and other names of states lead to their state."""
    data = json.loads(resources.files("tocsin.annotate").joinpath("data/names.json").read_text("utf-8"))
    states: dict[str, str] = {}
    peoples: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for row in data["states"]["rows"]:
        state, people, capital = row.split("|")
        states[state] = state
        peoples.update({name: state for name in people.split(",") if name})
        capitals.update({name: state for name in capital.split(",") if name})
    lists = {name: frozenset(data[name]["words"]) for name in data if name not in ("about", "states", "aliases")}
    return Facts(states, peoples, capitals, **lists, aliases=dict(data["aliases"]["rows"]))


@dataclass(frozen=True, slots=True)
class Name:
    """One name in a sentence: the places of its words in the list, its kind, and whether a capital at the
    sentence's head (or a title-case line) is all that shows it to be one."""

    first: int
    last: int
    kind: MentionKind | None
    weak: bool


def _named(word: Word) -> bool:
    """Whether the word can be part of a name."""
    known = facts()
    return bool(
        (word.tag == "NNP" or _PREFIXED.match(word.text) or (word.text in known.peoples and word.tag.startswith("J")))
        and word.text[0].isalpha()
        and (word.text[0].isupper() or "-" in word.text or not word.text.islower())
        and word.text not in known.not_names
        and not word.low.endswith(_COMPOUND)
    )


def _runs(words: list[Word]) -> list[tuple[int, int]]:
    """Maximal runs of words that may be one name: capitals with the small words between them."""
    known = facts()
    out: list[tuple[int, int]] = []
    index, size = 0, len(words)
    while index < size:
        if not _named(words[index]):
            index += 1
            continue
        end = index + 1
        while end < size and end - index < LONGEST:
            if _named(words[end]) or (words[end].tag == "CD" and words[end - 1].text.isalpha() and end == index + 1):
                end += 1
                continue
            if _owns(words, end):
                end += 1
                continue
            ahead = end
            body = any(w.text in known.body_heads or w.text in known.instruments for w in words[index:end])
            while ahead < size and ahead - end < 2 and words[ahead].low in known.joints and body:
                ahead += 1
            if ahead == end and words[end].low in known.particles and words[end].text.islower():
                ahead = end + 1
            if ahead > end and ahead < size and _named(words[ahead]) and words[end].low not in ("and", "in", "to"):
                end = ahead + 1
                continue
            if words[end].low == "and" and ahead > end and ahead < size and _list_like(words, index, end, ahead):
                end = ahead + 1
                continue
            break
        out.append((index, end))
        index = end
    return out


def _owns(words: list[Word], place: int) -> bool:
    """Whether a possessive stands inside a body's name (Fishers' Union, Tidal People's Front), not after an owner."""
    if words[place].tag != "POS" or place + 1 >= len(words) or words[place - 1].low not in facts().owners:
        return False
    for word in words[place + 1 : place + 5]:
        if not _named(word):
            return False
        if word.text in facts().body_heads:
            return True
    return False


def _list_like(words: list[Word], start: int, end: int, ahead: int) -> bool:
    """Whether "and" joins two words inside one body's name (Ministry of Trade and Industry), not two names."""
    known = facts()
    small = any(word.low in ("of", "for", "on") for word in words[start:end])
    return small and ahead == end + 1 and _named(words[ahead]) and words[ahead].text not in known.body_heads


def kind_of(words: list[Word]) -> MentionKind | None:
    """What the words of a name show of its kind; None where only the page can tell."""
    known = facts()
    text = " ".join(word.text for word in words)
    small = next((k for k, word in enumerate(words) if word.low in ("of", "for", "on", "against")), len(words))
    head = words[small - 1].text if small else words[-1].text
    if text in known.states or text in known.capitals or text in known.places:
        return "place"
    if text.isupper() and text.title() in known.states | known.capitals:
        return "place"
    if len(words) > 1 and (words[0].text in known.body_firsts or words[-1].text in known.body_lasts):
        return "organisation"
    if len(words) > 1 and (words[-1].text in known.place_heads or words[0].text in ("St", "St.", "Saint", "San")):
        return "place"
    if text in known.instruments or head in known.instruments:
        return "instrument" if len(words) > 1 else None
    if text in known.bodies or head in known.body_heads or words[-1].text in known.body_heads:
        return "organisation"
    if len(words) == 1 and words[0].text.isupper() and len(text.rstrip(".")) > 1:
        return "organisation"
    if len(words) == 1 and words[0].text.startswith("@"):
        return "person"
    if 2 <= len(words) <= 4 and all(
        word.text[0].isupper() or word.low in known.particles or _PREFIXED.match(word.text) for word in words
    ):
        return None if any(word.text in known.peoples for word in words) else "person"
    return None


def _cut(words: list[Word], first: int, last: int) -> list[tuple[int, int]]:
    """A run cut where a title or a people's adjective stands before a name ("Russian President | Vladimir Putin")."""
    known = facts()
    run = words[first:last]
    text = " ".join(word.text for word in run)
    if text in known.bodies or text in known.places or text in known.states:
        return [(first, last)]
    if any(word.text in known.body_heads or word.text in known.instruments for word in run):
        kept = first
        while kept < last - 1 and words[kept].text in known.titles and words[kept + 1].text in known.titles:
            kept += 1
        return [(kept, last)]
    cut = first
    for place in range(first, last):
        before = words[max(0, place - OFFICE) : place]
        of_office = words[place].text in known.title_tails and any(
            one.low == "of" and ahead.text in known.titles for ahead, one in pairwise(before)
        )
        if of_office or words[place].text in known.titles or words[place].text in known.peoples:
            cut = place + 1
    return [(cut, last)] if cut < last else []


def _heads_sentence(words: list[Word], first: int) -> bool:
    """Whether only marks stand before the word in its sentence, or a mark after which sentences begin."""
    return (
        first == 0
        or words[first - 1].tag in OPENING
        or not any(w.text[0].isalnum() for w in words[max(0, first - 3) : first])
    )


def _capitals(words: list[Word]) -> list[Word]:
    """Words, with those tagged as names that a capital inside the sentence shows to be one (the Foreign Ministry)."""
    return [
        replace(word, tag="NNP")
        if word.text[0].isupper() and word.tag in _COMMON and not _heads_sentence(words, place)
        else word
        for place, word in enumerate(words)
    ]


def names(words: list[Word]) -> list[Name]:
    """The names of one sentence, in reading order."""
    titled = in_title_case([word.text for word in words])
    words = words if titled else _capitals(words)
    known = facts()
    out = []
    for start, end in _runs(words):
        for first, last in _cut(words, start, end):
            kept = first
            head = _heads_sentence(words, first)
            while kept < last and words[kept].low in known.joints:
                kept += 1
            if kept == last or all(word.text in known.adjectives for word in words[kept:last]):
                continue
            weak = titled or (head and kept == first and last - kept == 1)
            out.append(Name(kept, last, kind_of(words[kept:last]), weak))
    return out
