"""The process that fuzzes one target under atheris: `python -m fuzz.driver NAME FOUND [options and folders]`.

Invariant: a find does not end the run. Each new one is kept as a file with its traceback beside it; only what a
process cannot survive (a native crash, libFuzzer's own limits on time and memory) ends it.
"""

import hashlib
import importlib
import pkgutil
import sys
import time
import traceback
from pathlib import Path
from typing import Any

SLOW_SECONDS = 2.0
SLOW_BYTES = 65_536
"""An input of at most so many bytes that takes longer is a find: an honest page of that size takes 0.1 s."""
FOUND = "FOUND"
"""What a line of this process begins with that tells of a find."""
_SKIPPED = ("tocsin.__main__", "tocsin.cli")


def load_package() -> None:
    """Import all of Tocsin, so that all of it is instrumented."""
    import tocsin

    for module in pkgutil.walk_packages(tocsin.__path__, "tocsin."):
        if not module.name.startswith(_SKIPPED):
            importlib.import_module(module.name)


class Watch:
    """Runs a target on inputs and keeps each new find in a folder."""

    def __init__(self, name: str, run: Any, folder: Path) -> None:
        self._name, self._run, self._folder = name, run, folder
        self._seen: set[str] = set()
        self._slowest = SLOW_SECONDS

    def __call__(self, data: bytes) -> None:
        """One input."""
        began = time.process_time()
        try:
            self._run(data)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is a find)
            self._keep("crash", _place(error), data, "".join(traceback.format_exception(error)[-12:]))
        spent = time.process_time() - began
        if spent > self._slowest and len(data) <= SLOW_BYTES:
            self._slowest = spent * 1.5
            self._keep("slow", f"{spent:.1f}", data, f"{spent:.2f} s of processor time, instrumented\n")

    def _keep(self, kind: str, place: str, data: bytes, said: str) -> None:
        if place in self._seen:
            return
        self._seen.add(place)
        path = self._folder / f"{kind}-{self._name}-{hashlib.sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(said, encoding="utf-8", errors="backslashreplace")
        print(f"\n{FOUND} {kind} {path} {said.strip().splitlines()[-1][:200]}", file=sys.stderr, flush=True)


def _place(error: BaseException) -> str:
    """Where an error comes from, so that one mistake is kept once."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return type(error).__name__ + "|".join(f"{frame.filename}:{frame.lineno}" for frame in frames)


def main() -> None:
    """Fuzz until libFuzzer's options say stop."""
    name, found, *options = sys.argv[1:]
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["tocsin"], enable_loader_override=False):
        load_package()
    from fuzz.targets import load

    target = load(name)
    watch = Watch(name, target.run, Path(found))

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        return target.shape.mutate(data, most, seed, atheris.Mutate)

    watch(b"The port will close unless the dues are paid, she said.\n")  # what is loaded once costs no input its time
    atheris.Setup([sys.argv[0], *options], watch, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
