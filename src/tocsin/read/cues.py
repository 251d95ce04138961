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
"""`pattern` looks only at lines up to this length: longer ones are paragraphs. All regexes see no more than this."""
TAIL_REACH = 160
"""How much of a line's end `tail` searches: credits are shorter."""
_TRIM = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_STRAIGHT = str.maketrans("’‘", "''")


@dataclass(frozen=True, slots=True)
class Cues:
    """One class of cues, ready to match."""

    name: str
    whole: frozenset[str]
    start: tuple[str, ...]
    end: tuple[str, ...]
    pattern: re.Pattern[str] | None
    opening: re.Pattern[str] | None
    tail: re.Pattern[str] | None

    def match(self, core: str, low: str, bare: str) -> bool:
        """Whether a line shows this class: `core` without bullets, `low` its lower case, `bare` its words alone."""
        if bare in self.whole or low.startswith(self.start) or (self.end and low.endswith(self.end)):
            return True
        if self.pattern is not None and len(core) <= PATTERN_REACH and self.pattern.match(core):
            return True
        if self.opening is not None and self.opening.match(core[:PATTERN_REACH]):
            return True
        return self.tail is not None and self.tail.search(core[-TAIL_REACH:]) is not None


@functools.cache
def _file() -> Mapping[str, Mapping[str, list[str]]]:
    text = resources.files("tocsin.read").joinpath("data/cues.toml").read_text("utf-8")
    return tomllib.loads(text)


def _joined(patterns: list[str] | None) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE) if patterns else None


@functools.cache
def load() -> tuple[Cues, ...]:
    """All classes, in the order of the file."""
    return tuple(
        Cues(
            name,
            frozenset(entry.get("whole", ())),
            tuple(entry.get("start", ())),
            tuple(entry.get("end", ())),
            *(_joined(entry.get(kind)) for kind in ("pattern", "opening", "tail")),
        )
        for name, entry in _file().items()
        if name != "function"
    )


@functools.cache
def function_words() -> frozenset[str]:
    """Words that prose of any subject is full of."""
    return frozenset(_file()["function"]["words"])


@functools.lru_cache(maxsize=4096)
def classes(core: str) -> tuple[str, ...]:
    """The classes that a line shows; `core` is the line without its bullets and outer spaces."""
    low = core.lower().translate(_STRAIGHT)
    bare = _TRIM.sub("", low)
    return tuple(cues.name for cues in load() if cues.match(core, low, bare))
