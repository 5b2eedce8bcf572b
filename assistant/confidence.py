"""How sure we are of a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Reading
from assistant.scoring import Verdict
from assistant.wire import Confidence

HIGH_MARGIN = 5.0
MEDIUM_MARGIN = 3.0
"""Points of margin for high and medium confidence (decision rules, section E)."""


def confidence(verdict: Verdict, readings: Sequence[Reading]) -> Confidence:
    """High where a hard rule or a wide margin decides and no measurement objects."""
    if verdict.collided:
        return "low"
    if verdict.settled:
        return "high"
    if verdict.choice == "either":
        return "low"
    margin = abs(verdict.balance)
    heard = next((reading.word for reading in readings if reading.used), None)
    contradicted = heard in ("keras", "pytorch") and heard != verdict.choice
    if margin >= HIGH_MARGIN and not contradicted:
        return "high"
    return "medium" if margin >= MEDIUM_MARGIN else "low"
