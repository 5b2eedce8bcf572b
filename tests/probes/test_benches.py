"""The benchmarks' own book-keeping: runs are kept, gone on with, and counted right."""

import json
from pathlib import Path

import pytest

from tests.bench_probes import ALL, BENCHES, main
from tests.benches.honesty import aa
from tests.benches.ledger import Ledger
from tests.benches.table import verdict
from tests.probes.stubs import run_stub


def test_a_run_is_measured_once_and_a_cut_line_again(tmp_path: Path) -> None:
    path, made = tmp_path / "x.jsonl", []

    def measure() -> dict[str, object]:
        made.append(1)
        return {"seen": len(made)}

    for _ in range(2):
        assert Ledger(path, {"budget": 1}).run("a/0", measure) == {"seen": 1}
    Ledger(path, {"budget": 1}).run("a/1", measure)
    path.write_text(path.read_text("utf-8")[:-30], "utf-8")

    assert Ledger(path, {"budget": 1}).run("a/1", measure) == {"seen": 3}
    assert Ledger(path, {"budget": 2}).run("a/0", measure) == {"seen": 4}


def test_no_run_is_begun_once_the_time_is_up(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "x.jsonl", {}, ends=0.0)

    assert ledger.run("a/0", lambda: {}) is None
    assert ledger.stopped


@pytest.mark.parametrize(
    ("good", "count", "said"),
    [
        (20, 20, "kept"),
        (19, 20, "kept"),
        (18, 20, "NOT KEPT"),
        (5, 5, "15 runs to go"),
        (3, 5, "NOT KEPT"),
    ],
)
def test_too_few_runs_are_no_verdict_unless_lost_already(
    good: int, count: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    is_kept = verdict("found", good, count, least=19, wanted=20)

    shown = capsys.readouterr().out
    assert shown == f"found: {good} of {count} (limit: 19 of 20): {said}\n"
    assert is_kept == (said == "kept")


def test_a_direction_between_equals_breaks_the_limit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run_stub()
    kept = report.model_dump(mode="json") | {"foreign_cores": 0.0, "launch_foreign": []}
    path = tmp_path / "aa.jsonl"
    Ledger(path, {"budget": 20}).run("pytorch/0", lambda: {"report": kept})

    assert report.ratios[0].ratio > 1.5
    assert not aa(Ledger(path, {"budget": 20}), 1, "pytorch")
    assert "no direction: 0 of 1 (limit: 1 of 1): NOT KEPT" in capsys.readouterr().out


@pytest.mark.parametrize("what", [*BENCHES, ALL])
def test_every_benchmark_stops_by_itself(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([what, "--minutes", "0", "--results", str(tmp_path)]) == 3

    assert "goes on from here" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_a_line_says_under_what_it_was_measured(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    Ledger(path, {"budget": 1}).run("a", lambda: {})

    under = json.loads(path.read_text("utf-8"))["under"]
    assert under["settings"] == {"budget": 1}
    assert {"environment", "versions"} <= set(under)
