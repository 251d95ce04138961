"""Decisions about what follows from several pages: each stands on exact words, or on a person's own about the case."""

import pytest

from tocsin.api.case import Case
from tocsin.api.judging import JUDGEMENTS
from tocsin.api.sources import sources
from tocsin.cli.parser import DECIDED
from tocsin.core.tripwires import Tripwire
from tocsin.errors import UsageError


def actor(case: Case, name: str) -> str:
    return next(one.id for one in case.actors() if name in one.names)


def test_the_command_line_knows_every_act() -> None:
    assert DECIDED[4:] == tuple(one.replace("_", "-") for one in JUDGEMENTS)


def test_a_merge_stands_on_both_names(case: Case) -> None:
    one, other = actor(case, "Ilse Brandt"), actor(case, "Radio Valley")
    (made,) = case.decide(one, "merge", by="ada", other=other, note="why")
    assert made.other is not None
    assert {made.anchor.exact, made.other.exact} == {"Ilse Brandt", "Radio Valley"}
    assert (made.anchor.kind, made.other.kind, made.note) == ("name", "name", "why")
    for anchor in (made.anchor, made.other):
        assert anchor.fits(case.document(anchor.doc))
    assert case.verify() == []


def test_a_split_is_about_the_very_uses(case: Case) -> None:
    names = [row for row in case.store.rows.of_kind("name") if row.data["key"] == "ilse brandt"]
    assert len(names) > 1
    (made,) = case.decide(names[0].id, "split", by="ada", other=names[1].id)
    assert made.other is not None
    assert (made.anchor.doc, made.other.doc) == (names[0].data["doc"], names[1].data["doc"])
    with pytest.raises(UsageError, match="one and the same"):
        case.decide(names[0].id, "split", by="ada", other=names[0].id)


def test_a_letter_is_for_a_source_and_a_figure_for_a_statement(case: Case) -> None:
    source = actor(case, "Radio Valley")
    (made,) = case.decide(source, "rate", by="ada", to="b")
    assert (made.anchor.doc, made.anchor.kind, made.anchor.exact) == ("", "source", "Radio Valley")
    assert made.value == {"reliability": "B"}
    statement = case.statements(speaker="brandt")[0]
    figures = case.decide(statement.id, "rate", by="ada", to="2")
    assert {one.anchor.doc for one in figures} == {one.doc for one in statement.claims}
    assert {one.anchor.kind for one in figures} == {"claim"}
    assert all(one.value == {"credibility": "2"} for one in figures)
    for thing, to in ((source, "2"), (statement.id, "B"), (source, "G"), (statement.id, "7"), (source, "AB")):
        with pytest.raises(UsageError):
            case.decide(thing, "rate", by="ada", to=to)


def test_what_one_origin_says_is_not_confirmed_by_others(case: Case) -> None:
    one = next(one for one in case.statements(speaker="brandt") if len(one.pages) == 1)
    with pytest.raises(UsageError, match="2 independent origins"):
        case.decide(one.id, "rate", by="ada", to="1")


def test_a_date_stands_on_the_first_words_of_its_page(case: Case) -> None:
    doc = case.documents()[0]
    (made,) = case.decide(doc.id[:12], "date", by="ada", to="2019-05-01..2019-05-03")
    assert made.value == {"earliest": "2019-05-01", "latest": "2019-05-03"}
    assert made.anchor.kind == "document"
    assert made.anchor.fits(case.document(doc.id))
    for wrong in ("yesterday", "..", "2019-05-03..2019-05-01"):
        with pytest.raises(UsageError):
            case.decide(doc.id[:12], "date", by="ada", to=wrong)


def test_every_decision_needs_a_name_and_real_text(case: Case) -> None:
    one, other = actor(case, "Ilse Brandt"), actor(case, "Radio Valley")
    for by, note, said in (
        (" ", None, "--by NAME"),
        ("a\ud800", None, "not valid text"),
        ("a", "\udc00", "not valid text"),
    ):
        with pytest.raises(UsageError, match=said):
            case.decide(one, "merge", by=by, note=note, other=other)
        with pytest.raises(UsageError, match=said):
            case.decide(case.commitments()[0].id, "reject", by=by, note=note)
        with pytest.raises(UsageError, match=said):
            case.watch(Tripwire("a bridge is shut"), by=by, note=note)
    with pytest.raises(UsageError, match="not valid text"):
        case.watch(Tripwire("a bridge is shut", who=("\ud800",)), by="a")


def test_what_is_missing_or_too_much_is_said(case: Case) -> None:
    one = case.commitments()[0].id
    for act, given, said in (
        ("merge", {}, "id of the other"),
        ("rate", {}, "--to"),
        ("date", {"to": "2020-01-01", "direction": "for"}, "--direction"),
        ("link", {"other": one}, "--direction"),
        ("confirm", {"holds_from": "soon"}, "--from"),
        ("link", {"other": one, "direction": "sideways"}, "for or against"),
        ("unlink", {}, "claims, statements"),
        ("confirm", {}, "conditions"),
        ("watch", {}, "no act"),
    ):
        with pytest.raises(UsageError, match=said):
            case.decide(one, act, by="ada", **given)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="--by"):
        case.decide(one, "merge", by=" ", other=one)


def test_a_case_extends_the_register_under_every_name_of_a_source(case: Case) -> None:
    entry = '[[source]]\nname = "Valley Radio"\naliases = ["Radio Valley"]\nkind = "broadcaster"\nstate = true\n'
    made = case.extend(entry, by="ada")
    assert [one.anchor.exact for one in made] == ["Valley Radio", "Radio Valley"]
    (found,) = [one for one in sources(case) if "Radio Valley" in one.names]
    assert found.register is not None
    assert (found.register["kind"], found.register["state"], found.register["country"]) == ("broadcaster", True, None)
    assert "entered in this case by ada" in found.reasons[0]
    assert case.verify() == []
    with pytest.raises(UsageError, match="--by NAME"):
        case.extend(entry, by=" ")
