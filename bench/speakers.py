"""Who a pronoun, a role or a possessive source is: PolNeAR dev pages marked before the code, blind to it.

`bench/blind/speakers_polnear.jsonl` holds page, offsets and labels. A mark without a name says that the page names
nobody there: right is then no name, or words that name nobody, or the source's own words. Answered is what names
somebody.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figures import Figure, ratio, share, told
from bench.matching import SameName, plain
from bench.pages import packed
from bench.room import ROOT, Room, read_jsonl

MARKS = ROOT / "bench" / "blind" / "speakers_polnear.jsonl"
PAGES = "polnear/dev.jsonl.gz"
FORMS = ("pronoun", "role", "possessive")
"""The forms of the issue's figure; collectives, whom nobody can name, are told apart."""
NEEDED, ANSWERED = 0.80, 0.90

Mark = Mapping[str, Any]


def texts(room: Room) -> dict[str, str]:
    """The texts of the marked pages, by page."""
    wanted = {mark["page"] for mark in marks()}
    found = ((one["id"].removesuffix(".txt"), one["text"]) for one in packed(room.at(PAGES)))
    return {name: text for name, text in found if name in wanted}


def marks() -> list[Mark]:
    """Every mark."""
    return list(read_jsonl(MARKS))


def right(mark: Mark, words: str, answer: str | None) -> bool:
    """Whether an answer is what the mark says. `words` are the source's own."""
    if mark["name"] is not None:
        names = (mark["name"], *mark["also"])
        same = SameName({mark["name"]: mark["also"]})
        return answer is not None and any(same(one, answer) for one in names)
    if answer is None or plain(answer) in plain(words):
        return True
    return not named(answer, mark, words)


def named(answer: str, mark: Mark, words: str) -> bool:
    """Whether an answer names somebody: it holds a capital that neither the source's words nor those whose role it is
    said to be account for. A body's spokesman without a name may be answered by the body."""
    own = set(plain(words).split()) | set(plain(mark.get("role_of") or "").split())
    if mark.get("role_of") and plain(answer) == plain(mark["role_of"]):
        return "spokes" not in words.lower()
    rest = [word for word in answer.split() if plain(word) and not set(plain(word).split()) <= own | {"s"}]
    return any(word[0].isupper() for word in rest)


def counts(mark: Mark, words: str, answer: str | None) -> Counter[str]:
    """What one answer adds to its page: by form, and over the forms of the issue's figure."""
    out: Counter[str] = Counter()
    met = right(mark, words, answer)
    given = answer is not None and named(answer, mark, words)
    for name in (mark["form"], *(["forms"] if mark["form"] in FORMS else []), "all"):
        out[name] += 1
        out[f"{name}_right"] += met
        out[f"{name}_given"] += given
        out[f"{name}_given_right"] += met and given
    return out


def speakers(room: Room) -> list[Figure]:
    """Right of all and of those answered: given the source's span, and end to end through `tocsin read`."""
    pages = texts(room)
    by_page: dict[str, list[Mark]] = {name: [] for name in sorted(pages)}
    for mark in marks():
        by_page.setdefault(mark["page"], []).append(mark)
    given, through = _given(by_page, pages), _through(room, by_page, pages)
    figures = [
        ratio("right", given, share("forms_right", "forms"), anchor="pronouns, roles, possessives", bar=NEEDED),
        ratio("right_of_answered", given, share("forms_given_right", "forms_given"), bar=ANSWERED),
        ratio("pronouns", given, share("pronoun_right", "pronoun")),
        ratio("roles", given, share("role_right", "role")),
        ratio("collectives", given, share("collective_right", "collective")),
        ratio("end_to_end", through, share("forms_right", "forms"), anchor="source not met: not right"),
    ]
    answered = share("forms_given", "forms")
    return [*figures, told("answered", answered(sum((Counter(one) for one in given), Counter())))]


def _given(by_page: Mapping[str, Sequence[Mark]], pages: Mapping[str, str]) -> list[dict[str, float]]:
    """The resolver asked for each marked span, on the page's own annotations."""
    from tocsin.annotate.resolver import Resolver

    units: list[dict[str, float]] = []
    for name, doc in _documents(pages):
        resolver, unit = Resolver(doc), Counter[str]()
        for mark in by_page[name]:
            start, end = mark["source"][0][0], mark["source"][-1][1]
            unit += counts(mark, pages[name][start:end], resolver.refer(start, end).name)
        units.append({key: float(count) for key, count in unit.items()})
    return units


def _documents(pages: Mapping[str, str]) -> list[tuple[str, Any]]:
    """The pages with their layers."""
    import tempfile

    from tocsin import pipeline
    from tocsin.core.document import Document

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.jsonl"
        rows = [json.dumps({"id": name, "text": pages[name]}) for name in sorted(pages)]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        options = pipeline.take_options("2026-01-01T00:00:00Z", {})
        read = [one for one in pipeline.readings([str(path)], options) if isinstance(one, Document)]
    return [(doc.capture.name, doc) for doc in read]


def _through(room: Room, by_page: Mapping[str, Sequence[Mark]], pages: Mapping[str, str]) -> list[dict[str, float]]:
    """The speakers that `tocsin read` gives to the attributions whose source is the marked one."""
    records = [{"id": name, "text": pages[name]} for name in sorted(pages)]
    units: list[dict[str, float]] = []
    for reading in room.read_records("speakers", records):
        name = reading["page"]
        found = {(one["source"][0][0], one["source"][-1][1]): one for one in reading["attributions"] if one["source"]}
        unit = Counter[str]()
        for mark in by_page[name]:
            start, end = mark["source"][0][0], mark["source"][-1][1]
            met = found.get((start, end)) or next(
                (one for (a, b), one in found.items() if a <= start and end <= b), None
            )
            words = pages[name][start:end]
            unit += counts(mark, words, met["speaker"]) if met else Counter(_missed(mark))
        units.append({key: float(count) for key, count in unit.items()})
    return units


def _missed(mark: Mark) -> dict[str, int]:
    return dict.fromkeys((mark["form"], *(["forms"] if mark["form"] in FORMS else []), "all"), 1)
