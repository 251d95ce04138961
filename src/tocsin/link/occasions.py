"""Occasions: nearly the same words by one speaker on several pages were said once, on a day that all of them allow.

Two pages quote, translate and cut the same words differently, so sayings are compared by the stems of what they say.
Who says the same of another town or with another figure has said two things, and the one is not joined to the other.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from tocsin.core.rows import Edge, Facts, Item, Row
from tocsin.core.when import When
from tocsin.link.bounds import as_data, when_of
from tocsin.link.closing import Closure
from tocsin.link.dating import words
from tocsin.names.keys import bones
from tocsin.names.letters import latin_words
from tocsin.names.likeness import MATCH, likeness
from tocsin.names.states import naming

LEAST = 4
"""Stems that two claims must share: fewer are a phrase that anybody says again and again."""
ALIKE = 0.6
"""Share (F1 of stems) from which two long claims are one wording: with less, translations of one sentence and two
sentences on one topic cannot be told apart. Set by hand."""
LONG = 6
SHORT_ALIKE = 0.8
"""A claim that shares fewer stems than LONG must be nearly the same: short sentences are slogans."""
SKETCH = 4
"""Pairs of neighbouring stems by which a claim is found again: those with the smallest hashes, so that two claims that
share most of their pairs share one of these."""
BEGUN = 4
"""Letters that a name and its people share: Iran and the Iranians."""
MOST_NAMES = 64
"""Pairs of names of two sayings whose spellings are compared."""
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|\Z))")
_OPENS = re.compile(r"(?:^|[.!?:;\n])[\s\"'“”‘’«»„(\[]*\Z")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "s", "ly")


def stems(text: str) -> list[str]:
    """The words that a claim is about, without their endings, in order, each once."""
    found = (one.group() for one in _WORD.finditer(text.casefold()))
    return list(dict.fromkeys(_stem(word) for word in found if word not in words("stop") and len(word) >= 3))


def _stem(word: str) -> str:
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), "")
    return word[: len(word) - len(ending)]


def names(text: str) -> list[str]:
    """The stems of the words with a capital that opens no sentence, sorted."""
    found = (one for one in _WORD.finditer(text) if one.group()[0].isupper() and len(one.group()) >= 3)
    inside = (one.group().casefold() for one in found if not _OPENS.search(text, max(0, one.start() - 9), one.start()))
    return sorted({_stem(word) for word in inside if word not in words("stop") and word not in words("titles")})


def figures(text: str) -> list[str]:
    """The figures of a text without what divides thousands, sorted."""
    return sorted({_THOUSANDS.sub("", one.group()) for one in _FIGURE.finditer(text)})


def sketch(speaker: str, found: list[str]) -> tuple[str, ...]:
    """The keys under which a claim meets those that are nearly the same: a speaker, and neighbouring stems."""
    pairs = {f"{speaker} {a} {b}" for a, b in pairwise(found)}
    return tuple(sorted(pairs, key=lambda one: hashlib.sha256(one.encode()).hexdigest())[:SKETCH])


def _item(row: Row, _facts: Facts) -> Item:
    return Item(tuple(row.data["keys"]), {name: value for name, value in row.data.items() if name != "keys"})


def _pair(a: Row, b: Row) -> Edge | None:
    if all(a.data[name] == b.data[name] for name in ("earliest", "latest", "weekdays")):
        return None  # neither tells the other anything: of a thousand undated pages alike all pairs would be kept
    left, right = set(a.data["stems"]), set(b.data["stems"])
    shared = len(left & right)
    alike = 2 * shared / (len(left) + len(right)) if left and right else 0.0
    if shared < LEAST or alike < (ALIKE if shared >= LONG else SHORT_ALIKE) or a.data["speaker"] != b.data["speaker"]:
        return None
    if when_of(a.data).both(when_of(b.data)) is None:
        return Edge("veto", alike, ("said on two days",))
    if _of_two_things(a.data, b.data):
        return None
    return Edge("same", alike, (f"{shared} words in common",))


def _of_two_things(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether each has a figure, or a name, in the place of the other's: what only one of them tells is left out or
    added by a page."""
    counted, other = set(a["figures"]), set(b["figures"])
    if counted - other and other - counted:
        return True
    left = set(a["names"]).difference(b["stems"], b["names"])
    right = set(b["names"]).difference(a["stems"], a["names"])
    if len(left) * len(right) > MOST_NAMES:
        return True  # two lists of names: to compare all spellings would take a page's time
    spelled = [(one, other) for one in left for other in right if _one_name(one, other)]
    return bool(left.difference(one for one, _ in spelled) and right.difference(other for _, other in spelled))


@lru_cache(maxsize=16384)
def _one_name(one: str, other: str) -> bool:
    """Whether two words may be one name in two spellings (Kiev and Kyiv have the same consonants), or a land and its
    people."""
    meant, others = naming(one), naming(other)
    if meant is not None and others is not None:
        return meant.state == others.state
    if one[:BEGUN] == other[:BEGUN] or (len(one) == len(other) and bones(one) == bones(other)):
        return True
    pairs = ((a, b) for a in latin_words(one) for b in latin_words(other))
    return any(likeness(a, b).score >= MATCH for a, b in pairs)


def _rows(members: tuple[Row, ...], _edges: tuple[Edge, ...]) -> tuple[Row, ...]:
    """When the words were said, where a page gives the day or several carry them; of others `said_on_page` tells."""
    when: When | None = When()
    for one in members:
        when = when.both(when_of(one.data)) if when else None
    claims = [tuple(claim) for one in members for claim in one.data["claims"]]
    docs = sorted({doc for _, doc in claims})
    if when is None:
        latest = min((one.data["latest"] for one in members if one.data["latest"]), default=None)
        when = When(None, latest, frozenset(), ("the pages that carry it do not agree when it was said",))
    if len(docs) == 1 and not any(one.data["own"] for one in members):
        return ()
    data = {
        "id": members[0].id,
        "keys": [*docs, *sorted(one for one, _ in claims)],
        "claims": sorted(one for one, _ in claims),
        "docs": docs,
        "text": members[0].data["text"],
        **as_data(when),
    }
    return (Row("said", members[0].id, data),)


OCCASIONS = Closure("occasions", "occasions/5", ("saying",), _item, _pair, _rows)
