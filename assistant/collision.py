"""Hard rules that leave nothing: which ones, and how to split the work between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations, pairwise

from assistant.explanation import STACKS
from assistant.settling import left
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
    en="what is served is the model exported to ONNX or LiteRT, run by ONNX Runtime or "
    "LiteRT, for {then} itself does not open such a file",
    zh="部署的是导出为 ONNX 或 LiteRT 的模型，由 ONNX Runtime 或 LiteRT 运行，因为"
    "「{then}」自己打不开这种文件",
)


VERBS = (
    Text(en="begin", zh="起步"),
    Text(en="train", zh="训练"),
    Text(en="serve", zh="部署"),
)

Parts = tuple[tuple[Veto, ...], ...]


def collided(vetoes: Sequence[Veto]) -> tuple[tuple[Veto, ...], ...]:
    """Every smallest set of these that excludes all stacks: each rule in it is needed.

    Smaller sets come first; empty where some stack is left.
    """
    found: list[tuple[Veto, ...]] = []
    for size in range(1, len(vetoes) + 1):
        for some in combinations(vetoes, size):
            smaller = any(all(veto in some for veto in known) for known in found)
            if not smaller and not left(some):
                found.append(some)
    return tuple(found)


def collision(vetoes: Sequence[Veto], language: Language) -> Collision | None:
    """Name the rules that exclude each other, and suggest a split; None without any."""
    needed = {veto.id for some in collided(vetoes) for veto in some}
    some = [veto for veto in vetoes if veto.id in needed]
    if not some:
        return None
    reasons = " / ".join(veto.because.get(language) for veto in some)
    zh = language is Language.ZH
    says = (
        f"这几条互相排斥：{reasons}"
        if zh
        else f"These requirements exclude each other: {reasons} "
    )
    parts = _split(some)
    stacks = [stack for part in parts if (stack := _best(part)) is not None]
    if stacks:
        says += _advice(parts, stacks, language)
    else:
        says += "请放宽其中一条。" if zh else "Give one of them up."
    first, then, last, *_ = (*stacks, None, None, None)
    return Collision(
        rules=tuple(veto.id for veto in some),
        first=first,
        then=then,
        last=last,
        says=says,
    )


def _split(some: Sequence[Veto]) -> Parts:
    """The rules by stage, in as few parts as leave each a stack; empty if none do."""
    stages = [[one for one in some if one.stage == stage] for stage in STAGES]
    stages = [stage for stage in stages if stage]
    inside = range(1, len(stages))
    # Of as many parts, the longest work goes to the first stack.
    for size in range(1, len(stages)):
        for cuts in reversed(list(combinations(inside, size))):
            edges = (0, *cuts, len(stages))
            parts = tuple(
                tuple(chain.from_iterable(stages[start:end]))
                for start, end in pairwise(edges)
            )
            if all(left(part) for part in parts):
                return parts
    return ()


def _best(vetoes: Sequence[Veto]) -> Stack | None:
    free = left(vetoes)
    wished = [veto.suggests for veto in vetoes if veto.suggests in free]
    return next(iter([*wished, *free]), None)


def _advice(parts: Parts, stacks: Sequence[Stack], language: Language) -> str:
    trains = [any(veto.stage == "train" for veto in part) for part in parts]
    # Who only serves was handed a trained model; who trains was handed a beginning.
    start = 0 if len(parts) > 2 or trains[-1] else 1
    does = [verb.get(language) for verb in VERBS[start:]]
    names = [STACKS[stack].get(language) for stack in stacks]
    hows = dict.fromkeys(
        _carried(first, then, trains=trained)
        .get(language)
        .format(then=STACKS[then].get(language))
        for (first, then), trained in zip(pairwise(stacks), trains[1:], strict=True)
    )
    pairs = list(zip(does, names, strict=False))
    if language is Language.ZH:
        work = "，".join(f"用「{name}」{verb}" for verb, name in pairs)
        return f"建议拆开：{work}；{'；'.join(hows)}。"
    work = ", ".join(f"{verb} with {name}" for verb, name in pairs)
    return f"Split the work: {work}; {'; '.join(hows)}."


def _carried(first: Stack, then: Stack, *, trains: bool) -> Text:
    """How what the first stack made gets into the next."""
    if first.framework == then.framework == "keras":
        return SAME_FILE
    return SAFETENSORS if then.framework == "keras" and trains else EXPORT
