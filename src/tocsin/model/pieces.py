"""Word pieces of the uncased BERT vocabulary: what the encoder has a number for.

A word's pieces depend on the word alone. They are those of the BERT tokeniser (control signs dropped, accents stripped,
lower case, punctuation and Chinese signs apart, longest piece first), at most `MOST` of them and at least one.
"""

import unicodedata
from functools import cache
from importlib import resources

MOST = 16
"""Pieces of one word; the rest is dropped. Only addresses and strings of signs have more."""
LONGEST = 60
"""A longer run without punctuation is unknown at once (BERT says 100): so no word costs more than a fixed time."""
KEPT = 60_000
"""Words whose pieces are remembered: more than a year of one newspaper's different words. None is forgotten."""

LOWER, CAPITALISED, CAPITALS, MIXED, DIGITS, SIGN = range(6)


def _chinese(sign: str) -> bool:
    code = ord(sign)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )


def _apart(sign: str) -> bool:
    """Whether BERT reads the sign as a token of its own."""
    if sign.isascii():
        return not sign.isalnum()
    return unicodedata.category(sign)[0] == "P" or _chinese(sign)


def plain(word: str) -> str:
    """The word as BERT reads it: no control signs, no accents, lower case."""
    if word.isascii():
        return word.lower()
    kept = (sign for sign in word if sign != "\ufffd" and unicodedata.category(sign) not in ("Cc", "Cf"))
    bare = unicodedata.normalize("NFD", "".join(kept))
    return "".join(sign for sign in bare if unicodedata.category(sign) != "Mn").lower()


def case_of(word: str) -> int:
    """How a word is written: one of the six kinds above."""
    if word.islower():
        return DIGITS if any(map(str.isdigit, word)) else LOWER
    letters = [sign for sign in word if sign.isalpha()]
    if any(map(str.isdigit, word)):
        return DIGITS
    if not letters:
        return SIGN
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return CAPITALS
    if word.istitle():
        return CAPITALISED
    return MIXED if any(map(str.isupper, letters)) else LOWER


class Pieces:
    """The vocabulary, with what it has cut so far. Calling it with a word gives the pieces' numbers and the case."""

    def __init__(self, vocabulary: list[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._kept: dict[str, tuple[tuple[int, ...], int]] = {}
        self.unknown, self.begin, self.end = (self._numbers[name] for name in ("[UNK]", "[CLS]", "[SEP]"))

    def __call__(self, word: str) -> tuple[tuple[int, ...], int]:
        """The numbers of the word's pieces, at least one, and how the word is written."""
        found = self._kept.get(word)
        if found is not None:
            return found
        found = self._cut(word), case_of(word[:LONGEST])
        if len(self._kept) < KEPT and len(word) <= LONGEST:
            self._kept[word] = found
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        out: list[int] = []
        run = ""
        for sign in plain(word[: 4 * LONGEST]):
            if sign.isspace() or _apart(sign):
                out += self._longest_first(run)
                run = ""
                if not sign.isspace():
                    out.append(self._numbers.get(sign, self.unknown))
            else:
                run += sign
        out += self._longest_first(run)
        return tuple(out[:MOST]) or (self.unknown,)

    def _longest_first(self, run: str) -> list[int]:
        """The pieces of a run without punctuation: each the longest that the vocabulary has, or one unknown for all."""
        if len(run) > LONGEST:
            return [self.unknown]
        out: list[int] = []
        start = 0
        while start < len(run):
            head = "##" if start else ""
            for end in range(len(run), start, -1):
                number = self._numbers.get(head + run[start:end])
                if number is not None:
                    out.append(number)
                    start = end
                    break
            else:
                return [self.unknown]
        return out


@cache
def pieces() -> Pieces:
    """The packaged vocabulary, read once."""
    text = resources.files("tocsin.model").joinpath("data/vocab.txt").read_text("utf-8")
    return Pieces(text.rstrip("\n").split("\n"))
