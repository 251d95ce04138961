"""Times as the page words them, resolved against the day the page itself shows, never against the clock.

Each sentence is folded (`times_words.py`), the forms of `data/times_forms.json` are looked for where a token begins,
and the action of the longest resolves it. Without a day on the page a relative time keeps its reasons and no bounds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from re import Match

from tocsin.annotate.datelines import dateline
from tocsin.annotate.times_context import Context, Resolved, group
from tocsin.annotate.times_forms import Form, longest
from tocsin.annotate.times_resolve import act, resolve
from tocsin.annotate.times_tense import direction
from tocsin.annotate.times_words import Folded, fold, lexicon
from tocsin.core.annotations import TimeExpression
from tocsin.core.document import Document
from tocsin.core.layers import Stage
from tocsin.core.spans import Span

AROUND = 8
"""Tokens on either side that an action may look at."""
CLOSE = 250
"""Code points to the last date mentioned within which an hour is that day's: a sentence or two."""
REACH = 400
"""Code points around a given span that tell its tense; a sentence of news is shorter."""


_LEADS = frozenset(
    ("by", "at", "within", "until", "till", "since", "before", "after", "from", "on", "in", "through", "past")
)
"""Prepositions that a form may take before a time, and that TimeML leaves out of it."""
_NAMED = frozenset(("today", "tonight", "tomorrow", "yesterday", "now", *lexicon().set_words))
_VERBS = frozenset(("M3", "M5"))
_OF_MONTHS = frozenset(("of", "to", "and", "or", "for", "between", "the", "during", "a", "-", ",", "than"))
Fitting = tuple[Form, Match[str], int]


@dataclass(slots=True)
class _Story:
    """What earlier times of the page leave behind: the last date mentioned."""

    text: str
    ref: date | None
    hour: int | None = None
    anchor: str | None = None
    at: int = 0

    def learn(self, resolved: Resolved, at: int) -> None:
        """A date or hour is what "that day" and "then" will mean, known or not."""
        named = resolved.value and not resolved.value.endswith("_REF")
        if resolved.kind in ("DATE", "TIME") and named:
            self.anchor, self.at = resolved.value, at


def _context(story: _Story, text: str, folded: Folded, first: int, last: int) -> Context:
    here = folded.begins[first] if first < len(folded.begins) else 0
    return Context(
        text,
        story.ref,
        direction(folded, first, last),
        story.anchor,
        0 <= here - story.at <= CLOSE and "\n" not in story.text[story.at : here],
        folded.joined(max(0, first - AROUND), first),
        folded.joined(last, last + AROUND),
        story.hour,
    )


def reference(doc: Document) -> date | None:
    """The day that times are counted from, where the page shows one."""
    published = doc.published
    return date.fromisoformat(str(published.earliest)[:10]) if published.known else None


def _hour(doc: Document) -> int | None:
    """The hour at which the page was published, where it shows one."""
    stamp = str(doc.published.earliest) if doc.published.known else ""
    return int(stamp[11:13]) if stamp[10:11] == "T" else None


def annotate(doc: Document) -> tuple[TimeExpression, ...]:
    """The times of every sentence and dateline, in reading order."""
    story, out = _Story(doc.text, reference(doc), _hour(doc)), list[TimeExpression]()
    for start, end in _pieces(doc):
        folded = fold(doc.text, start, end)
        first = 0
        while first < len(folded.tokens):
            found = longest(folded, first)
            taken = _taken(doc, folded, first, found, story) if found else None
            if taken is None or found is None:
                first += 1
                continue
            out.append(taken)
            first = found[2]
    return tuple(out)


def _pieces(doc: Document) -> Iterator[tuple[int, int]]:
    """The sentences, and before the first of a line its dateline."""
    datelines = {}
    for line in doc.read_lines():
        found = dateline(doc.text, line) if line.label in ("body", "standfirst") else None
        if found and found.end > line.start:
            datelines[found.end] = line.start
    starts = sorted(datelines)
    for sentence in doc.layer("sentences").annotations:
        while starts and starts[0] <= sentence.span.start:
            end = starts.pop(0)
            yield datelines[end], end
        yield sentence.span.start, sentence.span.end
    for end in starts:
        yield datelines[end], end


def _taken(doc: Document, folded: Folded, first: int, found: Fitting, story: _Story) -> TimeExpression | None:
    """The time that a form has found, unless it is a name, a number or a mark of the page."""
    form, match, last = found
    resolved = act(form, match, _context(story, _words(doc, folded, first, last), folded, first, last))
    if resolved is None or _is_name(doc, folded, first, last):
        return None
    if form.action == "year" and not _is_year(folded, first, last):
        return None
    if (
        form.action == "nth"
        and not any(map(str.isdigit, _words(doc, folded, first, last)))
        and int(match["d"][:-2]) < 6
    ):
        return None  # "the first" and its like are seldom days
    if form.name == "month" and folded.tokens[first] in _VERBS and not _is_month(folded, first):
        return None
    first = _without_leads(folded, first, last, old=bool(group(match, "old")))
    if form.action == "clock" and first == 0 and _heads_line(doc, folded.begins[0]):
        return None  # the marks of a transcript or a live page
    story.learn(resolved, folded.begins[first])
    span = Span(doc.id, folded.begins[first], folded.ends[last - 1])
    return TimeExpression(span, resolved.kind, resolved.value, resolved.when)


def _without_leads(folded: Folded, first: int, last: int, *, old: bool) -> int:
    """The first token that TimeML has in the time: behind its preposition, and an age behind its article."""
    tokens = folded.tokens
    while first < last - 1 and (
        (tokens[first] in _LEADS and tokens[first + 1] not in ("least", "most"))
        or (tokens[first] == "over" and tokens[first + 1] == "the")
        or (old and not tokens[first][0].isdigit())
    ):
        first += 1
    return first


def _words(doc: Document, folded: Folded, first: int, last: int) -> str:
    return doc.text[folded.begins[first] : folded.ends[last - 1]]


def _heads_line(doc: Document, start: int) -> bool:
    line = doc.line_at(start)
    return line is not None and line.start == start


def _is_name(doc: Document, folded: Folded, first: int, last: int) -> bool:
    """ "Russia Today", "the Daily Flash": a capital inside a sentence, on a word that needs none; "an epiphany": a
    holiday without one."""
    words = folded.joined(first, last)
    if words in lexicon().holidays:
        return not doc.text[folded.begins[first]].isupper()
    return (
        last - first == 1
        and folded.tokens[first] in _NAMED
        and first > 0
        and doc.text[folded.begins[first]].isupper()
        and folded.tokens[first - 1] not in ('"', "“", ":")
    )


def _is_month(folded: Folded, first: int) -> bool:
    """Whether "May" or "March" with a capital is a month: in a title, verbs have one too."""
    return first > 0 and (folded.tokens[first - 1] in _LEADS or folded.tokens[first - 1] in _OF_MONTHS)


def _is_year(folded: Folded, first: int, last: int) -> bool:
    """Whether a number of four digits is a year, by the words on either side."""
    known, tokens = lexicon(), folded.tokens
    if last - first > 1:
        return True
    behind = tokens[last] if last < len(tokens) else "."
    if behind in ("%", "percent") or (first and tokens[first - 1] in ("$", "€", "£", "#")):
        return False
    led = first == 0 or tokens[first - 1] in known.year_leads or tokens[first - 1][0] == "M"
    modern = "1900" <= tokens[first][:4] < "2100"
    return (led and (modern or behind in known.year_heads)) or (modern and behind in known.year_heads)


def given(text: str, spans: Sequence[tuple[int, int]], ref: date | None) -> tuple[Resolved, ...]:
    """Type and value of each of the given spans of a text, in their order; `ref` is the day it is of."""
    story = _Story(text, ref)
    answers: dict[tuple[int, int], Resolved] = {}
    for start, end in sorted(set(spans)):
        around = fold(text, max(0, start - REACH), min(len(text), end + REACH))
        first, last = around.within(start, end)
        words = fold(text, start, end, lenient=True)
        answers[start, end] = resolve(words.text, _context(story, text[start:end], around, first, last))
        story.learn(answers[start, end], start)
    return tuple(answers[span] for span in spans)


TIMES = Stage("times", ("sentences",), "times/3", annotate)
