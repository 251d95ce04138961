"""Shapes in which a sentence attributes something: which verb, who its subject is, what it takes as content.

Every shape is found by form alone; whether one is kept is decided elsewhere (`cues`), by how often that verb in that
shape attributed anything in a marked corpus. A candidate's ranges are places in the list of words.
"""

from dataclasses import dataclass

from tocsin.annotate.clauses import Range, Sentence
from tocsin.annotate.complements import complement
from tocsin.annotate.cues import lemma, table
from tocsin.annotate.outer import SPEECH
from tocsin.annotate.phrases import FINITE, NOUNS, WH, Group, phrase_after, phrase_before
from tocsin.annotate.words import Word

ANY_VERB = frozenset(("quote", "qpost", "qinverted", "that"))
"""Shapes in which any verb may be one of saying."""
_SUBORDINATE = frozenset(
    ["as", "after", "when", "while", "although", "though", "despite", "before", "since", "because", "with"]
)
FEW_WORDS = 4
"""So many words before "according to" can be a content without a verb that the tagger knows."""
RELATIVE = 20
"""A clause between commas after a source has fewer words."""
_LIGHT = frozenset(("have", "do", "make", "mean", "ensure", "see", "sure", "get", "come", "go", "take"))
_TITLE = frozenset(("NNP", "NN", "NNS", "JJ", "DT", ".", "POS", "CC", "$"))
_DASHES = frozenset(("--", "—", "–"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible attribution in a sentence: `key` and `shape` say what form it has."""

    key: str
    shape: str
    source: Range | None
    cue: Range
    content: tuple[Range, ...]


def _before(sentence: Sentence, subject: Range, group: Group) -> Candidate | None:
    """ "…, Orlova said": content before the subject (and after the verb's comma, where the sentence goes on)."""
    words, first = sentence.words, min(subject[0], group.first)
    if first == 0:
        return None
    mark = words[first - 1]
    if words[subject[0]].tag in WH:
        return None
    if mark.text != "," and mark.tag != "Q" and mark.text not in _DASHES:
        return None
    end = first if mark.tag == "Q" else first - 1
    after = group.head + 1
    form = (lemma(words[group.head].low), "post", subject, (group.first, after))
    if not any(word.tag in FINITE or word.tag == "Q" for word in words[:end]):
        # "In her speech, Orlova said": what stands before is no content; but "In the end, analysts agree, it fell"
        return _between(sentence, end, after, form)
    if words[0].tag != "Q" and words[0].low in _SUBORDINATE and mark.tag != "Q":
        return None
    return _around(sentence, end, after, form)


def _between(sentence: Sentence, end: int, after: int, form: tuple[str, str, Range, Range]) -> Candidate | None:
    """Content around a cue between commas: what follows, with what stands before where that is its subject."""
    words = sentence.words
    if after + 1 >= sentence.size or words[after].text != ",":
        return None
    content = [(after + 1, sentence.end(after + 1))]
    start = _content_start(sentence, end)
    if words[after + 1].tag in FINITE and start is not None:
        content.insert(0, (start, end))
    return Candidate(form[0], "mid", form[2], form[3], tuple(content)) if content[-1][1] > after + 1 else None


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
        if words[rest].tag == "Q" or (split and not sentence.breaks(comma)):
            stop = sentence.end(rest)
            if stop > rest and any(word.tag in FINITE or word.tag == "Q" for word in words[rest:stop]):
                content.append((rest, stop))
    key, shape, subject, cue = form
    quoted = any(words[place].low == SPEECH for place in range(start, end))
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
    speech = any(word.low == SPEECH for word in sentence.words)
    for index, group in enumerate(sentence.groups):
        word = sentence.words[group.head]
        key = lemma(word.low)
        if word.tag == "MD" or key in ("accord", "be"):
            continue
        # beside a quotation any verb may be one of saying; elsewhere only the known ones are
        if known.has(key) or speech or key not in _LIGHT:
            if index and out and out[-1].key == "quoted as" and out[-1].cue[0] <= group.first < out[-1].cue[1]:
                continue
            found = (_quoted_as(sentence, index) if key in ("quote", "cite") else []) or _of_group(sentence, index, key)
            if found and found[0].shape.endswith(("inverted", "mid")):
                sentence.subjects[index] = found[0].source
                sentence.hang(index)
            out.extend(c for c in found if known.has(c.key) or (c.shape in ANY_VERB and group.finite and c.source))
    out.extend(_phrases(sentence))
    if not any(candidate.cue[0] == 0 for candidate in out):
        out.extend(_titled(sentence))
    return sorted(out, key=lambda c: (c.cue, c.content))


def _of_group(sentence: Sentence, index: int, key: str) -> list[Candidate]:
    words, group = sentence.words, sentence.groups[index]
    subject = sentence.subjects[index]
    after = group.head + 1
    cue = (group.first, after)
    found = complement(sentence, after, key)
    if group.passive or (words[group.head].tag == "VBN" and group.first == group.head):
        agent = _agent(sentence, after)
        return (
            [Candidate(key, "passive-" + found[0], agent, cue, (found[1:],))] if found and found[2] > found[1] else []
        )
    if subject and not group.to and _after_speech(words, min(subject[0], group.first)):
        before = _before(sentence, subject, group)
        if before:
            return [before]
    adjacent = subject is not None and index not in sentence.borrowed and subject[1] <= group.first
    if group.finite and (_after_speech(words, group.first) or (not adjacent and sentence.often(group.head))):
        inverted = _inverted(sentence, group, key)
        if inverted:
            return [inverted]
    strong = found is not None and found[0] in ("that", "quote", "colon", "clause", "wh")
    if subject and not strong and not group.to and words[group.head].tag != "VBG":
        before = _before(sentence, subject, group)
        if before:
            return [before]
    if not strong and group.first > 0 and group.finite:
        inverted = _inverted(sentence, group, key)
        if inverted:
            return [inverted]
    return [Candidate(key, found[0], subject, cue, (found[1:],))] if found and found[2] > found[1] else []


def _after_speech(words: list[Word], place: int) -> bool:
    """Whether the word right before the place is an utterance in quotation marks."""
    before = place - 1
    if before > 0 and words[before].text == ",":
        before -= 1
    return before >= 0 and words[before].low == SPEECH


def _quoted_as(sentence: Sentence, index: int) -> list[Candidate]:
    """ "The agency quoted Orlova as saying …", "Orlova was quoted as saying …": the one who is quoted is the source."""
    words, group = sentence.words, sentence.groups[index]
    end = group.head + 1 if group.passive else phrase_after(words, group.head + 1, apposition=True)
    if end + 1 >= sentence.size or words[end].low != "as" or words[end + 1].tag != "VBG":
        return []
    source = sentence.subjects[index] if group.passive else (group.head + 1, end)
    cue, subject = (group.first, end + 2), sentence.subjects[index]
    found = complement(sentence, end + 2, "say")
    before = min(subject[0] if subject else group.first, group.first)
    if _after_speech(words, before) and source:
        start = before if words[before - 1].tag == "Q" else before - 1
        return [Candidate("quoted as", "qpost", source, cue, ((0, start),))]
    return [Candidate("quoted as", "clause", source, cue, (found[1:],))] if found and found[2] > found[1] else []


def _agent(sentence: Sentence, after: int) -> Range | None:
    words = sentence.words
    if after + 1 < sentence.size and words[after].low == "by":
        end = phrase_after(words, after + 1)
        if end > after + 1:
            return after + 1, end
    return None


def _inverted(sentence: Sentence, group: Group, key: str) -> Candidate | None:
    """ "…," said Anna Orlova, a harbour pilot."; "However, writes Orlova, …"."""
    words = sentence.words
    mark = words[group.first - 1] if group.first else words[0]
    if mark.text != "," and mark.tag != "Q":
        return None
    start = group.head + 1
    stop = phrase_after(words, start, apposition=True)
    if stop == start or (words[start].tag == "PRP$" and mark.tag != "Q"):
        return None
    cue = (group.first, group.head + 1)
    end = group.first if mark.tag == "Q" else group.first - 1
    if any(word.tag in FINITE or word.tag == "Q" for word in words[:end]):
        return _around(sentence, end, stop, (key, "inverted", (start, stop), cue))
    return _between(sentence, end, stop, (key, "mid", (start, stop), cue))


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


def _titled(sentence: Sentence) -> list[Candidate]:
    """ "Orlova: We will stay", "Poll: …": a name or a noun, a colon, what it says; as in headlines and transcripts."""
    words = sentence.words
    colon = next((place for place, word in enumerate(words[: FEW_WORDS + 2]) if word.text == ":"), None)
    if not colon or colon + 1 >= sentence.size or any(word.tag not in _TITLE for word in words[:colon]):
        return []
    if colon + 2 >= sentence.size and words[colon + 1].tag != "Q":
        return []
    name = words[colon - 1].tag
    after = "quote" if words[colon + 1].tag == "Q" else "text"
    finite = any(word.tag in FINITE for word in words[colon + 1 : sentence.size])
    shape = f"{'name' if name == 'NNP' else 'noun'}-{after}" + ("" if finite or after == "quote" else "-bare")
    end = sentence.end(colon + 1) if after == "text" else colon + 2
    return [Candidate(":", shape, (0, colon), (colon, colon + 1), ((colon + 1, end),))]


def _according(sentence: Sentence, place: int) -> Candidate | None:
    words, size = sentence.words, sentence.size
    end = phrase_after(words, place + 2, apposition=place > 0)
    if end == place + 2:
        return None
    source, cue = (place + 2, end), (place, place + 2)
    closing = place > FEW_WORDS and (end >= size or words[end].tag in (".", "-RRB-"))
    if place == 0:
        end = _apposed(words, end)
        source = (place + 2, end)
    if place == 0 or (not closing and not any(w.tag in FINITE or w.tag == "Q" for w in words[:place])):
        comma = _relative(words, end)
        while comma < size and words[comma].text != "," and comma - end < 20:
            comma += 1
        if comma + 1 >= size or words[min(comma, size - 1)].text != ",":
            return None
        return Candidate("according to", "pre", source, cue, ((comma + 1, sentence.end(comma + 1)),))
    stop = place - 1 if words[place - 1].text == "," else place
    start = _content_start(sentence, stop)
    return Candidate("according to", "post", source, cue, ((start, stop),)) if start is not None else None


def _apposed(words: list[Word], end: int) -> int:
    """The end of a phrase with the name between commas that follows it (the head of the port, Anna Orlova, who …)."""
    if end + 1 >= len(words) or words[end].text != "," or words[end + 1].tag != "NNP":
        return end
    stop = end + 1
    while stop < len(words) and words[stop].tag == "NNP":
        stop += 1
    second = stop + 1 < len(words) and words[stop].text == "," and words[stop + 1].tag in WH | {"DT", "PRP", "PRP$"}
    return stop if second else end


def _relative(words: list[Word], end: int) -> int:
    """The place of the comma that closes a relative clause or participle after a name, else `end`."""
    if end + 1 >= len(words) or words[end].text != "," or words[end + 1].tag not in WH | {"WP$", "VBG"}:
        return end
    for place in range(end + 2, min(len(words), end + RELATIVE)):
        if words[place].text == ",":
            return place
    return end


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
        content = (place + 2, sentence.end(place + 2))
        return [Candidate(key, f"{owned}-that", source, (place, place + 1), (content,))]
    if after.low in ("of", "for", "on", "about", "to") and place + 2 < size:
        content = (place + 2, sentence.end(place + 2, comma=True))
        return [Candidate(key, f"{owned}-{after.low}", source, (place, place + 1), (content,))]
    return []


def _of_adjective(sentence: Sentence, place: int) -> list[Candidate]:
    """ "is confident that …": a form of "be" (or seem, feel, …) before, a complement after."""
    words = sentence.words
    for index, group in enumerate(sentence.groups):
        if group.head < place <= group.head + 3 and all(w.tag in ("RB", "JJ") for w in words[group.head + 1 : place]):
            found = complement(sentence, place + 1, "")
            if found is None or found[0] == "np" or found[2] <= found[1]:
                return []
            cue = (group.first, place + 1)
            return [Candidate("a:" + words[place].low, found[0], sentence.subjects[index], cue, (found[1:],))]
    return []
