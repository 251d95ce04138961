"""Which outlet's page this is, by what its own lines show; the names of outlets and agencies in `data/outlets.toml`.

Invariant: an outlet is named only on evidence on the page, and that evidence is said; what an article cites is none.
"""

import functools
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from tocsin.core.document import READ_LABELS, Line
from tocsin.read.hosts import PARTS, at_top, by_address, letters, owned

ENOUGH = 2
"""Evidence from which an outlet is named: one plain sign of ownership, or two slight ones."""
LOOKED_AT = 400
"""Lines of boilerplate looked at from each end of a page: a bound on the work for hostile pages."""
_NAME = r"(?:the )?(?-i:[A-Z0-9][\w.&/'’-]*(?:(?<![a-z]\.) (?:of |the |and |& |for |in )*[A-Z0-9][\w.&/'’-]*){0,5})"
_SEPARATORS = re.compile(r"\s+(?:[|–—·•»:]|::|-)\s+")
_FROM = (
    "about", "contact", "advertise with", "work for", "careers at", "subscribe to", "follow", "download the", "join",
    "support", "more from", "sign up for", "originally published on", "originally published in",
    "originally published by", "article appeared on", "article appeared in", "first appeared on", "first appeared in",
)  # fmt: skip
_ITS = (
    "newsletter",
    "newsletters",
    "app",
    "apps",
    "homepage",
    "home page",
    "podcast",
    "podcasts",
    "store",
    "on social media",
)
_OWNED = (
    (("skip to ",), rf"skip to (?:more )?({_NAME}) (?:sites|homepage|home|navigation|content)", 2),
    (
        ("copyright", "©", "(c)"),
        rf"(?:copyright|©|\(c\))(?: ©| \(c\))?(?: by)?(?: \d{{4}}(?:\s?[-–]\s?\d{{4}})?)?,?(?: by)? ({_NAME})",
        2,
    ),
    (("copyright", "©"), rf"({_NAME}),? (?:©|copyright) ?\d{{4}}", 2),
    (_FROM, rf"(?:{'|'.join(_FROM)}) ({_NAME})", 1),
    (_ITS, rf"({_NAME}) (?:{'|'.join(_ITS)})\b", 1),
)
"""Signs of ownership: words one of which must be there (a cheap look first), the pattern, its weight."""
_PATTERNS = tuple((words, re.compile(pattern, re.IGNORECASE), weight) for words, pattern, weight in _OWNED)
_POSTS = (
    "editor(?:-in-chief| in chief)?|writer|reporter|correspondent|columnist|journalist|bureau chief|producer|intern"
)
_POST = re.compile(
    rf"^.{{0,80}}?\b(?:is|are) (?:the |an? )?(?:[\w’'-]+ ){{0,4}}?(?:{_POSTS})s? (?:of|for|at|with) ({_NAME})",
    re.IGNORECASE,
)
_TOLD = re.compile(rf"\b(?:told|tells) ({_NAME})", re.IGNORECASE)
_COMPANY = re.compile(r",? (?:inc|llc|ltd|limited|l\.?p|corp|company)\.?$")
_CUT = re.compile(r"[.,;:]?(?: All Rights.*| Inc\.?| LLC\.?| Ltd\.?| All)?\.?$")


_OWNER = re.compile(
    r"(?:copyright|©|\(c\))(?: ?©)?(?: by)? ?((?:\d{4}(?: ?[-–] ?\d{4})?,? )?[^.|,!?•·]{2,60})", re.IGNORECASE
)
_FORMS = frozenset(("ltd", "limited", "inc", "llc", "plc", "gmbh", "co", "corp", "company", "pty", "sa"))
_SMALL = frozenset(("of", "the", "and", "&", "for", "in", "on"))
MASTHEAD_LINES = 15
"""Lines at the top of a page among which its masthead stands."""
PRESS_WORDS = frozenset(
    (
        "tribune", "times", "post", "herald", "gazette", "courier", "chronicle", "guardian", "observer", "telegraph",
        "examiner", "inquirer", "sentinel", "dispatch", "daily", "weekly", "newspaper", "news",
    )
)  # fmt: skip
"""Last words of newspapers' names that companies of other trades do not bear."""


@functools.cache
def _platforms() -> frozenset[str]:
    """Hosts whose own copyright stands on their customers' pages."""
    text = resources.files("tocsin.read").joinpath("data/outlets.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["platforms"]["names"])


@functools.cache
def _tables() -> tuple[Mapping[str, str], frozenset[str]]:
    """Every known name in lower case → the outlet or agency; the agencies."""
    text = resources.files("tocsin.read").joinpath("data/outlets.toml").read_text("utf-8")
    found = tomllib.loads(text)
    names: dict[str, str] = {}
    for kind in ("agencies", "outlets"):
        for name, others in found[kind].items():
            for other in (name, *others):
                names[_COMPANY.sub("", other.lower())] = name
    return names, frozenset(found["agencies"])


def outlet_named(name: str) -> str | None:
    """The outlet or agency known by `name` ("DW", "dw.com"), None where none is."""
    bare = " ".join(name.lower().replace("’", "'").split()).strip(" .,;:|")
    names, _ = _tables()
    bare = _COMPANY.sub("", bare)
    return names.get(bare) or names.get(bare.removeprefix("www.")) or names.get(bare.removeprefix("the "))


def is_agency(name: str) -> bool:
    """Whether an outlet's name is an agency's."""
    return name in _tables()[1]


def split_title(title: str) -> tuple[str, str | None]:
    """A page title without the outlet behind or before it, and that outlet where the words say so.

    "Ships leave port – The Straits Times" and "Ships leave port | Harbour Post": a part that is a known outlet, or
    one of at most four words behind a bar, which titles use for nothing else.
    """
    parts = [(found.start(), found.end()) for found in _SEPARATORS.finditer(title[-120:])]
    shift = max(0, len(title) - 120)
    if parts:
        start, end = parts[-1][0] + shift, parts[-1][1] + shift
        last = title[end:].strip()
        known = outlet_named(last)
        if known:
            return title[:start].strip(), known
        if "|" in title[start:end] and 1 <= len(last.split()) <= 4 and last[:1].isupper() and start > 15:
            return title[:start].strip(), last
    return title, None


@dataclass(slots=True)
class _Evidence:
    """What speaks for one outlet."""

    weight: int
    reasons: list[str]


def find_outlet(
    text: str, lines: tuple[Line, ...], title: str | None, *, address: str = "", head: str = ""
) -> tuple[str | None, str | None]:
    """The outlet whose page this is and why, or (None, None). `address` is the page's own, `head` what the markup calls
    its title, which may end with the outlet."""
    found: dict[str, _Evidence] = {}

    def note(name: str, weight: int, reason: str) -> None:
        evidence = found.setdefault(name, _Evidence(0, []))
        if reason not in evidence.reasons:
            evidence.weight += weight
            evidence.reasons.append(reason)

    if title:
        behind = split_title(title)[1]
        if behind:
            note(behind, 3, "the title ends with it")
    _note_masthead(text, lines, note)
    told_of: set[str] = set()
    for line in _ends(lines):
        shown = text[line.start : min(line.end, line.start + 600)].strip()
        if not shown or line.label in ("comment", "caption", "pullquote"):
            continue
        if line.label in ("body", "standfirst", "subhead", "headline"):
            told_of.update(name for name in map(outlet_named, _TOLD.findall(shown)) if name and not is_agency(name))
            continue
        _note_boilerplate(shown, line, note)
    for name in sorted(told_of):
        if name in found:
            note(name, 1, "people told it")
    _note_head(text, lines, head, note)
    top = at_top(text, lines)
    if top and owned(text, lines, top):
        note(top, ENOUGH, "the top of the page begins with it, and another line says that it makes the page")
    told = by_address(text, lines, address, [*found, *_mastheads(text, lines).values()]) if address else None
    if told:
        note(told[0], ENOUGH + 1, told[1])
    ranked = sorted(found.items(), key=lambda item: (-item[1].weight, item[0]))
    if not ranked or ranked[0][1].weight < ENOUGH:
        return None, None
    if len(ranked) > 1 and ranked[1][1].weight == ranked[0][1].weight:
        return None, None
    return ranked[0][0], "; ".join(ranked[0][1].reasons)


def _note_head(text: str, lines: tuple[Line, ...], head: str, note: Callable[[str, int, str], None]) -> None:
    """What the title in the markup ends or begins with, where it is also a line of its own outside of the article."""
    parts = [part.strip() for part in PARTS.split(head[:300])]
    if len(parts) < 2:
        return
    alone = {
        letters(shown)
        for line in lines
        if line.label not in READ_LABELS and (shown := text[line.start : min(line.end, line.start + 80)].strip())
    }
    for part in dict.fromkeys((parts[-1], parts[0])):
        if 1 <= len(part.split()) <= 5 and part[:1].isupper() and letters(part) in alone - {""}:
            note(part, ENOUGH, "the page's title names it, and a line of its own")
            return


def _ends(lines: tuple[Line, ...]) -> Iterator[Line]:
    """The lines of the article, and of the others those near the page's ends, where outlets name themselves."""
    others = [i for i, line in enumerate(lines) if line.end > line.start and line.label not in READ_LABELS]
    middle = set(others[LOOKED_AT : max(LOOKED_AT, len(others) - LOOKED_AT)])
    return (line for i, line in enumerate(lines) if line.end > line.start and i not in middle)


def _note_masthead(text: str, lines: tuple[Line, ...], note: Callable[[str, int, str], None]) -> None:
    """The page's first lines where another line says that one of them is the outlet: two signs that agree."""
    heads = _mastheads(text, lines)
    closing = list(_closing(text, lines))
    for line_words in closing:
        owner = _OWNER.match(line_words)
        name = _bare(owner.group(1)) if owner else ""
        if not name or name.lower() in _platforms() or outlet_named(name):
            continue
        head = heads.get(_key(name))
        if head:
            note(name if head.isupper() else head, ENOUGH, "the copyright line and the top of the page name it")
        elif any(map(str.isdigit, owner.group() if owner else "")) and name.split()[-1].lower() in PRESS_WORDS:
            note(name, ENOUGH, "the copyright line names it, a newspaper by its name")
    article = [text[line.start : min(line.end, line.start + 600)] for line in lines if line.label in READ_LABELS]
    for head in heads.values():
        if outlet_named(head) or head.isupper() or head.lower() in _platforms():
            continue
        name = re.escape(head.removeprefix("The "))
        if any(
            re.match(rf"(?:The )?{name} is (?:published|produced|edited|run|owned) by ", words) for words in closing
        ):
            note(head, ENOUGH, "the top of the page names it, and a line that says who publishes it")
        elif len(head) > 3:
            told = re.compile(rf"\b(?:told|tells) (?:the )?{name}\b")
            own = re.compile(rf"\b{name}(?:[’']s)? (?:correspondents?|reporters?|journalists?)\b")
            if any(map(told.search, article)) and any(map(own.search, article)):
                note(head, ENOUGH, "the top of the page names it, and the article its reporters")


def _mastheads(text: str, lines: tuple[Line, ...]) -> dict[str, str]:
    """The lines above headline and article that can be a masthead, by their words alone."""
    found: dict[str, str] = {}
    seen = 0
    for line in lines:
        shown = text[line.start : min(line.end, line.start + 80)].strip().lstrip("#* ")
        if not shown:
            continue
        seen += 1
        if seen > MASTHEAD_LINES or line.label in READ_LABELS:
            break
        tokens = shown.split()
        named = (
            len(shown) <= 40 and 1 <= len(tokens) <= 5 and all(word[0].isupper() or word in _SMALL for word in tokens)
        )
        if named and shown[0].isalpha() and not any(map(str.isdigit, shown)) and "|" not in shown:
            found.setdefault(_key(shown), shown)
    found.pop("", None)
    return found


def _closing(text: str, lines: tuple[Line, ...]) -> Iterator[str]:
    """The words of the lines of boilerplate after the article, where owners name themselves."""
    last = max((i for i, line in enumerate(lines) if line.label in READ_LABELS), default=-1)
    after = [line for line in lines[last + 1 :] if line.end > line.start and line.label != "comment"]
    for line in after[-LOOKED_AT:]:
        yield text[line.start : min(line.end, line.start + 200)].strip()


def _bare(name: str) -> str:
    """An owner's name without years, punctuation and the company's form."""
    words = re.sub(r"\b\d{4}(?: ?[-–] ?\d{4})?\b", " ", name.replace(",", " ")).split()
    while words and (words[-1].strip(".–-").isdigit() or words[-1].lower().strip(".") in _FORMS):
        words.pop()
    while words and words[0].strip("–-").isdigit():
        words.pop(0)
    return " ".join(words) if words and words[0][0].isupper() and len(words) <= 6 else ""


def _key(name: str) -> str:
    """A name's words, whatever their case and article."""
    words = re.findall(r"[\w&]+", name.lower())
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _note_boilerplate(shown: str, line: Line, note: Callable[[str, int, str], None]) -> None:
    """Signs of ownership in one line of boilerplate."""
    if line.label == "biography":
        post = _POST.match(shown[:300])
        if post:
            name = _CUT.sub("", post.group(1))
            known = outlet_named(name)
            if len(name) > 2 and not (known and is_agency(known)):
                note(known or name, 2, "its author box says so")
        return
    low = shown[:200].lower()
    for words, pattern, weight in _PATTERNS:
        owned = pattern.search(shown[:200]) if any(word in low for word in words) else None
        if not owned:
            continue
        name = _CUT.sub("", owned.group(1))
        known = outlet_named(name)
        if known and not is_agency(known):
            note(known, weight, f"a {line.label} line names it as its own")
        elif (
            weight == 2
            and not known
            and "©" in shown
            and name[0].isalpha()
            and 3 < len(name) <= 40
            and len(name.split()) <= 4
        ):
            note(name, 1, "the copyright line names it")
    known = outlet_named(shown) if len(shown) <= 40 else None
    if known and not is_agency(known) and line.label in ("navigation", "other", "promotion"):
        note(known, 1, "a line of its own")
