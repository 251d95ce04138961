"""The cue lists of `data/cues.toml`: by which words a line shows what it is.

Invariant: the classes of a line depend on its own words alone; matching is linear in the line.
"""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

PATTERN_REACH = 400
"""Patterns look only at lines up to this length: longer ones are paragraphs, and a bound keeps hostile lines cheap."""
_TRIM = re.compile(r"^[\W\d_]+|[\W\d_]+$")


@dataclass(frozen=True, slots=True)
class Cues:
    """One class of cues, ready to match."""

    name: str
    whole: frozenset[str]
    start: tuple[str, ...]
    end: tuple[str, ...]
    pattern: re.Pattern[str] | None

    def match(self, core: str, low: str, bare: str) -> bool:
        """Whether a line shows this class: `core` without bullets, `low` its lower case, `bare` its words alone."""
        if bare in self.whole or low.startswith(self.start) or (self.end and low.endswith(self.end)):
            return True
        return self.pattern is not None and len(core) <= PATTERN_REACH and self.pattern.match(core) is not None


@functools.cache
def load() -> tuple[Cues, ...]:
    """All classes, in the order of the file."""
    text = resources.files("tocsin.read").joinpath("data/cues.toml").read_text("utf-8")
    found: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(text)
    return tuple(
        Cues(
            name,
            frozenset(entry.get("whole", ())),
            tuple(entry.get("start", ())),
            tuple(entry.get("end", ())),
            re.compile("|".join(f"(?:{p})" for p in entry["pattern"]), re.IGNORECASE) if "pattern" in entry else None,
        )
        for name, entry in found.items()
    )


def classes(core: str) -> tuple[str, ...]:
    """The classes that a line shows; `core` is the line without its bullets and outer spaces."""
    low = core.lower().replace("’", "'").replace("‘", "'")
    bare = _TRIM.sub("", low)
    return tuple(cues.name for cues in load() if cues.match(core, low, bare))
