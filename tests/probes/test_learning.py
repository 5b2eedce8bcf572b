"""Who learns what: judged from runs; stubs that fail; real stacks with faults."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import psutil
import pytest

from probes.learning.course import SEEDS, Course, Learn, own
from probes.learning.judge import judged_learning, until
from probes.learning.lessons import lesson_of, made, model_of, split
from probes.learning.records import Agreement, Learner, Learning, Learns, Lesson, Run
from probes.learning.words import learning_heads, learning_lines, learning_rows
from probes.page import report_html
from probes.records import Contender, ProbeReport, ProbeSpec
from probes.reports import from_json, to_json
from probes.words import Language
from tests.probes.real import need, patient
from tests.probes.stub_learner import LESSON
from tests.probes.stubs import stub_probe

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SPEC = ProbeSpec(rows=500, learn=True, budget_s=120)
LEARNT = Lesson.model_validate(LESSON)
PAIR: tuple[Contender, ...] = ("pytorch", "keras-tensorflow")


def runs(
    ends: Sequence[float], first_loss: float = 0.7, seconds: float = 0.1
) -> tuple[Run, ...]:
    return tuple(
        Run(
            seed=seed,
            seconds=(seconds,) * 4,
            accuracies=(0.5, 0.6, end, end),
            first_loss=first_loss,
            loss=0.3,
        )
        for seed, end in enumerate(ends)
    )


def agreed(one: tuple[Run, ...], base: tuple[Run, ...]) -> Agreement:
    learners = (
        Learner(contender="pytorch", runs=base),
        Learner(contender="keras-tensorflow", runs=one),
    )
    learning = judged_learning(Learning(lesson=LEARNT, learners=learners))
    assert learning is not None
    return learning.agreements[0]


ENDS = (0.90, 0.88, 0.92, 0.91, 0.89, 0.90)


def test_equal_runs_are_the_same() -> None:
    found = agreed(runs(ENDS), runs(ENDS))

    assert (found.word, found.difference, found.first_gap) == ("same", 0, 0)
    assert found.low < 0 < found.high


def test_a_clear_loss_of_accuracy_is_worse_and_its_inverse_better() -> None:
    low = tuple(end - 0.1 for end in ENDS)

    assert agreed(runs(low), runs(ENDS)).word == "worse"
    assert agreed(runs(ENDS), runs(low)).word == "better"


def test_other_losses_after_one_epoch_are_another_training() -> None:
    assert agreed(runs(ENDS, first_loss=0.72), runs(ENDS)).word == "another_training"
    assert agreed(runs(ENDS, first_loss=0.7001), runs(ENDS)).word == "same"


def test_scattered_differences_stay_undecided() -> None:
    wild = (0.95, 0.80, 0.97, 0.85, 0.99, 0.84)

    assert agreed(runs(wild), runs(ENDS)).word == "undecided"


def test_trees_are_not_held_to_the_losses_of_a_network() -> None:
    learning = judged_learning(
        Learning(
            lesson=LEARNT,
            learners=(
                Learner(contender="pytorch", runs=runs(ENDS)),
                Learner(contender="scikit-learn", runs=runs(ENDS, first_loss=0.2)),
            ),
        )
    )

    assert learning is not None
    assert learning.agreements[0].first_gap is None
    assert learning.agreements[0].word == "same"


def test_seconds_to_the_target_count_every_epoch_until_then() -> None:
    (run,) = runs([0.9], seconds=0.25)

    assert until(run, 0.8) == pytest.approx(0.75)
    assert until(run, 0.5) == pytest.approx(0.25)
    assert until(run, 0.95) == float("inf")


def test_runs_that_never_get_there_have_no_median() -> None:
    def taught(ends: Sequence[float]) -> Learning:
        learner = Learner(contender="pytorch", runs=runs(ends))
        learning = judged_learning(Learning(lesson=LEARNT, learners=(learner,)))
        assert learning is not None
        return learning

    most = taught((0.9, 0.9, 0.9, 0.9, 0.7, 0.9))
    few = taught((0.7, 0.7, 0.7, 0.9, 0.7, 0.7))

    assert most.learnt[0].seconds == pytest.approx(0.3)
    assert most.learnt[0].seconds_high is None
    assert most.learnt[0].reached == 5
    assert "5 of 6 runs came to 80%, after 0.3 (0.3-…) s" in learning_lines(most)[1]
    assert few.learnt[0].seconds is None
    assert "1 of 6 runs came to 80%." in learning_lines(few)[1]


@pytest.mark.parametrize("workload", ["lstm-sequence", "transformer-text"])
def test_made_lessons_are_the_same_every_time_and_differ_by_seed(
    workload: str,
) -> None:
    spec = ProbeSpec.model_validate({"workload": workload})
    data, again = made(spec), made(spec)
    assert data is not None
    assert again is not None
    lesson = lesson_of(data, spec)
    one, same, other = (
        split(which, lesson, seed) for which, seed in ((data, 1), (again, 1), (data, 2))
    )

    assert (one.train.x == same.train.x).all()
    assert not (one.train.x == other.train.x).all()
    assert len(one.test.y) == lesson.test_rows
    model = model_of(data, lesson, spec.workload, 1)
    assert sum(len(batch.y) for batch in model.batches) == lesson.train_rows
    assert {len(batch.y) for batch in model.batches} == {lesson.batch}


def test_test_rows_are_never_trained_on() -> None:
    data = made(ProbeSpec(rows=3_000))
    assert data is not None
    lesson = lesson_of(data, ProbeSpec(rows=3_000))
    parts = split(data, lesson, 4)

    train, test = (
        {row.tobytes() for row in rows.x} for rows in (parts.train, parts.test)
    )
    assert len(train) == lesson.train_rows
    assert not train & test


def stub_learn(**behaviours: str) -> Learn:
    def command(learner: Learns) -> list[str]:
        behaviour = behaviours.get(learner.replace("-", "_"), "good")
        return [sys.executable, str(HERE / "stub_learner.py"), learner, behaviour]

    return command


def taught(learn: Learn) -> ProbeReport:
    spec = SPEC.model_copy(update={"contenders": PAIR})
    return asyncio.run(stub_probe(spec, course=Course(spec, learn)))


@pytest.fixture(scope="module")
def report() -> ProbeReport:
    return taught(stub_learn(keras_tensorflow="worse"))


LANGUAGES: tuple[Language, ...] = ("en", "zh")


def test_everybody_takes_every_seed(report: ProbeReport) -> None:
    learning = report.learning
    assert learning is not None

    assert [one.contender for one in learning.learners] == [
        "pytorch",
        "keras-tensorflow",
        "scikit-learn",
    ]
    assert {len(one.runs) for one in learning.learners} == {SEEDS}
    assert [one.word for one in learning.agreements] == ["worse", "same"]
    assert len(report.ratios) == 1


def test_conclusions_of_others_are_not_believed(report: ProbeReport) -> None:
    fields = json.loads(to_json(report))
    fields["learning"]["agreements"][0]["word"] = "same"
    fields["learning"]["learnt"][0]["accuracy"] = 1.0

    assert from_json(json.dumps(fields)) == report


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_shows_what_was_learnt(report: ProbeReport, language: Language) -> None:
    page = report_html(report, language)
    learning = report.learning
    assert learning is not None

    for line in learning_lines(learning, language):
        assert line.split("<")[0] in page.replace("&#x27;", "'")
    heads, rows = learning_heads(learning, language), learning_rows(learning, language)
    assert {len(row) for row in rows} == {len(heads)}
    for row in rows:
        assert all(cell in page for cell in row)


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        ("raise-load", "OutOfCheese"),
        ("killed-learn", "SIGKILL"),
        ("garbage-learn", "lacked fields"),
        ("hang-learn", "no answer to 'learn'"),
    ],
)
def test_one_who_fails_is_named_and_the_others_learn_on(
    behaviour: str, says: str, tmp_path: Path
) -> None:
    learn = stub_learn(keras_tensorflow=behaviour)
    learning = lessons(Course(SPEC, learn, 3.0), PAIR, tmp_path)
    good, bad, trees = learning.learners

    assert says in str(bad.problem)
    assert len(good.runs) == len(trees.runs) == SEEDS
    assert any(says in line for line in learning_lines(learning))
    assert not psutil.Process().children(recursive=True)


def test_without_a_lesson_the_report_says_why() -> None:
    report = taught(stub_learn(scikit_learn="raise-load"))

    assert report.learning is None
    assert any("OutOfCheese" in warning for warning in report.warnings)
    assert report.ratios


def lessons(
    course: Course, contenders: tuple[Contender, ...], folder: Path
) -> Learning:
    asyncio.run(course.run(contenders, folder, lambda: 500.0, lambda _: None))
    learning = judged_learning(course.result())
    assert learning is not None, course.problem
    return learning


FAULTS: dict[Learns, str] = {
    "pytorch-fused": "shuffled labels",
    "keras-torch": "rate / 10",
    "tensorflow-raw": "rate * 1.1",
    "keras-jax": "one batch twice",
}
"""Planted in PyTorch, each in a process that stands for another contender."""


@pytest.mark.framework
def test_planted_faults_are_found(tmp_path: Path) -> None:
    need("pytorch")

    def learn(learner: Learns) -> list[str]:
        if learner not in FAULTS:
            name = "pytorch" if learner == "keras-tensorflow" else learner
            return patient(own(name))
        faulty = str(HERE / "faulty_learner.py")
        return patient([sys.executable, faulty, FAULTS[learner]])

    asked = ("pytorch", "keras-tensorflow", *FAULTS)
    course = Course(SPEC, learn, limit_s=300, seeds=3)
    found = lessons(course, cast(tuple[Contender, ...], asked), tmp_path)

    words = {one.contender: one.word for one in found.agreements}
    assert {FAULTS[name]: words[name] for name in FAULTS} == dict.fromkeys(
        FAULTS.values(), "another_training"
    )
    assert words["keras-tensorflow"] == "same"


@pytest.mark.framework
def test_stacks_learn_the_same(tmp_path: Path) -> None:
    need(*PAIR)

    def learn(learner: Learns) -> list[str]:
        return patient(own(learner))

    learning = lessons(Course(SPEC, learn, limit_s=300, seeds=3), PAIR, tmp_path)

    assert {one.problem for one in learning.learners} == {None}
    assert learning.agreements[0].word == "same"
    assert learning.agreements[0].first_gap is not None
    assert learning.agreements[0].first_gap < 1e-3
    assert learning.learnt[-1].contender == "scikit-learn"
    assert all(one.accuracy > 0.8 for one in learning.learnt)


@pytest.mark.parametrize("learner", ["scikit-learn"])
def test_trees_grow_without_a_framework(learner: str, tmp_path: Path) -> None:
    code = (
        "import sys; from probes.learning.worker import Pupil;"
        f"pupil = Pupil({learner!r});"
        f"pupil.load({SPEC.model_dump(mode='json')!r}); pupil.learn(0);"
        "heavy = ('torch', 'tensorflow', 'keras', 'jax');"
        "print([name for name in heavy if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == "[]"
