"""What the libraries alone reach on the same HTML pages: anchors beside our figures, told and never held."""

from typing import Any

from bench.figures import Figure, told
from bench.pages import HTML, TOOL, metadata_figures, packed
from bench.room import Reading, Room, write_jsonl


def html_anchors(room: Room) -> list[Figure]:
    """trafilatura (`favor_precision`) for body, title and author; htmldate for the date."""
    import htmldate
    import trafilatura

    gold = list(packed(room.at(HTML)))
    read: list[Reading] = []
    for record in gold:
        text = (
            trafilatura.extract(record["html"], url=record["url"], favor_precision=True, include_comments=False) or ""
        )
        said = trafilatura.extract_metadata(record["html"], default_url=record["url"])
        day = htmldate.find_date(record["html"], url=record["url"])
        read.append(_reading(record["id"], text, said, day))
    answers = write_jsonl(room.work / "anchors.gold.jsonl", gold)
    got = room.score_json(TOOL, answers, write_jsonl(room.work / "anchors.pred.jsonl", read))
    figures = [told(f"trafilatura_{name}_f1", one["f1"]) for name, one in sorted(got.items())]
    whose = {"title": "trafilatura", "author": "trafilatura", "date": "htmldate", "date_wrong": "htmldate"}
    return figures + [told(f"{whose[one.name]}_{one.name}", one.value) for one in metadata_figures(gold, read)]


def _reading(page: str, text: str, said: Any, day: str | None) -> Reading:
    body = [[0, len(text)]] if text else []
    shown = {"earliest": day, "latest": day}
    return {"page": page, "text": text, "body": body, "title": said.title, "byline": said.author, "published": shown}
