"""Whose side somebody speaks for: "Orla's foreign minister" and "the Orlan army" for Orla, a spokesman for his body.

Invariant: a side is a state of data/names.json or a name of the page; an office that the page names beside a person
leads to it, never the bare "of" of a party or a town.
"""

import re

from tocsin.annotate.commitment_words import cue_words
from tocsin.annotate.names import facts
from tocsin.core.annotations import Mention
from tocsin.core.document import Document

_BEFORE, _AFTER = 90, 130
"""Code points before and behind a name in which the office that goes with it may stand."""
_WORD = re.compile(r"[\w-]+|[’']s|[,;:.()]")
_LINKS = frozenset(("'s", "’s", "the", ","))
_SEATS = {"Kremlin": "Russia", "White House": "United States", "Pentagon": "United States",
          "State Department": "United States", "Downing Street": "United Kingdom", "Elysee": "France"}  # fmt: skip
"""Houses that stand for their state."""
_LETTERS = range(2, 7)
"""Letters of a body's short name, which titles behind it keep from being a mention ("ARN Secretary Orlova")."""
_FAR = 8
"""Words from a name to the office behind it."""
_REACH = 6
"""Words from an office to the body behind its "of", "for" or "to"."""


def _office(word: str) -> bool:
    return word.lower() in cue_words("offices")


class Sides:
    """The sides that the names of one page speak for."""

    def __init__(self, doc: Document, mentions: list[Mention]) -> None:
        self._ends = {m.span.end: m.name for m in mentions if m.kind in ("organisation", "place")}
        self._served: dict[str, set[str]] = {}
        for mention in mentions:
            if mention.kind == "person":
                start, end = mention.span.start, mention.span.end
                for side in (self._before(doc.text, start), self._behind(doc.text, end)):
                    if side is not None:
                        self._served.setdefault(mention.name, set()).add(side)

    def _before(self, text: str, start: int) -> str | None:
        """The side in "Orlan foreign minister NAME", "Guards commander NAME", "Orla's president, NAME"."""
        low = max(0, start - _BEFORE)
        found = list(_WORD.finditer(text, low, start))
        offices = 0
        for match in reversed(found):
            word = match.group()
            if _office(word):
                offices += 1
            elif word not in _LINKS and word.lower() not in cue_words("office_words"):
                return self._side(word, match.end()) if offices else None
        return None

    def _behind(self, text: str, end: int) -> str | None:
        """The side in "NAME, Orla's foreign minister", "NAME, a spokesman for the Orlan army"."""
        found = list(_WORD.finditer(text, end, min(len(text), end + _AFTER)))[:20]
        if not found or found[0].group() != ",":
            return None
        side = None
        for k, match in enumerate(found[1:_FAR], 1):
            word = match.group()
            if word in (",", ".", ";", ":") or word.lower() in ("former", "opposition", "who", "said"):
                return None
            side = side or self._side(word, match.end())
            if _office(word):
                if side is not None or k + 1 >= len(found) or found[k + 1].group() not in ("of", "for", "to"):
                    return side
                sides = (self._side(m.group(), m.end()) for m in found[k + 2 : k + 2 + _REACH])
                return next((found for found in sides if found is not None), None)
        return None

    def _side(self, word: str, end: int) -> str | None:
        """The state or body whose name, people or capital the word that ends at `end` is."""
        known = facts()
        state = known.peoples.get(word) or known.states.get(word) or known.capitals.get(word)
        return state or self._ends.get(end) or (word if word.isupper() and len(word) in _LETTERS else None)

    def of(self, name: str) -> set[str]:
        """The sides that a name of the page speaks for, itself among them."""
        known, out = facts(), {name} | self._served.get(name, set())
        for side in list(out):
            state = known.states.get(side) or known.capitals.get(side)
            out |= {state} if state else set()
        words = name.split()
        if any(word.lower() in cue_words("own_bodies") or _office(word) for word in words):
            for word in words:
                plain = word.removesuffix("'s").removesuffix("’s")
                named = known.peoples.get(plain) or known.states.get(plain) or known.capitals.get(plain)
                named = named or (plain if plain.isupper() and len(plain) > 1 else None)
                out |= {named} if named else set()
        return out | {state for seat, state in _SEATS.items() if seat in name}

    def served_by(self, name: str | None) -> str | None:
        """The one side that the page says a person speaks for, where it names just one."""
        sides = self._served.get(name, set()) if name is not None else set()
        return next(iter(sides)) if len(sides) == 1 else None

    def same(self, name: str, by: str) -> bool:
        """Whether `by` speaks for `name`: they share a side, or one is the other's letters."""
        ours, theirs = self.of(name), self.of(by)
        return bool(ours & theirs) or any(_letters(a) == b or _letters(b) == a for a in ours for b in theirs)

    def member(self, by: str) -> bool:
        """Whether `by` speaks for a body that is no state: "the alliance" is then his own."""
        return any(side != by and side not in facts().states for side in self.of(by))


def _letters(name: str) -> str:
    """The first letters of a name's capitalised words: "African Council" gives "AC"."""
    first = "".join(word[0] for word in name.split() if word[0].isupper())
    return first if len(first) > 1 else ""
