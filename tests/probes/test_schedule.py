"""Who goes when, and when it is enough."""

from collections import Counter

import pytest

from probes.records import Contender
from probes.schedule import AGREE, BLOCK_S, is_steady, is_tight, longer, order

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
    assert not is_tight([0.0], 7)
    assert is_tight([0.0], 8)
    assert not is_tight([0.1], 15)
    assert is_tight([0.1], 30)
