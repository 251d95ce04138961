"""The model's files: checked before they are used, and errors that say what to do."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tocsin.model.passages import Passage, fed
from tocsin.model.session import Model
from tocsin.model.settings import FORMAT, ModelError, settings
from tocsin.model.windows import windows


@pytest.fixture
def copy(tiny: Path, tmp_path: Path) -> Path:
    """A copy of the tiny model that may be damaged."""
    return Path(shutil.copytree(tiny, tmp_path / "model"))


def use(folder: Path) -> None:
    """Read one window and compare one text."""
    model = Model(folder)
    found = windows("Holm said no", [(0, 12)], cut=model.pieces)
    assert len(list(model.outputs(found))) == 1
    assert len(list(model.vectors([found[0].ids]))) == 1
    assert len(list(model.judgements([fed("Holm said no", Passage(((0, 4), (5, 9)), (2, 5), 1), model.pieces)]))) == 1


def test_whole(copy: Path) -> None:
    """An undamaged copy is used."""
    use(copy)


@pytest.mark.parametrize(
    "name", ["manifest.json", "words.onnx", "reader.onnx", "vocab.txt", "similarity.onnx", "judge.onnx"]
)
def test_missing(copy: Path, name: str) -> None:
    """The error names the file and what to do."""
    (copy / name).unlink()
    with pytest.raises(ModelError, match=rf"{name} cannot be read .*install Tocsin again"):
        use(copy)


@pytest.mark.parametrize("name", ["words.onnx", "reader.onnx", "vocab.txt", "similarity.onnx", "judge.onnx"])
def test_altered(copy: Path, name: str) -> None:
    """One bit is enough."""
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    for act in (use, lambda folder: Model(folder).check()):
        with pytest.raises(ModelError, match=rf"{name} is not the file .*SHA-256.*install Tocsin again"):
            act(copy)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}', "\x00"])
def test_manifest_that_is_none(copy: Path, text: str) -> None:
    """Whatever is in its place gives the same kind of error."""
    (copy / "manifest.json").write_text(text)
    with pytest.raises(ModelError, match="manifest"):
        Model(copy)


def manifest(**changes: Any) -> dict[str, Any]:
    """A manifest with changes."""
    return {
        "format": FORMAT,
        "version": "test",
        "limit": 64,
        "files": {},
        "tags": ["O", "B-cue"],
        "names": ["O"],
        "pos": ["X"],
        "rel": ["dep"],
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 99}, "format 99"),
        ({"transitions": [[0.0]]}, "2 numbers"),
        ({"begin": [0.0, float("nan")]}, "2 numbers"),
        ({"decoding": {"speed": 1}}, "speed"),
        ({"files": []}, "not one"),
        ({"limit": None}, "not one"),
        ({"calibration": {"name": {}}}, "not one"),
    ],
)
def test_manifest_with_nonsense(changes: dict[str, Any], words: str) -> None:
    """Tables of the wrong size, unknown settings and other formats are refused."""
    settings(manifest())
    with pytest.raises(ModelError, match=words):
        settings(manifest(**changes))


def test_file_that_the_manifest_does_not_name(copy: Path) -> None:
    """A file without a hash is not used."""
    raw = json.loads((copy / "manifest.json").read_text())
    del raw["files"]["similarity.onnx"]
    (copy / "manifest.json").write_text(json.dumps(raw))
    with pytest.raises(ModelError, match=r"similarity\.onnx is not in the manifest"):
        use(copy)
