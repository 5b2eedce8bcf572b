"""``python -m tests.evaluation.facts [-v]``: how often a question finds its answer.

A question is right when what stands first in the reply (a topic, a statement of the
article or a fact) is one of those that serve it. ``-v`` lists the misses of the half
that is worked on.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answers import Answers, FoundAnswer
from knowledge.load import load_knowledge
from knowledge.records import Language

HERE = Path(__file__).parent
HALVES = ("worked on", "frozen")
SETS = ("questions", "second", "third")


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


def main() -> int:
    """Print a line for each half and language, and the known misses."""
    answers = Answers(load_knowledge())
    for name in SETS:
        missed = _table(name, answers)
        if "-v" in sys.argv and missed:
            sys.stdout.write("".join(f"  {line}\n" for line in missed))
    return 0


def _table(name: str, answers: Answers) -> list[str]:
    asked = list(questions(name))
    missed = []
    for half in HALVES if asked else ():
        for language in Language:
            own = [one for one in asked if (one.half, one.language) == (half, language)]
            wrong = 0
            for one in own:
                given = first(answers.find(one.text, one.language))
                if given not in one.right:
                    wrong += 1
                    if half == HALVES[0]:
                        missed.append(f"{one.text!r} found {given}")
            sys.stdout.write(
                f"{name}, {half}, {language.value}: {len(own) - wrong} of {len(own)} "
                f"right at rank 1 ({1 - wrong / max(1, len(own)):.1%})\n"
            )
    return missed


if __name__ == "__main__":
    sys.exit(main())
