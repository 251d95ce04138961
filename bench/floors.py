"""The floors that are held, in `bench/floors.json`.

Invariant: `raise_floors` never lowers one without a reason, and every lowering stays listed with it.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.figures import BenchError, Direction, Figure, worse

FLOORS = Path(__file__).resolve().parent / "floors.json"
FORMAT = 1
DIGITS = 4
NOISE = 2.0
"""What one machine differs by from hour to hour: words a second went from 3,858 to 6,253 within ten minutes."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What one figure may not fall below (or, where lower is better, rise above)."""

    floor: float
    reached: float
    date: str
    anchor: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Lowered:
    """A floor that was lowered, and why. `to` is None where the figure is no longer measured."""

    date: str
    measure: str
    figure: str
    before: float
    to: float | None
    reason: str


@dataclass(slots=True)
class Floors:
    """All floors: the hash of the data each measure's were set on, the floors by measure and figure, the lowerings."""

    data: dict[str, str] = field(default_factory=dict)
    measures: dict[str, dict[str, Floor]] = field(default_factory=dict)
    lowered: list[Lowered] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one measure gave, on the data with that hash (None: comparable on any data)."""

    measure: str
    figures: Sequence[Figure]
    data: str | None


class LoweringError(BenchError):
    """Floors would be lowered and no reason was given."""


def load(path: Path = FLOORS, *, missing_ok: bool = False) -> Floors:
    """The floors in `path`. Where there is no such file there are none, or, unless `missing_ok`, a BenchError: a gate
    without floors would hold nothing and say that all is well."""
    if not path.exists():
        if missing_ok:
            return Floors()
        raise BenchError(f"{path} is missing; make it with `python -m bench --write-floors`")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if found.get("format") != FORMAT:
        raise BenchError(f"{path} has format {found.get('format')!r}, not {FORMAT}")
    measures = {
        measure: {name: Floor(**one) for name, one in figures.items()} for measure, figures in found["measures"].items()
    }
    return Floors(dict(found["data"]), measures, [Lowered(**one) for one in found["lowered"]])


def save(floors: Floors, path: Path = FLOORS) -> None:
    """Write the floors, one spelling."""
    out = {"format": FORMAT, **asdict(floors)}
    path.write_text(json.dumps(out, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def raise_floors(floors: Floors, taken: Sequence[Taken], date: str, reason: str | None = None) -> Floors:
    """The floors raised to what was reached. One that was missed, or is no longer measured, is lowered for `reason`;
    raises LoweringError where there is none. With a reason a timing whose floor
    lies within NOISE of it is set anew even where it holds: less work a page, or a quicker machine, set that floor.
    """
    out = Floors(dict(floors.data), {name: dict(held) for name, held in floors.measures.items()}, list(floors.lowered))
    lowered: list[Lowered] = []
    for one in taken:
        held = floors.measures.get(one.measure, {})
        found = {figure.name: figure for figure in one.figures if holds(figure, held.get(figure.name))}
        kept = {
            name: _next(None if reason and _noise_fails(figure, held.get(name)) else held.get(name), figure, date)
            for name, figure in found.items()
        }
        for name, old in held.items():
            new = kept.get(name)
            if new is None or worse(new.floor, old.floor, old.direction):
                to = new.floor if new else None
                lowered.append(Lowered(date, one.measure, name, old.floor, to, reason or ""))
        out.measures[one.measure] = kept
        if one.data:
            out.data[one.measure] = one.data
    if lowered and not (reason and reason.strip()):
        said = "; ".join(f"{one.measure} {one.figure} {one.before:g} → {_shown(one.to)}" for one in lowered)
        raise LoweringError(f'these floors would be lowered: {said}. Give --allow-regression "REASON", or mend it')
    out.lowered += lowered
    return out


def _shown(value: float | None) -> str:
    return "no longer measured" if value is None else f"{value:g}"


def holds(figure: Figure, held: Floor | None) -> bool:
    """Whether a figure has a floor: one that is held, or one of its own to set."""
    return figure.kind != "told" and (held is not None or figure.floor() is not None)


def _next(old: Floor | None, figure: Figure, date: str) -> Floor:
    """The floor that `figure` sets: the old one where it was held and is not improved on. One that has fallen to where
    it sets none is held at nothing, which is a lowering."""
    own = figure.floor() or 0.0
    own = round_away(own, figure.direction)
    if old and old.direction == figure.direction:
        held = not worse(figure.value, old.floor, old.direction)
        if held and not worse(old.floor, own, old.direction):
            own = old.floor
    return Floor(own, round(figure.value, DIGITS), date, figure.anchor, figure.direction)


def _noise_fails(figure: Figure, held: Floor | None) -> bool:
    """Whether a timing stands so near to its floor that a busy machine fails it."""
    if held is None or figure.kind != "timing":
        return False
    loosest = figure.value / NOISE if figure.direction == "higher" else figure.value * NOISE
    return worse(loosest, held.floor, figure.direction)


def round_away(value: float, direction: Direction) -> float:
    """`value` to four digits, on the lenient side: a figure must pass the floor that it set itself."""
    step = 10.0**-DIGITS
    nearest = round(value, DIGITS)
    if not worse(value, nearest, direction):
        return nearest
    return round(nearest - step if direction == "higher" else nearest + step, DIGITS)
