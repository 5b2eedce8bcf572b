"""How a reply begins: greetings, comfort, and what a command did."""

from __future__ import annotations

from assistant.explanation import CHOICES
from assistant.labels import Labels
from assistant.turn import Turn, pick
from assistant.understanding.records import Intent


class Openings:
    """Composes the first lines of a reply; empty where it has none."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def text(self, turn: Turn) -> str:
        say = pick(turn.language)
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
        if turn.kind == "clarify" and turn.wants(Intent.SIMPLY):
            return say(
                "Gladly, in plain words. But first I have to know a little of you.",
                "好，我会说得简单些；不过先要了解一点你的情况。",
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
        if turn.kind == "question" and turn.found is None:
            return self._which(turn)
        if turn.kind == "fact" and turn.found is None:
            return say(
                "None of my sources answers that, so I would rather not guess. The "
                "projects' own documentation will know.",
                "我的资料里没有答案，不想乱猜；官方文档应该有说明。",
            )
        return ""

    def _which(self, turn: Turn) -> str:
        return pick(turn.language)(
            "Neither is better for everybody: it depends on you. So let me ask.",
            "没有对所有人都更好的那一个，要看你的情况。所以我先问一句。",
        )

    def _undone(self, turn: Turn) -> str:
        """What was taken back, field by field."""
        say = pick(turn.language)
        before, after = turn.before.answers(), turn.after.answers()
        changed = [one for one in before | after if before.get(one) != after.get(one)]
        if not changed:
            return say("There was nothing to take back.", "没有可以撤回的内容。")
        parts = [
            f"{self._labels.field(field, turn.language)}"
            + say(": ", "：")
            + (
                self._labels.values(field, after[field], turn.language)
                if field in after
                else say("unknown", "未知")
            )
            for field in changed
        ]
        return (
            f"*{say('Taken back', '已撤回')}*"
            + say(": ", "：")
            + say("; ", "；").join(parts)
        )

    def _why_asked(self, turn: Turn) -> str:
        """What the open question is for: which of its answers would turn the advice."""
        say = pick(turn.language)
        if turn.question is None:
            return say(
                "I have no question left: nothing you could still tell me in one "
                "answer would change the advice.",
                "我没有要问的了：再补充任何一个回答都不会改变结论。",
            )
        lines = [
            f"- {self._labels.value(turn.question.field, one.value, turn.language)}"
            + say(": ", "：")
            + CHOICES[one.choice].get(turn.language)
            for one in turn.turns_on
            if one.turns
        ]
        if not lines:
            return turn.question.why
        title = say("These answers would change the advice", "这些回答会改变结论")
        return f"{turn.question.why}\n\n**{title}**\n\n" + "\n".join(lines)
