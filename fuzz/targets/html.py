"""HTML: the walker, the alignment with an extraction, metadata, JSON-LD, labels and the page's own address."""

from fuzz.laws import demand
from fuzz.oracle import bare, in_order, shown_by
from fuzz.reading import capture_of, dice, read_page, said
from fuzz.shape import HTML_JOINTS, Shape
from fuzz.target import Target
from tocsin.read import Page
from tocsin.read.align import coverage, match, words
from tocsin.read.decode import DecodeError, declared_in, decode
from tocsin.read.html import canonical_url
from tocsin.read.html_walk import FlatLine, HtmlError, flatten, parse
from tocsin.read.json_ld import article, body, names, nodes, text


def run(data: bytes) -> bytes:
    """Read `data` as an HTML page, and look at each part of the reading on its own."""
    try:
        html = decode(data, declared_in(data)).text.replace("\0", "")
    except DecodeError:
        return b""
    try:
        flat_text, flat = flatten(html)
    except HtmlError:
        return b""
    _check_flat(flat_text, flat)
    shown = shown_by(html) if flat_text else None
    if shown:
        kept = bare(flat_text)
        lost = in_order(shown.must, kept)
        demand(lost < 0, f"dropped what is visible, at {shown.must[max(0, lost - 20) : lost + 20]!r}")
        made = in_order(kept, shown.could)
        demand(made < 0, f"shows what is not on the page, at {kept[max(0, made - 20) : made + 20]!r}")
    _check_json_ld(html)
    _check_alignment(data, flat_text.split("\n"))
    address = canonical_url(html)
    demand(address is None or address.startswith(("http", "HTTP", "Http", "hTTP")) or "://" in address, f"{address!r}")
    return said(read_page(Page(capture_of(data, "text/html"), data)))


def _check_flat(text: str, flat: tuple[FlatLine, ...]) -> None:
    demand("\n".join(text[one.start : one.end] for one in flat) == text, "the walker's lines do not tile its text")
    for one in flat:
        demand(text[one.start : one.end].strip(), f"a blank line at {one.start}")
        size = one.end - one.start
        demand(0 <= one.linked <= size and 0 <= one.bold <= size, f"more links than characters at {one.start}")


def _check_json_ld(html: str) -> None:
    found = nodes(parse(html))
    node = article(found)
    body(found)
    for key in ("headline", "author", "publisher", "datePublished"):
        text(node.get(key))
        for name in names(node.get(key)):
            demand(name.strip(), f"a blank name in {key}")


def _check_alignment(data: bytes, lines: list[str]) -> None:
    rng = dice(data)
    other = [line for line in lines if rng.random() < 0.7]
    rng.shuffle(other)
    demand(all(0 <= share <= 1 for share in coverage(lines, "\n".join(other))), "a share that is none")
    left, right = words(" ".join(lines))[:2000], words(" ".join(other))[:2000]
    before = (0, 0)
    for start, to, length in match(left, right):
        demand(length > 0 and start >= before[0] and to >= before[1], "runs that overlap or cross")
        demand(left[start : start + length] == right[to : to + length], "a run of unlike words")
        before = (start + length, to + length)


TARGET = Target(
    "html", "HTML: walker, alignment, metadata, JSON-LD", run, Shape(HTML_JOINTS, "html"), pages=("*.html",)
)
