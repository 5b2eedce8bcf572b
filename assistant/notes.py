"""What is said of each probe report: what it saw, and how much it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evidence import Reading
from assistant.explanation import counted, superseded
from assistant.scoring import SPEED
from assistant.wire import EvidenceNote
from knowledge.records import Language, Text

UNWEIGHED = Text(
    en="You weigh speed 0, so it adds nothing.", zh="你给速度的权重是 0，所以它不加分。"
)


def notes(
    readings: Sequence[Reading], weights: Mapping[str, float], language: Language
) -> tuple[EvidenceNote, ...]:
    """One note for each reading; of those that count, only the first is counted.

    Args:
        weights: criterion id to weight, 0..2, missing ones being 1.
    """
    used_before = False
    made = []
    for reading in readings:
        why = _why(reading, weights.get(SPEED, 1.0)).get(language)
        counts = reading.used and not used_before
        if reading.used and used_before:
            why = superseded(language)
        used_before = used_before or reading.used
        made.append(
            EvidenceNote(
                report=reading.report,
                says=reading.says.get(language),
                used=counts,
                why=why,
            )
        )
    return tuple(made)


def _why(reading: Reading, weight: float) -> Text:
    """Why it counts or not, and with how many points under this weight of speed."""
    if weight == 1 or not reading.lines:
        return reading.why
    if weight == 0:
        return UNWEIGHED
    line = reading.lines[0]
    return counted(line.points, weight) if line.at == "framework" else reading.why
