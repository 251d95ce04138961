"""Where a clause begins and ends, and what its subject is, told from parts of speech alone.

Invariant: every function looks at one sentence's tokens (at most `MAX_WORDS`), walks in one direction and returns
token indexes `[start, end)` inside it. No parser: these are the few decisions about clauses that spans of acts,
holders and conditions need.
"""

from dataclasses import dataclass

from tocsin.annotate.commitment_words import Token, cue_words

FINITE = frozenset(("MD", "VBD", "VBZ", "VBP"))
VERB = frozenset(("VB", "VBD", "VBZ", "VBP", "VBG", "VBN", "MD"))
NOUN = frozenset(("NN", "NNS", "NNP"))
_INSIDE_NP = NOUN | frozenset(("JJ", "CD", "POS", "VBN", "VBG", "DT", "PPS"))
_ENDS_NP = NOUN | frozenset(("PRP", "CD", "EX"))
_WHICH_TIME = frozenset(("last", "this", "earlier"))
_ALONE = frozenset(
    ("this", "that", "these", "those", "both", "all", "none", "others", "neither", "such", "some", "many")
)
QUOTE = frozenset(('"', "“", "”", "''", "«", "»", "„"))
DASH = frozenset(("—", "–", "--", "---", "-", "―"))
STOP = frozenset((";", ":", "!", "?", "…", "...", "....", "(", ")", "[", "]", "•", "|"))
MOVED_BACK = frozenset(("would", "'d", "could", "might"))
"""Modals of what was to come, told in the past: "said it would wait", "warned that all who crossed would be shot"."""
LONGEST = 200
"""Words of a clause at most: what runs on longer is no prose."""
_SUBJECTS = ("nsubj", "nsubjpass")
_CLIMBS = 5
"""Words from the end of a subject up to its head."""
_EACH = frozenset(("all", "both", "each"))
_MAX_ASIDE = 25
"""An aside between commas is rarely longer; what stands before a longer one is another clause."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The words `[start, end)` that name who does it, with `head` the index of their last main noun."""

    start: int
    end: int
    head: int


def skip_left(words: list[Token], i: int) -> int:
    """The index at or left of `i` that is no adverb and no quotation mark."""
    while i >= 0 and (words[i].tag == "RB" or words[i].text in QUOTE or words[i].low in ("'", "‘")):
        i -= 1
    return i


def _aside_left(words: list[Token], i: int) -> int:
    """With a comma, dash or closing bracket at `i`: the index before the aside that it closes, or -1."""
    closing = words[i].text
    opening = {")": "(", "]": "["}.get(closing, closing)
    for k in range(i - 1, max(-1, i - 1 - _MAX_ASIDE), -1):
        if words[k].text == opening:
            return k - 1
    return -1


def before_time(words: list[Token], end: int) -> int:
    """The word before a time that stands between a subject and its verb ("Orlova on Monday", "Sokol late last week").

    `end` itself where no time ends there, or where nothing that could be a subject stands before it.
    """
    days, k = cue_words("days"), end
    if k > 0 and words[k].low in ("morning", "afternoon", "evening", "night") and words[k - 1].low in days:
        k -= 1
    period = k > 0 and words[k].low in ("week", "month", "year", "night") and words[k - 1].low in _WHICH_TIME
    if period or (words[k].low in days and words[k].text != "may"):
        k -= 1
    elif k > 0 and words[k].tag == "CD" and words[k - 1].low.rstrip(".") in cue_words("months"):
        k -= 2
    else:
        return end
    while k >= 0 and (words[k].low in _WHICH_TIME or words[k].low in ("late", "early")):
        k -= 1
    if k >= 0 and words[k].low in ("on", "in"):
        k -= 1
    while k >= 0 and words[k].low in ("late", "early"):
        k -= 1
    named = k >= 0 and (words[k].tag in NOUN | {"PRP", "VBN", "VBD"} or words[k].text in (",", ")"))
    return k if named else end


def noun_phrase(words: list[Token], end: int) -> Subject | None:
    """The noun phrase whose last word is at `end`, with the phrases that hang on it by "of", "in", …"""
    if end < 0:
        return None
    end = before_time(words, end)
    if words[end].low.endswith(("self", "selves")) and end > 0 and words[end - 1].tag in NOUN:
        end -= 1
    last = words[end]
    if last.tag not in _ENDS_NP and last.low not in _ALONE and last.tag != "JJ":
        return None
    if last.tag in ("PRP", "EX"):
        return Subject(end, end + 1, end)
    k = end
    while k > 0 and _widens(words, k):
        k -= 1
    outer = _outer_phrase(words, k, end) if k > 1 else None
    if outer is not None:
        return outer
    while k < end and (words[k].text in QUOTE or words[k].tag == "POS"):
        k += 1
    return Subject(k, end + 1, end)


def _widens(words: list[Token], k: int) -> bool:
    """Whether the word before `k` still belongs to the phrase that begins at `k`."""
    left, here = words[k - 1], words[k]
    if left.text in QUOTE:
        return k > 1 and words[k - 2].tag in _INSIDE_NP
    if left.tag not in _INSIDE_NP or left.low == "that":
        return False
    if here.tag in ("DT", "PPS") and left.tag not in ("DT", "CD") and here.low not in ("all", "both"):
        return False  # "at the bridge his men": two phrases
    if left.low in cue_words("days") and here.tag in ("NNP", "DT", "PPS"):
        return False
    return not (left.tag in ("VBN", "VBG", "JJ") and here.tag in ("DT", "PPS"))


def _outer_phrase(words: list[Token], k: int, end: int) -> Subject | None:
    """The larger phrase that the one at `[k, end]` hangs on by "of", "in", "and", …"""
    joint, before = words[k - 1], words[k - 2]
    if joint.low == "of" and before.low in cue_words("quantifiers"):
        return Subject(k - 2, end + 1, end)
    if joint.low in ("of", "in", "for", "from", "at") and before.tag in NOUN | {"CD"}:
        inner = noun_phrase(words, k - 2) if joint.low == "of" or before.tag != "NNP" else None
        return Subject(inner.start, end + 1, inner.head) if inner is not None else None
    if joint.low in ("and", "or", "&") and before.tag in NOUN and words[k].tag in ("NNP", "NNS"):
        inner = noun_phrase(words, k - 2)
        if inner is not None and (inner.start == 0 or words[inner.start - 1].tag not in VERB | {"IN", "TO"}):
            of_both = words[k - 2].relation == "nmod" and words[end].head == k - 2  # "envoys of Arna and Velta"
            return Subject(inner.start, end + 1, inner.head if of_both else end)
    return None


def subject(words: list[Token], verb: int, depth: int = 0) -> Subject | None:
    """The subject of the verb group that begins at `verb`, where one stands before it."""
    i = skip_left(words, verb - 1)
    if i < 0 or depth > 3:
        return None
    if i > 0 and words[i].low in _EACH and (words[i - 1].tag in NOUN or words[i - 1].text in DASH):
        i -= 1  # "the leaders all plan to stay away"
    i = skip_left(words, before_time(words, i))
    here = words[i]
    if here.text in (",", ")", "]") or here.text in DASH:
        before = _aside_left(words, i)
        if before >= 0:
            found = noun_phrase(words, skip_left(words, before))
            if found is not None:
                return _whole(words, verb, found)
            if words[before].tag == "WH":
                return subject(words, before + 1, depth + 1)
            if words[before].low in ("that", "if") or words[before].tag == "CC":
                return subject(words, before + 1, depth + 1)
        return _shared_subject(words, i, depth)
    if here.tag == "WH" or (here.low == "that" and i > 0 and words[i - 1].tag in NOUN):
        before = skip_left(words, i - 1)
        if before >= 0 and words[before].text in (",", ")"):
            before -= 1
        return noun_phrase(words, skip_left(words, before))
    if here.tag == "CC" or here.low in ("then", "not"):
        return _shared_subject(words, i, depth)
    found = noun_phrase(words, i)
    if found is None:
        return _shared_subject(words, i, depth) if here.tag == "VBN" else None
    return _antecedent(words, found.start) or _whole(words, verb, found)


def _whole(words: list[Token], verb: int, found: Subject) -> Subject:
    """The phrase that the tree has for the subject of the group at `verb`, where the one found is only its end: "the
    strike on rails and trams will", "the duty to its allies will"."""
    main = words[verb].head if words[verb].relation in ("aux", "auxpass", "cop") else verb
    near = range(max(0, found.start - _MAX_ASIDE), found.start)
    top = next((k for k in near if words[k].head == main and words[k].relation in _SUBJECTS), None)
    if main is None or top is None or words[top].tag not in NOUN:
        return found
    if any(word.tag in FINITE | {"WH", "PU"} or word.text in QUOTE for word in words[top : found.start]):
        return found
    at: int | None = found.head
    for _ in range(_CLIMBS):
        at = words[at].head if at is not None else None
        if at == top:
            phrase = noun_phrase(words, top)
            return Subject(phrase.start, found.end, top) if phrase is not None else found
    return found


def _antecedent(words: list[Token], start: int) -> Subject | None:
    """ "Anyone who crosses the line will …": the noun before a relative clause that ends in the phrase at `start`."""
    finite = 0
    for k in range(start - 1, max(-1, start - 12), -1):
        word = words[k]
        if word.tag in FINITE:
            finite += 1
            if finite > 1 or word.low in cue_words("says") or word.low in cue_words("believing"):
                return None
        elif word.low in ("who", "which") and finite == 1:
            return noun_phrase(words, k - 1)
        elif word.low == "whoever":
            return Subject(k, k + 1, k)
        elif word.text == "," or word.tag in ("CC", "WRB", "WH") or word.text in STOP or word.low == "that":
            return None
    return None


def _shared_subject(words: list[Token], i: int, depth: int) -> Subject | None:
    """The subject of the nearest finite verb before `i`, for verbs joined by "and"."""
    behind_comma = words[i].text == "," or (i > 0 and words[i - 1].text == ",")
    for k in range(i - 1, -1, -1):
        if words[k].tag in FINITE:
            found = subject(words, k, depth + 1)
            if behind_comma and found and found.start and words[found.start - 1].low in cue_words("hangs"):
                continue  # "refused to pay unless Arna leaves, and vowed …": Arna vowed nothing
            return found
        if words[k].text in STOP:
            return None
    return None


def clause_follows(words: list[Token], i: int, limit: int = 9) -> bool:
    """Whether a subject and a finite verb begin at `i` (within `limit` words)."""
    seen = False
    for k in range(i, min(len(words), i + limit)):
        word = words[k]
        if word.tag == "PRP" and k > i and words[k - 1].tag in NOUN:
            return False  # "the country we call home": a relative clause without its pronoun
        if word.tag in _ENDS_NP or (word.low in _ALONE and word.tag != "IN"):
            seen = True
        elif word.tag in FINITE:
            return seen
        elif word.tag in _INSIDE_NP or word.tag == "RB" or word.text in QUOTE or word.low == "of":
            continue
        else:
            return False
    return False


def says_follows(words: list[Token], i: int) -> bool:
    """Whether "he said", "said the minister", "according to" begins at `i`."""
    says, commas = cue_words("says"), 0
    if words[i : i + 1] and words[i].low == "according":
        return True
    for k in range(i, min(len(words), i + 18)):
        word = words[k]
        if word.low in says and word.tag in VERB | {"NNS", "NN"}:
            return k > i or k + 1 < len(words)
        commas += word.text == ","
        to = word.tag == "TO" and words[k - 1].tag in NOUN and words[k + 1 : k + 2] and words[k + 1].tag not in VERB
        if word.tag in VERB or word.text in STOP or commas > 2 or (word.tag in ("WH", "TO", "CC") and not to):
            return False
        if word.tag == "IN" and word.low not in ("of", "for", "at", "with"):
            return False
    return False


def is_break(words: list[Token], i: int) -> bool:
    """Whether the comma, dash or conjunction at `i` ends a clause: what follows is another one, or only tells more."""
    after = i + 1
    while after < len(words) and words[after].text in QUOTE:
        after += 1
    if after >= len(words):
        return True
    if words[i].tag == "CC":
        return not joins_nouns(words, i) and _joins_clause(words, i, after)
    if words[after].tag == "CC":
        return _joins_verb(words, after)
    return _tells_more(words, after) or clause_follows(words, after) or says_follows(words, after)


def joins_nouns(words: list[Token], i: int) -> bool:
    """Whether the tree has the conjunction at `i` join two nouns: "the army and its allies open fire"."""
    for k in range(i + 1, min(len(words), i + 9)):
        head = words[k].head
        if words[k].relation == "conj" and head is not None and head < i:
            return words[k].tag in NOUN | {"PRP"} and words[head].tag in NOUN | {"PRP"}
        if words[k].tag in FINITE:
            return False
    return False


def _joins_clause(words: list[Token], i: int, after: int) -> bool:
    """Whether the conjunction at `i`, without a comma, joins a clause or a finite verb."""
    word = words[after]
    if word.tag in FINITE or (word.low == "that" and _that_clause(words, after)):
        return True
    if word.tag in ("NN", "JJ") and i > 0 and words[i - 1].tag in NOUN | {"JJ"}:
        return False  # "a machine or system is": two nouns, one subject
    return clause_follows(words, after)


def _that_clause(words: list[Token], that: int) -> bool:
    """Whether the "that" at `that`, behind a comma or a conjunction, opens one more clause of what is told."""
    follower = words[that + 1] if that + 1 < len(words) else None
    return follower is not None and (follower.tag in ("DT", "EX", "PPS") or clause_follows(words, that + 1))


def _joins_verb(words: list[Token], at: int) -> bool:
    """Whether the conjunction at `at`, behind a comma, joins a clause, a finite verb or a phrase of its own."""
    following = at + 1
    while following < len(words) and words[following].tag == "RB":
        following += 1
    if following < len(words) and (
        words[following].tag in FINITE or words[following].tag == "IN" or words[following].low == "that"
    ):
        return True
    return words[at].low == "but" or clause_follows(words, at + 1)


def _tells_more(words: list[Token], after: int) -> bool:
    """Whether what begins at `after`, behind a comma or dash, is an addition: "which …", "saying …", "because …"."""
    word = words[after]
    follower = words[after + 1].tag if after + 1 < len(words) else ""
    if _apposition(words, after):
        return True
    if word.low == "that" and _that_clause(words, after):
        return True  # "that it would pay, that there was food"
    if word.low == "not" and follower in ("RB", "IN"):
        return True  # "if it happens, not before"
    if word.tag in ("WH", "VBG", "WRB") or (word.tag == "IN" and follower == "WH") or word.low == "then":
        return True
    if (word.tag in FINITE and word.low != "do") or word.low in cue_words("subordinators"):
        return True
    if word.low == "with" and clause_follows(words, after):
        return True
    if word.low == "on" and any(one.low in ("ground", "grounds") for one in words[after + 1 : after + 3]):
        return True  # "will not join, on the ground that"
    return word.tag == "RB" and follower in ("VBG", "IN", "VBN", "WRB")


def _apposition(words: list[Token], after: int) -> bool:
    """Whether a noun with a relative clause begins at `after`, telling more of a list: "…, states that border it"."""
    k = after
    while k < min(len(words) - 2, after + 4) and words[k].tag in ("DT", "JJ", "CD"):
        k += 1
    if k + 2 >= len(words) or words[k].tag not in ("NN", "NNS"):
        return False
    return words[k + 1].tag == "WH" or (words[k + 1].low == "that" and words[k + 2].tag in FINITE)


def _footnote(words: list[Token], i: int) -> bool:
    """Whether a footnote's mark stands at `i`: "[3]"."""
    return words[i].text == "[" and [w.text for w in words[i + 2 : i + 3]] == ["]"] and words[i + 1].tag in ("CD", "LS")


def _closing(words: list[Token], i: int) -> int:
    """The bracket that closes the one at `i` within an aside's length, or `i`."""
    closing = ")" if words[i].text == "(" else "]"
    return next((k for k in range(i + 1, min(len(words), i + 1 + _MAX_ASIDE)) if words[k].text == closing), i)


def _opens_clause(words: list[Token], i: int) -> bool:
    """Whether a clause of its own begins behind the word at `i`, and no phrase: "since Sunday" opens none."""
    starts = words[i].low in cue_words("clause_starters") and words[i].relation != "case"
    return starts and clause_follows(words, i + 1)


def next_clause(words: list[Token], start: int, opened: bool = False) -> int:
    """Where the clause that begins at `start` ends: the first break, quotation end or stop from there on."""
    balance = opened
    i, last = start, min(len(words), start + LONGEST)
    while i < last:
        word = words[i]
        if word.text in QUOTE:
            if word.text in ("“", "«", "„"):
                balance = True
            elif word.text in ("”", "»"):
                if not balance:
                    return i
                balance = False
            elif balance:
                balance = False
            elif i + 1 < len(words) and words[i + 1].start == word.end and words[i - 1].end < word.start:
                balance = True
            else:
                return i
        elif word.text == "[" and _footnote(words, i) and (i + 3 >= len(words) or words[i + 3].tag == "PU"):
            return i
        elif word.text in ("(", "[") and (close := _closing(words, i)) > i:
            i = close
        elif (
            word.text in STOP
            or (word.text == "." and i >= len(words) - 2)
            or (word.text in DASH and word.text != "-")
            or (i > start and (word.text == "," or word.tag == "CC") and is_break(words, i))
            or (i > start and _opens_clause(words, i))
        ):
            return i
        i += 1
    return i
