"""The conditions in one sentence: marker, what it governs, and where that ends.

Invariant: every condition found has a marker of data/commitment_markers.json or an inversion ("should Minsk ask") in
the sentence; its span begins behind the marker and never holds another condition's marker. Which act a condition
hangs on is decided elsewhere (`commitment_cues.py`); here a word only has to be one that sets a condition.
"""

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from tocsin.annotate.commitment_clauses import FINITE, MOVED_BACK, VERB, clause_follows, is_break, next_clause, subject
from tocsin.annotate.commitment_words import Token, cue_words, data
from tocsin.annotate.condition_forms import events, inversions, orders, precedences, requests
from tocsin.annotate.condition_mains import behind_phrase, main_start
from tocsin.annotate.condition_phrases import phrases
from tocsin.annotate.condition_places import happens, is_plain, sets_none, well_placed, would_come
from tocsin.annotate.condition_spans import Found, begins_clause, first_finite, span_end
from tocsin.annotate.condition_whoever import whoever
from tocsin.core.commitments import And, Atom, Expr, Not, Or
from tocsin.core.spans import Spans, spans_of

_CLAUSE_OPENS = frozenset(("DT", "PRP", "NNP", "PPS", "NN", "NNS", "JJ", "CD"))
_OTHERS = frozenset(("if", "unless", "once", "when", "provided", "until", "case"))
_POWERS = frozenset(("may", "can", "could", "shall", "must", "authorised", "authorized", "entitled", "allowed",
                     "permitted", "free"))  # fmt: skip
_NOTICE = 22
"""Words from a modal of power to the step that must be taken first."""
_INSERTED = 7
"""Words of an aside behind a marker: "if, God forbid, they come"."""
_READY = frozenset(("ready", "willing", "prepared", "free"))
_LITTLE = 2
"""Words that are no clause without a verb."""
_POINTERS = frozenset(("this", "that", "these", "those"))
_MARKS = frozenset("“”\"'‘’")
_BEHIND = 25
"""Words before a marker in which the verb of an act stands that its condition trails."""
_BACKSHIFTED = frozenset(("until", "till", "once", "before"))
"""Markers of what is to come, whatever the tense behind them: "said it would wait until they could sign"."""


MOST = 12
"""Markers in one sentence; prose has one or two, and what has more is a list or an attack."""


@cache
def _markers() -> dict[str, list[tuple[tuple[str, ...], dict[str, Any]]]]:
    table: dict[str, list[tuple[tuple[str, ...], dict[str, Any]]]] = {}
    for entry in data("commitment_markers.json")["markers"]:
        parts = tuple(entry["words"].split())
        table.setdefault(parts[0], []).append((parts, entry))
    return table


def _matched(words: list[Token], i: int) -> tuple[int, dict[str, Any]] | None:
    """The longest marker at `i` and the index behind it."""
    for parts, entry in _markers().get(words[i].low, ()):
        if all(i + k < len(words) and words[i + k].low == part for k, part in enumerate(parts)):
            return i + len(parts), entry
    return None


def _behind_aside(words: list[Token], hit: tuple[int, dict[str, Any]] | None) -> tuple[int, dict[str, Any]] | None:
    """The marker with its words beginning behind an aside right behind it: "if, God forbid, they come"."""
    if hit is None or hit[0] >= len(words) or words[hit[0]].text != "," or hit[1]["takes"] not in ("bare", "clause"):
        return hit
    start = hit[0]
    end = next((k for k in range(start + 1, min(len(words) - 1, start + _INSERTED)) if words[k].text == ","), None)
    return hit if end is None or not clause_follows(words, end + 1) else (end + 1, hit[1])


def _sets_condition(words: list[Token], i: int, start: int, entry: dict[str, Any]) -> bool:
    """Whether the marker `words[i:start]` sets a condition here, by what stands around it."""
    if start >= len(words) or words[start].text in (",", ".", ";", "?"):
        return False
    takes, where = entry["takes"], entry.get("where", "any")
    if words[start].low == entry.get("but") and not _describes(words, start):
        return False
    if sets_none(words, i, start) or is_plain(words, i, start):
        return False
    if not well_placed(words, i, start, where):
        return False
    if takes == "event":
        return _event(words, i, start)
    if takes in ("clause", "bare"):
        finite = first_finite(words, start)
        bare = words[start].low in cue_words("bare_conditions") or words[start].tag == "VBN"
        if takes == "bare" and bare:
            return True
        if finite is None:  # "if the court objects", "unless both step up": the tagger misses some finite verbs
            plain = "needs" not in entry and where == "any" and words[start].tag in _CLAUSE_OPENS
            return plain and any(word.tag in ("NNS", "VB", "NN") for word in words[start + 1 : start + 14])
        if entry.get("needs") == "present" and words[finite].tag in ("VBD", "MD"):
            return words[finite].tag == "VBD" and would_come(words, i, start)
    return True


def _describes(words: list[Token], start: int) -> bool:
    """Whether the word at `start` only describes a noun behind it: "if possible violations are found"."""
    return start + 1 < len(words) and words[start + 1].tag in ("NN", "NNS", "NNP", "JJ")


def _event(words: list[Token], i: int, start: int) -> bool:
    """Whether an event that is yet to come stands behind "after", "until", "upon": a clause in the present, or a noun
    of something that happens ("until the withdrawal of all troops")."""
    if words[i].low == "once" and words[start].low in ("inside", "outside", "ashore", "aboard", "abroad"):
        return False  # a phrase: "once inside they would obey"
    finite = _own_finite(words, start)
    if finite is not None:
        opens = words[start].tag in _CLAUSE_OPENS or words[start].tag in ("VBN", "EX", "WH")
        back = words[i].low in _BACKSHIFTED and (_moves_back(words, i) or would_come(words, i, start))
        past = words[finite].tag == "VBD" and not back
        may = words[finite].tag == "MD" and not (words[i].low in _BACKSHIFTED and words[finite].low in ("can", "could"))
        return opens and not past and not may
    if words[start].low in cue_words("bare_conditions") or (words[start].tag == "VBN" and words[i].low == "once"):
        return True
    if words[start].tag == "VBG" and words[start].low in cue_words("due_steps"):  # "may leave after giving notice"
        before = [word.low for word in words[max(0, i - _NOTICE) : i]]
        return words[i].low == "after" and any(low in _POWERS for low in before)
    return happens(words, start)


def _own_finite(words: list[Token], start: int) -> int | None:
    """The finite verb of the clause at `start`, where it comes before the next marker of a condition."""
    finite = first_finite(words, start)
    if finite is None:
        return None
    end = next_clause(words, start)
    if start < finite - 1 and words[finite - 1].low in ("who", "that", "which"):  # "the ships that carry oil leave"
        finite = next((k for k in range(finite + 1, end) if words[k].tag in FINITE), finite)
    if finite >= end:
        return None
    if words[finite].tag == "MD" and behind_phrase(words, start, end) is not None:
        return None  # "after the first order our names will"
    return None if any(_opens_another(words, k) for k in range(start, finite)) else finite


def _opens_another(words: list[Token], k: int) -> bool:
    """Whether another condition's marker stands at `k`: "case" only behind "in", for a case is resolved, too."""
    return words[k].low in _OTHERS and (words[k].low != "case" or words[k - 1].low == "in")


def _moves_back(words: list[Token], i: int) -> bool:
    """Whether the clause before `i` is told in the past of what was to come: "said it would wait until they signed",
    "refused to talk until they signed"."""
    ahead = words[max(0, i - 20) : i]
    vowed = any(
        (one.low in cue_words("vowed") | _READY and after.low in ("to", "not", "never"))
        or (one.low, after.low) == ("not", "to")
        for one, after in pairwise(ahead)
    )
    return vowed or any(word.low in MOVED_BACK for word in ahead)


def find(words: list[Token]) -> list[Found]:
    """The conditions of the sentence `words`, in reading order."""
    marked: list[tuple[int, int, dict[str, Any]]] = []
    i = 0
    while i < len(words) and len(marked) < MOST:
        hit = _behind_aside(words, _matched(words, i))
        if hit is not None and _sets_condition(words, i, hit[0], hit[1]):
            marked.append((i, hit[0], hit[1]))
            i = hit[0]
        elif hit is not None and len(hit[1]["words"].split()) > 1:
            i = hit[0]
        else:
            i += 1
    found: list[Found] = []
    for i, start, entry in marked:
        if words[i].low == "without" and found and found[-1].start < i < found[-1].end:
            continue  # "if they came without cameras": how they came
        takes = entry["takes"]
        if takes == "event":
            takes = "clause" if _own_finite(words, start) is not None else "phrase"
        end = span_end(words, start, takes)
        if takes in ("clause", "bare") and end > start + 1:
            end = _before_main(words, i, start, end)
        elif takes == "either" and begins_clause(words, i):
            end = behind_phrase(words, start, end) or end
        end = _before_quote(words, start, end)
        listed = end < len(words) and words[end].text == ","  # "if tanks, guns go": a headline's list
        if takes in ("clause", "bare") and not listed and _too_little(words[start:end]):
            continue
        at = i
        if at > 0 and words[at - 1].low in ("only", "just", "except") and entry["operators"][0] in ("if", "when"):
            at -= 1
        begs = words[i].low == "if" and 0 < i <= _LITTLE and words[i - 1].low == "not"  # "Not if they beg."
        begin = i + entry.get("from", start - i)
        for operator in entry["operators"]:
            only = at < i and words[at].low == "only"
            found.append(Found(at, begin, end, "only_if" if only else "even_if" if begs else operator))
        found.extend(_conjoined(words, found[-1]))
    found.extend(inversions(words))
    found.extend(requests(words))
    found.extend(whoever(words))
    found.extend(events(words))
    found.extend(orders(words))
    found.extend(precedences(words))
    found.extend(phrases(words))
    # two rules may find one condition: "after a single call" is an event and a request
    once: dict[tuple[int, str], Found] = {}
    for condition in sorted(found, key=lambda c: (c.at, c.start, -c.end)):
        once.setdefault((condition.start, condition.operator), condition)
    return _disjoint(words, list(once.values()))


def _before_main(words: list[Token], i: int, start: int, end: int) -> int:
    """The end of a clause that leads, without the main clause behind it where no comma parts them."""
    told = cue_words("says") | cue_words("believing")
    if not begins_clause(words, i) and not (i and words[i - 1].low in told):
        return end
    verb = first_finite(words, start)
    if verb is None or verb >= end:
        return end
    if words[verb].tag == "MD" and verb > start + 1:
        who = subject(words, verb)  # "if that changes we will": the tagger sees no verb in "changes"
        verb = start if who is not None and who.start > start + 1 else verb
    main = main_start(words, verb, end)
    return end if main is None or main <= start + 1 else main


def _before_quote(words: list[Token], start: int, end: int) -> int:
    """The end of a span without a single quotation mark that closes there and opens elsewhere."""
    if end - 1 > start and words[end - 1].text == "’" and not any(word.text == "‘" for word in words[start:end]):
        return end - 1
    return end


def _too_little(clause: list[Token]) -> bool:
    """Whether what a marker of clauses governs is a word or two without a verb: "when superdelegates | …"."""
    if len(clause) > _LITTLE or any(word.tag in VERB for word in clause):
        return False
    if len(clause) == _LITTLE and (clause[0].tag in ("NNP", "PRP") or clause[0].low in _POINTERS):
        return False  # "if Arna attacks": a verb that the tagger takes for a noun
    return not any(word.low in cue_words("bare_conditions") for word in clause)


def _trails(words: list[Token], at: int) -> bool:
    """Whether an act stands before the marker at `at`."""
    told = [word for word in words[max(0, at - _BEHIND) : at] if word.tag in FINITE]
    return any(word.low not in cue_words("says") for word in told)


def _conjoined(words: list[Token], first: Found, limit: int = 3) -> list[Found]:
    """ "if Minsk asks and Moscow agrees": what "and" or "or" adds to a condition's clause, each as its own entry."""
    out: list[Found] = []
    last = first
    while len(out) < limit:
        k = last.end
        if k < len(words) and words[k].text == ",":
            if _trails(words, first.at):
                break  # "will not talk unless it pays, and I have said so"
            k += 1
        if k >= len(words) - 1 or words[k].low not in ("and", "or") or not is_break(words, k):
            break
        finite = first_finite(words, k + 1)
        tells = finite is not None and words[finite].low in cue_words("says")
        if finite is None or tells or words[finite].tag == "MD" or _matched(words, k + 1):
            break
        if last.end != k and words[first.start].tag in ("VBN", "JJ"):
            break
        last = Found(first.at, k + 1, next_clause(words, k + 1), first.operator, words[k].low, first.start)
        out.append(last)
    return out


def _disjoint(words: list[Token], found: list[Found]) -> list[Found]:
    """Cut each span where the next marker begins; a condition inside an `only_if` is one itself."""
    out: list[Found] = []
    for k, condition in enumerate(found):
        end, operator = condition.end, condition.operator
        for later in found[k + 1 :]:
            if condition.start < later.at < end and later.start != condition.start:
                end = later.at
        while end > condition.start and (words[end - 1].text == "," or words[end - 1].tag == "CC"):
            end -= 1
        outer = found[k - 1] if k else None
        if outer and outer.operator == "only_if" and operator == "if" and outer.start < condition.at < outer.end:
            operator = "only_if"
        joined = condition.joined
        if not joined and k and condition.at > 0:
            before = words[condition.at - 1].low
            joined = before if before in ("and", "or") else ""
        if end > condition.start:
            out.append(replace(condition, end=end, operator=operator, joined=joined))
    return out


def expression(doc: str, words: list[Token]) -> Expr:
    """The situation that `words` tell of: its negation taken out as `Not`, a list inside it as `Or` over its pieces."""
    negations = [k for k, word in enumerate(words) if word.low in ("not", "n't", "never")]
    denied = False
    kept = list(range(len(words)))
    if len(negations) == 1:
        at = negations[0]
        helper = at - 1 if at > 0 and words[at - 1].low in ("do", "does", "did", "ca", "wo") else None
        kept = [k for k in kept if k not in (at, helper)]
        denied = bool(kept)
    pieces = _pieces(words, kept)
    atoms: list[Expr] = [Atom(_ranges(doc, words, piece)) for piece in pieces]
    inner: Expr = atoms[0] if len(atoms) == 1 else Or(tuple(atoms))
    return Not(inner) if denied else inner


def _ranges(doc: str, words: list[Token], kept: list[int]) -> Spans:
    """The extents of the runs of neighbours in `kept`."""
    runs: list[tuple[int, int]] = []
    for place, k in enumerate(kept):
        if runs and kept[place - 1] == k - 1:
            runs[-1] = (runs[-1][0], words[k].end)
        else:
            runs.append((words[k].start, words[k].end))
    return spans_of(doc, runs)


def _pieces(words: list[Token], kept: list[int]) -> list[list[int]]:
    """The pieces of a list of three or more in `kept`: cut at its commas and its "and" or "or"; else one piece. A thing
    takes the verb of the piece before it along ("burn cars, houses and banks": "burn … houses"); whoever would do so,
    before the first verb, is no piece. Names in a row are no list of situations."""
    cuts = [k for k in kept if words[k].text == ","]
    joins = [k for k in kept if words[k].low in ("and", "or")]
    if not joins or not cuts:
        return [kept]
    pieces: list[list[int]] = [[]]
    for k in kept:
        if k in cuts or k in joins:
            pieces.append([])
        elif words[k].text not in _MARKS:
            pieces[-1].append(k)
    pieces = [piece for piece in pieces if any(words[k].tag[:2] in ("NN", "VB") for k in piece)]
    if any(_named(words, piece) or words[piece[-1]].tag in ("WDT", "WP") for piece in pieces):
        return [kept]
    verbs = [n for n, piece in enumerate(pieces) if _verb(words, piece) is not None]
    if verbs:
        pieces = pieces[verbs[0] :]
    pieces = [piece for piece in pieces if words[piece[0]].tag not in ("IN", "TO")]
    if len(pieces) < 3:
        return [kept]
    verb: int | None = None
    out = []
    for piece in pieces:
        own = _verb(words, piece)
        verb = own if own is not None else verb
        out.append(piece if own is not None or verb is None else [verb, *piece])
    return out


def _named(words: list[Token], piece: list[int]) -> bool:
    return all(words[k].tag in ("NNP", "NNPS", "DT") for k in piece)


def _verb(words: list[Token], piece: list[int]) -> int | None:
    """The last verb of a piece before its first noun ("begin to burn cars": burn)."""
    found = None
    for k in piece:
        if words[k].tag[:2] == "NN" and found is not None:
            break
        if words[k].tag[:2] == "VB" and (k == 0 or words[k - 1].tag not in ("DT", "PRP$", "JJ")):
            found = k  # "the hired men": no verb
    return found


def joined(conditions: list[tuple[str, Expr]]) -> Expr | None:
    """The trigger of several conditions: `Or` where each later one is joined by "or", else `And`."""
    if not conditions:
        return None
    parts = tuple(dict.fromkeys(expr for _, expr in conditions))
    if len(parts) == 1:
        return parts[0]
    return Or(parts) if all(how == "or" for how, _ in conditions[1:]) else And(parts)
