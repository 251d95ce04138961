"""Commitments and conditions, as `gold/COMMITMENTS.md` defines them: who would do what, on which condition."""

from dataclasses import dataclass
from typing import Literal, get_args

from tocsin.core.annotations import ranges
from tocsin.core.ids import short_id
from tocsin.core.spans import Spans

Kind = Literal["promise", "threat", "offer", "ultimatum", "refusal", "obligation", "readiness", "power", "assessed"]
Operator = Literal["if", "unless", "only_if", "as_long_as", "until", "when", "even_if"]
Polarity = Literal["will", "will_not"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OPERATORS: tuple[Operator, ...] = get_args(Operator)
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)


@dataclass(frozen=True, slots=True)
class Atom:
    """A situation that may come about, in the page's words."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Not:
    """The situation does not come about."""

    arg: "Expr"


@dataclass(frozen=True, slots=True)
class And:
    """All of them come about."""

    args: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them comes about."""

    args: tuple["Expr", ...]


Expr = Atom | Not | And | Or


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause or phrase that an act hangs on, with its marker left out of `spans`; `marker` is the marker's own."""

    operator: Operator
    spans: Spans
    expr: Expr
    marker: Spans = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a page says an actor will, would, must, may or will not do: one telling.

    `holder` is the mention nearest the action (empty where the page names none), `holder_name` who that is as far as
    the page gives it. `action` runs from the verb to the end of its complements, without the condition. `trigger`
    joins the conditions' expressions, None where no condition is stated. `told_in` is the id of the innermost
    attribution whose content holds the action, None in the page's own voice; `said_by` its speaker. `confidence` is
    0 to 1.
    """

    holder: Spans
    action: Spans
    polarity: Polarity
    kind: Kind
    target: Spans = ()
    trigger: Expr | None = None
    conditions: tuple[Condition, ...] = ()
    instrument: Spans = ()
    deadline: Spans = ()
    hedges: Spans = ()
    holder_name: str | None = None
    said_by: str | None = None
    told_in: str | None = None
    confidence: float = 1.0

    @property
    def id(self) -> str:
        """Hash of document, action and holder."""
        return short_id("c", [self.action[0].doc, ranges(self.action), ranges(self.holder)])
