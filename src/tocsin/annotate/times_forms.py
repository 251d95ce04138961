"""The forms of times, compiled from `data/times_forms.json`: which of them fits a folded text, and how.

Invariant: a form is tried only where a token begins, and takes a bounded number of tokens, so finding is linear.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from tocsin.annotate.times_words import Folded, lexicon

MOST_TOKENS = 24
"""No expression is longer; a form looks no further."""
_GROUP = re.compile(r"\(\?P<\w+>")
_WORD = re.compile(r"[a-z]+")
_MACRO = re.compile(r"\{([A-Z]+)\}")


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name, what resolves it, its pattern, and whether it is looked for in running text."""

    name: str
    action: str
    pattern: re.Pattern[str]
    found: bool


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms in order; one pattern that fits wherever one of those looked for does; the words that forms know."""

    all: tuple[Form, ...]
    found: tuple[Form, ...]
    some: re.Pattern[str]
    words: frozenset[str]


def _alternatives(words: Iterator[str] | list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=lambda one: (-len(one), one)))


@cache
def forms() -> Forms:
    """The data file, read and compiled once."""
    data: dict[str, Any] = json.loads(
        resources.files("tocsin.annotate").joinpath("data/times_forms.json").read_text("utf-8")
    )
    macros: dict[str, str] = dict(data["macros"])
    macros["HOL"] = _alternatives(list(lexicon().holidays))
    macros["SETS"] = _alternatives(list(lexicon().set_words))
    macros["DECADES"] = "(?:" + _alternatives(list(lexicon().decades)) + ")"

    def spelled(pattern: str) -> str:
        while _MACRO.search(pattern):
            pattern = _MACRO.sub(lambda found: macros[found.group(1)], pattern)
        return pattern

    rows = [(name, spelled(pattern), action, found) for name, pattern, action, found in data["forms"]]
    every = tuple(Form(name, action, re.compile(pattern + r"(?!\S)"), found) for name, pattern, action, found in rows)
    some = "|".join(_GROUP.sub("(?:", pattern) for _, pattern, _, found in rows if found)
    known = frozenset(_WORD.findall(" ".join(pattern for _, pattern, _, _ in rows)))
    found_forms = tuple(one for one in every if one.found)
    return Forms(every, found_forms, re.compile(f"(?:{some})" + r"(?!\S)"), known | {f"{one}s" for one in known})


def whole(text: str) -> Iterator[tuple[Form, re.Match[str]]]:
    """The forms that a folded text is, in order."""
    for form in forms().all:
        found = form.pattern.fullmatch(text)
        if found:
            yield form, found


def longest(folded: Folded, first: int, *, every: bool = False) -> tuple[Form, re.Match[str], int] | None:
    """The form that takes most from token `first` on, what it takes, and the token behind it."""
    known = forms()
    token = folded.tokens[first]
    if token.isalpha() and token not in known.words:
        return None
    last = min(first + MOST_TOKENS, len(folded.tokens)) - 1
    place, end = folded.places[first], folded.places[last] + len(folded.tokens[last])
    best = _longest(folded.text[place:end], every=every)
    return (*best, folded.token_at(place + best[1].end() - 1) + 1) if best else None


@lru_cache(maxsize=4096)
def _longest(text: str, *, every: bool) -> tuple[Form, re.Match[str]] | None:
    """The form that takes most from the beginning of a folded text."""
    known = forms()
    if not every and not known.some.match(text):
        return None
    best: tuple[Form, re.Match[str]] | None = None
    for form in known.all if every else known.found:
        found = form.pattern.match(text)
        if found and found.end() and (best is None or found.end() > best[1].end()):
            best = form, found
    return best
