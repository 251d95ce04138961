"""Plain text: what the bytes are, their decoding, lines, labels and the metadata that the lines show."""

from fuzz.laws import demand
from fuzz.reading import capture_of, read_page, said
from fuzz.shape import TEXT_JOINTS, Shape
from fuzz.target import Target
from tocsin.core.document import Document
from tocsin.read import Page
from tocsin.read.decode import DecodeError, decode
from tocsin.read.sniff import sniff


def run(data: bytes) -> bytes:
    """Sniff, decode and read `data` as plain text."""
    kind = sniff(data)
    sniff(data, whole=False)
    demand((kind.kind == "refused") == bool(kind.reason), f"sniffed as {kind}")
    outcome = read_page(Page(capture_of(data, "text/plain"), data))
    if isinstance(outcome, Document):
        try:
            text = decode(data).text
        except DecodeError as error:
            raise AssertionError("read although it cannot be decoded") from error
        demand(outcome.text == text, "the document's text is not the decoded bytes")
    return said(outcome)


TARGET = Target("plain", "plain text: decoding, lines, labels", run, Shape(TEXT_JOINTS, "text"), pages=("*.txt",))
