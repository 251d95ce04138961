"""The commands and their options, each with an example."""

import argparse

from tocsin import __version__
from tocsin.cli import sources, times
from tocsin.core.wording import ALERT_KINDS

DECIDED = (
    "accept", "reject", "correct", "withdraw",
    "merge", "split", "rate", "date", "confirm", "rule-out", "link", "unlink",
)  # fmt: skip
"""The acts of `decide`, written out: what parses a command line loads nothing of the work."""
STATES = ("unreported", "alleged", "denied", "contested", "confirmed", "ruled_out")
EPILOG = """\
the first steps:
  tocsin demo                               the bundled case, built and shown
  tocsin add crisis.tocsin pages/           read a folder of pages into a case
  tocsin board crisis.tocsin                who would do what, on which condition
  tocsin show crisis.tocsin c3f9a2b1        one thing with its exact words
  tocsin brief crisis.tocsin -o brief.html  a page to hand round

exit codes: 0 ok, 1 error, 2 usage, 3 verification failed
"""


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str, example: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=about,
        description=about[0].upper() + about[1:] + ".",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for machines")
    return parser


def _sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file, a folder, JSONL records, or - for stdin")
    given = parser.add_argument_group("metadata for every page of this call (it overrides what the pages show)")
    given.add_argument("--published", metavar="DAY", help="2020-08-15, a UTC second, or FIRST..LAST")
    given.add_argument("--outlet", metavar="NAME")
    given.add_argument("--title", metavar="WORDS")
    given.add_argument("--byline", metavar="NAME")


def _as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="DAY", help="leave out pages from after DAY (2020-08-20)")


def _possible(parser: argparse.ArgumentParser) -> None:
    _as_of(parser)
    about = "with --as-of: count in what could be from before DAY, instead of showing it apart"
    parser.add_argument("--possible", action="store_true", help=about)


def _most(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--most", type=int, metavar="N", help="at most N of them (200 on a terminal; 0 for all)")


def make_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="tocsin",
        description="Keeps watch over a political crisis from press reports: who said what, through whom, and what "
        "each side would do on which condition. Every answer leads back to exact words.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"tocsin {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    one = _add(commands, "demo", "the bundled case, built and shown", "tocsin demo")
    one.add_argument("-o", "--out", default="tocsin-demo", metavar="FOLDER", help="where its files go (tocsin-demo)")

    one = _add(commands, "read", "read pages one at a time, without a case", "tocsin read page.html --json")
    _sources(one)
    one.add_argument("--text", action="store_true", help="with --json: the page's text too")

    one = _add(
        commands, "add", "read pages into a case, made new where there is none", "tocsin add crisis.tocsin pages/"
    )
    one.add_argument("case", metavar="CASE")
    _sources(one)

    times.options(_add(commands, "times", times.ABOUT, times.EXAMPLE))
    _lists(commands)
    _work(commands)
    return parser


def _lists(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    one = _add(
        commands, "documents", "the pages of a case, and those that could not be read", "tocsin documents crisis.tocsin"
    )
    one.add_argument("case", metavar="CASE")
    _as_of(one)

    one = _add(commands, "statements", "who said what, by speaker", "tocsin statements crisis.tocsin --speaker Putin")
    one.add_argument("case", metavar="CASE")
    one.add_argument("--speaker", metavar="NAME", help="only speakers whose name holds these words")
    one.add_argument("--own-voice", action="store_true", help="also what the pages say themselves")
    _possible(one)

    one = _add(commands, "actors", "who speaks, relays, holds commitments", "tocsin actors crisis.tocsin")
    one.add_argument("case", metavar="CASE")
    one.add_argument("--all", action="store_true", help="also names that are only mentioned")

    sources.options(_add(commands, "sources", sources.ABOUT, sources.EXAMPLE))

    about = "commitments: who would (not) do what, on which condition"
    one = _add(commands, "board", about, "tocsin board crisis.tocsin --conditional --holder Russia")
    one.add_argument("case", metavar="CASE")
    one.add_argument("--conditional", action="store_true", help="only those that hang on a condition")
    one.add_argument("--holder", metavar="NAME", help="only holders whose name holds these words")
    _most(one)
    _possible(one)

    _commitments(commands)

    about = "what a watch would have rung for, on the days of the captures"
    one = _add(commands, "replay", about, "tocsin replay crisis.tocsin --kind condition_dropped")
    one.add_argument("case", metavar="CASE")
    one.add_argument("--kind", choices=ALERT_KINDS, metavar="KIND", help=f"only one of {', '.join(ALERT_KINDS)}")
    one.add_argument("--first-day", action="store_true", help="ring on the first day too, when all is new")

    one = _add(commands, "show", "one thing with its words, chain and history", "tocsin show crisis.tocsin c3f9a2b1")
    one.add_argument("case", metavar="CASE")
    one.add_argument("thing", metavar="ID", help="the id at the end of a line, or enough of its start")

    one = _add(commands, "search", "lines that hold every word", "tocsin search crisis.tocsin 'police reserve'")
    one.add_argument("case", metavar="CASE")
    one.add_argument("query", metavar="WORDS", help="words; a phrase in double quotation marks stays together")
    one.add_argument("--limit", type=int, default=20, metavar="N", help="lines at most (20)")

    one = _add(commands, "names", "how likely two names are one actor's", "tocsin names Lukashenko Лукашенко --json")
    one.add_argument("a", nargs="?", metavar="NAME")
    one.add_argument("b", nargs="?", metavar="NAME")
    one.add_argument("--file", metavar="FILE", help="pairs: JSON lines with a and b, or comma-separated; - for stdin")
    one.add_argument("--kind", choices=("person", "organisation"), default="person", help="what they name (person)")

    one = _add(commands, "decisions", "what people decided, and what is offered", "tocsin decisions crisis.tocsin")
    one.add_argument("case", metavar="CASE")


def _commitments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    one = _add(
        commands, "commitments", "commitments with their history, one a line", "tocsin commitments crisis.tocsin"
    )
    one.add_argument("case", metavar="CASE")
    one.add_argument("--conditional", action="store_true", help="only those that hang on a condition")
    one.add_argument("--holder", metavar="NAME", help="only holders whose name holds these words")
    _most(one)
    _possible(one)

    about = "what commitments hang on: situations, their states and the evidence"
    one = _add(commands, "conditions", about, "tocsin conditions crisis.tocsin --state alleged")
    one.add_argument("case", metavar="CASE")
    one.add_argument("--state", choices=STATES, metavar="STATE", help=f"only one of {', '.join(STATES)}")
    _as_of(one)

    example = 'tocsin tripwire add crisis.tocsin "unmarked convoys near the border" --place Brodny --by ada'
    one = _add(commands, "tripwire", "watch for situations in your own words", example)
    one.add_argument("action", choices=("add", "list", "load"), help="add WORDS, list them, or load a tripwires.toml")
    one.add_argument("case", metavar="CASE")
    one.add_argument("what", nargs="?", metavar="WORDS|FILE", help="what to watch for, or the file to load")
    one.add_argument("--name", metavar="NAME", help="a short name for it")
    one.add_argument("--place", metavar="PLACE", help="where it would be seen")
    one.add_argument("--who", action="append", metavar="NAME", help="who could see it; may be given again")
    one.add_argument(
        "--shows", action="append", metavar="WORDS", help="other words that would show it; may be given again"
    )
    one.add_argument("--by", metavar="NAME", help="who watches")

    example = 'tocsin whatif crisis.tocsin --suppose "the council asks for help" --suppose-not "an attack from outside"'
    one = _add(commands, "whatif", "what would follow, under each telling", example)
    one.add_argument("case", metavar="CASE")
    one.add_argument("--suppose", action="append", default=[], metavar="WORDS|ID", help="a condition that comes about")
    one.add_argument("--suppose-not", action="append", default=[], metavar="WORDS|ID", help="one that does not")
    one.add_argument("--all", action="store_true", help="also commitments for which nothing changes")
    _possible(one)


def _work(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    example = "tocsin decide crisis.tocsin c3f9a2b1 correct --set polarity=will_not --by ada"
    one = _add(commands, "decide", "a person's act on a reading, or on what follows from several pages", example)
    one.add_argument("case", metavar="CASE")
    one.add_argument("thing", metavar="ID")
    one.add_argument("act", choices=DECIDED, metavar="ACT", help=f"one of {', '.join(DECIDED)}")
    one.add_argument("other", nargs="?", metavar="OTHER", help="the second id that merge, split, link, unlink take")
    one.add_argument("--by", required=True, metavar="NAME", help="who decides")
    one.add_argument("--note", metavar="WORDS", help="why")
    one.add_argument("--only", action="store_true", help="only the wording with this very id, not the others of it")
    one.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help="with correct: words on the page"
    )
    one.add_argument("--to", metavar="VALUE", help="with rate: A to F, or 1 to 6; with date: DAY or FIRST..LAST")
    one.add_argument("--from", dest="since", metavar="DAY", help="with confirm, rule-out: from when on it holds")
    one.add_argument("--direction", choices=("for", "against"), help="with link: how the claim bears on the situation")

    one = _add(
        commands, "brief", "one self-contained HTML page to hand round", "tocsin brief crisis.tocsin -o brief.html"
    )
    one.add_argument("case", metavar="CASE")
    one.add_argument("-o", "--out", metavar="FILE", help="where to write it (stdout)")
    one.add_argument("--full-text", action="store_true", help="with the whole text of every page")
    _as_of(one)

    example = "tocsin export crisis.tocsin commitments -o commitments.csv"
    one = _add(commands, "export", "the case for other programs", example)
    one.add_argument("case", metavar="CASE")
    what = "jsonl (everything), or commitments (CSV, one row a telling; csv means the same)"
    one.add_argument("form", metavar="FORMAT", choices=("jsonl", "commitments", "csv"), help=what)
    one.add_argument("-o", "--out", metavar="FILE", help="where to write it (stdout)")
    book = "where the codebook of commitments goes (beside -o FILE; .csv or .md)"
    one.add_argument("--codebook", metavar="FILE", help=book)

    about = "check that everything leads back to the words on its page"
    one = _add(commands, "verify", about, "tocsin verify crisis.tocsin export.jsonl")
    one.add_argument("paths", nargs="+", metavar="CASE|FILE", help="a case; files that read or export wrote")

    one = _add(commands, "reread", "read every capture again with this version", "tocsin reread crisis.tocsin")
    one.add_argument("case", metavar="CASE")

    one = _add(commands, "rebuild", "derive everything again from pages and decisions", "tocsin rebuild crisis.tocsin")
    one.add_argument("case", metavar="CASE")
