"""Runs targets under atheris, one process each, and says what came of it.

Invariant: the same seeds, seconds and seed of chance start the same run; whatever was found lies in a folder whose path
is printed; a target that ends before its time is started again for the rest of it.
"""

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from fuzz.driver import FOUND, SLOW_SECONDS
from fuzz.shape import HERE
from fuzz.targets import load

ROOT = HERE.parent
MEMORY_MB = 1024
INPUT_SECONDS = 20
TOO_SLOW = 10.0
"""Seconds of processor time, without instrumentation, from which an input counts against its target: five times what is
noted as slow. The widest honest page of that size takes 0.3 s, and no flood that was tried more than 7 s."""
SEED = 20_260_101
GRACE = 600.0
"""Seconds that a process may run on: it instruments the package before its time begins, slowly on a busy machine."""
STARTS = 8
"""How often one target is started at most: one that always dies at once is found out soon enough."""
NO_ATHERIS = (
    "fuzz: atheris is not installed in this environment; `make bench-long` installs it, or "
    "`.venv/bin/python -m pip install 'atheris>=3.0,<4'` (Linux or macOS, CPython 3.11 to 3.14)"
)
_STATUS = re.compile(r"^#(\d+)\s.*?\bcov: (\d+)", re.MULTILINE)
_RSS = re.compile(r"\brss: (\d+)Mb|stat::peak_rss_mb:\s+(\d+)")


def available() -> bool:
    """Whether atheris can be imported here."""
    return importlib.util.find_spec("atheris") is not None


@dataclass(slots=True)
class Outcome:
    """What fuzzing one target came to. `found` holds what counts against it: kind, path, first words."""

    target: str
    seconds: float = 0.0
    execs: int = 0
    coverage: int = 0
    rss_mb: int = 0
    starts: int = 0
    found: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether anything was found, or nothing was run."""
        return bool(self.found) or self.execs == 0

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**asdict(self), "failed": self.failed}


def fuzz(name: str, seconds: float, found: Path) -> Outcome:
    """Fuzz the target `name` for so long, keeping finds in the folder `found`."""
    outcome = Outcome(name)
    found.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"tocsin-fuzz-{name}-") as folder:
        seeds, grown = Path(folder) / "seeds", Path(folder) / "grown"
        seeds.mkdir()
        grown.mkdir()
        target = load(name)
        for label, data in target.seeds():
            (seeds / label).write_bytes(data)
        while outcome.starts < STARTS:
            left = seconds - (time.monotonic() - began)
            if left < 1 and outcome.starts:
                break
            limits = [f"-max_total_time={max(1, round(left))}", f"-rss_limit_mb={MEMORY_MB}"]
            limits += [f"-timeout={INPUT_SECONDS}", f"-max_len={target.most}", f"-seed={SEED + outcome.starts}"]
            limits += [
                "-print_final_stats=1",
                "-detect_leaks=0",
                "-report_slow_units=3600",
                f"-dict={target.dictionary}",
            ]
            command = [sys.executable, "-m", "fuzz.driver", name, str(found), *limits]
            _start([*command, f"-artifact_prefix={found}/died-{name}-", str(grown), str(seeds)], left, outcome)
    outcome.seconds = round(time.monotonic() - began, 1)
    _confirm_slow(name, outcome)
    return outcome


def environment() -> dict[str, str]:
    """The environment of the processes: this source tree, one order of sets."""
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}


def _start(command: list[str], seconds: float, outcome: Outcome) -> None:
    """Run one process to its end and take down what it says."""
    outcome.starts += 1
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.PIPE) as process:  # noqa: S603
        try:
            said = process.communicate(timeout=seconds + GRACE)[1].decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            process.kill()
            said = process.communicate()[1].decode("utf-8", "replace")
            outcome.found.append({"kind": "stuck", "path": "", "said": "did not stop when its time was over"})
    status = [(int(runs), int(edges)) for runs, edges in _STATUS.findall(said)]
    outcome.execs += max((runs for runs, _ in status), default=0)
    outcome.coverage = max([outcome.coverage, *(edges for _, edges in status)])
    outcome.rss_mb = max([outcome.rss_mb, *(int(one or other) for one, other in _RSS.findall(said))])
    for line in said.splitlines():
        if line.startswith(f"{FOUND} "):
            _, kind, path, *rest = line.split(" ", 3)
            outcome.found.append({"kind": kind, "path": path, "said": rest[0] if rest else ""})
    if process.returncode:
        kept = re.findall(r"Test unit written to (\S+)", said)
        why = re.findall(r"(?:ERROR|==\d+==)[^\n]*|^\w*Error[^\n]*", said, re.MULTILINE)
        shown = why[0] if why else " / ".join(said.strip().splitlines()[-3:])
        outcome.found.append({"kind": "died", "path": kept[0] if kept else "", "said": shown[:300]})


def _confirm_slow(name: str, outcome: Outcome) -> None:
    """Of what was slow, or overran libFuzzer's limit, keep what is too slow without instrumentation and other work too;
    what is only slow becomes a note."""
    for one in list(outcome.found):
        if one["kind"] == "slow" or "-timeout-" in one["path"]:
            spent = replayed(name, Path(one["path"]))
            if spent is not None and spent < TOO_SLOW:
                outcome.found.remove(one)
                if spent >= SLOW_SECONDS:
                    outcome.notes.append(f"slow: {spent:.1f} s of processor time: {one['path']}")


def replayed(name: str, path: Path) -> float | None:
    """Seconds of processor time that a target takes on one input, in a fresh process; None where it failed."""
    code = (
        "import sys, time; from pathlib import Path; from fuzz.targets import load\n"
        "target = load(sys.argv[1]); data = Path(sys.argv[2]).read_bytes()\n"
        "target.run(b'warm'); began = time.process_time(); target.run(data)\n"
        "print(time.process_time() - began)"
    )
    command = [sys.executable, "-c", code, name, str(path)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603
    return float(done.stdout) if done.returncode == 0 else None
