"""Trees from scores of heads: one root and no cycle in every sentence of a window.

Each word takes its best head; only a sentence in which that gives a cycle, or not exactly one root, is decoded anew by
the algorithm of Chu and Liu and of Edmonds. Ties go to the earlier word.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]

ROOTS = 8
"""So many words are tried as the root of a sentence at most. The search ends as soon as no other root can do better,
mostly after one or two; where scores say nothing, the best of eight is as good as any."""


def heads(arc: Floats, sentence: Integers) -> list[int]:
    """Of each word its head: 0 for the root, else 1 + the head's index. `arc` is [words, words + 1], its first column
    the root; `sentence` tells the words' sentences apart, whose words are neighbours."""
    count = len(sentence)
    if not count:
        return []
    best: Integers = arc.argmax(axis=1)
    bounds = [0, *(np.flatnonzero(np.diff(sentence)) + 1).tolist(), count]
    reached = np.concatenate(([0], best))
    for _ in range(count.bit_length()):
        reached = reached[reached]
    roots = np.add.reduceat(best == 0, bounds[:-1], dtype=np.int64)
    lost = np.add.reduceat(reached[1:] != 0, bounds[:-1], dtype=np.int64)
    low = np.minimum.reduceat(np.where(best == 0, count + 1, best), bounds[:-1])
    high = np.maximum.reduceat(best, bounds[:-1])
    out: list[int] = best.tolist()
    first, last = np.array(bounds[:-1]), np.array(bounds[1:])
    for place in np.flatnonzero((roots != 1) | (lost > 0) | (high > last) | (low <= first)).tolist():
        a, b = bounds[place], bounds[place + 1]
        scores = np.concatenate((arc[a:b, :1], arc[a:b, a + 1 : b + 1]), axis=1).astype(np.float64)
        out[a:b] = [head + a if head else 0 for head in tree(scores)]
    return out


def tree(scores: Floats) -> list[int]:
    """The best tree with one root over the words of one sentence: each word's head, 0 the root, else 1 + its index."""
    count = len(scores)
    if count == 1:
        return [0]
    arcs = np.full((count + 1, count + 1), -np.inf)  # [head, dependent]
    arcs[1:, 1:] = scores[:, 1:].T
    np.fill_diagonal(arcs, -np.inf)
    # with a given root, no tree is better than the best heads of all other words
    within = arcs[:, 1:].max(axis=0)
    bounds = within.sum() - within + scores[:, 0]
    best: list[int] = []
    most = -np.inf
    for root in np.argsort(-bounds, kind="stable")[:ROOTS].tolist():
        if bounds[root] <= most:
            break
        trial = arcs.copy()
        trial[0, root + 1] = scores[root, 0]
        trial[1:, root + 1] = -np.inf
        found = _arborescence(trial)[1:]
        total = float(scores[np.arange(count), found].sum())
        if total > most:
            best, most = found, total
    return best


def _arborescence(arcs: Floats) -> list[int]:
    """The best heads of nodes 1… under node 0: a cycle of best heads becomes one node until there is none, then each
    is opened again, last first. `arcs` is used up."""
    best = _best(arcs)
    opened: list[tuple[list[int], list[int], list[int], list[int]]] = []
    while cycle := _cycle(best):
        one, others = cycle[0], cycle[1:]
        into = (
            arcs[:, cycle] - arcs[[best[node] for node in cycle], cycle]
        )  # what the head within the cycle gave is lost
        out_of = arcs[cycle]
        opened.append(
            (cycle, [best[node] for node in cycle], into.argmax(axis=1).tolist(), out_of.argmax(axis=0).tolist())
        )
        arcs[:, one] = into.max(axis=1)
        arcs[one] = out_of.max(axis=0)
        arcs[one, cycle] = -np.inf
        arcs[others] = -np.inf
        arcs[:, others] = -np.inf
        best = _best(arcs)
        for node in others:
            best[node] = 0
    for cycle, own, entering, leaving in reversed(opened):
        one = cycle[0]
        head = best[one]
        for node, before in enumerate(best):
            if before == one:
                best[node] = cycle[leaving[node]]
        for node, inner in zip(cycle, own, strict=True):
            best[node] = inner
        best[cycle[entering[head]]] = head
    return best


def _best(arcs: Floats) -> list[int]:
    """Each node's best head."""
    best: list[int] = arcs.argmax(axis=0).tolist()
    best[0] = 0
    return best


def _cycle(best: list[int]) -> list[int]:
    """The nodes of the first cycle, in order of their numbers; empty where all lead to node 0."""
    seen = [-1] * len(best)
    seen[0] = 0
    for start in range(1, len(best)):
        node = start
        while seen[node] < 0:
            seen[node] = start
            node = best[node]
        if node and seen[node] == start:
            out = [node]
            while best[out[-1]] != node:
                out.append(best[out[-1]])
            return sorted(out)
    return []
