"""Examples put together into tensors: batches of windows of like length, other windows in every epoch."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from tocsin.model.pieces import Pieces
from training.reader.data import Example, Page, examples
from training.reader.labels import IGNORED

MASK = 103
"""[MASK] of the vocabulary."""
CHUNK = 40
"""Batches among which windows are sorted by length."""


@dataclass(slots=True)
class Batch:
    """Padded tensors: pieces [B, L], words [B, W]; `links` [B, W, W + 1] true where a word may link."""

    ids: Tensor
    case: Tensor
    quoted: Tensor
    place: Tensor
    pieces: Tensor
    first: Tensor
    words: Tensor
    sentence: Tensor
    tag: Tensor
    name: Tensor
    pos: Tensor
    head: Tensor
    relation: Tensor
    links: Tensor

    def to(self, device: torch.device) -> "Batch":
        return Batch(**{one.name: getattr(self, one.name).to(device) for one in fields(self)})


def padded(rows: Sequence[Sequence[int]], fill: int) -> Tensor:
    """The rows as one tensor, filled up behind."""
    width = max(len(row) for row in rows)
    return torch.tensor([list(row) + [fill] * (width - len(row)) for row in rows])


def batch(part: list[Example]) -> Batch:
    """One batch of these windows."""
    seen = [one.window for one in part]
    words = padded([[1] * len(one.words) for one in seen], 0).bool()
    links = torch.zeros(*words.shape, words.shape[1] + 1, dtype=torch.bool)
    for row, one in enumerate(part):
        for word, column in one.link:
            links[row, word, column if column < len(one.tag) else -1] = True
    return Batch(
        ids=padded([one.ids for one in seen], 0),
        case=padded([one.case for one in seen], 0),
        quoted=padded([one.quoted for one in seen], 0),
        place=padded([one.place for one in seen], 0),
        pieces=padded([[1] * len(one.ids) for one in seen], 0).bool(),
        first=padded([one.first for one in seen], 0),
        words=words,
        sentence=padded([one.sentence for one in seen], -1),
        tag=padded([one.tag for one in part], 0),
        name=padded([one.name for one in part], IGNORED),
        pos=padded([one.pos for one in part], IGNORED),
        head=padded([one.head for one in part], IGNORED),
        relation=padded([one.relation for one in part], IGNORED),
        links=links,
    )


def masked(one: Batch, share: float, generator: torch.Generator) -> Batch:
    """Some pieces hidden, so that no single word (the candidates' names above all) is relied upon."""
    hidden = (torch.rand(one.ids.shape, generator=generator) < share) & one.pieces & (one.ids > MASK)
    one.ids = torch.where(hidden, torch.tensor(MASK), one.ids)
    return one


def epoch(pages: list[Page], cut: Pieces, *, limit: int, budget: int, rng: random.Random) -> Iterator[Batch]:
    """The batches of one epoch, of about `budget` pieces each. Where windows begin, and whose sentences they hold
    (CoreNLP's or Tocsin's), changes from epoch to epoch."""
    found: list[Example] = []
    for page in pages:
        found += examples(page, cut, silver=rng.random() < 0.5, limit=limit, skip=rng.randrange(8))
    rng.shuffle(found)
    size = max(1, budget // limit)
    groups: list[list[Example]] = []
    for start in range(0, len(found), CHUNK * size):
        chunk = sorted(found[start : start + CHUNK * size], key=lambda one: len(one.window.ids))
        group: list[Example] = []
        for one in chunk:
            if group and (len(group) + 1) * len(one.window.ids) > budget:
                groups.append(group)
                group = []
            group.append(one)
        groups.append(group)
    rng.shuffle(groups)
    for group in groups:
        yield batch(group)
