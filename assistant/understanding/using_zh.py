"""Chinese that says of a framework, beside plain verbs, that one has it: 已经换成了."""

from __future__ import annotations

from assistant.understanding.patterns import rx

_SETTLED = rx(
    r"(?:已经|早就?|去年|今年|刚刚?|上个月|终于|全面|全都?|都)[^，。,]{0,10}"
    r"(?:[换转迁切]|迁移|改|切换|过渡)(?:成|到|为|用|去|往)?了?$"
)
_MOVED = rx(r"^[^，。,]{0,12}?[换转迁改切](?:成|到|为|用|去)?了")
_MEASURED = rx(r"(?:epoch|轮|训练|推理|训|跑|迭代)[^，。,;；]{0,10}$")
_TAKES = rx(
    r"^(?:里|上|中|下|上面)?(?:要|得|花了?|跑了?|用了?|"
    r"需要)[\d一二两三四五六七八九十半几多个]+ ?"
    r"(?:小时|分钟|天|秒|钟头|min|h)"
)
_LEFT_TO_US = rx(r"留[给下了的]|[丢扔甩交传]给|交接|接手|接过|接盘")
_THEN = rx(r"^(?:了|\s*$|[，。,])")


def settled(before: str, after: str) -> bool:
    """Whether one has moved to it: "去年换成了torch"."""
    return bool(_SETTLED.search(before) and _THEN.match(after))


def moved(after: str) -> bool:
    """Whether one has moved from it: "tf全换成了torch"."""
    return bool(_MOVED.match(after))


def measured(before: str, after: str) -> bool:
    """Whether it is said how long something takes in it."""
    return bool(_MEASURED.search(before) and _TAKES.match(after))


def left_to_us(before: str) -> bool:
    """Whether somebody else left it to us."""
    return bool(_LEFT_TO_US.search(before))
