"""Warnings and reasons in Chinese. A report holds them in English, whoever made it.

Each English sentence stands beside its Chinese one; what varies stands in braces and is
looked up in turn, so that a reason inside a reason is Chinese too; ``words`` are a
program's own. A sentence that is not here stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

SAID = (
    # Warnings.
    (
        "waited {seconds} s in all for other programs to leave off",
        "为等待其他程序空闲，共等了 {seconds} 秒",
    ),
    (
        "{what}; even one busy program can slow a framework many times: {end}",
        "{what}；哪怕一个繁忙的程序也能让框架慢上许多倍：{end}",
    ),
    (
        "other programs ran beside launch {launches}",
        "第 {launches} 次启动时有其他程序在运行",
    ),
    (
        "{what}: left out of the ratios, its times are kept",
        "{what}：不计入比值，原始计时保留",
    ),
    (
        "other programs ran beside the start of {starts}: its start-up times are "
        "theirs too",
        "{starts} 启动时有其他程序在运行：其启动用时也受了影响",
    ),
    (
        "it is not known what else ran: the line is drawn at {zone}",
        "不知道当时还有什么程序在运行：界限为 {zone}",
    ),
    ("nothing is decided", "不作判定"),
    ("the line is drawn at {zone}", "界限为 {zone}"),
    (
        "{arm} did not settle while warming up; its times may drift",
        "{arm} 预热后仍未稳定，计时可能漂移",
    ),
    (
        "{contender} was not measured; ratios are to {other}",
        "{contender} 未能测量，比值以 {other} 为基准",
    ),
    (
        "one launch only: the interval rests on {whose} {sd} spread between launches",
        "只启动了一次：区间依据{whose}启动间离散度 {sd}",
    ),
    ("this machine's earlier", "本机以往的"),
    ("an assumed", "假定的"),
    (
        "{a} ran on {device}, {b} on {other}: not comparable; keep both on one device",
        "{a} 运行在 {device} 上，{b} 运行在 {other} 上：不可比较；请让两者使用同一设备",
    ),
    (
        "{a}: a step was faster than a matrix product of this machine allows; it is "
        "not compared",
        "{a}：单步用时快过本机矩阵乘法的极限，不作比较",
    ),
    (
        "{a} differed from itself by {part} between two processes: {end}",
        "{a} 的两个进程之间相差 {part}：{end}",
    ),
    ("{a}: its memory is not known: {why}", "{a}：内存用量未知：{why}"),
    ("no time was left", "没有剩余时间"),
    ("energy is not told by this machine", "本机不提供能耗读数"),
    ("memory of {arm}", "测量 {arm} 的内存用量"),
    ("nothing was learnt: {why}", "没有得到学习结果：{why}"),
    (
        "the time was enough for {done} of {runs} runs of learning",
        "时间只够完成 {runs} 次学习中的 {done} 次",
    ),
    (
        "the time was not enough for rounds of whole epochs, the documented way; a "
        "larger budget gives them",
        "时间不够按默认写法作整轮训练的轮次；时间更长就能测",
    ),
    (
        "in {precision} bare steps alone are compared: whole epochs, estimates from "
        "them and tuned ways are left out, and first steps come after a check in "
        "float32 in the same process",
        "{precision} 精度下只比较裸步骤：不测整轮训练、据此的估计和调优写法；"
        "首步在同一进程的 float32 检验之后",
    ),
    (
        "{arm}: its biases go {part} of their way astray in {precision}; its matrices "
        "do not, so it is compared",
        "{arm}：其偏置在 {precision} 下偏离应走路程的 {part} 倍；"
        "权重矩阵没有偏离，所以仍作比较",
    ),
    # Why a contender has no time.
    (
        "not comparable, because TensorFlow's documented way to {precision} is Keras's "
        "dtype policy; without Keras everybody casts by hand",
        "不可比较：TensorFlow 文档给出的 {precision} 用法是 Keras 的 dtype policy，"
        "不用 Keras 就只能各自手工转换",
    ),
    (
        "it says {precision}, and its step multiplies matrices in {kinds}",
        "声称是 {precision}，其训练步却以 {kinds} 作矩阵乘法",
    ),
    ("its optimizer keeps {kind}", "其优化器状态以 {kind} 存放"),
    ("not comparable: {why}", "不可比较：{why}"),
    ("does not compute the same model: {why}", "算的不是同一个模型：{why}"),
    (
        "{name} differ by {value} (limit {limit})",
        "{name} 相差 {value}（上限 {limit}）",
    ),
    (
        "{name} differ by {value} only, as in float32 (in {precision} at least "
        "{least})",
        "{name} 只相差 {value}，如同 float32（{precision} 至少为 {least}）",
    ),
    ("{seen} parameters instead of {wanted}", "参数为 {seen} 个，应为 {wanted} 个"),
    ("no number given", "没有给出数值"),
    (
        "a step makes {counted} operations in products, and needs {needed}",
        "一步的矩阵乘法有 {counted} 次运算，只需要 {needed} 次",
    ),
    (
        "matrix products in {precision} precision, not {wanted}",
        "矩阵乘法精度为 {precision}，不是 {wanted}",
    ),
    (
        "it uses {threads} threads, the others {cores}",
        "它用 {threads} 个线程，其他用 {cores} 个",
    ),
    (
        "{asked} steps were asked for and {taken} taken",
        "要求 {asked} 步，实际走了 {taken} 步",
    ),
    (
        "took {taken} steps in an epoch of {rows} rows",
        "一轮 {rows} 条数据走了 {taken} 步",
    ),
    ("its program was compiled anew while it was timed", "计时期间程序被重新编译"),
    ("it says that it compiles, but nothing was compiled", "声称编译，实际没有编译"),
    (
        "it says that it compiles, but its step runs uncompiled",
        "声称编译，但训练步运行的是未编译的程序",
    ),
    (
        "its weights and batches are not those of the others",
        "其权重和批次与其他的不同",
    ),
    ("its weights are held as {kinds}", "其权重以 {kinds} 存放"),
    ("its inputs are held as {kinds}", "其输入以 {kinds} 存放"),
    ("its labels are held as {kinds}", "其标签以 {kinds} 存放"),
    ("gave no weights to compare after a block", "计时之后没有给出可比对的权重"),
    ("gave no proof of its epochs", "没有给出整轮训练的检验"),
    (
        "its epochs train otherwise: weights differ by {value} of their way (limit "
        "{limit})",
        "其整轮训练算的不是同一件事：权重偏离应走路程的 {value}（上限 {limit}）",
    ),
    (
        "its epochs take the rows in the order given",
        "其整轮训练没有打乱数据的顺序",
    ),
    (
        "its epochs have {names} beside their rows",
        "其整轮训练除数据外还带有 {names}",
    ),
    ("its optimizer has {setting}", "其优化器设置了 {setting}"),
    ("its model has {setting}", "其模型设置了 {setting}"),
    (
        "its tensors are not laid out as PyTorch does by itself",
        "其张量布局不是 PyTorch 的默认布局",
    ),
    ("its model runs eagerly", "其模型以即时模式运行"),
    ("its step was built with {setting}", "其训练步以 {setting} 构建"),
    (
        "the clock stopped {seconds} s before the work was done",
        "计时在工作完成前 {seconds} 秒就停止了",
    ),
    ("the time was up during {phase}", "在“{phase}”阶段时间用尽"),
    ("its answers lacked fields of a report", "其回答缺少报告所需的字段"),
    ("could not be started: {why}", "无法启动：{why}"),
    ("no answer to {command} within {seconds} s", "{seconds} 秒内没有回答 {command}"),
    ("gave an answer that is not one of ours", "给出的回答不是本程序的格式"),
    ("gave a time that is not one", "给出的时间无效"),
    ("gave a gate that is not one", "给出的检验结果无效"),
    ("closed its output or wrote without end", "关闭了输出，或输出没有尽头"),
    ("killed by {signal}", "被 {signal} 终止"),
    ("exited {code}: {words}", "以状态 {code} 退出：{words}"),
    ("it said nothing", "没有留下任何信息"),
    ("gate failed", "未通过检验"),
    (
        "{names} not installed here; {command}",
        "本机未安装 {names}；{command}",
    ),
    ("{name} is", "{name}"),
    ("{names} are", "{names}"),
    ("{one} and {other}", "{one} 和 {other}"),
    # Phases.
    ("start", "启动"),
    ("import", "导入"),
    ("build and gate", "构建与检验"),
    ("warm-up", "预热"),
    ("measuring", "计时"),
    ("fit epochs", "整轮训练"),
    ("epochs ({way})", "整轮训练（{way}）"),
    (
        "timing whole epochs, launch {launch}, round {round}",
        "整轮计时：第 {launch} 次启动，第 {round} 轮",
    ),
    ("warming up epochs of {arm}, {way}", "{arm} 的整轮训练（{way}）预热"),
    ("answering", "预测"),
    ("waiting for its turn", "等待"),
    ("waiting for other programs to leave off", "等待其他程序空闲"),
    ("starting {arm}", "正在启动 {arm}"),
    (
        "measuring, launch {launch}, round {round}",
        "计时：第 {launch} 次启动，第 {round} 轮",
    ),
    ("timing epochs of {arm}", "{arm} 的整轮计时"),
    ("{arm}: {what}", "{arm}：{what}"),
    ("{what} ({cores} cores), {rest}", "{what}（{cores} 核）、{rest}"),
    ("{what} ({cores} cores)", "{what}（{cores} 核）"),
)
"""English and Chinese, the more particular ones first."""

JOINS = "; "
"""Between the faults of one gate."""


def in_chinese(text: str) -> str:
    """A warning, reason or phase in Chinese, or as it is."""
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(text):
            parts = {
                name: part if name == "words" else in_chinese(part)
                for name, part in found.groupdict().items()
            }
            return chinese.format(**parts)
    if JOINS in text:
        return "；".join(in_chinese(part) for part in text.split(JOINS))
    return text


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(_pattern(english), chinese) for english, chinese in SAID]


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    return re.compile(
        "".join(
            f"(?P<{part}>.+?)" if place % 2 else re.escape(part)
            for place, part in enumerate(parts)
        )
    )
