"""The board says what holders are, by whose terms and on whose words; what is supposed stays supposed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dam import clock
from tocsin.api import phrasing, views
from tocsin.api.boarding import beneath, terms_of
from tocsin.api.case import Case
from tocsin.api.situations import MOST_REPORTS
from tocsin.core.rows import Row
from tocsin.core.tripwires import Tripwire
from tocsin.errors import UsageError
from tocsin.reason.table import WORDS
from tocsin.reason.whatif import ContradictionError

PAGES = {
    "post.txt": "Hill Post\n2019-05-03\n\nMinister Ilse Brandt said Velmark will send engineers if the dam bursts. "
    "She added that Velmark will not close the bridge unless the council asks for it.\n",
    "wire.txt": "Lake Wire\n2019-05-05\n\nThe dam burst on Sunday, the mayor of Ostrava said. "
    "“The dam has burst,” Mayor Pavel Morrin told reporters.\n",
}


@pytest.fixture
def quarrel(tmp_path: Path) -> Iterator[Case]:
    folder = tmp_path / "p"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Case(tmp_path / "q.tocsin", create=True, clock=clock) as case:
        case.add(folder)
        yield case


def terms(id_: str, by: str | None = None, polarity: str = "will", **more: Any) -> views.Terms:
    return views.Terms(id_, by, "promise", polarity, (id_,), "nothing said", **more)


def group(*clauses: list[Any], **more: Any) -> dict[str, Any]:
    shown = [[operator, f"words of {operator}"] for operator, _ in clauses]
    return {"clauses": list(clauses), "conditions": shown, **more}


def laid(*given: tuple[views.Terms, dict[str, Any]]) -> list[tuple[str, str | None, tuple[str, ...]]]:
    found = [one for one, _ in given]
    made = beneath(found, {one.id: data for one, data in given}, lambda atom: f"<{atom}>")
    return [(one.id, one.to, one.adds) for one in made]


def test_terms_that_only_add_stand_beneath_what_they_add_to() -> None:
    short = (terms("c2", "Ada"), group(["only_if", "k1"]))
    other = (terms("c3", "Bo"), group(["when", "k9"]))
    long = (terms("c1", "Lind"), group(["only_if", ["and", "k1", "k2"]]))
    assert laid(short, other, long) == [("c2", None, ()), ("c1", "c2", ("<k2>",)), ("c3", None, ())]


def test_what_two_tellers_require_is_required_together() -> None:
    one = (terms("c1", "Ada"), group(["only_if", "k1"]))
    other = (terms("c2", "the press"), group(["only_if", "k2"]))
    assert laid(one, other) == [("c1", None, ()), ("c2", "c1", ("<k2>",))]
    assert laid((terms("c1", "Ada"), group(["if", "k1"])), (terms("c2", "Bo"), group(["if", "k2"]))) == [
        ("c1", None, ()), ("c2", None, ()),
    ]  # fmt: skip
    turned = (terms("c2", "Bo", "will_not"), group(["only_if", "k2"]))
    assert laid(one, turned) == [("c1", None, ()), ("c2", None, ())]


def test_a_long_list_is_added_in_its_own_words() -> None:
    one = (terms("c1", "Ada"), group(["only_if", "k1"]))
    other = (terms("c2", "Bo"), group(["only_if", ["and", "k2", "k3", "k4", "k5"]]))
    assert laid(one, other)[1] == ("c2", "c1", ("words of only_if",))


def test_every_telling_stands_under_exactly_one_terms() -> None:
    given = [(terms(f"c{n}", f"teller {n}"), group(["only_if", f"k{n % 3}"], ["if", f"k{n}"])) for n in range(9)]
    assert sorted(one for one, _, _ in laid(*given)) == sorted(f"c{n}" for n in range(9))


def test_a_word_to_the_contrary_withdraws_the_tellers_own_earlier_one() -> None:
    was = {"id": "c1", "members": ["c1"], "kind": "promise", "polarity": "will", "teller": "ada", "said_by": "Ada"}
    now = {**was, "id": "c2", "members": ["c2"], "polarity": "will_not"}
    history = [{"step": "withdrawn", "telling": "c2", "day": "2019-05-05"}]
    groups = [
        {**one, "clauses": [], "limit": None}
        for one in (was, now, {**was, "id": "c3", "members": ["c3"], "teller": "bo"})
    ]
    row = Row("commitment", "c1", {"tellings": groups, "history": history})
    assert [terms_of(row, one).withdrawn for one in groups] == ["2019-05-05", None, None]


def test_a_deadline_reaches_the_engine_with_what_it_is_on() -> None:
    limit = {"earliest": "2019-05-05", "latest": "2019-05-05", "on": "condition"}
    group = {
        "id": "c1", "members": ["c1"], "kind": "ultimatum", "polarity": "will", "teller": "ada", "said_by": "Ada",
        "clauses": [], "limit": limit,
    }  # fmt: skip
    found = terms_of(Row("commitment", "c1", {"tellings": [group], "history": []}), group).deadline
    assert found is not None
    assert (found.when.latest, found.on) == ("2019-05-05", "condition")


def test_a_report_that_the_act_was_done_is_a_step_that_ends_nothing(tmp_path: Path) -> None:
    said = "Karduvia will send engineers to the Orla dam, President Anna Orlova said on Friday.\n"
    done = "Karduvia sent engineers to the Orla dam on Tuesday, the interior ministry said.\n"
    with Case(tmp_path / "c.tocsin", create=True, clock=clock) as case:
        for name, day, text in (("a.txt", "2019-05-03", said), ("b.txt", "2019-05-08", done)):
            (tmp_path / name).write_text(text, encoding="utf-8")
            case.add(tmp_path / name, published=day)
        (one,) = [one for one in case.board() if "send engineers" in one.action.text]
    assert [(step.step, step.by) for step in one.history] == [
        ("stated", "Anna Orlova"), ("acted_on", "interior ministry"),
    ]  # fmt: skip
    assert one.history[1].words
    assert "sent engineers" in one.history[1].words.text
    assert [each.standing for each in one.terms] == ["bound to act"]


def test_every_commitment_has_terms_whose_tellings_are_its_own(quarrel: Case) -> None:
    for one in quarrel.board():
        assert sorted(telling for each in one.terms for telling in each.tellings) == sorted(
            telling.id for telling in one.tellings
        )
        for each in one.terms:
            assert each.standing in (*WORDS, "contested")
            assert phrasing.whose(each)
            if each.by:
                assert each.by in phrasing.whose(each)


def test_a_condition_stands_with_its_state_and_evidence(quarrel: Case) -> None:
    hanging = [condition for one in quarrel.board(conditional=True) for condition in one.conditions]
    assert hanging
    for condition in hanging:
        for situation in condition.situations:
            assert any(condition.words.spans[0][0] <= place.words.spans[0][0] for place in situation.named)
            for report in situation.evidence:
                doc = quarrel.document(report.words.doc)
                assert doc.text[slice(*report.words.spans[0])] == report.words.text


def test_a_situation_that_many_pages_name_stands_beside_each_condition_with_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(MOST_REPORTS + 3):
        text = f"Hill Post {n}\n\nMinister Ilse Brandt said Velmark will send {n + 3} engineers if the dam bursts.\n"
        (folder / f"{n:02}.txt").write_text(text, encoding="utf-8")
    with Case(tmp_path / "m.tocsin", create=True, clock=clock) as case:
        case.add(folder)
        beside = [situation for one in case.board() for each in one.conditions for situation in each.situations]
        assert beside
        assert {(len(one.named), one.places) for one in beside} == {(MOST_REPORTS, MOST_REPORTS + 3)}
        (whole,) = case.conditions()
        assert len(whole.named) == whole.places


def test_the_board_can_be_asked_for_some(quarrel: Case) -> None:
    every = quarrel.board()
    assert quarrel.board(most=1) == every[:1]
    assert quarrel.board(holder="nobody of that name") == []
    assert all(one.conditions for one in quarrel.board(conditional=True))


def test_a_confirmed_situation_changes_what_the_holder_is(quarrel: Case) -> None:
    one = next(one for one in quarrel.board(conditional=True) if one.conditions[0].operator == "unless")
    (before,) = one.terms
    assert before.standing == "bound not to act"
    situation = one.conditions[0].situations[0]
    (made,) = quarrel.decide(situation.id, "confirm", by="ada")
    (after,) = next(each for each in quarrel.board() if each.id == one.id).terms
    assert (after.standing, after.basis) == ("free to act", "decided")
    assert "is confirmed" in phrasing.grounds(after)
    quarrel.decide(made.id, "withdraw", by="ada")
    assert next(each for each in quarrel.board() if each.id == one.id).terms == (before,)
    assert quarrel.verify() == []


def test_what_if_says_what_would_follow_and_changes_nothing(quarrel: Case) -> None:
    rows, decisions = quarrel.store.rows.digest(), quarrel.decisions()
    found = quarrel.whatif(suppose=["the council asks for it"])
    (consequence,) = [one for one in found.consequences if one.changed]
    (under,) = consequence.terms
    assert (under.before.standing, under.after.standing) == ("bound not to act", "free to act")
    assert [one.source for one in under.after.because] == ["supposed"]
    assert quarrel.store.rows.digest() == rows
    assert quarrel.decisions() == decisions
    (turned,) = quarrel.whatif(suppose_not=["the council asks for it"]).supposed
    assert not turned.come_about
    by_id = quarrel.whatif(suppose=[found.supposed[0].situation])
    assert [one.commitment.id for one in by_id.consequences] == [consequence.commitment.id]
    with pytest.raises(ContradictionError):
        quarrel.whatif(suppose=["the council asks for it"], suppose_not=["the council asks for it"])
    for wrong in ([], ["it rains on the moon"]):
        with pytest.raises(UsageError):
            quarrel.whatif(suppose=wrong)


def test_what_is_missing_is_the_smallest_that_would_do(quarrel: Case) -> None:
    (found,) = quarrel.whatif(suppose_not=["the council asks for it"]).consequences
    (under,) = found.terms
    sets = {lacking.word: lacking.sets for lacking in under.missing}
    assert sets["free to act"] == () or all(len(one) == 1 for one in sets["free to act"])


def test_a_tripwire_is_watched_like_a_condition(quarrel: Case) -> None:
    quarrel.watch(Tripwire("the dam bursts", place="Ostrava", who=("Pavel Morrin",)), by="ada")
    quarrel.watch(Tripwire("a comet falls", place="Nowhere"), by="ada")
    found = {one.watches[0].words: one for one in quarrel.tripwires()}
    assert found["a comet falls"].seen == "nobody looked"
    dam = found["the dam bursts"]
    assert dam.looked
    assert dam.watches[0].by == "ada"
    (made,) = quarrel.decide(dam.id, "rule_out", by="bo", holds_from="2019-05-06")
    assert next(one for one in quarrel.tripwires() if one.id == dam.id).state == "ruled_out"
    before = next(one for one in quarrel.conditions(as_of="2019-05-05") if one.id == dam.id)
    assert before.state != "ruled_out"
    quarrel.decide(made.id, "withdraw", by="bo")
    for one in quarrel.tripwires():
        quarrel.decide(one.watches[0].decision, "withdraw", by="ada")
    assert quarrel.tripwires() == []
    assert quarrel.verify() == []
