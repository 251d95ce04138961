"""The Python door: what an analyst does at a prompt."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import tocsin
from dam import clock
from tocsin.api.case import Case
from tocsin.api.verifying import verify_output
from tocsin.errors import TocsinError, UsageError, VerifyError
from tocsin.reason.expressions import VALUES


def test_the_example_of_the_design(tmp_path: Path, pages: Path) -> None:
    case = tocsin.open(tmp_path / "belarus.tocsin")
    case.add(str(pages))
    lines: list[tuple[Any, ...]] = [
        (c.holder, c.polarity, c.action.text, [(k.operator, k.text, k.state) for k in c.conditions])
        for c in case.commitments()
    ]
    case.close()
    told = {line[:3]: line[3] for line in lines}
    ((operator, words, state),) = told["Ilse Brandt", "will", "will send engineers"]
    assert (operator, words) == ("if", "the valley asks for help")
    assert state in VALUES


def test_import_is_light() -> None:
    heavy = ("lxml", "trafilatura", "dateparser", "rich", "sqlite3", "numpy", "jinja2", "onnxruntime")
    code = f"import sys, tocsin; print([one for one in {heavy} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_commitment_leads_to_its_words(case: Case) -> None:
    for commitment in case.commitments():
        for telling in commitment.tellings:
            doc = case.document(telling.doc)
            assert " … ".join(doc.text[start:end] for start, end in telling.action.spans) == telling.action.text
            for start, end in telling.quote.spans:
                assert doc.text[start:end] == telling.quote.text


def test_relays_are_told(case: Case) -> None:
    words = "We will send engineers if the valley asks for help"
    statement = next(one for one in case.statements(speaker="brandt") if one.text == words)
    chains = {claim.page: claim.chain for claim in statement.claims}
    assert chains["courier.txt"].startswith("Ilse Brandt ← Radio Valley")
    assert chains["blog.txt"].startswith("Ilse Brandt ← Hill Courier")


def test_as_of_leaves_out_later_pages_and_marks_undated_ones(case: Case) -> None:
    late, early = case.board(as_of="2020-01-02"), case.board(as_of="2019-05-01")
    assert len(early) < len(late)
    assert all(one.straddles for one in early)
    with pytest.raises(UsageError, match="--as-of"):
        case.board(as_of="yesterday")


def test_show_finds_by_the_start_of_an_id(case: Case) -> None:
    one = case.commitments()[0]
    shown = case.show(one.id[:9])
    assert one.first.quote.text in {member["text"] for member in shown["members"]}
    assert case.show(one.first.doc[:10])["kind"] == "document"
    for wrong in ("", "zzz", "c", "c000000000", "'; --"):
        with pytest.raises(UsageError):
            case.show(wrong)


def test_every_members_id_leads_to_its_cluster(case: Case) -> None:
    for one in case.commitments():
        for telling in one.tellings:
            assert case.show(telling.id)["id"] == one.id
            assert case.show(telling.id)["kind"] == "commitment"
    for statement in case.statements():
        for claim in statement.claims:
            assert case.show(claim.id)["id"] == statement.id
    for actor in case.actors():
        assert case.show(actor.id)["kind"] == "actor"
        assert case.show(actor.id)["uses"]


def test_an_export_is_verified_against_its_case_only(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("".join(case.export("jsonl")), encoding="utf-8")
    with pytest.raises(VerifyError, match="against its case"):
        verify_output(path, None)


def test_show_says_which_decisions_stand(case: Case) -> None:
    one = case.commitments()[0]
    (made, *_rest) = case.decide(one.id, "accept", by="ada")
    case.decide(made.id, "withdraw", by="bob")
    members = case.show(one.id)["members"]
    assert [d["standing"] for member in members for d in member["decisions"] if d["id"] == made.id] == [False]


def test_a_rejected_reading_goes_and_comes_back(case: Case) -> None:
    one = case.commitments()[0]
    made = case.decide(one.id, "reject", by="ada", note="a misreading")
    assert one.id not in {left.id for left in case.commitments()}
    case.reread()
    assert one.id not in {left.id for left in case.commitments()}
    for decision in made:
        case.decide(decision.id, "withdraw", by="bob")
    assert one.id in {left.id for left in case.commitments()}
    assert {(done.act, standing) for done, standing in case.decisions()} == {
        ("reject", "withdrawn"),
        ("withdraw", "in force"),
    }


def test_a_correction_is_words_on_the_page(case: Case) -> None:
    one = next(found for found in case.commitments() if found.action.text == "will send engineers")
    changes = {"kind": "offer", "conditions": "only_if: the valley asks for help", "target": "the valley"}
    case.decide(one.id, "correct", by="ada", changes=changes)
    now = next(found for found in case.commitments() if found.action.text == "will send engineers")
    assert (now.kind, [str(k) for k in now.conditions]) == ("offer", ["only if the valley asks for help"])
    assert now.target == "the valley"
    assert case.verify() == []
    for bad in ({"action": "words that are not there"}, {"kind": "wish"}, {"colour": "red"}, {"conditions": "perhaps"}):
        with pytest.raises(UsageError):
            case.decide(now.id, "correct", by="ada", changes=bad)


def test_a_corrected_speaker_tells_the_commitment_too(case: Case) -> None:
    words = "We will send engineers if the valley asks for help"
    statement = next(one for one in case.statements() if one.text == words)
    case.decide(statement.id, "correct", by="ada", changes={"speaker": "Tom Reed"})
    assert any(one.text == words and one.speaker == "Tom Reed" for one in case.statements())
    tellers = {t.said_by for c in case.commitments() if c.action.text == "will send engineers" for t in c.tellings}
    assert tellers == {"Tom Reed"}


def test_a_decision_is_offered_to_the_next_version_only_where_words_stand(case: Case, pages: Path) -> None:
    one = next(found for found in case.commitments() if "close the road" in found.action.text)
    case.decide(one.id, "accept", by="ada")
    text = (pages / "blog.txt").read_text()
    (pages / "blog.txt").write_text("An added first line.\n\n" + text)
    case.add(pages)
    offers = case.offers()
    assert [(decision.by, doc.page) for decision, doc in offers] == [("ada", "blog.txt")]
    (pages / "blog.txt").write_text(text.replace("would close", "may close"))
    case.add(pages)
    assert len(case.offers()) == 1


def test_decisions_need_a_name_and_an_act(case: Case) -> None:
    one = case.commitments()[0]
    with pytest.raises(UsageError):
        case.decide(one.id, "reject", by="  ")
    with pytest.raises(UsageError):
        case.decide(one.id, "correct", by="ada")
    actor = case.actors()[0]
    with pytest.raises(UsageError):
        case.decide(actor.id, "reject", by="ada")


def test_verify_finds_what_was_tampered_with(case: Case) -> None:
    assert case.verify() == []
    with case.store.writing():
        case.store._db.execute("UPDATE document SET text = replace(text, 'engineers', 'soldiers')")
    wrong = "\n".join(case.verify())
    assert "its text has another hash" in wrong
    assert "its words are not what stands on page" in wrong


def test_verify_checks_an_export_against_its_case(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("".join(case.export("jsonl")), encoding="utf-8")
    assert verify_output(path, case) == []
    path.write_text(path.read_text(encoding="utf-8").replace("engineers", "soldiers"), encoding="utf-8")
    assert verify_output(path, case)


def test_search_finds_lines_and_phrases(case: Case) -> None:
    assert {hit.text[:9] for hit in case.search('"send engineers"')} == {"“We will "}
    assert case.search("elephants") == []
    with pytest.raises(UsageError):
        case.search('""  ')


def test_csv_has_a_row_a_telling_and_no_formulas(tmp_path: Path, pages: Path) -> None:
    (pages / "evil.txt").write_text("=cmd|x said it will attack the dam if the valley asks for help.\n")
    with Case(tmp_path / "x.tocsin", create=True, clock=clock) as case:
        case.add(pages)
        lines = list(case.export("csv"))
    assert lines[0].startswith("id,commitment,holder")
    assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line.split(","))


def test_notebooks_get_html_with_nothing_of_the_page_in_it(case: Case) -> None:
    assert "<h3>dam.tocsin</h3>" in case._repr_html_()
    assert "will send engineers" in case._repr_html_()


def test_two_decisions_of_one_second_have_an_order(case: Case) -> None:
    one = next(found for found in case.commitments() if found.action.text == "will send engineers")
    case.decide(one.id, "correct", by="ada", changes={"kind": "threat"})
    case.decide(one.id, "reject", by="ada")
    assert not [found for found in case.commitments() if found.action.text == "will send engineers"]
    for decision, standing in case.decisions():
        if decision.act == "reject" and standing == "in force":
            case.decide(decision.id, "withdraw", by="ada")
    (back,) = [found for found in case.commitments() if found.action.text == "will send engineers"]
    assert back.kind == "threat"
    case.decide(back.id, "accept", by="ada")
    case.decide(back.id, "accept", by="ada")
    assert case.verify() == []


def test_a_correction_of_a_correction_stands_on_the_page(case: Case) -> None:
    one = next(found for found in case.commitments() if found.action.text == "will send engineers")
    first = case.decide(one.id, "correct", by="ada", changes={"action": "send engineers"})
    (now,) = [found for found in case.commitments() if found.action.text == "send engineers"]
    case.decide(now.id, "correct", by="ada", changes={"kind": "offer"})
    for decision in first:
        case.decide(decision.id, "withdraw", by="ada")
    left = [found for found in case.commitments() if "send engineers" in found.action.text]
    assert [(found.action.text, found.kind) for found in left] == [("send engineers", "offer")]


def test_deciding_on_a_nested_statement_leaves_the_other(tmp_path: Path) -> None:
    page = tmp_path / "nested.txt"
    page.write_text("Anna Holm said that Bo Lind said that the northern army would cross the river at night.\n")
    for speaker in ("Anna Holm", "Bo Lind"):
        with Case(tmp_path / f"{speaker}.tocsin", create=True, clock=clock) as case:
            case.add(page)
            before = {one.speaker for one in case.statements()}
            assert before == {"Anna Holm", "Bo Lind"}
            for act in ("accept", "reject"):
                mine = next(one for one in case.statements() if one.speaker == speaker)
                case.decide(mine.id, act, by="ada")
                expected = before if act == "accept" else before - {speaker}
                assert {one.speaker for one in case.statements()} == expected


def test_only_one_wording_can_be_meant(case: Case) -> None:
    words = "We will send engineers if the valley asks for help"
    statement = next(one for one in case.statements() if one.text == words)
    assert len(statement.claims) == 2
    case.decide(statement.claims[1].id, "reject", by="ada", only=True)
    (left,) = [one for one in case.statements() if one.text == words]
    assert [claim.id for claim in left.claims] == [statement.claims[0].id]


def test_verify_compares_the_text_with_the_bytes(case: Case) -> None:
    one, other = case.documents()[:2]
    with case.store.writing():
        case.store._db.execute("UPDATE capture SET doc = ? WHERE sha256 = ?", (one.id, other.capture.sha256))
    assert any("do not give the text" in said for said in case.verify())


def test_what_a_forged_row_says_is_found_in_a_case_that_cannot_be_written(case: Case) -> None:
    with case.store.writing():
        case.store._db.execute("UPDATE row SET data = replace(data, 'engineers', 'soldiers') WHERE kind = 'commitment'")
    case.store.writable = False
    assert any("differs from what its pages" in said for said in case.verify())
    case.store.writable = True


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE row SET data = '{}'",
        "UPDATE row SET data = 'nope'",
        "UPDATE row SET data = json_set(data, '$.kind', 'evil') WHERE kind = 'telling'",
        "UPDATE document SET text = 'short'",
        "UPDATE document SET data = '[1]'",
        "UPDATE blob SET size = -5",
        "UPDATE blob SET bytes = x'00'",
        "UPDATE layer SET data = x'0102'",
        "UPDATE capture SET data = '{\"page\": 1}'",
    ],
)
def test_a_crafted_case_is_an_error_and_never_a_crash(case: Case, sql: str) -> None:
    with case.store.writing():
        case.store._db.execute(sql)
    wrong: list[str] = []
    for act in (case.commitments, case.statements, case.actors, case.documents, case.verify, case.brief):
        try:
            found = act()
            wrong += found if act == case.verify else []  # type: ignore[arg-type]
        except TocsinError as error:
            wrong.append(str(error))
    assert wrong


def test_readers_see_one_state_while_another_writes(case: Case, pages: Path) -> None:
    with Case(case.path, create=False, clock=clock) as other, case.store.reading():
        before = [one.id for one in case.commitments()]
        (pages / "new.txt").write_text("Tom Reed said the valley will burn the bridge if the dam stays shut.\n")
        other.add(pages)
        assert [one.id for one in case.commitments()] == before
    assert len(case.commitments()) > len(before)


def test_what_the_package_lends_stays_there_once_its_rooms_are_loaded(pages: Path) -> None:
    code = (
        "import tocsin; from tocsin.core.document import Document; tocsin.read_pages; "
        f"print(sum(isinstance(one, Document) for one in tocsin.read_pages({str(pages)!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("3", "")


def test_replay_rings_for_an_edit_and_a_withdrawal(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    said = '"We will open the crossings if the port is safe," Minister Ada Orlen said on Monday.\n'
    days: list[tuple[str, str, dict[str, str | int]]] = [
        ("1.txt", said, {"taken": "2019-05-01T08:00:00Z"}),
        ("2.txt", said + "\nShe added that she would resign.\n", {"taken": "2019-05-02T08:00:00Z"}),
        ("3.txt", "", {"taken": "2019-05-03T08:00:00Z", "status": 410}),
    ]
    for name, text, meta in days:
        (pages / name).write_text(text)
        (pages / f"{name}.meta.json").write_text(json.dumps({"url": "https://a.example/x", **meta}))
    with tocsin.open(tmp_path / "c.tocsin") as case:
        case.add(pages)
        rung = case.replay()
    about_pages = [(one.day, one.kind, one.about) for one in rung if one.telling is None]
    assert about_pages == [
        ("2019-05-02", "page_edited", "https://a.example/x"),
        ("2019-05-03", "page_withdrawn", "https://a.example/x"),
    ]
    assert {one.day for one in rung if one.telling} == {"2019-05-02"}
