"""Which measures there are, on which data, and which of them `make check` runs. The one place where that is decided.

`seconds` is what each took on two cores that other work shared (load 5; the processor time was half of it). A
measure that outgrows the gate's budget moves to a sample or to `make bench` alone. Set by reading the last line that
`make bench` prints; measure again when a reader grows slower or faster by half.
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

GATE_SECONDS = 240
"""What the gate may take on two cores: `make check` has 15 minutes for everything (DESIGN.md)."""


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
    Measure("start", start, 2, anywhere=True),
    Measure("demo_run", demo_run, 3, bundled=True, anywhere=True),
    Measure("demo_speed", demo_speed, 6, bundled=True, anywhere=True),
    Measure("speed", speed, 21, shared=(HTML, "polnear/dev.jsonl.gz"), anywhere=True),
    Measure("demo", demo, 1, bundled=True),
    Measure("seeds", seeds, 2, shared=SEEDS),
    Measure("seed_commitments", seed_commitments, 1, shared=SEEDS),
    Measure("commitments", commitments, 6, shared=GOLD),
    Measure("attributions", attributions, 8, shared=POLNEAR),
    Measure("flat_sample", flat_sample, 31, shared=(FLAT, "tools/score_flat.py")),
    Measure("html", html, 54, shared=(HTML, "tools/score_flat.py")),
    Measure("flat", flat, 83, gate=False, shared=(FLAT, "tools/score_flat.py")),
    Measure("html_anchors", html_anchors, 18, gate=False, shared=(HTML, "tools/score_flat.py")),
    Measure("order", order, 13, bundled=True, anywhere=True),
    Measure("anchoring", anchoring, 6, bundled=True, anywhere=True),
)
"""In the order they run: timings first, while nothing else has warmed or loaded the machine; `anchoring` last, over
every output of the others."""


def data_of(measure: Measure, room: Room) -> str | None:
    """The hash of the data whose figures are comparable; None where they are comparable on any."""
    if measure.anywhere:
        return None
    paths = [room.at(name) for name in measure.shared]
    return data_hash([*paths, DEMO] if measure.bundled else paths)
