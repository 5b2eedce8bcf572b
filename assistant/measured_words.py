"""What a probe's ratio says of two stacks, in sentences."""

from __future__ import annotations

from assistant.lessons import learnt
from assistant.relevance import MODELS
from knowledge.records import Stack, Text
from probes.records import ProbeReport, Ratio

NAMES = {
    "keras-tensorflow": Text(en="Keras on TensorFlow", zh="Keras（TensorFlow 后端）"),
    "keras-torch": Text(en="Keras on PyTorch", zh="Keras（PyTorch 后端）"),
    "keras-jax": Text(en="Keras on JAX", zh="Keras（JAX 后端）"),
}


def says(report: ProbeReport, pair: tuple[Stack, Ratio] | None) -> Text:
    """Everything a report says: of the steps, and of what was learnt."""
    nothing = Text(en="No ratio can be read from it.", zh="无法从中读出比值。")
    steps = step_sentence(report, *pair) if pair is not None else nothing
    more = learnt(report)
    if more is None:
        return steps
    return Text(en=f"{steps.en} {more.en}", zh=steps.zh + more.zh)


def step_sentence(report: ProbeReport, keras: Stack, ratio: Ratio) -> Text:
    name, model = NAMES[keras.value], MODELS[report.spec.workload]
    environment = report.environment
    day = report.started_at.date().isoformat()
    numbers = f"{ratio.ratio:.2f}"
    interval = f"{ratio.low:.2f}-{ratio.high:.2f}"
    batch, precision = report.spec.batch, report.spec.precision
    kind = "" if precision == "float32" else precision
    return Text(
        en=(
            f"Measured on {day}: a training step of {name.en} takes {numbers} times as "
            f"long as one of PyTorch (95% interval {interval}; {model.en}, batch "
            f"{batch}{kind and f', in {kind}'}, {environment.cores} cores)."
        ),
        zh=(
            f"{day} 实测：{name.zh} 每个训练步耗时是 PyTorch 的 {numbers} 倍"
            f"（95% 区间 {interval}；{model.zh}，批大小 {batch}，"
            f"{kind and f'{kind} 精度，'}{environment.cores} 核）。"
        ),
    )


def stack_sentence(
    fast: Stack, slow: Stack, ratio: float, cautious: float, day: str
) -> Text:
    quick, long = NAMES[fast.value], NAMES[slow.value]
    return Text(
        en=(
            f"Measured on {day}: {long.en} takes about {ratio:.1f} times as "
            f"long per step as {quick.en} (at least {cautious:.1f})."
        ),
        zh=(
            f"{day} 实测：{long.zh} 每步耗时约为 {quick.zh} 的 {ratio:.1f} 倍"
            f"（至少 {cautious:.1f} 倍）。"
        ),
    )
