"""How often a verb, noun or adjective in a given shape attributes something: counts from a marked corpus.

`data/cues.json` holds, for each key and shape, how many candidates of that form the patterns found in PolNeAR train and
how many of them were marked there with that content and source. A confidence is their smoothed ratio; a form that a key
hardly ever has gets the rate of such forms, which is far below that of its shape.
"""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from tocsin.annotate.words import model

PRIOR = 4.0
"""Strength of a shape's own rate against the counts of one verb in it: four imagined cases."""
OFTEN = 0.5
"""A verb of saying, for the places that only ask whether another act of saying begins: half of its that-clauses and
bare clauses are marked."""
STRONG = 0.3
"""A key of which a larger share is marked is one of saying: about half of those listed."""


@dataclass(frozen=True, slots=True)
class Table:
    """The counts, with the rate of each shape over all keys, over the keys too rare to be listed, and over the forms
    too rare to be listed of keys that mostly attribute (`strong`) or mostly do not (`weak`)."""

    counts: dict[str, dict[str, tuple[int, int]]]
    shapes: dict[str, float]
    rare: dict[str, float]
    once: dict[str, dict[str, float]]
    like: dict[str, str]
    irregular: dict[str, str]
    ditransitive: frozenset[str]
    open: bool = False

    def has(self, key: str) -> bool:
        """Whether the key is a cue at all."""
        return self.open or key in self.counts or self.like.get(key) in self.counts

    def rate(self, key: str, shape: str) -> float:
        """The smoothed share of this form that was marked."""
        if key not in self.counts:
            key = self.like.get(key, key)
        if key not in self.counts:
            return self.rare.get(shape, 0.0)
        if shape not in self.counts[key] and ":" not in key:
            if shape in self.counts.get(self.like.get(key, ""), ()):
                return self.rate(self.like[key], shape)
            return self.once["strong" if self._strong(key) else "weak"].get(shape, 0.0)
        prior = self.shapes.get(shape, 0.0)
        hits, seen = self.counts[key].get(shape, (0, 0))
        return (hits + PRIOR * prior) / (seen + PRIOR)

    def _strong(self, key: str) -> bool:
        """Whether a listed key attributes in most of the places where it stands."""
        marked = sum(hits for hits, _ in self.counts[key].values())
        return marked >= STRONG * sum(seen for _, seen in self.counts[key].values())

    def often(self, key: str) -> bool:
        """Whether the key is a verb of saying."""
        if self.open:
            return key in _SAYING
        return max(self.rate(key, "clause"), self.rate(key, "that")) >= OFTEN

    def surely(self, key: str) -> bool:
        """Whether the key was itself found to be a verb of saying, not only kept as one that attributes."""
        listed = self.counts.get(key if key in self.counts else self.like.get(key, ""), {})
        return any(self.rate(key, shape) >= OFTEN for shape in ("clause", "that") if shape in listed)


_SAYING = frozenset(
    [
        "say",
        "tell",
        "add",
        "write",
        "note",
        "argue",
        "report",
        "claim",
        "state",
        "announce",
        "insist",
        "warn",
        "suggest",
        "call",
        "cite",
    ]
)


@cache
def table() -> Table:
    """The data file, read once."""
    raw: dict[str, Any] = json.loads(resources.files("tocsin.annotate").joinpath("data/cues.json").read_text("utf-8"))
    counts = {
        key: {shape: (hits, seen) for shape, (hits, seen) in shapes.items()} for key, shapes in raw["counts"].items()
    }
    return Table(
        counts,
        raw["shapes"],
        raw["rare"],
        raw["once"],
        raw["like"]["verbs"],
        raw["irregular"],
        frozenset(raw["ditransitive"]["words"]),
        raw.get("open", False),
    )


_SPELLINGS = (("ise", "ize"), ("ises", "izes"), ("ised", "ized"), ("ising", "izing"))
"""British endings and the American ones that the counts know; "promise" and the like are listed as irregular."""


@lru_cache(maxsize=8192)
def lemma(low: str) -> str:
    """A verb's base form: a table for the irregular ones, endings for the rest."""
    irregular = table().irregular
    for british, american in _SPELLINGS:
        if low not in irregular and low.endswith(british) and len(low) > len(british) + 3:
            low = low[: -len(british)] + american
    if low in irregular:
        return irregular[low]
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us")) and len(low) > 3:
        return low[:-1]
    if low.endswith("ied") and len(low) > 4:
        return low[:-3] + "y"
    for ending in ("ing", "ed"):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            return _base(low[: -len(ending)])
    return low


def _base(stem: str) -> str:
    """The verb that a form without its ending comes from: the first that is known as one."""
    doubled = len(stem) > 2 and stem[-1] == stem[-2]
    options = [stem, stem + "e", *([stem[:-1]] if doubled else [])]
    for kinds in (("VB", "VBP"), ("NN",)):
        for option in options:
            if any(kind in model().words.get(option, ()) for kind in kinds):
                return option
    return options[-1] if doubled and stem[-1] not in "sl" else stem
