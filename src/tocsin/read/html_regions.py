"""Tells from an element's name, class and id which region of a page it opens: navigation, comments, related links, …

Invariant: a hint, never a verdict: the words of `data/html_regions.json` only, read once.
"""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_WHOLE_PAGE = frozenset(("html", "body", "main", "article"))


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Element name → region, and word of a class or id → region."""
    data = json.loads(files("tocsin.read").joinpath("data/html_regions.json").read_text(encoding="utf-8"))
    words = {word: region for region, entry in data["words"].items() for word in entry["of"]}
    return data["elements"], words


@lru_cache(maxsize=4096)
def region_of(tag: str, classes: str, identity: str) -> frozenset[str]:
    """The regions that an element opens; none for most."""
    elements, words = _table()
    found = {elements[tag]} if tag in elements else set()
    if tag not in _WHOLE_PAGE:  # their classes describe the page, not the place: "has-sidebar", "nav-closed"
        found.update(words[word] for word in map(str.lower, _WORD.findall(f"{classes} {identity}")) if word in words)
    return frozenset(found)
