"""A case file from elsewhere: opened, verified and shown by everything that shows a case."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tocsin.api
from fuzz.cases import base, clock, damaged
from fuzz.laws import demand
from fuzz.reading import dice, no_worker
from fuzz.shape import LINE_JOINTS, Shape
from fuzz.target import Target
from tocsin.api import Case
from tocsin.core.codec import encode
from tocsin.core.ids import canonical
from tocsin.errors import TocsinError

WRITTEN = 0.3
"""Share of the files that are opened for writing as well."""
ASKED = 0.5
"""Share of the questions that one damaged case is asked: all of them take a quarter of a second."""
_FOLDER = TemporaryDirectory(prefix="tocsin-fuzz-")


def run(data: bytes) -> bytes:
    """Open the damaged case and ask it for some of everything, drawn by lot; some cases for writing too.

    An undamaged one is asked for all of it.
    """
    rng = dice(data)
    path = Path(_FOLDER.name) / "damaged.tocsin"
    out: list[object] = []
    file = damaged(data)
    for write in (False, True)[: 2 if rng.random() < WRITTEN else 1]:
        for part in ("", "-wal", "-shm", "-journal"):
            Path(f"{path}{part}").unlink(missing_ok=True)
        path.write_bytes(file)
        try:
            with no_worker(b""), tocsin.api.open(path, create=False, write=write, clock=clock) as case:
                for name, ask in _asked(case, write=write):
                    if not data.strip() or rng.random() < ASKED:
                        out.append([name, _answer(ask)])
        except TocsinError as error:
            out.append(_said(error))
    return canonical(out).replace(_FOLDER.name, "").encode()


def _said(error: TocsinError) -> str:
    shown = str(error)
    demand(shown.strip(), f"{type(error).__name__} without a word")
    return shown


def _answer(ask: Callable[[], object]) -> str:
    try:
        return repr(ask())
    except TocsinError as error:
        return _said(error)


def _asked(case: Case, *, write: bool) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every question that can be put to a case."""
    yield "verify", case.verify
    if write:
        yield "rebuild", case.rebuild
        yield "reread", case.reread
        return
    yield "commitments", case.commitments
    yield "as of", lambda: case.commitments(as_of="2019-05-08")
    yield "sentences", lambda: [(one.sentence, one.first.chain, one.pages) for one in case.commitments()]
    yield "statements", lambda: [(one, one.pages) for one in case.statements(own_voice=True, as_of="2019-05-08")]
    yield "actors", case.actors
    yield "documents", lambda: [encode(one) for one in case.documents(as_of="2019-05-08")]
    yield "rejects", case.rejects
    yield "decisions", case.decisions
    yield "offers", case.offers
    yield "replay", lambda: case.replay(first_day=True)
    yield "search", lambda: case.search("port")
    for form in ("jsonl", "csv"):
        yield form, partial(_export, case, form)
    yield "brief", lambda: len(case.brief(full_text=True))
    for thing in ("d", "c", "s", "n"):
        for one in _ids(case, thing):
            yield f"show {one}", partial(case.show, one)


def _export(case: Case, form: str) -> str:
    return "".join(case.export(form))


def _ids(case: Case, letter: str) -> list[Any]:
    try:
        with case.store.reading():
            if letter == "d":
                return [one[:12] for one in case.store.document_ids()[:3]]
            return [row.id for row in case.store.rows.starting(letter)[:3]]
    except TocsinError:
        return []


def _made() -> dict[str, bytes]:
    base()
    return {}


TARGET = Target("case", "a case file from elsewhere", run, Shape(LINE_JOINTS, "case"), made=_made)
