"""How the brief words things: dates, kinds, relay chains, cut quotes, addresses, and characters made harmless.

Pages are hostile: whatever the brief prints passes `visible`, and only addresses that pass `web_address` become links.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import urlsplit

from tocsin.core.when import When, begins, ends

LABEL_WORDS = {
    "headline": "in the headline",
    "standfirst": "in the standfirst",
    "subhead": "in a subheading",
    "caption": "in a caption",
}
"""Where words stand, if that is not the article's body."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_ACT = 280
"""Characters of an act or a condition on the board: about three lines; the citation has the rest."""
LONGEST_STATEMENT = 480
"""Characters of a statement in the list: about five lines; the citation has the rest."""
LONGEST_NAME = 160
"""Characters of a name, an outlet, a title or a qualifying phrase wherever it is repeated: twice the longest usual."""
_CUT_BACK = 40
"""How far a cut is moved to fall between words."""

Place = Literal["before", "across", "after"]


def _made_visible() -> dict[int, str]:
    """Code points that would act on the page instead of standing on it, and what is shown in their place."""
    shown = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"}
    shown[0x7F] = "\u2421"
    # C1 controls, the bidi embeddings, overrides and isolates, separators that break lines, and interlinear marks
    acting = (
        *range(0x80, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0x2028,
        0x2029,
        *range(0xFFF9, 0xFFFC),
    )
    shown |= {code: f"⟦U+{code:04X}⟧" for code in acting}
    # a lone surrogate can come in a file's name and cannot be written; non-characters may not stand in HTML
    return shown | dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")


_VISIBLE = _made_visible()


def visible(value: Any) -> Any:
    """`value`, and where it is a string one in which nothing but its letters can act on the page around it."""
    return value.translate(_VISIBLE) if type(value) is str else value


def cut(text: str, longest: int) -> tuple[str, bool]:
    """The head of `text`, at most `longest` characters and cut between words where it can be; whether it was cut."""
    if len(text) <= longest:
        return text, False
    space = max(text.rfind(" ", longest - _CUT_BACK, longest), text.rfind("\n", longest - _CUT_BACK, longest))
    return text[: space if space > 0 else longest].rstrip(), True


def name(text: str | None) -> str | None:
    """A name as it is printed wherever it recurs, so that a page cannot swell the brief by a long one."""
    if text is None or len(text) <= LONGEST_NAME:
        return text
    return f"{cut(text, LONGEST_NAME)[0]} …"


def web_address(page: str) -> str | None:
    """`page` where it is an address that a link may lead to: http or https, a host, nobody's name before it."""
    if not re.fullmatch(r"https?://[^\s\x00-\x20\"'<>\\^`{|}]+", page, re.IGNORECASE) or visible(page) != page:
        return None
    try:
        parts = urlsplit(page)
        return page if parts.hostname and "@" not in parts.netloc else None
    except ValueError:
        return None


def day_words(bound: str) -> str:
    """A bound as `3 May 2019`."""
    day = date.fromisoformat(bound[:10])
    return f"{day.day} {day:%b} {day.year}"


def when_words(when: When) -> str:
    """An interval for people: `3 May 2019`, `3 May 2019 to 10 May 2019`, `until 21 Nov 2026`, `undated`."""
    first, last = (day_words(bound) if bound else None for bound in (when.earliest, when.latest))
    if first and last:
        shown = first if first == last else f"{first} to {last}"
    else:
        shown = f"from {first}" if first else f"until {last}" if last else "undated"
    if not when.weekdays or when.known:
        return shown
    days = " or ".join(WEEKDAYS[one] for one in sorted(when.weekdays))
    return f"a {days}, {shown}" if first or last else f"a {days}"


def place(published: When, day: str | None) -> Place:
    """Where a page's date lies to the end of `day`: before it, after it, or it could be either."""
    if day is None or (published.latest and ends(published.latest) <= ends(day)):
        return "before"
    return "after" if published.earliest and begins(published.earliest) >= ends(day) else "across"


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of a relay chain as it is printed. `guessed`: inferred, and not the outlet (which always is)."""

    name: str
    role: str
    guessed: bool


def hops_of(data: dict[str, Any]) -> tuple[Hop, ...]:
    """The hops of a row, speaker first, without the outlet and without those whom nobody names."""
    return tuple(
        Hop(name(hop["actor"]) or "", hop["role"], hop["basis"] == "inferred")
        for hop in data["hops"]
        if hop["actor"] and hop["role"] != "outlet"
    )
