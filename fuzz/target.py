"""What a fuzzing target is: one function over bytes, the shape of its inputs, and its seeds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fuzz.shape import HERE, Shape

PAGES = HERE.parent / "src" / "tocsin" / "demo" / "pages"


@dataclass(frozen=True, slots=True)
class Target:
    """`run` reads one input and gives what was read, as bytes that must be the same each time; it raises BrokenLawError
    where a law is broken, and lets through whatever Tocsin raises that it should not. `most` bytes are in one input.
    """

    name: str
    says: str
    run: Callable[[bytes], bytes]
    shape: Shape
    pages: tuple[str, ...] = ()
    most: int = 65_536
    made: Callable[[], dict[str, bytes]] = field(default=dict)

    def seeds(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of every seed: those in `corpus/NAME/`, bundled pages, and those that are made here."""
        folder = HERE / "corpus" / self.name
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            yield path.name, path.read_bytes()
        for pattern in self.pages:
            for path in sorted(PAGES.glob(pattern)):
                yield path.name, path.read_bytes()
        yield from sorted(self.made().items())

    @property
    def dictionary(self) -> Path:
        """The file of words that libFuzzer takes."""
        return HERE / "dictionaries" / f"{self.shape.dictionary}.dict"
