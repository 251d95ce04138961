"""Decisions: a person's acts about exact words, appended, withdrawn by another, never overwritten.

A decision is about an anchor, never about a derived id: documents never change, so an anchor always fits the document
it names (one about the whole case names none, and always stands). To the next version of a page a decision is only
offered, where words and surroundings are unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from tocsin.core.annotations import ranges
from tocsin.core.document import Document
from tocsin.core.ids import short_id
from tocsin.core.spans import Spans, extent

Act = Literal[
    "accept", "reject", "correct", "withdraw",
    "merge", "split", "rate", "date",
    "confirm", "rule_out", "link", "unlink", "watch", "register",
]  # fmt: skip
ACTS: tuple[Act, ...] = get_args(Act)
ON_READINGS: tuple[Act, ...] = ("accept", "reject", "correct")
"""Acts about what a page is read as; the others are about what follows from several pages."""
AnchorKind = Literal["attribution", "commitment", "name", "source", "document", "condition", "claim", "tripwire"]
CONTEXT = 32
"""Characters kept on either side of the exact words (W3C TextQuoteSelector); wide enough to tell repeats apart."""
SAME_READING = 0.5
"""Token-F1 at which another reading of the same kind is the one that a decision was about (DESIGN.md, Identity)."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Exact words on one page: `exact` is the text from the first to the last piece of `spans`."""

    doc: str
    kind: AnchorKind
    spans: Spans
    exact: str
    prefix: str
    suffix: str

    @classmethod
    def at(cls, doc: Document, kind: AnchorKind, spans: Spans) -> "Anchor":
        """The anchor of `spans` in `doc`."""
        whole = extent(spans)
        before, after = max(0, whole.start - CONTEXT), whole.end + CONTEXT
        return cls(doc.id, kind, spans, doc[whole], doc.text[before : whole.start], doc.text[whole.end : after])

    @classmethod
    def of_case(cls, kind: AnchorKind, words: str) -> "Anchor":
        """An anchor on no page: a person's own words about the whole case (a tripwire, the rating of a source)."""
        return cls("", kind, (), words, "", "")

    def fits(self, doc: Document) -> bool:
        """Whether `doc` is the document it names and its words and surroundings stand there."""
        return doc.id == self.doc and self == Anchor.at(doc, self.kind, self.spans)

    def offered(self, text: str) -> int | None:
        """Where the words with their surroundings stand in another version's text; None unless exactly once."""
        needle = self.prefix + self.exact + self.suffix
        found = text.find(needle)
        if found < 0 or text.find(needle, found + 1) >= 0:
            return None
        return found + len(self.prefix)


@dataclass(frozen=True, slots=True)
class Decision:
    """One act. `made` is a UTC second. `value` is, as the codec writes it, the annotation that was accepted or
    rejected, or what it was corrected to; for the acts that give something (`rate`, `date`, `link`, `watch`) what they
    give. `other` is the second thing of a `merge`, `split`, `link` or `unlink`. `withdraws` is the id of the decision
    that this one takes back (its anchor is the same). `after` is the id of the last decision in the case when this one
    was made: two of one second have an order.
    """

    act: Act
    by: str
    made: str
    anchor: Anchor
    holds_from: str | None = None
    value: Mapping[str, Any] | None = None
    note: str | None = None
    withdraws: str | None = None
    after: str | None = None
    other: Anchor | None = None

    @property
    def id(self) -> str:
        """Hash of everything it says."""
        anchor = [self.anchor.doc, self.anchor.kind, ranges(self.anchor.spans)]
        value = dict(self.value) if self.value is not None else None
        said = [self.act, self.by, self.made, self.holds_from, value, self.note, self.withdraws, self.after]
        if self.other is None:
            return short_id("d", [*said, anchor])
        other = [self.other.doc, self.other.kind, ranges(self.other.spans), self.other.exact]
        return short_id("d", [*said, anchor, other])


def in_force(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Decisions that no other withdraws, in the order given, which is the order in which they were made."""
    withdrawn = {decision.withdraws for decision in decisions}
    return tuple(one for one in decisions if one.act != "withdraw" and one.id not in withdrawn)
