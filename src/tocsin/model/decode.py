"""From the scores of windows to who said what: sources, cues and contents as spans of code points.

Tags give the spans, links join them: a content chooses its cue, a cue its source. Windows are decoded in order; all
that one hands to the next is which quotations are still being told, and by whom. Work is bounded by the window, never
by the page squared.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.model import tagging
from tocsin.model.results import Found, Name, Range
from tocsin.model.settings import ROLES, Decoding, Settings
from tocsin.model.windows import INSIDE, Window

QUOTED = 0.5
"""A content counts as quoted where at least this share of its words stands inside quotation marks."""

Floats = NDArray[np.floating[Any]]
Outputs = Mapping[str, Floats]
"""What the graph gave for one window, by the name of the output."""


@dataclass(slots=True)
class Draft:
    """An attribution while it is put together, with the signs its confidence is made from."""

    source: tuple[Range, ...] = ()
    cue: tuple[Range, ...] = ()
    content: list[Range] = field(default_factory=list)
    signs: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Before:
    """What earlier windows hand on."""

    telling: dict[int, Draft] = field(default_factory=dict)
    """Who tells each quotation that was met so far."""
    tail: Draft | None = None
    """The attribution whose content the last word of the window before belongs to."""
    sentence: int = -1
    """The number of that word's sentence."""


class _Scores:
    """The runs of one window with the sums that linking them and judging them takes."""

    def __init__(self, window: Window, outputs: Outputs, settings: Settings) -> None:
        emissions = outputs["tag"]
        self.window = window
        self.tags = tagging.best(emissions, settings.tags, settings.transitions, settings.begin, settings.end)
        self.at: dict[str, list[Range]] = {role: [] for role in ROLES}
        for role, a, b in tagging.runs(self.tags, settings.tags):
            self.at[role].append((a, b))
        if not self.at["content"]:
            return
        shares = np.exp(emissions - emissions.max(axis=1, keepdims=True), dtype=np.float64)
        shares /= shares.sum(axis=1, keepdims=True)
        alike = np.array([[one[2:] == other[2:] for one in settings.tags] for other in settings.tags], dtype=np.float64)
        own = (shares @ alike)[np.arange(len(self.tags)), self.tags]
        self._own = np.log(np.maximum(own, 1e-12))
        self.inside = [state == INSIDE for state in map(window.quoted.__getitem__, window.first)]
        link = outputs["link"]
        self._to = {role: _chosen(link, self.at[role]) for role in ("cue", "source")}

    def rows(self, role: str, target: str) -> Floats:
        """Mean log probability that each run of `role` chooses each run of `target`; none in the last column."""
        sums, spans = self._to[target], np.array(self.at[role]).reshape(-1, 2)
        out: Floats = (sums[spans[:, 1]] - sums[spans[:, 0]]) / (spans[:, 1:] - spans[:, :1])
        return out

    def certainty(self, runs: Sequence[Range]) -> tuple[float, float]:
        """Mean and least log probability of the role that the words of some runs were given; 0 without runs."""
        values = [float(one) for a, b in runs for one in self._own[a:b]]
        return (sum(values) / len(values), min(values)) if values else (0.0, 0.0)

    def quoted(self, runs: Sequence[Range]) -> float:
        """The share of the runs' words that stand inside quotation marks."""
        values = [self.inside[place] for a, b in runs for place in range(a, b)]
        return sum(values) / len(values)

    def span(self, run: Range) -> Range:
        """The code points of a run."""
        return self.window.words[run[0]][0], self.window.words[run[1] - 1][1]

    def sentences(self, run: Range) -> tuple[int, int]:
        """The first and the last sentence that a run touches."""
        return self.window.sentence[run[0]], self.window.sentence[run[1] - 1]


def _chosen(link: Floats, runs: list[Range]) -> Floats:
    """Running sums over words of the log probability that a word chooses each run (at its best word), or none."""
    words = link.shape[0]
    columns = link[:, words:]
    if runs:
        bounds = [edge for run in runs for edge in run]
        columns = np.concatenate((np.maximum.reduceat(link, bounds, axis=1)[:, ::2], columns), axis=1)
    columns = columns.astype(np.float64)
    columns -= columns.max(axis=1, keepdims=True)
    columns -= np.log(np.exp(columns).sum(axis=1, keepdims=True))
    return np.concatenate((np.zeros((1, columns.shape[1])), columns.cumsum(axis=0)))


def numbers(values: Sequence[int]) -> NDArray[np.int64]:
    """Whole numbers as an array."""
    return np.array(values, dtype=np.int64)


def drafts(windows: Iterable[tuple[Window, Outputs]], settings: Settings) -> list[Draft]:
    """The attributions of consecutive windows of one text, with their signs, before any is dropped for them."""
    out: list[Draft] = []
    before = _Before()
    for window, outputs in windows:
        out += _of_window(_Scores(window, outputs, settings), settings.decoding, before)
        before.sentence = window.sentence[-1]
    return out


def found(windows: Iterable[tuple[Window, Outputs]], settings: Settings) -> list[Found]:
    """The attributions of consecutive windows of one text, in the order of their contents."""
    out = []
    for draft in drafts(windows, settings):
        confidence = settings.attribution(draft.signs) if settings.attribution else round(draft.signs["tags"], 4)
        if confidence >= settings.decoding.least:
            out.append(Found(draft.source, draft.cue, tuple(draft.content), confidence))
    return sorted(out, key=lambda one: (one.content, one.cue))


def _sources(scores: _Scores, decoding: Decoding) -> list[tuple[int | None, float]]:
    """Of each cue the source that it chooses, None for none, and the log probability of that choice."""
    if not scores.at["cue"]:
        return []
    chosen = scores.rows("cue", "source")
    chosen[:, -1] -= decoding.no_source_cost
    if not scores.at["source"]:
        return [(None, float(row[-1])) for row in chosen]
    if decoding.source_apart:
        paragraph = np.array(scores.window.paragraph)
        apart = paragraph[[a for a, _ in scores.at["cue"]], None] != paragraph[[a for a, _ in scores.at["source"]]]
        chosen[:, :-1] -= decoding.source_apart * apart
    own = scores.rows("source", "cue")
    out: list[tuple[int | None, float]] = []
    for cue, row in enumerate(chosen):
        if row[-1] >= row[:-1].max():
            out.append((None, float(row[-1])))
            continue
        best = int((row[:-1] + decoding.source_own * own[:, cue]).argmax())
        out.append((best, float(row[best])))
    return out


def _of_window(scores: _Scores, decoding: Decoding, before: _Before) -> list[Draft]:
    """The attributions that begin in one window. Contents that go on from before are joined to what they belong to."""
    contents = scores.at["content"]
    tail, before.tail = before.tail, None
    if not contents:
        return []
    rows = scores.rows("content", "cue")
    rows[:, -1] -= decoding.null_cost
    sources = _sources(scores, decoding)
    new: dict[int, tuple[Draft, list[int]]] = {}
    out: list[Draft] = []
    for place, run in enumerate(contents):
        cue = int(rows[place].argmax())
        draft: Draft | None = None
        if cue == len(scores.at["cue"]):
            draft = _going_on(scores, run, before, tail) if decoding.go_on else None
            if draft is None and decoding.keep_bare and scores.quoted([run]) >= QUOTED:
                draft = Draft(signs=_signs(scores, [run], None, (None, 0.0), float(rows[place].max())))
                out.append(draft)
        elif not (decoding.drop_apart and scores.quoted([run]) < QUOTED and _apart(scores, run, scores.at["cue"][cue])):
            if cue not in new:
                new[cue] = (Draft(), [])
                out.append(new[cue][0])
            draft = new[cue][0]
            new[cue][1].append(place)
        if draft is not None:
            _add(draft, scores, run, tail)
            before.telling.update((number, draft) for number in scores.window.quotation[run[0] : run[1]] if number)
            before.tail = draft if run[1] == len(scores.tags) else None
    for cue, (draft, places) in new.items():
        link = sum(float(rows[place, cue]) for place in places) / len(places)
        _finish(draft, scores, [contents[place] for place in places], (cue, sources[cue]), link)
    return out


def _going_on(scores: _Scores, run: Range, before: _Before, tail: Draft | None) -> Draft | None:
    """What a content without a cue goes on from: its quotation, or its own sentence where a window's end cut it."""
    number = scores.window.quotation[run[0]]
    if number:
        return before.telling.get(number)
    return tail if run[0] == 0 and scores.window.sentence[0] == before.sentence else None


def _add(draft: Draft, scores: _Scores, run: Range, tail: Draft | None) -> None:
    """Take a run into the content. It is one piece with what it follows without a word between."""
    span = scores.span(run)
    touches = tail is draft if run[0] == 0 else False
    if run[0] and draft.content and draft.content[-1][1] == scores.window.words[run[0] - 1][1]:
        touches = True
    if touches:
        draft.content[-1] = (draft.content[-1][0], span[1])
    else:
        draft.content.append(span)


def _apart(scores: _Scores, run: Range, cue: Range) -> bool:
    """Whether a content has no word in a sentence of its cue."""
    first, last = scores.sentences(run)
    low, high = scores.sentences(cue)
    return last < low or high < first


def _finish(
    draft: Draft, scores: _Scores, runs: list[Range], cue: tuple[int, tuple[int | None, float]], link: float
) -> None:
    """Give a draft its cue, its source and its signs."""
    number, (source, certain) = cue
    draft.cue = (scores.span(scores.at["cue"][number]),)
    if source is not None:
        draft.source = (scores.span(scores.at["source"][source]),)
    draft.signs = _signs(scores, runs, number, (source, certain), link)


def _signs(
    scores: _Scores, runs: list[Range], cue: int | None, source: tuple[int | None, float], link: float
) -> dict[str, float]:
    """What the confidence is made from. All are log probabilities but the last five."""
    cues = [] if cue is None else [scores.at["cue"][cue]]
    sources = [] if source[0] is None else [scores.at["source"][source[0]]]
    content, least = scores.certainty(runs)
    return {
        "content": content,
        "content_least": least,
        "cue": scores.certainty(cues)[0],
        "source": scores.certainty(sources)[0],
        "source_least": scores.certainty(sources)[1],
        "link": link,
        "from": source[1],
        "tags": math.exp(scores.certainty([*runs, *cues, *sources])[0]),
        "quoted": scores.quoted(runs),
        "long": math.log(sum(b - a for a, b in runs)),
        "sourceless": float(not sources),
        "apart": float(bool(cues) and all(_apart(scores, run, cues[0]) for run in runs)),
    }


def names(window: Window, outputs: Outputs, settings: Settings) -> list[Name]:
    """The names of one window, in order."""
    scores = outputs["name"]
    tags = scores.argmax(axis=1)
    if not tags.any():
        return []
    shares = np.exp(scores - scores.max(axis=1, keepdims=True), dtype=np.float64)
    certain: list[float] = (shares.max(axis=1) / shares.sum(axis=1)).tolist()
    out = []
    for kind, a, b in tagging.runs(tags.tolist(), settings.names):
        own = certain[a:b]
        mean = sum(own) / len(own)
        signs = {"mean": math.log(mean), "least": math.log(min(own)), "long": math.log(b - a)}
        confidence = settings.name(signs) if settings.name else round(mean, 4)
        out.append(Name(window.words[a][0], window.words[b - 1][1], kind, confidence))
    return out
