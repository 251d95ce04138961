"""Names to learn from: CoreNLP's silver names, mended by lists and by agreement over all pages.

CoreNLP tags each mention by itself, and organisations badly ("Trump" in a title, "Senate" left out). What is one name
on 840 pages is one kind of thing on nearly all of them: a name takes the kind that most of its mentions have, mentions
that were left out are put back, and where neither lists nor pages decide, the silver kind stands. Headlines in
capitals, where CoreNLP sees names everywhere, are learnt from only where the pages' text agrees.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.reader.data import Page, Span
from training.reader.labels import IGNORED, KINDS, NAMES

SILVER = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place", "MISC": "other"}
HEADLINE = 0.6
"""A sentence of which a larger share of the words begin with a capital is a headline."""
MAJORITY, SEEN = 0.55, 3
"""A name's kind is that of so large a share of its mentions, when there are so many."""
LEFT_OUT = 0.6
"""A name is put back where CoreNLP left it out, if it saw it in so large a share of its mentions elsewhere."""
FIRST = 0.8
"""A word is a first name where so large a share of the names of several words that it begins are persons'."""
LONGEST = 8
ACTS = frozenset(("nsubj", "nsubjpass", "nmod:poss", "compound"))
"""The relations in which a house that is also a body is the body."""
WITHIN = frozenset(
    ("of", "for", "the", "and", "on", "in", "to", "de", "von", "van", "bin", "al", "el", "&", "’s", "'s")
)
"""Words in lower case that stand within names."""
JOINTS = (("of",), ("for",), ("of", "the"), ("for", "the"))
ABOUT = frozenset(("committee", "commission", "council", "panel", "institute"))
"""What also has its subject behind "on"; a university on Long Island has not."""
PARTIES = frozenset(("republican", "democratic", "libertarian", "green", "labour", "labor", "communist", "socialist"))

Tokens = tuple[str, ...]
Sentence = list[list[Any]]


class Lists:
    """The names of certain kind in names.json."""

    def __init__(self) -> None:
        data = json.loads(Path(__file__).with_name("names.json").read_text("utf-8"))
        self.sure: dict[str, str] = {}
        for kind in KINDS:
            for entry in data.get(kind, "").split(";"):
                name, _, other = entry.partition("=")
                if name:
                    self.sure[name] = other or kind
        self.never = frozenset(data["never"].split(";"))
        self.heads = frozenset(data["heads"].split(";"))
        self.other_heads = frozenset(data["other_heads"].split(";"))
        self.acts = frozenset(data["acts_or_place"].split(";"))
        self.openings = tuple(data["openings"].split(";"))

    def kind(self, name: str) -> str | None:
        """The certain kind of a name in lower case."""
        if name in self.sure:
            return self.sure[name]
        bare = name.removeprefix("the ")
        if bare in self.sure:
            return self.sure[bare]
        words = name.split()
        if len(words) > 1 and (words[-1] in self.heads or name.startswith(self.openings)):
            return "organisation"
        if len(words) > 1 and words[-1] in self.other_heads:
            return "other"
        return None


def runs(sentence: Sentence, texts: list[str]) -> Iterator[tuple[int, int, str]]:
    """The silver names of a sentence as (first token, one past the last, kind), without "the" and "'s" at the edges."""
    place = 0
    while place < len(sentence):
        kind = SILVER.get(sentence[place][3])
        end = place + 1
        while kind and end < len(sentence) and sentence[end][3] == sentence[place][3]:
            end += 1
        if kind:
            first, last = place, end
            while first < last and (
                sentence[first][2] in ("DT", "POS", ",", ":", "IN", "CC") or not texts[first][0].isalnum()
            ):
                first += 1
            while last > first and (
                sentence[last - 1][2] in ("POS", ",", ":", "IN", "CC") or texts[last - 1] in ("’s", "'s")
            ):
                last -= 1
            if first < last and any(text[0].isupper() or text[0].isdigit() for text in texts[first:last]):
                yield first, last, kind
        place = end


def headline(texts: list[str]) -> bool:
    """Whether most words begin with a capital, so that capitals tell nothing."""
    letters = [text for text in texts if text[0].isalpha()]
    return len(letters) > 3 and sum(text[0].isupper() for text in letters) > HEADLINE * len(letters)


class Known:
    """What the pages agree on: the kind of each name, and the names that are to be put back."""

    def __init__(self, pages: list[Page], lists: Lists) -> None:
        self._lists = lists
        counts: defaultdict[Tokens, Counter[str]] = defaultdict(Counter)
        for page in pages:
            for sentence in page.syntax or []:
                texts = [page.text[token[0] : token[1]] for token in sentence]
                if not headline(texts):
                    for first, last, kind in runs(sentence, texts):
                        counts[tuple(texts[first:last])][kind] += 1
        self._kinds: dict[Tokens, str] = {}
        for name, kinds in counts.items():
            sure = lists.kind(" ".join(name).lower())
            kind, most = kinds.most_common(1)[0]
            if sure:
                self._kinds[name] = sure
            elif kinds.total() >= SEEN and most >= MAJORITY * kinds.total():
                self._kinds[name] = kind
        self._counts = counts
        begun: defaultdict[str, Counter[bool]] = defaultdict(Counter)
        for name, kinds in counts.items():
            if len(name) in (2, 3):
                begun[name[0]][kinds.most_common(1)[0][0] == "person"] += 1
        self._first = {
            word for word, seen in begun.items() if seen[True] >= SEEN and seen[True] >= FIRST * seen.total()
        }
        self.back = self._left_out(pages)

    def _left_out(self, pages: list[Page]) -> dict[Tokens, str]:
        """Names that CoreNLP nearly always sees: those of which most mentions in capitals are tagged as one."""
        heads: defaultdict[str, set[Tokens]] = defaultdict(set)
        for name in self._kinds:
            if len(name) <= LONGEST and name[0][0].isupper():
                heads[name[0]].add(name)
        seen: Counter[Tokens] = Counter()
        for page in pages:
            for sentence in page.syntax or []:
                texts = [page.text[token[0] : token[1]] for token in sentence]
                for place, text in enumerate(texts):
                    seen.update(name for name in heads.get(text, ()) if tuple(texts[place : place + len(name)]) == name)
        return {
            name: self._kinds[name]
            for name, times in seen.items()
            if self._lists.kind(" ".join(name).lower()) or self._counts[name].total() >= LEFT_OUT * times
        }

    def kind(self, name: Tokens, silver: str, surnames: frozenset[str]) -> str:
        """The kind to learn for a mention that CoreNLP took for a name, on a page where persons bear these surnames."""
        sure = self._lists.kind(" ".join(name).lower())
        if not sure and len(name) == 1 and name[0] in surnames:
            return "person"
        known = sure or self._kinds.get(name)
        if not known and len(name) in (2, 3) and name[0] in self._first and all(word[0].isupper() for word in name):
            return "person"
        return known or silver

    def person(self, name: Tokens) -> bool:
        """Whether the pages agree that this is a person."""
        return len(name) == 2 and name[0][0].isupper() and self._kinds.get(name) == "person"

    def sure(self, name: Tokens) -> bool:
        return name in self._kinds


def mend(page: Page, known: Known, lists: Lists) -> None:
    """Fill `page.names`: the label of every silver token from which the model is to learn."""
    surnames = _surnames(page)
    for sentence in page.syntax or []:
        spans: list[Span] = [(token[0], token[1]) for token in sentence]
        texts = [page.text[start:end] for start, end in spans]
        title = headline(texts)
        labels = [0] * len(sentence)
        for first, last, silver in _parts(sentence, texts, known, lists):
            name = tuple(texts[first:last])
            low = " ".join(name).lower()
            if title and not known.sure(name):
                labels[first:last] = [IGNORED] * (last - first)
            elif low in lists.acts:
                _put(labels, first, last, "organisation" if sentence[last - 1][5] in ACTS else "place")
            elif low not in lists.never:
                _put(labels, first, last, known.kind(name, silver, surnames))
        _surnames_back(labels, sentence, texts, surnames)
        _put_back(labels, texts, known, title=title)
        _parties(labels, texts)
        page.names.update(zip(spans, labels, strict=True))


def _parts(sentence: Sentence, texts: list[str], known: Known, lists: Lists) -> list[tuple[int, int, str]]:
    """The silver names, without titles, cut at words in lower case and before persons, joined over "of" and "for"."""
    out: list[tuple[int, int, str]] = []
    for begun, end, silver in runs(sentence, texts):
        starts = [begun]
        for place in range(begun + 1, end):
            person = end - place == 2 and silver != "person" and known.person(tuple(texts[place:end]))
            lower = texts[place][0].islower() and texts[place].lower() not in WITHIN
            if person or lower or (texts[place - 1][0].islower() and texts[place - 1].lower() not in WITHIN):
                starts.append(place)
        for first, last in zip(starts, [*starts[1:], end], strict=True):
            head = first
            while last - head > 1 and texts[head].lower() in lists.never:
                head += 1
            if texts[head][0].islower() and len(starts) > 1:
                continue
            before = out[-1] if out else None
            if before and _joined(texts, before, head, lists):
                out[-1] = (before[0], last, "organisation")
            else:
                out.append((head, last, silver))
    return out


def _joined(texts: list[str], before: tuple[int, int, str], head: int, lists: Lists) -> bool:
    """Whether a name goes on behind "of", "for" or "on": [Commission] on [Presidential Debates]."""
    between = tuple(text.lower() for text in texts[before[1] : head])
    body = texts[before[1] - 1].lower()
    return (between in JOINTS and body in lists.heads) or (between in (("on",), ("on", "the")) and body in ABOUT)


def _surnames_back(labels: list[int], sentence: Sentence, texts: list[str], surnames: frozenset[str]) -> None:
    """Put back the surnames of persons of the page where they stand alone."""
    for place, text in enumerate(texts):
        apart = not any(
            0 <= beside < len(texts) and labels[beside] == 0 and sentence[beside][2].startswith("NNP")
            for beside in (place - 1, place + 1)
        )
        if labels[place] == 0 and text in surnames and apart and sentence[place][2].startswith("NN"):
            _put(labels, place, place + 1, "person")


def _parties(labels: list[int], texts: list[str]) -> None:
    """A party's name with the word "party" is a body, not a following."""
    for place in range(len(texts) - 1):
        if texts[place].lower() in PARTIES and texts[place][0].isupper() and texts[place + 1].lower() == "party":
            _put(labels, place, place + 2, "organisation")


def _surnames(page: Page) -> frozenset[str]:
    """The last words of the persons' names of two words or three on the page."""
    out = set()
    for sentence in page.syntax or []:
        texts = [page.text[token[0] : token[1]] for token in sentence]
        if not headline(texts):
            out |= {
                texts[last - 1]
                for first, last, kind in runs(sentence, texts)
                if kind == "person" and last - first in (2, 3)
            }
    return frozenset(out)


def _put_back(labels: list[int], texts: list[str], known: Known, *, title: bool) -> None:
    place = 0
    while place < len(texts):
        for length in range(min(LONGEST, len(texts) - place), 0, -1):
            name = tuple(texts[place : place + length])
            if name in known.back and not any(labels[place : place + length]):
                _put(labels, place, place + length, known.back[name])
                place += length - 1
                break
        else:
            # a word in capitals within a headline: CoreNLP's "no name" is worth nothing there
            if title and labels[place] == 0 and texts[place][0].isupper():
                labels[place] = IGNORED
        place += 1


def _put(labels: list[int], first: int, last: int, kind: str) -> None:
    labels[first] = NAMES.index(f"B-{kind}")
    labels[first + 1 : last] = [NAMES.index(f"I-{kind}")] * (last - first - 1)


def mend_all(pages: list[Page]) -> None:
    """Fill the names of all pages, from what these pages agree on."""
    lists = Lists()
    known = Known(pages, lists)
    for page in pages:
        mend(page, known, lists)
