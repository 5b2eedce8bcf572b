"""Chinese that says of a framework, beside plain verbs, that one has it: 已经换成了."""

from __future__ import annotations

from assistant.understanding.patterns import FRAMEWORK, rx

_WISH = rx(
    r"(?:想|要|打算|准备|计划|考虑|需要|该|能|得|让|要求|规定|希望|如何|怎么|咋|"
    r"据说|听说|传说|听闻|看到|知道|没|还不|不敢|不|正|在|慢慢|逐步|如果|若|让我|叫|"
    r"帮)[^，。,]{0,24}$"
)
_GONE_OVER = rx(
    rf"^ *\d?[^，。,]{{0,8}}?(?:转|换|迁|迁移|改|切|切换|移植|搬|过渡|跳|重写)(?:成|到|"
    rf"为|用|去|"
    rf"往|过去|过|了|向| ){{0,3}}{FRAMEWORK}[\d.]*(?: *(?:了|已经|已|快|都|有|之后|"
    rf"以后|后来|就|"
    rf"完|也)|$)"
)
_BY_NOW = rx(
    r"(?:已经|已|早就?|去年|今年|前年|年前|月前|周前|上个?月|上周|终于|全面|刚刚?|"
    r"当初|当时|后来|\d{4}年)"
)
_HAS_GONE = rx(rf"{FRAMEWORK}[\d.]* *(?:了|已经?|快|都?有|之后|以后|就|完)")
_SETTLED = rx(
    r"(?:已经|早就?|去年|今年|刚刚?|上个月|终于|全面|全都?|都)[^，。,]{0,10}"
    r"(?:[换转迁切]|迁移|改|切换|过渡)(?:成|到|为|用|去|往)?了?$"
)
_BACK = rx(
    r"(?:现在|如今|后来|最后|又|还是|目前)[^，。,]{0,4}[转换改切用]回(?:了|到|来)?$"
)
_OVER_TO = rx(
    r"(?:[换转迁切搬改移](?:移|写|换|植)?(?:成|到|为|去|往|用|过|向){0,2}了?|"
    r"改用了?)[^，。,]{0,2}$"
)
_TO_END = rx(r"^[\d.]*(?:了|已经?[^，。,]{0,6}年|快?[^，。,]{0,4}年|之后|以后|就|完)")
_MOVED = rx(r"^[^，。,]{0,12}?[换转迁改切](?:成|到|为|用|去)?了")
_MEASURED = rx(r"(?:epoch|轮|训练|推理|训|跑|迭代)[^，。,;；]{0,10}$")
_TAKES = rx(
    r"^(?:里|上|中|下|上面)?(?:要|得|花了?|跑了?|用了?|"
    r"需要)[\d一二两三四五六七八九十半几多个]+ ?"
    r"(?:小时|分钟|天|秒|钟头|min|h)"
)
_TO_PORT = rx(r"(?:把|将|从|由)[^，。,;；]{0,8}$")
_PORTED = rx(
    rf"^[\d.]*[^，。,;；]{{0,8}}?(?:转|换|迁|迁移|改|改写|改造|重写|切|切换|移植|搬|"
    rf"过渡|"
    rf"统一|翻)(?:写|移|换|造|译)?(?:成|到|为|用|去|往|过|了|向| ){{1,3}}{FRAMEWORK}"
)
_HALF = rx(
    r"一半(?:是|用|在用|还是|人用|人在用|人写|人|代码是|代码|项目|的?是|的?项目是|"
    r"写的?)?$"
)
_CAMPS = rx(
    r"师[弟兄妹姐]|同事|同学|室友|群里|网友|评论|大家|意见|投票|吵|争|文献|论文|网上|"
    r"招聘|岗位|"
    r"教程|开源|github|市面|业界|别人|推荐|回答|答案|帖子|搜|面经|书"
)
_HALF_EACH = rx(
    rf"^(?: *(?:和|跟|与|、|/|\+) *{FRAMEWORK})? *(?:代码|模型|项目|人|用户)?"
    r"(?:各(?:占|有|用|写)?一?半|对半|一半一半|五五开|参半|各(?:有|占)?(?:几个|一些|"
    r"两个|三个|一套)|"
    r"两套|都有(?:存量|代码|模型|项目|在用|人用)|两手抓|混用|混着(?:用|写)|轮着用|"
    r"换着用|并存|"
    r"共存|双修|双持)"
)
_SHARE = rx(
    r"^[\d.]*(?:用得?|写得?)?(?:居多|为主|占大头|占多数|占大部分|打底|偶尔(?:用|写|碰|"
    r"也用)|"
    r"用得?(?:比较|相对)?(?:多|少)|写得?(?:比较|相对)?(?:多|少)|多一[点些]|也凑合会|"
    r"[\d一二两三四五六七八九十]+成)(?=$|[，。,; ])"
)
_LEARNED = rx(
    r"^[\d.]*(?:我|我们|已经?|也|都|倒是|倒|算是|算|刚|刚刚|才|好歹|早|早就|基本|勉强|"
    r"完整|认真|系统|简单|大致|粗略|从头|正经|认认真真|完完整整|差不多| ){0,4}"
    r"(?:学会了?|学完了?|学到|看完了?|入门了|入了门|上手了|过了[一两几]遍|"
    r"(?:学|看|啃|刷|过|走|跟|跑|撸|敲|写|用|做|摸)(?:过|了|完|"
    r"完了)?[一两三几好]+(?:遍|轮|本|阵子|"
    r"阵|个项目|个模型|些|学期|门课)|学(?:了)?个?(?:半吊子|七七八八|皮毛|大概|一半|"
    r"差不多)|"
    r"(?:能)?(?:看|读)得?懂|写顺手了?|写惯了?|用顺手了?|用惯了?|能写|写得动|写得来|玩得转|还算熟|算熟|滚瓜烂熟|门儿?清|烂熟|倒背如流|闭着眼写|"
    r"手到擒来|"
    r"写得?飞起|还能写|摸熟了|吃透了|略懂|略知一二|用得(?:挺|很|还)?(?:顺|熟|溜|多|好))"
    r"(?!吗|么|要|需要|得|难|之后|以后|能|大概要)"
)
_JUST_LEARNED = rx(
    r"(?:刚|刚刚|才|已经|终于|好不容易|我|上学期|暑假|寒假|去年|"
    r"今年)[^，。,想要能]{0,4}"
    r"(?:学完了?|学会了?|啃完了?|看完了?|刷完了?|入门了?|上手了?|摸熟了?)$"
)
_LISTED = rx(
    r"^\W*(?:技能|技术栈|框架|框架经验|现用框架|目前框架|当前框架|常用框架|使用框架|"
    r"在用框架|主力框架|"
    r"现用|经验|会的|已会|掌握|工具链?|现状|现有框架)(?:[:：]|是|为| )* ?"
    r"(?:[\w.+]+ ?(?:和|、|/|\+|,|跟|与| ) ?){0,3}$"
)
_DONE_WITH = rx(r"(?:用|拿|靠|使)$")
_DONE = rx(
    r"^[\d.]*[^，。,;；能要]{0,8}?(?:拿过|得过|获过|发过|中过|做过|训过|跑过|搭过|写过|"
    r"上线过|部署过|跑通|"
    r"搞定过|做了|训了|跑了|搭了|写了|搞了|实现了|复现了|练了|做出来|训出来|跑出来)"
)
_TROUBLE = rx(
    r"^[\d.]*(?:的?[a-z_.]{0,20})?(?:又|报错)?(?:跑着跑着|训着训着|老是|总是|老|总|"
    r"天天|一跑就|一训就|"
    r"动不动|时不时|三天两头|隔三差五|一报)(?:就|又|给我)?[^，。,]{0,3}"
    r"(?:报|崩|卡|爆|掉|挂|闪退|死|nan|oom)"
)
_SO_FAR = rx(
    r"(?:我|我们|本人|咱)(?:们|一直|目前|现在|还|只|就|都|在|平时|天天|这几年|自己|"
    r" ){0,4}"
    r"(?:用|写|学|会|玩)(?:的)?(?:是|着|惯了?)?$"
)
_DOUBTED = rx(
    r"^[\d.]*[^，。,;；]{0,10}(?:落伍|过时|淘汰|落后|out了|没前途|有前途|亏了|错了|"
    r"要不要[换转]|"
    r"该不该[换转]|该[换转]|要[换转]|会不会吃亏|被嫌|被鄙视|还混得|没人要|凉了|凉凉)"
)
_TIME_AFTER = rx(
    r"^ *(?:也|才|有|大概|差不多|快|将近|都|用龄|工龄|经验| )*"
    r"[\d一二两三四五六七八九十半几好]+ ?(?:年半|年多|年|个多?月|学期|周)"
    r"(?:多|了|经验|左右|的?使用|的?经验|吧|不到| )*(?=$|[，。,;；、])"
)
_TIME_HEAD = rx(
    r"^\W*(?:我|我们|本人|有|以?及?|和|加|也|有过|写|用|学|玩|会|前端|后端|目前)*$"
)
_VETERAN = rx(
    r"^ *(?:的)?(?:老手|老鸟|老用户|老玩家|老司机|熟手|熟练工)(?!说|们|都)|"
    r"^ *(?:的)?(?:项目|代码|系统|服务)?(?:我|我们)?刚?接手(?!的人)"
)
_FAN = rx(
    r"^ *(?:老|铁|死忠|忠实|脑残|资深|骨灰|十年)*(?:粉|铁粉|死忠|拥趸|信徒|老粉|"
    r"党羽)(?!丝说|们)"
)
_LEGACY_AFTER = rx(
    r"^ *[\d.x]* *(?:的|那套|那堆|写的)?(?:老|旧|祖传|历史|遗留|上古|存量|这套|"
    r"那套)+的?"
    r"(?:代码|项目|模型|系统|工程|脚本|东西|服务|仓库)|"
    r"^ *[\d.x]* *的?(?:老?代码|老?项目|老?工程|存量模型|老?系统|老?模型)(?:还|都|已经|"
    r"实在|要不要|该不该|"
    r"没人敢?|谁都不敢|跑不|能不能继续|维护|越来越|越堆|太乱|一团|烂|积了|堆了|攒了|"
    r"有几|多得)"
)
_STUCK = rx(
    r"^\W*(?:我|我们|公司|组里|项目|代码|环境|线上|服务器)?(?:也|都|全|一直|至今|"
    r"到现在|目前|现在)*"
    r"(?:还|仍|仍然|依然|依旧|一直|死|卡|就)?(?:停留?|卡|留|守|赖|焊死|钉|锁死?|困)在"
    r"(?:老掉牙的|老版|老版本|旧版|古老的|上古|老|旧|了|的| )*$"
)
_PARTS = rx(
    r"^\W*(?:我们?的?|公司|目前|现在|平时)?(?:训练|推理|部署|线上|建模|搭模型|跑模型|"
    r"写模型|"
    r"训模型|做实验|跑实验|干活|上班|工作(?:中|里|上)?|比赛|打比赛|kaggle|科研|实验|"
    r"主力|主要|偶尔|"
    r"日常|业余|副业|偶尔也)(?:都|一直|主要|全|就|也|还|是|会|靠|只|框架|工具| ){0,3}"
    r"(?:用|写|是|靠|拿|碰|玩|跑)?(?:的|的是|点|一点|下)?$"
)
_ONLY_ASKED = rx(
    r"^[^，。,]{0,8}(?:行|可以|好|合适|够|更|快|难|怎么样|如何)(?=$|[，。,])"
)
_LEFT_TO_US = rx(
    r"留[给下了的]|送给|转给|移交|托付|塞给|[丢扔甩交传]给|交接|接手|接过|接盘"
)
_THEN = rx(r"^(?:了|\s*$|[，。,])")


def settled(before: str, after: str) -> bool:
    """Whether one has moved to it: "去年换成了torch", "从tf转到torch了"."""
    if _WISH.search(before):
        return False
    if _BACK.search(before) and _THEN.match(after):
        return True
    if _SETTLED.search(before) and _THEN.match(after):
        return True
    if not _OVER_TO.search(before):
        return False
    if _TO_END.match(after) or before.rstrip().endswith("了"):
        return True
    return bool(_BY_NOW.search(before)) and _THEN.match(after) is not None


def moved(before: str, after: str) -> bool:
    """Whether one has moved from it: "tf全换成了torch", "去年从tf转到torch"."""
    if _MOVED.match(after):
        return True
    if _WISH.search(before) or not _GONE_OVER.match(after):
        return False
    return bool(_BY_NOW.search(before) or _HAS_GONE.search(after))


def measured(before: str, after: str) -> bool:
    """Whether it is said how long something takes in it."""
    return bool(_MEASURED.search(before) and _TAKES.match(after))


def left_to_us(before: str) -> bool:
    """Whether somebody else left it to us."""
    return bool(_LEFT_TO_US.search(before))


def ported(before: str, after: str) -> bool:
    """Whether it is to be turned into another: "让我把keras模型改写成torch"."""
    return bool(_TO_PORT.search(before) and _PORTED.match(after))


def shared(before: str, after: str, lead: str) -> bool:
    """Whether it is a part of what is there: "一半keras一半torch"."""
    if _CAMPS.search(f"{lead}{before}"):
        return False
    if _PARTS.match(before) and not _ONLY_ASKED.match(after):
        return True
    return bool(_HALF.search(before) or _HALF_EACH.match(after) or _SHARE.match(after))


_DEEP_IN = rx(r"(?:泡|扎|混|耗|焊)在$", r"(?:只剩下?|就剩下?|剩下的全?都?是)$")
_SOME_DAY = rx(r"想|要|打算|准备|计划|考虑|该")
_STAYS_IN = rx(r"^[\d.]*(?:里|上|里面|里头)|^[\d.]*(?:了|$)")


def known(before: str, after: str) -> bool:
    """Whether one has learned it, for a time, or is fond of it: "torch学会了"."""
    if _DEEP_IN.search(before) and _STAYS_IN.match(after):
        return not _SOME_DAY.search(before)
    if _LEARNED.match(after) or _JUST_LEARNED.search(before) or _FAN.match(after):
        return True
    if _LISTED.match(before) or _TROUBLE.match(after) or _VETERAN.match(after):
        return True
    if _DONE_WITH.search(before) and _DONE.match(after):
        return not _WISH.search(before)
    return bool(_TIME_AFTER.match(after) and _TIME_HEAD.match(before))


def inherited(before: str, after: str) -> bool:
    """Whether it is what is there, liked or not: "tf1的老代码没人敢动"."""
    return bool(_LEGACY_AFTER.match(after) or _STUCK.match(before))


def doubted(before: str, after: str) -> bool:
    """Whether one asks of what one uses if it will do: "我用keras是不是落伍了"."""
    return bool(_SO_FAR.search(before) and _DOUBTED.match(after))


_LEFT_BEHIND = rx(
    r"[\d.]*(?:训|写|做|搭|跑|练|训练|开发|实现|攒|搞)(?:练)?(?:好|出来|完)?(?:的|"
    r"过的)(?!时候|时)"
)


def left_behind(after: str) -> bool:
    """Whether what was made then is still there: "之前用torch训的"."""
    return bool(_LEFT_BEHIND.match(after))
