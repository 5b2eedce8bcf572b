"""How well messages are read: fields, kinds of reply, and how sure of them we are.

Five sets: ``small``, written with the first version; ``open``, whose misses may be
looked at; ``frozen``, opened only to measure; ``second`` and ``third``, written later,
each measured once before its misses were looked at.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.advisor import Advisor
from assistant.wire import ChatRequest, Conversation
from knowledge.load import load_knowledge
from knowledge.records import Knowledge
from probes.reports import judged

HERE = Path(__file__).parent
SETS = ("small", "open", "frozen", "second", "third")
LANGUAGES = ("en", "zh")
BINS = (0.8, 0.85, 0.9, 0.95, 1.01)
"""Upper bounds of the rows of the reliability table."""


@dataclass(frozen=True)
class Message:
    """A text, all that it tells, and the kind of reply; None: none is laid down.

    ``asked`` is the field that the question before it was about.
    """

    text: str
    tells: Mapping[str, Any]
    kind: str | None = None
    asked: str | None = None


def messages(name: str, language: str) -> list[Message]:
    """The messages of a set in a language; none where the set is absent."""
    if name == "small":
        table = tomllib.loads((HERE / "messages.toml").read_text("utf-8"))
        return [Message(text, tells) for text, tells in table[language].items()]
    path = HERE / name / f"{language}.toml"
    if not path.exists():
        return []
    entries = tomllib.loads(path.read_text("utf-8"))["message"]
    return [Message(**entry) for entry in entries]


@dataclass
class Score:
    """Counts over many messages.

    ``wrong``: a value was told and another was read. ``invented``: nothing was told.
    ``kinds`` counts pairs of the kind of reply expected and given; ``sure`` pairs of a
    row of the reliability table and whether the reading was right.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    exact: int = 0
    by_field: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    sure: Counter[tuple[float, bool]] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def said(self) -> int:
        return sum(self.outcomes[one] for one in ("right", "wrong", "invented"))

    @property
    def told(self) -> int:
        return sum(self.outcomes[one] for one in ("right", "wrong", "missed"))

    @property
    def precision(self) -> float:
        return self.outcomes["right"] / max(1, self.said)

    @property
    def recall(self) -> float:
        return self.outcomes["right"] / max(1, self.told)

    @property
    def f1(self) -> float:
        return 2 * self.outcomes["right"] / max(1, self.said + self.told)

    @property
    def wrong_rate(self) -> float:
        """Values that are not what was said, as a fraction of all values read."""
        return 1 - self.precision if self.said else 0.0

    @property
    def kind_rate(self) -> float:
        """Replies of the right kind, of those whose kind is laid down."""
        right = sum(count for (told, got), count in self.kinds.items() if told == got)
        return right / max(1, self.kinds.total())


def new_advisor(knowledge: Knowledge | None = None) -> Advisor:
    return Advisor(knowledge or load_knowledge(), judged)


def measured(advisor: Advisor, asked: Iterable[Message]) -> Score:
    """Send every message to a conversation that knows nothing yet, and count."""
    score = Score()
    for message in asked:
        before = Conversation(asked=message.asked)
        answer = advisor.take_turn(
            ChatRequest(message=message.text, conversation=before)
        )
        heard = {one.field: one.value for one in answer.understood}
        sure = {one.field: one.sure for one in answer.understood}
        _count(score, message, comparable(heard), sure)
        if message.kind is not None:
            score.kinds[message.kind, answer.kind] += 1
            if message.kind != answer.kind:
                score.examples.append(
                    f"{message.text}\n    {message.kind} became {answer.kind}"
                )
    return score


def comparable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Sets in one order; deploying on phones implies the goal "mobile"."""
    plain = {
        name: sorted(value) if isinstance(value, (list, tuple)) else value
        for name, value in values.items()
    }
    if plain.get("deployment") == "mobile" and "goals" in plain:
        rest = [goal for goal in plain.pop("goals") if goal != "mobile"]
        plain |= {"goals": rest} if rest else {}
    return plain


def _count(
    score: Score, message: Message, heard: dict[str, Any], sure: dict[str, float]
) -> None:
    expected = comparable(message.tells)
    score.messages += 1
    score.exact += expected == heard
    if expected != heard:
        score.examples.append(
            f"{message.text}\n    expected {expected}\n    read     {heard}"
        )
    for name in expected.keys() | heard.keys():
        if name not in heard:
            outcome = "missed"
        elif name not in expected:
            outcome = "invented"
        else:
            outcome = "right" if expected[name] == heard[name] else "wrong"
        score.by_field[name, outcome] += 1
        score.outcomes[outcome] += 1
        if name in heard:
            row = next(bound for bound in BINS if sure[name] < bound)
            score.sure[row, outcome == "right"] += 1
