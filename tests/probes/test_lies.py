"""Lies planted in real frameworks, and in what a check expects of them."""

import asyncio
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from probes.checks.catalog import load_checks
from probes.checks.gather import Gathering
from probes.checks.records import Check
from probes.checks.runner import run_checks

pytestmark = pytest.mark.framework
FAULTY = Path(__file__).parent / "faulty_checker.py"


@pytest.fixture(scope="module", autouse=True)
def _frameworks() -> None:
    for package in ("torch", "tensorflow", "keras", "jax"):
        if find_spec(package) is None:
            pytest.skip(f"{package} is not installed")


def only(*ids: str) -> list[Check]:
    return [one for one in load_checks() if one.id in ids]


def inverted(check: Check) -> Check:
    """The same check with every yes a no."""
    return check.model_copy(
        update={
            "expects": tuple(
                one.model_copy(update={"equals": not one.equals})
                for one in check.expects
            )
        }
    )


def test_an_inverted_prediction_comes_out_as_refuted() -> None:
    (truth,) = only("keras-without-tensorflow")

    (told,) = asyncio.run(run_checks([inverted(truth)])).results

    assert told.outcome == "refuted"


def by_faulty(fault: str) -> Callable[[str], list[str]]:
    return lambda stack: [sys.executable, str(FAULTY), fault, stack]


@pytest.mark.parametrize(
    ("fault", "id", "outcome"),
    [
        ("idle optimizer", "same-results", "refuted"),
        ("closed licence", "torch-bsd", "refuted"),
        ("false backend name", "keras-default-backend", "refuted"),
    ],
)
def test_a_framework_that_misbehaves_changes_the_outcome(
    fault: str, id: str, outcome: str
) -> None:
    gathering = Gathering(Path(), command=by_faulty(fault))

    (result,) = asyncio.run(run_checks(only(id), gathering=gathering)).results

    assert result.outcome == outcome, result.sentence.en
