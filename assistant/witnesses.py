"""Where article, today and this machine disagree, and why the later one counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from assistant.evidence import Word
from assistant.explanation import CHOICES
from assistant.memo import Memo
from assistant.scoring import SPEED, Choice, Verdict
from assistant.settling import settling
from assistant.wire import Witnesses
from knowledge.bilingual import spaced
from knowledge.records import Basis, Framework, Language, Rule, Text

SIDES = {"keras": 1, "either": 0, "pytorch": -1}

NO_LEAD = Text(
    en="Today a lead of two points or less names no winner, since one more answer "
    "could turn it round.",
    zh="按今天的规则，领先不超过两分就不下结论，因为再多一个回答就可能翻转。",
)
LATER = Text(en="the later word counts", zh="以较新的为准")
COUNTS = {
    (False, False): Text(
        en="the latest word counts on speed, today's on the rest",
        zh="速度以实测为准，其余以今天的资料为准",
    ),
    (False, True): Text(
        en="that adds no points, and today's word counts",
        zh="这不加分，以今天的资料为准",
    ),
    (True, False): Text(
        en="that replaces every belief about which of the two is faster, and leaves "
        "the other reasons standing",
        zh="实测取代一切关于谁更快的判断，其余理由照旧",
    ),
    (True, True): Text(
        en="that adds no points, and leaves the reasons standing",
        zh="这不加分，各项理由照旧",
    ),
}
"""Which word counts where this machine says another: by whether article and today
agree, and whether no difference was measured."""

COLLIDED = Text(
    en="Today's hard rules exclude each other here.",
    zh="今天的几条硬性条件在这里互相排斥。",
)


Voices = tuple[Verdict, Verdict, Word, Language]
"""The article's verdict and today's, what was measured, and the language of it all."""

Three = tuple[Choice, Choice, Word]
"""The same three in a word each."""


class Differences:
    """What lies between the two rulebooks, ready to be looked up by rule."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        conditions: dict[tuple[object, bool], int] = {}
        self._rules = {
            rule.id: (
                # Rules on the same conditions are taken together: what today merely
                # restates is no difference.
                conditions.setdefault(
                    (rule.when, rule.criterion == SPEED), len(conditions)
                ),
                1.0 if rule.toward == Framework.KERAS else -1.0,
                rule.overruled,
            )
            for rule in rules
        }
        self._speed = {at for (_, speed), at in conditions.items() if speed}
        self._heard = Memo(_heard)
        self._sentences = Memo(self._sentence)

    def said(self, of: Voices) -> tuple[Witnesses, str | None]:
        """What the three say, and a sentence on where they differ."""
        article, today, measured, language = of
        three = article.choice, today.choice, measured
        why = self._why(article, today, measured=measured in ("keras", "pytorch"))
        because = why.get(language) if why is not None else None
        told = today.settled and all(one.told for one in settling(today.vetoes))
        return self._heard[three], self._sentences[three, because, told, language]

    def _sentence(self, of: tuple[Three, str | None, bool, Language]) -> str | None:
        three, because, told, language = of
        return disagreement(self._heard[three], because, language, told=told)

    def _why(self, article: Verdict, today: Verdict, *, measured: bool) -> Text | None:
        """The one difference that moved the verdict most; None where the two agree.

        Args:
            measured: whether a measurement says which is faster. What either rulebook
                believes of that is then laid aside, and not quoted: None where
                nothing else moved the verdict.
        """
        if article.choice == today.choice:
            return None
        if today.collided:
            return COLLIDED
        if today.settled:
            hard = [one.because for one in settling(today.vetoes)]
            return Text(
                en=" ".join(one.en for one in hard), zh="".join(one.zh for one in hard)
            )
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
        if measured:
            rest = [one for one in says.keys() - self._speed if moved[one] * way > 0]
            best = max(rest, key=lambda when: (moved[when] * way, -when), default=None)
        return says[best] if best is not None else None


def _heard(three: Three) -> Witnesses:
    article, today, measured = three
    return Witnesses(article=article, today=today, measured=measured)


def disagreement(
    heard: Witnesses, why: str | None, language: Language, *, told: bool = False
) -> str | None:
    """One sentence on where the witnesses differ; None where they agree.

    That speed makes no difference agrees with "either", and adds no points.

    Args:
        why: what :class:`Differences` found between article and today, in words.
        told: ``why`` is the person's own word, which no source of today stands behind.
    """
    even, alike = heard.measured == "no_difference", heard.article == heard.today
    agrees = heard.measured in ("not_measured", heard.today)
    measured = not agrees and not (even and heard.today == "either")
    if alike and not measured:
        return None
    if told and why and not alike:
        return _own_word(heard, why, language)
    said = _voices(heard, measured=measured, language=language)
    counts = (COUNTS[alike, even] if measured else LATER).get(language)
    if language is Language.ZH:
        said = spaced(said) + ("；" if measured else "，") + counts
        return said + (f"：{why}" if why else "。")
    said += ("; " if measured else ", and ") + counts
    return said + (f": {why}" if why else ".")


def _own_word(heard: Witnesses, why: str, language: Language) -> str:
    article = CHOICES[heard.article].get(language)
    if language is Language.ZH:
        return spaced(f"2022 年的文章说{article}。{why}")
    return f"The article of 2022 says {article}. {why}"


def reweighed(
    said: str | None, neutral: Choice, own: Choice, language: Language
) -> str:
    """What was said of the witnesses, and that the person's weights turn the verdict.

    Args:
        neutral: the verdict where every criterion weighs 1.
        own: the verdict under the person's weights.
    """
    before, after = CHOICES[neutral].get(language), CHOICES[own].get(language)
    if language is Language.ZH:
        turned = spaced(f"所有权重都为 1 时结论是{before}；按你的权重是{after}。")
        return f"{said}{turned}" if said else turned
    turned = f"With every weight at 1 the answer is {before}; with yours it is {after}."
    return f"{said} {turned}" if said else turned


def _voices(heard: Witnesses, *, measured: bool, language: Language) -> str:
    """What article, today and this machine say; the machine where it says another."""
    zh, alike = language is Language.ZH, heard.article == heard.today
    article = CHOICES[heard.article].get(language)
    today = CHOICES[heard.today].get(language)
    if alike:
        said = (
            f"2022 年的文章和今天的资料都说{today}"
            if zh
            else f"The article of 2022 and today's sources both say {today}"
        )
    else:
        said = (
            f"2022 年的文章说{article}，今天的资料说{today}"
            if zh
            else f"The article of 2022 says {article}, today's sources say {today}"
        )
    if not measured:
        return said
    fast = _fast(heard, language)
    if zh:
        return f"{said}，{'而' if alike else ''}本机实测是{fast}"
    return f"{said}, {'while' if alike else 'and'} this machine measured {fast}"


def _fast(heard: Witnesses, language: Language) -> str:
    word, zh = CHOICES[heard.measured].get(language), language is Language.ZH
    if heard.measured == "no_difference":
        return f"速度上{word}" if zh else f"{word} in speed"
    return f"{word} 更快" if zh else f"{word} as the faster"
