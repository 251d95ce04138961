"""PolNeAR as training examples: the package's own windows, with a label for every word.

Words, pieces, windows and the marks of quotation come from `tocsin.model`, so that the model is trained on exactly what
it is fed later. Labels are spans of characters and are laid over whatever the words are; a word whose silver label has
other boundaries is left out of that loss.
"""

import gzip
import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tocsin.annotate.sentences import split
from tocsin.model.pieces import Pieces
from tocsin.model.windows import Window, windows
from training.reader.labels import IGNORED, POS, RELATIONS, ROLES, tag_of

Span = tuple[int, int]


@dataclass(slots=True)
class Page:
    """One article: its text, gold attributions and silver syntax (None where CoreNLP gave none)."""

    id: str
    publisher: str
    text: str
    attributions: list[dict[str, list[list[int]]]]
    syntax: list[list[list[Any]]] | None
    names: dict[Span, int] = field(default_factory=dict)
    """Name label of each silver token; missing where it is not to be learnt from."""


@dataclass(slots=True)
class Example:
    """One window with its labels, one for each word."""

    window: Window
    tag: list[int]
    link: list[tuple[int, int]]
    """(word, column) pairs; a word with several columns may choose any of them. Null is column `len(words)`."""
    name: list[int]
    pos: list[int]
    head: list[int]
    """0 the root, else 1 + the index of the head in the window."""
    relation: list[int]


def lines(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def load(folder: Path, part: str) -> list[Page]:
    """The pages of one part, in the order of the file."""
    syntax = {record["id"]: record["sents"] for record in lines(folder / f"{part}_syntax.jsonl.gz")}
    return [
        Page(one["id"], one["publisher"], one["text"], one["attributions"], syntax.get(one["id"]))
        for one in lines(folder / f"{part}.jsonl.gz")
    ]


def sentences(page: Page, *, silver: bool) -> list[Span]:
    """The page's sentences: CoreNLP's, or those that Tocsin finds in a text of which every line is read."""
    if silver and page.syntax:
        return [(sentence[0][0], sentence[-1][1]) for sentence in page.syntax]
    out: list[Span] = []
    start = 0
    for line in page.text.split("\n"):
        out += split(page.text, start, start + len(line))
        start += len(line) + 1
    return out


def _roles(page: Page) -> list[tuple[int, int, str, int]]:
    """Every piece of every role as (start, end, role, attribution), in order; a source that serves several attributions
    stands once for each."""
    found = [
        (start, end, role, number)
        for number, one in enumerate(page.attributions)
        for role in ROLES
        for start, end in one[role]
        if end > start
    ]
    return sorted(found)


def _owners(spans: list[Span], pieces: list[tuple[int, int, str, int]]) -> list[tuple[str, list[int]] | None]:
    """For each word the role it plays and the attributions in which it plays it. Of two roles the shorter piece's
    counts (the inner of nested ones; nine such overlaps are in train), and a word belongs where most of it lies."""
    starts = [start for start, _ in spans]
    best: list[tuple[int, str] | None] = [None] * len(spans)
    owners: list[list[int]] = [[] for _ in spans]
    for start, end, role, number in pieces:
        place = max(0, bisect_right(starts, start) - 1)
        while place < len(spans) and spans[place][0] < end:
            a, b = spans[place]
            if 2 * (min(b, end) - max(a, start)) >= b - a:
                key = (end - start, role)
                before = best[place]
                if before is None or key < before:
                    best[place], owners[place] = key, [number]
                elif key == before and number not in owners[place]:
                    owners[place].append(number)
            place += 1
    return [None if one is None else (one[1], found) for one, found in zip(best, owners, strict=True)]


def _tags(owners: list[tuple[str, list[int]] | None]) -> list[int]:
    out = []
    before: tuple[str, list[int]] | None = None
    for one in owners:
        if one is None:
            out.append(0)
        else:
            goes_on = before is not None and before[0] == one[0] and bool(set(before[1]) & set(one[1]))
            out.append(tag_of(one[0], begins=not goes_on))
        before = one
    return out


def _links(owners: list[tuple[str, list[int]] | None]) -> list[tuple[int, int]]:
    """Contents and sources choose the first word of their cue, cues that of their source; null where there is none in
    the window."""
    first: dict[tuple[str, int], int] = {}
    for place, one in enumerate(owners):
        if one:
            for number in one[1]:
                first.setdefault((one[0], number), place)
    out = []
    for place, one in enumerate(owners):
        if one is None:
            continue
        wanted = "source" if one[0] == "cue" else "cue"
        columns = sorted({first[wanted, number] for number in one[1] if (wanted, number) in first})
        out += [(place, column) for column in columns or [len(owners)]]
    return out


def _syntax(
    spans: list[Span], tokens: dict[Span, tuple[str, Span | None, str]]
) -> tuple[list[int], list[int], list[int]]:
    """Part of speech, head and relation of each word that is a token of CoreNLP's, too."""
    places = {span: place for place, span in enumerate(spans)}
    pos, heads, relations = [], [], []
    for span in spans:
        token = tokens.get(span)
        if token is None:
            pos.append(IGNORED)
            heads.append(IGNORED)
            relations.append(IGNORED)
            continue
        tag, head, relation = token
        pos.append(POS.index(tag) if tag in POS else IGNORED)
        place = -1 if head is None else places.get(head, IGNORED)
        heads.append(place + 1 if place != IGNORED else IGNORED)
        known = relation in RELATIONS and place != IGNORED
        relations.append(RELATIONS.index(relation) if known else IGNORED)
    return pos, heads, relations


def tokens(page: Page) -> dict[Span, tuple[str, Span | None, str]]:
    """CoreNLP's tokens: tag, the head's span and the relation."""
    out: dict[Span, tuple[str, Span | None, str]] = {}
    for sentence in page.syntax or []:
        spans = [(token[0], token[1]) for token in sentence]
        for token, span in zip(sentence, spans, strict=True):
            out[span] = (token[2], spans[token[4] - 1] if token[4] else None, token[5])
    return out


def examples(page: Page, cut: Pieces, *, silver: bool, limit: int, skip: int = 0) -> list[Example]:
    """The page's windows with their labels. Its first `skip` paragraphs are packed apart, which moves all windows."""
    out = []
    known = tokens(page)
    pieces = _roles(page)
    found = sentences(page, silver=silver)
    breaks = [0, *(n for n in range(1, len(found)) if "\n" in page.text[found[n - 1][1] : found[n][0]]), len(found)]
    cut_at = breaks[min(skip, len(breaks) - 1)]
    parts = [one for one in (found[:cut_at], found[cut_at:]) if one]
    for window in (window for part in parts for window in windows(page.text, part, limit=limit, cut=cut)):
        spans = list(window.words)
        owners = _owners(spans, [one for one in pieces if one[0] < spans[-1][1] and one[1] > spans[0][0]])
        pos, heads, relations = _syntax(spans, known)
        out.append(
            Example(
                window=window,
                tag=_tags(owners),
                link=_links(owners),
                name=[page.names.get(span, IGNORED) for span in spans],
                pos=pos,
                head=_within(heads, window.sentence),
                relation=relations,
            )
        )
    return out


def _within(heads: list[int], sentence: tuple[int, ...]) -> list[int]:
    """Heads in another sentence (where the sentences are not CoreNLP's) are not learnt."""
    return [IGNORED if head > 0 and sentence[head - 1] != sentence[place] else head for place, head in enumerate(heads)]
