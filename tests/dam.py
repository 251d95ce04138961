"""An invented quarrel over a dam: three small pages and one moment, for every test that needs a case."""

from datetime import UTC, datetime

PAGES = {
    "courier.txt": """The Hill Courier

Ostrava will not open the dam

3 May 2019

President Ilse Brandt said Ostrava will not open the dam unless the valley asks for water in writing.

“We will send engineers if the valley asks for help,” Brandt said on Friday in an interview with Radio Valley.

The valley has not asked, according to the mayor, Tom Reed.
""",
    "blog.txt": """Dam notes

“We will send engineers if the valley asks for help,” Ilse Brandt said, according to the Hill Courier.

Tom Reed said the valley would close the road if the dam stays shut.
""",
    "plain.txt": "Tom Reed said: “The road is open.” He added that the valley would wait until Monday.\n",
}


def clock() -> datetime:
    """One moment for every test."""
    return datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
