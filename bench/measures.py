"""Which measures there are, on which data, and which of them `make check` runs. The one place where that is decided.

`seconds` is what each took on two cores that other work shared (load 5; the processor time was half of it). A
measure that outgrows the gate's budget moves to a sample or to `make bench` alone. Set by reading the last line that
`make bench` prints; measure again when a reader grows slower or faster by half.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bench.agreement import agreement
from bench.anchoring import anchoring, order
from bench.anchors import html_anchors
from bench.attributions import attributions
from bench.commitments import commitments, unread
from bench.cost import cost, whole_cost
from bench.crisis import crisis
from bench.crisis_case import crisis_case
from bench.crisis_gold import GOLD as CRISIS_GOLD
from bench.demo import demo
from bench.durability import durability
from bench.evidence import evidence
from bench.figures import Figure
from bench.likeness import likeness
from bench.long import fuzzing, laws
from bench.memory import memory
from bench.names import ALIASES, growth, names, seed_names
from bench.outside import outside
from bench.pages import FLAT, HTML, flat, flat_sample, html, html_sample
from bench.relays import PAGES as RELAY_PAGES
from bench.relays import relays
from bench.room import DEMO, Room, data_hash
from bench.seeds import seed_commitments, seeds
from bench.speakers import speakers
from bench.speed import demo_run, demo_speed, speed, start
from bench.times import POLNEAR as TIMES_POLNEAR
from bench.times import dates_seeds, times, times_crisis

GATE_SECONDS = 240
"""What the gate may take on two cores: `make check` has 15 minutes for everything (DESIGN.md)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its figures, its cost, what it is about, the shared files it stands on (and whether on the bundled
    pages)."""

    name: str
    take: Callable[[Room], list[Figure]]
    seconds: float
    about: str
    gate: bool = True
    long: bool = False
    """Whether only `make bench-long` takes it."""
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
POLNEAR = ("polnear/dev.jsonl.gz", "polnear/dev_syntax.jsonl.gz", "tools/score_attributions.py")

MEASURES: tuple[Measure, ...] = (
    Measure("start", start, 2, "how long `tocsin --help` takes, in starts of an empty Python", anywhere=True),
    Measure(
        "demo_run", demo_run, 3, "the main job on the bundled crisis: seconds and memory", bundled=True, anywhere=True
    ),
    Measure("demo_speed", demo_speed, 6, "pages and words a second on the bundled crisis", bundled=True, anywhere=True),
    Measure(
        "speed",
        speed,
        21,
        "pages and words a second on real pages (`../shared`)",
        shared=(HTML, "polnear/dev.jsonl.gz"),
        anywhere=True,
    ),
    Measure("demo", demo, 1, "how much of each kind is found on the bundled pages", bundled=True),
    Measure("crisis", crisis, 3, "the bundled crisis page by page, against its gold (docs/gold.md)", bundled=True),
    Measure("crisis_case", crisis_case, 3, "the bundled crisis as one case, against its gold", bundled=True),
    Measure("times", times, 2, "TIMEX3 type and value at spans that a blind reader marked", shared=TIMES_POLNEAR),
    Measure("times_crisis", times_crisis, 3, "the same at the marks of the bundled crisis", bundled=True),
    Measure("dates_seeds", dates_seeds, 12, "the dates of the seed pages, alone and together", shared=("seeds",)),
    Measure("agreement", agreement, 1, "two readers who marked a third of the bundled pages apart", bundled=True),
    Measure(
        "evidence",
        evidence,
        4,
        "whether a sentence bears on a condition, and which way (`../shared`)",
        shared=("polnear/dev.jsonl.gz",),
        bundled=True,
    ),
    Measure("likeness", likeness, 5, "one situation and one act in other words, invented blind", anywhere=True),
    Measure(
        "speakers",
        speakers,
        12,
        "who a pronoun, a role or a possessive is, on PolNeAR dev pages marked blind (`../shared`)",
        shared=("polnear/dev.jsonl.gz",),
    ),
    Measure(
        "relays",
        relays,
        15,
        "who says it and through whom, on real pages marked blind (`../shared`, `../outside`)",
        gate=False,
        shared=(RELAY_PAGES,),
    ),
    Measure("names", names, 21, "pairs of names marked blind, and pairs that look alike and are two", anywhere=True),
    Measure(
        "seed_names",
        seed_names,
        1,
        "the seeds' aliases, each alone on a page (`../shared`)",
        gate=False,
        shared=(ALIASES,),
    ),
    Measure("cost", cost, 60, "one new page and the board in a case of 3,000 made-up pages", gate=False, anywhere=True),
    Measure("whole_cost", whole_cost, 420, "the same in a case of 10,000", gate=False, long=True, anywhere=True),
    Measure("growth", growth, 25, "actors closed over 5,000 to 20,000 invented names", gate=False, anywhere=True),
    Measure("seeds", seeds, 2, "the seed pages against hand-made gold (`../shared`)", shared=SEEDS),
    Measure("seed_commitments", seed_commitments, 1, "commitments of the seed pages (`../shared`)", shared=SEEDS),
    Measure("commitments", commitments, 6, "commitments of 32 PolNeAR dev articles (`../shared`)", shared=GOLD),
    Measure(
        "unread",
        unread,
        3,
        "commitments of 32 invented pages that nobody learnt from (scorer of `../shared`)",
        shared=("tools/score_commitments.py",),
    ),
    Measure("outside", outside, 6, "conditional commitments of other crises (`../outside`)", gate=False, anywhere=True),
    Measure("attributions", attributions, 8, "attributions of PolNeAR dev (`../shared`)", shared=POLNEAR),
    Measure(
        "flat_sample",
        flat_sample,
        31,
        "article text in a sample of flattened pages (`../shared`)",
        shared=(FLAT, "tools/score_flat.py"),
    ),
    Measure(
        "html_sample",
        html_sample,
        18,
        "article text and metadata in a sample of HTML pages (`../shared`)",
        shared=(HTML, "tools/score_flat.py"),
    ),
    Measure(
        "html",
        html,
        54,
        "article text and metadata of 251 HTML pages (`../shared`)",
        gate=False,
        shared=(HTML, "tools/score_flat.py"),
    ),
    Measure(
        "flat",
        flat,
        83,
        "article text in 1,253 flattened pages (`../shared`)",
        gate=False,
        shared=(FLAT, "tools/score_flat.py"),
    ),
    Measure(
        "html_anchors",
        html_anchors,
        18,
        "other libraries on the same HTML pages, for comparison",
        gate=False,
        shared=(HTML, "tools/score_flat.py"),
    ),
    Measure(
        "order",
        order,
        13,
        "the second law: any order, one at a time, after a rebuild, the same bytes",
        bundled=True,
        anywhere=True,
    ),
    Measure(
        "fuzzing", fuzzing, 2500, "every door for a stranger's bytes, fuzzed", gate=False, long=True, anywhere=True
    ),
    Measure("laws", laws, 2300, "the laws over 5,000 invented worlds each", gate=False, long=True, anywhere=True),
    Measure("durability", durability, 1500, "`add` killed at 200 moments", gate=False, long=True, anywhere=True),
    Measure("memory", memory, 900, "memory and time of large pages and cases", gate=False, long=True, anywhere=True),
    Measure(
        "anchoring",
        anchoring,
        6,
        "the first law: every span of this run on its page, `verify` on a whole case",
        bundled=True,
        anywhere=True,
    ),
)
"""In the order they run: timings first, while nothing else has warmed or loaded the machine; `anchoring` last, over
every output of the others."""


def data_of(measure: Measure, room: Room) -> str | None:
    """The hash of the data whose figures are comparable; None where they are comparable on any."""
    if measure.anywhere:
        return None
    paths = [room.at(name) for name in measure.shared]
    return data_hash([*paths, DEMO, CRISIS_GOLD] if measure.bundled else paths)
