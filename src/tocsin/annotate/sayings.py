"""What one saying is, and the verbs and nouns of saying, for the modules that find sayings by syntax."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tocsin.model import Range

FEWEST = 2
"""A clause of fewer words ("the phrase suggests that") tells nothing."""
NOMINAL = frozenset("NDJCP")
"""First letters of the tags of nouns, articles, adjectives, numbers and possessives."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Source, cue and content of one saying, in code points; `past` where it is told as gone by."""

    source: Range
    cue: Range
    content: Range
    past: bool


@cache
def verbs() -> dict[str, frozenset[str]]:
    """The forms of the verbs of `data/sayings.json`, by what they take."""
    raw = json.loads(resources.files("tocsin.annotate").joinpath("data/sayings.json").read_text("utf-8"))
    return {
        name: frozenset(raw[name]["words"])
        for name in ("clause", "to", "quoting", "passing", "colon", "nouns", "giving", "views", "offices", "cited")
    }
