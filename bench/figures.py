"""One measured figure, how far it could be chance, and the floor that it sets.

Invariant: intervals come from resampling pages with a fixed seed, so that the same outputs set the same floors.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["sampled", "exact", "count", "timing", "told"]
"""How a figure's floor is set: from its bootstrap interval; at its hard limit; at a share of what was reached, for
counts over the bundled pages and for timings; or not at all (it is only reported)."""
Direction = Literal["higher", "lower"]
"""Which way is better."""
Counts = Mapping[str, float]
Statistic = Callable[[Counts], float]
Interval = tuple[float, float]

ROUNDS = 1000
"""Resamples: the ends of a 95 % interval then stand on 25 of them each, and move by less than a point of a figure that
itself moves by several. Set once; more costs seconds and changes the third digit."""
COUNT_SHARE = 0.9
"""A count over the bundled pages may lose a tenth before the gate fails. Set by
breaking rules: without "if" and "unless" six conditions in ten are lost, without quotation marks a third of the words
said. Run `python -m bench --only demo` against a broken rule when it moves."""
TIMING_FACTOR = 5.0
"""A timing may be five times worse than where the floor was set: machines differ by two or three, quadratic code by
more."""


class BenchError(Exception):
    """A measure could not be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one measure. `bar` is what the issue asks for, or the hard limit of an `exact` figure; `spread`
    gives its 95 % interval where there is one."""

    name: str
    value: float
    kind: Kind
    direction: Direction = "higher"
    anchor: str = ""
    bar: float | None = None
    spread: Callable[[], Interval] | None = None

    def floor(self) -> float | None:
        """The floor that this figure sets, None where it is only told.

        A floor never lies below a bar that was reached. A sampled figure whose interval reaches down to nothing sets
        none: it could not fail.
        """
        if self.kind == "told":
            return None
        if self.kind == "exact":
            assert self.bar is not None
            return self.bar
        reached = self._tolerated()
        if self.kind == "sampled" and self.direction == "higher" and reached <= 0:
            return None
        if self.bar is None or worse(self.value, self.bar, self.direction):
            return reached
        return better(reached, self.bar, self.direction)

    def _tolerated(self) -> float:
        if self.kind == "timing":
            return self.value / TIMING_FACTOR if self.direction == "higher" else self.value * TIMING_FACTOR
        if self.kind == "count":
            return float(int(self.value * COUNT_SHARE))
        assert self.spread is not None
        low, high = self.spread()
        return low if self.direction == "higher" else high


def worse(value: float, than: float, direction: Direction, margin: float = 1e-9) -> bool:
    """Whether `value` lies on the wrong side of `than`."""
    return value < than - margin if direction == "higher" else value > than + margin


def better(one: float, other: float, direction: Direction) -> float:
    """The better of two values."""
    return max(one, other) if direction == "higher" else min(one, other)


def interval(units: Sequence[Counts], statistic: Statistic, rounds: int = ROUNDS) -> Interval:
    """95 % bootstrap interval of `statistic` over the summed counts of `units` (pages), drawn with replacement."""
    if not units:
        raise BenchError("nothing to resample: no page was measured")
    names = sorted({name for unit in units for name in unit})
    rows = [tuple(unit.get(name, 0.0) for name in names) for unit in units]
    rng = random.Random(0)  # noqa: S311 - resampling, no secret
    values = []
    for _ in range(rounds):
        drawn = rng.choices(rows, k=len(rows))
        values.append(statistic(dict(zip(names, map(sum, zip(*drawn, strict=True)), strict=True))))
    values.sort()
    return values[int(0.025 * rounds)], values[min(rounds - 1, int(0.975 * rounds))]


def total(units: Sequence[Counts]) -> dict[str, float]:
    """The summed counts of `units`."""
    names = sorted({name for unit in units for name in unit})
    return {name: sum(unit.get(name, 0.0) for unit in units) for name in names}


def share(part: str, whole: str) -> Statistic:
    """The ratio of two counts; 0 where there is nothing to divide by."""
    return lambda counts: counts.get(part, 0.0) / counts[whole] if counts.get(whole) else 0.0


def sampled(
    name: str, value: float | None, spread: Callable[[], Interval], *, anchor: str = "", bar: float | None = None
) -> Figure:
    """A figure whose floor is the lower end of its interval. A scorer's None (nothing to divide by) counts as 0."""
    return Figure(name, value or 0.0, "sampled", anchor=anchor, bar=bar, spread=spread)


def ratio(
    name: str, units: Sequence[Counts], statistic: Statistic, *, anchor: str = "", bar: float | None = None
) -> Figure:
    """A sampled figure computed from the counts of `units` alone."""
    return sampled(name, statistic(total(units)), lambda: interval(units, statistic), anchor=anchor, bar=bar)


def exact(name: str, value: float, limit: float, direction: Direction = "higher", *, anchor: str = "") -> Figure:
    """A figure with a hard limit, on any data."""
    return Figure(name, value, "exact", direction, anchor, limit)


def told(name: str, value: float | None, *, anchor: str = "") -> Figure:
    """A figure that is reported and never fails."""
    return Figure(name, value or 0.0, "told", anchor=anchor)
