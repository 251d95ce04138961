"""Words and patterns of the relay chain, from `data/relays.json`, each compiled once."""

import re
from functools import cache

from tocsin.annotate.speakers import relays


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
def worded(name: str) -> re.Pattern[str]:
    """One pattern of `data/relays.json`."""
    return re.compile(relays()[name]["pattern"])


@cache
def of_an_outlet() -> re.Pattern[str]:
    """What stands between an outlet and whoever works for it."""
    return re.compile(relays()["hosts"]["pattern"].replace("@", relays()["hosts"]["trades"]))


@cache
def sorts() -> dict[str, str]:
    """Nouns beside a name that tell it to be an outlet's, each with the sort."""
    return {noun: sort for sort, nouns in relays()["sorts"]["rows"].items() for noun in nouns}
