"""Across documents: claims and statements, actors, commitments.

Every stage is a keyed derivation (block key → members → rows). A row depends on its block alone, so adding pages one at
a time, in any order, gives what deriving everything at once gives.
"""

from tocsin.link.actors import ACTORS
from tocsin.link.acts import ACTS
from tocsin.link.alerts import Alert, Version, alerts
from tocsin.link.atoms import ATOMS, CONDITIONS, SITUATIONS
from tocsin.link.commitments import COMMITMENTS
from tocsin.link.dates import DATE_STAGES
from tocsin.link.decided import decided
from tocsin.link.derive import Derivation, LinkStage, Touched, derive, touch
from tocsin.link.evidence import EVIDENCE
from tocsin.link.histories import OUTCOMES
from tocsin.link.namings import NAMINGS
from tocsin.link.readings import READINGS_VERSION, case_rows, readings
from tocsin.link.sources import SOURCES
from tocsin.link.statements import STATEMENTS
from tocsin.link.tripwires import TRIPWIRES

DERIVATIONS: tuple[LinkStage, ...] = (
    NAMINGS,
    ACTORS,
    SOURCES,
    *DATE_STAGES,
    STATEMENTS,
    CONDITIONS,
    SITUATIONS,
    ATOMS,
    ACTS,
    COMMITMENTS,
    EVIDENCE,
    OUTCOMES,
    TRIPWIRES,
)
VERSION = "+".join((READINGS_VERSION, *(stage.version for stage in DERIVATIONS)))
"""A case derived by another version is derived anew when it is opened."""

__all__ = [
    "DERIVATIONS",
    "VERSION",
    "Alert",
    "Derivation",
    "LinkStage",
    "Touched",
    "Version",
    "alerts",
    "case_rows",
    "decided",
    "derive",
    "readings",
    "touch",
]
