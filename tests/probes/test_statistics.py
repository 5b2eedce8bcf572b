"""Ratios, intervals and words from block times."""

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.conditions import ASSUMED, Conditions
from probes.records import Ratio
from probes.schedule import half_width
from probes.statistics import (
    LEAST_SD,
    Paired,
    between_launches,
    compare,
    learnt,
    t_quantile,
)
from tests.probes.simulation import MACHINES, Machine, history, probe

log_ratio = st.floats(-3, 3)
launches = st.lists(
    st.lists(log_ratio, min_size=2, max_size=10), min_size=1, max_size=5
)


def ratio_of(groups: list[list[float]], conditions: Conditions | None = None) -> Ratio:
    (found,) = compare([Paired("keras-torch", "pytorch", groups)], conditions)
    return found


def simulated(
    dice: random.Random, truth: float, count: int, launch_sd: float
) -> list[list[float]]:
    groups = []
    for _ in range(count):
        centre = math.log(truth) + dice.gauss(0, launch_sd)
        groups.append([centre + dice.gauss(0, 0.03) for _ in range(15)])
    return groups


@given(launches)
def test_interval_holds_its_own_centre(groups: list[list[float]]) -> None:
    ratio = ratio_of(groups)

    assert ratio.low <= ratio.ratio <= ratio.high


@given(launches)
def test_swapping_the_sides_inverts_the_ratio(groups: list[list[float]]) -> None:
    ratio = ratio_of(groups)
    turned = ratio_of([[-value for value in group] for group in groups])

    opposite = {"slower": "faster", "faster": "slower"}
    assert turned.ratio == pytest.approx(1 / ratio.ratio)
    assert turned.low == pytest.approx(1 / ratio.high)
    assert turned.word == opposite.get(ratio.word, ratio.word)


@given(launches, st.randoms())
def test_order_of_rounds_does_not_matter(
    groups: list[list[float]], dice: random.Random
) -> None:
    shuffled = [dice.sample(group, len(group)) for group in groups]

    assert ratio_of(shuffled).ratio == pytest.approx(ratio_of(groups).ratio)


@given(st.lists(st.floats(-0.01, 0.01), min_size=2, max_size=500))
def test_one_launch_never_says_no_difference(values: list[float]) -> None:
    assert ratio_of([values]).word == "undecided"


@given(launches, st.sampled_from([2, 16, 128]))
def test_a_busy_program_decides_nothing_however_many_cores_there_are(
    groups: list[list[float]], cores: int
) -> None:
    ratio = ratio_of(groups, Conditions(foreign=1.0, cores=cores))

    assert (ratio.word, ratio.decides, ratio.leaning) == ("undecided", False, None)


@pytest.mark.parametrize(("foreign", "cores"), [(0.3, 2), (0.3, 64), (None, 2)])
def test_disturbed_or_unknown_machine_gets_a_wider_zone(
    foreign: float | None, cores: int
) -> None:
    groups = [[0.5, 0.5], [0.5, 0.5]]
    disturbed = ratio_of(groups, Conditions(foreign=foreign, cores=cores))

    assert disturbed.zone > ratio_of(groups).zone
    assert disturbed.decides


@pytest.mark.parametrize("cores", [2, 16])
def test_a_little_beside_it_changes_nothing(cores: int) -> None:
    groups = [[0.7, 0.69], [0.71, 0.7]]

    assert ratio_of(groups, Conditions(foreign=0.2, cores=cores)) == ratio_of(groups)


@pytest.mark.parametrize("least_zone", [0.03, 0.05, 0.15])
@pytest.mark.parametrize("control", [None, 0.01])
def test_who_asks_says_what_is_of_no_interest(
    least_zone: float, control: float | None
) -> None:
    asked = Conditions(least_zone=least_zone, control=control)

    assert asked.decides
    assert asked.zone == pytest.approx(least_zone)
    calm = Conditions(least_zone=least_zone, prior=learnt([(0.0001, 2)] * 20))
    assert (ratio_of([[0.1, 0.1]] * 8, calm).word == "slower") == (least_zone < 0.1)


def test_clear_difference_is_said() -> None:
    assert ratio_of([[0.7, 0.69, 0.71]]).word == "slower"
    assert ratio_of([[-0.7, -0.69, -0.71]]).word == "faster"


def test_many_agreeing_launches_can_say_no_difference() -> None:
    assert ratio_of([[0.001, -0.001, 0.0]] * 8).word == "no_difference"


def test_more_rounds_cannot_beat_the_launch_term() -> None:
    ratio = ratio_of([[0.0] * 1000])

    assert ratio.high / ratio.low > 1.2


@pytest.mark.parametrize("groups", [[], [[]], [[0.1]], [[], [0.1]]])
def test_fewer_than_two_rounds_give_no_ratio(groups: list[list[float]]) -> None:
    assert compare([Paired("keras-torch", "pytorch", groups)]) == ()


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("truth", [1.0, 1.05, 0.96])
def test_equal_contenders_are_hardly_ever_told_apart(truth: float, count: int) -> None:
    dice = random.Random(7)
    words = [ratio_of(simulated(dice, truth, count, 0.05)).word for _ in range(200)]

    assert sum(word in ("slower", "faster") for word in words) <= 2


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_interval_covers_the_truth_as_often_as_it_says(count: int) -> None:
    dice = random.Random(11)
    ratios = [ratio_of(simulated(dice, 1.3, count, 0.05)) for _ in range(400)]

    assert sum(r.low <= 1.3 <= r.high for r in ratios) >= 0.93 * 400


def test_quantile_falls_with_freedom() -> None:
    values = [t_quantile(0.975, freedom) for freedom in range(1, 40)]

    assert all(a > b for a, b in pairwise(values))


def family(groups: list[list[list[float]]]) -> tuple[Ratio, ...]:
    return compare([Paired("keras-torch", "pytorch", one) for one in groups])


@given(st.lists(launches, min_size=2, max_size=5))
def test_company_never_makes_a_direction_clearer(
    groups: list[list[list[float]]],
) -> None:
    together = family(groups)

    for one, alone in zip(together, map(ratio_of, groups), strict=True):
        assert (one.ratio, one.low, one.high) == (alone.ratio, alone.low, alone.high)
        if one.word in ("slower", "faster"):
            assert alone.word == one.word


def test_a_ratio_clear_alone_may_be_unclear_among_many() -> None:
    border = [[0.22, 0.23], [0.21, 0.22]]

    assert ratio_of(border).word == "slower"
    assert family([border] * 8)[0].word == "undecided"


@pytest.mark.parametrize("control", [0.001, -0.02, 0.024])
def test_a_calm_control_changes_nothing(control: float) -> None:
    groups = [[0.7, 0.69], [0.71, 0.7]]

    assert ratio_of(groups, Conditions(control=control)) == ratio_of(groups)


@given(launches, st.sampled_from([-1, 1]))
def test_a_baseline_unlike_itself_decides_nothing(
    groups: list[list[float]], side: int
) -> None:
    assert ratio_of(groups, Conditions(control=side * 0.2)).word == "undecided"


def test_a_restless_control_widens_the_zone() -> None:
    seen = Conditions(control=math.log(1.04))

    assert seen.decides
    assert seen.zone == pytest.approx(0.08)


def test_history_replaces_the_assumption() -> None:
    calm, wild = learnt([(0.0001, 2)] * 20), learnt([(0.04, 2)] * 20)

    assert LEAST_SD <= calm.sd < ASSUMED.sd < wild.sd
    assert learnt([]) == ASSUMED
    assert learnt([(0.0, 50)] * 3).sd >= LEAST_SD


def test_a_calm_history_narrows_the_interval() -> None:
    groups = [[0.01, 0.0, -0.01]] * 3
    calm = ratio_of(groups, Conditions(prior=learnt([(0.0001, 2)] * 20)))

    assert calm.word == "no_difference"
    assert ratio_of(groups).word == "undecided"


def test_one_launch_astray_under_a_calm_history_decides_nothing() -> None:
    calm = Conditions(prior=learnt([(0.0002, 3)] * 15))
    groups = [[0.0, 0.01], [-0.6, -0.61], [0.01, 0.0], [0.0, -0.01]]

    assert ratio_of(groups, calm).word == "undecided"
    assert ratio_of([groups[0], groups[2], groups[3]], calm).word == "no_difference"


@pytest.mark.parametrize("astray", [-0.6, -0.15, 0.3])
def test_launches_that_go_astray_now_and_then_hardly_ever_mislead(
    astray: float,
) -> None:
    dice = random.Random(29)
    calm = Conditions(prior=learnt([(0.0003, 3)] * 15))
    words = []
    for _ in range(400):
        groups = [
            [value + (astray if strays else 0.0) for value in group]
            for group in simulated(dice, 1.0, 4, 0.017)
            for strays in (dice.random() < 0.05,)
        ]
        words.append(ratio_of(groups, calm).word)

    assert sum(word in ("slower", "faster") for word in words) <= 4


def test_spread_between_launches_is_found_again() -> None:
    dice = random.Random(3)
    seen = [between_launches(simulated(dice, 1.0, 3, 0.08)) for _ in range(300)]

    assert learnt(seen).sd == pytest.approx(0.08, rel=0.1)


def test_undecided_says_how_long_it_would_take() -> None:
    groups = [[0.15, 0.16], [0.14, 0.15]]

    ratio = ratio_of(groups, Conditions(launch_s=20.0))

    assert ratio.word == "undecided"
    assert ratio.leaning == "slower"
    assert ratio.more_s is not None
    assert ratio.more_s % 20 == 0
    more = int(ratio.more_s // 20)
    later = ratio_of(groups * (1 + more))
    assert later.word == "slower"


def test_a_few_spoilt_rounds_hardly_move_a_launch() -> None:
    clean = [[0.20, 0.21, 0.19, 0.2, 0.22, 0.18, 0.2, 0.21]] * 3
    spoilt = [[*group[:-1], 3.0] for group in clean]

    before, after = ratio_of(clean), ratio_of(spoilt)

    assert after.word == before.word
    assert after.ratio == pytest.approx(before.ratio, rel=0.02)
    assert after.high < before.high * 1.02


@pytest.mark.parametrize("budget_s", [90.0, 120.0])
@pytest.mark.parametrize("name", MACHINES)
def test_equal_contenders_are_told_apart_in_one_probe_of_a_hundred(
    name: str, budget_s: float
) -> None:
    """The whole probe: its looks, its launches, its stopping rule."""
    dice = random.Random(13)
    runs = [
        probe(dice, MACHINES[name], budget_s=budget_s)[0][0].word for _ in range(200)
    ]

    assert sum(word in ("slower", "faster") for word in runs) <= 2


def test_company_tells_no_more_of_equals_apart() -> None:
    dice = random.Random(17)
    runs = [probe(dice, Machine(start_s=30), (1.0,) * 4)[0] for _ in range(200)]

    assert sum(any(r.word in ("slower", "faster") for r in run) for run in runs) <= 2


@pytest.mark.parametrize("name", [n for n in MACHINES if "drifts" not in n])
def test_interval_of_a_whole_probe_holds_the_truth(name: str) -> None:
    """In 9 of 10 at least where launches differ more than assumed, 19 of 20 else."""
    dice = random.Random(19)
    runs = [probe(dice, MACHINES[name], (1.4,), budget_s=120)[0][0] for _ in range(300)]

    assert sum(r.low <= 1.4 <= r.high for r in runs) >= 0.90 * len(runs)


@pytest.mark.parametrize("launch_sd", [0.02, 0.05, 0.08])
def test_interval_with_learnt_launches_holds_the_truth(launch_sd: float) -> None:
    dice = random.Random(23)
    machine = Machine(launch_sd=launch_sd)
    known = history(dice, machine, 20)
    runs = [
        probe(dice, machine, (1.4,), budget_s=120, prior=known)[0][0]
        for _ in range(300)
    ]

    assert sum(r.low <= 1.4 <= r.high for r in runs) >= 0.92 * len(runs)


def test_a_tenth_is_found_on_a_machine_whose_launches_are_known() -> None:
    dice = random.Random(29)
    machine = Machine(launch_sd=0.02)
    known = history(dice, machine, 10)
    runs = [
        probe(dice, machine, (1.1,), budget_s=120, prior=known)[0][0].word
        for _ in range(200)
    ]

    assert runs.count("slower") >= 0.95 * len(runs)


@pytest.mark.parametrize(("budget_s", "half"), [(60, 0.15), (120, 0.10), (600, 0.05)])
def test_a_budget_buys_its_width(budget_s: float, half: float) -> None:
    """Two contenders at 15 s a launch, launches at 5%, nothing known before."""
    dice = random.Random(31)
    runs = [probe(dice, Machine(), (1.5,), budget_s=budget_s)[0][0] for _ in range(100)]
    widths = sorted(half_width(ratio) for ratio in runs)

    assert widths[len(widths) // 2] <= half
    assert {ratio.word for ratio in runs} == {"slower"}
