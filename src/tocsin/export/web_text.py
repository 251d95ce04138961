"""How wide words are in the drawing of the web, and how they are wrapped. No font is at hand: widths are estimated.

Invariant: an estimate is never narrower than what a browser's sans-serif fonts draw (Arial, Helvetica, DejaVu Sans,
Noto Sans; looked at in screenshots), so that words which fit here fit there.
"""

import unicodedata

SIZE = 13
"""Height of the letters, in the drawing's units."""
LINE = 17
"""From one line of words to the next."""
_NARROW = frozenset("iIl.,:;!|'‘’`jt()[]f-/ ")
_BROAD = frozenset("mwMW@%…—")
_WIDTHS = ((_NARROW, 0.37), (_BROAD, 0.98))
_CAPITAL, _LETTER, _WIDE = 0.76, 0.6, 1.05
ELLIPSIS = "…"


def width(text: str, size: float = SIZE) -> float:
    """How wide `text` is at most, in the drawing's units."""
    return sum(map(_em, text)) * size


def _em(character: str) -> float:
    for some, em in _WIDTHS:
        if character in some:
            return em
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    return _LETTER if character.islower() or character.isdigit() else _CAPITAL


def wrapped(text: str, room: float, most: int, size: float = SIZE) -> tuple[str, ...]:
    """`text` in at most `most` lines that are no wider than `room`; what is left out is shown by an ellipsis."""
    words = text[: most * int(room)].split()  # no letter is narrower than a unit: more cannot fit
    whole = len(" ".join(words)) == len(" ".join(text.split()))
    lines: list[str] = []
    line = ""
    for word in words:
        joined = f"{line} {word}" if line else word
        if width(joined, size) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
            line = ""
        if len(lines) >= most:
            whole = False
            break
        pieces = _pieces(word, room, size)
        lines += pieces[:-1]
        line = pieces[-1]
    lines += [line] if line else []
    if len(lines) > most:
        lines, whole = lines[:most], False
    if not whole and lines:
        lines[-1] = _ended(lines[-1], room, size)
    return tuple(lines)


def _pieces(word: str, room: float, size: float) -> list[str]:
    """A word cut where it is wider than a line."""
    out, piece, used = [], "", 0.0
    for character in word:
        em = _em(character) * size
        if piece and used + em > room:
            out.append(piece)
            piece, used = "", 0.0
        piece += character
        used += em
    return [*out, piece]


def _ended(line: str, room: float, size: float) -> str:
    while line and width(line + ELLIPSIS, size) > room:
        line = line[:-1].rstrip()
    return line + ELLIPSIS
