"""The measures of memory, in small: what is too large is listed with advice, and what they say can fail."""

import resource
from pathlib import Path

import pytest

from bench import memory
from bench.figures import BenchError
from bench.room import Room
from tocsin.read.sources import MAX_BYTES


@pytest.mark.slow
def test_a_page_that_is_too_large_is_listed_in_every_shape(tmp_path: Path) -> None:
    got = {one.name: one.value for one in memory.large_pages(Room(tmp_path, None), MAX_BYTES + 1)}
    assert got["large_listed"] == 1.0
    assert got["large_peak_mb"] < roomy(200)


def roomy(megabytes: float) -> float:
    """A limit for a child's peak: Linux counts what the process that started it held at that moment as the child's."""
    return max(megabytes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + 20)


def test_pages_within_the_limit_are_not_listed_as_too_large(tmp_path: Path) -> None:
    got = {one.name: one.value for one in memory.large_pages(Room(tmp_path, None), 2_000)}
    assert got["large_listed"] == 0.0


def test_many_pages_and_the_largest(tmp_path: Path) -> None:
    room = Room(tmp_path, None)
    got = {one.name: one.value for one in memory.many_pages(room, 5)}
    assert (got["pages"], got["add_peak_mb"] < roomy(300), got["case_mb"] > 0) == (5, True, True)
    assert [one.name for one in memory.largest_page(room, 3_000)] == ["largest_page_seconds", "largest_page_peak_mb"]
    with pytest.raises(BenchError, match="nothing in it to read"):
        memory.largest_page(room, 1)


def test_prose_has_the_size_that_is_asked_for() -> None:
    assert 9_000 <= len(memory.prose(10_000).encode()) <= 10_000
    assert memory.prose(5_000) == memory.prose(5_000)
