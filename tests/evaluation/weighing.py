"""``python -m tests.evaluation.weighing``: fits the weights of readings and tries them.

``first_readings.csv`` holds one line for every phrase that was found in thirteen sets
with the phrases as they were before anything was changed for that set (eighth to tenth:
commit f8e10b6, twelfth to sixteenth: 39b4ba2, from the twenty-fourth on: the one that
made them known), and with a model of whole messages fitted to those of other hands: the
numbers it is weighed by, and whether its value had been told. Readings of a set once
worked on are nearly all right, and teach nothing; those of ``plain`` say that what is
said outright is to be believed.
``first_amounts.csv`` holds the same of amounts (twelfth to sixteenth). The weights are
fitted to all lines; how they fare on strangers is tried on each set with weights fitted
to the others.

``python -m tests.evaluation.weighing SET ...``: writes such lines for sets.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from assistant.understanding.classifier import Classifier
from assistant.understanding.reading import Reader
from assistant.understanding.weighing import (
    AMOUNT_WEIGHTS,
    WEIGHTS,
    Reading,
    features,
)
from knowledge.basics import as_many
from knowledge.load import load_knowledge
from tests.evaluation.measure import LANGUAGES, Message, messages, stranger

FIRST_READINGS = Path(__file__).parent / "first_readings.csv"
FIRST_AMOUNTS = Path(__file__).parent / "first_amounts.csv"
STRENGTH = 1.0
"""Inverse of the regularisation, as scikit-learn has it by default."""

BOUNDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Line:
    """What was found in a message: what it is weighed by, and whether it is right."""

    name: str
    language: str
    known: tuple[float, ...]
    right: bool


def lines(
    path: Path = FIRST_READINGS, names: Collection[str] = tuple(WEIGHTS)
) -> list[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Line(
                row["set"],
                row["language"],
                tuple(float(row[name]) for name in names),
                row["right"] == "1",
            )
            for row in csv.DictReader(file)
        ]


def amounts() -> list[Line]:
    return lines(FIRST_AMOUNTS, tuple(AMOUNT_WEIGHTS))


def fitted(known: Sequence[Line]) -> tuple[float, list[float]]:
    """Intercept, and a weight for each number of a line."""
    model = LogisticRegression(C=STRENGTH, max_iter=5_000)
    model.fit([one.known for one in known], [one.right for one in known])
    return float(model.intercept_[0]), [float(one) for one in model.coef_[0]]


def crossed(known: Sequence[Line]) -> list[float]:
    """How likely each is right, by weights fitted to the lines of the other sets."""
    others = {
        name: fitted([one for one in known if one.name != name])
        for name in {one.name for one in known}
    }
    odds = [
        others[one.name][0] + float(np.dot(one.known, others[one.name][1]))
        for one in known
    ]
    return [float(1 / (1 + np.exp(-each))) for each in odds]


def main() -> int:
    """Print the weights, and how they fare on sets that they were not fitted to."""
    if len(sys.argv) > 1:
        return _write_lines(sys.argv[1:])
    for what, known, names in (
        ("phrases", lines(), WEIGHTS),
        ("amounts", amounts(), AMOUNT_WEIGHTS),
    ):
        intercept, weights = fitted(known)
        named = (f"{n} {one:.2f}" for n, one in zip(names, weights, strict=True))
        _write(f"{what}: intercept {intercept:.2f}, {', '.join(named)}")
        chance = crossed(known)
        for language in LANGUAGES:
            some = [
                (one.right, each)
                for one, each in zip(known, chance, strict=True)
                if one.language == language
            ]
            _table(language, [right for right, _ in some], [each for _, each in some])
    return 0


def _table(language: str, right: Sequence[bool], chance: Sequence[float]) -> None:
    share = sum(right) / len(right)
    _write(
        f"{language}: {len(right)} readings, {1 - share:.1%} wrong; each set by the"
        f" others: area under the curve {roc_auc_score(right, chance):.3f},"
        f" Brier {brier_score_loss(right, chance):.4f}"
        f" (were all held as likely {share * (1 - share):.4f})"
    )
    for bound in BOUNDS:
        below = [ok for ok, one in zip(right, chance, strict=True) if one < bound]
        if below:
            _write(
                f"  under {bound}: {len(below)} readings, {below.count(False)} wrong of"
                f" {list(right).count(False)}"
            )


Seen = tuple[Reading, dict[str, float]]
"""A phrase with the numbers it is weighed by."""


def observed(reader: Reader, seen: list[Seen], asked: Message) -> Iterator[list[float]]:
    """The numbers of each phrase whose value was taken, with 1 if it had been told."""
    seen.clear()
    heard = reader.read(asked.text, asked=asked.asked).observations
    taken = {one.field: as_many(one.value) for one in heard}
    told = {
        field: tuple(value) if isinstance(value, list) else (value,)
        for field, value in asked.tells.items()
    }
    if told.get("deployment") == ("mobile",):
        told["goals"] = (*told.get("goals", ()), "mobile")
    for one, known in seen:
        if one.value in taken.get(one.field, ()):
            right = one.value in told.get(one.field, ())
            yield [*known.values(), float(right)]


def _write_lines(names: Sequence[str]) -> int:
    knowledge = load_knowledge()
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["set", "language", *WEIGHTS, "right"])
    seen: list[Seen] = []

    def weigh(
        classifier: Classifier, readings: Sequence[Reading], clauses: int
    ) -> list[float]:
        known = features(classifier, readings, clauses)
        seen.extend(zip(readings, known, strict=True))
        return [0.9] * len(readings)

    for name in names:
        reader = stranger(knowledge, name, weigh=weigh)
        for language in LANGUAGES:
            for asked in messages(name, language):
                for *known, right in observed(reader, seen, asked):
                    numbers = [f"{each:.3g}" for each in known]
                    out.writerow([name, language, *numbers, int(right)])
    return 0


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
