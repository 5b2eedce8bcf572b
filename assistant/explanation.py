"""Say a verdict in sentences. No markup, and no judgement that was not added up."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.scoring import Verdict
from assistant.settling import settling
from assistant.wire import SourceLink
from knowledge.records import Framework, Language, Stack, Text

NAMES = {Framework.KERAS: "Keras", Framework.PYTORCH: "PyTorch"}

STACKS = {
    Stack.KERAS_TENSORFLOW: Text(
        en="Keras on TensorFlow", zh="Keras + TensorFlow 后端"
    ),
    Stack.KERAS_TORCH: Text(en="Keras on PyTorch", zh="Keras + PyTorch 后端"),
    Stack.KERAS_JAX: Text(en="Keras on JAX", zh="Keras + JAX 后端"),
    Stack.PYTORCH: Text(en="plain PyTorch", zh="原生 PyTorch"),
    Stack.PYTORCH_LIGHTNING: Text(
        en="PyTorch with Lightning", zh="PyTorch + Lightning"
    ),
}

CHOICES = {
    "keras": Text(en="Keras", zh="Keras"),
    "pytorch": Text(en="PyTorch", zh="PyTorch"),
    "either": Text(en="either", zh="两者皆可"),
    "no_difference": Text(en="no practical difference", zh="没有实际差别"),
    "not_measured": Text(en="not measured yet", zh="尚未测量"),
}


def points(amount: float, language: Language) -> str:
    """``3 points``, ``1 point``, ``3 分``; whole numbers without a fraction."""
    if language is Language.ZH:
        return f"{amount:g} 分"
    return f"{amount:g} point" + ("" if amount == 1 else "s")


def counted(amount: float, weight: float = 1) -> Text:
    """How much a measured difference adds, and what gives way to it.

    Args:
        amount: points at neutral weight.
        weight: of speed, above 0.
    """
    en, zh = (points(amount, language) for language in (Language.EN, Language.ZH))
    if weight != 1:
        en += f", times your weight {weight:g}: {amount * weight:g}"
        zh += f"，乘以你的权重 {weight:g}：{amount * weight:g}"
    return Text(
        en=f"Counted with {en}; it replaces beliefs about which of the two is faster.",
        zh=f"计 {zh}；它取代关于谁更快的既有判断。",
    )


def headline(verdict: Verdict, language: Language) -> str:
    """The advice in one sentence."""
    zh = language is Language.ZH
    if verdict.collided:
        return (
            "你的几个硬性条件互相冲突，没有一个组合能同时满足。"
            if zh
            else "Your hard requirements exclude each other: no stack meets them all."
        )
    if verdict.choice == "either":
        return _either(verdict, language)
    name = NAMES[Framework(verdict.choice)]
    stack = STACKS[verdict.stack].get(language) if verdict.stack else name
    if verdict.settled:
        if len(settling(verdict.vetoes)) > 1:
            return (
                f"{name}（{stack}）：由几条硬性条件共同决定。"
                if zh
                else f"{name} ({stack}): hard requirements settle it together."
            )
        return (
            f"{name}（{stack}）：由硬性条件决定。"
            if zh
            else f"{name} ({stack}): a hard requirement settles it."
        )
    lead = points(abs(verdict.balance), language)
    return (
        f"{name}（{stack}），领先 {lead}。" if zh else f"{name} ({stack}), by {lead}."
    )


def _either(verdict: Verdict, language: Language) -> str:
    zh = language is Language.ZH
    if not verdict.contributions:
        return (
            "所知还不足以偏向任何一边。"
            if zh
            else "Nothing you told me speaks for one of the two yet."
        )
    stack = STACKS[verdict.stack].get(language) if verdict.stack else None
    lead = points(abs(verdict.balance), language)
    lean = verdict.lean
    if lean is None:
        middle = (
            (f"折中是 {stack}。" if zh else f" {stack} joins both.") if stack else ""
        )
        return (
            f"两者皆可：双方得分相同。{middle}"
            if zh
            else f"Either will serve you: the two are level.{middle}"
        )
    name = NAMES[lean]
    start = ""
    if stack:
        start = f"可以从 {stack} 开始。" if zh else f" You could begin with {stack}."
    return (
        f"两者皆可：{name} 只领先 {lead}。{start}"
        if zh
        else f"Either will serve you: {name} leads by only {lead}.{start}"
    )


def cited(sources: Sequence[SourceLink], language: Language) -> str:
    """Pages as links, each with the day on which it was read there."""
    zh = language is Language.ZH
    read = "，查阅于" if zh else ", read"
    pages = (f"[{one.title}]({one.url}){read} {one.read_on}" for one in sources)
    return ("；" if zh else "; ").join(pages)


def aside(text: str, language: Language) -> str:
    """What is put in brackets behind a sentence, with the space before it."""
    return f"（{text}）" if language is Language.ZH else f" ({text})"


def superseded(language: Language) -> str:
    if language is Language.ZH:
        return "已有更新的测量，以新的为准。"
    return "A newer measurement counts instead."
