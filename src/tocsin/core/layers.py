"""A layer: what one stage says of one document, with the version that said it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tocsin.core.document import Document


@dataclass(frozen=True, slots=True)
class Layer:
    """Annotations of one kind on one document, in reading order. `version` is `stage/number`."""

    name: str
    version: str
    annotations: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of annotation: a pure function from a document with the layers `requires` to the annotations of
    the layer `provides`. Only `pipeline.py` attaches what it returns."""

    provides: str
    requires: tuple[str, ...]
    version: str
    annotate: Callable[["Document"], tuple[Any, ...]]

    def __call__(self, doc: "Document") -> Layer:
        """The layer this stage makes of `doc`."""
        return Layer(self.provides, self.version, self.annotate(doc))
