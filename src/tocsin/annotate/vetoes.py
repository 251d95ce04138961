"""Forms that look like a saying and are none: conditions, acts to come, and sources that can say nothing.

A veto looks only at the words of the form itself; the words it goes by are in `data/cues.json`, with their counts.
"""

import json
from functools import cache
from importlib import resources

from tocsin.annotate.cues import lemma, table
from tocsin.annotate.names import kind_of
from tocsin.annotate.outer import SPEECH
from tocsin.annotate.patterns import Candidate
from tocsin.annotate.phrases import NOUNS
from tocsin.annotate.words import Word

_FIRST = frozenset(("we", "us", "our", "ours", "i", "me", "my"))
"""Words by which who stands before a colon speaks of itself."""


@cache
def _lists() -> dict[str, frozenset[str]]:
    raw = json.loads(resources.files("tocsin.annotate").joinpath("data/cues.json").read_text("utf-8"))["vetoes"]
    return {name: frozenset(entry["words"]) for name, entry in raw.items()}


def head_of(words: list[Word], first: int, last: int) -> int | None:
    """The place of the noun that heads the phrase: the last of its first run of nouns that owns nothing."""
    for place in range(first, last):
        after = words[place + 1].tag if place + 1 < last else ""
        if words[place].tag in NOUNS and after not in NOUNS and after != "POS":
            return place
    return None


def vetoed(words: list[Word], candidate: Candidate) -> bool:
    """Whether the form is no saying, whatever its verb's counts are."""
    if candidate.key == ":":
        return _colon(words, candidate)
    first, last = candidate.cue
    word = words[first]
    plain = ":" not in candidate.key and " " not in candidate.key
    quoted = any(words[place].low == SPEECH for a, b in candidate.content for place in range(a, b))
    if plain and word.low in _lists()["markers"] and last - first == 1 and not quoted:
        return True
    if plain and word.tag == "MD" and not quoted and not table().surely(lemma(words[last - 1].low)):
        return True
    hangs = word.tag in ("VBG", "VBN") and not table().often(candidate.key)
    return candidate.source is not None and _silent(words, candidate.source, hangs)


def _silent(words: list[Word], source: tuple[int, int], hangs: bool) -> bool:
    """Whether what the form calls its source can say nothing: a time, a thing, a word that stands for neither. `hangs`
    where the verb is a participle, and none of saying ("a banner saying so" says so)."""
    first, last = source
    head = head_of(words, first, last)
    if head is None:
        low = words[last - 1].low
        return low in _lists()["nobody"] or (hangs and low in _lists()["nobody_hangs"])
    low = words[head].low
    if low in _lists()["times"] or low in _lists()["things"]:
        return True
    return hangs and low in _lists()["papers"]


def _colon(words: list[Word], candidate: Candidate) -> bool:
    """Whether what stands before a colon is no speaker: the name of a section, a city before its news."""
    last = candidate.cue[0]
    if any(word.low in _lists()["headings"] for word in words[:last]):
        return True
    if candidate.shape.endswith("quote"):
        return False
    place = kind_of(words[:last]) == "place"
    return place and not any(word.low in _FIRST for word in words[last:])
