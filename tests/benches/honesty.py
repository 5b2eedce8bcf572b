"""Benchmarks of the verdict: equals, a tenth, coverage, speed, a busy machine."""

from __future__ import annotations

import math
from collections import Counter
from functools import partial
from statistics import fmean, median

from probes.records import Contender, Measured, ProbeReport, ProbeSpec, Ratio, Workload
from probes.reports import paired_logs, quiet_launches
from tests.benches.ledger import Ledger, Result, report_of
from tests.benches.probing import itself, one_core_taken, probed
from tests.benches.table import RATIO_HEADS, half_width, say, shown, table, verdict

FAMILIES: tuple[Workload, ...] = (
    "mlp-tabular",
    "cnn-image",
    "lstm-sequence",
    "transformer-text",
)

REFERENCE_LAUNCHES = 15


def aa(ledger: Ledger, runs: int, contender: Contender) -> bool:
    """A contender against itself: a direction is a false one."""
    return _against_itself(ledger, runs, contender, "no fault", slower=False)


def injected(ledger: Ledger, runs: int, contender: Contender) -> bool:
    """A contender against itself with a tenth more work after every block."""
    return _against_itself(ledger, runs, contender, "ten percent", slower=True)


def _against_itself(
    ledger: Ledger, runs: int, contender: Contender, fault: str, *, slower: bool
) -> bool:
    pair, command = itself(contender, fault)
    rows, words = [], Counter[str]()
    for number in range(runs):
        spec = ProbeSpec(
            contenders=pair, budget_s=ledger.settings["budget"], seed=number
        )
        known = list(ledger.reports(f"{contender}/"))
        run = partial(probed, spec, known, command)
        result = ledger.run(f"{contender}/{number}", run)
        if result is None:
            break
        report = report_of(result)
        rows.append([str(number + 1), *_row(report)])
        words.update([report.ratios[0].word if report.ratios else "no ratio"])
    table(["run", *RATIO_HEADS, "s", "others' cores"], rows)
    say(f"words: {dict(words)}")
    if slower:
        least = math.ceil(0.95 * runs)
        what = "a tenth was found"
        return verdict(what, words["slower"], len(rows), least=least, wanted=runs)
    said = words["slower"] + words["faster"]
    least = runs - runs // 100
    good = len(rows) - said
    return verdict("no direction", good, len(rows), least=least, wanted=runs)


def _row(report: ProbeReport) -> list[str]:
    ratio = report.ratios[0] if report.ratios else None
    cells = shown(ratio) if ratio else ["", "", "", "no ratio", ""]
    return [*cells, f"{report.duration_s:.0f}", f"{report.foreign_cores or 0:.2f}"]


def coverage(ledger: Ledger, runs: int) -> bool:
    """Whether intervals hold what a long reference says, over all four families.

    Half of the reference's launches are made before the runs and half after them, so
    that a drift of the machine is no one-sided error.
    """
    rows, held, made = [], 0, 0
    for place, family in enumerate(FAMILIES):
        count = runs // 4 + (place < runs % 4)
        spec = ProbeSpec(
            workload=family,
            contenders=("pytorch", "keras-tensorflow"),
            budget_s=ledger.settings["budget"],
        )
        _refer(ledger, spec, family, math.ceil(REFERENCE_LAUNCHES / 2))
        _repeat(ledger, spec, f"{family}/run/", count)
        _refer(ledger, spec, family, REFERENCE_LAUNCHES)
        launches = [
            centre
            for report in ledger.reports(f"{family}/reference/")
            for centre in _centres(report)
        ]
        if len(launches) < REFERENCE_LAUNCHES:
            say(f"{family}: {len(launches)} launches of {REFERENCE_LAUNCHES} so far")
            continue
        truth = math.exp(fmean(launches))
        for number, report in enumerate(ledger.reports(f"{family}/run/"), start=1):
            made += 1
            ratio = report.ratios[0] if report.ratios else None
            is_held = ratio is not None and ratio.low <= truth <= ratio.high
            held += is_held
            word = "held" if is_held else "MISSED"
            rows.append([family, f"{truth:.3f}", str(number), *_row(report)[:5], word])
    table(["family", "reference", "run", *RATIO_HEADS, ""], rows)
    least = math.ceil(0.9 * runs)
    return verdict("the reference was held", held, made, least=least, wanted=runs)


def _refer(ledger: Ledger, spec: ProbeSpec, family: str, launches: int) -> None:
    """Probes, each with its own history only, until there are so many launches."""
    for number in range(launches):
        known = ledger.reports(f"{family}/reference/")
        if sum(len(_centres(report)) for report in known) >= launches:
            return
        one = spec.model_copy(update={"seed": 1_000 + number})
        if ledger.run(f"{family}/reference/{number}", partial(probed, one)) is None:
            return


def _repeat(ledger: Ledger, spec: ProbeSpec, prefix: str, count: int) -> None:
    for number in range(count):
        one = spec.model_copy(update={"seed": number})
        known = list(ledger.reports(prefix))
        run = partial(probed, one, known)
        if ledger.run(f"{prefix}{number}", run) is None:
            return


def _centres(report: ProbeReport) -> list[float]:
    """The log ratio of each launch that was left alone, of the first pair."""
    timed = [result for result in report.results if isinstance(result, Measured)]
    if len(timed) < 2:
        return []
    logs = paired_logs(timed[1], timed[0], quiet_launches(report))
    return [median(group) for group in logs or []]


def quick(ledger: Ledger, runs: int) -> bool:
    """First verdict within 60 s; widths at 120 s and 600 s; the same word again."""
    first = _budget(ledger, 60, max(1, runs // 3))
    middle = _budget(ledger, 120, runs)
    late = _budget(ledger, 600, max(1, runs // 3))
    rows = [
        [str(int(budget)), str(number), f"{seconds:.0f}", *_row(report)[:5]]
        for budget, seen in ((60, first), (120, middle), (600, late))
        for number, (report, seconds) in enumerate(seen, start=1)
    ]
    table(["budget", "run", "first ratio s", *RATIO_HEADS], rows)
    in_time = sum(1 for report, s in first if report.ratios and s <= 60)
    narrow = [_within(report, 0.10) for report, _ in middle]
    words = Counter(r.ratios[0].word for r, _ in middle if r.ratios)
    same = max(words.values(), default=0)
    narrower = [_within(report, 0.05) for report, _ in late]
    third, nine = max(1, runs // 3), math.ceil(0.9 * runs)
    kept = [
        verdict("a verdict in 60 s", in_time, len(first), least=third, wanted=third),
        verdict(
            "half-width at 120 s at most 10%",
            sum(narrow),
            len(middle),
            least=runs,
            wanted=runs,
        ),
        verdict("the same word", same, len(middle), least=nine, wanted=runs),
        verdict(
            "half-width at 600 s at most 5%",
            sum(narrower),
            len(late),
            least=third,
            wanted=third,
        ),
    ]
    return all(kept)


def _budget(
    ledger: Ledger, budget_s: float, runs: int
) -> list[tuple[ProbeReport, float]]:
    """Runs of one budget, each knowing the earlier ones as a machine's store would."""
    spec = ProbeSpec(
        size="M", contenders=("pytorch", "keras-tensorflow"), budget_s=budget_s
    )
    found = []
    for number in range(runs):
        one = spec.model_copy(update={"seed": number})
        run = partial(probed, one, list(ledger.reports()))
        result = ledger.run(f"{budget_s:.0f}/{number}", run)
        if result is None:
            break
        seconds = result["first"].get("ratio", math.inf)
        found.append((report_of(result), seconds))
    return found


def _within(report: ProbeReport, most: float) -> bool:
    return bool(report.ratios) and half_width(report.ratios[0]) <= most


def busy(ledger: Ledger, runs: int) -> bool:
    """One core taken by another process: a direction must be that of a quiet run."""
    spec = ProbeSpec(
        contenders=("pytorch", "keras-tensorflow"), budget_s=ledger.settings["budget"]
    )
    quiet = ledger.run("quiet", lambda: probed(spec))
    if quiet is None:
        return False
    base = report_of(quiet)
    rows, wrong = [["quiet", *_row(base), ""]], 0
    made = 0
    for number in range(runs):
        bursts = bool(number % 2)
        one = spec.model_copy(update={"seed": number + 1})

        run = partial(_disturbed, one, base, bursts=bursts)
        result = ledger.run(f"busy/{number}", run)
        if result is None:
            break
        made += 1
        report = report_of(result)
        is_wrong = _is_wrong(report.ratios, base.ratios)
        wrong += is_wrong
        told = any("other program" in warning for warning in report.warnings)
        notes = ["WRONG"] * is_wrong + ["says so" if told else "says nothing"]
        kind = "bursts" if bursts else "steady"
        rows.append([f"{kind} {number + 1}", *_row(report), ", ".join(notes)])
    table(["machine", *RATIO_HEADS, "s", "others' cores", ""], rows)
    if not base.ratios:
        say("the quiet run has no ratio to go by: nothing is shown")
        return False
    if base.ratios[0].word == "undecided":
        say(
            "the quiet run decided nothing: any word beside a neighbour counts as wrong"
        )
    return verdict("not misled", made - wrong, made, least=runs, wanted=runs)


def _disturbed(spec: ProbeSpec, known: ProbeReport, *, bursts: bool) -> Result:
    with one_core_taken(bursts=bursts):
        return probed(spec, [known])


def _is_wrong(seen: tuple[Ratio, ...], quiet: tuple[Ratio, ...]) -> bool:
    """A direction, or a sameness, that the quiet machine did not show."""
    if not seen or seen[0].word == "undecided":
        return False
    return not quiet or seen[0].word != quiet[0].word
