"""What this machine can compare, what it lacks, and how to install that here."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Mapping

import psutil

from probes.conditions import quiet_cores
from probes.environment import busy_seconds, environment, own_seconds
from probes.frameworks import NEEDS, installed, missing
from probes.records import Environment

CPU_BUILDS = "https://download.pytorch.org/whl/cpu"

CHOOSE = "https://pytorch.org/get-started/locally"
"""Where PyTorch's own page says which index has the builds for a driver."""

COMPILERS = {
    "Linux": (("c++", "g++", "clang++"), "apt install g++, or your system's own way"),
    "Darwin": (("c++", "clang++"), "xcode-select --install"),
    "Windows": (("cl",), "Visual Studio Build Tools, with C++"),
}
"""Programs one of which ``torch.compile`` needs, and where they come from."""

LOOK_S = 0.3


def doctor() -> int:
    """Print it.

    Returns:
        The exit status: 0 where two contenders or more can run, 1 where fewer can.
    """
    able = [contender for contender in NEEDS if not missing(contender)]
    for line in findings(environment(), installed()):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{len(able)} of {len(NEEDS)} contenders can run here\n")
    return 0 if len(able) >= 2 else 1


def findings(here: Environment, versions: Mapping[str, str | None]) -> Iterator[str]:
    """One line each: machine, packages, what is missing and the command for it."""
    yield (
        f"{here.processor}, {here.cores} cores, {here.memory_bytes / 2**30:.0f} GiB, "
        f"{here.system}, Python {here.python}"
    )
    yield f"graphics processors: {'; '.join(here.gpus) or 'none seen'}"
    for package, version in versions.items():
        fix = "" if version else f"missing: {install_here(package, here)}"
        yield f"  {package:<12} {version or fix}"
    for contender, packages in NEEDS.items():
        lacking = [name for name in packages if not versions[name]]
        if lacking:
            yield f"{contender} cannot run: {' and '.join(lacking)} missing"
    yield from _about_compiling(here, versions)
    yield from _about_cores(here)


def install_here(package: str, here: Environment) -> str:
    """The command that installs a package as this machine can best use it.

    Args:
        package: torch, tensorflow, keras or jax.
    """
    system = here.system.split()[0]
    has_cuda = any("NVIDIA" in gpu for gpu in here.gpus)
    if package == "torch" and system == "Linux" and not has_cuda:
        return f"pip install torch --index-url {CPU_BUILDS}"
    if package == "torch" and system == "Windows" and has_cuda:
        return f"pip install torch, with the index that {CHOOSE} gives for your driver"
    if package == "tensorflow" and system == "Linux" and has_cuda:
        return 'pip install "tensorflow[and-cuda]"'
    if package == "tensorflow" and system == "Linux" and here.machine == "x86_64":
        return "pip install tensorflow-cpu"
    if package == "tensorflow" and system == "Windows" and has_cuda:
        return "pip install tensorflow (its GPU builds are for Linux: use WSL2)"
    if package == "jax" and system == "Linux" and has_cuda:
        return 'pip install "jax[cuda13]"'
    return f"pip install {package}"


def _about_compiling(
    here: Environment, versions: Mapping[str, str | None]
) -> Iterator[str]:
    names, whence = COMPILERS.get(here.system.split()[0], COMPILERS["Linux"])
    if versions["torch"] and not any(shutil.which(name) for name in names):
        yield f"pytorch-compile needs a C++ compiler: {whence}"


def _about_cores(here: Environment) -> Iterator[str]:
    all_cores = psutil.cpu_count() or here.cores
    if here.cores < all_cores:
        yield f"this process may use {here.cores} of {all_cores} cores"
    began, busy, own = time.monotonic(), busy_seconds(), own_seconds(())
    time.sleep(LOOK_S)
    foreign = busy_seconds() - busy - (own_seconds(()) - own)
    cores = max(0.0, foreign / (time.monotonic() - began))
    if cores > quiet_cores(here.cores):
        yield (
            f"other programs keep {cores:.1f} cores busy right now: a probe would wait "
            "for them, and decide less"
        )
