"""A probe in the terminal: a table while it runs, and another when it is done."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from probes.commands import ALONE, compare_files, told_alone
from probes.environment import environment
from probes.frameworks import installed
from probes.history import earlier, told
from probes.live import INTERRUPTED, interruptible, shown_live
from probes.page import lines, report_html, tables
from probes.records import Contender, ProbeReport, ProbeSpec, Size, Workload
from probes.reports import to_json
from probes.runner import run_probe
from probes.spec import Precision
from probes.store import ReportStore, reports_folder, write_whole
from probes.words import Language

ABOUT = """Time one model in several frameworks on this machine.

'probe doctor' says what is installed and how to install the rest, 'probe history' how
ratios moved on this machine, 'probe compare' sets two reports side by side, 'probe
schema' prints what a report is.
"""

STATUSES = """exit status:
  0    at least one contender was measured (doctor: two can run; compare: the reports
       hold a ratio in common; history: there are reports)
  1    nothing was measured (doctor: fewer than two can run; compare: no ratio in
       common; history: no reports yet)
  2    wrong usage, or a file that is no report
  130  Ctrl-C: the verdict so far was given; a second Ctrl-C ends at once, without one
"""


def probe_command(argv: list[str]) -> int:
    """Run ``probe``, or ``probe`` doctor, compare, history or schema.

    Returns:
        The exit status: 0 compared, 1 nothing measured, 2 wrong usage, 130 Ctrl-C.
    """
    try:
        return _commanded(argv)
    except KeyboardInterrupt:
        return INTERRUPTED


def _commanded(argv: list[str]) -> int:
    if argv[:1] == ["compare"]:
        return compare_files(argv[1:])
    if argv and argv[0] in ALONE:
        return told_alone(argv[0], argv[1:])
    asked = _parser().parse_args(argv)
    if reason := _unwritable(asked.html):
        sys.stderr.write(f"{asked.html}: {reason}\n")
        return 2
    try:
        spec = ProbeSpec(
            workload=asked.workload,
            size=asked.size,
            rows=asked.rows,
            features=asked.features,
            classes=asked.classes,
            side=asked.side,
            length=asked.length,
            batch=asked.batch,
            zone=asked.zone / 100,
            control=asked.control,
            learn=asked.learn,
            variants=asked.variants,
            precision=asked.precision,
            budget_s=asked.budget,
            contenders=asked.contenders.split(","),
        )
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=True):
            place = ".".join(str(part) for part in fault["loc"])
            sys.stderr.write(f"{place}: {fault['msg']}: {fault['input']!r}\n")
        return 2
    store = ReportStore(reports_folder())
    report, interrupted = _answer(
        spec, store, asked.language, fresh=asked.fresh, quiet=asked.json
    )
    _keep(report, store, asked.html, asked.language)
    if asked.json:
        sys.stdout.write(to_json(report))
    else:
        show(report, asked.language)
    if interrupted:
        return INTERRUPTED
    return 0 if any(r.status == "measured" for r in report.results) else 1


def _unwritable(page: Path | None) -> str | None:
    """Why no file can be put there, in words, before anything is measured for it."""
    if page is None:
        return None
    if not page.parent.is_dir():
        return f"there is no folder {page.parent}; make it, or name another file"
    if page.is_dir():
        return "this is a folder; name a file in it"
    if not os.access(page.parent, os.W_OK):
        return f"nothing can be written into {page.parent}; name another folder"
    return None


def _answer(
    spec: ProbeSpec, store: ReportStore, language: Language, *, fresh: bool, quiet: bool
) -> tuple[ProbeReport, bool]:
    """What this machine said before to the same question, or what it says now."""
    now = datetime.now(UTC)
    known = None
    if not fresh:
        known = earlier(spec, store.list(), environment(), installed(), now)
    if known is None:
        return asyncio.run(_run(spec, store, language, quiet=quiet))
    sys.stderr.write(f"{told(known, now)}\n")
    return known, False


def show(report: ProbeReport, language: Language = "en") -> None:
    """Print a report's table, sentences, reasons and warnings on stdout."""
    console = Console()
    # One column for each contender: a terminal is narrow, and there are few of them.
    (heads, rows), *further = tables(report, language)
    first, *others = zip(heads, *rows, strict=True)
    table = Table()
    for head in first:
        table.add_column(head)
    for row in others:
        table.add_row(*row)
    console.print(table)
    for heads, rows in further:
        other = Table(*heads)
        for cells in rows:
            other.add_row(*cells)
        console.print(other)
    for line in lines(report, language):
        console.print(line, highlight=False, markup=False)


def _keep(
    report: ProbeReport, store: ReportStore, page: Path | None, language: Language
) -> None:
    """Into the machine's history, and as a page; a full disk loses neither verdict."""
    try:
        if any(result.status == "measured" for result in report.results):
            store.write(report)
        if page is not None:
            write_whole(page, report_html(report, language))
    except OSError as error:
        sys.stderr.write(f"{error.filename or page}: {error.strerror}; not kept\n")


async def _run(
    spec: ProbeSpec, store: ReportStore, language: Language, *, quiet: bool
) -> tuple[ProbeReport, bool]:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    with (
        shown_live(spec, language, quiet=quiet) as tell,
        interruptible(lambda: loop.call_soon_threadsafe(stop.set), language),
    ):
        report = await run_probe(
            spec, on_progress=tell, stop=stop, history=store.list()
        )
    return report, stop.is_set()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="probe",
        description=ABOUT,
        epilog=STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--language", choices=get_args(Language), default="en")
    names = ", ".join(get_args(Contender))
    default = ProbeSpec()
    parser.add_argument(
        "--workload", choices=get_args(Workload), default=default.workload
    )
    parser.add_argument("--size", choices=get_args(Size), default=default.size)
    parser.add_argument("--rows", type=int, default=default.rows, help="your rows")
    parser.add_argument(
        "--features", type=int, default=default.features, help="columns of your table"
    )
    parser.add_argument("--classes", type=int, default=default.classes)
    parser.add_argument("--side", type=int, help="pixels of a picture's side")
    parser.add_argument("--length", type=int, help="steps or words of an example")
    parser.add_argument("--batch", type=int, default=default.batch)
    parser.add_argument(
        "--zone",
        type=float,
        default=100 * default.zone,
        metavar="PERCENT",
        help="differences up to this are of no interest to you, 3 to 15",
    )
    parser.add_argument(
        "--control",
        action="store_true",
        help="also time the baseline against itself",
    )
    parser.add_argument(
        "--learn",
        action="store_true",
        help="also train each to the end on data that can be learnt, six times: "
        "accuracy, seconds to a target, and for tables scikit-learn's boosted trees",
    )
    parser.add_argument(
        "--variants",
        action="store_true",
        help="also time each stack as somebody in search of speed would set it up: "
        "steps_per_execution, tf.data, jit_compile, a fused optimizer",
    )
    parser.add_argument(
        "--precision",
        choices=get_args(Precision),
        default=default.precision,
        help="bfloat16: mixed precision for everybody, bare steps alone",
    )
    parser.add_argument(
        "--fresh",
        action="store_true",
        help="measure anew, though this machine has answered the same before",
    )
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write a page with pictures"
    )
    parser.add_argument(
        "--contenders",
        default=",".join(default.contenders),
        help=f"separated by commas, the first is the baseline; of {names}",
    )
    parser.add_argument(
        "--budget", type=float, default=default.budget_s, help="seconds, at most"
    )
    parser.add_argument(
        "--json", action="store_true", help="print the report as JSON, nothing else"
    )
    return parser
