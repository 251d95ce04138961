"""What the laws need of a case: everything that it says, as bytes, and people who decide on whatever stands in it."""

import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from tocsin.api.case import Case
from tocsin.core.decisions import Act, Decision, in_force
from tocsin.core.rows import Row
from tocsin.errors import UsageError
from worlds import at

Test = TypeVar("Test", bound=Callable[..., Any])
PROFILES = ("check", "first", "long")
CHANGES: tuple[dict[str, str], ...] = (
    {"kind": "threat"}, {"polarity": "will_not"}, {"said_by": "Ada Ost"}, {"holder": ""}, {"action": "FIRST WORDS"},
    {"conditions": "unless: FIRST WORDS"},
)  # fmt: skip
RETOLD: tuple[dict[str, str], ...] = ({"speaker": "Ada Ost"}, {"content": "FIRST WORDS"}, {"source": "FIRST WORDS"})


def law(test: Test) -> Test:
    """Try a property as hard as the run asks for (`tests/laws/conftest.py`)."""
    named = os.environ.get("TOCSIN_LAWS") or settings.get_current_profile_name()
    return settings.get_profile(named if named in PROFILES else "check")(test)


def derived(case: Case) -> dict[str, str]:
    """What the case says because of its pages and of the decisions in force, in bytes: its rows, and what is exported
    but for the decisions themselves. All else is made from these alone."""
    lines = [line for line in case.export("jsonl") if '"type":"decision"' not in line]
    return {"export": "".join(lines), "rows": _json(case.store.rows.fingerprint())}


def everything(case: Case) -> dict[str, str]:
    """All that every face of the case says, in bytes."""
    return {
        "export": "".join(case.export("jsonl")),
        "rows": _json(case.store.rows.fingerprint()),
        "board": _json([asdict(one) for one in case.board()]),
        "statements": _json([asdict(one) for one in case.statements(own_voice=True)]),
        "actors": _json([asdict(one) for one in case.actors()]),
        "brief": case.brief(full_text=True),
        "csv": "".join(case.export("csv")),
        "decisions": _json([(one.id, standing) for one, standing in case.decisions()]),
        "offers": _json([(one.id, doc.id) for one, doc in case.offers()]),
        "rejects": _json([asdict(one) for one in case.rejects()]),
        "alerts": _json([asdict(one) for one in case.replay(first_day=True)]),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=sorted)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would decide: an act on the `pick`-th of the things that can be decided on, at a moment."""

    act: Act
    pick: int
    change: int = 0
    only: bool = True
    moment: int = 2


def wishes(*acts: Act) -> st.SearchStrategy[Wish]:
    """Wishes for any of `acts`; all acts where none is named."""
    named = st.sampled_from(acts or ("reject", "accept", "correct", "withdraw"))
    return st.builds(Wish, named, st.integers(0, 30), st.integers(0, 5), st.booleans(), st.integers(0, 2))


def decidable(case: Case) -> list[Row]:
    """Every reading that a person can decide on, by kind and id."""
    rows = case.store.rows
    return [*rows.of_kind("claim", own_voice=False), *rows.of_kind("telling")]


def grant(case: Case, wish: Wish) -> list[Decision]:
    """Do what `wish` says where the case has anything to do it on; returns the decisions made."""
    at(case, wish.moment)
    if wish.act == "withdraw":
        standing = in_force(case.store.decisions())
        return case.decide(standing[wish.pick % len(standing)].id, "withdraw", by="bob") if standing else []
    found = decidable(case)
    if not found:
        return []
    row = found[wish.pick % len(found)]
    changes = _changes(row, wish.change) if wish.act == "correct" else None
    with suppress(UsageError):  # a correction that its page has no words for
        return case.decide(row.id, wish.act, by="ada", changes=changes, only=wish.only)
    return []


def _changes(row: Row, number: int) -> dict[str, str]:
    options = CHANGES if row.kind == "telling" else RETOLD
    words = re.findall(r"\w+", row.data["text"])
    first = re.match(r"\W*(\w+(?:\W+\w+)?)", row.data["text"])
    shown = first.group(1) if first else " ".join(words[:1])
    return {name: said.replace("FIRST WORDS", shown) for name, said in options[number % len(options)].items()}
