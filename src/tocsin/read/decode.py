"""Bytes to text: strictly, with the encoding that was used and why it was not plain UTF-8.

Invariant: the same bytes give the same text. Line ends, odd spaces and NUL stay as they are; only one leading byte
order mark goes. A declared encoding is believed only where the bytes are not UTF-8: saved pages often lie about it.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from tocsin.errors import TocsinError

DECLARED_WITHIN = 4096
"""How far into a page an encoding may be declared. The HTML standard asks for 1,024 bytes; pages exceed it."""
SAMPLE = 65_536
"""How many bytes the detector sees: its cost grows with the bytes times some ninety encodings."""
MOSTLY_UTF8 = 10
"""Valid multi-byte characters for each invalid byte, from which a page counts as damaged UTF-8 and not as another
encoding. Text in a one-byte encoding holds next to no valid multi-byte sequence, so anything from 2 to 100 would do."""
SPARSE = 0.1
"""Largest share of bytes beyond ASCII for which windows-1252 is taken without asking the detector, which guesses on so
few. English in windows-1252 has about 1 % (quotes, dashes; 6 % in a page of short quotations), French and German up to
6 %, other alphabets 40 % and more; what is lost are Polish and Czech, which are not read anyway."""
_WIDE_SAMPLE = 4096
_WIDE_HIGH_BYTES = bytes((0x00, 0x03, 0x04, 0x05, 0x06))
_WIDE_SHARE = 0.7

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABEL = re.compile(r"[A-Za-z0-9._:-]{2,40}")
_META = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_PROLOG = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")

_SUPERSETS = {
    # What browsers decode these labels as (WHATWG Encoding): pages that declare the left hold the right.
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_SAFE = frozenset(_SUPERSETS.values()) | {
    # The others a page may declare. A list, because Python also has codecs that are no encodings of text
    # (unicode_escape, punycode, utf-7), which a hostile page could name. UTF-16 must show itself: declared but
    # without its marks it would turn any bytes into Chinese.
    *("cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "cp1257", "cp1258", "cp866", "koi8-r", "koi8-u"),
    *("mac-roman", "mac-cyrillic", "euc_jp", "iso2022_jp"),
    *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
}  # fmt: skip
_SHOWN = {"cp1252": "windows-1252"}


class DecodeError(TocsinError, ValueError):
    """Bytes that are no text in any encoding that was tried."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was decoded with, and what a reader should know about that."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def declared_in(data: bytes) -> str | None:
    """The encoding that a page names in its XML prolog or in a `<meta>` near its beginning."""
    head = data[:DECLARED_WITHIN]
    found = _PROLOG.match(head) or _META.search(head)
    return found.group(1).decode("ascii") if found else None


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 by its byte order mark; UTF-16 without one by the high bytes of its first letters.

    Latin text in UTF-16 has a zero in every second byte, Greek, Cyrillic, Hebrew and Arabic a 3 to 6, which no other
    encoding of text has there.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    sample = data[:_WIDE_SAMPLE]
    units = len(sample) // 2
    if units < 4 or len(data) % 2 or b"\0" not in sample:
        return None
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        odd_ones = len(high.translate(None, _WIDE_HIGH_BYTES))
        if odd_ones <= units * (1 - _WIDE_SHARE) and low.count(0) <= units * 0.01:
            return encoding
    return None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """`data` as text: UTF-8, else what its first bytes, the page's declaration or its statistics show.

    Raises DecodeError when nothing fits.
    """
    wide = wide_encoding(data)
    if wide:
        return _decode_wide(data, wide)
    try:
        return Decoded(_without_mark(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        why = f"not valid UTF-8 at byte {error.start}"
    damaged = _damaged_utf8(data, why)
    if damaged:
        return damaged
    codec = _codec(declared) if declared else None
    if codec and (text := _strictly(data, codec)) is not None:
        return Decoded(text, codec, (f"decoded as {_shown(codec)}, which the page declares: {why}",))
    for candidate in _candidates(data):
        text = _strictly(data, candidate)
        if text is not None:
            return Decoded(text, candidate, (f"decoded as {_shown(candidate)}: {why}",))
    raise DecodeError(f"no encoding fits its bytes ({why}): save the page again as UTF-8")


def _decode_wide(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodeError(
            f"begins as {encoding.upper()} but is not valid at byte {error.start}: save the page again as UTF-8"
        ) from error
    return Decoded(_without_mark(text), encoding, (f"decoded as {encoding}",))


def _damaged_utf8(data: bytes, why: str) -> Decoded | None:
    """UTF-8 with a few broken bytes, which become U+FFFD as in a browser: what stood there is not known."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if beyond_ascii - broken < broken * MOSTLY_UTF8:
        return None
    note = f"{broken} broken piece{'s' * (broken != 1)} of UTF-8 shown as U+FFFD: {why}"
    return Decoded(_without_mark(text), "utf-8", (note,))


def _codec(label: str) -> str | None:
    """The name of Python's codec for an encoding's label on the web, None for one that is not to be used."""
    if not _LABEL.fullmatch(label):
        return None
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    name = _SUPERSETS.get(name, name)
    return name if name in _SAFE else None


def _candidates(data: bytes) -> Iterator[str]:
    """Encodings to try, likeliest first."""
    if len(data) - len(data.decode("ascii", "ignore")) <= SPARSE * len(data):
        yield "cp1252"
    beyond = _BEYOND_ASCII.search(data)
    first = max(0, min(beyond.start() if beyond else 0, len(data) - SAMPLE))
    for encoding in _detector()(data[first : first + SAMPLE]):
        codec = _codec(encoding)
        if codec:
            yield codec


@cache
def _detector() -> Callable[[bytes], list[str]]:
    from charset_normalizer import from_bytes

    return lambda sample: [match.encoding for match in from_bytes(sample)]


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return _without_mark(data.decode(codec))
    except UnicodeDecodeError:
        return None


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


def _shown(codec: str) -> str:
    return _SHOWN.get(codec, codec)
