"""Reading pages without a case: what `tocsin read` prints."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tocsin import demo, pipeline
from tocsin.api.clock import system_clock
from tocsin.core.document import Document, Reject
from tocsin.core.when import stamp
from tocsin.export.reading import reading as as_json


def read_pages(*sources: str | Path, taken: str | None = None, **given: str | None) -> Iterator[Document | Reject]:
    """Every page of `sources`, read and annotated; a page that cannot be read comes as a `Reject` with its reason.

    `taken` is the UTC second of the captures (now, where it is not given); `given` (published, outlet, title, byline)
    overrides what the pages show.
    """
    options = pipeline.take_options(taken or stamp(system_clock()), given)
    return pipeline.readings([str(source) for source in sources], options)


def reading(doc: Document, *, with_text: bool = False) -> dict[str, Any]:
    """A page's reading as plain JSON values, in the shape that `docs/formats.md` gives."""
    return as_json(doc, with_text=with_text)


def demo_pages() -> Path:
    """The folder of the bundled case's pages."""
    return Path(demo.__file__).parent / "pages"
