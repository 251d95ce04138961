"""Trees: one root, no cycle, the best of all trees; other sentences do not matter."""

from itertools import product

import numpy as np
import pytest

from tocsin.model.trees import heads, tree


def is_tree(found: list[int]) -> bool:
    """Whether each word leads to the root, of which there is one."""
    for start in range(1, len(found) + 1):
        node, steps = start, 0
        while node and steps <= len(found):
            node, steps = found[node - 1], steps + 1
        if node:
            return False
    return found.count(0) == 1


def best_by_hand(scores: np.ndarray) -> float:
    """The score of the best tree, by trying all."""
    count = len(scores)
    return max(
        sum(float(scores[place, head]) for place, head in enumerate(found))
        for found in product(range(count + 1), repeat=count)
        if is_tree(list(found))
    )


@pytest.mark.parametrize("seed", range(40))
def test_best_of_all_trees(seed: int) -> None:
    """Cycles within cycles and several roots are resolved at the least cost."""
    random = np.random.default_rng(seed)
    scores = random.normal(size=(seed % 5 + 1, seed % 5 + 2)) * 3
    found = tree(scores)
    assert is_tree(found)
    assert sum(scores[place, head] for place, head in enumerate(found)) == pytest.approx(best_by_hand(scores))


def test_greedy_heads_stay_where_they_are_a_tree() -> None:
    """Two sentences, each a chain: nothing is changed, heads count over the window."""
    arc = np.full((4, 5), -9.0, dtype=np.float32)
    arc[0, 2], arc[1, 0], arc[2, 0], arc[3, 3] = 5, 5, 5, 5
    assert heads(arc, np.array([0, 0, 1, 1])) == [2, 0, 0, 3]


def test_each_sentence_has_its_root() -> None:
    """A head in another sentence, a cycle and two roots are mended, one sentence each."""
    arc = np.zeros((6, 7), dtype=np.float32)
    arc[0, 4] = 9  # its head would lie in the second sentence
    arc[2, 4] = arc[3, 3] = 9  # a cycle
    arc[4, 0] = arc[5, 0] = 9  # two roots
    found = heads(arc, np.array([0, 0, 1, 1, 2, 2]))
    for first in (0, 2, 4):
        own = [head - first if head else 0 for head in found[first : first + 2]]
        assert is_tree(own)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_scores(seed: int) -> None:
    """Random windows come out as trees, also where all scores are alike."""
    random = np.random.default_rng(seed)
    lengths = random.integers(1, 30, size=7)
    sentence = np.repeat(np.arange(7), lengths)
    count = len(sentence)
    arc = random.normal(size=(count, count + 1)).astype(np.float32) * (seed % 3)
    found = heads(arc, sentence)
    first = 0
    for length in lengths.tolist():
        assert is_tree([head - first if head else 0 for head in found[first : first + length]])
        first += length


def test_no_words() -> None:
    """Nothing gives nothing."""
    assert heads(np.zeros((0, 1)), np.zeros(0, dtype=int)) == []
