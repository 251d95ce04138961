"""The door of this room: how likely two names are one actor's. Invariant: symmetric, and the same on every machine."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from tocsin.names.people import people

NameKind = Literal["person", "organisation"]
NAME_KINDS: tuple[NameKind, ...] = get_args(NameKind)
SAME = 0.5
"""The score from which two names are taken for one actor's. The prices of `people` and `bodies` are set around it: a
spelling, an order, a title or a missing middle name stays above; one word on each side that the other lacks, a bare
surname, another generation stay below. When a price moves, run `python -m bench.names`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two names, how likely they are one actor's (0 to 1), whether they are taken for one, and why."""

    a: str
    b: str
    score: float
    same: bool
    reasons: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As `tocsin names --json` prints it."""
        return {"a": self.a, "b": self.b, "score": self.score, "same": self.same, "reasons": list(self.reasons)}


def compare(a: str, b: str, kind: NameKind = "person") -> Comparison:
    """Compare two names of people, or of organisations."""
    if kind == "organisation":
        from tocsin.names.bodies import bodies

        verdict = bodies(a, b)
    else:
        verdict = people(a, b)
    return Comparison(a, b, verdict.score, verdict.score >= SAME, verdict.reasons)
