"""Tocsin keeps watch over a political crisis from press reports; every answer leads back to words on the page."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tocsin.api import Case, open, read_pages  # noqa: A004 - DESIGN.md's name

__version__ = "0.1.0"
__all__ = ["Case", "__version__", "open", "read_pages"]


def __getattr__(name: str) -> Any:
    """Load the work when it is first asked for: `import tocsin` alone stays light."""
    if name in ("Case", "open", "read_pages"):  # `tocsin.read` is the room of that name
        from tocsin import api

        return getattr(api, name)
    raise AttributeError(f"module 'tocsin' has no attribute {name!r}")
