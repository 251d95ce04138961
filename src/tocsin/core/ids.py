"""Identities: SHA-256 over a JSON array, never over strings joined with a separator.

A derived id is one letter for its kind and 16 hexadecimal digits (64 bits: at a million annotations a clash has a
chance of about 3 in 100,000,000). The command line shows the letter and eight digits and takes any unique prefix.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

ID_DIGITS = 16
SHOWN_DIGITS = 8
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """`value` as JSON with one spelling: sorted keys, no spaces, no escapes beyond what JSON demands."""
    return _ENCODER.encode(value)


def digest(parts: Sequence[Any]) -> str:
    """SHA-256 in hexadecimal over the JSON array of `parts`."""
    return hashlib.sha256(canonical(list(parts)).encode()).hexdigest()


def short_id(letter: str, parts: Sequence[Any]) -> str:
    """The derived id of `parts`: `letter` and 16 hexadecimal digits."""
    return letter + digest([letter, *parts])[:ID_DIGITS]


def text_id(text: str) -> str:
    """SHA-256 of the text in UTF-8. Copies of one text share it. Raises UnicodeEncodeError on lone surrogates."""
    return hashlib.sha256(text.encode()).hexdigest()


def doc_id(text_sha256: str, page: str) -> str:
    """`Document.id`: SHA-256 over the JSON array [`text_id`, page key]."""
    return digest([text_sha256, page])
