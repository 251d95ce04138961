"""How much memory and time a large page and a large case take: bounded, and said.

A page of more than 10 MB, or of more than two million characters, is no news page: it is listed with advice at once, in
whatever shape it comes, and what stands beside it is read. The largest page that is read, and a case of ten thousand
pages on which the same thirty names stand again and again, are measured as a person meets them: one command after
another, start included.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.figures import BenchError, Figure, exact, told
from bench.invented import Writer, flat, flat_pages, html
from bench.room import Ran, Room, timed, tocsin
from tocsin.read.reader import MAX_TEXT

LARGE = 50_000_000
"""Bytes of a page that is too large. Issue 3: memory on a 50 MB page."""
PAGES = 10_000
"""Issue 3: memory on 10,000 pages."""
PEAK_LIMIT = 1024.0
"""Megabytes that no command may pass: laptops of 4 GB run a browser beside it."""
ADD_LIMIT = 3600.0
"""Seconds for ten thousand pages at once, on one core: an hour for what a desk gathers in a year. Reading takes a third
of it, a tenth of a second a page; the rest compares what they say, which a few speakers say again and again."""
ONE_LIMIT = 30.0
"""Seconds for one page more in this crowded case, where it touches what thirty speakers said on ten thousand pages and
all of that is compared again. What a page costs in a case of many actors is `whole_cost`'s."""
NOTE = "Mira Danek said the road to the harbour was open.\n"


def memory(room: Room, pages: int = PAGES, large: int = LARGE) -> list[Figure]:
    """Peak memory and seconds of large pages and of a large case."""
    return [*large_pages(room, large), *largest_page(room), *many_pages(room, pages)]


def prose(size: int) -> str:
    """Invented prose of about `size` bytes, in paragraphs."""
    writer, written, length = Writer(9), list[str](), 0
    while length < size:
        written.append("\n\n".join(writer.article(len(written), 400).paragraphs))
        length += len(written[-1].encode()) + 2
    return "\n\n".join(written).encode()[:size].decode(errors="ignore")


def _records(text: str) -> str:
    pages = {"before": NOTE, "large": text, "after": NOTE}
    return "".join(json.dumps({"id": name, "text": one}, ensure_ascii=False) + "\n" for name, one in pages.items())


def _html(text: str) -> str:
    return html(Writer(9).article(0)) + "".join(f"<p>{one}</p>\n" for one in text.split("\n\n"))


SHAPES: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "prose": ("txt", lambda text: text),
    "line": ("txt", lambda text: text.replace("\n", " ")),
    "html": ("html", _html),
    "record": ("jsonl", _records),
}
"""What a large page may be: the ending of its file, and how it is made of prose."""


def large_pages(room: Room, size: int) -> list[Figure]:
    """Pages of `size` bytes in every shape, each beside a small one: refused with advice, and the small one read."""
    text, figures, listed = prose(size), list[Figure](), 0
    for name, (ending, shaped) in SHAPES.items():
        folder = room.work / f"large-{name}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"large.{ending}").write_text(shaped(text), encoding="utf-8")
        (folder / "small.txt").write_text(NOTE, encoding="utf-8")
        ran, said = _add(room, f"large-{name}", folder)
        small = 3 if name == "record" else 1
        listed += len(said["documents"]) == small and [_advice(one) for one in said["rejects"]] == [True]
        figures += [told(f"{name}_seconds", ran.seconds), told(f"{name}_peak_mb", ran.peak_mb)]
    peak = max(one.value for one in figures if one.name.endswith("peak_mb"))
    return [
        exact("large_listed", listed / len(SHAPES), 1.0),
        exact("large_peak_mb", peak, PEAK_LIMIT, "lower"),
        *figures,
    ]


def _advice(reject: Mapping[str, str]) -> bool:
    return "larger than a page may be" in reject["reason"] and "divide it" in reject["reason"]


def largest_page(room: Room, size: int = MAX_TEXT) -> list[Figure]:
    """The largest page that is read: one line of prose."""
    page = room.work / "largest.txt"
    page.write_text(prose(size - 1).replace("\n", " "), encoding="utf-8")
    ran, said = _add(room, "largest", page)
    if len(said["documents"]) != 1:
        raise BenchError(f"the largest page was not read: {said['rejects']}")
    return [
        Figure("largest_page_seconds", ran.seconds, "timing", "lower"),
        exact("largest_page_peak_mb", ran.peak_mb, PEAK_LIMIT, "lower"),
    ]


def many_pages(room: Room, count: int) -> list[Figure]:
    """`count` flat pages in one `add`, then one more, then the board."""
    pages = flat_pages(room.work / "many", count)
    ran, said = _add(room, "many", pages)
    if len(said["documents"]) != count:
        raise BenchError(f"{len(said['documents'])} of {count} pages were read: {said['rejects'][:3]}")
    case = room.work / "many.tocsin"
    more = room.work / "more.txt"
    more.write_text(flat(Writer(1).article(count)), encoding="utf-8")
    one, _ = _add(room, "many", more)
    board = timed(tocsin("board", str(case), "--json"), room.work / "many.board")
    return [
        told("pages", count),
        Figure("add_seconds", ran.seconds, "timing", "lower", bar=ADD_LIMIT if count == PAGES else None),
        exact("add_peak_mb", ran.peak_mb, PEAK_LIMIT, "lower"),
        Figure("one_more_seconds", one.seconds, "timing", "lower", bar=ONE_LIMIT),
        exact("one_more_peak_mb", one.peak_mb, PEAK_LIMIT, "lower"),
        told("case_mb", case.stat().st_size / 1e6),
        told("board_seconds", board.seconds),
        told("board_peak_mb", board.peak_mb),
    ]


def _add(room: Room, name: str, source: Path) -> tuple[Ran, dict[str, list[dict[str, str]]]]:
    """`tocsin add` of `source` to the case `name`: what it took, and what it said."""
    out = room.work / f"{name}.out"
    ran = timed(tocsin("add", str(room.work / f"{name}.tocsin"), str(source), "--json"), out)
    return ran, json.loads(out.read_text(encoding="utf-8").splitlines()[-1])
