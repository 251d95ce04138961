"""What a terminal is shown: colours only there, page words made harmless, progress on stderr."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WIDTH = 100
"""Columns of text at most: longer lines are hard to read. Output to a file or pipe is not wrapped."""
NARROWEST = 20
"""Columns of text at least, however narrow the terminal."""
_COLOUR = re.compile("\x1b\\[[0-9;]*m")
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """Page words on one line, without characters that move a cursor, ring a bell or turn the direction of writing."""
    return _HARMFUL.sub("\ufffd", " ".join(text.split()))


def colours() -> bool:
    """Whether stdout is a terminal that takes colours (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, *styles: str) -> str:
    """`text` in these styles where stdout takes colours."""
    if not styles or not colours():
        return text
    return f"\x1b[{';'.join(_CODES[one] for one in styles)}m{text}\x1b[0m"


def wrapped(text: str, indent: str, hang: str = "") -> str:
    """`text` behind `indent`, wrapped to the terminal with `hang` added to later lines; whole where there is none.
    Colours take no room."""
    if not sys.stdout.isatty():
        return indent + text
    width = max(min(WIDTH, _columns()), len(indent + hang) + NARROWEST)
    lines, line, used = [], indent, len(indent)
    for word in text.split(" "):
        long = len(_COLOUR.sub("", word))
        if used + long > width and line.strip():
            lines.append(line.rstrip())
            line, used = indent + hang, len(indent + hang)
        line, used = f"{line}{word} ", used + long + 1
    return "\n".join([*lines, line.rstrip()])


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return WIDTH


@contextmanager
def progress(verb: str) -> Iterator[Callable[[str], None]]:
    """A function to call with each thing's name; it draws a counter on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn(verb),
        TextColumn("{task.completed}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb, total=None, name="")
        yield lambda name: bar.update(task, advance=1, name=harmless(name)[:60])
