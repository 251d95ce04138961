"""Makes src/tocsin/annotate/data/tags.json again: the costs of the tagger in src/tocsin/annotate/words.py.

usage: .venv/bin/python training/attributions/tags.py [--polnear ../shared/polnear] [--out FILE]

Counted on PolNeAR train and the tags that CoreNLP gave it (train_syntax: silver, not gold): how often a word in lower
case bore a tag, how often one tag followed another, and which tags the endings of rare words bore. A cost is -100 log2
of a share. Tags that the program treats alike are counted as one (FOLDED). Words that are names only by their capital
are left out, and so are whole headlines in capitals: there a capital tells nothing.

Only counts leave this script: single lower-case words seen twice or more, never a piece of text. The same input gives
the same bytes. Takes two seconds; run training/attributions/cues.py after it, whose counts rest on these tags.
"""

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from articles import DATA, SHARED, records, write_whole

FOLDED = {
    "NNPS": "NNP", "JJR": "JJ", "JJS": "JJ", "RBR": "RB", "RBS": "RB", "PDT": "DT", "WP$": "WDT",
    "FW": "NN", "LS": "CD", "SYM": ":", "#": "$", "UH": "RB",
}  # fmt: skip
TITLE = 0.6
"""A sentence whose words begin with a capital in a larger share is a headline; its words are not counted."""
SHARE = 0.04
"""A tag that fewer of a word's cases bear is an error of the silver tags more often than a reading of the word."""
RARE = 8
"""Words seen so often or less stand for the words that were never seen: their endings are counted."""
ENDINGS = (2, 3, 4)
ENDING_SHARE, ENDING_TAGS = 0.03, 5
BEFORE, PULL = 10, 10
"""Tags after a tag are smoothed: `BEFORE` imagined cases more in all, of which `PULL` follow the tags' own rates."""

Counts = defaultdict[str, Counter[str]]


def sentences(folder: Path) -> Iterator[tuple[list[tuple[str, str]], bool]]:
    """Every sentence of PolNeAR train: its words with their tags, and whether it is a headline."""
    texts = {record["id"]: record["text"] for record in records(folder / "train.jsonl.gz")}
    for record in records(folder / "train_syntax.jsonl.gz"):
        text = texts.get(record["id"])
        if text is None:
            continue
        for sentence in record["sents"]:
            words = [(text[start:end], FOLDED.get(tag, tag)) for start, end, tag, *_ in sentence]
            letters = sum(word[0].isalpha() for word, _ in words)
            capitals = sum(word[0].isupper() for word, _ in words)
            yield words, bool(letters) and capitals / letters > TITLE


def _counted(word: str, tag: str, *, head: bool) -> bool:
    """Whether the word's tag says something about the word in lower case."""
    if tag == "NNP" and (head or word[0].isupper() or not word[0].isalpha()):
        return False
    return word[0].isalpha() or word[0] in "'’" or word == "n't"


def count(folder: Path) -> tuple[Counts, Counts]:
    """How often each word bore each tag, and how often each tag ("^" at a sentence's head) was followed by each."""
    words: Counts = defaultdict(Counter)
    after: Counts = defaultdict(Counter)
    for sentence, headline in sentences(folder):
        before = "^"
        for place, (word, tag) in enumerate(sentence):
            after[before][tag] += 1
            before = tag
            if not headline and _counted(word, tag, head=place == 0):
                words[word.lower().replace("’", "'")][tag] += 1
    return words, after


def cost(share: float) -> int:
    return round(-100 * math.log2(share))


def word_costs(words: Counts) -> dict[str, str]:
    """Words with the same costs stand together: "TAG:COST TAG:COST" leads to them, parted by spaces."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word, tags in sorted(words.items()):
        seen = sum(tags.values())
        kept = {tag: n for tag, n in tags.items() if n / seen >= SHARE and (n >= 2 or seen < 6)} or tags
        kept = {tag: n for tag, n in kept.items() if tag[0].isalpha()}
        if seen >= 2 and kept:
            ordered = sorted(kept.items(), key=lambda entry: (-entry[1], entry[0]))
            groups[" ".join(f"{tag}:{cost(n / seen) // 20 * 20}" for tag, n in ordered)].append(word)
    return {key: " ".join(group) for key, group in sorted(groups.items())}


def ending_costs(words: Counts) -> dict[str, dict[str, int]]:
    """For each ending of rare words (and "" for all of them) the costs of its commonest tags; a word counts once."""
    endings: Counts = defaultdict(Counter)
    for word, tags in words.items():
        if sum(tags.values()) > RARE or not word.isalpha():
            continue
        for length in (0, *(n for n in ENDINGS if len(word) > n + 1)):
            endings[word[len(word) - length :]].update(tags.keys())
    out = {}
    for ending, tags in sorted(endings.items()):
        seen = sum(tags.values())
        if seen >= RARE or not ending:
            common = tags.most_common(ENDING_TAGS)
            out[ending] = {tag: cost(n / seen) // 10 * 10 for tag, n in common if n / seen >= ENDING_SHARE}
    return out


def after_costs(after: Counts) -> dict[str, dict[str, int]]:
    """The cost of a tag after another over that of the tag anywhere: with p(tag | word) for a word's own cost the sum
    then ranks sequences as a hidden Markov model does."""
    total: Counter[str] = sum(after.values(), Counter())
    rate = {tag: n / total.total() for tag, n in sorted(total.items())}
    return {
        before: {tag: cost((tags[tag] + PULL * share) / (tags.total() + BEFORE) / share) for tag, share in rate.items()}
        for before, tags in sorted(after.items())
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    ap.add_argument("--polnear", type=Path, default=SHARED / "polnear")
    ap.add_argument("--out", type=Path, default=DATA / "tags.json")
    a = ap.parse_args()
    words, after = count(a.polnear)
    listed, endings = word_costs(words), ending_costs(words)
    table = {
        "about": "Costs (-100 log2) of tags, counted on PolNeAR train (CoreNLP's tags, silver); made by "
        "training/attributions/tags.py. words: p(tag|word), rounded; endings: of words seen 8 times or less; after: "
        "p(tag|tag before) over p(tag).",
        "after": after_costs(after),
        "endings": endings,
        "words": listed,
    }
    write_whole(a.out, json.dumps(table, ensure_ascii=False, separators=(",", ":")))
    size = sum(group.count(" ") + 1 for group in listed.values())
    print(f"{len(words)} words seen, {size} listed, {len(endings)} endings")


if __name__ == "__main__":
    main()
