"""What a verb of saying takes: a that-clause, a bare clause, a question, a quotation, an infinitive, an object."""

from tocsin.annotate.clauses import Sentence
from tocsin.annotate.cues import table
from tocsin.annotate.outer import SPEECH
from tocsin.annotate.phrases import FINITE, VERBS, phrase_after
from tocsin.annotate.words import Word

Form = tuple[str, int, int]
"""Shape, start and end of what follows a verb, as places in the list of words."""
_WONDER = frozenset(["whether", "if", "how", "why", "what", "who", "when", "where", "which", "whom", "whose"])
_PREPOSITIONS = frozenset(
    ["for", "of", "on", "about", "as", "against", "with", "to", "at", "from", "in", "into", "over", "by"]
)
TIMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tonight",
        "tomorrow",
        "recently",
        "earlier",
        "later",
    ]
)
_STARTS = frozenset(
    ("DT", "PRP", "PRP$", "NNP", "NN", "NNS", "EX", "CD", "JJ", "Q", "WP", "WRB", "IN", "RB", "VBG", "MD")
)
_NO_START = frozenset(("because", "so", "than", "of", "as", "to", "not", "about"))


def skip(words: list[Word], place: int, size: int) -> int:
    """Over adverbs and times between a verb and its content ("said on Thursday that", "said in a statement that")."""
    while place < size:
        word = words[place]
        if word.text == "," and place + 2 < size and words[place + 1].tag == "RB" and words[place + 2].text == ",":
            place += 3  # "said, however, that"
        elif word.low in TIMES or (word.tag == "RB" and word.low not in ("not", "n't", "no")):
            place += 1
        elif word.low in ("on", "in", "at", "during", "after", "before", "to") and place + 1 < size:
            end = phrase_after(words, place + 1)
            if end == place + 1 or end >= size or not _after_adverbial(words, end, word.low):
                return place
            place = end
        else:
            return place
    return place


def _after_adverbial(words: list[Word], end: int, head: str) -> bool:
    """Whether what follows an adverbial is the content it was put before."""
    word = words[end]
    if word.low in ("that", "whether") or word.text in (",", ":") or word.tag == "Q":
        return True
    return head in ("on", "in", "during", "after", "at") and (word.tag in ("PRP", "DT") or word.tag == "NNP")


def clause_at(words: list[Word], start: int, size: int) -> bool:
    """Whether a clause with a finite verb begins at `start`."""
    if start >= size or words[start].tag not in _STARTS or words[start].low in _NO_START:
        return False
    commas, side = 0, False
    for place in range(start + 1, min(size, start + 30)):
        if words[place].text == ",":
            commas += 1
            side = place + 1 < size and words[place + 1].tag in ("WDT", "WP", "WRB")
        if side:
            continue
        if words[place].tag in FINITE or words[place].tag == "Q":
            return commas != 1 or words[start].tag == "IN"  # "a leak, added that": no subject before its verb
        if words[place].text in (";", ":"):
            return False
    return False


def complement(sentence: Sentence, after: int, key: str) -> Form | None:
    """What follows a verb whose group ends before `after`."""
    words, size = sentence.words, sentence.size
    place = skip(words, after, size)
    if place >= size:
        return None
    marked = _marked(sentence, place)
    if marked:
        return marked
    if words[place].text in (",", ":"):
        return None
    if (
        words[place].low not in _PREPOSITIONS
        and clause_at(words, place, size)
        and not _object_only(sentence, place, key)
    ):
        object_end = phrase_after(words, place) if key in table().ditransitive else place
        if place < object_end < size:
            return _after_object(sentence, place, object_end)
        return "clause", place, sentence.end(place)
    if key in table().ditransitive:
        object_end = phrase_after(words, place)
        if object_end > place:
            return _after_object(sentence, place, object_end)
    return _phrase(sentence, place)


def _marked(sentence: Sentence, place: int) -> Form | None:
    """Content that a mark or a joining word shows: quotation, colon, that, whether, to."""
    words, size = sentence.words, sentence.size
    word = words[place]
    if word.text in (",", ":") and place + 1 < size and (word.text == ":" or words[place + 1].tag == "Q"):
        shape = "quote" if words[place + 1].low == SPEECH else "colon"
        return shape, place + 1, sentence.end(place + 1)
    if word.tag == "Q":
        return ("quote" if word.low == SPEECH else "term"), place, sentence.end(place)
    if word.low == "that" and place + 1 < size and (words[place + 1].tag == "Q" or clause_at(words, place + 1, size)):
        return "that", place + 1, sentence.end(place + 1)
    if word.low in _WONDER and word.tag in ("IN", "WRB", "WP", "WDT"):
        return "wh", place, sentence.end(place)
    if word.tag == "TO" and place + 1 < size and words[place + 1].tag in VERBS | {"RB"}:
        return "to", place, sentence.end(place)
    return None


def _phrase(sentence: Sentence, place: int) -> Form | None:
    """An object, a phrase after a preposition, a participle."""
    words = sentence.words
    word = words[place]
    if word.low in _PREPOSITIONS or word.tag == "RP":
        end = sentence.end(place + 1, comma=True)
        return (word.low, place + 1, end) if end > place + 1 else None
    if word.tag == "VBG":
        return "ing", place, sentence.end(place, comma=True)
    if phrase_after(words, place) > place:
        return "np", place, sentence.end(place, comma=True)
    return ("adj", place, sentence.end(place, comma=True)) if word.tag == "JJ" else None


def _object_only(sentence: Sentence, place: int, key: str) -> bool:
    """Whether the noun phrase at `place` is the verb's object and no clause's subject."""
    if table().rate(key, "clause") >= CLAUSAL:
        return False
    words = sentence.words
    end = phrase_after(words, place)
    return end > place and not (end < sentence.size and words[end].tag in FINITE | {"RB"})


CLAUSAL = 0.3
"""A verb whose bare clauses were marked more often than this likely has one when a finite verb follows somewhere."""


def _after_object(sentence: Sentence, start: int, end: int) -> Form:
    """The content after an indirect object ("told the paper that …", "urged them to …")."""
    words, size = sentence.words, sentence.size
    place = skip(words, end, size)
    if place >= size:
        return "np", start, end
    marked = _marked(sentence, place)
    if marked:
        return marked
    if words[place].low in ("of", "about", "for"):
        return words[place].low, place + 1, sentence.end(place + 1, comma=True)
    if clause_at(words, place, size) and words[place].tag not in ("IN", "CC"):
        return "clause", place, sentence.end(place)
    return "np", start, sentence.end(start, comma=True)
