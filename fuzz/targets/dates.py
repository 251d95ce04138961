"""The finders of dates and outlets in the lines of a page and in its markup's values."""

from fuzz.laws import demand
from fuzz.reading import dice
from fuzz.shape import TEXT_JOINTS, Shape
from fuzz.target import Target
from tocsin.core.document import LABELS, Line
from tocsin.core.ids import canonical
from tocsin.core.when import begins, ends
from tocsin.read.html_metadata import parse_when, people
from tocsin.read.labels import label_lines
from tocsin.read.outlets import find_outlet, outlet_named, split_title
from tocsin.read.page_dates import dates_in, is_date_line
from tocsin.read.page_metadata import PageMetadata, from_lines

LINES_LOOKED_AT = 200
"""Lines that are looked at on their own; the whole page is looked at however long it is."""


def run(data: bytes) -> bytes:
    """Look for dates and outlets in `data`, with the labeller's labels and with labels drawn by lot."""
    text = data.decode("utf-8", "replace")
    lines = label_lines(text)
    rng = dice(data)
    lent = tuple(Line(one.start, one.end, rng.choice(LABELS)) for one in lines)
    out: list[object] = []
    for some in (lines, lent):
        shown = from_lines(text, some)
        _check(shown)
        out.append([shown.title, shown.outlet, shown.byline, list(shown.credits), shown.published.shown()])
    for one in lines[:LINES_LOOKED_AT]:
        out.append(_line(text[one.start : one.end]))
    title = text[lines[0].start : lines[0].end] if lines else ""
    named, why = find_outlet(text, lent, title)
    demand((named is None) == (why is None), "an outlet without a reason")
    return canonical([out, named, why]).encode()


def _check(shown: PageMetadata) -> None:
    for name in (shown.title, shown.outlet, shown.byline, *shown.credits):
        demand(name is None or name.strip(), "a name that is blank")


def _line(words: str) -> object:
    found = []
    for one in dates_in(words):
        demand(begins(one.earliest) < ends(one.latest) or one.earliest == one.latest, f"a date backwards in {words!r}")
        one.when("fuzz")
        found.append([one.words, one.earliest, one.latest, one.updated, one.stated])
    when = parse_when(words, "fuzz")
    head, behind = split_title(words)
    demand(head in words, "a title that is not on the page")
    names = people([words], behind)
    return [found, is_date_line(words), when.shown() if when else None, head, behind, outlet_named(words), list(names)]


TARGET = Target("dates", "the finders of dates and outlets", run, Shape(TEXT_JOINTS, "dates"), pages=("*.txt",))
