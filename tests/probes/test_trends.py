"""Checks that judge by a row of values: pace over sizes, overhead over batches."""

import asyncio
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from probes.checks.gather import Gathering
from probes.checks.programs.names import pretrained, weight_files
from probes.checks.programs.overhead import below_tenth_from
from probes.checks.programs.stream import SIZES, slower, trend
from probes.checks.records import NO_BATCH, UNDECIDED, Value
from tests.probes import weighty

FAULTY = Path(__file__).parent / "faulty_checker.py"
STEADY = [(1.02, 1.0)] * 5
COSTLY = [(1.5, 1.0)] * 5
DOUBTFUL = [(1.02, 1.0), (1.05, 1.0), (1.12, 1.0), (1.15, 1.0), (1.2, 1.0)]


@pytest.mark.parametrize("power", [-0.2, 0.0, 0.25])
def test_the_power_of_a_smooth_trend_is_found_without_error(power: float) -> None:
    slope, error = trend({rows: 1e-5 * rows**power for rows in SIZES})

    assert slope == pytest.approx(power, abs=1e-6)
    assert error == pytest.approx(0, abs=1e-6)


def test_a_single_slow_file_is_no_trend() -> None:
    pace = dict.fromkeys(SIZES, 1e-5) | {SIZES[2]: 4e-5}

    assert slower(*trend(pace)) == UNDECIDED


@pytest.mark.parametrize(
    ("exponent", "error", "expected"),
    [
        (0.3, 0.1, True),
        (0.15, 0.1, UNDECIDED),
        (0.05, 0.1, UNDECIDED),
        (-0.2, 0.1, False),
    ],
)
def test_a_rise_is_told_where_its_error_lets_it(
    exponent: float, error: float, expected: Value
) -> None:
    assert slower(exponent, error) is expected


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        ([COSTLY, STEADY, STEADY], 128),
        ([COSTLY, STEADY, COSTLY], NO_BATCH),
        ([STEADY, COSTLY, STEADY], 512),
        ([COSTLY, DOUBTFUL, STEADY], 512),
        ([COSTLY, COSTLY, DOUBTFUL], UNDECIDED),
        ([STEADY, STEADY, STEADY], 32),
    ],
)
def test_the_batch_is_the_first_of_those_that_all_stay_under_a_tenth(
    rounds: list[list[tuple[float, float]]], expected: Value
) -> None:
    found = dict(zip((32, 128, 512), rounds, strict=True))

    assert below_tenth_from(found) == expected


def test_only_builders_that_take_weights_are_counted_and_only_files_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "net.h5").write_bytes(bytes(2**20))
    (tmp_path / "small.pt").write_bytes(b"0")
    (tmp_path / "code.py").write_bytes(bytes(2**20))
    monkeypatch.setattr(weighty, "__path__", [str(tmp_path)], raising=False)

    assert pretrained(weighty) == 2
    assert weight_files(weighty) == 1


@pytest.mark.framework
def test_a_layer_that_computes_something_else_is_not_timed(tmp_path: Path) -> None:
    if find_spec("torch") is None or find_spec("keras") is None:
        pytest.skip("torch or keras is not installed")

    async def scenario() -> Gathering:
        gathering = Gathering(
            tmp_path,
            command=lambda stack: [sys.executable, str(FAULTY), "skewed layer", stack],
        )
        await gathering.run("overhead", "keras-torch")
        await gathering.close()
        return gathering

    seen = asyncio.run(scenario())

    assert "the bare step has loss" in seen.faults["overhead", "keras-torch"]
    assert not seen.facts
