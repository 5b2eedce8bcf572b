"""Where article, today and this machine disagree, and why the later one counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from assistant.explanation import CHOICES
from assistant.scoring import Verdict
from assistant.wire import Witnesses
from knowledge.records import Basis, Framework, Rule, Text

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


def why_they_differ(
    article: Verdict, today: Verdict, rules: Mapping[str, Rule]
) -> Text | None:
    """The one difference between the two rulebooks that moved the verdict most.

    Rules on the same conditions are taken together, so what today merely restates is
    no difference. None where the two agree.
    """
    if article.choice == today.choice:
        return None
    if today.collided:
        return COLLIDED
    if today.settled:
        return today.vetoes[0].because
    way = SIDES[today.choice] - SIDES[article.choice]
    moved: defaultdict[object, float] = defaultdict(float)
    says: dict[object, tuple[float, Text]] = {}
    for verdict, sign in ((article, -1.0), (today, 1.0)):
        for line in verdict.contributions:
            if line.at != "framework":
                continue
            rule = rules[line.origin]
            side = 1.0 if line.toward == Framework.KERAS else -1.0
            moved[rule.when] += sign * side * line.points
            # What lays an article's rule aside says more than what replaces it.
            text = rule.overruled if sign < 0 else line.because
            if text and (rule.when not in says or line.basis is Basis.ARTICLE):
                says[rule.when] = (line.points, text)
    best = max(says, key=lambda when: moved[when] * way, default=None)
    if best is None or moved[best] * way <= 0:
        return NO_LEAD
    return says[best][1]


def disagreement(heard: Witnesses, why: Text | None) -> Text | None:
    """One sentence on where the witnesses differ; None where they agree.

    Args:
        why: what :func:`why_they_differ` found between article and today.
    """
    measured = heard.measured not in ("not_measured", heard.today)
    if why is not None:
        return _with_measurement(heard, why) if measured else _two(heard, why)
    if not measured:
        return None
    today, fast = CHOICES[heard.today], _fast(heard)
    return Text(
        en=f"The article of 2022 and today's sources both say {today.en}, while this "
        f"machine measured {fast.en}; that replaces every belief about speed, and "
        "leaves the other reasons standing.",
        zh=f"2022 年的文章和今天的资料都说{today.zh}，而本机实测是{fast.zh}；"
        "实测取代一切关于速度的判断，其余理由照旧。",
    )


def _two(heard: Witnesses, why: Text) -> Text:
    article, today = CHOICES[heard.article], CHOICES[heard.today]
    return Text(
        en=f"The article of 2022 says {article.en}, today's sources say {today.en}, "
        f"and the later word counts: {why.en}",
        zh=f"2022 年的文章说{article.zh}，今天的资料说{today.zh}，"
        f"以较新的为准：{why.zh}",
    )


def _with_measurement(heard: Witnesses, why: Text) -> Text:
    article, today, fast = CHOICES[heard.article], CHOICES[heard.today], _fast(heard)
    return Text(
        en=f"The article of 2022 says {article.en}, today's sources say {today.en}, "
        f"and this machine measured {fast.en}; the latest word counts on speed, "
        f"today's on the rest: {why.en}",
        zh=f"2022 年的文章说{article.zh}，今天的资料说{today.zh}，本机实测是{fast.zh}；"
        f"速度以实测为准，其余以今天的资料为准：{why.zh}",
    )


def _fast(heard: Witnesses) -> Text:
    word = CHOICES[heard.measured]
    if heard.measured == "no_difference":
        return Text(en=f"{word.en} in speed", zh=f"速度上{word.zh}")
    return Text(en=f"{word.en} as the faster", zh=f"{word.zh} 更快")
