"""What is said back in chat: understood, doubts, advice, facts, the next question."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers import FoundAnswer
from assistant.explanation import CHOICES
from assistant.labels import Labels
from assistant.profile import Profile
from assistant.questions import Effect
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
from knowledge.records import Language, Rulebook, Value

SHORT_REASONS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything that one reply is made of.

    ``before`` and ``after``: what was known before this message, and is now. ``real``:
    the advice that holds while ``recommendation`` is for a mere supposition.
    ``left_open``: a field passed over that could still change the advice. ``turns_on``:
    what each answer to the question would lead to.
    """

    kind: Kind
    heard: Understanding
    recommendation: Recommendation | None
    before: Profile
    after: Profile
    question: NextQuestion | None
    found: FoundAnswer | None
    unsure: Observation | None
    language: Language
    left_open: str | None = None
    real: Recommendation | None = None
    turns_on: tuple[Effect, ...] = ()
    depth: Depth = Depth.NORMAL

    def wants(self, *intents: Intent) -> bool:
        return bool(self.heard.intents & set(intents))


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
            self._compared(turn),
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
        if turn.wants(Intent.COMPLAINT):
            return say(
                "That sounds tiring, and many know the feeling. One step at a time.",
                "听起来确实折腾人，很多人都遇到过。我们一步一步来。",
            )
        if turn.wants(Intent.UNDO):
            return self._undone(turn)
        if turn.wants(Intent.WHY_ASKED):
            return self._why_asked(turn)
        if turn.wants(Intent.START_OVER):
            return say("Everything is forgotten; we begin anew.", "已清空，重新开始。")
        if turn.wants(Intent.WHY) and turn.recommendation:
            return say(
                "Because of what you told me. Every line below was added up; nothing "
                "else counted.",
                "依据就是你告诉我的情况。下面每一行都计入了总分，此外什么也没算。",
            )
        if turn.heard.declined:
            return say("All right, left open.", "好的，先跳过。")
        if turn.heard.unclear:
            return say(
                "Which one do you mean? Pick one below, or say “skip”.",
                "你指的是哪一个？请在下面选一个，或者说“跳过”。",
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
        return _pick(turn.language)(
            "Neither is better for everybody: it depends on you. So let me ask.",
            "没有对所有人都更好的那一个，要看你的情况。所以我先问一句。",
        )

    def _understood(self, turn: Turn) -> str:
        if not turn.heard.observations:
            return ""
        say = _pick(turn.language)
        parts = [self._told(one, turn.language) for one in turn.heard.observations]
        title = say("I understood", "我的理解")
        if turn.wants(Intent.WHAT_IF) and turn.before == turn.after:
            title = say("Supposing", "假设")
        return f"*{title}*: " + ("；" if turn.language is Language.ZH else "; ").join(
            parts
        )

    def _told(self, told: Observation, language: Language) -> str:
        shown = self._values(told.field, told.value, language)
        words = _quoted(told.words)
        quote = f"「{words}」" if language is Language.ZH else f"“{words}”"
        return f"{self._labels.field(told.field, language)}: {shown} ({quote})"

    def _not_understood(self, turn: Turn) -> str:
        say = _pick(turn.language)
        missed = turn.heard.not_understood
        if turn.kind == "clarify" and turn.unsure is None and not turn.heard.unclear:
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

    def _undone(self, turn: Turn) -> str:
        """What was taken back, field by field."""
        say = _pick(turn.language)
        before, after = turn.before.answers(), turn.after.answers()
        changed = [one for one in before | after if before.get(one) != after.get(one)]
        if not changed:
            return say("There was nothing to take back.", "没有可以撤回的内容。")
        parts = [
            f"{self._labels.field(field, turn.language)}"
            + say(": ", "：")
            + (
                self._values(field, after[field], turn.language)
                if field in after
                else say("unknown", "未知")
            )
            for field in changed
        ]
        return f"*{say('Taken back', '已撤回')}*: " + say("; ", "；").join(parts)

    def _values(
        self, field: str, value: Value | tuple[Value, ...], language: Language
    ) -> str:
        values = value if isinstance(value, tuple) else (value,)
        return ", ".join(self._labels.value(field, one, language) for one in values)

    def _why_asked(self, turn: Turn) -> str:
        """What the open question is for: which of its answers would turn the advice."""
        say = _pick(turn.language)
        if turn.question is None:
            return say(
                "I have no question left: nothing you could still tell me in one "
                "answer would change the advice.",
                "我没有要问的了：再补充任何一个回答都不会改变结论。",
            )
        lines = [
            f"- {self._labels.value(turn.question.field, one.value, turn.language)}: "
            + CHOICES[one.choice].get(turn.language)
            for one in turn.turns_on
            if one.turns
        ]
        if not lines:
            return turn.question.why
        title = say("These answers would change the advice", "这些回答会改变结论")
        return f"{turn.question.why}\n\n**{title}**\n\n" + "\n".join(lines)

    def _compared(self, turn: Turn) -> str:
        """Whether a supposition would change the advice that holds."""
        real, given = turn.real, turn.recommendation
        if real is None or given is None:
            return ""
        say = _pick(turn.language)
        if (real.framework, real.stack) == (given.framework, given.stack):
            return say("That would not change the advice.", "这样结论不变。")
        return say(
            f"That would change the advice. As things are, it is: {real.headline}",
            f"这样结论会变。按目前的情况：{real.headline}",
        )

    def _advice(self, turn: Turn) -> str:
        given = turn.recommendation
        if given is None or turn.kind not in ("recommendation",):
            return ""
        say = _pick(turn.language)
        if turn.wants(Intent.SIMPLY) and turn.depth is Depth.NORMAL:
            return self._simply(turn, given)
        if turn.wants(Intent.COMPLAINT) and not turn.heard.observations:
            return recommendation_markdown(given, self._labels, Depth.LINE)
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
        if turn.question is not None:
            if turn.unsure is not None:
                words = say(
                    f"“{_quoted(turn.unsure.words)}”",
                    f"「{_quoted(turn.unsure.words)}」",
                )
                return f"**{turn.question.text}** {words}" + say(
                    " (yes / no)", "（是/不是）"
                )
            if turn.wants(Intent.WHY_ASKED):
                return f"**{turn.question.text}**"
            return f"**{turn.question.text}** {turn.question.why}"
        if turn.kind != "recommendation":
            return ""
        if turn.left_open is not None:
            field = self._labels.field(turn.left_open, turn.language)
            return say(
                f"I ask nothing twice; but what you left open could still change this: "
                f"{field}. Tell me any time.",
                f"我不会重复提问；但你没有回答的这一项仍可能改变结论：{field}。想起来可以随时告诉我。",
            )
        return say(
            "Nothing you could still tell me in one answer would change this.",
            "再补充任何一个回答都不会改变这个结论。",
        )


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
