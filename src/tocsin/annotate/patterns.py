"""Shapes in which a sentence attributes something: which verb, who its subject is, what it takes as content.

Every shape is found by form alone; whether one is kept is decided elsewhere (`cues`), by how often that verb in that
shape attributed anything in a marked corpus. A candidate's ranges are places in the list of words.
"""

from dataclasses import dataclass

from tocsin.annotate.cues import lemma, table
from tocsin.annotate.phrases import (
    FINITE,
    NOUNS,
    VERBS,
    WH,
    Group,
    adverbs_before,
    groups,
    phrase_after,
    phrase_before,
    subject_before,
)
from tocsin.annotate.words import Word

Range = tuple[int, int]
_WONDER = frozenset(["whether", "if", "how", "why", "what", "who", "when", "where", "which", "whom", "whose"])
_PREPOSITIONS = frozenset(
    ["for", "of", "on", "about", "as", "against", "with", "to", "at", "from", "in", "into", "over", "by"]
)
_TIME = frozenset(
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
_DASHES = frozenset(("--", "—", "–"))
STARTS = frozenset(
    ("DT", "PRP", "PRP$", "NNP", "NN", "NNS", "EX", "CD", "JJ", "Q", "WP", "WRB", "IN", "RB", "VBG", "MD")
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible attribution in a sentence: `key` and `shape` say what form it has."""

    key: str
    shape: str
    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    order: int = 0


class Sentence:
    """One sentence's words with its verb groups, read once."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.size = len(words)
        while self.size and words[self.size - 1].tag == ".":
            self.size -= 1
        self.groups = groups(words)
        self.subjects: list[Range | None] = []
        for index in range(len(self.groups)):
            self.subjects.append(self._subject(index))

    def _subject(self, index: int) -> Range | None:
        """Who does what the group at `index` says: the phrase before it, or the subject of the verb it hangs on."""
        words, group = self.words, self.groups[index]
        before = adverbs_before(words, group.first)
        earlier = self.subjects[index - 1] if index else None
        if before == 0:
            return self._later_subject(index) if words[group.head].tag == "VBG" else None
        previous = words[before - 1]
        if group.to or previous.tag == "CC":
            return earlier
        if not group.finite and words[group.head].tag in ("VBG", "VBN"):
            if previous.text == "," or previous.low in ("in", "by", "while", "when", "after", "before", "without"):
                return self._main_subject(index)
            return phrase_before(words, before) or earlier
        if previous.tag in WH:
            return before - 1, before
        found = subject_before(words, before)
        if found is None and previous.text == "," and earlier is not None:
            return earlier
        return found

    def _main_subject(self, index: int) -> Range | None:
        for back in range(index - 1, -1, -1):
            if self.groups[back].finite and self.subjects[back] is not None:
                return self.subjects[back]
        return self._later_subject(index)

    def _later_subject(self, index: int) -> Range | None:
        """The subject of the clause that a participle at the sentence's head hangs on (Citing X, Y left)."""
        words, place = self.words, self.groups[index].head
        while place < self.size and words[place].text != ",":
            place += 1
        if place + 1 >= self.size:
            return None
        end = phrase_after(words, place + 1)
        return (place + 1, end) if end > place + 1 else None

    def _end(self, start: int, *, comma: bool = False) -> int:
        """Where content that begins at `start` ends: the sentence's end, or where something else begins."""
        words = self.words
        place = start
        while place < self.size:
            word = words[place]
            if word.text == ";" or (word.text == "," and place > start and (comma or self._breaks(place))):
                return place
            if word.tag == "-RRB-" and not any(w.tag == "-LRB-" for w in words[start:place]):
                return place
            place += 1
        return self.size

    def _breaks(self, comma: int) -> bool:
        """Whether what follows a comma is no part of the content before it: another act of saying."""
        words = self.words
        place = comma + 1
        if place >= self.size:
            return False
        if words[place].low == "according":
            return True
        if words[place].tag == "VBG" and table().often(lemma(words[place].low)):
            return True
        if words[place].low in ("but", "and", "while") and place + 1 < self.size:
            return self._saying(place + 1)
        return self._saying(place)

    def _saying(self, place: int) -> bool:
        """Whether a subject and a verb of saying stand at `place`."""
        words = self.words
        end = phrase_after(words, place)
        while end < self.size and words[end].tag == "RB":
            end += 1
        return place < end < self.size and words[end].tag in FINITE and table().often(lemma(words[end].low))


def _skip(words: list[Word], place: int, size: int) -> int:
    """Over adverbs and times between a verb and its content ("said on Thursday that", "said in a statement that")."""
    while place < size:
        word = words[place]
        if word.low in _TIME or (word.tag == "RB" and word.low not in ("not", "n't", "no")):
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


def _clause(words: list[Word], start: int, size: int) -> bool:
    """Whether a clause with a finite verb begins at `start`."""
    if start >= size or words[start].tag not in STARTS:
        return False
    for place in range(start, min(size, start + 30)):
        if words[place].tag in FINITE and place > start:
            return True
        if words[place].tag == "Q" and place > start:
            return True
        if words[place].text in (";", ":"):
            return False
    return False


def complement(sentence: Sentence, after: int, key: str) -> list[tuple[str, int, int]]:
    """What follows a verb whose group ends before `after`: (shape, start, end), the likeliest first."""
    words, size = sentence.words, sentence.size
    place = _skip(words, after, size)
    if place < size and words[place].text in (",", ":") and place + 1 < size and words[place].tag != "Q":
        if words[place].text == ":" or words[place + 1].tag == "Q":
            shape = "quote" if words[place + 1].tag == "Q" else "colon"
            return [(shape, place + 1, sentence._end(place + 1))]
        return []
    if place >= size:
        return []
    word = words[place]
    if word.tag == "Q":
        return [("quote", place, sentence._end(place))]
    if word.low == "that" and (word.tag in ("IN", "WDT") or _clause(words, place + 1, size)):
        return [("that", place + 1, sentence._end(place + 1))]
    if word.low in _WONDER and word.tag in ("IN", "WRB", "WP", "WDT"):
        return [("wh", place, sentence._end(place))]
    if word.tag == "TO":
        if place + 1 < size and words[place + 1].tag in VERBS | {"RB"}:
            return [("to", place, sentence._end(place))]
    elif word.low not in _PREPOSITIONS and _clause(words, place, size) and not _object_only(sentence, place, key):
        object_end = phrase_after(words, place) if key in table().ditransitive else place
        if object_end > place and object_end < size:
            return _after_object(sentence, place, object_end)
        return [("clause", place, sentence._end(place))]
    if key in table().ditransitive:
        object_end = phrase_after(words, place)
        if object_end > place:
            return _after_object(sentence, place, object_end)
    if word.low in _PREPOSITIONS or word.tag == "RP":
        end = sentence._end(place + 1, comma=True)
        return [(word.low, place + 1, end)] if end > place + 1 else []
    if word.tag in ("VBG",):
        return [("ing", place, sentence._end(place, comma=True))]
    if phrase_after(words, place) > place:
        return [("np", place, sentence._end(place, comma=True))]
    if word.tag == "JJ":
        return [("adj", place, sentence._end(place, comma=True))]
    return []


def _object_only(sentence: Sentence, place: int, key: str) -> bool:
    """Whether the noun phrase at `place` is the verb's object and no clause's subject."""
    if table().rate(key, "clause") >= 0.3:
        return False
    words = sentence.words
    end = phrase_after(words, place)
    return end > place and not (end < sentence.size and words[end].tag in FINITE | {"RB"})


def _after_object(sentence: Sentence, start: int, end: int) -> list[tuple[str, int, int]]:
    """The content after an indirect object ("told the paper that …", "urged them to …")."""
    words, size = sentence.words, sentence.size
    place = _skip(words, end, size)
    if place >= size:
        return [("np", start, end)]
    word = words[place]
    if word.text in (",", ":") and place + 1 < size and (words[place + 1].tag == "Q" or word.text == ":"):
        return [("quote", place + 1, sentence._end(place + 1))]
    if word.tag == "Q":
        return [("quote", place, sentence._end(place))]
    if word.low == "that":
        return [("that", place + 1, sentence._end(place + 1))]
    if word.low in _WONDER:
        return [("wh", place, sentence._end(place))]
    if word.tag == "TO":
        return [("to", place, sentence._end(place))]
    if word.low in ("of", "about", "for"):
        return [(word.low, place + 1, sentence._end(place + 1, comma=True))]
    if _clause(words, place, size) and word.tag not in ("IN", "CC"):
        return [("clause", place, sentence._end(place))]
    return [("np", start, sentence._end(start, comma=True))]


def _before(sentence: Sentence, subject: Range, group: Group) -> Candidate | None:
    """ "…, Orlova said": content before the subject (and after the verb's comma, where the sentence goes on)."""
    words, first = sentence.words, min(subject[0], group.first)
    if first == 0:
        return None
    mark = words[first - 1]
    if mark.text != "," and mark.tag != "Q" and mark.text not in _DASHES:
        return None
    end = first if mark.tag == "Q" else first - 1
    if end == 0:
        return None
    return _around(
        sentence, end, group.head + 1, (lemma(words[group.head].low), "post", subject, (group.first, group.head + 1))
    )


def _around(sentence: Sentence, end: int, after: int, form: tuple[str, str, Range, Range]) -> Candidate | None:
    """Content that ends at `end`, before the cue, and goes on after it when a comma says so."""
    words = sentence.words
    start = _content_start(sentence, end)
    if start is None:
        return None
    content: list[Range] = [(start, end)]
    comma = after
    limit = min(sentence.size, after + 14)
    while comma < limit and words[comma].text != "," and words[comma].tag != "Q":
        comma += 1
    if comma < limit and comma + 1 < sentence.size:
        rest = comma if words[comma].tag == "Q" else comma + 1
        split = words[end - 1].tag != "Q" and comma == after and words[rest].tag != "VBG"
        if words[rest].tag == "Q" or (split and not sentence._breaks(comma)):
            stop = sentence._end(rest)
            if stop > rest:
                content.append((rest, stop))
    key, shape, subject, cue = form
    quoted = any(words[place].tag == "Q" for place in range(start, end))
    return Candidate(key, "q" + shape if quoted else shape, subject, cue, tuple(content))


def _content_start(sentence: Sentence, end: int) -> int | None:
    """Where content that ends at `end` begins: at the sentence's head, without what joins it to the one before."""
    words = sentence.words
    start = 0
    while start < end and (words[start].tag == "CC" or words[start].text in (",", ":", "--")):
        start += 1
    for place in range(end - 1, start, -1):
        if words[place].text == ";":
            start = place + 1
            break
    return start if start < end else None


def candidates(sentence: Sentence) -> list[Candidate]:
    """All shapes of a sentence, in reading order; several of them may take the same words."""
    out: list[Candidate] = []
    known = table()
    for index, group in enumerate(sentence.groups):
        word = sentence.words[group.head]
        key = lemma(word.low)
        if not known.has(key):
            continue
        out.extend(_of_group(sentence, index, key))
    out.extend(_phrases(sentence))
    return sorted(out, key=lambda c: (c.cue, c.content))


def _of_group(sentence: Sentence, index: int, key: str) -> list[Candidate]:
    words, group = sentence.words, sentence.groups[index]
    subject = sentence.subjects[index]
    after = group.head + 1
    cue = (group.first, after)
    found = complement(sentence, after, key)
    if group.passive:
        agent = _agent(sentence, after)
        return [
            Candidate(key, "passive-" + shape, agent, cue, ((start, end),))
            for shape, start, end in found
            if end > start
        ]
    strong = [item for item in found if item[0] in ("that", "quote", "colon", "clause", "wh")]
    if subject and not strong and not group.to and words[group.head].tag != "VBG":
        before = _before(sentence, subject, group)
        if before:
            return [before]
    if not strong and group.first > 0 and group.finite:
        inverted = _inverted(sentence, group, key)
        if inverted:
            return [inverted]
    return [Candidate(key, shape, subject, cue, ((start, end),)) for shape, start, end in found[:1] if end > start]


def _agent(sentence: Sentence, after: int) -> Range | None:
    words = sentence.words
    if after + 1 < sentence.size and words[after].low == "by":
        end = phrase_after(words, after + 1)
        if end > after + 1:
            return after + 1, end
    return None


def _inverted(sentence: Sentence, group: Group, key: str) -> Candidate | None:
    """ "…," said Anna Orlova, a harbour pilot."""
    words = sentence.words
    mark = words[group.first - 1]
    if mark.text != "," and mark.tag != "Q":
        return None
    start = group.head + 1
    stop = phrase_after(words, start, apposition=True)
    if stop == start or (words[start].tag == "PRP$" and mark.tag != "Q"):
        return None
    end = group.first if mark.tag == "Q" else group.first - 1
    return (
        _around(sentence, end, stop, (key, "inverted", (start, stop), (group.first, group.head + 1))) if end else None
    )


def _phrases(sentence: Sentence) -> list[Candidate]:
    """Shapes without a verb: "according to Orlova", "Orlova’s claim that …", "reportedly"."""
    words, size = sentence.words, sentence.size
    out: list[Candidate] = []
    known = table()
    for place, word in enumerate(words[:size]):
        if word.low == "according" and place + 2 < size and words[place + 1].low == "to":
            found = _according(sentence, place)
            if found:
                out.append(found)
        elif word.tag in NOUNS and known.has("n:" + word.low) and place + 1 < size:
            out.extend(_of_noun(sentence, place))
        elif word.tag == "JJ" and known.has("a:" + word.low) and place + 1 < size:
            out.extend(_of_adjective(sentence, place))
    return out


def _according(sentence: Sentence, place: int) -> Candidate | None:
    words, size = sentence.words, sentence.size
    end = phrase_after(words, place + 2, apposition=True)
    if end == place + 2:
        return None
    source, cue = (place + 2, end), (place, place + 2)
    if place == 0 or not any(w.tag in FINITE or w.tag == "Q" for w in words[:place]):
        comma = end
        while comma < size and words[comma].text != "," and comma - end < 20:
            comma += 1
        if comma + 1 >= size or words[min(comma, size - 1)].text != ",":
            return None
        return Candidate("according to", "pre", source, cue, ((comma + 1, sentence._end(comma + 1)),))
    stop = place - 1 if words[place - 1].text == "," else place
    start = _content_start(sentence, stop)
    return Candidate("according to", "post", source, cue, ((start, stop),)) if start is not None else None


def _of_noun(sentence: Sentence, place: int) -> list[Candidate]:
    words, size = sentence.words, sentence.size
    key = "n:" + words[place].low
    source: Range | None = None
    start = place
    while start > 0 and words[start - 1].tag == "JJ":
        start -= 1
    if start > 1 and words[start - 1].tag == "POS":
        owner = phrase_before(words, start - 1)
        source = owner
    elif start > 0 and words[start - 1].tag == "PRP$":
        source = start - 1, start
    owned = "own" if source else "bare"
    after = words[place + 1]
    if after.low == "that" and place + 2 < size:
        content = (place + 2, sentence._end(place + 2))
        return [Candidate(key, f"{owned}-that", source, (place, place + 1), (content,))]
    if after.low in ("of", "for", "on", "about", "to") and place + 2 < size:
        content = (place + 2, sentence._end(place + 2, comma=True))
        return [Candidate(key, f"{owned}-{after.low}", source, (place, place + 1), (content,))]
    return []


def _of_adjective(sentence: Sentence, place: int) -> list[Candidate]:
    """ "is confident that …": a form of "be" (or seem, feel, …) before, a complement after."""
    words = sentence.words
    for index, group in enumerate(sentence.groups):
        if group.head < place <= group.head + 3 and all(w.tag in ("RB", "JJ") for w in words[group.head + 1 : place]):
            found = [item for item in complement(sentence, place + 1, "") if item[0] != "np"]
            return [
                Candidate("a:" + words[place].low, shape, sentence.subjects[index], (group.first, place + 1), ((s, e),))
                for shape, s, e in found[:1]
                if e > s
            ]
    return []
