"""Which act of a sentence a condition hangs on.

Invariant: a condition hangs on one act, by its place beside it or by the sentence's tree; the act's verb stands outside
of the condition.
"""

from collections.abc import Iterator

from tocsin.annotate.commitment_acts import Candidate
from tocsin.annotate.commitment_clauses import FINITE, QUOTE
from tocsin.annotate.commitment_present import governor
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.annotate.condition_spans import Found

_GAP = 3
"""Words between an act and the condition behind it: a comma, "but", an adverb."""
_ASIDE = 20
"""Words of a relative clause between an act and its condition."""
_LEADS = 6
"""Words between a condition that leads its clause and the subject behind it: a comma, "very few of"."""
_REACH = 14
"""Words between a condition and the subject of the act behind it: "then", ", he said,", an adverb."""
_PHRASES = frozenset(("in", "under", "on", "with", "at", "after", "upon", "given", "amid"))
"""First words of markers that past acts take too: "in response to the ban, the envoy rallied supporters"."""


def owner_of(words: list[Token], acts: list[Candidate], hung: dict[int, list[Found]], condition: Found) -> int | None:
    """The index of the candidate that the condition hangs on."""
    before = after = None
    reason = gives_reason(words, condition.at)
    for k, act in enumerate(acts):
        last = max([act.end, *(c.end for c in hung[k] if c.at > act.verb)])
        if (act.at < condition.at and condition.end <= act.verb) or act.at == condition.end:
            return k  # "he would, if elected, close the port", "any attack will be met with force"
        last = _behind_aside(words, last, condition.at)
        near = act.verb < condition.at and (condition.at - last <= _GAP or act.end >= condition.end)
        if near and not reason and not _another_clause(words, last, condition.at):
            before = k
        first = act.start
        if act.holder is not None and condition.end <= act.holder.start < first:
            first = act.holder.start
        behind = first >= condition.end and act.start > condition.start and first - condition.end <= _REACH
        if after is None and behind and not _answered(words, condition, first):
            after = k
    leads = (
        condition.at == 0 or words[condition.at - 1].text in (",", ":", ";") or words[condition.at - 1].text in QUOTE
    )
    leads = leads or words[condition.at - 1].low in ("that", "and", "but", "or", "—", "–", "-")
    told = words[condition.at - 1].low in cue_words("says") | cue_words("believing")
    leads = leads or told
    begins = leads or words[condition.at - 1].low in ("because", "since")
    if begins and (own := _led(words, acts, condition)) is not None:
        return own
    if before is not None and after is not None and _closed(words, condition):
        return before
    if before is not None and after is not None:
        # "He will help, but if attacked he would …": a clause of its own, with its own condition before it
        comma = condition.end < len(words) and words[condition.end].text == ","
        holder = acts[after].holder
        closer = holder is not None and 0 <= holder.start - condition.end <= _LEADS
        return after if leads and closer and (comma or words[condition.at - 1].text != ",") else before
    if after is not None and (leads or condition.at <= 2 or condition.joined):
        return after
    return before if before is not None else after if leads else None


def _led(words: list[Token], acts: list[Candidate], condition: Found) -> int | None:
    """The act whose holder stands right behind a condition that leads: "once it is taxed | the growers will"."""
    for k, act in enumerate(acts):
        first = act.holder.start if act.holder is not None and act.holder.start < act.at else act.start
        if condition.end <= first <= act.at and condition.at < act.at:
            behind = first if act.holder is None or act.holder.start != first else act.holder.end
            if any(word.tag in FINITE for word in words[behind : act.at]) and not _tells_more(words, behind):
                continue  # "if he wins, Sokol has said he would pay, vowing to stay"
            gap = range(condition.end, first)
            if all(words[n].text == "," or words[n].text in QUOTE or words[n].low == "then" for n in gap):
                return k
    return None


def _tells_more(words: list[Token], behind: int) -> bool:
    """Whether a relative clause begins behind the comma at `behind`."""
    return behind + 1 < len(words) and words[behind].text == "," and words[behind + 1].tag == "WH"


def _closed(words: list[Token], condition: Found) -> bool:
    """Whether the condition stands as an aside behind its act and another clause follows: "will come, if asked, and our
    allies will pay"."""
    aside = condition.at > 0 and words[condition.at - 1].text == ","
    end = condition.end
    return aside and end + 1 < len(words) and words[end].text == "," and words[end + 1].tag == "CC"


def gives_reason(words: list[Token], at: int) -> bool:
    """Whether the condition at `at` opens a reason: "will appeal because, if the vote is close, we need clarity"."""
    before = at - 1 if at and words[at - 1].text != "," else at - 2
    return before >= 0 and words[before].low in ("because", "since")


def _answered(words: list[Token], condition: Found, first: int) -> bool:
    """Whether a past act stands between a condition that leads and the act at `first`: it is what the condition led to,
    unless it only tells ("if elected, he said, he will")."""
    if words[condition.at].low not in _PHRASES:
        return False
    past = [k for k in range(condition.end, first) if words[k].tag == "VBD"]
    return any(words[k].low not in cue_words("says") for k in past)


def around(acts: list[Candidate], owner: int, condition: Found) -> Iterator[int]:
    """The acts that the owner's is a part of, where the condition stands behind both: "will allow aid to pass once"."""
    inner = acts[owner]
    for k, act in enumerate(acts):
        if k != owner and act.verb < inner.start < act.end and condition.at > inner.verb and condition.end <= act.end:
            yield k


def by_tree(words: list[Token], acts: list[Candidate], condition: Found) -> int | None:
    """The candidate whose verb the condition hangs on in the sentence's tree."""
    verb = governor(words, condition)
    if verb is None:
        return None
    for k, act in enumerate(acts):
        if act.verb == verb and not condition.start <= act.at < condition.end:
            return k
    return None


def _behind_aside(words: list[Token], last: int, at: int) -> int:
    """Where an act ends, what stands between commas behind it counted in: a relative clause ("the port, through which
    …, if"), who says so ("in a day,” he added, if"), words without a verb ("anybody, including him, once")."""
    while last < at and words[last].text in QUOTE:
        last += 1
    edge = at - 1
    while edge > last and words[edge].text in QUOTE:  # "would accept it, she said, “were it counted …”"
        edge -= 1
    if not (last + 2 < at and words[last].text == "," and words[edge].text == "," and at - last <= _ASIDE):
        return last
    after = words[last + 1]
    relative = after.tag == "WH" or after.low in ("where", "as") or (after.tag == "IN" and words[last + 2].tag == "WH")
    finite = [word.low for word in words[last:at] if word.tag in FINITE]
    return at - 1 if relative or all(low in cue_words("says") for low in finite) else last


def _another_clause(words: list[Token], start: int, end: int) -> bool:
    """Whether a verb stands between an act and the condition: then the condition hangs on that verb."""
    return any(words[k].tag in ("VBD", "VBZ", "VBP", "MD") for k in range(max(0, start), end))
