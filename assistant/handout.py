"""What goes with a first program: how to run it, what it shows, one's own data.

In English the text at the top of the program says what it is; its Chinese counterpart
stands here, for the program itself is in English.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.explanation import STACKS
from assistant.fitting import UNITS, Fit
from assistant.installing import first
from assistant.packing import introduction
from assistant.profile import OperatingSystem
from knowledge.records import Language, Stack, Text

TITLES = {
    "Settings": "设置",
    "Imports": "导入",
    "Data": "数据",
    "Words to numbers": "把词变成数字",
    "Model": "模型",
    "Answers and loss": "答案与损失",
    "The same, a little differently": "同一个样本，略有不同",
    "Lesson": "一步做什么",
    "Training": "训练",
    "Result": "结果",
    "Save and load": "保存与载入",
}
"""The cells of the programs."""

_SHIPPED = "数据随 scikit-learn 一起安装，不用下载任何东西。"
_OWN = "换成自己的数据时，改 Settings 和 Data 两个单元。"
_QUESTIONS = {
    "tabular": (
        "表格数据的第一个模型",
        "肿瘤是不是良性的？",
        f"569 名患者，每人 30 项测量；{_SHIPPED}在任何电脑上几秒钟就能跑完。{_OWN}",
    ),
    "image": (
        "图像的第一个模型",
        "这里写的是哪个数字？",
        f"1,797 个扫描的手写数字，8 x 8 像素；{_SHIPPED}"
        f"在任何电脑上用不了一分钟。{_OWN}",
    ),
    "text": (
        "文本的第一个模型",
        "这条评论是好评吗？",
        "程序自己写出 2,000 条短评论（英文），不用下载任何东西。词序是要紧的："
        f"“not very good” 不是夸奖。在任何电脑上用不了一分钟。{_OWN}",
    ),
    "timeseries": (
        "时间序列的第一个模型",
        "下一个小时会怎样？",
        "程序自己生成一条序列：每小时的需求，有日节律、周节律和噪声，不用下载任何东西。"
        f"在任何电脑上用不了一分钟。{_OWN}",
    ),
}
"""By kind of data: title, question, and what the data is."""

_EQUAL = "同一个样本换一种测法或写法，答案应当几乎不变"
_CHANGES = {
    "keras_loop": f"训练循环是自己写的。损失里有一项 `fit` 没有设置可选：{_EQUAL}。"
    "模型、损失、优化器和循环在每个后端上都一样，只有求梯度用后端自己的写法。",
    "pytorch_loop": f"训练循环是自己写的，并且多做了几件事：{_EQUAL}；"
    "过长的梯度会被缩短；学习率先升后降。",
    "lightning": "循环由 Lightning 来跑：你写清一步做什么，它找 GPU、数轮次、留下最好的"
    "权重。里面的模型仍是普通的 PyTorch 模型。",
    "lightning_loop": "一步里做什么由你决定（`automatic_optimization = False`）："
    f"{_EQUAL}；过长的梯度会被缩短。",
}
"""What is other than in the plain program."""

_WRITTEN = Text(en="It is written for {}.", zh="它是为「{}」写的；程序里的说明是英文。")
_RUN = Text(en="Run it", zh="运行")
_DATA = Text(en="Your own data", zh="换成自己的数据")
_LAST = Text(
    en="The last lines compare the model with the simplest possible answer, on data "
    "that it has\nnever seen, and say whether the saved model, loaded again, agrees "
    "with itself.",
    zh="最后几行在模型没见过的数据上，把它和最简单的答案作比较，并说明保存的模型重新载入后"
    "结果是否一致。",
)


def about(
    program: str,
    stack: Stack,
    kind: str,
    changes: Sequence[str],
    language: Language,
) -> tuple[str, ...]:
    """Paragraphs on a program, the first of them its title.

    Args:
        changes: what was laid over the plain program.
    """
    if language is Language.EN:
        return introduction(program)
    title, question, data = _QUESTIONS[kind]
    name = STACKS[stack].get(language)
    more = [_CHANGES[one] for one in changes if one in _CHANGES]
    return (f"{title}（{name}）：{question}", data, *more)


def heading(cell: str, language: Language) -> str:
    """The title of a cell."""
    return TITLES[cell] if language is Language.ZH else cell


def readme(
    paragraphs: tuple[str, ...],
    stack: Stack,
    kind: str,
    fit: Fit,
    *,
    backend: bool,
    page: str | None,
) -> str:
    """``README.md``.

    Args:
        paragraphs: on the program, as :func:`about` gives them.
        backend: whether the program chooses what Keras computes with.
        page: of the command that is needed before ours, where there is one.
    """
    title, *more = paragraphs
    windows = fit.os is OperatingSystem.WINDOWS
    python, within = (
        ("py", ".venv\\Scripts\\") if windows else ("python3", ".venv/bin/")
    )
    run = f"""```sh
{python} -m venv .venv
{within}python -m pip install -r requirements.txt
{within}python main.py
```"""
    space = "" if fit.language is Language.ZH else " "
    blocks = (
        f"# {title}",
        space.join(more),
        _WRITTEN.get(fit.language).format(STACKS[stack].get(fit.language)),
        f"## {_RUN.get(fit.language)}",
        *((first(page, fit.language),) if page else ()),
        run,
        _LAST.get(fit.language),
        f"## {_DATA.get(fit.language)}",
        space.join(one.get(fit.language) for one in _own(kind, fit, backend=backend)),
    )
    return "\n\n".join(blocks) + "\n"


def install_once(command: str, language: Language) -> str:
    """What a notebook says of what it needs."""
    once = "先安装一次：" if language is Language.ZH else "Install once: "
    return f"{once}`{command}`"


def _own(kind: str, fit: Fit, *, backend: bool) -> list[Text]:
    unit = UNITS[kind]
    said = [
        Text(
            en=f"Write your own {unit.many} into the cell *Data* of `main.py`.",
            zh="把自己的数据写进 `main.py` 的 *Data* 单元。",
        )
    ]
    if fit.rows:
        rows = unit.counted(fit.rows)
        said.append(
            Text(
                en=f"You spoke of {rows.en}: *Settings* says what to change then.",
                zh=f"你提到 {rows.zh}：*Settings* 单元说明到时要改什么。",
            )
        )
    if backend:
        said.append(
            Text(
                en="`BACKEND` chooses what Keras computes with; the rest of the "
                "program stays as it is, but the other backend has to be installed.",
                zh="`BACKEND` 决定 Keras 用哪个后端计算；程序其余部分不用改，但要先装好"
                "那个后端。",
            )
        )
    return said
