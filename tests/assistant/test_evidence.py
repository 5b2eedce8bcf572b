"""What a measurement adds, when it applies and when it does not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.profile import Profile
from assistant.recommendation import Engine
from knowledge.records import Framework
from probes.records import Environment, ProbeReport, ProbeSpec, Ratio

TABLES = Profile.model_validate({"modality": "tabular", "experience": "none"})


def ratio(contender: str, low: float, middle: float, high: float, word: str) -> Ratio:
    given: dict[str, Any] = {
        "contender": contender,
        "baseline": "pytorch",
        "ratio": middle,
        "low": low,
        "high": high,
        "rounds": 15,
        "word": word,
        "zone": 0.05,
    }
    return Ratio.model_validate(given)


def report(*ratios: Ratio, id: str = "0123456789abcdef", day: int = 23) -> ProbeReport:
    machine = Environment(
        system="Linux",
        machine="x86_64",
        processor="any",
        cores=2,
        memory_bytes=10**9,
        python="3.11",
    )
    return ProbeReport(
        id=id,
        spec=ProbeSpec(),
        environment=machine,
        started_at=datetime(2026, 11, day, tzinfo=UTC),
        duration_s=60,
        results=(),
        ratios=ratios,
    )


SLOWER = ratio("keras-tensorflow", 2.1, 2.4, 2.8, "slower")
SAME = ratio("keras-tensorflow", 0.97, 1.0, 1.03, "no_difference")
UNSURE = ratio("keras-tensorflow", 0.84, 0.9, 1.1, "undecided")
TORCH_SLOW = ratio("keras-torch", 2.79, 3.04, 3.3, "slower")


def test_a_slower_keras_moves_points_to_pytorch(engine: Engine) -> None:
    before = engine.recommend(TABLES)

    after = engine.recommend(TABLES, reports=[report(SLOWER)])

    assert before.witnesses.measured == "not_measured"
    assert after.witnesses.measured == "pytorch"
    line = next(one for one in after.reasons if one.basis == "measured")
    assert (line.toward, line.points) == (Framework.PYTORCH, 2)
    assert "2.40 times" in line.because
    assert after.evidence[0].used


def test_a_measurement_replaces_the_belief_about_speed(engine: Engine) -> None:
    profile = Profile.model_validate({"modality": "tabular", "hardware": "cpu"})

    rules = {
        one.rule for one in engine.recommend(profile, reports=[report(SLOWER)]).reasons
    }

    assert "small-steps-on-cpu" not in rules
    assert "small-steps-on-cpu" in {
        one.rule for one in engine.recommend(profile).reasons
    }


@pytest.mark.parametrize("inside", [SAME, UNSURE], ids=["same", "unsure"])
def test_within_the_zone_nothing_changes(engine: Engine, inside: Ratio) -> None:
    before = engine.recommend(TABLES)

    after = engine.recommend(TABLES, reports=[report(inside)])

    assert (after.framework, after.stack) == (before.framework, before.stack)
    assert (after.margin, after.reasons) == (before.margin, before.reasons)


def test_a_clear_gap_between_keras_stacks_counts_for_the_stack(engine: Engine) -> None:
    after = engine.recommend(TABLES, reports=[report(UNSURE, TORCH_SLOW)])

    line = next(one for one in after.reasons if one.basis == "measured")
    assert line.toward == "keras-tensorflow"
    assert line.points == 2
    assert after.margin == engine.recommend(TABLES).margin


@pytest.mark.parametrize(
    "elsewhere",
    [{"modality": "image"}, {"modality": "text"}],
    ids=["pictures", "text"],
)
def test_tables_say_nothing_about_other_data(
    engine: Engine, elsewhere: dict[str, Any]
) -> None:
    advice = engine.recommend(
        Profile.model_validate(elsewhere), reports=[report(SLOWER)]
    )

    assert not advice.evidence[0].used
    assert advice.witnesses.measured == "not_measured"


def test_the_newest_report_counts_and_the_older_is_named(engine: Engine) -> None:
    old = report(SAME, id="f" * 16, day=1)

    advice = engine.recommend(TABLES, reports=[old, report(SLOWER)])

    assert [note.used for note in advice.evidence] == [True, False]
    assert advice.witnesses.measured == "pytorch"


def test_more_certainty_is_never_worth_less(engine: Engine) -> None:
    points = []
    for low in (1.06, 1.4, 1.6, 2.9, 3.1, 9.0):
        measured = report(ratio("keras-tensorflow", low, low + 1, low + 2, "slower"))
        reasons = engine.recommend(TABLES, reports=[measured]).reasons
        points.append(next(r.points for r in reasons if r.basis == "measured"))

    assert points == sorted(points)
