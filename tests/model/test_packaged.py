"""The model in the package, where it is there: whole, small enough, and able to read."""

from importlib import resources

import numpy as np
import pytest

from tocsin.model import Reading, read, vectors
from tocsin.model.session import MANIFEST, SIMILARITY, packaged

DATA = resources.files("tocsin.model").joinpath("data")
pytestmark = pytest.mark.skipif(not DATA.joinpath(MANIFEST).is_file(), reason="no weights in this tree")
PAGE = "Ilse Brandt said that the valley would send engineers to Dunmore.\n“We will not wait,” she told reporters."
SENTENCES = [(0, 65), (66, len(PAGE))]


@pytest.fixture(scope="module")
def reading() -> Reading:
    """One page, read."""
    return read(PAGE, SENTENCES)


def test_every_file_is_what_the_manifest_says() -> None:
    """Hashes hold, nothing lies about that nobody needs, and all of it is 60 MB or less."""
    model = packaged()
    model.check()
    total = sum(len(DATA.joinpath(name).read_bytes()) for name in model.settings.files)
    assert total <= 60_000_000


def test_it_reads(reading: Reading) -> None:
    """Two plain attributions, a name, trees."""
    told = [tuple(" ".join(PAGE[a:b] for a, b in role) for role in (x.source, x.cue)) for x in reading.attributions]
    assert told == [("Ilse Brandt", "said"), ("she", "told")]
    assert ("Ilse Brandt", "person") in {(PAGE[x.start : x.end], x.kind) for x in reading.names}
    assert [PAGE[x.start : x.end] for x in reading.words if x.head is None] == ["said", "told"]


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_nothing(reading: Reading, threads: int) -> None:
    """Bit by bit the same on threads and among other pages."""
    long = (PAGE + "\n") * 20
    shift = len(PAGE) + 1
    cut = [(a + shift * number, b + shift * number) for number in range(20) for a, b in SENTENCES]
    assert read(long, cut, threads=threads) == read(long, cut)
    assert read(PAGE, SENTENCES, threads=threads) == reading


def test_vectors_know_meaning_from_words() -> None:
    """Two wordings of one thing are nearer than two things in one wording."""
    if SIMILARITY not in packaged().settings.files:
        pytest.skip("no encoder for similarity in this tree")
    one, same, other = vectors(["Help is on its way", "Aid will arrive soon", "Rain is on its way"])
    assert float(np.dot(one, same)) > float(np.dot(same, other))
