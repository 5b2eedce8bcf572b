"""A first program fitted to a person: its constants, and notes on their own data."""

from __future__ import annotations

import math
import re
import textwrap
from typing import Annotated, NamedTuple

from pydantic import Field

from assistant.profile import Accelerator, Hardware, OperatingSystem
from knowledge.records import Framework, Language, Record, Text


class Unit(NamedTuple):
    """What examples are called.

    Attributes:
        held: from so many on, one's own may not fit into memory, as what ships does.
        taught: whether models are to be had that others have trained on such data.
    """

    one: str
    many: str
    zh: str
    held: int
    taught: bool

    def counted(self, rows: int) -> Text:
        name = self.one if rows == 1 else self.many
        return Text(en=f"{rows:,} {name}", zh=f"{rows:,} {self.zh}")


UNITS = {
    "tabular": Unit("row", "rows", "行", 10**7, taught=False),
    # A picture of 224 x 224 pixels in colour takes 600 kB as float32.
    "image": Unit("image", "images", "张图片", 10**5, taught=True),
    "text": Unit("text", "texts", "条文本", 10**7, taught=True),
    "timeseries": Unit(
        "point in time", "points in time", "个时间点", 10**7, taught=False
    ),
}
"""Kinds of data that have a program."""

TOO_FEW = 100
"""Rows below which the parts for validation and test hold a dozen examples or less."""

FEW_ROWS, MANY_ROWS = 1_000, 100_000
SMALL_BATCH, USUAL_BATCH, LARGE_BATCH = 16, 32, 64
"""Batch below ``FEW_ROWS``, between, and from ``MANY_ROWS`` on. The shipped data has
hundreds of rows, so the programs still learn from it with each of the three."""

ENOUGH_STEPS = 3_000
"""Optimizer steps after which a small model has mostly learnt; a rule of thumb."""

LINE = 88
"""Characters in a line of a program."""

FROM_DISK = {
    Framework.KERAS: "keras.utils.PyDataset",
    Framework.PYTORCH: "torch.utils.data.Dataset",
}
"""What gives a program its data piece by piece."""


class Fit(Record):
    """What of a person changes a program; None is unknown and changes nothing.

    Attributes:
        rows, classes: of their own data, which the shipped data stands in for.
        language: of the notes and of what goes with the program.
    """

    classes: Annotated[int, Field(ge=2, le=10**6)] | None = None
    rows: Annotated[int, Field(ge=1, le=10**12)] | None = None
    hardware: Hardware | None = None
    accelerator: Accelerator | None = None
    os: OperatingSystem | None = None
    language: Language = Language.EN


def fitted(program: str, fit: Fit, kind: str, framework: Framework) -> str:
    """The program with the person's batch, as many steps as before, and notes."""
    notes = []
    if fit.rows:
        batch = _batch(fit.rows)
        passes = int(_constant(program, "EPOCHS")) * batch
        epochs = math.ceil(passes / int(_constant(program, "BATCH")))
        program = with_constant(program, "BATCH", str(batch))
        program = with_constant(program, "EPOCHS", str(epochs))
        notes.append(_on_rows(fit.rows, batch, UNITS[kind], framework))
    if fit.classes and "\nCLASSES = " in program:
        notes.append(_on_classes(fit.classes))
    return _noted(program, [note.get(fit.language) for note in notes], fit.language)


def with_constant(program: str, name: str, value: str) -> str:
    """The program with another value for one of its settings."""
    changed, times = _assignment(name).subn(rf"\g<1>{value}", program)
    assert times == 1, f"a program sets {name} {times} times"
    return changed


def _batch(rows: int) -> int:
    if rows < FEW_ROWS:
        return SMALL_BATCH
    return LARGE_BATCH if rows >= MANY_ROWS else USUAL_BATCH


def _on_rows(rows: int, batch: int, unit: Unit, framework: Framework) -> Text:
    spoken = unit.counted(rows)
    en = f"You spoke of {spoken.en}, so BATCH is {batch}."
    zh = f"你提到 {spoken.zh}，所以 BATCH 取 {batch}。"
    more = [_too_few(unit) if rows < TOO_FEW else _first_look(rows, batch)]
    if rows >= unit.held:
        more.append(_from_disk(framework))
    return Text(
        en=" ".join([en, *(one.en for one in more)]),
        zh="".join([zh, *(one.zh for one in more)]),
    )


def _too_few(unit: Unit) -> Text:
    en = "That is too few to judge a model by: collect more"
    zh = "这么少的数据判断不了模型的好坏：请多收集一些"
    if unit.taught:
        en += ", or start from a model that others have trained"
        zh += "，或者从别人训练好的模型开始"
    return Text(en=f"{en}.", zh=f"{zh}。")


def _first_look(rows: int, batch: int) -> Text:
    """How long to train on one's own before looking how far it got."""
    steps = math.ceil(rows / batch)
    if steps > ENOUGH_STEPS:
        return Text(
            en=f"EPOCHS is right for the data below; with yours one pass is {steps:,} "
            f"steps, so look at the validation loss after about {ENOUGH_STEPS:,} "
            "batches, not after a pass.",
            zh=f"EPOCHS 是按下面的数据定的；用你的数据，一轮就是 {steps:,} 步，"
            f"所以大约 {ENOUGH_STEPS:,} 批之后就看一次验证损失，不必等一轮结束。",
        )
    own = min(max(math.ceil(ENOUGH_STEPS / steps), 3), 100)
    return Text(
        en=f"EPOCHS is right for the data below; with yours, try about {own} first.",
        zh=f"EPOCHS 是按下面的数据定的；用你的数据，先试 {own} 轮左右。",
    )


def _from_disk(framework: Framework) -> Text:
    reader = FROM_DISK[framework]
    return Text(
        en="The data below lies in memory as a whole; read yours from disk in pieces, "
        f"with a {reader} of your own.",
        zh=f"下面的数据整个放在内存里；你的数据请写一个 {reader} ，从磁盘分批读取。",
    )


def _on_classes(classes: int) -> Text:
    return Text(
        en=f"You spoke of {classes:,} different answers: set CLASSES to that when you "
        "put in your own data; the data below has its own.",
        zh=f"你提到 {classes:,} 种不同的答案：放入自己的数据时，把 CLASSES 改成这个数；"
        "下面的数据有它自己的类别数。",
    )


def _noted(program: str, notes: list[str], language: Language) -> str:
    """The program with comments at the top of its settings."""
    chinese = language is Language.ZH
    lines = [f"# {line}" for note in notes for line in _wrapped(note, chinese=chinese)]
    return program.replace("# %% Settings", "\n".join(("# %% Settings", *lines)), 1)


def _wrapped(note: str, *, chinese: bool) -> list[str]:
    """Lines of a note; Chinese may break anywhere but in a word and before a mark."""
    if not chinese:
        return textwrap.wrap(note, LINE - 2)
    lines = [""]
    for word in re.findall(r"[!-~]+[，。；：]?|.[，。；：]?", note):
        # A Chinese character is as wide as two.
        if len(lines[-1]) + len(word) > LINE // 2 - 2 or lines[-1].endswith("。"):
            lines.append("")
        lines[-1] += word
    return [line.strip() for line in lines]


def _assignment(name: str) -> re.Pattern[str]:
    return re.compile(rf"^({name} = )(\S+)", re.MULTILINE)


def _constant(program: str, name: str) -> str:
    found = _assignment(name).search(program)
    assert found, f"a program sets no {name}"
    return found[2]
