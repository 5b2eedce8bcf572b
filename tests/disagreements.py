"""``python -m tests.disagreements``: write where article and today disagree."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.explanation import CHOICES, NAMES
from assistant.profile import Profile
from assistant.recommendation import Engine
from knowledge.load import load_knowledge
from knowledge.records import Basis, Framework, Knowledge, Language, Rule

CASES = Path(__file__).parent / "cases" / "recommendations.toml"
PAGE = Path(__file__).parent / "cases" / "DISAGREEMENTS.md"

HEAD = """# Where the article of 2022 and today disagree

Written by `python -m tests.disagreements`, not by hand; a test compares this page with
the rules and with the people in [recommendations.toml](recommendations.toml).
"""


def page(engine: Engine) -> str:
    """The whole page as Markdown."""
    rules = list(_rules(engine.knowledge))
    people = list(_people(engine))
    total = len(tomllib.loads(CASES.read_text("utf-8"))["case"])
    blocks = [
        HEAD,
        "## Rule by rule\n",
        "| the article's rule | for | today | why |",
        "|---|---|---|---|",
        *rules,
        "\n## Person by person\n",
        f"{len(people)} of our {total} people get another answer today.\n",
        "| who | article | today | why the later word counts |",
        "|---|---|---|---|",
        *people,
    ]
    return "\n".join(blocks) + "\n"


def _rules(knowledge: Knowledge) -> Iterator[str]:
    for rule in knowledge.rules:
        if rule.basis is Basis.ARTICLE:
            yield _row(
                f"`{rule.id}`: {rule.because.en}",
                f"{NAMES[Framework(rule.toward)]} +{rule.points}",
                "stands" if rule.stands else "laid aside",
                _why(rule, knowledge),
            )


def _why(rule: Rule, knowledge: Knowledge) -> str:
    known = {source.id: source for source in knowledge.sources}
    says = f"{rule.overruled.en} " if rule.overruled else ""
    cited = rule.overruled_by if rule.overruled else rule.sources
    links = (f"[{known[one].title}]({known[one].url})" for one in cited)
    return says + "; ".join(links)


def _people(engine: Engine) -> Iterator[str]:
    for case in tomllib.loads(CASES.read_text("utf-8"))["case"]:
        heard, why = _heard(engine, case)
        if heard is not None:
            yield _row(case["who"], *heard, why)


def _heard(engine: Engine, case: dict[str, Any]) -> tuple[tuple[str, str] | None, str]:
    advice = engine.recommend(Profile.model_validate(case["profile"]))
    heard = advice.witnesses
    if heard.article == heard.today or advice.disagreement is None:
        return None, ""
    article, today = (
        CHOICES[one].get(Language.EN) for one in (heard.article, heard.today)
    )
    own_word = advice.disagreement.removeprefix(f"The article of 2022 says {article}. ")
    return (article, today), own_word.split("counts: ", 1)[-1]


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(Engine(load_knowledge())), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} is written\n")
