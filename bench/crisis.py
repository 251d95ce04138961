"""The bundled crisis, page by page: every layer that Tocsin reads, against marks by readers who had not seen its code.

Each function gives counts of one page; a figure is a statistic of their sum, its interval comes from resampling pages.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.crisis_gold import MarkedPage, aliases, lost, marked_pages, on_page
from bench.figures import Counts, Figure, Statistic, exact, interval, sampled, share, told, total
from bench.matching import SameName, Words, f1, pairs
from bench.room import Room

CONTENT_MET = 0.6
"""Token-F1 from which a content is met, as `score_pages.py` has it."""
ACTION_MET = 0.5
"""Token-F1 from which an action, a condition, a time or a forecast is met, as `gold/COMMITMENTS.md` has it."""
TITLE_MET = 0.8
"""Share of words in common from which a title or a byline is the gold's: an outlet's name may stand behind a title."""
BODY = frozenset(("standfirst", "body", "subhead"))
PAGE_FIELDS = ("title", "outlet", "byline", "language")
UNNAMED = "unnamed"
"""How the gold calls a speaker whom the page does not name in any way: no name is the right reading of that, too."""
GIVEN = ("said_by", "deadline", "instrument", "target")
"""Details that many commitments do not have: scored by F1 over those given, so that silence earns nothing."""


def crisis(room: Room) -> list[Figure]:
    """Lines, metadata, dates, times, attributions, speakers, relays, commitments and forecasts of the bundled pages."""
    pages, same = marked_pages(room), SameName(aliases())
    units = [_counts(page, same) for page in pages]
    got = total(units)

    def figure(name: str, statistic: Statistic, anchor: str = "") -> Figure:
        return sampled(name, statistic(got), lambda: interval(units, statistic), anchor=anchor)

    return [
        exact("marks_lost", lost(pages), 0, "lower"),
        figure("labels", share("labels", "lines")),
        figure("body_f1", f_of("body_met", "body_found", "body")),
        figure("metadata", share("metadata_met", "metadata")),
        figure("published", share("published_met", "published")),
        figure("attribution_recall", share("met", "attributions")),
        figure("attribution_f1", f_of("met", "attributions_found", "attributions")),
        figure("nested_recall", share("nested_met", "nested"), "outer and inner, linked"),
        figure("nested_precision", share("nested_met", "nested_found"), "of those between two that are met"),
        figure("source", share("source", "sources")),
        figure("speaker", share("speaker", "met")),
        figure("via_r", share("via_met", "via")),
        figure("via_read_r", share("via_met", "via_read"), "of attributions met"),
        figure("via_p", share("via_met", "via_found")),
        figure("times_f1", f_of("times_met", "times_found", "times")),
        figure("time_bounds", share("time_bounds", "times_met"), "of those met"),
        figure("commitments_f1", f_of("commitments_met", "commitments_found", "commitments")),
        figure("conditional_f1", f_of("conditional_met", "conditional_found", "conditional")),
        figure("conditions_f1", f_of("conditions_met", "conditions_found", "conditions")),
        figure("commitment_will_not", f_of("will_not_met", "will_not_found", "will_not"), "F1 of those met"),
        figure("commitment_kind", share("kind_right", "commitments_met"), "of those met"),
        *(
            figure(f"commitment_{name}", f_of(f"{name}_met", f"{name}_found", name), "F1 of those met")
            for name in GIVEN
        ),
        told("forecast_recall", share("forecasts_met", "forecasts")(got), anchor="issue 8"),
    ]


def f_of(met: str, found: str, gold: str) -> Statistic:
    """F1 from three counts."""

    def statistic(counts: Counts) -> float:
        both = counts.get(found, 0.0) + counts.get(gold, 0.0)
        return 2 * counts.get(met, 0.0) / both if both else 0.0

    return statistic


def _counts(page: MarkedPage, same: SameName) -> dict[str, float]:
    words = Words(page.reading["text"])
    out: dict[str, float] = {}
    for reader in (lines, metadata, attributions, times, commitments, forecasts):
        out |= reader(page, words, same)
    return out


def lines(page: MarkedPage, words: Words, _same: SameName) -> dict[str, float]:
    """Labels of lines, and the article's words."""
    read = page.reading["lines"]
    marked = on_page("lines", page.name)
    right, want = 0, list[list[int]]()
    for mark in marked:
        found_at = page.ranges([mark])
        if not found_at:
            continue
        place = found_at[0]
        label = next((one["label"] for one in read if one["start"] <= place[0] < max(one["end"], one["start"] + 1)), "")
        right += label == mark["label"]
        want += [place] if mark["label"] in BODY else []
    gold, found = words.of(want), words.of(page.reading["body"])
    return {
        "labels": right,
        "lines": len(marked),
        "body_met": len(gold & found),
        "body": len(gold),
        "body_found": len(found),
    }


def metadata(page: MarkedPage, _words: Words, same: SameName) -> dict[str, float]:
    """Title, outlet, byline and language where the page shows them; the days between which it was published."""
    (mark,) = on_page("pages", page.name)
    title = " ".join(piece["exact"] for piece in mark["title"] or ())
    wanted = {"title": title or None, **{name: mark[name] for name in PAGE_FIELDS[1:]}}
    met = sum(_alike(name, wanted[name], page.reading.get(name), same) for name in PAGE_FIELDS if wanted[name])
    shown = page.reading["published"]
    published = all((shown[end] or "")[:10] == (mark["published"][end] or "") for end in ("earliest", "latest"))
    return {
        "metadata": sum(bool(wanted[name]) for name in PAGE_FIELDS),
        "metadata_met": met,
        "published": 1,
        "published_met": published,
    }


def _alike(name: str, wanted: str, read: str | None, same: SameName) -> bool:
    if not read:
        return False
    if name in ("title", "byline"):
        return f1(_bag(wanted), _bag(read)) >= TITLE_MET
    return same(wanted, read) if name == "outlet" else wanted == read


def _bag(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


def attributions(page: MarkedPage, words: Words, same: SameName) -> dict[str, float]:
    """Who said what, through whom; and the nested ones whose outer one was found too and linked."""
    gold, found = on_page("attributions", page.name), page.reading["attributions"]
    want = [words.of(page.ranges(one["content"])) for one in gold]
    have = [words.of(one["content"]) for one in found]

    def score(i: int, j: int) -> float:
        content = f1(want[i], have[j])
        return content + 0.01 * same(gold[i]["speaker"], found[j]["speaker"]) if content >= CONTENT_MET else 0.0

    met = dict(pairs(range(len(gold)), range(len(found)), score, CONTENT_MET))
    place = {one["id"]: i for i, one in enumerate(gold)}
    ids = {one["id"]: j for j, one in enumerate(found)}
    nested = [(i, place[one["within"]]) for i, one in enumerate(gold) if one["within"]]
    out: dict[str, float] = {
        "attributions": len(gold),
        "attributions_found": len(found),
        "met": len(met),
        "nested": len(nested),
        "nested_met": sum(i in met and k in met and ids.get(found[met[i]]["within"]) == met[k] for i, k in nested),
        "nested_found": sum(ids.get(found[j]["within"]) in met.values() for j in met.values()),
        "via": sum(len(one["via"]) for one in gold),
        "via_found": sum(len(found[j]["via"]) for j in met.values()),
    }
    for i, j in met.items():
        one, other = gold[i], found[j]
        nobody = not one["speaker"] or one["speaker"].startswith(UNNAMED)
        _count(out, "speaker", same(one["speaker"], other["speaker"]) or (nobody and not other["speaker"]))
        via = [hop["actor"] for hop in one["via"]]
        _count(out, "via_read", len(via))
        _count(out, "via_met", len(pairs(via, other["via"], lambda a, b: float(same(a, b)), 1)))
        if one["source"]:
            _count(out, "sources", 1)
            _count(out, "source", f1(words.of(page.ranges(one["source"])), words.of(other["source"])) >= ACTION_MET)
    return out


def _count(counts: dict[str, float], name: str, value: float) -> None:
    counts[name] = counts.get(name, 0) + value


def times(page: MarkedPage, words: Words, _same: SameName) -> dict[str, float]:
    """Time expressions, and of those found the share whose days are the gold's."""
    gold, found = on_page("times", page.name), page.reading["times"]
    want = [words.of(page.ranges(one["span"])) for one in gold]
    have = [words.of(_as_ranges(one["span"])) for one in found]
    met = pairs(want, have, f1, ACTION_MET)
    right = sum(_days(gold[i]) == _days(found[j].get("when") or found[j]) for i, j in met)
    return {"times": len(gold), "times_found": len(found), "times_met": len(met), "time_bounds": right}


def _days(when: Mapping[str, Any]) -> tuple[str, str]:
    return (when.get("earliest") or "")[:10], (when.get("latest") or "")[:10]


def _as_ranges(span: Any) -> Sequence[Sequence[int]]:
    return [span] if span and isinstance(span[0], int) else span or []


def commitments(page: MarkedPage, words: Words, same: SameName) -> dict[str, float]:
    """Commitments, those with conditions, their conditions and details; matched as `gold/COMMITMENTS.md` says."""
    gold, found = on_page("commitments", page.name), page.reading["commitments"]
    met = commitment_pairs(page, words, same)
    out: dict[str, float] = {
        "commitments": len(gold),
        "commitments_found": len(found),
        "commitments_met": len(met),
        "conditional": sum(bool(one["conditions"]) for one in gold),
        "conditional_found": sum(bool(one["conditions"]) for one in found),
        "conditional_met": sum(bool(gold[i]["conditions"]) and bool(found[j]["conditions"]) for i, j in met),
        "conditions": sum(len(one["conditions"]) for one in gold),
        "conditions_found": sum(len(one["conditions"]) for one in found),
    }
    for i, j in met:
        one, other = gold[i], found[j]
        want = [words.of(page.ranges(each["span"])) for each in one["conditions"]]
        have = [words.of(each["span"]) for each in other["conditions"]]
        _count(out, "conditions_met", len(pairs(want, have, f1, ACTION_MET)))
        will_not = one["polarity"] == "will_not", other["polarity"] == "will_not"
        _count(out, "will_not", will_not[0])
        _count(out, "will_not_found", will_not[1])
        _count(out, "will_not_met", all(will_not))
        _count(out, "kind_right", one["kind"] == other["kind"])
        for name in GIVEN:
            _count(out, name, bool(one[name]))
            _count(out, f"{name}_found", bool(other[name]))
            _count(out, f"{name}_met", _detail(name, page, words, same, (one, other)))
    return out


def _detail(
    name: str, page: MarkedPage, words: Words, same: SameName, pair: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> bool:
    one, other = pair[0][name], pair[1][name]
    if not one or not other:
        return False
    if name == "deadline":
        return f1(words.of(page.ranges(one)), words.of(_as_ranges(other))) >= ACTION_MET
    said = other if isinstance(other, str) else " ".join(page.reading["text"][start:end] for start, end in other)
    return same(one, said)


def commitment_pairs(page: MarkedPage, words: Words, same: SameName) -> list[tuple[int, int]]:
    """Which gold commitment of a page was found as which: actions and holders overlap by half, or holders are one by
    name."""
    gold, found = on_page("commitments", page.name), page.reading["commitments"]
    want = [words.of(page.ranges(one["action"])) for one in gold]
    have = [words.of(one["action"]) for one in found]

    def score(i: int, j: int) -> float:
        one, other = gold[i], found[j]
        held = f1(words.of(page.ranges(one["holder"])), words.of(other["holder"] or ())) >= ACTION_MET
        named = same(one["holder_name"], other["holder_name"])
        nobody = not one["holder"] and not one["holder_name"]
        return f1(want[i], have[j]) if held or named or nobody else 0.0

    return pairs(range(len(gold)), range(len(found)), score, ACTION_MET)


def forecasts(page: MarkedPage, words: Words, _same: SameName) -> dict[str, float]:
    """Forecasts by their words."""
    gold, found = on_page("forecasts", page.name), page.reading["forecasts"]
    want = [words.of(page.ranges(one["span"])) for one in gold]
    met = pairs(want, [words.of(_as_ranges(one["span"])) for one in found], f1, ACTION_MET)
    return {"forecasts": len(gold), "forecasts_met": len(met)}
