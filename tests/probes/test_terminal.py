"""The terminal command, where no framework has to run."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

import probes.terminal
from probes.commands import schema_text
from probes.frameworks import NEEDS, install, missing
from probes.records import ProbeReport, ProbeSpec
from probes.reports import to_json
from probes.runner import run_probe
from probes.terminal import probe_command, show
from tests.probes.stubs import run_stub

ROOT = Path(__file__).parents[2]


def test_wrong_numbers_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert probe_command(["--rows", "0", "--contenders", "pytorch,tinygrad"]) == 2

    said = capsys.readouterr().err
    assert "rows: Input should be greater than or equal to 1: 0" in said
    assert "tinygrad" in said


@pytest.mark.parametrize("percent", ["3", "15", "7.5"])
def test_what_is_of_no_interest_is_said_by_who_asks(
    percent: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOP_REPORTS", str(tmp_path))
    asked: list[ProbeSpec] = []

    async def run(spec: ProbeSpec, **_: object) -> ProbeReport:
        asked.append(spec)
        return await run_probe(spec, find_missing=lambda _: "absent")

    monkeypatch.setattr(probes.terminal, "run_probe", run)

    assert probe_command(["--json", "--zone", percent]) == 1
    assert asked[0].zone == pytest.approx(float(percent) / 100)


@pytest.mark.parametrize("percent", ["2", "16", "nan", "-5"])
def test_a_zone_that_says_nothing_is_refused(
    percent: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert probe_command(["--zone", percent]) == 2
    assert "zone: " in capsys.readouterr().err


@pytest.mark.parametrize("command", ["doctor", "history", "schema"])
def test_arguments_that_nobody_reads_are_refused(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        probe_command([command, "--json"])

    seen = capsys.readouterr()
    assert ended.value.code == 2
    assert f"probe {command}: error: unrecognized arguments: --json" in seen.err
    assert seen.out == ""


def test_a_page_that_cannot_be_written_is_refused_before_anything_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOP_REPORTS", str(tmp_path / "reports"))
    absent = tmp_path / "absent"

    assert probe_command(["--html", str(absent / "page.html")]) == 2
    assert probe_command(["--html", str(tmp_path)]) == 2

    said = capsys.readouterr().err
    assert f"page.html: there is no folder {absent}; make it" in said
    assert f"{tmp_path}: this is a folder" in said
    assert not (tmp_path / "reports").exists()


def test_table_shows_ratios_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    report = run_stub(keras_torch="raise-build")

    show(report)

    said = capsys.readouterr().out
    assert f"{report.ratios[0].ratio:.2f}" in said
    assert "OutOfCheese" in said


def test_missing_framework_is_a_result_with_the_way_out() -> None:
    report = asyncio.run(
        run_probe(ProbeSpec(), find_missing=lambda name: f"absent; {install(name)}")
    )

    assert {result.status for result in report.results} == {"not_installed"}
    assert report.ratios == ()


def test_finding_out_what_is_missing_imports_nothing() -> None:
    code = (
        "import sys; from probes.frameworks import installed, missing, NEEDS;"
        "import probes.jobs, probes.terminal, probes.pictures;"
        "installed(); [missing(name) for name in NEEDS];"
        "print([n for n in ('torch','tensorflow','keras','jax') if n in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
    )

    assert said.stdout.strip() == "[]"


def test_every_contender_has_an_install_command() -> None:
    for contender in NEEDS:
        assert install(contender).startswith("pip install ")
        assert missing(contender) is None or "pip install" in str(missing(contender))


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
@pytest.mark.framework
def test_interrupt_prints_the_verdict_so_far() -> None:
    if reason := missing("pytorch"):
        pytest.skip(reason)
    process = subprocess.Popen(
        [sys.executable, "-m", "probes", "--json", "--fresh"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    # The handler is in place once a worker runs; before that Python's own acts.
    parent = psutil.Process(process.pid)
    while not parent.children():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate()

    assert process.returncode == 130
    assert b'"stopped_early": true' in out


def test_two_reports_are_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / "then.json", tmp_path / "now.json"]
    for seed, path in enumerate(files):
        path.write_text(to_json(run_stub(ProbeSpec(seed=seed, budget_s=20))), "utf-8")

    assert probe_command(["compare", *map(str, files)]) == 0

    said = capsys.readouterr().out
    assert "keras-tensorflow over pytorch: " in said
    assert "no change seen" in said
    assert "also different: spec seed: 0 → 1" in said


def test_a_file_that_is_no_report_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.json"
    path.write_text("Dear all", "utf-8")

    assert probe_command(["compare", str(path), str(path)]) == 2
    assert probe_command(["compare", str(tmp_path / "none"), str(path)]) == 2

    said = capsys.readouterr().err
    assert "letter.json: report: Invalid JSON" in said
    assert "none: No such file" in said


def test_schema_describes_every_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert probe_command(["schema"]) == 0

    schema = json.loads(capsys.readouterr().out)
    fields = json.loads(to_json(run_stub()))
    assert set(fields) <= set(schema["properties"])
    assert schema["additionalProperties"] is False


def test_shipped_schema_is_that_of_the_records() -> None:
    shipped = (ROOT / "probes" / "report.schema.json").read_text("utf-8")

    assert shipped == schema_text(), (
        "python -m probes schema > probes/report.schema.json"
    )
