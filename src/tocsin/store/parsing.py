"""JSON read once: while a case is written to, stages ask for the same rows and items again and again.

Invariant: what is returned for a text is a function of the text alone, and whoever gets it changes nothing in it.
"""

import json
from typing import Any

KEPT = 4_000_000
"""Characters of JSON whose values are kept, and as many again from before: some 60 MB of Python's objects in all. What
20,000 names are compared by is 6 million."""


class Parsed:
    """The values of JSON texts, each parsed once while they are kept: two generations, the older one forgotten."""

    def __init__(self) -> None:
        self._keeping = False
        self._new: dict[str, Any] = {}
        self._old: dict[str, Any] = {}
        self._size = 0

    def keep(self, keeping: bool) -> None:
        """From now on keep what is parsed, or forget it."""
        self._keeping = keeping
        self._new, self._old, self._size = {}, {}, 0

    def values(self, texts: list[str]) -> list[Any]:
        """The values of many texts, in their order."""
        if not self._keeping:
            return _all(texts)
        missing = list(dict.fromkeys(text for text in texts if text not in self._new and text not in self._old))
        found = dict(zip(missing, _all(missing), strict=True))
        found |= {text: self._old[text] for text in texts if text in self._old and text not in self._new}
        out = [self._new[text] if text in self._new else found[text] for text in texts]
        self._size += sum(map(len, found))
        if self._size > KEPT:
            self._old, self._new, self._size = self._new, {}, sum(map(len, found))
        self._new |= found
        return out


def _all(texts: list[str]) -> list[Any]:
    """Many values of JSON, read at once."""
    found: list[Any] = json.loads(f"[{','.join(texts)}]")
    return found
