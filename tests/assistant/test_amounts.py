"""Numbers that count data are told from those that count something else."""

import pytest

from assistant.understanding.amounts import around
from assistant.understanding.multiplied import multiplied
from assistant.understanding.quantities import quantities
from assistant.understanding.reading import Reader


def told(reader: Reader, message: str) -> dict[str, object]:
    return {one.field: one.value for one in reader.read(message).observations}


@pytest.mark.parametrize(
    ("message", "rows"),
    [
        ("we have 12,000 photos of tiles, which one?", 12_000),
        ("about 3k invoices, scanned. keras or torch", 3_000),
        ("text from 10k customer letters. keras or torch?", 10_000),
        ("run a speed test on 100k sequences of stock prices, keras vs torch", 100_000),
        ("measure keras and torch on 20,000 images please", 20_000),
        ("I have drone photos of leaves, more or less 3500. Which one?", 3_500),
        ("手里有八千张病理切片，用哪个", 8_000),
        ("攒了两万条客服对话，想分类", 20_000),
    ],
)
def test_what_counts_data_is_taken(reader: Reader, message: str, rows: int) -> None:
    assert told(reader, message)["dataset_rows"] == rows


@pytest.mark.parametrize(
    "message",
    [
        "why is predict on 1 row slower in keras than in torch?",
        "The course costs 900 euros and I am a beginner, keras or torch?",
        "our model answers 5k queries a second, all pytorch, worth moving?",
        "公司一年给这块的预算三十万，我是产品经理，选哪个",
        "教程看了四十几个帖子还是不会，新手，选哪个",
        "I inherited a Keras code base, about 40 files. Keep it?",
        "our repo has 120 files of python, all torch. Move?",
        "two hundred employees, one data scientist (me). which?",
    ],
)
def test_what_counts_something_else_is_not(reader: Reader, message: str) -> None:
    assert "dataset_rows" not in told(reader, message)


@pytest.mark.parametrize(
    "message",
    ["an RTX 3090 with 24 GB, what should I use", "flash一共512K，跑个小模型，用哪个"],
)
def test_memory_of_a_machine_is_no_volume_of_data(reader: Reader, message: str) -> None:
    assert not {"dataset_bytes", "dataset_rows"} & set(told(reader, message))


def test_the_number_itself_tells_nothing() -> None:
    few, many = "we got 300 photos of bees", "we got 9,000 photos of bees"

    assert around(few, quantities(few)[0]) == around(many, quantities(many)[0])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a million and a half rows, give or take", [1_500_000]),
        ("everything from 1998 to 2024", []),
        ("from 300 to 500", [400]),
    ],
)
def test_an_answer_to_how_many(text: str, rows: list[int]) -> None:
    assert [one.value for one in quantities(text, bare=True)] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("6 species x 350 pictures", [2_100]),
        ("11 kinds of defect, 200-300 photos each", [2_750]),
        ("50 classes with 20 images per class", [1_000]),
        ("we hope to get 10 classes with 1000 images each", []),
        ("3 types of machines producing 200 samples per hour", []),
        ("I train on 8 gpus x 64 images", []),
    ],
)
def test_so_many_of_each_kind_are_multiplied(text: str, rows: list[int]) -> None:
    assert [one.value for one in multiplied(text, bare=False)] == rows
