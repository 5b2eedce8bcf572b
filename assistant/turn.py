"""Everything that one reply is made of."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers import FoundAnswer
from assistant.profile import Profile
from assistant.questions import Effect
from assistant.understanding.records import Intent, Understanding
from assistant.wire import Depth, Kind, NextQuestion, Observation, Recommendation
from knowledge.records import Language


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


def quoted(words: str) -> str:
    """A person's words, made harmless inside Markdown."""
    flat = " ".join(words.split())[:120]
    for mark in "\\`*_[]<>|#~!&":
        flat = flat.replace(mark, f"\\{mark}" if mark not in "<>&" else " ")
    return flat


class pick:  # noqa: N801 - reads as a verb where it is used
    """Chooses between the two languages of one sentence."""

    def __init__(self, language: Language) -> None:
        self._zh = language is Language.ZH

    def __call__(self, en: str, zh: str) -> str:
        return zh if self._zh else en
