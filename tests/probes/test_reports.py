"""Reports read back, stored, spoken and drawn."""

import json
import os
import time
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from probes.curves import (
    growth_svg,
    growth_table,
    training_svg,
    training_table,
)
from probes.page import lines, report_html, tables
from probes.pictures import ratio_svg, table_heads, table_rows
from probes.projection import project
from probes.records import LaunchSd, Measured, ProbeReport
from probes.reports import ReportError, from_json, judged, to_json
from probes.schedule import half_width
from probes.shapes import flops_of, shape_of
from probes.store import OLD_S, ReportStore
from probes.words import Language, projection, sentence
from tests.probes.stubs import run_stub, undisturbed

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@pytest.fixture(scope="module")
def report() -> ProbeReport:
    return undisturbed(run_stub())


def test_report_survives_the_round_trip(report: ProbeReport) -> None:
    assert from_json(to_json(report)) == report


def test_verdict_is_never_believed(report: ProbeReport) -> None:
    lie = report.ratios[0].model_copy(update={"ratio": 99.0, "word": "faster"})

    assert judged(report.model_copy(update={"ratios": (lie,)})) == report


def test_unequal_rounds_are_not_compared(report: ProbeReport) -> None:
    first, *others = report.results
    assert isinstance(first, Measured)
    short = first.model_copy(update={"block_seconds": first.block_seconds[:-1]})

    assert judged(report.model_copy(update={"results": (short, *others)})).ratios == ()


def test_another_device_is_not_compared(report: ProbeReport) -> None:
    first, *others = report.results
    moved = first.model_copy(update={"device": "cuda"})

    assert judged(report.model_copy(update={"results": (moved, *others)})).ratios == ()


def disturbed(report: ProbeReport, *cores: float) -> ProbeReport:
    """As if others had used so many cores in its launches, and slowed the second."""
    results = []
    for one in report.results:
        assert isinstance(one, Measured)
        launches = tuple(
            1 + place * len(cores) // len(one.block_seconds)
            for place in range(len(one.block_seconds))
        )
        slowed = 9.0 if one is report.results[0] else 1.0
        seconds = tuple(
            s * (slowed if launch == 2 else 1.0)
            for s, launch in zip(one.block_seconds, launches, strict=True)
        )
        changes = {"launches": launches, "block_seconds": seconds}
        results.append(one.model_copy(update=changes))
    spread = {"results": tuple(results), "launch_foreign": cores, "control": None}
    return judged(report.model_copy(update=spread))


def test_a_launch_beside_others_work_is_kept_but_not_counted(
    report: ProbeReport,
) -> None:
    told = disturbed(report, 0.0, 1.0, 0.0)

    assert told.ratios[0].launches == 2
    assert told.ratios[0].ratio == pytest.approx(2, rel=0.1)
    assert len(told.results[0].block_seconds) == len(  # type: ignore[union-attr]
        report.results[0].block_seconds  # type: ignore[union-attr]
    )


def test_nothing_is_said_where_only_one_launch_was_left_alone(
    report: ProbeReport,
) -> None:
    told = disturbed(report, 0.0, report.environment.cores * 0.9)

    assert {ratio.word for ratio in told.ratios} == {"undecided"}


def test_failed_gate_numbers_are_not_compared(report: ProbeReport) -> None:
    first, second, third = report.results
    assert isinstance(second, Measured)
    gate = second.gate.model_copy(update={"gradients": 1.0})
    wrong = second.model_copy(update={"gate": gate})

    found = judged(report.model_copy(update={"results": (first, wrong, third)})).ratios

    assert [ratio.contender for ratio in found] == ["keras-torch"]


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "{" * 10_000, '{"id": 1}', "x" * (2**20 + 1)],
    ids=["empty", "object", "list", "null", "deep", "id", "long"],
)
def test_foreign_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ReportError, match=r"^\S+: .+"):
        from_json(text)


@pytest.mark.parametrize("seconds", [0, -1, 1e9, float("inf"), "fast"])
def test_impossible_times_are_refused(report: ProbeReport, seconds: object) -> None:
    fields = json.loads(to_json(report))
    fields["results"][0]["block_seconds"][0] = seconds

    with pytest.raises(ReportError):
        from_json(json.dumps(fields))


FORGED: list[tuple[str, object]] = [
    ("environment.cores", 10**400),
    ("environment.memory_bytes", 10**400),
    ("environment.processor", "x" * 5_000),
    ("environment.hostname", "ada-laptop"),
    ("results.0.step_flops", 10**400),
    ("results.0.peak_bytes", 10**400),
    ("results.0.epochs.0.rows", 10**400),
    ("results.0.block_seconds", [1.0] * 100_000),
    ("results.0.block_seconds.0", float("nan")),
    ("results.0.status", "<script>" * 1_000),
    ("results.0.gate.outputs", float("inf")),
    ("results", []),
    ("ratios.0.ratio", float("nan")),
    ("schema_version", 2),
    ("started_at", "yesterday"),
    ("started_at", "2026-11-01T12:00:00"),
    ("started_at", "2826-11-01T12:00:00Z"),
    ("user", "ada"),
]
"""Fields of a report, each with what a hostile one might say there."""


@pytest.mark.parametrize(("place", "value"), FORGED, ids=lambda one: str(one)[:40])
def test_forged_report_is_refused_or_shown_whole(
    report: ProbeReport, place: str, value: object
) -> None:
    """Neither a fault of ours nor a value that reckoning would choke on."""
    fields = json.loads(to_json(report))
    *way, last = place.split(".")
    inside = fields
    for step in way:
        inside = inside[int(step)] if step.isdigit() else inside[step]
    inside[int(last) if last.isdigit() else last] = value

    if place == "results":
        assert from_json(json.dumps(fields)).ratios == ()
        return
    with pytest.raises(ReportError) as refused:
        from_json(json.dumps(fields))

    assert len(str(refused.value)) <= 300


def test_a_report_from_a_day_to_come_is_refused_in_a_sentence(
    report: ProbeReport,
) -> None:
    """A clock that is somewhat ahead is not the day's."""
    now = datetime.now(UTC)
    ahead, wrong = (
        report.model_copy(update={"started_at": now + later})
        for later in (timedelta(hours=20), timedelta(days=3))
    )

    assert from_json(to_json(ahead)) == ahead
    with pytest.raises(ReportError, match=r"^started_at: .*yet to come"):
        from_json(to_json(wrong))


def test_sentence_says_how_sure_it_is(report: ProbeReport) -> None:
    ratio = report.ratios[0]
    said = sentence(ratio, report)

    assert said.startswith("Keras on TensorFlow takes ")
    assert f"{ratio.low:.2f}-{ratio.high:.2f}" in said
    assert "batch 32" in said
    assert f"{ratio.ratio:.2f}" in sentence(ratio, report, "zh")


def test_projection_calls_itself_an_estimate(report: ProbeReport) -> None:
    result = report.results[0]
    assert isinstance(result, Measured)

    assert projection(result, report).startswith("Estimate: one epoch of 10,000 rows")
    assert projection(result, report, "zh").startswith("估计")


@pytest.mark.parametrize("language", LANGUAGES)
def test_picture_and_table_hold_the_same_numbers(
    report: ProbeReport, language: Language
) -> None:
    picture = ET.fromstring(ratio_svg(report, language))
    text = " ".join(picture.itertext())
    cells = [cell for row in table_rows(report, language) for cell in row]

    assert picture.attrib["role"] == "img"
    assert picture[0].tag.endswith("title")
    for ratio in report.ratios:
        assert f"{ratio.ratio:.2f}" in text
        assert f"{ratio.ratio:.2f}" in cells
    assert {len(row) for row in table_rows(report, language)} == {
        len(table_heads(language))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_compare_is_still_a_picture(language: Language) -> None:
    failed = run_stub(
        pytorch="raise-load", keras_tensorflow="wrong", keras_torch="raise-load"
    )

    ET.fromstring(ratio_svg(failed, language))
    assert len(table_rows(failed, language)) == 3


def test_store_keeps_and_lists(report: ProbeReport, tmp_path: Path) -> None:
    store = ReportStore(tmp_path / "reports")

    assert store.list() == ()
    store.write(report)

    assert store.read(report.id) == report
    assert store.list() == (report,)
    assert [path.suffix for path in (tmp_path / "reports").iterdir()] == [".json"]


def test_store_sweeps_what_a_killed_writer_left(
    report: ProbeReport, tmp_path: Path
) -> None:
    old, young = tmp_path / "tmpold.part", tmp_path / "tmpyoung.part"
    for half in (old, young):
        half.write_text("{", "utf-8")
    past = time.time() - 2 * OLD_S
    os.utime(old, (past, past))

    ReportStore(tmp_path).write(report)

    left = {path.name for path in tmp_path.iterdir()}
    assert left == {young.name, f"{report.id}.json"}


@pytest.mark.parametrize("id", ["", "../secret", "0" * 16, "A" * 16, "a" * 17])
def test_unknown_ids_are_none(tmp_path: Path, id: str) -> None:
    assert ReportStore(tmp_path).read(id) is None


def test_damaged_file_is_as_good_as_absent(report: ProbeReport, tmp_path: Path) -> None:
    store = ReportStore(tmp_path)
    store.write(report)
    (tmp_path / f"{'0' * 16}.json").write_text("{", "utf-8")
    os.truncate(tmp_path / f"{report.id}.json", 100)

    assert store.read(report.id) is None
    assert store.list() == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_holds_everything_and_runs_nothing(
    report: ProbeReport, language: Language
) -> None:
    page = report_html(report, language)

    for ratio in report.ratios:
        assert sentence(ratio, report, language) in page
    assert page.count("<svg") == 3
    assert "<script" not in page
    assert "default-src 'none'" in page
    for draw in (training_svg, growth_svg):
        picture = ET.fromstring(draw(report, language))
        assert picture[0].tag.endswith("title")


def test_page_escapes_what_a_report_says(report: ProbeReport) -> None:
    bold = report.environment.model_copy(update={"processor": "<script>alert(1)"})

    page = report_html(report.model_copy(update={"environment": bold}))

    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_picture_has_its_numbers_in_a_table(
    report: ProbeReport, language: Language
) -> None:
    page = report_html(report, language)

    drawn = training_svg(report, language)
    for row in training_table(report, language)[1:]:
        assert f"{row[-1]} s</text>" in drawn, "the total beside its bar"
    for table in (training_table, growth_table):
        heads, *rows = table(report, language)
        assert len(rows) == 3
        assert all(len(row) == len(heads) for row in rows)
        assert all(f"<td>{cell}</td>" in page for row in rows for cell in row[1:])


def test_a_grown_epoch_in_the_table_is_the_estimate(report: ProbeReport) -> None:
    spec = report.spec.model_copy(update={"rows": 10**6})
    large = report.model_copy(update={"spec": spec})

    heads, *rows = growth_table(large)

    assert heads[-1] == "1,000,000 rows"
    for result, row in zip(large.results, rows, strict=True):
        assert isinstance(result, Measured)
        epoch_s = project(result, large).epoch_s
        assert row[-1].startswith(f"{epoch_s:.3g} s (")


def test_no_table_where_nothing_could_be_estimated(report: ProbeReport) -> None:
    bare = [
        result.model_copy(update={"epochs": ()}) if result.status == "measured" else 0
        for result in report.results
    ]
    unknown = report.model_copy(update={"results": tuple(bare)})

    assert training_table(unknown) == growth_table(unknown) == []
    assert report_html(unknown).count("<table>") == len([*tables(unknown, "en")])


def changed(report: ProbeReport, place: int, **fields: object) -> ProbeReport:
    """The report with one result told otherwise, not judged anew."""
    results = list(report.results)
    results[place] = results[place].model_copy(update=fields)
    return report.model_copy(update={"results": tuple(results)})


def test_a_busy_program_on_many_cores_decides_nothing(report: ProbeReport) -> None:
    machine = report.environment.model_copy(update={"cores": 16})
    beside = {"environment": machine, "launch_foreign": (1.0, 1.0), "control": None}

    told = judged(report.model_copy(update=beside))

    assert {ratio.word for ratio in told.ratios} == {"undecided"}
    assert not any(ratio.decides for ratio in told.ratios)
    assert "nothing is decided" in sentence(told.ratios[0], told)
    assert "什么都不能判定" in sentence(told.ratios[0], told, "zh")


def test_an_unknown_load_is_no_quiet_one(report: ProbeReport) -> None:
    unknown = {"foreign_cores": None, "launch_foreign": (), "control": None}
    quiet = unknown | {"foreign_cores": 0.0}

    zones = [
        judged(report.model_copy(update=one)).ratios[0].zone for one in (unknown, quiet)
    ]

    assert zones == [0.10, 0.05]


def test_a_foreign_report_cannot_say_how_well_its_machine_repeats(
    report: ProbeReport, tmp_path: Path
) -> None:
    boast = LaunchSd(sd=0.01, freedom=60)
    plain = report.model_copy(update={"launch_sd": None})
    bold = judged(report.model_copy(update={"launch_sd": boast}))
    wild = judged(report.model_copy(update={"launch_sd": LaunchSd(sd=0.3, freedom=9)}))

    read = from_json(to_json(bold))

    assert read.ratios == judged(plain).ratios
    assert read.ratios != bold.ratios
    assert half_width(from_json(to_json(wild)).ratios[0]) >= half_width(wild.ratios[0])
    store = ReportStore(tmp_path)
    assert store.judge(bold) == read
    store.write(bold)
    assert store.judge(bold) == bold
    assert store.judge(changed(bold, 0, import_s=9.0)).ratios == read.ratios


def test_a_model_of_another_size_is_not_compared(report: ProbeReport) -> None:
    second = report.results[1]
    assert isinstance(second, Measured)
    gate = second.gate.model_copy(update={"parameters": second.gate.parameters + 1})

    told = judged(changed(report, 1, gate=gate))

    assert [ratio.contender for ratio in told.ratios] == ["keras-torch"]


def test_what_a_step_computes_is_not_believed(report: ProbeReport) -> None:
    """Not even where nothing is said of it."""
    second = report.results[1]
    assert isinstance(second, Measured)
    quick = tuple(seconds / 1000 for seconds in second.block_seconds)

    for flops in (None, 0, 1000):
        told = judged(changed(report, 1, block_seconds=quick, step_flops=flops))

        assert [ratio.contender for ratio in told.ratios] == ["keras-torch"]


def test_steps_of_more_products_than_the_model_has_are_not_compared(
    report: ProbeReport,
) -> None:
    needed = flops_of(shape_of(report.spec), report.spec.batch)

    for counted, left in ((needed, 2), (2 * needed, 1)):
        told = judged(changed(report, 1, counted_flops=counted))

        assert len(told.ratios) == left


@pytest.mark.parametrize("place", ["block_seconds", "epochs"])
def test_times_below_any_clock_are_refused_in_a_sentence(
    report: ProbeReport, place: str
) -> None:
    fields = json.loads(to_json(report))
    told = fields["results"][1]
    if place == "epochs":
        told["epochs"][0]["seconds"] = [1e-310]
    else:
        told["block_seconds"] = [1e-310] * len(told["block_seconds"])

    with pytest.raises(ReportError, match=place):
        from_json(json.dumps(fields))


def test_a_round_far_from_its_launch_is_tagged_and_kept(report: ProbeReport) -> None:
    first = report.results[0]
    assert isinstance(first, Measured)
    seconds = list(first.block_seconds)
    seconds[3] *= 4

    told = judged(changed(report, 0, block_seconds=tuple(seconds), odd_rounds=(1, 2)))

    odd = told.results[0]
    assert isinstance(odd, Measured)
    assert 4 in odd.odd_rounds
    assert set(odd.odd_rounds) <= {4, *first.odd_rounds}
    assert odd.block_seconds == tuple(seconds)
    assert told.ratios[0].rounds == report.ratios[0].rounds
    assert any("1 of " in line and "far from" in line for line in lines(told))
    assert any("相差很远" in line for line in lines(told, "zh"))


def test_a_direction_shows_the_interval_that_it_rests_on(report: ProbeReport) -> None:
    ratio = report.ratios[0].model_copy(update={"word": "slower", "decides": True})
    open_ratio = ratio.model_copy(update={"word": "undecided"})
    strict = f"{ratio.strict_low:.2f}-{ratio.strict_high:.2f}"

    for language in LANGUAGES:
        assert strict in sentence(ratio, report, language)
        assert "99%" in sentence(ratio, report, language)
        assert strict not in sentence(open_ratio, report, language)
