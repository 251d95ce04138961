"""What one page may have compared. A page can repeat one promise or one slogan a thousand times: each pair would be
compared, and nobody would learn more from the thousandth.

Invariant: which rows are marked `crowded` follows from the page's own rows; those of ordinary pages stay as they are.
What is crowded is kept and shown, and united with what says the same in the same words, but compared with nothing.
"""

from collections import Counter
from collections.abc import Sequence

from tocsin.core.rows import Row
from tocsin.link.dating import speaker_of
from tocsin.link.occasions import LEAST, sketch, stems

MOST_TELLINGS = 120
"""Commitments of one page that are compared, the first in reading order. The richest of 70 pages of news that people
marked has 17, a treaty some dozens; all pairs of so many take a third of a second."""
MOST_ALIKE = 10
"""Claims of one page by one speaker with the same neighbouring stems that are compared: a page repeats itself in its
headline, standfirst, body, captions and pull quotes."""
MANY = 50
"""Claims of one page up to which nothing is counted: all pairs of so many cost little."""


def marked(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The readings of one document, with `crowded` in the data of those that are compared with nothing."""
    crowd = _tellings(rows) | _claims(rows)
    return tuple(Row(row.kind, row.id, {**row.data, "crowded": True}) if row.id in crowd else row for row in rows)


def _in_order(rows: Sequence[Row], kind: str) -> list[Row]:
    return sorted((row for row in rows if row.kind == kind), key=lambda row: (row.data["span"], row.id))


def _tellings(rows: Sequence[Row]) -> set[str]:
    if sum(row.kind == "telling" for row in rows) <= MOST_TELLINGS:
        return set()
    return {row.id for row in _in_order(rows, "telling")[MOST_TELLINGS:]}


def _claims(rows: Sequence[Row]) -> set[str]:
    if sum(row.kind == "claim" for row in rows) <= MANY:
        return set()
    out, seen = set[str](), Counter[str]()
    for row in _in_order(rows, "claim"):
        speaker = speaker_of(row)
        about = stems(row.data["text"]) if speaker and not row.data["own_voice"] else []
        keys = sketch(speaker, about) if len(about) >= LEAST else ()
        if any(seen[key] >= MOST_ALIKE for key in keys):
            out.add(row.id)
        else:
            seen.update(keys)
    return out
