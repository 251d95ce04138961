"""Forms of conditions in invented sentences: what a form must find, what it must leave, which act a condition holds.

`[span]` is marked in the text; of an act with its condition: action | operator: condition.
"""

import time

import pytest

from annotate.test_model_commitment_forms import page
from annotate.test_model_conditions import found, read, told
from tocsin.annotate.commitments import read_page
from tocsin.annotate.conditions import find

pytestmark = pytest.mark.model


def hung(text: str) -> list[str]:
    """Every candidate with a condition: action | operator: condition; …"""
    out = []
    for reading, _, _ in read_page(page(text)):
        action = " … ".join(text[a:b] for a, b in reading.pieces)
        words = reading.words
        conditions = [f"{c.operator}: {text[words[c.start].start : words[c.end - 1].end]}" for c in reading.conditions]
        if conditions:
            out.append(f"{action} | {'; '.join(conditions)}")
    return out


LEADING = [
    ("if", "If [they let the envoy go] he will be home by noon."),
    ("if", "If [the strike fails] the dockers will sail for Velta."),
    ("when", "Once [the port is shut] the owners of the mill, who live on its trade, will want money."),
    ("if", "Should [boats be seen at the pier] his crews are to row back."),
    ("until", "Until [you pay me] there will be no ship."),
    ("even_if", "Whatever [the council decides], the clinic will treat the sick."),
    ("if", "If [that fails] we'll march."),
    ("if", "If [even one guard of the Force sets foot on the pier], then the port will be closed."),
    ("if", "If [any of the ships is late], each side may leave."),
    ("if", "If, God forbid, [the dam breaks], we will leave."),
]
WHILE = [
    ("as_long_as", "The crews refuse to sail while [the ban lasts]."),
    ("as_long_as", "Orlova ruled out selling the mill while [the case is pending]."),
    ("as_long_as", "Velta would not raise the toll, Sokol said, while [the talks went on]."),
    ("as_long_as", "The bank may not, while [the loan lasts], pay its owners."),
    ("as_long_as", "Velta will not pay for the bridge, while [the court is in session]."),
    ("as_long_as", "While [the court sits] nobody can sell the mill."),
]
TIMES = [
    ("when", "Velta would close the port the hour [the first ship left the bay]."),
    ("when", "The day when [they called him] he would march."),
    ("when", "The mayor will resign the moment [somebody opens the gate]."),
    ("when", "Once [it had signed the pact], the grain would be shipped to Lodva."),
    ("when", "The firm can send a crew within ten hours of [a phone call]."),
    ("when", "The fund could pay within a day of [the vote]."),
    ("when", "Either state may leave the pact on [giving a year’s notice]."),
    ("when", "Arna will release the ship on [payment of the fine]."),
    ("when", "Arna is bound to show the books on [request]."),
    ("when", "The fund has to pay within ten days when [a bank fails]."),
    ("when", "They pledged to lift the curbs step by step as [the guards leave the pier]."),
    ("when", "After [the first order] our names will be made public."),
    ("when", "The firm may end the lease after [giving a month’s notice]."),
    ("when", "Velta was willing to pay once [the talks were under way]."),
    ("until", "They would stay in the square until [one was called]."),
    ("when", "Once [inside] they would obey the mayor."),
]
WHOEVER = [
    ("if", "Sokol said that persons who [hide arms] will be expelled."),
    ("if", "Workers at the mill who [joined the march] would be dismissed."),
    ("if", "Anyone [wanting grain] could have it."),
    ("if", "Anyone of them [found in the port after dark] would be treated as a spy."),
    ("if", "The guards might fire on anyone who [climbed the wall]."),
    ("if", "For [each boat hit], two of theirs will sink."),
    ("if", "The rebels will free one man for [every ship that leaves]."),
]
EVEN_IF = [
    ("even_if", "They promised not to touch the mill [whatever happens in the port]."),
    ("even_if", "Velta must keep the line open whatever [the state of the talks]."),
    ("even_if", "The mill will go on working, [strike or no strike]."),
    ("even_if", "They will keep one road free, [come what may]."),
    ("even_if", "She will accept the ruling, [whatever it is]."),
    ("even_if", "Velta must pay for the grain whether [it takes it or not]."),
]
ONLY = [
    ("only_if", "They may station guards in the port only by [common accord]."),
    ("only_if", "Velta may end the lease only for [gross neglect]."),
    ("only_if", "They can leave the fort, and then only with [a nod from the mayor]."),
    ("only_if", "The pact can be renewed by [mutual consent]."),
    ("only_if", "The fund may pay by June, subject to [the approval of the board]."),
    ("unless", "Velta will tell the council, except where [lives are in danger]."),
    ("if", "The bank will lend against [good collateral]."),
    ("if", "Nurses may be out after dark with [a letter from the clinic]."),
    ("if", "Arna would open the pier on the sole condition that [the guards leave]."),
    ("unless", "No one may enter the fort except on [a stretcher].".replace("on [a", "[on a")),
    ("unless", "They would not leave the hall save [to make way for a council]."),
    ("until", "Neither side may cut the flow, before [the court has ruled]."),
    ("if", "They will hold a fair every year, [weather permitting]."),
    ("only_if", "Neither side will sell the mill without [telling the other]."),
]
INVERTED = [
    ("if", "He would weigh an offer, were [one to arrive]."),
    ("if", "Velta would sign were [the ban lifted]."),
    ("if", "Were [it counted again], she would accept it."),
    ("if", "Arna will pay, should [there be need for it]."),
    ("if", "In [such a case] I would go to the mayor."),
    ("if", "Velta would ask for help in [that event]."),
    ("if", "In [emergencies] the mayor can be reached."),
    ("if", "But he told them, and they heard it, that should [one come] he’ll read it out."),
    ("if", "In return for [the lease] Velta would hand over the mill."),
]


@pytest.mark.parametrize(
    ("operator", "marked"), [*LEADING, *WHILE, *TIMES, *WHOEVER, *EVEN_IF, *ONLY, *INVERTED], ids=lambda one: one[:60]
)
def test_form(operator: str, marked: str) -> None:
    text, spans = read(marked)
    assert (operator, spans[0]) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        # a leading condition that goes on
        "If the deal the council will see is signed, we march.",
        "If he says they will come, we march.",
        "If it means the guards will go, we march.",
    ],
)
def test_what_a_condition_tells_or_holds_is_no_main_clause(text: str) -> None:
    ((_, span),) = found(text)
    assert span == text[3 : text.index(",")]


@pytest.mark.parametrize(
    "text",
    [
        "Arna will not sign, while Velta is ready to.",
        "While the crowd is in the square, Arna will talk.",
        "Arna did not reply, while its envoy left.",
        "The port opened the day he left.",
        "The second vote takes place in June.",
        "By the day the ship came the port was shut.",
        "He was a boy when the ship came.",
        "He stood within two miles of a fort.",
        "The envoy came within a week of Friday.",
        "She insisted on giving notice.",
        "They will report on delivery of grain.",
        "The council will vote on payment of the fine.",
        "The workers who joined the march will be paid.",
        "Voters who backed him will be disappointed.",
        "Officials who are close to the talks will be there.",
        "She will vote for anyone who wants peace.",
        "He will give the army whatever it needs.",
        "He will do whatever happens to suit him.",
        "I promise nothing today, whatever my partner told you.",
        "They will tax sugar, cheese and whatever else is on the table.",
        "He asked the council whether it would pay or not.",
        "We will win only with hard work.",
        "He can only win by two points.",
        "He may be removed only by a court.",
        "The guards may serve only for two terms.",
        "Arna will fight against a strong army.",
        "He will come with a letter.",
        "Nobody came except on Sundays.",
        "He will not go to Velta four days before the deadline passes.",
        "The winners were the men chosen in June.",
        "He would name the firms that were the first fined.",
        "The ministers were the ones to sign.",
        "In that case the court ruled for Velta.",
        "In this case he will lose.",
        "They were touching upon questions of the pact.",
        "There are things without which we stay.",
        "He will go at dusk, whichever is earlier.",
        "Sokol said after the vote that banks would open.",
        "He would use force only in an emergency ward.".replace("only ", ""),
        "He will stay until June.",
        "Velta paid after giving notice.",
    ],
)
def test_no_form(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Once the port is shut the owners of the mill, who like a mayor that would tax it, will want money.",
            ["will want money | when: the port is shut"],
        ),
        (
            "They will come at once, in the event of a call, and our friends should wait.",
            ["will come at once | if: a call"],
        ),
        (
            "He would send guards into the hall, where the council has been sitting for days, if they did not leave.",
            ["would send guards into the hall | if: they did not leave"],
        ),
        (
            "In return for the lease Velta would hand over the mill.",
            ["would hand over the mill | if: the lease"],
        ),
        (
            "Orlova signs nothing without the consent of the council.",
            ["signs nothing | only_if: the consent of the council"],
        ),
        (
            "Velta will not pay unless the guards leave, and Sokol has said so.",
            ["will not pay | unless: the guards leave"],
        ),
        (
            "If he wins the vote, Sokol has said he would cut the tax, vowing to stay.",
            ["would cut the tax | if: he wins the vote"],
        ),
        ("They will wait, because if he speaks they will burn it.", ["will burn it | if: he speaks"]),
        ("In emergencies Lena Holt can be reached at home.", ["Lena Holt can be reached at home | if: emergencies"]),
        (
            "Velta would keep to the pact, should a call be received and should there be ground for it.",
            ["would keep to the pact | if: a call be received; if: there be ground for it"],
        ),
        (
            "If held in the dark they “shall be ended”, the law says, after two warnings have been given.",
            ["they “shall be ended | if: held in the dark; when: two warnings have been given"],
        ),
        ("The bank will lend against good collateral and at a low price.", ["will lend | if: good collateral"]),
        (
            "Where the port has been closed by the council, the mayor undertakes to pay.",
            ["pay | if: the port has been closed by the council"],
        ),
        ("Velta may act where a ship is attacked.", ["may act | if: a ship is attacked"]),
        ("Velta may go to the town where the court is held.", []),
        ("And if they refuse? We will close the port.", ["will close the port | if: they refuse"]),
        ("What happens if they refuse? We will close the port.", ["will close the port | if: they refuse"]),
        (
            "“I will not stand in the vote. Not if they beg,” she said.",
            ["will not stand in the vote | even_if: they beg"],
        ),
        ("Arna will leave. Not if the port is shut for good, and what remains?", []),
    ],
)
def test_which_act_a_condition_holds(text: str, expected: list[str]) -> None:
    assert hung(text) == expected


@pytest.mark.parametrize(
    "piece",
    [
        "if they let him go he will say",
        "while the talks go on nobody",
        "within ten days of a vote",
        "persons who hide arms will be shot",
        "only by common accord whatever",
        "were one to",
        "if, by",
    ],
)
def test_a_line_of_forms_takes_linear_time(piece: str) -> None:
    words = told(f"{piece}.")[:-1] * 6_000
    began = time.process_time()
    find(words)
    assert time.process_time() - began < 8
