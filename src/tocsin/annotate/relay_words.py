"""Words and patterns of the relay chain, from `data/relays.json`, each compiled once."""

import json
import re
from functools import cache
from importlib import resources
from typing import Any


@cache
def relays() -> dict[str, Any]:
    """The words of `data/relays.json`, read once."""
    data: dict[str, Any] = json.loads(
        resources.files("tocsin.annotate").joinpath("data/relays.json").read_text("utf-8")
    )
    return data


@cache
def words(name: str) -> frozenset[str]:
    """One list of `data/relays.json`."""
    return frozenset(relays()[name]["words"])


@cache
def phrases() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Phrases after which a relay is named, each with its role and what it needs."""
    rows = relays()["relays"]["rows"]
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["role"], row["needs"]) for row in rows)


@cache
def platforms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Words that name a platform, each with its name, or with none where a group `name` has it."""
    data = relays()["platforms"]
    on = [re.compile(data[where] % "|".join(data["names"])) for where in ("at_head", "on")]
    return (*((re.compile(pattern), name) for pattern, name in data["rows"]), *((pattern, "") for pattern in on))


@cache
def worded(name: str, *, any_case: bool = False) -> re.Pattern[str]:
    """One pattern of `data/relays.json`, in its own case or in any."""
    return re.compile(relays()[name]["pattern"], re.IGNORECASE if any_case else 0)


@cache
def sorts() -> dict[str, str]:
    """Nouns beside a name that tell it to be an outlet's, each with the sort."""
    return {noun: sort for sort, nouns in relays()["sorts"]["rows"].items() for noun in nouns}
