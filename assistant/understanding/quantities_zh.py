"""Counts and volumes of data in Chinese: 三万张图, 共300人, 3个T, 三到五千行."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understanding.numbers_zh import ZH_NUMBER, chinese_number
from assistant.understanding.records import Quantity

_THING = (
    r"(?:病人|患者|病例|用户|客户|会员|样本|样例|例子|数据|文件|文档|视频|短视频|"
    r"图片|图像|照片|"
    r"图|句子|商品|订单|音频|录音|片段|切片|账号|细胞|分子|化合物|节点|帖子|案例|"
    r"词条|标注|记录|序列|信号|样|点云|三元组|评论|弹幕|邮件|"
    r"短信|报告|病历|问卷|题目|问题对|对话|交易|事件|时间点|数据点|采样点|单词|"
    r"网页|新闻|文本|文章|论文|合同|判决书|简历|实体|图谱|局|回合|地块|房源|股票)"
)
_UNIT = (
    r"(?:张(?!显?卡|[A-Za-z]?\d{2,4}|gpu|rtx|gtx|nvidia|床|嘴|桌|表|excel|票|纸|唱片|"
    r"专辑|碟|试卷|问卷|卷子|单子)|"
    r"条(?!命|件|馈线|线路|路|河|街|船|狗|鱼|产线|生产线)|行(?!代码|的?代码|python|程序|搞定|就)|样本|"
    r"份(?!工作|offer|薪|钱)|篇(?!论文(?:里|都|要|还|发))|段(?!时间|代码)|幅|帧|"
    r"例(?!外|如)|笔(?!记本|试|钱)|组|封|首|句(?!话)|则|通|棵|株|枚|匹|场(?!面试)|"
    r"支|卷(?!积)|套|部|题|道题|"
    rf"[个位名件只台户家单对头块人种]?的?(?:(?![年月周天日时分秒岁元次层类卡台维步核])[\u4e00-\u9fff]){{0,3}}?{_THING}|图|照片|记录|"
    r"人次|对(?=句|双语|平行|图))"
)
_ABOUT = r"(?:上|近|小|成|数|约|有|就|才|共|仅|凑了|攒了|超过|大概|不到|差不多)"
_COUNT = re.compile(
    rf"(?P<about>{_ABOUT})?(?:(?P<low>{ZH_NUMBER})[张条行个份篇段]? ?(?:到|至|~|-|—|"
    rf"或者?) ?)?"
    rf"(?P<number>{ZH_NUMBER})"
    rf"(?P<more> ?(?:多|来|余|几|好几|把|\+))? ?个?(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    rf"(?<![A-Za-z0-9_.])(?P<n>{ZH_NUMBER}) ?[多来]?个? ?"
    r"(?P<u>kb|mb|gb|tb|pb|gigs?|(?:kilo|mega|giga|tera|peta)bytes?|g|t|m(?=的(?:csv|"
    r"excel|文件|表|txt|json|压缩包|"
    r"wav)))(?![A-Za-z])",
    re.IGNORECASE,
)
_BYTES = {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15, "m": 1e6, "g": 1e9,
    "t": 1e12, "gig": 1e9, "gigs": 1e9}  # fmt: skip
_BYTES |= {
    f"{prefix}byte{plural}": _BYTES[f"{prefix[0]}b"]
    for prefix in ("kilo", "mega", "giga", "tera", "peta")
    for plural in ("", "s")
}

_MACHINE_BEFORE = re.compile(
    r"(?:显存|内存|运存|vram|\bram|memory|硬盘|磁盘|固态|ssd|显卡|核显|独显|mac\w*|"
    r"m[1-5](?: ?(?:max|pro|ultra))?|(?:rtx|gtx|[avhlpt])\d{1,4}|"
    r"(?<!\d)(?:[2-5]0[5-9]0|10[5-8]0|16[56]0|[67][4-9][05]0)"
    r"(?: ?(?:ti|super|xtx?|m|d|s|laptop))*)"
    r"(?:只有|就|才|是|有|一共|大概|也就|到|魔改|改|版|的|with|has|having|[:：(（ ])*$",
    re.IGNORECASE,
)
_MACHINE_AFTER = re.compile(
    r"\s{0,3}(?:of\s{1,3})?的?(?:统一)?(?:unified memory|v?ram|memory|内存|记忆体|显存|"
    r"运存|flash|sram|each\b|apiece\b|gpu|card|显卡|"
    r"swap|disk space|ssd|硬盘|磁盘|空间|"
    r"单卡|"
    r"的?卡|的?(?:[ahvlbt]\d{2,4}|rtx|[2-5]0[5-9]0|n卡)|的?(?:笔记本|本子|机器|电脑|服务器))",
    re.IGNORECASE,
)
_CARD_BEFORE = re.compile(
    r"\b(?:rtx|gtx|radeon|quadro|tesla|arc|geforce|rx|[ahvlpt]\d{1,4}|[1-9]0[5-9]0)"
    r"[ \w]{0,14}[,，、]\s?$",
    re.IGNORECASE,
)
_DATA_AFTER = re.compile(
    r"\s{0,2}(?:of|的|on disk|in total|raw|compressed|unpacked|数据)(?! (?:v?ram|"
    r"memory))",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:under|below|within|at most|max(?:imum)?|limit(?: of)?|less than|no more "
    r"than|"
    r"smaller than|fits? in(?:to|side)?|only|just)\s{1,2}$",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(
    r"\s{0,2}(?:at most|max|limit|tops|or less|budget|binary|model|app\b|apk|download|"
    r"bundle|以内|以下|封顶)",
    re.IGNORECASE,
)
_NOT_DATA_BEFORE = re.compile(
    r"(?:第|版本|版|年薪|月薪|工资|薪资|薪水|日活|月活|周活|粉丝|用户量|预算|房价|"
    r"花了?|学费|播放|点赞|star|营收|并发|qps|转发|阅读量?|薪|给|价|卖|赚|亏|估值|"
    r"融资|参数量?|市值|考|排名|前|tokens?|词表|上下文|人口|码农|学时|公里|"
    r"gpt-?|python ?|py|tf|tensorflow ?|keras ?|torch ?|pytorch ?|cuda ?|"
    r"win(?:dows)? ?|"
    r"ubuntu ?|rtx ?|gtx ?|\bv|batch(?:[ _]?size)?|epochs?|大|研|博|高|初|top|"
    r"20\d\d ?年 ?|[-=:：*×xX/#])\s*$",
    re.IGNORECASE,
)
_NOT_DATA_AFTER = re.compile(
    r"^ *(?:%|块钱?|元|刀|欧|美[元金]|港币|的?年薪|的?月薪|薪|粉|日活|月活|参数|"
    r"的?参数|"
    r"亿?参数|行代码|字|公里|千米|米|次|人看|倍|度|岁|年|个?月|周|天|个?小时|分钟|"
    r"秒|毫秒|号|级台阶|点|遍|种|类|分类|[个]?[\u4e00-\u9fff]{0,3}(?:特征|字段|指标|"
    r"变量|类别|参数)|个?类别?|层|维|列|个?特征|个?字段|块卡|卡|"
    r"核|门|本|分|台|位同学|步|轮|个?epoch|个?框架|个?小时|个?星期|个?礼拜|个?工作日|"
    r"\d|[.:：*×/]\d|[xX×*] ?\d|hz|khz|k?采样|像素|导联?|通道|个?传感器|路|"
    r"级(?!别?的?(?:数据|图|样本|训练))|"
    r"别|不要|要|得|记住|一遍|强|大|工|名员工|人的|人公司|人团队|个?人|人$|"
    r"人(?=[,，。 ])|"
    r"多?人|多?块|多?年|多?次|多?天|多?个?小时|多?岁|多?个?月|多?台|多?元|多?分|多?字|"
    r"多?倍|多?类|来岁|几岁|出头岁|[a-z]{2,})",
    re.IGNORECASE,
)
_IDIOMS = frozenset({"万一", "千万", "百", "千", "十", "万", "亿", "百万", "千亿"})
"""Said of much else, unless counted in something or rounded: "千万别", "百万年薪"."""

_ROUNDED = re.compile(r"左右|级|上下|以上|以内|出头|开外")
_INSTEAD_OF = re.compile(
    r"(?:不是|而不是|并非|而非|不再是|没有)(?:大概|大约|差不多|一共|有|只有)?\s*$"
)
_SMALLEST = 10
_OF_CODE = re.compile(
    r"(?:代码|堆栈|报错|脚本|源码|程序|屎山|工程|项目|traceback|日志刷)[^，。,]{0,8}$|"
    r"^\s*(?:import|from) \w+(?![\s\S]*(?:数据|表|csv|excel|样本))",
    re.IGNORECASE | re.MULTILINE,
)
_OF_MACHINE = re.compile(
    r"(?:内存|flash|闪存|\brom|s?ram|显存|运存|缓存|存储|空间|硬盘|带宽|采样率|码率|"
    r"工资|月薪|年薪|薪水|薪资|收入|预算|房租|首付|参数量?|粉丝|日活|月活|并发|词表|上下文|"
    r"salary|budget|rent|price|bonus|income)"
    r"(?:就|才|只|只有|剩|就剩|只剩|有|一共|总共|才有|不到|是|大概|大约|约|也就|还|最多|"
    r"顶多|了|个| |is|was|about)*$",
    re.IGNORECASE,
)
_CONSUMED = re.compile(
    r"(?:看|刷|翻|逛|读|搜)(?:了|过|完|到)?(?:\S{1,8})?(?:帖子?|文章|视频|论文|教程|篇|回答|评论|问答)$|"
    r"(?:教程|面经|帖子|攻略|博客|回答)[^，。,]{0,2}?[\d一二两三四五六七八九十百几]+(?:多|来|几)?篇$"
)
_MANY_POSTS = 1_000
""" "看了四十几个帖子": what one reads to choose is no data."""

_NO_ONE = re.compile(r"[共起样般直些定旦边向切律味]")
_TOTAL = re.compile(
    r"(?:样本|数据|图片|图像|照片|记录|文件|录音|视频|语料|样例|评论|文本)"
    r"(?:数量?|量|总数|个数|数目|总量|条数|张数)?(?:一共|总共|共|是|有|大概|约)?"
    r"\s*[:：=]?\s*$"
)
_PIECES = re.compile(
    r"(?:录音|图片?|照片|文件|视频|样本|标本|片子|音频|切片|数据|文档|病例|案例)[\s\S]{0,30}"
    r"(?:有|共|攒了|存了|收了|收集了|总共|一共|凑了|达)(?:大概|大约|约|快|近|超过|了)?$"
)
_FEWEST_PIECES = 100
_SHORT = 12
"""Signs of a message that is a number and no more: "一千出头"."""

_OF_DATA = re.compile(
    rf"(?:{_THING}|语料|数据集|标注?[好过]?了?|爬[取到]?了?|采集?[到了]*|收集[到了]*|"
    r"录了|拍了|扫了|攒下?了?(?:图|数据|样本))[^，。,;；]{0,6}$"
)
_THINGS_AFTER = re.compile(r" ?(?:页|个(?![月人小点多G]|星期|礼拜|工作|框架|类|特征))")
_BARE_BEFORE = re.compile(
    r"(?:^|[，。,;；:：!！?？\s])(?:也就|大概|大约|差不多|一共|总共|共|有|约|就|才|只有|"
    r"只|顶多|最多|可能|估计|应该|嗯|呃|我|我们|这边|手头|手上|现在|目前|不到|将近|近|"
    r"得有|快|能有|之前|的)*$"
)
_BARE_AFTER = re.compile(
    r" ?(?:左右|上下|吧|个|出头|以上|以内|开外|不到|的样子|这样|多|来|啊|呢|嘛)*"
    r"(?:$|[，。,;；!！?？\s.…])"
)
_EACH = re.compile(
    r"(?:每|日均|月均|平均|人均|单个|一天|一个月|一小时|一秒|batch)[^，。,;；\d]{0,6}$"
)
"""A part of the data, or what comes in a day, is not how many there are."""


def chinese_volumes(text: str) -> Iterator[Quantity]:
    """Volumes of data, and as field ``machine`` those of memory and disks."""
    for match in _VOLUME.finditer(text):
        number = chinese_number(match["n"])
        before = text[max(0, match.start() - 24) : match.start()]
        if number is None or set("几数") & set(match["n"]):
            # "几十个G" is too rough to be put down as so many bytes.
            continue
        ours = _MACHINE_BEFORE.search(before) or _MACHINE_AFTER.match(text, match.end())
        after = text[match.end() : match.end() + 24]
        near = _CARD_BEFORE.search(before) and not _DATA_AFTER.match(after)
        small = match["u"].lower() in ("kb", "mb") and (
            _AT_MOST.search(before) or _LIMIT_AFTER.match(after)
        )
        no_data = ours or near or small or _INSTEAD_OF.search(before)
        field = "machine" if no_data else "dataset_bytes"
        value = round(number * _BYTES[match["u"].lower()])
        if 1 <= value <= 1e18:
            yield Quantity(field, value, match.start(), match.end(), 0.95)


def chinese_counts(text: str, bare: bool) -> Iterator[Quantity]:
    """Counts of examples; "三到五千" is one, in the middle of its ends.

    Args:
        bare: accept a number without a unit, as in the answer to "how many?".
    """
    for match in _COUNT.finditer(text):
        value = _value(match, text, bare)
        if value is not None:
            start = match.start("number") if match["low"] is None else match.start()
            yield Quantity("dataset_rows", round(value), start, match.end(), 0.9)


def counted_kind(words: str) -> str | None:
    """The kind of data that the word for its pieces tells: 张 are pictures."""
    unit = re.search(r"[张幅篇](?=[^张幅篇]{0,3}$)", words)
    return None if unit is None else "text" if unit[0] == "篇" else "image"


def _value(match: re.Match[str], text: str, bare: bool) -> float | None:
    """The count that a match stands for, None where it counts no examples."""
    start = match.start("low" if match["low"] else "number")
    before = text[max(0, match.start() - 24) : match.start()]
    after = text[match.end() : match.end() + 16]
    value = _middle(match["low"], match["number"])
    if value is None or not 1 <= value <= 1e12 or _INSTEAD_OF.search(before):
        return None
    if _EACH.search(before) or (_OF_MACHINE.search(before) and not match["unit"]):
        return None
    if match["number"] == "一" and _NO_ONE.match(text, match.end("number")):
        return None
    if re.search(r"[A-Za-z_.\d]", text[max(0, start - 1) : start]) or before.endswith(
        "第"
    ):
        return None
    large = re.search(r"[百千万亿wW]|[kK](?![a-zA-Z])", match["number"])
    if value < _MANY_POSTS and _CONSUMED.search(before + match[0]):
        return None
    if match["unit"] == "行" and _OF_CODE.search(text[:start][-300:]):
        return None
    if match["unit"]:
        rounded = match["more"] or large or "十" in match["number"]
        return value if bare or rounded or value > _SMALLEST else None
    if value >= _FEWEST_PIECES and _summed(
        text[:start][-60:], text[match.end("number") :][:16]
    ):
        return value
    if re.fullmatch(r"(?:19|20)\d\d", match["number"]):
        return value if bare else None
    behind = text[max(match.end("number"), match.end("more")) :][:12]
    if bare and not large and not _plainly(before, after):
        return None
    alone = len(text) <= _SHORT and _plainly(before, after)
    of_data = alone or _OF_DATA.search(before) or _THINGS_AFTER.match(behind)
    if not (bare or of_data):
        return None  # money, for the most part
    other = _NOT_DATA_BEFORE.search(before) or _NOT_DATA_AFTER.match(after)
    rounded = match["about"] or _ROUNDED.match(after) or bare
    if other or (match["number"] in _IDIOMS and not rounded):
        return None
    return value if bare or large else None


def _plainly(before: str, after: str) -> bool:
    """Whether a small number is an answer, and no part of a word: 一个周末, 一半."""
    return bool(_BARE_BEFORE.search(before) and _BARE_AFTER.match(after))


def _summed(before: str, after: str) -> bool:
    """ "样本数: 7342", "录音一天一个, 到今天有730个"."""
    if _TOTAL.search(before) and re.match(r"\s*(?:$|[，。,;；\n])", after):
        return True
    return bool(_PIECES.search(before) and re.match(r" ?个(?=$|[，。,;；了 ])", after))


def _middle(low: str | None, high: str) -> float | None:
    """Between the ends of a range; the scale of the second serves for the first."""
    second = chinese_number(high)
    first = chinese_number(low) if low else second
    if not first or not second:
        return None
    if first < 10 <= second:
        first *= second / (chinese_number(high[:1]) or second)
    return (first + second) / 2 if first <= second else second
