"""Turn answers into contributions, and contributions into a verdict.

Scores are plain sums, so the explanation is the calculation: nothing is shown that was
not added up, and nothing is added up that is not shown. Points toward a framework
decide between the two; points toward a stack decide only between its own family.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal

from knowledge.records import (
    Answers,
    Basis,
    Condition,
    Framework,
    Knowledge,
    Rule,
    Rulebook,
    Stack,
    Text,
    Value,
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
    """One line of the sum: how far it moved us, which way, on whose authority."""

    origin: str
    toward: Framework | Stack
    at: Literal["framework", "stack"]
    criterion: str
    points: float
    basis: Basis
    because: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the lines add up to.

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
        if self.choice != "either":
            return Framework(self.choice)
        if self.balance == 0:
            return None
        return Framework.KERAS if self.balance > 0 else Framework.PYTORCH


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


def size_of(rows: int, modality: object) -> str:
    """Small, medium or large, for so many examples of that kind.

    Pictures and films weigh more each than rows of a table, so their bounds are lower.
    """
    heavy = modality in ("image", "video", "audio")
    if rows < (5_000 if heavy else 10_000):
        return "small"
    return "medium" if rows < (500_000 if heavy else 1_000_000) else "large"


class Sheet:
    """The rules and vetoes of one rulebook, prepared for many evaluations.

    Every distinct condition is one bit; a rule holds when all its bits are set, so a
    what-if costs a few integer operations instead of a walk over the conditions.
    """

    def __init__(self, knowledge: Knowledge, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.conditions: dict[Condition, int] = {}
        rules = [rule for rule in knowledge.rules if _counts(rule, rulebook)]
        self._rules = [(self._bits(rule.when), rule) for rule in rules]
        # The article knows no hard rules; they are part of today's view only.
        vetoes = knowledge.vetoes if rulebook is Rulebook.TODAY else ()
        self._vetoes = [(self._bits(veto.when), veto) for veto in vetoes]
        self._masks: dict[tuple[str, Value | tuple[Value, ...]], int] = {}

    def _bits(self, when: Iterable[Condition]) -> int:
        bits = 0
        for condition in when:
            bits |= 1 << self.conditions.setdefault(condition, len(self.conditions))
        return bits

    def _mask(self, answers: Answers) -> int:
        total = 0
        for field, value in answers.items():
            mask = self._masks.get((field, value))
            if mask is None:
                mask = sum(
                    1 << bit
                    for condition, bit in self.conditions.items()
                    if condition.field == field and condition.holds(value)
                )
                if len(self._masks) < 10_000:
                    self._masks[field, value] = mask
            total |= mask
        return total

    def holding(self, answers: Answers) -> tuple[list[Rule], list[Veto]]:
        """The rules and vetoes that apply, in knowledge order."""
        mask = self._mask(derived(answers))
        return (
            [rule for bits, rule in self._rules if mask & bits == bits],
            [veto for bits, veto in self._vetoes if mask & bits == bits],
        )

    def evaluate(
        self,
        answers: Answers,
        weights: Mapping[str, float] | None = None,
        evidence: Sequence[Contribution] = (),
    ) -> Verdict:
        """Add up everything known.

        Args:
            answers: known fields only.
            weights: criterion id to weight, 0..2, missing ones being 1.
            evidence: measured lines; where one speaks of speed, beliefs about the
                speed of frameworks are left out.
        """
        rules, vetoes = self.holding(answers)
        weights = weights or {}
        measured = any(line.at == "framework" and line.points for line in evidence)
        lines = [
            _contribution(rule, weights.get(rule.criterion, 1.0))
            for rule in rules
            if not (measured and rule.criterion == SPEED and rule.at == "framework")
        ]
        lines += [
            _weighted(line, weights.get(line.criterion, 1.0)) for line in evidence
        ]
        return decide(lines, vetoes, clear_lead=CLEAR_LEAD[self.rulebook])


def _counts(rule: Rule, rulebook: Rulebook) -> bool:
    if rulebook is Rulebook.ARTICLE:
        return rule.basis is Basis.ARTICLE
    return rule.basis is Basis.TODAY or rule.stands


def _contribution(rule: Rule, weight: float) -> Contribution:
    return Contribution(
        origin=rule.id,
        toward=rule.toward,
        at=rule.at,
        criterion=rule.criterion,
        points=rule.points * weight,
        basis=rule.basis,
        because=rule.because,
        sources=rule.sources,
    )


def _weighted(line: Contribution, weight: float) -> Contribution:
    if weight == 1.0:
        return line
    return Contribution(
        origin=line.origin,
        toward=line.toward,
        at=line.at,
        criterion=line.criterion,
        points=line.points * weight,
        basis=line.basis,
        because=line.because,
        sources=line.sources,
    )


def decide(
    lines: Sequence[Contribution], vetoes: Sequence[Veto], *, clear_lead: float
) -> Verdict:
    """Add up the lines; a veto wins over any sum.

    >>> decide([], [], clear_lead=2.0).choice
    'either'
    """
    # fsum rounds once, so the same lines give the same verdict in any order.
    balance = fsum(
        line.points if line.toward == Framework.KERAS else -line.points
        for line in lines
        if line.at == "framework"
    )
    excluded = {stack for veto in vetoes for stack in veto.excludes}
    left = [stack for stack in Stack if stack not in excluded]
    families = {stack.framework for stack in left}
    choice: Choice = "either"
    if len(families) == 1:
        choice = next(iter(families)).value
    elif families and abs(balance) > clear_lead:
        choice = "keras" if balance > 0 else "pytorch"
    return Verdict(
        choice=choice,
        stack=_stack(choice, balance, lines, left),
        balance=balance,
        contributions=tuple(lines),
        vetoes=tuple(vetoes),
        settled=len(families) == 1,
        collided=not families,
    )


def _stack(
    choice: Choice, balance: float, lines: Sequence[Contribution], left: Sequence[Stack]
) -> Stack | None:
    """The stack of the chosen family with most points; ties go by the order of Stack.

    Where either framework will do and both have real support, Keras on PyTorch serves
    both wishes.
    """
    if choice == "either":
        if balance == 0 and not lines:
            return None
        if _both_supported(lines) and Stack.KERAS_TORCH in left:
            return Stack.KERAS_TORCH
        if balance == 0:
            return None
        choice = "keras" if balance > 0 else "pytorch"
    points = dict.fromkeys((stack for stack in left if stack.framework == choice), 0.0)
    for line in lines:
        if line.at == "stack" and line.toward in points:
            points[Stack(line.toward)] += line.points
    return max(points, key=lambda stack: points[stack], default=None)


def _both_supported(lines: Sequence[Contribution]) -> bool:
    return all(
        fsum(
            line.points
            for line in lines
            if line.at == "framework" and line.toward == framework
        )
        >= STRONG_SUPPORT
        for framework in Framework
    )
