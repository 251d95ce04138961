"""What the measures count, on small pages made by hand."""

from pathlib import Path
from typing import Any

import pytest

from bench.anchoring import walk
from bench.demo import demo_files, found
from bench.figures import BenchError
from bench.measures import GATE_SECONDS, MEASURES, data_of
from bench.pages import metadata_counts, names_fit, page_of, same_day, sample
from bench.room import Room, data_hash, find_shared, read_jsonl, write_jsonl
from bench.seeds import seeds
from tocsin.core.ids import text_id

TEXT = "Tolva said that the bridge would open.\nMenu"


def reading(**changes: Any) -> dict[str, Any]:
    read = {
        "page": "a",
        "text": TEXT,
        "text_id": text_id(TEXT),
        "title": None,
        "lines": [{"start": 0, "end": 38, "label": "body"}, {"start": 39, "end": 43, "label": "navigation"}],
        "body": [[0, 38]],
        "published": {"earliest": None, "latest": None},
        "attributions": [
            {"source": [[0, 5]], "cue": [[6, 10]], "content": [[16, 37]], "speaker": "Tolva", "via": [], "within": None}
        ],
        "commitments": [{"action": [[27, 37]], "conditions": [{"operator": "if", "span": [[0, 5]]}]}],
        "mentions": [{"span": [[0, 5]]}],
        "times": [],
    }
    return read | changes


def test_every_span_on_the_page_is_counted() -> None:
    assert walk(reading()) == (9, 0)


@pytest.mark.parametrize(
    ("changes", "outside"),
    [
        ({"body": [[0, 44]]}, 1),
        ({"mentions": [{"span": [[5, 5]]}]}, 1),
        ({"forecasts": [{"span": [[-1, 3]]}]}, 1),
        ({"lines": [{"start": 40, "end": 50, "label": "body"}]}, 1),
        ({"text": TEXT + " "}, 9),
    ],
)
def test_a_span_off_the_page_and_a_changed_text_are_seen(changes: dict[str, Any], outside: int) -> None:
    assert walk(reading(**changes))[1] == outside


def test_what_is_found_on_the_bundled_pages() -> None:
    counts = {one.name: one.value for one in found([reading(), reading(attributions=[], title="T")])}
    assert counts["attributions"] == counts["speakers"] == counts["titles"] == counts["operators"] == 1
    assert counts["body_words"] == 14
    assert counts["conditions"] == counts["labels"] == 2
    assert counts["dates"] == 0
    assert counts["said_words"] == 4


def test_a_sample_is_of_whole_pages_and_the_same_in_any_order() -> None:
    records = [{"id": f"p{n}:{kind}", "flattener": kind} for n in range(200) for kind in ("a", "b")]
    chosen = sample(iter(records), 5)
    assert {one["id"] for one in chosen} == {one["id"] for one in sample(iter(records[::-1]), 5)}
    pages = [page_of(one) for one in chosen]
    assert 20 < len(set(pages)) < 60
    assert len(pages) == 2 * len(set(pages))


@pytest.mark.parametrize(
    ("earliest", "latest", "fits"),
    [
        ("2020-08-15", "2020-08-15", True),
        ("2020-08-14", "2020-08-15", False),
        (None, None, False),
        ("2020-08-14T22:30:00Z", "2020-08-14T22:30:00Z", True),
        ("2020-08-14T08:00:00Z", "2020-08-14T08:00:00Z", False),
        ("2020-08-16T11:59:59Z", "2020-08-16T11:59:59Z", True),
        ("2020-08-16T12:00:00Z", "2020-08-16T12:00:00Z", False),
    ],
)
def test_the_same_day(earliest: str | None, latest: str | None, fits: bool) -> None:
    assert same_day("2020-08-15", {"earliest": earliest, "latest": latest}) is fits


def test_author_names() -> None:
    assert names_fit("Ada Tolva, Ben Orre", "By ADA TOLVA and Ben Orre")
    assert not names_fit("Ada Tolva, Ben Orre", "Ada Tolva")
    assert not names_fit("Ada Tolva", None)
    assert not names_fit("Ada Tolva", "Ada Tolva has covered ports for nine years")


def test_a_wrong_day_is_counted_apart_from_an_unknown_one() -> None:
    gold = {"title": "The bridge opens", "authors": None, "published": "2020-08-15"}
    wrong = metadata_counts(
        gold, {"title": "The Bridge Opens!", "published": {"earliest": "2020-08-16", "latest": "2020-08-16"}}
    )
    unknown = metadata_counts(gold, {})
    assert (wrong["title"], wrong["author_of"], wrong["date"], wrong["date_wrong"]) == (1, 0, 0, 1)
    assert (unknown["title"], unknown["date"], unknown["date_wrong"]) == (0, 0, 0)


def test_the_hash_of_data_sees_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    one = tmp_path / "d" / "one.txt"
    one.write_text("a", encoding="utf-8")
    first = data_hash([tmp_path / "d"])
    assert data_hash([tmp_path / "d"]) == first
    one.write_text("b", encoding="utf-8")
    second = data_hash([tmp_path / "d"])
    one.rename(tmp_path / "d" / "two.txt")
    assert len({first, second, data_hash([tmp_path / "d"])}) == 3


def test_pages_go_through_the_command_line_and_are_read_once(tmp_path: Path) -> None:
    room = Room(tmp_path, None)
    records = [{"id": f"p{n}", "text": "Ada Tolva said on Monday that the bridge would open.\n"} for n in range(3)]
    assert [one["page"] for one in room.read_records("x", records[:2])] == ["p0", "p1"]
    made = len(room.outputs)
    assert [one["page"] for one in room.read_records("x", records)] == ["p0", "p1", "p2"]
    assert len(room.outputs) == made + 1
    assert all(walk(one)[1] == 0 for out in room.outputs for one in read_jsonl(out))


def test_a_reading_that_fails_is_no_empty_result(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="ended with 1"):
        Room(tmp_path, None).read_files("x", [tmp_path / "nothing.txt"])


def test_every_measure_has_a_name_of_its_own_and_one_kind_of_data() -> None:
    names = [one.name for one in MEASURES]
    assert len(names) == len(set(names))
    assert all(one.anywhere or one.shared or one.bundled for one in MEASURES)


def test_the_gate_fits_its_budget_and_needs_no_shared_data_alone() -> None:
    gate = [one for one in MEASURES if one.gate]
    assert sum(one.seconds for one in gate) <= GATE_SECONDS
    assert {"demo", "order", "anchoring"} <= {one.name for one in gate if not one.shared}


def test_the_bundled_pages_are_there() -> None:
    assert {one.suffix for one in demo_files()} == {".html", ".txt"}


def test_jsonl_there_and_back(tmp_path: Path) -> None:
    records = [{"id": "ä", "text": "“line”\u2028\nsecond"}]
    assert list(read_jsonl(write_jsonl(tmp_path / "x.jsonl", records))) == records


@pytest.mark.shared
@pytest.mark.slow
def test_the_seeds_are_scored(tmp_path: Path) -> None:
    shared = find_shared()
    if shared is None:
        pytest.skip("../shared is absent")
    room = Room(tmp_path, shared)
    figures = {one.name: one for one in seeds(room)}
    assert figures["lead_lost"].value == 0
    floor = figures["labels"].floor()
    assert floor is not None
    assert 0 < floor <= figures["labels"].value
    seeded = next(one for one in MEASURES if one.name == "seeds")
    assert data_of(seeded, room) == data_of(seeded, room)
