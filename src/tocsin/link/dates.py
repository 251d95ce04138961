"""When pages were published and words were said, as far as all pages together show: strata without feedback.

1. `dated_months`: the months of the pages that state their own day, or of which a person has said it.
2. `page_bounds`: each page's own bounds: stated, decided, or what its own words leave. A day without a year is of the
   year that the page's other dates leave, else of the one nearest to the case's stated months.
3. `happenings`: counted talks of a weekend that two pages tell of are one; `page_spans` bounds the page that does not
   date it by the one that does.
4. `sayings`: the same words by one speaker that their pages date alike; `occasions`: nearly the same words on several
   pages were said once, on a day that all of them allow.
5. `dates`: a page that carries words is not before they were said.

Nothing is narrower than its reasons: where two years, or two occasions, are possible, the wider stands.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from tocsin.core.ids import short_id
from tocsin.core.rows import Edge, Facts, Item, Join, Row
from tocsin.core.when import When, begins
from tocsin.link.bounds import as_data, when_of
from tocsin.link.closing import Closure
from tocsin.link.dating import HAPPENING, KIND
from tocsin.link.derive import Derivation
from tocsin.link.occasions import OCCASIONS
from tocsin.link.sayings import SAYINGS
from tocsin.link.years import Months, resolved

CASE = "case"
Data = dict[str, Any]


def stated(data: Mapping[str, Any]) -> When | None:
    """The day or second that a person, else the page itself, gives; None where neither does."""
    decided = data["decided"]
    if decided:
        return When(decided["earliest"], decided["latest"], frozenset(), (f"dated by {decided['by']}",))
    shown = when_of(data["published"])
    return shown if shown.known else None


def _month_key(row: Row) -> str | None:
    known = stated(row.data)
    return str(known.earliest)[:7] if known and known.known else None


def _month_part(row: Row) -> Data:
    known = stated(row.data)
    return {"day": str(known.earliest)[:10] if known else "", "name": row.data["name"]}


def _month_rows(key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    first = min(members, key=lambda one: (one.data["day"], one.data["name"])).data
    return (Row("dated_month", short_id("m", [key]), {"key": CASE, "month": key, **first}),)


DATED_MONTHS = Derivation("dated_months", "dated_months/1", _month_key, _month_rows, part=_month_part, takes=(KIND,))


def _bounds_joins(row: Row) -> tuple[Join, ...]:
    return () if stated(row.data) else (("dated_month", CASE),)


def _bounds_joined(row: Row, facts: Facts) -> Row:
    wanted = _bounds_joins(row)  # the facts of other rows of the same turn lie beside
    months = sorted((one["month"], one["name"], one["day"]) for join in wanted for one in facts.get(join, ()))
    return Row(row.kind, row.id, {**row.data, "months": [list(one) for one in months]})


def _bounds_part(row: Row) -> Data:
    names = ("doc", "page", "name", "taken", "published", "decided", "times", "months")
    return {name: row.data[name] for name in names}


def _bounds_rows(_key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    data = members[0].data
    known = stated(data)
    if known:
        when, days, basis = known, Data(), "decided" if data["decided"] else "stated"
    else:
        days = resolved(data["times"], [Months(*one) for one in data["months"]])
        when, basis = _inferred(data, days), "inferred"
    out = {"key": data["doc"], "doc": data["doc"], "page": data["page"], "name": data["name"], "basis": basis}
    return (Row("page_bounds", short_id("b", [data["doc"]]), {**out, **as_data(when), "days": days}),)


def _inferred(data: Mapping[str, Any], days: Mapping[str, Any]) -> When:
    """What the page's own words leave: not before the latest day that it tells of as past."""
    when = when_of(data["published"])
    bound: tuple[str, str] | None = None
    for fact in data["times"]:
        if not fact["past"] or not _behind(fact):
            continue
        known = days.get(fact["value"][:10]) or {"day": _first_day(fact["value"]), "why": ""}
        if known["day"] is None:
            continue
        day = date.fromisoformat(known["day"]) + timedelta(days=1 if fact["since"] and len(fact["value"]) >= 10 else 0)
        told = f"what has been since {fact['text']!r}" if fact["since"] else f"{fact['text']!r} as past"
        reason = f"{data['name']} tells of {told}: not before {day.isoformat()}{known['why']}"
        if bound is None or day.isoformat() > bound[0]:
            bound = day.isoformat(), reason
    if bound is None:
        return when
    found = When(bound[0], None, frozenset(), (bound[1],)).both(when)
    return found or when


def _behind(fact: Mapping[str, Any]) -> bool:
    """A year alone counts only where it stands in the past of a sentence and says so itself: "since 1994"."""
    return len(fact["value"]) >= 7 or bool(fact["since"])


def _first_day(value: str) -> str | None:
    """The first day of a value that has its year."""
    head = value[:10]
    if head[:4].isdigit() and len(head) in (4, 7, 10):
        return (head + "-01-01"[len(head) - 4 :]) if len(head) < 10 else head
    return None


PAGE_BOUNDS = Derivation(
    "page_bounds", "page_bounds/1", lambda row: str(row.data["doc"]), _bounds_rows,
    part=_bounds_part, takes=(KIND,), joins=_bounds_joins, facts=("dated_month",), joined=_bounds_joined,
)  # fmt: skip


def _happening_joins(row: Row) -> tuple[Join, ...]:
    return (("page_bounds", row.data["doc"]),)


def _happening_item(row: Row, facts: Facts) -> Item | None:
    bounds = next(iter(facts["page_bounds", row.data["doc"]]), None)
    if bounds is None:
        return None
    data = {name: row.data[name] for name in ("doc", "name", "text", "last")}
    return Item(tuple(row.data["keys"]), {**data, "saturday": _saturday(row.data, bounds["days"])})


def _saturday(data: Mapping[str, Any], days: Mapping[str, Any]) -> str | None:
    """The Saturday of the weekend that is meant: by the page's day, or by a day of it that stands beside it."""
    value = data["value"]
    if value[0].isdigit():
        return date.fromisocalendar(int(value[:4]), int(value[6:8]), 6).isoformat()
    found = set()
    for near in data["near"]:
        known = near if near[0].isdigit() else (days.get(near) or {}).get("day")
        day = date.fromisoformat(known) if known else None
        if day and day.weekday() >= 5:
            found.add((day - timedelta(days=day.weekday() - 5)).isoformat())
    return found.pop() if len(found) == 1 else None


def _happening_pair(a: Row, b: Row) -> Edge | None:
    left, right = a.data["saturday"], b.data["saturday"]
    if left and right:
        return Edge("same", 1.0, ("the same weekend",)) if left == right else Edge("veto", 1.0, ("two weekends",))
    return Edge("same", 0.9, ("the same talks, counted alike, on a weekend",)) if left or right else None


def _happening_rows(members: tuple[Row, ...], edges: tuple[Edge, ...]) -> tuple[Row, ...]:
    """One row for each page that learns its weekend; none for a page that fits two."""
    ids = {one.id for one in members}
    unsure = {end for edge in edges if edge.kind == "same" for end in (edge.a, edge.b) if not {edge.a, edge.b} <= ids}
    dated = [one for one in members if one.data["saturday"]]
    out = []
    for one in members:
        if one.data["saturday"] or one.id in unsure or not dated:
            continue
        other = dated[0].data
        reason = (
            f"{one.data['name']} tells of {one.data['text']!r}, and {other['name']} of the same talks on the weekend "
            f"of {other['saturday']}"
        )
        data = {"key": one.data["doc"], "saturday": other["saturday"], "last": one.data["last"], "reason": reason}
        out.append(Row("happened", one.id, data))
    return tuple(out)


HAPPENINGS = Closure(
    "happenings", "happenings/1", (HAPPENING,), _happening_item, _happening_pair, _happening_rows,
    _happening_joins, ("page_bounds",),
)  # fmt: skip


def _span_joined(row: Row, facts: Facts) -> Row:
    found = sorted(
        ([one["saturday"], one["last"], one["reason"]] for one in facts.get(("happened", row.data["doc"]), ())),
        key=str,
    )
    return Row(row.kind, row.id, {**row.data, "happened": found})


def _span_rows(_key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    data = {name: value for name, value in members[0].data.items() if name != "happened"}
    when = when_of(data)
    if data["basis"] == "inferred":
        for saturday, last, reason in members[0].data["happened"]:
            first = date.fromisoformat(saturday) + timedelta(days=2 if last else 1)
            until = (first + timedelta(days=6)).isoformat()
            when = when.both(When(first.isoformat(), until, frozenset(), (reason,))) or when
    return (Row("page_span", members[0].id, {**data, **as_data(when)}),)


PAGE_SPANS = Derivation(
    "page_spans", "page_spans/1", lambda row: str(row.data["doc"]), _span_rows,
    takes=("page_bounds",), joins=lambda row: (("happened", row.data["doc"]),), facts=("happened",),
    joined=_span_joined,
)  # fmt: skip


def _dated_joined(row: Row, facts: Facts) -> Row:
    carried = [one for one in facts.get(("said", row.data["doc"]), ()) if one["earliest"]]
    best = max(carried, key=lambda one: (begins(one["earliest"]), one["id"]), default=None)
    said = {"earliest": best["earliest"], "reasons": best["reasons"], "text": best["text"]} if best else None
    return Row(row.kind, row.id, {**row.data, "said": said})


def _dated_rows(_key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    data = {name: members[0].data[name] for name in ("key", "doc", "page", "name", "basis")}
    when, said = when_of(members[0].data), members[0].data["said"]
    inferred = data["basis"] == "inferred"
    if inferred and said and (when.earliest is None or begins(said["earliest"]) > begins(when.earliest)):
        words = f"it carries {said['text']!r}, said not before {said['earliest']}"
        found = when.both(When(said["earliest"], None, frozenset(), (words, *said["reasons"])))
        when = found or when
    return (Row("dated", members[0].id, {**data, **as_data(when), "inferred": inferred}),)


DATES = Derivation(
    "dates", "dates/1", lambda row: str(row.data["doc"]), _dated_rows,
    takes=("page_span",), joins=lambda row: (("said", row.data["doc"]),), facts=("said",), joined=_dated_joined,
)  # fmt: skip

DATE_STAGES = (DATED_MONTHS, PAGE_BOUNDS, HAPPENINGS, PAGE_SPANS, SAYINGS, OCCASIONS, DATES)
"""The strata, in order; they take the rows of `dating` and the claims."""


def dates_of(rows: Iterable[Row]) -> dict[str, When]:
    """The interval of each document, from the `dated` rows."""
    return {row.data["doc"]: when_of(row.data) for row in rows if row.kind == "dated"}
