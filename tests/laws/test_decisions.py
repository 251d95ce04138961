"""What people decided outlasts rebuilds and readers, holds down what it rejects, and is never moved to a lookalike."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casework import Wish, derived, grant, law, wishes
from newer import Shift, another_text, read_by, shifted, shifts
from tocsin.api.case import Case
from tocsin.core.annotations import Report
from tocsin.core.codec import decode
from tocsin.core.commitments import Commitment
from tocsin.core.decisions import Decision, in_force
from tocsin.core.document import Document
from tocsin.core.rows import READINGS, Row
from tocsin.core.spans import Spans
from worlds import Source, World, a_case, fill, folder, laid, lines, put, worlds

pytestmark = pytest.mark.slow

TOKEN = re.compile(r"\w+")
MARK = "⁂"
"""What no page of these worlds holds."""

# How alike two readings are, counted anew here: the words of the page that both hold.


def tokens(doc: Document, spans: Spans) -> frozenset[int]:
    """The words of the page that `spans` hold or cut, by where they begin."""
    found = [match.span() for match in TOKEN.finditer(doc.text)]
    return frozenset(start for start, end in found if any(one.start < end and start < one.end for one in spans))


def alike(doc: Document, one: Spans, other: Spans) -> bool:
    """Whether the two have a token-F1 of a half or more."""
    left, right = tokens(doc, one), tokens(doc, other)
    return one == other or (bool(left & right) and 4 * len(left & right) >= len(left) + len(right))


def readings_of(doc: Document, row: Row) -> tuple[Spans, Spans]:
    """The words that a decision on a row is about, and its cue where it has one."""
    if row.kind == "telling":
        return doc.spans(*row.data["commitment"]["action"]), ()
    return doc.spans(*row.data["content"]), doc.spans(*row.data["cue"])


def value_of(decision: Decision) -> Report | Commitment:
    """The reading that a decision was made on, or what it was corrected to."""
    value, doc = dict(decision.value or {}), decision.anchor.doc
    return (
        decode(Report, value, doc=doc) if decision.anchor.kind == "attribution" else decode(Commitment, value, doc=doc)
    )


def name_of(row: Row) -> str:
    """The id of the reading that a row comes from."""
    return str(row.id if row.kind == "telling" else row.data["report"])


def check_decided(case: Case) -> None:
    """Every decision in force does what it says."""
    made = in_force(case.store.decisions())
    rows = case.store.rows
    for number, decision in enumerate(made):
        doc = case.document(decision.anchor.doc)
        kind = "claim" if decision.anchor.kind == "attribution" else "telling"
        found = [row for row in rows.of_kind(kind) if row.data["doc"] == doc.id and not row.data.get("own_voice")]
        later = [
            one for one in made[number + 1 :] if (one.anchor.doc, one.anchor.kind) == (doc.id, decision.anchor.kind)
        ]
        if decision.act == "reject":
            spared = {value_of(one).id for one in later if one.act != "reject"}
            check_held_down(doc, decision, [row for row in found if name_of(row) not in spared])
        else:
            value = value_of(decision)
            spans = value.content if isinstance(value, Report) else value.action
            if not any(
                alike(doc, one.anchor.spans, spans) or one.anchor.spans == decision.anchor.spans for one in later
            ):
                assert value.id in map(name_of, found), "an accepted reading has gone"


def check_held_down(doc: Document, decision: Decision, rows: list[Row]) -> None:
    """Nothing like a rejected reading stands."""
    value = value_of(decision)
    cue = value.attribution.cue if isinstance(value, Report) and value.attribution else ()
    for row in rows:
        spans, its_cue = readings_of(doc, row)
        another = cue and its_cue and not tokens(doc, cue) & tokens(doc, its_cue)
        assert another or not alike(doc, decision.anchor.spans, spans), "a rejected reading stands"


@law
@given(worlds(most=2), st.lists(wishes(), max_size=1), wishes("accept", "reject", "correct"))
def test_withdrawing_restores_the_case_before(world: World, earlier: list[Wish], wish: Wish) -> None:
    with folder() as root, a_case(root) as case:
        fill(case, world, laid(root, world))
        for one in earlier:
            grant(case, one)
        before = derived(case)
        made = grant(case, wish)
        assume(made)
        for decision in reversed(made):
            case.decide(decision.id, "withdraw", by="bob")
        assert derived(case) == before


@law
@given(worlds(most=2, readable=True), st.lists(wishes(), min_size=1, max_size=3), wishes(), shifts)
def test_decisions_hold_whatever_reads_next(world: World, wanted: list[Wish], then: Wish, shift: Shift) -> None:
    with folder() as root, a_case(root) as case:
        fill(case, world, laid(root, world))
        for wish in wanted:
            grant(case, wish)
        check_decided(case)
        before, standing = derived(case), case.decisions()
        with read_by(*shifted(shift)):
            case.reread()
            assert case.decisions() == standing
            assert {said for _, said in standing} <= {"in force", "withdrawn"}
            check_decided(case)
            rows = case.store.rows.fingerprint()
            case.rebuild()
            assert case.store.rows.fingerprint() == rows
            made = grant(case, then)
            check_decided(case)
            for decision in reversed(made):
                if decision.act != "withdraw":
                    case.decide(decision.id, "withdraw", by="bob")
        if then.act != "withdraw":
            case.reread()
            assert derived(case) == before


@law
@given(worlds(most=1, readable=True), st.lists(wishes("accept", "reject", "correct"), min_size=1, max_size=2))
def test_what_no_longer_fits_is_listed_and_not_moved(world: World, wanted: list[Wish]) -> None:
    with folder() as root, a_case(root) as case, a_case(root, "new") as fresh:
        paths = laid(root, world)
        fill(case, world, paths)
        made = [decision for wish in wanted for decision in grant(case, wish)]
        assume(made)
        before = derived(case)
        with another_text():
            case.reread()
            assert [standing for _, standing in case.decisions()] == ["does not fit"] * len(made)
            assert [one for one, _ in case.decisions()] == made
            fill(fresh, world, paths)
            assert derived(case) == derived(fresh)
        case.reread()
        assert derived(case) == before


@law
@given(lines(), st.integers(1, 3), wishes("accept", "reject", "correct"), st.data())
def test_a_decision_is_offered_where_words_and_surroundings_stand(
    shown: list[str], times: int, wish: Wish, data: st.DataObject
) -> None:
    old = "\n\n".join(shown * times) + "\n"
    place = data.draw(st.integers(0, len(old)), label="edited at")
    new = old[:place] + MARK + old[place:]
    world = tuple(Source("a.txt", text.encode(), moment) for text, moment in ((old, 0), (new, 2)))
    with folder() as root, a_case(root) as case:
        paths = laid(root, world)
        put(case, 0, paths[0])
        made = [one for one in grant(case, wish) if one.anchor.exact]
        assume(made)
        put(case, 2, paths[1])
        offered = [one.id for one, _ in case.offers()]
        for decision in made:
            start, end = decision.anchor.spans[0].start, decision.anchor.spans[-1].end
            first, last = max(0, start - 32), min(len(old), end + 32)
            unchanged = place <= first or place >= last
            once = len(re.findall(f"(?={re.escape(old[first:last])})", old)) == 1
            if not unchanged:
                assert decision.id not in offered
            elif once:
                assert decision.id in offered
        (later,) = (one.id for one in case.documents() if one.id != made[0].anchor.doc)
        rows = case.store.rows.block_rows(READINGS, later)
        for decision in made:
            case.decide(decision.id, "withdraw", by="bob")
        assert case.offers() == []
        assert case.store.rows.block_rows(READINGS, later) == rows
