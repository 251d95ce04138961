"""Whether two names can be one actor's: people, bodies, states. Pure and light: no model, no page, no case.

`compare(a, b)` gives a score and its reasons. Everything depends on the two names and on the tables of this room.
"""

from tocsin.names.compare import NAME_KINDS, SAME, Comparison, NameKind, compare

__all__ = ["NAME_KINDS", "SAME", "Comparison", "NameKind", "compare"]
