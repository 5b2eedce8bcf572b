"""What probe reports add to the sum, or the reason why they add nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.scoring import SPEED, Contribution
from knowledge.records import Answers, Basis, Framework, Stack, Text
from probes.records import Measured, ProbeReport, ProbeSpec, Ratio, Workload

OLDEST = timedelta(days=365)
"""A report older than this, against the day the knowledge was reviewed, is history."""

POINTS = ((3.0, 3.0), (1.5, 2.0), (1.0, 1.0))
"""Cautious ratio from which a measurement is worth so many points, highest first.

The cautious ratio is the end of the 95% interval nearer to 1, so a wide interval earns
less. Monotone by construction; a ratio within the zone earns none.
"""

FAMILIES: dict[Workload, tuple[str, ...]] = {
    "mlp-tabular": ("tabular", "timeseries"),
    "cnn-image": ("image", "video"),
    "lstm-sequence": ("timeseries", "audio"),
    "transformer-text": ("text",),
}
"""Kinds of data that each workload speaks for; an unknown kind is taken as fitting."""

WORKLOADS: dict[str, Workload] = {
    "image": "cnn-image",
    "video": "cnn-image",
    "audio": "lstm-sequence",
    "timeseries": "lstm-sequence",
    "text": "transformer-text",
}
"""What to time for a kind of data; a dense model for all others."""

MODELS: dict[Workload, Text] = {
    "mlp-tabular": Text(en="dense model", zh="全连接模型"),
    "cnn-image": Text(en="convolutional model", zh="卷积模型"),
    "lstm-sequence": Text(en="LSTM", zh="LSTM 模型"),
    "transformer-text": Text(en="transformer", zh="Transformer 模型"),
}

USUAL_ROWS = 10_000
"""Rows of the probe for a person who has not said how many they have."""

NAMES = {
    "keras-tensorflow": Text(en="Keras on TensorFlow", zh="Keras（TensorFlow 后端）"),
    "keras-torch": Text(en="Keras on PyTorch", zh="Keras（PyTorch 后端）"),
    "keras-jax": Text(en="Keras on JAX", zh="Keras（JAX 后端）"),
}

Word = Literal["keras", "pytorch", "no_difference", "not_measured"]


def probe_for(answers: Answers) -> ProbeSpec:
    """The probe that speaks for a person's data, at their own number of rows."""
    rows = answers.get("dataset_rows")
    workload = WORKLOADS.get(str(answers.get("modality")), "mlp-tabular")
    return ProbeSpec(
        workload=workload,
        rows=rows if isinstance(rows, int) else USUAL_ROWS,
        # Slow starters on two cores; every second counts for rounds.
        budget_s=90 if workload == "mlp-tabular" else 120,
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as a witness: what it says, whether it counts, and why (not)."""

    report: str
    says: Text
    used: bool
    why: Text
    word: Word
    lines: tuple[Contribution, ...]


def read_report(
    report: ProbeReport,
    answers: Answers,
    preferred: Sequence[Stack],
    reviewed_on: date,
) -> Reading:
    """Judge one report for one person.

    Args:
        report: with ratios already recomputed from its raw times.
        preferred: Keras stacks, the one we would advise first; the first of them that
            was measured stands for Keras.
        reviewed_on: the day of the knowledge; old reports are told by it.
    """
    pair = _pair(report, preferred)
    if pair is None:
        return _unused(
            report,
            Text(
                en="It holds no comparison of PyTorch with a Keras stack.",
                zh="报告里没有 PyTorch 与 Keras 的对比。",
            ),
            None,
        )
    keras, ratio = pair
    obstacle = _obstacle(report, answers, reviewed_on)
    if obstacle is not None:
        return _unused(report, obstacle, _sentence(report, keras, ratio))
    return _counted(report, keras, ratio, _between_stacks(report))


def _pair(
    report: ProbeReport, preferred: Sequence[Stack]
) -> tuple[Stack, Ratio] | None:
    """The Keras stack that stands for Keras, and its time over that of PyTorch."""
    found = _against_pytorch(report)
    for stack in (*preferred, *Stack):
        if stack in found:
            return stack, found[stack]
    return None


def _against_pytorch(report: ProbeReport) -> dict[Stack, Ratio]:
    """Every Keras stack measured, by its time over that of PyTorch."""
    found: dict[Stack, Ratio] = {}
    for ratio in report.ratios:
        if ratio.baseline == "pytorch" and ratio.contender in NAMES:
            found[Stack(ratio.contender)] = ratio
        elif ratio.contender == "pytorch" and ratio.baseline in NAMES:
            found[Stack(ratio.baseline)] = _inverted(ratio)
    return found


def _between_stacks(report: ProbeReport) -> tuple[Contribution, ...]:
    """A line for the fastest Keras stack, where it clearly beats the slowest.

    Both were paired with PyTorch in the same rounds. The cautious ratio sets the least
    time of the slower one against the most of the faster one, so overlapping intervals
    give nothing.
    """
    found = sorted(_against_pytorch(report).items(), key=lambda pair: pair[1].ratio)
    if len(found) < 2:
        return ()
    (fast, quick), (slow, long) = found[0], found[-1]
    cautious = long.low / quick.high
    if cautious < 1 + max(quick.zone, long.zone):
        return ()
    return (
        Contribution(
            origin=f"measured-stacks-{report.id}",
            toward=fast,
            at="stack",
            criterion=SPEED,
            points=_worth(cautious),
            basis=Basis.MEASURED,
            because=_stack_sentence(fast, slow, long.ratio / quick.ratio, cautious),
            sources=(),
        ),
    )


def _stack_sentence(fast: Stack, slow: Stack, ratio: float, cautious: float) -> Text:
    quick, long = NAMES[fast.value], NAMES[slow.value]
    return Text(
        en=(
            f"Measured on this machine: {long.en} takes about {ratio:.1f} times as "
            f"long per step as {quick.en} (at least {cautious:.1f})."
        ),
        zh=(
            f"本机实测：{long.zh} 每步耗时约为 {quick.zh} 的 {ratio:.1f} 倍"
            f"（至少 {cautious:.1f} 倍）。"
        ),
    )


def _inverted(ratio: Ratio) -> Ratio:
    turned = {"faster": "slower", "slower": "faster"}
    return ratio.model_copy(
        update={
            "contender": ratio.baseline,
            "baseline": ratio.contender,
            "ratio": 1 / ratio.ratio,
            "low": 1 / ratio.high,
            "high": 1 / ratio.low,
            "word": turned.get(ratio.word, ratio.word),
        }
    )


def _obstacle(report: ProbeReport, answers: Answers, reviewed_on: date) -> Text | None:
    modality = answers.get("modality")
    family = FAMILIES[report.spec.workload]
    if modality is not None and modality not in family:
        return Text(
            en=(
                f"It timed a {MODELS[report.spec.workload].en} for {family[0]} data; "
                f"yours is {modality} data."
            ),
            zh=(
                f"测的是{MODELS[report.spec.workload].zh}（{family[0]} 数据），"
                f"而你的数据是 {modality} 类型。"
            ),
        )
    devices = {one.device for one in report.results if isinstance(one, Measured)}
    wanted = answers.get("hardware")
    if wanted in ("gpu", "tpu", "mobile") and "cpu" in devices:
        return Text(
            en=f"It was measured on a processor and says nothing about a {wanted}.",
            zh=f"它是在 CPU 上测的，不能推到 {wanted} 上。",
        )
    if len(devices) > 1:
        return Text(
            en="The contenders ran on different devices.",
            zh="各方运行在不同的设备上。",
        )
    if reviewed_on - report.started_at.date() > OLDEST:
        return Text(en="It is more than a year old.", zh="它已超过一年。")
    return None


def _counted(
    report: ProbeReport, keras: Stack, ratio: Ratio, stacks: tuple[Contribution, ...]
) -> Reading:
    says = _sentence(report, keras, ratio)
    if ratio.word == "undecided" and stacks:
        why = Text(
            en="Keras against PyTorch stays undecided; between Keras stacks it counts.",
            zh="Keras 与 PyTorch 之间尚无定论；Keras 各后端之间的差别计分。",
        )
        return Reading(report.id, says, True, why, "not_measured", stacks)
    if ratio.word == "undecided":
        return _unused(
            report,
            Text(
                en="The interval is too wide to say which is faster.",
                zh="区间太宽，还分不出快慢。",
            ),
            says,
        )
    if ratio.word == "no_difference":
        why = Text(
            en="No practical difference, so it moves no points.",
            zh="没有实际差别，因此不加分。",
        )
        return Reading(report.id, says, True, why, "no_difference", stacks)
    toward = Framework.PYTORCH if ratio.word == "slower" else Framework.KERAS
    points = _points(ratio)
    line = Contribution(
        origin=f"measured-{report.id}",
        toward=toward,
        at="framework",
        criterion=SPEED,
        points=points,
        basis=Basis.MEASURED,
        because=says,
        sources=(),
    )
    why = Text(
        en=f"Counted with {points:g} points; it replaces beliefs about speed.",
        zh=f"计 {points:g} 分，并取代关于速度的既有判断。",
    )
    return Reading(report.id, says, True, why, toward.value, (line, *stacks))


def _points(ratio: Ratio) -> float:
    cautious = ratio.low if ratio.word == "slower" else 1 / ratio.high
    return _worth(cautious)


def _worth(cautious: float) -> float:
    return next((points for bound, points in POINTS if cautious >= bound), 0.0)


def _unused(report: ProbeReport, why: Text, says: Text | None) -> Reading:
    nothing = Text(en="No ratio can be read from it.", zh="无法从中读出比值。")
    return Reading(report.id, says or nothing, False, why, "not_measured", ())


def _sentence(report: ProbeReport, keras: Stack, ratio: Ratio) -> Text:
    name, model = NAMES[keras.value], MODELS[report.spec.workload]
    environment = report.environment
    day = report.started_at.date().isoformat()
    numbers = f"{ratio.ratio:.2f}"
    interval = f"{ratio.low:.2f}-{ratio.high:.2f}"
    batch = report.spec.batch
    return Text(
        en=(
            f"Measured on {day}: a training step of {name.en} takes {numbers} times as "
            f"long as one of PyTorch (95% interval {interval}; {model.en}, batch "
            f"{batch}, {environment.cores} cores)."
        ),
        zh=(
            f"{day} 实测：{name.zh} 每个训练步耗时是 PyTorch 的 {numbers} 倍"
            f"（95% 区间 {interval}；{model.zh}，批大小 {batch}，"
            f"{environment.cores} 核）。"
        ),
    )
