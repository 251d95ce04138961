"""The thesaurus of crisis news: words and phrases that mean one thing, what excludes what, what implies what.

Invariant: frozen data (`data/meaning/*.toml`), read once; a word or phrase stands in one class, and `opposed` and
`implied` name classes that exist (held by `tests/link/test_meanings.py`). Knows nothing of stems: `wording.py` cuts.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

FIELDS = ("conflict", "law", "politics", "economy", "society", "general")
"""The files of what happens, one a field of the news."""
THINGS = "things"
"""The file of who and what: classes of which none happens."""


@cache
def _read(name: str) -> dict[str, Any]:
    path = files("tocsin.link").joinpath("data", "meaning", f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word for part in words.split(",") if (word := " ".join(part.split())))


def lines() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every class as it stands in the files: file, name, words and phrases."""
    for file in (*FIELDS, THINGS):
        for section in _read(file).values():
            for name, words in section.items():
                yield file, name, _listed(words)


@cache
def classes() -> Mapping[str, tuple[str, ...]]:
    """Words and phrases by class."""
    return {name: words for _, name, words in lines()}


@cache
def things() -> frozenset[str]:
    """Classes of who and what, not of what happens."""
    return frozenset(name for file, name, _ in lines() if file == THINGS)


@cache
def excluded() -> Mapping[str, frozenset[str]]:
    """What a thing that is told excludes, by class: both ways, and one way."""
    found: dict[str, set[str]] = {}
    table = _read("opposed")
    for left, right in _pairs(table["both"], None):
        found.setdefault(left, set()).add(right)
        found.setdefault(right, set()).add(left)
    for left, right in _pairs(table["one_way"], ">"):
        found.setdefault(left, set()).add(right)
    return {name: frozenset(others) for name, others in found.items()}


@cache
def implied() -> Mapping[str, tuple[str, ...]]:
    """The wider classes that a narrower one tells of, by class; not chained, so that nothing follows by accident."""
    found: dict[str, set[str]] = {}
    for left, right in _pairs(_read("implied")["implied"], ">"):
        found.setdefault(left, set()).add(right)
    return {name: tuple(sorted(others)) for name, others in found.items()}


def _pairs(text: str, mark: str | None) -> Iterator[tuple[str, str]]:
    """`a b; c d`, or with a mark `a > b, c; d > e`."""
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        left, _, rest = entry.partition(mark or " ")
        for right in rest.split(","):
            yield left.strip(), right.strip()
