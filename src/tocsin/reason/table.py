"""The table of `table.toml`: kind, polarity, operator and the condition's truth give what the holder is.

Invariant: every kind × polarity × operator (and none) has exactly one row; a file in which one is missing or doubled
is not loaded.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Any, Literal, get_args

from tocsin.core.commitments import KINDS, OPERATORS, POLARITIES, Kind, Operator, Polarity
from tocsin.reason.expressions import LogicError

Word = Literal["bound to act", "free to act", "bound not to act", "nothing said"]
WORDS: tuple[Word, ...] = get_args(Word)
BOUND: Word = "bound to act"
FREE: Word = "free to act"
BARRED: Word = "bound not to act"
NOTHING: Word = "nothing said"
Role = Literal["trigger", "hold", "bar", "none"]
"""What an operator does to a `will`: a trigger makes it due, a hold lets it last, a bar keeps it back."""
Unreported = Literal["not_come_about", "not_yet", "goes_on"]
End = Literal["withdrawn", "acted_on", "lapsed"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: what the holder is when the condition is met, what when it is not, and why."""

    met: Word
    unmet: Word
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table. `rows` by kind, polarity and operator; `ended` by how it ended, kind and polarity."""

    rows: dict[tuple[Kind, Polarity, Operator | Literal["none"]], Answer]
    roles: dict[Operator, Role]
    unreported: dict[Operator, Unreported]
    ended: dict[tuple[End, Kind, Polarity], Answer]
    on_condition: frozenset[Kind]


@cache
def table() -> Table:
    """The table in the package, read once."""
    return made(tomllib.loads(resources.files("tocsin.reason").joinpath("table.toml").read_text("utf-8")))


def made(data: dict[str, Any]) -> Table:
    """The table that `data` writes; raises LogicError where a row is missing, doubled or unknown."""
    rows: dict[Any, Answer] = {}
    for row in data["row"]:
        always = row.get("always")
        answer = Answer(_word(always or row["met"]), _word(always or row["unmet"]), row["reason"])
        for kind in _kinds(row):
            _put(rows, (kind, row["polarity"], row["operator"]), answer)
    wanted = set(product(KINDS, POLARITIES, (*OPERATORS, "none")))
    if set(rows) != wanted:
        raise LogicError(f"rows of the table that are missing or unknown: {sorted(wanted ^ set(rows))}")
    if set(data["operators"]) != set(OPERATORS):
        raise LogicError("the operators of the table are not those of core/commitments.py")
    ended: dict[Any, Answer] = {}
    for row in data["ended"]:
        word = _word(row["word"])
        for kind in _kinds(row):
            _put(ended, (row["how"], kind, row["polarity"]), Answer(word, word, row["reason"]))
    roles = {name: one["role"] for name, one in data["operators"].items()}
    unreported = {name: one["unreported"] for name, one in data["operators"].items()}
    return Table(rows, roles, unreported, ended, frozenset(data["deadline"]["on_condition"]))


def _kinds(row: dict[str, Any]) -> tuple[Kind, ...]:
    return KINDS if row["kinds"] == "all" else tuple(row["kinds"])


def _word(word: str) -> Word:
    if word not in WORDS:
        raise LogicError(f"not a word of the table: {word!r}")
    return word


def _put(rows: dict[Any, Answer], key: tuple[str, str, str], answer: Answer) -> None:
    if key in rows:
        raise LogicError(f"two rows of the table for {key}")
    rows[key] = answer
