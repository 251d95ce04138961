"""The label sets of the reading model and the graph's order of them. They travel in the manifest."""

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("source", "cue", "content")
KINDS = ("person", "organisation", "place", "other")
NAMES = ("O", *(f"{edge}-{kind}" for kind in KINDS for edge in "BI"))
POS = (
    *("NN", "IN", "NNP", "DT", "JJ", "NNS", ",", ".", "VBD", "RB", "PRP", "VB", "CC", "VBZ", "TO", "VBG", "VBN", "VBP"),
    *("''", "CD", "PRP$", "``", "MD", "POS", ":", "WP", "WDT", "NNPS", "WRB", "RP", "JJR", "JJS", "RBR", "-RRB-"),
    *("-LRB-", "EX", "$", "RBS", "PDT", "UH", "WP$", "FW", "LS", "SYM", "#"),
)
RELATIONS = (
    *("punct", "case", "nmod", "nsubj", "det", "compound", "amod", "dobj", "root", "advmod", "mark", "aux", "cc"),
    *("conj", "nmod:poss", "ccomp", "xcomp", "advcl", "cop", "dep", "acl:relcl", "nummod", "acl", "neg", "appos"),
    *("auxpass", "nsubjpass", "nmod:tmod", "compound:prt", "parataxis", "mwe", "expl", "nmod:npmod", "csubj", "iobj"),
    *("det:predet", "cc:preconj", "discourse", "csubjpass"),
)
IGNORED = -100
"""The label of a word that a loss does not count."""


def tag_of(role: str, *, begins: bool) -> int:
    return TAGS.index(f"{'B' if begins else 'I'}-{role}")
