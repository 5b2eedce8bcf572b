"""Turn answers into contributions, and contributions into a verdict.

Scores are plain sums, so the explanation is the calculation: nothing is shown that was
not added up, and nothing is added up that is not shown. Points toward a framework
decide between the two; points toward a stack decide only between its own family.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from knowledge.records import (
    Answers,
    Basis,
    Condition,
    Framework,
    Rule,
    Rulebook,
    Stack,
    Text,
    Veto,
)

Choice = Literal["keras", "pytorch", "either"]

CLEAR_LEAD = {Rulebook.TODAY: 2.0, Rulebook.ARTICLE: 0.0}
"""Points that a lead must exceed before one framework is named, by rulebook.

The article always names one when its rules lean at all; today a lead of two points or
less is within what one more answer can turn round.
"""

STRONG_SUPPORT = 2.0
"""Points on both sides from which Keras on PyTorch is the honest middle."""

SPEED = "speed"
"""The criterion whose beliefs a directional measurement replaces."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One line of the sum: how far it moved us, which way, on whose authority.

    ``points`` are after multiplication with ``weight``.
    """

    origin: str
    toward: Framework | Stack
    at: Literal["framework", "stack"]
    criterion: str
    points: float
    basis: Basis
    because: Text
    sources: tuple[str, ...]
    weight: float = 1.0


class Heard(NamedTuple):
    """What measurements bring into a sum.

    Attributes:
        lines: at neutral weight; where one speaks of frameworks, it replaces beliefs
            about which of the two is faster.
        middle: whether Keras on PyTorch may still stand for both; not where it was
            measured to be much the slower.
    """

    lines: tuple[Contribution, ...] = ()
    middle: bool = True


NOTHING = Heard()


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What the lines add up to.

    One is made for all persons for whom the same holds, so that what follows from it
    is looked up by it: it is equal to itself alone.

    ``balance`` is in points, Keras minus PyTorch, framework lines only. ``settled``
    says that hard rules, not points, left one framework; ``collided`` that they left
    none.
    """

    choice: Choice
    stack: Stack | None
    balance: float
    contributions: tuple[Contribution, ...]
    vetoes: tuple[Veto, ...]
    settled: bool
    collided: bool

    @property
    def lean(self) -> Framework | None:
        """The side with more support; None where it is level, or nothing is left."""
        if self.collided or (self.choice == "either" and self.balance == 0):
            return None
        keras = self.balance > 0 if self.choice == "either" else self.choice == "keras"
        return Framework.KERAS if keras else Framework.PYTORCH


def applies(when: Iterable[Condition], answers: Answers) -> bool:
    """Silence is not evidence: a condition on an unknown field does not hold."""
    return all(
        condition.field in answers and condition.holds(answers[condition.field])
        for condition in when
    )


def derived(answers: Answers) -> Answers:
    """Add what follows from what was said, never overwriting an answer.

    A count of rows fixes the size; an NVIDIA or AMD card is a GPU, Google's is a TPU;
    the GPU of a Mac is Apple's.
    """
    full = dict(answers)
    rows = full.get("dataset_rows")
    if isinstance(rows, int):
        full["dataset_size"] = size_of(rows, full.get("modality"))
    accelerator = full.get("accelerator")
    if "hardware" not in full and accelerator in ("nvidia", "amd"):
        full["hardware"] = "gpu"
    if "hardware" not in full and accelerator == "google":
        full["hardware"] = "tpu"
    if full.get("os") == "macos" and full.get("hardware") == "gpu":
        full.setdefault("accelerator", "apple")
    return full


def in_use(answers: Answers) -> Answers:
    """What rules are asked of: all that is known, less what is not made use of.

    No accelerator counts where it is a processor or a phone that trains.
    """
    full = derived(answers)
    if full.get("hardware") in ("cpu", "mobile"):
        full.pop("accelerator", None)
    return full


DERIVED = (
    ("dataset_rows", "dataset_size", "modality"),
    ("accelerator", "hardware", "os"),
)
"""Fields that :func:`in_use` looks at together; all others stand alone."""


LIGHT, HEAVY = (10_000, 1_000_000), (5_000, 500_000)
"""Examples from which data are medium and large.

Pictures, films and sounds weigh more each than rows of a table: their bounds are lower.
"""

SIZE_BOUNDS = (*LIGHT, *HEAVY)


def size_of(rows: int, modality: object) -> str:
    """Small, medium or large, for so many examples of that kind."""
    medium, large = HEAVY if modality in ("image", "video", "audio") else LIGHT
    if rows < medium:
        return "small"
    return "medium" if rows < large else "large"


def contribution(rule: Rule) -> Contribution:
    """The line that a rule adds where it holds, at neutral weight."""
    return Contribution(
        origin=rule.id,
        toward=rule.toward,
        at=rule.at,
        criterion=rule.criterion,
        points=float(rule.points),
        basis=rule.basis,
        because=rule.because,
        sources=rule.sources,
    )


def weighted(line: Contribution, weight: float) -> Contribution:
    """The line with its points multiplied; call it once, on a neutral line."""
    if weight == 1.0:
        return line
    return replace(line, points=line.points * weight, weight=weight)
