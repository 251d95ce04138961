"""From an id and an act to decisions about exact words.

A person's correction is checked as a machine's reading is: words that it gives for a span must stand on the page, and
of several places the one nearest to what is corrected is meant.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

from tocsin import pipeline
from tocsin.core.annotations import Attribution, Hop, Report
from tocsin.core.codec import decode, encode
from tocsin.core.commitments import KINDS, OPERATORS, POLARITIES, Atom, Commitment, Condition
from tocsin.core.decisions import ON_READINGS, Act, Anchor, AnchorKind, Decision, in_force
from tocsin.core.document import Document
from tocsin.core.rows import Row
from tocsin.core.spans import Spans, extent
from tocsin.errors import CaseError, UsageError

if TYPE_CHECKING:
    from tocsin.api.case import Case

CLUSTER_OF = {"claim": "statement", "telling": "commitment", "name": "actor", "condition": "atom"}
"""What a row of one page goes into."""
CLUSTERS = (*CLUSTER_OF.values(), "tripwire", "source")
"""Shown under their smallest member's id, and found before it."""
_RANK = {kind: place for place, kind in enumerate((*CLUSTERS, *CLUSTER_OF))}
"""Of several rows with one id the one that a person means: the outermost, then the reading, then steps between."""
COMMITMENT_FIELDS = (
    "holder", "holder_name", "action", "polarity", "kind", "target", "instrument", "deadline", "said_by", "conditions",
)  # fmt: skip
REPORT_FIELDS = ("speaker", "source", "content")


class Rows(Protocol):
    """What `find` needs of a store."""

    def starting(self, prefix: str) -> tuple[Row, ...]:
        """Rows whose id starts with `prefix`."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who decides, when (UTC second), why, which fields a `correct` changes, and whether `only` the very wording with
    the id given is meant where it has others beside it."""

    by: str
    made: str
    note: str | None
    changes: Mapping[str, str]
    only: bool = False


def phrases(query: str) -> tuple[str, ...]:
    """The words of a search, phrases in double quotation marks kept whole; raises UsageError when there are none."""
    found = tuple(quoted or word for quoted, word in re.findall(r'"([^"]+)"|([^\s"]+)', query))
    usable = tuple(phrase for phrase in found if re.search(r"\w", phrase))
    if not usable:
        raise UsageError(f"nothing to search for in {query!r}: give a word, or a phrase in double quotation marks")
    return usable


def find(rows: Rows, thing: str) -> Row:
    """The row whose id starts with `thing`, a cluster before its smallest member."""
    if not re.fullmatch(r"[a-z][0-9a-f]{3,16}", thing):
        raise UsageError(f"{thing!r} is not an id; ids look like c3f9a2b1 and stand at the end of each line")
    found = rows.starting(thing)
    if len({row.id for row in found}) > 1:
        near = ", ".join(sorted({row.id[:12] for row in found})[:5])
        raise UsageError(f"{thing!r} is the start of several ids ({near}, …); give more of it")
    if not found:
        raise UsageError(f"nothing has the id {thing!r}; `tocsin board`, `statements` and `actors` list ids")
    return min(found, key=lambda row: _RANK.get(row.kind, len(_RANK)))


def cluster(case: "Case", thing: str) -> Row:
    """What `thing` is the id of; of a member, its cluster: every member's id leads to it for ever."""
    row = find(case.store.rows, thing)
    if row.kind not in CLUSTER_OF:
        return row
    return case.store.rows.cluster_of(row.id, (CLUSTER_OF[row.kind],)) or row


def signed(by: str, *said: str | None) -> None:
    """Refuse a decision without a name, and words that are no text; raises UsageError."""
    if not by.strip():
        raise UsageError("a decision needs a name: --by NAME")
    for words in (by, *said):
        if words and any("\ud800" <= character <= "\udfff" for character in words):
            raise UsageError(f"not valid text: {words!r}; give it as UTF-8")


def decisions(case: "Case", thing: str, act: Act, deciding: Deciding) -> list[Decision]:
    """The decisions that carry out `act` on `thing`: one for each reading behind it."""
    if act not in (*ON_READINGS, "withdraw"):
        raise UsageError(f"no act {act!r}; on a reading it is one of {', '.join(ON_READINGS)}, or withdraw")
    signed(deciding.by, deciding.note, *deciding.changes.values())
    if (act == "correct") != bool(deciding.changes):
        raise UsageError("`correct` needs at least one --set FIELD=VALUE, and only `correct` takes any")
    if act == "withdraw":
        return [_withdrawal(case, thing, deciding)]
    row = find(case.store.rows, thing) if deciding.only else cluster(case, thing)
    rows = [one for one in members(case, row) if not deciding.only or one.id.startswith(thing)]
    made: dict[tuple[str, Spans], Decision] = {}
    for doc_id, inside in groupby(sorted(rows, key=lambda one: str(one.data["doc"])), lambda one: str(one.data["doc"])):
        doc = case.store.document(doc_id)
        for one in inside:
            decision = _decision(case, doc, one, act, deciding)
            made.setdefault((doc_id, decision.anchor.spans), decision)
    return list(made.values())


def _decision(case: "Case", doc: Document, row: Row, act: Act, deciding: Deciding) -> Decision:
    kind, reading = reading_of(case, doc, row)
    value = corrected(doc, reading, deciding.changes) if deciding.changes else reading
    anchor = _anchor(case, doc, kind, reading)
    return Decision(act, deciding.by, deciding.made, anchor, value=encode(value, doc=doc.id), note=deciding.note)


def _anchor(case: "Case", doc: Document, kind: AnchorKind, reading: Commitment | Report) -> Anchor:
    """The reading's words; where an earlier decision made the reading, the words that that one was about, so that the
    later one stands on the page and not on the earlier decision."""
    data = encode(reading, doc=doc.id)
    for earlier in in_force(case.store.decisions(doc.id)):
        if earlier.anchor.kind == kind and earlier.act != "reject" and dict(earlier.value or {}) == data:
            return earlier.anchor
    return Anchor.at(doc, kind, reading.action if isinstance(reading, Commitment) else reading.content)


def members(case: "Case", row: Row) -> list[Row]:
    """The claims or tellings behind a row: its members where it is a cluster, else itself."""
    wanted = {"statement": "claim", "commitment": "telling"}.get(row.kind)
    if wanted:
        return [one for part in row.data["members"] for one in case.store.rows.starting(part) if one.kind == wanted]
    if row.kind not in ("claim", "telling"):
        raise UsageError(f"{row.id} ({row.kind}): accept, reject and correct are for statements and commitments")
    return [row]


def reading_of(case: "Case", doc: Document, row: Row) -> tuple[AnchorKind, Commitment | Report]:
    """The annotation that a claim or a telling comes from, as people's decisions leave it."""
    if row.kind == "claim" and row.data["own_voice"]:
        raise UsageError(f"{row.id} is the page's own voice: there is no attribution to accept, reject or correct")
    reports, commitments = pipeline.standing(case.store, doc)
    for one in commitments:
        if row.kind == "telling" and one.id == row.id:
            return "commitment", one
    for report in reports:
        if row.kind == "claim" and report.id == row.data["report"]:
            return "attribution", report
    raise CaseError(f"{row.id} is not what its page is read as; `tocsin verify` says more, `tocsin rebuild` mends it")


def corrected(doc: Document, reading: Commitment | Report, changes: Mapping[str, str]) -> Commitment | Report:
    """`reading` with `changes` made; raises UsageError for a field it has not, or words that are not on the page."""
    fields = COMMITMENT_FIELDS if isinstance(reading, Commitment) else REPORT_FIELDS
    unknown = sorted(set(changes) - set(fields))
    if unknown:
        raise UsageError(f"no field {unknown[0]!r} to correct; it is one of {', '.join(fields)}")
    if isinstance(reading, Commitment):
        return _corrected_commitment(doc, reading, changes)
    return _corrected_report(doc, reading, changes)


def _corrected_commitment(doc: Document, old: Commitment, changes: Mapping[str, str]) -> Commitment:
    near = extent(old.action).start
    new: dict[str, Any] = {}
    for name, value in changes.items():
        if name in ("holder_name", "said_by"):
            new[name] = value.strip() or None
        elif name in ("polarity", "kind"):
            allowed = POLARITIES if name == "polarity" else KINDS
            new[name] = _one_of(value, allowed, name)
        elif name == "conditions":
            new["conditions"] = tuple(_condition(doc, one, near) for one in value.split("|") if one.strip())
            new["trigger"] = None
        else:
            new[name] = words_at(doc, value, near) if value.strip() else ()
    if not new.get("action", old.action):
        raise UsageError("a commitment needs its action's words")
    if "holder" in new and "holder_name" not in new:
        new["holder_name"] = doc.words(new["holder"]) if new["holder"] else None
    return replace(old, **new)


def _condition(doc: Document, given: str, near: int) -> Condition:
    operator, colon, words = given.partition(":")
    if not colon:
        raise UsageError(f"a condition is OPERATOR: WORDS ON THE PAGE, several apart by |; not {given!r}")
    spans = words_at(doc, words, near)
    return Condition(_one_of(operator.strip(), OPERATORS, "operator"), spans, Atom(spans))


def _corrected_report(doc: Document, old: Report, changes: Mapping[str, str]) -> Report:
    near = extent(old.content).start
    attribution = old.attribution or Attribution((), (), old.content)
    content = words_at(doc, changes["content"], near) if "content" in changes else old.content
    source = words_at(doc, changes["source"], near) if "source" in changes else attribution.source
    name = changes.get("speaker", "").strip() or (doc.words(source) if "source" in changes else old.speaker)
    speaker = Hop(name, "speaker", source, "stated")
    return Report(content, replace(attribution, source=source, content=content), (speaker, *old.hops[1:]))


def _one_of(value: str, allowed: tuple[Any, ...], what: str) -> Any:
    if value not in allowed:
        raise UsageError(f"{what} is one of {', '.join(allowed)}; not {value!r}")
    return value


def words_at(doc: Document, words: str, near: int) -> Spans:
    """Where `words` stand on the page as whole words, nearest to the code point `near`; raises UsageError where they do
    not."""
    words = words.strip()
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)" if re.search(r"\w", words) else r"(?!)")
    places = [match.start() for match in pattern.finditer(doc.text)]
    if not places:
        raise UsageError(f"these words are not on page {doc.page!r}: {words!r}; copy them exactly as they stand")
    start = min(places, key=lambda place: (abs(place - near), place))
    return doc.spans((start, start + len(words)))


def stands_as(decision: Decision) -> str | None:
    """The id under which a corrected commitment is found from now on; None for all other acts."""
    if decision.act != "correct" or decision.anchor.kind != "commitment":
        return None
    return decode(Commitment, dict(decision.value or {}), doc=decision.anchor.doc).id


def _withdrawal(case: "Case", thing: str, deciding: Deciding) -> Decision:
    standing = [one for one in in_force(case.store.decisions()) if one.id.startswith(thing)]
    if len(standing) != 1:
        raise UsageError(f"{len(standing)} decisions in force start with {thing!r}; `tocsin decisions CASE` lists them")
    return Decision(
        "withdraw", deciding.by, deciding.made, standing[0].anchor, note=deciding.note, withdraws=standing[0].id
    )


def offers(case: "Case") -> Iterator[tuple[Decision, Document]]:
    """Decisions in force with later versions of their page where their words and surroundings are unchanged. Words that
    stand twice on their own page are offered nowhere: which of the two is left could not be told."""
    made = in_force(case.store.decisions())
    taken = {(one.anchor.doc, one.anchor.kind, one.anchor.exact) for one in made}
    for decision in made:
        later = case.store.later_versions(decision.anchor.doc)
        if not later or decision.anchor.offered(case.store.document(decision.anchor.doc).text) is None:
            continue
        for doc_id in later:
            if (doc_id, decision.anchor.kind, decision.anchor.exact) in taken:
                continue
            doc = case.store.document(doc_id)
            if decision.anchor.offered(doc.text) is not None:
                yield decision, doc
