"""Which probe speaks for a person, and whether it has been run already."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.records import Answers
from probes.records import ProbeReport, ProbeSpec, Workload

WORKLOADS: dict[str, Workload] = {
    "image": "cnn-image",
    "video": "cnn-image",
    "audio": "lstm-sequence",
    "timeseries": "lstm-sequence",
    "text": "transformer-text",
}
"""What to time for a kind of data; a dense model for all others."""

USUAL_ROWS = 10_000
"""Rows of the probe for a person who has not said how many they have."""


def probe_for(answers: Answers) -> ProbeSpec:
    """The probe that speaks for a person's data, at their own number of rows."""
    rows = answers.get("dataset_rows")
    workload = WORKLOADS.get(str(answers.get("modality")), "mlp-tabular")
    return ProbeSpec(
        workload=workload,
        rows=rows if isinstance(rows, int) else USUAL_ROWS,
        # Slow starters on two cores; every second counts for rounds.
        budget_s=90 if workload == "mlp-tabular" else 120,
    )


def asked_before(spec: ProbeSpec, reports: Iterable[ProbeReport]) -> bool:
    """Whether one of these answers the same question, whosever machine it was."""
    same = {"hardware_class": spec.hardware_class}
    return any(report.spec.model_copy(update=same) == spec for report in reports)
