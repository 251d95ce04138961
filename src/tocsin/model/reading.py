"""One text read by a model: windows run in order, their scores decoded to spans of code points.

Windows are made, run and decoded one behind another, so that a page of any size needs the memory of a few of them and
of what was found.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

import numpy as np

from tocsin.model import decode, trees
from tocsin.model.decode import Floats, Outputs
from tocsin.model.passages import Passage, fed
from tocsin.model.pieces import Pieces
from tocsin.model.results import Name, Range, Reading, Word
from tocsin.model.session import Model, packaged
from tocsin.model.settings import Settings
from tocsin.model.windows import Window, stream
from tocsin.model.words import words

MOST = 254
"""Pieces of a text that its vector is made from: what the encoder was trained with, less the first and last sign."""
LONGEST = 4000
"""Code points that are looked at for them: 254 pieces of text have 1,200 or so."""


def read(
    text: str, sentences: Sequence[Range], paragraphs: Sequence[int] | None, threads: int, model: Model | None
) -> Reading:
    """What `text` holds within its sentences. See `tocsin.model.read`."""
    model = model or packaged()
    wanted = model.settings
    names: list[Name] = []
    words: list[Word] = []

    def aside() -> Iterator[tuple[Window, Outputs]]:
        for window, outputs in model.outputs(stream(text, sentences, paragraphs, wanted.limit, model.pieces), threads):
            names.extend(decode.names(window, outputs, wanted))
            words.extend(syntax(window, outputs, wanted, len(words)))
            yield window, outputs

    attributions = decode.found(aside(), wanted)
    return Reading(tuple(attributions), tuple(names), tuple(words))


def syntax(window: Window, outputs: Outputs, settings: Settings, behind: int) -> Iterator[Word]:
    """The words of one window, of which `behind` came before in the text."""
    pos = map(settings.pos.__getitem__, outputs["pos"].argmax(axis=1).tolist())
    found = trees.heads(outputs["arc"], decode.numbers(window.sentence))
    heads = [behind + head - 1 if head else None for head in found]
    # the graph labels the arc to the best head, which the tree has not always; the root alone is certain
    rel = [settings.rel[number] for number in outputs["rel"].argmax(axis=1).tolist()]
    relations = [
        "root" if head is None else "dep" if name == "root" else name for head, name in zip(heads, rel, strict=True)
    ]
    starts, ends = zip(*window.words, strict=True)
    return map(Word, starts, ends, pos, heads, relations, window.sentence)


def judge(text: str, passages: Sequence[Passage], threads: int, model: Model | None) -> tuple[tuple[float, ...], ...]:
    """What the judge says of each passage. See `tocsin.model.judge`."""
    model = model or packaged()
    return tuple(model.judgements((fed(text, one, model.pieces) for one in passages), threads))


def vectors(texts: Sequence[str], threads: int, model: Model | None) -> Floats:
    """One row for each text. See `tocsin.model.vectors`."""
    model = model or packaged()
    found = list(model.vectors((_ids(text, model.pieces) for text in texts), threads))
    return np.stack(found) if found else np.zeros((0, 0), dtype=np.float32)


def _ids(text: str, cut: Pieces) -> tuple[int, ...]:
    """The pieces of a text's beginning, between the first and the last sign."""
    text = text[:LONGEST]
    own = chain.from_iterable(cut(text[start:end])[0] for start, end in words(text, 0, len(text)))
    return (cut.begin, *islice(own, MOST), cut.end)
