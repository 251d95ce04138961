"""What can go wrong, said so that a person knows what, where and what to do next.

Every error that Tocsin raises on purpose is a `TocsinError`; the command line prints `str(error)` and exits
with the class's `exit_code`.
"""

EXIT_OK = 0
EXIT_ERROR = 1
EXIT_USAGE = 2
EXIT_VERIFY = 3


class TocsinError(Exception):
    """Base of all errors raised on purpose. `exit_code` is what the command line ends with."""

    exit_code = EXIT_ERROR


class UsageError(TocsinError):
    """The caller asked for something that has no meaning: an unknown id, field, act or format."""

    exit_code = EXIT_USAGE


class SpanError(TocsinError, ValueError):
    """A span that is empty, negative, not made of integers, or outside its document."""


class CodecError(TocsinError, ValueError):
    """A stored value does not have the shape that its type demands."""


class CaseError(TocsinError):
    """A case file cannot be opened, read or written."""


class BusyError(CaseError):
    """Another process is writing to the case."""


class VerifyError(TocsinError):
    """A case or an output does not lead back to the words on its pages."""

    exit_code = EXIT_VERIFY
