"""One probe from start to report, with workers that misbehave in every way."""

import asyncio
import contextlib
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from statistics import median

import psutil
import pytest

from probes.cores import usable_cores
from probes.page import STOPPED, lines
from probes.records import Measured, NotMeasured, ProbeReport, ProbeSpec, Progress
from tests.probes.stubs import (
    BRIEF,
    STEP_S,
    TRIO,
    run_stub,
    stub_command,
    stub_probe,
    undisturbed,
)

ROOT = Path(__file__).parents[2]


def only_one_failed(report: ProbeReport) -> NotMeasured:
    first, broken, last = report.results
    assert isinstance(first, Measured)
    assert isinstance(last, Measured)
    assert isinstance(broken, NotMeasured)
    assert [ratio.contender for ratio in report.ratios] == ["keras-torch"]
    return broken


def no_children() -> bool:
    return not psutil.Process().children(recursive=True)


def test_good_workers_are_all_compared() -> None:
    report = run_stub()

    tensorflow, torch = report.ratios
    assert tensorflow.word == "slower"
    assert tensorflow.low < 2 < tensorflow.high
    assert torch.word in ("undecided", "no_difference")
    assert not report.stopped_early
    assert tensorflow.launches >= 2
    assert no_children()


@pytest.mark.parametrize("phase", ["load", "build", "block", "fit", "predict"])
def test_crash_in_any_phase_leaves_the_others(phase: str) -> None:
    broken = only_one_failed(run_stub(keras_tensorflow=f"raise-{phase}"))

    assert broken.status == "crashed"
    assert "OutOfCheese: the third line says why" in broken.reason


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("killed-build", "SIGKILL"),
        ("killed-block", "SIGKILL"),
        ("garbage-load", "not one of ours"),
        ("endless-load", "wrote without end"),
        ("backwards", "time that is not one"),
        ("dies-late", "MemoryError: late"),
    ],
)
def test_broken_worker_ends_only_itself(behaviour: str, words: str) -> None:
    broken = only_one_failed(run_stub(keras_tensorflow=behaviour))

    assert broken.status == "crashed"
    assert words in broken.reason
    assert no_children()


def test_failed_gate_is_not_timed_and_gives_its_numbers() -> None:
    broken = only_one_failed(run_stub(keras_tensorflow="wrong"))

    assert broken.status == "gate_failed"
    assert "gradients differ by 5.0e-01 (limit 1e-04)" in broken.reason
    assert broken.gate is not None


@pytest.mark.parametrize("phase", ["fit", "predict"])
def test_rounds_count_even_if_the_rest_hangs(phase: str) -> None:
    report = run_stub(limit_s=1, keras_tensorflow=f"hang-{phase}")

    assert [ratio.contender for ratio in report.ratios] == list(TRIO[1:])
    assert any("within 1 s" in warning for warning in report.warnings)
    assert no_children()


def test_other_device_is_refused_a_common_verdict_and_told_why() -> None:
    report = run_stub(keras_tensorflow="device")

    assert [ratio.contender for ratio in report.ratios] == ["keras-torch"]
    assert any(
        "keras-tensorflow ran on cuda, pytorch on cpu: not comparable" in warning
        for warning in report.warnings
    )


def test_processor_seconds_stand_beside_wall_seconds() -> None:
    result = run_stub().results[0]

    assert isinstance(result, Measured)
    assert result.cpu_step_s == pytest.approx(
        0.75 * usable_cores() * median(result.block_seconds), rel=0.01
    )


def test_hanging_worker_costs_its_own_time_only() -> None:
    report = run_stub(limit_s=1, keras_tensorflow="hang-build")

    assert only_one_failed(report).status == "out_of_time"


def test_deadline_ends_the_probe_and_its_processes() -> None:
    report = run_stub(ProbeSpec(budget_s=5), pytorch="hang-load")

    assert report.stopped_early
    assert {result.status for result in report.results} == {"out_of_time"}
    assert lines(report)[-1].startswith("The 5 s given were over before all was done")
    assert no_children()


def test_broken_baseline_hands_its_place_on() -> None:
    report = run_stub(pytorch="raise-build")

    assert [ratio.baseline for ratio in report.ratios] == ["keras-tensorflow"]
    assert any("pytorch was not measured" in warning for warning in report.warnings)


def test_missing_program_is_a_reason() -> None:
    async def probe() -> ProbeReport:
        return await stub_probe(BRIEF, command=lambda _: ["/no/such/program"])

    report = asyncio.run(probe())

    assert {result.status for result in report.results} == {"crashed"}


def test_stop_gives_the_verdict_so_far() -> None:
    async def probe() -> ProbeReport:
        stop = asyncio.Event()

        def tell(progress: Progress) -> None:
            if progress.ratios:
                stop.set()

        return await stub_probe(BRIEF, on_progress=tell, stop=stop)

    report = asyncio.run(probe())

    assert report.stopped_early
    assert lines(report)[-1] == STOPPED["en"]
    assert len(report.ratios) == 2
    assert no_children()


def test_cancelling_kills_every_worker() -> None:
    async def probe() -> None:
        started = asyncio.Event()
        task = asyncio.create_task(
            stub_probe(BRIEF, on_progress=lambda _: started.set())
        )
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(probe())

    assert no_children()


def test_progress_only_grows() -> None:
    seen: list[Progress] = []

    asyncio.run(stub_probe(BRIEF, on_progress=seen.append))

    fractions = [progress.fraction for progress in seen]
    assert fractions == sorted(fractions)
    assert all(progress.remaining_s <= 90 for progress in seen)


def test_every_contender_has_the_same_rounds() -> None:
    report = run_stub()
    timed = [result for result in report.results if isinstance(result, Measured)]

    assert [result.contender for result in timed] == list(TRIO)
    assert len({result.launches for result in timed}) == 1
    assert all(len(r.launches) == len(r.block_seconds) for r in timed)


@pytest.mark.skipif(sys.platform != "linux", reason="parent death signal is Linux's")
@pytest.mark.parametrize("suspended", [False, True], ids=["running", "suspended"])
def test_worker_dies_with_its_parent(suspended: bool, tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    try:
        child = psutil.Process(int(parent.stdout.readline()))
        if suspended:
            child.suspend()
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()

    _, alive = psutil.wait_procs([child], timeout=30)
    assert not alive


PARENT = textwrap.dedent(
    """
    import asyncio, pathlib, sys
    from probes.child import Child, surroundings

    async def main():
        folder = pathlib.Path(sys.argv[1])
        command = [sys.executable, "-m", "probes.worker", "pytorch"]
        env = surroundings("pytorch", folder, 1)
        child = await Child.start(command, folder, env, "w")
        # An answer shows that the worker is past its first lines.
        await child.ask("load", 60, spec={})
        print(child.pid, flush=True)
        await asyncio.sleep(3600)

    asyncio.run(main())
    """
)


def test_stub_commands_name_the_contender() -> None:
    assert stub_command(pytorch="wrong")("pytorch")[-2:] == ["wrong", "0.001"]


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("threads", "it uses 99 threads"),
        ("precision", "'high' precision, not float32"),
        ("discarded", "nothing was compiled"),
        ("recompiles", "compiled anew while it was timed"),
        ("unwaited", "before the work was done"),
        ("idle-step", "steps were asked for"),
        ("strays", "way of timed blocks differ by 3.0e-01 (limit 1e-02)"),
        ("draws", "weights and batches are not those of the others"),
    ],
)
def test_unequal_conditions_are_not_comparable(behaviour: str, words: str) -> None:
    broken = only_one_failed(run_stub(keras_tensorflow=behaviour))

    assert broken.status == "gate_failed"
    assert words in broken.reason


def test_a_step_faster_than_the_machine_is_not_compared() -> None:
    report = run_stub(keras_tensorflow="roofline")

    assert [ratio.contender for ratio in report.ratios] == ["keras-torch"]
    assert any("matrix product" in warning for warning in report.warnings)


def test_control_times_the_baseline_against_itself() -> None:
    report = run_stub(ProbeSpec(control=True))

    assert report.control is not None
    assert report.control.contender == "pytorch"
    assert report.control.ratio == pytest.approx(1, abs=0.05)
    assert len(report.control.block_seconds) == len(report.results[0].block_seconds)  # type: ignore[union-attr]
    assert [ratio.contender for ratio in report.ratios] == list(TRIO[1:])
    assert no_children()


def test_settled_means_in_every_launch() -> None:
    report = run_stub(keras_tensorflow="restless-first")

    first, restless, _ = report.results
    assert isinstance(first, Measured)
    assert isinstance(restless, Measured)
    assert max(restless.launches) > 1
    assert first.steady
    assert not restless.steady
    assert any("keras-tensorflow did not settle" in said for said in report.warnings)


def test_history_of_the_machine_is_learnt() -> None:
    history = [undisturbed(run_stub(ProbeSpec(seed=seed))) for seed in range(2)]

    async def again() -> ProbeReport:
        return await stub_probe(BRIEF, history=history)

    report = asyncio.run(again())

    assert report.launch_sd is not None
    assert report.launch_sd.freedom > 4
    first, then = (one.ratios[0] for one in (history[0], report))
    assert then.high / then.low < first.high / first.low


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_worker_killed_between_two_answers_ends_alone(loop: str) -> None:
    if loop == "uvloop":
        pytest.importorskip("uvloop")

    def kill(progress: Progress) -> None:
        if progress.phase.endswith("round 4"):
            for child in psutil.Process().children(recursive=True):
                if child.cmdline()[-1] == str(STEP_S["keras-tensorflow"]):
                    child.kill()
                    with contextlib.suppress(psutil.NoSuchProcess):
                        while child.status() != psutil.STATUS_ZOMBIE:
                            time.sleep(0.01)

    async def disturbed() -> ProbeReport:
        return await stub_probe(BRIEF, on_progress=kill)

    if loop == "uvloop":
        import uvloop

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            report = runner.run(disturbed())
    else:
        report = asyncio.run(disturbed())

    assert "SIGKILL" in only_one_failed(report).reason
    assert no_children()
