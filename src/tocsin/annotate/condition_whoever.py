"""Acts that fall on whoever does something: "anyone who crosses will be shot", "persons who call for violence will be".

Invariant: who does it stands right before the modal or the verb of the act; of people in the plural only an act that is
done to them, or what they would get, is told so.
"""

from collections.abc import Iterable

from tocsin.annotate.commitment_clauses import FINITE, MOVED_BACK, next_clause
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.annotate.condition_spans import Found, begins_clause

_BEING = frozenset(("i", "are", "ha", "have", "wa", "were", "think", "know"))
"""Forms of being and having without a last "s": "anyone who knows him is …" tells of no act."""
_DOES = 24
"""Words from "whoever" to the act that falls on them."""
_SORT = 4
"""Words from "any" to "who", from a plural to "who"."""
_ALL = frozenset(("anyone", "anybody", "everyone", "everybody", "those", "all"))
_ANYONE = frozenset(("anyone", "anybody"))
_RELATIVE = frozenset(("who", "that", "which"))
_GETS = frozenset(("get", "receive", "lose", "face", "have", "keep", "qualify", "forfeit", "pay"))
"""What befalls people: "mothers who take part will lose", "will face", "will have to pay"."""
_BY_ITSELF = frozenset(("been", "expected", "disappointed", "surprised", "pleased", "concerned", "interested"))
_HELD = frozenset(("liable", "guilty", "free", "entitled", "welcome", "subject", "barred", "exempt"))
"""What whoever does so is by law."""
_TO = 8
"""Words from a modal to the "anyone" whom its act befalls."""
_STATES = frozenset(("is", "was", "are", "were", "has", "had", "have", "knows", "knew", "thinks", "thought", "believes",
                     "wants", "wanted", "likes", "feels", "says", "said"))  # fmt: skip
_SPREAD = frozenset(("broadcast", "cut", "hit", "put", "set", "quit", "spread"))
"""Past forms that are present ones, too."""
_FELLOWS = frozenset(("of", "else", "them", "us", "you", "there", "still", "later", "then", "again"))


def whoever(words: list[Token]) -> Iterable[Found]:
    """ "anyone who crosses the line will be shot", "any ship that enters is seized", "persons who call for violence
    will be expelled", "anyone wanting cash could have it"."""
    for i, word in enumerate(words[:-2]):
        start = _does(words, i)
        if start is not None:
            found = _single(words, i, start)
            found = found or _object(words, i, start)
        elif word.low in _ANYONE:
            found = _participle(words, i)
        elif word.tag == "NNS" and (start := _plural(words, i)) is not None:
            found = _sort(words, start)
        else:
            continue
        if found is not None:
            yield found


def _single(words: list[Token], i: int, start: int) -> Found | None:
    """What the clause at `start` says of "anyone", "any ship", "those", "all" at `i`."""
    word = words[i]
    finite = [k for k in range(start, min(len(words), start + _DOES)) if words[k].tag in FINITE]
    finite = [k for k in finite if k == finite[0] or words[k - 1].tag != "CC"]  # "that kills jobs or holds down pay"
    if word.low in ("those", "all") and finite and words[finite[0]].tag == "VBD" and not _moved_back(words, finite):
        return None  # "those who left": they did
    end = next((k for k in finite[1:2] if words[k].tag == "MD"), None)
    if end is None and len(finite) > 1 and words[finite[1]].tag in ("VBZ", "VBP"):
        idle = {words[k].low.rstrip("s") for k in finite[:2]} & (cue_words("statives") | _BEING)
        after = words[finite[1] + 1] if finite[1] + 1 < len(words) else words[finite[1]]
        end = finite[1] if not idle or after.tag == "VBN" or after.low in _HELD else None
    if end is None or end <= start:
        return None
    return Found(i, start if word.low in ("whoever", *_ANYONE) else i, end, "if")


def _object(words: list[Token], i: int, start: int) -> Found | None:
    """ "will shoot anyone who crosses", "might fire on anybody who climbed it": an act that whoever does so suffers."""
    if words[i].low not in _ANYONE or words[start - 1].low != "who" or words[start].tag not in ("VBZ", "VBD", "VBP"):
        return None
    before = next((word for word in reversed(words[max(0, i - _TO) : i]) if word.tag in FINITE), None)
    if before is None or before.tag != "MD" or words[start].low in _STATES:
        return None
    if words[start].tag == "VBD" and before.low not in MOVED_BACK:
        return None
    return Found(start - 1, start, next_clause(words, start), "if")


def _moved_back(words: list[Token], finite: list[int]) -> bool:
    """Whether what is told of them was to come: "warned that all who crossed would be shot"."""
    return len(finite) > 1 and words[finite[1]].low in MOVED_BACK


def _does(words: list[Token], i: int) -> int | None:
    """Where "crosses the line" begins behind "whoever", "anyone who", "any ship that" at `i`."""
    low, after = words[i].low, words[i + 1].low
    if low == "whoever":
        return i + 1
    if low in _ALL and after in ("who", "that"):
        return i + 2
    if low in ("any", "every"):
        for k in range(i + 1, min(len(words) - 1, i + _SORT)):
            if words[k].tag in ("NN", "NNS", "NNP") and words[k + 1].low in _RELATIVE:
                return k + 2
            if words[k].tag not in ("JJ", "NN", "NNS", "NNP"):
                return None
    return None


def _participle(words: list[Token], i: int) -> Found | None:
    """ "anyone wanting cash could", "anyone of them found there after noon would"."""
    start = i + 1
    while start < min(len(words) - 1, i + _SORT) and words[start].low in _FELLOWS:
        start += 1
    if words[start].tag not in ("VBG", "VBN", "VBD") or words[start].low in _BY_ITSELF:
        return None
    for k in range(start + 1, min(len(words), start + _DOES)):
        if words[k].tag == "MD":
            return Found(i, start, k, "if")
        if words[k].tag in FINITE or words[k].tag == "PU":
            return None
    return None


def _plural(words: list[Token], i: int) -> int | None:
    """Where "call for violence" begins behind "persons who", "workers at state plants who", with the plural at `i` and
    no word before it that says which."""
    first = i
    while first > 0 and words[first - 1].tag in ("JJ", "NN") and first > i - 2:
        first -= 1
    said = first > 0 and words[first - 1].low in cue_words("says")
    if not begins_clause(words, first) and not said:
        return None
    for k in range(i + 1, min(len(words) - 1, i + 2 + _SORT)):
        if words[k].low == "who":
            return k + 1
        if words[k].tag not in ("IN", "JJ", "NN", "NNS", "NNP", "DT"):
            return None
    return None


def _sort(words: list[Token], start: int) -> Found | None:
    """What the clause at `start`, behind "persons who", sets for the act that is done to them."""
    finite = [k for k in range(start, min(len(words) - 2, start + _DOES)) if words[k].tag in FINITE]
    finite = [k for k in finite if k == finite[0] or words[k - 1].tag != "CC"]
    if len(finite) < 2 or words[finite[1]].tag != "MD" or finite[0] != start:
        return None
    first, modal = words[start], finite[1]
    if first.tag == "MD" or first.low in ("are", "were", "have", "had", "'ve", "'re"):
        return None
    if first.tag == "VBD" and first.low not in _SPREAD and words[modal].low not in MOVED_BACK:
        return None  # "workers who joined will be": they did
    verb = modal + 1 + (words[modal + 1].tag == "RB")
    if verb + 1 >= len(words):
        return None
    passive = words[verb].low == "be" and words[verb + 1].tag == "VBN" and words[verb + 1].low not in _BY_ITSELF
    return Found(start - 1, start, modal, "if") if passive or words[verb].low in _GETS else None
