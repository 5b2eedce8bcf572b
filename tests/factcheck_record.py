"""``python -m tests.factcheck_record``: run the full set here and keep what it showed.

The kept record proves that every check has run on a real machine; a test compares it
with the checks there are now, so that a new or changed one has to run before it lands.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from probes.checks.catalog import load_checks
from probes.checks.records import Check, CheckProgress, CheckReport
from probes.checks.runner import run_checks
from probes.store import write_whole

KEPT = Path(__file__).parent / "cases" / "factcheck.json"


def fingerprint(check: Check) -> str:
    """Changes with what a check predicts and says."""
    return hashlib.sha256(check.model_dump_json().encode()).hexdigest()[:12]


def record(report: CheckReport, checks: list[Check]) -> dict[str, Any]:
    """Conditions, and outcome and observed values of each check."""
    by_id = {check.id: check for check in checks}
    here = report.environment
    return {
        "started_at": report.started_at.isoformat(timespec="minutes"),
        "seconds": round(report.duration_s),
        "machine": f"{here.processor}, {here.cores} cores, {here.system}",
        "versions": {"python": here.python, **report.versions},
        "results": {
            one.id: {
                "check": fingerprint(by_id[one.id]),
                "claims": list(one.claims),
                "outcome": one.outcome,
                "says": one.sentence.en,
            }
            for one in report.results
        },
        "skipped": {one.id: one.reason.en for one in report.skipped},
    }


def main() -> int:
    def tell(now: CheckProgress) -> None:
        sys.stderr.write(f"{now.fraction:4.0%} {now.phase}\n")

    checks = list(load_checks())
    report = asyncio.run(run_checks(checks, on_progress=tell))
    kept = json.dumps(record(report, checks), indent=1, ensure_ascii=False)
    write_whole(KEPT, kept + "\n")
    sys.stdout.write(
        f"{len(report.results)} checks in {report.duration_s:.0f} s, "
        f"{len(report.skipped)} skipped\n"
    )
    return bool(report.skipped)


if __name__ == "__main__":
    sys.exit(main())
