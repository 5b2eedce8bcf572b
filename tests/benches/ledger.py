"""Results of a benchmark, one JSON line for each run, so that it can go on later."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from probes.environment import environment
from probes.frameworks import installed
from probes.records import ProbeReport
from probes.reports import judged

Result = dict[str, Any]
"""What one run showed; whatever JSON can hold."""


def conditions() -> Result:
    """Machine and versions: results under others are not gone on with."""
    here = environment().model_dump(mode="json")
    return {"environment": here, "versions": installed()}


@dataclass
class Ledger:
    """The lines of one benchmark on this machine.

    Attributes:
        settings: budgets and the like; runs under other settings are other runs.
        ends: ``time.monotonic()`` from which no run is begun any more.
    """

    path: Path
    settings: Result
    ends: float = float("inf")
    known: dict[str, Result] = field(default_factory=dict)
    stopped: bool = False

    def __post_init__(self) -> None:
        self._under = {"settings": self.settings, **conditions()}
        if self.path.exists():
            lines = self.path.read_text("utf-8").splitlines()
            for line in (_parsed(line) for line in lines):
                if line is not None and line["under"] == self._under:
                    self.known[line["key"]] = line["result"]

    def run(self, key: str, measure: Callable[[], Result]) -> Result | None:
        """The kept result of this run, or that of running it now and keeping it.

        Returns None once the time is up. A run that is interrupted leaves no line.
        """
        if key in self.known:
            return self.known[key]
        if time.monotonic() >= self.ends:
            self.stopped = True
            return None
        began = time.monotonic()
        result = measure()
        line = {
            "key": key,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - began, 1),
            "under": self._under,
            "result": result,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.known[key] = result
        return result

    def reports(self, prefix: str = "") -> Iterator[ProbeReport]:
        """The reports of kept runs whose keys begin so, judged anew."""
        for key, result in self.known.items():
            if key.startswith(prefix) and "report" in result:
                yield report_of(result)


def report_of(result: Result) -> ProbeReport:
    """The report in a run's result, judged by what the code says now."""
    return judged(ProbeReport.model_validate_json(json.dumps(result["report"])))


def _parsed(line: str) -> Result | None:
    """A line, or None where a kill cut it short."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "result" in found else None
