"""What this machine measured before: the same question, and how ratios moved. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from probes.comparable import is_comparable
from probes.compare import changes, compared, differences
from probes.compare import sentence as changed
from probes.conditions import quiet_cores
from probes.frameworks import NEEDS
from probes.records import (
    PROTOCOL,
    Environment,
    Measured,
    NotMeasured,
    ProbeReport,
    ProbeSpec,
)
from probes.reports import quiet_launches
from probes.words import in_precision

MOST_AGE = timedelta(days=30)
"""A report older than this is measured anew: drivers and kernels change unseen."""

Versions = Mapping[str, str | None]
"""Installed version of each package; None where it is missing."""


def earlier(
    spec: ProbeSpec,
    reports: Sequence[ProbeReport],
    here: Environment,
    versions: Versions,
    now: datetime,
) -> ProbeReport | None:
    """The newest report that answers ``spec`` as well as measuring it again would.

    The machine, the way of measuring, every version, every setting but the time
    allowed, and nothing disturbed or missing. An undecided one answers only who allows
    no more time.
    """
    found = (
        report
        for report in reports
        if report.environment == here
        and report.protocol == PROTOCOL
        and timedelta(0) <= now - report.started_at <= MOST_AGE
        and same_question(report.spec, spec)
        and _is_whole(report, versions)
        and _is_quiet(report)
        and _is_settled(report, spec)
    )
    return max(found, key=lambda report: report.started_at, default=None)


def same_question(one: ProbeSpec, other: ProbeSpec) -> bool:
    """Whether only the time allowed differs."""
    return one.model_copy(update={"budget_s": other.budget_s}) == other


def told(report: ProbeReport, now: datetime) -> str:
    """Whence an earlier answer is, in words."""
    days = (now - report.started_at).days
    ago = {0: "within the last day", 1: "1 day ago"}.get(days, f"{days} days ago")
    return (
        f"Measured on {report.started_at:%Y-%m-%d}, {ago}: same question, machine and "
        f"versions. --fresh measures anew, as happens by itself after "
        f"{MOST_AGE.days} days."
    )


def _is_whole(report: ProbeReport, versions: Versions) -> bool:
    if report.stopped_early or not report.ratios:
        return False
    spec = report.spec
    return all(_still_holds(result, spec, versions) for result in report.results)


def _still_holds(
    result: Measured | NotMeasured, spec: ProbeSpec, versions: Versions
) -> bool:
    if isinstance(result, NotMeasured):
        absent = any(versions.get(name) is None for name in NEEDS[result.contender])
        return result.status == "not_installed" and absent
    known = result.versions.items()
    same = all(versions.get(name) == version for name, version in known)
    return is_comparable(result, spec) and same


def _is_quiet(report: ProbeReport) -> bool:
    quiet = quiet_launches(report)
    if quiet is not None:
        return len(quiet) > 1 or len(quiet) == len(report.launch_foreign)
    most = quiet_cores(report.environment.cores)
    return report.foreign_cores is not None and report.foreign_cores <= most


def _is_settled(report: ProbeReport, spec: ProbeSpec) -> bool:
    decided = all(ratio.word != "undecided" for ratio in report.ratios)
    return decided or report.spec.budget_s >= spec.budget_s


def history_lines(reports: Sequence[ProbeReport]) -> Iterator[str]:
    """How the ratios of each question moved, oldest first; one block a question.

    Args:
        reports: of one machine or several, in any order.
    """
    groups: list[list[ProbeReport]] = []
    for report in sorted(reports, key=lambda report: report.started_at):
        for group in groups:
            last = group[-1]
            if _alike(last, report) and same_question(last.spec, report.spec):
                group.append(report)
                break
        else:
            groups.append([report])
    for group in groups:
        yield _question(group[0])
        for number, report in enumerate(group):
            yield from _entry(report, group[number - 1] if number else None)


def _alike(one: ProbeReport, other: ProbeReport) -> bool:
    """Whether both ran on the same processors; drivers may have changed."""

    def models(report: ProbeReport) -> tuple[str, ...]:
        return tuple(gpu.partition(", driver ")[0] for gpu in report.environment.gpus)

    same = one.environment.processor == other.environment.processor
    return same and models(one) == models(other)


def _question(report: ProbeReport) -> str:
    spec, here = report.spec, report.environment
    return (
        f"{spec.workload} {spec.size}, batch {spec.batch}, {spec.rows:,} rows"
        f"{in_precision(spec)}; {here.processor}, {here.cores} cores"
        + "".join(f", {gpu.partition(', driver ')[0]}" for gpu in here.gpus)
    )


def _entry(report: ProbeReport, before: ProbeReport | None) -> Iterator[str]:
    yield f"  {report.started_at:%Y-%m-%d %H:%M}  {report.id}  {_versions(report)}"
    for ratio in (*report.ratios, *report.default_ratios):
        yield (
            f"    {compared(ratio)}: {ratio.ratio:.2f} "
            f"({ratio.low:.2f}-{ratio.high:.2f}), {ratio.word.replace('_', ' ')}"
        )
    if not report.ratios:
        yield "    no ratio"
    if before is None:
        return
    for change in changes(before, report):
        if change.word != "no_change_seen":
            yield f"    changed: {changed(change)}"
    for line in differences(before, report):
        yield f"    also different: {line}"


def _versions(report: ProbeReport) -> str:
    known: dict[str, str] = {}
    for result in report.results:
        if isinstance(result, Measured):
            known |= result.versions
    return ", ".join(f"{name} {version}" for name, version in known.items())
