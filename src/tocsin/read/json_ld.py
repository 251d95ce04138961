"""The page's own data about itself: the JSON-LD nodes of its `<script type="application/ld+json">` elements.

Invariant: hostile data gives fewer nodes, never an error; time linear in the page; no context is ever fetched.
"""

import html as entities
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_SCRIPT = 4_000_000
"""Code points of one script that are parsed; the longest of 251 news pages has 105,886."""
MAX_TEXT = 2_000
"""Code points of a title, name or date; what is longer is none."""
MAX_NODES = 20_000
"""Nodes of a page that are looked at; 251 news pages have 9 in the middle and 214 at most."""
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Analysis)$")
_TAG = re.compile(r"<[^<>]*>")
_WRAPPER = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")

Node = dict[str, Any]


def nodes(root: "_Element | None") -> tuple[Node, ...]:
    """All nodes of the page, outer ones first, in the order of the page."""
    if root is None:
        return ()
    level: list[Any] = []
    for script in root.iter("script"):
        text = script.text
        if text and len(text) <= MAX_SCRIPT and "ld+json" in (script.get("type") or "").lower():
            try:
                level.append(json.loads(_WRAPPER.sub("", text), strict=False))
            except (ValueError, RecursionError):
                continue
    found: list[Node] = []
    while level and len(found) < MAX_NODES:
        deeper: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                found.append(value)
                deeper += value.values()
            elif isinstance(value, list):
                deeper += value
        level = [value for value in deeper if isinstance(value, dict | list)]
    return tuple(found)


def types(node: Node) -> tuple[str, ...]:
    """The node's types without their addresses."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(name.rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def article(found: tuple[Node, ...]) -> Node:
    """The node that describes the page's article: the first with a headline, else the first that says when it was
    published; empty where the page has none."""
    articles = [node for node in found if any(_ARTICLE.search(name) for name in types(node))]
    for key in ("headline", "datePublished", "articleBody"):
        for node in articles:
            if text(node.get(key)):
                return node
    return articles[0] if articles else {}


def text(value: Any) -> str | None:
    """A value as plain text: entities decoded (twice: many systems encode them so), tags dropped, spaces collapsed."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        return None
    plain = _TAG.sub("", entities.unescape(entities.unescape(value)))
    return " ".join(plain.split()) or None


def body(found: tuple[Node, ...]) -> str:
    """The longest `articleBody`, with its tags as line ends."""
    bodies = [node["articleBody"] for node in found if isinstance(node.get("articleBody"), str)]
    longest = max(bodies, key=len, default="")
    return _TAG.sub("\n", entities.unescape(entities.unescape(longest)))


def names(value: Any) -> Iterator[str]:
    """Names of people or bodies in an `author` or `publisher` value, in order."""
    values = value if isinstance(value, list) else [value]
    for entry in values:
        name = text(entry.get("name")) if isinstance(entry, dict) else text(entry)
        if name:
            yield name
