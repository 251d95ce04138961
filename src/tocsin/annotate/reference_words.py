"""The words that references are told by (`data/references.json`), read once."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tocsin.annotate.names import facts


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists and tables of the data file. `wider` leads from a word to the titles whose bearer it may stand for."""

    persons: frozenset[str]
    bodies: frozenset[str]
    papers: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    given_female: frozenset[str]
    given_male: frozenset[str]
    given_male_a: frozenset[str]
    many: frozenset[str]
    nobody: frozenset[str]
    publishing: frozenset[str]
    ranks: frozenset[str]
    loose: frozenset[str]
    epithets: frozenset[str]
    places: frozenset[str]
    months: frozenset[str]
    crowd: frozenset[str]
    unique: frozenset[str]
    heads: frozenset[str]
    strong: frozenset[str]
    expand: dict[str, str]
    parties: dict[str, str]
    wider: dict[str, frozenset[str]]
    metonyms: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The data file."""
    raw = json.loads(resources.files("tocsin.annotate").joinpath("data/references.json").read_text("utf-8"))
    lists = {name: frozenset(part["words"]) for name, part in raw.items() if name != "about" and "words" in part}
    wider = {name: frozenset(others) for name, others in raw["wider"]["rows"].items()}
    return Lexicon(
        **lists,
        expand=raw["expand"]["rows"],
        parties=raw["parties"]["rows"],
        wider=wider,
        metonyms=raw["metonyms"]["rows"],
    )


def state_of(word: str) -> str:
    """The state that a people's, a capital's or another name of it leads to; the word itself where there is none."""
    known = facts()
    plain = word.removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")
    for table in (known.aliases, known.states, known.peoples, known.capitals, lexicon().metonyms):
        if plain in table:
            found = table[plain]
            return known.aliases.get(found, found)
    return plain


def gender_of_given(name: str) -> str | None:
    """What the first word of a full name tells of its bearer: "f", "m" or None."""
    words = name.split()
    known = lexicon()
    if not words:
        return None
    first = words[0]
    if first in known.given_female:
        return "f"
    if first in known.given_male or first in known.given_male_a:
        return "m"
    parts = first.split("-")
    if len(parts) > 1 and parts[0] in known.given_female:
        return "f"
    if len(words) > 1 and len(first) > 2 and first.endswith("a") and first[0].isupper() and first[1:].islower():
        return "f"
    return None
