"""What tests with real frameworks need first."""

from collections.abc import Sequence

import pytest

from probes.frameworks import missing
from probes.records import Contender

PATIENT = {"OMP_WAIT_POLICY": "PASSIVE", "JAX_DISABLE_MOST_OPTIMIZATIONS": "1"}
"""Where nothing is timed: PyTorch's threads leave the core while they wait.

Beside another busy process a step is several times quicker so. JAX compiles in three
quarters of the time; what its programs compute and count is the same.
"""


def patient(command: Sequence[str]) -> list[str]:
    """The same command for such a place."""
    return ["env", *(f"{name}={value}" for name, value in PATIENT.items()), *command]


def need(*contenders: Contender) -> tuple[Contender, ...]:
    """The same contenders; the test is skipped where one of them cannot run here."""
    for contender in contenders:
        if reason := missing(contender):
            pytest.skip(reason)
    return contenders
