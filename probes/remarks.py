"""What a reader must know before believing a report: its warnings, in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from probes.arm import Arm
from probes.comparable import fastest_product, is_possible
from probes.conditions import (
    ASSUMED,
    WIDE_ZONE,
    Conditions,
    loud_cores,
    quiet_cores,
)
from probes.cores import usable_cores
from probes.records import LaunchSd, Measured, NotMeasured, ProbeReport
from probes.reports import control_log, quiet_launches

FAR = 0.3
"""Part of their way that biases may go astray in bfloat16 without a word.

Up to 0.23 in size M, and 0.48 where their gradients are summed in bfloat16 over many
places (Keras on JAX, ``cnn-image``, 2026-11-28).
"""

Results = Sequence[Measured | NotMeasured]


def remarks(arms: Sequence[Arm], report: ProbeReport, waited_s: float) -> Iterator[str]:
    """Everything about these arms that weakens what they say.

    Args:
        report: without its warnings.
        waited_s: seconds spent waiting for others to leave the machine alone.
    """
    launch_sd, results = report.launch_sd, report.results
    yield from _about_others(report, waited_s)
    yield from _about_arms(arms)
    yield from _about_baseline([arm for arm in arms if not arm.control], launch_sd)
    yield from _about_devices(results)
    yield from _about_epochs(report)
    yield from _about_biases(results)
    yield from _about_speed(report)
    yield from _about_control(report)


def _about_others(report: ProbeReport, waited_s: float) -> Iterator[str]:
    if waited_s >= 1:
        yield f"waited {waited_s:.0f} s in all for other programs to leave off"
    quiet = quiet_launches(report)
    timed = any(isinstance(result, Measured) for result in report.results)
    if timed and quiet is None and report.foreign_cores is None:
        line = max(report.spec.zone, WIDE_ZONE)
        yield f"it is not known what else ran: the line is drawn at {line:.0%}"
    if quiet is None or len(quiet) == len(report.launch_foreign):
        return
    disturbed = [
        f"{number} ({foreign:.1f} cores)"
        for number, foreign in enumerate(report.launch_foreign, start=1)
        if number not in quiet
    ]
    start = f"other programs ran beside launch {', '.join(disturbed)}"[:200]
    if len(quiet) > 1:
        yield f"{start}: left out of the ratios, its times are kept"
    else:
        most = loud_cores(report.environment.cores)
        line = max(report.spec.zone, WIDE_ZONE)
        end = f"the line is drawn at {line:.0%}"
        if max(report.launch_foreign) > most:
            end = "nothing is decided"
        yield f"{start}; even one busy program can slow a framework many times: {end}"


def _about_arms(arms: Sequence[Arm]) -> Iterator[str]:
    for arm in arms:
        if arm.failure is None and arm.blocks and not arm.steady:
            yield f"{arm.name} did not settle while warming up; its times may drift"
        if arm.lost:
            yield arm.lost
        if arm.failure is None and arm.start_foreign:
            yield from _about_start(arm)
        if arm.control and arm.failure is not None:
            yield f"{arm.name}: {arm.failure.reason}"[:300]


def _about_start(arm: Arm) -> Iterator[str]:
    """The first launch's start-up is what is reported; warm-ups are all alike."""
    cores = arm.start_foreign[0]
    if cores > quiet_cores(usable_cores()):
        yield (
            f"other programs ran beside the start of {arm.name} ({cores:.1f} cores): "
            "its start-up times are theirs too"
        )


def _about_baseline(arms: Sequence[Arm], launch_sd: LaunchSd | None) -> Iterator[str]:
    timed = [arm for arm in arms if arm.failure is None and arm.blocks]
    if timed and timed[0] is not arms[0]:
        yield (
            f"{arms[0].contender} was not measured; ratios are to {timed[0].contender}"
        )
    if len(timed) > 1 and set(timed[0].launches) == {1}:
        sd = (launch_sd or ASSUMED).sd
        whose = "this machine's earlier" if launch_sd else "an assumed"
        yield (
            f"one launch only: the interval rests on {whose} {sd:.0%} spread between "
            "launches"
        )


def _about_devices(results: Results) -> Iterator[str]:
    timed = [result for result in results if isinstance(result, Measured)]
    for result in timed[1:]:
        if result.device != timed[0].device:
            yield (
                f"{result.contender} ran on {result.device}, {timed[0].contender} on "
                f"{timed[0].device}: not comparable; keep both on one device"
            )


def _about_epochs(report: ProbeReport) -> Iterator[str]:
    timed = [result for result in report.results if isinstance(result, Measured)]
    if report.spec.precision != "float32":
        yield (
            f"in {report.spec.precision} bare steps alone are compared: whole epochs, "
            "estimates from them and tuned ways are left out, and first steps come "
            "after a check in float32 in the same process"
        )
    elif timed and not any(result.ways for result in timed):
        yield (
            "the time was not enough for rounds of whole epochs, the documented way; "
            "a larger budget gives them"
        )


def _about_biases(results: Results) -> Iterator[str]:
    """In bfloat16 no limit is set to them, but a reader is told."""
    for result in results:
        if isinstance(result, Measured) and (result.gate.way_of_biases or 0.0) > FAR:
            yield (
                f"{result.contender}: its biases go {result.gate.way_of_biases:.1f} of "
                "their way astray in bfloat16; its matrices do not, so it is compared"
            )


def _about_speed(report: ProbeReport) -> Iterator[str]:
    peak = fastest_product(report.results)
    for result in report.results:
        if isinstance(result, Measured) and not is_possible(result, report.spec, peak):
            yield (
                f"{result.contender}: a step was faster than a matrix product of this "
                "machine allows; it is not compared"
            )


def _about_control(report: ProbeReport) -> Iterator[str]:
    control, least = report.control, report.spec.zone
    centre = control_log(control, report.results)
    if control is None or centre is None:
        return
    seen = Conditions(control=centre, least_zone=least)
    if seen.zone > least or not seen.decides:
        end = f"the line is drawn at {seen.zone:.0%}"
        yield (
            f"{control.contender} differed from itself by "
            f"{math.expm1(abs(centre)):.0%} between two processes: "
            f"{end if seen.decides else 'nothing is decided'}"
        )
