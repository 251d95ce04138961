"""Commitments: who would or would not do what, on which condition, as gold/COMMITMENTS.md defines them.

Candidates come from rules over words and trees (`commitment_cues.py`, `commitment_lexical.py`, `commitment_plain.py`,
`commitment_present.py`), conditions too (`conditions.py`, `commitment_match.py`); a logistic score over plain features
and clues, drawn from a reader's expectation towards the examples (`commitment_score.py`), and a learnt judge that reads
the sentence (`commitment_judge.py`) accept a candidate or not (docs/commitments.md tells what was tried and what it
brought).

Invariant: every span lies in the sentence of the act or, a condition's, in the fragment beside it; an action and its
conditions share no word; of two readings of one clause the likelier is told; commitments come in reading order.
"""

from bisect import bisect_left
from collections.abc import Iterator

from tocsin.annotate import commitment_details as details
from tocsin.annotate.commitment_clues import clues
from tocsin.annotate.commitment_judge import Verdict, judged
from tocsin.annotate.commitment_kinds import by_rule
from tocsin.annotate.commitment_match import Reading, asks, asks_what, fragment, readings, with_fragment
from tocsin.annotate.commitment_people import Page, holder_name, stands_in, teller
from tocsin.annotate.commitment_score import (
    Seen,
    expected,
    features,
    probability,
    surroundings,
    tension,
    threshold,
)
from tocsin.annotate.commitment_targets import target
from tocsin.annotate.commitment_words import Token, stretches, tokens
from tocsin.annotate.condition_spans import Found
from tocsin.annotate.conditions import expression, joined
from tocsin.annotate.reading import reading as reading_of
from tocsin.annotate.words import Word, between, words_of
from tocsin.core.annotations import Sentence
from tocsin.core.commitments import Commitment, Condition, Polarity
from tocsin.core.document import Document
from tocsin.core.layers import Stage

Hanging = tuple[int | None, str]
_NEIGHBOURS = 8
"""So many candidates on either side are looked at for one that tells of the same act."""
_OPENS, _CLOSES = "“«„", "”»"


def quoted_at(text: str, start: int, end: int) -> list[bool]:
    """For each code point of the line `[start, end)` whether a quotation is open there."""
    out, inside = [], False
    for k in range(start, end):
        char = text[k]
        if char in _OPENS:
            inside = True
        elif char in _CLOSES:
            inside = False
        elif char == '"' or (char == "'" and text[k + 1 : k + 2] == "'"):
            inside = not inside
        out.append(inside)
    return out


def read_page(doc: Document) -> Iterator[tuple[Reading, str, bool]]:
    """Every candidate of the page with its line's label and whether it stands in a quotation."""
    line, quotes = None, [False]
    waiting: list[tuple[Reading, str, bool]] = []
    before: list[Reading] = []
    asked: tuple[list[Token], tuple[Found, ...]] | None = None
    sentences: tuple[Sentence, ...] = doc.layer("sentences").annotations
    for sentence, words, tree in zip(sentences, words_of(doc), _hanging(doc, len(sentences)), strict=True):
        span = sentence.span
        if line is None or not line.start <= span.start < line.end:
            line, before = doc.line_at(span.start), []
            quotes = quoted_at(doc.text, line.start, line.end) if line else [False]
        for start, end in stretches(doc.text, span.start, span.end):
            piece = between(words, start, end)
            first = bisect_left(words, start, key=_start) if piece is not words else 0
            told = tokens(piece, _apart_from(tree, first, len(piece)))
            found = readings(told)
            if (not found or asks_what(told)) and (condition := fragment(told)):
                if asks(told):
                    asked, before = (told, condition), []
                    continue
                if before:
                    waiting[-1] = (with_fragment(before[-1], told, condition), *waiting[-1][1:])
                    before = []  # one fragment an act, so that a page of them stays linear
                    continue
            if asked is not None and found and not found[0].conditions:
                found[0] = with_fragment(found[0], *asked)  # "And if they refuse? We will march."
            asked = None
            yield from waiting
            waiting = []
            for reading in found:
                at = reading.words[reading.candidate.at].start - (line.start if line else 0)
                waiting.append((reading, sentence.label, at < len(quotes) and quotes[at]))
            before = found
    yield from waiting


def _start(word: Word) -> int:
    return word.start


def _hanging(doc: Document, sentences: int) -> list[list[Hanging]]:
    """For each word of each sentence its head, as an index in that sentence, and its relation."""
    out: list[list[Hanging]] = [[] for _ in range(sentences)]
    first, last = 0, -1
    for k, word in enumerate(reading_of(doc).words):
        if word.sentence != last:
            first, last = k, word.sentence
        out[last].append((None if word.head is None else word.head - first, word.relation))
    return out


def _apart_from(tree: list[Hanging], first: int, count: int) -> list[Hanging]:
    """The part of a sentence's tree at `[first, first + count)`; what hangs on a word outside of it is a root."""
    if first == 0 and count == len(tree):
        return tree
    return [
        (head - first if head is not None and first <= head < first + count else None, relation)
        for head, relation in tree[first : first + count]
    ]


def annotate(doc: Document) -> tuple[Commitment, ...]:
    """The commitments of a page, in reading order."""
    page = Page(doc)
    least = threshold()
    found = []
    seen_here = seen_on(page)
    verdicts = judged(doc, [(seen.reading, probability(seen)) for seen in seen_here])
    weighed = [(verdict, seen) for verdict, seen in zip(verdicts, seen_here, strict=True) if verdict.chance >= least]
    for verdict, seen in _told_once(weighed):
        commitment = _commitment(page, seen, verdict)
        if not details.exhorts(page, seen.reading, commitment):
            found.append(commitment)
    found.sort(key=lambda c: (c.action[0].start, c.action[-1].end, c.holder))
    return tuple(dict.fromkeys(found))


def seen_on(page: Page) -> list[Seen]:
    """Every candidate of the page with what its score is made from."""
    read = [(reading, features(reading, label, quoted)) for reading, label, quoted in read_page(page.doc)]
    tense = tension(word.low for words in words_of(page.doc) for word in words)
    around = surroundings([expected(names) for _, names in read])
    out = []
    for (reading, names), (full, near) in zip(read, around, strict=True):
        told = teller(page, reading)
        name = holder_name(page, reading, told)
        by = told.name or (name if reading.candidate.says else None)
        learnt = clues(page, reading, told, name, by)
        out.append(Seen(reading, told, name, by, (*names, *learnt), (full, near, tense)))
    return out


def _told_once(found: list[tuple[Verdict, Seen]]) -> Iterator[tuple[Verdict, Seen]]:
    """Those without a likelier one inside or around them: one clause tells of one act."""
    ranges = [(seen.reading.pieces[0][0], seen.reading.pieces[-1][1]) for _, seen in found]
    for k, (verdict, seen) in enumerate(found):
        start, end = ranges[k]
        beaten = False
        for j in range(max(0, k - _NEIGHBOURS), min(len(found), k + _NEIGHBOURS + 1)):
            low, high = ranges[j]
            if j != k and ((low <= start and end <= high) or (start <= low and high <= end)):
                beaten = beaten or (found[j][0].chance, -j) > (verdict.chance, -k)
        if not beaten:
            yield verdict, seen


def _commitment(page: Page, seen: Seen, verdict: Verdict) -> Commitment:
    reading, told, name = seen.reading, seen.told, seen.name
    doc, act, words = page.doc, reading.candidate, reading.words
    holder = doc.spans((words[act.holder.start].start, words[act.holder.end - 1].end)) if act.holder else ()
    instead = stands_in(page, reading, told, name)
    if instead is not None:
        holder = (instead,)
    conditions = []
    for found in reading.conditions:
        piece = details.trimmed(words, found.start, found.end)
        at, behind = found.marker
        marker = ((words[at].start, words[behind - 1].end),) if at < behind else ()
        conditions.append(
            Condition(
                found.operator,
                doc.spans((piece[0].start, piece[-1].end)),
                expression(doc.id, piece),
                doc.spans(*marker),
            )
        )
    hows = [found.joined for found in reading.conditions]
    by = told.name
    instrument, law = details.instrument(page, reading)
    reading = details.without(reading, instrument)
    act = reading.candidate
    if by is None and (told.attribution is None or act.says):
        by = name if act.says else law
    polarity: Polarity = "will_not" if reading.negative else "will"
    return Commitment(
        holder=holder,
        action=doc.spans(*reading.pieces),
        polarity=polarity,
        kind=verdict.kind(by_rule(page, reading, name, by), polarity),
        target=target(page, reading, name, instrument),
        trigger=joined(list(zip(hows, (c.expr for c in conditions), strict=True))),
        conditions=tuple(conditions),
        instrument=instrument,
        deadline=details.deadline(page, reading),
        hedges=doc.spans(*_apart((words[a].start, words[b - 1].end) for a, b in act.hedges)),
        holder_name=name,
        said_by=by,
        told_in=told.attribution.id if told.attribution else None,
        confidence=round(verdict.chance, 3),
    )


def _apart(ranges: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges without those that overlap an earlier one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


COMMITMENTS = Stage(
    "commitments",
    ("sentences", "mentions", "times", "attributions", "references", "reports"),
    "commitments/10",
    annotate,
)
