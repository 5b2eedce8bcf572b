"""The default track: its turn in a probe, its verdicts, and what it says."""

import asyncio
import random
from html import escape

import pytest

from probes.compare import changes
from probes.compare import sentence as changed
from probes.conditions import Conditions
from probes.default_track import ROUNDS, SHARE, allowed
from probes.default_words import (
    WAYS,
    default_lines,
    default_rows,
    default_sentence,
    first_steps,
    overhead_sentence,
    settings,
    written,
)
from probes.page import lines, report_html
from probes.records import Contender, Measured, ProbeReport, ProbeSpec
from probes.reports import from_json, judged, to_json
from probes.spec import Way
from probes.tracks import default_ratios
from probes.ways import WayTimes
from probes.words import Language
from probes.words import sentence as sentence_of
from tests.probes.stubs import stub_command, stub_probe

LANGUAGES: tuple[Language, ...] = ("en", "zh")
EVERY_WAY = [words for known in WAYS.values() for words in known.values()]


def run_quick(
    spec: ProbeSpec, phases: list[str] | None = None, **behaviours: str
) -> ProbeReport:
    """Steps so short that a share of a probe of stubs is enough for epochs."""
    seen = [] if phases is None else phases

    def quick(contender: Contender) -> list[str]:
        *start, step_s = stub_command(**behaviours)(contender)
        return [*start, str(float(step_s) / 100)]

    async def probe() -> ProbeReport:
        return await stub_probe(
            spec,
            command=quick,
            on_progress=lambda progress: seen.append(progress.phase),
        )

    return asyncio.run(probe())


@pytest.fixture(scope="module")
def report() -> ProbeReport:
    return run_quick(ProbeSpec(variants=True, budget_s=40), pytorch="loops")


def test_ratios_of_a_track_are_of_that_track_alone(report: ProbeReport) -> None:
    assert {ratio.track for ratio in report.ratios} == {"matched"}
    assert {ratio.track for ratio in report.default_ratios} == {"default"}
    assert {ratio.baseline_way for ratio in report.default_ratios} == {"loader"}


def test_every_way_is_compared_with_the_baselines_documented_one(
    report: ProbeReport,
) -> None:
    found = {(r.contender, r.way): r for r in report.default_ratios}

    assert set(found) == {
        ("pytorch", "slices"),
        ("pytorch-fused", "fit"),
        ("pytorch-fused", "fit-16"),
        ("keras-tensorflow", "fit"),
        ("keras-tensorflow", "fit-16"),
        ("keras-tensorflow-xla", "fit"),
        ("keras-tensorflow-xla", "fit-16"),
        ("keras-torch", "fit"),
        ("keras-torch", "fit-16"),
    }
    assert found["pytorch", "slices"].high < 1
    assert found["keras-tensorflow", "fit"].low > 1
    assert found["keras-tensorflow", "fit"].ratio == pytest.approx(2, rel=0.1)
    assert found["keras-torch", "fit"].low < 1 < found["keras-torch", "fit"].high


def with_epochs(one: Measured, *ways: tuple[Way, float]) -> Measured:
    """A contender whose epochs of four launches took so long, each way."""
    dice = random.Random(one.contender)
    launches = tuple(1 + number // 5 for number in range(20))
    return one.model_copy(
        update={
            "ways": tuple(
                WayTimes(
                    way=way,
                    rows=320,
                    steps=10,
                    seconds=tuple(s * dice.lognormvariate(0, 0.02) for _ in launches),
                    launches=launches,
                    rounds=tuple(range(1, 21)),
                )
                for way, s in ways
            )
        }
    )


def test_words_are_held_to_one_percent_over_a_track(report: ProbeReport) -> None:
    base, *_, other = (r for r in report.results if isinstance(r, Measured))
    one = with_epochs(base, ("loader", 1.0))
    two = with_epochs(other, ("fit", 1.5))
    three = with_epochs(other, ("fit", 1.5), ("fit-16", 1.01), ("fit-loader", 1.02))

    (alone,) = default_ratios([one, two], Conditions(), None)
    first, second, third = default_ratios([one, three], Conditions(), None)

    assert alone.word == first.word == "slower"
    assert not {second.word, third.word} & {"slower", "faster"}
    assert first.strict_high is not None
    assert alone.strict_high is not None
    assert first.strict_high > alone.strict_high
    assert default_ratios([one, two], Conditions(), frozenset({1}))[0].launches == 1


def test_reports_are_compared_track_by_track(report: ProbeReport) -> None:
    found = changes(report, report)

    assert [change.now for change in found] == [
        *report.ratios,
        *report.default_ratios,
    ]
    assert {change.word for change in found} == {"no_change_seen"}
    assert "pytorch, slices over pytorch, loader: " in changed(
        found[len(report.ratios)]
    )


def test_variants_come_after_who_was_asked_for() -> None:
    asked = ProbeSpec(contenders=("keras-tensorflow", "pytorch", "pytorch-fused"))

    assert asked.everybody() == asked.contenders
    assert asked.model_copy(update={"variants": True}).everybody() == (
        *asked.contenders,
        "keras-tensorflow-xla",
    )


def test_epochs_of_other_lengths_are_not_compared(report: ProbeReport) -> None:
    base, *_, other = (r for r in report.results if isinstance(r, Measured))
    one = with_epochs(base, ("loader", 1.0))
    two = with_epochs(other, ("fit", 1.5))
    longer = two.ways[0].model_copy(update={"rows": 640})

    assert not default_ratios(
        [one, two.model_copy(update={"ways": (longer,)})], Conditions(), None
    )


def test_epochs_of_one_round_are_pairs(report: ProbeReport) -> None:
    ways = [w for r in report.results if isinstance(r, Measured) for w in r.ways]

    assert {way.rounds for way in ways} == {ways[0].rounds}
    assert {way.rows for way in ways} == {ways[0].rows}
    assert sorted(ways[0].rounds) == list(range(1, len(ways[0].rounds) + 1))
    assert ways[0].rounds.count(1) == 1


def test_documented_way_costs_more_than_the_bare_step(report: ProbeReport) -> None:
    first = report.overheads[0]

    assert (first.contender, first.way) == ("pytorch", "loader")
    assert first.low < 0.8e-5 < first.high
    assert first.bare_s == pytest.approx(1e-5, rel=0.05)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_mixes_the_tracks(report: ProbeReport, language: Language) -> None:
    said = lines(report, language)

    for ratio in report.default_ratios:
        sentence = default_sentence(ratio, report, language)
        assert sentence in said
        assert f"{ratio.epoch_rows:,}" in sentence
        assert all(text in sentence for text in written(ratio, language))
    for ratio in report.ratios:
        assert not any(way in sentence_of(ratio, report, language) for way in EVERY_WAY)
    page = report_html(report, language)
    cells = [cell for row in default_rows(report, language) for cell in row]
    for ratio in report.default_ratios:
        assert f"{ratio.ratio:.2f}" in cells
    assert all(escape(cell) in page for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_overheads_first_steps_and_settings_are_said(
    report: ProbeReport, language: Language
) -> None:
    said = lines(report, language)

    assert set(default_lines(report, language)) < set(said)
    assert overhead_sentence(report.overheads[0], language) in said
    assert [*first_steps(report, language)]
    assert "jit_compile=False" in next(settings(report, language))


def test_verdicts_are_worked_out_again_from_raw_times(report: ProbeReport) -> None:
    lies = {"default_ratios": report.default_ratios[:1], "overheads": ()}

    assert judged(report.model_copy(update=lies)) == report
    assert from_json(to_json(report)) == report


def test_matched_rounds_come_first_and_lose_nothing() -> None:
    phases: list[str] = []

    told = run_quick(ProbeSpec(budget_s=40), phases)

    first = [phase for phase in phases if "launch 1, round" in phase]
    matched = [phase.startswith("measuring") for phase in first]

    assert matched == sorted(matched, reverse=True)
    assert not all(matched)
    assert told.ratios[0].launches >= 3
    fitted = next(r for r in told.default_ratios if r.contender == "keras-torch")
    assert fitted.launches >= 2
    assert fitted.rounds <= 2 * ROUNDS * fitted.launches


def test_tuned_ways_wait_until_the_question_is_settled() -> None:
    pair = ProbeSpec(contenders=("pytorch", "keras-tensorflow"), budget_s=60)
    told = run_quick(pair)

    assert told.ratios[0].word == "slower"
    base, other = told.results
    assert isinstance(base, Measured)
    assert isinstance(other, Measured)
    assert [way.way for way in other.ways] == ["fit", "fit-16"]
    assert set(other.ways[1].launches) == {max(base.launches)}


@pytest.mark.parametrize("behaviour", ["skips", "killed-epoch", "idle"])
def test_failing_epochs_cost_a_contender_its_default_track_only(
    behaviour: str,
) -> None:
    told = run_quick(ProbeSpec(budget_s=40), keras_tensorflow=behaviour)

    assert len(told.ratios) == 2
    assert {r.contender for r in told.default_ratios} <= {"pytorch", "keras-torch"}
    assert any("keras-tensorflow: epochs (fit)" in said for said in told.warnings)


@pytest.mark.parametrize(
    ("elapsed_s", "spent_s", "left_s", "cost_s", "done", "seconds"),
    [
        (20, 0, 100, 20, 1, SHARE * 20),
        (40, 5, 100, 20, 2, SHARE * 40 - 5),
        (30, 0, 60, 30, 1, 0),
        (30, 0, 64, 30, 1, 4),
        (48, 0, 42, 33, 1, 9),
        (60, 0, 30, 25, 3, 5),
    ],
)
def test_no_launch_that_is_owed_is_lost(
    elapsed_s: float,
    spent_s: float,
    left_s: float,
    cost_s: float,
    done: int,
    seconds: float,
) -> None:
    found = allowed(elapsed_s, spent_s, left_s, cost_s, done)

    assert found == pytest.approx(seconds)
