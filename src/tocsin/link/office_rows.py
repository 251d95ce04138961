"""The offices of an actor over all pages: each once, and which two are not one.

Invariant: functions of the namings' offices alone, `{title, of, pages}`.
"""

from typing import Any

from tocsin.core.rows import Row
from tocsin.link.names import name_key
from tocsin.names.bearing import office_words
from tocsin.names.bodies import bodies
from tocsin.names.compare import SAME


def merged_offices(members: tuple[Row, ...]) -> list[dict[str, Any]]:
    """The offices of an actor, each once, those of most pages first; one without its owner stands for itself only where
    no page says whose it is."""
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for row in members:
        for one in row.data["offices"]:
            key = ((one["title"] or "").casefold(), name_key(one["of"] or ""))
            held = merged.setdefault(key, {"title": one["title"], "of": one["of"], "pages": []})
            held["pages"] = sorted({*held["pages"], *one["pages"]})
    owned = {title: key for key in sorted(merged) for title in (key[0],) if key[1]}
    for key in [one for one in merged if not one[1] and one[0] in owned]:
        pages = merged.pop(key)["pages"]
        if sum(1 for title, of in merged if title == key[0]) == 1:
            held = merged[owned[key[0]]]
            held["pages"] = sorted({*held["pages"], *pages})
    return [merged[key] for key in sorted(merged, key=lambda key: (-len(merged[key]["pages"]), key))]


def other_office(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two offices are another one: no word of theirs in common, or the same of two owners."""
    titles = [office_words(each["title"] or "") for each in (one, other)]
    if not all(titles):
        return False
    if not titles[0] & titles[1]:
        return True
    owners = [each["of"] for each in (one, other)]
    return all(owners) and bodies(*owners).score < SAME


def office_agrees(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether some office of the one can be one of the other's, or either has none."""
    pairs = [(one, other) for one in a["offices"] for other in b["offices"]]
    return not pairs or not all(other_office(one, other) for one, other in pairs)


def same_office(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether pages give both an office of the same words, of no two owners."""
    pairs = [(one, other) for one in a["offices"] for other in b["offices"]]
    return any(
        office_words(one["title"] or "") & office_words(other["title"] or "") and not other_office(one, other)
        for one, other in pairs
    )


def office_words_of(one: dict[str, Any]) -> str:
    """An office as it is shown."""
    return f"{one['title']} of {one['of']}" if one["of"] else str(one["title"])
