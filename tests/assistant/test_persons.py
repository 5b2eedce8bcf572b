"""Whose news it is: the asker's, another's, or another's for whom one asks."""

import pytest

from assistant.understanding.clauses import clauses
from assistant.understanding.reading import Reader


def told(reader: Reader, message: str) -> dict[str, object]:
    return {one.field: one.value for one in reader.read(message).observations}


@pytest.mark.parametrize(
    ("message", "field", "value"),
    [
        (
            "My sister is a nurse with no idea of programming and wants to learn deep "
            "learning. Is Keras the thing to begin with?",
            "goals",
            ("learn",),
        ),
        (
            "My nephew wants to learn neural nets and has never written code in his "
            "life. A Raspberry Pi will carry it. Keras or PyTorch?",
            "deployment",
            "embedded",
        ),
        (
            "Our daughter hopes to build an app for phones, keras or torch for her?",
            "deployment",
            "mobile",
        ),
    ],
)
def test_a_wish_of_kin_is_asked_for_them(
    reader: Reader, message: str, field: str, value: object
) -> None:
    assert told(reader, message)[field] == value


@pytest.mark.parametrize(
    "message",
    [
        "My brother wants to learn PyTorch and has an RTX 4090. I have 400 photos.",
        "My sister has an RTX 4090 and swears by it. I use a spreadsheet. Keras?",
    ],
)
def test_where_one_tells_of_oneself_kin_do_not_count(
    reader: Reader, message: str
) -> None:
    assert "accelerator" not in told(reader, message)


@pytest.mark.parametrize(
    ("message", "others"),
    [
        (
            "Nobody here has trained a model and a vendor is pushing Keras",
            [False, True],
        ),
        ("We have four hundred photos while my brother uses torch", [False, True]),
        ("My wife and a friend use Keras", [True]),
        ("I and a friend use Keras", [True]),
    ],
)
def test_ours_before_anothers_stays_ours(message: str, others: list[bool]) -> None:
    assert [one.about_others for one in clauses(message)] == others


@pytest.mark.parametrize(
    ("message", "field", "value"),
    [
        ("only done the MNIST tutorial so far, keras?", "experience", "beginner"),
        ("did two courses on it and a few small models", "experience", "intermediate"),
        ("10 yrs in deep learning. keras or torch?", "experience", "advanced"),
        ("I have never programmed in my life, keras?", "experience", "none"),
        ("my english and my math are both weak, keras?", "math_comfort", "low"),
        ("fit and predict is all I need. Keras?", "control", "standard"),
        ("I'd be stepping the optimizer myself. torch?", "control", "custom_loop"),
        ("The dataset is tiny. 130 rows. Keras?", "dataset_size", "small"),
        ("result must be ready by tomorrow noon, keras?", "time_to_result", "today"),
        ("it will run on an ESP32 in the shed. torch?", "deployment", "embedded"),
    ],
)
def test_everyday_words_tell_a_value(
    reader: Reader, message: str, field: str, value: str
) -> None:
    assert told(reader, message)[field] == value


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ("Students will have to read it. Keras or torch?", "background"),
        ("sysadmin here, someone asked me: keras or torch?", "background"),
        ("been staring at both homepages for an hour, tf or torch?", "time_to_result"),
        ("the hosting costs 29 a month, keras or torch?", "time_to_result"),
        ("the system ships with RHEL 9, keras or torch?", "goals"),
    ],
)
def test_words_alike_tell_none(reader: Reader, message: str, field: str) -> None:
    assert field not in told(reader, message)
