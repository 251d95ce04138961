"""When pages were published and words were said: invented pages, read with times but without the model."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.room import find_shared
from tocsin import pipeline
from tocsin.annotate.sentences import SENTENCES
from tocsin.annotate.times import TIMES
from tocsin.core.annotations import Mention
from tocsin.core.decisions import Anchor, Decision
from tocsin.core.document import Capture, Document, Line
from tocsin.core.layers import Layer
from tocsin.core.rows import Row
from tocsin.core.spans import Span
from tocsin.core.when import UNKNOWN, When
from tocsin.link import readings
from tocsin.link.bounds import when_of
from tocsin.link.dates import DATE_STAGES, dates_of
from tocsin.link.dating import dating
from tocsin.link.derive import derive, touch
from tocsin.link.sayings import said_on_page
from tocsin.store.store import Store

TAKEN = "2021-05-01"
QUOTE = "We agreed that the reserve will stay in its barracks unless the capital burns"


def page(
    name: str, text: str, published: When = UNKNOWN, people: Sequence[str] = ("Ada Lind", "Karl Holm")
) -> Document:
    capture = Capture(name[-1] * 64, name, name, name, f"{TAKEN}T00:00:00Z", "text/plain")
    published = published.not_after(TAKEN, f"the capture was taken on {TAKEN}")
    doc = Document.of(text, capture, (Line(0, len(text), "body"),), published=published)
    doc = doc.with_layer(SENTENCES(doc))
    doc = doc.with_layer(TIMES(doc))
    found = [(text.find(one.split()[-1]), one) for one in people]
    mentions = [Mention(Span(doc.id, at, at + len(one.split()[-1])), "person", one) for at, one in found if at >= 0]
    return doc.with_layer(Layer("mentions", "by hand", tuple(mentions)))


def claim(doc: Document, words: str, speaker: str = "Ada Lind", cue: str = "said") -> Row:
    """A claim of `words`, said with the last cue before them or the first behind them."""
    start = doc.text.index(words)
    at = doc.text.rfind(cue, 0, start)
    at = at if at >= 0 else doc.text.index(cue, start)
    data = {
        "doc": doc.id, "page": doc.page, "speaker": speaker, "speaker_key": speaker.casefold(), "own_voice": False,
        "text": words, "cue": [[at, at + len(cue)]], "content": [[start, start + len(words)]],
    }  # fmt: skip
    return Row("claim", f"s{doc.page}{start}", data)


def rows_of(doc: Document, *claims: Row, decisions: Iterable[Decision] = ()) -> tuple[Row, ...]:
    return tuple(sorted((*claims, *dating(doc, decisions, claims)), key=lambda row: row.id))


def derived(*pages: tuple[Row, ...]) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        with store.writing():
            for rows in pages:
                doc = next(row.data["doc"] for row in rows if row.kind == "dating")
                derive(store.rows, DATE_STAGES, touch(store.rows, DATE_STAGES, doc, rows))
        return [row for kind in ("dated", "said", "happened") for row in store.rows.of_kind(kind)]


def dated(doc: Document, *pages: tuple[Row, ...]) -> When:
    return dates_of(derived(*pages))[doc.id]


STATED = page("s", "It rained on Friday.", When("2020-08-14", "2020-08-14"))


def test_a_stated_day_stays() -> None:
    when = dated(STATED, rows_of(STATED))
    assert (when.earliest, when.latest) == ("2020-08-14", "2020-08-14")


def test_a_page_that_shows_nothing_is_open() -> None:
    doc = page("a", "It rained.")
    when = dated(doc, rows_of(doc))
    assert (when.earliest, when.latest, when.weekdays) == (None, TAKEN, frozenset())
    assert when.reasons


@pytest.mark.parametrize(("text", "earliest"), [
    ("The bridge fell on August 16, 2020.", "2020-08-16"),
    ("The bridge has been closed since August 16, 2020.", "2020-08-17"),
    ("The bridge has been closed since the storm of August 16, 2020.", "2020-08-17"),
    ("The bridge will open on August 16, 2020.", None),
    ("The bridge fell in August 2020, and the tower fell on August 16.", "2020-08-16"),
    ("The bridge fell in December 2019, and the tower fell on August 16.", "2020-08-16"),
    ("The bridge fell on August 16.", None),
    ("The bridge fell on Thursday.", None),
])  # fmt: skip
def test_a_page_is_not_before_what_it_tells_as_past(text: str, earliest: str | None) -> None:
    doc = page("a", text)
    when = dated(doc, rows_of(doc))
    assert (when.earliest, when.latest) == (earliest, TAKEN)


def test_a_day_without_a_year_takes_that_of_the_case() -> None:
    doc = page("a", "The bridge fell on August 16.")
    when = dated(doc, rows_of(doc), rows_of(STATED))
    assert when.earliest == "2020-08-16"
    assert any("s is of 2020-08-14" in reason for reason in when.reasons)


def test_where_two_years_fit_the_earlier_is_taken() -> None:
    doc, other = page("a", "The bridge fell on August 16."), page("o", "It rained.", When("2018-09-02", "2018-09-02"))
    assert dated(doc, rows_of(doc), rows_of(STATED), rows_of(other)).earliest == "2018-08-16"


def carriers(second: str) -> tuple[Document, tuple[Row, ...], Document, tuple[Row, ...]]:
    first = page("a", f"Lind said on Thursday: “{QUOTE}.” It has been so since August 19, 2020.")
    other = page("b", second)
    quoted = second[second.index("“") + 1 : second.index("”")]
    return first, rows_of(first, claim(first, QUOTE)), other, rows_of(other, claim(other, quoted))


def test_words_on_two_pages_were_said_once() -> None:
    first, rows, other, more = carriers(
        "Lind said: “We agreed the reserve stays in its barracks, unless the capital burns”."
    )
    found = derived(rows, more)
    (said,) = [row for row in found if row.kind == "said"]
    when = when_of(said.data)
    assert (when.earliest, set(when.weekdays)) == ("2020-08-20", {3})
    assert when.latest is not None
    assert "2021-04" in when.latest
    days = dates_of(found)
    assert (days[first.id].earliest, days[other.id].earliest) == ("2020-08-20", "2020-08-20")
    assert any("Thursday" in reason for reason in days[other.id].reasons)


@pytest.mark.parametrize("second", [
    "Lind said: “We agreed on nothing but that the capital is far away from here”.",
    "Lind said on Friday: “We agreed that the reserve will stay in its barracks unless the capital burns”.",
])  # fmt: skip
def test_other_words_and_other_days_are_other_occasions(second: str) -> None:
    _, rows, other, more = carriers(second)
    assert dates_of(derived(rows, more))[other.id].earliest is None


def test_what_was_said_before_is_not_said_that_day() -> None:
    doc = page("a", f"Lind said on Thursday that it rains. The road is open, Lind had said earlier: “{QUOTE}.”")
    claims = (claim(doc, "it rains"), claim(doc, QUOTE, cue="said earlier"))
    (row, *_) = [row for row in rows_of(doc, *claims) if row.kind == "dating"]
    span = {"earliest": "2020-08-20", "latest": TAKEN, "weekdays": [], "reasons": [], "days": {}}
    days = [said_on_page(one.id, "lind", row.data, span).weekdays for one in claims]
    assert days == [{3}, frozenset()]


def test_a_page_that_tells_of_a_dated_weekend() -> None:
    one = page(
        "a", "Lind and Holm spoke by telephone two times at the weekend. The second call was on August 16, 2020."
    )
    two = page("b", "Holm had two calls with Lind last weekend. Lind said on Monday that the road is open.")
    found = derived(rows_of(one), rows_of(two, claim(two, "the road is open")))
    when = dates_of(found)[two.id]
    assert (when.earliest, when.latest) == ("2020-08-17", "2020-08-23")
    assert dates_of(found)[one.id].latest == TAKEN
    (said,) = [row for row in found if row.kind == "said"]
    assert (said.data["earliest"], said.data["latest"]) == ("2020-08-17", "2020-08-17")


def test_a_weekend_that_fits_two_is_left() -> None:
    texts = ("The second call was on August 16, 2020.", "The second call was on August 23, 2020.")
    pages = [page(f"p{k}", f"Lind spoke by telephone two times at the weekend. {text}") for k, text in enumerate(texts)]
    doc = page("b", "Lind had two calls last weekend.")
    assert dated(doc, rows_of(doc), *map(rows_of, pages)).earliest is None


def test_a_person_overrules() -> None:
    doc = page("a", "The bridge fell on August 16, 2020.")
    anchor = Anchor.at(doc, "document", doc.spans((0, 10)))
    decision = Decision(
        "date", "ada", "2021-06-01T00:00:00Z", anchor, value={"earliest": "2020-09-01", "latest": "2020-09-02"}
    )
    when = dated(doc, rows_of(doc, decisions=(decision,)))
    assert (when.earliest, when.latest) == ("2020-09-01", "2020-09-02")
    assert when.reasons == ("dated by ada",)


FIRST, FIRST_ROWS, OTHER, OTHER_ROWS = carriers(f"Lind said: “{QUOTE}”.")
WEEKEND = page("w", "Lind and Holm spoke by telephone two times at the weekend. The second call was on August 16.")
TWICE = page("t", "Holm had two calls with Lind last weekend.")
POOL = {
    "s": rows_of(STATED), "a": FIRST_ROWS, "b": OTHER_ROWS, "w": rows_of(WEEKEND), "t": rows_of(TWICE),
    "z": rows_of(page("z", "The bridge fell on August 16.")),
}  # fmt: skip


def digest(steps: list[tuple[str, bool]]) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "x.tocsin", create=True) as store:
        with store.writing():
            for name, there in steps:
                doc = next(row.data["doc"] for row in POOL[name] if row.kind == "dating")
                derive(store.rows, DATE_STAGES, touch(store.rows, DATE_STAGES, doc, POOL[name] if there else ()))
        return store.rows.fingerprint()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(POOL)), st.booleans()), max_size=10))
def test_one_page_at_a_time_is_all_at_once(steps: list[tuple[str, bool]]) -> None:
    last = dict(steps)
    assert digest(steps) == digest([(name, True) for name in sorted(last) if last[name]])


@pytest.mark.shared
def test_the_seeds() -> None:
    shared = find_shared()
    if shared is None:
        pytest.skip("../shared is absent")
    options = pipeline.take_options("2026-11-01T00:00:00Z", {})
    docs = [one for one in pipeline.readings([str(shared / "seeds")], options) if isinstance(one, Document)]
    by_name = {one.capture.name[:3]: one for one in docs}
    rows = {name: _all_rows(doc) for name, doc in by_name.items()}
    found = derived(*rows.values())
    days = {name: dates_of(found)[doc.id] for name, doc in by_name.items()}
    both = {by_name[name].id for name in ("000", "001")}
    (interview,) = [row.data for row in found if row.kind == "said" and set(row.data["docs"]) == both]
    assert (interview["earliest"], interview["weekdays"]) == ("2020-08-20", [3])
    assert (days["000"].earliest, days["000"].latest) == ("2020-08-20", "2026-11-01")
    assert (days["001"].earliest, days["001"].latest) == ("2020-08-20", "2026-11-01")
    assert (days["002"].earliest, days["002"].latest) == ("2020-08-15", "2020-08-15")
    assert (days["004"].earliest, days["004"].latest) == ("2020-08-16", "2026-11-01")
    assert _mondays(found, by_name["003"]) == {("2020-08-17", "2020-08-17")}
    alone = derived(rows["003"])
    assert {(first, last[:4]) for first, last in _mondays(alone, by_name["003"])} == {("2020-08-10", "2026")}
    assert all(when.reasons for when in days.values())


def _all_rows(doc: Document) -> tuple[Row, ...]:
    base = tuple(row for row in readings(doc, ()) if row.kind not in ("dating", "happening"))
    return tuple(
        sorted((*base, *dating(doc, (), [row for row in base if row.kind == "claim"])), key=lambda row: row.id)
    )


def _mondays(found: list[Row], doc: Document) -> set[tuple[str, str]]:
    told = [
        row.data for row in found if row.kind == "said" and doc.id in row.data["docs"] and row.data["weekdays"] == [0]
    ]
    return {(one["earliest"], one["latest"]) for one in told}


def test_wire_copy_that_pages_date_alike_is_one_saying_and_compared_once(tmp_path: Path) -> None:
    wire = [page(name, f"Ada Lind said: {QUOTE}.", When("2020-08-14", "2020-08-14")) for name in "abcdef"]
    later = page("9", f"Ada Lind said: {QUOTE} again.", When("2020-08-15", "2020-08-15"))
    with Store(tmp_path / "x.tocsin", create=True) as store:
        with store.writing():
            for doc in (*wire, later):
                rows = rows_of(doc, claim(doc, QUOTE))
                derive(store.rows, DATE_STAGES, touch(store.rows, DATE_STAGES, doc.id, rows))
        sayings = [one.id for one in store.rows.of_kind("saying")]
        assert len(sayings) == 2
        assert len(store.rows.edges("occasions", sayings)) == 1
        (said,) = store.rows.of_kind("said")
    assert len(said.data["claims"]) == 7
    assert said.data["latest"] == "2020-08-14"
