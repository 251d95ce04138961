"""How readings are held against marks: words in common, one to one, and names that are the same somebody's.

Invariant: no score depends on the order in which readings or marks come.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")

Ranges = Sequence[Sequence[int]]
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
ARTICLES = frozenset(("the", "a", "an"))
LONGEST_NAME = 6
"""Words of a name at most (`score_commitments.py` has it so): longer ones are descriptions, compared whole."""


class Words:
    """The words of one text by the code point at which they start."""

    def __init__(self, text: str) -> None:
        self._found = [(one.start(), one.end()) for one in WORD.finditer(text)]

    def of(self, spans: Ranges) -> frozenset[int]:
        """The words that start inside `spans`."""
        return frozenset(at for start, end in spans for at, _ in self._found if start <= at < end)


def f1(one: frozenset[T], other: frozenset[T]) -> float:
    """Token-F1 of two sets of words, or of where they stand; 0 where either is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def pairs(gold: Sequence[T], found: Sequence[U], score: Callable[[T, U], float], least: float) -> list[tuple[int, int]]:
    """One-to-one pairs (index of gold, of found) that score `least` or more, best first, as sorted index pairs."""
    scored = [(score(one, other), i, j) for i, one in enumerate(gold) for j, other in enumerate(found)]
    used_gold, used_found, out = set[int](), set[int](), list[tuple[int, int]]()
    for value, i, j in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if value >= least and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            out.append((i, j))
    return sorted(out)


def plain(name: str | None) -> str:
    """A name's words in lower case without articles."""
    return " ".join(word for word in re.findall(r"\w+", (name or "").lower()) if word not in ARTICLES)


class SameName:
    """Whether two names are one actor's: equal under the gold's aliases, or one the head or tail of the other."""

    def __init__(self, aliases: Mapping[str, Iterable[str]]) -> None:
        owners: dict[str, set[str]] = {}
        for name, others in aliases.items():
            for one in (name, *others):
                owners.setdefault(plain(one), set()).add(plain(name))
        self._canonical = {form: next(iter(names)) for form, names in owners.items() if len(names) == 1}

    def canonical(self, name: str | None) -> str:
        """The actor's plain name that a form leads to; the form itself where no single actor has it."""
        return self._canonical.get(plain(name), plain(name))

    def __call__(self, one: str | None, other: str | None) -> bool:
        first, second = self.canonical(one), self.canonical(other)
        if not first or not second:
            return False
        short, long = sorted((first.split(), second.split()), key=len)
        if len(long) > LONGEST_NAME:
            return first == second
        return long[-len(short) :] == short or long[: len(short)] == short


def same_cluster(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """The pairs of members that stand in one group, each pair once and in order."""
    out: set[tuple[str, str]] = set()
    for group in groups:
        members = sorted(set(group))
        out.update((one, other) for n, one in enumerate(members) for other in members[n + 1 :])
    return out


def cluster_units(gold: Mapping[str, str], found: Mapping[str, str]) -> list[Mapping[str, float]]:
    """Clusters held against clusters, counts by cluster of the gold, in order; `gold` and `found` tell which cluster
    each member stands in, and a member that `found` lacks was not read.

    `met`, `gold`, `found`: pairs that stand together in both, in the gold, as found (one that only the reading has
    counts with its smaller member's cluster). A cluster of forty weighs as 780 pairs, so there is also B-cubed (Bagga
    and Baldwin 1998), which weighs every member alike: `recalled` and `precise` are the sums over members, of `members`
    and of those `read`; one that was not read is recalled by nothing.
    """
    want = same_cluster(_grouped(gold))
    have = same_cluster(_grouped({one: found[one] for one in gold if one in found}))
    names = ("met", "gold", "found", "recalled", "precise", "members", "read")
    units: dict[str, dict[str, float]] = {cluster: dict.fromkeys(names, 0) for cluster in gold.values()}
    for pair in want | have:
        unit = units[gold[pair[0]]]
        unit["gold"] += pair in want
        unit["found"] += pair in have
        unit["met"] += pair in want and pair in have
    sizes = Counter(gold.values())
    read = Counter(found[one] for one in gold if one in found)
    both = Counter((gold[one], found[one]) for one in gold if one in found)
    for one, cluster in gold.items():
        unit = units[cluster]
        unit["members"] += 1
        if one in found:
            unit["read"] += 1
            unit["recalled"] += both[cluster, found[one]] / sizes[cluster]
            unit["precise"] += both[cluster, found[one]] / read[found[one]]
    return [units[cluster] for cluster in sorted(units)]


def _grouped(clusters: Mapping[str, str]) -> Iterable[list[str]]:
    groups: dict[str, list[str]] = {}
    for one, cluster in clusters.items():
        groups.setdefault(cluster, []).append(one)
    return groups.values()
