"""Whether a probe report speaks for a person at all, or the reason why it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from assistant.labels import Labels
from knowledge.records import Answers, Knowledge, Language, Text
from probes.records import HOSTED, LOCAL, Measured, ProbeReport, Workload

OLDEST = timedelta(days=365)
"""A report older than this, against the day the knowledge was reviewed, is history."""

FAMILIES: dict[Workload, tuple[str, ...]] = {
    "mlp-tabular": ("tabular", "timeseries"),
    "cnn-image": ("image", "video"),
    "lstm-sequence": ("timeseries", "audio"),
    "transformer-text": ("text",),
}
"""Kinds of data that each workload speaks for; an unknown kind is taken as fitting."""

MODELS: dict[Workload, Text] = {
    "mlp-tabular": Text(en="dense model", zh="全连接模型"),
    "cnn-image": Text(en="convolutional model", zh="卷积模型"),
    "lstm-sequence": Text(en="LSTM", zh="LSTM 模型"),
    "transformer-text": Text(en="transformer", zh="Transformer 模型"),
}

SYSTEMS = {"linux": "linux", "windows": "windows", "macos": "darwin"}
"""What a system calls itself, by the value of ``os``."""

KINDS = {"cpu": "cpu", "tpu": "tpu"}
"""What hardware a device is; every other device is a GPU."""

MAKERS = {"cuda": ("nvidia", "amd"), "mps": ("apple",), "xpu": ("intel",)}
"""Whose GPU it is that PyTorch calls so."""


LONGEST_NAME = 40
"""Letters of a machine's name that are shown."""

READS = ("modality", "os", "hardware", "accelerator", "dataset_rows")
"""All that is looked at of a person."""


@dataclass(frozen=True, slots=True)
class Case:
    """One report, and the person for whom it is asked to speak."""

    report: ProbeReport
    answers: Answers
    knowledge: Knowledge
    labels: Labels

    def named(self, field: str, value: object) -> Text:
        """A value of a field as questions offer it."""
        word = str(value)
        return Text(
            en=self.labels.value(field, word, Language.EN),
            zh=self.labels.value(field, word, Language.ZH),
        )

    @property
    def timed(self) -> tuple[Measured, ...]:
        return tuple(one for one in self.report.results if isinstance(one, Measured))


def obstacle(case: Case) -> Text | None:
    """The first reason why the report does not speak for this person, or None."""
    return next((why for look in LOOKS if (why := look(case)) is not None), None)


def _on_a_service(case: Case) -> Text | None:
    named = case.report.spec.hardware_class
    if named == LOCAL:
        return None
    if named != HOSTED:
        return Text(
            en=f"It was measured on “{_cut(named)}”, which is not your own machine.",
            zh=f"它是在「{_cut(named)}」上测的，不是你自己的机器。",
        )
    return Text(
        en=(
            "It was measured on the machine of this service, not on yours: run "
            "`python app.py probe` at home for a word about your own."
        ),
        zh=(
            "它是在本服务的机器上测的，不是你的机器：想知道自己的机器如何，"
            "请在本地运行 `python app.py probe`。"
        ),
    )


def _cut(name: str) -> str:
    """A name that somebody else gave, in one line, without marks and not too long."""
    line = " ".join(re.sub(r"[^\w .:+-]", " ", name).split()) or "?"
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def _in_another_precision(case: Case) -> Text | None:
    precision = case.report.spec.precision
    if precision == "float32":
        return None
    return Text(
        en=(
            f"It was measured in {precision}, which you have to ask for; what counts "
            "here are steps in float32, in which both compute by themselves."
        ),
        zh=(
            f"它是以 {precision} 精度测的，需要专门设置；这里只计 float32 的步骤，"
            "那是两者默认的精度。"
        ),
    )


def _on_other_data(case: Case) -> Text | None:
    workload = case.report.spec.workload
    kind, family = case.answers.get("modality"), FAMILIES[workload]
    if kind is None or kind in family:
        return None
    yours, model = case.named("modality", kind), MODELS[workload]
    spoken = [case.named("modality", one) for one in family]
    return Text(
        en=(
            f"It timed a {model.en}, which speaks for "
            f"{' and '.join(one.en for one in spoken)}; your data: {yours.en}."
        ),
        zh=(
            f"它测的是{model.zh}，适用于{'和'.join(one.zh for one in spoken)}；"
            f"你的数据是{yours.zh}。"
        ),
    )


def _on_another_system(case: Case) -> Text | None:
    told, system = case.answers.get("os"), case.report.environment.system
    known = SYSTEMS.get(str(told))
    seen = system.lower()
    # Linux inside Windows (WSL2) is a Windows machine, and says so.
    inside = told == "windows" and "microsoft" in seen
    if known is None or inside or seen.startswith(known):
        return None
    yours = case.named("os", told)
    return Text(
        en=f"It was measured on {system}, so not on your machine: {yours.en}.",
        zh=f"它是在 {system} 上测的，不是你的机器：你用的是 {yours.zh}。",
    )


def _on_several_devices(case: Case) -> Text | None:
    devices = sorted({one.device for one in case.timed})
    if len(devices) < 2:
        return None
    return Text(
        en=f"The contenders ran on different devices: {', '.join(devices)}.",
        zh=f"各方运行在不同的设备上：{'、'.join(devices)}。",
    )


def _on_another_device(case: Case) -> Text | None:
    device = next((one.device for one in case.timed), None)
    if device is None:
        return None
    wanted, kind = case.answers.get("hardware"), KINDS.get(device, "gpu")
    if wanted is not None and wanted != kind:
        ran, yours = case.named("hardware", kind), case.named("hardware", wanted)
        return Text(
            en=f"It ran on: {ran.en}; that says nothing about yours: {yours.en}.",
            zh=f"它运行在：{ran.zh}；不能推到你用的「{yours.zh}」上。",
        )
    maker = case.answers.get("accelerator")
    if maker is None:
        return None
    yours = case.named("accelerator", maker)
    if kind == "cpu" and wanted is None:
        ran = case.named("hardware", kind)
        return Text(
            en=f"It ran on: {ran.en}; that says nothing about yours: {yours.en}.",
            zh=f"它运行在：{ran.zh}；不能推到你用的「{yours.zh}」上。",
        )
    makers = MAKERS.get(device)
    if makers is None or maker in makers:
        return None
    return Text(
        en=f"It ran on another maker's GPU ({device}); yours: {yours.en}.",
        zh=f"它运行在另一家的 GPU 上（{device}），而你的是 {yours.zh}。",
    )


def _on_other_rows(case: Case) -> Text | None:
    rows, reach = case.answers.get("dataset_rows"), case.report.reach
    asked = case.report.spec.rows
    if not isinstance(rows, int) or rows == asked:
        return None
    if reach is None:
        return Text(
            en=(
                f"It was asked about {asked:,} rows and timed too few whole epochs to "
                f"carry it over to your {rows:,}."
            ),
            zh=(
                f"它是按 {asked:,} 条数据测的，完整的轮次计时太少，"
                f"推不到你的 {rows:,} 条。"
            ),
        )
    if reach.low <= rows <= reach.high:
        return None
    if reach.limit == "memory":
        return Text(
            en=(
                f"Your {rows:,} rows would fill more than half of that machine's "
                "memory, and reading from disk was not timed."
            ),
            zh=(
                f"你的 {rows:,} 条数据会占去那台机器一半以上的内存，"
                "而从磁盘读取没有计时。"
            ),
        )
    return Text(
        en=(
            f"It timed epochs of {reach.low:,} to {reach.high:,} rows, which did not "
            f"grow in proportion, so nothing follows for your {rows:,}."
        ),
        zh=(
            f"它计时的轮次为 {reach.low:,}-{reach.high:,} 条，用时不成比例，"
            f"推不到你的 {rows:,} 条。"
        ),
    )


def _with_other_versions(case: Case) -> Text | None:
    for oldest in case.knowledge.oldest:
        name = oldest.package
        seen = {one.versions[name] for one in case.timed if name in one.versions}
        if len(seen) > 1:
            both = sorted(seen)
            return Text(
                en=f"Its contenders ran different versions of {name}: "
                f"{', '.join(both)}.",
                zh=f"各方的 {name} 版本不同：{'、'.join(both)}。",
            )
        for version in seen:
            if _numbers(version) < _numbers(oldest.version):
                return Text(
                    en=(
                        f"It ran {name} {version}; today's Keras and PyTorch are "
                        f"compared from {name} {oldest.version} on."
                    ),
                    zh=(
                        f"它用的是 {name} {version}；今天的比较从 "
                        f"{name} {oldest.version} 算起。"
                    ),
                )
    return None


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers; a build's name after ``+`` and the like counts nothing."""
    found = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, found[0].split("."))) if found else ()


def _long_ago(case: Case) -> Text | None:
    day = case.report.started_at.date()
    if case.knowledge.reviewed_on - day <= OLDEST:
        return None
    return Text(
        en=f"It was measured on {day}, more than a year ago; both have moved on.",
        zh=f"它测于 {day}，已超过一年；两个框架都变了。",
    )


LOOKS: tuple[Callable[[Case], Text | None], ...] = (
    _on_a_service,
    _in_another_precision,
    _on_other_data,
    _on_another_system,
    _on_several_devices,
    _on_another_device,
    _on_other_rows,
    _with_other_versions,
    _long_ago,
)
"""What may be in the way, in the order in which it is said."""
