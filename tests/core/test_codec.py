"""The codec gives back what it was given, and refuses what does not have the shape."""

import json
from typing import Any

import pytest

from tocsin.core.annotations import Attribution, Hop, Report, TimeExpression
from tocsin.core.codec import decode, encode
from tocsin.core.commitments import And, Atom, Commitment, Condition, Not, Or
from tocsin.core.document import Capture, Document, Line
from tocsin.core.spans import spans_of
from tocsin.core.when import When
from tocsin.errors import CodecError, SpanError

DOC = "d" * 64


def spans(*ranges: tuple[int, int]) -> Any:
    return spans_of(DOC, ranges)


COMMITMENT = Commitment(
    holder=spans((0, 5)),
    action=spans((6, 10), (12, 20)),
    polarity="will_not",
    kind="promise",
    trigger=And((Atom(spans((30, 35))), Not(Or((Atom(spans((36, 37))), Atom(spans((38, 39)))))))),
    conditions=(Condition("unless", spans((30, 39)), Atom(spans((30, 39))), spans((23, 29))),),
)
REPORT = Report(spans((6, 20)), Attribution(spans((0, 5)), (), spans((6, 20)), None, 0.5), (Hop("A", "speaker"),))
CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain", given={"outlet": ("X", "sidecar")})


TIME = TimeExpression(spans((1, 4))[0], "DATE", "2020-08-15", When("2020-08-15", "2020-08-15"))


@pytest.mark.parametrize(
    "value", [COMMITMENT, REPORT, CAPTURE, TIME, When("2020-01-01", None, frozenset({3}), ("seen",))]
)
def test_round_trip_through_json(value: Any) -> None:
    plain = json.loads(json.dumps(encode(value, doc=DOC)))
    assert decode(type(value), plain, doc=DOC) == value


def test_a_span_of_another_document_names_it() -> None:
    assert encode(spans((1, 2))[0], doc="other") == [1, 2, DOC]
    assert encode(spans((1, 2))[0], doc=DOC) == [1, 2]


@pytest.mark.parametrize(
    "change",
    [{"polarity": "maybe"}, {"action": "words"}, {"extra": 1}, {"trigger": {"type": "Xor"}}, {"kind": None}],
)
def test_wrong_shapes_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(CodecError):
        decode(Commitment, {**encode(COMMITMENT, doc=DOC), **change}, doc=DOC)


def test_missing_fields_and_bad_spans_are_refused() -> None:
    data = encode(COMMITMENT, doc=DOC)
    del data["polarity"]
    with pytest.raises(CodecError):
        decode(Commitment, data, doc=DOC)
    with pytest.raises(SpanError):
        decode(Commitment, {**encode(COMMITMENT, doc=DOC), "action": [[5, 5]]}, doc=DOC)


def test_a_document_keeps_its_ids() -> None:
    doc = Document.of("He said so.", CAPTURE, (Line(0, 11, "body"),))
    assert decode(Document, json.loads(json.dumps(encode(doc)))) == doc
