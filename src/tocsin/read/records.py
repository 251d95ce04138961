"""JSONL: one page a line, `{id?, text|html, url?, title?, outlet?, byline?, published?}`.

Invariant: a line is a record or a RecordError that says what is wrong with it; one bad line says nothing of the next.
JSON is taken as its standard has it: UTF-8, no NaN, no field twice.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from tocsin.errors import TocsinError

METADATA = ("url", "title", "outlet", "byline", "published")
FIELDS = ("id", "text", "html", *METADATA)
MAX_FIELD = 4_096
"""Characters of an id or a metadata field at most: addresses reach 2,000, nothing honest twice that."""
_NAMES_SHOWN = 8
_DIGITS = 30


class RecordError(TocsinError, ValueError):
    """A line that is not a record; `str(error)` says why."""


class _Digits(str):
    """A whole number too long to be worth converting, and quadratic to convert."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What one line holds: the page (`content`, a text or HTML), what came beside it, and what was left unread."""

    id: str | None
    kind: Literal["text", "html"]
    content: str
    given: Mapping[str, str]
    remarks: tuple[str, ...]


def load_object(data: bytes) -> dict[str, Any]:
    """`data` as one JSON object; raises RecordError where it is anything else."""
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise RecordError(f"not valid UTF-8 at byte {error.start} of the line: convert the file to UTF-8") from error
    twice: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        # Called last for the outermost object, the only one whose fields are read.
        fields = dict(found)
        twice[:] = []
        if len(fields) < len(found):
            twice[:] = [name for name, times in Counter(name for name, _ in found).items() if times > 1]
        return fields

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=_no_constant, parse_int=_whole_number)
    except RecursionError as error:
        raise RecordError("nested too deeply to be read") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, character {error.colno}" if error.lineno > 1 else f"character {error.colno}"
        raise RecordError(f"not valid JSON at {where} ({error.msg})") from error
    if not isinstance(value, dict):
        raise RecordError(f"not a JSON object but {_sort(value)}")
    if twice:
        raise RecordError(f"field {_name(twice[0])} stands in it twice")
    return value


def holds_page(fields: Mapping[str, Any]) -> bool:
    """Whether an object has a page in it."""
    return any(type(fields.get(name)) is str for name in ("text", "html"))


def record_id(fields: Mapping[str, Any]) -> str | None:
    """The record's id as a string, None where it has none; raises RecordError where it is neither string nor number."""
    value = fields.get("id")
    if value is None or value == "":
        return None
    if type(value) is int or isinstance(value, _Digits):
        value = str(value)
    return checked_field("id", value)


def record_of(fields: Mapping[str, Any]) -> Record:
    """The record that an object's fields make; raises RecordError naming the field at fault."""
    given = {name: value for name in METADATA if (value := checked_field(name, fields.get(name))) is not None}
    kind, content = _content(fields)
    remarks = []
    if kind == "text" and fields.get("html"):
        remarks.append("the record's html was not read: it holds a text too")
    others = sorted(name for name in fields if name not in FIELDS)
    if others:
        shown = ", ".join(map(_name, others[:_NAMES_SHOWN])) + ", …" * (len(others) > _NAMES_SHOWN)
        remarks.append(f"fields of the record not read: {shown}")
    return Record(record_id(fields), kind, content, given, tuple(remarks))


def _content(fields: Mapping[str, Any]) -> tuple[Literal["text", "html"], str]:
    """The page: the text, else the HTML, whichever is not blank."""
    found = False
    for kind in ("text", "html"):
        value = fields.get(kind)
        if value is None:
            continue
        if type(value) is not str:
            raise RecordError(f"field {kind} must be a string, it is {_sort(value)}")
        found = True
        if value.strip():
            _no_surrogates(kind, value)
            return ("text", value) if kind == "text" else ("html", value)
    raise RecordError("empty: there is nothing in it to read" if found else "has neither text nor html")


def checked_field(name: str, value: object) -> str | None:
    """A field beside the page: a string with something in it, None where it is missing, null or blank."""
    if value is None:
        return None
    if type(value) is not str:
        raise RecordError(f"field {name} must be a string, it is {_sort(value)}")
    if len(value) > MAX_FIELD:
        raise RecordError(f"field {name} has {len(value):,} characters, more than {MAX_FIELD:,}")
    if "\0" in value:
        raise RecordError(f"field {name} holds a NUL character")
    _no_surrogates(name, value)
    return value.strip() or None


def _no_surrogates(name: str, value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(value[error.start])
        raise RecordError(f"field {name} has half a character (\\u{code:04x}) at position {error.start}") from error


def _no_constant(name: str) -> None:
    raise RecordError(f"not valid JSON: {name} stands in it")


def _whole_number(digits: str) -> int | _Digits:
    return int(digits) if len(digits) <= _DIGITS else _Digits(digits)


def _sort(value: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", type(None): "null", str: "a string"}
    return names.get(type(value), "a number")


def _name(name: str) -> str:
    return ascii(name[:40])


class Lines:
    """A stream line by line, of which the beginning was read already; no line longer than `limit` is ever held."""

    def __init__(self, begun: BinaryIO, rest: BinaryIO, limit: int) -> None:
        self._begun, self._rest, self._limit = begun, rest, limit

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        """Number from 1 and bytes without line end of every line that is not blank; None for one too long."""
        number = 0
        while line := self._piece():
            number += 1
            bare = line.removesuffix(b"\n").removesuffix(b"\r")
            if len(bare) > self._limit:
                while line and not line.endswith(b"\n"):
                    line = self._piece()
                yield number, None
            elif bare.strip():
                yield number, bare

    def _piece(self) -> bytes:
        """The next line, or as much of it as shows that it is too long."""
        size = self._limit + 2
        line = self._begun.readline(size)
        if len(line) < size and not line.endswith(b"\n"):
            line += self._rest.readline(size - len(line))
        return line
