"""Probes on made-up machines: the true looks, launches and words, no process.

What is simulated is the log ratio of each round; when to stop a launch, when to start
another and what to say is decided by the code that decides it in a real probe.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from probes.conditions import ASSUMED, Conditions
from probes.records import Contender, LaunchSd, Ratio
from probes.runner import MOST_LAUNCHES
from probes.schedule import is_enough, wanted_rounds, wants_launch
from probes.statistics import (
    Paired,
    between_launches,
    block_sd,
    compare,
    learnt,
)

OTHERS: tuple[Contender, ...] = (
    "keras-tensorflow",
    "keras-torch",
    "keras-jax",
    "pytorch-compile",
    "tensorflow-raw",
)

Logs = list[list[float]]
"""Log ratios of one contender to the baseline, by launch."""


@dataclass(frozen=True)
class Machine:
    """How a machine scatters log ratios.

    Attributes:
        launch_sd, block_sd: standard deviations between launches and between rounds.
        spoilt, by: part of the rounds that something unseen slows, and by how much.
        drift: change of the log ratio over a whole budget.
        start_s, round_s: seconds that a launch takes before its rounds, and a round.
    """

    launch_sd: float = 0.05
    block_sd: float = 0.03
    spoilt: float = 0.0
    by: float = 0.15
    drift: float = 0.0
    start_s: float = 15.0
    round_s: float = 0.2


def probe(
    dice: random.Random,
    machine: Machine,
    truths: Sequence[float] = (1.0,),
    *,
    budget_s: float = 90.0,
    prior: LaunchSd = ASSUMED,
    most: int = MOST_LAUNCHES,
) -> tuple[tuple[Ratio, ...], list[Logs]]:
    """One probe of as many contenders as there are true ratios, start to end."""
    logs: list[Logs] = [[] for _ in truths]
    clock = 0.0
    ratios: tuple[Ratio, ...] = ()
    wants = True
    while wants:
        clock += machine.start_s
        centres = [math.log(t) + dice.gauss(0, machine.launch_sd) for t in truths]
        for one in logs:
            one.append([])
        done, wanted = 0, math.inf
        while not is_enough(done, wanted):
            clock += machine.round_s
            off = machine.drift * clock / budget_s
            for one, centre in zip(logs, centres, strict=True):
                one[-1].append(centre + off + _scatter(dice, machine))
            done += 1
            wanted = wanted_rounds(
                max(block_sd(one) for one in logs),
                prior.sd,
                start_s=machine.start_s,
                round_s=machine.round_s,
            )
        ratios = judged(logs, prior)
        launches = len(logs[0])
        wants = wants_launch(
            ratios,
            launches,
            most=most,
            cost_s=1.1 * clock / launches,
            left_s=budget_s - clock,
            budget_s=budget_s,
        )
    return ratios, logs


def judged(logs: Sequence[Logs], prior: LaunchSd) -> tuple[Ratio, ...]:
    """The verdicts on these rounds, every contender against one baseline."""
    pairs = [
        Paired(name, "pytorch", one) for name, one in zip(OTHERS, logs, strict=False)
    ]
    return compare(pairs, Conditions(prior=prior))


def history(dice: random.Random, machine: Machine, probes: int) -> LaunchSd:
    """What a machine has shown of itself after so many probes."""
    seen = []
    for _ in range(probes):
        _, logs = probe(dice, machine)
        seen += [between_launches(one) for one in logs]
    return learnt([one for one in seen if one[1]])


def _scatter(dice: random.Random, machine: Machine) -> float:
    slowed = machine.by if dice.random() < machine.spoilt else 0.0
    return dice.gauss(0, machine.block_sd) + slowed


MACHINES = {
    "calm (launches 2%, rounds 3%)": Machine(launch_sd=0.02),
    "as assumed (5%, 3%)": Machine(),
    "restless rounds (5%, 10%)": Machine(block_sd=0.10),
    "restless launches (8%, 3%)": Machine(launch_sd=0.08),
    "a tenth of rounds spoilt by 15%": Machine(spoilt=0.1),
    "a tenth of rounds three times as slow": Machine(spoilt=0.1, by=math.log(3)),
    "drifts by 3%": Machine(drift=0.03),
}
"""Machines that a verdict must survive."""
