"""The command line. Knows arguments, exit codes and terminals; reaches the work only through `api`.

Nothing heavy is imported before a command runs, so that `tocsin --help` answers at once.
"""

import os
import sys
from collections.abc import Sequence

from tocsin.cli.parser import make_parser
from tocsin.errors import EXIT_ERROR, EXIT_OK, TocsinError

INTERRUPTED = 130
"""What a shell expects of a command ended by Ctrl-C."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code (`docs/formats.md` lists them)."""
    parser = make_parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else EXIT_ERROR
    if options.command is None:
        parser.print_help()
        return EXIT_OK
    from tocsin.cli import commands

    try:
        code = commands.COMMANDS[options.command](options)
        sys.stdout.flush()
        return code
    except TocsinError as error:
        _say(str(error), as_json=getattr(options, "json", False), kind=type(error).__name__)
        return error.exit_code
    except KeyboardInterrupt:
        _say("interrupted; what was added before stays", as_json=False, kind="")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left (`| head`); keep Python from complaining again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _say(f"{where}{error.strerror or error}", as_json=getattr(options, "json", False), kind="OSError")
        return EXIT_ERROR


def _say(message: str, *, as_json: bool, kind: str) -> None:
    if as_json:
        import json

        print(json.dumps({"error": {"kind": kind, "message": message}}, ensure_ascii=False), file=sys.stderr)
    else:
        print(f"tocsin: {message}", file=sys.stderr)
