"""Claims are sentences and clauses of a report, with spans of their own."""

import re

import pytest

from tocsin.core.annotations import Report, Sentence
from tocsin.core.document import Capture, Document, Line
from tocsin.link.claims import Sentences, claims

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def claims_of(marked: str) -> list[str]:
    """Claims of the content between [ and ], in a text whose sentences end at `|`."""
    bare = marked.replace("[", "").replace("]", "")
    start, end = marked.replace("|", " ").index("["), marked.replace("|", " ").index("]") - 1
    text = bare.replace("|", " ")
    doc = Document.of(text, CAPTURE, (Line(0, len(text), "body"),))
    bounds = [(m.start(), m.end()) for m in re.finditer(r"[^|]+", bare)]
    sentences = tuple(Sentence(doc.spans(pair)[0], "body") for pair in bounds)
    report = Report(doc.spans((start, end)), None, ())
    return [doc[claim.span] for claim in claims(doc, report, Sentences(sentences))]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("“[We waited all day.|Nobody came to us.]” he said.", ["We waited all day", "Nobody came to us"]),
        ("She said [the road is open and they will keep it open].", ["the road is open", "they will keep it open"]),
        ("She said [the road and the bridge are open].", ["the road and the bridge are open"]),
        ("He said [the road is shut; the bridge is open].", ["the road is shut", "the bridge is open"]),
        ("He called it “[unfair]”.", ["unfair"]),
        ("He said [no, and he meant it].", ["no, and he meant it"]),
    ],
)
def test_claims(marked: str, expected: list[str]) -> None:
    assert claims_of(marked) == expected
