"""A page that repeats itself a thousand times costs seconds, loses nothing, and changes no ordinary page."""

import random
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from tocsin.core.codec import encode
from tocsin.core.commitments import Atom, Commitment, Condition
from tocsin.core.ids import short_id
from tocsin.core.rows import Row
from tocsin.core.spans import Span
from tocsin.link import DERIVATIONS, crowds
from tocsin.link.derive import Touched, derive, touch
from tocsin.link.names import name_key, words_key
from tocsin.store.store import Store

SECONDS = 8.0
"""What 2,000 rows may take on a loaded machine: alone they take a second or two, and took minutes when every pair of
them was compared."""
DAY = {"earliest": "2031-05-01", "latest": "2031-05-01"}


def place(doc: str, text: str, start: int) -> dict[str, Any]:
    words = {"span": [start, start + len(text)], "text": text, "prefix": "", "suffix": ""}
    return {"doc": doc, "page": f"{doc}.html", "outlet": "The Post", "published": DAY, **words}


def telling(doc: str, number: int, act: str, situation: str, holder: str = "Orvania") -> Row:
    """The telling of that number on page `doc`: who will do what if something comes about."""
    text, begins = f"{holder} will {act} if {situation}", 300 * number
    where = {
        words: (Span(doc, at := begins + text.index(words), at + len(words)),) for words in (holder, act, situation)
    }
    conditions = (Condition("if", where[situation], Atom(where[situation])),)
    made = Commitment(
        where[holder], where[act], "will", "promise",
        conditions=conditions, trigger=conditions[0].expr, holder_name=holder, said_by=holder,
    )  # fmt: skip
    spans = [[one.start, one.end] for one in where[situation]]
    data = {
        **place(doc, text, begins), "holder": holder, "action": act, "kind": "promise", "polarity": "will",
        "target": None, "instrument": None, "deadline": None, "limit": None, "hedges": [], "said_by": holder,
        "via": [], "hops": [], "commitment": encode(made, doc=doc), "holder_key": name_key(holder),
        "words_key": words_key(act),
        "conditions": [{"operator": "if", "marker": "if", "text": situation, "spans": spans}],
    }  # fmt: skip
    return Row("telling", made.id, data)


def claim(doc: str, number: int, text: str) -> Row:
    data = {
        **place(doc, text, 1_000_000 + 300 * number), "label": "body", "speaker": "Ann Lee", "via": [], "hops": [],
        "own_voice": False, "report": "r1", "attribution": None, "source": [], "cue": [], "content": [],
        "speaker_key": "ann lee", "words_key": words_key(text),
    }  # fmt: skip
    return Row("claim", short_id("s", [doc, number]), data)


def dating(doc: str) -> Row:
    published = {**DAY, "weekdays": [], "reasons": []}
    data: dict[str, Any] = {
        "doc": doc, "key": doc, "page": f"{doc}.html", "name": doc, "taken": "2031-05-02", "published": published,
        "decided": None, "times": [], "sayings": {}, "apart": [],
    }  # fmt: skip
    return Row("dating", short_id("t", [doc]), data)


def page(doc: str, rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted((*rows, dating(doc)), key=lambda row: row.id))


def add(store: Store, *pages: tuple[Row, ...]) -> None:
    touched: Touched = set()
    with store.writing():
        for rows in pages:
            touched |= touch(store.rows, DERIVATIONS, rows[0].data["doc"], rows)
        derive(store.rows, DERIVATIONS, touched)


BURN = "protesters burn the town hall"
ALIKE: dict[str, Callable[[int], Row]] = {
    "one act": lambda n: telling("d", n, "send troops to the border", BURN),
    "one act on many conditions": lambda n: telling("d", n, "send troops to the border", f"protesters burn zor{n}qu"),
    "one act in many places": lambda n: telling("d", n, f"send troops to the village zor{n}qu", BURN),
    "lines": lambda n: claim("d", n, f"Orvania has never burned a single house in the eastern valley {n}"),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", ALIKE)
def test_a_page_that_repeats_itself_two_thousand_times_takes_seconds(what: str) -> None:
    rows = page("d", map(ALIKE[what], range(2_000)))
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        began = process_time()
        add(store, rows)
        assert process_time() - began < SECONDS
        members = [one for row in store.rows.of_kind("commitment") for one in row.data["members"]]
        assert sorted(members) == [row.id for row in rows if row.kind == "telling"]


def test_what_is_crowded_stands_alone_unless_it_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "MOST_TELLINGS", 2)
    acts = ("send troops to the border", "send troops to the border hills", "send tanks to the border")
    rows = page("d", (telling("d", n, act, "protesters burn houses") for n, act in enumerate((*acts, acts[0]))))
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        add(store, rows)
        found = sorted((row.data["action"], len(row.data["members"])) for row in store.rows.of_kind("commitment"))
    assert [many for _, many in found] in ([1, 3], [3, 1])
    assert (acts[2], 1) in found


def test_claims_that_a_page_repeats_are_compared_ten_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "MANY", 5)
    said = "Orvania has never burned a single house in the eastern valley"
    alike, other = [claim("d", n, said) for n in range(20)], claim("d", 20, "The harbour of Orvania opens early in May")
    marked = {row.id for row in crowds.marked((*alike, other)) if row.data.get("crowded")}
    assert marked == {row.id for row in alike[crowds.MOST_ALIKE :]}


def test_an_ordinary_page_is_left_as_it_is() -> None:
    told = [telling("d", n, "send troops to the border", f"house {n} burns") for n in range(crowds.MOST_TELLINGS)]
    said = [claim("d", n, "Orvania has never burned a single house in the eastern valley") for n in range(crowds.MANY)]
    assert crowds.marked((*told, *said)) == (*told, *said)


def world(rng: random.Random) -> dict[str, tuple[Row, ...]]:
    """Three pages that repeat themselves more than they may, in part in one another's words."""
    out = {}
    for doc in "def":
        acts = rng.choices(("send troops", "send many troops", "send troops now", "close the border"), k=4)
        told = [telling(doc, n, act, rng.choice(("houses burn", "banks burn"))) for n, act in enumerate(acts)]
        words = rng.choices(("today", "here", "in May"), k=5)
        said = [claim(doc, n, f"Orvania has never burned a single house {word}") for n, word in enumerate(words)]
        out[doc] = page(doc, (*told, *said))
    return out


def derived(*steps: Sequence[tuple[Row, ...]]) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        for pages in steps:
            add(store, *pages)
        return store.rows.fingerprint()


def test_the_order_of_crowded_pages_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "MOST_TELLINGS", 2)
    monkeypatch.setattr(crowds, "MOST_ALIKE", 2)
    monkeypatch.setattr(crowds, "MANY", 3)
    for seed in range(6):
        pages = world(random.Random(seed))
        first, second, third = pages.values()
        at_once = derived([first, second, third])
        assert derived([third], [first], [second]) == at_once
        grown = page("d", (row for row in first if row.kind == "telling"))
        assert derived([grown, second], [third], [first]) == at_once
