"""``python -m tests.bench_turn``: what one turn of the chat takes, and its memory.

Time: a real service is asked over one kept connection, in turns, for a message of the
evaluation sets and for ``/healthz``, which does nothing; the difference is what
understanding, engine and rendering take. Memory: a fresh process loads the reader and
its models, which a first start fitted and kept; what it then holds is counted twice, as
resident memory of the process and as what Python's own allocations add up to
(``tracemalloc``). That first start is counted with scikit-learn, which it needs.
"""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from tests.edges_support import running_service
from tests.evaluation.measure import LANGUAGES, messages

MOST_MS = 15.0
"""Milliseconds of one turn over an empty answer, at most, in the median."""

MOST_MB = 100.0
"""Megabytes (10^6 bytes) of the language model, at most."""

SETS = ("open", "second")
ROUNDS = 3

_LOAD = """
import resource, sys, tracemalloc
from knowledge.load import load_knowledge
import numpy, scipy.sparse
import assistant.understanding.reading as reading
from pathlib import Path
knowledge = load_knowledge()
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()
if {traced}:
    tracemalloc.start()
before = resident()
reader = reading.Reader.of(knowledge, Path({folder!r}))
reader.warm()
for text in {texts!r}:
    reader.read(text)
print(tracemalloc.get_traced_memory()[0] if {traced} else resident() - before)
"""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each turn, and of the empty request right after it."""

    turns: tuple[float, ...]
    empty: tuple[float, ...]

    @property
    def over_ms(self) -> float:
        """The median of the differences."""
        pairs = zip(self.turns, self.empty, strict=True)
        return statistics.median(turn - empty for turn, empty in pairs)


def timed(address: str, texts: Sequence[str], rounds: int = ROUNDS) -> Times:
    """Ask a running service; every text once beforehand, so that all is warm."""
    where = urlsplit(address)
    line = http.client.HTTPConnection(where.hostname or "", where.port or 80)
    for text in texts:
        _turn(line, text)
    turns, empty = [], []
    for _ in range(rounds):
        for text in texts:
            turns.append(_turn(line, text))
            empty.append(_request(line, "GET", "/healthz", None))
    line.close()
    return Times(tuple(turns), tuple(empty))


def _turn(line: http.client.HTTPConnection, text: str) -> float:
    return _request(line, "POST", "/api/v1/chat", json.dumps({"message": text}))


def _request(
    line: http.client.HTTPConnection, method: str, path: str, body: str | None
) -> float:
    """Milliseconds until the whole answer is here.

    Raises:
        RuntimeError: the service answered with a fault.
    """
    start = time.perf_counter()
    line.request(method, path, body, {"content-type": "application/json"})
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return (time.perf_counter() - start) * 1e3


def megabytes(texts: Sequence[str], folder: str, *, traced: bool) -> float:
    """What the language model takes in a fresh process.

    Args:
        folder: where fitted models are kept; they are fitted where it has none.
        traced: by ``tracemalloc`` instead of resident memory.
    """
    program = _LOAD.format(folder=folder, traced=traced, texts=list(texts))
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / 1e6


def main() -> int:
    """Print both tables; they judge nothing, for machines differ."""
    texts = [
        one.text
        for name in SETS
        for language in LANGUAGES
        for one in messages(name, language)
    ]
    with running_service() as address:
        times = timed(address, texts)
    _write(f"{len(times.turns)} turns, ms      median   90%   99%")
    for name, found in (("one turn", times.turns), ("empty answer", times.empty)):
        cuts = statistics.quantiles(found, n=100)
        _write(f"{name:20}{cuts[49]:11.2f}{cuts[89]:6.1f}{cuts[98]:6.1f}")
    reached = "reached" if times.over_ms <= MOST_MS else "missed"
    _write(f"turn less empty     {times.over_ms:11.2f}   goal {MOST_MS:g}: {reached}")
    _write("language model, MB")
    with TemporaryDirectory() as folder:
        for title, traced in (
            ("first start, with scikit-learn", False),
            ("the model, resident", False),
            ("the model, by tracemalloc", True),
        ):
            size = megabytes(texts[::8], folder, traced=traced)
            _write(f"  {title:32}{size:7.1f}")
    return 0


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
