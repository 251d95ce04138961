"""How kinds and operators are read aloud: one wording for the board, the brief and every other face."""

from collections.abc import Mapping
from types import MappingProxyType

KIND_PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "promise": "A promise by",
        "threat": "A threat by",
        "offer": "An offer by",
        "ultimatum": "An ultimatum by",
        "refusal": "A refusal by",
        "obligation": "An obligation of",
        "readiness": "Stated readiness of",
        "power": "A power of",
        "assessed": "Expected of",
    }
)
"""What stands before the holder, so that holder and act read aloud as one line whatever the act's grammar is."""
KIND_NOUNS: Mapping[str, str] = MappingProxyType({**{kind: kind for kind in KIND_PHRASES}, "assessed": "expected"})
"""A kind on a line of its own under its holder."""
OPERATOR_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "if": "if",
        "unless": "unless",
        "only_if": "only if",
        "as_long_as": "as long as",
        "until": "until",
        "when": "when",
        "even_if": "even if",
    }
)
"""What stands before a condition's words."""
ALERT_PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "new_commitment": "new commitment",
        "condition_added": "condition added",
        "condition_dropped": "condition dropped",
        "condition_tightened": "condition tightened",
        "condition_loosened": "condition loosened",
        "acknowledged": "first acknowledged by the holder",
        "reversal": "reversal",
        "page_edited": "page edited after it was used",
        "page_withdrawn": "page withdrawn after it was used",
    }
)
"""What an alert of each kind is called."""
ALERT_KINDS: tuple[str, ...] = tuple(ALERT_PHRASES)
