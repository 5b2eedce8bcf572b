"""Chinese numbers, amounts, traditional signs, and whose words they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.clauses import denied
from assistant.understanding.numbers_zh import chinese_number
from assistant.understanding.quantities import quantities
from assistant.understanding.reading import Reader
from assistant.understanding.traditional import simplified
from knowledge.records import Knowledge


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("两万", 20_000),
        ("两万三", 23_000),
        ("三百五", 350),
        ("一百零五", 105),
        ("一万零三百", 10_300),
        ("两千五百三十六", 2_536),
        ("4万6千", 46_000),
        ("3w5", 35_000),
        ("1.5亿", 150_000_000),
        ("1亿2000万", 120_000_000),
        ("半个亿", 50_000_000),
        ("三四千", 3_500),
        ("十五六万", 155_000),
        ("几百", 300),
        ("好几千", 3_000),
        ("十几万", 150_000),
        ("十来万", 100_000),
        ("千把", 1_000),
    ],
)
def test_a_number_in_words_is_what_a_speaker_means(words: str, value: int) -> None:
    assert chinese_number(words) == value


DIGITS = "零一二三四五六七八九"


@given(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_numbers_written_out_are_read_back(
    thousands: int, hundreds: int, tens: int, ones: int
) -> None:
    words = f"{DIGITS[thousands]}千{DIGITS[hundreds]}百{DIGITS[tens]}十{DIGITS[ones]}"
    value = 1000 * thousands + 100 * hundreds + 10 * tens + ones
    if hundreds and tens:
        assert chinese_number(words) == value
        assert chinese_number(f"{words}万") == value * 10_000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("每个病人一条记录,一共300个病人", 300),
        ("每类500张,一共5000张", 5_000),
        ("三到五千行", 4_000),
        ("3k~5k条", 4_000),
        ("600w 用户每人一行", 6_000_000),
        ("两百多个基因样本", 200),
        ("不是五千张,是五万张", 50_000),
        ("数据量级在千万左右", 10_000_000),
        ("红外图 4k 多张", 4_000),
        ("一千出头", 1_000),
    ],
)
def test_what_there_is_in_all_is_counted(text: str, value: int) -> None:
    rows = [one.value for one in quantities(text) if one.field == "dataset_rows"]

    assert max(rows) == value


@pytest.mark.parametrize(
    "text",
    [
        "万一不行怎么办",
        "千万别选错",
        "日活几十万",
        "年薪百万",
        "微调7B模型",
        "昇腾910B",
        "3060 12G",
        "m3 max 128g",
        "显存只有6G",
        "有十张A100",
        "每天新增三千条",
        "十年数据",
        "2024年的数据",
        "一万小时",
        "三个月",
        "第三百条",
    ],
)
def test_other_numbers_are_no_amount_of_data(text: str) -> None:
    assert quantities(text) == []


def test_volumes_that_are_taken_back_do_not_count() -> None:
    assert [one.value for one in quantities("是80GB,不是8GB")] == [80 * 10**9]


def test_traditional_signs_are_read_and_quoted_as_written(reader: Reader) -> None:
    heard = reader.read("我們有兩萬張衛星影像，導師規定用PyTorch")
    told = {one.field: (one.value, one.words) for one in heard.observations}

    assert told["dataset_rows"] == (20_000, "兩萬張")
    assert told["mandated"][0] == "pytorch"
    assert "影像" in told["modality"][1]
    assert all("两" not in words for _, words in told.values())


def test_our_phrases_are_in_simplified_signs(knowledge: Knowledge) -> None:
    for phrase in knowledge.phrases:
        assert simplified(phrase.text) == phrase.text


@given(st.text(max_size=200))
def test_every_sign_keeps_its_place(text: str) -> None:
    assert len(simplified(text)) == len(text)


@pytest.mark.parametrize("before", ["没用过", "从来不碰", "别推荐"])
def test_denials_reach_what_follows(before: str) -> None:
    assert denied(before)


@pytest.mark.parametrize("before", ["想识别", "特别喜欢", "差不多", "不错的", "别人的"])
def test_signs_that_only_look_like_denials_deny_nothing(before: str) -> None:
    assert not denied(before)


@pytest.mark.parametrize(
    ("answer", "field", "options", "value"),
    [
        ("最后一个", "os", ("windows", "macos"), "macos"),
        ("选2", "experience", ("none", "beginner"), "beginner"),
        ("啥都没用过", "existing", ("none", "keras"), ("none",)),
    ],
)
def test_short_chinese_answers_are_taken(
    reader: Reader,
    answer: str,
    field: str,
    options: tuple[str, ...],
    value: str | tuple[str, ...],
) -> None:
    heard = reader.read(answer, asked=field, asked_options=options)

    assert [(one.field, one.value) for one in heard.observations] == [(field, value)]


@pytest.mark.parametrize("answer", ["不太清楚诶", "随便，都行", "这个跳过吧", "说不准"])
def test_not_knowing_is_an_answer_in_chinese(reader: Reader, answer: str) -> None:
    heard = reader.read(answer, asked="hardware", asked_options=("cpu", "gpu"))

    assert heard.declined
