"""Sayings: the claims of one speaker in the same words that their pages date alike, before anything is compared.

Wire copy stands on a thousand pages: what a thousand say alike is one thing to compare, not half a million pairs.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tocsin.core.ids import digest
from tocsin.core.rows import Facts, Join, Row
from tocsin.core.when import When
from tocsin.link.bounds import as_data
from tocsin.link.dating import KIND, speaker_of
from tocsin.link.derive import Derivation
from tocsin.link.occasions import LEAST, figures, names, sketch, stems


def _joins(row: Row) -> tuple[Join, ...]:
    if row.data["own_voice"] or not row.data["speaker"]:
        return ()
    return (("page_span", row.data["doc"]), (KIND, row.data["doc"]))


def _joined(row: Row, facts: Facts) -> Row:
    """A claim with what it says and when, as far as its page tells; without where it is of no use here."""
    return Row(row.kind, row.id, {"saying": _saying(row, facts)})


def _saying(row: Row, facts: Facts) -> dict[str, Any] | None:
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
    met = len(about) >= LEAST and not row.data.get("crowded")
    return {
        "doc": row.data["doc"],
        "speaker": speaker,
        "own": own,
        "keys": list(sketch(speaker, about)) if met else [],
        "stems": sorted(about),
        "names": names(row.data["text"]),
        "figures": figures(row.data["text"]),
        "text": row.data["text"],
        **as_data(when),
    }


def _key(row: Row) -> str | None:
    """What is compared goes by its words and when its page lets them have been said; what is not, by itself."""
    data = row.data["saying"]
    if data is None:
        return None
    said = [data[name] for name in ("speaker", "keys", "stems", "names", "figures", "earliest", "latest", "weekdays")]
    return digest(said) if data["keys"] else row.id


def _part(row: Row) -> dict[str, Any]:
    return dict(row.data["saying"])


def _saying_rows(_key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    data = {name: value for name, value in members[0].data.items() if name != "doc"}
    data["own"] = any(one.data["own"] for one in members)
    data["claims"] = [[one.id, one.data["doc"]] for one in members]
    return (Row("saying", members[0].id, data),)


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


SAYINGS = Derivation(
    "sayings", "sayings/2", _key, _saying_rows, _part,
    takes=("claim",), joins=_joins, facts=("page_span", KIND), joined=_joined,
)  # fmt: skip
