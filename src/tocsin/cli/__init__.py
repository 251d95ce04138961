"""The command line. Knows arguments, exit codes and terminals; reaches the work only through `api`.

Nothing heavy is imported before a command runs, so that `tocsin --help` answers at once.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from tocsin.cli.parser import make_parser
from tocsin.errors import EXIT_ERROR, EXIT_OK, TocsinError

INTERRUPTED = 130
"""What a shell expects of a command ended by Ctrl-C."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code (`docs/formats.md` lists them)."""
    _settle_streams()
    options = None
    try:
        parser = make_parser()
        options = parser.parse_args(arguments)
        if options.command is None:
            parser.print_help()
            return EXIT_OK
        code = _command(options.command)(options)
        sys.stdout.flush()
        return code
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else EXIT_ERROR
    except TocsinError as error:
        _say(str(error), options, type(error).__name__)
        return error.exit_code
    except KeyboardInterrupt:
        _say("interrupted; what was added before stays", None, "")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left (`| head`); keep Python from complaining again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _say(f"{where}{error.strerror or error}", options, "OSError")
        return EXIT_ERROR


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """What the command does; comparing names needs none of the others' modules, and may be asked for often."""
    if name == "names":
        from tocsin.cli.names import names

        return names
    from tocsin.cli.commands import COMMANDS

    return COMMANDS[name]


def _settle_streams() -> None:
    """Make stdout and stderr take any character (a page's words may not fit the terminal's encoding), closed or not."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - it stays open
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(message: str, options: argparse.Namespace | None, kind: str) -> None:
    if getattr(options, "json", False):
        import json

        print(json.dumps({"error": {"kind": kind, "message": message}}), file=sys.stderr)
    else:
        from tocsin.cli.terminal import harmless

        print(f"tocsin: {harmless(message)}", file=sys.stderr)
