"""A report read back: its verdict, worked out from its raw times.

Nothing in a report is believed except the raw block times: what its model holds and
computes is worked out from what was asked, and a contender whose gate numbers are
outside the limits is not compared even if it says it passed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, median

from pydantic import ValidationError

from probes.comparable import comparable
from probes.conditions import ASSUMED, Conditions, quiet_cores
from probes.learning.judge import judged_learning
from probes.projection import reach
from probes.records import (
    Control,
    LaunchSd,
    Measured,
    NotMeasured,
    ProbeReport,
    Ratio,
)
from probes.statistics import Paired, between_launches, compare, learnt, odd_rounds
from probes.tracks import Counted, default_ratios, overheads

Result = Measured | NotMeasured

LARGEST_REPORT = 2**20
"""Bytes of a report file that is read at all."""


class ReportError(Exception):
    """The text is no probe report; the message names the first fault."""


def ratios(
    timed: Sequence[Measured],
    conditions: Conditions | None = None,
    counted: Counted = None,
) -> tuple[Ratio, ...]:
    """Everybody against the first.

    Args:
        timed: who may be compared.
        counted: the launches to go by; all of them where it is not given.
    """
    pairs = (
        Paired(arm.contender, timed[0].contender, logs)
        for arm in timed[1:]
        if (logs := paired_logs(arm, timed[0], counted)) is not None
    )
    return compare(list(pairs), conditions)


def control_log(
    control: Control | None,
    results: Sequence[Result],
    counted: Counted = None,
) -> float | None:
    """Log ratio of the baseline's second process to its first; None without one."""
    base = next((r for r in results if isinstance(r, Measured)), None)
    if control is None or base is None or base.contender != control.contender:
        return None
    if control.launches != _launches(base):
        return None
    means: dict[int, list[float]] = {}
    for launch, a, b in zip(
        control.launches, control.block_seconds, base.block_seconds, strict=False
    ):
        if counted is None or launch in counted:
            means.setdefault(launch, []).append(math.log(a / b))
    return fmean(median(group) for group in means.values()) if means else None


def paired_logs(
    arm: Measured, base: Measured, counted: Counted = None
) -> list[list[float]] | None:
    """Log ratios by launch, or None where two contenders' rounds do not pair up."""
    launches = _launches(arm)
    same_kind = arm.device == base.device and arm.contender != base.contender
    same_kind = same_kind and arm.threads == base.threads
    if not same_kind or launches != _launches(base):
        return None
    groups: dict[int, list[float]] = {}
    for launch, a, b in zip(
        launches, arm.block_seconds, base.block_seconds, strict=True
    ):
        if counted is None or launch in counted:
            groups.setdefault(launch, []).append(math.log(a / b))
    return list(groups.values())


def _launches(result: Measured) -> tuple[int, ...]:
    count = len(result.block_seconds)
    given = result.launches or (1,) * count
    return given if len(given) == count else ()


def quiet_launches(report: ProbeReport) -> frozenset[int] | None:
    """The launches that others' work left alone; None where it cannot be told.

    What else ran is read from the system, not from the times: a launch is not left out
    for what it showed.
    """
    return _quiet(report, report.launch_foreign)


def _quiet(report: ProbeReport, cores: Sequence[float]) -> Counted:
    most = quiet_cores(report.environment.cores)
    quiet = frozenset(
        launch for launch, foreign in enumerate(cores, start=1) if foreign <= most
    )
    return quiet if cores else None


def settled_launches(report: ProbeReport, made: int, most: int) -> int:
    """How many of the launches ``made`` count; of others, ``most`` are made up for."""
    quiet = quiet_launches(report)
    return made if quiet is None else max(len(quiet), made - most)


def judged(report: ProbeReport) -> ProbeReport:
    """The same report with its ratios worked out again from the raw times."""
    report = _bare(report)
    timed = comparable(report)
    launches = {
        n for r in report.results if isinstance(r, Measured) for n in r.launches
    }
    counted, conditions = _conditions(report, report.launch_foreign, launches)
    control = conditions.control
    # Where the default track was too short to read the load, the rounds before it tell.
    beside = report.epoch_foreign or report.launch_foreign
    of_epochs = {n for one in timed for way in one.ways for n in way.launches}
    by_epochs, beside_epochs = _conditions(report, beside, of_epochs)
    changes: dict[str, object] = {
        "results": tuple(map(_tagged, report.results)),
        "ratios": ratios(timed, conditions, counted),
        "default_ratios": default_ratios(timed, beside_epochs, by_epochs),
        "overheads": overheads(timed, conditions.prior, _both(counted, by_epochs)),
        "learning": judged_learning(report.learning),
        "reach": reach(report),
    }
    if report.control is not None:
        ratio = None if control is None else math.exp(control)
        changes["control"] = report.control.model_copy(update={"ratio": ratio})
    return report.model_copy(update=changes)


def _bare(report: ProbeReport) -> ProbeReport:
    """Without whole epochs where they are not compared: in bfloat16."""
    if report.spec.precision == "float32":
        return report
    none = {"ways": (), "epochs": (), "fit_epoch_s": None, "fit_rows": None}
    bare = tuple(
        one.model_copy(update=none) if isinstance(one, Measured) else one
        for one in report.results
    )
    return report.model_copy(update={"results": bare, "learning": None})


def _tagged(result: Result) -> Result:
    if isinstance(result, NotMeasured):
        return result
    odd = (
        odd_rounds(_launches(result), result.block_seconds) if _launches(result) else ()
    )
    return result.model_copy(update={"odd_rounds": odd})


def distrusted(report: ProbeReport) -> ProbeReport:
    """The same for a report from anywhere.

    What it says of its machine's earlier launches cannot be worked out, so it makes no
    interval narrower than it would be without.
    """
    told = report.launch_sd
    if told is not None:
        told = LaunchSd(
            sd=max(told.sd, ASSUMED.sd), freedom=min(told.freedom, ASSUMED.freedom)
        )
    return judged(report.model_copy(update={"launch_sd": told}))


def _both(one: Counted, other: Counted) -> Counted:
    if one is None or other is None:
        return one if other is None else other
    return one & other


def _conditions(
    report: ProbeReport, cores: Sequence[float], launches: set[int]
) -> tuple[Counted, Conditions]:
    """The launches to go by, and what holds for them.

    Args:
        cores: in foreign use in each launch.
        launches: in which something was timed.
    """
    quiet = _quiet(report, cores)
    quiet = None if quiet is None else quiet & launches
    counted = quiet if quiet is not None and len(quiet) > 1 else None
    return counted, Conditions(
        foreign=_foreign(report, cores, counted),
        cores=report.environment.cores,
        least_zone=report.spec.zone,
        control=control_log(report.control, report.results, counted),
        prior=report.launch_sd or ASSUMED,
        launch_s=report.duration_s / max(1, len(launches)),
    )


def _foreign(
    report: ProbeReport, cores: Sequence[float], counted: Counted
) -> float | None:
    """Cores in foreign use in the launches that count; the worst, if none was quiet."""
    if counted is not None:
        return fmean(cores[launch - 1] for launch in sorted(counted))
    average = () if report.foreign_cores is None else (report.foreign_cores,)
    return max((*average, *cores), default=None)


def launch_history(reports: Sequence[ProbeReport], like: ProbeReport) -> LaunchSd:
    """What earlier reports of the same machine and workload say of launches.

    Only of those where the machine was left alone: others' work is no property of it.
    """
    seen = [
        between_launches(logs)
        for report in reports
        if report.environment == like.environment
        and report.spec.workload == like.spec.workload
        and report.spec.precision == like.spec.precision
        and report.id != like.id
        and _was_quiet(report)
        for logs in _all_logs(report)
    ]
    return learnt([one for one in seen if one[1]])


def _was_quiet(report: ProbeReport) -> bool:
    foreign = _foreign(report, report.launch_foreign, None)
    return foreign is not None and foreign <= quiet_cores(report.environment.cores)


def _all_logs(report: ProbeReport) -> list[list[list[float]]]:
    timed = comparable(report)
    found = [paired_logs(arm, timed[0]) for arm in timed[1:]]
    return [logs for logs in found if logs is not None]


def to_json(report: ProbeReport) -> str:
    return report.model_dump_json(indent=2) + "\n"


def from_json(text: str | bytes, *, ours: bool = False) -> ProbeReport:
    """Read a report; its ratios are worked out again.

    Args:
        ours: whether this machine wrote it, and not just anybody.

    Raises:
        ReportError: too large, no JSON, or not the fields of a report.
    """
    if len(text) > LARGEST_REPORT:
        raise ReportError(f"report: over {LARGEST_REPORT} bytes")
    try:
        read = ProbeReport.model_validate_json(text)
        return judged(read) if ours else distrusted(read)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "report"
        raise ReportError(f"{place}: {first['msg']}"[:300]) from None
