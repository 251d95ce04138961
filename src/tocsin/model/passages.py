"""Passages: a few words of a text, each with the part it plays there, as the judge reads them.

Invariant: what the judge is fed is made from the passage's own words and their roles, and from nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.model.pieces import SIGN, Pieces
from tocsin.model.results import Range

LIMIT = 190
"""Pieces that are read; the judge was trained on no more."""
ROLES = 8
"""Roles that the judge knows; 0 is that of the first and the last sign, which belong to no word."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a text, in its order. `roles` gives each a number from 1, and `focus` the index of the word that the
    judgement is about."""

    words: tuple[Range, ...]
    roles: tuple[int, ...]
    focus: int


@dataclass(frozen=True, slots=True)
class Fed:
    """What the graph takes: of each piece its number, the role and the case of its word; the focus' first piece."""

    ids: tuple[int, ...]
    roles: tuple[int, ...]
    case: tuple[int, ...]
    focus: int


def fed(text: str, passage: Passage, cut: Pieces) -> Fed:
    """A passage as numbers. Of one that is too long the end is left out, or what stands before the focus."""
    words = list(zip(passage.words, passage.roles, strict=True))
    found = [(cut(text[start:end]), role) for (start, end), role in words]
    first = _first(found, passage.focus)
    ids, roles, case, at = [cut.begin], [0], [SIGN], 1
    for number, ((pieces, kind), role) in enumerate(found[first:], start=first):
        if number == passage.focus:
            at = len(ids)
        if len(ids) + len(pieces) >= LIMIT:
            break
        ids += pieces
        roles += [role] * len(pieces)
        case += [kind] * len(pieces)
    return Fed((*ids, cut.end), (*roles, 0), (*case, SIGN), min(at, len(ids) - 1))


def _first(found: Sequence[tuple[tuple[tuple[int, ...], int], int]], focus: int) -> int:
    """The first word that is read: the passage's own, unless the focus would not fit behind it."""
    room, first = LIMIT // 2, focus
    while first > 0 and room > 0:
        first -= 1
        room -= len(found[first][0][0])
    whole = sum(len(pieces) for (pieces, _), _ in found[: focus + 1])
    return 0 if whole < LIMIT - 2 else first
