"""A report read back: its verdict from its raw times, and the words for it.

Nothing in a report is believed except the raw block times, and a contender whose
gate numbers are outside the limits is not compared even if it says it passed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import Literal

from pydantic import ValidationError

from probes.limits import is_within
from probes.records import (
    Contender,
    Measured,
    NotMeasured,
    ProbeReport,
    ProbeSpec,
    Ratio,
)
from probes.statistics import compare

Language = Literal["en", "zh"]
Result = Measured | NotMeasured

LARGEST_REPORT = 2**20
"""Bytes of a report file that is read at all."""

NAMES: dict[Contender, str] = {
    "pytorch": "PyTorch",
    "keras-tensorflow": "Keras on TensorFlow",
    "keras-torch": "Keras on PyTorch",
    "keras-jax": "Keras on JAX",
}
ZH_NAMES: dict[Contender, str] = {
    "pytorch": "PyTorch",
    "keras-tensorflow": "Keras（TensorFlow 后端）",
    "keras-torch": "Keras（PyTorch 后端）",
    "keras-jax": "Keras（JAX 后端）",
}


class ReportError(Exception):
    """The text is no probe report; the message names the first fault."""


def ratios(results: Sequence[Result], foreign: float) -> tuple[Ratio, ...]:
    """Every comparable contender against the first one that was measured.

    Args:
        foreign: fraction of all cores that other processes kept busy.
    """
    timed = [r for r in results if isinstance(r, Measured) and is_comparable(r)]
    found = (
        compare(arm.contender, timed[0].contender, logs, foreign=foreign)
        for arm in timed[1:]
        if (logs := paired_logs(arm, timed[0])) is not None
    )
    return tuple(ratio for ratio in found if ratio is not None)


def is_comparable(result: Measured) -> bool:
    return result.gate.passed and is_within(result.gate)


def paired_logs(arm: Measured, base: Measured) -> list[list[float]] | None:
    """Log ratios by launch, or None where two contenders' rounds do not pair up."""
    launches = _launches(arm)
    same_kind = arm.device == base.device and arm.contender != base.contender
    if not same_kind or launches != _launches(base):
        return None
    groups: dict[int, list[float]] = {}
    for launch, a, b in zip(
        launches, arm.block_seconds, base.block_seconds, strict=True
    ):
        groups.setdefault(launch, []).append(math.log(a / b))
    return list(groups.values())


def _launches(result: Measured) -> tuple[int, ...]:
    count = len(result.block_seconds)
    given = result.launches or (1,) * count
    return given if len(given) == count else ()


def judged(report: ProbeReport) -> ProbeReport:
    """The same report with its ratios worked out again from the raw times."""
    cores = report.environment.cores
    foreign = min(1.0, (report.foreign_cores or 0.0) / cores)
    return report.model_copy(update={"ratios": ratios(report.results, foreign)})


def to_json(report: ProbeReport) -> str:
    return report.model_dump_json(indent=2) + "\n"


def from_json(text: str | bytes) -> ProbeReport:
    """Read a report from anywhere; its ratios are worked out again.

    Raises:
        ReportError: too large, no JSON, or not the fields of a report.
    """
    if len(text) > LARGEST_REPORT:
        raise ReportError(f"report: over {LARGEST_REPORT} bytes")
    try:
        return judged(ProbeReport.model_validate_json(text))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "report"
        raise ReportError(f"{place}: {first['msg']}") from None


def name(contender: Contender, language: Language) -> str:
    return (NAMES if language == "en" else ZH_NAMES)[contender]


def sentence(ratio: Ratio, report: ProbeReport, language: Language = "en") -> str:
    """One ratio in words, with its interval and what it holds for."""
    a, b = name(ratio.contender, language), name(ratio.baseline, language)
    low, high, batch = f"{ratio.low:.2f}", f"{ratio.high:.2f}", report.spec.batch
    wide = f"{ratio.zone:.0%}"
    if language == "zh":
        end = {
            "slower": "更慢。",
            "faster": "更快。",
            "no_difference": f"没有实际差别（{wide} 以内）。",
            "undecided": f"在给定时间内无法判定（界限为 {wide}）。",
        }[ratio.word]
        return (
            f"在这台机器上，批大小 {batch}，{a} 每步用时是 {b} 的 {ratio.ratio:.2f} 倍"
            f"（95% 区间 {low}-{high}）：{end}"
        )
    end = {
        "slower": "slower",
        "faster": "faster",
        "no_difference": f"no practical difference (within {wide})",
        "undecided": f"undecided in the time given (the line is drawn at {wide})",
    }[ratio.word]
    return (
        f"{a} takes {ratio.ratio:.2f} times as long per step as {b} "
        f"(95% interval {low}-{high}), batch {batch}, on this machine: {end}."
    )


def projected_epoch_s(result: Measured, spec: ProbeSpec) -> tuple[float, float]:
    """Median seconds per step, and that times the steps in the person's rows.

    An estimate: the step times ``ceil(rows / batch)``, without the data pipeline and
    the fixed cost of an epoch.
    """
    step_s = median(result.block_seconds)
    return step_s, step_s * math.ceil(spec.rows / spec.batch)


def projection(result: Measured, report: ProbeReport, language: Language = "en") -> str:
    """The estimate of an epoch in words, with what it rests on."""
    step_s, epoch_s = projected_epoch_s(result, report.spec)
    label, rows, batch = (
        name(result.contender, language),
        f"{report.spec.rows:,}",
        report.spec.batch,
    )
    basis = f"{math.ceil(report.spec.rows / batch):,} x {step_s * 1000:.3g} ms"
    if language == "zh":
        return (
            f"估计：{label} 训练 {rows} 行一轮约需 {epoch_s:.3g} 秒"
            f"（{basis}；不含数据读取和每轮的固定开销）。"
        )
    return (
        f"Estimate: one epoch of {rows} rows takes {label} about {epoch_s:.3g} s "
        f"({basis} per step; without reading data and the fixed cost of an epoch)."
    )
