"""Whether a sentence speaks of what was or of what will be, near one of its times.

Words alone, no syntax: the nearest word that tells, first before the time, then behind it.
"""

from tocsin.annotate.times_words import Folded, lexicon

BEFORE, BEHIND = 14, 12
"""How many words are looked at on either side: a clause of news is seldom longer."""
_STOPS = frozenset((";", ".", "?", "!"))
_CLAUSES = frozenset((",", "that", "which", "who", "when", "if", "unless", "because", "as", ":"))
"""Behind a time, what another clause begins with; a comma right behind it is its own."""
_LIMITS = frozenset(("by", "until", "till"))
CLOSE = 7
"""Words between "ahead of" and its day at most: the event with who holds it."""
SOON = 5
"""Behind "by Friday" the verb of its own clause comes within so many words."""
_SHORT = frozenset(
    ("col", "gen", "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "st", "lt", "sgt", "capt", "rev", "ret", "adm")
)
"""Words that a full stop shortens and does not end a sentence behind."""
LATE = 2
"""A verb behind the time must be nearer by more than this than one before it: "said Monday he will"."""
_NO_PAST = frozenset(
    ("need", "indeed", "speed", "united", "hundred", "red", "feed", "seed", "bed", "led", "embed", "ted", "fed")
)
_BE = frozenset(("is", "are", "am", "'re", "'m"))
_NO_VERBS = frozenset(("the", "a", "an", "his", "her", "its", "their", "this", "that", "these", "those"))


def _tells(words: list[str], k: int) -> int:
    """-1 where the word tells of what was, 1 of what will be, 0 of neither."""
    known, word = lexicon(), words[k]
    if word in known.future_words or word in known.scheduled:
        return 1
    if word in known.due_words:
        return 1
    if word == "to" and k and (words[k - 1] in known.due_words or words[k - 1] in _BE | {"has", "have", "agreed"}):
        return 1 if k + 1 < len(words) and words[k + 1] not in _NO_VERBS else 0
    if word in ("have", "be") and k and words[k - 1] in known.future_words:
        return 1  # "will have him here on Friday"
    if word.endswith("ing") and k and words[k - 1] in _BE:
        return 1
    if word.endswith("ed") and k and words[k - 1] in _BE | {"be", "being"}:
        return 0
    if word in known.past_verbs or (word.endswith("ed") and len(word) > 3 and word not in _NO_PAST):
        return -1
    return 0


def direction(folded: Folded, first: int, last: int) -> int:
    """For the time at words [first, last): -1 past, 1 to come, 0 not told."""
    words = folded.tokens
    led = {*words[max(0, first - 1) : first + 1]}
    if "since" in led:
        return -1
    if led & {"until", "till"} and words[last : last + 1] == ["to"]:
        return 1  # "gave them until Monday to answer"
    if _lies_ahead(words, first):
        return 1
    back = _first(words, range(first - 1, max(-1, first - 1 - BEFORE), -1), _STOPS)
    ahead = _first(words, range(last, min(len(words), last + BEHIND)), _STOPS | _CLAUSES)
    if not back and led & _LIMITS:
        here = words[last : last + 1] != [","] and ahead is not None and ahead[0] <= SOON
        return -1 if here and ahead and ahead[1] < 0 else 1  # "By Friday the port had closed"
    if back and (not ahead or back[0] <= ahead[0] + LATE):
        return back[1]
    return ahead[1] if ahead else 0


def _lies_ahead(words: list[str], first: int) -> bool:
    """Whether what stands before a time says that it lies ahead: "ahead of [Saturday]'s vote", "in the run-up to the
    vote on [Saturday]"."""
    before = " ".join(words[max(0, first - CLOSE) : first])
    return any(f" {phrase} " in f" {before} " for phrase in lexicon().ahead)


def _first(words: list[str], places: range, stops: frozenset[str]) -> tuple[int, int] | None:
    """How far off the first word that tells is, and what it tells."""
    for far, k in enumerate(places):
        if words[k] == "." and k and (len(words[k - 1]) == 1 or words[k - 1] in _SHORT):
            continue
        if words[k] in stops and (far or words[k] != ","):
            return None
        told = _tells(words, k)
        if told:
            return far, told
    return None
