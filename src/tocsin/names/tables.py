"""The tables of this room, each read once from its data file. Invariant: nobody changes what is returned."""

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> Any:
    """The data file `name`.json of this room."""
    return json.loads((resources.files(__package__) / "data" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def words(name: str, part: str) -> frozenset[str]:
    """The words of one list of a data file, written there as one string or as many."""
    listed = table(name)[part]
    return frozenset((listed if isinstance(listed, str) else " ".join(listed)).split())
