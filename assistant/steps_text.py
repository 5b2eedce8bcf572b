"""First steps as lines of Markdown, in one language."""

from __future__ import annotations

from assistant.installing import first
from assistant.steps import NextSteps, PathStep
from knowledge.records import Language, Text

NEXT = Text(en="Next steps", zh="下一步")
FIRST_PART = Text(en="Next steps, for the first part", zh="下一步（先做第一部分）")
TASTE = Text(en="Try the first page of each", zh="两边的入门页各看一篇")
STARTER = Text(en="Starter code that runs as it is", zh="可直接运行的起步代码")
NOTEBOOK = Text(en="as a notebook", zh="笔记本版")
SWITCH = Text(
    en="From what you have: what changes between Keras and PyTorch, and one model in "
    "both, side by side",
    zh="从你现有的框架出发：Keras 与 PyTorch 之间哪些地方要改，同一个模型两种写法对照",
)
LONG_MINUTES = 180
"""From here on hours are said."""


def title(steps: NextSteps, language: Language, *, parted: bool) -> str:
    """What stands above the lines.

    Args:
        parted: the work was split, and these steps are for its first part.
    """
    if steps.install is None and steps.install_page is None:
        return TASTE.get(language)
    return (FIRST_PART if parted else NEXT).get(language)


def lines(steps: NextSteps, language: Language) -> list[str]:
    """The command, the program, the guide for who comes from the other side, pages."""
    said = [first(steps.install_page, language)] if steps.install_page else []
    said += [f"`{steps.install}`"] if steps.install else []
    if steps.starter_url is not None:
        said.append(_starter(steps.starter_url, language))
    if steps.switch_url is not None:
        said.append(f"[{SWITCH.get(language)}]({steps.switch_url})")
    comma = "，" if language is Language.ZH else ", "
    return said + [
        f"[{step.title}]({step.url}){comma}{_lasting(step, language)}"
        for step in steps.path
    ]


def _starter(url: str, language: Language) -> str:
    asked = f"{url}{'&' if '?' in url else '?'}format=notebook"
    return f"[{STARTER.get(language)}]({url}) · [{NOTEBOOK.get(language)}]({asked})"


def _lasting(step: PathStep, language: Language) -> str:
    """How long it takes, and the day on which it was looked at."""
    zh, minutes = language is Language.ZH, step.minutes
    if minutes >= LONG_MINUTES:
        hours = f"{minutes / 60:.0f}"
        took = f"约 {hours} 小时" if zh else f"about {hours} hours"
    else:
        took = f"约 {minutes} 分钟" if zh else f"about {minutes} minutes"
    if step.read_on is None:
        return took
    return took + (f"，查阅于 {step.read_on}" if zh else f", read {step.read_on}")
