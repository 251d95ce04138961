"""What each coded value means, in one sentence: the codebook prints these, and nobody else words them.

Invariant: every value that there is has a meaning (a test compares with the types).
"""

from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "promise": "the holder gave their word to act (or, with will_not, not to)",
        "threat": "the holder said that they would do something to another's harm",
        "offer": "the holder would do something for another, free or at a price",
        "ultimatum": "a demand with a consequence if it is not met",
        "refusal": "the holder said no to something asked or expected of them",
        "obligation": "a treaty, law, agreement or office demands it of the holder",
        "readiness": "the holder is prepared to act and has not said that they will",
        "power": "a treaty, law, agreement or office lets the holder act",
        "assessed": "another's view of what the holder would do",
    }
)
POLARITIES: Mapping[str, str] = MappingProxyType(
    {"will": "the act would be done", "will_not": "the act would be refused, withheld or held back"}
)
OPERATORS: Mapping[str, str] = MappingProxyType(
    {
        "if": "enough for the act: if, in case of, in the event of, should",
        "unless": "ends or prevents the act: unless, barring",
        "only_if": "needed for the act, not enough for it: only if, not without, requires",
        "as_long_as": "the act lasts while it lasts: as long as, while",
        "until": "the act lasts up to it: until",
        "when": "enough for the act, and expected to come: when, once, after, at the first request",
        "even_if": "named as not mattering: even if, regardless of",
    }
)
STATES: Mapping[str, str] = MappingProxyType(
    {
        "unreported": "no page that counts says that it came about or did not; not the same as denied",
        "alleged": "somebody says that it came about, and nobody whose word counts denies it",
        "denied": "somebody says that it did not come about, and nobody whose word counts says that it did",
        "contested": "some say that it came about and others that it did not",
        "confirmed": "a person decided that it came about",
        "ruled_out": "a person decided that it did not",
    }
)
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "bound to act": "by these terms the act is due",
        "free to act": "by these terms nothing bars the act and nothing demands it",
        "bound not to act": "by these terms the act is barred",
        "nothing said": "these terms do not speak of how things stand now",
        "contested": "it hangs on a situation that is contested",
    }
)
STEPS: Mapping[str, str] = MappingProxyType(
    {
        "stated": "first told",
        "acknowledged": "said by the holder after others had told it",
        "reiterated": "said again by the holder, unchanged",
        "hardened": "a condition dropped or widened, a hedge dropped, a means added",
        "softened": "a condition added or narrowed, a hedge added, a means dropped",
        "extended": "held on to beyond its time, or widened to others",
        "reversed": "turned into its opposite",
        "acted_on": "reported as done",
        "lapsed": "its time ran out",
        "withdrawn": "taken back by the holder",
    }
)
"""Steps of a commitment's history."""
