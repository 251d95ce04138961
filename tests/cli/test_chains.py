"""Relay chains as a terminal shows them."""

from collections.abc import Mapping
from typing import Any

from tocsin.cli.chains import drawn, tree


def hop(actor: str | None, role: str, basis: str = "stated") -> dict[str, Any]:
    return {"actor": actor, "role": role, "basis": basis}


CHAIN = [
    hop("Ada Ost", "speaker"), hop("K9", "channel"), hop("Lake Wire", "agency", "inferred"),
    hop("Shore Post", "outlet", "inferred"),
]  # fmt: skip


def test_one_line_from_the_speaker_to_the_page() -> None:
    assert drawn(CHAIN) == "Ada Ost ← K9 ← Lake Wire? ← Shore Post"


def test_who_nobody_names_is_said_only_of_the_speaker() -> None:
    assert drawn([hop(None, "speaker"), hop(None, "relayer"), hop(None, "outlet", "inferred")]) == "not named"


def test_a_tree_with_the_words_beside() -> None:
    def words(one: Mapping[str, Any]) -> str | None:
        return {"K9": "told K9 television", "Lake Wire": "Lake Wire"}.get(one["actor"])

    assert tree(CHAIN, words) == [
        "Ada Ost  speaker, stated",
        "└─ K9  channel, stated  “told K9 television”",
        "   └─ Lake Wire?  agency, inferred",
        "      └─ Shore Post  outlet, inferred",
    ]


def test_names_cannot_move_the_cursor() -> None:
    assert "\x1b" not in drawn([hop("Ada\x1b[2J", "speaker")])
