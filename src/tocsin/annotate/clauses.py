"""One sentence's verb groups, who does what they say, and where the content of a saying ends."""

from tocsin.annotate.cues import lemma, table
from tocsin.annotate.phrases import (
    FINITE,
    VERBS,
    WH,
    adverbs_before,
    groups,
    phrase_after,
    phrase_before,
    subject_before,
)
from tocsin.annotate.words import Word

Range = tuple[int, int]


class Sentence:
    """One sentence's words with its verb groups, read once."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.size = len(words)
        while self.size and words[self.size - 1].tag == ".":
            self.size -= 1
        self.groups = groups(words)
        self.subjects: list[Range | None] = []
        self.borrowed: set[int] = set()
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
        if group.to:
            return earlier
        if previous.tag == "CC":
            return self._joined_subject(index)
        if not group.finite and words[group.head].tag in ("VBG", "VBN"):
            if previous.text == "," or previous.low in ("in", "by", "while", "when", "after", "before", "without"):
                return self._main_subject(index)
            return phrase_before(words, before) or earlier
        if previous.tag in WH or previous.low == "that":
            # "specified that said forces …": after a verb "that" opens a clause and is nobody
            opens = before > 1 and words[before - 2].tag in VERBS
            return None if opens else (before - 1, before)
        found = subject_before(words, before)
        if found is None and previous.text == "," and earlier is not None:
            self.borrowed.add(index)
            return earlier
        return found

    def hang(self, index: int) -> None:
        """Find anew whom the participles after `index` hang on, its own subject being known now."""
        for later in range(index + 1, len(self.groups)):
            if not self.groups[later].finite and self.words[self.groups[later].head].tag == "VBG":
                self.subjects[later] = self._subject(later)

    def _joined_subject(self, index: int) -> Range | None:
        """The subject of a verb after "and": that of the nearest verb before it in the same tense."""
        tag = self.words[self.groups[index].head].tag
        for back in range(index - 1, -1, -1):
            if self.words[self.groups[back].head].tag == tag and self.subjects[back] is not None:
                return self.subjects[back]
        return self.subjects[index - 1] if index else None

    def _main_subject(self, index: int) -> Range | None:
        """The subject of the clause that a participle hangs on: that of the act of saying before it, else the first."""
        words = self.words
        first: Range | None = None
        for back in range(index - 1, -1, -1):
            group, subject = self.groups[back], self.subjects[back]
            if not group.finite or subject is None:
                continue
            if table().often(lemma(words[group.head].low)):
                return subject
            first = subject
        return first or self._later_subject(index)

    def _later_subject(self, index: int) -> Range | None:
        """The subject of the clause that a participle at the sentence's head hangs on (Citing X, Y left)."""
        words, place = self.words, self.groups[index].head
        while place < self.size and words[place].text != ",":
            place += 1
        if place + 1 >= self.size:
            return None
        end = phrase_after(words, place + 1)
        return (place + 1, end) if end > place + 1 else None

    def end(self, start: int, *, comma: bool = False) -> int:
        """Where content that begins at `start` ends: the sentence's end, or where something else begins."""
        words = self.words
        place = start
        while place < self.size:
            word = words[place]
            if word.text == ";" or (word.text == "," and place > start and (comma or self.breaks(place))):
                return place
            if word.tag == "CC" and place > start and self._joins_verb(place, comma):
                return place - 1 if words[place - 1].text == "," else place
            if word.tag == "-RRB-" and not any(w.tag == "-LRB-" for w in words[start:place]):
                return place
            place += 1
        return self.size

    def breaks(self, comma: int) -> bool:
        """Whether what follows a comma is no part of the content before it: another act of saying."""
        words = self.words
        place = comma + 1
        if place >= self.size:
            return False
        if words[place].low == "according":
            return True
        if words[place].tag == "VBG" and table().often(lemma(words[place].low)):
            return True
        if words[place].tag in ("VBZ", "VBD") and self.often(place):
            end = phrase_after(words, place + 1)  # ", notes Orlova,"
            return end > place + 1 and (end >= self.size or words[end].text == ",")
        if words[place].low in ("but", "and", "while") and place + 1 < self.size:
            return self._saying(place + 1)
        return self._saying(place)

    def _joins_verb(self, joint: int, comma: bool) -> bool:
        """Whether "and" joins another verb to the one whose content this is: one of saying ("said he left and accused
        them"), or any after an object ("praised it and left")."""
        words = self.words
        place = joint + 1
        while place < self.size and words[place].tag == "RB":
            place += 1
        if place >= self.size or words[place].tag not in ("VBD", "VBZ", "VBP"):
            return False
        return comma or (self.often(place) and words[place].tag != "VBP")

    def often(self, place: int) -> bool:
        """Whether the word is a verb of saying."""
        return table().often(lemma(self.words[place].low))

    def _saying(self, place: int) -> bool:
        """Whether a subject and a verb of saying stand at `place`."""
        words = self.words
        end = phrase_after(words, place)
        while end < self.size and words[end].tag == "RB":
            end += 1
        return place < end < self.size and words[end].tag in FINITE and table().often(lemma(words[end].low))
