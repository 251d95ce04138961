"""Vectors for similarity: one for each text, alone or with others, of length 1."""

import numpy as np
import pytest

from tocsin.model import vectors
from tocsin.model.session import Model

TEXTS = ["we will go", "They won't go.", "", "😀", "“no”", "שלום", "a" * 100_000, "go " * 50_000, "we will go"]


def test_length_and_order(model: Model) -> None:
    """As many as texts, in their order, of length 1; the same words give the same vector."""
    found = vectors(TEXTS, model=model)
    assert len(found) == len(TEXTS)
    assert np.allclose(np.linalg.norm(found, axis=1), 1)
    assert np.array_equal(found[0], found[-1])
    assert not np.allclose(found[0], found[1])


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_neighbours_and_threads_change_nothing(model: Model, threads: int) -> None:
    """Bit by bit what each text gives alone."""
    together = vectors(TEXTS * 3, threads=threads, model=model)
    alone = [vectors([text], model=model)[0] for text in TEXTS]
    assert all(np.array_equal(left, right) for left, right in zip(together, alone * 3, strict=True))


def test_only_the_beginning_counts(model: Model) -> None:
    """What stands behind the first 254 pieces changes nothing."""
    assert np.array_equal(*vectors(["a " * 254, "a " * 254 + "we will"], model=model))
    assert not np.array_equal(*vectors(["a " * 253, "a " * 253 + "we will"], model=model))


def test_nothing(model: Model) -> None:
    """No text, no vector."""
    assert len(vectors([], model=model)) == 0
