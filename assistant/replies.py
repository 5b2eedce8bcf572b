"""What is said back in chat: understood, doubts, advice, facts, the next question."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers import FoundAnswer
from assistant.labels import Labels
from assistant.profile import Profile
from assistant.rendering import recommendation_markdown
from assistant.understanding.records import Intent, Understanding
from assistant.wire import (
    Action,
    Depth,
    Kind,
    NextQuestion,
    Observation,
    Recommendation,
)
from knowledge.records import Language, Rulebook

SHORT_REASONS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything that one reply is made of.

    ``previous``: the profile before this message. ``hypothetical``: the advice is for
    a supposition that will not be remembered.
    """

    kind: Kind
    heard: Understanding
    recommendation: Recommendation | None
    previous: Profile
    question: NextQuestion | None
    found: FoundAnswer | None
    unsure: Observation | None
    language: Language
    hypothetical: bool
    depth: Depth = Depth.NORMAL


class Replies:
    """Composes the Markdown of a reply; every part is optional but never all."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def text(self, turn: Turn) -> str:
        if turn.depth is Depth.LINE and (line := self._advice(turn)):
            return line
        blocks = [
            self._opening(turn),
            turn.found.text if turn.found else "",
            self._understood(turn),
            self._not_understood(turn),
            self._doubt(turn),
            self._advice(turn),
            self._question(turn),
        ]
        return "\n\n".join(block for block in blocks if block)

    def actions(self, turn: Turn) -> tuple[Action, ...]:
        """What can be done next; a measurement is always on offer."""
        zh = turn.language is Language.ZH
        offered = [
            Action(
                id="probe",
                label="在这台机器上实测" if zh else "Measure on this machine",
            )
        ]
        if turn.recommendation is not None:
            if turn.recommendation.next_steps.starter is not None:
                label = "获取起步代码" if zh else "Get starter code"
                offered.append(Action(id="starter", label=label))
            offered.append(Action(id="why", label="为什么？" if zh else "Why?"))
            every = "逐分解释" if zh else "Explain every point"
            offered.append(Action(id="explain", label=every))
            offered.append(
                Action(
                    id="article_view",
                    label="看看文章怎么说" if zh else "What would the article say?",
                )
            )
            offered.append(
                Action(id="start_over", label="重新开始" if zh else "Start over")
            )
        return tuple(offered)

    def _opening(self, turn: Turn) -> str:
        say = _pick(turn.language)
        intents = turn.heard.intents
        if Intent.COMPLAINT in intents:
            return say(
                "That sounds tiring, and many know the feeling. One step at a time:",
                "听起来确实折腾人，很多人都遇到过。我们一步一步来：",
            )
        if turn.kind == "out_of_scope":
            return say(
                "I only help to choose between Keras and PyTorch, and answer questions "
                "about the two. Tell me what you want to build, and with what data.",
                "我只帮忙在 Keras 和 PyTorch 之间做选择，并回答与它们有关的问题。"
                "说说你想做什么、有什么数据吧。",
            )
        if turn.kind == "greeting":
            return say(
                "Hello! Tell me who you are, what data you have and what you want, in "
                "your own words.",
                "你好！用自己的话说说你是谁、有什么数据、想做什么。",
            )
        if turn.kind == "thanks":
            return say("You are welcome. Good luck!", "不客气，祝顺利！")
        if turn.kind == "probe":
            return say(
                "I can measure both on the machine this service runs on: press "
                "“Measure on this machine”. It takes about a minute.",
                "可以在运行本服务的机器上实测两者：请点「在这台机器上实测」，约需一分钟。",
            )
        if turn.kind == "question":
            return self._which(turn)
        if turn.kind == "fact" and turn.found is None:
            return say(
                "None of my sources answers that, so I would rather not guess. The "
                "projects' own documentation will know.",
                "我的资料里没有答案，不想乱猜；官方文档应该有说明。",
            )
        return ""

    def _which(self, turn: Turn) -> str:
        say = _pick(turn.language)
        if Intent.START_OVER in turn.heard.intents:
            return say("Everything is forgotten; we begin anew.", "已清空，重新开始。")
        return say(
            "Neither is better for everybody: it depends on you. So let me ask.",
            "没有对所有人都更好的那一个，要看你的情况。所以我先问一句。",
        )

    def _understood(self, turn: Turn) -> str:
        if not turn.heard.observations:
            return ""
        say = _pick(turn.language)
        parts = [self._told(one, turn.language) for one in turn.heard.observations]
        title = say("Supposing", "假设") if turn.hypothetical else ""
        title = title or say("I understood", "我的理解")
        return f"*{title}*: " + ("；" if turn.language is Language.ZH else "; ").join(
            parts
        )

    def _told(self, told: Observation, language: Language) -> str:
        values = told.value if isinstance(told.value, tuple) else (told.value,)
        shown = ", ".join(
            self._labels.value(told.field, value, language) for value in values
        )
        words = _quoted(told.words)
        quote = f"「{words}」" if language is Language.ZH else f"“{words}”"
        return f"{self._labels.field(told.field, language)}: {shown} ({quote})"

    def _not_understood(self, turn: Turn) -> str:
        say = _pick(turn.language)
        missed = turn.heard.not_understood
        if turn.kind == "clarify" and turn.unsure is None:
            if turn.heard.intents & {Intent.FACT_QUESTION}:
                return say(
                    "I have no sourced answer to that question, so I give none.",
                    "这个问题我没有可靠来源的答案，所以不作答。",
                )
            return say(
                "I did not understand that. Tell me in your own words what you want to "
                "do and what data you have, or ask something about Keras or PyTorch.",
                "这句话我没有看懂。请用自己的话说说想做什么、有什么数据，"
                "或者问一个关于 Keras 或 PyTorch 的问题。",
            )
        if missed and turn.heard.observations:
            parts = ", ".join(f"“{_quoted(part)}”" for part in missed[:3])
            return say(f"I made nothing of {parts}.", f"这部分我没看懂:{parts}。")
        return ""

    def _doubt(self, turn: Turn) -> str:
        if turn.unsure is None:
            return ""
        told = self._told(turn.unsure, turn.language)
        return _pick(turn.language)(
            f"Did you mean this: {told}? (yes / no)",
            f"你的意思是:{told}吗？（是/不是）",
        )

    def _advice(self, turn: Turn) -> str:
        given = turn.recommendation
        if given is None or turn.kind not in ("recommendation",):
            return ""
        say = _pick(turn.language)
        if Intent.ELI5 in turn.heard.intents and turn.depth is Depth.NORMAL:
            return self._simply(turn, given)
        text = recommendation_markdown(given, self._labels, turn.depth)
        if given.rulebook is Rulebook.ARTICLE:
            return say(
                "*By the 2022 article's own rules:*", "*按 2022 年文章的规则：*"
            ) + (f"\n\n{text}")
        return text

    def _simply(self, turn: Turn, given: Recommendation) -> str:
        say = _pick(turn.language)
        simple = say(
            "Keras is like a kit with instructions: you are done sooner. PyTorch is "
            "like a box of bricks: you place every brick, so you can build anything.",
            "Keras 像带说明书的拼装套件，很快就能拼好；PyTorch 像一箱散装积木，"
            "每一块都由你摆，所以什么都能搭。",
        )
        because = [reason.because for reason in given.reasons[:SHORT_REASONS]]
        lines = "\n".join(f"- {one}" for one in because)
        return f"{simple}\n\n**{given.headline}**\n\n{lines}"

    def _question(self, turn: Turn) -> str:
        say = _pick(turn.language)
        if turn.question is None:
            settled = turn.kind == "recommendation" and turn.unsure is None
            if settled and not turn.heard.unsure:
                return say(
                    "Nothing you could still tell me in one answer would change this.",
                    "再补充任何一个回答都不会改变这个结论。",
                )
            return ""
        return f"**{turn.question.text}** {turn.question.why}"


def _quoted(words: str) -> str:
    """A person's words, made harmless inside Markdown."""
    flat = " ".join(words.split())[:120]
    for mark in "\\`*_[]<>|#~!&":
        flat = flat.replace(mark, f"\\{mark}" if mark not in "<>&" else " ")
    return flat


class _pick:  # noqa: N801 - reads as a verb where it is used
    """Chooses between the two languages of one sentence."""

    def __init__(self, language: Language) -> None:
        self._zh = language is Language.ZH

    def __call__(self, en: str, zh: str) -> str:
        return zh if self._zh else en
