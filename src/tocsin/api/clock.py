"""The one clock: everything that needs to know what time it is, is told by this."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from tocsin.errors import UsageError

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, or `SOURCE_DATE_EPOCH` where it is set (reproducible-builds.org), so that a run can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH must be a number of seconds, not {epoch!r}") from error
