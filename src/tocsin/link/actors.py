"""Actors: names on any page that are shown to be one actor's, closed into clusters.

A merge needs shown evidence: the same full name in another spelling, order or with a patronymic; two names of one line
of a table; an acronym that a page writes beside the name; a person's decision. What is only likely is suggested. Names
that say that they are two (another given name, two states) are never merged, whatever lies between them. Invariant: an
edge depends on the two names, on their pages' readings of them and on the tables.
"""

from collections import Counter
from functools import cache
from typing import Any

from tocsin.core.ids import short_id
from tocsin.core.rows import Edge, Facts, Item, Join, Row
from tocsin.link.closing import Closure
from tocsin.link.names import name_key
from tocsin.link.namings import shouted
from tocsin.link.office_rows import merged_offices, office_agrees, office_words_of, other_office, same_office
from tocsin.names.bearing import asks, borne_by_many, fits, one_bearer
from tocsin.names.bodies import acronym_letters, acronym_of, bodies, known_body, reordered, shared_by
from tocsin.names.compare import SAME
from tocsin.names.keys import body_keys, land_key, person_keys, surname_key
from tocsin.names.kinds import SPEAKING, is_nobody, kind_of, state_meant, top
from tocsin.names.letters import latin_words
from tocsin.names.likeness import likeness
from tocsin.names.parts import person_name, short_of
from tocsin.names.people import FIRM, people
from tocsin.names.shortened import cut_short, is_people, long_form_of, people_stem
from tocsin.names.states import naming, states

SHORT = ("surname", "short")
"""Shapes of names that are a part of a full one."""
SAME_WORDS = 0.97
"""Score of two bodies' names from which they are one name: the same words in another order or language."""
SURNAME_SHOWN, SURNAME = 0.6, 0.4
"""How likely a bare surname is who bears it: where a page calls him so, and where none does."""
SHOWN_TOGETHER, LETTERS = 0.85, 3
"""Score of an acronym or a short name that stands on one page with the full one, and letters of such an acronym at
least: of two letters too many are somebody's initials."""
SHOWN_BESIDE = 0.9
"""Score of an acronym that a page writes in brackets behind the name."""
CAPITAL = "capital"
"""The office of a place that pages call a land's capital."""
SPEAKS_FOR = 0.85
"""Score of a land and the capital that speaks for it, by a page's words."""
LONG_FORM = 0.9
"""Score of a land's name and its long form (Karvia, Republic of Karvia)."""
ONLY_BEARER = 0.8
"""Score of a short form and the only one in the case who bears it: below every spelling of a full name, so that full
names are united first."""
HOUSEHOLD = 3
"""A surname alone that stands on so many times the pages of its only full name is rather a household name's, whom pages
need not introduce; the full name may be a relative's. Judged, not fitted; raise it when short forms stay apart."""
MOST_NAMES = 60
"""Names and forms of an actor that are listed."""


def _joins(row: Row) -> tuple[Join, ...]:
    """A short form wants the full names that may be its bearer's, a capital that speaks the land whose it is."""
    wanted = _wanted(row.data)
    return (*((("naming", wanted),) if wanted else ()), *(("naming", land) for land in _lands(row.data)))


def _lands(data: dict[str, Any]) -> list[str]:
    """The keys of the lands whose capital pages call a name that speaks; of two lands it stands for none."""
    if not any(data["roles"].get(role) for role in SPEAKING):
        return []
    lands = sorted({name_key(one["of"]) for one in data["offices"] if one["title"] == CAPITAL and one["of"]})
    return lands if len(lands) == 1 else []


def _stands_for(row: Row, facts: Facts) -> list[dict[str, Any]]:
    """The naming of the land that a capital speaks for."""
    found = [one for land in _lands(row.data) for one in facts.get(("naming", land), ())]
    return [one for one in found if one["members"][0] != row.id and one["shape"] in ("body", "surname")]


def _wanted(data: dict[str, Any]) -> str | None:
    return asks(data["names"][0]) if data["shape"] in SHORT else None


def _bearers(row: Row, facts: Facts) -> list[str]:
    """Namings of the one person in the case who can be meant by a short form; none where there are two, or none."""
    wanted = _wanted(row.data)
    found = [one for one in facts.get(("naming", wanted), ()) if one["members"][0] != row.id] if wanted else []
    found = [one for one in found if fits(row.data["names"][0], one["names"][0])]
    found.sort(key=lambda one: (-len(one["members"]), one["members"][0]))
    one = set(one_bearer([each["names"][0] for each in found]))
    ids = [each for each in found if each["names"][0] in one and office_agrees(row.data, each)]
    if short_of(row.data["names"][0]) == "initials":  # another of that letter is not seldom: an office must show it
        ids = [each for each in ids if same_office(row.data, each)]
    pages = {page for each in ids for page in each["pages"]}
    return sorted(each["members"][0] for each in ids) if len(row.data["pages"]) <= HOUSEHOLD * len(pages) else []


def _item(row: Row, facts: Facts) -> Item | None:
    data = row.data
    name = data["names"][0]
    if is_nobody(name):
        return None
    shape = data["shape"]
    meant = state_meant(name, data["roles"])
    keys = body_keys(name) if shape == "body" else person_keys(name)
    if not meant:  # a capital where something happens meets nobody by its state
        keys = tuple(key for key in keys if not key.startswith("z:"))
    if shape == "surname":
        keys = (surname_key(latin_words(name)[0].text),)
    if " " not in name and not is_people(name.casefold()):
        keys += (land_key(people_stem(name.casefold())),)
    if shape == "body":
        keys += tuple(f"n:{name_key(one)}" for one in (*data["beside"], *data["forms"]) if acronym_letters(one))
    lands = _stands_for(row, facts)
    keys += tuple(key for land in lands for key in _plain_keys(land))
    keys += tuple(f"d:{one['rank']}" for one in data["decided"])
    bearers = _bearers(row, facts)
    keys += tuple(f"f:{one}" for one in bearers)
    if any(key not in keys for key in data["keys"]):
        keys += (f"f:{row.id}",)  # whoever asks by another key than those of spelling finds it by its id
    meets = sorted(key for key in set(keys) if not key.startswith(("s:", "f:")))
    keys = tuple(key for key in keys if not key.startswith("i:"))  # who shares such a key shares the surname's
    lands_of = sorted(land["members"][0] for land in lands)
    told = {"meets": meets, "bearers": bearers, "lands": lands_of, "state": meant.state.iso if meant else None}
    return Item(keys, {**data, **told})


def _plain_keys(data: dict[str, Any]) -> tuple[str, ...]:
    """The first key under which a naming is met, by its shape."""
    name = data["names"][0]
    return (body_keys(name)[0],) if data["shape"] == "body" else (surname_key(latin_words(name)[0].text),)


def _pair(a: Row, b: Row) -> Edge | None:
    decided = _decided(a.data, b.data)
    if decided:
        return decided
    for land, capital in ((a, b), (b, a)):
        if land.id in capital.data["lands"]:
            reason = f"a page calls {capital.data['names'][0]} the capital of {land.data['names'][0]}, and it speaks"
            return Edge("same", SPEAKS_FOR, (reason,))
        if capital.data["shape"] == "body" and _long_form(land.data, capital.data):
            reason = f"{capital.data['names'][0]} is a long form of {land.data['names'][0]}"
            return Edge("same", LONG_FORM, (reason,))
    shapes = (a.data["shape"], b.data["shape"])
    if shapes == ("body", "body"):
        return _bodies(a.data, b.data)
    if shapes == ("person", "person"):
        return _people(a.data, b.data)
    for full, bare in ((a, b), (b, a)):
        if full.id in bare.data["bearers"]:
            return Edge("same", ONLY_BEARER, (f"the only bearer of {bare.data['names'][0]} in the case",))
    if "body" in shapes or shapes == ("surname", "surname"):
        return None
    if "surname" not in shapes:
        return _short(a.data, b.data)
    return _surname(b.data, a.data) if shapes[0] == "surname" else _surname(a.data, b.data)


def _decided(a: dict[str, Any], b: dict[str, Any]) -> Edge | None:
    """What people decided of the two, the latest act counting."""
    sides = {one["rank"]: one for one in a["decided"]}
    both = [one for one in b["decided"] if one["rank"] in sides and one["sides"] != sides[one["rank"]]["sides"]]
    if not both:
        return None
    last = max(both, key=lambda one: str(one["rank"]))
    kind = "must" if last["act"] == "merge" else "veto"
    return Edge("must" if kind == "must" else "veto", 1.0, (f"decided: {last['act']}",), rank=last["rank"])


def _people(a: dict[str, Any], b: dict[str, Any]) -> Edge | None:
    if not set(a["meets"]).intersection(b["meets"]):
        return None  # only the surname in common: who is compared with it are bare surnames
    found = people(a["names"][0], b["names"][0])
    if found.apart:
        return Edge("veto", found.score, found.reasons)
    if found.score < SAME:
        return None
    kinds = {top(a["kinds"]), top(b["kinds"])} - {None}
    if found.firm and len(kinds) < 2:
        return Edge("same", found.score, found.reasons or ("the same name",))
    return Edge("maybe", found.score, found.reasons)


def _short(a: dict[str, Any], b: dict[str, Any]) -> Edge | None:
    """Given name and patronymic beside another name. A surname that the other lacks is no evidence for two people, so
    only two of them can be."""
    found = _people(a, b)
    if found is None or (found.kind == "veto" and a["shape"] != b["shape"]):
        return None
    return found if a["shape"] == b["shape"] else Edge("maybe", found.score, found.reasons)


def _surname(full: dict[str, Any], bare: dict[str, Any]) -> Edge | None:
    tokens = person_name(full["names"][0]).tokens
    word = latin_words(bare["names"][0])[0]
    like = max((likeness(word, tokens[i].word).score for i in (0, -1) if tokens[i].role == "name"), default=0.0)
    if like < FIRM:
        return None
    shown = bare["key"] in {name_key(form) for form in full["forms"]}
    reason = f"{full['names'][0]} is called so on a page" if shown else "the surname alone"
    return Edge("maybe", SURNAME_SHOWN if shown else SURNAME, (reason,))


def _bodies(a: dict[str, Any], b: dict[str, Any]) -> Edge | None:
    one, other = a["names"][0], b["names"][0]
    if a["state"] and b["state"]:
        return _states(a, b)
    listed, others = known_body(one), known_body(other)
    if listed and others:
        same = listed[0] == others[0]
        return Edge("same", 0.95, ("one body by the table",)) if same else Edge("veto", 0.0, ("two by the table",))
    for short, long in ((a, b), (b, a)):
        shown = _beside(short, long)
        if shown:
            return Edge("same", SHOWN_BESIDE, (shown,))
        together = _together(short, long)
        if together:
            return Edge("same", SHOWN_TOGETHER, (together,))
        if acronym_of(short["names"][0], long["names"][0]):
            return Edge("maybe", SAME, (f"{short['names'][0]} could stand for {long['names'][0]}",))
    found = bodies(one, other)
    if found.score >= SAME_WORDS and _kinds_agree(a, b) and not reordered(one, other):
        return Edge("same", found.score, found.reasons or ("the same words",))
    return Edge("maybe", found.score, found.reasons) if found.score >= SAME else None


def _long_form(short: dict[str, Any], long: dict[str, Any]) -> bool:
    """Whether one name is a land's, the other its long form. What may be a surname needs a page that has both; states
    of the table are told by it alone (Dominica is not the Dominican Republic)."""
    word, land = short["names"][0].casefold(), long_form_of(long["names"][0])
    if land is None or naming(short["names"][0]) or naming(long["names"][0]):
        return False
    shown = short["shape"] == "body" or bool(set(short["pages"]) & set(long["pages"]))
    return shown and " " not in word and people_stem(word) == land and not is_people(word)


def _together(short: dict[str, Any], long: dict[str, Any]) -> str | None:
    """How one page that has both names shows that the one is short for the other."""
    one, other = short["names"][0], long["names"][0]
    if not set(short["pages"]) & set(long["pages"]) or shared_by(one):
        return None
    if len(acronym_letters(one)) >= LETTERS and acronym_of(one, other) == "initials":
        return f"a page has both {one} and {other}, whose initials it is"
    return f"a page has both {other} and {one} for short" if cut_short(one, other) else None


def _kinds_agree(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """A place and what bears its name are two."""
    if None in (top(a["kinds"]), top(b["kinds"])) and a["key"] != b["key"]:
        return True  # the same words in another order, of which no reading says that they are another thing
    return ("place" in (top(a["kinds"]), top(b["kinds"]))) == (top(a["kinds"]) == top(b["kinds"]) == "place")


def _states(a: dict[str, Any], b: dict[str, Any]) -> Edge:
    if a["state"] != b["state"]:
        return Edge("veto", 0.0, ("two states",))
    reasons = tuple(
        f"{one['names'][0]}: {meant.reason}" for one in (a, b) if (meant := naming(one["names"][0])) is not None
    )
    return Edge("same", 0.95, reasons)


def _beside(short: dict[str, Any], long: dict[str, Any]) -> str | None:
    """How a page shows that the acronym `short` is `long`: in brackets behind it, or as its other form."""
    letters = acronym_letters(short["names"][0])
    if not letters or acronym_letters(long["names"][0]):
        return None
    for words in long["beside"]:
        if acronym_letters(words) == letters:
            return f"a page writes {long['names'][0]} ({words})"
    for words in long["forms"]:
        if acronym_letters(words) == letters:
            return f"a page calls {long['names'][0]} {words} too"
    if any(name_key(words) == long["key"] for words in short["beside"]):
        return f"a page writes {short['names'][0]} ({long['names'][0]})"
    return None


def _rows(members: tuple[Row, ...], edges: tuple[Edge, ...]) -> tuple[Row, ...]:
    ids = {row.id for row in members}
    names, roles, kinds = Counter[str](), Counter[str](), Counter[str]()
    for row in members:
        weight = len(row.data["members"])
        names.update(dict.fromkeys(row.data["names"], weight))
        roles.update(row.data["roles"])
        kinds.update(row.data["kinds"])
    shown = _shown_first(names)
    united = [edge for edge in edges if edge.kind in ("must", "same") and {edge.a, edge.b} <= ids]
    state = next((row.data["state"] for row in members if row.data["state"]), None)
    cow = _cow(state)
    data: dict[str, Any] = {
        "name": shown[0],
        "names": _with_forms(shown, members)[:MOST_NAMES],
        "key": min(_canonical(row) for row in members),
        "kind": "state" if any(row.data["lands"] for row in members[1:]) else kind_of(shown, kinds, roles),
        "codes": {"iso3": state, "cow": cow} if state else {},
        "offices": merged_offices(members),
        "roles": dict(sorted(roles.items())),
        "pages": sorted({page for row in members for page in row.data["pages"]}),
        "members": sorted(member for row in members for member in row.data["members"]),
        "reasons": sorted({reason for edge in united for reason in edge.reasons}),
    }
    rows = [Row("actor", members[0].id, data)]
    rows += [_alias(row, members[0].id, data) for row in members]
    rows += [_split(row, reason) for row in members if (reason := _may_be_two(row.data))]
    rows += [_suggestion(edge) for edge in edges if edge.kind == "maybe" and edge.a in ids and edge.b not in ids]
    return tuple(rows)


def _shown_first(names: Counter[str]) -> list[str]:
    """A state's own names before what stands for it, quiet spellings before shouted ones, full names before bare
    ones, then the most frequent, then the longest."""

    lands = {land for name in names if (land := long_form_of(name))}

    def rank(name: str) -> tuple[bool, bool, bool, int, int, str]:
        tokens = person_name(name).tokens
        meant = naming(name)
        full = sum(1 for token in tokens if token.role == "name") > 1 or bool(meant) or not tokens
        bare = not full and not acronym_letters(name)
        state = (meant is not None and meant.sense == "name") or people_stem(name.casefold()) in lands
        return (not state, shouted(name), bare, -names[name], -len(name), name)

    return sorted(names, key=rank)


def _with_forms(shown: list[str], members: tuple[Row, ...]) -> list[str]:
    """The names, then the forms in which their pages use them."""
    forms = Counter[str]()
    for row in members:
        forms.update(form for form in row.data["forms"] if not is_nobody(form))
    return list(dict.fromkeys([*shown, *sorted(forms, key=lambda form: (-forms[form], form))]))


def _canonical(row: Row) -> str:
    """The key that stands for a naming; one that a person split off has its own."""
    return f"{row.data['key']} #{row.id}" if row.data["docs"] is not None else str(row.data["key"])


def _alias(row: Row, actor_id: str, actor: dict[str, Any]) -> Row:
    data = {
        "key": row.data["key"],
        "docs": row.data["docs"],
        "actor": actor["key"],
        "id": actor_id,
        "name": actor["name"],
        "kind": actor["kind"],
        "codes": actor["codes"],
    }
    return Row("alias", short_id("k", [row.id]), data)


def _suggestion(edge: Edge) -> Row:
    data = {"what": "merge", "a": edge.a, "b": edge.b, "score": edge.score, "reasons": list(edge.reasons)}
    return Row("suggestion", short_id("q", [edge.a, edge.b]), data)


def _may_be_two(data: dict[str, Any]) -> str | None:
    """Why one name on several pages may be two actors': the pages are kept together, but not silently."""
    if len(data["pages"]) < 2 or data["docs"] is not None:
        return None
    if data["shape"] == "body":
        return shared_by(data["names"][0])
    if borne_by_many(data["names"][0]):
        return f"{data['names'][0]}: very many people bear this name"
    held = data["offices"]
    for n, one in enumerate(held):
        for other in held[n + 1 :]:
            if not set(one["pages"]) & set(other["pages"]) and other_office(one, other):
                return f"{office_words_of(one)} on one page, {office_words_of(other)} on another"
    return None


def _split(row: Row, reason: str) -> Row:
    data = {"what": "split", "a": row.id, "b": row.id, "score": 1 - SAME, "reasons": [reason]}
    return Row("suggestion", short_id("q", [row.id, row.id]), data)


@cache
def _cow(iso: str | None) -> int | None:
    return next((state.cow for state in states() if state.iso == iso), None)


ACTORS = Closure("actors", "actors/7", ("naming",), _item, _pair, _rows, joins=_joins, facts=("naming",))
