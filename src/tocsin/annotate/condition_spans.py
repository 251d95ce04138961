"""Where the words of a condition begin and end in one sentence.

Invariant: every function walks one sentence's tokens in one direction; a condition's span never reaches into the main
clause behind it.
"""

from dataclasses import dataclass
from itertools import pairwise

from tocsin.annotate.commitment_clauses import DASH, FINITE, QUOTE, VERB, clause_follows, next_clause, noun_phrase
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.core.commitments import Operator

_UP_TO = frozenset(("by", "until", "till", "before", "since", "from"))
"""Words before a "then" that is a time: "unless they are freed by then"."""
_JOINTS = ("and", "or")
_LISTED = 10
"""Words from one verb of a list to the next."""
_PHRASED = frozenset(("JJ", "VBN", "VBG", "NN", "NNS", "NNP", "CD", "RB"))
"""Tags between the comma of two adjectives and their noun."""


@dataclass(frozen=True, slots=True)
class Found:
    """A condition by token indexes: marker `[at, start)` ("only" included), governed words `[start, end)`.

    `joined` is how it hangs on the one before it: "and", "or", or "" where it stands by itself. `behind` is the end of
    a marker that it shares with the one before.
    """

    at: int
    start: int
    end: int
    operator: Operator
    joined: str = ""
    behind: int | None = None

    @property
    def marker(self) -> tuple[int, int]:
        """The marker's own words; of a condition joined to another one, that one's."""
        return self.at, self.start if self.behind is None else self.behind


def begins_clause(words: list[Token], i: int) -> bool:
    """Whether `i` opens the sentence or stands behind a comma, dash, quotation mark, "and" or "that"."""
    k = i - 1
    while k >= 0 and words[k].text in QUOTE:
        k -= 1
    return (
        k < 0
        or words[k].text in (",", ":", ";", "(")
        or words[k].text in DASH
        or words[k].tag == "CC"
        or words[k].low in ("that", "only", "even")
    )


def first_finite(words: list[Token], start: int, limit: int = 30) -> int | None:
    """The first finite verb of the clause at `start`."""
    for k in range(start, min(len(words), start + limit)):
        if words[k].tag in FINITE:
            return k
        if words[k].text in (";", ".", "?", "!"):
            return None
    return None


def span_end(words: list[Token], start: int, takes: str) -> int:
    """Where the words governed by a marker end."""
    end = next_clause(words, start)
    if takes in ("clause", "bare"):
        end = _with_list(words, start, _with_verb(words, start, end))
    if _inside_group(words, start):  # "will, if it sees fit, adopt …"
        end = next((k for k in range(start + 1, end) if words[k].text == ","), end)
    bare = takes == "bare" and words[start].tag in ("VBN", "JJ", "VBD")
    if bare and start + 1 < len(words) and (words[start + 1].tag in FINITE or _main_follows(words, start)):
        return start + 1  # "if elected I will", "which if enacted would"
    if bare and start + 1 < len(words) and words[start + 1].text == ",":
        return start + 1  # "he would, if elected, close the port"
    if bare and _purpose_follows(words, start):
        return start + 1  # "pursue a law, if elected to force firms to pay"
    inverted = words[0].low in ("only", "not")
    seen_verb = takes == "phrase"
    for k in range(start, end):
        word = words[k]
        if k > start and word.low == "then" and seen_verb and words[k - 1].low not in _UP_TO:
            return k - 1 if words[k - 1].text == "," else k
        if k > start + 1 and seen_verb and (_main_begins(words, k, end) or (inverted and word.tag == "MD")):
            return k
        if k > start + 1 and not seen_verb and _unmarked_main(words, k, end):
            return k
        if word.tag in FINITE:
            seen_verb = True
        if takes == "phrase" and k > start and word.tag in ("MD", "VBZ", "VBD", "VBP"):
            return _before_main(words, start, k)
        if k > start and word.text == "," and takes == "phrase" and not _lists_on(words, k):
            return k
        if k > start and takes == "phrase" and _another_phrase(words, k):
            return k
    return end


def _another_phrase(words: list[Token], k: int) -> bool:
    """Whether "and" or "or" at `k` joins a phrase of its own: "against a pledge | and at a price", "and not before"."""
    if words[k].low not in _JOINTS or k + 2 >= len(words):
        return False
    return words[k + 1].low == "not" or (words[k + 1].tag == "IN" and words[k + 1].low not in ("of", "after", "before"))


def _with_verb(words: list[Token], start: int, end: int) -> int:
    """The end of a clause that "and" cannot close before its verb: "as long as Arna and its allies fight"."""
    if words[start].tag in ("VBN", "JJ", "VBD") or end >= len(words) or words[end].tag != "CC":
        return end
    if any(word.tag in FINITE | {"VB", "VBN"} for word in words[start:end]):
        return end
    return next_clause(words, end + 1) if clause_follows(words, end + 1) else end


def _with_list(words: list[Token], start: int, end: int) -> int:
    """The end of a clause with a list of verbs: "nobody burns cars, loots shops or storms the ministry". What a verb
    behind a comma hangs on tells a list from what follows."""
    if end < len(words) and words[end].low in _JOINTS and _listed(words, start, end + 1):
        begun = any(words[k].text == "," and _listed(words, start, k + 1) for k in range(start, end))
        return _verb_end(words, end + 1) if begun and not _joined(words, start, start, end) else end
    reach = end
    while reach < len(words) and (words[reach].text == "," or (reach > end and words[reach].low in _JOINTS)):
        joint = reach + (words[reach].text == ",")
        last = joint < len(words) and words[joint].low in _JOINTS
        if not _listed(words, start, joint + last) or (last and reach == end):
            return end
        reach = _verb_end(words, joint + last)
        if last or _joined(words, start, joint, reach):
            return reach
    return end


def _joined(words: list[Token], start: int, first: int, end: int) -> bool:
    """Whether "and" or "or" in `[first, end)` joins the last verb of a list of the clause that begins at `start`."""
    return any(words[k].low in _JOINTS and _listed(words, start, k + 1) for k in range(first, end))


def _verb_end(words: list[Token], verb: int) -> int:
    """Where what hangs on the listed verb at `verb` ends."""
    return next_clause(words, verb + 1) if verb + 1 < len(words) else len(words)


def _listed(words: list[Token], start: int, at: int) -> bool:
    """Whether the word at `at` is a verb in the form of one before it in the clause, on which it hangs as the next of a
    list, or one of three and more "-ing" forms in a row that the tree takes apart."""
    if at >= len(words) or words[at].tag not in VERB or words[at].tag == "MD":
        return False
    if words[at].tag == "VBG" and any(word.tag == "VBG" for word in words[start:at]) and _row_goes_on(words, at):
        return True
    head = words[at].head
    if words[at].relation != "conj" or head is None or not start <= head < at:
        return False
    return words[head].tag == words[at].tag or {words[head].tag, words[at].tag} == {"VBD", "VBN"}


def _row_goes_on(words: list[Token], at: int) -> bool:
    """Whether "and" or "or" with an "-ing" form stands behind the one at `at`, or before it behind a comma's."""
    if words[at - 1].low in _JOINTS:
        return any(words[k].tag == "VBG" and words[k - 1].text == "," for k in range(max(1, at - _LISTED), at))
    ahead = words[at + 1 : at + _LISTED]
    return any(one.low in _JOINTS and after.tag == "VBG" for one, after in pairwise(ahead))


def _inside_group(words: list[Token], start: int) -> bool:
    """Whether a comma and a modal stand right before the marker of the condition that begins at `start`."""
    k = start - 1
    while k >= 0 and start - k < 4 and words[k].text != ",":
        k -= 1
    if k > 1 and words[k - 1].low in ("not", "n't"):  # "may not, while the programme lasts, grant"
        return words[k].text == "," and words[k - 2].tag == "MD"
    return k > 0 and words[k].text == "," and words[k - 1].tag == "MD"


def _main_follows(words: list[Token], start: int) -> bool:
    """Whether the participle or adjective at `start` is all of the condition, the main clause right behind it.

    "if armed groups attack" is one clause: a common noun behind a word that seldom stands alone is its noun.
    """
    after = words[start + 1]
    alone = words[start].low in cue_words("bare_conditions")
    subject_like = after.tag in ("PRP", "DT", "NNP", "PPS", "EX")
    return (alone or subject_like) and clause_follows(words, start + 1, 4)


def _purpose_follows(words: list[Token], start: int) -> bool:
    """Whether an infinitive behind "if elected" is none of its own: one is asked, not elected, to force somebody."""
    if words[start].low not in cue_words("bare_alone") or start + 2 >= len(words):
        return False
    return words[start + 1].low == "to" and words[start + 2].tag in ("VB", "VBP")


def _main_begins(words: list[Token], k: int, end: int) -> bool:
    """Whether a main clause begins at the pronoun at `k` without a comma: "if he wins I will"."""
    if words[k].tag != "PRP" or k + 1 >= end or words[k + 1].tag != "MD":
        return False
    if words[k].low in ("he", "she", "we", "they", "i") and words[k - 1].tag in ("VBD", "VBZ", "VBP"):
        return words[k - 1].low not in cue_words("says")
    return words[k - 1].tag not in ("VBD", "VBZ", "VBP", "VB", "IN", "WH", "CC", "WRB", "DT", "VBG")


def _unmarked_main(words: list[Token], k: int, end: int) -> bool:
    """Whether a main clause begins at the pronoun at `k` though no verb was seen: "unless they retreat we will"."""
    pronoun = words[k].low in ("he", "she", "we", "they", "i", "it")
    return pronoun and k + 1 < end and words[k + 1].tag == "MD" and words[k - 1].tag in ("NN", "NNS", "NNP", "RB", "VB")


def _before_main(words: list[Token], start: int, verb: int) -> int:
    """The end of a phrase that stands before a main clause without a comma ("under pressure there will be …")."""
    while verb > start + 1 and words[verb - 1].tag == "RB":
        verb -= 1
    phrase = noun_phrase(words, verb - 1)
    return phrase.start if phrase is not None and phrase.start > start else verb


def _lists_on(words: list[Token], comma: int) -> bool:
    """Whether the comma at `comma` stands between two adjectives, inside a list of nouns or around an aside."""
    if words[comma - 1].tag in ("JJ", "VBN") and comma + 2 < len(words) and words[comma + 1].tag in ("JJ", "VBN"):
        noun = next((k for k in range(comma + 2, len(words)) if words[k].tag not in _PHRASED - {"NN", "NNS"}), comma)
        return noun < len(words) and words[noun].tag in ("NN", "NNS")
    if comma + 1 < len(words) and words[comma + 1].tag == "TO":
        return False  # "is free, in the event of a breach, to withdraw"
    for k in range(comma + 1, min(len(words), comma + 12)):
        if words[k].tag in FINITE:
            return False
        if words[k].low in ("and", "or"):
            return True
        if words[k].text == ",":
            return True
    return False
