"""What the judge learns from: candidates of marked pages, right or not, and marked acts that the rules miss."""

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.annotate.commitment_passages import PageWords, Parts, passage
from tocsin.core.commitments import Kind
from tocsin.core.document import Document
from tocsin.model.passages import Fed
from training.commitments.pages import Mark, Marked, rows_of, shown

HOPELESS = 0.08
"""Candidates to which the score of the package gives less are left out unless they are right: the judge is not shown
them, nor any to which it gives less than `weights.LEAST_SHOWN`."""
_HELPING = frozenset(("be", "am", "is", "are", "was", "were", "been", "being", "have", "has", "had", "do", "does",
                      "did", "'m", "'s", "'re", "'ve"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """An act as it is fed, whether it is marked, and of which kind then."""

    fed: Fed
    right: bool
    kind: Kind | None


def examples(one: Marked, doc: Document) -> Iterator[Example]:
    """All that a page has to teach."""
    found = rows_of(one, doc)
    for row in found:
        if row.mark or row.plain >= HOPELESS:
            yield Example(row.fed, row.right, row.mark["kind"] if row.mark else None)
    words = PageWords(doc)
    met = {id(row.mark) for row in found}
    for mark in one.marks:
        parts = missed(words, mark) if id(mark) not in met else None
        if parts is not None:
            yield Example(shown(doc, passage(words, parts)), True, mark["kind"])


def missed(words: PageWords, mark: Mark) -> Parts | None:
    """A marked act as it would be shown if it were a candidate: its verb is the first that is no helping one."""
    own = [word for word in words.words if any(start <= word.start < end for start, end in mark["action"])]
    if not own:
        return None
    verbs = [word for word in own if word.tag.startswith("VB")]
    verb = next((word for word in verbs if word.low not in _HELPING), (verbs or own)[0])
    holder = (mark["holder"][0][0], mark["holder"][0][1]) if mark["holder"] else None
    conditions = [(each["span"][0][0], each["span"][-1][1]) for each in mark["conditions"]]
    return Parts([(start, end) for start, end in mark["action"]], verb.start, own[0].start, holder, conditions)
