"""Every fuzzing target over its seeds and over made-up inputs, without atheris: targets must not rot, nor readers."""

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.__main__ import main, table
from fuzz.driver import Watch
from fuzz.laws import BrokenLawError, lines_tile
from fuzz.oracle import bare, in_order, shown_by
from fuzz.runner import NO_ATHERIS, ROOT, Outcome
from fuzz.shape import HERE, HTML_JOINTS, JSON_JOINTS, Shape, words_of
from fuzz.target import Target
from fuzz.targets import NAMES, load
from tocsin.core.document import Line
from tocsin.read.html_walk import flatten

SLOW = {"case": 12}
"""Targets that take much longer an input than the others, and how many inputs they get."""
EXAMPLES = 30


def inputs(target: Target) -> st.SearchStrategy[bytes]:
    """Words of the target's dictionary between scraps of text, and its seeds with structural changes."""
    scraps = st.one_of(st.sampled_from(words_of(target.shape.dictionary)), st.text(max_size=6).map(str.encode))
    made = st.lists(st.one_of(scraps, st.binary(max_size=3)), max_size=25).map(b"".join)
    seeds = [data for _, data in target.seeds() if len(data) <= 1500]
    changed = st.builds(
        lambda data, seed: target.shape.mutate(data, 4000, seed, lambda plain, most: plain[:most]),
        st.sampled_from(seeds),
        st.integers(0, 2**32),
    )
    return st.one_of(made, changed)


@pytest.mark.parametrize("name", NAMES)
def test_every_seed_is_read_and_read_alike_again(name: str) -> None:
    target = load(name)
    seeds = dict(target.seeds())
    assert len(seeds) >= 2
    for label, data in seeds.items():
        assert target.run(data) == target.run(data), label


def test_bytes_that_a_damage_made_unreadable_are_left_as_they_are() -> None:
    load("case").run(b"set layer data 0 raw:xx\njson layer data 0 0/content []\n")


def test_the_undamaged_case_answers_everything() -> None:
    said = load("case").run(b"\n").decode()
    assert '["verify","[]"]' in said
    assert "do not trust" not in said
    assert len(load("case").run(b"cut 600\n")) < 1000 < len(said)


@pytest.mark.parametrize("name", NAMES)
def test_made_up_inputs_break_nothing(name: str) -> None:
    target = load(name)
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]

    @settings(max_examples=SLOW.get(name, EXAMPLES), deadline=None, derandomize=True, suppress_health_check=checks)
    @given(inputs(target))
    def holds(data: bytes) -> None:
        target.run(data)

    holds()


def test_readings_do_not_hang_on_the_order_of_sets() -> None:
    code = (
        "import hashlib; from fuzz.targets import load\n"
        "for name in ('plain', 'html', 'given', 'annotate', 'dates'):\n"
        "    for label, data in load(name).seeds():\n"
        "        print(name, label, hashlib.sha256(load(name).run(data)).hexdigest())\n"
    )
    said = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        said.append(done.stdout)
    assert said[0] == said[1]
    assert said[0].count("\n") >= 20


def test_the_laws_can_be_broken() -> None:
    whole = (Line(0, 2, "body"), Line(3, 5, "body"))
    lines_tile("ab\ncd", whole, ("\n",))
    for lines in (whole[:1], (whole[0], Line(2, 5, "body")), (Line(1, 2, "body"), whole[1])):
        with pytest.raises(BrokenLawError):
            lines_tile("ab\ncd", lines, ("\n",))


def test_the_oracle_sees_what_is_dropped() -> None:
    html = "<p>one <b>two</b></p><div hidden>three</div><script>four</script>five"
    shown = shown_by(html)
    assert shown is not None
    assert (shown.must, shown.could) == ("onetwofive", "onetwothreefive")
    assert in_order(shown.must, bare(flatten(html)[0])) == -1
    assert in_order(shown.must, "onefive") == 3


def test_mutations_depend_on_their_seed_alone() -> None:
    shape = Shape(HTML_JOINTS, "html")
    data = b"<p>The port is <b>shut</b>, she said.</p>" * 3

    def plainly(found: bytes, most: int) -> bytes:
        return found[:most]

    made = [shape.mutate(data, 500, seed, plainly) for seed in range(60)]
    assert made == [shape.mutate(data, 500, seed, plainly) for seed in range(60)]
    assert len(set(made)) > 20
    assert all(len(one) <= 500 for one in made)


@pytest.mark.parametrize("joints", [HTML_JOINTS, JSON_JOINTS])
def test_pieces_are_the_whole_input(joints: object) -> None:
    rng = random.Random(7)
    shape = Shape(joints, "html")  # type: ignore[arg-type]
    for _ in range(50):
        data = bytes(rng.choices(b'<>{}[]"\\&; \nab\xff\x00', k=80))
        assert b"".join(shape.joints.findall(data)) == data


@pytest.mark.parametrize("name", sorted({load(name).shape.dictionary for name in NAMES}))
def test_dictionaries_are_in_the_form_that_libfuzzer_takes(name: str) -> None:
    path = HERE / "dictionaries" / f"{name}.dict"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    odd = [line for line in lines if not re.fullmatch(r'"(?:[^"\\]|\\\\|\\"|\\x[0-9A-F]{2})+"', line)]
    assert odd == []
    assert len(words_of(name)) == len(lines)


def test_each_find_is_kept_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(data: bytes) -> bytes:
        raise ValueError(data[:1])

    watch = Watch("plain", run, tmp_path)
    watch(b"x")
    watch(b"y")
    kept = sorted(path.name.split("-")[0] + path.suffix for path in tmp_path.iterdir())
    assert kept == ["crash", "crash.txt"]
    assert "FOUND crash" in capsys.readouterr().err


def test_the_outcome_says_what_was_found() -> None:
    good = Outcome("plain", 1.0, 500, 90, 80, 1)
    bad = Outcome("html", 1.0, 9, 9, 80, 1, [{"kind": "crash", "path": "/x/crash-html-1", "said": "ValueError: 1"}])
    assert not good.failed
    assert bad.failed
    assert Outcome("case").failed  # nothing was run
    shown = table([good, bad], ROOT)
    assert "/x/crash-html-1" in shown
    assert "ValueError: 1" in shown


def test_without_atheris_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("fuzz.__main__.available", lambda: False)
    assert main(["--seconds", "1"]) == 2
    assert capsys.readouterr().err.strip() == NO_ATHERIS
