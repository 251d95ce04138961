"""Keys under which the same name, or the same words, are found again. Plain: no transliteration, no nicknames."""

import re
import unicodedata
from functools import lru_cache

from tocsin.core.ids import digest

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BRACKETS = re.compile(r"\s{0,2}\(([^()\n]{2,60})\)")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """One spelling of a name: no case, no accents, no article, single spaces."""
    plain = unicodedata.normalize("NFKD", _ARTICLE.sub("", name.strip()))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def in_brackets(text: str, end: int) -> str | None:
    """What stands in brackets directly behind a name: "Common Defence Treaty Organization (CDTO)" shows that the one is
    the other; None where nothing does."""
    found = _BRACKETS.match(text, end)
    return found[1].strip() if found else None


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: no case, no punctuation, one kind of apostrophe."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def words_key(text: str) -> str:
    """A short hash of `words_of`: wordings that differ only in case and punctuation share it."""
    return digest(words_of(text))[:32]
