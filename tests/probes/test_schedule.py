"""Who goes when, and when it is enough."""

from collections import Counter

import pytest

from probes.records import Contender, Ratio
from probes.schedule import (
    AGREE,
    BLOCK_S,
    LONG_S,
    is_enough,
    is_steady,
    longer,
    order,
    wanted_rounds,
    wants_launch,
)

FOUR: tuple[Contender, ...] = (
    "pytorch",
    "keras-tensorflow",
    "keras-torch",
    "keras-jax",
)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_everyone_holds_every_place_equally_often(count: int) -> None:
    names = FOUR[:count]
    rounds = [order(names, number) for number in range(2 * count)]

    for place in range(count):
        assert set(Counter(turn[place] for turn in rounds).values()) == {2}


def test_every_round_has_everyone_once() -> None:
    for number in range(20):
        assert sorted(order(FOUR, number)) == sorted(FOUR)


def test_block_length_ends_long_enough() -> None:
    steps = 1
    while (more := longer(steps, steps * 0.0004)) is not None:
        assert more > steps
        steps = more

    assert steps * 0.0004 >= BLOCK_S


def test_steady_needs_two_groups_that_agree() -> None:
    assert not is_steady([1.0] * 9)
    assert is_steady([1.0] * 10)
    assert not is_steady([1.0 + 3 * AGREE] * 5 + [1.0] * 5)


def test_rounds_stop_at_looks_only() -> None:
    assert not is_enough(7, wanted=1)
    assert is_enough(8, wanted=1)
    assert not is_enough(15, wanted=16)
    assert is_enough(30, wanted=10**6)


@pytest.mark.parametrize("start_s", [3.0, 15.0, 60.0])
@pytest.mark.parametrize("block_sd", [0.02, 0.1, 0.4])
def test_no_other_number_of_rounds_is_worth_more(
    start_s: float, block_sd: float
) -> None:
    """Variance times seconds, over all numbers of rounds, is least at the wanted."""
    launch_sd, round_s = 0.05, 0.2

    def price(rounds: float) -> float:
        return (launch_sd**2 + block_sd**2 / rounds) * (start_s + rounds * round_s)

    wanted = wanted_rounds(block_sd, launch_sd, start_s=start_s, round_s=round_s)

    assert all(price(wanted) <= price(rounds) for rounds in range(1, 200))


def found(word: str, half: float) -> Ratio:
    return Ratio.model_validate(
        {
            "contender": "keras-torch",
            "baseline": "pytorch",
            "ratio": 2.0,
            "low": 2.0 * (1 - half),
            "high": 2.0 * (1 + half),
            "rounds": 8,
            "word": word,
            "zone": 0.05,
        }
    )


@pytest.mark.parametrize(
    ("ratio", "done", "budget_s", "wanted"),
    [
        (found("slower", 0.01), 2, 90, True),
        (found("slower", 0.09), 3, 90, False),
        (found("slower", 0.12), 3, 90, True),
        (found("slower", 0.09), 3, LONG_S, True),
        (found("undecided", 0.01), 7, 90, True),
        (found("undecided", 0.01), 20, 90, False),
    ],
)
def test_launches_go_on_until_it_is_clear_and_narrow(
    ratio: Ratio, done: int, budget_s: float, wanted: bool
) -> None:
    wants = wants_launch(
        [ratio], done, most=20, cost_s=10, left_s=60, budget_s=budget_s
    )

    assert wants is wanted


def test_no_launch_is_begun_that_cannot_end() -> None:
    assert not wants_launch([], 1, most=20, cost_s=10, left_s=9, budget_s=90)
