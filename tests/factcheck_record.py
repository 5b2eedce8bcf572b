"""``python -m tests.factcheck_record [CHECK ...]``: run the set, keep what it showed.

With names of checks only those run, and their results take the place of the kept ones;
the rest of the record stays as it is.

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
    """Changes with what a check predicts and what it says in the record's language."""
    told = check.model_dump_json(exclude={"says": {"zh"}})
    return hashlib.sha256(told.encode()).hexdigest()[:12]


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


def merged(kept: dict[str, Any], taken: dict[str, Any]) -> dict[str, Any]:
    """The kept record with some of its checks taken again, in the kept order.

    Each says when that was, since the record's own day is that of the rest.
    """
    anew = {
        id: one | {"taken_at": taken["started_at"]}
        for id, one in taken["results"].items()
    }
    skipped = {k: why for k, why in kept["skipped"].items() if k not in anew}
    return kept | {"results": kept["results"] | anew, "skipped": skipped}


def main() -> int:
    def tell(now: CheckProgress) -> None:
        sys.stderr.write(f"{now.fraction:4.0%} {now.phase}\n")

    checks = list(load_checks())
    wanted = sys.argv[1:]
    if unknown := sorted(set(wanted) - {one.id for one in checks}):
        sys.stderr.write(f"no such check: {', '.join(unknown)}\n")
        return 2
    asked = [one for one in checks if not wanted or one.id in wanted]
    report = asyncio.run(run_checks(asked, on_progress=tell))
    taken = record(report, checks)
    if wanted:
        taken = merged(json.loads(KEPT.read_text("utf-8")), taken)
    write_whole(KEPT, json.dumps(taken, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(
        f"{len(report.results)} checks in {report.duration_s:.0f} s, "
        f"{len(report.skipped)} skipped\n"
    )
    return bool(report.skipped)


if __name__ == "__main__":
    sys.exit(main())
