"""Benchmarks of the numbers: a bare script's clock, and epochs eight times as large."""

from __future__ import annotations

import math
from functools import partial
from statistics import fmean, median, stdev

from probes.projection import project
from probes.records import Contender, Measured, ProbeReport, ProbeSpec, Workload
from probes.statistics import t_quantile
from tests.benches.honesty import FAMILIES
from tests.benches.ledger import Ledger, Result, report_of
from tests.benches.probing import beside_bare, long_epoch_s, probed
from tests.benches.table import say, table, verdict

PROJECTED: tuple[Contender, ...] = (
    "pytorch",
    "keras-tensorflow",
    "keras-torch",
    "keras-jax",
)

CLOCKED: tuple[Contender, ...] = (
    *PROJECTED,
    "tensorflow-raw",
    "pytorch-fused",
    "pytorch-compile",
    "keras-tensorflow-xla",
)

AGREE = 0.05
"""How far a step may be from what a bare script says of it."""

TIMES = 8
"""Rows of the epoch that is really run, over those of the largest one fitted."""


def clock(ledger: Ledger, runs: int) -> bool:
    """A probe's step over that of a bare script; they take turns in fresh processes."""
    rows, good, done = [], 0, 0
    for contender in CLOCKED:
        logs: list[float] = []
        for number in range(runs):
            run = partial(_paired, contender, number)
            result = ledger.run(f"{contender}/{number}", run)
            if result is None:
                break
            rounds = result["rounds"]
            logs.append(median(math.log(probe / bare) for probe, bare in rounds))
        if not logs:
            continue
        middle = fmean(logs)
        wide = math.inf
        if len(logs) > 1:
            error = stdev(logs) / math.sqrt(len(logs))
            wide = error * t_quantile(0.975, len(logs) - 1)
        done += len(logs) == runs
        is_near = abs(math.expm1(middle)) <= AGREE
        good += len(logs) == runs and is_near
        each = ", ".join(f"{math.exp(log):.3f}" for log in logs)
        between = "one pair"
        if math.isfinite(wide):
            between = f"{math.exp(middle - wide):.3f}-{math.exp(middle + wide):.3f}"
        word = "near" if is_near else "OFF"
        rows.append(
            [contender, str(len(logs)), f"{math.exp(middle):.3f}", between, each, word]
        )
    table(["contender", "pairs", "probe/bare", "95% interval", "each", ""], rows)
    count = len(CLOCKED)
    return verdict("within 5%", good, done, least=count, wanted=count)


def _paired(contender: Contender, number: int) -> Result:
    return {"rounds": beside_bare(contender, number)}


def projection(ledger: Ledger, runs: int) -> bool:
    """What the fit says of an epoch of eight times the rows, over that epoch."""
    rows, errors, cells = [], [], 0
    for family in FAMILIES:
        for contender in PROJECTED:
            for number in range(runs):
                run = partial(_cell, family, contender, number, ledger)
                result = ledger.run(f"{family}/{contender}/{number}", run)
                if result is None:
                    break
                cells += 1
                cell = [family, contender, str(number + 1), str(result["steps"] or "")]
                if result["said"] is None:
                    rows.append([*cell, "", "", f"refused: {result['refused']}"])
                    continue
                error = result["said"] / result["seen"] - 1
                errors.append(abs(error))
                said, seen = f"{result['said']:.3g}", f"{result['seen']:.3g}"
                rows.append([*cell, said, seen, f"{error:+.1%}"])
    table(["family", "contender", "run", "steps", "said s", "took s", "error"], rows)
    wanted = len(FAMILIES) * len(PROJECTED) * runs
    refused = cells - len(errors)
    say(f"{cells} of {wanted} cells, {refused} of them refused to say anything")
    if not errors:
        return False
    near = sum(error <= 0.20 for error in errors)
    middle = median(errors)
    end = "kept" if middle <= 0.10 else "NOT KEPT"
    say(f"median error {middle:.1%} (limit: 10%): {end}")
    whole = wanted - refused
    least = math.ceil(0.9 * whole)
    is_near = verdict("within 20%", near, len(errors), least=least, wanted=whole)
    return is_near and middle <= 0.10


def _cell(
    family: Workload, contender: Contender, number: int, ledger: Ledger
) -> Result:
    spec = ProbeSpec.model_validate(
        {
            "workload": family,
            "contenders": (contender,),
            "budget_s": ledger.settings["budget"],
            "rows": 10**6,
            "seed": number,
        }
    )
    report = report_of(probed(spec))
    (result,) = report.results
    if not isinstance(result, Measured) or not result.epochs:
        reason = "no epoch was timed" if isinstance(result, Measured) else result.reason
        return {"said": None, "seen": None, "steps": None, "refused": reason}
    rows = TIMES * max(epoch.rows for epoch in result.epochs)
    return _checked(report, result, contender, rows)


def _checked(
    report: ProbeReport, result: Measured, contender: Contender, rows: int
) -> Result:
    asked = report.spec.model_copy(update={"rows": rows})
    found = project(result, report.model_copy(update={"spec": asked}))
    steps = rows // asked.batch
    seen = None
    if found.epoch_s is not None:
        seen = long_epoch_s(contender, asked, steps)
    return {
        "said": found.epoch_s,
        "seen": seen,
        "steps": steps,
        "refused": found.refused,
    }
