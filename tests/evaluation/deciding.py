"""``python -m tests.evaluation.deciding``: fits the judge of purposes and tries it.

Each hand's messages are seen by a reader whose models were fitted to the other hands.
The weights are fitted to all of them; how they fare on strangers is tried on each hand
with weights fitted to the others. ``--write`` puts them into the product.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.softmax import softmax
from assistant.understanding import deciding
from assistant.understanding.deciding import NOTHING, Signs, features
from assistant.understanding.purposes import BY_KIND
from assistant.understanding.records import Intent
from knowledge.load import load_knowledge
from knowledge.records import Knowledge
from tests.evaluation.measure import KNOWN, LANGUAGES, Message, messages, stranger

STRENGTH = 0.3
"""Inverse of the regularisation."""

CLASS = {**BY_KIND, "clarify": NOTHING}
"""Of kinds of reply what they are due to."""

CLASSES = tuple(dict.fromkeys(str(one) for one in CLASS.values()))
WEIGHTS = Path(deciding.__file__).parent / "weights.py"


@dataclass(frozen=True, slots=True)
class Line:
    """A message of a hand: its numbers, and the class of its reply."""

    name: str
    language: str
    message: Message
    known: Mapping[str, float]
    due: str


@dataclass(frozen=True)
class Weights:
    """Of the numbers in their order; ``slopes`` has shape (classes, numbers)."""

    slopes: NDArray[np.float64]
    offsets: NDArray[np.float64]

    def chances(self, known: Mapping[str, float]) -> dict[str, float]:
        odds = self.slopes @ np.array([*known.values()]) + self.offsets
        return dict(zip(CLASSES, softmax(odds), strict=True))


def lines(knowledge: Knowledge) -> Iterator[Line]:
    """One for every message of a known hand that a judgement is asked about."""
    seen: list[Signs] = []

    def decide(signs: Signs) -> Mapping[str, float]:
        seen.append(signs)
        return {Intent.ADVICE: 0.0}

    for name in KNOWN:
        reader = stranger(knowledge, name, decide=decide)
        for language in LANGUAGES:
            for asked in messages(name, language):
                seen.clear()
                reader.read(asked.text, asked=asked.asked)
                if seen and asked.kind:
                    due = str(CLASS[asked.kind])
                    yield Line(name, language, asked, features(seen[0]), due)


def fitted(known: Sequence[Line], strength: float = STRENGTH) -> Weights:
    model = LogisticRegression(C=strength, max_iter=5_000)
    model.fit([[*one.known.values()] for one in known], [one.due for one in known])
    order = [list(model.classes_).index(one) for one in CLASSES]
    return Weights(model.coef_[order], model.intercept_[order])


def crossed(known: Sequence[Line], strength: float = STRENGTH) -> list[str]:
    """The likeliest class of each, by weights fitted to the lines of other hands."""
    others = {
        name: fitted([one for one in known if one.name != name], strength)
        for name in {one.name for one in known}
    }
    chances = [others[one.name].chances(one.known) for one in known]
    return [max(one, key=one.__getitem__) for one in chances]


def main() -> int:
    """Print how the judge fares on hands that it was not fitted to."""
    known = list(lines(load_knowledge()))
    found = crossed(known)
    for language in LANGUAGES:
        own = [
            one.due == each
            for one, each in zip(known, found, strict=True)
            if one.language == language
        ]
        share = sum(own) / len(own)
        sys.stdout.write(f"{language}: {share:.1%} of {len(own)} are of their class\n")
    if "--write" in sys.argv:
        WEIGHTS.write_text(source(fitted(known), list(known[0].known)), "utf-8")
    return 0


def source(weights: Weights, names: Sequence[str]) -> str:
    """The module that holds them."""
    rows = "".join(
        f'    "{name}": ({", ".join(f"{one:.2f}" for one in row)}),\n'
        for name, row in zip(names, weights.slopes.T, strict=True)
    )
    offsets = ", ".join(f"{one:.2f}" for one in weights.offsets)
    classes = "".join(f'    "{one}",\n' for one in CLASSES)
    return (
        '"""Weights of ``deciding``, a column for each class; written by\n'
        '``python -m tests.evaluation.deciding --write``."""\n\n'
        f"CLASSES = (\n{classes})\n\nOFFSETS = ({offsets})\n\n"
        f"SLOPES = {{\n{rows}}}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
