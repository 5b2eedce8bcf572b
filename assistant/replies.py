"""What is said back in chat: understood, doubts, advice, facts, the next question."""

from __future__ import annotations

from assistant.explanation import aside
from assistant.labels import Labels
from assistant.openings import Openings
from assistant.rendering import recommendation_markdown
from assistant.turn import Turn, pick, quoted
from assistant.understanding.records import Intent
from assistant.wire import Action, Depth, Observation, Recommendation
from knowledge.records import Language, Rulebook

SHORT_REASONS = 3


class Replies:
    """Composes the Markdown of a reply; every part is optional but never all."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._openings = Openings(labels)

    def text(self, turn: Turn) -> str:
        if turn.depth is Depth.LINE and (line := self._advice(turn)):
            return line
        blocks = [
            self._openings.text(turn),
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

    def _understood(self, turn: Turn) -> str:
        if not turn.heard.observations:
            return ""
        say = pick(turn.language)
        parts = [self._told(one, turn.language) for one in turn.heard.observations]
        title = say("I understood", "我的理解")
        if turn.wants(Intent.WHAT_IF) and turn.before == turn.after:
            title = say("Supposing", "假设")
        return f"*{title}*" + say(": ", "：") + say("; ", "；").join(parts)

    def _told(self, told: Observation, language: Language) -> str:
        shown = self._labels.values(told.field, told.value, language)
        words = quoted(told.words)
        quote = f"「{words}」" if language is Language.ZH else f"“{words}”"
        colon = "：" if language is Language.ZH else ": "
        field = self._labels.field(told.field, language)
        return f"{field}{colon}{shown}{aside(quote, language)}"

    def _not_understood(self, turn: Turn) -> str:
        say = pick(turn.language)
        missed = turn.heard.not_understood
        calmed = turn.wants(Intent.COMPLAINT, Intent.SIMPLY)
        doubted = turn.unsure is not None or turn.heard.unclear
        if turn.kind == "clarify" and not (doubted or calmed):
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
            parts = ", ".join(f"“{quoted(part)}”" for part in missed[:3])
            return say(f"I made nothing of {parts}.", f"这部分我没看懂：{parts}。")
        return ""

    def _compared(self, turn: Turn) -> str:
        """Whether a supposition would change the advice that holds."""
        real, given = turn.real, turn.recommendation
        if real is None or given is None:
            return ""
        say = pick(turn.language)
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
        say = pick(turn.language)
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
        say = pick(turn.language)
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
        say = pick(turn.language)
        if turn.question is not None:
            if turn.unsure is not None:
                words = say(
                    f"“{quoted(turn.unsure.words)}”",
                    f"「{quoted(turn.unsure.words)}」",
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
