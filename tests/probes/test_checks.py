"""Checks judged: what was predicted against what stub workers say they saw."""

import asyncio
import json
from pathlib import Path

import psutil
import pytest

from knowledge.records import Knowledge
from probes.checks.catalog import PROGRAMS, covered, is_quick, load_checks, runs
from probes.checks.jobs import CheckJobs, NoCheckError
from probes.checks.judge import finding, outcome
from probes.checks.programs.bugs import names_the_place
from probes.checks.programs.samples import counted
from probes.checks.records import (
    UNDECIDED,
    Check,
    CheckJob,
    CheckProgress,
    Expectation,
    Facts,
)
from probes.checks.words import PLACE, shown
from tests.factcheck_record import KEPT, fingerprint
from tests.probes.check_stubs import check, run_stubs, stub_checks

NOT_COVERED: dict[str, str] = {}
"""Statements to probe or look into that have no check, and the reason."""


def test_every_check_has_run_on_a_real_machine_with_its_result_kept(
    knowledge: Knowledge,
) -> None:
    kept = json.loads(KEPT.read_text("utf-8"))
    checks = {check.id: fingerprint(check) for check in load_checks()}
    ran = {id: one["check"] for id, one in kept["results"].items()}
    claimed = {claim for one in kept["results"].values() for claim in one["claims"]}
    wanted = {claim.id for claim in knowledge.claims if claim.check != "cite"}

    assert ran == checks, "run python -m tests.factcheck_record"
    assert kept["skipped"] == {}
    assert wanted <= claimed
    assert kept["seconds"] <= 900


def test_every_statement_that_can_be_run_has_a_check(knowledge: Knowledge) -> None:
    wanted = {claim.id for claim in knowledge.claims if claim.check != "cite"}
    known = {claim.id for claim in knowledge.claims}

    found = covered(load_checks())

    assert wanted - found == set(NOT_COVERED)
    assert found <= known


def test_both_languages_show_the_same_values() -> None:
    for one in load_checks():
        assert set(PLACE.findall(one.says.en)) == set(PLACE.findall(one.says.zh)), (
            one.id
        )
        assert PLACE.search(one.says.en), f"{one.id} shows no value"
        assert not any(sign in one.says.zh for sign in "–—"), one.id


def test_most_checks_are_in_the_quick_set() -> None:
    checks = load_checks()
    quick = [one for one in checks if is_quick(one)]

    assert len(quick) > len(checks) * 0.8
    used = {program for one in checks for program, _ in runs(one)}
    assert used == set(PROGRAMS)


def test_a_prediction_that_comes_true_is_confirmed() -> None:
    report = run_stubs(check(pytorch=10, keras_torch=10))

    (result,) = report.results
    assert result.outcome == "confirmed"
    assert result.observed["graph.pytorch.calls"] == 10
    assert result.sentence.en.startswith("Seen 10 and ")
    assert result.conditions.python


def test_an_inverted_prediction_is_refuted() -> None:
    assert run_stubs(check(pytorch=1, keras_torch=1)).results[0].outcome == "refuted"


def test_a_prediction_that_is_half_true_is_mixed() -> None:
    report = run_stubs(check(pytorch=10, keras_tensorflow=10))

    assert report.results[0].outcome == "mixed"
    states = [one.state for one in report.results[0].findings]
    assert states == ["holds", "fails"]


def test_a_stack_that_is_not_installed_is_left_out() -> None:
    both = check(pytorch=10, keras_jax=10)

    left_out = run_stubs(both, absent=["keras-jax"]).results[0]
    nothing = run_stubs(both, absent=["keras-jax", "pytorch"]).results[0]

    assert left_out.outcome == "confirmed"
    assert nothing.outcome == "not_applicable"
    assert "not installed" in nothing.sentence.en


def test_a_crash_is_no_confirmation_and_costs_only_its_stack() -> None:
    report = run_stubs(
        check(pytorch=10, keras_torch=10),
        check("two", keras_torch=10, keras_tensorflow=1),
        behaviour="crash",
    )

    outcomes = {one.id: one.outcome for one in report.results}
    # The sentences of both read what the crashed process would have said.
    assert outcomes == {"one": "mixed", "two": "confirmed"}
    assert not psutil.Process().children(recursive=True)


@pytest.mark.parametrize("behaviour", ["problem", "nonsense"])
def test_a_program_that_fails_says_why(behaviour: str) -> None:
    (result,) = run_stubs(check(pytorch=10), behaviour=behaviour).results

    assert result.outcome == "not_applicable"
    assert "planted" in result.sentence.en or "none" in result.sentence.en


def test_what_the_time_does_not_suffice_for_is_listed() -> None:
    report = run_stubs(check(pytorch=10), behaviour="hang", budget_s=1)

    assert report.results == ()
    assert report.skipped[0].reason.en.startswith("the time was up")
    assert not psutil.Process().children(recursive=True)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([10, 10], "confirmed"),
        ([1, 1], "refuted"),
        ([10, 1], "mixed"),
        ([10, UNDECIDED], "mixed"),
        ([1, UNDECIDED], "refuted"),
        ([UNDECIDED, UNDECIDED], "not_applicable"),
    ],
)
def test_the_outcome_follows_from_the_findings(
    states: list[int | str], expected: str
) -> None:
    facts: Facts = {f"p.s.f{n}": value for n, value in enumerate(states)}
    found = [finding(Expectation(fact=name, equals=10), facts) for name in facts]

    assert outcome(tuple(found)) == expected


@pytest.mark.parametrize(
    ("comparison", "holds"),
    [
        ({"equals": True}, False),
        ({"equals": 1}, True),
        ({"one_of": (1, 2)}, True),
        ({"at_least": 2}, False),
        ({"at_most": 1}, True),
        ({"above": "a.b", "times": 0.5}, True),
        ({"below": "a.b", "times": 0.5}, False),
        ({"above": "a.text"}, False),
    ],
)
def test_every_comparison_can_hold_and_fail(
    comparison: dict[str, object], holds: bool
) -> None:
    facts: Facts = {"a.one": 1, "a.b": 1.5, "a.text": "no number"}
    expects = Expectation.model_validate({"fact": "a.one", **comparison})

    assert finding(expects, facts).state == ("holds" if holds else "fails")


def test_wrong_check_files_are_refused_with_every_fault(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        '[[check]]\nid = "a"\nclaims = ["c"]\nexpects = [{ fact = "no.such.fact", '
        'equals = 1 }]\nsays = { en = "x", zh = "x" }\n'
        '[[check]]\nid = "b"\nclaims = []\n'
    )

    with pytest.raises(ValueError, match="no program") as raised:
        load_checks(tmp_path)

    assert "claims" in str(raised.value)


def test_numbers_and_words_are_shown_as_a_person_reads_them() -> None:
    assert shown(True, "zh") == "是"
    assert shown(0.0001234) == "1.2e-04"
    assert shown(98.7432) == "98.7"
    assert shown("slower", "zh") == "更慢"
    assert shown(None) == "not seen here"
    assert shown(("a", "b"), "zh") == "a、b"


def test_lines_and_names_are_counted_as_described() -> None:
    program = '"""No line."""\n\nimport torch\nfrom torch import nn\n\n# nor this\n'
    program += "a = nn.Linear(\n    1,\n    2,\n)\nb = torch.nn.Linear(1, 2)\n"

    assert counted(program) == (5, 1)


def test_a_message_that_names_layer_and_shape_is_told_from_one_that_does_not() -> None:
    assert names_the_place("Input 0 of layer 'dense' is incompatible, shape (3, 4)")
    assert not names_the_place("mat1 and mat2 shapes cannot be multiplied (2x4, 5x8)")


async def ended(jobs: CheckJobs, id: str) -> CheckJob:
    for _ in range(500):
        job = jobs.get(id)
        assert job is not None
        if job.state not in ("queued", "running"):
            return job
        await asyncio.sleep(0.02)
    raise AssertionError("the job did not end")


def test_a_job_ends_with_its_results() -> None:
    async def scenario() -> tuple[CheckJob, bool]:
        jobs = CheckJobs(lambda: [check(pytorch=10)], stub_checks)
        first = jobs.submit("a-claim")
        same = jobs.submit("a-claim").id == first.id
        with pytest.raises(NoCheckError):
            jobs.submit("another")
        job = await ended(jobs, first.id)
        await jobs.close()
        return job, same

    job, same = asyncio.run(scenario())

    assert same
    assert job.state == "done"
    assert [one.outcome for one in job.results] == ["confirmed"]


def test_a_bug_ends_only_its_job() -> None:
    async def bug(checks: object, *, on_progress: object) -> None:
        del checks, on_progress
        raise ZeroDivisionError("ours")

    async def scenario() -> CheckJob:
        jobs = CheckJobs(lambda: [check(pytorch=10)], bug)  # type: ignore[arg-type]
        return await ended(jobs, jobs.submit("a-claim").id)

    assert asyncio.run(scenario()).state == "failed"


def test_results_arrive_while_the_run_goes_on() -> None:
    told: list[CheckProgress] = []
    checks: list[Check] = [check(pytorch=10), check("two", keras_torch=10)]

    asyncio.run(stub_checks(checks, on_progress=told.append))

    fractions = [one.fraction for one in told]
    assert fractions == sorted(fractions)
    assert {r.id for one in told for r in one.results} == {"one", "two"}
