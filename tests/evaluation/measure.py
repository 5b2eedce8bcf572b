"""How well messages are read: fields, kinds of reply, and how sure of them we are.

Nine sets are closed, opened only to measure: ``frozen``, ``fifth``, ``seventh``,
``eleventh``, ``seventeenth``, ``nineteenth``, ``twentyfirst``, ``twentysixth`` and
``thirtyfirst``, each of another hand; the last but one was asked for what is hardest to
read right.
``small`` was written with the first version. All others are known
(``knowledge/data/messages``): each was measured once before its misses were looked at,
then worked on, and models are fitted to them, so what they show now is only that
nothing was lost. The fourth and the fifth are halves, by lot, of what one hand wrote,
the sixth and the seventh of what two others did; the eighth to the eleventh are of four
hands that were asked for unusual wordings, the twelfth to the seventeenth of six that
were asked for those of real life: people who learn, who work, who do something else,
chats, long posts, and all of them. In the eighteenth most messages name frameworks, in
all the roles that they play; the nineteenth is of all of them again, as is the
twenty-first. In the twentieth fields are easily confused; the twenty-second is of
people at work, the twenty-third, in English alone, of people at home and at school. The
twenty-fourth is of people at work again, the twenty-fifth and twenty-seventh are of
all, written as lively as people write; in the twenty-eighth most name frameworks. The
twenty-ninth writes as people ask on forums, the thirtieth, in English alone, as they do
at work and in mailing lists.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.advisor import Advisor
from assistant.profile import Profile
from assistant.understanding.deciding import Decide, decided
from assistant.understanding.reading import Reader
from assistant.understanding.weighing import Weigh, chances
from assistant.wire import ChatAnswer, ChatRequest, Conversation
from knowledge.load import DATA, load_knowledge
from knowledge.records import Knowledge
from probes.reports import judged

HERE = Path(__file__).parent
MODELS = "KOP_TEST_MODELS"
"""Variable that names a folder where processes of one run keep fitted models."""

KNOWN = (
    *("open", "second", "third", "fourth", "sixth", "eighth", "ninth", "tenth"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "eighteenth"),
    *("twentieth", "twentysecond", "twentythird", "twentyfourth", "twentyfifth"),
    *("twentyseventh", "twentyeighth", "twentyninth", "thirtieth"),
)
"""Sets that models are fitted to."""

CLOSED = (
    *("frozen", "fifth", "seventh", "eleventh", "seventeenth", "nineteenth"),
    *("twentyfirst", "twentysixth", "thirtyfirst"),
)
"""Sets whose misses nobody looks at."""

SETS = ("small", *KNOWN, *CLOSED)
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
    paths = HERE / name / f"{language}.toml", DATA / f"messages/{name}.{language}.toml"
    return next((written(path) for path in paths if path.exists()), [])


def written(path: Path) -> list[Message]:
    """The messages of one file."""
    entries = tomllib.loads(path.read_text("utf-8"))["message"]
    return [Message(**entry) for entry in entries]


@dataclass
class Score:
    """Counts over many messages.

    ``wrong``: a value was told and another was read. ``invented``: nothing was told.
    ``kinds`` counts pairs of the kind of reply expected and given; ``sure`` pairs of a
    row of the reliability table and whether the reading was right; ``claimed`` pairs of
    how sure a reading was said to be and whether it was right; ``asks`` pairs of
    whether a question was due and whether one was put; ``verdicts`` whether what was
    read leads to the framework that what was told leads to.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    exact: int = 0
    by_field: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    sure: Counter[tuple[float, bool]] = field(default_factory=Counter)
    claimed: list[tuple[float, bool]] = field(default_factory=list)
    asks: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    verdicts: Counter[bool] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def ask_rate(self) -> float:
        """Messages after which it asked, or held its tongue, as it should."""
        right = self.asks[True, True] + self.asks[False, False]
        return right / max(1, self.asks.total())

    @property
    def verdict_rate(self) -> float:
        """Verdicts that misreading did not change, of messages that tell something."""
        return self.verdicts[True] / max(1, self.verdicts.total())

    @property
    def calibration_error(self) -> float:
        """How far "sure" is off on average, row by row of the table (Naeini 2015)."""
        rows: dict[float, list[tuple[float, bool]]] = {}
        for sure, right in self.claimed:
            rows.setdefault(next(b for b in BINS if sure < b), []).append((sure, right))
        gaps = (
            abs(sum(sure for sure, _ in row) - sum(right for _, right in row))
            for row in rows.values()
        )
        return sum(gaps) / max(1, len(self.claimed))

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


def models_folder() -> Path | None:
    """Where the processes of this run keep fitted models; None: each for itself."""
    folder = os.environ.get(MODELS)
    return Path(folder) if folder else None


def new_advisor(knowledge: Knowledge | None = None) -> Advisor:
    return Advisor(knowledge or load_knowledge(), judged, models_folder())


def stranger(
    knowledge: Knowledge, name: str, weigh: Weigh = chances, decide: Decide = decided
) -> Reader:
    """A reader to whom a hand is one that it never saw."""
    return Reader(
        knowledge.phrases,
        knowledge.commands,
        weigh,
        decide=decide,
        messages=[one for one in knowledge.messages if one.hand != name],
        utterances=knowledge.utterances,
        amounts=knowledge.amounts,
    )


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
        _judge(score, advisor, message, answer)
        if message.kind is not None:
            score.kinds[message.kind, answer.kind] += 1
            if message.kind != answer.kind:
                score.examples.append(
                    f"{message.text}\n    {message.kind} became {answer.kind}"
                )
    return score


_NEVER_ASKED = ("thanks", "out_of_scope")
_ASKED = ("recommendation", "question", "clarify", "greeting")


def _judge(
    score: Score, advisor: Advisor, message: Message, answer: ChatAnswer
) -> None:
    """Whether it asked as it should, and whether the verdict is the one deserved."""
    told = Profile.model_validate(message.tells)
    if message.kind in (*_ASKED, *_NEVER_ASKED):
        due = message.kind in _ASKED and advisor.engine.question(told) is not None
        score.asks[due, answer.question is not None] += 1
    if message.tells:
        deserved = advisor.engine.decide(told).verdict.choice
        given = advisor.engine.decide(answer.profile).verdict.choice
        score.verdicts[deserved == given] += 1


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
            score.claimed.append((sure[name], outcome == "right"))
