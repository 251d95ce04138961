"""The command line: exit codes, JSON, help, and what it shows of hostile words."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tocsin.api.case import Case
from tocsin.cli import run
from tocsin.cli.commands import COMMANDS
from tocsin.cli.parser import make_parser
from tocsin.cli.quoting import quoted
from tocsin.cli.terminal import harmless


def tocsin(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tocsin", *(str(one) for one in arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def path(case: Case) -> Path:
    case.close()
    return case.path


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        assert run([name, "--help"]) == 0
        assert f"example:\n  tocsin {name}" in capsys.readouterr().out


def test_every_command_of_the_parser_is_there() -> None:
    actions = [action for action in make_parser()._actions if action.dest == "command"]
    assert list(actions[0].choices or ()) != []
    assert set(actions[0].choices or ()) == set(COMMANDS)


def test_without_a_command_it_helps(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert "the first steps" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["board"], 2),
        (["nonsense"], 2),
        (["board", "no-such-file.tocsin"], 1),
        (["add", "x.tocsin", "no-such-page.txt"], 1),
        (["add", "x.tocsin", "p.txt", "--published", "some day"], 2),
        (["read", "no-such-page.txt"], 1),
        (["decide", "x.tocsin", "c123", "wish", "--by", "ada"], 2),
    ],
)
def test_exit_codes(arguments: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == code


def test_lists_as_json_are_one_object_a_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("board", "statements", "actors", "documents", "decisions", "replay"):
        assert run([command, str(path), "--json"]) == 0
        for row in capsys.readouterr().out.splitlines():
            assert isinstance(json.loads(row), dict)


def test_errors_as_json_have_one_shape(capsys: pytest.CaptureFixture[str], path: Path) -> None:
    assert run(["show", str(path), "c00000000", "--json"]) == 2
    error = json.loads(capsys.readouterr().err)["error"]
    assert (error["kind"], "nothing has the id" in error["message"]) == ("UsageError", True)


def test_read_prints_what_the_scorers_take(pages: Path) -> None:
    done = tocsin("read", pages, "--json", "--text")
    assert done.returncode == 0
    for row in map(json.loads, done.stdout.splitlines()):
        assert Path(row["page"]).name in {"courier.txt", "blog.txt", "plain.txt"}
        for start, end in row["body"]:
            assert row["text"][start:end].strip()


def test_a_bad_page_is_listed_and_the_rest_is_read(pages: Path, tmp_path: Path) -> None:
    (pages / "zip.txt").write_bytes(b"PK\x03\x04" + bytes(100))
    done = tocsin("add", tmp_path / "new.tocsin", pages)
    assert done.returncode == 0
    assert "3 new, 1 could not be read" in done.stdout
    assert "zip.txt" in done.stderr
    listed = tocsin("documents", tmp_path / "new.tocsin")
    assert "not read  zip.txt" in listed.stdout


def test_board_show_decide_and_search_lead_to_each_other(path: Path) -> None:
    board = tocsin("board", path, "--conditional", "--holder", "brandt")
    assert "ILSE BRANDT" in board.stdout
    assert "if “the valley asks for help”" in board.stdout
    one = json.loads(tocsin("board", path, "--conditional", "--json").stdout.splitlines()[0])
    assert one["tellings"][0]["quote"]["text"] in tocsin("show", path, one["id"]).stdout
    done = tocsin("decide", path, one["id"], "correct", "--by", "ada", "--set", "holder=Brandt", "--json")
    now = json.loads(done.stdout.splitlines()[0])["now"]
    assert tocsin("show", path, now).returncode == 0
    assert tocsin("decide", path, now, "reject", "--by", "ada").returncode == 0
    assert one["id"][:9] not in tocsin("board", path).stdout
    assert "courier.txt" in tocsin("search", path, "engineers").stdout
    actor = json.loads(tocsin("actors", path, "--json").stdout.splitlines()[0])
    assert actor["name"] in tocsin("show", path, actor["id"]).stdout


def test_verify_says_what_is_wrong_with_code_3(path: Path) -> None:
    assert tocsin("verify", path).returncode == 0
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("UPDATE document SET text = 'x' || text")
    connection.commit()
    connection.close()
    assert tocsin("verify", path).returncode == 3


def test_files_are_written_whole_or_not_at_all(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert tocsin("export", path, "csv", "-o", out).returncode == 0
    assert out.read_text().startswith("id,commitment,holder")
    assert tocsin("export", path, "csv", "-o", tmp_path / "no" / "out.csv").returncode == 1
    assert not list(tmp_path.glob(".*part"))


def test_a_closed_pipe_is_no_error(path: Path) -> None:
    command = f"{sys.executable} -m tocsin export {path} jsonl | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


def test_page_words_cannot_move_the_cursor() -> None:
    assert harmless("a\x1b[2Jb\u202ec\r\nd\x07") == "a\ufffd[2Jb\ufffdc d\ufffd"


def test_a_case_is_never_overwritten(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    for command in (["export", path, "csv"], ["brief", path]):
        done = tocsin(*command, "-o", path)
        assert (done.returncode, "is not overwritten" in done.stderr) == (2, True)
    assert path.read_bytes() == before
    assert tocsin("export", path, "csv", "-o", tmp_path).returncode == 2
    assert tocsin("export", path, "csv", "-o", "/dev/null").returncode == 0
    assert Path("/dev/null").is_char_device()


def test_a_link_is_followed_not_replaced(path: Path, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    (tmp_path / "real.csv").write_text("old")
    assert tocsin("export", path, "csv", "-o", tmp_path / "link.csv").returncode == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("id,commitment,holder")


def test_any_terminal_takes_any_word(path: Path) -> None:
    command = [sys.executable, "-m", "tocsin", "board", str(path)]
    done = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": "ascii"}, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


def test_a_page_key_cannot_ring_the_bell(tmp_path: Path) -> None:
    record = {"id": "k\x1b[31m\x07", "text": "Tom Reed said the valley will burn the bridge if the dam stays shut."}
    (tmp_path / "r.jsonl").write_text(json.dumps(record) + "\n")
    assert tocsin("add", tmp_path / "x.tocsin", tmp_path / "r.jsonl").returncode == 0
    one = json.loads(tocsin("board", tmp_path / "x.tocsin", "--json").stdout.splitlines()[0])
    for command in (["board"], ["show", one["id"]], ["documents"], ["statements"], ["actors"], ["search", "bridge"]):
        shown = tocsin(command[0], tmp_path / "x.tocsin", *command[1:])
        assert "\x1b" not in shown.stdout + shown.stderr
        assert "\x07" not in shown.stdout + shown.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search", "CASE", "dam", "--limit", "99999999999999999999"], 2),
        (["board", "CASE", "--as-of", "foo"], 2),
        (["decide", "CASE", "c0000", "reject", "--by", "\udcff"], 2),
        (["verify", "BINARY"], 3),
        (["verify", "DEEP"], 3),
        (["verify", "EMPTYCASE"], 0),
        (["board", "EMPTYCASE"], 1),
    ],
)
def test_misuse_is_told_apart(arguments: list[str], code: int, path: Path, tmp_path: Path) -> None:
    (tmp_path / "BINARY").write_bytes(bytes(range(256)))
    (tmp_path / "DEEP").write_text("[" * 200_000)
    (tmp_path / "EMPTYCASE").touch()
    names = {"CASE": str(path), **{name: str(tmp_path / name) for name in ("BINARY", "DEEP", "EMPTYCASE")}}
    assert run([names.get(one, one) for one in arguments]) == code
    if arguments[0] == "board":
        assert (tmp_path / "EMPTYCASE").stat().st_size == 0


def test_a_mistyped_path_makes_no_case(tmp_path: Path) -> None:
    done = tocsin("add", tmp_path / "new.tocsin", tmp_path / "nosuch")
    assert (done.returncode, (tmp_path / "new.tocsin").exists()) == (1, False)
    assert "no such file" in done.stderr


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("“we stay”", "“we stay”"),
        ("would “keep its word”", "“would ‘keep its word’”"),
        ("the road “gets out of control", "“the road ‘gets out of control’”"),
        ("plain", "“plain”"),
    ],
)
def test_quotation_marks_inside_quotation_marks_are_balanced(words: str, shown: str) -> None:
    assert quoted(words) == shown


def test_replay_prints_what_would_have_rung_by_day(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for day, words in (("01", "if the valley asks for help"), ("02", "only if the valley asks for help")):
        text = f'"We will send the boats {words}," Minister Ilse Brandt said.\n'
        (pages / f"{day}.txt").write_text(text)
        (pages / f"{day}.txt.meta.json").write_text(json.dumps({"taken": f"2019-05-{day}T08:00:00Z"}))
    path = str(tmp_path / "c.tocsin")
    assert tocsin("add", path, str(pages)).returncode == 0
    shown = tocsin("replay", path).stdout
    assert "2019-05-02" in shown
    assert "2019-05-01" not in shown
    assert "condition tightened: “the valley asks for help” of Ilse Brandt" in shown
    (one,) = [json.loads(each) for each in tocsin("replay", path, "--json").stdout.splitlines()]
    assert (one["kind"], one["day"]) == ("condition_tightened", "2019-05-02")
    assert tocsin("replay", path, "--kind", "reversal").stdout.startswith("nothing rang")
    assert "2019-05-01" in tocsin("replay", path, "--first-day").stdout


def test_the_demo_shows_board_days_and_brief(tmp_path: Path) -> None:
    done = tocsin("demo", "-o", str(tmp_path / "d"))
    assert done.returncode == 0
    first, *_ = done.stdout.splitlines()
    assert first.endswith("32 new, 1 withdrawn since")
    for words in (
        "what the watch would have rung",
        "page edited after it was used",
        "page withdrawn after it was used",
    ):
        assert words in done.stdout
    assert len(done.stdout.splitlines()) < 300
    assert (tmp_path / "d" / "brief.html").stat().st_size > 100_000
    assert tocsin("verify", str(tmp_path / "d" / "demo.tocsin")).returncode == 0


def test_a_withdrawal_alone_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "gone.html").write_text("")
    (tmp_path / "gone.html.meta.json").write_text('{"url": "https://a.example/x", "status": 410}')
    done = tocsin("add", str(tmp_path / "c.tocsin"), str(tmp_path / "gone.html"))
    assert done.returncode == 0
    assert "1 withdrawn since" in done.stdout


def test_the_board_says_what_holders_are_and_by_whose_terms(path: Path) -> None:
    board = tocsin("board", path).stdout
    assert re.search(r"(bound to act|free to act|bound not to act|nothing said) by .+ terms", board)
    assert "told by" in board
    some = tocsin("board", path, "--most", "1").stdout
    assert "the first 1 are shown; --most 0 shows all" in some
    assert len(some) < len(board) == len(tocsin("board", path, "--most", "0").stdout)
    assert tocsin("board", path, "--most", "-1").returncode == 2
    one = json.loads(tocsin("commitments", path, "--json").stdout.splitlines()[0])
    assert {"terms", "history", "tellings", "actor", "origins"} <= one.keys()
    assert "stated " in tocsin("commitments", path).stdout


def test_suppositions_in_words_and_by_id(path: Path) -> None:
    situations = [json.loads(line) for line in tocsin("conditions", path, "--json").stdout.splitlines()]
    assert situations
    words, thing = situations[0]["words"], situations[0]["id"]
    for given in (words, thing):
        done = tocsin("whatif", path, "--suppose", given)
        assert done.returncode == 0
        assert "a supposition is no evidence" in done.stdout
    told = json.loads(tocsin("whatif", path, "--suppose", thing, "--json").stdout)
    assert told["supposed"][0]["situation"] == thing
    assert tocsin("whatif", path, "--suppose", thing, "--as-of", "2030-01-01", "--possible").returncode == 0
    assert tocsin("whatif", path).returncode == 2
    assert tocsin("whatif", path, "--suppose", "a comet falls").returncode == 2
    assert tocsin("whatif", path, "--suppose", thing, "--suppose-not", thing).returncode == 2
    assert thing[:9] in tocsin("show", path, thing).stdout


def test_tripwires_are_added_loaded_and_listed(path: Path, tmp_path: Path) -> None:
    assert "nobody watches" in tocsin("tripwire", "list", path).stdout
    add = tocsin("tripwire", "add", path, "a comet falls", "--place", "Nowhere", "--by", "ada")
    assert add.returncode == 0
    assert "nobody looked" in add.stdout
    file = tmp_path / "tripwires.toml"
    file.write_text('[[tripwire]]\nwords = "the dam breaks"\nname = "dam"\nshows = ["water in the valley"]\n')
    assert tocsin("tripwire", "load", path, file, "--by", "bo").returncode == 0
    listed = tocsin("tripwire", "list", path).stdout
    assert "a comet falls" in listed
    assert "dam: watched since" in listed
    file.write_text("[[tripwire]]\nword = 1\n")
    for wrong in (
        ("load", path, file, "--by", "bo"), ("add", path, "no name"), ("add", path, "--by", "ada"),
        ("list", path, "words"), ("load", path, file, "--by", "bo", "--place", "x"),
    ):  # fmt: skip
        assert tocsin("tripwire", *wrong).returncode == 2, wrong


def test_acts_take_what_they_take(path: Path) -> None:
    situation = json.loads(tocsin("conditions", path, "--json").stdout.splitlines()[0])["id"]
    done = tocsin("decide", path, situation, "confirm", "--from", "2019-05-02", "--by", "ada")
    assert (done.returncode, done.stderr) == (0, "")
    assert "[confirmed since 2019-05-02]" in tocsin("conditions", path, "--state", "confirmed").stdout
    for wrong in (
        ("confirm", "--to", "B"), ("confirm", "--set", "kind=threat"), ("rule-out", "--direction", "for"),
        ("accept", "--from", "2019-05-02"), ("merge",), ("link", "--direction", "for"),
    ):  # fmt: skip
        assert tocsin("decide", path, situation, *wrong, "--by", "ada").returncode == 2, wrong


def test_a_codebook_lies_beside_the_commitments(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "commitments.csv"
    assert tocsin("export", path, "commitments", "-o", out).returncode == 0
    header = out.read_text(encoding="utf-8").splitlines()[0].split(",")
    book = (tmp_path / "commitments.codebook.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \| .+ \| .+ \|$", book, re.MULTILINE)[: len(header)] == header
    assert tocsin("export", path, "commitments", "--codebook", tmp_path / "book.csv").returncode == 0
    assert (tmp_path / "book.csv").read_text(encoding="utf-8").startswith("column,value")
    assert tocsin("export", path, "jsonl", "--codebook", tmp_path / "no.md").returncode == 2
