"""The quick set with the real frameworks, once."""

import asyncio
from importlib.util import find_spec

import psutil
import pytest

from probes.checks.catalog import load_checks
from probes.checks.records import UNDECIDED, CheckReport, CheckResult
from probes.checks.runner import run_checks

pytestmark = [pytest.mark.framework, pytest.mark.xdist_group("real checks")]

EXPECTED = {
    "both-against-tensorflow-debugging": "refuted",
    "fewer-lines-first-program": "confirmed",
    "keras-a-language": "refuted",
    "keras-and-tensorflow": "confirmed",
    "keras-graph-static": "mixed",
    "keras-large-volumes": "refuted",
    "keras-low-level-access": "refuted",
    "keras-needs-a-backend": "confirmed",
    "keras-without-tensorflow": "confirmed",
    "pytorch-graph-dynamic": "confirmed",
    "same-results": "confirmed",
    "theano-and-cntk": "mixed",
}
"""What does not depend on the machine, with the versions that ``frameworks`` names."""


@pytest.fixture(scope="module", autouse=True)
def _frameworks() -> None:
    for package in ("torch", "tensorflow", "keras", "jax"):
        if find_spec(package) is None:
            pytest.skip(f"{package} is not installed")


@pytest.fixture(scope="module")
def report() -> CheckReport:
    # A machine that is busy with other tests may take longer than the set's 2 minutes.
    return asyncio.run(run_checks(load_checks(), quick=True, budget_s=600))


def by_id(report: CheckReport) -> dict[str, CheckResult]:
    return {result.id: result for result in report.results}


def test_every_quick_check_runs_and_none_falls_over(report: CheckReport) -> None:
    problems = [
        (result.id, finding.fact)
        for result in report.results
        for finding in result.findings
        if finding.state == "not_installed"
        or (
            finding.state == "open"
            # What a restless machine leaves undecided has run, and says so.
            and finding.observed != UNDECIDED
            and not finding.fact.startswith("time-")
        )
    ]

    # Its other side, torchvision, is no part of the set that is installed.
    assert {id for id, _ in problems} <= {"pretrained-advantage"}
    assert all(one.reason.en.startswith("takes longer") for one in report.skipped)
    assert not psutil.Process().children(recursive=True)


@pytest.mark.parametrize("id", EXPECTED)
def test_what_depends_on_no_machine_comes_out_as_known(
    report: CheckReport, id: str
) -> None:
    result = by_id(report)[id]

    assert result.outcome == EXPECTED[id], result.sentence.en
    assert "not seen here" not in result.sentence.en
