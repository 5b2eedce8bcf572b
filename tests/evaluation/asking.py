"""``python -m tests.evaluation.asking [COUNT]``: how many questions a verdict takes.

Made-up persons, drawn by how common each answer is (``questions.toml``), answer what
they are asked by clicking. A verdict is stable from the question on after which the
framework no longer changes, however long the person goes on answering. Beside the
questions that the engine picks stand the same persons asked in an order drawn by lot.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.moves import with_value
from assistant.profile import Profile
from assistant.recommendation import Engine
from knowledge.load import load_knowledge
from knowledge.records import Answers, Question

PEOPLE = 400
TOLD = {"goals": 0.52, "existing": 0.47, "experience": 0.15, "background": 0.08}
"""How many askers tell a field of their own accord; of 86 questions (askers.md)."""

OPENINGS = {"nothing": 0, "one fact": 1, "three facts": 3, "as askers do": None}
"""Facts told before anything is asked; None: each as often as ``TOLD`` says."""

GOAL = 3
"""Questions to a stable verdict, at most, in the median."""

Ask = Callable[[Profile], Question | None]


@dataclass(frozen=True, slots=True)
class Talk:
    """One person's conversation.

    Attributes:
        to_stable: questions until the framework no longer changed.
        asked: questions until none was left worth asking.
        agrees: the last verdict is that of the person with every answer known.
    """

    to_stable: int
    asked: int
    agrees: bool


def person(engine: Engine, dice: random.Random) -> Answers:
    """Every field answered, as commonly as people who ask do; a mandate is rare."""
    known: Answers = {}
    for question in engine.knowledge.questions:
        options = list(question.options)
        nothing = 1 - sum(option.share for option in options)
        if dice.random() < nothing or (question.field == "dataset_size"):
            continue
        picked = dice.choices(options, [option.share for option in options])[0]
        known = with_value(known, question.field, picked.value)
    return known


def talk(engine: Engine, answers: Answers, told: Sequence[str], ask: Ask) -> Talk:
    """Let a person tell some fields, then answer until nothing more is asked."""
    known: Answers = {field: answers[field] for field in told}
    verdicts = [_framework(engine, known)]
    declined: set[str] = set()
    while (question := ask(Profile.model_validate(known))) is not None:
        if question.field in answers:
            known[question.field] = answers[question.field]
        elif question.field in declined:
            break
        else:
            declined.add(question.field)
        verdicts.append(_framework(engine, known))
    changes = [at for at in range(1, len(verdicts)) if verdicts[at] != verdicts[at - 1]]
    return Talk(
        to_stable=changes[-1] if changes else 0,
        asked=len(verdicts) - 1,
        agrees=verdicts[-1] == _framework(engine, answers),
    )


def talks(engine: Engine, count: int, told: int | None, *, by_lot: bool) -> list[Talk]:
    """The same persons every time, with the engine's questions or those of a lot."""
    found = []
    for number in range(count):
        dice = random.Random(number)
        answers = person(engine, dice)
        fields = [one for one, often in TOLD.items() if dice.random() < often]
        if told is not None:
            fields = dice.sample(sorted(answers), told)
        fields = [one for one in fields if one in answers]
        ask = _lot(engine, dice) if by_lot else _engine(engine)
        found.append(talk(engine, answers, fields, ask))
    return found


def _framework(engine: Engine, known: Answers) -> str:
    return engine.decide(Profile.model_validate(known)).verdict.choice


def _engine(engine: Engine) -> Ask:
    asked: list[str] = []

    def ask(profile: Profile) -> Question | None:
        question = engine.question(profile, asked)
        if question is not None:
            asked.append(question.field)
        return question

    return ask


def _lot(engine: Engine, dice: random.Random) -> Ask:
    """Any field not known yet, until the engine would ask nothing more."""
    asked: list[str] = []

    def ask(profile: Profile) -> Question | None:
        known = profile.answers()
        left = [
            one
            for one in engine.knowledge.questions
            if one.field not in known and one.field not in asked
        ]
        if not left or engine.question(profile, asked) is None:
            return None
        picked = dice.choice(left)
        asked.append(picked.field)
        return picked

    return ask


def main() -> int:
    """Print the table; the goal is held by the test beside this file."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    engine = Engine(load_knowledge())
    sys.stdout.write(
        f"questions to a stable verdict, {count} persons\n"
        f"{'told':14}{'asked by':14}median  mean  90%  at most {GOAL}  asked in all  "
        "as with all known\n"
    )
    for title, told in OPENINGS.items():
        for by_lot in (False, True):
            every = talks(engine, count, told, by_lot=by_lot)
            steps = sorted(one.to_stable for one in every)
            few = sum(one <= GOAL for one in steps) / count
            asked = statistics.mean(one.asked for one in every)
            agree = sum(one.agrees for one in every) / count
            sys.stdout.write(
                f"{title:14}{'lot' if by_lot else 'the engine':12}"
                f"{statistics.median(steps):8g}{statistics.mean(steps):6.2f}"
                f"{steps[int(0.9 * count)]:5}{few:11.0%}{asked:12.1f}{agree:11.0%}\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
