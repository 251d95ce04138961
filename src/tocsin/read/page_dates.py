"""Dates as pages print them above and below an article.

Invariant: no clock; a day is given only where the words fix one, an order of day and month is never guessed.
"""

import re

MONTHS = "january february march april may june july august september october november december".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_DAY = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?[ .-]{_MONTH},?[ -]\d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})"
)
_DATE_LINE = re.compile(
    rf"(?:(?:first |last )?(?:published|posted|updated|modified|date|created|issued)(?: (?:on|at))?:? *)?(?:{_WEEKDAY},? *)?{_DAY}"
    r"(?:[ T,|·–—-]+(?:at )?\d{1,2}[:.]\d{2}.{0,24})?$",
    re.IGNORECASE,
)


def is_date_line(line: str) -> bool:
    """Whether a line is a date (and time) and nothing else."""
    return len(line) <= 80 and _DATE_LINE.match(line) is not None
