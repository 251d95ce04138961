"""`tocsin sources`: who passes words on in a case, in which roles, how reliable a person called them, and what the
register says of them with the page where that was checked."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.core.ids import SHOWN_DIGITS
from tocsin.errors import EXIT_OK, UsageError

if TYPE_CHECKING:
    from tocsin.api.sources import Source

Options = argparse.Namespace
ABOUT = "who passes words on: outlets, agencies, channels, relayers"
EXAMPLE = "tocsin sources crisis.tocsin --role agency"
ROLES = ("outlet", "aggregator", "agency", "channel", "relayer", "spokesperson")
MOST_NAMES = 4
"""Other names shown of one source; --json has all."""


def options(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("case", metavar="CASE")
    parser.add_argument("--extend", metavar="FILE", help="enter the [[source]] tables of a TOML file in the case first")
    parser.add_argument("--by", metavar="NAME", help="with --extend: who enters them")
    parser.add_argument("--role", choices=ROLES, metavar="ROLE", help=f"only one of {', '.join(ROLES)}")


def sources(given: Options) -> int:
    """List the sources of a case."""
    from tocsin import api
    from tocsin.api.sources import sources as found_in
    from tocsin.cli.plain import line

    if bool(given.extend) != bool(given.by):
        raise UsageError("--extend FILE and --by NAME go together: an entry needs whoever made it")
    with api.open(given.case, create=False, write=bool(given.extend)) as case:
        if given.extend:
            case.extend(Path(given.extend).read_text(encoding="utf-8-sig"), by=given.by)
        found = found_in(case, role=given.role)
    if given.json:
        for one in found:
            print(line(one))
    else:
        show(found)
    return EXIT_OK


def show(found: "list[Source]") -> None:
    """Sources as people read them."""
    from tocsin.cli.terminal import harmless, paint, wrapped

    if not found:
        print("no sources")
    for one in found:
        roles = ", ".join(f"{role} {count}" for role, count in one.roles.items())
        pages = f"{len(one.pages)} page{'s' if len(one.pages) != 1 else ''}"
        head = f"{paint(one.reliability, 'bold')}  {paint(harmless(one.name), 'bold')}  {roles}; {pages}"
        print(wrapped(f"{head}  {paint(one.id[: SHOWN_DIGITS + 1], 'dim')}", "", "    "))
        others = [harmless(name) for name in one.names if name != one.name]
        if others:
            more = f" and {len(others) - MOST_NAMES} more" if len(others) > MOST_NAMES else ""
            print(wrapped(f"also {', '.join(others[:MOST_NAMES])}{more}", "    "))
        print(wrapped(f"rated {harmless(one.rated)}" if one.rated else "nobody has rated it", "    "))
        if one.register is not None:
            facts = [harmless(str(one.register[name])) for name in ("kind", "country", "owner") if one.register[name]]
            state = {True: "a state's", False: "no state's", None: "whose it is is not known"}[one.register["state"]]
            print(wrapped(f"{', '.join([*facts, state])}", "    "))
        print(wrapped(paint("; ".join(map(harmless, one.reasons)), "dim"), "    "))
