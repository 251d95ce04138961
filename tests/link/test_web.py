"""Commitments over time, atoms, evidence and tripwires, from rows of invented pages to what is shown; and the second
law over all of it.
"""

import itertools
import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.core.codec import encode
from tocsin.core.commitments import Atom, Commitment, Condition, Expr, Not, Or
from tocsin.core.decisions import Anchor, Decision
from tocsin.core.ids import short_id
from tocsin.core.rows import Row
from tocsin.core.spans import Span
from tocsin.core.when import UNKNOWN, When
from tocsin.link import DERIVATIONS
from tocsin.link.derive import derive, touch
from tocsin.link.names import name_key, words_key
from tocsin.link.readings import case_rows
from tocsin.link.tripwires import end_of, reported
from tocsin.reason.states import Decided, Evidence, history
from tocsin.store.store import Store

Pages = Mapping[str, tuple[Row, ...]]


def place(doc: str, day: str | None) -> dict[str, Any]:
    return {
        "doc": doc,
        "page": f"{doc}.html",
        "outlet": f"The {doc} Post",
        "published": {"earliest": day, "latest": day},
    }


def telling(doc: str, text: str, holder: str, action: str, *conditions: str, **given: Any) -> Row:
    """A telling on page `doc` in `text`; a condition is "operator: words", with " | " between the pieces of a list and
    "not " before what is denied."""
    day, by = given.get("day", "2031-05-01"), given.get("by", holder)

    def spans(words: str) -> tuple[Span, ...]:
        start = text.index(words)
        return (Span(doc, start, start + len(words)),)

    made = []
    for one in conditions:
        operator, words = one.split(": ")
        bare = words.removeprefix("not ")
        pieces = [Atom(spans(piece)) for piece in bare.split(" | ")]
        expr: Expr = pieces[0] if len(pieces) == 1 else Or(tuple(pieces))
        whole = (Span(doc, pieces[0].spans[0].start, pieces[-1].spans[0].end),)
        made.append(Condition(operator, whole, expr if bare == words else Not(expr)))  # type: ignore[arg-type]
    told = Commitment(
        spans(holder) if holder in text else (), spans(action), given.get("polarity", "will"),
        given.get("kind", "promise"),
        conditions=tuple(made), trigger=made[0].expr if made else None, holder_name=holder, said_by=by,
    )  # fmt: skip
    data = {
        **place(doc, day), "span": [0, len(text)], "text": text, "prefix": "", "suffix": "", "holder": holder,
        "action": action, "kind": told.kind, "polarity": told.polarity, "target": None, "instrument": None,
        "deadline": given.get("deadline"), "hedges": given.get("hedges", []), "said_by": by, "via": [], "hops": [],
        "conditions": [
            {"operator": one.operator, "marker": None, "text": text[one.spans[0].start : one.spans[0].end],
             "spans": [[one.spans[0].start, one.spans[0].end]]} for one in made
        ],
        "commitment": encode(told, doc=doc), "holder_key": name_key(holder), "words_key": words_key(action),
        "limit": given.get("limit"),
    }  # fmt: skip
    return Row("telling", told.id, data)


def claim(doc: str, text: str, speaker: str | None = None, day: str | None = "2031-05-02", start: int = 500) -> Row:
    data = {
        **place(doc, day), "span": [start, start + len(text)], "text": text, "prefix": "", "suffix": "",
        "label": "body",
        "speaker": speaker or f"The {doc} Post", "via": [], "hops": [], "own_voice": speaker is None, "report": "r1",
        "attribution": None, "source": [], "cue": [], "content": [], "words_key": words_key(text),
        "speaker_key": name_key(speaker) if speaker else f"page {doc}.html",
    }  # fmt: skip
    return Row("claim", short_id("s", [doc, start, text]), data)


def decision(act: str, *anchors: Anchor, made: str = "2031-05-09T08:00:00Z", **given: Any) -> Row:
    other = anchors[1] if len(anchors) > 1 else None
    (row,) = case_rows((Decision(act, "ada", made, anchors[0], other=other, **given),))  # type: ignore[arg-type]
    return row


def at(row: Row, words: str, kind: str) -> Anchor:
    start = row.data["text"].index(words) + row.data["span"][0]
    span = Span(row.data["doc"], start, start + len(words))
    return Anchor(span.doc, kind, (span,), words, "", "")  # type: ignore[arg-type]


@contextmanager
def case(pages: Pages, steps: Iterable[Iterable[str]] | None = None) -> Iterator[Store]:
    """A case of pages: added all at once, or step by step."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        for step in steps if steps is not None else [pages]:
            with store.writing():
                touched = set()
                for doc in step:
                    rows = tuple(sorted(pages.get(doc, ()), key=lambda row: row.id))
                    touched |= touch(store.rows, DERIVATIONS, doc, rows)
                derive(store.rows, DERIVATIONS, touched)
        yield store


def shown(store: Store, kind: str) -> list[dict[str, Any]]:
    return [row.data for row in store.rows.of_kind(kind)]


def steps_of(*tellings: Row) -> list[tuple[str, str]]:
    pages: dict[str, list[Row]] = {}
    for row in tellings:
        pages.setdefault(row.data["doc"], []).append(row)
    with case({doc: tuple(rows) for doc, rows in pages.items()}) as store:
        (found,) = shown(store, "commitment")
        return [(step["day"], step["step"]) for step in found["history"]]


WATCH = (
    "Orsa will keep its reserve where it stands as long as nobody burns the granaries, loots the shops or storms the "
    "ministries."
)
WIRE = "Orsa will leave its reserve where it stands, unless the granaries are burnt."


def first() -> Row:
    conditions = "as_long_as: nobody burns the granaries | loots the shops | storms the ministries"
    return telling("a", WATCH, "Orsa", "keep its reserve where it stands", conditions, by="Tarn")


def second() -> Row:
    return telling(
        "b", WIRE, "Orsa", "leave its reserve where it stands", "unless: the granaries are burnt", day="2031-05-03"
    )


def test_conditions_that_are_one_situation_share_an_atom_whatever_their_sign() -> None:
    with case({"a": (first(),), "b": (second(),)}) as store:
        atoms = {tuple(sorted({one["words"] for one in row["told"]})) for row in shown(store, "atom")}
        assert ("nobody burns the granaries", "the granaries are burnt") in atoms
        assert len(atoms) == 3


def test_what_nobody_does_is_denied_piece_by_piece() -> None:
    with case({"a": (first(),)}) as store:
        ((operator, formula),) = shown(store, "commitment")[0]["tellings"][0]["clauses"]
        assert operator == "as_long_as"
        assert formula[0] == "and"
        assert [part[0] for part in formula[1:]] == ["not", "not", "not"]


def test_one_act_in_two_wordings_is_one_commitment_with_its_tellings_side_by_side() -> None:
    with case({"a": (first(),), "b": (second(),)}) as store:
        (found,) = shown(store, "commitment")
        assert found["members"] == sorted([first().id, second().id])
        assert [one["said_by"] for one in found["tellings"]] == [
            row.data["said_by"] for row in sorted([first(), second()], key=lambda row: row.id)
        ]


def test_who_stays_where_he_is_in_other_words_stays_on_one_condition() -> None:
    condition = "as_long_as: nobody burns the granaries"
    one = telling("a", f"Orsa will stay put {condition}", "Orsa", "stay put", condition, by="Tarn")
    text = f"The guard will stay where it is {condition}"
    other = telling("b", text, "The guard", "stay where it is", condition, by="Tarn")
    with case({"a": (one,), "b": (other,)}) as store:
        assert len(shown(store, "commitment")) == 1


def test_two_acts_toward_one_land_on_one_condition_are_two() -> None:
    acts = ("buy coal from {}", "withdraw its envoy from {}")
    for land in ("Velm", "the fishery board"):
        rows = []
        for doc, act in zip("ab", acts, strict=True):
            text, told = f"Orsa will {act.format(land)} if the granaries are burnt.", act.format(land)
            row = telling(doc, text, "Orsa", told, "if: the granaries are burnt")
            rows.append(Row(row.kind, row.id, {**row.data, "target": land.removeprefix("the ")}))
        with case({row.data["doc"]: (row,) for row in rows}) as store:
            assert len(shown(store, "commitment")) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("send tanks", "send money"),
        ("take Velm", "come to Velm"),
        ("stay put", "leave the town"),
    ],
)
def test_one_word_in_common_makes_no_act_one(one: str, other: str) -> None:
    condition = "if: the granaries are burnt"
    rows = [
        telling(doc, f"Orsa will {act} {condition}", "Orsa", act, condition) for doc, act in (("a", one), ("b", other))
    ]
    with case({row.data["doc"]: (row,) for row in rows}) as store:
        assert len(shown(store, "commitment")) == 2


def test_one_act_under_another_condition_is_compared_once() -> None:
    text = "Orsa will send its engineers to the dam if {} asks."
    rows = [
        telling(doc, text.format(who), "Orsa", "send its engineers to the dam", f"if: {who} asks")
        for doc, who in (("a", "Velm"), ("b", "Tarn"))
    ]
    with case({row.data["doc"]: (row,) for row in rows}) as store:
        (wording,) = shown(store, "wording")
        assert wording["members"] == sorted(row.id for row in rows)
        assert len(shown(store, "commitment")[0]["tellings"]) == 2


def test_another_act_of_the_same_holder_stays_apart() -> None:
    other = telling("b", "Orsa will buy grain from Velm.", "Orsa", "buy grain from Velm")
    with case({"a": (first(),), "b": (other,)}) as store:
        assert len(shown(store, "commitment")) == 2


def test_a_refusal_of_what_was_promised_is_a_step_of_the_same_commitment() -> None:
    text = "Orsa sends its engineers to the dam"
    one = telling("a", text, "Orsa", "sends its engineers to the dam", day="2031-05-01")
    other = telling("b", text, "Orsa", "sends its engineers to the dam", day="2031-05-04", polarity="will_not")
    assert steps_of(one, other) == [("2031-05-01", "stated"), ("2031-05-04", "withdrawn")]


def test_the_steps_of_a_history() -> None:
    text = "Orsa sends its engineers to the dam if the valley is flooded, perhaps"
    act = "sends its engineers to the dam"
    told = telling("a", text, "Orsa", act, "if: the valley is flooded", by="Tarn")
    own = telling("b", text, "Orsa", act, "if: the valley is flooded", day="2031-05-02")
    again = telling("c", text, "Orsa", act, day="2031-05-03")
    softer = telling("d", text, "Orsa", act, "if: the valley is flooded", day="2031-05-05", hedges=["perhaps"])
    relayed = telling("e", text, "Orsa", act, by="Tarn", day="2031-05-06")
    found = steps_of(told, own, again)
    assert found == [("2031-05-01", "stated"), ("2031-05-02", "acknowledged"), ("2031-05-03", "hardened")]
    assert steps_of(again, softer)[-1] == ("2031-05-05", "softened")
    assert steps_of(again, relayed)[-1] == ("2031-05-03", "stated")


def test_an_act_lapses_on_the_last_day_set_for_it_and_an_ultimatum_does_not() -> None:
    text, act = "Orsa sends its engineers to the dam by Friday", "sends its engineers to the dam"
    friday = {"earliest": "2031-05-09", "latest": "2031-05-09", "on": None}
    later = {"earliest": "2031-05-16", "latest": "2031-05-16", "on": None}
    told = telling("a", text, "Orsa", act, deadline="by Friday", limit=friday)
    extended = telling("b", text, "Orsa", act, deadline="by the 16th", limit=later, day="2031-05-08")
    assert steps_of(told) == [("2031-05-01", "stated"), ("2031-05-09", "lapsed")]
    assert steps_of(told, extended)[1:] == [("2031-05-08", "extended"), ("2031-05-16", "lapsed")]
    on_condition = telling("a", text, "Orsa", act, deadline="by Friday", limit={**friday, "on": "condition"})
    ultimatum = telling("a", text, "Orsa", act, deadline="by Friday", limit=friday, kind="ultimatum")
    for one in (on_condition, ultimatum):
        assert steps_of(one) == [("2031-05-01", "stated")]


def test_evidence_for_and_against_an_atom_and_its_state_by_day() -> None:
    pages = {
        "a": (second(),),
        "b": (claim("c", "The granaries of Orsa were burnt overnight.", day="2031-05-04"),),
        "c": (claim("d", "No granaries were burnt.", "Mayor Lind", "2031-05-05"),),
        "d": (claim("e", "The granaries could be burnt, Tarn fears.", "Tarn", "2031-05-06"),),
    }
    with case(pages) as store:
        (wire,) = shown(store, "tripwire")
        assert [(one["direction"], one["origin"]) for one in wire["evidence"]] == [
            ("for", "outlet c post"),
            ("against", "mayor lind"),
        ]
        assert wire["history"] == [[None, "unreported"], ["2031-05-04", "alleged"], ["2031-05-05", "contested"]]


def test_an_undated_page_may_tell_of_a_year_gone_by_as_its_news() -> None:
    late = claim("c", "The granaries of Orsa were burnt on May 3, 2031.", day="2033-01-01")
    for day, rows in (("2033-01-01", 0), (None, 1)):
        late.data["published"]["earliest"] = day
        with case({"a": (second(),), "c": (late,)}) as store:
            assert len(shown(store, "evidence")) == rows


def test_a_report_that_the_holder_did_it_is_a_step_and_another_doing_it_is_none() -> None:
    told = telling("a", "Orsa will close the Tarn crossing.", "Orsa", "close the Tarn crossing")
    did = claim("c", "Orsa closed the Tarn crossing on Monday.", day="2031-05-07")
    for text in (
        "Velm closed the Tarn crossing.",
        "Orsa may have closed the Tarn crossing.",
        "Orsa closed the harbour.",
    ):
        with case({"a": (told,), "d": (claim("d", text, day="2031-05-07"),)}) as store:
            assert shown(store, "outcome") == [], text
    with case({"a": (told,), "c": (did,)}) as store:
        (found,) = shown(store, "outcome")
        assert found["commitment"] == told.id
        assert [(one["day"], one["step"], one["claim"]) for one in found["steps"]] == [
            ("2031-05-07", "acted_on", did.id)
        ]


def test_what_was_done_before_it_was_said_keeps_no_promise() -> None:
    told = telling("a", "Orsa will close the Tarn crossing.", "Orsa", "close the Tarn crossing", day="2031-05-09")
    with case({"a": (told,), "c": (claim("c", "Orsa closed the Tarn crossing."),)}) as store:
        assert shown(store, "outcome") == []


def test_a_page_that_only_its_capture_dates_withdraws_nothing_and_keeps_no_promise() -> None:
    told = telling("a", "Orsa will close the Tarn crossing.", "Orsa", "close the Tarn crossing")
    text = "Orsa will not close the Tarn crossing."
    back = telling("b", text, "Orsa", "close the Tarn crossing", polarity="will_not", day="2031-05-09")
    did = claim("c", "Orsa closed the Tarn crossing on Monday.", day="2031-05-07")
    for sure, steps, done in ((True, ["stated", "withdrawn"], 1), (False, ["stated"], 0)):
        for row in (back, did):
            row.data["published"]["earliest"] = row.data["published"]["latest"] if sure else None
        with case({"a": (told,), "b": (back,)}) as store:
            (found,) = shown(store, "commitment")
            assert [step["step"] for step in found["history"]] == steps
        with case({"a": (told,), "c": (did,)}) as store:
            assert len(shown(store, "outcome")) == done


def test_a_telling_is_no_evidence_of_its_own_condition() -> None:
    own = claim("b", WIRE, "Tarn", start=0)
    with case({"b": (second(), own)}) as store:
        assert shown(store, "evidence") == []


def test_what_structure_leaves_open_waits_for_a_person_and_a_link_decides() -> None:
    doubtful = claim("c", "The burning of the granaries was not an accident.")
    condition = at(second(), "the granaries are burnt", "condition")
    link = decision("link", at(doubtful, doubtful.data["text"], "claim"), condition, value={"direction": "for"})
    pages = {"b": (second(),), "c": (doubtful,)}
    with case(pages) as store:
        (wire,) = shown(store, "tripwire")
        assert (wire["state"], len(wire["waiting"])) == ("unreported", 1)
    with case({**pages, "c": (doubtful, link)}) as store:
        (wire,) = shown(store, "tripwire")
        assert (wire["state"], wire["waiting"], wire["linked"][0]["by"]) == ("alleged", [], "ada")


def test_unlinked_evidence_counts_no_more_and_only_a_person_confirms() -> None:
    burnt = claim("c", "The granaries of Orsa were burnt overnight.")
    condition = at(second(), "the granaries are burnt", "condition")
    unlink = decision("unlink", at(burnt, burnt.data["text"], "claim"), condition)
    confirm = decision("confirm", condition, holds_from="2031-05-08")
    with case({"b": (second(),), "c": (burnt, unlink)}) as store:
        assert shown(store, "tripwire")[0]["state"] == "unreported"
    with case({"b": (second(), confirm), "c": (burnt,)}) as store:
        assert shown(store, "tripwire")[0]["history"][-1] == ["2031-05-08", "confirmed"]


def test_an_analysts_tripwire_tells_looked_from_nobody_looked() -> None:
    value = {"name": "convoys", "words": "unmarked convoys cross the river", "place": "Velm", "who": ["Traceline"]}
    watch = decision("watch", Anchor.of_case("tripwire", "unmarked convoys cross the river"), value=value)
    seen = {"key": "velm", "names": ["Velm"], "roles": {"mention": 1}, "kinds": ["place"], "spans": [[1, 5]]}
    page = Row("name", "n1", {**place("p", "2031-05-10"), **seen})
    with case({"": (watch,)}) as store:
        (own,) = shown(store, "tripwire")[0]["watch"]
        assert (own["looked"], own["silent"]) == (False, ["Traceline"])
    crossed = claim("q", "Unmarked convoys crossed the river on Monday.", day="2031-05-11")
    with case({"": (watch,), "p": (page,)}) as store:
        (wire,) = shown(store, "tripwire")
        assert (wire["state"], wire["watch"][0]["looked"]) == ("unreported", True)
    with case({"": (watch,), "p": (page,), "q": (crossed,)}) as store:
        assert shown(store, "tripwire")[0]["state"] == "alleged"


def test_two_situations_are_merged_and_split_by_a_person() -> None:
    other = telling("c", "Orsa will act if the dam breaks.", "Orsa", "act", "if: the dam breaks")
    both = (at(second(), "the granaries are burnt", "condition"), at(other, "the dam breaks", "condition"))
    with case({"b": (second(),), "c": (other, decision("merge", *both))}) as store:
        assert len(shown(store, "atom")) == 1
    later = decision("split", *both, made="2031-05-10T08:00:00Z")
    with case({"b": (second(),), "c": (other, decision("merge", *both), later)}) as store:
        assert len(shown(store, "atom")) == 2


WHENS = st.sampled_from(
    [UNKNOWN, *(When(a, b) for a in (None, "2031-01-01", "2031-01-02") for b in ("2031-01-02", "2031-01-03T10:00:00Z"))]
)
WORDS = st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from(["for", "against"]), WHENS), max_size=7)
VERDICTS = st.lists(
    st.tuples(st.sampled_from(["confirmed", "ruled_out"]), st.sampled_from([None, "2031-01-02", "2031-01-04"])),
    max_size=2,
)


@given(WORDS, VERDICTS)
def test_states_in_one_pass_are_those_of_the_engine(words: list[Any], verdicts: list[Any]) -> None:
    told = [Evidence("a", way, origin, when) for origin, way, when in words]
    decided = [Decided("a", state, since, str(n)) for n, (state, since) in enumerate(verdicts)]
    said = [(when.latest, when.earliest, origin, way) for origin, way, when in words]
    ours, theirs = reported(said, decided), history("a", told, decided)
    moments = sorted({one for one, _ in (*ours, *theirs) if one}, key=end_of)
    for moment in (None, *moments):
        before = [
            [state for since, state in steps if since is None or (moment and end_of(since) <= end_of(moment))][-1]
            for steps in (ours, theirs)
        ]
        assert before[0] == before[1], moment


def everything() -> Pages:
    burnt = claim("c", "The granaries of Orsa were burnt overnight.", day="2031-05-04")
    third = telling("d", "Orsa will not keep its reserve where it stands.", "Orsa", "keep its reserve where it stands",
                    polarity="will_not", day="2031-05-06")  # fmt: skip
    watch = decision("watch", Anchor.of_case("tripwire", "the granaries burn"), value={"words": "the granaries burn"})
    confirm = decision("confirm", at(second(), "the granaries are burnt", "condition"))
    kept = claim("f", "Orsa kept its reserve where it stood.", day="2031-05-08")
    looted = (claim("e", "Nobody looted the shops.", "Mayor Lind"), claim("e", "Shops were looted.", "Tarn", start=9))
    return {
        "": (watch,), "a": (first(),), "b": (second(), confirm), "c": (burnt,), "d": (third,), "e": looted,
        "f": (kept,),
    }  # fmt: skip


def test_adding_one_at_a_time_in_any_order_gives_what_adding_all_at_once_gives() -> None:
    pages = everything()
    with case(pages) as store:
        whole = store.rows.fingerprint()
    orders = list(itertools.permutations(sorted(pages)))
    for order in random.Random(7).sample(orders, 12):
        with case(pages, [[doc] for doc in order]) as store:
            assert store.rows.fingerprint() == whole, order


def test_a_page_that_goes_leaves_nothing_behind() -> None:
    pages = everything()
    with case(pages) as store:
        whole = store.rows.fingerprint()
    with case(pages, [sorted(pages)]) as store:
        for gone in ("c", "b", "a"):
            with store.writing():
                derive(store.rows, DERIVATIONS, touch(store.rows, DERIVATIONS, gone, ()))
        for back in ("a", "b", "c"):
            with store.writing():
                rows = tuple(sorted(pages[back], key=lambda row: row.id))
                derive(store.rows, DERIVATIONS, touch(store.rows, DERIVATIONS, back, rows))
        assert store.rows.fingerprint() == whole
