"""Forms of commitments on invented pages, one line each: holder | polarity kind | action | operator: condition; …"""

import pytest

from tocsin.annotate.commitment_judge import Verdict
from tocsin.annotate.commitment_people import Page
from tocsin.annotate.commitments import COMMITMENTS, read_page, seen_on
from tocsin.annotate.mentions import MENTIONS
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.commitments import Kind, Polarity
from tocsin.core.document import Capture, Document, Line
from tocsin.core.layers import Layer

pytestmark = pytest.mark.model


@pytest.fixture(autouse=True)
def kinds_by_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms give kinds; what the judge makes of a sentence without a page has its own tests."""

    def by_rule(verdict: Verdict, kind: Kind, polarity: Polarity) -> Kind:
        return kind

    monkeypatch.setattr(Verdict, "kind", by_rule)


def page(text: str) -> Document:
    lines = (Line(0, len(text), "body"),)
    doc = Document.of(text, Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain"), lines)
    for stage in (SENTENCES, MENTIONS):
        doc = doc.with_layer(stage(doc))
    for name in ("times", "attributions", "reports"):
        doc = doc.with_layer(Layer(name, "none/1", ()))
    return doc


def shown(doc: Document) -> list[str]:
    out = []
    for found in COMMITMENTS(doc).annotations:
        conditions = "; ".join(f"{c.operator}: {doc.words(c.spans)}" for c in found.conditions)
        parts = [found.holder_name or "-", f"{found.polarity} {found.kind}", doc.words(found.action, " … "), conditions]
        out.append(" | ".join(part for part in parts if part))
    return out


@pytest.mark.parametrize(
    "text",
    [
        "No options can be ruled out.",
        "I hope we will not be forced to close the border.",
        "The company faced sanctions last year.",
        "The company faces rising costs.",
        "The rebels’ refusal to disarm would spark protests.",
        "Sokol refused to talk to reporters.",
        "Sokol declined to comment when reached by the paper.",
        "“I’ll explain,” Sokol said.",
        "“I’ll tell you why,” Sokol said.",
        "“I would bet my house on it,” Sokol said.",
        "“We will see,” Sokol said.",
        "“I will be frank with you,” Sokol said.",
        "Sokol declined to speak to Reuters.",
        "“Make no mistake and you will see,” Sokol said.",
        "The aim was to win the vote or the party would split.",
    ],
)
def test_nothing_held(text: str) -> None:
    assert shown(page(text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Russian Foreign Minister Anna Orlova said Moscow would retaliate if attacked.", "threat"),
        ("Anna Orlova, Iran’s foreign minister, said Iran would retaliate if attacked.", "threat"),
        ("NATO Secretary General Anna Orlova said NATO troops would retaliate if attacked.", "threat"),
        ("NATO Secretary General Anna Orlova said the alliance would retaliate if attacked.", "threat"),
        ("Anna Orlova, prime minister of Kosovo, said her government would retaliate if attacked.", "threat"),
        ("Anna Orlova, an adviser to the Russian army, said Russia would retaliate if attacked.", "threat"),
        ("Opposition leader Anna Orlova said Russia would retaliate if attacked.", "assessed"),
        ("Serbian President Anna Orlova said Kosovo would retaliate if attacked.", "assessed"),
    ],
)
def test_who_speaks_for_the_holder(text: str, kind: str) -> None:
    found = COMMITMENTS(page(text)).annotations
    assert [(c.said_by, c.kind) for c in found] == [("Anna Orlova", kind)]


def test_a_demand_without_a_consequence_binds_nobody() -> None:
    assert shown(page("Serbian President Anna Orlova said Kosovo must withdraw its police.")) == []
    assert shown(page("Serbian President Anna Orlova said Serbia must withdraw its police.")) != []
    assert shown(page("Serbian President Anna Orlova said Kosovo must withdraw its police if asked.")) != []


def test_a_condition_hangs_on_the_act_before_a_coordination() -> None:
    assert shown(page("Arna will respond if attacked, and will not yield until it wins.")) == [
        "Arna | will threat | will respond | if: attacked",
        "Arna | will_not refusal | will not yield | until: it wins",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the perfect of a verb of telling, without "that"
        (
            "Serbia has warned it will leave the pact if Zembla tests rockets.",
            "Serbia | will threat | will leave the pact | if: Zembla tests rockets",
        ),
        # a day between a subject and its verb
        (
            "Pavel Orban on Tuesday reportedly threatened to close the border.",
            "Pavel Orban | will threat | close the border",
        ),
        ("Pavel Orban last week vowed to pay the miners.", "Pavel Orban | will promise | pay the miners"),
        (
            "Mira Tal late on Friday promised to free the prisoners if the rebels leave.",
            "Mira Tal | will promise | free the prisoners | if: the rebels leave",
        ),
        # a curly apostrophe; words between a promise and its act; adverbs joined within an infinitive
        (
            "“We’ll defend the port if Arna attacks,” said Sokol.",
            "Sokol | will promise | ’ll defend the port | if: Arna attacks",
        ),
        (
            "Mira Tal promised on Sunday at a rally in Arna to free the prisoners.",
            "Mira Tal | will promise | free the prisoners",
        ),
        (
            "Pavel Orban pledged to quickly and quietly free the prisoners.",
            "Pavel Orban | will promise | free the prisoners",
        ),
        # what is promised to somebody in a clause; a day is no agent
        (
            "Mira Tal promised the young miners that they be spared if the pit reopens.",
            "Mira Tal | will promise | be spared | if: the pit reopens",
        ),
        (
            "The ministry promised the strikers that they would be paid by Friday.",
            "ministry | will promise | would be paid by Friday",
        ),
        # what is proposed to the other side, and what to everybody
        ("Pavel Orban proposed to host talks with Zembla.", "Pavel Orban | will offer | host talks with Zembla"),
        ("Pavel Orban proposed to abolish the tax.", "Pavel Orban | will promise | abolish the tax"),
        # bodies of people that act
        (
            "The garrison will leave the port if the rebels attack.",
            "garrison | will threat | will leave the port | if: the rebels attack",
        ),
        # two negations are none
        (
            "Karavia will not hesitate to send soldiers if its ships are seized.",
            "Karavia | will threat | will not hesitate to send soldiers | if: its ships are seized",
        ),
        (
            "Karavia will not leave this piracy unanswered.",
            "Karavia | will threat | will not leave this piracy unanswered",
        ),
        ("Karavia has no plans to recognise the region.", "Karavia | will_not refusal | recognise the region"),
        ("Karavia has not ruled out using force.", "Karavia | will power | using force"),
        ("Pavel Orban declined to rule out sending troops.", "Pavel Orban | will power | sending troops"),
        (
            "The ministry denied reports that Velta would open its border.",
            "Velta | will_not refusal | would open its border",
        ),
        # penalties: who warns holds them
        (
            "Russia faces serious sanctions if it annexes the region.",
            "- | will threat | faces serious sanctions | if: it annexes the region",
        ),
        ("Refusal to disarm would trigger sanctions, the envoy warned.", "- | will threat | would trigger sanctions"),
        (
            "Arna warned of a “crushing response” if attacked.",
            "Arna | will threat | a “crushing response” | if: attacked",
        ),
        # one of two
        (
            "Rebels gave the court 48 hours to free their leader, or the rebels would march on the capital.",
            "rebels | will ultimatum | would march on the capital | unless: free their leader",
        ),
        (
            "“Either they leave or we will make them leave,” the general said.",
            "- | will ultimatum | will make them leave | unless: they leave",
        ),
        (
            "The junta has until Sunday to restore the president or face sanctions.",
            "junta | will ultimatum | face sanctions | unless: restore the president",
        ),
        # states that are acts
        (
            "“If our demand is not met, we will not be part of the cabinet,” he said.",
            "- | will_not refusal | will not be part of the cabinet | if: our demand is not met",
        ),
        (
            "Foreign troops will come if Arna does not yield.",
            "Foreign troops | will ultimatum | will come | if: Arna does not yield",
        ),
        # what an act rests on is none of it
        ("Arna promised assistance under the 1994 agreement.", "Arna | will promise | assistance"),
        # what stands between an act and its condition
        (
            "Arna threatened to close the port, through which the grain passes, if the strike goes on.",
            "Arna | will threat | close the port | if: the strike goes on",
        ),
        (
            "Arna will use force only as a last resort in the event of an attack.",
            "Arna | will threat | will use force | only_if: an attack",
        ),
        (
            "Any attack on the fleet will be met with force, the navy warned.",
            "- | will threat | will be met with force | if: Any attack on the fleet",
        ),
        # a list, then what its members are
        (
            "An intervention would require the support of Arna, Velta and Lodva, states that border the sea.",
            "- | will assessed | An intervention | only_if: the support of Arna, Velta and Lodva",
        ),
        # a list of verbs in a condition stays one; "not one" denies
        (
            "The guard will stay as long as nobody burns cars, loots shops or storms the ministry, Sokol said.",
            "guard | will promise | will stay | as_long_as: nobody burns cars, loots shops or storms the ministry",
        ),
        (
            "Sokol said the troops would stay put as long as no one burned cars, looted shops or took banks.",
            "troops | will promise | would stay put | as_long_as: no one burned cars, looted shops or took banks",
        ),
        (
            "“Not one man will cross the river without a written order,” Sokol said.",
            "one man | will promise | will cross the river | only_if: a written order",
        ),
        # verbs that the tagger takes for nouns
        (
            "The bank may withhold credit only if one of its members objects.",
            "bank | will assessed | may withhold credit | only_if: one of its members objects",
        ),
        (
            "The sanctions will stay in place until Velta complies with the accord, Sokol said.",
            "sanctions | will promise | will stay in place | until: Velta complies with the accord",
        ),
        (
            "The bank will pay the next tranche provided Arna cuts its deficit.",
            "bank | will promise | will pay the next tranche | if: Arna cuts its deficit",
        ),
        # what is refused until then; who ends a strike threatens nobody
        (
            "Sokol refused to withdraw his men before the prisoners were freed.",
            "Sokol | will_not refusal | withdraw his men | until: the prisoners were freed",
        ),
        (
            "The union will call off the strike if wages rise.",
            "union | will promise | will call off the strike | if: wages rise",
        ),
        # orders: "do it and", "do it or"
        (
            "“Touch our ships and we will respond,” Sokol said.",
            "Sokol | will threat | will respond | if: Touch our ships",
        ),
        (
            "“Free the prisoners, or we will march on the capital,” Sokol said.",
            "Sokol | will ultimatum | will march on the capital | unless: Free the prisoners",
        ),
        (
            "“Do not cross the river or we will shoot,” Sokol said.",
            "Sokol | will ultimatum | will shoot | unless: Do not cross the river",
        ),
        # the marker behind who says it; "only at"; how they come; "by then"
        (
            "The reserve will not be used, Sokol said, while the crowds refrain from looting.",
            "- | will_not promise | The reserve will not be used | as_long_as: the crowds refrain from looting",
        ),
        (
            "The allies shall render assistance only at the request of Arna.",
            "allies | will obligation | shall render assistance | only_if: the request of Arna",
        ),
        (
            "Sokol will meet the envoys if they come without cameras.",
            "Sokol | will promise | will meet the envoys | if: they come without cameras",
        ),
        (
            "The miners will strike if Velta has not freed the judges by then.",
            "miners | will ultimatum | will strike | if: Velta has not freed the judges by then",
        ),
        # where a condition begins and ends, behind asides and quotations; leave, requests, "failing which"
        (
            "He would be ready to return “in a day,” he added, if the guns were silent and if Arna wrote to him.",
            "- | will readiness | would be ready to return “in a day | if: the guns were silent; if: Arna wrote to him",
        ),
        (
            "The president may send troops abroad with the consent of the Senate.",
            "president | will assessed | may send troops abroad | only_if: the consent of the Senate",
        ),
        (
            "Either side may lend the other up to a hundred men on a written request.",
            "Either side | will assessed | may lend the other up to a hundred men | when: a written request",
        ),
        (
            "Upon receipt of an application the chairman is obliged to convene the council within two days.",
            "chairman | will obligation | convene the council within two days",
        ),
        (
            "An officer said that the gate was to be free in an hour, or else it would be made free.",
            "officer | will ultimatum | it would be made free | unless: the gate was to be free in an hour",
        ),
        (
            "Kedron would go on supplying grain to the islands while demand lasts.",
            "Kedron | will assessed | would go on supplying grain to the islands | as_long_as: demand lasts",
        ),
        (
            "‘We will not sign as long as it is Arnans who are facing them’, Sokol said.",
            "Sokol | will_not refusal | will not sign | as_long_as: it is Arnans who are facing them",
        ),
        ("Sokol will sign if that happens, not before.", "Sokol | will promise | will sign | if: that happens"),
        (
            "The force will be sent only with the approval of both chambers.",
            "- | will promise | The force will be sent | only_if: the approval of both chambers",
        ),
        (
            "Any march will be met with water cannon, Sokol warned.",
            "Sokol | will threat | Any march will be met with water cannon",
        ),
        (
            "Sokol said the guard will stay there as long as the crowds do not burn banks.",
            "guard | will promise | will stay there | as_long_as: the crowds do not burn banks",
        ),
        (
            "“We will not negotiate while our towns are shelled,” Sokol said.",
            "Sokol | will_not refusal | will not negotiate | as_long_as: our towns are shelled",
        ),
        (
            "“We will sit down with them if they free the judges,” Sokol said.",
            "Sokol | will offer | will sit down with them | if: they free the judges",
        ),
        (
            "Orlova would talk to anybody, including Sokol himself, once those arrested since Sunday had been let go.",
            "Orlova | will assessed | would talk to anybody | when: those arrested since Sunday had been let go",
        ),
        (
            "Arna would send help, Sokol said, after a single call.",
            "Arna | will assessed | would send help | when: a single call",
        ),
        # subjects in one piece; talks refused
        (
            "The strike on rails and trams will go on until the last record is published.",
            "strike on rails and trams | will promise | will go on | until: the last record is published",
        ),
        (
            "The commander of the guard in the north will resign if the talks fail.",
            "commander of the guard in the north | will ultimatum | will resign | if: the talks fail",
        ),
        (
            "The ban on grain and coal will be lifted once the ships leave.",
            "- | will promise | The ban on grain and coal will be lifted | when: the ships leave",
        ),
        (
            "Envoys of Arna and Velta will meet on Monday if the guns fall silent.",
            "Envoys of Arna and Velta | will promise | will meet on Monday | if: the guns fall silent",
        ),
        (
            "Sokol refused to talk until the prisoners were freed.",
            "Sokol | will_not refusal | talk | until: the prisoners were freed",
        ),
        ("Sokol refused to talk to the rebels.", "Sokol | will_not refusal | talk to the rebels"),
        (
            "“We will tell the court what we know,” Sokol said.",
            "Sokol | will promise | will tell the court what we know",
        ),
        (
            "“I will explain the plan to the council on Monday,” Sokol said.",
            "Sokol | will promise | will explain the plan to the council on Monday",
        ),
        # near misses of the forms above
        (
            "We will add more troops to the border, Sokol said.",
            "Sokol | will threat | will add more troops to the border",
        ),
        ("“We will see that the money is paid,” Sokol said.", "Sokol | will promise | will see that the money is paid"),
        (
            "“I will tell you the name of the spy on Monday,” Sokol said.",
            "Sokol | will promise | will tell you the name of the spy on Monday",
        ),
        ("“I will repeat it under oath,” Sokol said.", "Sokol | will promise | will repeat it under oath"),
        (
            "The agency will decide on a written request from Arna next week.",
            "agency | will promise | will decide on a written request from Arna next week",
        ),
        (
            "Sokol will meet on Monday after the first call for talks failed.",
            "Sokol | will promise | will meet on Monday after the first call for talks failed",
        ),
        (
            "“We will meet the deadline if the parts arrive,” Sokol said.",
            "Sokol | will promise | will meet the deadline | if: the parts arrive",
        ),
        (
            "“We will meet the envoys if they come,” Sokol said.",
            "Sokol | will offer | will meet the envoys | if: they come",
        ),
        (
            "The police will halt the protest if it turns violent.",
            "police | will threat | will halt the protest | if: it turns violent",
        ),
        (
            "“We will not talk,” Sokol said, while his deputy smiled at the cameras.",
            "Sokol | will_not refusal | will not talk",
        ),
        (
            "“Let our people go or we will burn the port,” Sokol said.",
            "Sokol | will ultimatum | will burn the port | unless: Let our people go",
        ),
        (
            "Sokol, who rejected the plan, will leave Arna before the talks begin.",
            "Sokol | will threat | will leave Arna before the talks begin",
        ),
    ],
)
def test_form(text: str, expected: str) -> None:
    assert shown(page(text)) == [expected]


def test_what_one_must_do_averts_what_the_other_will() -> None:
    text = "The rebels must leave the town by Friday, failing which the army will storm it."
    assert (
        shown(page(text))[1]
        == "army | will ultimatum | will storm it | unless: The rebels must leave the town by Friday"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We do not negotiate with the rebels.", "do not negotiate with the rebels"),
        ("Arna is not leaving the pact.", "is not leaving the pact"),
        ("The judge ordered that the miners be freed.", "the miners be freed"),
        ("Orlova upheld the right of states to decide on tariffs.", "decide on tariffs"),
    ],
)
def test_a_candidate_without_a_word_of_commitment(text: str, found: str) -> None:
    assert found in [" ".join(text[a:b] for a, b in reading.pieces) for reading, _, _ in read_page(page(text))]


def test_a_denial_inside_a_condition_is_no_act() -> None:
    text = "If the rebels are armed and they do not yield, Arna will fire."
    (found,) = [reading for reading, _, _ in read_page(page(text))]
    assert found.words[found.candidate.verb].low == "fire"
    assert len(found.conditions) == 2


def test_no_name_of_the_page_is_a_clue() -> None:
    text = "Sokol said Arna will help Velta if Lodva attacks Orlova."
    names = {name for seen in seen_on(Page(page(text))) for name in seen.names}
    assert names
    assert not [name for name in names if any(one in name.lower() for one in ("arna", "sokol", "orlova"))]
