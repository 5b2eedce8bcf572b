"""How sure we are of a verdict."""

from __future__ import annotations

from assistant.scoring import Verdict
from assistant.wire import Confidence
from knowledge.records import Basis

HIGH_MARGIN = 5.0
MEDIUM_MARGIN = 3.0
"""Points of margin for high and medium confidence (decision rules, section E)."""


def confidence(verdict: Verdict) -> Confidence:
    """High where a hard rule settles it, or a wide margin and a measurement agree.

    Beliefs alone, however many, earn no more than medium: a measurement that finds no
    difference, or that the person weighs 0, adds nothing to them.
    """
    if verdict.collided:
        return "low"
    if verdict.settled:
        return "high"
    if verdict.choice == "either":
        return "low"
    margin = abs(verdict.balance)
    if margin >= HIGH_MARGIN and _measured(verdict):
        return "high"
    return "medium" if margin >= MEDIUM_MARGIN else "low"


def _measured(verdict: Verdict) -> bool:
    """Whether what was measured speaks for the framework that is named."""
    return any(
        line.basis is Basis.MEASURED and line.points and line.toward == verdict.choice
        for line in verdict.contributions
        if line.at == "framework"
    )
