"""What a measurement adds, when it applies and when it does not."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence import worth
from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.rendering import recommendation_markdown
from knowledge.load import load_knowledge
from knowledge.records import Framework, Language, Rulebook
from probes.learning.judge import judged_learning
from probes.records import (
    HOSTED,
    Environment,
    Learning,
    Measured,
    ProbeReport,
    ProbeSpec,
    Ratio,
    Reach,
)
from probes.reports import judged
from probes.shapes import parameters_of, shape_of

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


def report(
    *ratios: Ratio, id: str = "0123456789abcdef", day: int = 23, **more: Any
) -> ProbeReport:
    machine = Environment(
        system="Linux",
        machine="x86_64",
        processor="any",
        cores=2,
        memory_bytes=10**9,
        python="3.11",
    )
    made = ProbeReport(
        id=id,
        spec=ProbeSpec(),
        environment=machine,
        started_at=datetime(2026, 11, day, tzinfo=UTC),
        duration_s=60,
        results=(),
        ratios=ratios,
    )
    return made.model_copy(update=more)


STEPS = load_knowledge().worth
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


@pytest.mark.parametrize("weight", [0, 0.5, 1, 2])
@pytest.mark.parametrize("language", list(Language))
def test_the_note_names_the_points_that_were_added(
    engine: Engine, language: Language, weight: float
) -> None:
    weights = {"speed": weight}

    advice = engine.recommend(
        TABLES, weights=weights, reports=[report(SLOWER)], language=language
    )

    line = next(one for one in advice.reasons if one.basis == "measured")
    assert line.points == 2 * weight
    note = advice.evidence[0].why
    numbers = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", note)]
    plain = {0.0: [0.0], 1.0: [2.0]}
    assert numbers == plain.get(weight, [2, weight, line.points])


@pytest.mark.parametrize(
    ("language", "words", "says"),
    [
        (Language.EN, "what counts here are steps in float32", "batch 32, in bfloat16"),
        (Language.ZH, "这里只计 float32 的步骤", "批大小 32，bfloat16 精度"),
    ],
)
def test_a_measurement_in_bfloat16_is_none_of_float32(
    engine: Engine, language: Language, words: str, says: str
) -> None:
    mixed = report(SLOWER, spec=ProbeSpec(precision="bfloat16"))

    advice = engine.recommend(TABLES, reports=[mixed], language=language)

    assert advice.witnesses.measured == "not_measured"
    assert not advice.evidence[0].used
    assert words in advice.evidence[0].why
    assert says in advice.evidence[0].says
    assert not any(line.basis == "measured" for line in advice.reasons)


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.EN, "between Keras stacks it counts"), (Language.ZH, "之间的差别计分")],
)
def test_a_gap_between_keras_stacks_is_told_where_the_rest_is_level(
    engine: Engine, language: Language, words: str
) -> None:
    measured = [report(SAME, TORCH_SLOW)]

    advice = engine.recommend(TABLES, reports=measured, language=language)

    assert any(one.basis == "measured" for one in advice.reasons)
    assert words in advice.evidence[0].why


BOTH_WISHES: list[dict[str, Any]] = [
    {"experience": "none", "goals": ["job"]},
    {"control": "standard", "goals": ["research"]},
]
LITTLE_SLOWER = ratio("keras-torch", 1.2, 1.3, 1.4, "slower")
TORCH_UNCLEAR = ratio("keras-torch", 0.9, 1.0, 1.1, "undecided")
FAST_JAX = ratio("keras-jax", 0.3, 0.4, 0.5, "faster")


@pytest.mark.parametrize("fields", BOTH_WISHES)
@pytest.mark.parametrize(
    ("ratios", "named"),
    [
        ((TORCH_SLOW,), False),
        ((TORCH_UNCLEAR, FAST_JAX), False),
        ((LITTLE_SLOWER,), True),
        ((TORCH_UNCLEAR, SAME), True),
        ((SAME,), True),
    ],
)
def test_keras_on_pytorch_is_no_middle_where_it_was_measured_to_be_slow(
    engine: Engine, fields: dict[str, Any], ratios: tuple[Ratio, ...], named: bool
) -> None:
    person, measured = Profile.model_validate(fields), [report(*ratios)]
    assert engine.recommend(person).stack == "keras-torch"

    advice = engine.recommend(person, reports=measured)

    assert advice.framework == "either"
    assert (advice.stack == "keras-torch") == named
    assert ("Keras on PyTorch" in advice.headline) == named


@pytest.mark.parametrize("fields", BOTH_WISHES)
def test_who_weighs_speed_nothing_keeps_the_middle(
    engine: Engine, fields: dict[str, Any]
) -> None:
    person, measured = Profile.model_validate(fields), [report(TORCH_SLOW)]

    advice = engine.recommend(person, weights={"speed": 0}, reports=measured)

    assert advice.stack == "keras-torch"


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


@given(
    st.lists(st.floats(1, 50), min_size=2, max_size=2).map(sorted), st.floats(0.01, 0.5)
)
def test_points_rise_with_the_ratio_and_start_outside_the_zone(
    pair: list[float], zone: float
) -> None:
    lower, higher = pair

    assert worth(STEPS, lower, zone) <= worth(STEPS, higher, zone)
    assert worth(STEPS, 1 + zone, zone) == 0
    assert worth(STEPS, 50, zone) == max(step.points for step in STEPS)


HELD = parameters_of(shape_of(ProbeSpec()))


def timed(contender: str, device: str = "cpu", **versions: str) -> Measured:
    fine = {"outputs": 0, "loss": 0, "gradients": 0, "parameters": HELD}
    fine |= {"after_three_sgd_steps": 0, "after_three_adam_steps": 0}
    given: dict[str, Any] = {
        "contender": contender,
        "versions": versions or {"torch": "2.13.0+cpu"},
        "device": device,
        "threads": 2,
        "gate": {"passed": True, **fine},
        "import_s": 1,
        "build_s": 1,
        "first_step_s": 1,
        "steady": True,
        "steps_per_block": 10,
        "block_seconds": (0.001, 0.001),
        "peak_bytes": 1,
    }
    return Measured.model_validate(given)


SPEC = ProbeSpec()
LONG_AGO = datetime(2025, 11, 1, tzinfo=UTC)
REFUSED: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("other data", {"modality": "image"}, {}, "speaks for tables", "适用于表格"),
    (
        "a service's machine",
        {"modality": "tabular"},
        {"spec": SPEC.model_copy(update={"hardware_class": HOSTED})},
        "machine of this service, not on yours",
        "本服务的机器",
    ),
    (
        "somebody else's machine",
        {"modality": "tabular"},
        {"spec": SPEC.model_copy(update={"hardware_class": "somebody-elses-h100"})},
        "measured on “somebody-elses-h100”, which is not your own machine",
        "「somebody-elses-h100」上测的，不是你自己的机器",
    ),
    (
        "a machine whose name is long, and means to be a link",
        {"modality": "tabular"},
        {
            "spec": SPEC.model_copy(
                update={"hardware_class": "[a](b) " + "very-long " * 20}
            )
        },
        "measured on “a b very-long very-long very-long very-…”",
        "「a b very-long very-long very-long very-…」",
    ),
    (
        "a processor for a Mac's chip",
        {"accelerator": "apple"},
        {"results": (timed("pytorch"),)},
        "It ran on: a processor only; that says nothing about yours: Apple",
        "不能推到你用的「苹果（Apple）",
    ),
    (
        "a processor for an Intel card",
        {"accelerator": "intel"},
        {"results": (timed("pytorch"),)},
        "It ran on: a processor only; that says nothing about yours: Intel",
        "不能推到你用的「英特尔（Intel）",
    ),
    ("another system", {"os": "macos"}, {}, "not on your machine", "不是你的机器"),
    (
        "a processor for a GPU",
        {"hardware": "gpu"},
        {"results": (timed("pytorch"),)},
        "It ran on: a processor only",
        "它运行在：只有 CPU",
    ),
    (
        "a GPU for a processor",
        {"hardware": "cpu"},
        {"results": (timed("pytorch", "cuda"),)},
        "It ran on: a GPU",
        "它运行在：GPU",
    ),
    (
        "a processor for a phone",
        {"hardware": "mobile"},
        {"results": (timed("pytorch"),)},
        "It ran on: a processor only",
        "它运行在：只有 CPU",
    ),
    (
        "another maker's GPU",
        {"accelerator": "apple", "hardware": "gpu"},
        {"results": (timed("pytorch", "cuda"),)},
        "another maker's GPU (cuda)",
        "另一家的 GPU",
    ),
    (
        "two devices",
        {"modality": "tabular"},
        {"results": (timed("pytorch", "cuda"), timed("keras-tensorflow"))},
        "different devices: cpu, cuda",
        "不同的设备上：cpu、cuda",
    ),
    (
        "rows without epochs",
        {"dataset_rows": 500_000},
        {},
        "too few whole epochs",
        "完整的轮次计时太少",
    ),
    (
        "rows past the memory",
        {"dataset_rows": 10**9},
        {"reach": Reach(low=1, high=10**7, limit="memory")},
        "more than half of that machine's memory",
        "一半以上的内存",
    ),
    (
        "rows not in proportion",
        {"dataset_rows": 500_000},
        {"reach": Reach(low=320, high=10_240, limit="not linear")},
        "epochs of 320 to 10,240 rows",
        "320-10,240 条",
    ),
    (
        "old versions",
        {"modality": "tabular"},
        {"results": (timed("keras-tensorflow", keras="2.15.0"),)},
        "It ran keras 2.15.0",
        "它用的是 keras 2.15.0",
    ),
    (
        "versions beside each other",
        {"modality": "tabular"},
        {
            "results": (
                timed("pytorch", torch="2.13.0"),
                timed("keras-torch", torch="2.12.1", keras="3.15.1"),
            )
        },
        "different versions of torch: 2.12.1, 2.13.0",
        "torch 版本不同",
    ),
    (
        "long ago",
        {"modality": "tabular"},
        {"started_at": LONG_AGO},
        "measured on 2025-11-01, more than a year ago",
        "已超过一年",
    ),
]


@pytest.mark.parametrize(
    ("profile", "more", "en", "zh"),
    [row[1:] for row in REFUSED],
    ids=[row[0] for row in REFUSED],
)
def test_a_report_that_does_not_apply_says_why(
    engine: Engine, profile: dict[str, Any], more: dict[str, Any], en: str, zh: str
) -> None:
    person = Profile.model_validate(profile)
    before = engine.recommend(person)

    for language, words in ((Language.EN, en), (Language.ZH, zh)):
        after = engine.recommend(
            person, reports=[report(SLOWER, **more)], language=language
        )

        assert words in after.evidence[0].why
        assert not after.evidence[0].used
        assert after.witnesses == before.witnesses
        assert after.margin == before.margin


@pytest.mark.parametrize(
    ("language", "words"), [(Language.EN, "know no measurement"), (Language.ZH, "不看")]
)
def test_the_article_hears_no_report_and_says_so(
    engine: Engine, language: Language, words: str
) -> None:
    article: dict[str, Any] = {"rulebook": Rulebook.ARTICLE, "language": language}
    before = engine.recommend(TABLES, **article)

    after = engine.recommend(TABLES, reports=[report(SLOWER)], **article)

    assert words in after.evidence[0].why
    assert not after.evidence[0].used
    assert after == before.model_copy(update={"evidence": after.evidence})


APPLIES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("nothing known", {}, {}),
    ("the rows it was asked about", {"dataset_rows": SPEC.rows}, {}),
    (
        "rows it projects to",
        {"dataset_rows": 9_000_000},
        {"reach": Reach(low=1, high=10**7, limit="memory")},
    ),
    ("the same system", {"os": "linux"}, {}),
    ("a GPU for a GPU", {"hardware": "gpu"}, {"results": (timed("pytorch", "cuda"),)}),
    (
        "a processor for a Mac's processor",
        {"accelerator": "apple", "hardware": "cpu"},
        {"results": (timed("pytorch"),)},
    ),
    ("an AMD card", {"accelerator": "amd"}, {"results": (timed("pytorch", "cuda"),)}),
    ("versions of today", {}, {"results": (timed("pytorch", torch="2.1.0"),)}),
]


@pytest.mark.parametrize(
    ("profile", "more"), [row[1:] for row in APPLIES], ids=[row[0] for row in APPLIES]
)
def test_a_report_that_applies_is_counted(
    engine: Engine, profile: dict[str, Any], more: dict[str, Any]
) -> None:
    person = Profile.model_validate(profile)

    after = engine.recommend(person, reports=[report(SLOWER, **more)])

    assert after.evidence[0].used
    assert after.witnesses.measured == "pytorch"


def beside(cores: float) -> ProbeReport:
    """Three launches, judged; Keras on PyTorch six times as slow as on TensorFlow."""
    results = tuple(
        timed(contender).model_copy(
            update={
                "block_seconds": tuple(s * (1 + n / 900) for n in range(6)),
                "launches": (1, 1, 2, 2, 3, 3),
            }
        )
        for contender, s in (
            ("pytorch", 0.002),
            ("keras-tensorflow", 0.001),
            ("keras-torch", 0.006),
        )
    )
    return judged(report(results=results, launch_foreign=(cores,) * 3))


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.EN, "nothing is decided"), (Language.ZH, "其他程序")],
)
def test_what_a_busy_machine_said_gives_no_points(
    engine: Engine, language: Language, words: str
) -> None:
    before = engine.recommend(TABLES, language=language)

    quiet = engine.recommend(TABLES, reports=[beside(0.0)], language=language)
    busy = engine.recommend(TABLES, reports=[beside(1.0)], language=language)

    assert quiet.evidence[0].used
    assert not busy.evidence[0].used
    assert words in busy.evidence[0].why
    assert busy.reasons == before.reasons


def test_linux_inside_windows_is_a_windows_machine(engine: Engine) -> None:
    person = Profile.model_validate({"os": "windows"})
    inside = report(SLOWER).environment.model_copy(
        update={"system": "Linux 5.15.167.4-microsoft-standard-WSL2"}
    )

    after = engine.recommend(person, reports=[report(SLOWER, environment=inside)])

    assert after.evidence[0].used


LESSON = {
    "name": "breast cancer, 30 measurements",
    "made": False,
    "values": 30,
    "classes": 2,
    "train_rows": 416,
    "test_rows": 142,
    "epochs": 2,
    "batch": 32,
    "target": 0.9,
}


def taught(**accuracies: float) -> Learning:
    """Six runs of each learner, all ending near the accuracy given."""
    names = {"torch": "pytorch", "keras": "keras-tensorflow", "trees": "scikit-learn"}
    learners = [
        {
            "contender": names[one],
            "runs": [
                {
                    "seed": seed,
                    "seconds": (0.2, 0.2),
                    "accuracies": (0.5, accuracy + 0.001 * (seed % 2)),
                    "first_loss": 0.5,
                    "loss": 0.1,
                }
                for seed in range(6)
            ],
        }
        for one, accuracy in accuracies.items()
    ]
    given: dict[str, Any] = {"lesson": LESSON, "learners": learners}
    learning = judged_learning(Learning.model_validate_json(json.dumps(given)))
    assert learning is not None
    return learning


@pytest.mark.parametrize(
    ("trees", "en", "zh"),
    [
        (0.99, "The trees were the more accurate", "梯度提升更准"),
        (0.80, "The network was the more accurate there", "网络更准"),
        (0.93, "Neither was the more accurate", "谁也不比谁准"),
    ],
)
def test_small_tables_hear_what_the_probe_saw_of_boosting(
    engine: Engine, trees: float, en: str, zh: str
) -> None:
    person = Profile.model_validate({"modality": "tabular", "dataset_size": "small"})
    measured = report(UNSURE, learning=taught(torch=0.93, keras=0.93, trees=trees))

    for language, words in ((Language.EN, en), (Language.ZH, zh)):
        after = engine.recommend(person, reports=[measured], language=language)
        said = after.cautions[0]

        assert words in said
        assert "2026-11-23" in said
        assert f"{trees + 0.0005:.1%} (" in said
        assert "0.4" in said
    cited = engine.recommend(person).cautions[0]
    assert "try gradient boosting in scikit-learn first" in cited
    assert "paper_files/paper/2022" in cited
    assert ", read 2026-11-23)" in cited


def test_a_report_that_does_not_apply_feeds_no_caution(engine: Engine) -> None:
    person = Profile.model_validate({"modality": "tabular", "dataset_size": "small"})
    old = report(SAME, started_at=LONG_AGO, learning=taught(torch=0.9, trees=0.95))

    assert (
        "try gradient boosting" in engine.recommend(person, reports=[old]).cautions[0]
    )


@pytest.mark.parametrize(
    ("keras", "en", "zh"),
    [
        (0.93, "Keras on TensorFlow: the same accuracy", "准确率相同"),
        (0.80, "Keras on TensorFlow: less accurate", "更不准确"),
    ],
)
def test_the_note_says_whether_both_learnt_alike(
    engine: Engine, keras: float, en: str, zh: str
) -> None:
    measured = report(SLOWER, learning=taught(torch=0.93, keras=keras))

    for language, words in ((Language.EN, en), (Language.ZH, zh)):
        after = engine.recommend(TABLES, reports=[measured], language=language)

        assert words in after.evidence[0].says
        assert "95%" in after.evidence[0].says
        assert words in recommendation_markdown(after)
        line = next(one for one in after.reasons if one.basis == "measured")
        assert words not in line.because
