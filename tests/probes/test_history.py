"""The same question asked again, and how a machine's ratios moved."""

import asyncio
import math
import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import probes.terminal
from probes.compare import changes, differences
from probes.conditions import Conditions
from probes.history import MOST_AGE, earlier, history_lines
from probes.jobs import ProbeJobs
from probes.records import (
    PROTOCOL,
    Job,
    LaunchSd,
    Measured,
    NotMeasured,
    ProbeReport,
    ProbeSpec,
)
from probes.reports import judged, to_json
from probes.statistics import Paired, compare
from probes.store import ReportStore
from probes.terminal import probe_command
from tests.probes.stubs import BRIEF, run_stub, stub_probe, undisturbed
from tests.probes.test_statistics import simulated

VERSIONS = {"stub": "1"}
SPEC = BRIEF


@pytest.fixture(scope="module")
def report() -> ProbeReport:
    known = run_stub(SPEC).model_copy(
        update={"launch_sd": LaunchSd(sd=0.01, freedom=60)}
    )
    return undisturbed(known)


def found(
    report: ProbeReport,
    spec: ProbeSpec = SPEC,
    versions: Mapping[str, str | None] = VERSIONS,
    later: timedelta = timedelta(days=1),
) -> ProbeReport | None:
    now = report.started_at + later
    return earlier(spec, [report], report.environment, versions, now)


def test_the_same_question_has_an_answer(report: ProbeReport) -> None:
    assert found(report) == report
    assert found(report, SPEC.model_copy(update={"budget_s": 30})) == report


@pytest.mark.parametrize(
    "changed", [{"batch": 64}, {"rows": 9}, {"size": "M"}, {"seed": 1}], ids=str
)
def test_another_question_has_none(
    report: ProbeReport, changed: dict[str, object]
) -> None:
    assert found(report, SPEC.model_copy(update=changed)) is None


@pytest.mark.parametrize("later", [MOST_AGE + timedelta(1), -timedelta(days=1)])
def test_an_old_answer_is_none_nor_one_from_tomorrow(
    report: ProbeReport, later: timedelta
) -> None:
    assert found(report, later=later) is None


def test_another_version_or_machine_is_asked_anew(report: ProbeReport) -> None:
    assert found(report, versions={"stub": "2"}) is None
    for change in ({"cores": 64}, {"gpus": ("NVIDIA H100, driver 570.86",)}):
        other = report.environment.model_copy(update=change)
        moved = report.model_copy(update={"environment": other})
        when = moved.started_at
        assert earlier(SPEC, [moved], report.environment, VERSIONS, when) is None


@pytest.mark.parametrize(
    "spoilt",
    [
        {"stopped_early": True},
        {"foreign_cores": 64.0},
        {"foreign_cores": None},
        {"launch_foreign": (64.0, 64.0, 0.0)},
    ],
    ids=str,
)
def test_a_disturbed_or_unfinished_answer_is_none(
    report: ProbeReport, spoilt: dict[str, object]
) -> None:
    assert found(report.model_copy(update=spoilt)) is None


def test_a_crash_is_tried_again_but_what_is_absent_stays_absent(
    report: ProbeReport,
) -> None:
    first, second, third = report.results
    lost = NotMeasured(contender=third.contender, status="crashed", reason="it died")
    gone = lost.model_copy(update={"status": "not_installed"})

    def with_last(last: NotMeasured) -> ProbeReport:
        return report.model_copy(update={"results": (first, second, last)})

    assert found(with_last(lost)) is None
    assert found(with_last(gone)) is not None
    both = {**VERSIONS, "torch": "2", "keras": "3"}
    assert found(with_last(gone), versions=both) is None


def test_more_time_is_another_question_while_something_is_undecided(
    report: ProbeReport,
) -> None:
    patient = SPEC.model_copy(update={"budget_s": 900})
    open_ratio = report.ratios[0].model_copy(update={"word": "undecided"})
    undecided = report.model_copy(update={"ratios": (open_ratio,)})
    settled = report.model_copy(
        update={"ratios": (open_ratio.model_copy(update={"word": "slower"}),)}
    )

    assert found(undecided, patient) is None
    assert found(undecided) == undecided
    assert found(settled, patient) == settled


def test_a_job_asked_again_is_done_at_once(report: ProbeReport, tmp_path: Path) -> None:
    now = report.model_copy(update={"started_at": datetime.now(UTC)})
    store = ReportStore(tmp_path)
    store.write(now)

    async def scenario() -> tuple[Job, Job, Job]:
        jobs = ProbeJobs(
            store=store,
            runner=stub_probe,
            here=lambda: report.environment,
            versions=lambda: VERSIONS,
        )
        known, again = jobs.submit(SPEC, "key"), jobs.submit(SPEC, "key")
        anew = jobs.submit(SPEC, fresh=True)
        await jobs.close()
        return known, again, anew

    known, again, anew = asyncio.run(scenario())

    assert (known.state, known.report) == ("done", now)
    assert known.id == again.id == report.id
    assert anew.id != report.id
    assert anew.state in ("queued", "running")


def test_the_terminal_answers_at_once_and_says_since_when(
    report: ProbeReport,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KOP_REPORTS", str(tmp_path))
    monkeypatch.setattr(probes.terminal, "installed", lambda: VERSIONS)
    ran: list[ProbeSpec] = []

    async def run(spec: ProbeSpec, **_: Any) -> ProbeReport:
        ran.append(spec)
        return await stub_probe(spec)

    monkeypatch.setattr(probes.terminal, "run_probe", run)
    then = datetime.now(UTC) - timedelta(days=3, hours=1)
    ReportStore(tmp_path).write(report.model_copy(update={"started_at": then}))

    assert probe_command([]) == 0
    said = capsys.readouterr()
    assert f"Measured on {then:%Y-%m-%d}, 3 days ago" in said.err
    assert "--fresh" in said.err
    assert not ran

    assert probe_command(["--fresh", "--json", "--budget", "20"]) == 0
    assert ran == [SPEC]


def test_history_shows_what_moved_and_with_which_versions(
    report: ProbeReport,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KOP_REPORTS", str(tmp_path))
    assert probe_command(["history"]) == 1
    assert "No reports" in capsys.readouterr().out

    base, second, third = report.results
    assert isinstance(second, Measured)
    slow = tuple(4 * seconds for seconds in second.block_seconds)
    newer = second.model_copy(update={"block_seconds": slow, "versions": {"stub": "2"}})
    later = judged(
        report.model_copy(
            update={
                "id": "f" * 16,
                "results": (base, newer, third),
            }
        )
    )
    then = report.started_at - timedelta(days=2)
    before = report.model_copy(update={"started_at": then})
    for one in (before, later):
        ReportStore(tmp_path).write(one)

    assert probe_command(["history"]) == 0
    said = capsys.readouterr().out
    assert said.count("mlp-tabular S, batch 32") == 1
    assert "changed: keras-tensorflow over pytorch" in said
    assert "slower against it than before" in said
    assert "keras-tensorflow stub: 1 → 2" in said
    assert said.index(report.id) < said.index(later.id)
    assert list(history_lines([later, before])) == said.splitlines()


def test_another_graphics_processor_is_another_history(report: ProbeReport) -> None:
    def on(*gpus: str) -> ProbeReport:
        here = report.environment.model_copy(update={"gpus": gpus})
        return report.model_copy(update={"environment": here})

    def questions(*reports: ProbeReport) -> int:
        return sum(not line.startswith(" ") for line in history_lines(reports))

    assert questions(on("NVIDIA H100, driver 570"), on("NVIDIA H100, driver 580")) == 1
    assert questions(on("NVIDIA H100, driver 570"), on("NVIDIA H200, driver 570")) == 2
    assert questions(on(), on("NVIDIA H200, driver 570")) == 2


def test_another_way_of_measuring_is_asked_anew(report: ProbeReport) -> None:
    older = report.model_copy(update={"protocol": PROTOCOL - 1})

    assert found(older) is None
    assert f"protocol: {PROTOCOL - 1} → {PROTOCOL}" in differences(older, report)


def pair_of(dice: random.Random, report: ProbeReport) -> list[ProbeReport]:
    """Two reports of one machine whose three contenders have not changed."""
    made = []
    for _ in range(2):
        pairs = [
            Paired(name, "pytorch", simulated(dice, 1.5, 3, 0.05))
            for name in ("keras-tensorflow", "keras-torch", "keras-jax")
        ]
        made.append(report.model_copy(update={"ratios": compare(pairs)}))
    return made


def test_chance_is_hardly_ever_called_a_change(report: ProbeReport) -> None:
    dice = random.Random(5)
    bare = report.model_copy(update={"default_ratios": ()})
    seen = [changes(*pair_of(dice, bare)) for _ in range(200)]

    words = [[one.word for one in changes] for changes in seen]
    assert sum(set(one) != {"no_change_seen"} for one in words) <= 2
    within = [one.low <= 1 <= one.high for found in seen for one in found]
    assert sum(within) >= 0.93 * len(within)


def test_a_large_change_is_seen_but_not_on_a_busy_machine(report: ProbeReport) -> None:
    def with_ratio(truth: float, conditions: Conditions) -> ProbeReport:
        logs = simulated(random.Random(3), truth, 3, 0.02)
        ratios = compare([Paired("keras-torch", "pytorch", logs)], conditions)
        return report.model_copy(update={"ratios": ratios, "default_ratios": ()})

    quiet, busy = Conditions(), Conditions(foreign=1.0)
    then = with_ratio(1.5, quiet)

    assert [c.word for c in changes(then, with_ratio(2.5, quiet))] == ["slower"]
    assert [c.word for c in changes(then, with_ratio(0.9, quiet))] == ["faster"]
    assert [c.word for c in changes(then, with_ratio(2.5, busy))] == ["no_change_seen"]


@pytest.mark.parametrize(
    ("factor", "word"), [(1.03, "no_change_seen"), (1.2, "slower")]
)
def test_a_certain_change_within_the_zone_is_none(
    report: ProbeReport, factor: float, word: str
) -> None:
    calm = Conditions(prior=LaunchSd(sd=0.01, freedom=60))

    def with_ratio(truth: float) -> ProbeReport:
        logs = [[math.log(truth)] * 4] * 16
        ratios = compare([Paired("keras-torch", "pytorch", logs)], calm)
        return report.model_copy(update={"ratios": ratios, "default_ratios": ()})

    (change,) = changes(with_ratio(1.5), with_ratio(1.5 * factor))

    assert change.low > 1
    assert change.word == word


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"workload": "cnn-image", "size": "L"}, "workload mlp-tabular → cnn-image"),
        ({"size": "M"}, "size S → M"),
        ({"batch": 64}, "batch 32 → 64"),
        ({"features": 21}, "example (20,) → (21,)"),
        ({"precision": "bfloat16"}, "precision float32 → bfloat16"),
    ],
    ids=str,
)
def test_different_steps_are_not_set_side_by_side(
    report: ProbeReport,
    other: dict[str, object],
    named: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    unlike = report.model_copy(update={"spec": report.spec.model_copy(update=other)})
    files = [tmp_path / "then", tmp_path / "now"]
    for file, told in zip(files, (report, unlike), strict=True):
        file.write_text(to_json(told), "utf-8")

    assert changes(report, unlike) == ()
    assert probe_command(["compare", *map(str, files)]) == 1
    said = capsys.readouterr().out
    assert "nothing is compared" in said
    assert named in said
