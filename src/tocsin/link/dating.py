"""What one page says that bounds its own date, and the dates of what is said on it: one `dating` row a page.

Words that look ahead bound nothing; a day without a year stays without one here, for other pages may know it. A row
depends on its page and the decisions about it alone.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any

from tocsin.core.annotations import TimeExpression
from tocsin.core.decisions import Decision
from tocsin.core.document import Document
from tocsin.core.ids import short_id
from tocsin.core.rows import Row
from tocsin.core.spans import Span

KIND = "dating"
HAPPENING = "happening"
SINCE = 8
"""Words between "since" and its day: "since the disputed vote on March 3"."""
NEAR_CUE = 25
"""Code points behind a cue in which its day stands even where the content begins before: "said on Thursday the …"."""
REACH = 500
"""Code points on either side of a time that are its sentence: no sentence of news is longer."""
MOST = 400
"""Times of one page that are looked at: a page with more is a list of dates, and its first tell enough."""
_DAYS = re.compile(r"(?:(?:\d{4}|XXXX)-\d{2}-\d{2}|XXXX-WXX-[1-7]|XXXX-XX-XX)(?:T.*)?")
_DATED = re.compile(r"(?:\d{4}|XXXX)-\d{2}(?:-\d{2})?(?:T.*)?|\d{4}")
_DAY = re.compile(r"(?:\d{4}|XXXX)-\d{2}-\d{2}")
_WEEKEND = re.compile(r"(?:XXXX-WXX|\d{4}-W\d{2})-WE")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,;:()]")


@cache
def words(name: str) -> frozenset[str]:
    """One list of `data/dates.json`."""
    text = resources.files("tocsin.link").joinpath("data/dates.json").read_text("utf-8")
    return frozenset(json.loads(text)[name]["words"].split())


def dating(doc: Document, decisions: Iterable[Decision], claims: Iterable[Row]) -> tuple[Row, ...]:
    """The rows of `doc`; `decisions` are those in force on it, in the order made, `claims` its claim rows."""
    times = [one for one in _layer(doc, "times") if _kept(one)][:MOST]
    sentences = [one.span for one in _layer(doc, "sentences")]
    facts = [_fact(doc, one, _around(sentences, one.span)) for one in times]
    shown = doc.published
    data = {
        "doc": doc.id,
        "key": doc.id,
        "page": doc.page,
        "name": doc.capture.name,
        "taken": doc.capture.taken[:10],
        "published": {
            "earliest": shown.earliest,
            "latest": shown.latest,
            "weekdays": sorted(shown.weekdays),
            "reasons": list(shown.reasons),
        },
        "decided": _decided(doc, decisions),
        "times": facts,
        "sayings": _sayings(claims, facts),
        "apart": sorted(row.id for row in claims if _apart(doc, row)),
    }
    return Row(KIND, short_id("t", [doc.id]), data), *_happenings(doc, sentences, facts)


def _layer(doc: Document, name: str) -> tuple[Any, ...]:
    return doc.layers[name].annotations if name in doc.layers else ()


def _kept(one: TimeExpression) -> bool:
    value = one.value or ""
    return one.type in ("DATE", "TIME") and any(form.fullmatch(value) for form in (_DAYS, _DATED, _WEEKEND))


def _around(sentences: Sequence[Span], span: Span) -> tuple[int, int]:
    """The sentence that holds a time, no more of it than tells; a dateline is its own."""
    place = bisect_right(sentences, span.start, key=lambda one: one.start) - 1
    found = sentences[place] if place >= 0 else None
    if found is None or found.end < span.end:
        return span.start, span.end
    return max(found.start, span.start - REACH), min(found.end, span.end + REACH)


def _fact(doc: Document, one: TimeExpression, sentence: tuple[int, int]) -> dict[str, Any]:
    before = [found.group().casefold() for found in _WORD.finditer(doc.text, sentence[0], one.span.start)]
    behind = [found.group().casefold() for found in _WORD.finditer(doc.text, one.span.end, sentence[1])]
    since = _governing(before)
    return {
        "span": [one.span.start, one.span.end],
        "sentence": list(sentence),
        "text": doc[one.span],
        "value": one.value,
        "since": since,
        "past": since or _past(before, behind),
    }


def _governing(before: list[str]) -> bool:
    """Whether "since" governs the day: no comma and no finite verb between."""
    for word in reversed(before[-SINCE:]):
        if word == "since":
            return True
        if word in ",;:" or word in ("was", "were", "is", "has", "had", "said", "will", "would"):
            return False
    return False


def _past(before: list[str], behind: list[str]) -> bool:
    """Whether the sentence tells what was, and nothing in it looks ahead."""
    both = before + behind
    if words("ahead") & set(both):
        return False
    return any(word in words("back") or (word.endswith("ed") and len(word) > 3) for word in both)


def _decided(doc: Document, decisions: Iterable[Decision]) -> dict[str, Any] | None:
    """What a person said of the page's date, the last word."""
    found = None
    for one in decisions:
        if one.act == "date" and one.anchor.kind == "document" and one.anchor.doc == doc.id and one.value is not None:
            value = dict(one.value)
            found = {"earliest": value.get("earliest"), "latest": value.get("latest"), "by": one.by}
    return found


def speaker_of(row: Row) -> str:
    """The last word of a speaker's name: what the fullest and the shortest form of it share."""
    return str(row.data["speaker_key"]).split(" ")[-1] if row.data["speaker"] else ""


def _sayings(claims: Iterable[Row], facts: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """For each speaker the days that stand beside the cues of what he says, each with the claims of that saying."""
    out: dict[str, dict[str, dict[str, Any]]] = {}
    for row in claims:
        data = row.data
        speaker = speaker_of(row)
        if data["own_voice"] or not speaker or not data["cue"]:
            continue
        beside = _beside(data["cue"], data["content"], facts)
        if beside is None:
            continue
        known = out.setdefault(speaker, {}).setdefault(
            str(beside["value"])[:10], {"value": beside["value"], "text": beside["text"], "claims": []}
        )
        known["claims"].append(row.id)
    return {speaker: [found[value] for value in sorted(found)] for speaker, found in sorted(out.items())}


def _apart(doc: Document, row: Row) -> bool:
    """Whether the words around a claim's cue tell of another time than the page's own."""
    if row.data["own_voice"] or not row.data["cue"]:
        return False
    start, end = row.data["cue"][0][0], row.data["cue"][-1][1]
    beside = doc.text[max(0, start - NEAR_CUE) : start] + " " + doc.text[end : end + NEAR_CUE]
    return bool(words("apart") & {found.group().casefold() for found in _WORD.finditer(beside)})


def _beside(cue: list[list[int]], content: list[list[int]], facts: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The day in the cue's sentence that is no part of what is said."""
    start, end = cue[0][0], cue[-1][1]
    fitting = []
    for fact in facts:
        if not (fact["sentence"][0] <= start and end <= fact["sentence"][1]) or not _DAYS.fullmatch(str(fact["value"])):
            continue
        inside = any(left <= fact["span"][0] < right for left, right in content)
        behind = fact["span"][0] - end
        if (not inside or 0 <= behind <= NEAR_CUE) and not fact["since"]:
            fitting.append((abs(behind), fact["span"][0], fact))
    return min(fitting, key=lambda one: one[:2])[2] if fitting else None


def _happenings(doc: Document, sentences: Sequence[Span], facts: Sequence[dict[str, Any]]) -> list[Row]:
    """Counted talks of a weekend: two pages that tell of two calls between the same two on a weekend tell of one."""
    out = list[Row]()
    names = _layer(doc, "mentions")
    for fact in facts:
        if not _WEEKEND.fullmatch(str(fact["value"])) or not fact["past"]:
            continue
        start, end = fact["sentence"]
        told = {found.group().casefold() for found in _WORD.finditer(doc.text, start, end)}
        kind = next((name for name in ("calls", "meetings") if told & words(name)), None)
        count = next((name for name in ("twos", "threes") if told & words(name)), None)
        named = sorted({_root(one.name) for one in names if start <= one.span.start < end and one.kind == "person"})
        if kind is None or count is None or not named:
            continue
        near = [other["value"][:10] for other in facts if _following(sentences, fact, other) and other["past"]]
        data = {
            "doc": doc.id,
            "page": doc.page,
            "name": doc.capture.name,
            "keys": [f"{kind} {count} {name}" for name in named],
            "value": fact["value"],
            "last": "last" in fact["text"].casefold().split(),
            "text": fact["text"],
            "span": [start, end],
            "near": sorted({value for value in near if _DAY.fullmatch(value)}),
        }
        out.append(Row(HAPPENING, short_id("h", [doc.id, fact["span"]]), data))
    return out


def _following(sentences: Sequence[Span], fact: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether another time stands in the same sentence or the next."""
    place = bisect_right(sentences, fact["sentence"][0], key=lambda one: one.start)
    limit = sentences[place].end if place < len(sentences) else fact["sentence"][1]
    return bool(fact["sentence"][0] <= other["span"][0] < limit and other is not fact)


def _root(name: str) -> str:
    """What spellings of one last name share in Latin letters: its consonants, the first four."""
    last = re.sub(r"[^a-z]", "", name.casefold().split(" ")[-1])
    return last[:1] + re.sub(r"[aeiouy]", "", last[1:])[:3]
