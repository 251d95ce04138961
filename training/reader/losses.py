"""What is minimised: the sum of the tasks' losses, each a mean over the words it is about."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.reader import crf
from training.reader.batches import Batch
from training.reader.labels import IGNORED, TAGS
from training.reader.net import Reader

WEIGHTS = {"crf": 1.0, "tag": 0.2, "link": 0.4, "name": 0.25, "pos": 0.1, "arc": 0.8, "rel": 0.4}
"""Attribution is what counts; names and syntax are to reach their floors and to teach the trunk, no more."""
CONTENT_WORD = 0.3
"""Contents are long, so one of their words weighs less in the loss of links than a word of a cue or a source."""


@dataclass(slots=True)
class Scores:
    """What the network says of a batch of words."""

    tag: Tensor
    link: Tensor
    name: Tensor
    pos: Tensor
    arc: Tensor
    rel: Tensor


def run(net: Reader, one: Batch) -> Scores:
    """The forward pass; relations are scored for the gold heads."""
    mask = torch.zeros(one.pieces.shape, device=one.ids.device).masked_fill(~one.pieces, -1e4)[:, None, None, :]
    vectors = net.vectors(one.ids, (one.case, one.quoted, one.place), mask)
    x = net.of_words(vectors, one.first)
    heads = one.head.clamp_min(0)
    return Scores(net.tag(x), net.link(x), net.name(x), net.pos(x), net.arcs(x, one.sentence), net.rel(x, heads))


def _mean(scores: Tensor, gold: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, 1).float(), gold.flatten(), ignore_index=IGNORED)


def _link(link: Tensor, tag: Tensor, one: Batch) -> Tensor:
    """Each word of a role must choose one of its columns; a word that only the tagger takes for one, none."""
    usable = functional.pad(one.words, (0, 1), value=True)[:, None, :]
    logs = functional.log_softmax(link.float().masked_fill(~usable, -1e4), -1)
    right = torch.logsumexp(logs.masked_fill(~one.links, -1e4), -1)
    known = one.links.any(-1)
    content = one.tag >= TAGS.index("B-content")
    weight = torch.where(content, CONTENT_WORD, 1.0) * known
    taken = 1 - functional.softmax(tag.detach().float(), -1)[..., 0]
    false = taken * CONTENT_WORD * (one.words & ~known)
    return -(right * weight + logs[..., -1] * false).sum() / (weight.sum() + false.sum()).clamp_min(1)


def losses(net: Reader, one: Batch) -> dict[str, Tensor]:
    """The tasks' losses, unweighted."""
    scores = run(net, one)
    words = one.words
    gold = one.tag.masked_fill(~words, IGNORED)
    tables = (net.transitions, net.begin, net.end)
    columns = functional.pad(words, (1, 0), value=True)[:, None, :]
    return {
        "crf": crf.loss(scores.tag.float(), one.tag, words, tables) / words.sum(),
        "tag": _mean(scores.tag, gold),
        "link": _link(scores.link, scores.tag, one),
        "name": _mean(scores.name, one.name),
        "pos": _mean(scores.pos, one.pos),
        "arc": _mean(scores.arc.float().masked_fill(~columns, -1e4), one.head),
        "rel": _mean(scores.rel, one.relation),
    }
