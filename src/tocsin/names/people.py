"""Whether two names can be one person's: words are paired, and what stays unexplained on both sides is held against it.

Invariant: `people(a, b) == people(b, a)`; the score depends on the two names and the tables alone.
"""

from dataclasses import dataclass

from tocsin.names.eastern import eastern_likeness
from tocsin.names.given import is_given
from tocsin.names.letters import Word
from tocsin.names.likeness import MATCH, Likeness, likeness
from tocsin.names.parts import PersonName, Token, person_name

CONFLICT = 2.2
"""What one unexplained word on each side weighs against one explained word: of three words two alike and one not
(Kim Jong Il, Kim Jong Un) must stay below one half."""
EXTRA = 0.25
"""The same for a word that only one side has: a middle name, a patronymic, a second surname."""
EXTRA_LAST = 0.5
"""The same where it stands where a surname stands."""
DOUBT = 1.2
"""The same for the doubt that is left in a pair of words that are alike but not equal."""
TWO_PEOPLE = 0.4
"""Highest score of two names that say that they are two: son and father, two middle initials."""
ONE_WORD = 0.42
"""Highest score where only one word is shared and one side has more: the surname alone is nobody's."""
UNSURE = 0.49
"""Highest score where both sides have a full word that the other cannot explain."""
FIRM = 0.88
"""Likeness from which a word is the other's spelling, not merely near it: equal, the same sounds, forms of one given
name in the table, or near with exchanges that cost a twentieth of the word."""
FIRM_OF_THREE = 0.72
"""The same where given name, patronymic and surname are all near: each bears the others out (Yavhen Paulavich, Yevgeny
Pavlovich)."""
FIRM_EASTERN = 0.9
"""The same for names compared syllable by syllable."""
LITTLE = 0.5
"""Weight of the unexplained words on each side from which they are evidence for two."""
JOINED = 0.85
"""Likeness from which two words written as one are that one word."""


LENGTHS = 3
"""Letters by which two spellings of one word written together can differ."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words taken for one another: their places, how alike they are, and why."""

    a: int
    b: int
    like: Likeness


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` 0 to 1 and what speaks for and against. `firm`: the whole of both names is explained by spelling, order,
    titles and patronymics alone, so that two people would have to be of one name. `apart`: the names say that they are
    two people's."""

    score: float
    reasons: tuple[str, ...]
    firm: bool = False
    apart: bool = False


def people(a: str, b: str) -> Verdict:
    """How likely two names of people are one person's."""
    first, second = sorted((a, b))
    return _people(first, second)


def _people(a: str, b: str) -> Verdict:
    left, right = person_name(a), person_name(b)
    if not left.tokens or not right.tokens:
        return Verdict(1.0 if a.split() == b.split() and a.strip() else 0.0, ("no letters to compare",))
    if left.eastern and right.eastern:
        score, reason = eastern_likeness(left.eastern, right.eastern)
        return Verdict(score, () if score == 1 else (reason,), firm=score >= FIRM_EASTERN, apart=score <= TWO_PEOPLE)
    one, other = _joined(left.tokens, right.tokens)
    pairs = _pairs(one, other)
    return _score(_Sides(left, right, one, other, pairs))


@dataclass(frozen=True, slots=True)
class _Sides:
    left: PersonName
    right: PersonName
    a: tuple[Token, ...]
    b: tuple[Token, ...]
    pairs: tuple[Pair, ...]

    def loose(self) -> tuple[list[tuple[int, Token]], list[tuple[int, Token]]]:
        """The words of either side that no word of the other explains, with their places."""
        used_a, used_b = {pair.a for pair in self.pairs}, {pair.b for pair in self.pairs}
        return (
            [(i, token) for i, token in enumerate(self.a) if i not in used_a],
            [(i, token) for i, token in enumerate(self.b) if i not in used_b],
        )


def _joined(a: tuple[Token, ...], b: tuple[Token, ...]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Both sides with those neighbours written as one word that the other side writes as one."""
    return (_join_one(a, b) if len(a) > len(b) else a), (_join_one(b, a) if len(b) > len(a) else b)


def _join_one(own: tuple[Token, ...], other: tuple[Token, ...]) -> tuple[Token, ...]:
    out, i = list[Token](), 0
    while i < len(own):
        width = next((n for n in (3, 2) if i + n <= len(own) and _is_one(own[i : i + n], other)), 1)
        if width > 1:
            out.append(Token(_glued(own[i : i + width])))
        else:
            out.append(own[i])
        i += width
    return tuple(out)


def _glued(parts: tuple[Token, ...]) -> Word:
    return Word("".join(token.word.text for token in parts), bare=any(token.word.bare for token in parts))


def _is_one(parts: tuple[Token, ...], other: tuple[Token, ...]) -> bool:
    if any(token.role == "initial" for token in parts):
        return False
    whole = _glued(parts)
    near = [token for token in other if len(token.word.text) > 3 and _as_long(whole, token.word)]
    best = max((likeness(whole, token.word).score for token in near), default=0.0)
    if best < JOINED:
        return False
    told = [token for token in parts if token.role != "particle"]
    return all(max(likeness(part.word, token.word).score for token in other) < best for part in told)


def _as_long(a: Word, b: Word) -> bool:
    return abs(len(a.text) - len(b.text)) <= LENGTHS or a.bare or b.bare


def _pairs(a: tuple[Token, ...], b: tuple[Token, ...]) -> tuple[Pair, ...]:
    """Words paired, the most alike first; of equally alike ones those in the same place, counted from either end."""
    found = []
    for i, one in enumerate(a):
        for j, other in enumerate(b):
            like = likeness(one.word, other.word)
            if like.score >= MATCH and (one.role == "particle") == (other.role == "particle"):
                apart = min(abs(i - j), abs((len(a) - i) - (len(b) - j)))
                found.append((-like.score, apart, i, j, like))
    out, used_a, used_b = list[Pair](), set[int](), set[int]()
    for _, _, i, j, like in sorted(found, key=lambda each: each[:4]):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            out.append(Pair(i, j, like))
    return tuple(sorted(out, key=lambda pair: (pair.a, pair.b)))


def _score(sides: _Sides) -> Verdict:
    reasons = [pair.like.reason for pair in sides.pairs if pair.like.reason]
    explained = doubt = 0.0
    for pair in sides.pairs:
        weight = min(sides.a[pair.a].weight, sides.b[pair.b].weight)
        explained += weight * pair.like.score
        doubt += weight * (1 - pair.like.score)
    loose_a, loose_b = sides.loose()
    weight_a, weight_b = (sum(token.weight for _, token in loose) for loose in (loose_a, loose_b))
    both = min(weight_a, weight_b)
    extra = _extra(sides, loose_a, loose_b)
    score = explained / (explained + CONFLICT * both + extra + DOUBT * doubt) if explained else 0.0
    for cap, reason in _caps(sides, loose_a, loose_b):
        if score > cap:
            score = cap
            reasons.append(reason)
    for loose in (loose_a, loose_b):
        told = " ".join(token.word.text for _, token in loose)
        if told:
            reasons.append(f"{'unlike' if both else 'only on one side'}: {told}")
    left_over = [token for loose in (loose_a, loose_b) for _, token in loose]
    apart = score <= UNSURE and min(len(sides.a), len(sides.b)) > 1 and min(weight_a, weight_b) > LITTLE
    return Verdict(round(score, 3), tuple(reasons), firm=not apart and _is_firm(sides, left_over), apart=apart)


def _is_firm(sides: _Sides, loose: list[Token]) -> bool:
    """Whether at least two full words are explained, all as spellings, and nothing is left but patronymics."""
    if sides.left.generation != sides.right.generation or any(token.role in ("name", "initial") for token in loose):
        return False
    pairs = [pair for pair in sides.pairs if sides.a[pair.a].role != "particle"]
    full = [pair for pair in pairs if _full(sides.a[pair.a]) and _full(sides.b[pair.b])]
    three = len(full) > 2 and any(sides.a[pair.a].role == "patronymic" for pair in full)
    return len(full) == len(pairs) >= 2 and all(pair.like.score >= (FIRM_OF_THREE if three else FIRM) for pair in full)


def _extra(sides: _Sides, loose_a: list[tuple[int, Token]], loose_b: list[tuple[int, Token]]) -> float:
    weights = []
    for loose, tokens in ((loose_a, sides.a), (loose_b, sides.b)):
        prices = 0.0
        for i, token in loose:
            last = i == len(tokens) - 1 and token.role == "name"
            prices += token.weight * (EXTRA_LAST if last else EXTRA)
        weights.append(prices)
    return abs(weights[0] - weights[1])


def _caps(sides: _Sides, loose_a: list[tuple[int, Token]], loose_b: list[tuple[int, Token]]) -> list[tuple[float, str]]:
    out = []
    if sides.left.generation and sides.right.generation and sides.left.generation != sides.right.generation:
        out.append((TWO_PEOPLE, "two generations of one name"))
    full = [pair for pair in sides.pairs if _full(sides.a[pair.a]) and _full(sides.b[pair.b])]
    names = [sum(1 for token in tokens if token.role != "particle") for tokens in (sides.a, sides.b)]
    if len(full) + 0.5 * _initials(sides) < 1.5 and max(names) > 1:
        out.append((ONE_WORD, "only one word in common"))
    told = [[token for _, token in loose if token.role != "particle"] for loose in (loose_a, loose_b)]
    if all(told) and any(token.role != "particle" for loose in told for token in loose):
        firm = all(any(token.role in ("name", "patronymic") for token in loose) for loose in told)
        out.append((UNSURE if firm else TWO_PEOPLE, "each side has a word that the other lacks"))
    if _turned(sides) and (loose_a or loose_b):
        out.append((UNSURE, "other order and other words"))
    if _middle_initials_differ(sides):
        out.append((TWO_PEOPLE, "other middle initials"))
    return out


def _full(token: Token) -> bool:
    return token.role in ("name", "patronymic")


def _initials(sides: _Sides) -> int:
    return sum(1 for pair in sides.pairs if "initial" in (sides.a[pair.a].role, sides.b[pair.b].role))


def _turned(sides: _Sides) -> bool:
    """Whether the shared words are all given names and stand in another order: Ali Hussein, Hussein Ali Khan."""
    order = [pair.b for pair in sides.pairs if _full(sides.a[pair.a]) and _full(sides.b[pair.b])]
    if order == sorted(order) or sides.left.reversed != sides.right.reversed:
        return False
    if any(not is_given(sides.a[pair.a].word.text) for pair in sides.pairs):
        return False
    return any(
        i == len(tokens) - 1 and token.role == "name"
        for loose, tokens in zip(sides.loose(), (sides.a, sides.b), strict=True)
        for i, token in loose
    )


def _middle_initials_differ(sides: _Sides) -> bool:
    """George W. Bush, George H. W. Bush: both give middle initials, and not the same number of them."""
    counts = [
        sum(1 for i, token in enumerate(tokens) if i and token.role == "initial") for tokens in (sides.a, sides.b)
    ]
    return min(counts) > 0 and counts[0] != counts[1] and max(map(len, (sides.a, sides.b))) > 3
