"""Benchmarks of the numbers: a bare script's clock, and epochs eight times as large."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from statistics import fmean, median, stdev

from probes.projection import project
from probes.records import (
    Contender,
    Measured,
    NotMeasured,
    ProbeReport,
    ProbeSpec,
    Workload,
)
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

EPOCH_LAUNCHES = 6
"""Fresh processes in which each such epoch is timed.

One differs from the mean of others by 14% in the median on a machine of two paces
(2026-11-30): with fewer, what is compared with would be as uncertain as what is said.
"""


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
    """What the fit says of an epoch of eight times the rows, over that epoch.

    That is the mean of its fresh starts, each the mean of its epochs: a machine of two
    paces may have either at a start, and the fit speaks of the mean pace. How well
    those starts tell each other is printed beside it.
    """
    rows, errors, held, cells = [], [], 0, 0
    apart: list[float] = []
    for family in FAMILIES:
        for number in range(runs):
            run = partial(_cells, family, number, ledger)
            result = ledger.run(f"{family}/{number}", run)
            if result is None:
                break
            for contender, seen in result.items():
                cells += 1
                cell = [family, contender, str(number + 1), str(seen["steps"] or "")]
                if seen["said"] is None:
                    rows.append([*cell, "", "", "", f"refused: {seen['refused']}"])
                    continue
                took = fmean(seen["took"])
                error = seen["said"] / took - 1
                errors.append(abs(error))
                apart += _apart(seen["took"])
                held += abs(seen["said"] - took) <= seen["off"] * seen["said"]
                each = ", ".join(f"{seconds:.3g}" for seconds in seen["took"])
                said = f"{seen['said']:.3g} ±{seen['off']:.0%}"
                rows.append([*cell, said, f"{took:.3g}", each, f"{error:+.1%}"])
    heads = ["family", "contender", "run", "steps", "said s", "took s", "launches"]
    table([*heads, "error"], rows)
    wanted = len(FAMILIES) * len(PROJECTED) * runs
    refused = cells - len(errors)
    say(f"{cells} of {wanted} cells, {refused} of them refused to say anything")
    if not errors:
        return False
    say(f"{held} of {len(errors)} within the band that was told")
    say(
        f"a start of the same epoch told by the others: {_near(apart)} of {len(apart)}"
        f" within 20%, median error {median(apart):.1%}"
    )
    middle = median(errors)
    end = "kept" if middle <= 0.10 else "NOT KEPT"
    say(f"median error {middle:.1%} (limit: 10%): {end}")
    whole = wanted - refused
    least = math.ceil(0.9 * whole)
    is_near = verdict(
        "within 20%", _near(errors), len(errors), least=least, wanted=whole
    )
    return is_near and middle <= 0.10


def _near(errors: Sequence[float]) -> int:
    return sum(error <= 0.20 for error in errors)


def _apart(took: Sequence[float]) -> list[float]:
    """How far each start is from the mean of the others: what no fit can know."""
    others = [(sum(took) - one) / (len(took) - 1) for one in took]
    return [abs(said / one - 1) for one, said in zip(took, others, strict=True)]


def _cells(family: Workload, number: int, ledger: Ledger) -> Result:
    """One probe of all contenders, and then the epochs that it speaks of.

    The fresh starts of the contenders take turns, so that nobody's are all made while
    the machine is at one of its paces.
    """
    spec = ProbeSpec.model_validate(
        {
            "workload": family,
            "contenders": PROJECTED,
            "budget_s": ledger.settings["budget"],
            "rows": 10**6,
            "seed": number,
        }
    )
    report = report_of(probed(spec))
    cells: Result = {one.contender: _cell(report, one) for one in report.results}
    for launch in range(1, EPOCH_LAUNCHES + 1):
        for contender in PROJECTED:
            cell = cells[contender]
            if cell["said"] is not None:
                took = long_epoch_s(contender, spec, cell["steps"], launch)
                cell["took"].append(took)
    return cells


def _cell(report: ProbeReport, result: Measured | NotMeasured) -> Result:
    cell: Result = {"said": None, "off": None, "steps": None, "took": []}
    if isinstance(result, NotMeasured) or not result.epochs:
        reason = result.reason if isinstance(result, NotMeasured) else "none timed"
        return cell | {"refused": reason}
    rows = TIMES * max(epoch.rows for epoch in result.epochs)
    asked = report.spec.model_copy(update={"rows": rows})
    found = project(result, report.model_copy(update={"spec": asked}))
    cell |= {"said": found.epoch_s, "off": found.off, "refused": found.refused}
    return cell | {"steps": rows // asked.batch}
