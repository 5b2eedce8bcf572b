"""``python -m tests.bench_engine``: recommendations per second, and where time goes."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from assistant.labels import Labels
from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.rendering import recommendation_markdown
from assistant.sensitivity import with_value
from knowledge.load import load_knowledge
from knowledge.records import Answers, Rulebook

GOAL = 10_000
"""Decisions per second on one core."""

PEOPLE = 2_000
ROUNDS = 5
KNOWN = 0.35
"""Share of the fields that a made-up person has told."""

T = TypeVar("T")


def people(engine: Engine, count: int, seed: int = 2022) -> list[Profile]:
    """Made-up persons, the same every time; hardly two of them alike."""
    dice = random.Random(seed)
    made = []
    for _ in range(count):
        answers: Answers = {}
        for field, values in engine.choices.items():
            if dice.random() < KNOWN:
                answers = with_value(answers, field, dice.choice(values))
        made.append(Profile.model_validate(answers))
    return made


def rate(work: Callable[[T], object], of: Sequence[T]) -> float:
    """Pieces of work per second of one core, the best of a few rounds."""
    best = 0.0
    for _ in range(ROUNDS):
        start = time.process_time()
        for one in of:
            work(one)
        best = max(best, len(of) / (time.process_time() - start))
    return best


def main() -> int:
    """Print the table; it judges nothing, for machines differ."""
    engine = Engine(load_knowledge())
    knowledge = engine.knowledge
    crowd = people(engine, PEOPLE)
    records = [engine.recommend(one) for one in crowd]
    labels = Labels(knowledge.questions, knowledge.criteria)
    strangers = people(engine, PEOPLE, seed=2026)
    start = time.process_time()
    for one in strangers:
        engine.decide(one)
    first = PEOPLE / (time.process_time() - start)
    known = [(one, one.answers()) for one in crowd]
    sheet = engine.sheets[Rulebook.TODAY]
    rows = (
        ("decide: sums, vetoes, witnesses, flips", rate(engine.decide, crowd)),
        ("  the same, people never seen before", first),
        ("  of it: the profile's answers", rate(Profile.answers, crowd)),
        ("  of it: which rules hold", rate(lambda p: sheet.bits(p[1]), known)),
        (
            "  of it: one rulebook's verdict",
            rate(lambda p: sheet.evaluate(p[1]), known),
        ),
        ("recommend: the whole record", rate(engine.recommend, crowd)),
        ("record as JSON", rate(lambda r: r.model_dump_json(), records)),
        (
            "record as Markdown",
            rate(lambda r: recommendation_markdown(r, labels), records),
        ),
    )
    sys.stdout.write(f"{'':42}{'per second':>12}{'each, µs':>12}\n")
    for name, speed in rows:
        sys.stdout.write(f"{name:42}{speed:>12,.0f}{1e6 / speed:>12.1f}\n")
    reached = "reached" if rows[0][1] >= GOAL else "missed"
    sys.stdout.write(f"goal of {GOAL:,} decisions a second: {reached}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
