"""The way of a page, end to end on small pages: idempotent, order-free, the same after a rebuild."""

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dam import PAGES, clock
from tocsin import pipeline
from tocsin.api.case import Case
from tocsin.core.document import Document
from tocsin.core.layers import Stage


def exported(case: Case) -> str:
    return "".join(case.export("jsonl"))


def test_stages_find_the_layers_they_require() -> None:
    pipeline.check_stages()
    with pytest.raises(ValueError, match="requires"):
        pipeline.check_stages((Stage("b", ("a",), "b/1", lambda _doc: ()),))


def test_add_is_idempotent(case: Case, pages: Path) -> None:
    before = exported(case)
    again = case.add(pages)
    assert (again.documents, len(again.known), again.rejects) == ([], 3, [])
    assert exported(case) == before


def test_any_order_one_at_a_time_and_a_rebuild_give_the_same_bytes(case: Case, pages: Path, tmp_path: Path) -> None:
    expected = exported(case)
    assert '"type":"telling"' in expected
    for number, order in enumerate(itertools.permutations(sorted(PAGES))):
        with Case(tmp_path / f"order{number}.tocsin", create=True, clock=clock) as other:
            for name in order:
                other.add(pages / name)
            assert exported(other) == expected
    case.rebuild()
    assert exported(case) == expected


def test_the_same_words_on_two_pages_are_one_statement(case: Case) -> None:
    words = "We will send engineers if the valley asks for help"
    found = [one for one in case.statements() if one.text == words]
    assert [one.pages for one in found] == [("blog.txt", "courier.txt")]


def test_a_changed_page_is_another_version(case: Case, pages: Path) -> None:
    (pages / "blog.txt").write_text(PAGES["blog.txt"].replace("would close", "would not close"))
    added = case.add(pages)
    assert len(added.documents) == 1
    assert len(case.store.versions("blog.txt")) == 2


def test_metadata_given_later_speaks_for_the_document(case: Case, pages: Path) -> None:
    case.add(pages / "blog.txt", outlet="Dam Notes Weekly")
    outlets = {one.page: one.outlet for one in case.documents()}
    assert outlets["blog.txt"] == "Dam Notes Weekly"
    assert len(case.documents()) == 3


def test_reread_with_the_same_readers_changes_nothing(case: Case) -> None:
    before = exported(case)
    result = case.reread()
    assert (result.changed, result.retexted, result.rescued, result.layers) == ([], [], [], {})
    assert exported(case) == before


def test_reread_says_what_differs(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tuple(stage for stage in pipeline.STAGES if stage.provides != "commitments")
    silent = Stage("commitments", (), "commitments/none", lambda _doc: ())
    monkeypatch.setattr(pipeline, "STAGES", (*kept, silent))
    assert case.commitments()
    result = case.reread()
    assert result.layers["commitments"][0] > 0
    assert case.commitments() == []
    assert case.verify() == []


def test_a_case_derived_by_another_version_is_derived_anew(case: Case) -> None:
    before = exported(case)
    with case.store.writing():
        case.store.put_note("link", "older")
        case.store.rows.clear()
    case.close()
    with Case(case.path, create=False, clock=clock) as again:
        assert exported(again) == before


def test_a_page_in_another_language_is_kept_and_not_read(case: Case, pages: Path) -> None:
    words = "Der Präsident sagte am Montag, man werde den Damm nicht öffnen, solange das Tal nicht darum bitte. "
    (pages / "de.txt").write_text(words * 6)
    case.add(pages)
    german = next(one for one in case.documents() if one.page == "de.txt")
    assert german.language == "de"
    assert case.document(german.id).layers == {}
    assert case.search("Damm")


def test_what_cannot_be_read_is_kept_with_its_bytes(case: Case, pages: Path) -> None:
    data = b"PK\x03\x04" + bytes(100)
    (pages / "zip.txt").write_bytes(data)
    added = case.add(pages)
    assert [one.page for one in added.rejects] == ["zip.txt"]
    (reject,) = case.rejects()
    assert case.store.data(str(reject.sha256)) == data
    case.add(pages)
    assert len(case.rejects()) == 1


def test_a_page_that_a_stage_fails_on_is_listed_and_the_run_goes_on(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(doc: Document) -> tuple[Any, ...]:
        if "lorries" in doc.text:
            raise IndexError("list index out of range")
        return ()

    stages = tuple(replace(one, annotate=fails) if one.provides == "times" else one for one in pipeline.STAGES)
    monkeypatch.setattr(pipeline, "STAGES", stages)
    (tmp_path / "bad.txt").write_text("The lorries stay in Tessin, the mayor said.\n")
    (tmp_path / "good.txt").write_text("The road is open, the mayor said.\n")
    added = case.add(tmp_path / "bad.txt", tmp_path / "good.txt")
    assert len(added.documents) == 1
    assert [one.name for one in added.rejects] == ["bad.txt"]
    assert "annotating it failed (IndexError" in added.rejects[0].reason
    monkeypatch.undo()
    assert case.reread().rescued == ["bad.txt"]
    assert case.verify() == []


def test_a_mistyped_path_is_said_and_not_kept(case: Case, pages: Path) -> None:
    added = case.add(pages / "courrier.txt", pages / "blog.txt")
    assert [one.reason.startswith("no such file") for one in added.rejects] == [True]
    assert len(added.known) == 1
    assert case.rejects() == []
