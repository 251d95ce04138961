"""The documentation is true: what it names exists, what exists is named, and what it shows is what comes out."""

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bench.__main__ import parser as bench_parser
from bench.measures import MEASURES
from tocsin import __version__, errors
from tocsin.api import demo_pages, read_pages, reading
from tocsin.api.case import Case
from tocsin.api.deciding import COMMITMENT_FIELDS, REPORT_FIELDS
from tocsin.cli import INTERRUPTED
from tocsin.cli.commands import COMMANDS
from tocsin.cli.parser import make_parser
from tocsin.core.annotations import HopRole
from tocsin.core.commitments import KINDS, OPERATORS, POLARITIES
from tocsin.core.decisions import ACTS, Decision
from tocsin.core.document import LABELS, Document
from tocsin.export.rows import COLUMNS
from tocsin.read.given import parse_published
from tocsin.store.schema import APPLICATION_ID, MIGRATIONS, VERSION

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")), *sorted(ROOT.glob("docs/*.md"))]
RUN = ("README.md", "docs/tutorial.md")
"""Pages whose console blocks are run, and whose shown output must be what comes out."""
TAKEN = "1795262400"
"""2026-11-21 12:00 UTC: the moment at which the shown output was made."""
INVENTED = {"utils.py", "pages/", "fetch/", "model/", "reason/", "web/", "watch/", "score_flat.py"}
"""Files and folders that are named and are not there: what may not be, examples, rooms to come, others' tools."""
GLOB = {False: "**/*.*", True: "*.*"}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@cache
def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    return FENCE.sub("", text(page))


def blocks(page: Path, *kinds: str) -> list[str]:
    return [body for kind, body in FENCE.findall(text(page)) if kind in kinds]


def inline(page: Path) -> list[str]:
    """What stands in backticks outside blocks."""
    return [code.replace("\n", " ") for code in re.findall(r"`([^`]+)`", prose(page))]


def formats() -> str:
    return text(ROOT / "docs/formats.md")


def section(title: str) -> str:
    """A section of formats.md, to the next heading."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#)", formats() + "#", re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def table(part: str) -> dict[str, str]:
    """A table's second column by its first, both as they stand."""
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in part.splitlines() if row.startswith("|")]
    return {row[0]: row[1] for row in rows[2:]}


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def words(cell: str) -> tuple[str, ...]:
    return tuple(re.split(r",\s+", cell.replace("`", "")))


def subparsers() -> dict[str, argparse.ArgumentParser]:
    found = next(one for one in make_parser()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(found.choices)


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {name for action in parser._actions for name in action.option_strings if name.startswith("--")} - {"--help"}


def commands_in(body: str) -> Iterator[str]:
    for row in body.splitlines():
        line = row.removeprefix("$ ")
        if line.startswith("tocsin "):
            yield line


@every_page
def test_no_page_is_unfinished(page: Path) -> None:
    assert not re.findall(r"\b(?:TODO|FIXME|TBD|XXX|FIGURES|BARE)\b", text(page))


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        found = page.parent / name if name else page
        assert found.is_file(), target
        if anchor:
            assert anchor in anchors(found), target


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@every_page
def test_commands_in_blocks_are_understood(page: Path) -> None:
    for body in blocks(page, "sh", "console"):
        for line in commands_in(body):
            try:
                make_parser().parse_args(shlex.split(line, comments=True)[1:])
            except SystemExit:
                pytest.fail(f"{page.name}: no such command: {line}")


@every_page
def test_commands_in_sentences_exist(page: Path) -> None:
    known = options(bench_parser(MEASURES)).union(*map(options, subparsers().values()), options(make_parser()))
    for code in inline(page):
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", code)) <= known | {"--help"}, code
        if (found := re.match(r"tocsin ([a-z]+)", code)) is not None:
            assert found[1] in COMMANDS, code
            given = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", code))
            assert given <= options(subparsers()[found[1]]) | {"--help"}, code


def test_every_command_and_option_is_documented() -> None:
    said = [code for page in PAGES for code in (*inline(page), *commands_in("\n".join(blocks(page, "sh", "console"))))]
    for name, parser in subparsers().items():
        assert any(re.match(rf"tocsin {name}\b", code) for code in said), f"tocsin {name} is nowhere documented"
        for action in parser._actions:
            found = [
                code for code in said for option in action.option_strings if re.search(rf"(?<!\S){option}\b", code)
            ]
            assert found or not action.option_strings, f"{action.option_strings} of {name} are nowhere documented"


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))
    for page in PAGES:
        body = "\n".join([*inline(page), *blocks(page, "sh", "console")])
        assert set(re.findall(r"^make (\w+)", body, re.MULTILINE)) <= targets, page.name
    for target in targets:
        assert f"`make {target}`" in text(ROOT / "CONTRIBUTING.md"), target


def test_exit_codes_are_those_of_the_program() -> None:
    program = {errors.EXIT_OK, errors.EXIT_ERROR, errors.EXIT_USAGE, errors.EXIT_VERIFY, INTERRUPTED}
    assert {int(code) for code in table(section("Exit codes"))} == program
    said = re.search(r"exit codes: (.+)", make_parser().format_help())
    assert said
    assert {int(code) for code in re.findall(r"\d", said[1])} == program - {INTERRUPTED}


@every_page
def test_files_that_are_named_exist(page: Path) -> None:
    known = kept_files()
    for code in inline(page):
        if re.fullmatch(r"(?:[\w-]+/)*[\w-]+\.(?:py|toml|json|lock|svg)|[a-z]+/", code) and code not in INVENTED:
            assert any(f"/{code}" in path for path in known), code


@cache
def kept_files() -> tuple[str, ...]:
    places = (ROOT / name for name in ("src", "bench", "tests", "training", "requirements", "docs"))
    return tuple(f"/{path.relative_to(ROOT)}" for place in (*places, ROOT) for path in place.glob(GLOB[place == ROOT]))


def test_the_case_file_is_as_described() -> None:
    assert f"`0x{APPLICATION_ID:08X}`" in formats()
    assert f"schema version, now {VERSION}" in " ".join(formats().split())


def test_tables_of_the_case_file_are_those_described() -> None:
    made = "\n".join(statement for step in MIGRATIONS for statement in step)
    tables = set(re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", made))
    assert tables == set(codes(re.split(r"the tables (?=`)", formats())[1].partition("are derived")[0]))


def test_dates_may_have_the_forms_described() -> None:
    forms = [code for row in table(section("Dates")) for code in codes(row)]
    assert len(forms) == 5
    for form in forms:
        assert parse_published(form, "").reasons == ("",)


def test_anchors_of_the_brief_are_those_described(case: Case) -> None:
    said = {code[1] for row in table(section("The brief")) for code in codes(row)}
    page = case.brief(full_text=True)
    assert {name[0] for name in re.findall(r' id="([a-z]\d+|[cs][0-9a-f]{16})"', page)} - {"b"} == said
    assert "default-src 'none'" in page


def test_fields_of_a_reading_are_those_described() -> None:
    first = section("`read --json`").partition("Values that")[0]
    said = {name for cell in table(first) for name in codes(cell)}
    found = [reading(doc, with_text=True) for doc in read_pages(demo_pages()) if isinstance(doc, Document)]
    assert set().union(*found) == said
    rows = table(first)
    for name in ("attributions", "commitments", "times", "mentions"):
        fields = set(re.findall(r"\w+", codes(rows[f"`{name}`"])[0]))
        assert all(set(one) - {"weekdays"} == fields for doc in found for one in doc[name]), name


def test_values_are_those_described() -> None:
    said = dict(re.findall(r"^\| `(\w+)` \| ([^|`]+) \|$", section("`read --json`"), re.MULTILINE))
    lists = {"label": LABELS, "kind": KINDS, "operator": OPERATORS, "polarity": POLARITIES}
    assert {name: words(said[name]) for name in lists} == lists
    assert ", ".join(HopRole.__args__) in formats()  # type: ignore[attr-defined]


def test_rows_of_an_export_are_those_described(case: Case) -> None:
    case.decide(case.commitments()[0].id, "accept", by="ada", note="why")
    packed = case.path.parent / "packed.zip"
    packed.write_bytes(b"PK\x03\x04" + bytes(60))
    case.add(packed)
    for name, quoted in (("one", "“We will stay,” said Ossip Harrane."), ("two", "“They shall go,” said O. Harrane.")):
        alike = case.path.parent / f"{name}.txt"
        alike.write_text(f"Alike\n\n{quoted}\n", encoding="utf-8")
        case.add(alike)
    rows = [json.loads(line) for line in case.export("jsonl")]
    said = {codes(kind)[0]: codes(fields) for kind, fields in table(section("`export jsonl`")).items()}
    assert {row["type"] for row in rows} == set(said)
    for kind, named in said.items():
        fields = {name for name in named if re.fullmatch(r"\w+", name)}
        seen = set().union(*(row for row in rows if row["type"] == kind)) - {"type"}
        if kind == "decision":
            assert seen <= fields <= {*Decision.__dataclass_fields__, "id"}
        else:
            assert seen == fields, kind


def test_columns_of_the_csv_are_those_described() -> None:
    assert tuple(codes(section("`export commitments`"))[: len(COLUMNS)]) == COLUMNS


def test_acts_and_fields_of_decisions_are_those_described() -> None:
    page = text(ROOT / "docs/decisions.md")
    assert re.findall(r"^- \*\*(\w+)\*\*", page, re.MULTILINE) == list(ACTS)
    part = page[page.index("## What `--set` takes") : page.index("An example with a condition")]
    said = [name for row in re.findall(r"^\| (`[^|]+) \|", part, re.MULTILINE) for name in codes(row)]
    assert sorted(said) == sorted((*COMMITMENT_FIELDS, *REPORT_FIELDS))


def test_every_dependency_has_its_line() -> None:
    page = text(ROOT / "docs/dependencies.md")
    project = tomllib.loads(text(ROOT / "pyproject.toml"))
    named = [
        *project["project"]["dependencies"],
        *(one for group in project["dependency-groups"].values() for one in group),
    ]
    for requirement in named:
        name = re.split(r"[<>=]", requirement)[0]
        assert re.search(rf"^\| {re.escape(name)} \| .+ \| .+ \| .+ \| .* \|$", page, re.MULTILINE), name
    locked = re.findall(r"^([\w-]+)==", text(ROOT / "requirements/run.lock"), re.MULTILINE)
    assert [name for name in locked if name not in page] == []


def test_figures_are_those_of_the_floors() -> None:
    held = json.loads(text(ROOT / "bench/floors.json"))["measures"]
    rows = re.findall(r"^\|.*\| (\.\d+|\d[\d.]*) \|.*\| `(\w+)` `(\w+)` \|$", text(ROOT / "README.md"), re.MULTILINE)
    assert len(rows) >= 8
    for shown, measure, figure in rows:
        reached = held[measure][figure]["reached"]
        digits = len(shown.partition(".")[2])
        now = f"{reached:.{digits}f}".removeprefix("0" * (shown[0] == "."))
        assert shown == now, f"README: {measure} {figure} is {now} now"


def test_the_changelog_knows_this_version() -> None:
    assert f"\n## {__version__}\n" in text(ROOT / "CHANGELOG.md")


def test_the_example_in_python_runs(tmp_path: Path) -> None:
    shutil.copytree(demo_pages(), tmp_path / "pages")
    (example,) = blocks(ROOT / "README.md", "python")
    command = [sys.executable, "-c", example]
    done = subprocess.run(command, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "('unless', " in done.stdout


def environment(folder: Path) -> dict[str, str]:
    """Like a fresh shell in which `tocsin` is this one."""
    programs = folder / ".bin"
    programs.mkdir()
    program = programs / "tocsin"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tocsin "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    path = os.pathsep.join((str(programs), str(Path(sys.executable).parent), os.environ["PATH"]))
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "SOURCE_DATE_EPOCH": TAKEN, "NO_COLOR": "1"}


def steps(page: Path) -> Iterator[tuple[str, str]]:
    """Each command of a page's console blocks with the output shown beneath it."""
    for body in blocks(page, "console"):
        for step in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            lines = step.splitlines()
            more = next((number for number, line in enumerate(lines[1:], 1) if not re.match("> |>$", line)), len(lines))
            yield "\n".join([lines[0], *(line[2:] for line in lines[1:more])]), "\n".join(lines[more:])


@pytest.mark.parametrize("name", RUN)
def test_what_is_shown_is_what_comes_out(name: str, tmp_path: Path) -> None:
    env = environment(tmp_path)
    for command, shown in steps(ROOT / name):
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=tmp_path,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}"
        out, at = " ".join(done.stdout.split()), 0
        for part in re.split("…$", shown, flags=re.MULTILINE):  # a line that ends so is cut short, or stands for many
            piece = " ".join(part.split())
            place = out.find(piece, at)
            assert place >= 0, f"$ {command}\ndoes not say (any more, at this place): {piece}\nbut:\n{done.stdout}"
            at = place + len(piece)
