"""Whether a marker sets a condition where it stands: "if" may ask, "when" may tell the time, "given" may be a verb.

Invariant: every rule looks at one sentence's words around the marker, a bounded number of them.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise

from tocsin.annotate.commitment_acts import inflected
from tocsin.annotate.commitment_clauses import FINITE, QUOTE, VERB, clause_follows, next_clause
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.annotate.condition_spans import begins_clause

_MAIN = 12
"""Words from the comma behind a condition to the modal of what hangs on it."""
_ASIDE = 9
"""Words of an aside that tells who speaks."""
_PREMISE = 7
"""Words behind "if" in which a verb shows that it only takes something for granted."""
_LIMIT = 4
"""Words of "ten working days"."""
_WITHHOLDING = ("refuse", "decline", "suspend", "delay", "postpone", "freeze", "ban", "bar", "forbid", "prohibit",
                "shelve", "defer", "halt", "pause", "withhold", "avoid")  # fmt: skip
_KEPT = frozenset(("not", "n't", "never", "no", "remain", "stay", "continue", "keep", "hold", "stays", "remains",
                   "nobody", "none", "neither", "nor", "cannot",
                   *(one for verb in _WITHHOLDING for one in inflected(verb))))  # fmt: skip
_KEPT_OFF = frozenset(
    (one, after) for verb, after in (("rule", "out"), ("hold", "off"), ("put", "off"), ("hold", "back"))
    for one in inflected(verb)
)  # fmt: skip
_LASTS = frozenset(one for verb in ("last", "persist", "continue", "endure", "sit", "remain", "stay")
                   for one in inflected(verb))  # fmt: skip
_BEING = frozenset(("is", "are", "was", "were", "am", "'s", "'re", "be", "been", "remains", "remain", "remained"))
_STANDS = frozenset(("going", "pending", "continuing", "lasting", "ongoing", "under", "unresolved", "sitting"))
_WITHIN = frozenset(("session", "force", "place", "charge", "office", "power", "effect", "progress", "talks", "train"))
_STATE = 8
"""Words from the beginning of a clause with "while" to the verb that tells of a state."""
_WOULD = frozenset(("would", "'d"))
_AHEAD = 25
"""Words from the verb of a clause that leads to the verb of its main clause."""
_WHILE = 22
"""Words from what keeps an act back to the "while" behind it."""
_AS_FOR = (["it", "comes", "to"], ["it", "came", "to"])
"""Behind "when" no event: "firm when it comes to tariffs"."""
_BARE = 6
"""Words of an aside without a verb: "if less directly"; a longer clause has one that the tagger does not see."""
_MOMENTS = frozenset(("time", "moment", "point", "period", "era", "case", "situation", "just", "even", "back", "ago"))
_ABOUT = frozenset(("to", "about", "of", "on", "over", "as", "for", "question", "issue", "regarding"))
"""Words before "whether" that make it a question: "a real question as to whether or not they want it"."""
_OBJECTS = frozenset(("him", "her", "them", "us", "me", "it"))
_ORDER = ("is", "comes", "earlier", "later", "sooner", "first", "last", "greater", "less", "lower", "higher", "longer",
          "shorter")  # fmt: skip
_POINTERS = frozenset(("that", "this", "it", "them", "these", "those"))
_CIRCUMSTANCES = frozenset(("circumstances", "circumstance", "conditions"))
_DENIED = frozenset(("not", "n't", "never", "no", "nor", "neither", "nobody", "none", "nothing", "cannot"))
_WAITS = 18
"""Words from a denial to the "before" of what it waits for."""
_REFUSED = frozenset((*inflected("refuse"), *inflected("decline")))
_GOES = frozenset(inflected("go"))
_CHASING = frozenset(
    one for verb in ("go", "look", "chase", "run", "seek", "ask", "inquire", "name") for one in inflected(verb)
)
"""Verbs that "after" belongs to."""
_LEANING = frozenset(
    (*(one for verb in ("agree", "call", "depend", "insist", "rely", "act", "look") for one in inflected(verb)),
     "touch", "touched", "touching", "influence", "impact", "effect", "burden", "emphasis", "incumbent", "based")
)  # fmt: skip
"""Words that "upon" belongs to."""
_ALIKE = frozenset(("hit", "cut", "put", "set", "lost", "held", "shut", "burnt", "taken"))
_ARTICLES = frozenset(("a", "an", "any", "the", "some", "further"))

Placed = Callable[[list[Token], int, int], bool]
"""Whether a marker at an index, what it governs beginning at another, stands where it sets a condition."""


def sets_none(words: list[Token], i: int, start: int) -> bool:
    """Whether the "if", "when" or "whether" at `i` asks, or tells of the time."""
    low, before, after = words[i].low, words[i - 1].low if i else "", words[start].low
    if low == "whether" and before in _ABOUT:
        return True
    if low in ("if", "whether") and before in cue_words("asking_verbs"):
        return low == "whether" or before not in cue_words("says") or not _leads(words, start)
    if low == "if" and after in ("not", "only", "ever", "nothing"):
        return True
    if low == "if" and any(word.low in cue_words("premises") for word in words[start : start + _PREMISE]):
        return True
    if low == "if" and after in ("any", "anything"):  # "few, if any, ships"
        if start + 1 >= len(words) or words[start + 1].tag not in ("PU", "CC", "IN"):
            return False
        own = words[start + 1].low == "of" and any(
            one.tag in FINITE for one in words[start : next_clause(words, start)]
        )
        return not own
    if low == "when" and [word.low for word in words[start : start + 3]] in _AS_FOR:
        return True
    # "at a time when", "by June 5, when the house returns": tells of the time, sets no condition
    if low == "when" and before == "," and i > 1:
        return words[i - 2].tag == "CD" or words[i - 2].low in cue_words("time_nouns")
    if low != "when" or not (before in cue_words("time_nouns") or before in _MOMENTS):
        return False
    # "within ten days when a bank fails": a time limit, and no time that is told more of
    return not any(one.tag == "CD" for one in words[max(0, i - _LIMIT) : i]) or words[i - 1].tag != "NNS"


def is_plain(words: list[Token], i: int, start: int) -> bool:
    """Whether the marker at `i` is a plain word: "providing him a lead", "failing to stop", "if less directly", "are
    subject to that", "absent Sokol skips debate"."""
    low, after = words[i].low, words[start]
    if (
        low == "whichever"
        and after.low in _ORDER[:2]
        and any(w.low in _ORDER[2:] for w in words[start + 1 : start + 3])
    ):
        return True  # "at noon or at dusk, whichever is earlier"
    if low in ("providing", "given", "provided") and after.low in _OBJECTS:
        return not clause_follows(words, start)
    if low == "failing" and after.low == "to":
        return True
    if low == "after":
        return _chased(words, i, start) or _beside_another(words, i)
    if low == "upon" and start == i + 1:
        return i > 0 and words[i - 1].low in _LEANING
    if low in ("absent", "barring"):
        return _verb_before_comma(words, start)
    if low == "subject":
        return after.low in _POINTERS and (start + 1 >= len(words) or words[start + 1].tag in ("PU", "CC"))
    if low == "if" and (after.tag == "RB" or after.low in ("less", "more")):
        end = next((k for k in range(start, next_clause(words, start)) if words[k].text == ","), start + _BARE)
        return not any(word.tag in VERB for word in words[start : next_clause(words, start)]) and end < start + _BARE
    return False


def _chased(words: list[Token], i: int, start: int) -> bool:
    """Whether the "after" at `i` belongs to a verb: "will go after firms that cheat", "named after". Before a clause
    or an event it tells when."""
    if i == 0 or words[i - 1].low not in _CHASING or happens(words, start):
        return False
    finite = next((k for k in range(start, min(len(words), start + _PREMISE)) if words[k].tag in FINITE), None)
    relative = finite is not None and words[finite - 1].low in ("who", "that", "which")
    return finite is None or relative


def happens(words: list[Token], start: int) -> bool:
    """Whether the noun phrase at `start` names something that happens."""
    for k in range(start, min(len(words), start + 7)):
        word = words[k]
        follows = words[k + 1].tag if k + 1 < len(words) else ""
        if word.tag in ("NN", "NNS") and follows not in ("NN", "NNS", "POS"):
            known = cue_words("event_nouns") | cue_words("act_nouns") | cue_words("consent_nouns")
            known |= cue_words("request_nouns")
            return word.low not in cue_words("time_nouns") | cue_words("no_events") and (
                word.low in known
                or word.low.rstrip("s").endswith(("tion", "sion", "ment", "val", "sal", "ture", "ance"))
            )
        if word.tag not in ("DT", "JJ", "PPS", "NNP", "NN", "NNS", "POS", "VBN", "CD", "RB"):
            return False
    return False


def _beside_another(words: list[Token], i: int) -> bool:
    """ "before, during and after the attacks": all of the time."""
    return i > 1 and words[i - 1].low in ("and", "or", ",", "&") and words[i - 2].low in ("before", "during", "until")


def _verb_before_comma(words: list[Token], start: int) -> bool:
    """Whether a verb of its own follows a phrase without a comma between: then the marker before it is an adjective."""
    for k in range(start, min(len(words), start + _MAIN)):
        if words[k].tag == "PU":
            return False
        if words[k].tag in FINITE:
            return words[k - 1].tag in ("NNP", "NN", "NNS") and begins_clause(words, start - 1)
    return False


def _leads(words: list[Token], start: int) -> bool:
    """Whether a clause of its own follows the one at `start` behind a comma: "said if she won, she would stay"."""
    end = next_clause(words, start)
    if end >= len(words) or words[end].text != ",":
        return False
    modal = next((k for k in range(end + 1, min(len(words), end + _MAIN)) if words[k].tag in FINITE), None)
    return modal is not None and (words[modal].tag == "MD" or clause_follows(words, end + 1))


def would_come(words: list[Token], i: int, start: int) -> bool:
    """Whether the clause at `start`, told in the past, is of what was to come: the last verb before its marker at `i`
    is "would", as in "would resign the day it fell"; where the marker leads, the next one behind the clause."""
    told = [word for word in words[max(0, i - _WHILE) : i] if word.tag in FINITE]
    if words[i].low == "while":
        return any(word.low in _WOULD for word in told)
    if told and not begins_clause(words, i):
        return told[-1].low in _WOULD
    if told and told[-1].low in _WOULD and words[i - 1].text == ",":
        return words[i].low in ("while", "once", "until")
    if words[i].low in ("when", "whenever", "where", "wherever"):
        return False  # "when he was young he would sing"
    own = next((k for k in range(start, min(len(words), start + _MAIN)) if words[k].tag in FINITE), len(words))
    after = next((word for word in words[own + 1 : own + 2 + _AHEAD] if word.tag in FINITE), None)
    return after is not None and after.low in _WOULD


def well_placed(words: list[Token], i: int, start: int, where: str) -> bool:
    """Whether the marker stands where it sets a condition: at a clause's edge, behind the act, before a request."""
    low = words[i].low
    dated = words[start].tag == "CD" and not (words[start].low == "one" and clause_follows(words, start))
    if low == "until" and (words[start].low in cue_words("time_nouns") or dated):
        return False  # "until June": a deadline
    if low == "without" and words[start].low.endswith("ing") and words[start].low not in cue_words("due_steps"):
        return False  # "without stumbling": how, not on which condition
    if low == "without" and words[start].tag == "WH":
        return False  # "things without which we stay"
    rule = _PLACES.get(where)
    return rule is None or rule(words, i, start)


def _at_edge(words: list[Token], i: int, _start: int) -> bool:
    return begins_clause(words, i)


def _premise(words: list[Token], i: int, start: int) -> bool:
    """ "will pay the tranche provided Arna cuts its deficit", and no participle: "the help provided the town with"."""
    return begins_clause(words, i) or (words[i].relation == "advcl" and clause_follows(words, start))


def _in_law(words: list[Token], i: int, start: int) -> bool:
    """ "where a member is attacked, the others shall": place in prose, condition in law; by the tree also "may act
    where a ship is attacked", which tells of no place."""
    if begins_clause(words, i) and any(word.low == "shall" for word in words):
        return True
    done = range(start + 1, min(len(words), start + _MAIN))
    verb = next((words[k].head for k in done if words[k].relation == "auxpass"), None)
    if verb is None or words[verb].relation != "advcl":
        return False
    act = words[verb].head
    return act is not None and ((act < i and words[act].tag == "VB") or (i == 0 and act > verb))


def _keeps_up(words: list[Token], i: int, start: int) -> bool:
    """ "will not talk while the siege goes on": elsewhere "while" only sets one thing beside another. Behind a comma,
    or where it leads, it must tell of what lasts: "while the talks go on nobody may leave"."""
    before = words[max(0, i - _WHILE) : i]
    kept = any(word.low in _KEPT for word in before)
    kept = kept or any((one.low in _GOES and after.low == "on") or (one.low, after.low) in _KEPT_OFF
                       for one, after in pairwise(before))  # fmt: skip
    if kept and (_behind_said(words, i, start) or (words[i - 1].text != "," and not begins_clause(words, i))):
        return True
    if not begins_clause(words, i) or not lasts(words, start):
        return False
    end = next_clause(words, start)
    denied = any(word.low in _KEPT for word in words[start : min(len(words), end + _MAIN)])
    return (kept and i > 0 and words[i - 1].text == ",") or denied


def lasts(words: list[Token], start: int) -> bool:
    """Whether the clause at `start` tells of a state that lasts: "the talks go on", "she is in charge of it"."""
    for k in range(start + 1, min(len(words), start + _STATE)):
        one, after = words[k], words[k + 1].low if k + 1 < len(words) else ""
        if one.tag in FINITE:
            further = words[k + 2].low if k + 2 < len(words) else ""
            if one.low in _LASTS or (one.low in _GOES and after == "on"):
                return True
            return one.low in _BEING and (after in _STANDS or (after in ("in", "at") and further in _WITHIN))
    return False


def _behind_said(words: list[Token], i: int, start: int) -> bool:
    """Whether who says it stands between the act and the marker at `i`: "will not talk, Orlo said, while …". What
    stands behind a quotation that has ended, or tells what others say, is set beside it."""
    last = i - 1
    while last > 0 and words[last].text in QUOTE:
        last -= 1
    if last < 0 or words[last].text != ",":
        return False
    first = next((k for k in range(last - 1, max(-1, last - _ASIDE), -1) if words[k].text in {",", *QUOTE}), None)
    if first is None or not any(word.low in cue_words("says") for word in words[first:last]):
        return False
    quoted = any(word.text in QUOTE for word in words[max(0, first - 1) : first + 1])
    if quoted and words[i - 1].text not in QUOTE:
        return False
    return not any(word.low in cue_words("says") for word in words[start : next_clause(words, start)])


def _waits(words: list[Token], i: int, _start: int) -> bool:
    """ "will not talk before the siege is lifted": with a denied act only."""
    if words[i - 1].low in cue_words("time_nouns") and any(one.tag == "CD" for one in words[max(0, i - _LIMIT) : i]):
        return False  # "four days before the deadline passes"
    before = words[max(0, i - _WAITS) : i]
    refused = any(one.low in _REFUSED and after.low == "to" for one, after in pairwise(before))
    return refused or any(word.low in _DENIED for word in before)


def _behind_act(words: list[Token], i: int, start: int) -> bool:
    if words[i].low == "subject" and i > 1 and words[i - 1].text == ",":
        return any(word.low in cue_words("consent_nouns") for word in words[start : start + _ASIDE])
    return _behind_said(words, i, start) or (i > 0 and words[i - 1].text != "," and not begins_clause(words, i))


def _any_circumstances(words: list[Token], _i: int, start: int) -> bool:
    """ "will not yield under any circumstances"."""
    return words[start].low == "any" and any(word.low in _CIRCUMSTANCES for word in words[start + 1 : start + 2])


def _leaves_open(words: list[Token], i: int, start: int) -> bool:
    """ "whether we win or lose, we stay": it leaves it open, and does not ask. Without a comma only "or not" does,
    where nothing asks ("must pay for it whether it takes it or not")."""
    end = next((k for k in range(start, len(words)) if words[k].text in (",", ";", ".")), len(words))
    if not any(word.low == "or" for word in words[start:end]):
        return False
    if begins_clause(words, i):
        return words[i - 1].text == "," if i else _leads(words, start)
    left = [word.low for word in words[end - 2 : end]] == ["or", "not"]
    asks = words[i - 1].low in _ABOUT
    told = any(word.low in cue_words("asking_verbs") for word in words[max(0, i - _MAIN) : i])
    return left and not asks and not told and words[start].low != "to"


def _absent(words: list[Token], i: int, start: int) -> bool:
    return begins_clause(words, i) or words[start].low in _ARTICLES


def _for_each(words: list[Token], i: int, start: int) -> bool:
    """ "ten will go home for every hostage freed", "for each hostage freed, ten will go home", "ten for every story
    that we print": so many for a deed."""
    end = next((k for k in range(start, min(len(words), start + _ASIDE)) if words[k].tag == "PU"), start + _ASIDE)
    head = next((k for k in range(start, min(len(words) - 1, end)) if words[k].tag in ("NN", "NNS", "NNP")), None)
    while head is not None and head + 1 < min(end, len(words)) and words[head + 1].tag in ("NN", "NNP"):
        if words[head + 1].low in _ALIKE:  # the tagger takes the participle for a noun: "each product hit,"
            break
        head += 1
    if head is None or head + 1 >= min(end, len(words)):
        return False
    after, further = words[head + 1], words[head + 2].tag if head + 2 < len(words) else ""
    deed = after.tag in ("VBN", "VBD") or after.low in _ALIKE
    deed = deed or (after.low in ("that", "which", "who") and further == "VBZ")
    deed = deed or (after.tag == "PRP" and further in FINITE)
    return deed and (begins_clause(words, i) or any(word.tag == "CD" for word in words[max(0, i - _ASIDE) : i]))


def _as_aside(words: list[Token], i: int, _start: int) -> bool:
    return i > 0 and words[i - 1].text == ","


def _before_noun_of(name: str) -> Placed:
    def rule(words: list[Token], _i: int, start: int) -> bool:
        return any(word.low in cue_words(name) for word in words[start : start + 6])

    return rule


def _timed(words: list[Token], i: int, start: int) -> bool:
    """ "the day he leaves we march", "will go to court the hour he leaves": a clause of its own, and no day that
    something is told of ("by the day the ship came", "the day before")."""
    if i and (words[i - 1].tag in ("IN", "DT", "JJ") and words[i - 1].low != "that"):
        return False
    opens = words[start].tag in ("DT", "PRP", "PPS", "NNP", "EX") or words[start].low.endswith(("body", "one"))
    opens = opens or (
        words[start - 1].low in ("minute", "moment", "instant") and words[start].tag in ("JJ", "NN", "NNS")
    )
    return opens and clause_follows(words, start)


def _at_any_rate(words: list[Token], i: int, start: int) -> bool:
    """ "whatever they decide, we stay": no member of a list ("cheese and whatever else is there")."""
    listed = i > 0 and words[i - 1].tag == "CC"
    return begins_clause(words, i) and not listed and words[start].low != "else"


_PLACES: Mapping[str, Placed] = {
    "edge": _at_edge,
    "timed": _timed,
    "whatever": _at_any_rate,
    "premise": _premise,
    "legal": _in_law,
    "keeping": _keeps_up,
    "waits": _waits,
    "post": _behind_act,
    "circumstances": _any_circumstances,
    "choice": _leaves_open,
    "absent": _absent,
    "aside": _as_aside,
    "each": _for_each,
    "request": _before_noun_of("request_nouns"),
    "consent": _before_noun_of("consent_nouns"),
}
"""The values of `where` in data/commitment_markers.json that look at the marker's place."""
