"""Attributions: somebody said, wrote, thinks, demands, … something. A first reader by cues and quotation marks.

Forms (`patterns`) are kept or dropped by how often they were marked as attributions in PolNeAR train (`cues`); that
smoothed share is the confidence. A quotation is one content, also where its cue cuts it or it runs over paragraphs.
"""

from dataclasses import dataclass, field, replace

from tocsin.annotate.clauses import Sentence
from tocsin.annotate.cues import lemma, table
from tocsin.annotate.outer import SPEECH, Outer, outer_sentences
from tocsin.annotate.patterns import Candidate, candidates
from tocsin.annotate.vetoes import vetoed
from tocsin.annotate.words import Word
from tocsin.core.annotations import Attribution
from tocsin.core.document import Document
from tocsin.core.layers import Stage
from tocsin.core.spans import Span, Spans

FLOOR = 0.3
"""A form is kept when at least this share of its cases was marked: full F1 on PolNeAR train and dev is flat from 0.25
to 0.3. To be set anew whenever `data/cues.json` is."""
NESTED_FLOOR = 0.6
"""The same inside another attribution's content or a quotation, which PolNeAR does not mark: only the surest forms."""
CARRIED = 0.7
"""Confidence of a quotation without a cue that goes to the speaker before it."""
TRANSCRIPT = 0.9
"""Confidence of a name, a colon and a quotation: hardly any in PolNeAR, and never anything but speech."""
_NOBODY = frozenset(("i", "we", "you", "who", "that", "which", "it", "one", "there", "this", "me", "us"))
"""Sources that tell nobody apart from the speaker around them."""


@dataclass(slots=True)
class Draft:
    """An attribution in the making, in code points."""

    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    content: list[tuple[int, int]]
    confidence: float
    quoted: bool = False
    outer: bool = True


@dataclass(slots=True)
class State:
    """What the lines read so far leave open: the last speaker (`fresh` where the last line held them), whether a
    quotation is still open, quotations that wait for their speaker, and a speaker whose words are announced."""

    drafts: list[Draft] = field(default_factory=list)
    last: Draft | None = None
    waiting: list[tuple[int, int]] = field(default_factory=list)
    open: bool = False
    fresh: bool = False
    announced: Draft | None = None


def _extent(words: list[Word], first: int, last: int) -> tuple[int, int]:
    return words[first].start, words[last - 1].end


def _draft(outer: Outer, candidate: Candidate, rate: float) -> Draft:
    words = outer.words
    content = [_extent(words, *piece) for piece in candidate.content]
    quoted = any(words[place].low == SPEECH for first, last in candidate.content for place in range(first, last))
    return Draft(
        [_extent(words, *candidate.source)] if candidate.source else [],
        [_extent(words, *candidate.cue)],
        content,
        rate,
        quoted,
        outer.inner is None,
    )


def _kept(outer: Outer, sentence: Sentence) -> list[Draft]:
    """The drafts of one outer sentence that are likely enough."""
    known = table()
    out: list[Draft] = []
    for candidate in candidates(sentence):
        transcript = candidate.key == ":" and candidate.shape == "name-quote"
        rate = TRANSCRIPT if transcript else known.rate(candidate.key, candidate.shape)
        if rate < FLOOR or vetoed(outer.words, candidate):
            continue
        draft = _draft(outer, candidate, rate)
        at = draft.cue[0][0]
        nested = outer.inner is not None or any(s <= at < e for kept in out for s, e in kept.content)
        if nested and (rate < NESTED_FLOOR or not _somebody_else(outer.words, candidate)):
            continue
        out.append(draft)
    return out


def _somebody_else(words: list[Word], candidate: Candidate) -> bool:
    """Whether a nested source is named or told apart: "I say" inside a quotation is its speaker over again."""
    if candidate.source is None or words[candidate.cue[0]].tag in ("TO", "VB"):
        return False
    first, last = candidate.source
    return last - first > 1 or words[first].low not in _NOBODY


def _alone(outer: Outer) -> bool:
    """Whether a sentence is quotations and nothing else."""
    return bool(outer.quotes) and all(word.tag == "Q" or not word.text[0].isalnum() for word in outer.words)


def _announced(outer: Outer, sentence: Sentence) -> Draft | None:
    """ "Orlova wrote:" at the end of a line: what the next line quotes is hers."""
    if not outer.words or outer.words[-1].text != ":":
        return None
    known = table()
    for group, subject in reversed(list(zip(sentence.groups, sentence.subjects, strict=True))):
        rate = known.rate(lemma(outer.words[group.head].low), "quote")
        if group.finite and subject is not None and rate >= known.shapes.get("quote", FLOOR):
            cue = _extent(outer.words, group.first, group.head + 1)
            return Draft([_extent(outer.words, *subject)], [cue], [], rate, True)
    return None


def _line(outers: list[Outer], state: State) -> None:
    """Read one line, given what the lines before it left open."""
    spoken: Draft | None = None
    announced: Draft | None = None
    before = state.last
    for number, outer in enumerate(outers):
        sentence = Sentence(outer.words)
        drafts = _kept(outer, sentence)
        if outer.inner is not None:
            state.drafts.extend(drafts)
            continue
        if _alone(outer):
            spoken = _quotation(outer, state, spoken, head=number == 0)
            continue
        state.drafts.extend(drafts)
        announced = _announced(outer, sentence)
        speaking = next((draft for draft in drafts if draft.quoted), None)
        if speaking is not None:
            if state.waiting:
                speaking.content = [*state.waiting, *speaking.content]
                state.waiting = []
            spoken = state.last = speaking
        elif drafts and drafts[0].source:
            spoken = None
            state.last = drafts[0]
    state.announced = announced
    last = [quote for outer in outers if outer.inner is None for quote in outer.quotes]
    state.open = bool(last) and last[-1].open
    state.fresh = state.last is not before or spoken is before is not None


def _quotation(outer: Outer, state: State, spoken: Draft | None, *, head: bool) -> Draft | None:
    """A sentence that is all quotation: it goes on with what was said before it, or waits for its speaker."""
    pieces = [(quote.start, quote.end) for quote in outer.quotes]
    if spoken is not None:
        spoken.content.extend(pieces)
        return spoken
    if head and state.announced is not None:
        state.announced.content = pieces
        state.drafts.append(state.announced)
        state.last = state.announced
    elif head and state.last is not None and state.last.quoted and not state.waiting and (state.open or state.fresh):
        state.last.content.extend(pieces)
    elif state.waiting or state.last is None:
        state.waiting.extend(pieces)
        return None
    else:
        state.last = Draft(list(state.last.source), [], pieces, CARRIED * state.last.confidence, True)
        state.drafts.append(state.last)
    return state.last


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, overlaps joined."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A piece without the marks that join it to its cue, and with the mark that closes a quotation at its end."""
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—"):
        end -= 1
    tail = text[end : end + 2]
    closing = len(tail) > 1 and tail[0] in ".!?," and tail[1] in "”»"
    if tail[:1] in ("”", "»") or closing:
        piece = text[start:end]
        if piece.count("“") + piece.count("«") > piece.count("”") + piece.count("»"):
            end += 1 + closing
    return start, end


def _spans(doc: Document, ranges: list[tuple[int, int]]) -> Spans:
    trimmed = (_trimmed(doc.text, start, end) for start, end in _merged(ranges))
    return tuple(Span(doc.id, start, end) for start, end in trimmed if start < end)


def _nest(found: list[Attribution]) -> tuple[Attribution, ...]:
    """Each attribution with the id of the smallest other one whose content holds its cue (or its content)."""
    lengths = [sum(len(part) for part in outer.content) for outer in found]
    pieces = sorted(
        (piece.start, piece.end, lengths[number], number)
        for number, outer in enumerate(found)
        for piece in outer.content
    )
    anchors = sorted(((inner.cue or inner.content)[0], number) for number, inner in enumerate(found))
    within: dict[int, str] = {}
    active: list[tuple[int, int, int]] = []
    place = 0
    for anchor, number in anchors:
        while place < len(pieces) and pieces[place][0] <= anchor.start:
            active.append(pieces[place][1:])
            place += 1
        active = [entry for entry in active if entry[0] > anchor.start]
        around = [entry for entry in active if entry[0] >= anchor.end and entry[2] != number]
        if around:
            within[number] = found[min(around, key=lambda entry: entry[1:])[2]].id
    return tuple(replace(inner, within=within.get(number)) for number, inner in enumerate(found))


def annotate(doc: Document) -> tuple[Attribution, ...]:
    """The attributions of every line that is read, in reading order."""
    state = State()
    for outers in outer_sentences(doc):
        if outers:
            _line(outers, state)
    if state.waiting:
        state.drafts.append(Draft([], [], state.waiting, CARRIED / 2, True))
    seen: dict[str, Attribution] = {}
    for draft in state.drafts:
        if not _spans(doc, draft.content):
            continue
        made = Attribution(
            _spans(doc, draft.source),
            _spans(doc, draft.cue),
            _spans(doc, draft.content),
            None,
            round(draft.confidence, 3),
        )
        seen.setdefault(made.id, made)
    found = sorted(seen.values(), key=lambda a: (min(a.content[0], *(a.cue or a.content)), a.id))
    return _nest(found)


ATTRIBUTIONS = Stage("attributions", ("sentences",), "attributions/1", annotate)
