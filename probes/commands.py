"""The terminal's commands beside the probe itself: what machine and reports say."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from probes.compare import changes, differences, obstacle, sentence
from probes.doctor import doctor
from probes.history import history_lines
from probes.records import ProbeReport
from probes.reports import ReportError, from_json
from probes.store import ReportStore, reports_folder


def schema_text() -> str:
    """The JSON schema of a report, as it is shipped in ``report.schema.json``."""
    return json.dumps(ProbeReport.model_json_schema(), indent=2) + "\n"


def show_schema() -> int:
    """Print the JSON schema of a report; 0."""
    sys.stdout.write(schema_text())
    return 0


def show_history() -> int:
    """Print what this machine's kept reports say, question by question.

    Returns:
        The exit status: 0 there are reports, 1 there are none.
    """
    reports = ReportStore(reports_folder()).list()
    for line in history_lines(reports):
        sys.stdout.write(f"{line}\n")
    if not reports:
        sys.stdout.write("No reports are kept here yet; a finished probe leaves one.\n")
    return 0 if reports else 1


def compare_files(argv: list[str]) -> int:
    """Print what changed between two report files.

    Returns:
        The exit status: 0 compared, 1 nothing in common, 2 a file is no report.
    """
    parser = argparse.ArgumentParser(
        prog="probe compare", description="Compare two report files."
    )
    parser.add_argument("then", type=Path)
    parser.add_argument("now", type=Path)
    asked = parser.parse_args(argv)
    found: list[ProbeReport] = []
    for path in (asked.then, asked.now):
        try:
            found.append(from_json(path.read_bytes()))
        except OSError as error:
            sys.stderr.write(f"{path}: {error.strerror}\n")
            return 2
        except ReportError as error:
            sys.stderr.write(f"{path}: {error}\n")
            return 2
    then, now = found
    if (why := obstacle(then, now)) is not None:
        sys.stdout.write(f"{why}\n")
        return 1
    seen = changes(then, now)
    for change in seen:
        sys.stdout.write(sentence(change) + "\n")
    for line in differences(then, now):
        sys.stdout.write(f"also different: {line}\n")
    if not seen:
        sys.stdout.write("They hold no ratio in common.\n")
    return 0 if seen else 1


ALONE: dict[str, tuple[Callable[[], int], str]] = {
    "doctor": (doctor, "Say what this machine can compare and what it lacks."),
    "history": (show_history, "Say how ratios moved on this machine."),
    "schema": (show_schema, "Print the JSON schema of a report."),
}
"""Commands that take no arguments, and what each is about."""


def told_alone(name: str, argv: list[str]) -> int:
    """Do one of them; whoever gives it more is told that it takes nothing."""
    tell, about = ALONE[name]
    argparse.ArgumentParser(prog=f"probe {name}", description=about).parse_args(argv)
    return tell()
