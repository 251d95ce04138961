"""The reading model's runtime: words, word pieces and windows; one forward pass each; spans decoded from its scores.

It knows text, offsets and tensors, not documents and not news. Nothing heavy is imported before the first reading.
"""

from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from tocsin.model.passages import Passage
from tocsin.model.results import Found, Name, Range, Reading, Word
from tocsin.model.settings import ModelError

if TYPE_CHECKING:
    from tocsin.model.decode import Floats
    from tocsin.model.session import Model

__all__ = ["Found", "ModelError", "Name", "Passage", "Range", "Reading", "Word", "judge", "read", "vectors"]


@cache
def _engine() -> ModuleType:
    """The modules that need numpy and onnxruntime."""
    from tocsin.model import reading

    return reading


def read(
    text: str,
    sentences: Sequence[Range],
    *,
    paragraphs: Sequence[int] | None = None,
    threads: int = 1,
    model: "Model | None" = None,
) -> Reading:
    """Who says what in `text`, what is named, and how its words hang together.

    `sentences` are ranges of code points, in order and apart; nothing outside of them is read. `paragraphs` gives the
    number of each sentence's paragraph; without it, a new line begins one. `threads` changes the time it takes and
    nothing else. Without `model` it is the packaged one. Raises ModelError where the model's files are missing or
    altered.
    """
    reading: Reading = _engine().read(text, sentences, paragraphs, threads, model)
    return reading


def vectors(texts: Sequence[str], *, threads: int = 1, model: "Model | None" = None) -> "Floats":
    """A vector of length 1 for each text, so that the product of two is their cosine: how alike they are in meaning.

    A text's vector depends on its own words alone (the first 250 or so), and is the same in every run on one class of
    machine. Raises ModelError where the model's files are missing or altered.
    """
    found: Floats = _engine().vectors(texts, threads, model)
    return found


def judge(
    text: str, passages: Sequence[Passage], *, threads: int = 1, model: "Model | None" = None
) -> "tuple[tuple[float, ...], ...]":
    """Of each passage of `text` how likely the act in its focus is a commitment, as log odds, and then a score for each
    kind of commitment, in the order of the judge's training.

    What is said of a passage depends on the passage alone, not on the others nor on threads. Raises ModelError where
    the model's files are missing or altered.
    """
    found: tuple[tuple[float, ...], ...] = _engine().judge(text, passages, threads, model)
    return found
