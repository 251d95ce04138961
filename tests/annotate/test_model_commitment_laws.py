"""Acts without a modal, conditions told by whoever does what, and what stands beside an act, on invented pages."""

import time

import pytest

from tocsin.annotate.commitment_score import surroundings, tension
from tocsin.annotate.commitments import COMMITMENTS, read_page
from tocsin.annotate.mentions import MENTIONS
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.commitments import Commitment
from tocsin.core.document import Capture, Document, Line
from tocsin.core.layers import Layer

pytestmark = pytest.mark.model


def page(*lines: str) -> Document:
    text, at, out = "\n".join(lines), 0, []
    for line in lines:
        out.append(Line(at, at + len(line), "body"))
        at += len(line) + 1
    doc = Document.of(text, Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain"), tuple(out))
    for stage in (SENTENCES, MENTIONS):
        doc = doc.with_layer(stage(doc))
    for name in ("times", "attributions", "reports"):
        doc = doc.with_layer(Layer(name, "none/1", ()))
    return doc


def candidates(text: str) -> list[tuple[str, str, list[str]]]:
    """(family, action, conditions) of every candidate."""
    out = []
    for reading, _, _ in read_page(page(text)):
        action = " … ".join(text[start:end] for start, end in reading.pieces)
        words = reading.words
        found = [f"{c.operator}: {text[words[c.start].start : words[c.end - 1].end]}" for c in reading.conditions]
        out.append((reading.candidate.family, action, found))
    return out


def only(text: str) -> Commitment:
    found: tuple[Commitment, ...] = COMMITMENTS(page(text)).annotations
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "family", "action", "condition"),
    [
        ("We shoot if they cross the river.", "present", "shoot", "if: they cross the river"),
        ("The garrison stays as long as the shelling continues.", "present", "stays",
         "as_long_as: the shelling continues"),
        ("Whoever crosses the river is arrested.", "present", "is arrested", "if: crosses the river"),
        ("The guards have orders to fire if the crowd climbs the fence.", "noun", "fire",
         "if: the crowd climbs the fence"),
        ("Any ship that enters the strait will be seized.", "passive", "will be seized",
         "if: Any ship that enters the strait"),
        ("Arna must lift the siege before Velta returns to the talks.", "present", "returns to the talks",
         "only_if: Arna must lift the siege"),
        ("If they want Velta to return to the pact, they must lift the ban.", "purpose", "return to the pact",
         "only_if: they must lift the ban"),
        ("Arna will hold its fire until the withdrawal of all tanks.", "modal", "will hold its fire",
         "until: the withdrawal of all tanks"),
        ("Arna will not talk as long as Velta and its allies keep up the siege.", "modal", "will not talk",
         "as_long_as: Velta and its allies keep up the siege"),
        ("Arna will send its fleet, the general said. But only if the talks fail.", "modal", "will send its fleet",
         "only_if: the talks fail"),
    ],
)  # fmt: skip
def test_a_candidate_with_its_condition(text: str, family: str, action: str, condition: str) -> None:
    assert (family, action, [condition]) in candidates(text)


def test_a_condition_that_leads_holds_for_both_acts_of_two_actors() -> None:
    found = candidates("If they lie, Arna will brand them thieves and Velta will accuse them of treason.")
    assert [(action, conditions) for _, action, conditions in found] == [
        ("will brand them thieves", ["if: they lie"]),
        ("will accuse them of treason", ["if: they lie"]),
    ]


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("No president can waive the sanctions without the senate’s approval.", ["only_if: the senate’s approval"]),
        ("The president can waive the sanctions without the senate’s approval.", []),
    ],
)
def test_who_can_act_without_it_needs_no_approval(text: str, conditions: list[str]) -> None:
    assert [found for _, _, found in candidates(text)] == [conditions]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Sokol said he would put his name to nothing as long as the siege lasts.", "will_not"),
        ("The ministry said on Monday that Arna will take no money from Velta.", "will_not"),
        ("The minister pledged to refrain from attacks on ships in the strait.", "will_not"),
        ("The minister said that Arna will stop sending arms to Velta.", "will_not"),
        ("The minister said that Arna will stop the ships.", "will"),
        ("The minister said that Arna will accept nothing less than a full withdrawal.", "will"),
        ("The minister said that Arna will send no more than 300 soldiers.", "will"),
    ],
)
def test_an_act_whose_own_words_take_it_back(text: str, polarity: str) -> None:
    assert only(text).polarity == polarity


def test_a_condition_behind_because_is_the_reasons_own() -> None:
    found = candidates("Arna will close the port because, if Velta attacks, it will have no fleet left.")
    assert [(action, conditions) for _, action, conditions in found] == [
        ("will close the port", []),
        ("will have no fleet left", ["if: Velta attacks"]),
    ]


def test_what_a_past_act_answered_is_no_condition_of_a_later_one() -> None:
    text = "In response to the ban, the envoy rallied his people, saying: “We are ready to stop them.”"
    assert candidates(text) == [("adjective", "stop them", [])]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The tycoon joined the race with words about migrants, calling them thieves and vowing to build a wall.",
         "The tycoon"),
        ("The treaty makes it easier for neighbours of Velta to strike Arna if the talks fail.", "neighbours of Velta"),
        ("Any action by Arna to close the strait would bring a swift answer.", ""),
    ],
)  # fmt: skip
def test_who_acts(text: str, holder: str) -> None:
    assert page(text).words(only(text).holder) == holder


@pytest.mark.parametrize(
    "text",
    [
        "If we heard him correctly, Arna will pay.",  # a premise
        "Arna will pay by June 5, when the house returns.",  # a time
        "Arna will pay, while Velta still waits.",  # one thing beside another
    ],
)
def test_no_condition(text: str) -> None:
    assert all(not conditions for _, _, conditions in candidates(text))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Arna will withdraw its troops by Thursday in line with the plan.", "by Thursday"),
        ("Arna will withdraw its troops no later than March 3, the ministry said.", "no later than March 3"),
        ("Arna will keep the bridge shut for the next two weeks.", "for the next two weeks"),
    ],
)
def test_a_time_limit(text: str, limit: str) -> None:
    assert page(text).words(only(text).deadline) == limit


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Arna will impose sanctions on Velta.", "Velta"),
        ("Arna will attack if Velta crosses the river.", "Velta"),
        ("Arna promised to free the protesters.", "protesters"),
        ("Arna pledged to send 300 soldiers to Velta.", "Velta"),
        ("Arna vowed to hold a summit in Lodva.", ""),
        ("Arna promised to lend a shoulder.", ""),
        ("Arna will enforce Article 10 against the boycott.", ""),
    ],
)
def test_whom_an_act_is_directed_at(text: str, target: str) -> None:
    assert page(text).words(only(text).target) == target


def test_one_clause_is_told_once() -> None:
    actions = [
        c.action for c in COMMITMENTS(page("Arna will allow aid to reach the city if the siege ends.")).annotations
    ]
    spans = [(action[0].start, action[-1].end) for action in actions]
    assert spans and all(not (a != b and a[0] <= b[0] and b[1] <= a[1]) for a in spans for b in spans)


def test_surroundings_leave_the_candidate_itself_out() -> None:
    alone, among = surroundings([0.9])[0], surroundings([0.9, 0.9, 0.9])[0]
    assert alone == pytest.approx(surroundings([0.1])[0])
    assert among[0] > alone[0] and among[1] > alone[1]


def test_tension_is_a_share_between_nought_and_one() -> None:
    assert tension(()) == 0.0
    assert tension(["lunch"] * 100) == 0.0
    assert tension(["troops"] * 100) == 1.0


def test_a_line_of_fragments_is_read_in_linear_time() -> None:
    doc = page("Arna will pay. " + "Only if Velta asks. " * 300)
    begun = time.process_time()
    found = list(read_page(doc))
    assert time.process_time() - begun < 20
    assert max(len(reading.words) for reading, _, _ in found) < 40


def test_a_page_of_leaders_is_read_in_linear_time() -> None:
    doc = page("The Russian president will pay Anna Weber of Velta if Karl Munk asks.\n" * 1600)
    begun = time.process_time()
    assert COMMITMENTS(doc).annotations
    assert time.process_time() - begun < 40
