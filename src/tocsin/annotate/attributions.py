"""Attributions: somebody said, wrote, thinks, demands, … something.

The reading model finds them; syntax adds what one level of marking leaves out: who speaks where the model names nobody
(`_whoever`), and sayings inside what is said (`nested`). No part of one runs over from one line to the next.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tocsin.annotate.interviews import turns
from tocsin.annotate.nested import Saying, passed_on, quoted_as_saying, sayings
from tocsin.annotate.reading import reading
from tocsin.annotate.sayings import FEWEST
from tocsin.annotate.syntax import CLAUSES, Tree, trees
from tocsin.annotate.told import at_the_head
from tocsin.core.annotations import Attribution
from tocsin.core.document import Document, Label
from tocsin.core.layers import Stage
from tocsin.model import Found, Range

NESTED = 0.8
"""What the confidence of a saying of the second level is, as a share of the outer one's. Set by hand and not
calibrated: PolNeAR marks one level, so that its dev part cannot tell how many are right."""
TURN = 0.95
"""What the confidence of a turn of an interview is: set by hand; the marks of PolNeAR's dialogues have nearly all."""
UNMARKED = 0.6
"""What the confidence of a saying is in a sentence where the model marks nothing: set by hand; 8 of 9 of them are right
on the bundled pages, 2 of 4 in PolNeAR dev (22 November 2026)."""
JOINT = 3
"""A comma, a mark and a space stand between what is said and who says it."""
HEADINGS: frozenset[Label] = frozenset(("headline", "standfirst", "subhead", "caption"))
"""Lines that stand alone."""
CLOSING = frozenset('"”»')
_CLOSES = frozenset(',"”»')
_EXPLETIVE = frozenset(("it", "there", "what", "which"))
"""Subjects that are nobody."""


@dataclass(slots=True)
class Draft:
    """An attribution in the making, in code points."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    confidence: float


def _lines(text: str, piece: Range) -> list[Range]:
    """A range cut at the ends of lines, without white space around its parts."""
    if "\n" not in text[slice(*piece)]:
        return [piece]
    out, start = [], piece[0]
    for part in text[slice(*piece)].split("\n"):
        if part.strip():
            out.append((start + len(part) - len(part.lstrip()), start + len(part.rstrip())))
        start += len(part) + 1
    return out


def _nearest(text: str, pieces: tuple[Range, ...], place: int) -> tuple[Range, ...]:
    """Of each range the part on the line nearest to `place`: a heading without a stop runs into the sentence below."""
    cut = (_lines(text, piece) for piece in pieces)
    return tuple(min(parts, key=lambda part: max(part[0] - place, place - part[1])) for parts in cut if parts)


def _draft(doc: Document, found: Found) -> Draft:
    """What the model found, cut at the ends of lines. What a heading tells does not run on into the lines below it."""
    text = doc.text
    content = tuple(part for piece in found.content for part in _lines(text, piece))
    cue = _nearest(text, found.cue, content[0][0])
    source = _nearest(text, found.source, cue[0][0] if cue else content[0][0])
    line = doc.line_at(cue[0][0]) if cue and len(content) > 1 else None
    if line is not None and line.label in HEADINGS:
        content = tuple(part for part in content if line.start <= part[0] < line.end) or content
    return Draft(source, cue, content, found.confidence)


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


class _Held:
    """Ranges of a page, asked for in the order of the text."""

    def __init__(self, ranges: Iterable[tuple[Range, int]]) -> None:
        self._ranges = sorted(ranges)
        self._at = 0
        self._open: list[tuple[Range, int]] = []

    def over(self, piece: Range) -> list[tuple[Range, int]]:
        """Those that overlap `piece`, which begins no earlier than any piece asked for before."""
        while self._at < len(self._ranges) and self._ranges[self._at][0][0] < piece[1]:
            self._open.append(self._ranges[self._at])
            self._at += 1
        self._open = [one for one in self._open if one[0][1] > piece[0]]
        return [one for one in self._open if one[0][0] < piece[1]]


def _without(pieces: Iterable[Range], hole: Range) -> Iterator[Range]:
    """What ranges hold outside another."""
    for piece in pieces:
        if not _overlap(piece, hole):
            yield piece
            continue
        if piece[0] < hole[0]:
            yield piece[0], hole[0]
        if hole[1] < piece[1]:
            yield hole[1], piece[1]


def _worded(text: str, pieces: Iterable[Range]) -> Iterator[Range]:
    """Ranges without white space at their ends, as far as they hold a word."""
    for start, end in pieces:
        piece = text[start:end]
        if any(map(str.isalnum, piece)):
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _joined(pieces: Iterable[Range]) -> tuple[Range, ...]:
    """Ranges in order, those that overlap or have only marks and spaces between them (`JOINT` at most) as one."""
    out: list[Range] = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1] + JOINT:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return tuple(out)


class _Levels:
    """One sentence of a page with the drafts that it tells or holds; gives those of a second level."""

    def __init__(self, text: str, tree: Tree, told: list[Draft], said: list[tuple[Range, Draft]]) -> None:
        self.text = text
        self.tree = tree
        self.told = told
        self.said = said
        self.extent = tree.span(0, len(tree.words))

    def name(self) -> None:
        """Give each draft told here whose source is missing, or stands in another sentence, the subject of its cue."""
        for draft in self.told:
            self._turn_round(draft)
        for draft in self.told:
            if not any(_overlap(piece, self.extent) for piece in draft.source):
                source = self._subject(draft)
                draft.source = (source,) if source else draft.source

    def _turn_round(self, draft: Draft) -> None:
        """ "…, notes Lind, adding that …": a name right behind a verb is no content but whoever says what stands before
        the comma, and what follows."""
        words = self.tree.words
        inside = self.tree.places(*draft.content[0])
        if len(draft.content) > 1 or not inside or not draft.cue or any(words[one].pos[:3] != "NNP" for one in inside):
            return
        verb = inside[0] - 1
        comma = verb - 1
        told = verb > FEWEST + 1 and words[verb].pos[:2] == "VB" and draft.cue[0][1] == words[verb].end
        if not told or draft.cue[0][0] != words[verb].start or self.text[words[comma].start] not in _CLOSES:
            return
        source, before = draft.content[0], draft.source
        draft.source = (source,)
        draft.content = tuple(_worded(self.text, [(self.extent[0], words[comma].end - (words[comma].pos == ","))]))
        for other in self.told:
            if other.source == before and other.cue and self.text[slice(*other.cue[0])].endswith("ing"):
                other.source = (source,) if other.cue[0][0] > source[1] else other.source

    def _subject(self, draft: Draft) -> Range | None:
        tree = self.tree
        for place in sorted({place for piece in draft.cue for place in self._near(piece)}):
            word = tree.words[place]
            if word.pos[:2] != "VB" or not any(_overlap((word.start, word.end), piece) for piece in draft.cue):
                continue
            subject = tree.subject(place)
            if subject is None and any(piece[1] <= word.start for piece in draft.content):
                subject = tree.inverted(place)
            agent = tree.agent(place, self.text) if subject is None else None
            if agent is not None:
                first, last = tree.extent(agent, CLAUSES)
                return tree.span(first + 1, last) if first < agent else None
            if subject is None or self.text[slice(*tree.span(subject, subject + 1))].lower() in _EXPLETIVE:
                continue
            source = tree.span(*tree.extent(subject, CLAUSES))
            if not any(_overlap(source, piece) for piece in (*draft.content, *draft.cue)):
                return source
        return None

    def _near(self, piece: Range) -> range:
        """The places of the words that a piece of text may overlap: those that begin in it, and the one before."""
        found = self.tree.places(*piece)
        return range(max(0, found.start - 1), found.stop)

    def more(self) -> Iterator[Draft]:
        """Sayings that the model has not told: inside a content, around one, or of the same words."""
        for saying in sayings(self.text, self.tree):
            if any(_overlap(saying.cue, piece) for draft in self.told for piece in draft.cue):
                continue
            inside = [(piece, draft) for piece, draft in self.said if _holds(piece, saying.cue)]
            if not inside:
                yield from self._beside(saying)
            elif saying.past or not self._quoted(inside[0][0], saying.cue[0]):
                yield self._inner(saying, *inside[0])
        for draft in self.told:
            yield from self._quoting(draft)
        yield from self.passing()

    def passing(self) -> Iterator[Draft]:
        """ "…, Orlova said, according to the Wire": whoever passes on the one saying that a sentence tells in full."""
        for source, cue in passed_on(self.text, self.tree):
            taken = [piece for draft in self.told for piece in (*draft.cue, *draft.source)]
            if any(_overlap(cue, piece) or _overlap(source, piece) for piece in taken):
                continue
            for draft in self.told:
                parts = _joined((*draft.source, *draft.cue, *draft.content))
                if draft.source and not any(_overlap(cue, piece) or _overlap(source, piece) for piece in parts):
                    yield Draft((source,), (cue,), parts, round(NESTED * draft.confidence, 4))
                    break

    def _quoted(self, piece: Range, place: int) -> bool:
        """Whether a place in a content stands inside quotation marks."""
        before = self.text[piece[0] : place]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def _inner(self, saying: Saying, piece: Range, around: Draft) -> Draft:
        """A saying inside a content. Where a quotation stands before it, all of that is what it tells."""
        content = (max(saying.content[0], piece[0]), saying.content[1])
        if content[1] <= content[0]:
            content = saying.content
        before = min(saying.source[0], saying.cue[0])
        quoted = next(_worded(self.text, [(piece[0], before)]), None)
        if quoted and content[1] <= before and self.text[before - 2 : before].strip() in CLOSING:
            content = quoted
        return self._made(saying, content, around.confidence)

    def _beside(self, saying: Saying) -> Iterator[Draft]:
        """Two who tell the same words ("…", Lind said, the Wire reported), or one who tells of another's saying."""
        for draft in self.told:
            if any(_overlap(piece, saying.content) for piece in draft.cue):
                yield self._made(saying, saying.content, draft.confidence)
                return
            if any(_overlap(piece, saying.content) for piece in draft.content):
                content = draft.content
                for hole in (saying.source, saying.cue):
                    content = tuple(_worded(self.text, _without(content, hole)))
                draft.content = _joined((*draft.content, *_without((saying.source, saying.cue), draft.cue[0])))
                if content:
                    yield Draft((saying.source,), (saying.cue,), content, round(NESTED * draft.confidence, 4))
                return

    def _quoting(self, draft: Draft) -> Iterator[Draft]:
        """ "Belta quoted him as saying …": his words, inside what Belta passes on."""
        found = quoted_as_saying(self.text, self.tree, draft.cue[0])
        if found:
            source, cue = found
            content = tuple(_worded(self.text, _without(_without(draft.content, source), cue)))
            around = next((one for one in self.told if one is not draft and one.source == draft.source), None)
            if content:
                draft.content = _joined((*draft.content, source, cue))
                yield Draft((source,), (cue,), content, draft.confidence)
            elif around is not None and around.content[-1][1] <= draft.cue[0][0]:
                # "…, the Wire reported, quoting Lind as saying": what stands before is his
                draft.source, draft.cue, draft.content = (source,), (cue,), around.content
                around.content = _joined((*around.content, source, cue))

    def _made(self, saying: Saying, content: Range, confidence: float) -> Draft:
        pieces = tuple(_lines(self.text, content))
        return Draft((saying.source,), (saying.cue,), pieces, round(NESTED * confidence, 4))


def _holds(outer: Range, inner: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _drafts(doc: Document) -> list[Draft]:
    """All of a page's attributions."""
    found = reading(doc)
    spoken = [Draft((turn.who,), (turn.colon,), turn.words, TURN) for turn in turns(doc)]
    colons = {draft.cue[0] for draft in spoken}
    drafts = [draft for one in found.attributions if not colons.intersection((draft := _draft(doc, one)).cue)]
    drafts += spoken
    cues = _Held((piece, number) for number, one in enumerate(drafts) for piece in one.cue)
    contents = _Held((piece, number) for number, one in enumerate(drafts) for piece in one.content)
    more: list[Draft] = []
    for tree in trees(found):
        extent = tree.span(0, len(tree.words))
        told = [drafts[number] for _, number in cues.over(extent)]
        said = [(piece, drafts[number]) for piece, number in contents.over(extent)]
        if told or said:
            levels = _Levels(doc.text, tree, told, said)
            levels.name()
            more += levels.more()
        else:
            more += _unmarked(doc.text, tree)
    return drafts + more


def _unmarked(text: str, tree: Tree) -> Iterator[Draft]:
    """Sayings of a sentence in which the model marks nothing at all."""
    for saying in (*at_the_head(text, tree), *sayings(text, tree)):
        pieces = tuple(_lines(text, saying.content))
        yield Draft((saying.source,), (saying.cue,), pieces, UNMARKED)


def _nest(found: list[Attribution]) -> tuple[Attribution, ...]:
    """Each attribution with the id of the smallest other one whose content holds its cue (or its content). Of two that
    hold each other's, the one whose cue comes first is the inner: no chain leads back to its start."""
    lengths = [sum(len(part) for part in outer.content) for outer in found]
    pieces = sorted(
        (piece.start, piece.end, lengths[number], number)
        for number, outer in enumerate(found)
        for piece in outer.content
    )
    anchors = sorted(((inner.cue or inner.content)[0], number) for number, inner in enumerate(found))
    within: dict[int, int] = {}
    active: list[tuple[int, int, int]] = []
    place = 0
    for anchor, number in anchors:
        while place < len(pieces) and pieces[place][0] <= anchor.start:
            active.append(pieces[place][1:])
            place += 1
        active = [entry for entry in active if entry[0] > anchor.start]
        around = [entry for entry in active if entry[0] >= anchor.end and entry[2] != number]
        for _, _, outer in sorted(around, key=lambda entry: entry[1:]):
            if not _leads(outer, number, within):
                within[number] = outer
                break
    return tuple(
        replace(inner, within=found[within[number]].id if number in within else None)
        for number, inner in enumerate(found)
    )


def _leads(start: int, to: int, within: dict[int, int]) -> bool:
    """Whether the chain of those around `start` comes to `to`."""
    place: int | None = start
    while place is not None and place != to:
        place = within.get(place)
    return place == to


def annotate(doc: Document) -> tuple[Attribution, ...]:
    """The attributions of every line that is read, in reading order."""
    seen: dict[str, Attribution] = {}
    for draft in _drafts(doc):
        source, cue, content = (doc.spans(*sorted(part)) for part in (draft.source, draft.cue, draft.content))
        made = Attribution(source, cue, content, None, draft.confidence)
        seen.setdefault(made.id, made)
    found = sorted(seen.values(), key=lambda a: (min(a.content[0], *(a.cue or a.content)), a.id))
    return _nest(found)


ATTRIBUTIONS = Stage("attributions", ("sentences",), "attributions/4", annotate)
"""Its version is the code's; the model's own is in its manifest, and both make a reading."""
