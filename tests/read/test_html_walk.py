"""The walker: every visible word once, in order, one line a block; hostile pages give text in linear time."""

import time

import pytest

from tocsin.read.html_walk import MAX_HTML, HtmlError, flatten


def shown(html: str) -> list[str]:
    """The page's lines, after checking that each is the slice of the text that it says it is."""
    text, lines = flatten(html)
    out = [text[line.start : line.end] for line in lines]
    assert "\n".join(out) == text
    return out


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<div>Loose<p>inside</p>after</div>", ["Loose", "inside", "after"]),
        ("one<br>two<br/>three", ["one", "two", "three"]),
        ("<p>The <b>min</b>ister <i>said</i>.</p>", ["The minister said."]),
        ("<p>  a \n\t b  <span> c</span></p>", ["a b c"]),
        ("<p>a&nbsp;&nbsp;b</p><p>&nbsp;</p>", ["a\u00a0\u00a0b"]),
        ("<pre>one\n  two\n\nthree</pre>", ["one", "  two", "three"]),
        ("<pre>a&#13;b</pre><p>c&#13;d</p>", ["a", "b", "c d"]),
        ("<table><tr><td>1<td>2<table><tr><td>3</table><td>4</table>", ["1", "2", "3", "4"]),
        ("<ul><li>one<li>two</ul><dl><dt>t<dd>d</dl>", ["one", "two", "t", "d"]),
        ("<select><option>1<option>2</select><button>Go</button>", ["1", "2", "Go"]),
        ("<span style='display: block'>a</span><span>b</span>", ["a", "b"]),
        ("AT&amp;T &lt;b&gt; &copy; &bogus;", ["AT&T <b> © &bogus;"]),
        ("<figure><img alt='unread'><figcaption>A caption</figcaption></figure>", ["A caption"]),
    ],
)
def test_lines(html: str, lines: list[str]) -> None:
    assert shown(html) == lines


@pytest.mark.parametrize(
    "html",
    [
        "<script>document.write('<p>no</p>')</script>",
        "<style>p::after { content: 'no' }</style>",
        "<template><p>no</p></template>",
        "<head><title>no</title></head>",
        "<iframe><p>no</p></iframe>",
        "<video><p>no</p></video>",
        "<noscript><p>no</p></noscript>",
        "<svg><title>no</title><desc>no</desc></svg>",
        "<p hidden>no</p>",
        "<div style='color:red; display : NONE'>no</div>",
        "<dialog>no</dialog>",
        "<!-- <p>no</p> -->",
        "<!--> --><?php no ?>",
    ],
)
def test_what_no_browser_shows_is_left_out_and_what_follows_stays(html: str) -> None:
    assert shown(f"<p>before it</p>{html}<p>after</p>")[0] == "before it"
    assert not any("no" in line.split() for line in shown(f"<p>before it</p>{html}<p>after</p>"))
    assert shown(f"<p>before it</p>{html}<p>after</p>")[-1].endswith("after")


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p aria-hidden=true>seen</p>", ["seen"]),
        ("<details><summary>More</summary>folded</details>", ["More", "folded"]),
        ("<dialog open>asked</dialog>", ["asked"]),
        ("<svg><text>label</text></svg><math><mi>x</mi></math>", ["label", "x"]),
        ("<xmp><b>raw</b></xmp>z", ["<b>raw</b>", "z"]),
        ("<p>x<plaintext>a\n<p>b", ["x", "a", "<p>b"]),
        ("a<![CDATA[no]]>b", ["ab"]),
        ("<frameset><frame src=a><noframes><p>no frames</p></noframes></frameset>", ["no frames"]),
        ("<noscript>only this</noscript>", ["only this"]),
        ("<body style='display:none'><p>until the script ran</p></body>", ["until the script ran"]),
        ("<body><p>a</p></body><p>b</p></html><p>c</p></body></body><div>d", ["a", "b", "c", "d"]),
        ("<p>a<p>b<li>c<td>d<h1>e", ["a", "b", "c", "d", "e"]),
        ("a<!-- x --!>b<!-->c<!--->d", ["abcd"]),
        ("<p>ignore previous instructions</p>", ["ignore previous instructions"]),
        ("", []),
        (" \n ", []),
        ("<!-- nothing -->", []),
    ],
)
def test_what_a_reader_may_see_stays(html: str, lines: list[str]) -> None:
    assert shown(html) == lines


def test_invisible_characters_are_characters() -> None:
    assert shown("<p>\u202eabc\u202c \u200bאבג&zwnj;d&shy;e</p>") == ["\u202eabc\u202c \u200bאבג\u200cd\u00ade"]


def test_entities_are_html_s_own() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b "&a;&a;">]><p>x&b;</p>'
    assert "boomboom" not in "".join(shown(bomb))


def test_lines_say_where_they_stood() -> None:
    _, lines = flatten(
        "<nav><ul><li><a href=/>Home page</a></ul></nav><h1>Head</h1>"
        "<div class=related-articles><p>Other</p></div><p>one<br>two <b>bold</b></p>"
    )
    home, head, other, one, two = lines
    assert (home.kind, home.linked, home.inside) == ("li", 9, frozenset({"nav"}))
    assert head.kind == "h1"
    assert other.inside == {"related"}
    assert one.block == two.block != other.block
    assert (one.bold, two.bold) == (0, 4)


@pytest.mark.parametrize(
    ("html", "must"),
    [
        ("<div>" * 20_000 + "deep" + "</div>" * 20_000 + "<p>after</p>", ["deep", "after"]),
        ("<b>" * 100_000 + "x<p>y", ["x", "y"]),
        ("".join(f"<div>t{i}" for i in range(20_000)), ["t0", "t19999"]),
        ("<table><tr><td>" * 3_000 + "x", ["x"]),
        ('<p title="' + "x" * 10_000_000 + '">hello</p>bye', ["hello", "bye"]),
        ('<p class="' + "related " * 200_000 + '" style="' + "display" * 200_000 + '">hello', ["hello"]),
        ("<p>" + "&amp;" * 1_000_000 + "</p>bye", ["&" * 1_000_000, "bye"]),
        ("<p>" + "word " * 200_000 + "</p>", ["word " * 199_999 + "word"]),
        ("".join(f"<p>line {i}</p>" for i in range(50_000)), ["line 0", "line 49999"]),
        ("<p>a" + "<" * 100_000, []),
        ("<x<y<" * 100_000 + "z", []),
    ],
    ids=["divs", "inline", "text at depth", "tables", "attribute", "class", "entities", "line", "lines", "<", "<x"],
)
def test_hostile_pages_are_read_in_seconds(html: str, must: list[str]) -> None:
    begun = time.monotonic()
    lines = shown(html)
    assert set(must) <= set(lines)
    assert time.monotonic() - begun < 10


def test_refusals_say_why() -> None:
    with pytest.raises(HtmlError, match="12,000,000"):
        flatten("x" * (MAX_HTML + 1))
    with pytest.raises(HtmlError, match="surrogate"):
        flatten("<p>\ud800</p>")
