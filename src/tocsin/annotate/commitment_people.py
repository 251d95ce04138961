"""Who holds a commitment and who tells of it, in the page's fullest names.

Invariant: a name comes from the page: a mention's name, a report's speaker, or the holder's own words. Where care does
not settle a pronoun the name stays None.
"""

import bisect
from dataclasses import dataclass

from tocsin.annotate.commitment_acts import group_start
from tocsin.annotate.commitment_clauses import QUOTE, STOP, Subject, says_follows, subject
from tocsin.annotate.commitment_match import Reading
from tocsin.annotate.commitment_sides import Sides
from tocsin.annotate.commitment_words import Token, cue_words, is_people, stem
from tocsin.annotate.names import facts
from tocsin.core.annotations import Attribution, Mention, Report
from tocsin.core.document import Document
from tocsin.core.references import Reference, offices
from tocsin.core.spans import Span, Spans, extent

FIRST = frozenset(("i", "we", "my", "our", "us", "me", "mine", "ours"))
_PERSONS = frozenset(("he", "she", "his", "her", "him"))
_THINGS = frozenset(("it", "its"))
_MANY = frozenset(("they", "their", "them"))
PRONOUNS = (
    FIRST | _PERSONS | _THINGS | _MANY | frozenset(("this", "that", "these", "those", "who", "which", "you", "your"))
)
_FAR = 3000
"""Code points back to a name that a pronoun means: some twenty sentences."""
_OURS = 25
"""Words from what is done to something back to the "we" that says so."""
_BEFORE_NAME = 60
"""Code points before a person's name in which "Russian President" may stand."""
_LEADERS = frozenset(
    (
        *("president", "premier", "minister", "chancellor", "leader", "king", "queen", "emir", "dictator", "strongman"),
        *("ruler", "spokesman", "spokeswoman", "ambassador", "counterpart"),
    )
)
_RANKS = frozenset(
    ("prime", "foreign", "defence", "defense", "interior", "deputy", "vice", "interim", "acting", "supreme")
)
_OFFICES = frozenset(
    (
        *("senator", "governor", "mayor", "congressman", "congresswoman", "billionaire", "candidate", "nominee"),
        *("general", "secretary", "diplomat", "lawmaker", "analyst", "politician"),
    )
)


@dataclass(frozen=True, slots=True)
class Teller:
    """Who says so: name, the attribution it is told in, and whether as a direct quotation.

    `own` is the speaker of the attribution whose cue is the act's own ("Orlova *pledged* to help").
    """

    name: str | None = None
    attribution: Attribution | None = None
    direct: bool = False
    own: str | None = None


class Page:
    """The mentions and reports of one document, ready to be asked by position."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.mentions: list[Mention] = [m for m in doc.layer("mentions").annotations if isinstance(m, Mention)]
        self._starts = [m.span.start for m in self.mentions]
        reports = doc.layers["reports"].annotations if "reports" in doc.layers else ()
        told = [r for r in reports if isinstance(r, Report) and r.attribution is not None]
        self._told = sorted(told, key=lambda r: (extent(r.content).start, -extent(r.content).end, r.id))
        self._told_starts = [extent(r.content).start for r in self._told]
        references = doc.layers["references"].annotations if "references" in doc.layers else ()
        self._meant = {one.span.end: one for one in references if isinstance(one, Reference)}
        self.persons = frozenset(m.name for m in self.mentions if m.kind == "person")
        self.bodies = frozenset(m.name for m in self.mentions if m.kind not in ("person", "other"))
        self._states = self._leaders()
        self._leading = {state: name for name, state in sorted(self._states.items(), reverse=True)}
        self._offices = offices(doc)
        self.sides = Sides(doc, self.mentions)

    def _leaders(self) -> dict[str, str]:
        """Name of a person → the state that "Russian President …" before the name gives."""
        out: dict[str, str] = {}
        for mention in self.mentions:
            if mention.kind != "person" or mention.name in out:
                continue
            before = self.doc.text[max(0, mention.span.start - _BEFORE_NAME) : mention.span.start]
            words = before.replace("’s", "").replace("'s", "").split()[-4:]
            for k in range(len(words) - 2, -1, -1):
                state = facts().peoples.get(words[k]) or facts().states.get(words[k])
                titles = [word.lower() for word in words[k + 1 :]]
                if state and set(titles) & _LEADERS and all(t in _LEADERS or t in _RANKS for t in titles):
                    out[mention.name] = state
                    break
        return out

    def state_of(self, name: str | None) -> str | None:
        """The state that a person leads or speaks for, as the page introduces them."""
        if name is None:
            return None
        if name not in self._states:
            ofs = (office.of for office in self._offices.get(name, ()) if office.of)
            found = (facts().peoples.get(of) or facts().states.get(of) for of in ofs)
            self._states[name] = next((state for state in found if state), "")
        return self._states[name] or None

    def leader_of(self, state: str, but: str | None) -> str | None:
        """Who leads a state as the page introduces them, the first by name, unless that is `but`."""
        found = self._leading.get(state)
        return found if found != but else None

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie in `[start, end)`."""
        low = bisect.bisect_left(self._starts, start)
        high = bisect.bisect_left(self._starts, end)
        return [m for m in self.mentions[low:high] if m.span.end <= end]

    def before(self, position: int, kinds: tuple[str, ...], but: str | None = None, reach: int = 600) -> Mention | None:
        """The nearest mention of one of `kinds` that ends before `position`, at most `reach` code points away."""
        k = bisect.bisect_left(self._starts, position) - 1
        while k >= 0 and position - self._starts[k] <= reach:
            mention = self.mentions[k]
            if mention.kind in kinds and mention.span.end <= position and mention.name != but:
                return mention
            k -= 1
        return None

    def holding(self, position: int) -> list[Report]:
        """The reports whose content holds `position`, innermost first."""
        high = bisect.bisect_right(self._told_starts, position)
        out = []
        for report in self._told[max(0, high - 40) : high]:
            if any(span.start <= position < span.end for span in report.content):
                out.append(report)
        return sorted(out, key=lambda r: (extent(r.content).end - extent(r.content).start, r.id))

    def meant(self, start: int, end: int) -> str | None:
        """Whom the pronoun or role that ends at `end` means, as far as the page tells."""
        found = self._meant.get(end)
        return found.name if found is not None and found.span.start >= start else None

    def named_before(self, position: int, name: str) -> Span | None:
        """The nearest mention of somebody that ends before `position`."""
        k = bisect.bisect_left(self._starts, position) - 1
        while k >= 0 and position - self._starts[k] <= _FAR:
            if self.mentions[k].name == name and self.mentions[k].span.end <= position:
                return self.mentions[k].span
            k -= 1
        return None

    def speaker(self, report: Report) -> str | None:
        """The report's speaker; the source's own words where no name is known."""
        if report.speaker or report.attribution is None or not report.attribution.source:
            return report.speaker
        words = self.doc.words(report.attribution.source, " ")
        return None if words.lower() in PRONOUNS else plain(words)


def plain(words: str) -> str:
    """Words of a noun phrase without the article before them."""
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        if words.startswith(article):
            return words[len(article) :]
    return words


def teller(page: Page, reading: Reading) -> Teller:
    """Who tells of the act: the innermost report around it whose cue is not the act's own.

    "Lukashenko said that Putin had offered help" is told by Lukashenko; "Putin offered help" by Putin himself.
    """
    act, words = reading.candidate, reading.words
    position = words[act.start].start
    own: Report | None = None
    unnamed: Report | None = None
    for report in page.holding(position):
        cue = report.attribution.cue if report.attribution else ()
        if any(span.start <= words[act.at].start < span.end for span in cue):
            own = report
            continue
        name = page.speaker(report)
        if name is not None and (name.lower() in PRONOUNS or not any(char.isalpha() for char in name)):
            continue  # "we agreed that …": whoever says "we" is the teller
        if name is None:
            unnamed = unnamed or report
            continue
        return Teller(
            name, report.attribution, _direct(page.doc, report.content, position), own.speaker if own else None
        )
    name = None if own else _said_nearby(page, reading)
    around = unnamed or own
    direct = unnamed is not None and _direct(page.doc, unnamed.content, position)
    return Teller(name, around.attribution if around else None, direct, own.speaker if own else None)


def _said_nearby(page: Page, reading: Reading) -> str | None:
    """The subject of a verb of telling just before the clause: "they swore that they would", "she said, if …"."""
    act, words = reading.candidate, reading.words
    first = min(act.start, act.holder.start if act.holder else act.start)
    if act.family == "control" and (binding := subject(words, group_start(words, act.at))) is not None:
        first = binding.start
    first = min([first, *(c.at for c in reading.conditions if c.at < first)])
    that = first > 0 and words[first - 1].low == "that"
    for k in range(first - 1, max(-1, first - 9), -1):
        if words[k].low == "said" and k and words[k - 1].low in ("that", "the", "of"):
            continue  # "says the said troops stay at home": the troops spoken of
        if words[k].low in cue_words("says"):
            if words[k].tag not in ("VBD", "VBZ", "VBP", "VBN", "VBG"):
                break
            who = subject(words, group_start(words, k))
            return _named(page, words, who) if who is not None else None
        told_whom = that and words[k].tag in ("NNP", "NN", "NNS", "DT", "PRP", "JJ", "PPS")  # "told the AP that"
        if not told_whom and words[k].low not in ("that", ",") and words[k].tag != "RB" and words[k].text not in QUOTE:
            break
    return _said_behind(page, reading)


def _said_behind(page: Page, reading: Reading) -> str | None:
    """The name beside a verb of telling behind the clause: "…, said the demonstrator Jana Novak"."""
    act, words = reading.candidate, reading.words
    end = max([act.end, *(c.end for c in reading.conditions)])
    while end < len(words) and (words[end].text in QUOTE or words[end].text in (",", ".", "'", "’")):
        end += 1
    if end >= len(words) or not says_follows(words, end):
        return None
    near = page.between(words[end].start, words[min(len(words), end + 14) - 1].end)
    return next((m.name for m in near if m.kind in ("person", "organisation")), None)


def _named(page: Page, words: list[Token], who: Subject) -> str | None:
    """The fullest name for a subject: its mention's, the nearest fitting one for a pronoun, else its own words."""
    head = words[who.head]
    if head.low in PRONOUNS:
        kinds = ("person",) if head.low in _PERSONS else ("organisation", "place") if head.low in _THINGS else ()
        near = page.before(head.start, kinds) if kinds else None
        return near.name if near else None
    start, end = words[who.start].start, words[who.end - 1].end
    found = [m for m in page.between(start, end) if m.span.end >= head.end >= m.span.start]
    return found[-1].name if found else plain(page.doc.text[start:end])


def _direct(doc: Document, content: Spans, position: int) -> bool:
    """Whether the content at `position` is a direct quotation: a quotation mark opens it."""
    piece = next((span for span in content if span.start <= position < span.end), content[0])
    before = doc.text[max(0, piece.start - 2) : piece.start + 1]
    return any(mark in before for mark in ('"', "“", "''", "«", "„"))


def stands_in(page: Page, reading: Reading, told: Teller, name: str | None) -> Span | None:
    """The source of the words, as the holder of what is told without an agent ("the bridge will be shut, X said").

    Only where nobody but the teller's side is the plain controller: `name` is theirs.
    """
    if reading.candidate.holder is not None and not _undergone(reading, told):
        return None
    if told.attribution is None or not told.attribution.source:
        return _ourselves(page, reading)
    own = told.name is not None and name in (told.name, page.state_of(told.name), page.sides.served_by(told.name))
    return extent(told.attribution.source) if own and reading.candidate.family != "penalty" else None


def _ourselves(page: Page, reading: Reading) -> Span | None:
    """Who says in the first person what will be done to something: "we declare that it will be kept"."""
    words, start = reading.words, reading.candidate.start
    if not reading.candidate.passive:
        return None
    for k in range(start - 1, max(-1, start - _OURS), -1):
        if words[k].low in FIRST and words[k].relation in ("nsubj", "nsubjpass"):
            (span,) = page.doc.spans((words[k].start, words[k].end))
            return span
        if words[k].text in QUOTE or words[k].text in STOP or words[k].tag == "MD":
            return None
    return None


def holder_name(page: Page, reading: Reading, told: Teller) -> str | None:
    """The fullest name of the holder, as far as simple care finds it."""
    act, words = reading.candidate, reading.words
    if told.own is not None and act.says and not act.passive:
        return told.own
    if act.holder is None or _undergone(reading, told):
        return _unnamed(page, reading, told)
    head = words[act.holder.head]
    start, end = words[act.holder.start].start, words[act.holder.end - 1].end
    meant = page.meant(start, head.end)
    if head.low in PRONOUNS:
        return meant or _pronoun(page, head, told)
    found = [m for m in page.between(start, end) if m.span.end >= head.end >= m.span.start]
    if head.low == "one" and words[act.holder.start].low == "no":  # "no one from the Government"
        found = found or page.between(start, end)
    if found:
        return found[-1].name
    people = words[act.holder.end - 1].text
    if people in facts().peoples and act.family == "requirement":  # "a Russian intervention"
        return facts().peoples[people]
    if meant is not None:
        return meant
    counterpart = _office(page, words[act.holder.start : act.holder.end], told)
    if counterpart is None and head.low in _LEADERS | _OFFICES and words[act.holder.start].low == "the":
        near = page.before(start, ("person",))
        counterpart = near.name if near else None
    return counterpart or plain(page.doc.text[start:end].strip("\"“”'"))


def _undergone(reading: Reading, told: Teller) -> bool:
    """Whether the subject does not act but is moved by whoever tells: "the bank said that payments would resume",
    "promised that no one would lose his job", "said there will be no announcement"."""
    act, words = reading.candidate, reading.words
    if act.holder is None or act.says or told.name is None or told.attribution is None or not told.attribution.source:
        return False
    head, verb = words[act.holder.head], words[act.verb]
    if head.tag == "EX":
        return True
    if head.low in ("nobody", "one") and words[act.holder.start].low in ("no", "nobody"):
        return verb.low in cue_words("suffering") or verb.low == "lose"
    if head.tag not in ("NN", "NNS") or act.family not in ("modal", "semi", "present", "plain"):
        return False
    acts = head.low in cue_words("groups") | cue_words("measures") or is_people(head.low) or head.low in PRONOUNS
    whose = words[act.holder.end - 1].tag == "NNP"
    moved = stem(verb) in cue_words("ergatives") and not any(
        word.head == act.verb and word.relation == "dobj" and word.low not in ("effect", "place", "force")
        for word in words[act.verb + 1 : act.end]
    )
    return moved and not acts and not whose


def _office(page: Page, words: list[Token], told: Teller) -> str | None:
    """ "his Russian counterpart", "the Russian president": the person whom the page introduces so."""
    if words[-1].low not in _LEADERS:
        return None
    state = next((facts().peoples[word.text] for word in words if word.text in facts().peoples), None)
    if state is None:
        return None
    return page.leader_of(state, told.name)


def _pronoun(page: Page, head: Token, told: Teller) -> str | None:
    source = told.attribution.source if told.attribution else ()
    indirect = told.name is not None and not told.direct
    after_source = bool(source) and source[0].start < head.start
    if head.low in FIRST:
        return told.name
    if head.low in _PERSONS:
        if indirect and after_source and told.name not in page.bodies:
            return told.name
        near = page.before(head.start, ("person",), told.name if told.direct else None)
        return near.name if near else None
    if head.low in _THINGS:
        if indirect and after_source and told.name not in page.persons:
            return told.name
        near = page.before(head.start, ("organisation", "place"))
        return near.name if near else None
    if head.low in _MANY:
        return told.name if indirect and after_source else None
    return None


def _unnamed(page: Page, reading: Reading, told: Teller) -> str | None:
    """Who acts where the sentence does not say: "it will not be used", "help will be given at our request".

    The teller's side, or, where the act waits for the teller's own request, the other side.
    """
    words = reading.words
    for condition in reading.conditions:
        span = words[condition.start : condition.end]
        if any(w.low in cue_words("request_nouns") for w in span) and any(w.low in ("our", "my") for w in span):
            own = {told.name, page.state_of(told.name)}
            return _other_side(page, words[0].start, own)
    served = page.sides.served_by(told.name) if told.name in page.persons else None
    return page.state_of(told.name) or served or told.name


def _other_side(page: Page, position: int, own: set[str | None]) -> str | None:
    """The nearest actor named before `position` who is not of the teller's side."""
    window = page.doc.text[max(0, position - 300) : position]
    best: tuple[int, str] | None = None
    for people, state in facts().peoples.items():
        at = window.rfind(people)
        if at >= 0 and state not in own and (best is None or at > best[0]):
            best = (at, state)
    near = page.before(position, ("place", "organisation", "person"), reach=300)
    while near is not None and near.name in own:
        near = page.before(near.span.start, ("place", "organisation", "person"), reach=300)
    if best is not None and (near is None or position - len(window) + best[0] > near.span.start):
        return best[1]
    if near is None:
        return best[1] if best else None
    return page.state_of(near.name) or near.name
