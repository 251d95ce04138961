"""One codec between the core types and plain JSON values, driven by the types' own annotations.

`decode(cls, encode(value, doc=d), doc=d) == value`. A span is `[start, end]` in the document `doc` of the context,
`[start, end, document]` in any other. Fields at their default are left out. Of several dataclasses in one union each
is written with its class's name under `type`. Decoding checks every value: a case may come from elsewhere.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from tocsin.core.spans import Span
from tocsin.errors import CodecError

T = TypeVar("T")
Encoder = Callable[[Any, str], Any]
Decoder = Callable[[Any, str], Any]


def encode(value: Any, *, doc: str = "") -> Any:
    """A core value as plain JSON. `doc` is the document whose spans need not name it."""
    return _for(_encoder, type(value))(value, doc)


def decode(cls: type[T], data: Any, *, doc: str = "") -> T:
    """The value of type `cls` that `data` writes; raises CodecError where it does not have that shape."""
    return typing.cast("T", _for(_decoder, cls)(data, doc))


def _for(make: Callable[[Any], Encoder], kind: Any) -> Encoder:
    """`make(kind)`, said so that the type checker takes a type for the hashable that it is."""
    return make(kind)


@cache
def _fields(cls: Any) -> tuple[tuple[str, Any, Any], ...]:
    """Name, type and default (or MISSING) of each field of a dataclass."""
    hints = typing.get_type_hints(cls)
    out = []
    for field in dataclasses.fields(cls):
        made = field.default_factory
        default = field.default if made is dataclasses.MISSING else made()
        out.append((field.name, hints[field.name], default))
    return tuple(out)


def _members(kind: Any) -> tuple[Any, ...] | None:
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else None


@cache
def _encoder(kind: Any) -> Encoder:
    if kind is Span:
        return lambda span, doc: [span.start, span.end] if span.doc == doc else [span.start, span.end, span.doc]
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        parts = [(name, _encoder(hint), default) for name, hint, default in _fields(kind)]

        def encode_fields(value: Any, doc: str) -> Any:
            pairs = ((name, one, getattr(value, name), default) for name, one, default in parts)
            return {name: one(part, doc) for name, one, part, default in pairs if part != default}

        return encode_fields
    members = _members(kind)
    if members is not None:
        return _union_encoder(members)
    origin = get_origin(kind)
    if origin is tuple and get_args(kind)[-1] is Ellipsis:
        item = _encoder(get_args(kind)[0])
        return lambda value, doc: [item(part, doc) for part in value]
    if origin is tuple:
        items = [_encoder(arg) for arg in get_args(kind)]
        return lambda value, doc: [one(part, doc) for one, part in zip(items, value, strict=True)]
    if origin is frozenset:
        return lambda value, _doc: sorted(value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        item = _encoder(get_args(kind)[1])
        return lambda value, doc: {name: item(part, doc) for name, part in value.items()}
    return lambda value, _doc: value


def _union_encoder(members: tuple[Any, ...]) -> Encoder:
    classes = [kind for kind in members if dataclasses.is_dataclass(kind)]
    others = [kind for kind in members if kind not in classes and kind is not type(None)]

    def encode_member(value: Any, doc: str) -> Any:
        if value is None:
            return None
        if type(value) in classes:
            data = _for(_encoder, type(value))(value, doc)
            return {"type": type(value).__name__, **data} if len(classes) > 1 else data
        return _encoder(others[0])(value, doc)

    return encode_member


@cache
def _decoder(kind: Any) -> Decoder:
    if kind is Span:
        return _decode_span
    if kind is Any:
        return lambda data, _doc: data
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_decoder(kind)
    members = _members(kind)
    if members is not None:
        return _union_decoder(members)
    origin = get_origin(kind)
    if origin is Literal:
        return _literal_decoder(get_args(kind))
    if origin in (tuple, frozenset):
        return _sequence_decoder(origin, get_args(kind))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        item = _decoder(get_args(kind)[1])

        def decode_mapping(data: Any, doc: str) -> Any:
            _demand(isinstance(data, dict), "an object", data)
            return types.MappingProxyType({name: item(part, doc) for name, part in data.items()})

        return decode_mapping
    return _plain_decoder(kind)


def _demand(fits: bool, wanted: str, data: Any) -> None:
    if not fits:
        raise CodecError(f"expected {wanted}, found {str(data)[:80]!r}")


def _decode_span(data: Any, doc: str) -> Span:
    _demand(isinstance(data, list) and len(data) in (2, 3), "[start, end]", data)
    owner = data[2] if len(data) == 3 else doc
    _demand(isinstance(owner, str), "a document id", owner)
    return Span(owner, data[0], data[1])


def _dataclass_decoder(kind: Any) -> Decoder:
    fields = _fields(kind)
    decoders = {name: _decoder(hint) for name, hint, _ in fields}
    needed = {name for name, _, default in fields if default is dataclasses.MISSING}
    tag = {"type"} - decoders.keys()  # a union's tag, unless the class has a field of that name

    def decode_fields(data: Any, doc: str) -> Any:
        _demand(isinstance(data, dict), f"an object for {kind.__name__}", data)
        names = data.keys() - tag
        _demand(names <= decoders.keys(), f"only fields of {kind.__name__}", sorted(names - decoders.keys()))
        _demand(needed <= names, f"all fields of {kind.__name__}", sorted(needed - names))
        return kind(**{name: decoders[name](data[name], doc) for name in names})

    return decode_fields


def _union_decoder(members: tuple[Any, ...]) -> Decoder:
    classes = {kind.__name__: kind for kind in members if dataclasses.is_dataclass(kind) and isinstance(kind, type)}
    others = [kind for kind in members if kind not in classes.values() and kind is not type(None)]
    optional = type(None) in members

    def decode_member(data: Any, doc: str) -> Any:
        if data is None and optional:
            return None
        if isinstance(data, dict) and classes:
            named = classes.get(str(data.get("type"))) if len(classes) > 1 else next(iter(classes.values()))
            _demand(named is not None, f"one of {sorted(classes)}", data)
            return _for(_decoder, named)(data, doc)
        _demand(bool(others), f"one of {sorted(classes)}", data)
        return _decoder(others[0])(data, doc)

    return decode_member


def _literal_decoder(allowed: tuple[Any, ...]) -> Decoder:
    def decode_literal(data: Any, _doc: str) -> Any:
        _demand(isinstance(data, str) and data in allowed, f"one of {allowed}", data)
        return data

    return decode_literal


def _sequence_decoder(origin: Any, args: tuple[Any, ...]) -> Decoder:
    if origin is frozenset or args[-1] is Ellipsis:
        item = _decoder(args[0])

        def decode_items(data: Any, doc: str) -> Any:
            _demand(isinstance(data, list), "a list", data)
            return origin(item(part, doc) for part in data)

        return decode_items
    items = [_decoder(arg) for arg in args]

    def decode_fixed(data: Any, doc: str) -> Any:
        _demand(isinstance(data, list) and len(data) == len(items), f"a list of {len(items)}", data)
        return tuple(one(part, doc) for one, part in zip(items, data, strict=True))

    return decode_fixed


def _plain_decoder(kind: Any) -> Decoder:
    def decode_plain(data: Any, _doc: str) -> Any:
        if kind is float and type(data) is int:
            return float(data)
        _demand(type(data) is kind, kind.__name__, data)
        return data

    return decode_plain
