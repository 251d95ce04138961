"""`commitments.csv`: one row a telling of a commitment; and its codebook, made from the same columns.

Invariant: what the codebook says of a column and what stands in it come from one `Column`, so that they cannot differ.
A cell that a spreadsheet would take for a formula begins with an apostrophe: pages are hostile.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Literal

from tocsin.core.rows import Row
from tocsin.core.when import UNKNOWN, When
from tocsin.export import codes

Form = Literal["text", "words", "id", "code", "codes", "list", "day", "number"]
FORMS: Mapping[Form, str] = {
    "text": "plain text of Tocsin's",
    "words": "the page's own words, exactly",
    "id": "an id that `tocsin show` takes",
    "code": "one of the values listed",
    "codes": "several of the values listed, apart by a vertical bar",
    "list": "several, apart by a vertical bar",
    "day": "a day (2020-08-15) or a UTC second; empty where nothing bounds it",
    "number": "a whole number",
}
"""What can stand in a column."""
APART = " | "
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Party:
    """Who a name stands for: the actor's id and name, and the codes of the state that it is, or is a body of."""

    actor: str | None = None
    name: str | None = None
    iso: str | None = None
    cow: int | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation that a condition of the telling names, and its state."""

    id: str
    words: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A telling with what the case knows of it: the commitment that it tells, who holder and target are, when its page
    is from, the situations in the order of its conditions, what the holder is by its terms, which version read it."""

    row: Row
    commitment: str
    holder: Party = Party()
    target: Party = Party()
    dated: When = UNKNOWN
    situations: tuple[Situation, ...] = ()
    standing: str | None = None
    step: tuple[str, ...] = ()
    origins: int = 1
    reader: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what stands in it, what that means, the values where they are coded."""

    name: str
    form: Form
    meaning: str
    value: Callable[[Told], Any]
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def _own(name: str) -> Callable[[Told], Any]:
    return lambda told: told.row.data[name]


def _chain(told: Told) -> str:
    named = [hop for hop in told.row.data["hops"] if hop["actor"]]
    return " <- ".join(
        f"{hop['actor']}?" if hop["basis"] == "inferred" and hop["role"] != "outlet" else hop["actor"] for hop in named
    )


SCHEMA: tuple[Column, ...] = (
    Column("id", "id", "the telling", lambda told: told.row.id),
    Column("commitment", "id", "the commitment that it tells; all its tellings share this id", lambda t: t.commitment),
    Column("holder", "text", "who would act, as the page names them", _own("holder")),
    Column("holder_actor", "id", "the actor that this is, over all pages", lambda t: t.holder.actor),
    Column("holder_name", "text", "that actor's name", lambda t: t.holder.name),
    Column("holder_iso3", "text", "ISO 3166-1 alpha-3 of the state that this is or speaks for", lambda t: t.holder.iso),
    Column("holder_cow", "number", "its number in the Correlates of War state list", lambda t: t.holder.cow),
    Column("target", "words", "whom the act is directed at or benefits", _own("target")),
    Column("target_actor", "id", "the actor that this is, over all pages", lambda t: t.target.actor),
    Column("target_name", "text", "that actor's name", lambda t: t.target.name),
    Column("target_iso3", "text", "ISO 3166-1 alpha-3 of the state that this is or speaks for", lambda t: t.target.iso),
    Column("target_cow", "number", "its number in the Correlates of War state list", lambda t: t.target.cow),
    Column("polarity", "code", "whether the act would be done", _own("polarity"), codes.POLARITIES),
    Column("kind", "code", "what sort of commitment", _own("kind"), codes.KINDS),
    Column("action", "words", "the act, from its verb, without the condition", _own("action")),
    Column(
        "operators", "codes", "how the act hangs on each condition",
        lambda t: [one["operator"] for one in t.row.data["conditions"]], codes.OPERATORS,
    ),
    Column(
        "conditions", "list", "each condition's words, without its marker, in the order of `operators`",
        lambda t: [one["text"] for one in t.row.data["conditions"]],
    ),
    Column("situations", "list", "ids of what the conditions name", lambda t: [one.id for one in t.situations]),
    Column(
        "states", "codes", "the state of each situation, in the order of `situations`",
        lambda t: [one.state for one in t.situations], codes.STATES,
    ),
    Column("standing", "code", "what the holder is by the terms of this telling", lambda t: t.standing, codes.WORDS),
    Column("instrument", "words", "the treaty, law, agreement or force that it rests on", _own("instrument")),
    Column("deadline", "words", "the time limit on the act or the condition", _own("deadline")),
    Column("hedges", "list", "words that soften the act", _own("hedges")),
    Column("steps", "codes", "what this telling is in the commitment's history", lambda t: t.step, codes.STEPS),
    Column("said_by", "text", "who tells it; empty where the page speaks for itself", _own("said_by")),
    Column("chain", "text", "teller and relays from the mouth to the page; a name with ? is inferred", _chain),
    Column("origins", "number", "independent origins of the commitment, relays counted once", lambda t: t.origins),
    Column("outlet", "text", "the outlet of the page, as far as it shows one", _own("outlet")),
    Column("earliest", "day", "the page is not from before it, as far as the case shows", lambda t: t.dated.earliest),
    Column("latest", "day", "the page is not from after it, as far as the case shows", lambda t: t.dated.latest),
    Column("published_earliest", "day", "by what the page alone shows", lambda t: t.row.data["published"]["earliest"]),
    Column("published_latest", "day", "by what the page alone shows", lambda t: t.row.data["published"]["latest"]),
    Column("page", "text", "the page's key: its address, or its name among the sources", _own("page")),
    Column("doc", "id", "the document: one text of that page", _own("doc")),
    Column("start", "number", "where the quote begins in it, in code points", lambda t: t.row.data["span"][0]),
    Column("end", "number", "where it ends", lambda t: t.row.data["span"][1]),
    Column("quote", "words", "the sentence or sentences in which it stands", _own("text")),
    Column("reader", "text", "the version that read it; `person` where one corrected it", lambda t: t.reader),
)  # fmt: skip


COLUMNS: tuple[str, ...] = tuple(column.name for column in SCHEMA)


def commitments_csv(tellings: Iterable[Told]) -> Iterator[str]:
    """One row a telling, quoted as RFC 4180 says, with a header."""
    yield _line(column.name for column in SCHEMA)
    for told in tellings:
        yield _line(_text(column.value(told)) for column in SCHEMA)


def codebook(file: str | None, version: str) -> Iterator[str]:
    """The codebook of the columns: CSV where `file` ends so, else Markdown."""
    if file is not None and PurePath(file).suffix.lower() == ".csv":
        yield from _codebook_csv()
        return
    yield f"# Codebook of commitments.csv (Tocsin {version})\n\n"
    yield (
        "One row is one telling of a commitment: one place on one page where it is said. A commitment has as many rows "
        "as tellings; count\n`commitment` once where commitments are counted. CSV as RFC 4180 has it, UTF-8, with a "
        f"header. Several values in one cell stand\napart by `{APART.strip()}`; an empty cell means that nothing is "
        "shown, never zero or no. A cell that a spreadsheet would take for a\nformula begins with an apostrophe. "
        "Everything is what pages say, not what is so: read `states` with its meanings.\n\n"
    )
    yield "| column | holds | meaning |\n| --- | --- | --- |\n"
    for one in SCHEMA:
        yield f"| `{one.name}` | {FORMS[one.form]} | {one.meaning} |\n"
    for one in SCHEMA:
        if one.values:
            yield f"\n## Values of `{one.name}`\n\n| value | meaning |\n| --- | --- |\n"
            yield from (f"| `{value}` | {meaning} |\n" for value, meaning in one.values.items())


def _codebook_csv() -> Iterator[str]:
    yield _line(("column", "value", "form", "meaning"))
    for one in SCHEMA:
        yield _line((one.name, "", FORMS[one.form], one.meaning))
        yield from (_line((one.name, value, "", meaning)) for value, meaning in one.values.items())


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return APART.join(map(str, value))
    return "" if value is None else str(value)


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_cell(one) for one in cells])
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
