"""The bundled pages alone: what is found on them, so that a broken rule fails the gate without ../shared too."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.figures import Figure, exact
from bench.room import DEMO, Reading, Room

MARKS = ("attributions", "commitments", "mentions", "times")


def demo_files() -> list[Path]:
    """The bundled pages that can be read, by name: an empty file stands for one that was withdrawn."""
    return sorted(one for one in DEMO.iterdir() if one.suffix in (".html", ".txt") and one.stat().st_size)


def demo(room: Room) -> list[Figure]:
    """Counts over the bundled pages."""
    files = demo_files()
    read = room.read_files("demo", files)
    return [exact("pages_read", len(read) / len(files), 1.0), *found(read)]


def found(read: Sequence[Reading]) -> list[Figure]:
    """How much of each kind was found."""
    counts: Counter[str] = Counter()
    for one in read:
        said = one["commitments"]
        conditions = [condition for commitment in said for condition in commitment["conditions"]]
        counts.update({name: len(one[name]) for name in MARKS})
        counts["body_words"] += sum(len(one["text"][start:end].split()) for start, end in one["body"])
        counts["said_words"] += sum(
            len(one["text"][start:end].split()) for said in one["attributions"] for start, end in said["content"]
        )
        counts["conditions"] += len(conditions)
        counts["speakers"] += sum(bool(said["speaker"]) for said in one["attributions"])
        counts["nested"] += sum(bool(said["within"]) for said in one["attributions"])
        counts["relays"] += sum(len(said["via"]) for said in one["attributions"])
        counts["titles"] += bool(one["title"])
        counts["dates"] += bool(one["published"]["earliest"] and one["published"]["latest"])
    counts["labels"] = len({line["label"] for one in read for line in one["lines"]})
    counts["operators"] = len(
        {c["operator"] for one in read for said in one["commitments"] for c in said["conditions"]}
    )
    return [Figure(name, float(value), "count") for name, value in sorted(counts.items())]
