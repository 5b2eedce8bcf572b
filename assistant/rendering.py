"""A recommendation as Markdown or plain text, from the same record. No judgement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.explanation import CHOICES, STACKS
from assistant.wire import Recommendation, SourceLink
from knowledge.records import Framework, Language, Question, Stack, Text, Value

SHOWN_FLIPS = 4
"""Changes listed in chat; the JSON answer lists all."""

BASIS = {
    "article": Text(en="article, still holds", zh="文章，今天仍成立"),
    "today": Text(en="today", zh="今天"),
    "measured": Text(en="measured", zh="实测"),
}
CONFIDENCE = {
    "high": Text(en="high", zh="高"),
    "medium": Text(en="medium", zh="中"),
    "low": Text(en="low", zh="低"),
}


class Labels:
    """How fields and their values are called in front of a person."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._values = {
            (question.field, option.value): option.label
            for question in questions
            for option in question.options
        }

    def value(self, field: str, value: Value, language: Language) -> str:
        label = self._values.get((field, value))
        return label.get(language) if label else str(value)

    def field(self, field: str, language: Language) -> str:
        label = FIELDS.get(field)
        return label.get(language) if label else field


FIELDS = {
    "experience": Text(en="experience", zh="经验"),
    "background": Text(en="background", zh="背景"),
    "math_comfort": Text(en="comfort with maths", zh="数学熟悉度"),
    "dataset_rows": Text(en="number of examples", zh="数据条数"),
    "dataset_size": Text(en="amount of data", zh="数据量"),
    "dataset_bytes": Text(en="volume of data", zh="数据体积"),
    "modality": Text(en="kind of data", zh="数据类型"),
    "goals": Text(en="goal", zh="目标"),
    "control": Text(en="control over training", zh="训练控制"),
    "hardware": Text(en="hardware", zh="硬件"),
    "accelerator": Text(en="accelerator", zh="加速芯片"),
    "os": Text(en="operating system", zh="操作系统"),
    "existing": Text(en="what you already use", zh="已在使用"),
    "deployment": Text(en="where it will run", zh="部署位置"),
    "mandated": Text(en="what is prescribed", zh="指定框架"),
    "time_to_result": Text(en="time to a result", zh="出结果时间"),
}


def recommendation_markdown(given: Recommendation, labels: Labels | None = None) -> str:
    """The advice at normal depth: headline, every addend, doubts and next steps."""
    say = _Sayer(given.language, labels or Labels(()))
    confidence = CONFIDENCE[given.confidence].get(given.language)
    blocks = [
        f"**{given.headline}** " + say("Confidence", "把握") + f": {confidence}.",
        say.vetoes(given),
        say.reasons(given),
        say.witnesses(given),
        say.evidence(given),
        say.against(given),
        say.flips(given),
        say.bullets(say("Keep in mind", "请注意"), given.cautions),
        say.next_steps(given),
    ]
    return "\n\n".join(block for block in blocks if block)


def recommendation_text(given: Recommendation, labels: Labels | None = None) -> str:
    """The same for a terminal: no markup, link targets in brackets."""
    return as_text(recommendation_markdown(given, labels))


def as_text(markdown: str) -> str:
    """Our own Markdown without its marks; a link becomes its title and address."""
    plain = re.sub(r"\*\*|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)", "", markdown)
    plain = re.sub(r"\[([^\]]+)\]\(((?:https:/)?/[^)]+)\)", r"\1 <\2>", plain)
    return re.sub(r"\\([\\`*_\[\]|#~!])", r"\1", plain)


class _Sayer:
    """Builds the blocks of one answer in one language."""

    def __init__(self, language: Language, labels: Labels) -> None:
        self.language = language
        self.labels = labels

    def __call__(self, en: str, zh: str) -> str:
        return zh if self.language is Language.ZH else en

    def bullets(self, title: str, lines: Sequence[str]) -> str:
        if not lines:
            return ""
        return f"**{title}**\n\n" + "\n".join(f"- {line}" for line in lines)

    def reasons(self, given: Recommendation) -> str:
        lines = [
            f"+{reason.points:g} {self._toward(reason.toward)}: {reason.because} "
            f"({BASIS[reason.basis].get(self.language)}{self._cited(reason.sources)})"
            for reason in given.reasons
        ]
        return self.bullets(self("Why, line by line", "逐条理由"), lines)

    def _choice(self, choice: str) -> str:
        return CHOICES[choice].get(self.language)

    def _toward(self, toward: Framework | Stack) -> str:
        if isinstance(toward, Stack):
            return STACKS[toward].get(self.language)
        return CHOICES[toward].get(self.language)

    def _cited(self, sources: Sequence[SourceLink]) -> str:
        cited = "; ".join(
            f"[{one.title}]({one.url}), " + self("read", "查阅于") + f" {one.read_on}"
            for one in sources
        )
        return f": {cited}" if cited else ""

    def vetoes(self, given: Recommendation) -> str:
        lines = [
            self("Rules out ", "排除 ")
            + ", ".join(STACKS[stack].get(self.language) for stack in veto.excludes)
            + f": {veto.because} ({self._cited(veto.sources).removeprefix(': ')})"
            for veto in given.vetoes
        ]
        return self.bullets(self("Hard rules", "硬性条件"), lines)

    def witnesses(self, given: Recommendation) -> str:
        heard = given.witnesses
        measured = CHOICES[heard.measured].get(self.language)
        if heard.measured == "not_measured" and any(n.used for n in given.evidence):
            measured = self("measured, undecided", "已测量，尚无定论")
        line = " · ".join(
            f"{name}: {word}"
            for name, word in (
                (self("2022 article", "2022 年的文章"), self._choice(heard.article)),
                (self("today", "今天的资料"), self._choice(heard.today)),
                (self("this machine (speed)", "本机（速度）"), measured),
            )
        )
        block = f"**{self('Three witnesses', '三位证人')}**: {line}."
        return f"{block} {given.disagreement}" if given.disagreement else block

    def evidence(self, given: Recommendation) -> str:
        lines = [f"{note.says} {note.why}" for note in given.evidence]
        return self.bullets(self("Measured", "实测"), lines)

    def against(self, given: Recommendation) -> str:
        title = self("Strongest reason against", "最有力的反面理由")
        if given.against is None:
            return ""
        return f"**{title}**: {given.against.because}"

    def flips(self, given: Recommendation) -> str:
        title = self("What would change it", "什么会改变结论")
        if not given.flips:
            return f"**{title}**: " + self(
                "no single other answer would.", "没有哪一个回答单独就能改变它。"
            )
        lines = [
            f"{self.labels.field(flip.field, self.language)} = "
            f"{self.labels.value(flip.field, flip.instead, self.language)} → "
            f"{CHOICES[flip.framework].get(self.language)}"
            for flip in given.flips[:SHOWN_FLIPS]
        ]
        more = len(given.flips) - SHOWN_FLIPS
        if more > 0:
            lines.append(self(f"and {more} more", f"另有 {more} 项"))
        return self.bullets(title, lines)

    def next_steps(self, given: Recommendation) -> str:
        steps = given.next_steps
        if steps.install is None:
            return ""
        lines = [f"`{steps.install}`", *self._starter(steps.starter_url)]
        lines += [
            f"[{step.title}]({step.url}), "
            + self(f"about {step.minutes} minutes", f"约 {step.minutes} 分钟")
            for step in steps.path
        ]
        return self.bullets(self("Next steps", "下一步"), lines)

    def _starter(self, url: str | None) -> list[str]:
        if url is None:
            return []
        title = self("Starter code that runs as it is", "可直接运行的起步代码")
        asked = f"{url}{'&' if '?' in url else '?'}format=notebook"
        notebook = self("as a notebook", "笔记本版")
        return [f"[{title}]({url}) · [{notebook}]({asked})"]
