"""Small worlds of pages for the laws: a hypothesis strategy that writes them, and the doors through which they go in.

A world is a handful of files, each as it lay at one moment: texts, HTML, records and what cannot be read; copies and
edited versions; pages without a date, in other languages, with odd characters and line ends. All of it is invented.
"""

import html
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tocsin.api.case import Case

MOMENTS = tuple(datetime(2020, 1, day, hour, 4, 5, tzinfo=UTC) for day, hour in ((2, 3), (2, 23), (9, 0)))
"""When pages are taken: two moments of one day, and a week later."""
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
"""Where there is one, cases lie in memory: the laws are about what a case says, and a disk only makes them slow."""

PEOPLE = ("Ilse Brandt", "Tom Reed", "Aïsha Núñez", "Jóhann Þór Óskarsson", "Kofi O’Hara", "İlker Ağaoğlu", "王芳")
BODIES = ("Ostrava", "the valley", "the Hill Council", "the Zürs League")
ACTS = ("open the dam", "send engineers", "close the road", "attack the bridge", "pay the fee")
CONDITIONS = ("the valley asks for water", "the dam stays shut", "Ostrava burns cars, houses or banks", "it rains")
SENTENCES = (
    "{p} said {b} will not {a} unless {c}.",
    "“We will {a} if {c},” {p} said on Friday in an interview with Radio Valley.",
    "“We will {a} if {c}. Nobody will stop us,” {p} told reporters.",
    "{p} said that {q} said that {b} would {a}.",
    "According to {q}, {b} is ready to {a} as long as {c}.",
    "{b} must {a} under the Water Treaty, but only if {c}.",
    "{p} denied that {b} had asked for help; she said they would {a}.",
    "{p} warned: “If {c}, {b} will {a} by Monday.”",
    "{b} may {a} at the first request, the Hill Courier reported, citing {q}.",
    "{q} has reported that {c}, and {b} promised to {a}.",
    "The road was quiet. {p} was not there.",
    "{p} said: “{b} WILL {a}!” {q} replied that {c}",
    "{p} will {a} when {c} {p} will {a} when {c}",
)
FOREIGN = (
    "Der Präsident sagte am Montag, man werde den Damm nicht öffnen, solange das Tal nicht schriftlich darum bitte. ",
    "Le président a déclaré lundi que le barrage resterait fermé tant que la vallée ne le demanderait pas par écrit. ",
    "Президент заявил в понедельник, что плотину не откроют, пока долина не попросит об этом письменно. ",
)
ODD = (
    "\u00a0", "\u2028", "\x85", "\x0b", "\x0c", "\x1c", "\t", "\u200b", "\u200f", "\u202e", "\ufeff", "\ufffd",
    "e\u0301", "\u0345", "ß", "ŉ", "İ", "ﬁ", "ǅ", "𝒜", "\U0001f469\u200d\U0001f692", "“", "”", "’", '"', "'", "…", "--",
    " .", "?!", "<b>", "&amp;", "½", "٣",
)  # fmt: skip
"""Characters that change their length with their case, end lines for some and not for others, take two units in UTF-16,
turn the writing round, or are marks of the grammar that the readers go by."""
DATES = (
    "3 May 2019", "Published: 2019-05-03", "03/04/2019", "Updated 4 May 2019 10:00 CET", "31 December 2030",
    "2 January 2020", "May 3, 2019 | Friday", "Posted on 2020-01-03",
)  # fmt: skip
"""Dates that a page may show, the last but two later than any moment at which it is taken."""
GIVEN: tuple[dict[str, str | int], ...] = (
    {"outlet": "Dam Notes"}, {"published": "2019-05-03"}, {"published": "2031-01-01"}, {"published": "2019-05-01.."},
    {"url": "https://dam.example/one?utm_source=x"}, {"byline": "By Ada Ost", "published": "never"},
    {"taken": "2019-12-30T05:00:00Z"}, {"taken": "2020-01-05T05:00:00Z", "outlet": "Dam Notes"}, {"status": 410},
)  # fmt: skip
HEADS = ("The Hill Courier", "Ostrava will not open the dam", "By Ada Ost")
HEAD_PARTS = (
    '<link rel="canonical" href="https://dam.example/one">',
    '<meta property="og:site_name" content="Dam &amp; Hill">',
)
DATED_PARTS = (
    '<meta property="article:published_time" content="2019-05-03T10:00:00+02:00">',
    '<meta name="date" content="2033-01-01">',
)
FEET = (
    "",
    "<nav><a>Home</a></nav>",
    "<footer>© 2019 The Hill Courier</footer>",
    "<div id=comments><p>Ada says no</p></div>",
)
NAMES = ("a.txt", "b.txt", "c.txt", "ä b.html")
UNREADABLE = (
    b"", b"   \r\n", b"PK\x03\x04" + bytes(60), b"half\0empty", b'{"id": "r", "text": "\\ud800"}',
    b'{"id": "r", "text": "one", "text": "two"}', b"<html><body><script>1</script></body></html>",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it lay at `MOMENTS[moment]`; `data` of None is a link that leads nowhere."""

    name: str
    data: bytes | None
    moment: int
    sidecar: bytes | None = None


World = tuple[Source, ...]


def _sentences() -> SearchStrategy[str]:
    def fill(form: str, who: str, other: str, body: str, rest: tuple[str, str]) -> str:
        text = form.format(p=who, q=other, b=body, a=rest[0], c=rest[1])
        return text[0].upper() + text[1:]

    rest = st.tuples(st.sampled_from(ACTS), st.sampled_from(CONDITIONS))
    people = st.sampled_from(PEOPLE)
    return st.builds(fill, st.sampled_from(SENTENCES), people, people, st.sampled_from(BODIES), rest)


@st.composite
def lines(draw: DrawFn, *, dates: tuple[str, ...] = DATES) -> list[str]:
    """The lines of a page: perhaps an outlet, a headline and a date, then what is told."""
    head = draw(st.lists(st.sampled_from(HEADS), max_size=2))
    shown = draw(st.lists(st.sampled_from(dates), max_size=1))
    told = draw(st.lists(_sentences(), min_size=1, max_size=2))
    if draw(st.integers(0, 11)) == 11:
        told = [draw(st.sampled_from(FOREIGN)) * 3]
    for where, odd in draw(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(ODD)), max_size=2)):
        line = draw(st.integers(0, len(told) - 1))
        at = int(where * len(told[line]))
        told[line] = told[line][:at] + odd + told[line][at:]
    return [*head, *shown, *told]


@st.composite
def markup(draw: DrawFn, shown: list[str], *, dates: tuple[str, ...] = DATES) -> str:
    """An HTML page around `shown`, with what such pages have beside their article."""
    parts = (*HEAD_PARTS, *(DATED_PARTS if dates is DATES else ()))
    head = draw(st.lists(st.sampled_from(parts), max_size=2, unique=True))
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in shown)
    foot = draw(st.sampled_from(FEET))
    inside = f"<article>{body}</article>{foot}"
    return f"<!doctype html><html><head><title>Dam</title>{''.join(head)}</head><body>{inside}</body></html>"


@st.composite
def sources(draw: DrawFn, *, dates: tuple[str, ...] = DATES, readable: bool = False) -> Source:
    """One page of any form, or (unless `readable`) what cannot be read as one. Only with `DATES` is a day given too."""
    name, moment = draw(st.sampled_from(NAMES)), draw(st.integers(0, len(MOMENTS) - 1))
    if not readable and draw(st.integers(0, 9)) == 9:
        return Source(name, draw(st.sampled_from((*UNREADABLE, None))), moment)
    shown = draw(lines(dates=dates))
    form = draw(st.sampled_from(("text", "text", "text", "html", "record")))
    if form == "html":
        data = draw(markup(shown, dates=dates)).encode()
    else:
        joint = draw(st.sampled_from(("\n\n", "\n", "\r\n\r\n", "\r", "\n \n")))
        text = joint.join(shown) + draw(st.sampled_from(("", joint)))
        if form == "record":
            beside = draw(st.sampled_from(({}, *(one for one in GIVEN if dates is DATES or "published" not in one))))
            data = json.dumps({"id": draw(st.sampled_from(("a.txt", "r"))), "text": text, **beside}).encode()
        else:
            data = text.encode(draw(st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16"))))
    given: tuple[dict[str, str | int] | None, ...] = tuple(
        one for one in GIVEN if dates is DATES or "published" not in one
    )
    sidecar = draw(st.sampled_from((None, None, None, *given)))
    return Source(name, data, moment, json.dumps(sidecar).encode() if sidecar else None)


@st.composite
def worlds(draw: DrawFn, *, most: int = 3, dates: tuple[str, ...] = DATES, readable: bool = False) -> World:
    """Up to `most` pages, of which some are copies or other versions of others."""
    found = draw(st.lists(sources(dates=dates, readable=readable), min_size=1, max_size=most))
    while len(found) < most and draw(st.booleans()):
        found.append(draw(again(draw(st.sampled_from(found)))))
    return tuple(found)


@st.composite
def again(draw: DrawFn, one: Source) -> Source:
    """`one` once more: under another name, at another moment, with other bytes of the same text, or edited."""
    how = draw(st.sampled_from(("name", "moment", "mark", "sidecar", "edit")))
    if how == "name":
        return replace(one, name=draw(st.sampled_from(NAMES)))
    if how == "moment":
        return replace(one, moment=draw(st.integers(0, len(MOMENTS) - 1)))
    moment = draw(st.integers(0, len(MOMENTS) - 1))
    if how == "sidecar":
        return replace(one, moment=moment, sidecar=json.dumps({"byline": "By Ole Ost"}).encode())
    data = one.data or b""
    if how == "mark":
        return replace(one, moment=moment, data=b"\xef\xbb\xbf" + data if data[:1].isalpha() else data)
    return replace(one, moment=moment, data=data.replace(b"will", b"may", 1).replace(b"Tom Reed", b"Ole Reed"))


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where the machine has such a place."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as name:
        yield Path(name)


def laid(root: Path, world: World) -> list[Path]:
    """The files of `world`, each in a folder of its own, so that versions of one page bear one name."""
    paths = []
    for number, one in enumerate(world):
        place = root / f"{number:02}"
        place.mkdir()
        path = place / one.name
        if one.data is None:
            path.symlink_to(place / "nowhere")
        else:
            path.write_bytes(one.data)
        if one.sidecar is not None:
            (place / f"{one.name}.meta.json").write_bytes(one.sidecar)
        paths.append(path)
    return paths


class Hands:
    """The clock's hands: the test puts them to the moment at which something is done."""

    def __init__(self, moment: int = 0) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return MOMENTS[self.moment]


@contextmanager
def a_case(root: Path, name: str = "case") -> Iterator[Case]:
    """An empty case in a folder of its own below `root`; its clock is a `Hands`."""
    (root / name).mkdir()
    with Case(root / name / "case.tocsin", create=True, clock=Hands()) as case:
        yield case


def put(case: Case, moment: int, *paths: Path) -> None:
    """Add `paths` to `case` at `MOMENTS[moment]`, in one go."""
    at(case, moment)
    case.add(*paths)


def at(case: Case, moment: int) -> None:
    """Put the hands of the case's clock to `MOMENTS[moment]`."""
    hands = case._clock
    assert isinstance(hands, Hands)
    hands.moment = moment


def fill(case: Case, world: World, paths: list[Path]) -> None:
    """Add every page of `world` in the order given, each at its moment."""
    for one, path in zip(world, paths, strict=True):
        put(case, one.moment, path)
    assert not [one.reason for one in case.rejects() if "please report" in one.reason]
