"""Marked pages and their candidates, for training: read as `tocsin read` reads them, each candidate right or not.

Marks never hold words of a page, only offsets and labels. A candidate is right when its action has token-F1 of 0.5 or
more with a marked one (each marked one takes its best). Invariant: a page counts once, whichever files name it.

`marked.jsonl` holds 799 articles of PolNeAR train, one a line: `page`, `reader` (a letter), `commitments` with offsets.
Twenty-nine readers, who did not see the code, marked them after `gold/COMMITMENTS.md` and 30 settled pages as examples:
2,397 commitments, 436 of them conditional. On eight settled pages hidden among theirs, two or four readers to a page,
readers a to d reach F1 .87 to .98 (commitments), .84 to .96 (conditional), .78 to .96 (conditions with operator), kind
.81 to .94, and every polarity; readers i to p together .92 and .92 of the first two: above what two people reached
while the guideline was made, since it was settled then. Of readers q to C, one page each was marked anew by one more,
blind: F1 .94, .90 (of some ten conditional ones), .92 with operator, kind .91, every polarity.

`invented.jsonl` holds 374 pages with their texts (`page`, `reader`, `text`, `commitments`), written for training and
marked by nine writers who did not see the code: 3,388 commitments, 1,772 of them conditional. A further reader marked
16 of the first four writers' pages anew, blind: F1 .91 (commitments), .89 (conditional), .85 (conditions with
operator), kind .86. The pages of two more writers, who had retold real events up to their very words, are not in it.
"""

import argparse
import gzip
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tocsin.annotate.commitment_passages import PageWords, parts_of, passage
from tocsin.annotate.commitment_people import Page
from tocsin.annotate.commitment_score import Seen, probability
from tocsin.annotate.commitments import seen_on
from tocsin.core.document import Document
from tocsin.model import Passage
from tocsin.model.passages import Fed, fed
from tocsin.model.pieces import pieces
from tocsin.pipeline import readings, take_options

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
MET = 0.5
"""Token-F1 of two actions that are one, as `gold/COMMITMENTS.md` says."""

Mark = Mapping[str, Any]


class Row(NamedTuple):
    """One candidate of a page: its features, what stands around it, and the mark it meets."""

    page: str
    names: Sequence[str]
    around: Sequence[float]
    plain: float
    """The chance that the shipped weights give it, the judge not heard."""
    fed: Fed
    """As the judge is fed it."""
    mark: Mark | None
    conditional: bool
    """Whether the rules find a condition."""
    rules: str
    """The kind that the rules give."""

    @property
    def right(self) -> bool:
        """Whether it is marked."""
        return self.mark is not None


class Marked(NamedTuple):
    """A page with its marks; where not `every` commitment is marked, only conditional ones are."""

    page: str
    text: str
    marks: list[Mark]
    every: bool = True


def gold_pages(gold: Path, pages: Path, texts: Path) -> Iterator[Marked]:
    """The pages of a gold file, those without a commitment too."""
    marks = _by_page(gold)
    for name in json.loads(pages.read_text(encoding="utf-8")):
        page = name.removesuffix(".txt")
        yield Marked(page, _text(texts / f"{page}.txt"), marks[page])


def marked_pages(marked: Path, polnear: Path) -> Iterator[Marked]:
    """The pages of `marked.jsonl`, whose texts are PolNeAR's."""
    with gzip.open(polnear, "rt", encoding="utf-8") as file:
        texts = {one["id"]: one["text"] for one in map(json.loads, file)}
    for line in marked.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        yield Marked(one["page"], texts[one["page"]], one["commitments"])


def conditional_pages(gold: Path, texts: Path) -> Iterator[Marked]:
    """The open pages of `bench/blind/outside_commitments.jsonl`, where only conditional commitments are all marked."""
    for page, marks in sorted(_by_page(gold, "unseen").items()):
        yield Marked("open:" + page, _text(texts / f"{page}.txt"), marks, every=False)


def invented_pages(invented: Path) -> Iterator[Marked]:
    """The pages of `invented.jsonl`, which hold their own texts."""
    for line in invented.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        yield Marked("invented:" + one["page"], one["text"], one["commitments"])


def add_sources(parser: argparse.ArgumentParser) -> None:
    """The options that name marked pages."""
    parser.add_argument("--gold", nargs=3, type=Path, action="append", required=True, metavar="FILE")
    parser.add_argument("--marked", nargs=2, type=Path, metavar="FILE")
    parser.add_argument("--conditional", nargs=2, type=Path, metavar="FILE")
    parser.add_argument("--invented", type=Path)


def sources(given: argparse.Namespace) -> Iterator[Marked]:
    """The pages that these options name, in their order."""
    for one in given.gold:
        yield from gold_pages(*one)
    if given.marked:
        yield from marked_pages(*given.marked)
    if given.conditional:
        yield from conditional_pages(*given.conditional)
    if given.invented:
        yield from invented_pages(given.invented)


def _by_page(gold: Path, unwanted: str = "") -> dict[str, list[Mark]]:
    out: dict[str, list[Mark]] = defaultdict(list)
    for line in gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if not record.get(unwanted):
            out[record["page"].removesuffix(".txt")].append(record)
    return out


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def read(pages: Iterable[Marked]) -> Iterator[tuple[Marked, Document]]:
    """Each page once, with its text read."""
    known = set()
    for one in pages:
        if one.page not in known:
            known.add(one.page)
            yield one, document(one.text)


def rows(pages: Iterable[Marked]) -> tuple[list[Row], dict[str, list[Mark]]]:
    """The candidates of marked pages, and the marks of each page."""
    out: list[Row] = []
    marks: dict[str, list[Mark]] = {}
    for one, doc in read(pages):
        marks[one.page] = one.marks
        out += rows_of(one, doc)
    return out, marks


def document(text: str) -> Document:
    """A text with all layers, as a file of it is read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.txt"
        path.write_bytes(text.encode())
        (found,) = readings([str(path)], take_options("2020-01-01T00:00:00Z", {}))
    if not isinstance(found, Document):
        raise TypeError(f"not read: {found.reason}")
    return found


def rows_of(one: Marked, doc: Document) -> list[Row]:
    """The candidates of a page; where not every commitment is marked those without a condition only if marked."""
    page = Page(doc)
    seen = seen_on(page)
    held = [words_in(doc.text, each.reading.pieces) for each in seen]
    hit = meets([words_in(doc.text, mark["action"]) for mark in one.marks], held)
    words = PageWords(doc)
    return [
        Row(
            one.page,
            each.names,
            each.around,
            probability(each),
            shown(doc, passage(words, parts_of(each.reading))),
            one.marks[hit[j]] if j in hit else None,
            bool(each.reading.conditions),
            ruled(page, each),
        )
        for j, each in enumerate(seen)
        if j in hit or one.every or each.reading.conditions
    ]


def shown(doc: Document, given: Passage) -> Fed:
    """A passage as the judge is fed it."""
    return fed(doc.text, given, pieces())


def ruled(page: Page, seen: Seen) -> str:
    """The kind that the rules alone give."""
    from tocsin.annotate.commitment_kinds import by_rule  # here, so that the rows need no kinds

    return by_rule(page, seen.reading, seen.name, seen.by)


def words_in(text: str, ranges: Iterable[Sequence[int]]) -> set[int]:
    """Where the words of some ranges begin."""
    return {m.start() for a, b in ranges for m in WORD.finditer(text, a, b)}


def overlap(a: set[int], b: set[int]) -> float:
    """Token-F1 of two sets of words."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def meets(marked: Sequence[set[int]], held: Sequence[set[int]]) -> dict[int, int]:
    """For each candidate that meets a mark the number of that mark, the closest pairs first."""
    pairs = sorted(((overlap(m, h), -i, -j) for i, m in enumerate(marked) for j, h in enumerate(held)), reverse=True)
    hit: dict[int, int] = {}
    for score, i, j in pairs:
        if score >= MET and -i not in hit.values() and -j not in hit:
            hit[-j] = -i
    return hit
