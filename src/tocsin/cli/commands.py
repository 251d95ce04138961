"""What each command does: calls `api`, prints views, returns an exit code."""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tocsin import api
from tocsin.cli import boards, screens, shown, suppositions
from tocsin.cli.names import names
from tocsin.cli.plain import line, plain
from tocsin.cli.sources import sources
from tocsin.cli.terminal import harmless, paint, progress
from tocsin.cli.times import times
from tocsin.core.document import WITHDRAWN, Document, Reject
from tocsin.errors import EXIT_ERROR, EXIT_OK, EXIT_VERIFY, TocsinError, UsageError

Options = argparse.Namespace
MOST_COMMITMENTS = 200
"""Commitments that a terminal is shown unless --most says otherwise: some thousand lines."""
MOST_HITS = 10_000
"""Lines that a search prints at most."""


def _case(options: Options, *, write: bool = False) -> api.Case:
    return api.open(options.case, create=False, write=write)


def _given(options: Options) -> dict[str, str | None]:
    return {name: getattr(options, name) for name in ("published", "outlet", "title", "byline")}


def _list(options: Options, items: Iterable[Any], screen: Callable[[list[Any]], None]) -> int:
    """Print items: one JSON object a line, or as people read them."""
    if options.json:
        for one in items:
            print(line(one))
    else:
        screen(list(items))
    return EXIT_OK


def demo(options: Options) -> int:
    """Build the bundled case, show its board, what a watch would have rung for, and write its brief."""
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    path, page = folder / "demo.tocsin", folder / "brief.html"
    with api.open(path) as case:
        with progress("reading") as step:
            added = case.add(api.demo_pages(), progress=step)
        found = case.board()
        if options.json:
            _list(options, found, boards.board)
        else:
            screens.added(path, added)
            screens.foremost(found)
            rung = case.replay()
            screens.days(rung)
            screens.next_steps(path, page, len(found), len(rung))
        page.write_text(case.brief(), encoding="utf-8")
    return EXIT_OK


def read(options: Options) -> int:
    """Read pages without a case."""
    seen = False
    for one in api.read_pages(*options.sources, **_given(options)):
        if isinstance(one, Reject):
            _refused(one, as_json=options.json)
            continue
        seen = True
        if options.json:
            print(line(api.reading(one, with_text=options.text)))
        else:
            screens.reading(one)
    return EXIT_OK if seen else EXIT_ERROR


def _refused(reject: Reject, *, as_json: bool) -> None:
    if as_json:
        said = {"reject": {"page": reject.name, "source": reject.source, "reason": reject.reason}}
        print(line(said), file=sys.stderr)
    else:
        print(f"tocsin: {harmless(reject.source)}: {harmless(reject.reason)}", file=sys.stderr)


def add(options: Options) -> int:
    """Read pages into a case."""
    new = not Path(options.case).exists()
    with api.open(options.case) as case, progress("reading") as step:
        added = case.add(*options.sources, progress=step, **_given(options))
        empty = new and not (added.documents or added.known) and not case.rejects()
    if empty:
        Path(options.case).unlink()  # nothing came of it: a mistyped path makes no case
    for one in added.rejects:
        _refused(one, as_json=options.json)
    if options.json:
        rejects = [{"page": one.page, "source": one.source, "reason": one.reason} for one in added.rejects]
        print(line({"documents": added.documents, "known": added.known, "rejects": rejects}))
    else:
        screens.added(Path(options.case), added)
    withdrawn = any(one.reason.startswith(WITHDRAWN) for one in added.rejects)
    return EXIT_OK if added.documents or added.known or withdrawn else EXIT_ERROR


def documents(options: Options) -> int:
    """List the pages of a case, and those that could not be read."""
    with _case(options) as case:
        docs: list[Document | Reject] = [*case.documents(as_of=options.as_of), *case.rejects()]
        cased = case.dates()
    if not options.json:
        return _list(options, docs, lambda items: screens.documents(items, cased))
    for one in docs:
        when = cased.get(one.id) if isinstance(one, Document) else None
        print(line({**plain(one), "dated": when} if when else one))
    return EXIT_OK


def replay(options: Options) -> int:
    """Say what a watch would have rung for."""
    with _case(options) as case:
        found = case.replay(first_day=options.first_day)
    return _list(options, [one for one in found if options.kind in (None, one.kind)], screens.replay)


def statements(options: Options) -> int:
    """List who said what."""
    with _case(options) as case:
        asked = {"as_of": options.as_of, "possible": options.possible, "own_voice": options.own_voice}
        found = case.statements(speaker=options.speaker, **asked)
    return _list(options, found, screens.statements)


def actors(options: Options) -> int:
    """List who speaks, relays and holds commitments."""
    with _case(options) as case:
        found = [one for one in case.actors() if options.all or set(one.roles) - {"mention"}]
    return _list(options, found, screens.actors)


def board(options: Options) -> int:
    """List commitments with how they stand."""
    return _commitments(options, boards.board)


def commitments(options: Options) -> int:
    """List commitments with their history."""
    return _commitments(options, boards.listed)


def _commitments(options: Options, screen: Callable[[list[Any]], None]) -> int:
    most = options.most if options.most is not None else None if options.json else MOST_COMMITMENTS
    if most is not None and most < 0:
        raise UsageError(f"--most takes a number from 0 (all), not {most}")
    asked = {"as_of": options.as_of, "possible": options.possible, "conditional": options.conditional}
    with _case(options) as case:
        found = case.commitments(holder=options.holder or "", most=most + 1 if most else None, **asked)
    done = _list(options, found[: most or None], screen)
    if most and len(found) > most and not options.json:
        print(f"\nthe first {most} are shown; --most 0 shows all")
    return done


def conditions(options: Options) -> int:
    """List situations with their states."""
    with _case(options) as case:
        found = case.conditions(as_of=options.as_of)
    return _list(options, [one for one in found if options.state in (None, one.state)], boards.conditions)


def tripwire(options: Options) -> int:
    """Watch for situations, or list those that are watched for."""
    fields = {name: getattr(options, name) for name in ("name", "place", "who", "shows")}
    if options.action == "list":
        if options.what or options.by or any(fields.values()):
            raise UsageError("`tripwire list` takes a case and nothing else")
        with _case(options) as case:
            return _list(options, case.tripwires(), boards.tripwires)
    if not options.what or not options.by:
        raise UsageError(f"`tripwire {options.action}` needs what to watch for, and --by NAME")
    if options.action == "load":
        if any(fields.values()):
            raise UsageError("`tripwire load` takes all of it from the file")
        wires = api.parse_tripwires(Path(options.what).read_text(encoding="utf-8-sig"))
    else:
        wires = (api.tripwire_of({"words": options.what, **fields}),)
    with _case(options, write=True) as case:
        made = case.watch(*wires, by=options.by)
        wanted = {one.id for one in made}
        found = [one for one in case.tripwires() if wanted & {watch.decision for watch in one.watches}]
    return _list(options, found, boards.conditions)


def whatif(options: Options) -> int:
    """Say what would follow."""
    with _case(options) as case:
        asked = {"as_of": options.as_of, "possible": options.possible}
        found = case.whatif(suppose=options.suppose, suppose_not=options.suppose_not, **asked)
    return _list(options, [found], lambda _items: suppositions.whatif(found, everything=options.all))


def show(options: Options) -> int:
    """Show one thing."""
    with _case(options) as case:
        found = case.show(options.thing)
    return _list(options, [found], lambda _items: shown.shown(found))


def search(options: Options) -> int:
    """Find lines."""
    if not 1 <= options.limit <= MOST_HITS:
        raise UsageError(f"--limit takes a number from 1 to {MOST_HITS}, not {options.limit}")
    with _case(options) as case:
        found = case.search(options.query, limit=options.limit)
        pages = {one: case.document(one).page for one in {hit.doc for hit in found}}
    hits = [{"doc": one.doc, "page": pages[one.doc], "span": one.spans[0], "text": one.text} for one in found]
    return _list(options, hits, lambda items: screens.hits(items, options.query))


def decisions(options: Options) -> int:
    """List what people decided, and what is offered to other versions of a page."""
    with _case(options) as case:
        made = [{"decision": one, "id": one.id, "standing": standing} for one, standing in case.decisions()]
        offered = [{"offered": one, "id": one.id, "to": doc.id, "page": doc.page} for one, doc in case.offers()]
    return _list(options, [*made, *offered], screens.decisions)


def decide(options: Options) -> int:
    """Record an act."""
    changes = {}
    for one in options.set:
        name, equals, value = one.partition("=")
        if not equals:
            raise UsageError(f"--set takes FIELD=VALUE, not {one!r}")
        changes[name.strip()] = value
    act = options.act.replace("-", "_")
    more: dict[str, Any] = {"other": options.other, "to": options.to, "direction": options.direction}
    more["holds_from"] = options.since
    if act not in api.JUDGEMENTS:
        given = sorted(name for name, value in more.items() if value is not None)
        if given:
            raise UsageError(f"`{options.act}` does not take {api.SAID_AS[given[0]]}")
        more = {"changes": changes, "only": options.only}
    elif changes or options.only:
        raise UsageError(f"`{options.act}` takes neither --set nor --only")
    with _case(options, write=True) as case:
        made = case.decide(options.thing, act, by=options.by, note=options.note, **more)
    rows = [{"decision": one, "id": one.id, "standing": "in force", "now": api.stands_as(one)} for one in made]
    return _list(options, rows, screens.decisions)


def _write(options: Options, parts: Iterable[str]) -> int:
    if options.out in (None, "-"):
        for part in parts:
            sys.stdout.write(part)
        return EXIT_OK
    path = Path(options.out).resolve()
    if not path.parent.is_dir():
        raise TocsinError(f"{options.out}: the folder {path.parent} does not exist; make it first")
    if not options.out.strip() or path.is_dir():
        raise UsageError(f"-o takes a file to write, not {options.out!r}")
    if path.is_file() and api.is_case(path):
        raise UsageError(f"{options.out}: is a case, which is not overwritten; name another file")
    if path.exists() and not path.is_file():  # a device or a pipe
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
        return EXIT_OK
    beside = path.with_name(f".{path.name}.part")  # a reader never sees half a file, and a full disk spoils none
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    if options.json:
        print(line({"written": options.out, "bytes": path.stat().st_size}))
    else:
        print(f"wrote {options.out} ({path.stat().st_size:,} bytes)")
    return EXIT_OK


def brief(options: Options) -> int:
    """Write the brief."""
    with _case(options) as case:
        page = case.brief(full_text=options.full_text, as_of=options.as_of)
    if options.json and options.out is None:
        print(line({"html": page}))
        return EXIT_OK
    return _write(options, [page])


def export(options: Options) -> int:
    """Write an export, and beside one of commitments its codebook."""
    if options.codebook and options.form == "jsonl":
        raise UsageError("--codebook is for `export CASE commitments`")
    written = options.out not in (None, "-")
    beside = str(Path(options.out).with_suffix(".codebook.md")) if written and options.form == "commitments" else None
    with _case(options) as case:
        done = _write(options, case.export(options.form))
    book = options.codebook or beside
    if book and done == EXIT_OK:
        return _write(Options(out=book, json=options.json), api.codebook(book))
    return done


def verify(options: Options) -> int:
    """Verify cases and files that Tocsin wrote; a file is checked against the case named before it, where one is."""
    wrong: list[str] = []
    case: api.Case | None = None
    try:
        with progress("checking") as step:
            for name in options.paths:
                if api.is_case(Path(name)):
                    if case:
                        case.close()
                    case = api.open(name, create=False, write=False)
                    wrong += [f"{name}: {said}" for said in case.verify(step)]
                else:
                    wrong += api.verify_output(Path(name), case)
    finally:
        if case:
            case.close()
    if options.json:
        print(line({"ok": not wrong, "wrong": wrong}))
    else:
        for said in wrong:
            print(harmless(said))
        count = f"{len(wrong)} thing{'s do' if len(wrong) > 1 else ' does'} not lead back to the page"
        print(paint(count, "red") if wrong else "everything leads back")
    return EXIT_VERIFY if wrong else EXIT_OK


def reread(options: Options) -> int:
    """Read every capture again and print the difference."""
    with _case(options, write=True) as case, progress("reading") as step:
        result = case.reread(step)
    return _list(options, [result], screens.reread)


def rebuild(options: Options) -> int:
    """Derive everything again."""
    with _case(options, write=True) as case, progress("deriving") as step:
        case.rebuild(step)
        count = len(case.documents())
    return _list(options, [{"rebuilt": count}], lambda _items: print(f"derived again from {count} documents"))


COMMANDS: dict[str, Callable[[Options], int]] = {
    one.__name__: one
    for one in (
        demo, read, add, documents, statements, actors, sources, board, commitments, conditions, tripwire, whatif,
        replay, show, search, names, times, decisions, decide, brief, export, verify, reread, rebuild,
    )
}  # fmt: skip
