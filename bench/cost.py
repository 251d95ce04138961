"""What one new page costs in a large case: 10,000 pages, 30,000 commitments, 500 atoms, made up at the level of rows.

No model runs: the rows are those that reading such pages would give, with words drawn by a fixed seed so that some are
common and most are rare, as in the news. `add` is the touching and deriving of one page; `board` reads every commitment
and every atom under watch, `shown` is what whoever asks for the board waits for. Growth is the exponent of `add`
between a third of the case and the whole.
"""

import math
import random
from collections.abc import Iterator
from time import perf_counter
from typing import Any

from bench.figures import Figure, told
from bench.room import Room
from tocsin.api import open as open_case
from tocsin.core.codec import encode
from tocsin.core.commitments import Atom, Commitment, Condition
from tocsin.core.ids import short_id
from tocsin.core.rows import Row
from tocsin.core.spans import Span
from tocsin.link import DERIVATIONS
from tocsin.link.derive import derive, touch
from tocsin.link.names import name_key, words_key
from tocsin.store.store import Store

SIZES = (1_000, 3_000)
WHOLE = (3_333, 10_000)
"""Pages of a small and of a large case: for the gate, and for `make bench-long`."""
COMMITMENTS = 3
CLAIMS = 20
ATOMS_FOR = 20
"""A page has this many commitments and claims, and one atom comes with every so many pages."""
SHOWN = 201
"""Commitments that `tocsin board` asks for on a terminal: 200, and one more to see whether there are more."""
NEW = 5
"""New pages that are timed; the median is told."""
VERBS = [
    "send",
    "withdraw",
    "close",
    "open",
    "release",
    "publish",
    "sign",
    "burn",
    "seize",
    "attack",
    "protect",
    "pay",
    "buy",
    "visit",
    "punish",
    "suspend",
    "cancel",
    "raise",
    "expel",
    "ban",
    "destroy",
    "prepare",
    "extend",
    "join",
    "meet",
    "request",
    "reject",
    "demand",
    "recognise",
    "investigate",
    "annex",
    "evacuate",
    "surrender",
    "mobilise",
    "convene",
]
COMMON = [
    "president",
    "minister",
    "talks",
    "week",
    "government",
    "city",
    "people",
    "party",
    "country",
    "leader",
    "plan",
    "house",
    "state",
    "law",
    "report",
    "group",
    "member",
    "question",
    "issue",
    "family",
    "school",
    "money",
    "business",
    "office",
    "case",
    "power",
    "program",
    "system",
    "water",
    "area",
    "company",
    "service",
    "police",
    "court",
    "street",
    "market",
    "team",
    "policy",
    "process",
    "health",
    "person",
    "art",
    "war",
    "history",
    "result",
    "change",
    "morning",
    "reason",
    "research",
    "girl",
    "moment",
    "air",
    "teacher",
    "force",
    "education",
    "foot",
    "boy",
    "age",
    "community",
    "music",
]
"""Words that are common in the news; half of all words are such."""
RAREST, COMMONEST = 30_000, 150
"""Ranks of the made-up words, which no table knows: the commonest of those stand in one claim of a hundred."""


def cost(room: Room) -> list[Figure]:
    """Seconds of one new page with the board, and how they grow."""
    return _figures(room, SIZES)


def whole_cost(room: Room) -> list[Figure]:
    """The same in a case of 10,000 pages."""
    return _figures(room, WHOLE)


def _figures(room: Room, sizes: tuple[int, int]) -> list[Figure]:
    small, large = (_measure(room, size) for size in sizes)
    growth = math.log(max(large["add"], 1e-4) / max(small["add"], 1e-4)) / math.log(sizes[1] / sizes[0])
    return [
        Figure("add_and_board", large["add"] + large["board"], "timing", "lower", bar=1.0),
        told("add", large["add"]),
        told("board", large["board"]),
        told("shown", large["shown"], anchor=f"the case opened, and what `tocsin board` shows of it: {SHOWN}"),
        told("growth", growth, anchor="exponent of add"),
        told("built", large["built"], anchor="seconds"),
        told("commitments", large["commitments"]),
        told("atoms", large["atoms"]),
    ]


def _measure(room: Room, pages: int) -> dict[str, float]:
    path = room.work / f"cost{pages}.tocsin"
    path.unlink(missing_ok=True)
    with Store(path, create=True) as store:
        began = perf_counter()
        with store.writing():
            touched = set()
            for doc, rows in _pages(pages):
                touched |= touch(store.rows, DERIVATIONS, doc, rows)
            derive(store.rows, DERIVATIONS, touched)
        built = perf_counter() - began
        times = []
        for doc, rows in _pages(NEW, first=pages):
            began = perf_counter()
            with store.writing():
                derive(store.rows, DERIVATIONS, touch(store.rows, DERIVATIONS, doc, rows))
            times.append(perf_counter() - began)
        began = perf_counter()
        commitments = sum(1 for _ in store.rows.of_kind("commitment"))
        atoms = sum(1 for _ in store.rows.of_kind("tripwire"))
        board = perf_counter() - began
    began = perf_counter()
    with open_case(path) as case:
        case.commitments(most=SHOWN)
    shown = perf_counter() - began
    path.unlink()
    counts = {"commitments": commitments, "atoms": atoms}
    return {"add": sorted(times)[NEW // 2], "board": board, "shown": shown, "built": built, **counts}


def _pages(count: int, first: int = 0) -> Iterator[tuple[str, tuple[Row, ...]]]:
    for number in range(first, first + count):
        rng = random.Random(number)  # noqa: S311 - made-up words, no secret
        doc = f"{number:064x}"
        rows = [_telling(doc, number, n, rng) for n in range(COMMITMENTS)]
        rows += [_claim(doc, n, rng) for n in range(CLAIMS)]
        yield doc, tuple(sorted({row.id: row for row in rows}.values(), key=lambda row: row.id))


def _word(rng: random.Random) -> str:
    """A common noun, or a made-up one; of those the n-th is drawn about as often as 1/n, as words are."""
    if rng.random() < 0.5:
        return rng.choice(COMMON)
    return f"zor{int(COMMONEST * math.exp(rng.random() * math.log(RAREST / COMMONEST))):x}qu"


def _place(doc: str, text: str, start: int) -> dict[str, Any]:
    day = f"2031-{int(doc, 16) % 12 + 1:02d}-{int(doc, 16) % 28 + 1:02d}"
    dated = {"earliest": day, "latest": day}
    words = {"span": [start, start + len(text)], "text": text, "prefix": "", "suffix": ""}
    return {"doc": doc, "page": f"p{doc[-8:]}", "outlet": "The Post", "published": dated, **words}


def _telling(doc: str, number: int, n: int, rng: random.Random) -> Row:
    holder = f"Actor {int(rng.random() ** 2 * 400)}"
    act = f"{rng.choice(VERBS)} the {_word(rng)} {_word(rng)}"
    hangs = n == 0 and number % ATOMS_FOR == 0
    situation = f"the {_word(rng)} {_word(rng)} is {rng.choice(VERBS)}ed"
    text = f"{holder} will {act}" + (f" if {situation}" if hangs else "")
    at, cut = len(holder) + 6, 200 * n

    def span(start: int, end: int) -> tuple[Span, ...]:
        return (Span(doc, cut + start, cut + end),)

    spans = span(len(text) - len(situation), len(text)) if hangs else span(0, 1)
    conditions = (Condition("if", spans, Atom(spans)),) if hangs else ()
    trigger = conditions[0].expr if conditions else None
    made = Commitment(
        span(0, len(holder)), span(at, at + len(act)), "will", "promise", conditions=conditions, trigger=trigger,
        holder_name=holder, said_by=holder,
    )  # fmt: skip
    data = {
        **_place(doc, text, cut), "holder": holder, "action": act, "kind": "promise", "polarity": "will",
        "target": None, "instrument": None, "deadline": None, "limit": None, "hedges": [], "said_by": holder, "via": [],
        "hops": [],
        "conditions": [{"operator": "if", "marker": "if", "text": situation, "spans": [[spans[0].start, spans[0].end]]}]
        if hangs
        else [],
        "commitment": encode(made, doc=doc), "holder_key": name_key(holder), "words_key": words_key(act),
    }  # fmt: skip
    return Row("telling", made.id, data)


def _claim(doc: str, n: int, rng: random.Random) -> Row:
    words = " ".join(_word(rng) for _ in range(8))
    speaker = f"Actor {int(rng.random() ** 2 * 400)}"
    text = f"The {words} were {rng.choice(VERBS)}ed"
    data = {
        **_place(doc, text, 1000 + 200 * n), "label": "body", "speaker": speaker, "via": [], "hops": [],
        "own_voice": False, "report": "r1", "attribution": None, "source": [], "cue": [], "content": [],
        "speaker_key": name_key(speaker), "words_key": words_key(text),
    }  # fmt: skip
    return Row("claim", short_id("s", [doc, n]), data)
