"""Bytes to text: strictly, and with a note wherever it was not plain UTF-8."""

import time

import pytest

from tocsin.read import decode as decode_module
from tocsin.read.decode import DecodeError, declared_in, decode, wide_encoding

ENGLISH = "“It’s not over,” the mayor said – again.\r\nThe bridge stays shut.\r\n" * 5
RUSSIAN = "Мост закрыт, сообщил мэр города. Дорога на север открыта для всех, кроме грузовиков.\n" * 20


@pytest.mark.parametrize("text", ["plain", "a\r\nb\rc\n", "naïve 🔔 “x”", "", "a\u00a0b\u2028c", "e\u0301"])
def test_utf8_comes_back_untouched_and_without_a_note(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding, decoded.notes) == (text, "utf-8", ())


def test_one_leading_mark_goes_and_only_one() -> None:
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfa\xef\xbb\xbf").text == "\ufeffa\ufeff"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, "日本語の記事"])
def test_wide_text_with_a_mark(encoding: str, text: str) -> None:
    decoded = decode(("\ufeff" + text).encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert decoded.notes == (f"decoded as {encoding}",)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, "Short, but UTF-16"])
def test_utf16_without_a_mark(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "data", [b"ab\0cd", b"one NUL\0 in a line of plain text, that is all", b"\0\0", b"a\0", b"aaaa\0aaa"]
)
def test_stray_nul_bytes_are_not_utf16_and_stay(data: bytes) -> None:
    assert wide_encoding(data) is None
    assert decode(data).text == data.decode()


def test_utf16_cut_off_says_where() -> None:
    with pytest.raises(DecodeError, match="UTF-16-LE but is not valid at byte 4"):
        decode(b"\xff\xfea\0b")


def test_english_in_windows_1252_needs_no_declaration() -> None:
    decoded = decode(ENGLISH.encode("cp1252"))
    assert decoded.text == ENGLISH
    assert decoded.notes == ("decoded as windows-1252: not valid UTF-8 at byte 0",)


def test_a_declared_encoding_is_believed_where_the_bytes_are_not_utf8() -> None:
    decoded = decode(RUSSIAN.encode("koi8-r"), "KOI8-R")
    assert decoded.text == RUSSIAN
    assert decoded.notes == ("decoded as koi8-r, which the page declares: not valid UTF-8 at byte 0",)


def test_utf8_wins_over_what_the_page_declares() -> None:
    assert decode(ENGLISH.encode(), "windows-1251").text == ENGLISH


def test_latin_1_means_windows_1252_as_in_a_browser() -> None:
    assert decode("it’s".encode("cp1252"), "ISO-8859-1").text == "it’s"


@pytest.mark.parametrize(
    "label", ["unicode_escape", "punycode", "zlib", "utf-7", "utf-16", "no such", "\0", "../x", "x" * 99]
)
def test_labels_that_are_no_encodings_are_not_used(label: str) -> None:
    assert decode(b"caf\xe9 \\u0041", label).text == "café \\u0041"


def test_other_alphabets_are_detected() -> None:
    assert decode(RUSSIAN.encode("cp1251")).text == RUSSIAN


def test_damaged_utf8_stays_utf8_and_shows_the_damage() -> None:
    whole = ENGLISH.encode()
    decoded = decode(whole[:30] + b"\xff" + whole[30:], "windows-1252")
    assert decoded.text.replace("\ufffd", "") == ENGLISH
    assert decoded.notes == ("1 broken piece of UTF-8 shown as U+FFFD: not valid UTF-8 at byte 30",)


def test_what_fits_no_encoding_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_module, "_detector", lambda: lambda sample: ["utf_8", "cp1252", "zlib_codec"])
    with pytest.raises(DecodeError, match=r"no encoding fits its bytes \(not valid UTF-8 at byte 0\)"):
        decode(b"\x81\x8d" * 100)


def test_ten_megabytes_take_a_moment() -> None:
    started = time.monotonic()
    decode(b"caf\xe9 and more words to read " * 350_000)
    decode(RUSSIAN.encode("cp1251") * 6_000)
    decode((b"\xe2\x80\x99 it is \xff" * 10 + b"\xc3\xa9" * 200) * 19_000)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (b'<html><meta charset="windows-1251">', "windows-1251"),
        (b"<META http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        (b'<?xml version="1.0" encoding="ISO-8859-2"?><html>', "ISO-8859-2"),
        (b"<html><p>charset=utf-8</p>", None),
        (b"<meta " * 50_000, None),
        (b" " * 5000 + b'<meta charset="utf-8">', None),
    ],
)
def test_what_a_page_declares(data: bytes, declared: str | None) -> None:
    assert declared_in(data) == declared
