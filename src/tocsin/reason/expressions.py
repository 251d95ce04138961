"""Formulas over atoms, and their value under Belnap's four values.

Invariant: an atom is an id and nothing else; no function here knows what the words were. What is told for an atom and
what is told against it are two separate bits, so that silence (neither) and dispute (both) never become one another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from tocsin.core.commitments import And, Atom, Expr, Not, Or
from tocsin.errors import TocsinError

Value = Literal["unreported", "alleged", "denied", "contested"]
VALUES: tuple[Value, ...] = get_args(Value)
"""At each value's place its two bits: 1 is told for, 2 is told against."""
FOR, AGAINST = 1, 2
DEPTH = 50
"""Levels of nesting that a formula may have. Conditions on pages reach three; what is deeper is no condition but an
attack on the interpreter's stack."""


class LogicError(TocsinError, ValueError):
    """A formula, a piece of evidence or terms that have no meaning."""


@dataclass(frozen=True, slots=True)
class Named:
    """The situation with this id comes about."""

    atom: str


@dataclass(frozen=True, slots=True)
class Negated:
    """The part does not come about."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class Every:
    """All parts come about."""

    parts: tuple["Formula", ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise LogicError("nothing is joined by this 'and'")


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part comes about."""

    parts: tuple["Formula", ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise LogicError("nothing is joined by this 'or'")


Formula = Named | Negated | Every | Some


def named(expr: Expr, atom_id: Callable[[Atom], str], *, depth: int = DEPTH) -> Formula:
    """An expression of `core` with every atom replaced by the id that `atom_id` gives it."""
    if depth < 1:
        raise LogicError(f"an expression nested deeper than {DEPTH} levels")
    match expr:
        case Atom():
            return Named(atom_id(expr))
        case Not(arg):
            return Negated(named(arg, atom_id, depth=depth - 1))
        case And(args):
            return Every(tuple(named(arg, atom_id, depth=depth - 1) for arg in args))
        case Or(args):
            return Some(tuple(named(arg, atom_id, depth=depth - 1) for arg in args))


def plain(formula: Formula) -> Any:
    """A formula as plain JSON: `"a1"`, `["not", …]`, `["and", …, …]`, `["or", …, …]`."""
    match formula:
        case Named(atom):
            return atom
        case Negated(part):
            return ["not", plain(part)]
        case Every(parts):
            return ["and", *map(plain, parts)]
        case Some(parts):
            return ["or", *map(plain, parts)]


def parsed(data: Any, *, depth: int = DEPTH) -> Formula:
    """The formula that `plain` wrote; raises LogicError where `data` is none."""
    if isinstance(data, str) and data:
        return Named(data)
    if depth < 1:
        raise LogicError(f"a formula nested deeper than {DEPTH} levels")
    if isinstance(data, list | tuple) and len(data) > 1:
        if data[0] == "not" and len(data) == 2:
            return Negated(parsed(data[1], depth=depth - 1))
        if data[0] in ("and", "or"):
            parts = tuple(parsed(part, depth=depth - 1) for part in data[1:])
            return Every(parts) if data[0] == "and" else Some(parts)
    raise LogicError(f"not a formula: {str(data)[:80]!r}")


def atoms(formula: Formula) -> tuple[str, ...]:
    """The ids in it, each once, in order of appearance."""
    found: dict[str, None] = {}
    waiting = [formula]
    while waiting:
        match waiting.pop():
            case Named(atom):
                found[atom] = None
            case Negated(part):
                waiting.append(part)
            case Every(parts) | Some(parts):
                waiting.extend(reversed(parts))
    return tuple(found)


def bits(formula: Formula, known: Mapping[str, int]) -> int:
    """The bits of a formula, given those of its atoms; an atom that is missing has none."""
    if isinstance(formula, Named):
        return known.get(formula.atom, 0)
    if isinstance(formula, Negated):
        return flipped(bits(formula.part, known))
    told = [bits(part, known) for part in formula.parts]
    some, every = 0, FOR | AGAINST
    for one in told:
        some, every = some | one, every & one
    if isinstance(formula, Every):
        return (every & FOR) | (some & AGAINST)
    return (some & FOR) | (every & AGAINST)


def flipped(told: int) -> int:
    """The bits of the negation."""
    return (told & FOR) << 1 | (told & AGAINST) >> 1


def evaluate(formula: Formula, values: Mapping[str, Value]) -> Value:
    """The value of a formula, given those of its atoms; an atom that is missing is unreported."""
    return VALUES[bits(formula, {atom: VALUES.index(value) for atom, value in values.items()})]


def supports(formula: Formula, known: Mapping[str, int], side: int) -> tuple[tuple[str, int], ...]:
    """The atoms by which a formula is told for (or told against, by `side`), each with the side it is taken on.

    Where one is enough, only those that are told on that side are named, and where there is none, those on which
    nothing is told.
    """
    match formula:
        case Named(atom):
            return ((atom, side),)
        case Negated(part):
            return supports(part, known, flipped(side))
        case Every(parts) | Some(parts):
            one_is_enough = (side == FOR) == isinstance(formula, Some)
            chosen: Sequence[Formula] = parts
            if one_is_enough:
                told = [(part, bits(part, known)) for part in parts]
                chosen = [part for part, one in told if one & side] or [part for part, one in told if not one] or parts
            found = (pair for part in chosen for pair in supports(part, known, side))
            return tuple(dict.fromkeys(found))
