"""Chinese around a framework that says sideways that it is at hand, or is not."""

from __future__ import annotations

from assistant.understanding.patterns import rx

_HANDED = rx(
    r"^\s*[\d.]*\s*(?:的)?(?:代码|项目|模型|那套|工程|脚本)(?:全|都|就)?"
    r"(?:交|留|传|丢|扔|甩|塞)给了?(?:我|咱|俺)们?(?=$|[了，。,；; ])"
)
""" "师姐把Lightning代码交给了我"."""

_TO_COME = rx(r"(?:会|将|要|打算|准备|说好)把?[^，。,]{0,10}$")
_ERA = rx(r"^\s*[\d.x]*\s*时代的?(?:老|旧)?(?:脚本|代码|项目|模型|工程)")
_HERE = rx(
    r"(?:我|咱|公司|组里|团队|实验室|手上|手头|维护|接手|单位|部门)[^，。,]{0,10}$"
)
_NOT_HERE = rx(r"同事|网上|听说|据说|别人|人家|朋友")
_WE_ARE = rx(
    r"(?:我|咱)们?(?:原来|本来|之前|原先|现在|目前|这边)的?(?:代码|实现|版本|模型)?"
    r"(?:是|都是|用的是|写的是)$"
)
_OF_IT = rx(r"^\s*[\d.]*\s*(?:的|写的)?(?=$|[，。,；;])")
_YEARS = rx(r"(?:^|[，。,、 ])(?:[一两二三四五六七八九十]|\d+|多|几|好几)年多?的?\s*$")
_OTHERS = rx(r"招聘|要求|岗位|jd|朋友|同事|老公|老婆|男友|女友|师兄|师姐|推荐")
_ONCE = rx(r"^\s*用过一(?:次|回|下)(?:之?后)?就?(?:弃|没|放弃|再也|卸|删|忘|跑|劝退)")


def handed_down(before: str, after: str) -> bool:
    """Whether what others made in it is there: "公司的TF1时代的脚本要升级"."""
    if _HANDED.match(after):
        return not _TO_COME.search(before)
    if not _ERA.match(after) or _NOT_HERE.search(before):
        return False
    return bool(_HERE.search(before))


def held(before: str, after: str, lead: str) -> bool:
    """Whether it is had: "我原来是tf的", "三年pytorch"."""
    if not _OF_IT.match(after):
        return False
    years = _YEARS.search(before) and not _OTHERS.search(f"{lead}{before}")
    return bool(_WE_ARE.search(before) or years)


def once(after: str) -> bool:
    """Whether it was tried and dropped: "keras用过一次就弃了"."""
    return bool(_ONCE.match(after))
