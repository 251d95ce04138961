"""The brief leads every number to the exact words, lets nothing on a page act, and loads nothing."""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import lxml.html
import pytest

from tocsin.core.annotations import Sentence
from tocsin.core.document import Capture, Document, Label, Line, Reject
from tocsin.core.layers import Layer
from tocsin.core.rows import Row
from tocsin.core.when import When
from tocsin.errors import VerifyError
from tocsin.export.brief import BriefOptions, BriefRows, brief
from tocsin.export.brief_terms import Judged, Report, Ruled, Situation


def page(text: str, key: str = "a.txt", **metadata: Any) -> Document:
    """A page whose lines are body (headline where they begin with #) and one sentence for each full stop."""
    lines: list[Line] = []
    sentences = []
    position = 0
    for line in text.split("\n"):
        label: Label = "headline" if line.startswith("#") else "navigation" if line.startswith("~") else "body"
        lines.append(Line(position, position + len(line), label))
        sentences += [
            (position + found.start(), position + found.end(), label) for found in re.finditer(r"\S[^.]*\.?", line)
        ]
        position += len(line) + 1
    capture = Capture("0" * 64, key, key, key, "2020-01-01T00:00:00Z", "text/plain")
    doc = Document.of(text, capture, tuple(lines), **metadata)
    made = (Sentence(doc.spans((start, end))[0], label) for start, end, label in sentences)
    return doc.with_layer(Layer("sentences", "s/1", tuple(made)))


def at(doc: Document, words: str) -> list[int]:
    start = doc.text.index(words)
    return [start, start + len(words)]


def row_id(letter: str, number: int) -> str:
    return f"{letter}{number:016x}"


def hops(doc: Document, *names: str) -> list[dict[str, Any]]:
    roles = ["speaker", "channel", "agency"]
    named = [{"actor": one, "role": role, "basis": "stated"} for one, role in zip(names, roles, strict=False)]
    return [*named, {"actor": doc.outlet, "role": "outlet", "basis": "inferred"}]


def place(doc: Document) -> dict[str, Any]:
    published = {"earliest": doc.published.earliest, "latest": doc.published.latest}
    return {"doc": doc.id, "page": doc.page, "outlet": doc.outlet, "published": published}


def telling(doc: Document, number: int, action: str, *conditions: tuple[str, str], **more: Any) -> Row:
    told = [{"operator": op, "marker": None, "text": words, "spans": [at(doc, words)]} for op, words in conditions]
    start, end = at(doc, action)
    said_by = more.pop("said_by", None)
    data = {
        **place(doc), "span": [start, end], "holder": "Ilmara", "holder_key": "ilmara", "action": action,
        "kind": "promise", "polarity": "will", "conditions": told, "target": None, "instrument": None,
        "deadline": None, "hedges": [], "said_by": said_by, "hops": hops(doc, *([said_by] if said_by else [])),
        "commitment": {"action": [[start, end]], "conditions": [{"spans": one["spans"]} for one in told]}, **more,
    }  # fmt: skip
    return Row("telling", row_id("c", number), data)


def claim(doc: Document, number: int, words: str, speaker: str | None = "Liv Torsander", *via: str) -> Row:
    data = {
        **place(doc), "span": at(doc, words), "text": words, "speaker": speaker,
        "speaker_key": (speaker or "").casefold(), "own_voice": False, "hops": hops(doc, speaker or "", *via),
    }  # fmt: skip
    return Row("claim", row_id("s", number), data)


def cluster(kind: str, *members: Row) -> Row:
    ids = sorted(member.id for member in members)
    return Row(kind, ids[0], {"members": ids, "own_voice": False})


def rows(tellings: Iterable[Row] = (), claims: Iterable[Row] = ()) -> BriefRows:
    """Rows in which every telling is a commitment, and every claim a statement, of its own."""
    told, said = tuple(tellings), tuple(claims)
    return BriefRows(
        tuple(cluster("commitment", one) for one in told), told,
        tuple(cluster("statement", one) for one in said), said,
    )  # fmt: skip


def written(docs: Iterable[Document], given: BriefRows, rejects: tuple[Reject, ...] = (), **options: Any) -> str:
    known = {doc.id: doc for doc in docs}
    made = BriefOptions(version="0.0.1", **options)
    return brief("Port Lessa", given, known.__getitem__, list(known.values()), rejects, made)


def tree(html: str) -> Any:
    """The page as lxml reads it, after checks that hold for every brief."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    root: Any = lxml.html.fromstring(html.encode(), parser=parser)
    unknown_to_html4 = "Tag (bdi|header|nav|main|section|article|footer|mark|svg|path|g|rect|text|desc) invalid"
    errors = [one.message for one in parser.error_log if not re.search(unknown_to_html4, one.message)]
    assert errors == []
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in root.xpath("//a/@href") if one.startswith("#")} <= set(ids)
    assert (
        root.xpath("//script | //iframe | //object | //link | //img | //base | //form | //*[@src] | //*[@srcset]") == []
    )
    attributes = {name for node in root.iter() for name in getattr(node, "attrib", {})}
    assert not any(name.startswith("on") or name == "style" for name in attributes)
    styles = " ".join(root.xpath("//style/text()"))
    assert "@import" not in styles and "url(" not in styles and "<" not in styles
    assert root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith("default-src 'none';")
    return root


def marked(root: Any, number: int, role: str) -> str:
    found = root.xpath(f"//li[@id='n{number}']//mark[contains(concat(' ', @class, ' '), ' {role} ')]")
    return "".join(one.text_content() for one in found)


TEXT = (
    "#Ilmara warns its neighbour\nIlmara will close its ports if troops cross the Lurra. The strike goes on.\n"
    "“We would rather do none of it,” she said. No.\n~Menu and more\n"
)


@pytest.fixture
def doc() -> Document:
    return page(TEXT, outlet="The Courier", title="Ilmara warns", published=When("2019-05-03", "2019-05-03"))


def test_every_number_leads_to_the_exact_words(doc: Document) -> None:
    told = telling(doc, 1, "will close its ports", ("if", "troops cross the Lurra"), said_by="Liv Torsander")
    said = claim(doc, 2, "We would rather do none of it")
    root = tree(written([doc], rows([told], [said])))
    assert root.xpath("//a[@class='cite']/@href") == ["#n1", "#n2"]
    assert marked(root, 1, "act") == "will close its ports"
    assert marked(root, 1, "cond") == "troops cross the Lurra"
    assert marked(root, 2, "claim") == "We would rather do none of it"
    passage = root.xpath("//li[@id='n1']/blockquote")[0].text_content()
    assert passage == "Ilmara will close its ports if troops cross the Lurra."
    backs = root.xpath("//li[starts-with(@id, 'n')]//span[@class='back']/a/@href")
    assert backs == ["#r1", "#r2"]


def test_a_commitment_reads_as_a_line_with_its_chain(doc: Document) -> None:
    more = {"kind": "threat", "target": "Karduvia", "instrument": "Treaty of Varnik", "hedges": ["would"]}
    told = telling(doc, 1, "will close its ports", ("only_if", "troops cross the Lurra"), **more)
    told.data["hops"] = [
        {"actor": "Liv Torsander", "role": "speaker", "basis": "stated"},
        {"actor": "Orvpress", "role": "agency", "basis": "inferred"},
        {"actor": "The Courier", "role": "outlet", "basis": "inferred"},
    ]
    article = tree(written([doc], rows([told]))).xpath("//article")[0]
    text = " ".join(article.text_content().split())
    assert text.startswith("A threat by Ilmara “will close its ports” only if “troops cross the Lurra” under “Treaty")
    assert "softened by “would”" in text
    assert "Liv Torsander ← Orvpress? ← The Courier 3 May 2019 · threat · c00000000" in text
    assert article.getparent().xpath("h4")[0].text_content() == "→ Karduvia"


def test_conditional_commitments_come_first_and_unnamed_holders_last(doc: Document) -> None:
    plain = telling(doc, 1, "would rather do none")
    hanging = telling(doc, 2, "will close its ports", ("if", "troops cross the Lurra"))
    unnamed = telling(doc, 3, "goes on", holder=None, holder_key="page a.txt")
    root = tree(written([doc], rows([plain, unnamed, hanging])))
    acts = [one.text_content() for one in root.xpath("//p[@class='act']")]
    assert acts == ["“will close its ports”", "“would rather do none”", "“goes on”"]
    assert root.xpath("//h3/bdi/text()")[:2] == ["Ilmara", "Holder not named"]


def test_the_same_words_keep_one_number_and_repeats_are_folded(doc: Document) -> None:
    copy = page(TEXT + "Copied.", "b.txt", published=When("2019-05-04", "2019-05-04"))
    words = "We would rather do none of it"
    first, second, third = claim(doc, 1, words), claim(doc, 2, words), claim(copy, 3, words, "Liv Torsander", "Radio")
    one = cluster("statement", first, second, third)
    root = tree(written([doc, copy], BriefRows((), (), (one,), (first, second, third))))
    assert len(root.xpath("//ul[@class='statements']/li")) == 1
    assert root.xpath("//a[@class='cite']/text()") == ["1", "2"]
    source = " ".join(root.xpath("//p[@class='source']")[0].text_content().split())
    assert source == "said in The Courier, 3 May 2019; Radio ← b.txt, 4 May 2019"


ATTACKS = (
    "</style><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}",
    "</bdi></blockquote><!--",
    "&lt;b&gt;",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_on_a_page_acts(attack: str) -> None:
    text = f"{attack} will act {attack} if {attack}. Then he {attack} spoke.\n"
    published = When("2019-05-03", "2019-05-03", frozenset(), (attack,))
    metadata = dict.fromkeys(("title", "outlet", "byline", "language", "reader"), attack)
    doc = page(text, attack, credits=(attack,), notes=(attack,), published=published, **metadata)
    fields = dict.fromkeys(("holder", "target", "instrument", "deadline", "kind", "polarity"), attack)
    told = telling(doc, 1, f"will act {attack}", (attack, attack), said_by=attack, hedges=[attack], **fields)
    odd = Row("claim", attack, claim(doc, 2, f"he {attack} spoke", attack, attack).data)
    given = BriefRows((cluster("commitment", told),), (told,), (cluster("statement", odd),), (odd,))
    reject = Reject(attack, attack, attack, "2020-01-01T00:00:00Z", attack)
    root = tree(written([doc], given, (reject,), full_text=True))
    assert root.xpath("//bdi/text()").count(attack) > 6
    assert marked(root, 1, "act") == f"will act {attack}"
    assert root.xpath("//a[not(starts-with(@href, '#'))]") == []


@pytest.mark.parametrize(
    ("key", "linked"),
    [
        ("https://www.courier.example/2019/05/a?b=c&d=%20e", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt://courier.example/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("https://courier.example@evil.example/", False),
        ("https://courier.example/\u202egnp.exe", False),
        ('https://courier.example/" onclick="x', False),
        ("https:///nowhere", False),
        ("https://[broken/", False),
        ("folder/page.txt", False),
    ],
)
def test_only_web_addresses_become_links(key: str, linked: bool) -> None:
    root = tree(written([page("Nothing.", key)], rows()))
    found = root.xpath("//a[not(starts-with(@href, '#'))]")
    assert [one.get("href") for one in found] == ([key] if linked else [])
    assert all("noreferrer" in one.get("rel") for one in found)


def test_characters_that_would_act_are_shown() -> None:
    doc = page("He will\x07 pay \u202eyadot\u2066 now.\x00")
    reject = Reject("odd\udcff.txt", "odd\udcff.txt", "pages", "2020-01-01T00:00:00Z", "not a name in UTF-8")
    html = written([doc], rows([telling(doc, 1, "will\x07 pay \u202eyadot\u2066 now")]), (reject,), full_text=True)
    root = tree(html)
    assert marked(root, 1, "act") == "will␇ pay ⟦U+202E⟧yadot⟦U+2066⟧ now"
    assert "odd\ufffd.txt" in html
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", html)


def test_names_from_right_to_left_are_isolated() -> None:
    doc = page("אילמרה will act. She spoke.", outlet="أخبار")
    root = tree(written([doc], rows([telling(doc, 1, "will act", holder="אילמרה")])))
    found = root.xpath("//*[text()='אילמרה' or text()='أخبار'][not(ancestor::svg)]")
    assert [one.tag for one in found] == ["bdi"] * 5
    assert root.xpath("//svg//text[text()='אילמרה']")  # a text element of a drawing stands for itself


def test_whole_pages_mark_every_citation(doc: Document) -> None:
    told = telling(doc, 1, "will close its ports", ("if", "troops cross the Lurra"))
    said = claim(doc, 2, "its ports if troops")
    both = claim(doc, 3, "The strike goes on.\n“We would")
    root = tree(written([doc], rows([told], [said, both]), full_text=True))
    assert sorted(root.xpath("//a[@class='to']/@href")) == ["#w1", "#w2", "#w3"]

    def words(number: int) -> str:
        return "".join(root.xpath(f"//mark[contains(concat(' ', @data-n, ' '), ' {number} ')]/text()"))

    assert words(1) == "will close its portstroops cross the Lurra"
    assert words(2) == "its ports if troops"
    assert words(3) == "The strike goes on.“We would"
    printed = [
        "".join(one.xpath("bdi//text()[not(parent::a)]")) for one in root.xpath("//p[starts-with(@class, 'line')]")
    ]
    assert printed == [line for line in TEXT.split("\n") if line]
    assert root.xpath("//p[@class='line unread']/bdi")[0].text_content() == "~Menu and more"


def test_a_short_sentence_has_its_neighbours_and_a_long_line_is_cut() -> None:
    doc = page("He was asked about the letter. No. He left.\n" + "word " * 5_000 + "he will go " + "word " * 5_000)
    root = tree(written([doc], rows([telling(doc, 2, "he will go")], [claim(doc, 1, "No")])))
    passages = [one.text_content() for one in root.xpath("//blockquote")]
    assert passages[1] == "He was asked about the letter. No. He left."
    assert passages[0].startswith("[…] word ") and passages[0].endswith(" word […]")
    assert 400 < len(passages[0]) < 900


def test_long_words_are_cut_on_the_board_and_whole_in_the_citation() -> None:
    act = "will " + "go on and " * 60 + "stop"
    doc = page(f"He {act}.")
    root = tree(written([doc], rows([telling(doc, 1, act)])))
    assert len(root.xpath("//p[@class='act']")[0].text_content()) < 300
    assert marked(root, 1, "act") == act


def test_words_quoted_by_the_page_are_not_quoted_twice() -> None:
    doc = page("He will act only in case of “foreign aggression”.")
    root = tree(written([doc], rows([telling(doc, 1, "will act", ("only_if", "“foreign aggression”"))])))
    assert root.xpath("//p[@class='condition']")[0].text_content() == "only if “foreign aggression”"


def test_as_of_leaves_out_what_came_later_and_sets_apart_what_may_have(doc: Document) -> None:
    later = page("He will act later. Yes.", "b.txt", published=When("2019-05-09", "2019-05-09"))
    loose = page("He will act sometime. Yes.", "c.txt", published=When(None, "2026-11-21"))
    given = rows(
        [
            telling(doc, 1, "will close its ports"),
            telling(later, 2, "will act later"),
            telling(loose, 3, "will act sometime"),
        ]
    )
    root = tree(written([doc, later, loose], given, as_of="2019-05-03"))
    assert [one.text_content() for one in root.xpath("//p[@class='act']")] == [
        "“will close its ports”",
        "“will act sometime”",
    ]
    apart = root.xpath("//div[@class='apart']")[0].text_content()
    assert "Could be from after 3 May 2019" in apart and "will act sometime" in apart
    assert "until 21 Nov 2026 could be later" in " ".join(apart.split())
    assert "after 3 May 2019: left out" in root.xpath("//tr[@class='later']")[0].text_content()
    assert "As of 3 May 2019: 1 later page is left out." in root.xpath("//p[@class='lede']")[0].text_content()


def test_an_empty_case_says_so() -> None:
    text = tree(written([], rows())).text_content()
    assert "No pages." in text and "No commitments were found" in text and "There is nothing to cite." in text


def test_pages_that_could_not_be_read_are_listed_with_the_reason() -> None:
    reject = Reject("scan.pdf", "scan.pdf", "pages", "2020-01-01T00:00:00Z", "a PDF; save it as text")
    assert "scan.pdf a PDF; save it as text" in tree(written([], rows(), (reject,))).text_content()


def test_the_order_of_rows_and_pages_changes_nothing(doc: Document) -> None:
    other = page(TEXT + "More.", "b.txt")
    told = [telling(one, number, "will close its ports") for number, one in enumerate((doc, other), 1)]
    said = [claim(one, number, "The strike goes on") for number, one in enumerate((doc, other), 1)]
    there = rows(told, said)
    parts = (there.commitments, told, there.statements, said)
    commitments, tellings, statements, claims = (tuple(reversed(part)) for part in parts)
    back = BriefRows(commitments, tellings, statements, claims)
    assert written([doc, other], there, full_text=True) == written([other, doc], back, full_text=True)


@pytest.mark.parametrize("change", [telling, claim])
def test_words_that_do_not_stand_on_the_page_are_refused(doc: Document, change: Callable[..., Row]) -> None:
    row = change(doc, 1, "will close its ports")
    row.data["action" if row.kind == "telling" else "text"] = "will open its ports"
    with pytest.raises(VerifyError, match="will open its ports"):
        written([doc], rows([row], []) if row.kind == "telling" else rows([], [row]))


def test_thousands_of_tellings_take_seconds() -> None:
    line = "He will act if it rains hard today and nobody minds it much."
    docs = [page("\n".join(f"{number} {line}" for number in range(100)), f"{n}.txt") for n in range(20)]
    told: list[Row] = []
    for doc in docs:
        for number in range(100):
            start = doc.text.index(f"{number} He will act") + len(f"{number} He ")
            row = telling(doc, len(told) + 1, "will act", ("if", "it rains hard today"))
            there = start + len("will act if ")
            row.data["span"] = [start, start + 8]
            row.data["commitment"] = {
                "action": [[start, start + 8]],
                "conditions": [{"spans": [[there, there + 19]]}],
            }
            row.data["conditions"][0]["spans"] = [[there, there + 19]]
            told.append(row)
    began = time.monotonic()
    html = written(docs, rows(told), full_text=True)
    assert time.monotonic() - began < 10  # about 1 s on a free core: a bound on growth, not on speed
    assert html.count('class="no"') == 2_000


def test_a_long_name_cannot_swell_the_brief() -> None:
    long = "Ministry of " * 10_000
    doc = page("They will act. They will pay. They will go.", title=long, outlet=long)
    told = [
        telling(doc, number, act, holder=long, target=long, hedges=[long], said_by=long)
        for number, act in enumerate(("will act", "will pay", "will go"), 1)
    ]
    html = written([doc], rows(told))
    assert "Ministry of …" in html
    assert html.count("Ministry") < 2 * 10_000 + 1_000  # the table of pages has title and outlet whole, once each


def test_states_and_standings_are_printed_with_their_words(doc: Document) -> None:
    row = telling(doc, 1, "will close its ports", ("if", "troops cross the Lurra"))
    start, end = at(doc, "The strike goes on")
    report = Report("against", "counts", "Liv Torsander ← Lake Wire", doc.id, (start, end), "The strike goes on")
    situation = Situation("t1", "troops cross", "denied since 2020-01-01", "denied", False, False, (report,))
    ruled = Ruled((row.id,), "nothing said", "nothing said", "by the page’s terms", "Liv Torsander says so", (), "")
    judged = Judged(
        holder="Republic of Ilmara",
        counts="1 page, 1 wording, 1 origin",
        terms=(ruled,),
        situations={row.id: ((situation,),)},
        steps=(("stated 2020-01-01", row.id), ("hardened 2020-01-02", None)),
    )
    given = rows([row])
    root = tree(written([doc], replace(given, judged={row.id: judged})))
    board = root.xpath("//section[@id='board']")[0].text_content()
    for words in (
        "Republic of Ilmara",
        "denied since",
        "nothing said by the page’s terms: Liv",
        "hardened",
    ):
        assert words in " ".join(board.split()), words
    number = int(root.xpath("//ul[@class='reports']//a[contains(@class, 'cite')]")[0].text)
    assert marked(root, number, "claim") == "The strike goes on"
    act = root.xpath("//svg//a[.//g[contains(@class, 'x-act')]]/@href")[0]
    assert marked(root, int(act[2:]), "act") == "will close its ports"
    assert [one.text for one in root.xpath("//svg/title")] == ["The web of commitments"]


def test_words_of_a_report_that_are_not_on_its_page_are_refused(doc: Document) -> None:
    row = telling(doc, 1, "will close its ports", ("if", "troops cross the Lurra"))
    report = Report("for", "counts", "somebody", doc.id, (0, 5), "Troops have crossed")
    judged = Judged(situations={row.id: ((Situation("t1", "x", "alleged", "alleged", False, False, (report,)),),)})
    with pytest.raises(VerifyError):
        written([doc], replace(rows([row]), judged={row.id: judged}))
