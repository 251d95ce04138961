"""Attributions and names from scores: roles in brackets, linked by their numbers, come back as they were marked."""

import re
from dataclasses import replace

import numpy as np
import pytest

from tocsin.model import decode
from tocsin.model.decode import Outputs
from tocsin.model.pieces import Pieces
from tocsin.model.results import Found
from tocsin.model.settings import Decoding, Logistic, Settings, settings
from tocsin.model.windows import Window, windows

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
LABELS = ("O", "B-person", "I-person", "B-place", "I-place")
ROLE = {"S": "source", "C": "cue", "T": "content"}
SETTINGS = settings(
    {
        "format": 1,
        "version": "test",
        "limit": 64,
        "files": {},
        "tags": TAGS,
        "names": LABELS,
        "pos": ["X"],
        "rel": ["dep"],
    }
)
CUT = Pieces(["[UNK]", "[CLS]", "[SEP]"])
MARKED = re.compile(r"\[([STC])(\d*)(?:>(\d*))? ([^\]]*)\]")


def scored(marked: str, limit: int = 64) -> tuple[str, list[tuple[Window, Outputs]]]:
    """The text without its marks, and windows with scores that say what the marks say.

    `[S1 …]` is a source, `[C2>1 …]` a cue whose source is 1, `[T>2 …]` a content whose cue is 2. Lines are paragraphs,
    full stops end sentences.
    """
    text, spans, behind = "", [], 0
    for found in MARKED.finditer(marked):
        text += marked[behind : found.start()]
        role, own, target, words = found.groups()
        spans.append((len(text), len(text) + len(words), role, own, target or ""))
        text += words
        behind = found.end()
    text += marked[behind:]
    sentences = [one.span() for one in re.finditer(r"[^.\n\s][^.\n]*\.?[”\"]?", text)]
    return text, [(window, _outputs(window, spans)) for window in windows(text, sentences, limit=limit, cut=CUT)]


def _outputs(window: Window, spans: list[tuple[int, int, str, str, str]]) -> Outputs:
    count = len(window.words)
    tag = np.zeros((count, len(TAGS)), dtype=np.float32)
    link = np.zeros((count, count + 1), dtype=np.float32)
    link[:, count] = 1
    name = np.zeros((count, len(LABELS)), dtype=np.float32)
    first: dict[tuple[str, str], int] = {}
    chosen: dict[int, tuple[str, str]] = {}
    tag[:, 0] = 6
    for start, end, role, own, target in spans:
        inside = [place for place, (a, b) in enumerate(window.words) if start <= a and b <= end]
        for number, place in enumerate(inside):
            tag[place, 0] = 0
            tag[place, TAGS.index(("I-" if number else "B-") + ROLE[role])] = 6
            chosen[place] = ("S" if role == "C" else "C", target)
        if inside:
            first[role, own] = inside[0]
    for place, wanted in chosen.items():
        if wanted in first:
            link[place, first[wanted]] = 5
    return {"tag": tag, "link": link, "name": name}


def told(marked: str, wanted: Settings = SETTINGS, limit: int = 64) -> list[str]:
    """Attributions as source|cue|content, pieces joined by /."""
    text, given = scored(marked, limit)
    return [
        "|".join("/".join(text[a:b] for a, b in role) for role in _roles(one)) for one in decode.found(given, wanted)
    ]


def _roles(one: Found) -> tuple[tuple[tuple[int, int], ...], ...]:
    return one.source, one.cue, one.content


def with_decoding(**changes: bool | float) -> Settings:
    """The settings with other decoding."""
    return replace(SETTINGS, decoding=replace(Decoding(), **changes))  # type: ignore[arg-type]


def test_a_plain_one() -> None:
    """Source, cue and content as marked."""
    assert told("[S1 Ilse Holm] [C1>1 said] [T>1 the road is shut].") == ["Ilse Holm|said|the road is shut"]


def test_links_decide_not_distance() -> None:
    """Contents go to the cue they choose, cues to their source, and one source may serve two cues."""
    marked = "[S1 Holm] [C1>1 said] [T>2 a b] and [C2>1 wrote] [T>1 c d], [S2 Lind] [C3>2 knew]."
    assert told(marked) == ["Holm|wrote|a b", "Holm|said|c d"]


def test_pieces_of_one_content() -> None:
    """A quotation that its cue breaks is one content in two pieces."""
    assert told("[T>1 “Go,”] [C1>1 said] [S1 Holm], [T>1 “now”].") == ["Holm|said|“Go,”/“now”"]


def test_runs_that_touch_are_one_piece() -> None:
    """Two runs of one cue without a word between are one range."""
    assert told("[S1 Holm] [C1>1 said] [T>1 a b][T>1 , c d].") == ["Holm|said|a b, c d"]


def test_no_source() -> None:
    """A cue may have none, however near one stands."""
    assert told("It was [C1 said] [T>1 that a b], [S1 Holm] left.") == ["|said|that a b"]


def test_unquoted_content_without_cue_is_dropped() -> None:
    """Unless it is quoted and asked for."""
    assert told("[S1 Holm] left. [T a b].") == []
    assert told("Holm left. [T “a b”].") == []
    assert told("Holm left. [T “a b”].", with_decoding(keep_bare=True)) == ["||“a b”"]
    assert told("Holm left. [T a b].", with_decoding(keep_bare=True)) == []


def test_content_apart_from_its_cue() -> None:
    """Unquoted content in another sentence than its cue is dropped; quoted content is not."""
    assert told("[S1 Holm] [C1>1 spoke]. [T>1 a b].") == []
    assert told("[S1 Holm] [C1>1 spoke]. [T>1 a b].", with_decoding(drop_apart=False)) == ["Holm|spoke|a b"]
    assert told("[S1 Holm] [C1>1 spoke]. [T>1 “a b.”]") == ["Holm|spoke|“a b.”"]


def test_null_cost_prefers_a_cue() -> None:
    """Where no cue is dearer, a content takes the likeliest one."""
    marked = "[S1 Holm] [C1>1 said] [T a b]."
    assert told(marked) == []
    assert told(marked, with_decoding(null_cost=9.0)) == ["Holm|said|a b"]


def test_sources_in_other_paragraphs_cost() -> None:
    """A source in another paragraph than its cue is taken for its score less the cost; one beside it costs none."""
    marked = "[S1 Ana] left.\n[S2 Ben] [C3>1 said] [T>3 so]."
    assert told(marked) == ["Ana|said|so"]
    assert told(marked, with_decoding(source_apart=20.0)) == ["|said|so"]
    assert told(marked.replace("\n", " "), with_decoding(source_apart=20.0)) == ["Ana|said|so"]


def test_quotation_over_paragraphs() -> None:
    """What goes on in the next paragraph belongs to the cue of its first part, also over the end of a window."""
    marked = "[S1 Holm] [C1>1 said]: [T>1 “a b c.]\n[T “d e f.”]\n[S2 Lind] [C2>2 left]."
    assert told(marked) == ["Holm|said|“a b c.\n“d e f.”"]
    assert told(marked, limit=16) == ["Holm|said|“a b c.\n“d e f.”"]
    assert told(marked, with_decoding(go_on=False)) == ["Holm|said|“a b c."]


def test_long_sentence_over_windows() -> None:
    """A content cut by the end of a window in its sentence is one piece again."""
    marked = "[S1 Holm] [C1>1 said] [T>1 a b c d e f g h i j k l]"
    assert told(marked, limit=10) == ["Holm|said|a b c d e f g h i j k l"]


def test_stray_quotation_is_not_joined_to_another() -> None:
    """A quotation of its own without a cue belongs to nobody."""
    assert told("[S1 Holm] [C1>1 said] [T>1 “a b”].\n[T “c d”] e.") == ["Holm|said|“a b”"]


def test_confidence() -> None:
    """It is a map of the signs, and what has less than is asked for is dropped."""
    marked = "[S1 Holm] [C1>1 said] [T>1 a b]. [S2 Lind] [C2>2 said] [T>2 c d e f g]."
    _, given = scored(marked)
    calibrated = replace(SETTINGS, attribution=Logistic({"long": 1.0}, -1.0))
    assert [one.confidence for one in decode.found(given, calibrated)] == [0.4239, 0.6478]
    strict = replace(calibrated, decoding=replace(Decoding(), least=0.5))
    assert len(decode.found(given, strict)) == 1
    for draft in decode.drafts(given, SETTINGS):
        assert all(np.isfinite(value) for value in draft.signs.values())
        assert draft.signs["content_least"] <= draft.signs["content"] <= 0


def test_nothing_said() -> None:
    """Windows without any content, and no windows."""
    assert told("Holm left. Lind left.") == []
    assert decode.found([], SETTINGS) == []


@pytest.mark.parametrize("seed", range(30))
def test_whatever_the_scores(seed: int) -> None:
    """Random scores give ranges that are in order, apart and on word boundaries."""
    random = np.random.default_rng(seed)
    text = "“a b. c d,” e f.\n“g h. i\n“j k” l m. n o\n" * 4
    _, given = scored(text, limit=24)
    noisy = [
        (window, {name: random.normal(size=values.shape).astype(np.float32) * 4 for name, values in outputs.items()})
        for window, outputs in given
    ]
    wanted = with_decoding(keep_bare=bool(seed % 2), drop_apart=bool(seed % 3), null_cost=float(seed % 5))
    starts = {start for window, _ in given for start, _ in window.words}
    ends = {end for window, _ in given for _, end in window.words}
    found = decode.found(noisy, wanted)
    assert found
    for one in found:
        assert one.content
        assert 0 <= one.confidence <= 1
        for role in _roles(one):
            edges = [edge for span in role for edge in span]
            assert edges == sorted(edges)
            assert set(edges[::2]) <= starts
            assert set(edges[1::2]) <= ends


def test_names() -> None:
    """Names with their kinds and the mean certainty of their words."""
    text, ((window, outputs),) = scored("Ilse Holm went to Varn.")
    scores = outputs["name"]
    scores[:, 0] = 5
    for place, label in ((0, 1), (1, 2), (4, 3)):
        scores[place, label] = 9
    found = decode.names(window, outputs, SETTINGS)
    assert [(text[one.start : one.end], one.kind) for one in found] == [("Ilse Holm", "person"), ("Varn", "place")]
    assert all(0.9 < one.confidence < 1 for one in found)
    calibrated = replace(SETTINGS, name=Logistic({"long": 2.0}, 0.0))
    assert [one.confidence for one in decode.names(window, outputs, calibrated)] == [0.8, 0.5]
