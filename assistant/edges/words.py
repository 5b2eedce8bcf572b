"""The words on the page's buttons, in both languages."""

from __future__ import annotations

from knowledge.records import Language, Text

UI: dict[Language, dict[str, str]] = {
    Language.EN: {
        "title": "Keras or PyTorch?",
        "tagline": "Three witnesses: an article of 2022, today, and your machine.",
        "whole_article": "The article, row by row.",
        "known": "What I understood",
        "nothing_known": "Nothing yet. Tell me who you are and what you plan.",
        "verdict": "Where this stands",
        "no_verdict": "No lean yet: nothing is known to go on.",
        "confidence": "confidence: ",
        "article": "the 2022 article",
        "today": "today",
        "machine": "this machine (speed)",
        "undecided": "measured, undecided",
        "progress": "progress of the measurement",
        "left": "about {seconds} s left",
        "changed": "The measurement changed the advice: {before} → {after}.",
        "moved": (
            "Still {choice}, but the points moved: "
            "{before} → {after} (Keras : PyTorch)."
        ),
        "confirmed": "The measurement leaves the advice as it was: {choice}.",
        "chat": "Conversation",
        "placeholder": (
            "### Who are you, what data do you have, what do you want?\n"
            "Say it in your own words, or ask something about Keras or PyTorch."
        ),
        "message": "I am …, I have …, I want …",
        "label": "Your message",
        "send": "Send",
        "busy": "Measuring …",
        "language": "Language",
        "measure": "Measure both on this machine",
        "stop": "Stop measuring",
        "restart": "Start over",
        "skip": "skip",
        "note": (
            "“This machine” is the one this service runs on. Measuring takes one to "
            "two minutes. The conversation stays in your browser."
        ),
        "lost": "This measurement is gone: the service was restarted. Start it again.",
        "before": "Before the measurement",
        "after": "After the measurement",
        "weights": "What matters to you",
        "weights_note": "1 is neutral, 0 leaves a heading out, 2 counts it twice.",
        "even": "All back to 1",
        "firm": "{share} of the weightings within 30% of these keep it",
    },
    Language.ZH: {
        "title": "选 Keras 还是 PyTorch？",
        "tagline": "三位证人：2022 年的文章、今天的资料、你的机器。",
        "whole_article": "逐条看文章。",
        "known": "我的理解",
        "nothing_known": "还一无所知。先说说你是谁、想做什么。",
        "verdict": "目前的结论",
        "no_verdict": "还没有倾向：没有可依据的信息。",
        "confidence": "把握：",
        "article": "2022 年的文章",
        "today": "今天的资料",
        "machine": "本机（速度）",
        "undecided": "已测量，尚无定论",
        "progress": "测量进度",
        "left": "还需约 {seconds} 秒",
        "changed": "测量改变了建议：{before} → {after}。",
        "moved": "仍是{choice}，但分数变了：{before} → {after}（Keras：PyTorch）。",
        "confirmed": "测量没有改变建议：{choice}。",
        "chat": "对话",
        "placeholder": (
            "### 你是谁、有什么数据、想做什么？\n"
            "用自己的话说，也可以问关于 Keras 或 PyTorch 的问题。"
        ),
        "message": "我是……，我有……，我想……",
        "label": "你的消息",
        "send": "发送",
        "busy": "正在测量……",
        "language": "语言",
        "measure": "在这台机器上实测",
        "stop": "停止测量",
        "restart": "重新开始",
        "skip": "跳过",
        "note": (
            "“这台机器”指运行本服务的机器。测量需要一到两分钟。"
            "对话内容只保存在你的浏览器里。"
        ),
        "lost": "这次测量已丢失：服务重启过。请重新开始测量。",
        "before": "测量之前",
        "after": "测量之后",
        "weights": "你更看重什么",
        "weights_note": "1 为默认，0 表示不考虑，2 表示加倍计分。",
        "even": "全部恢复为 1",
        "firm": "各项权重上下变动 30%，{share} 的情况下结论不变",
    },
}

PHASES = {
    "starting": "正在启动",
    "measuring": "正在测量",
    "timing one epoch of": "正在计时一轮：",
    "launch": "启动",
    "round": "轮次",
    "waiting": "排队等待",
    "stopping": "正在停止",
    "cancelled": "已停止",
    "failed": "失败",
    "done": "完成",
}
"""What a probe says it is doing, as jobs word it, in Chinese."""

ARTICLE = {
    "chat": Text(en="Ask for advice", zh="寻求建议"),
    "other": Text(en="中文", zh="English"),
    "about": Text(
        en=(
            "Every statement of an article of 2022 that compares the two: what it "
            "said, how that stands by today's sources, and what small programs see on "
            "the machine that runs this service."
        ),
        zh=(
            "一篇 2022 年对比文章的每一条陈述：它怎么说、按今天的资料是否成立、"
            "小程序在运行本服务的机器上看到了什么。"
        ),
    ),
    "quick": Text(en="Check here, within 2 minutes", zh="在本机核对（2 分钟内）"),
    "full": Text(en="Check everything, within 15 minutes", zh="全部核对（15 分钟内）"),
    "stop": Text(en="Stop", zh="停止"),
    "check": Text(en="Check this", zh="核对此条"),
    "progress": Text(en="progress of the checks", zh="核对进度"),
    "no_script": Text(
        en="Without JavaScript, run it in a terminal:",
        zh="没有 JavaScript 时请在终端运行：",
    ),
    "of_topic": Text(en="Topic", zh="主题"),
    "of_status": Text(en="Today", zh="今天"),
    "every": Text(en="all", zh="全部"),
    "narrow": Text(en="Show", zh="显示"),
    "save": Text(en="Save these rows as:", zh="将这些行保存为："),
    "queued": Text(en="Waiting for its turn:", zh="排队等待："),
    "running": Text(en="Running:", zh="正在运行："),
    "done": Text(en="Done. The rows are up to date.", zh="完成，表格已更新。"),
    "failed": Text(en="Nothing could be checked.", zh="未能核对任何一项。"),
    "cancelled": Text(
        en="Stopped. What was seen stays.", zh="已停止，已得到的结果保留。"
    ),
    "lost": Text(
        en="The service does not answer, or has forgotten this run. Start it again.",
        zh="服务没有响应，或已不记得这次运行。请重新开始。",
    ),
}

SWITCH = {
    "tabular": Text(en="Tables", zh="表格"),
    "image": Text(en="Pictures", zh="图像"),
    "text": Text(en="Texts", zh="文本"),
    "timeseries": Text(en="Time series", zh="时间序列"),
}

EXAMPLES: dict[Language, tuple[str, ...]] = {
    Language.EN: (
        "I'm a web developer, new to machine learning, and want a quick prototype "
        "with a few hundred photos",
        "PhD student in physics, comfortable with maths, I need custom training loops",
        "Does Keras need TensorFlow?",
    ),
    Language.ZH: (
        "我是前端开发，没学过机器学习，想用几百张图片快速做个原型",
        "物理博士，数学基础好，需要自己写训练循环",
        "Keras 需要 TensorFlow 吗？",
    ),
}


def language_from(*wishes: str | None) -> Language:
    """The first wish that names a language we speak; English otherwise."""
    for wish in wishes:
        if wish and wish.lower().startswith("zh"):
            return Language.ZH
        if wish and wish.lower().startswith("en"):
            return Language.EN
    return Language.EN
