"""Whether whole epochs were training, by what their worker tells of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from probes.child import WorkerError
from probes.limits import EPOCH_LIMIT, IN_ORDER

PROVEN_STEPS = 4
"""Steps of the two epochs of a proof: one batch, and three."""


def check_epoch(proof: object) -> None:
    """Look at what two epochs written some way have done.

    Raises:
        WorkerError: they are not epochs of the training that is compared.
    """
    if not isinstance(proof, dict):
        raise WorkerError("gave no proof of its epochs")
    if extras := proof.get("extras"):
        names = " and ".join(map(str, extras))
        raise WorkerError(f"its epochs have {names} beside their rows")
    if (taken := proof.get("taken")) != PROVEN_STEPS:
        raise WorkerError(f"{PROVEN_STEPS} steps were asked for and {taken} taken")
    astray, apart = _number(proof, "astray"), _number(proof, "apart")
    if not astray <= EPOCH_LIMIT:
        raise WorkerError(
            f"its epochs train otherwise: weights differ by {astray:.1e} of their way "
            f"(limit {EPOCH_LIMIT:.0e})"
        )
    if not apart > IN_ORDER:
        raise WorkerError("its epochs take the rows in the order given")


def check_fit(answer: Mapping[str, Any], batch: int) -> None:
    """The same for epochs of several lengths, each of which counts its steps.

    Raises:
        WorkerError: as above, or an epoch took other steps than its rows need.
    """
    for epoch, counts in zip(answer["epochs"], answer["taken"], strict=True):
        rows = epoch["rows"]
        for taken in counts:
            if taken != rows // batch:
                raise WorkerError(f"took {taken} steps in an epoch of {rows} rows")
    check_epoch(answer.get("proof"))


def _number(proof: Mapping[str, Any], name: str) -> float:
    value = proof.get(name)
    return value if isinstance(value, float) else float("nan")
