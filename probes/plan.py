"""How far a probe is. Starts from typical durations, corrected by what it sees."""

from __future__ import annotations

from collections.abc import Sequence

START_S: dict[str, float] = {
    "pytorch": 5,
    "pytorch-compile": 25,
    "pytorch-fused": 5,
    "keras-tensorflow": 11,
    "keras-tensorflow-xla": 15,
    "keras-torch": 8,
    "keras-jax": 6,
    "tensorflow-raw": 10,
}
"""Seconds from start to warm on two shared cores, frameworks in the page cache."""

USUAL_START_S = 10.0

ROUNDS_S = 5.0

USUAL_LAUNCHES = 2


class Plan:
    """The usual two launches; a third, where it comes, keeps the bar near its end."""

    def __init__(self, arms: Sequence[str], budget_s: float) -> None:
        self._budget_s = budget_s
        self._open: dict[tuple[int, str], float] = {}
        for launch in range(1, USUAL_LAUNCHES + 1):
            for arm in arms:
                contender = arm.removesuffix("-control")
                self._open[launch, arm] = START_S.get(contender, USUAL_START_S)
            self._open[launch, "rounds"] = ROUNDS_S
        self._total = sum(self._open.values())
        self._shown = 0.0

    def start_done(self, arm: str, launch: int) -> None:
        self._open.pop((launch, arm), None)

    def rounds_done(self, launch: int) -> None:
        for key in [key for key in self._open if key[0] == launch]:
            del self._open[key]

    def progress(self, elapsed_s: float) -> tuple[float, float]:
        """Fraction done, which never falls, and the estimated seconds left."""
        left = sum(self._open.values())
        done = self._total - left
        pace = min(3.0, max(0.3, elapsed_s / done)) if done else 1.0
        remaining = min(left * pace, max(0.0, self._budget_s - elapsed_s))
        fraction = elapsed_s / (elapsed_s + remaining) if elapsed_s + remaining else 1
        self._shown = max(self._shown, min(0.99, fraction))
        return self._shown, remaining
