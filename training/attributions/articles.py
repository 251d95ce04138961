"""PolNeAR's articles as the program sees them, for the two scripts beside this file.

PolNeAR (Newell, Margolin, Ruths, LREC 2018) lies outside the repository. Its licence covers annotation over other
people's news text: only counts of words and forms may leave these scripts, never a piece of text.
"""

import gzip
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from tocsin.annotate.sentences import SENTENCES
from tocsin.core.document import Capture, Document, Line

SHARED = Path(__file__).resolve().parents[3] / "shared"
DATA = Path(__file__).resolve().parents[2] / "src/tocsin/annotate/data"


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a gzipped JSONL file, in the file's order."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def document(name: str, text: str) -> Document:
    """An article as a document of body lines (PolNeAR has no boilerplate) with its sentences."""
    lines, start = [], 0
    for piece in text.split("\n"):
        lines.append(Line(start, start + len(piece), "body" if piece.strip() else "other"))
        start += len(piece) + 1
    capture = Capture("0" * 64, name, name, name, "2020-01-01T00:00:00Z", "text/plain")
    doc = Document.of(text, capture, tuple(lines))
    return doc.with_layer(SENTENCES(doc))


def scorer(path: Path) -> ModuleType:
    """The shared scorer as a module: what counts as "the same content" and "the same source" is said there alone."""
    spec = importlib.util.spec_from_file_location("score_attributions", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_whole(path: Path, text: str) -> None:
    """Put `text` in the place of the file at once: who reads it meanwhile finds the old one or the new one."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
