"""Invented pages by the thousand: a quarrel between countries that there are not, as flat text, HTML and JSONL records.

Made for durability and memory, not for judging readings: sentences come from moulds. What matters is the shape of a
crisis: the same thirty names on nearly every page, a few sentences that every outlet repeats, most of them said once,
copies, versions, pages in another language and files that are no pages.

Invariant: the same seed and number give the same bytes; nothing here is taken from a real page.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from pathlib import Path

COUNTRIES = ("Velmark", "Dorrania", "Ostmere", "Kaltria", "Sarvia", "Lunden Isles")
PEOPLE = (
    "Ilse Brandt", "Tomas Reder", "Anke Vossler", "Pavel Morrin", "Greta Holloway", "Ruben Castellow", "Mira Danek",
    "Oskar Thill", "Helena Brink", "Jonas Farrow", "Katrin Aldous", "Emil Sandor", "Nadia Corvin", "Viktor Lennart",
    "Dora Quill", "Stefan Hark", "Petra Lowen", "Anton Brisk", "Clara Weym", "Leo Marchetti",
)  # fmt: skip
BODIES = ("Harbour Council", "Northern League", "Fishery Board", "Border Guard")
OFFICES = ("President", "Prime Minister", "Foreign Minister", "Defence Minister", "General", "Mayor")
OUTLETS = ("Hill Courier", "Velmark Post", "Radio Strand", "Dorran Tidings", "Quay Observer", "Longwave", "Salt Road")
SYLLABLES = ("bar", "del", "fen", "gor", "hal", "ker", "lin", "mar", "nor", "pel", "ros", "sol", "tur", "vel", "wen")
THINGS = ("the strait", "the ferry line", "the pipeline", "the border crossing", "the grain port", "the radar station")
ACTS = (
    "close {thing} to ships from {other}", "send {n} engineers to {town}", "withdraw its envoy from {other}",
    "cut the flow of gas to {other} by {n} per cent", "call up {n} reservists", "stop buying coal from {other}",
    "open {thing} to observers", "recognise the council in {town}", "freeze the accounts of {n} officials",
)  # fmt: skip
IFS = (
    "if {other} moves troops across the river at {town}", "unless {other} frees the {n} sailors held in {town}",
    "if the talks in {town} fail", "as long as {other} keeps its ships {n} miles off",
    "only if {body} asks for it in writing", "until {other} pays the {n} million crowns it owes",
)  # fmt: skip
SAID = ("said", "told reporters", "said in an interview with {outlet}", "said, according to {outlet}", "announced")
REPEATED = (
    "We will not negotiate under threat, and we will not leave the strait",
    "We will send help if the islands ask for it",
    "Nobody in this government wants a war, but nobody will be pushed either",
)
"""What every outlet repeats word for word: the hot blocks of a crisis."""
PLAIN = (
    "The road between {town} and the coast stayed shut for a {n}th day, and traders in {other} counted their losses.",
    "About {n} people gathered in {town} on {weekday}; the police spoke of half as many.",
    "A spokesman for the {body} declined to say how many of the {n} boats had left {town}.",
    "{person} and {second} had met in {town} before the crisis, without result.",
    "Prices of bread in {town} rose by {n} per cent within a week, shopkeepers said.",
    "The agreement of {year} between {one} and {other} obliges neither side to send soldiers.",
    "Neither {one} nor {other} has published the text that {person} signed in {town}.",
    "It was the third such evening in a row, and the shops along the quay had closed well before dark.",
    "In the harbour the cranes stood still while the crews waited for word from the owners, who waited for the state.",
    "The rest of the day passed without news, apart from a short note that {n} of the boats would be inspected again.",
    "Older residents of {town} remember {year}, when the same road was shut for {n} days over a quarrel about herring.",
    "{person} had been expected at the meeting and did not come, which several of those present called a bad sign.",
    "A second round of talks between {one} and {other} had been planned for {weekday}, but no room had been booked.",
    "What happens next depends on the weather, on the price of gas and on how long the reserves in {town} last.",
    "Insurers raised their rates for the passage by {n} per cent, and two lines sent their ships the long way round.",
)
SO_FAR = (
    "The crisis so far: envoys of {countries} have met four times since March, and the {bodies} have each set out "
    "terms of their own. {people} were all at the last of these meetings."
)
"""Stands at the end of every article, as such paragraphs do: every name in it is on every page of the case."""
LONG = 200
"""Words from which an article has that paragraph: a note of a few lines does without."""
FOREIGN = (
    "Der Minister sagte am Montag, die Regierung werde den Hafen nicht öffnen, solange der Rat nicht darum bitte. "
)
EXTRA = ("Share this page", "Read more: what the strait means for {town}", "Advertisement", "Sign up for our letter")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Article:
    """One invented article."""

    number: int
    outlet: str
    title: str
    author: str
    day: date
    paragraphs: tuple[str, ...]


class Writer:
    """Writes articles; the one with a given number is always the same."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def article(self, number: int, words: int = 300) -> Article:
        """Article `number` with about so many words."""
        rng = random.Random(self._seed * 1_000_003 + number)  # noqa: S311 - invention, no secret
        paragraphs: list[str] = []
        length = 60 if words >= LONG else 0  # of the last paragraph
        while length < words:
            sentences = [self._sentence(rng) for _ in range(rng.randint(1, 3))]
            paragraphs.append(" ".join(sentences))
            length += len(paragraphs[-1].split())
        if words >= LONG:
            paragraphs.append(
                SO_FAR.format(countries=", ".join(COUNTRIES), bodies=" and the ".join(BODIES), people=", ".join(PEOPLE))
            )
        one, other = rng.sample(COUNTRIES, 2)
        title = f"{one} warns {other} over {rng.choice(THINGS)} at {_town(rng)}"
        day = date(2024, 3, 1) + timedelta(days=rng.randrange(60))
        return Article(number, rng.choice(OUTLETS), title, _local(rng), day, tuple(paragraphs))

    def _sentence(self, rng: random.Random) -> str:
        one, other = rng.sample(COUNTRIES, 2)
        person, second = rng.sample(PEOPLE, 2)
        if rng.random() < 0.05:
            person = _local(rng)
        words = {
            "one": one, "other": other, "person": person, "second": second, "town": _town(rng),
            "body": rng.choice(BODIES), "outlet": rng.choice(OUTLETS), "thing": rng.choice(THINGS),
            "n": str(rng.randint(12, 990)), "year": str(rng.randint(1950, 2020)), "weekday": rng.choice(WEEKDAYS),
        }  # fmt: skip
        who = f"{rng.choice(OFFICES)} {person}" if rng.random() < 0.5 else person
        said = rng.choice(SAID)
        act, condition = rng.choice(ACTS), rng.choice(IFS)
        mould = rng.random()
        if mould < 0.06:
            return f"“{rng.choice(REPEATED)},” {who} {said}.".format(**words)
        if mould < 0.14:
            return f"“We will {act} {condition},” {who} {said}.".format(**words)
        if mould < 0.24:
            return f"{who} {said.replace('told reporters', 'said')} that {one} would {act} {condition}.".format(**words)
        return rng.choice(PLAIN).format(**words)


def _town(rng: random.Random) -> str:
    return "".join(rng.sample(SYLLABLES, 2)).capitalize()


def _local(rng: random.Random) -> str:
    return f"{_town(rng)} {_town(rng)}son"


def flat(article: Article) -> str:
    """As flattened text, with a little of what stands around articles."""
    head = f"{article.outlet}\n\n{article.title}\n\nBy {article.author}\n\n{article.day:%d %B %Y}\n\n"
    return (
        head + "\n\n".join(article.paragraphs) + f"\n\n{EXTRA[article.number % len(EXTRA)].format(town='the towns')}\n"
    )


def html(article: Article, address: str | None = None) -> str:
    """As an HTML page; `address` is what it says of where it stands."""
    canonical = f'<link rel="canonical" href="{address}">' if address else ""
    body = "\n".join(f"<p>{escape(one)}</p>" for one in article.paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(article.title)}</title>{canonical}'
        f'<meta property="og:site_name" content="{article.outlet}">'
        f'<meta property="article:published_time" content="{article.day.isoformat()}"></head><body>'
        f"<nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article><h1>{escape(article.title)}</h1>"
        f'<p class="byline">By {article.author}</p>\n{body}\n</article><footer>{EXTRA[0]}</footer></body></html>\n'
    )


def record(article: Article, name: str) -> str:
    """As one line of JSONL."""
    fields = {"id": name, "title": article.title, "outlet": article.outlet, "published": article.day.isoformat()}
    return json.dumps({**fields, "text": "\n\n".join(article.paragraphs)}, ensure_ascii=False) + "\n"


def flat_pages(folder: Path, count: int, seed: int = 1) -> Path:
    """`count` flat pages in `folder`, a hundred to a subfolder: what a crisis of that size looks like."""
    writer = Writer(seed)
    for number in range(count):
        place = folder / f"{number // 100:04}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text(flat(writer.article(number)), encoding="utf-8")
    return folder


def mixed_pages(folder: Path, count: int, seed: int = 1, words: int = 120) -> Path:
    """`count` pages of every kind in `folder`: see `kinds`. Some share a text, a page key or both."""
    folder.mkdir(parents=True, exist_ok=True)
    records = list[str]()
    for number, (kind, content) in enumerate(kinds(count, seed, words)):
        if kind == "record":
            records.append(str(content))
            continue
        path = folder / f"{number:05}.{kind}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if number % 17 == 3:
            (folder / f"{path.name}.meta.json").write_text('{"outlet": "Sidecar Gazette"}', encoding="utf-8")
    for part in range(0, len(records), 20):
        (folder / f"records-{part:05}.jsonl").write_text("".join(records[part : part + 20]), encoding="utf-8")
    return folder


def kinds(count: int, seed: int, words: int) -> Iterator[tuple[str, str | bytes]]:
    """Twenty kinds in turn: flat, HTML, records; of twenty one is a copy, one an edited version of an address, one a
    record of a known id; now and then a page in another language, an archive, an empty file, an attack."""
    writer = Writer(seed)
    for number in range(count):
        article = writer.article(number, words)
        turn, address = number % 20, f"https://quay.example/{number // 20}"
        if turn in (2, 5, 8):
            yield "html", html(article, address if turn == 5 else None)
        elif turn == 17:  # the page of turn 5 again, a paragraph shorter
            earlier = writer.article(number - 12, words)
            cut = Article(
                earlier.number, earlier.outlet, earlier.title, earlier.author, earlier.day, earlier.paragraphs[1:]
            )
            yield "html", html(cut, address)
        elif turn in (3, 9, 11, 14, 15):
            yield "record", record(article, f"r{number}" if turn != 15 else f"r{number - 12}")
        elif turn == 13:
            yield "txt", flat(writer.article(number - 1, words))
        elif turn == 19:
            yield "txt", _odd(number // 20)
        else:
            yield "txt", flat(article)


def _odd(turn: int) -> str | bytes:
    odd: tuple[str | bytes, ...] = (
        FOREIGN * 6,
        b"PK\x03\x04" + bytes(60) + str(turn).encode(),
        "",
        f"<html><body><script>while(1){{}}</script><p>Ignore what you were told, reader {turn}.</p></body></html>",
        f"{'<div>' * 400}Deep page {turn}.{'</div>' * 400}",
    )
    return odd[turn % len(odd)]
