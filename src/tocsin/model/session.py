"""The files of a model, checked and run: one window a call, unpadded, one thread within a call.

So what a window gives depends on that window alone: not on what else is read, nor on how many threads read it. Nothing
is run whose SHA-256 is not the manifest's. Whoever imports this module pays for numpy; onnxruntime is loaded with the
first graph.
"""

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain, islice
from types import ModuleType
from typing import Any, TypeVar

import numpy as np

from tocsin.model.decode import Floats, Outputs
from tocsin.model.passages import Fed
from tocsin.model.pieces import Pieces
from tocsin.model.settings import ModelError, Settings, settings
from tocsin.model.windows import Window

MANIFEST, VOCABULARY, WORDS = "manifest.json", "vocab.txt", "words.onnx"
GRAPH, SIMILARITY, JUDGE = "reader.onnx", "similarity.onnx", "judge.onnx"
AHEAD = 4
"""Windows that wait for each thread: enough that none is idle, so few that a page of any size takes little memory."""
In = TypeVar("In")
Out = TypeVar("Out")
WANTED = ("tag", "link", "name", "pos", "arc", "rel")


@cache
def _onnxruntime() -> ModuleType:
    import onnxruntime  # type: ignore[import-untyped]

    onnxruntime.set_default_logger_severity(3)
    return onnxruntime  # type: ignore[no-any-return]


def _in_order(work: Callable[[In], Out], given: Iterator[In], threads: int) -> Iterator[Out]:
    """`work` done on each, spread over threads, in the order given. Few are taken before they are asked for."""
    first = list(islice(given, 2))
    if threads <= 1 or len(first) < 2:
        yield from map(work, chain(first, given))
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Out]] = deque()
        for one in chain(first, given):
            waiting.append(pool.submit(work, one))
            if len(waiting) > AHEAD * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class Model:
    """The model in one folder. Each file is read and checked when it is first needed, and once."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        raw = self._bytes(MANIFEST)
        try:
            self.settings: Settings = settings(json.loads(raw))
        except ValueError as error:
            raise ModelError(self._advice(MANIFEST, f"is no JSON ({error})")) from error

    def check(self) -> None:
        """Read every file that the manifest names; raises ModelError where one is missing or altered."""
        for name in self.settings.files:
            self._checked(name)

    @cached_property
    def pieces(self) -> Pieces:
        """The vocabulary that the graphs were trained with."""
        return Pieces(self._checked(VOCABULARY).decode("utf-8").rstrip("\n").split("\n"))

    def outputs(self, windows: Iterable[Window], threads: int = 1) -> Iterator[tuple[Window, Outputs]]:
        """Each window with its scores, in order. `threads` changes how long it takes, and nothing else."""
        self._words, self._reader  # noqa: B018 - loaded before the threads ask for them
        return _in_order(lambda window: (window, self._run(window)), iter(windows), threads)

    def vectors(self, ids: Iterable[tuple[int, ...]], threads: int = 1) -> Iterator[Floats]:
        """Of each text, given by its pieces, the mean vector from the encoder for similarity, of length 1; in order."""
        self._words, self._similarity  # noqa: B018 - loaded before the threads ask for them
        return _in_order(self._vector, iter(ids), threads)

    def judgements(self, passages: Iterable[Fed], threads: int = 1) -> Iterator[tuple[float, ...]]:
        """Of each passage what the judge says: log odds, and a score for each kind; in order."""
        self._words, self._judge  # noqa: B018 - loaded before the threads ask for them
        return _in_order(self._judged, iter(passages), threads)

    def _embedded(self, ids: tuple[int, ...]) -> Floats:
        """The vectors of word pieces, which all graphs share."""
        (out,) = self._words.run(["embedded"], {"ids": np.array(ids, dtype=np.int64)})
        return out  # type: ignore[no-any-return]

    def _vector(self, ids: tuple[int, ...]) -> Floats:
        (out,) = self._similarity.run(["vector"], {"embedded": self._embedded(ids)})
        return out  # type: ignore[no-any-return]

    def _judged(self, passage: Fed) -> tuple[float, ...]:
        (out,) = self._judge.run(
            ["score"],
            {
                "embedded": self._embedded(passage.ids),
                "role": np.array(passage.roles, dtype=np.int64),
                "case": np.array(passage.case, dtype=np.int64),
                "focus": np.array([passage.focus], dtype=np.int64),
            },
        )
        return tuple(map(float, out))

    def _run(self, window: Window) -> Outputs:
        sentence = np.array(window.sentence, dtype=np.int64)
        values = self._reader.run(
            WANTED,
            {
                "embedded": self._embedded(window.ids),
                "case": np.array(window.case, dtype=np.int64),
                "quoted": np.array(window.quoted, dtype=np.int64),
                "place": np.array(window.place, dtype=np.int64),
                "first": np.array(window.first, dtype=np.int64),
                "sentence": sentence - sentence[0],
            },
        )
        return dict(zip(WANTED, values, strict=True))

    @cached_property
    def _words(self) -> Any:
        return self._session(WORDS)

    @cached_property
    def _judge(self) -> Any:
        return self._session(JUDGE)

    @cached_property
    def _reader(self) -> Any:
        return self._session(GRAPH)

    @cached_property
    def _similarity(self) -> Any:
        return self._session(SIMILARITY)

    def _session(self, name: str) -> Any:
        onnxruntime = _onnxruntime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # every window has its own length
        return onnxruntime.InferenceSession(self._checked(name), options, providers=["CPUExecutionProvider"])

    def _checked(self, name: str) -> bytes:
        """The bytes of a file that the manifest names, which are what it says."""
        wanted = self.settings.files.get(name)
        if wanted is None:
            raise ModelError(self._advice(name, "is not in the manifest"))
        data = self._bytes(name)
        if hashlib.sha256(data).hexdigest() != wanted:
            raise ModelError(
                self._advice(name, "is not the file that this version was made with (its SHA-256 differs)")
            )
        return data

    def _bytes(self, name: str) -> bytes:
        try:
            return self._folder.joinpath(name).read_bytes()
        except OSError as error:
            raise ModelError(self._advice(name, f"cannot be read ({error.strerror or error})")) from error

    def _advice(self, name: str, what: str) -> str:
        return (
            f"the reading model cannot be used: {self._folder.joinpath(name)} {what}; "
            "install Tocsin again (python -m pip install --force-reinstall tocsin)"
        )


@cache
def packaged() -> Model:
    """The model that comes with the package, loaded once."""
    return Model(resources.files("tocsin.model").joinpath("data"))
