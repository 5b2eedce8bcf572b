"""The parent's end of one worker process: start, ask, suspend, kill.

The parent only awaits; it shares the machine that is being measured.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import psutil

from probes.caches import cache_variables
from probes.cores import usable_cores
from probes.frameworks import BACKENDS
from probes.privacy import nameless
from probes.records import Contender

ROOT = Path(__file__).resolve().parent.parent
"""Folder to import ``probes`` from in a child."""

DROPPED = (
    *("OMP_", "GOMP_", "KMP_", "MKL_", "OPENBLAS_", "BLIS_", "VECLIB_", "NPY_"),
    *("DNNL_", "ONEDNN_", "MKLDNN_", "NPROC", "TF_", "KERAS_", "JAX_", "XLA_"),
    *("TORCH", "PYTORCH_", "ATEN_", "AOT_", "TRITON_"),
    *("CUDA_LAUNCH_BLOCKING", "CUDA_CACHE_", "CUBLAS_", "CUDNN_", "NVIDIA_TF32_"),
    *("PYTHONDEVMODE", "PYTHONMALLOC", "PYTHONTRACEMALLOC", "PYTHONASYNCIODEBUG"),
    *("PYTHONDEBUG", "PYTHONVERBOSE", "PYTHONOPTIMIZE", "PYTHONPROFILEIMPORTTIME"),
    *("PYTHONPERFSUPPORT", "PYTHON_PERF_", "PYTHON_JIT", "PYTHON_GIL", "PYTHONINSPECT"),
    *("PYTHONWARNINGS", "MALLOC_", "GLIBC_TUNABLES", "COVERAGE_", "COV_CORE_"),
)
"""Prefixes of inherited variables that would change what a framework does, or Python
and the system's memory under it. Which devices may be used is left to who asks.
"""

LONGEST_LINE = 2**16
"""Bytes of one answer; real ones are under a kilobyte."""


class WorkerError(Exception):
    """A worker gave no usable answer; the message is for the report."""

    def __init__(
        self, reason: str, status: Literal["crashed", "out_of_time"] = "crashed"
    ) -> None:
        super().__init__(reason)
        self.status: Literal["crashed", "out_of_time"] = status


def seconds_in(answer: Mapping[str, Any]) -> float:
    """What a worker timed.

    Raises:
        WorkerError: it is no time.
    """
    seconds = answer.get("seconds")
    if not isinstance(seconds, float) or not 0 < seconds < 1e6:
        raise WorkerError("gave a time that is not one")
    return seconds


def surroundings(contender: Contender, folder: Path, launch: int) -> dict[str, str]:
    """Environment of a worker: fixed before start, equal for all contenders."""
    threads = str(usable_cores())
    kept = {k: v for k, v in os.environ.items() if not k.startswith(DROPPED)}
    if str(ROOT) not in kept.get("PYTHONPATH", "").split(os.pathsep):
        paths = [kept["PYTHONPATH"]] if kept.get("PYTHONPATH") else []
        kept["PYTHONPATH"] = os.pathsep.join([*paths, str(ROOT)])
    return (
        kept
        | cache_variables(contender, folder)
        | {
            "KERAS_BACKEND": BACKENDS.get(contender, "torch"),
            "KERAS_HOME": str(folder),
            "OMP_NUM_THREADS": threads,
            "MKL_NUM_THREADS": threads,
            "OPENBLAS_NUM_THREADS": threads,
            "TF_NUM_INTRAOP_THREADS": threads,
            "TF_NUM_INTEROP_THREADS": "2",
            "TF_CPP_MIN_LOG_LEVEL": "2",
            "TF_FORCE_GPU_ALLOW_GROWTH": "true",
            "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
            "NVIDIA_TF32_OVERRIDE": "0",
            "JAX_DEFAULT_MATMUL_PRECISION": "highest",
            "PYTHONHASHSEED": str(launch),
            "PYTHONUNBUFFERED": "1",
            "PROBE_PARENT": str(os.getpid()),
        }
    )


class Child:
    """One running worker, in a process group of its own."""

    def __init__(self, process: asyncio.subprocess.Process, words: Path) -> None:
        self._process = process
        self._words = words
        self._number = 0
        self.pid = process.pid

    @classmethod
    async def start(
        cls, command: list[str], folder: Path, env: Mapping[str, str], name: str
    ) -> Child:
        words = folder / f"{name}.stderr"
        try:
            with words.open("wb") as stderr:
                process = await asyncio.create_subprocess_exec(
                    *command,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=stderr,
                    cwd=folder,
                    env=dict(env),
                    start_new_session=True,
                    limit=LONGEST_LINE,
                )
        except OSError as error:
            raise WorkerError(f"could not be started: {error.strerror}") from error
        return cls(process, words)

    async def ask(self, do: str, limit_s: float, **arguments: object) -> dict[str, Any]:
        """Send one command and return the answer to it.

        Raises:
            WorkerError: it died, hung past ``limit_s`` or answered nonsense.
        """
        self._number += 1
        command = {"do": do, "number": self._number, **arguments}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(limit_s):
                self._process.stdin.write(json.dumps(command).encode() + b"\n")
                await self._process.stdin.drain()
                line = await self._process.stdout.readline()
        except TimeoutError:
            raise WorkerError(
                f"no answer to {do!r} within {limit_s:.0f} s", "out_of_time"
            ) from None
        except (OSError, ValueError, RuntimeError):
            # uvloop says that a pipe is closed with a RuntimeError.
            line = b""
        return self._parsed(line) if line else await self._ended()

    def _parsed(self, line: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or answer.get("number") != self._number:
            raise WorkerError("gave an answer that is not one of ours")
        return answer

    async def _ended(self) -> dict[str, Any]:
        """Say how the process ended. Never returns."""
        try:
            async with asyncio.timeout(5):
                code = await self._process.wait()
        except TimeoutError:
            raise WorkerError("closed its output or wrote without end") from None
        if code < 0:
            with contextlib.suppress(ValueError):
                raise WorkerError(f"killed by {signal.Signals(-code).name}")
            raise WorkerError(f"killed by signal {-code}")
        raise WorkerError(f"exited {code}: {self._last_words()}")

    def _last_words(self) -> str:
        with self._words.open("rb") as words:
            words.seek(0, os.SEEK_END)
            words.seek(max(0, words.tell() - 4096))
            lines = words.read().decode(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return nameless(said[-1])[:200] if said else "it said nothing"

    def suspend(self) -> None:
        """Stop it in its tracks: idle thread pools spin and take the other's core."""
        with contextlib.suppress(psutil.Error):
            psutil.Process(self.pid).suspend()

    def resume(self) -> None:
        with contextlib.suppress(psutil.Error):
            psutil.Process(self.pid).resume()

    async def kill(self) -> None:
        """End it and whatever it started, though cancelled meanwhile.

        Safe to call twice.
        """
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if sys.platform == "win32":
                    self._process.kill()
                else:
                    os.killpg(self.pid, signal.SIGKILL)
        if self._process.stdin is not None:
            self._process.stdin.close()
        ended = asyncio.ensure_future(self._process.wait())
        try:
            await asyncio.shield(ended)
        except asyncio.CancelledError:
            await ended
            raise
