"""Memory and energy of this process and machine, as the system tells them."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil

POWERCAP = Path("/sys/class/powercap")
"""Where Linux shows the energy counters of processors, in microjoules."""


def resident_bytes() -> int:
    """Resident memory of this process now."""
    return int(psutil.Process().memory_info().rss)


def forget_peak() -> None:
    """Let the peak begin at what is resident now, where the system can."""
    gc.collect()
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "ascii")


def peak_bytes() -> int:
    """Peak resident memory of this process, since ``forget_peak`` on Linux."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
        line = next(line for line in lines if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak) if sys.platform == "darwin" else int(peak) * 1024


class Meter:
    """Joules that processors and graphics processors used since it was made.

    Whatever ran on them: no counter tells processes apart.

    Attributes:
        source: the counters read, in words; None where this machine tells nothing.
    """

    def __init__(self, device: str, folder: Path = POWERCAP) -> None:
        self._packages = [one for one in _packages(folder) if _read(one) is not None]
        self._board = _Board() if device == "cuda" else None
        if self._board is not None and self._board.joules() is None:
            self._board = None
        sources = ["processor (RAPL)"] * bool(self._packages)
        sources += ["graphics processor (NVML)"] * (self._board is not None)
        self.source = " and ".join(sources) or None
        self._before = self._counts()

    def joules(self) -> float | None:
        """Joules since then; None where nothing is told."""
        if self.source is None:
            return None
        pairs = zip(self._before, self._counts(), self._ranges(), strict=True)
        # A counter begins again at 0 when it is full.
        return sum(
            now - then if now >= then else now - then + full
            for then, now, full in pairs
        )

    def _counts(self) -> list[float]:
        counts = [(_read(one) or 0) / 1e6 for one in self._packages]
        if self._board is not None:
            counts.append(self._board.joules() or 0.0)
        return counts

    def _ranges(self) -> list[float]:
        names = (one.with_name("max_energy_range_uj") for one in self._packages)
        ranges = [(_read(name) or 0) / 1e6 for name in names]
        return [*ranges, 0.0] if self._board is not None else ranges


def _packages(folder: Path) -> Sequence[Path]:
    """Counters of whole processors; those of their parts are in them."""
    return sorted(folder.glob("intel-rapl:[0-9]/energy_uj"))


def _read(counter: Path) -> int | None:
    try:
        return int(counter.read_text("ascii"))
    except (OSError, ValueError):
        return None


class _Board:
    """The first graphics processor's own counter, read from NVIDIA's library."""

    def __init__(self, library: str = "libnvidia-ml.so.1") -> None:
        self._handle = ctypes.c_void_p()
        self._nvml: ctypes.CDLL | None = None
        with contextlib.suppress(OSError, AttributeError):
            nvml = ctypes.CDLL(library)
            first = nvml.nvmlDeviceGetHandleByIndex_v2
            if not nvml.nvmlInit_v2() and not first(0, ctypes.byref(self._handle)):
                self._nvml = nvml

    def joules(self) -> float | None:
        """Since the driver was loaded; None where it does not tell."""
        if self._nvml is None:
            return None
        millijoules = ctypes.c_ulonglong()
        asked = getattr(self._nvml, "nvmlDeviceGetTotalEnergyConsumption", None)
        if asked is None or asked(self._handle, ctypes.byref(millijoules)):
            return None
        return millijoules.value / 1e3
