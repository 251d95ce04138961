"""Conditions in invented sentences: `(marker)` and `[span]` are marked in the text."""

import time

import pytest

from tocsin.annotate.commitment_words import Token, tokens
from tocsin.annotate.conditions import expression, find, joined
from tocsin.annotate.sentences import SENTENCES
from tocsin.annotate.words import words_of
from tocsin.core.commitments import And, Atom, Expr, Not, Or
from tocsin.core.document import Capture, Document, Line

pytestmark = pytest.mark.model

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def told(text: str) -> list[Token]:
    """The words of a line."""
    doc = Document.of(text, CAPTURE, (Line(0, len(text), "body"),))
    return [word for words in words_of(doc.with_layer(SENTENCES(doc))) for word in tokens(words)]


def read(marked: str) -> tuple[str, list[str]]:
    """The text without its marks, and what stands in [brackets]."""
    text, spans, opened = "", [], 0
    for char in marked:
        if char == "[":
            opened = len(text)
        elif char == "]":
            spans.append(text[opened:])
        else:
            text += char
    return text, spans


def found(text: str) -> list[tuple[str, str]]:
    words = told(text)
    return [(c.operator, text[words[c.start].start : words[c.end - 1].end]) for c in find(words)]


@pytest.mark.parametrize(
    ("operators", "marked"),
    [
        ("if", "We will help if [the border is crossed]."),
        ("if", "If [the border is crossed], we will help."),
        ("unless", "It will fail unless [Orlova and Sokol step up their work]."),
        ("when", "Help will grow once [she returns to the senate], and aides say it will last."),
        ("if", "If [elected] I will reopen the port."),
        ("if", "Troops will come, if [needed]."),
        ("unless", "The bridge will stay shut unless [Velta pays]."),
        ("until", "Arna will not withdraw until [after the vote]."),
        ("when", "She will publish the accounts at [the completion of an audit]."),
        ("if", "He offered to come upon the condition that [Arna pay five million]."),
        ("even_if", "Arna will keep its troops there even after [he steps down]."),
        ("if", "For [every hostage freed], Velta will release ten prisoners."),
        ("if", "Velta will release ten prisoners for [every hostage freed]."),
        ("when", "Velta will lift the limits upon [completion of the audit]."),
        ("when", "Lind will be named after [the resignation of the chief]."),
        ("if", "Lind warned that [all who crossed the line] would be shot."),
        ("if", "Were [someone from Arna to attack], we would strike."),
        ("until", "Lind told them he'd wait until [a leader had been elected]."),
        ("unless until", "He will not yield unless or until [it suits the party]."),
        ("as_long_as", "The reserve will not move as long as [the streets do not burn]."),
        ("only_if", "It could send ships, but only if [Velta asks]."),
        ("even_if", "She will run even if [the court objects]."),
        ("even_if", "Flights will resume regardless of [the weather]."),
        ("when", "The fleet will sail once [the ice is gone]."),
        ("when", "Help will come at [our very first request]."),
        ("when", "Arna would send boats at [Velta’s “first call”]."),
        ("if", "Arna is ready to act in the event of [foreign aggression]."),
        ("if", "In case of [attack], help will be given."),
        ("if", "Arna pledged to act in response to [foreign meddling]."),
        ("if", "Should [Velta ask], Arna will come."),
        ("if", "Were [Velta to ask], Arna would come."),
        ("if", "They will lift the ban provided that [the prisoners are freed]."),
        ("if", "They will lift the ban in exchange for [grain]."),
        ("unless", "Barring [a storm], the envoy will sail."),
        ("only_if", "No minister could sign without [the council’s approval]."),
        ("if", "Karavia’s army will enter Zembla should [its consulate come under attack], Sokol said."),
        ("if", "Either side may leave the pact should [the other fail to pay]."),
        ("if", "The envoy could resign if [talks fail]"),
        ("if", "Karavia would face sanctions if [any harm came to the crew], Sokol warned."),
        ("unless", "The union will lift the ban unless [civilian authority is in place within 15 days]."),
        ("if", "The port will close if [armed groups attack]."),
        ("only_if", "Arna is ready to talk only after [the shelling stops]."),
        ("only_if", "The bank can freeze accounts only with [the approval of parliament]."),
        ("only_if", "The envoy may sail only after [consulting the speaker]."),
        (
            "only_if",
            "The rebels will leave only if [the army does], Omar Haddad, political adviser to the chief, said.",
        ),
        ("if", "Arna will leave if [Velta, Lodva and Arland (the E3) attack it]."),
        ("even_if", "Whatever [the union decides], Arna will build the dam."),
        ("if", "[Any attack on our soldiers] will be met with force."),
        ("if", "Sokol said if [the strike goes on], he’ll close the port."),
        ("if", "Orlova said if [she were president], the two programmes would be merged."),
        ("if", "If [elected mayor] I will reopen the port."),
        ("when", "The firm will return after [the case is resolved]."),
        ("when", "Sokol said he would sign the pact once [he was in the capital]."),
        ("until", "No ship will sail until [you can show the papers]."),
        ("if", "The island will be defended if [Velta attacks]."),
        ("if", "Should [Velta attack], Arna will close the strait."),  # the tagger takes "attack" for a noun
        ("if", "Should [the rebels advance on the capital], troops from Arna could cross the border."),
        ("if", "[Any further provocation by Velta] would bring a swift answer."),
        ("if", "[Any move to take the reef, a rock in the strait], would be answered."),
        ("if", "[Any ship that enters the strait or leaves the port] will be seized."),
        ("if", "They promised a law if [elected] to force firms to pay."),
        ("if", "Arna will leave the pact if [asked to pay]."),
        ("even_if", "Whether [we win or lose], we will keep the port shut."),
        ("even_if", "Arna will keep to the treaty, [whoever wins the vote]."),
        ("even_if", "Arna will act whether or not [Velta agrees]."),
        ("even_if", "Arna will not yield under [any circumstances]."),
        ("unless", "Arna will close the port absent [an agreement on grain]."),
        ("only_if", "The lease will be subject to [the board’s approval]."),
    ],
)
def test_one_condition(operators: str, marked: str) -> None:
    text, spans = read(marked)
    assert found(text) == [(operator, spans[0]) for operator in operators.split()]


@pytest.mark.parametrize(
    "text",
    [
        "He asked if the port would open.",
        "Nobody knows if she will run.",
        "She can win without stumbling.",
        "An aide said on condition of anonymity that the port will close.",
        "At a time when banks fail, he will speak.",
        "When he was asked, he laughed.",
        "While the crowd sang, the police left.",
        "It was as if nothing would change.",
        "He was asked on Monday, after seven days of marches.",
        "The port will stay shut until June.",
        "He said Orlova should go.",
        "What should the council do now?",
        "He asked what should the council do.",
        "Few, if any, ships will sail.",
        "They blamed any attack on the rebels.",
        "Orlova said if she won.",
        "The union will be firm when it comes to tariffs.",
        "Sokol won the north, providing him a lead in delegates who will choose the chair.",
        "Absent Sokol skips the debate.",
        "The envoy will fine ships failing to stop.",
        "Others would move, if less directly, toward a ban.",
        "They live in fear, are subject to that, and will leave.",
        "They were able to kill many.",
        "Arna has a question as to whether or not both sides will make peace.",
        "Sokol asked whether Arna would pay or leave.",
        "Whether Arna will pay or not is unclear.",
        "When superdelegates are counted, her lead will grow.".replace("superdelegates are counted", "delegates — all"),
        "Velta will go after firms that ship jobs abroad.",
        "She promised to publish a report as soon as possible.",
        "The inquiry will tell what came before, during and after the attacks.",
        "He could have an influence upon the direction of the party.",
        "He praised those who left but said the fund will pay.",
        "Velta will strike Arna after the attack that killed ten people on Monday.",
        "We will work for every vote, Lind said.",
        "We will fight for every worker who feels forgotten.",
        "The rows, the third in a month, were factors in his decision to run.",
    ],
)
def test_no_condition_that_hangs_an_act(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("piece", ["upon the stone", "not until after peace", "after the men who saw the old town"])
def test_a_line_of_markers_takes_linear_time(piece: str) -> None:
    words = told(f"{piece}.")[:-1] * 6_000
    began = time.process_time()
    find(words)
    assert time.process_time() - began < 8


def test_a_footnote_is_no_part_of_a_condition() -> None:
    assert found("Arna will leave the pact if Velta tests rockets [3].") == [("if", "Velta tests rockets")]


def test_joined_by_and_are_two_entries() -> None:
    text = "If Velta asks and Arna agrees, troops will come."
    assert found(text) == [("if", "Velta asks"), ("if", "Arna agrees")]


def test_a_condition_within_only_if_is_one_itself() -> None:
    text = "Arna could act, but only if Velta requests it in the event of “external aggression”."
    assert found(text) == [("only_if", "Velta requests it"), ("only_if", "“external aggression”")]


def test_a_main_clause_without_a_comma_is_no_part_of_the_condition() -> None:
    assert found("If he wins she will resign.") == [("if", "he wins")]


def shown(text: str, expr: Expr) -> str:
    if isinstance(expr, Atom):
        return " … ".join(text[span.start : span.end] for span in expr.spans)
    if isinstance(expr, Not):
        return f"not({shown(text, expr.arg)})"
    mark = " & " if isinstance(expr, And) else " | "
    return "(" + mark.join(shown(text, arg) for arg in expr.args) + ")"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the border is crossed", "the border is crossed"),
        ("the situation does not get out of hand", "not(the situation … get out of hand)"),
        ("they burn cars, houses and banks", "(they burn cars | burn … houses | burn … banks)"),
        ("they do not burn cars, houses or banks", "not((they … burn cars | burn … houses | burn … banks))"),
        (
            "the hired men, under a flag of truce, loot shops, burn cars and take the bridge",
            "(loot shops | burn cars | take the bridge)",
        ),
        (
            "the support of the other three, Arna, Velta and Orta",
            "the support of the other three, Arna, Velta and Orta",
        ),
    ],
)
def test_expression(text: str, expected: str) -> None:
    assert shown(text, expression("d", told(text))) == expected


def test_trigger_joins_by_how_the_conditions_are_joined() -> None:
    text = "one two"
    one, two = (expression("d", [word for word in told(text) if a <= word.start < b]) for a, b in ((0, 3), (4, 7)))
    assert joined([]) is None
    assert joined([("", one)]) == one
    assert joined([("", one), ("and", two)]) == And((one, two))
    assert joined([("", one), ("or", two)]) == Or((one, two))
    assert joined([("", one), ("", one)]) == one  # "unless or until": two operators on one situation
