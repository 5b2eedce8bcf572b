"""From timed epochs to the person's own: fitted, held out, refused."""

import math
import random
from statistics import fmean

import pytest
from pydantic import ValidationError

from probes.projection import Projection, crossover, project, reach
from probes.records import (
    Epoch,
    LaunchSd,
    Measured,
    ProbeReport,
    ProbeSpec,
    Reach,
    Size,
    Workload,
)
from probes.words import crossovers, projection
from tests.probes.stubs import run_stub, undisturbed

SIZES = (64, 128, 256, 512, 1024)
BATCH = 32


@pytest.fixture(scope="module")
def report() -> ProbeReport:
    return undisturbed(run_stub(ProbeSpec(rows=1_000_000, budget_s=20)))


def timed(
    report: ProbeReport, fixed: float, step: float, noise: float = 0.0, seed: int = 0
) -> Measured:
    result = report.results[0]
    assert isinstance(result, Measured)
    dice = random.Random(seed)
    epochs = tuple(
        Epoch(
            rows=rows,
            seconds=tuple(
                (fixed + step * rows / BATCH) * dice.lognormvariate(0, noise)
                for _ in range(2)
            ),
        )
        for rows in SIZES
    )
    return result.model_copy(update={"epochs": epochs})


@pytest.mark.parametrize(
    ("fixed", "step"), [(0.05, 0.001), (0.0, 0.003), (0.2, 1e-5), (1e-4, 0.5)]
)
def test_a_line_is_found_again(report: ProbeReport, fixed: float, step: float) -> None:
    found = project(timed(report, fixed, step), report)

    assert found.fixed_s == pytest.approx(fixed, abs=1e-9)
    assert found.step_s == pytest.approx(step, rel=1e-6)
    assert found.epoch_s == pytest.approx(fixed + step * 1_000_000 / BATCH)


def test_noise_is_survived(report: ProbeReport) -> None:
    found = [
        project(timed(report, 0.05, 0.001, noise=0.03, seed=seed), report)
        for seed in range(100)
    ]
    kept = [one for one in found if one.epoch_s is not None]

    truth = 0.05 + 0.001 * 1_000_000 / BATCH
    assert len(kept) >= 90
    close = [one for one in kept if abs((one.epoch_s or 0) / truth - 1) < 0.2]
    assert len(close) >= 0.9 * len(kept)
    assert all(one.low_s <= one.epoch_s <= one.high_s for one in kept)  # type: ignore[operator]


QUICK, SLOW = (1.0, 1.0, 1.5), (1.5, 1.0, 1.5)
PACES = (QUICK, SLOW, QUICK, QUICK, SLOW)
"""Of a machine in each try of each size."""


def at_paces(report: ProbeReport, scatter: float = 0.0) -> Measured:
    """A step of 2 ms at pace 1, and as long again for its rows; rounds at both paces.

    ``scatter`` is the log spread of the bare steps alone.
    """
    result = report.results[0]
    assert isinstance(result, Measured)
    dice = random.Random(0)
    epochs = []
    for rows, paces in zip(SIZES, PACES, strict=True):
        epochs.append(
            Epoch(
                rows=rows,
                seconds=tuple(0.004 * pace * rows / BATCH for pace in paces),
                step_s=tuple(
                    0.002 * p * dice.lognormvariate(0, scatter) for p in paces
                ),
            )
        )
    rounds = {"block_seconds": (0.002, 0.002, 0.003, 0.003), "launches": (1, 1, 2, 2)}
    return result.model_copy(update={"epochs": tuple(epochs), **rounds})


def test_a_pace_that_comes_and_goes_is_known_by_the_bare_step(
    report: ProbeReport,
) -> None:
    result = at_paces(report)

    found = project(result, report)

    assert found.error < 1e-6
    level = fmean(step for epoch in result.epochs for step in epoch.step_s)
    mean = 2 * level + (fmean((0.002, 0.003, level)) - level)
    assert found.epoch_s == pytest.approx(mean * 1_000_000 / BATCH)
    unseen = tuple(e.model_copy(update={"step_s": ()}) for e in result.epochs)
    alone = result.model_copy(update={"epochs": unseen})
    assert project(alone, report).refused == "not linear"


def test_rounds_beside_others_are_no_pace_of_the_machine(report: ProbeReport) -> None:
    loud = report.model_copy(update={"launch_foreign": (0.0, 1.0)})

    both, quiet = (project(at_paces(report), one).step_s for one in (report, loud))

    level = fmean(fmean(one.step_s) for one in at_paces(report).epochs)
    means = fmean((0.002, 0.003, level)), fmean((0.002, level))
    assert both - quiet == pytest.approx(means[0] - means[1])


def test_bare_steps_that_differ_by_chance_bend_no_line(report: ProbeReport) -> None:
    steady = timed(report, 0.05, 0.001)
    dice = random.Random(1)
    epochs = tuple(
        epoch.model_copy(
            update={"step_s": tuple(dice.lognormvariate(-7, 0.2) for _ in range(2))}
        )
        for epoch in steady.epochs
    )

    found = project(steady.model_copy(update={"epochs": epochs}), report)

    assert found.refused is None
    assert found.error < 0.02


def test_what_takes_less_than_its_bare_steps_scales_with_them(
    report: ProbeReport,
) -> None:
    quick = tuple(
        Epoch(rows=rows, seconds=(0.001 * rows / BATCH,) * 2, step_s=(0.002,) * 2)
        for rows in SIZES
    )

    found = project(at_paces(report).model_copy(update={"epochs": quick}), report)

    assert found.step_s == pytest.approx(0.001 * fmean((0.002, 0.003, 0.002)) / 0.002)


def test_band_is_as_wide_as_fresh_starts_differ(report: ProbeReport) -> None:
    """A perfect line from one launch says little of the next."""
    exact = timed(report, 0.05, 0.001)

    def off(*paces: float) -> float:
        launches = tuple(range(1, len(paces) + 1))
        rounds = {"block_seconds": paces, "launches": launches}
        return project(exact.model_copy(update=rounds), report).off

    assert off(0.002) == pytest.approx(math.expm1(2.306 * 0.08 * 2**0.5), abs=1e-3)
    assert off(*[0.002] * 6) < 0.7 * off(0.002)
    assert off(0.002, 0.003, 0.002, 0.003) > 1.5 * off(0.002, 0.002, 0.002, 0.002)
    quiet = report.model_copy(update={"launch_foreign": (0.0, 1.0)})
    rounds = {"block_seconds": (0.002, 0.003), "launches": (1, 2)}
    alone = project(exact.model_copy(update=rounds), quiet)
    assert alone.off == pytest.approx(off(0.002))


def test_a_bare_step_goes_with_each_epoch() -> None:
    with pytest.raises(ValidationError, match="one value for each of seconds"):
        Epoch(rows=64, seconds=(0.1, 0.1), step_s=(0.01,))


def test_what_is_not_linear_is_refused(report: ProbeReport) -> None:
    result = report.results[0]
    assert isinstance(result, Measured)
    bent = tuple(Epoch(rows=rows, seconds=(rows**1.5 * 1e-5,)) for rows in SIZES)

    found = project(result.model_copy(update={"epochs": bent}), report)

    assert found.refused == "not linear"
    assert found.epoch_s is None
    said = projection(result.model_copy(update={"epochs": bent}), report)
    assert "no estimate" in said


@pytest.mark.parametrize("rows", [10**12])
def test_more_than_memory_is_refused(report: ProbeReport, rows: int) -> None:
    large = report.model_copy(
        update={"spec": report.spec.model_copy(update={"rows": rows})}
    )

    found = project(timed(report, 0.01, 0.001), large)

    assert found.refused == "memory"
    assert "memory" in projection(timed(report, 0.01, 0.001), large)


def test_too_few_sizes_are_refused(report: ProbeReport) -> None:
    few = timed(report, 0.01, 0.001)
    few = few.model_copy(update={"epochs": few.epochs[:3]})

    assert project(few, report).refused == "too few sizes"


def fit(fixed: float, step: float, error: float = 0.02) -> Projection:
    return Projection(
        fixed, step, error, 1.0, error, epoch_s=1.0, low_s=0.9, high_s=1.1
    )


def test_crossover_is_where_the_lines_meet(report: ProbeReport) -> None:
    met = crossover(fit(0.1, 0.001), fit(0.001, 0.002), report)

    assert met is not None
    assert met.rows == pytest.approx(0.099 / 0.001 * BATCH, abs=1)
    assert met.low < met.rows < met.high


@pytest.mark.parametrize(
    ("pace", "crosses"), [(1.01, False), (1.1, False), (1.3, True)]
)
def test_paces_that_launches_alone_may_set_apart_do_not_cross(
    report: ProbeReport, pace: float, crosses: bool
) -> None:
    """Exact lines: what is in doubt is only whether the next launch agrees."""
    slow_start = project(timed(report, 0.1, 0.001), report)
    quick_start = project(timed(report, 0.001, 0.001 * pace), report)

    assert (crossover(slow_start, quick_start, report) is not None) == crosses
    believed = report.model_copy(update={"launch_sd": LaunchSd(sd=0.2, freedom=4)})
    assert crossover(slow_start, quick_start, believed) is None


@pytest.mark.parametrize(
    "pair",
    [
        (fit(0.1, 0.002), fit(0.2, 0.003)),
        (fit(0.1, 0.002), fit(0.1, 0.002)),
        (fit(0.0, 0.001), Projection(0.1, 0.1, 1, 1, 1, refused="not linear")),
    ],
)
def test_lines_that_never_meet_have_no_crossover(
    report: ProbeReport, pair: tuple[Projection, Projection]
) -> None:
    assert crossover(*pair, report) is None


def test_crossovers_are_said_in_both_languages(report: ProbeReport) -> None:
    first, second, third = report.results
    assert isinstance(first, Measured)
    assert isinstance(second, Measured)
    slow_start = timed(report, 0.1, 0.0005).epochs
    quick_start = timed(report, 0.001, 0.002).epochs
    crossing = report.model_copy(
        update={
            "results": (
                first.model_copy(update={"epochs": slow_start}),
                second.model_copy(update={"epochs": quick_start}),
                third,
            )
        }
    )

    assert any("less time than Keras on TensorFlow" in s for s in crossovers(crossing))
    assert crossovers(crossing, "zh")
    assert isinstance(third, Measured)
    gate = first.gate.model_copy(update={"parameters": 1})
    other = first.model_copy(update={"gate": gate, "epochs": slow_start})
    assert crossovers(spanning(crossing, other, second, third)) == []
    at_once = timed(report, 0.0010001, 0.001).epochs
    early = first.model_copy(update={"epochs": at_once})
    late = crossing.results[1]
    assert isinstance(late, Measured)
    assert crossovers(spanning(crossing, early, late)) == []
    restless = crossing.ratios[0].model_copy(update={"decides": False})
    assert crossovers(crossing.model_copy(update={"ratios": (restless,)})) == []


def test_epochs_timed_beside_others_say_nothing(report: ProbeReport) -> None:
    calm = timed(report, 0.05, 0.001).model_copy(update={"aside_foreign": 0.1})
    busy = calm.model_copy(update={"aside_foreign": 1.0})

    assert project(calm, report).refused is None
    assert project(busy, report).refused == "busy"
    assert "other programs ran" in projection(busy, report)
    assert "其他程序" in projection(busy, report, "zh")
    assert reach(spanning(report, calm, busy)) is None


@pytest.mark.parametrize(
    ("workload", "size", "values"),
    [
        ("cnn-image", "S", 28 * 28),
        ("cnn-image", "L", 96 * 96 * 3),
        ("lstm-sequence", "S", 32 * 20),
        ("transformer-text", "L", 256),
    ],
)
def test_memory_is_reckoned_with_the_examples_of_the_size(
    report: ProbeReport, workload: Workload, size: Size, values: int
) -> None:
    asked = report.spec.model_copy(update={"workload": workload, "size": size})
    whole = spanning(report, timed(report, 0.05, 0.001))

    found = reach(whole.model_copy(update={"spec": asked}))

    most = report.environment.memory_bytes // (8 * values)
    assert found == Reach(low=1, high=most, limit="memory")


def spanning(report: ProbeReport, *results: Measured) -> ProbeReport:
    return report.model_copy(update={"results": results})


def test_valid_lines_reach_as_far_as_memory(report: ProbeReport) -> None:
    whole = spanning(report, timed(report, 0.05, 0.001), timed(report, 0.1, 0.002))
    memory, bytes_per_row = report.environment.memory_bytes, 4 * report.spec.features

    found = reach(whole)

    assert found == Reach(low=1, high=memory // 2 // bytes_per_row, limit="memory")
    past = report.spec.model_copy(update={"rows": found.high + 1 if found else 0})
    refused = whole.model_copy(update={"spec": past})
    assert project(timed(report, 0.05, 0.001), refused).refused == "memory"


def test_where_one_bends_nothing_is_said_past_the_sizes_timed(
    report: ProbeReport,
) -> None:
    straight = timed(report, 0.05, 0.001)
    bent = straight.model_copy(
        update={"epochs": (*straight.epochs[:-1], Epoch(rows=1024, seconds=(9.0,)))}
    )

    found = reach(spanning(report, straight, bent))

    assert found == Reach(low=64, high=1024, limit="not linear")


def test_too_few_sizes_reach_nowhere(report: ProbeReport) -> None:
    few = timed(report, 0.05, 0.001)
    few = few.model_copy(update={"epochs": few.epochs[:2]})

    assert reach(spanning(report, timed(report, 0.05, 0.001), few)) is None
    assert reach(spanning(report)) is None
