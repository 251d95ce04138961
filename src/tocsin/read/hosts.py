"""An outlet by its address and by the head of its page: a host's label that spells a name which the page itself shows.

Invariant: the address alone names nobody; the name's words stand on the page. Linear in the page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tocsin.core.document import READ_LABELS, Line
from tocsin.names.register import outlet_at
from tocsin.names.states import naming

NO_NAMES = frozenset(
    (
        "www", "en", "eng", "english", "de", "fr", "ru", "news", "m", "mobile", "amp", "edition", "blog", "blogs",
        "com", "org", "net", "co", "gov", "int", "info", "press", "media", "online", "web", "site", "home", "today",
        "live",
        "world", "politics", "example", "wordpress", "blogspot", "medium", "substack", "tumblr", "facebook", "twitter",
        "youtube", "telegram", "archive", "google", "github", "livejournal", "yahoo", "msn",
    )
)  # fmt: skip
"""Labels of hosts that are sections, languages, top levels or platforms, and name no outlet."""
OFFICES = frozenset(("mfa", "gov", "government", "president", "mod", "ministry", "parliament", "senate", "mil"))
"""Labels of an authority's host: the others of it name its state or its realm, not who makes the page."""
SHORTEST, LONGEST = 3, 40
"""A label of fewer letters ("eu") is found on any page, one of more is no name."""
PARTS = re.compile(r"\s+(?:[|–—·•»:/]|//|::|-)\s+|\s*\|\s*")
TOP = 3
"""Lines at the top of a page the first of which may begin with the outlet's name."""
_SMALL = r"of|the|and|for|in|de"
_CAPITAL = r"[A-Z0-9][\w.&'’-]*"
_HEAD = re.compile(rf"(?:{_CAPITAL}|{_SMALL}|[a-z0-9-]+\.[a-z]{{2,}})(?: (?:{_CAPITAL}|{_SMALL})){{0,5}}")
PLAIN = 6
"""A name in small letters is looked for outside the article alone, and only where it has so many."""


def letters(name: str) -> str:
    """A name as hosts spell it: letters and digits alone, no article."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^the\s+", "", name.casefold()))


def initials(name: str) -> str:
    """The first letters of a name's words that begin with a capital."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_][\w’'-]*", name) if word[0].isupper()).casefold()


def labels(address: str) -> list[str]:
    """What of an address may spell a name: the labels of its host without the last, and neighbours joined."""
    found = re.match(r"https?://([^/?#:\s]{1,253})", address, re.IGNORECASE)
    parts = found[1].casefold().strip(".").split(".")[:-1] if found else []
    parts = [part for part in parts if part in OFFICES] if OFFICES.intersection(parts) else parts
    joined = ["".join(parts[first : first + 2]) for first in range(len(parts) - 1)]
    spelt = [part.replace("-", "") for part in (*joined, *parts) if part not in NO_NAMES]
    return [one for one in dict.fromkeys(spelt) if SHORTEST <= len(one) <= LONGEST]


def by_address(text: str, lines: tuple[Line, ...], address: str, names: Iterable[str]) -> tuple[str, str] | None:
    """The outlet that an address spells, in the words of the page, with the reason; `names` are those that other signs
    speak for. None where the page does not show the name."""
    known = outlet_at(address)
    named = list(names)
    for label in labels(address):
        for name in named:
            if letters(name) == label:
                return name, "its address spells it"
        form = None if naming(label) else _form(text, lines, label)  # a state's ministry is not the state
        longer = next((name for name in (*named, *_first(text, lines)) if initials(name) == label), None)
        if form and longer and form.isupper():
            return longer, "its address spells its initials"
        if form:
            return form, "its address and its words spell it"
        if longer:
            return longer, "its address spells its initials"
    if known is not None and re.search(rf"(?<!\w){re.escape(known.name)}(?!\w)", text):
        return known.name, "the register has its address"
    return None


def _form(text: str, lines: tuple[Line, ...], label: str) -> str | None:
    """How the page writes what a label spells: most often, outside of the article first."""
    spelt = re.compile(r"(?<![\w@./])" + r"[ .&'’-]?".join(map(re.escape, label)) + r"(?![\w@])", re.IGNORECASE)
    outer, inner = Counter[str](), Counter[str]()
    for line in lines:
        if line.label == "comment":
            continue
        inside = line.label in READ_LABELS
        for match in spelt.finditer(text, line.start, line.end):
            form = match.group()
            if any(map(str.isupper, form)) or (not inside and (len(label) >= PLAIN or "." in form)):
                (inner if inside else outer)[form] += 1
    found = outer if any(not form.isupper() for form in outer) else outer + inner
    return min(found, key=lambda form: (form.islower(), form.isupper(), -found[form], form)) if found else None


def _first(text: str, lines: tuple[Line, ...]) -> Iterator[str]:
    """The first lines of a page that are short enough for names."""
    for line in lines[: 10 * TOP]:
        shown = text[line.start : min(line.end, line.start + 200)].strip()
        if shown and len(shown) < 2 * LONGEST:
            yield shown


def at_top(text: str, lines: tuple[Line, ...]) -> str | None:
    """What the page's first line begins with, where something follows it ("World Echo - The planet in your language",
    "telsk.city / News") or it is a name of several words: a candidate that needs more signs."""
    shown = ((line, text[line.start : min(line.end, line.start + 200)].strip()) for line in lines[: 10 * TOP])
    for line, words in [one for one in shown if one[1]][:TOP]:
        if line.label in READ_LABELS or re.match(r"(?:skip|jump) to ", words, re.IGNORECASE):
            continue
        head = PARTS.split(words, maxsplit=1)[0].strip()
        match = _HEAD.fullmatch(head)
        if match and (head != words or " " in head or "." in head) and len(head) <= LONGEST:
            return head
        return None
    return None


def owned(text: str, lines: tuple[Line, ...], name: str) -> bool:
    """Whether a line outside of the article speaks of a name as of whoever makes the page."""
    said = re.compile(
        rf"(?:\b(?:by|to|from|on|at|with|about|of)|©|\(c\))(?: the)? {re.escape(name)}(?!\w)"
        rf"|(?<!\w){re.escape(name)}(?:[’']s|,? (?:Ltd|Inc)| (?:is|was|has|does|are|20\d\d)\b)",
        re.IGNORECASE,
    )
    return any(
        said.search(text, line.start, min(line.end, line.start + 600))
        for line in lines
        if line.label not in READ_LABELS and line.label != "comment"
    )
