"""``python -m tests.bench_engine``: recommendations per second, and where time goes.

Every person is made up and never seen before: the crowd that warms up is another one.
Time is the processor's own, but programs beside it crowd its caches: so the speed of
the machine is taken beside every slice of work, by a loop of additions, and the
least disturbed slices are shown too.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import TypeVar

from assistant.labels import Labels
from assistant.moves import MANY, with_value
from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.rendering import recommendation_markdown
from assistant.wire import Recommendation
from knowledge.load import load_knowledge
from knowledge.records import Answers

GOAL = 10_000
"""Whole records per second on one core."""

WARM, PEOPLE = 20_000, 10_000
"""Other people who came before, as to a service that has run a while; those timed."""

SLICE, FEW = 250, 10
"""People to a slice of time, and how many of them have weights of their own."""

KNOWN = 0.35
"""Share of the fields that a made-up person has told."""

ADDITIONS = 20_000
"""Turns of the loop by which the speed of the machine is taken."""

A = TypeVar("A")
B = TypeVar("B")


def people(engine: Engine, count: int, seed: int) -> list[Profile]:
    """Made-up persons, the same every time; hardly two of them alike.

    Half of those who count their rows have a number of their own, and a field that
    holds several values has up to three.
    """
    dice = random.Random(seed)
    made = []
    for _ in range(count):
        answers: Answers = {}
        for field, values in engine.choices.items():
            if dice.random() >= KNOWN:
                continue
            answers = with_value(answers, field, dice.choice(values))
            if field in MANY:
                answers[field] = tuple(dice.sample(values, dice.choice((1, 1, 2, 3))))
            if field == "dataset_rows" and dice.random() < 0.5:
                answers[field] = int(10 ** dice.uniform(2, 8))
        made.append(Profile.model_validate(answers))
    return made


def weightings(engine: Engine, count: int) -> list[dict[str, float]]:
    """Three sliders moved somewhere, hardly ever twice alike."""
    dice = random.Random(7)
    names = [criterion.id for criterion in engine.knowledge.criteria]
    return [
        {name: dice.randrange(21) / 10 for name in dice.sample(names, 3)}
        for _ in range(count)
    ]


class Clock:
    """Processor time by name of the work, in slices, each beside some additions."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, list[float]] = defaultdict(list)
        self._additions: defaultdict[str, list[float]] = defaultdict(list)

    def run(self, name: str, work: Callable[[A], B], of: Sequence[A]) -> list[B]:
        """Do the work and take its time; what came of it is handed back."""
        start = time.process_time()
        made = [work(one) for one in of]
        end = time.process_time()
        total = 0
        for number in range(ADDITIONS):
            total += number & 7
        adding = (time.process_time() - end) / ADDITIONS
        each = (end - start) / len(of)
        self._seconds[name].append(each)
        self._additions[name].append(each / adding)
        return made

    def usual(self, name: str) -> float:
        """Seconds for one, in the middle slice."""
        return median(self._seconds[name])

    def quiet(self, name: str) -> float:
        """Seconds for one, in the slices least disturbed: the best tenth ends there."""
        return quantiles(self._seconds[name], n=10)[0]

    def additions(self, name: str) -> float:
        """How many additions take as long as one, in the middle slice."""
        return median(self._additions[name])


WHOLE = "whole record, a person never seen before"
DECIDE = "  decide: sums, hard rules, witnesses, flips"
DOUBTS = "  doubts: how firm, nearest two answers"
WORDS = "  words: reasons, sources, first steps"
WEIGHED = "whole record, under weights never seen before"
JSON, MARKDOWN = "a record as JSON", "a record as Markdown"


def measure(engine: Engine, clock: Clock, count: int) -> None:
    """Time everything in turns, on people who were never seen before."""
    labels = Labels(engine.knowledge.questions, engine.knowledge.criteria)
    crowd = people(engine, 2 * count, seed=2026)
    weights = weightings(engine, count // SLICE * FEW)
    for start in range(0, len(crowd), 2 * SLICE):
        some, others = crowd[start:][:SLICE], crowd[start + SLICE :][:SLICE]
        records = clock.run(WHOLE, engine.recommend, some)
        decisions = clock.run(DECIDE, engine.decide, others)
        doubts = clock.run(DOUBTS, engine.doubts, decisions)
        pairs = list(zip(decisions, doubts, strict=True))
        clock.run(WORDS, lambda pair: engine.say(*pair), pairs)
        own, weights = list(zip(some, weights[:FEW], strict=False)), weights[FEW:]
        clock.run(WEIGHED, lambda one: engine.recommend(one[0], weights=one[1]), own)
        clock.run(JSON, Recommendation.model_dump_json, records)
        clock.run(
            MARKDOWN, lambda record: recommendation_markdown(record, labels), records
        )


def table(clock: Clock) -> str:
    """Every kind of work by name, the share of the whole that its parts take."""
    parts = {name: clock.usual(name) for name in (DECIDE, DOUBTS, WORDS)}
    rows = [
        f"{'':46}{'per second':>12}{'quiet':>9}{'each, µs':>10}{'share':>7}"
        f"{'additions':>11}"
    ]
    for name in (WHOLE, *parts, WEIGHED, JSON, MARKDOWN):
        share = f"{parts[name] / sum(parts.values()):.0%}" if name in parts else ""
        rows.append(
            f"{name:46}{1 / clock.usual(name):>12,.0f}{1 / clock.quiet(name):>9,.0f}"
            f"{1e6 * clock.usual(name):>10.1f}{share:>7}{clock.additions(name):>11,.0f}"
        )
    return "\n".join(rows)


def judged(clock: Clock) -> str:
    """Whether the goal is met, in the middle slice and in quiet ones."""
    usual, quiet = 1 / clock.usual(WHOLE), 1 / clock.quiet(WHOLE)
    said = "met" if usual >= GOAL else "met when quiet" if quiet >= GOAL else "missed"
    return f"goal of {GOAL:,} whole records a second: {said} ({usual / GOAL:.2f} of it)"


def main() -> int:
    """Print the table; it fails nothing, for machines differ."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench_engine")
    asked.add_argument("--people", type=int, default=PEOPLE)
    count = max(asked.parse_args().people, 2 * SLICE)
    engine = Engine(load_knowledge())
    for one in people(engine, WARM, seed=2022):
        engine.recommend(one)
    clock = Clock()
    measure(engine, clock, count)
    sys.stdout.write(f"{table(clock)}\n{judged(clock)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
