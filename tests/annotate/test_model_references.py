"""Whom pronouns, roles and epithets mean, on invented pages."""

import re
import time
from typing import Any

import pytest

from tocsin.annotate.attributions import ATTRIBUTIONS
from tocsin.annotate.mentions import MENTIONS
from tocsin.annotate.references import REFERENCES
from tocsin.annotate.resolver import Resolver
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.document import Capture, Document, Label, Line
from tocsin.core.references import Office, Reference, offices

pytestmark = pytest.mark.model

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def page(*lines: str, label: Label = "body", **metadata: Any) -> tuple[Document, dict[str, tuple[int, int]]]:
    """A page without the [brackets] of `lines`, and where the words in each bracket stand."""
    marked, out, start = {}, [], 0
    texts = []
    for line in lines:
        text = ""
        for piece in re.split(r"(\[[^\]]*\])", line):
            words = piece.strip("[]")
            if words != piece:
                marked[words] = (start + len(text), start + len(text) + len(words))
            text += words
        texts.append(text)
        out.append(Line(start, start + len(text), label))
        start += len(text) + 1
    doc = Document.of("\n".join(texts), CAPTURE, tuple(out), **metadata)
    for stage in (SENTENCES, MENTIONS, ATTRIBUTIONS):
        doc = doc.with_layer(stage(doc))
    return doc, marked


def last(*lines: str) -> Reference:
    """What the last bracket of a page means."""
    doc, marked = page(*lines)
    return Resolver(doc).refer(*list(marked.values())[-1])


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("“We stay,” said Anna Orlova.", "“It rains,” [she] added."), "Anna Orlova"),
        (("Anna Orlova met Pavel Dahl in Velton.", "[He] said that the port would close."), "Pavel Dahl"),
        (("Anna Orlova met Pavel Dahl in Velton.", "[She] said that the port would close."), "Anna Orlova"),
        (("In [his] speech on Monday, Pavel Dahl said that the port would close.",), "Pavel Dahl"),
        (("Pavel Dahl, [who] runs the port, said that it would close.",), "Pavel Dahl"),
        (("Pavel Dahl said that the port, [which] he runs, would close.",), "port"),
        (("“[I] asked for help,” Pavel Dahl said.",), "Pavel Dahl"),
        (("Anna Orlova spoke for an hour.", "“[He] asked me for help,” Orlova said of Pavel Dahl."), None),
        (("The Harbour Union met on Monday.", "[It] said that the port would close."), "Harbour Union"),
        (("[They] said that the port would close.",), None),
        (("[He] said that the port would close.",), None),
        (("[Nobody] said that the port would close.",), None),
    ],
)
def test_pronouns(lines: tuple[str, ...], name: str | None) -> None:
    assert last(*lines).name == name


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (
            ("President Pavel Dahl met Anna Orlova, the mayor of Velton.", "“It rains,” [the mayor] said."),
            "Anna Orlova",
        ),
        (
            ("President Pavel Dahl met Anna Orlova, the mayor of Velton.", "“It rains,” [the president] said."),
            "Pavel Dahl",
        ),
        (
            ("French President Pavel Dahl called Polish President Jan Novak.", "[The Polish leader] said it rained."),
            "Jan Novak",
        ),
        (
            (
                "French President Pavel Dahl called Polish President Jan Novak.",
                "Dahl said that [his Polish counterpart] agreed.",
            ),
            "Jan Novak",
        ),
        (("Pavel Dahl spoke on Monday.", "[The 64-year-old] said that it rained."), "Pavel Dahl"),
        (("Pavel Dahl spoke on Monday.", "[The longtime leader] said that it rained."), "Pavel Dahl"),
        (("The Harbour Union met in Velton.", "[The union] said that it rained."), "Harbour Union"),
        (("A study by the Tide Institute came out on Monday.", "[The study] says that it rains."), "Tide Institute"),
        (("“It rains,” [a pilot in Velton] said.",), "pilot in Velton"),
        (("“It rains,” a pilot in Velton said.", "[The pilot] also said that it snowed."), "pilot in Velton"),
        (("[The pilot] said that it rained.",), None),
        (("[Residents] said that it rained.",), "Residents"),
        (("Pavel Dahl left.", "[His aides] said that it rained."), "aides of Pavel Dahl"),
        (("[A spokesman for the Harbour Union] said that it rained.",), "Harbour Union"),
        (("[Pavel Dahl and Anna Orlova] said that it rained.",), "Pavel Dahl and Anna Orlova"),
        (
            ("Democratic candidate Anna Orlova met Pavel Dahl, a Republican.", "[The Republican] said it rained."),
            "Pavel Dahl",
        ),
    ],
)
def test_roles(lines: tuple[str, ...], name: str | None) -> None:
    assert last(*lines).name == name


@pytest.mark.parametrize(
    ("lines", "bracket", "name"),
    [
        (
            (
                "[A former harbour chairman] says the port should close.",
                "Paul Dahl, who has left the town, told a paper that he was tired.",
            ),
            0,
            "Paul Dahl",
        ),
        (
            (
                "It is rare that a Velton minister differs from his mayor.",
                "Jan Novak said on Monday that the port would close.",
                "“A port is a port,” [the minister] replied.",
            ),
            -1,
            "Jan Novak",
        ),
        (
            (
                "A web video by the Harbour Union shows the old port.",
                "It rains.",
                "[The ad] says that the port is dear.",
            ),
            -1,
            "Harbour Union",
        ),
        (("Jan Novak said that it rained, according to [the Velton Star].",), -1, "Velton Star"),
        (
            (
                "The Harbour Union met on Monday.",
                "In a statement on Tuesday, [the regional bloc] said that the port would close.",
            ),
            -1,
            "Harbour Union",
        ),
        (
            (
                "A spokesman for the Harbour Union said that the port would close.",
                "“Should Jan Novak come, we will go,” [the spokesman] said.",
            ),
            -1,
            "Harbour Union",
        ),
        (("“It rains,” said [one of Jan Novak's aides].",), -1, "one of Jan Novak's aides"),
        (("It rains, [harbour experts and port officials] said.",), -1, "harbour experts and port officials"),
        (
            ("It rains, according to [the latest figures available from the Harbour Union].",),
            -1,
            "Harbour Union",
        ),
        (("[A statement] posted on the website of the Harbour Union said that it rained.",), -1, "Harbour Union"),
        (("[A commander of the rebel Harbour Guard Pavel Dahl] said that it rained.",), -1, "Pavel Dahl"),
        (("Paul Lind met Pavel Dahl.", "Dahl asked how it was.", "“It rains,” [he] told Dahl."), -1, "Paul Lind"),
        (
            ("The town was quiet on Monday.", "[Senators Paul Lind of Velton and Pavel Dahl of Karsk] said it rained."),
            -1,
            "Paul Lind and Pavel Dahl",
        ),
    ],
)
def test_roles_whom_the_page_names_elsewhere(lines: tuple[str, ...], bracket: int, name: str) -> None:
    doc, marked = page(*lines)
    assert Resolver(doc).refer(*list(marked.values())[bracket]).name == name


def test_two_who_speak_together_are_both_candidates() -> None:
    found = last("[Pavel Dahl and Anna Orlova] said that it rained.")
    assert [name for name, _ in found.candidates] == ["Pavel Dahl", "Anna Orlova"]


def test_what_is_open_keeps_its_candidates() -> None:
    found = last("Pavel Dahl met Jan Novak and Karel Kraus met Ivan Holm.", "Later, [they] said that it rained.")
    assert found.name is None
    assert all(0 <= sure <= 1 for _, sure in found.candidates)


def test_turns_of_an_interview() -> None:
    doc, marked = page(
        "Pavel Dahl spoke to Anna Orlova.",
        "P. Dahl: What did Jan Novak ask of you?",
        "A. Orlova: [He] asked for help. [I] said that it rained.",
        "P. Dahl: And then?",
        "A. Orlova: Then it snowed.",
    )
    resolver = Resolver(doc)
    assert resolver.refer(*marked["He"]).name == "Jan Novak"
    assert resolver.refer(*marked["I"]).name in ("Anna Orlova", "A. Orlova")


def test_neither_of_two_who_talk_is_he_in_what_they_say() -> None:
    doc, marked = page(
        "P. Dahl: Good evening.",
        "A. Orlov: Good evening. It rains.",
        "P. Dahl: And what now?",
        "A. Orlov: [He] has told me nothing.",
    )
    assert Resolver(doc).refer(*marked["He"]).name is None


def test_the_own_voice_of_a_page() -> None:
    lines = ("The port closed on Monday.", "In our last report [we] wrote that the strike would go on.")
    doc, marked = page(*lines, outlet="Harbour Institute")
    assert Resolver(doc).refer(*marked["we"]).name == "Harbour Institute"
    doc, marked = page("The port closed.", "[We] will publish more on Friday.", outlet="Harbour Institute")
    assert (marked["We"], "Harbour Institute") in [
        ((s.start, s.end), one.name) for one in REFERENCES(doc).annotations for s in (one.span,)
    ]
    doc, marked = page("The port closed.", "[We] fear that it will not open again.", outlet="Harbour Institute")
    assert Resolver(doc).refer(*marked["We"]).name is None  # anybody may


def test_names_of_one_word_that_are_nobodys() -> None:
    doc, marked = page(
        "Farsight, a group that studies footage, said that trucks had come.",
        "Anna Orlova said that Karvia, where the Karvian army is, would wait.",
        "“It waits,” [he] said.",
    )
    kinds = {one.name: one.kind for one in Resolver(doc).page.mentions}
    assert kinds["Farsight"] == "organisation"
    assert kinds["Karvia"] == "place"
    assert Resolver(doc).refer(*marked["he"]).name is None


def test_patronymics_and_titles_of_one_surname() -> None:
    doc, marked = page(
        "Michelle Adams spoke in Velton.",
        "[Mr. Adams] said that it rained.",
        "Alexander Holm thanked Jan Novak.",
        "“It snows,” [Alexander Grigorievich] said.",
    )
    resolver = Resolver(doc)
    assert resolver.refer(*marked["Mr. Adams"]).name == "Adams"
    assert resolver.refer(*marked["Alexander Grigorievich"]).name == "Alexander Holm"


def test_offices_of_a_page() -> None:
    doc, _ = page("French President Pavel Dahl met Anna Orlova, the mayor of Velton.")
    doc = doc.with_layer(REFERENCES(doc))
    found = {name: [(one.title, one.of) for one in held] for name, held in offices(doc).items()}
    assert found == {"Anna Orlova": [("mayor", "Velton")], "Pavel Dahl": [("president", "France")]}
    assert all(isinstance(one, Office) and doc[one.span] for held in offices(doc).values() for one in held)


def test_what_an_office_is_of_is_a_land_and_no_people() -> None:
    doc, _ = page(
        "Karvian President Anna Orlova met Lodvan Interior Minister General Pavel Dahl in Velton, the Karvian capital.",
        "Karvia is rich.",
    )
    doc = doc.with_layer(REFERENCES(doc))
    told = {name: [(one.title, one.of) for one in borne] for name, borne in offices(doc).items()}
    assert told["Anna Orlova"] == [("president", "Karvia")]
    assert told["Pavel Dahl"] == [("Lodvan interior minister", None)]
    assert told["Velton"] == [("capital", "Karvia")]


def test_the_land_of_whoever_has_its_office() -> None:
    lines = (
        "Anna Orlova, prime minister of Karvia, met reporters.",
        "[Her country] would not wait, she said.",
        "She is well in Karvia.",
    )
    assert last(*lines).name == "Karvia"


def test_one_reference_for_each_span_and_never_a_pronoun() -> None:
    doc, _ = page(
        "President Pavel Dahl said he would leave. “I will go,” he said. “We all will,” they said. It rained, she said."
    )
    found = REFERENCES(doc).annotations
    assert len({one.span for one in found}) == len(found)
    assert list(found) == sorted(found, key=lambda one: one.span)
    assert not {str(one.name).lower() for one in found} & {"he", "i", "we", "they", "she", "it", "nobody"}


def test_the_layer_is_a_function_of_the_page() -> None:
    doc, _ = page("President Pavel Dahl met Anna Orlova. He said it rained. She agreed. The mayor left.")
    assert REFERENCES(doc) == REFERENCES(doc)


@pytest.mark.parametrize(
    "line",
    [
        "He said that she said it. " * 4000,
        "“" + "he said it, " * 8000,
        "x" * 1_000_000,
        "The man said it rained. A report by the Tide Institute says it. The report says it. " * 1000,
        "The man of " + "the man of " * 3000 + "Velton said it rained.",
        "Anna Orlova" + " and Pavel Dahl" * 2000 + " said it rained.",
    ],
)
def test_time_is_linear(line: str) -> None:
    doc, _ = page(line)
    began = time.perf_counter()
    REFERENCES(doc)
    assert time.perf_counter() - began < 20


def test_a_given_name_alone() -> None:
    assert last("Anna Orlova and Pavel Dahl left.", "“It rains,” [Anna] said.").name == "Anna Orlova"


def test_an_outlet_whose_name_was_cut_is_whole() -> None:
    assert last("[Karsk Today] said that it rained.").name == "Karsk Today"
