"""JSONL records: what is in them, and what is said of those that are broken."""

import io
import json
import time

import pytest

from tocsin.read.records import Lines, RecordError, load_object, record_id, record_of


def record(**fields: object) -> dict[str, object]:
    return {"text": "The bridge is shut.", **fields}


def test_a_record_with_everything() -> None:
    found = record_of(record(id="a", url="https://a.example/1", title=" Shut ", outlet="A", byline=None, published=""))
    assert (found.id, found.kind, found.content) == ("a", "text", "The bridge is shut.")
    assert found.given == {"url": "https://a.example/1", "title": "Shut", "outlet": "A"}
    assert found.remarks == ()


def test_the_text_stays_as_it_is() -> None:
    text = " \ufeffa\r\nb\u00a0 \U0001f514\u2028 "
    assert record_of(load_object(json.dumps({"text": text}).encode())).content == text


def test_html_is_read_where_the_text_is_blank_and_left_where_it_is_not() -> None:
    assert record_of({"text": " ", "html": "<p>x"}).kind == "html"
    both = record_of(record(html="<p>x"))
    assert both.kind == "text"
    assert both.remarks == ("the record's html was not read: it holds a text too",)


def test_unknown_fields_are_named_and_not_read() -> None:
    assert record_of(record(pubished="2020", lang="en")).remarks == (
        "fields of the record not read: 'lang', 'pubished'",
    )
    many = record_of(record(**{f"field{n:02}": n for n in range(20)})).remarks[0]
    assert many.endswith("'field07', …")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a", "a"), (17, "17"), (0, "0"), (-3, "-3"), (None, None), ("", None), ("  ", None)],
)
def test_ids(value: object, expected: str | None) -> None:
    assert record_id({"id": value}) == expected


def test_a_huge_number_is_an_id_like_any_other() -> None:
    digits = "9" * 4000
    assert record_id(load_object(f'{{"id": {digits}}}'.encode())) == digits
    assert load_object(b'{"x": ' + b"9" * 100_000 + b"}")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "has neither text nor html"),
        ({"text": None}, "has neither text nor html"),
        ({"text": " \n", "html": ""}, "empty: there is nothing in it to read"),
        ({"text": 5}, "field text must be a string, it is a number"),
        ({"text": ["a"]}, "field text must be a string, it is a list"),
        ({"html": {"a": 1}}, "field html must be a string, it is an object"),
        (record(outlet=True), "field outlet must be a string, it is true or false"),
        (record(id=1.5), "field id must be a string, it is a number"),
        (record(id=True), "field id must be a string, it is true or false"),
        (record(id="a\0b"), "field id holds a NUL character"),
        (record(title="x" * 4097), "field title has 4,097 characters, more than 4,096"),
        ({"text": "ab\ud800cd"}, "field text has half a character (\\ud800) at position 2"),
        (record(url="\udfff"), "field url has half a character (\\udfff) at position 0"),
    ],
)
def test_wrong_fields_are_named(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(RecordError) as error:
        record_of(fields)
    assert str(error.value) == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[1]", "not a JSON object but a list"),
        (b'"text"', "not a JSON object but a string"),
        (b"null", "not a JSON object but null"),
        (b'{"text": "a', "not valid JSON at character 10 (Unterminated string starting at)"),
        (b'{\n"text": a}', "not valid JSON at line 2, character 9 (Expecting value)"),
        (b'{"text": NaN}', "not valid JSON: NaN stands in it"),
        (b'{"x": -Infinity}', "not valid JSON: -Infinity stands in it"),
        (b'{"text": "a", "text": "b"}', "field 'text' stands in it twice"),
        (b'{"text": "caf\xe9"}', "not valid UTF-8 at byte 13 of the line: convert the file to UTF-8"),
        (b'{"text": ' + b"[" * 100_000, "nested too deeply to be read"),
        (b'{"text": ' + b'{"a":' * 100_000, "nested too deeply to be read"),
        (b'{"text": "a"} {"text": "b"}', "not valid JSON at character 15 (Extra data)"),
        (b'{"text": "a\nb"}', "not valid JSON at character 12 (Invalid control character at)"),
        (b'{"text": "\\x"}', "not valid JSON at character 11 (Invalid \\escape)"),
    ],
)
def test_broken_lines_say_what_is_wrong(line: bytes, reason: str) -> None:
    with pytest.raises(RecordError) as error:
        load_object(line)
    assert str(error.value) == reason


def test_a_field_twice_deep_inside_is_nobodys_business() -> None:
    assert load_object(b'{"x": {"a": 1, "a": 2}, "text": "t"}')["text"] == "t"


def test_two_halves_of_a_character_are_one() -> None:
    assert load_object(b'{"text": "\\ud83d\\udd14"}')["text"] == "\U0001f514"


def lines(data: bytes, limit: int, begun: int = 3) -> list[tuple[int, bytes | None]]:
    return list(Lines(io.BytesIO(data[:begun]), io.BytesIO(data[begun:]), limit))


@pytest.mark.parametrize("begun", range(12))
def test_lines_are_numbered_and_blank_ones_pass(begun: int) -> None:
    assert lines(b"a\r\n\n  \nbcd\r\n e\r", 4, begun) == [(1, b"a"), (4, b"bcd"), (5, b" e")]


@pytest.mark.parametrize("begun", range(12))
def test_a_line_too_long_is_passed_over(begun: int) -> None:
    data = b"abcd\nabcde\nabcd\r\n" + b"x" * 50 + b"\nab\n" + b"y" * 50
    assert lines(data, 4, begun) == [(1, b"abcd"), (2, None), (3, b"abcd"), (4, None), (5, b"ab"), (6, None)]


def test_odd_json_takes_linear_time() -> None:
    started = time.monotonic()
    with pytest.raises(RecordError, match="twice"):
        load_object(b'{"a":1' + b',"a":1' * 500_000 + b"}")
    load_object(b"{" + b",".join(b'"%d":1' % n for n in range(300_000)) + b"}")
    assert time.monotonic() - started < 5
