"""The training run: laps over PolNeAR train, a checkpoint after each, weights averaged over the last steps.

Seeded and resumable: each lap's pages, windows, masks and dropout follow from the seed and the lap's number alone.
"""

import json
import random
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from tocsin.model.pieces import Pieces
from training.reader.batches import Batch, epoch, masked
from training.reader.data import Page, load
from training.reader.losses import WEIGHTS, losses
from training.reader.names import mend_all
from training.reader.net import LAYERS, Reader, load_encoder


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the result besides the data."""

    seed: int = 1
    laps: int = 20
    """A lap is half of the pages: two are an epoch. A checkpoint follows each."""
    aside: int = 20
    """Of so many pages one is held aside, to calibrate confidence on."""
    limit: int = 192
    """Pieces in a window."""
    budget: int = 2600
    """Pieces in a batch."""
    rate: float = 2.5e-4
    """Of the top layer; each layer below learns `decay` times as fast as the one above."""
    head_rate: float = 1e-3
    decay: float = 0.9
    warm_up: int = 200
    """Steps in which the rate rises; then it stays, and falls in a straight line to nothing over the last `cooling` of
    all steps. So a run can be resumed with another number of laps as long as it has not begun to cool."""
    cooling: float = 0.45
    dropout: float = 0.1
    hidden: float = 0.06
    """Share of pieces that are masked."""
    weight_decay: float = 0.01
    clip: float = 1.0
    as_int8: float = 0.15
    """Over the last of all steps, this share, the trunk is trained as the int8 that it will be."""
    averaged: float = 0.99
    """Of the averaged weights, taken every fourth step, this share is kept."""


def groups(net: Reader, recipe: Recipe) -> list[dict[str, object]]:
    """Parameters with their rates: heads quickest, then the layers from the top down."""
    out: list[dict[str, object]] = []

    def add(parameters: list[nn.Parameter], rate: float) -> None:
        wide = [one for one in parameters if one.dim() > 1 and one.requires_grad]
        thin = [one for one in parameters if one.dim() <= 1 and one.requires_grad]
        out.append({"params": wide, "lr": rate, "peak": rate, "weight_decay": recipe.weight_decay})
        out.append({"params": thin, "lr": rate, "peak": rate, "weight_decay": 0.0})

    for number, layer in enumerate(net.layers):
        add(list(layer.parameters()), recipe.rate * recipe.decay ** (LAYERS - 1 - number))
    add([*net.positions.parameters(), *net.norm.parameters()], recipe.rate * recipe.decay**LAYERS)
    add(list(net.extra.parameters()), recipe.rate)
    heads = [net.tag, net.name, net.pos, net.link, net.arc, net.rel]
    tables = [net.transitions, net.begin, net.end]
    add([one for head in heads for one in head.parameters()], recipe.head_rate)
    out.append({"params": tables, "lr": recipe.head_rate * 3, "peak": recipe.head_rate * 3, "weight_decay": 0.0})
    return out


def pace(step: int, done: float, recipe: Recipe) -> float:
    """The share of the peak rate at a step, when this share of all steps is done."""
    return max(0.01, min(1.0, step / recipe.warm_up, (1 - done) / recipe.cooling))


def held_aside(number: int, recipe: Recipe) -> bool:
    """Whether the page of this number in the file is kept from training."""
    return number % recipe.aside == recipe.aside // 2


class Run:
    """One training run in a folder: `last.pt` to resume from, `lap-N.pt` with the averaged weights."""

    def __init__(self, folder: Path, encoder: Path, recipe: Recipe, device: str) -> None:
        self.folder, self.recipe, self.device = folder, recipe, torch.device(device)
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(recipe.seed)
        self.net = Reader(recipe.dropout)
        load_encoder(self.net, encoder)
        self.net.to(self.device)
        self.trained = {name: one for name, one in self.net.named_parameters() if one.requires_grad}
        self.average = {name: one.detach().clone() for name, one in self.trained.items()}
        self.optimiser = torch.optim.AdamW(groups(self.net, recipe), betas=(0.9, 0.98), fused=True)
        self.lap = self.step = 0

    def resume(self) -> None:
        """Go on where the last run in the folder stopped."""
        path = self.folder / "last.pt"
        if path.exists():
            state = torch.load(path, map_location=self.device, weights_only=True)
            self.net.load_state_dict(state["net"])
            self.average = state["average"]
            self.optimiser.load_state_dict(state["optimiser"])
            self.lap, self.step = state["lap"], state["step"]

    def start(self, checkpoint: Path) -> None:
        """Begin with a checkpoint's weights instead of the encoder's: for a last stretch at a low rate."""
        weights = torch.load(checkpoint, map_location=self.device, weights_only=True)["weights"]
        self.net.load_state_dict(weights, strict=False)
        self.average = {name: weights[name].clone() for name in self.trained}
        self.step = self.recipe.warm_up

    def save(self) -> None:
        state = {"net": self.net.state_dict(), "average": self.average, "optimiser": self.optimiser.state_dict()}
        fresh = self.folder / "last.tmp"
        torch.save({**state, "lap": self.lap, "step": self.step}, fresh)
        fresh.rename(self.folder / "last.pt")
        torch.save({"weights": self.average, "recipe": asdict(self.recipe)}, self.folder / f"lap-{self.lap}.pt")

    def train(self, data: Path, cut: Pieces) -> None:
        """All laps that are left."""
        pages = load(data, "train")
        mend_all(pages)
        pages = [page for number, page in enumerate(pages) if not held_aside(number, self.recipe)]
        while self.lap < self.recipe.laps:
            rng = random.Random(f"{self.recipe.seed}/{self.lap}")  # noqa: S311 - windows, not secrets
            torch.manual_seed(self.recipe.seed * 1000 + self.lap)
            half = self._half(pages)
            found = list(epoch(half, cut, limit=self.recipe.limit, budget=self.recipe.budget, rng=rng))
            self._lap(found)
            self.lap += 1
            self.save()

    def _half(self, pages: list[Page]) -> list[Page]:
        """The pages of this lap: the two laps of an epoch share all pages between them."""
        order = list(pages)
        random.Random(f"{self.recipe.seed}/epoch/{self.lap // 2}").shuffle(order)  # noqa: S311 - as above
        return order[self.lap % 2 :: 2]

    def _lap(self, found: list[Batch]) -> None:
        generator = torch.Generator().manual_seed(self.recipe.seed * 7919 + self.lap)
        total = len(found) * self.recipe.laps
        begun, seen, means = time.monotonic(), 0, defaultdict(float)
        self.net.train()
        for number, one in enumerate(found):
            done = (self.lap * len(found) + number + 1) / total
            share = pace(self.step + 1, done, self.recipe)
            if done > 1 - self.recipe.as_int8:
                self.net.quantise(on=True)
            for group in self.optimiser.param_groups:
                group["lr"] = group["peak"] * share
            ready = masked(one, self.recipe.hidden, generator).to(self.device)
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                parts = losses(self.net, ready)
            whole: Tensor = sum((WEIGHTS[name] * part for name, part in parts.items()), torch.zeros(()))
            whole.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(list(self.trained.values()), self.recipe.clip)
            self.optimiser.step()
            self.optimiser.zero_grad(set_to_none=True)
            self.step += 1
            if self.step % 4 == 0:
                self._averaged()
            seen += int(ready.pieces.sum())
            for name, part in parts.items():
                value = float(part.detach())
                means[name] = 0.98 * means[name] + 0.02 * value if means[name] else value
            if number % 20 == 19:
                pace_now = seen / (time.monotonic() - begun)
                self._note(
                    {"lap": self.lap + 1, "step": number + 1, "of": len(found), "pieces/s": round(pace_now)}
                    | {name: round(value, 4) for name, value in means.items()}
                )

    @torch.no_grad()
    def _averaged(self) -> None:
        # young averages move quicker, else the first epochs' would be mostly the published weights
        kept = min(self.recipe.averaged, (self.step / 4 + 1) / (self.step / 4 + 10))
        torch._foreach_lerp_(list(self.average.values()), list(self.trained.values()), 1 - kept)

    def _note(self, line: dict[str, object]) -> None:
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
