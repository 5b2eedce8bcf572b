"""What probe reports add to the sum, or the reason why they add nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant import measured_words
from assistant.explanation import counted
from assistant.labels import Labels
from assistant.lessons import boosting
from assistant.relevance import Case, obstacle
from assistant.scoring import SPEED, STRONG_SUPPORT, Contribution
from knowledge.records import (
    Answers,
    Basis,
    Framework,
    Knowledge,
    Stack,
    Text,
    Worth,
)
from probes.records import ProbeReport, Ratio

Word = Literal["keras", "pytorch", "no_difference", "not_measured"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as a witness: what it says, whether it counts, and why (not).

    ``boosting`` is what it saw of boosted trees on tables, where it speaks for the
    person and taught them. ``middle``: whether Keras on PyTorch may stand for both.
    """

    report: str
    says: Text
    used: bool
    why: Text
    word: Word
    lines: tuple[Contribution, ...]
    boosting: Text | None = None
    middle: bool = True


class Evidence:
    """Reads reports by what the knowledge says of measurements."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._labels = Labels(knowledge.questions)

    def read(
        self, report: ProbeReport, answers: Answers, preferred: Sequence[Stack]
    ) -> Reading:
        """Judge one report for one person.

        Args:
            report: with ratios already recomputed from its raw times.
            preferred: Keras stacks, the one we would advise first; the first of them
                that was measured stands for Keras.
        """
        why = obstacle(Case(report, answers, self._knowledge, self._labels))
        pair = _pair(report, preferred)
        if why is not None:
            return _unused(report, why, measured_words.says(report, pair))
        if pair is None:
            why = Text(
                en="It holds no comparison of PyTorch with a Keras stack.",
                zh="报告里没有 PyTorch 与 Keras 的对比。",
            )
            read = _unused(report, why, measured_words.says(report, None))
        else:
            read = self._counted(report, *pair)
        return replace(read, boosting=boosting(report), middle=self._bears(report))

    def unheard(self, report: ProbeReport) -> Reading:
        """One report where only the article is asked, which knew none."""
        why = Text(
            en="The article's own rules know no measurement; ask for today's.",
            zh="文章自己的规则不看实测；请改看今天的结论。",
        )
        return _unused(report, why, measured_words.says(report, _pair(report, ())))

    def _counted(self, report: ProbeReport, keras: Stack, ratio: Ratio) -> Reading:
        says = measured_words.says(report, (keras, ratio))
        stacks = self._between_stacks(report)
        if ratio.word == "undecided" and stacks:
            why = Text(
                en="Keras against PyTorch stays undecided; between Keras stacks it "
                "counts.",
                zh="Keras 与 PyTorch 之间尚无定论；Keras 各后端之间的差别计分。",
            )
            return Reading(report.id, says, True, why, "not_measured", stacks)
        if not ratio.decides:
            why = Text(
                en="Other programs ran beside it, or it differed from itself: nothing "
                "is decided.",
                zh="测量时有其他程序在运行，或基准与自身都不一致：什么都不能判定。",
            )
            return _unused(report, why, says)
        if ratio.word == "undecided":
            why = Text(
                en="The interval is too wide to say which is faster.",
                zh="区间太宽，还分不出快慢。",
            )
            return _unused(report, why, says)
        points = self._points(ratio)
        if not points:
            why = Text(
                en="No practical difference, so it moves no points.",
                zh="没有实际差别，因此不加分。",
            )
            if stacks:
                why = Text(
                    en="No practical difference between Keras and PyTorch; between "
                    "Keras stacks it counts.",
                    zh="Keras 与 PyTorch 没有实际差别；Keras 各后端之间的差别计分。",
                )
            return Reading(report.id, says, True, why, "no_difference", stacks)
        toward = Framework.PYTORCH if ratio.word == "slower" else Framework.KERAS
        line = Contribution(
            origin=f"measured-{report.id}",
            toward=toward,
            at="framework",
            criterion=SPEED,
            points=points,
            basis=Basis.MEASURED,
            because=measured_words.step_sentence(report, keras, ratio),
            sources=(),
        )
        lines = (line, *stacks)
        return Reading(report.id, says, True, counted(points), toward.value, lines)

    def _points(self, ratio: Ratio) -> float:
        if ratio.word == "no_difference":
            return 0.0
        cautious = ratio.low if ratio.word == "slower" else 1 / ratio.high
        return worth(self._knowledge.worth, cautious, ratio.zone)

    def _bears(self, report: ProbeReport) -> bool:
        """Whether Keras on PyTorch may be named where either framework will do.

        Not where it was slower than PyTorch, or than another Keras stack, by as many
        points as real support is.
        """
        found = _against_pytorch(report)
        others = {stack: one for stack, one in found.items() if one.decides}
        middle = others.pop(Stack.KERAS_TORCH, None)
        if middle is None:
            return True
        fastest = [1.0] if middle.word == "slower" else []
        fastest += [one.high for one in others.values()]
        cautious = middle.low / min(fastest, default=middle.low)
        return worth(self._knowledge.worth, cautious, middle.zone) < STRONG_SUPPORT

    def _between_stacks(self, report: ProbeReport) -> tuple[Contribution, ...]:
        """A line for the fastest Keras stack, where it clearly beats the slowest.

        Both were paired with PyTorch in the same rounds. The cautious ratio sets the
        least time of the slower one against the most of the faster one, so overlapping
        intervals give nothing.
        """
        found = _against_pytorch(report)
        stacks = sorted(found, key=lambda stack: found[stack].ratio)
        if len(stacks) < 2:
            return ()
        fast, slow = stacks[0], stacks[-1]
        quick, long = found[fast], found[slow]
        if not (quick.decides and long.decides):
            return ()
        cautious = long.low / quick.high
        points = worth(self._knowledge.worth, cautious, max(quick.zone, long.zone))
        if not points:
            return ()
        day = report.started_at.date().isoformat()
        return (
            Contribution(
                origin=f"measured-stacks-{report.id}",
                toward=fast,
                at="stack",
                criterion=SPEED,
                points=points,
                basis=Basis.MEASURED,
                because=measured_words.stack_sentence(
                    fast, slow, long.ratio / quick.ratio, cautious, day
                ),
                sources=(),
            ),
        )


def worth(steps: Sequence[Worth], cautious: float, zone: float) -> float:
    """Points for a cautious ratio; none within the zone of no practical difference.

    >>> worth([], 9.0, 0.05)
    0.0
    """
    if cautious <= 1 + zone:
        return 0.0
    reached = [step.points for step in steps if cautious >= step.from_ratio]
    return float(max(reached, default=0))


def _pair(
    report: ProbeReport, preferred: Sequence[Stack]
) -> tuple[Stack, Ratio] | None:
    """The Keras stack that stands for Keras, and its time over that of PyTorch."""
    found = _against_pytorch(report)
    for stack in (*preferred, *Stack):
        if stack in found:
            return stack, found[stack]
    return None


def _against_pytorch(report: ProbeReport) -> dict[Stack, Ratio]:
    """Every Keras stack measured, by its time over that of PyTorch."""
    found: dict[Stack, Ratio] = {}
    for ratio in report.ratios:
        if ratio.baseline == "pytorch" and ratio.contender in measured_words.NAMES:
            found[Stack(ratio.contender)] = ratio
        elif ratio.contender == "pytorch" and ratio.baseline in measured_words.NAMES:
            found[Stack(ratio.baseline)] = _inverted(ratio)
    return found


def _inverted(ratio: Ratio) -> Ratio:
    turned = {"faster": "slower", "slower": "faster"}
    return ratio.model_copy(
        update={
            "contender": ratio.baseline,
            "baseline": ratio.contender,
            "ratio": 1 / ratio.ratio,
            "low": 1 / ratio.high,
            "high": 1 / ratio.low,
            "word": turned.get(ratio.word, ratio.word),
        }
    )


def _unused(report: ProbeReport, why: Text, says: Text) -> Reading:
    return Reading(report.id, says, False, why, "not_measured", ())
