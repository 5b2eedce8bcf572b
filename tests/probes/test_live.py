"""The table while a probe runs, and Ctrl-C once and twice."""

import io
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from rich.console import Console

from probes.live import live_table, shown_live
from probes.records import ProbeSpec, Progress, Ratio
from probes.terminal import probe_command
from probes.words import Language

ROOT = Path(__file__).parents[2]
SPEC = ProbeSpec(contenders=("pytorch", "keras-tensorflow", "keras-torch"))


def progress(low: float, high: float) -> Progress:
    ratio = Ratio(
        contender="keras-tensorflow",
        baseline="pytorch",
        ratio=(low * high) ** 0.5,
        low=low,
        high=high,
        rounds=8,
        word="slower",
        zone=0.05,
    )
    phase = "measuring, launch 2, round 3"
    return Progress(fraction=0.4, phase=phase, remaining_s=51, ratios=(ratio,))


def drawn(seen: Progress, language: Language = "en") -> str:
    paper = Console(file=io.StringIO(), width=100)
    with paper.capture() as said:
        paper.print(live_table(SPEC, seen, language))
    return said.get()


def test_intervals_narrow_before_the_eye() -> None:
    wide, narrow = drawn(progress(1.0, 4.0)), drawn(progress(1.8, 2.2))

    assert "1.00-4.00" in wide
    assert "69%" in wide
    assert "1.80-2.20" in narrow
    assert "10%" in narrow
    assert "measuring, launch 2, round 3 · 40% · 51 s left" in narrow
    assert "…" in narrow, "keras-torch has no ratio yet"


def test_the_table_speaks_chinese() -> None:
    said = drawn(progress(1.8, 2.2), "zh")

    assert "计时：第 2 次启动，第 3 轮 · 40% · 51 秒剩余" in said
    assert "更慢" in said


def test_no_table_where_nobody_looks(capfd: pytest.CaptureFixture[str]) -> None:
    with shown_live(SPEC, "en", quiet=False) as tell:
        tell(progress(1.8, 2.2))

    assert capfd.readouterr().err == ""


WAITING = """
import signal, subprocess, sys, time
from probes.live import interruptible
children = [subprocess.Popen(["sleep", "600"], start_new_session=True) for _ in "ab"]
children[0].send_signal(signal.SIGSTOP)
with interruptible(lambda: None, "en"):
    print(*(child.pid for child in children), flush=True)
    time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_a_second_interrupt_ends_at_once_and_leaves_no_orphan() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    pids = [int(pid) for pid in process.stdout.readline().split()]
    process.send_signal(signal.SIGINT)
    assert process.stderr.readline() == "\n"
    assert "Ctrl-C again ends at once" in process.stderr.readline()
    assert process.poll() is None

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=20) == 130
    process.communicate()
    alive = [pid for pid in pids if psutil.pid_exists(pid)]
    assert all(psutil.Process(p).status() == psutil.STATUS_ZOMBIE for p in alive)


def test_help_says_what_each_exit_status_means(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        probe_command(["--help"])

    said = capsys.readouterr().out
    assert "exit status:" in said
    assert all(f"\n  {status:<4} " in said for status in (0, 1, 2, 130))
