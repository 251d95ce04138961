"""Training: a few rounds over all examples (`examples.py`)."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from tocsin.annotate.commitment_passages import CONDITION, HOLDER, SENTENCE
from tocsin.core.commitments import KINDS
from tocsin.model.passages import Fed
from training.judge.examples import Example
from training.judge.net import Judge
from training.reader.batches import MASK, padded

SIGNS = (101, 102)
"""[CLS] and [SEP] of the vocabulary, which are never hidden."""
CHUNK = 2000
"""Passages that are sorted by length together, so that a batch pads little and rounds still differ."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The reader's trunk to begin with was tried, and was worse than the published encoder. Other rates were not."""

    seed: int = 1
    rounds: int = 3
    rate: float = 1e-4
    head_rate: float = 5e-4
    warm_up: float = 0.1
    hidden: float = 0.05
    """Share of the pieces that are hidden."""
    kinds: float = 0.25
    """Weight of the kinds in the loss."""
    unhinted: float = 0.4
    """Share of the examples that are shown without the conditions that rules found, and as many without the holder: so
    what rules miss in one case is not what decides it."""
    budget: int = 3072
    """Pieces in a batch, padding counted."""
    as_int8: float = 0.2
    """Share of the steps, the last ones, that are trained as int8."""


def batches(found: Sequence[Example], budget: int, rng: random.Random) -> list[list[int]]:
    """The numbers of the examples, shuffled, in batches of like length."""
    order = list(range(len(found)))
    rng.shuffle(order)
    out: list[list[int]] = []
    for start in range(0, len(order), CHUNK):
        chunk = sorted(order[start : start + CHUNK], key=lambda k: len(found[k].fed.ids))
        out += _cut(chunk, found, budget)
    rng.shuffle(out)
    return out


def _cut(order: Sequence[int], found: Sequence[Example], budget: int) -> Iterator[list[int]]:
    group: list[int] = []
    for k in order:
        if group and len(found[k].fed.ids) * (len(group) + 1) > budget:
            yield group
            group = []
        group.append(k)
    if group:
        yield group


def tensors(fed: Sequence[Fed]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """What the network takes, padded: pieces, roles, cases, which are there, the focus."""
    ids, roles, case = (padded([getattr(one, part) for one in fed], 0) for part in ("ids", "roles", "case"))
    there = padded([[1] * len(one.ids) for one in fed], 0).bool()
    return ids, roles, case, there, torch.tensor([one.focus for one in fed])


def train(judge: Judge, found: Sequence[Example], recipe: Recipe) -> Judge:
    """The judge, trained on all examples."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)  # noqa: S311 - an order, no secret
    plan = [batches(found, recipe.budget, rng) for _ in range(recipe.rounds)]
    total, step = sum(map(len, plan)), 0
    new = ("up", "out", "extra")
    named = [(name, one) for name, one in judge.named_parameters() if one.requires_grad]
    groups = [
        {"params": [one for name, one in named if not name.startswith(new)], "peak": recipe.rate},
        {"params": [one for name, one in named if name.startswith(new)], "peak": recipe.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=0.01, betas=(0.9, 0.98))
    judge.train()
    for number, order in enumerate(plan, start=1):
        begun, mean = time.monotonic(), 0.0
        for batch in order:
            step += 1
            judge.quantise(on=step > total * (1 - recipe.as_int8))
            pace = min(1.0, step / (recipe.warm_up * total)) * max(0.02, (total - step) / total)
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * pace
            loss = _loss(judge, [found[k] for k in batch], recipe, rng)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            mean += float(loss.detach()) / len(order)
        print(f"round {number} of {recipe.rounds}: loss {mean:.4f}, {time.monotonic() - begun:.0f} s", flush=True)
    return judge.eval()


def _loss(judge: Judge, given: Sequence[Example], recipe: Recipe, rng: random.Random) -> Tensor:
    ids, role, case, there, focus = tensors([one.fed for one in given])
    for hint in (CONDITION, HOLDER):
        drawn = torch.tensor([[rng.random() < recipe.unhinted] for _ in given])
        role = torch.where(drawn & (role == hint), SENTENCE, role)
    plain = there & (ids != SIGNS[0]) & (ids != SIGNS[1])
    hide = (torch.rand(ids.shape) < recipe.hidden) & plain
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = judge(torch.where(hide, MASK, ids), role, case, there, focus).float()
    right = torch.tensor([float(one.right) for one in given])
    loss = functional.binary_cross_entropy_with_logits(scores[:, 0], right)
    kinds = torch.tensor([KINDS.index(one.kind) if one.kind else -1 for one in given])
    if (kinds >= 0).any():
        loss = loss + recipe.kinds * functional.cross_entropy(scores[kinds >= 0, 1:], kinds[kinds >= 0])
    return loss
