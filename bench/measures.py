"""Which measures there are, on which data, and which of them `make check` runs. The one place where that is decided.

The gate has about four minutes on two cores (DESIGN.md: `make check` stays within 15). `seconds` is what each took on
two cores on the day below; a measure that grows past its share moves to a sample or to `make bench` alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bench.anchoring import anchoring, order
from bench.anchors import html_anchors
from bench.attributions import attributions
from bench.commitments import commitments
from bench.demo import demo
from bench.figures import Figure
from bench.pages import FLAT, HTML, flat, flat_sample, html
from bench.room import DEMO, Room, data_hash
from bench.seeds import seed_commitments, seeds
from bench.speed import demo_run, demo_speed, speed, start

MEASURED = "not yet"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its figures, the shared files it stands on (and whether on the bundled pages), its cost."""

    name: str
    take: Callable[[Room], list[Figure]]
    seconds: float
    gate: bool = True
    shared: tuple[str, ...] = ()
    bundled: bool = False
    anywhere: bool = False
    """Whether its figures hold on any data: hard limits and timings."""


SEEDS = ("seeds", "gold/seeds", "tools/score_pages.py", "tools/score_commitments.py")
GOLD = (
    "gold/commitments_dev.jsonl",
    "gold/commitments_dev_pages.json",
    "gold/commitments_texts",
    "tools/score_commitments.py",
)
POLNEAR = ("polnear/dev.jsonl.gz", "tools/score_attributions.py")

MEASURES: tuple[Measure, ...] = (
    Measure("start", start, 0, anywhere=True),
    Measure("demo_run", demo_run, 0, bundled=True, anywhere=True),
    Measure("demo_speed", demo_speed, 0, bundled=True, anywhere=True),
    Measure("speed", speed, 0, shared=(HTML, "polnear/dev.jsonl.gz"), anywhere=True),
    Measure("demo", demo, 0, bundled=True),
    Measure("seeds", seeds, 0, shared=SEEDS),
    Measure("seed_commitments", seed_commitments, 0, shared=SEEDS),
    Measure("commitments", commitments, 0, shared=GOLD),
    Measure("attributions", attributions, 0, shared=POLNEAR),
    Measure("flat_sample", flat_sample, 0, shared=(FLAT, "tools/score_flat.py")),
    Measure("html", html, 0, shared=(HTML, "tools/score_flat.py")),
    Measure("flat", flat, 0, gate=False, shared=(FLAT, "tools/score_flat.py")),
    Measure("html_anchors", html_anchors, 0, gate=False, shared=(HTML, "tools/score_flat.py")),
    Measure("order", order, 0, bundled=True, anywhere=True),
    Measure("anchoring", anchoring, 0, bundled=True, anywhere=True),
)
"""In the order they run: timings first, while nothing else has warmed or loaded the machine; `anchoring` last, over
every output of the others."""


def data_of(measure: Measure, room: Room) -> str | None:
    """The hash of the data whose figures are comparable; None where they are comparable on any."""
    if measure.anywhere:
        return None
    paths = [room.at(name) for name in measure.shared]
    return data_hash([*paths, DEMO] if measure.bundled else paths)
