"""Mixed precision: a question of its own, which no verdict shares with float32."""

from __future__ import annotations

import asyncio
import json

import pytest
from pydantic import ValidationError

import probes.terminal
from probes.chinese import in_chinese
from probes.crew import unmixed
from probes.history import earlier, history_lines
from probes.page import conditions, lines
from probes.records import Epoch, Measured, NotMeasured, ProbeReport, ProbeSpec
from probes.remarks import remarks
from probes.reports import from_json, judged, launch_history, to_json
from probes.runner import run_probe
from probes.terminal import probe_command
from probes.ways import WayTimes
from tests.probes.stubs import run_stub, undisturbed

MIXED = ProbeSpec(budget_s=20, precision="bfloat16")


@pytest.fixture(scope="module")
def told() -> ProbeReport:
    return run_stub(MIXED)


@pytest.fixture(scope="module")
def report(told: ProbeReport) -> ProbeReport:
    return undisturbed(told)


@pytest.fixture(scope="module")
def plain() -> ProbeReport:
    """The same in float32."""
    return undisturbed(run_stub())


def asked_as(report: ProbeReport, precision: str) -> ProbeReport:
    """The same times, as if they had been asked for in a precision."""
    spec = report.spec.model_copy(update={"precision": precision})
    return judged(report.model_copy(update={"spec": spec}))


def with_first(report: ProbeReport, **changes: object) -> ProbeReport:
    """Its baseline otherwise, and judged anew as a report from anywhere is."""
    first, *others = report.results
    results = (first.model_copy(update=changes), *others)
    return from_json(to_json(report.model_copy(update={"results": results})))


def test_verdicts_name_the_precision(report: ProbeReport) -> None:
    assert len(report.ratios) == 2
    english, chinese = (lines(report, language) for language in ("en", "zh"))

    for said in english[:2]:
        assert "batch 32, in bfloat16, on this machine" in said
    for said in chinese[:2]:
        assert "批大小 32，bfloat16 精度" in said
    assert "10,000 rows, in bfloat16;" in conditions(report)
    assert "10,000 rows, in bfloat16;" in next(history_lines([report]))


def test_float32_goes_without_saying(plain: ProbeReport) -> None:
    assert "batch 32, on this machine" in lines(plain)[0]
    assert not any("bfloat16" in said for said in lines(plain))


def test_bare_steps_alone_are_compared_and_that_is_said(
    told: ProbeReport, report: ProbeReport
) -> None:
    assert not report.default_ratios
    assert not report.overheads
    assert report.reach is None
    for result in report.results:
        assert isinstance(result, Measured)
        assert not result.ways
        assert not result.epochs
        assert result.predict_s is not None
    assert any("bare steps alone are compared" in said for said in told.warnings)
    assert any("只比较裸步骤" in said for said in lines(told, "zh"))
    assert not any("no estimate" in said for said in lines(told))


def test_both_gates_are_kept_each_with_its_own_limits(report: ProbeReport) -> None:
    for result in report.results:
        assert isinstance(result, Measured)
        assert result.float32_gate is not None
        assert result.float32_gate.outputs < 1e-5 < result.gate.outputs
    assert from_json(to_json(report)) == report


def test_times_of_one_precision_are_none_of_the_other(
    report: ProbeReport, plain: ProbeReport
) -> None:
    assert asked_as(report, "float32").ratios == ()
    assert asked_as(plain, "bfloat16").ratios == ()
    assert len(asked_as(report, "bfloat16").ratios) == 2


@pytest.mark.parametrize(
    "changes",
    [{"float32_gate": None}, {"precision": "highest"}],
    ids=["no float32 gate", "float32 products"],
)
def test_a_foreign_report_must_show_both(
    report: ProbeReport, changes: dict[str, object]
) -> None:
    assert [ratio.baseline for ratio in with_first(report, **changes).ratios] == [
        "keras-tensorflow"
    ]


@pytest.mark.parametrize("outputs", [1e-6, 0.5], ids=["as float32", "wrong"])
def test_a_foreign_gate_is_read_by_the_limits_of_its_precision(
    report: ProbeReport, outputs: float
) -> None:
    first = report.results[0]
    assert isinstance(first, Measured)
    gate = first.gate.model_copy(update={"outputs": outputs})

    assert len(with_first(report, gate=gate).ratios) == 1


def test_whole_epochs_in_a_foreign_report_are_not_heard(
    report: ProbeReport, plain: ProbeReport
) -> None:
    epochs = tuple(
        Epoch(rows=64 * size, seconds=(0.01 * size,)) for size in (1, 2, 4, 8)
    )
    paired = {"launches": (1, 1, 2, 2, 3, 3), "rounds": (1, 2, 3, 4, 5, 6)}
    times = {"way": "fit", "rows": 64, "steps": 2, "seconds": (1.0,) * 6}
    fit = WayTimes.model_validate(times | paired)
    loop = fit.model_copy(update={"way": "loader", "seconds": (2.0,) * 6})

    def put(report: ProbeReport) -> ProbeReport:
        changed = with_first(report, ways=(fit, loop), epochs=epochs)
        return judged(changed)

    assert put(plain).default_ratios
    assert not put(report).default_ratios
    assert not put(report).overheads
    assert put(report).results[0].epochs == ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("behaviour", "words", "chinese"),
    [
        ("exact", "only, as in float32 (in bfloat16 at least", "如同 float32"),
        ("wrong", "gradients differ by 5.0e-01 (limit 1e-04)", "相差"),
        ("unproven", "gave a gate that is not one", "检验结果无效"),
        ("strays", "timed blocks differ by 1.0e-04 only, as in float32", "只相差"),
    ],
)
def test_who_does_not_compute_in_bfloat16_is_refused(
    behaviour: str, words: str, chinese: str
) -> None:
    alone = MIXED.model_copy(update={"contenders": ("keras-tensorflow",)})

    [refused] = run_stub(alone, keras_tensorflow=behaviour).results

    assert isinstance(refused, NotMeasured)
    assert words in refused.reason
    assert chinese in in_chinese(f"keras-tensorflow: {refused.reason}")


def test_tensorflow_alone_has_no_documented_way() -> None:
    spec = MIXED.model_copy(update={"contenders": ("tensorflow-raw",)})
    told = asyncio.run(run_probe(spec, find_missing=lambda _: None)).results[0]

    assert isinstance(told, NotMeasured)
    assert told.reason.startswith("not comparable, because TensorFlow's documented way")
    assert in_chinese(told.reason).startswith("不可比较：TensorFlow 文档")
    assert unmixed("tensorflow-raw", "float32") is None


def test_learning_is_asked_for_apart() -> None:
    with pytest.raises(ValidationError, match="learning is compared in float32 alone"):
        ProbeSpec(learn=True, precision="bfloat16")


def test_precisions_are_not_mixed_in_cache_or_history(report: ProbeReport) -> None:
    plain = ProbeSpec(budget_s=20)
    here, then = report.environment, report.started_at

    assert earlier(MIXED, [report], here, {"stub": "1"}, then) == report
    assert earlier(plain, [report], here, {"stub": "1"}, then) is None
    others = [report.model_copy(update={"id": f"{number:016x}"}) for number in (1, 2)]
    unlike = [asked_as(other, "float32") for other in others]
    assert launch_history(others, report) != launch_history(unlike, report)
    assert launch_history(unlike, report) == launch_history([], report)


def test_the_terminal_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[ProbeSpec] = []

    async def run(spec: ProbeSpec, **_: object) -> ProbeReport:
        asked.append(spec)
        return await run_probe(spec, find_missing=lambda _: "absent")

    monkeypatch.setattr(probes.terminal, "run_probe", run)

    probe_command(["--json", "--fresh", "--precision", "bfloat16"])
    probe_command(["--json", "--fresh"])

    assert [spec.precision for spec in asked] == ["bfloat16", "float32"]


def test_json_asks_for_it_and_for_nothing_else() -> None:
    read = ProbeSpec.model_validate_json

    assert read(json.dumps({"precision": "bfloat16"})).precision == "bfloat16"
    with pytest.raises(ValidationError):
        read(json.dumps({"precision": "float16"}))


def test_biases_that_go_astray_are_told_and_hinder_nothing(told: ProbeReport) -> None:
    first = told.results[0]
    assert isinstance(first, Measured)
    gate = first.gate.model_copy(update={"way_of_biases": 0.9})
    changed = (first.model_copy(update={"gate": gate}),)
    strayed = told.model_copy(update={"results": (*changed, *told.results[1:])})

    said = [one for one in remarks([], strayed, 0.0) if "biases" in one]

    assert said == [
        "pytorch: its biases go 0.9 of their way astray in bfloat16; its matrices do "
        "not, so it is compared"
    ]
    assert in_chinese(said[0]).startswith("pytorch：其偏置在 bfloat16 下偏离")
    assert len(judged(strayed).ratios) == 2
