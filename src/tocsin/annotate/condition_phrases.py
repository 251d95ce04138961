"""Conditions told by a phrase: "within a day of the vote", "on presentation of a pass", "come what may".

Invariant: each form is asked once at its first word, looks a bounded number of words around it, and gives the words of
its condition; whether an act hangs on it is asked elsewhere.
"""

from collections.abc import Callable, Iterable, Mapping

from tocsin.annotate.commitment_clauses import FINITE, MOVED_BACK, NOUN, QUOTE, VERB, clause_follows, next_clause
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.annotate.condition_places import would_come
from tocsin.annotate.condition_spans import Found, begins_clause, span_end
from tocsin.core.commitments import Operator

_POWER = frozenset(("may", "can", "could", "might", "shall", "must", "allowed", "permitted", "entitled", "authorised",
                    "authorized", "cannot"))  # fmt: skip
_NEAR = 15
"""Words from the verb that a phrase limits to the phrase."""
_NP = 6
"""Words from the beginning of a noun phrase to its noun."""
_LENGTHS = frozenset(("second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "night", "nights",
                      "week", "weeks", "fortnight", "month", "months", "year", "years"))  # fmt: skip
_CASES = frozenset(("case", "event", "eventuality", "contingency", "scenario"))
_HAPPENS = frozenset(("happens", "happened", "comes", "came", "befalls", "else"))
_IS = frozenset(("is", "are", "was", "were", "may", "might"))
_GIVES = frozenset(("give", "lend", "send", "pay", "tell", "show", "offer", "grant", "bring", "do", "take", "use",
                    "spend", "say", "be", "choose", "pick", "accept", "buy", "have", "get", "see"))  # fmt: skip
"""Verbs whose object "whatever" may be: "give the army whatever it needs"."""
_TAKES_FOR = frozenset(("vote", "pay", "apply", "serve", "stand", "fight", "ask", "call", "work", "last", "speak",
                        "care", "account", "be", "use", "used", "run", "play", "opt", "valid", "wait"))  # fmt: skip
"""Words that "for" belongs to: "may serve only for two terms"."""
_DENIES = frozenset(("not", "n't", "never", "no", "nobody", "none", "nothing", "neither", "nor", "cannot"))
_PLACES = frozenset(("inside", "there", "home", "ashore", "abroad", "aboard", "outside", "across"))
_WAYS = frozenset(("on", "by", "with", "under", "to", "against", "upon"))
"""Behind "except" or "save" before what lets an act be done: "may not enter except on a stretcher"."""

Form = Callable[[list[Token], int], Found | None]


def phrases(words: list[Token]) -> Iterable[Found]:
    """The conditions of the sentence that a phrase of `_FORMS` tells, in reading order."""
    for i, word in enumerate(words[:-1]):
        form = _FORMS.get(word.low)
        if form is not None and (found := form(words, i)) is not None and found.end > found.start:
            yield found


def _ends(words: list[Token], start: int) -> int:
    return span_end(words, start, "phrase")


def _noun(words: list[Token], start: int) -> int | None:
    """The head of the noun phrase at `start`."""
    for k in range(start, min(len(words), start + _NP)):
        behind = words[k + 1].tag if k + 1 < len(words) else ""
        if words[k].tag in NOUN and behind not in NOUN | {"POS"}:
            return k
        if words[k].tag not in NOUN | {"DT", "JJ", "PPS", "POS", "CD", "VBN", "VBG"}:
            return None
    return None


def _is_time(words: list[Token], start: int) -> bool:
    """Whether the phrase at `start` is a date, a number or a time."""
    noun = _noun(words, start)
    return words[start].tag == "CD" or (noun is not None and words[noun].low in cue_words("time_nouns"))


def _may(words: list[Token], i: int) -> bool:
    """Whether a word of power or leave stands before `i`: the phrase at `i` says how it may be used."""
    return any(word.low in _POWER for word in words[max(0, i - _NEAR) : i])


def _hangs_on_verb(words: list[Token], noun: int) -> bool:
    """Whether the noun hangs on a verb: in "talks on delivery of grain" it does not."""
    head = words[noun].head
    return head is None or words[head].tag in VERB or words[head].low in ("again", "only")


def _only(words: list[Token], i: int) -> bool:
    return i > 0 and words[i - 1].low == "only"


def _within(words: list[Token], i: int) -> Found | None:
    """ "within three days of a ceasefire", "“within a night” of being asked"."""
    k = i + 1
    while k < len(words) - 2 and k - i < _NP and words[k].low not in _LENGTHS:
        if words[k].tag not in ("CD", "DT", "JJ", "RB", "VBG") and words[k].low not in ("a", "an"):
            return None
        k += 1
    while k + 2 < len(words) and words[k + 1].text in QUOTE:
        k += 1
    of, start = k + 1, k + 2
    if start >= len(words) or words[of].low not in ("of", "after") or _is_time(words, start):
        return None
    if words[start].low in ("each", "one", "now") or words[start].tag not in NOUN | {"DT", "PPS", "JJ", "VBG", "VBN"}:
        return None
    return Found(of, start, _ends(words, start), "when")


def _on(words: list[Token], i: int) -> Found | None:
    """ "on presentation of a pass", "on giving a month's notice", "on request", "on one year's notice"."""
    start = i + 1
    operator: Operator = "only_if" if _only(words, i) else "when"
    at = i - 1 if operator == "only_if" else i
    if words[start].tag == "VBG" and words[start].low in cue_words("due_steps"):
        return Found(at, start, _ends(words, start), operator) if _free(words, i) else None
    noun = _noun(words, start)
    if noun is None or not _hangs_on_verb(words, noun) or not _free(words, i):
        return None
    low = words[noun].low
    behind = words[noun + 1].low if noun + 1 < len(words) else "."
    ends = noun + 1 >= len(words) or words[noun + 1].tag in ("PU", "CC")
    if low in cue_words("papers_shown") and (behind in ("of", "by") or (ends and noun == start)):
        return Found(at, start, _ends(words, start), operator)
    if low in ("request", "demand", "application") and noun == start and ends:
        return Found(at, start, noun + 1, operator)
    if low == "notice" and words[noun - 1].tag == "POS" and words[start].tag in ("CD", "DT"):
        return Found(at, start, noun + 1, operator)
    return None


def _free(words: list[Token], i: int) -> bool:
    """Whether the word before the preposition at `i` does not take it: not "insist on", "based on", "a ban on"."""
    return i == 0 or words[i - 1].low not in cue_words("leaning_on")


def _by(words: list[Token], i: int) -> Found | None:
    """ "may be renewed by mutual consent"."""
    if _only(words, i) or words[i + 1].low not in ("mutual", "common", "joint", "unanimous") or not _may(words, i):
        return None
    noun = _noun(words, i + 1)
    accord = noun is not None and words[noun].low in cue_words("by_accord")
    return Found(i, i + 1, _ends(words, i + 1), "only_if") if accord else None


def _in_case(words: list[Token], i: int) -> Found | None:
    """ "in such a case", "in that event", before or behind a modal; "only in an emergency"."""
    k = i + 1
    low = words[k].low
    if _only(words, i) and _may(words, i):
        noun = _noun(words, k)
        known = noun is not None and words[noun].low in cue_words("emergencies")
        return Found(i - 1, k, _ends(words, k), "only_if") if known else None
    if low in ("emergency", "emergencies") or [word.low for word in words[k : k + 2]] == ["an", "emergency"]:
        end = k + 1 + (low == "an")
        if end < len(words) and words[end].tag in NOUN and words[end].tag != "NNP":
            return None
        modal = any(word.tag == "MD" for word in words[max(0, i - _NEAR) : i] or words[end : end + _NP])
        return Found(i, k, end, "if") if modal else None
    if low not in ("such", "that", "either"):
        return None
    k += 1 + (low == "such" and words[k + 1].low in ("a", "an"))
    if k >= len(words) or words[k].low not in _CASES:
        return None
    if k + 1 < len(words) and (words[k + 1].tag in NOUN or words[k + 1].low in ("of", "that", "against")):
        return None
    after = next((word for word in words[k + 1 : k + _NEAR] if word.tag in FINITE), None)
    if begins_clause(words, i):
        modal = after is not None and after.tag == "MD"
    else:
        modal = any(word.tag == "MD" for word in words[max(0, i - _NEAR) : i])
    return Found(i, i + 1, k + 1, "if") if modal else None


def _or_no(words: list[Token], i: int) -> Found | None:
    """ "strike or no strike"."""
    if i == 0 or words[i + 1].low != "no" or not words[i + 2 : i + 3] or words[i + 2].low != words[i - 1].low:
        return None
    return Found(i - 1, i - 1, i + 3, "even_if")


def _come(words: list[Token], i: int) -> Found | None:
    """ "come what may"."""
    if [word.low for word in words[i + 1 : i + 3]] != ["what", "may"]:
        return None
    return Found(i, i, i + 3, "even_if")


def _whatever(words: list[Token], i: int) -> Found | None:
    """ "whatever happens", "whatever the outcome", and behind an act "whatever the council decides"; no object ("give
    it whatever it needs") and no member of a list."""
    before = words[i - 1] if i else None
    if before is not None and before.text in QUOTE and i > 1:
        before = words[i - 2]
    if before is not None and (before.tag in ("IN", "CC", "TO", "DT") or before.low in _GIVES):
        return None
    after = words[i + 1]
    if after.low in ("it", "that", "they") and words[i + 2 : i + 3] and words[i + 2].low in _IS:
        return Found(i, i, _clause_end(words, i + 1), "even_if")  # "will accept it, whatever it is"
    if after.low in _HAPPENS and after.tag in FINITE | {"NNS"}:
        past = after.tag == "VBD" and not any(w.low in MOVED_BACK for w in words[max(0, i - _NEAR) : i])
        return None if past else Found(i, i, _clause_end(words, i + 1), "even_if")
    if after.tag in ("DT", "PPS") and not clause_follows(words, i + 1):
        noun = _noun(words, i + 1)
        if noun is not None and not any(word.tag in FINITE for word in words[noun : noun + 3]):
            return Found(i, i + 1, _ends(words, i + 1), "even_if")
    if before is None or begins_clause(words, i) or before.tag not in NOUN | {"VBN", "RP", "PRP", "CD"}:
        return None  # at an edge the table of markers has it
    return _any_choice(words, i)


def _whichever(words: list[Token], i: int) -> Found | None:
    """ "there will be an inquiry whichever of us wins"; behind a comma the table of markers has it."""
    if i == 0 or begins_clause(words, i) or words[i - 1].tag not in NOUN or words[i + 1].low in ("is", "comes"):
        return None
    return _any_choice(words, i)


def _any_choice(words: list[Token], i: int) -> Found | None:
    """The clause behind the "whatever" or "whichever" at `i`, right behind an act that takes no such object."""
    if any(word.low in _GIVES for word in words[max(0, i - _NP) : i]):
        return None
    end = next_clause(words, i + 1)
    finite = next((k for k in range(i + 1, end) if words[k].tag in FINITE), None)
    if finite is None or words[finite].tag == "MD":
        return None
    if words[finite].tag == "VBD" and not would_come(words, i, i + 1):
        return None
    return Found(i, i, end, "even_if")


def _clause_end(words: list[Token], start: int) -> int:
    end = next_clause(words, start)
    return next((k for k in range(start, end) if words[k].text == ","), end)


def _except(words: list[Token], i: int) -> Found | None:
    """ "may not enter except on a stretcher", "would not leave save to make way"; with somebody's leave it is a
    requirement, which the table of markers has."""
    if words[i + 1].low not in _WAYS or (words[i + 1].low == "to") != (words[i + 1].tag == "TO"):
        return None
    leave = cue_words("consent_nouns") | cue_words("days")
    ahead = words[i + 2 : i + 2 + _NP]
    if any(word.low in leave or word.low.rstrip("s") in leave for word in ahead):
        return None
    if ahead and _is_time(words, i + 2):
        return None
    if words[i + 1].low == "to" and (i + 2 >= len(words) or words[i + 2].tag not in ("VB", "VBP")):
        return None
    if not any(word.low in _DENIES for word in words[max(0, i - _NEAR) : i]):
        return None
    return Found(i, i + 1, _ends(words, i + 2) if i + 2 < len(words) else i + 2, "unless")


def _only_by(words: list[Token], i: int) -> Found | None:
    """ "may be removed only by common accord", "can end it only for gross negligence", "then only with a nod"."""
    how, start = words[i + 1].low, i + 2
    if how not in ("by", "for", "with", "under", "against") or start >= len(words):
        return None
    if not _may(words, i) and not (how == "against" and _pledged(words, start)):
        return None
    noun = _noun(words, start)
    if noun is None or _is_time(words, start) or words[start].tag == "CD":
        return None
    if how == "for" and any(word.low in _TAKES_FOR for word in words[max(0, i - 2) : i]):
        return None
    if how == "by" and words[noun].low not in cue_words("by_accord"):
        return None
    return Found(i, start, _ends(words, start), "only_if")


def _against(words: list[Token], i: int) -> Found | None:
    """ "will lend against good collateral", "hand over the keys against a bank guarantee"."""
    if _only(words, i) or i + 1 >= len(words) or not _pledged(words, i + 1):
        return None
    return Found(i, i + 1, _ends(words, i + 1), "if")


def _pledged(words: list[Token], start: int) -> bool:
    noun = _noun(words, start)
    return noun is not None and words[noun].low in cue_words("securities")


def _with(words: list[Token], i: int) -> Found | None:
    """ "may be on the streets with a letter from their employer"."""
    noun = _noun(words, i + 1)
    if _only(words, i) or noun is None or words[noun].low not in cue_words("permits") or not _may(words, i):
        return None
    if any(word.low in _DENIES for word in words[max(0, i - _NEAR) : i]):
        return None
    return Found(i, i + 1, _ends(words, i + 1), "if")


def _once(words: list[Token], i: int) -> Found | None:
    """ "once inside they would obey": a place where one must be first."""
    if words[i + 1].low not in _PLACES or i + 2 >= len(words):
        return None
    after = words[i + 2]
    return Found(i, i + 1, i + 2, "when") if after.text == "," or after.tag in ("PRP", "DT", "PU") else None


def _permitting(words: list[Token], i: int) -> Found | None:
    """ "weather permitting", between commas or at an end."""
    if i == 0 or words[i - 1].tag not in NOUN or not (i == 1 or begins_clause(words, i - 1)):
        return None
    ends = i + 1 >= len(words) or words[i + 1].tag == "PU"
    return Found(i - 1, i - 1, i + 1, "if") if ends else None


def _as(words: list[Token], i: int) -> Found | None:
    """ "lift the curbs step by step as the inspectors confirm each stage"."""
    k = i - 1
    while k > 0 and (words[k].text == "," or words[k].text in QUOTE):
        k -= 1
    low = tuple(word.low for word in words[max(0, k - 2) : k + 1])
    slowly = low in (("step", "by", "step"), ("bit", "by", "bit"), ("stage", "by", "stage")) or low[-1:] == (
        "gradually",
    )
    if not slowly and low[-2:] not in (("in", "stages"), ("in", "step"), ("in", "phases")):
        return None
    if not clause_follows(words, i + 1):
        return None
    return Found(i, i + 1, _clause_end(words, i + 1), "when")


_FORMS: Mapping[str, Form] = {
    "within": _within,
    "on": _on,
    "upon": _on,
    "in": _in_case,
    "or": _or_no,
    "come": _come,
    "by": _by,
    "whatever": _whatever,
    "whichever": _whichever,
    "except": _except,
    "save": _except,
    "only": _only_by,
    "against": _against,
    "with": _with,
    "permitting": _permitting,
    "once": _once,
    "as": _as,
}
"""The forms by their first word, of "weather permitting" and "strike or no strike" the one that tells them."""
