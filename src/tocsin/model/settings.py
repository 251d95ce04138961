"""What the weights say about themselves: `manifest.json`, read into labels, tables, thresholds and hashes.

Whatever a decoder needs to know that is learnt or tuned is in here, so that new weights need no new code.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from tocsin.errors import TocsinError

FORMAT = 1
"""Changes when a manifest can no longer be read by the code before it."""
ROLES = ("source", "cue", "content")


class ModelError(TocsinError):
    """The files of a model are missing, altered, or not what this version reads."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How tags and links become attributions. Set on PolNeAR dev by `training/reader`: run it again when one moves."""

    null_cost: float = 0.0
    """Taken off the score of "no cue" (a mean log probability) where a content chooses its cue."""
    no_source_cost: float = 0.0
    """The same for "no source" where a cue chooses its source."""
    source_own: float = 0.5
    """What a source's own rows weigh against the cue's, where a cue chooses among sources."""
    source_apart: float = 0.0
    """Taken off the score of a source that stands in another paragraph than the cue."""
    drop_apart: bool = True
    """Whether an unquoted content none of whose words is in a sentence of its cue is dropped."""
    keep_bare: bool = False
    """Whether a quoted content without a cue is told, without source and cue."""
    go_on: bool = True
    """Whether a quotation that goes on from before, without a cue of its own, is joined to what began it."""
    least: float = 0.0
    """Attributions with less confidence are dropped."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A small calibrated map from named signs to a probability."""

    weights: Mapping[str, float] = field(default_factory=dict)
    bias: float = 0.0

    def __call__(self, signs: Mapping[str, float]) -> float:
        """The probability, rounded to four places."""
        total = self.bias + sum(weight * signs[name] for name, weight in self.weights.items())
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


@dataclass(frozen=True, slots=True)
class Settings:
    """One manifest, checked."""

    version: str
    limit: int
    files: Mapping[str, str]
    """Of each file its SHA-256."""
    tags: tuple[str, ...]
    names: tuple[str, ...]
    pos: tuple[str, ...]
    rel: tuple[str, ...]
    transitions: tuple[tuple[float, ...], ...]
    begin: tuple[float, ...]
    end: tuple[float, ...]
    decoding: Decoding
    attribution: Logistic | None
    name: Logistic | None


def _table(raw: Mapping[str, Any], name: str, size: int) -> tuple[float, ...]:
    values = tuple(float(one) for one in raw.get(name) or [0.0] * size)
    if len(values) != size or not all(map(math.isfinite, values)):
        raise ModelError(f"manifest.json: “{name}” must hold {size} numbers")
    return values


def settings(raw: Mapping[str, Any]) -> Settings:
    """The manifest as it was parsed from JSON; raises ModelError where it is not one that this version reads."""
    try:
        if raw["format"] != FORMAT:
            raise ModelError(f"manifest.json has format {raw['format']}, this version reads {FORMAT}")
        tags, names, pos, rel = (tuple(map(str, raw[name])) for name in ("tags", "names", "pos", "rel"))
        size = len(tags)
        rows = raw.get("transitions") or [[0.0] * size] * size
        known = {one.name for one in fields(Decoding)}
        decoding = {key: value for key, value in (raw.get("decoding") or {}).items() if key != "why"}
        if extra := sorted(set(decoding) - known):
            raise ModelError(f"manifest.json: unknown settings of decoding: {', '.join(extra)}")
        calibration = raw.get("calibration") or {}
        maps = [
            Logistic(dict(calibration[name]["weights"]), float(calibration[name]["bias"]))
            if name in calibration
            else None
            for name in ("attribution", "name")
        ]
        return Settings(
            version=str(raw["version"]),
            limit=int(raw["limit"]),
            files={str(name): str(entry["sha256"]) for name, entry in raw["files"].items()},
            tags=tags,
            names=names,
            pos=pos,
            rel=rel,
            transitions=tuple(_table({"transitions": row}, "transitions", size) for row in rows),
            begin=_table(raw, "begin", size),
            end=_table(raw, "end", size),
            decoding=Decoding(**decoding),
            attribution=maps[0],
            name=maps[1],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(f"manifest.json is not one: {type(error).__name__}: {error}") from error
