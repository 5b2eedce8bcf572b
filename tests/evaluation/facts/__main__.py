"""``python -m tests.evaluation.facts [-v]``: how often a question finds its answer.

A question is right when what stands first in the reply (a topic, a statement of the
article or a fact) is one of those that serve it; ``found`` asks the answers alone,
``in chat`` the whole chat, where a message may be taken for news about a person. A
question that only looks factual is served by advice. ``-v`` lists the misses of the
half that is worked on, ``-vv`` all.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.advisor import Advisor
from assistant.answers import Answers, FoundAnswer
from assistant.wire import ChatRequest
from knowledge.load import load_knowledge
from knowledge.records import Knowledge, Language

HERE = Path(__file__).parent
HALVES = ("worked on", "frozen")
SETS = ("questions", "second", "third", "fourth", "fifth")


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    right: frozenset[str]
    language: Language
    half: str


def questions(name: str = "questions") -> Iterator[Asked]:
    """All questions of a file, in its order; Chinese ones hold Chinese characters."""
    path = HERE / f"{name}.toml"
    if not path.exists():
        return
    for group in tomllib.loads(path.read_text("utf-8"))["group"]:
        for number, text in enumerate(group["asked"]):
            chinese = any("\u4e00" <= sign <= "\u9fff" for sign in text)
            yield Asked(
                text,
                frozenset(group["right"]),
                Language.ZH if chinese else Language.EN,
                HALVES[number % 2],
            )


def first(found: FoundAnswer | None) -> str:
    """The id of what stands first in an answer."""
    if found is None:
        return "nothing"
    return found.topic or found.facts[0].id


class Chat:
    """Asks the whole chat, each question in a conversation of its own."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._advisor = Advisor(knowledge, judge=lambda report: report)
        self._said = {
            text.get(language): id
            for language in Language
            for id, text in (
                *((one.id, one.answer) for one in knowledge.topics),
                *((one.id, one.today) for one in knowledge.claims),
                *((one.id, one.says) for one in knowledge.facts),
            )
        }

    def first(self, text: str) -> str:
        """The id of what a reply says first: ``advice``, or ``nothing``."""
        reply = self._advisor.take_turn(ChatRequest(message=text))
        for block in reply.reply.split("\n\n"):
            if block in self._said:
                return self._said[block]
        return "advice" if reply.kind in ("recommendation", "question") else "nothing"


def main() -> int:
    """Print a line for each set, half, language and way, and the known misses."""
    knowledge = load_knowledge()
    answers, chat = Answers(knowledge), Chat(knowledge)
    for name in SETS:
        asked = list(questions(name))
        table = [
            ("found", [one for one in asked if "advice" not in one.right]),
            ("in chat", asked),
        ]
        for way, own in table:
            missed = _table(f"{name}, {way}", own, answers, chat)
            if missed and sys.argv[-1].startswith("-v"):
                sys.stdout.write("".join(f"  {line}\n" for line in missed))
    return 0


def _table(name: str, asked: list[Asked], answers: Answers, chat: Chat) -> list[str]:
    missed = []
    for half in HALVES if asked else ():
        for language in Language:
            own = [one for one in asked if (one.half, one.language) == (half, language)]
            wrong = 0
            for one in own:
                given = (
                    chat.first(one.text)
                    if name.endswith("chat")
                    else first(answers.find(one.text, one.language))
                )
                if given not in one.right:
                    wrong += 1
                    if half == HALVES[0] or "-vv" in sys.argv:
                        missed.append(f"{one.text!r} found {given}")
            sys.stdout.write(
                f"{name}, {half}, {language.value}: {len(own) - wrong} of {len(own)} "
                f"right at rank 1 ({1 - wrong / max(1, len(own)):.1%})\n"
            )
    return missed


if __name__ == "__main__":
    sys.exit(main())
