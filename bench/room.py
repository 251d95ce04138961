"""Where a run finds its data, puts its files and asks Tocsin to read.

Invariant: pages go through `python -m tocsin read … --json --text` as a subprocess, and the scorers run as they are;
what was read once in a run is not read again.
"""

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

from bench.figures import BenchError

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "src" / "tocsin" / "demo" / "pages"
SHARED_VARIABLE = "TOCSIN_SHARED"
"""Environment variable that says where ../shared lies."""
WORKERS_VARIABLE = "TOCSIN_BENCH_WORKERS"
"""Environment variable for how many pages are read at once (2: what `make check` is measured on)."""

Reading = dict[str, Any]


def find_shared() -> Path | None:
    """The folder of data beside the project, None where it is absent."""
    place = Path(os.environ.get(SHARED_VARIABLE) or ROOT.parent / "shared")
    return place if (place / "tools").is_dir() else None


def environment() -> dict[str, str]:
    """The environment of every subprocess: this source tree, UTF-8, the same moment, no colours."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    fixed = {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1735689600", "NO_COLOR": "1"}
    return inherited | fixed


def data_hash(paths: Iterable[Path]) -> str:
    """SHA-256 over the names and bytes of files, and of all files in folders, in name order."""
    found: dict[str, str] = {}
    for path in paths:
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if one.is_file() and "__pycache__" not in one.parts:
                name = one.relative_to(path.parent).as_posix()
                found[name] = hashlib.sha256(one.read_bytes()).hexdigest()
    return hashlib.sha256(json.dumps(sorted(found.items())).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Ran:
    """What a timed command came to: seconds of wall clock, and the most memory it held, in MB."""

    seconds: float
    peak_mb: float


def timed(command: Sequence[str], out: Path) -> Ran:
    """Run `command` alone with its output in `out`; raises BenchError where it ends with another code than 0."""
    errors = out.with_suffix(".err")
    began = perf_counter()
    with out.open("wb") as stdout, errors.open("wb") as stderr:
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr, env=environment(), cwd=out.parent)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    _check(command, process.returncode, errors)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return Ran(seconds, usage.ru_maxrss / unit)


def _check(command: Sequence[str], code: int, errors: Path) -> None:
    if code:
        said = errors.read_text(encoding="utf-8", errors="replace").strip()[-2000:]
        raise BenchError(f"`{' '.join(command[:5])} …` ended with {code}: {said}")


def tocsin(*arguments: str) -> list[str]:
    """The command that runs this tree's Tocsin."""
    return [sys.executable, "-m", "tocsin", *arguments]


@dataclass(slots=True)
class Room:
    """One run: the data (`shared` is None where it is absent), a temporary folder, every output made so far."""

    work: Path
    shared: Path | None
    outputs: list[Path] = field(default_factory=list)
    _read: dict[str, dict[str, Reading]] = field(default_factory=dict)

    def at(self, name: str) -> Path:
        """A file or folder of the shared data; raises BenchError where there is none."""
        if self.shared is None:
            raise BenchError("the shared data is absent")
        return self.shared / name

    def read_files(self, name: str, paths: Sequence[Path]) -> list[Reading]:
        """The readings of files, in their order."""
        if name not in self._read:
            out = self.work / f"{name}.read.jsonl"
            timed(tocsin("read", *map(str, paths), "--json", "--text"), out)
            self._read[name] = self._keep(out)
        return list(self._read[name].values())

    def read_records(self, name: str, records: Sequence[Mapping[str, Any]]) -> list[Reading]:
        """The readings of JSONL records, in their order; one that could not be read is left out."""
        known = self._read.setdefault(name, {})
        wanted = [record for record in records if record["id"] not in known]
        if wanted:
            for out in self._read_parts(name, wanted):
                known |= self._keep(out)
        return [known[record["id"]] for record in records if record["id"] in known]

    def _read_parts(self, name: str, records: Sequence[Mapping[str, Any]]) -> list[Path]:
        workers = max(1, min(len(records), int(os.environ.get(WORKERS_VARIABLE, "2"))))
        begun: list[tuple[list[str], subprocess.Popen[bytes], Path]] = []
        for part in range(workers):
            stem = f"{name}.{len(self.outputs) + part}"
            source = write_jsonl(self.work / f"{stem}.jsonl", records[part::workers])
            out = self.work / f"{stem}.read.jsonl"
            command = tocsin("read", str(source), "--json", "--text")
            with out.open("wb") as stdout, out.with_suffix(".err").open("wb") as stderr:
                process = subprocess.Popen(command, stdout=stdout, stderr=stderr, env=environment(), cwd=self.work)
            begun.append((command, process, out))
        for _, process, _ in begun:
            process.wait()
        for command, process, out in begun:
            _check(command, process.returncode, out.with_suffix(".err"))
        return [out for _, _, out in begun]

    def _keep(self, out: Path) -> dict[str, Reading]:
        self.outputs.append(out)
        found = [one for one in read_jsonl(out) if "body" in one]
        return {one["page"]: one for one in found}

    def score(self, tool: str, *arguments: str | Path) -> str:
        """What a scorer of ../shared/tools prints."""
        command = [sys.executable, str(self.at("tools") / tool), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False, cwd=self.work)
        if done.returncode:
            raise BenchError(f"{tool} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def scorer(self, tool: str) -> ModuleType:
        """A scorer as a module, for its counts of single pages: its figures have no intervals of their own."""
        spec = importlib.util.spec_from_file_location(f"shared_{Path(tool).stem}", self.at("tools") / tool)
        if spec is None or spec.loader is None:
            raise BenchError(f"{tool} cannot be loaded")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def score_json(self, tool: str, *arguments: str | Path) -> Any:
        """What a scorer prints with `--json`."""
        return json.loads(self.score(tool, *arguments, "--json"))


def write_jsonl(path: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    """Write one JSON object a line; returns `path`."""
    with path.open("w", encoding="utf-8") as stream:
        for record in records:
            stream.write(json.dumps(record) + "\n")
    return path


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """One JSON object a line."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)
