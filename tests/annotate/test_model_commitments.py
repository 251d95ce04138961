"""Commitments on invented pages: `<holder>`, `{action}` and `[condition]` are marked in the text."""

import re
import time

import pytest

from tocsin.annotate.commitments import COMMITMENTS, quoted_at
from tocsin.annotate.mentions import MENTIONS
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.annotations import Attribution, Hop, Report
from tocsin.core.commitments import Commitment, Or
from tocsin.core.document import Capture, Document, Label, Line
from tocsin.core.layers import Layer
from tocsin.core.spans import Spans

pytestmark = pytest.mark.model

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def page(*lines: str, label: Label = "body") -> Document:
    out, start = [], 0
    for line in lines:
        out.append(Line(start, start + len(line), label))
        start += len(line) + 1
    doc = Document.of("\n".join(lines), CAPTURE, tuple(out))
    doc = doc.with_layer(SENTENCES(doc))
    doc = doc.with_layer(MENTIONS(doc))
    for name in ("times", "attributions", "reports"):
        doc = doc.with_layer(Layer(name, "none/1", ()))
    return doc


def told(doc: Document, source: str, cue: str, content: str, speaker: str) -> Document:
    """`doc` with one report whose parts are given by their words."""

    def at(words: str) -> Spans:
        start = doc.text.index(words)
        return doc.spans((start, start + len(words)))

    attribution = Attribution(at(source), at(cue), at(content))
    report = Report(
        attribution.content, attribution, (Hop(speaker, "speaker", attribution.source), Hop(None, "outlet"))
    )
    doc = doc.with_layer(Layer("attributions", "test/1", (*doc.layer("attributions").annotations, attribution)))
    return doc.with_layer(Layer("reports", "test/1", (*doc.layer("reports").annotations, report)))


def commitments(doc: Document) -> tuple[Commitment, ...]:
    return COMMITMENTS(doc).annotations


def only(doc: Document) -> Commitment:
    found = commitments(doc)
    assert len(found) == 1, [doc.words(c.action) for c in found]
    return found[0]


MARKS = re.compile(r"[<>{}\[\]]")


@pytest.mark.parametrize(
    ("marked", "kind", "polarity"),
    [
        ("<Arna> pledged to {help Velta} if [the border is crossed].", "promise", "will"),
        ("<Arna> refused to {sign the pact}.", "refusal", "will_not"),
        ("<Arna> has threatened to {close the pipeline}.", "threat", "will"),
        ("<The minister> ruled out {sending troops}.", "refusal", "will_not"),
        ("<Arna> offered to {host talks}.", "offer", "will"),
        ("<Arna> is ready to {intervene in Velta} if [the situation demands it].", "readiness", "will"),
        ("<She> vowed {not to leave the city}.", "refusal", "will_not"),
        ("He said <Arna> {will defend the port}.", "promise", "will"),
        ("The treaty obliges <its members> to {defend each other}.", "obligation", "will"),
        ("The law prohibits <banks> from {lending to Velta}.", "obligation", "will_not"),
        ("<Arna> {could send ships}, but only if [Velta requests it].", "power", "will"),
        ("“<I> {will leave the country}, if [the president stays],” he said.", "threat", "will"),
        ("“<We> {will not give up the city},” he vowed.", "refusal", "will_not"),
        ("<Arna> {would withdraw its envoy} unless [Velta pays].", "assessed", "will"),
        ("<Arna> {would close the port} if [Velta’s fleet sails].", "assessed", "will"),
        ("<NATO> is bound by Article 5 to {defend its members}.", "obligation", "will"),
        ("<The bloc> {will impose sanctions} until [the prisoners are freed].", "threat", "will"),
        ("<Arna> {will not pay} even if [the court objects].", "refusal", "will_not"),
        ("<The two states> are committed to {dialogue with Velta}.", "promise", "will"),
    ],
)
def test_holder_action_condition(marked: str, kind: str, polarity: str) -> None:
    text, where = "", {}
    for char in marked:
        if MARKS.match(char):
            where[char] = len(text)
        else:
            text += char
    doc = page(text)
    found = only(doc)
    assert doc.words(found.holder) == text[where["<"] : where[">"]]
    assert doc.words(found.action) == text[where["{"] : where["}"]]
    conditions = [text[where["["] : where["]"]]] if "[" in where else []
    assert [doc.words(c.spans) for c in found.conditions] == conditions
    assert (found.kind, found.polarity) == (kind, polarity)
    assert bool(conditions) == (found.trigger is not None)


@pytest.mark.parametrize(
    "text",
    [
        "The currency will fall.",
        "That would be nice.",
        "You can see the harbour from here.",
        "Prices may rise next year.",
        "The party would have won if it had rained.",
        "The minister declined to comment.",
        "It will rain.",
        "Turnout could collapse.",
        "He is not able to manage the crowd.",
    ],
)
def test_no_commitment(text: str) -> None:
    assert commitments(page(text)) == ()


def test_a_headline_without_a_verb() -> None:
    doc = page("Arna ready to 'ensure security' in Velta", label="headline")
    assert doc.words(only(doc).action) == "ensure security' in Velta"
    assert doc.words(only(doc).holder) == "Arna"


def test_a_passive_act_belongs_to_the_tellers_state() -> None:
    doc = page(
        "Russian President Anna Orlova spoke to reporters.",
        "“We settled that it will not be sent while the harbour stays open,” Orlova said.",
    )
    doc = told(doc, "Orlova", "said", "We settled that it will not be sent while the harbour stays open", "Anna Orlova")
    found = only(doc)
    assert (doc.words(found.action), found.polarity) == ("it will not be sent", "will_not")
    assert (doc.words(found.holder), found.holder_name, found.said_by) == ("Orlova", "Russia", "Anna Orlova")
    assert [(c.operator, doc.words(c.spans)) for c in found.conditions] == [("as_long_as", "the harbour stays open")]
    assert found.told_in == doc.layer("attributions").annotations[0].id


def test_help_at_our_request_is_the_other_sides() -> None:
    doc = page("“I met the Russian president. We settled that at our first call, grain will be sent,” Orlova said.")
    content = "We settled that at our first call, grain will be sent"
    found = only(told(doc, "Orlova", "said", content, "Anna Orlova"))
    assert (found.holder_name, found.said_by) == ("Russia", "Anna Orlova")


def test_the_holder_tells_of_a_commissive_verb_unless_another_does() -> None:
    assert only(page("Anna Orlova refused to sign the pact.")).said_by == "Anna Orlova"
    doc = page("Pavel Sokol said that Anna Orlova had refused to sign the pact.")
    doc = told(doc, "Pavel Sokol", "said", "that Anna Orlova had refused to sign the pact", "Pavel Sokol")
    found = only(doc)
    assert (found.holder_name, found.said_by) == ("Anna Orlova", "Pavel Sokol")


def test_first_person_is_the_speaker() -> None:
    doc = page("“I will close the port,” said Anna Orlova.")
    found = only(told(doc, "Anna Orlova", "said", "I will close the port", "Anna Orlova"))
    assert (found.holder_name, doc.words(found.holder)) == ("Anna Orlova", "I")


def test_only_between_modal_and_verb_stays_out_of_the_action() -> None:
    doc = page("He said he would only join the talks if Velta paid.")
    found = only(doc)
    assert doc.words(found.action, " ") == "would join the talks"
    assert [c.operator for c in found.conditions] == ["only_if"]


def test_a_condition_inside_the_verb_group_splits_the_action() -> None:
    doc = page("He would, if elected, close the port.")
    found = only(doc)
    assert doc.words(found.action, " ") == "would close the port"
    assert [doc.words(c.spans) for c in found.conditions] == ["elected"]


def test_a_subject_behind_its_modal() -> None:
    doc = page("Only if the talks fail will Arna send troops.")
    found = only(doc)
    assert (doc.words(found.holder), doc.words(found.action, " ")) == ("Arna", "will send troops")
    assert [(c.operator, doc.words(c.spans)) for c in found.conditions] == [("only_if", "the talks fail")]


def test_an_ultimatum_names_what_averts_it() -> None:
    doc = page("Leave by Friday or face sanctions, the council told Velta.")
    found = only(doc)
    assert (found.kind, doc.words(found.action)) == ("ultimatum", "face sanctions")
    assert [(c.operator, doc.words(c.spans)) for c in found.conditions] == [("unless", "Leave by Friday")]
    assert doc.words(found.deadline) == "by Friday"


def test_she_is_no_body_and_it_no_person() -> None:
    doc = page("Russia spoke. Anna Orlova said it will not pay.", "The Finance Ministry said she will resign if asked.")
    doc = told(doc, "Anna Orlova", "said", "it will not pay", "Anna Orlova")
    doc = told(doc, "The Finance Ministry", "said", "she will resign if asked", "Finance Ministry")
    assert [c.holder_name for c in commitments(doc)] == ["Russia", "Anna Orlova"]


def test_what_leads_the_sentence_holds_for_both_acts() -> None:
    doc = page("If attacked, Arna will close the port and will expel the envoy.")
    assert [[doc.words(c.spans) for c in found.conditions] for found in commitments(doc)] == [
        ["attacked"],
        ["attacked"],
    ]


def test_anyone_who_is_a_condition() -> None:
    found = only(page("Anyone who crosses the border will be arrested, the general said."))
    assert [c.operator for c in found.conditions] == ["if"]
    assert found.kind in ("threat", "promise")


def test_without_approval_absorbs_the_negation() -> None:
    found = only(page("No minister could sign the treaty without the council’s approval."))
    assert (found.polarity, found.conditions[0].operator) == ("will", "only_if")


def test_instrument_deadline_and_trigger() -> None:
    doc = page("Under the Northern Treaty, Arna must send troops by Friday if Velta is attacked or the council asks.")
    found = only(doc)
    assert doc.words(found.instrument) == "the Northern Treaty"
    assert doc.words(found.deadline) == "by Friday"
    assert isinstance(found.trigger, Or)
    assert [doc.words(c.spans) for c in found.conditions] == ["Velta is attacked", "the council asks"]
    assert [doc.words(c.marker) for c in found.conditions] == ["if", "if"]


def test_spans_share_no_word_and_stand_in_reading_order() -> None:
    doc = page(
        "Arna will help if asked. Velta refused to pay unless Arna withdraws its ships, and vowed to close the port."
    )
    found = commitments(doc)
    assert len(found) == 3
    assert list(found) == sorted(found, key=lambda c: c.action[0].start)
    for commitment in found:
        for condition in commitment.conditions:
            assert not any(a.meets(b) for a in commitment.action for b in condition.spans)
    assert commitments(doc) == found


def test_lines_that_are_not_read_hold_no_commitments() -> None:
    assert commitments(page("Arna pledged to help Velta.", label="comment")) == ()


def test_quotations_are_followed_along_a_line() -> None:
    text = 'a “b” c "d" e'
    inside = quoted_at(text, 0, len(text))
    assert [text[k] for k in range(len(text)) if inside[k] and text[k].isalpha()] == ["b", "d"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "will " * 2000,
        "if he will, " * 800,
        "Russia of " * 1000,
        '"' * 3000,
        "Velta faces sanctions or will " * 300,
        "on last Monday late " * 500,
        "denied reports that he will not hesitate " * 250,
        "any attack, should its chief, " * 300,
        "President Anna Orlova, chief of " * 300,
    ],
)
def test_hostile_lines_take_seconds(text: str) -> None:
    doc = page("Arna pledged to help Velta.", text)
    begun = time.monotonic()
    commitments(doc)
    assert time.monotonic() - begun < 30
