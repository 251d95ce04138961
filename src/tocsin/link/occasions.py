"""Occasions: nearly the same words by one speaker on several pages were said once, on a day that all of them allow.

Two pages quote, translate and cut the same words differently, so claims are compared by the stems of what they say.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from tocsin.core.rows import Edge, Facts, Item, Join, Row
from tocsin.core.when import When
from tocsin.link.closing import Closure
from tocsin.link.dating import KIND, speaker_of, words

LEAST = 4
"""Stems that two claims must share: fewer are a phrase that anybody says again and again."""
ALIKE = 0.6
"""Share (F1 of stems) from which two long claims are one wording: with less, translations of one sentence and two
sentences on one topic cannot be told apart. Set by hand."""
LONG = 6
SHORT_ALIKE = 0.8
"""A claim that shares fewer stems than LONG must be nearly the same: short sentences are slogans."""
SKETCH = 4
"""Pairs of neighbouring stems by which a claim is found again: those with the smallest hashes, so that two claims that
share most of their pairs share one of these."""
_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "s", "ly")


def stems(text: str) -> list[str]:
    """The words that a claim is about, without their endings, in order, each once."""
    out = []
    for found in _WORD.finditer(text.casefold()):
        word = found.group()
        if word in words("stop") or len(word) < 3:
            continue
        ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), "")
        out.append(word[: len(word) - len(ending)])
    return list(dict.fromkeys(out))


def sketch(speaker: str, found: list[str]) -> tuple[str, ...]:
    """The keys under which a claim meets those that are nearly the same: a speaker, and neighbouring stems."""
    pairs = {f"{speaker} {a} {b}" for a, b in pairwise(found)}
    return tuple(sorted(pairs, key=lambda one: hashlib.sha256(one.encode()).hexdigest())[:SKETCH])


def _joins(row: Row) -> tuple[Join, ...]:
    if row.data["own_voice"] or not row.data["speaker"]:
        return ()
    return (("page_span", row.data["doc"]), (KIND, row.data["doc"]))


def _item(row: Row, facts: Facts) -> Item | None:
    speaker = speaker_of(row)
    if row.data["own_voice"] or not speaker:
        return None
    span = next(iter(facts["page_span", row.data["doc"]]), None)
    page = next(iter(facts[KIND, row.data["doc"]]), None)
    if span is None or page is None:
        return None
    about = stems(row.data["text"])
    own = any(row.id in one["claims"] for one in page["sayings"].get(speaker, []))
    if len(about) < LEAST and not own:
        return None
    when = said_on_page(row.id, speaker, page, span)
    data = {
        "doc": row.data["doc"],
        "name": page["name"],
        "speaker": speaker,
        "own": own,
        "stems": sorted(about),
        "text": row.data["text"],
        "earliest": when.earliest,
        "latest": when.latest,
        "weekdays": sorted(when.weekdays),
        "reasons": list(when.reasons),
    }
    met = len(about) >= LEAST and not row.data.get("crowded")
    return Item(sketch(speaker, about) if met else (), data)


def said_on_page(claim: str, speaker: str, page: Mapping[str, Any], span: Mapping[str, Any]) -> When:
    """When one page lets words have been said: the day beside their cue, else the only day that the page gives for
    what this speaker said, unless its cue tells of another time, else not after the page."""
    sayings = page["sayings"].get(speaker, [])
    own = [one for one in sayings if claim in one["claims"]]
    told = own or (sayings if len(sayings) == 1 and claim not in page["apart"] else [])
    open_ = When(None, span["latest"], frozenset(), (f"{page['name']} carries it",))
    if not told:
        return open_
    how = "said" if own else "the only day it gives for what this speaker said:"
    day = _day_of(told[0], page["name"], how, span)
    return (day.both(open_) if day else None) or open_


def _day_of(saying: Mapping[str, Any], name: str, how: str, span: Mapping[str, Any]) -> When | None:
    value, reason = str(saying["value"])[:10], f"{name}: {how} {saying['text']!r}"
    if value[:4].isdigit():
        return When(value, value, frozenset(), (reason,))
    why = (reason, *span["reasons"])
    if value == "XXXX-XX-XX":
        return When(span["earliest"], span["latest"], frozenset(span["weekdays"]), why)
    if value.startswith("XXXX-WXX-") and value[9:10].isdigit():
        number = int(value[9]) - 1
        first, last = (_last(number, span[end]) for end in ("earliest", "latest"))
        return When(first, last, frozenset((number,)), why)
    known = span["days"].get(value)
    return When(known["day"], known["day"], frozenset(), (reason + known["why"],)) if known else None


def _last(number: int, bound: str | None) -> str | None:
    """The last such weekday up to a day: what a page of that day means by it."""
    if bound is None:
        return None
    day = date.fromisoformat(bound[:10])
    return (day - timedelta(days=(day.weekday() - number) % 7)).isoformat()


def _when(data: Mapping[str, Any]) -> When:
    return When(data["earliest"], data["latest"], frozenset(data["weekdays"]), tuple(data["reasons"]))


def _pair(a: Row, b: Row) -> Edge | None:
    left, right = set(a.data["stems"]), set(b.data["stems"])
    shared = len(left & right)
    alike = 2 * shared / (len(left) + len(right)) if left and right else 0.0
    if shared < LEAST or alike < (ALIKE if shared >= LONG else SHORT_ALIKE) or a.data["speaker"] != b.data["speaker"]:
        return None
    if _when(a.data).both(_when(b.data)) is None:
        return Edge("veto", alike, ("said on two days",))
    return Edge("same", alike, (f"{shared} words in common",))


def _rows(members: tuple[Row, ...], _edges: tuple[Edge, ...]) -> tuple[Row, ...]:
    """When the words were said, where a page gives the day or several carry them; of others `said_on_page` tells."""
    when: When | None = When()
    for one in members:
        when = when.both(_when(one.data)) if when else None
    docs = sorted({one.data["doc"] for one in members})
    if when is None:
        latest = min((one.data["latest"] for one in members if one.data["latest"]), default=None)
        when = When(None, latest, frozenset(), ("the pages that carry it do not agree when it was said",))
    if len(docs) == 1 and not any(one.data["own"] for one in members):
        return ()
    data = {
        "id": members[0].id,
        "keys": [*docs, *(one.id for one in members)],
        "claims": [one.id for one in members],
        "docs": docs,
        "text": members[0].data["text"],
        "earliest": when.earliest,
        "latest": when.latest,
        "weekdays": sorted(when.weekdays),
        "reasons": list(when.reasons),
    }
    return (Row("said", members[0].id, data),)


OCCASIONS = Closure(
    "occasions", "occasions/2", ("claim",), _item, _pair, _rows, _joins, ("page_span", KIND),
)  # fmt: skip
