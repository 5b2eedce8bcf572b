"""Where article, today and this machine disagree, and why the later one counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from assistant.explanation import CHOICES
from assistant.memo import Memo
from assistant.scoring import Verdict
from assistant.wire import Witnesses
from knowledge.records import Basis, Framework, Language, Rule, Text

SIDES = {"keras": 1, "either": 0, "pytorch": -1}

NO_LEAD = Text(
    en="Today a lead of two points or less names no winner, since one more answer "
    "could turn it round.",
    zh="按今天的规则，领先不超过两分就不下结论，因为再多一个回答就可能翻转。",
)
COLLIDED = Text(
    en="Today's hard rules exclude each other here.",
    zh="今天的几条硬性条件在这里互相排斥。",
)


class Differences:
    """What lies between the two rulebooks, ready to be looked up by rule."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        conditions: dict[object, int] = {}
        self._rules = {
            rule.id: (
                # Rules on the same conditions are taken together: what today merely
                # restates is no difference.
                conditions.setdefault(rule.when, len(conditions)),
                1.0 if rule.toward == Framework.KERAS else -1.0,
                rule.overruled,
            )
            for rule in rules
        }
        self._whys = Memo(self._why)

    def why(self, article: Verdict, today: Verdict) -> Text | None:
        """The one difference that moved the verdict most; None where the two agree."""
        return self._whys[article, today]

    def _why(self, of: tuple[Verdict, Verdict]) -> Text | None:
        article, today = of
        if article.choice == today.choice:
            return None
        if today.collided:
            return COLLIDED
        if today.settled:
            return today.vetoes[0].because
        way = SIDES[today.choice] - SIDES[article.choice]
        moved: defaultdict[int, float] = defaultdict(float)
        says: dict[int, Text] = {}
        for verdict, sign in ((article, -1.0), (today, 1.0)):
            for line in verdict.contributions:
                if line.at != "framework":
                    continue
                when, side, overruled = self._rules[line.origin]
                moved[when] += sign * side * line.points
                # What lays an article's rule aside says more than what replaces it.
                text = overruled if sign < 0 else line.because
                if text and (when not in says or line.basis is Basis.ARTICLE):
                    says[when] = text
        best = max(says, key=lambda when: moved[when] * way, default=None)
        if best is None or moved[best] * way <= 0:
            return NO_LEAD
        return says[best]


def disagreement(heard: Witnesses, why: Text | None, language: Language) -> str | None:
    """One sentence on where the witnesses differ; None where they agree.

    Args:
        why: what :class:`Differences` found between article and today.
    """
    measured = heard.measured not in ("not_measured", heard.today)
    if why is not None:
        say = _with_measurement if measured else _two
        return say(heard, why.get(language), language)
    return _alone(heard, language) if measured else None


def _alone(heard: Witnesses, language: Language) -> str:
    today, fast = CHOICES[heard.today].get(language), _fast(heard, language)
    if language is Language.ZH:
        return (
            f"2022 年的文章和今天的资料都说{today}，而本机实测是{fast}；"
            "实测取代一切关于速度的判断，其余理由照旧。"
        )
    return (
        f"The article of 2022 and today's sources both say {today}, while this "
        f"machine measured {fast}; that replaces every belief about speed, and "
        "leaves the other reasons standing."
    )


def _two(heard: Witnesses, why: str, language: Language) -> str:
    article = CHOICES[heard.article].get(language)
    today = CHOICES[heard.today].get(language)
    if language is Language.ZH:
        return f"2022 年的文章说{article}，今天的资料说{today}，以较新的为准：{why}"
    return (
        f"The article of 2022 says {article}, today's sources say {today}, "
        f"and the later word counts: {why}"
    )


def _with_measurement(heard: Witnesses, why: str, language: Language) -> str:
    article = CHOICES[heard.article].get(language)
    today = CHOICES[heard.today].get(language)
    fast = _fast(heard, language)
    if language is Language.ZH:
        return (
            f"2022 年的文章说{article}，今天的资料说{today}，本机实测是{fast}；"
            f"速度以实测为准，其余以今天的资料为准：{why}"
        )
    return (
        f"The article of 2022 says {article}, today's sources say {today}, "
        f"and this machine measured {fast}; the latest word counts on speed, "
        f"today's on the rest: {why}"
    )


def _fast(heard: Witnesses, language: Language) -> str:
    word, zh = CHOICES[heard.measured].get(language), language is Language.ZH
    if heard.measured == "no_difference":
        return f"速度上{word}" if zh else f"{word} in speed"
    return f"{word} 更快" if zh else f"{word} as the faster"
