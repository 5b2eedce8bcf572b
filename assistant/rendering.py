"""A recommendation as Markdown or plain text, from the same record. No judgement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import fsum

from assistant import flips_text, steps_text
from assistant.explanation import CHOICES, STACKS, aside, cited
from assistant.labels import BASIS, CONFIDENCE, Labels
from assistant.scoring import CLEAR_LEAD
from assistant.settling import settling
from assistant.wire import (
    Answered,
    Depth,
    Flip,
    Reason,
    Recommendation,
    SourceLink,
)
from knowledge.records import (
    Framework,
    Language,
    Stack,
)

SHOWN_FLIPS = 4
SHOWN_REASONS = 8
"""Lines of changes and of reasons at normal depth; at full depth all are given."""


def recommendation_markdown(
    given: Recommendation, labels: Labels | None = None, depth: Depth = Depth.NORMAL
) -> str:
    """The advice as Markdown.

    Args:
        depth: one line with the weightiest reason; the usual, with doubts and next
            steps; or every addend with its weight and the sums.
    """
    say = _Sayer(given.language, labels or Labels(()), depth)
    if depth is Depth.LINE:
        return say.line(given)
    confidence = CONFIDENCE[given.confidence].get(given.language)
    blocks = [
        f"**{given.headline}** "
        + say(f"Confidence: {confidence}.", f"把握：{confidence}。"),
        say.vetoes(given),
        say.reasons(given),
        say.sums(given),
        say.witnesses(given),
        say.evidence(given),
        say.against(given),
        say.flips(given),
        say.firmness(given),
        say.bullets(say("Keep in mind", "请注意"), given.cautions),
        say.unknown(given),
        say.next_steps(given),
    ]
    return "\n\n".join(block for block in blocks if block)


def recommendation_text(
    given: Recommendation, labels: Labels | None = None, depth: Depth = Depth.NORMAL
) -> str:
    """The same for a terminal: no markup, link targets in brackets."""
    return as_text(recommendation_markdown(given, labels, depth))


def as_text(markdown: str) -> str:
    """Our own Markdown without its marks; a link becomes its title and address."""
    plain = re.sub(r"\*\*|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)", "", markdown)
    plain = re.sub(r"\[([^\]]+)\]\(((?:https:/)?/[^)]+)\)", r"\1 <\2>", plain)
    return re.sub(r"\\([\\`*_\[\]|#~!])", r"\1", plain)


class _Sayer:
    """Builds the blocks of one answer in one language."""

    def __init__(self, language: Language, labels: Labels, depth: Depth) -> None:
        self.language = language
        self.labels = labels
        self.full = depth is Depth.FULL

    def __call__(self, en: str, zh: str) -> str:
        return zh if self.language is Language.ZH else en

    def headed(self, title: str, text: str) -> str:
        return f"**{title}**" + self(": ", "：") + text

    def bullets(self, title: str, lines: Sequence[str]) -> str:
        if not lines:
            return ""
        return f"**{title}**\n\n" + "\n".join(f"- {line}" for line in lines)

    def line(self, given: Recommendation) -> str:
        """The headline, and what settles it or weighs most for it."""
        because = [veto.because for veto in settling(given.vetoes)]
        because = [given.collision.says] if given.collision else because
        weighed = [one.because for one in given.reasons if one.toward == given.lean]
        return " ".join([f"**{given.headline}**", *(because or weighed[:1])])

    def reasons(self, given: Recommendation) -> str:
        shown = given.reasons if self.full else given.reasons[:SHOWN_REASONS]
        lines = [
            f"+{reason.points:g} {self._toward(reason.toward)}{self._weighed(reason)}"
            f"{self(': ', '：')}{reason.because}{self._authority(reason)}"
            for reason in shown
        ]
        return self.bullets(
            self("Why, line by line", "逐条理由"),
            lines + self._more(len(given.reasons) - len(shown)),
        )

    def _weighed(self, reason: Reason) -> str:
        """The heading and the weight, where they are asked for or were moved."""
        if not self.full and reason.weight == 1:
            return ""
        name = self.labels.criterion(reason.criterion, self.language)
        weight = self("weight", "权重") + f" {reason.weight:g}"
        return (
            f" [{name}, {weight}]" if self.language == "en" else f"［{name}，{weight}］"
        )

    def _more(self, more: int) -> list[str]:
        return [self(f"and {more} more", f"另有 {more} 项")] if more > 0 else []

    def sums(self, given: Recommendation) -> str:
        """Every total with its addends, heaviest first; at full depth only."""
        if not self.full or not given.reasons:
            return ""
        addends: dict[Framework | Stack, list[float]] = {}
        for reason in given.reasons:
            addends.setdefault(reason.toward, []).append(reason.points)
        lines = [
            f"{self._side(toward)}{self(': ', '：')}"
            + " + ".join(f"{one:g}" for one in points)
            + (f" = {fsum(points):g}" if len(points) > 1 else "")
            for toward, points in addends.items()
        ]
        bound = f"{CLEAR_LEAD[given.rulebook]:g}"
        lines.append(
            self(
                f"The difference between the frameworks is {given.margin:g}; a winner "
                f"needs more than {bound}.",
                f"两个框架相差 {given.margin:g} 分；超过 {bound} 分才算有结论。",
            )
        )
        return self.bullets(self("The sum", "合计"), lines)

    def _side(self, toward: Framework | Stack) -> str:
        name = self._toward(toward)
        if isinstance(toward, Framework):
            return name
        return self(f"between stacks, {name}", f"组合之间，{name}")

    def firmness(self, given: Recommendation) -> str:
        """What other weights would do; nothing where nothing was weighed."""
        if not given.reasons:
            return ""
        title = self("How firm this is", "结论有多稳")
        share = f"{100 * given.robustness:.0f}%"
        said = self(
            f"{share} of the weightings within 30% of yours keep this answer.",
            f"各项权重在上下 30% 内任意变动，{share} 的情况下结论不变。",
        )
        return self.headed(title, said + self._tipping(given))

    def _tipping(self, given: Recommendation) -> str:
        flip = given.weight_flip
        if flip is None:
            return self(
                " No single weight turns it.", "单独调整任何一项权重都改变不了它。"
            )
        step = f"{flip.before:g} → {flip.weight:g}"
        then = self._choice(flip.framework)
        return self(
            f" The smallest step that turns it: weight of “{flip.label}” {step} "
            f"gives: {then}.",
            f"最小的改动：「{flip.label}」的权重 {step}，结论变为：{then}。",
        )

    def unknown(self, given: Recommendation) -> str:
        """What was not told and so counted for nothing; at full depth only."""
        if not self.full or not given.unknown:
            return ""
        names = [self.labels.field(one, self.language) for one in given.unknown]
        title = self("Not known, so not counted", "未知，因此没有计分")
        return self.headed(title, self(", ", "、").join(names))

    def _choice(self, choice: str) -> str:
        return CHOICES[choice].get(self.language)

    def _toward(self, toward: Framework | Stack) -> str:
        if isinstance(toward, Stack):
            return STACKS[toward].get(self.language)
        return CHOICES[toward].get(self.language)

    def _authority(self, reason: Reason) -> str:
        said = BASIS[reason.basis].get(self.language)
        if reason.sources:
            said += self(": ", "：") + cited(reason.sources, self.language)
        return aside(said, self.language)

    def _cited(self, sources: Sequence[SourceLink]) -> str:
        return aside(cited(sources, self.language), self.language) if sources else ""

    def vetoes(self, given: Recommendation) -> str:
        lines = [
            self("Rules out ", "排除 ")
            + self(", ", "、").join(
                STACKS[stack].get(self.language) for stack in veto.excludes
            )
            + self(": ", "：")
            + veto.because
            + self._cited(veto.sources)
            for veto in given.vetoes
        ]
        return self.bullets(self("Hard rules", "硬性条件"), lines)

    def witnesses(self, given: Recommendation) -> str:
        heard = given.witnesses
        measured = CHOICES[heard.measured].get(self.language)
        if heard.measured == "not_measured" and any(n.used for n in given.evidence):
            measured = self("measured, undecided", "已测量，尚无定论")
        line = " · ".join(
            f"{name}{self(': ', '：')}{word}"
            for name, word in (
                (self("2022 article", "2022 年的文章"), self._choice(heard.article)),
                (self("today", "今天的资料"), self._choice(heard.today)),
                (self("this machine (speed)", "本机（速度）"), measured),
            )
        )
        block = self.headed(self("Three witnesses", "三位证人"), line + self(".", "。"))
        return f"{block} {given.disagreement}" if given.disagreement else block

    def evidence(self, given: Recommendation) -> str:
        lines = [f"{note.says} {note.why}" for note in given.evidence]
        return self.bullets(self("Measured", "实测"), lines)

    def against(self, given: Recommendation) -> str:
        title = self("Strongest reason against", "最有力的反面理由")
        if given.against is None:
            return ""
        return self.headed(title, given.against.because)

    def flips(self, given: Recommendation) -> str:
        title = self("What would change it", "什么会改变结论")
        pair = self._pair(given)
        if not given.flips:
            alone = self(
                "no single other answer would.", "没有哪一个回答单独就能改变它。"
            )
            return self.headed(title, alone + (f" {pair}" if pair else ""))
        groups = flips_text.grouped(given.flips)
        shown = groups if self.full else groups[:SHOWN_FLIPS]
        lines = [
            f"{self._turning(given, group)} → {self._choice(group[0].framework)}"
            for group in shown
        ]
        lines += self._more(len(given.flips) - sum(map(len, shown)))
        return self.bullets(title, lines + ([pair] if pair else []))

    def _turning(self, given: Recommendation, some: Sequence[Flip | Answered]) -> str:
        return flips_text.answers(some, given.unknown, self.labels, self.language)

    def _pair(self, given: Recommendation) -> str:
        if given.flip_pair is None:
            return ""
        both = self(" and ", " 且 ").join(
            self._turning(given, [one]) for one in given.flip_pair.changes
        )
        nearest = self("The nearest two together: ", "最近的两项一起改：")
        return f"{nearest}{both} → {self._choice(given.flip_pair.framework)}"

    def next_steps(self, given: Recommendation) -> str:
        steps, parted = given.next_steps, given.collision is not None
        title = steps_text.title(steps, self.language, parted=parted)
        return self.bullets(title, steps_text.lines(steps, self.language))
