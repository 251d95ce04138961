"""Turns of an interview or a transcript: a line that begins with a name and a colon is that one's, and so are the lines
behind it until the next turn begins. Outside of such pages there are none."""

import re

from tocsin.annotate.reference_page import Page

_TURN = re.compile(
    r"\s*(?:[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[\])]?\s+)?"
    r"(?P<who>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})\s?:\s+(?=\S)"
)
"""A name and a colon, behind the time where a transcript has one."""
PAIR = ("asks", "answers")
"""Of two who talk with one another neither is "he" or "she" in what they say; of more each may be."""
FEWEST = 2
"""Turns that a page has at least: one line with a colon is a heading."""


class Turns:
    """Who has the word where, on a page of turns."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._at: dict[int, str] = {}
        self.labels: list[tuple[int, int]] = []
        self.pair: frozenset[str] = frozenset()
        found: list[tuple[int, str]] = []
        labels: list[tuple[int, int]] = []
        names = {one.name for one in page.mentions if one.kind == "person"}
        for number, line in enumerate(page.doc.lines):
            match = _TURN.match(page.text, line.start, line.end) if line.label == "body" else None
            if match:
                found.append((number, _who(match["who"], names)))
                labels.append((line.start, match.end("who")))
        if len(found) < FEWEST or len({who for _, who in found}) == len(found):
            return
        self.labels = labels
        if len({who for _, who in found}) == len(PAIR):
            self.pair = frozenset(who for _, who in found)
        for (number, who), after in zip(found, [*(n for n, _ in found[1:]), len(page.doc.lines)], strict=True):
            for each in range(number, after):
                self._at[each] = who

    def speaker(self, position: int) -> str | None:
        """Who has the word at a position."""
        number = self._page.sentence_at(position)
        return self._at.get(self._page.lines[number]) if number >= 0 else None


def _who(words: str, names: set[str]) -> str:
    """The fullest name on the page for what a turn begins with: a name, a surname, or initials in capitals."""
    text = words.title() if words.isupper() and len(words) > 3 else words
    fits = sorted(name for name in names if name == text or name.split()[-1] == text.split()[-1])
    if fits:
        return fits[0]
    letters = words.replace(".", "")
    if letters.isupper() and 2 <= len(letters) <= 3:
        fits = sorted(name for name in names if "".join(part[0] for part in name.split()) == letters)
    return fits[0] if len(fits) == 1 else words
