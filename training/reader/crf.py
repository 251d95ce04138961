"""A linear-chain conditional random field over the tags of words: its loss, its marginals, its best path.

The gradient is written out (marginals less the gold path): two short loops instead of autograd through each step, which
on a CPU took longer than the trunk.
"""

from typing import Any

import torch
from torch import Tensor


def _passes(emissions: Tensor, mask: Tensor, table: Tensor, begin: Tensor, end: Tensor) -> tuple[Tensor, ...]:
    """Scaled forward and backward values [T, B, K], the shifted emissions and the log partition of each row."""
    high = emissions.amax(-1, keepdim=True)
    local = (emissions - high).exp()
    moves = table.exp()
    length = emissions.shape[0]
    ahead = [begin.exp() * local[0]]
    scale = ahead[0].sum(-1, keepdim=True)
    ahead[0] = ahead[0] / scale
    total = scale.log()
    for place in range(1, length):
        new = (ahead[-1] @ moves) * local[place]
        scale = new.sum(-1, keepdim=True)
        here = mask[place]
        ahead.append(torch.where(here, new / scale, ahead[-1]))
        total = total + torch.where(here, scale.log(), torch.zeros_like(scale))
    forward = torch.stack(ahead)
    last = (ahead[-1] * end.exp()).sum(-1, keepdim=True).log()
    partition = (total + last).squeeze(-1) + (high * mask).sum((0, 2))
    behind = [end.exp().expand_as(ahead[-1])]
    for place in range(length - 1, 0, -1):
        new = (local[place] * behind[-1]) @ moves.T
        behind.append(torch.where(mask[place], new / new.sum(-1, keepdim=True), behind[-1]))
    return forward, torch.stack(behind[::-1]), local, partition


def marginals(emissions: Tensor, mask: Tensor, table: Tensor, begin: Tensor, end: Tensor) -> Tensor:
    """The probability of each tag of each word: [B, T, K] from emissions [B, T, K] and a mask [B, T]."""
    forward, backward, _, _ = _passes(emissions.transpose(0, 1), mask.T[:, :, None], table, begin, end)
    out = forward * backward
    return (out / out.sum(-1, keepdim=True)).transpose(0, 1)


class _Loss(torch.autograd.Function):
    """Sum over rows of log partition less the gold path's score."""

    @staticmethod
    def forward(ctx: Any, emissions: Tensor, tags: Tensor, mask: Tensor, *tables: Tensor) -> Tensor:
        table, begin, end = tables
        steps, here, gold = emissions.transpose(0, 1), mask.T[:, :, None], tags.T
        forward, backward, local, partition = _passes(steps, here, table, begin, end)
        count = steps.shape[-1]
        path = torch.nn.functional.one_hot(gold, count).to(steps.dtype) * here
        score = (path * steps).sum()
        pairs = torch.einsum("tbi,tbj->ij", path[:-1], path[1:])
        rows = torch.arange(gold.shape[1], device=gold.device)
        final = torch.nn.functional.one_hot(gold[mask.sum(1) - 1, rows], count).to(steps.dtype)
        score = score + (pairs * table).sum() + (path[0] * begin).sum() + (final * end).sum()
        seen = forward * backward
        seen = seen / seen.sum(-1, keepdim=True) * here
        right = local[1:] * backward[1:] * here[1:]
        moves = table.exp()
        whole = ((forward[:-1] @ moves) * right).sum(-1, keepdim=True).clamp_min(1e-30)
        expected = moves * torch.einsum("tbi,tbj->ij", forward[:-1] / whole * here[1:], right)
        last = forward[-1] * end.exp()
        last = last / last.sum(-1, keepdim=True)
        ctx.save_for_backward(
            (seen - path).transpose(0, 1), expected - pairs, (seen[0] - path[0]).sum(0), (last - final).sum(0)
        )
        return partition.sum() - score

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        emissions, table, begin, end = ctx.saved_tensors
        (grad,) = grads
        return emissions * grad, None, None, table * grad, begin * grad, end * grad


def loss(emissions: Tensor, tags: Tensor, mask: Tensor, tables: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    """Negative log likelihood of the gold tags, summed. Emissions [B, T, K] in float32; tags and mask [B, T]."""
    result: Tensor = _Loss.apply(emissions, tags, mask, *tables)
    return result


def best(emissions: Tensor, tables: tuple[Tensor, Tensor, Tensor]) -> list[int]:
    """The best path of one row [T, K]."""
    table, begin, end = tables
    score = emissions[0] + begin
    back = []
    for step in emissions[1:]:
        value, place = (score[:, None] + table).max(0)
        back.append(place)
        score = value + step
    tag = int((score + end).argmax())
    out = [tag]
    for place in reversed(back):
        tag = int(place[tag])
        out.append(tag)
    return out[::-1]
