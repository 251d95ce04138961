"""A second opinion on what an HTML page shows: text nodes of the lxml tree, without the walker's rules on lines.

Invariant: nothing is taken from `tocsin.read`; white space does not count, as browsers break and join lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

NEVER = frozenset(
    (
        "script", "style", "template", "head", "title", "meta", "link", "base", "iframe", "video", "audio", "canvas",
        "desc", "metadata", "defs", "datalist", "param", "source", "track", "area", "rp",
    )
)  # fmt: skip
FALLBACK = frozenset(["noscript", "noframes", "noembed"])
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CLOSERS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
TOO_DEEP = 1_000
"""Elements within each other from which the oracle gives no opinion: the parser itself gives up near twice that."""


class _TooDeepError(Exception):
    """Elements lie in each other beyond what the parser is sure to take."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The characters that a page must show, and all that it could, in order, without white space."""

    must: str
    could: str


def shown_by(html: str) -> Shown | None:
    """What `html` shows; None where the oracle has no opinion."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(_CLOSERS.sub("", html).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or any("Excessive depth" in entry.message for entry in parser.error_log):
        return None
    must: list[str] = []
    could: list[str] = []
    try:
        for text, certain, possible in _texts(root):
            if certain:
                must.append(text)
            if possible:
                could.append(text)
    except _TooDeepError:
        return None
    return Shown(bare("".join(must)), bare("".join(could)))


def _texts(root: Any) -> Iterator[tuple[str, bool, bool]]:
    """Each text node: its words, whether a browser surely shows it, and whether any browser could."""
    inside: list[tuple[bool, bool]] = [(True, True)]
    from lxml import etree

    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            certain, possible = inside[-1]
            style = node.get("style") or ""
            hidden = node.get("hidden") is not None or bool(_HIDDEN_STYLE.search(style))
            hidden = hidden or (node.tag == "dialog" and node.get("open") is None)
            possible = possible and node.tag not in NEVER
            certain = certain and possible and not hidden and node.tag not in FALLBACK
            inside.append((certain, possible))
            if len(inside) > TOO_DEEP:
                raise _TooDeepError
            if node.text:
                yield node.text, certain, possible
            continue
        if event == "end":
            inside.pop()
        if node.tail:
            yield node.tail, *inside[-1]


def bare(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def in_order(part: str, whole: str) -> int:
    """-1 where the characters of `part` stand in `whole` in this order, else the first of `part` that does not."""
    at = 0
    for index, character in enumerate(part):
        at = whole.find(character, at) + 1
        if not at:
            return index
    return -1
