"""Hard rules that leave nothing: which ones, and how to split the work between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from assistant.explanation import STACKS
from assistant.wire import Collision
from knowledge.records import Language, Stack, Text, Veto

STAGES = ("start", "train", "deliver")

SAME_FILE = Text(
    en="the same .keras file opens on either backend",
    zh="同一个 .keras 文件换后端也能打开",
)
SAFETENSORS = Text(
    en="KerasHub loads the SafeTensors weights of the architectures it has",
    zh="对已收录的架构，KerasHub 能直接载入 SafeTensors 权重",
)
EXPORT = Text(
    en="ONNX or LiteRT carries the model over", zh="模型经 ONNX 或 LiteRT 转过去"
)


def collided(vetoes: Sequence[Veto]) -> tuple[Veto, ...]:
    """The smallest set of these that excludes every stack; empty where none does."""
    for size in range(1, len(vetoes) + 1):
        for some in combinations(vetoes, size):
            if not _left(some):
                return some
    return ()


def collision(vetoes: Sequence[Veto], language: Language) -> Collision | None:
    """Name the rules that exclude each other, and suggest a split; None without any."""
    some = collided(vetoes)
    if not some:
        return None
    first, then, later = _split(some)
    reasons = " / ".join(veto.because.get(language) for veto in some)
    zh = language is Language.ZH
    says = (
        f"这几条互相排斥：{reasons}"
        if zh
        else f"These requirements exclude each other: {reasons}"
    )
    if first is None or then is None:
        advice = "请放宽其中一条。" if zh else "Give one of them up."
    else:
        advice = _advice(first, then, later, language)
    return Collision(
        rules=tuple(veto.id for veto in some),
        first=first,
        then=then,
        says=says + ("" if zh else " ") + advice,
    )


def _split(some: Sequence[Veto]) -> tuple[Stack | None, Stack | None, str]:
    """The stack for the earlier part, the one for the last part, and that stage."""
    last = max(some, key=lambda veto: STAGES.index(veto.stage)).stage
    earlier = [veto for veto in some if veto.stage != last]
    later = [veto for veto in some if veto.stage == last]
    if not earlier:
        return None, None, last
    return _best(earlier), _best(later), last


def _best(vetoes: Sequence[Veto]) -> Stack | None:
    left = _left(vetoes)
    wished = [veto.suggests for veto in vetoes if veto.suggests in left]
    return next(iter([*wished, *left]), None)


def _left(vetoes: Iterable[Veto]) -> list[Stack]:
    out = {stack for veto in vetoes for stack in veto.excludes}
    return [stack for stack in Stack if stack not in out]


def _advice(first: Stack, then: Stack, later: str, language: Language) -> str:
    one, other = STACKS[first].get(language), STACKS[then].get(language)
    both_keras = first.framework == then.framework == "keras"
    into_keras = then.framework == "keras" and later == "train"
    carry = SAME_FILE if both_keras else SAFETENSORS if into_keras else EXPORT
    how = carry.get(language)
    if language is Language.ZH:
        verbs = ("起步", "训练") if later == "train" else ("训练", "部署")
        return f"建议拆开：用「{one}」{verbs[0]}，用「{other}」{verbs[1]}；{how}。"
    verbs = ("begin", "train") if later == "train" else ("train", "serve")
    return f"Split the work: {verbs[0]} with {one}, {verbs[1]} with {other}; {how}."
