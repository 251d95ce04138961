"""Which lines of a flattened page are its article: trafilatura's choice, with its usual misses put right.

Headings of the page and lines that are links alone go out; so do short lines whose words show what they are (read
more, newsletter, date, credit), captions of figures and biographies. Paragraphs come in that stand among its lines in
the same element, that the page's own JSON-LD has in its `articleBody`, or that are marked as standfirst below the
headline. Each was kept because it helped on 251 pages and hurt on
neither half of them, divided by site; only the paragraphs of the same element bring nothing there (they stay, as no
paragraph shall be lost).

Invariant: a pure function of the lines and the extraction; nothing is decided (None) where nothing was extracted.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.read.align import coverage, words
from tocsin.read.features import facts_of
from tocsin.read.html_walk import FlatLine
from tocsin.read.page_dates import is_date_line

COVERED = 0.5
"""Share of a line's words that an extraction must hold. Nearly all lines have all or none: .3 and .7 score the same."""
LINKED = 0.8
"""Share of a line's characters in links from which on it is a link and no sentence."""
CUE_WORDS = 26
"""A line longer than this is not judged by a cue in it: it is a paragraph."""
PROSE_WORDS = 10
"""Words that a line needs, besides a full stop, to be taken into the article on account of its neighbours."""
GROUP_SHARE = 0.5
"""Share of the words beside a line, in the same element, that must be of the article for it to be taken in."""
STATED_WORDS = 50
STATED_SHARE = 0.6
"""An `articleBody` is believed when it has at least so many words and this share of them stands on the page: some are
teasers, or belong to another article."""
STANDFIRST_WORDS = 5
STANDFIRSTS = 2
"""Fewest words of a standfirst, and how many lines of it are taken."""
TITLE_SHARE = 0.5
"""Share of the title's words that a heading must have to be the headline: titles in data are often shortened."""
HEADLINE_SIZE = 5
"""A heading this many times longer than the title is something else; also a bound on what is looked at."""

FINAL = ".!?…:"
_TRAIL = " \"”’'»)]"
CUES = frozenset(("promotion", "notice", "dateline", "navigation", "byline", "comments", "end", "caption"))
"""Classes of `data/cues.toml` that say that a short line is not the article."""
NEVER = frozenset(("figure", "bio"))
"""Regions whose lines are not the article, even where trafilatura takes them."""
ASIDE = NEVER | frozenset(("nav", "aside", "related", "comments", "footer", "caption", "form", "social"))
"""Regions from which nothing is taken in on account of its neighbours."""
NO_STANDFIRST = ASIDE | frozenset(("byline", "promo"))
FURNITURE = frozenset(("nav", "form"))
"""Regions that are not the article even where nothing was extracted."""


@dataclass(frozen=True, slots=True)
class Body:
    """For each line whether it is the article (None: not decided), and which of them are headline and standfirst."""

    decided: tuple[bool | None, ...]
    headlines: frozenset[int]
    standfirsts: frozenset[int]


def body_of(text: str, flat: Sequence[FlatLine], extracted: str, stated: str, title: str | None) -> Body:
    """Decide from the extraction, the page's own `articleBody` ("" where none) and its title."""
    lines = [text[line.start : line.end] for line in flat]
    heads = _headlines(lines, flat, title)
    covered = [share >= COVERED for share in coverage(lines, extracted)] if extracted else [False] * len(lines)
    said = _stated(lines, stated)
    base = covered if any(covered) else said
    if not any(base):
        return Body(tuple(_furniture(i, line, heads) for i, line in enumerate(flat)), heads, frozenset())
    inside = [i for i, is_in in enumerate(base) if is_in and i not in heads]
    first, last = (inside[0], inside[-1]) if inside else (len(flat), -1)
    share = _beside(lines, flat, base)
    decided: list[bool | None] = []
    for i, line in enumerate(flat):
        taken = base[i] or said[i]
        if not taken and first < i < last:
            taken = _prose(lines[i], line) and share[i] >= GROUP_SHARE and not line.inside & ASIDE
        if taken and (i in heads or _linked(line) or (line.inside & NEVER and not said[i])):
            taken = False
        decided.append(taken)
    standfirsts = _standfirsts(lines, flat, heads, first)
    for i in standfirsts:
        decided[i] = True
    _drop_cued(text, flat, decided)
    return Body(tuple(decided), heads, frozenset(i for i in standfirsts if decided[i]))


def _bare(line: str) -> str:
    return " ".join(words(line))


def _headlines(lines: Sequence[str], flat: Sequence[FlatLine], title: str | None) -> frozenset[int]:
    """Lines that are the page's title, h1 elements that share half of its words; else the first h1 of the page itself.

    Some sites set their own name or every subhead as h1.
    """
    name = _bare(title or "")
    wanted, long = set(name.split()), name.count(" ") >= 2
    found = set()
    for i, line in enumerate(flat):
        if line.end - line.start > HEADLINE_SIZE * max(len(name), 40):
            continue
        if line.kind == "h1" or (long and line.end - line.start <= 3 * len(name)):
            shown = _bare(lines[i])
            shared = line.kind == "h1" and len(wanted & set(shown.split())) >= TITLE_SHARE * len(wanted)
            if (shared and wanted) or (long and shown == name):
                found.add(i)
    if not found:
        found.update([i for i, line in enumerate(flat) if line.kind == "h1" and not line.inside & ASIDE][:1])
    return frozenset(found)


def _stated(lines: Sequence[str], stated: str) -> list[bool]:
    """Lines that the page's own data gives as the article's, where that data is to be believed."""
    size = len(words(stated)) if stated else 0
    if size < STATED_WORDS:
        return [False] * len(lines)
    shares = coverage(lines, stated)
    found = sum(share * len(words(line)) for share, line in zip(shares, lines, strict=True))
    return [found >= STATED_SHARE * size and share >= COVERED for share in shares]


def _furniture(i: int, line: FlatLine, heads: frozenset[int]) -> bool | None:
    return False if i in heads or line.inside & FURNITURE else None


def _linked(line: FlatLine) -> bool:
    return line.linked > LINKED * (line.end - line.start)


def _prose(shown: str, line: FlatLine) -> bool:
    """Whether a line reads as a sentence and is not mostly links."""
    ends = shown.rstrip(_TRAIL)[-1:]
    return ends != "" and ends in FINAL and line.linked < 0.5 * len(shown) and len(words(shown)) >= PROSE_WORDS


def _beside(lines: Sequence[str], flat: Sequence[FlatLine], base: Sequence[bool]) -> list[float]:
    """For each line the share of the words beside it, in the same element, that are of the article."""
    sizes = [len(words(line)) for line in lines]
    all_words: dict[int, int] = defaultdict(int)
    taken: dict[int, int] = defaultdict(int)
    for line, size, is_in in zip(flat, sizes, base, strict=True):
        all_words[line.group] += size
        taken[line.group] += size * is_in
    out = []
    for line, size, is_in in zip(flat, sizes, base, strict=True):
        rest = all_words[line.group] - size
        out.append((taken[line.group] - size * is_in) / rest if rest else 0.0)
    return out


def _standfirsts(lines: Sequence[str], flat: Sequence[FlatLine], heads: frozenset[int], first: int) -> list[int]:
    """Lines between the headline and the article that the page marks as its standfirst."""
    above = max((i for i in heads if i < first), default=-1)
    if above < 0:
        return []
    found = [
        i
        for i in range(above + 1, first)
        if "standfirst" in flat[i].inside
        and not flat[i].linked
        and not flat[i].inside & NO_STANDFIRST
        and len(words(lines[i])) >= STANDFIRST_WORDS
    ]
    return found[:STANDFIRSTS]


def _drop_cued(text: str, flat: Sequence[FlatLine], decided: list[bool | None]) -> None:
    """Take out the short lines whose own words say that they are something else."""
    taken = [i for i, is_in in enumerate(decided) if is_in]
    facts = facts_of(text, [(flat[i].start, flat[i].end) for i in taken])
    for fact in facts:
        if fact.count <= CUE_WORDS and (CUES.intersection(fact.cues) or is_date_line(fact.core)):
            decided[taken[fact.index]] = False
