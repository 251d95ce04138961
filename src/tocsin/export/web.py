"""The web of commitments as a drawing: holders at the left, acts and what they hang on in the middle, whom they are
directed at and what they rest on at the right.

Invariant: no two boxes overlap, no line runs behind a box that it does not lead to, and the drawing is a function of
what is drawn and of its order. Each commitment has a band of its own: its act, beside it the conditions that no
commitment above it has, and beneath these a free strip in which its lines run to the right. A condition that several
acts hang on is drawn once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tocsin.export.web_text import LINE, width, wrapped

MOST = 40
"""Commitments that are drawn: more than that nobody follows. The board has the rest."""
PAD = 8
"""From the edge of a box to its words."""
GAP = 10
"""Between boxes that stand one above the other."""
STRIP = 12
"""The free strip beneath a band, in which lines run to the right."""
BETWEEN_HOLDERS = 16
LABEL_SIZE = 11.5
LABEL_LINE = 16
"""From one line that leaves an act to the next, so that what stands on them does not touch."""
HOLDER, ACT, CONDITION, TARGET = (0, 150), (168, 290), (560, 260), (920, 180)
"""Left edge and width of each column. Between acts and conditions there is room for the longest operator."""
WIDTH = 1100
ACT_LINES, CONDITION_LINES, TARGET_LINES, HOLDER_LINES = 4, 4, 3, 4

BoxKind = Literal["holder", "act", "condition", "target", "instrument"]


@dataclass(frozen=True, slots=True)
class Hanging:
    """One condition of an act. Those with one `key` are one situation, and one box."""

    key: str
    operator: str
    words: str
    state: str | None = None
    number: int | None = None
    """Of the citation that leads to its words."""


@dataclass(frozen=True, slots=True)
class Thread:
    """One commitment as it is drawn. `holder` None: nobody is named. `number` is that of the citation of its act."""

    id: str
    holder: str | None
    act: str
    number: int
    head: str
    bars: bool
    conditions: tuple[Hanging, ...] = ()
    target: str | None = None
    instrument: str | None = None
    standing: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its words; `lines` are (text, class, y of its baseline). `number`: of the citation it leads to."""

    kind: BoxKind
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, str, float], ...]
    title: str
    number: int | None = None
    bars: bool = False
    state: str = ""

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two boxes: its path, what it is, and what stands on it where (left end of the baseline)."""

    kind: Literal["hangs", "toward", "rests"]
    path: str
    points: tuple[tuple[float, float], ...]
    label: str = ""
    at: tuple[float, float] = (0.0, 0.0)

    @property
    def label_box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what stands on it."""
        x, y = self.at
        return x, y - LABEL_SIZE, x + width(self.label, LABEL_SIZE), y + 3


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and lines; `left_out` commitments are not drawn."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    height: int
    drawn: int
    left_out: int
    width: int = WIDTH


def drawing(threads: Sequence[Thread]) -> Drawing:
    """The drawing of commitments, in the order given but for holders, whose commitments are drawn together; of more
    than `MOST` those that hang on a condition come first."""
    kept = sorted(range(len(threads)), key=lambda one: (not threads[one].conditions, one))[:MOST]
    shown = [threads[one] for one in sorted(kept)]
    held: dict[str, list[Thread]] = {}
    for one in shown:
        held.setdefault((one.holder or "").casefold(), []).append(one)
    page = _Page()
    for members in held.values():
        page.hold(members)
    page.reach()
    boxes = (*page.holders, *page.acts, *page.conditions.values(), *page.reached)
    bottom = max((one.bottom for one in boxes), default=0.0)
    return Drawing(boxes, tuple(page.lines), int(bottom) + 2, len(shown), len(threads) - len(shown))


class _Page:
    """What is laid out so far, from the top down to `y`."""

    def __init__(self) -> None:
        self.y = 1.0
        self.holders: list[Box] = []
        self.acts: list[Box] = []
        self.conditions: dict[str, Box] = {}
        self.reached: list[Box] = []
        self.lines: list[Line] = []
        self._wanted: dict[tuple[BoxKind, str], list[tuple[str, Box, float]]] = {}

    def hold(self, members: Sequence[Thread]) -> None:
        """One holder with the bands of its commitments."""
        top = self.y
        name = members[0].holder or "not named"
        words = wrapped(name, HOLDER[1] - 2 * PAD, HOLDER_LINES)
        for one in sorted(members, key=lambda one: (one.target or "~").casefold()):
            self._band(one)
        bottom = max(self.y - STRIP, top + _tall(len(words)))
        middle = _lines(words, "name", top, bottom - top)
        self.holders.append(Box("holder", HOLDER[0], top, HOLDER[1], bottom - top, middle, name))
        self.y = max(self.y, bottom) + BETWEEN_HOLDERS

    def _band(self, one: Thread) -> None:
        top = self.y
        head = [(one.head, "kicker")]
        words = [(line, "words") for line in wrapped(one.act, ACT[1] - 2 * PAD - 26, ACT_LINES)]
        foot = [(one.standing, "standing")] if one.standing else []
        rows = [*head, *words, *foot]
        height = max(_tall(len(rows)), 2 * PAD + LABEL_LINE * len(one.conditions))
        title = f"{one.head}, {one.holder or 'nobody named'}: {one.act}"
        act = Box("act", ACT[0], top, ACT[1], height, _rows(rows, top), title, one.number, one.bars)
        self.acts.append(act)
        below = top
        for hanging in one.conditions:
            if hanging.key not in self.conditions:
                box = _condition(hanging, below)
                self.conditions[hanging.key] = box
                below = box.bottom + GAP
        self._hang(one, act)
        strip = max(act.bottom, below - GAP) + STRIP / 2
        wanted: tuple[tuple[BoxKind, str | None], ...] = (("target", one.target), ("instrument", one.instrument))
        for kind, name in wanted:
            if name:
                self._wanted.setdefault((kind, name.casefold()), []).append((name, act, strip))
        self.y = strip + STRIP / 2

    def _hang(self, one: Thread, act: Box) -> None:
        """The lines from an act to its conditions, each from a height of its own."""
        first = act.y + act.height / 2 - LABEL_LINE * (len(one.conditions) - 1) / 2
        for place, hanging in enumerate(one.conditions):
            box = self.conditions[hanging.key]
            y = first + LABEL_LINE * place
            start = act.right + 6 + width(hanging.operator, LABEL_SIZE) + 6
            end, low = box.x, box.y + min(box.height / 2, 20)
            path, points = _curve(start, y, end, low)
            path = f"M{act.right:g} {y:g}h6 {path}" if not hanging.operator else path
            self.lines.append(Line("hangs", path, points, hanging.operator, (act.right + 6, y + 4)))

    def reach(self) -> None:
        """The column at the right, each box as near to the acts that lead to it as those above leave room."""
        order = sorted(self._wanted, key=lambda key: (_mean(strip for _, _, strip in self._wanted[key]), key))
        y = 1.0
        for kind, key in order:
            from_acts = self._wanted[kind, key]
            name = from_acts[0][0]
            label = "under" if kind == "instrument" else ""
            words = [(label, "kicker")] if label else []
            words += [(line, "name") for line in wrapped(name, TARGET[1] - 2 * PAD, TARGET_LINES)]
            height = _tall(len(words))
            top = max(y, round(_mean(strip for _, _, strip in from_acts) - height / 2, 1))
            box = Box(kind, TARGET[0], top, TARGET[1], height, _rows(words, top), f"{label} {name}".strip())
            self.reached.append(box)
            y = box.bottom + GAP
            for place, (_, act, strip) in enumerate(from_acts):
                share = (place + 1) / (len(from_acts) + 1)
                self._lead(act, strip, box, box.y + box.height * share)

    def _lead(self, act: Box, strip: float, box: Box, y: float) -> None:
        """A line from beneath an act along its strip to a box at the right."""
        left = act.right - (26 if box.kind == "target" else 52)
        turn = CONDITION[0] + CONDITION[1] + 10
        curve, points = _curve(turn, strip, box.x, y)
        path = f"M{left:g} {act.bottom:g}V{strip:g}H{turn:g}{curve[curve.index('C') :]}"
        kind: Literal["toward", "rests"] = "toward" if box.kind == "target" else "rests"
        self.lines.append(Line(kind, path, ((left, act.bottom), (left, strip), *points)))


def _condition(hanging: Hanging, top: float) -> Box:
    rows = [(line, "words") for line in wrapped(hanging.words, CONDITION[1] - 2 * PAD, CONDITION_LINES)]
    rows += [(hanging.state, "state")] if hanging.state else []
    lines = _rows(rows, top)
    title = f"{hanging.words}: {hanging.state}" if hanging.state else hanging.words
    state = (hanging.state or "").replace(" ", "-")
    box = (CONDITION[0], top, CONDITION[1], _tall(len(rows)))
    return Box("condition", *box, lines, title, hanging.number, state=state)


def _tall(rows: int) -> float:
    return 2.0 * PAD + LINE * max(rows, 1)


def _rows(rows: Iterable[tuple[str, str]], top: float) -> tuple[tuple[str, str, float], ...]:
    return tuple((text, kind, top + PAD + LINE * (place + 1) - 4) for place, (text, kind) in enumerate(rows))


def _lines(words: Sequence[str], kind: str, top: float, _height: float) -> tuple[tuple[str, str, float], ...]:
    return _rows(((one, kind) for one in words), top)


def _mean(values: Iterable[float]) -> float:
    every = list(values)
    return sum(every) / len(every)


def _curve(x: float, y: float, end: float, low: float) -> tuple[str, tuple[tuple[float, float], ...]]:
    """A path that leaves and arrives level, and points along it."""
    middle = (x + end) / 2
    path = f"M{x:g} {y:g}C{middle:g} {y:g} {middle:g} {low:g} {end:g} {low:g}"
    points = []
    for step in range(9):
        t = step / 8
        ends, mids = (1 - t) ** 3, 3 * (1 - t) ** 2 * t
        later, last = 3 * (1 - t) * t**2, t**3
        points.append((ends * x + (mids + later) * middle + last * end, (ends + mids) * y + (later + last) * low))
    return path, tuple(points)
