"""From bytes to documents: sources, sniffing, decoding, plain text, HTML, JSONL records, and what came beside them.

Two doors: `take` turns what a person names into pages, `read` turns a page into a document. Neither raises for what a
page holds. Heavy libraries load when the first page needs them.
"""

from tocsin.read.reader import VERSION, read
from tocsin.read.sources import Page, Refused, TakeOptions, take

__all__ = ["VERSION", "Page", "Refused", "TakeOptions", "read", "take"]
