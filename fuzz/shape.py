"""Inputs with the shape of what a reader expects: pieces of an input are cut out, repeated, swapped and spliced.

Plain byte mutation rarely makes a tag, a quotation or a JSON object; this takes an input apart at such joints and puts
words of the target's dictionary between them. Invariant: the same input, size and seed give the same bytes.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
HTML_JOINTS = re.compile(rb"<[^<>]{0,400}>?|&[#\w]{0,12};?|[^<>&\s]+|\s+|>", re.DOTALL)
TEXT_JOINTS = re.compile(rb"\r\n|\n|[ \t]+|[A-Za-z]+|[0-9]+|[\x80-\xff]+|.", re.DOTALL)
JSON_JOINTS = re.compile(rb'"(?:[^"\\\n]|\\.){0,400}"|[\[\]{}:,]|[^\[\]{}:,"]+|"', re.DOTALL)
LINE_JOINTS = re.compile(rb"[^\n]*\n|[^\n]+", re.DOTALL)

PLAIN_SHARE = 0.35
"""Share of the mutations left to the fuzzer's own byte mutations: these find what nobody thought of."""
FLOOD_SHARE = 0.03
"""Share of the structural ones that repeat a run hundreds of times, to find what is not linear."""

_WORD = re.compile(r'^\s*(?:[\w-]+\s*=\s*)?"((?:[^"\\]|\\.)*)"\s*$')
_ESCAPE = re.compile(rb'\\(x[0-9A-Fa-f]{2}|[\\"])')


@cache
def words_of(dictionary: str) -> tuple[bytes, ...]:
    """The words of `dictionaries/NAME.dict`, which is in libFuzzer's form."""
    lines = (HERE / "dictionaries" / f"{dictionary}.dict").read_text(encoding="utf-8").splitlines()
    found = (_WORD.match(line) for line in lines)
    return tuple(_ESCAPE.sub(_unescape, one.group(1).encode()) for one in found if one)


def _unescape(found: re.Match[bytes]) -> bytes:
    code = found.group(1)
    return bytes.fromhex(code[1:].decode()) if code[:1] == b"x" else code


@dataclass(frozen=True, slots=True)
class Shape:
    """How inputs of one target fall into pieces, and the words that stand in them."""

    joints: re.Pattern[bytes]
    dictionary: str

    def mutate(self, data: bytes, most: int, seed: int, plainly: Callable[[bytes, int], bytes]) -> bytes:
        """Another input of at most `most` bytes; `plainly` is the fuzzer's own mutation."""
        rng = random.Random(seed)  # noqa: S311 (no secret)
        if not data or rng.random() < PLAIN_SHARE:
            return plainly(data, most)
        pieces = self.joints.findall(data)
        words = words_of(self.dictionary)
        for _step in range(rng.choice((1, 1, 2, 3, 5))):
            _change(pieces, words, rng)
        return b"".join(pieces)[:most]


def _change(pieces: list[bytes], words: tuple[bytes, ...], rng: random.Random) -> None:
    """One structural change, in place."""
    at = rng.randrange(len(pieces) + 1)
    size = min(1 + int(rng.expovariate(0.3)), 60)
    run = pieces[at : at + size]
    act = rng.randrange(8)
    if act <= 2:
        pieces[at:at] = rng.choices(words, k=rng.choice((1, 1, 2, 4)))
    elif act == 3:
        del pieces[at : at + size]
    elif act == 4:
        times = rng.choice((50, 400, 3000)) if rng.random() < FLOOD_SHARE else rng.choice((1, 1, 2, 5))
        pieces[at:at] = run * times
    elif act == 5 and run:
        pieces[at : at + 1] = [rng.choice(words)]
    elif act == 6:
        to = rng.randrange(len(pieces) + 1)
        del pieces[at : at + size]
        pieces[to:to] = run
    else:
        word = rng.choice(words)
        pieces[at:at] = [word] * (rng.choice((100, 1500)) if rng.random() < FLOOD_SHARE else 2)
