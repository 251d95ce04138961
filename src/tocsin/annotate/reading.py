"""What the reading model finds on a page: run once a page, asked for by each stage that makes a layer of it.

The page's sentences are what the model is given, and a line is a paragraph. What it finds depends on the page's text
and sentences alone, not on threads nor on other pages.
"""

import os
from functools import cache, lru_cache

from tocsin import model
from tocsin.core.annotations import Sentence
from tocsin.core.document import Document

KEPT = 1
"""Pages whose readings are kept: the stages of a page ask one after another."""
MOST_THREADS = 4
"""Most pages have fewer than ten windows: more threads would wait more than they read."""


@cache
def threads() -> int:
    """As many as the process may use cores, up to four."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_THREADS, cores)


@lru_cache(maxsize=KEPT)
def read(text: str, sentences: tuple[model.Range, ...]) -> model.Reading:
    """What the model finds in a text cut into sentences."""
    return model.read(text, sentences, threads=threads())


def ranges_of(doc: Document) -> tuple[model.Range, ...]:
    """The sentences of a page as the model takes them."""
    sentences: tuple[Sentence, ...] = doc.layer("sentences").annotations
    return tuple((one.span.start, one.span.end) for one in sentences)


def reading(doc: Document) -> model.Reading:
    """Who says what on the page, what it names, and how its words hang together."""
    return read(doc.text, ranges_of(doc))
