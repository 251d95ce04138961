"""How people read one thing on a terminal: its words on each page, the chain behind them, and what became of it."""

from typing import Any

from tocsin.api import phrasing
from tocsin.api.views import Commitment
from tocsin.cli import boards
from tocsin.cli.chains import tree
from tocsin.cli.quoting import dated, quoted, short
from tocsin.cli.terminal import harmless, paint, wrapped
from tocsin.core.when import When
from tocsin.core.wording import OPERATOR_WORDS

MOST_USES = 40
"""Places where an actor's name stands that are shown; --json has all."""


def shown(one: dict[str, Any]) -> None:
    """One thing in full."""
    if one["kind"] == "document":
        _document(one)
    elif one["kind"] == "actor":
        _actor(one)
    elif one["kind"] == "source":
        _source(one)
    elif one["kind"] == "situation":
        boards.situation(one["situation"], None)
        _named(one["situation"].named)
    elif one["kind"] == "evidence":
        _evidence(one)
    else:
        _cluster(one)


def _cluster(one: dict[str, Any]) -> None:
    """A statement or a commitment, then each of its members."""
    if one.get("commitment") is not None:
        boards.commitment(one["commitment"], "", None)
        _history(one["commitment"])
        print()
    elif one["kind"] == "statement":
        said = _when(one["said"])
        print(wrapped(f"{paint(harmless(one['speaker'] or 'nobody named'), 'bold')}: {quoted(one['text'])}", "", "  "))
        rating = one["credibility"]
        by = f" by {harmless(rating['by'])}, {rating['made']}" if rating["by"] else ": nobody has judged it"
        print(wrapped(f"said {dated(said)}; credibility {rating['code']}{by}", "  ", "  "))
        for reason in said.reasons:
            print(wrapped(paint(harmless(reason), "dim"), "    ", "  "))
    for member in one["members"]:
        _member(member)


def _history(one: Commitment) -> None:
    for step in one.history:
        by = f" by {harmless(step.by)}" if step.by else ""
        print(wrapped(f"{harmless(phrasing.step(step))}{by} · {harmless(step.page)}", "    ", "  "))
        if step.words is not None:
            print(wrapped(paint(quoted(step.words.text), "dim"), "      ", "  "))


def _named(places: Any) -> None:
    for one in places:
        absent = " (names that it does not come about)" if one.absent else ""
        who = f"{harmless(one.teller)} · " if one.teller else ""
        telling = f"  {paint(short(one.telling), 'dim')}" if one.telling else ""
        print(wrapped(f"named {quoted(one.words.text)}{absent}  {who}{harmless(one.page)}{telling}", "    ", "  "))


def _evidence(one: dict[str, Any]) -> None:
    told = one["evidence"]
    if told is not None:
        print(wrapped(boards.reported(told), "", "  "))
        print(wrapped(f"on page {harmless(told.page or 'not known')}", "    "))
    if one["reasons"]:
        print(wrapped(f"matched because it {harmless(', '.join(one['reasons']))}", "    "))
    if one["situation"] is not None:
        boards.situation(one["situation"])


def _actor(one: dict[str, Any]) -> None:
    codes = "".join(
        f", {name} {code}"
        for name, code in (("ISO", one["codes"].get("iso3")), ("COW", one["codes"].get("cow")))
        if code
    )
    print(paint(harmless(one["name"]), "bold"), f"{one['sort'] or 'kind not known'}{codes}", paint(one["id"], "dim"))
    print(wrapped(f"names: {', '.join(harmless(name) for name in one['names'])}", "  ", "  "))
    for office in one["offices"]:
        of = f" of {harmless(office['of'])}" if office["of"] else ""
        print(wrapped(f"office: {harmless(office['title'])}{of}", "  ", "  "))
    print(f"  roles: {', '.join(f'{role} {count}' for role, count in one['roles'].items())}")
    for reason in one["reasons"]:
        print(wrapped(f"one because: {harmless(reason)}", "  ", "  "))
    for other in one["maybe"]:
        why = "; ".join(harmless(reason) for reason in other.reasons)
        head = f"may be {paint(harmless(other.name), 'yellow')} {short(other.id)} ({other.score:.2f}: {why})"
        print(wrapped(head, "  ", "  "))
    if one["source"]:
        _source({**one["source"], "id": one["id"]}, "  ")
    for use in one["uses"][:MOST_USES]:
        print(wrapped(harmless(use["text"]), "    ", "  "))
        print(paint(f"      {harmless(use['page'])}", "dim"))
    if len(one["uses"]) > MOST_USES:
        print(f"    and {len(one['uses']) - MOST_USES} more places")


def _source(one: dict[str, Any], indent: str = "") -> None:
    rating, entry = one["reliability"], one["register"]
    by = f" by {harmless(rating['by'])}, {rating['made']}" if rating["by"] else ": nobody has rated it"
    roles = ", ".join(f"{role} {count}" for role, count in one["roles"].items())
    print(wrapped(f"as a source: {harmless(one['name'])}, {roles}; reliability {rating['code']}{by}", indent, "  "))
    if entry:
        facts = [harmless(str(entry[name])) for name in ("kind", "country", "owner") if entry.get(name)]
        print(wrapped(f"register: {', '.join(facts)}", indent, "  "))
    for reason in one["reasons"]:
        print(wrapped(paint(harmless(reason), "dim"), indent + "  ", "  "))


def _document(one: dict[str, Any]) -> None:
    print(paint(harmless(one["title"] or one["page"]), "bold"), paint(one["id"], "dim"))
    published = one["published"]
    for name in ("page", "outlet", "byline", "language", "reader"):
        print(f"  {name}: {harmless(one[name]) if one[name] else 'not shown'}")
    print(f"  published: {dated(_when(published))}")
    for reason in (*published["reasons"], *one["notes"]):
        print(wrapped(harmless(reason), "    "))
    if one["dated"] and one["dated"]["inferred"]:
        print(f"  in this case: {dated(_when(one['dated']))}")
        for reason in one["dated"]["reasons"]:
            print(wrapped(harmless(reason), "    "))
    for line in one["lines"]:
        if line["text"].strip():
            print(wrapped(harmless(line["text"]), f"  {paint(line['label'].ljust(11), 'dim')} ", " " * 12))


def _when(data: dict[str, Any]) -> When:
    return When(
        data["earliest"], data["latest"], frozenset(data.get("weekdays") or ()), tuple(data.get("reasons") or ())
    )


def _member(one: dict[str, Any]) -> None:
    title = f", “{harmless(one['title'])}”" if one.get("title") else ""
    print(paint(f"{harmless(one['page'])}{title} · {dated(_when(one['published']))}", "bold"), paint(one["id"], "dim"))
    before, words, after = (harmless(one[name]) for name in ("before", "text", "after"))
    gap = " " if one["before"][-1:].isspace() else ""
    room = " " if one["after"][:1].isspace() else ""
    print(wrapped(f"{before}{gap}{paint(words, 'bold')}{room}{after}", "    "))
    if "action" in one:
        _fields(one)
    for line in tree(one["hops"], lambda hop: hop["words"]):
        print(wrapped(line, "    ", "      "))
    for decision in one["decisions"]:
        note = f": {harmless(decision['note'])}" if decision["note"] else ""
        gone = "" if decision["standing"] or decision["act"] == "withdraw" else " (withdrawn)"
        who = f"{decision['act']} by {harmless(decision['by'])}, {decision['made']}{note}{gone}"
        print(f"    {who}  {paint(short(decision['id']), 'dim')}")


def _fields(one: dict[str, Any]) -> None:
    print(f"    holder      {harmless(one['holder'] or 'not named')}")
    print(wrapped(f"{quoted(one['action'])} ({one['kind']}, {one['polarity']})", "    act         ", " " * 12))
    for condition in one["conditions"]:
        words = f"{OPERATOR_WORDS[condition['operator']]} {quoted(condition['text'])}"
        print(wrapped(words, "    condition   ", " " * 12))
    for name in ("target", "instrument", "deadline", "said_by"):
        if one[name]:
            print(f"    {name.ljust(11)} {harmless(one[name])}")
