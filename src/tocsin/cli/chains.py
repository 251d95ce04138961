"""A relay chain as a terminal shows it: one line from the speaker to the page, or a small tree with the words beside.

Invariant: what is inferred is marked, and nothing of a page reaches the terminal that could move its cursor.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tocsin.cli.terminal import harmless, paint

ARROW = "←"
INFERRED = "?"
UNNAMED = "not named"
_STEM = "   "


def drawn(hops: Iterable[Mapping[str, Any]]) -> str:
    """Hops ({actor, role, basis}) as one line, speaker first: "Ada Ost ← Lake Wire ← Shore Post". Who is inferred has a
    question mark, but for the outlet, whose page it is; who nobody names is left out, but for the speaker."""
    shown = []
    for number, hop in enumerate(hops):
        if hop["actor"] or not number:
            shown.append(harmless(hop["actor"] or UNNAMED) + _mark(hop))
    return f" {ARROW} ".join(shown)


def tree(hops: Iterable[Mapping[str, Any]], words: Callable[[Mapping[str, Any]], str | None]) -> list[str]:
    """The same, a hop a line under the one that it had the words from; `words` gives what the page says of a hop."""
    out = []
    named = [hop for number, hop in enumerate(hops) if hop["actor"] or not number]
    for number, hop in enumerate(named):
        said = words(hop)
        stem = f"{_STEM * (number - 1)}└─ " if number else ""
        actor = harmless(hop["actor"] or UNNAMED) + _mark(hop)
        quote = f"  “{harmless(said)}”" if said and harmless(said) != harmless(hop["actor"] or "") else ""
        out.append(f"{stem}{actor}  {paint(hop['role'] + ', ' + hop['basis'], 'dim')}{quote}")
    return out


def _mark(hop: Mapping[str, Any]) -> str:
    return INFERRED if hop["basis"] == "inferred" and hop["role"] not in ("outlet", "aggregator", "speaker") else ""
