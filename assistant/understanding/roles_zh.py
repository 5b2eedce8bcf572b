"""Chinese around the name of a framework: in use, prescribed, or merely talked of."""

from __future__ import annotations

from assistant.understanding.having import failing
from assistant.understanding.holding_zh import handed_down, held, once
from assistant.understanding.patterns import FRAMEWORK, rx
from assistant.understanding.prescribing_zh import prescribed
from assistant.understanding.records import Role
from assistant.understanding.using_zh import (
    doubted,
    inherited,
    known,
    left_to_us,
    measured,
    moved,
    ported,
    settled,
    shared,
)

_NAME = r"(?:[a-z][a-z0-9_.]*)"
_AND = r"(?: *(?:和|跟|与|及|、|/|\+|加|还有|以及|或|or|and|&) *| )"
_OTHERS_TOO = rf"(?:[\w.]+{_AND}){{0,3}}"
"""Names before this one that share its verb: "用过 keras 和 torch"."""

_LITTLE = (
    r"(?:一点点?|一些|过|了|着|的|点|几年|好几年|好多年|多年|很久|挺久|"
    r"[\d一二两俩仨三四五六七八九十半几多个来]{1,5}(?:年|月|天|周|个?月|星期|学期|小时)"
    r"(?:多|左右)?|老|旧|原生|纯|大量|"
    r"点儿|是|那|这|那个|老版|旧版|主要|主流|自己|我们|现有|现成|祖传|各种|全套|整套|"
    r"一套|这套|那套|一水|系| )"
)
_LEFT_BEFORE = rx(
    rf"(?:从|由|离开|逃离|放弃|抛弃|丢掉|告别|脱离|摆脱|受够了?|被|吐槽|弃|卸载|"
    rf"退出|跳出)(?:了)?(?:现在的|原来的|老的|旧的|我们的|这个|这套|手上的|现有的|"
    rf" ){{0,2}}{_OTHERS_TOO}$",
    r"(?:把|将)[^，。,]{0,8}$",
)
_LEFT_AFTER = rx(
    rf"^ *\d?(?:的?(?:代码|项目|模型|那套|老代码|工程|脚本|网络|实现))? *(?:想|要|准备|"
    rf"打算|考虑|需要|慢慢|逐步|全部|整体|得|往|都|能|怎么|如何)*(?:转|换|迁移|迁|"
    rf"改写|改|切|切换|移植|搬|重写|翻|过渡|跳)(?:去|到|成|为|往|过|用|向|至|"
    rf" )*{FRAMEWORK}",
    r"^(?:的?(?:版本|环境|报错|坑|api|兼容性|文档))?[^，。,]{0,4}(?:折磨|坑惨|坑哭|"
    r"搞崩|"
    r"搞疯|整崩|整疯|整吐|虐|劝退|伤透|气死|坑得|坑了我|恶心到)",
    r"^ *(?:跑路|转行|弃坑|出坑|退坑)",
)
_OF_THOSE = rx(rf"^[^，。,]{{0,8}}{FRAMEWORK}的(?:公司|人|团队|项目|同学|朋友|大佬)")
""" "从tf迁到torch的公司": others who have moved."""

_PERSONAL = rx(
    r"难|麻烦|多久|成本|工作量|我|咱|从|把|想|打算|准备|现有|老|该|要不要|值得|值不值|"
    r"有?必要|来得及|划算|"
    r"划得来|犯得着|"
    r"手头|公司|组里|团队|项目|模型|折磨|坑|虐"
)
"""In a question of moving: it is one's own move that is asked about."""

_LEAVES = rx(
    r"(?:转|换|迁|改|跑路|跳|切|移植|搬|逃|折磨|够|坑|弃|重写|翻|虐|恶心|崩|疯|气|"
    r"烦|劝退)"
)
_TOWARD = rx(
    r"(?:换成|换到|换|转到|转去|转向|转成|转|迁移到|迁到|改用|改成|切到|切换到|想学|"
    r"要学|该学|去学|学学|开始学|准备学|打算学|新学|重学|想用|该用|打算用|打算上|"
    r"准备用|准备上|"
    r"考虑用?|"
    r"要不要用?|要不要学|选|推荐用?|上|试试|试一下|试一试|看看|研究|了解|了解下|"
    r"入坑|听说|提到|说|问|比起|相比|不如|比|除了|应该用|能用|可以用|想试|想换|想转|"
    r"适合用|如果用|要是用|干脆|直接|"
    r"(?<!代码)(?<!项目)(?<!系统)(?<!模型)(?<!用的)还是用?|"
    r"还是学|不想用|想上|想入门|入门|就选|"
    r"关于|对于|看好|吹|推|喜欢|更喜欢|偏爱|安利|建议用?|劝我用?|让我用?|劝我学?|"
    r"教程是|觉得|认为|感觉|"
    r"怎么学|怎么用|为什么用|为啥用|学会|学好|掌握|主攻|专攻|(?:想|要|能|去|"
    r"来)精通)(?:一下|一门|一个| |"
    r"了)?$"
)
_SOUGHT = rx(
    r"(?:帮|给(?!学生|学员|孩子)|替|求|教|找|(?<![原后本从出过起向])来|示例|例子|模板|"
    r"下载|贴|发)[^，。,;；]{0,8}$",
    r"(?:那|决定|最后|最终|打算|准备)[^，。,;；]{0,4}用$|别(?:跟|和|"
    r"给)我[^，。,;；]{0,4}$",
)
_ONLY = rx(
    r"^(?:以外|之外|外)?[^，。,;；]{0,4}(?:啥|什么|别的|"
    r"其他的?)[^，。,;；]{0,3}(?:不会|没)"
)
_NOT_MINE = rx(
    r"^\W*(?:岗位)?(?:任职|职位)?要求(?:会|懂|熟悉|熟练|掌握|[:：])[^。;；]{0,12}$",
    r"(?:(?<!我的)(?<!我们)(?<!我们的)(?<!毕业)(?<!自己的)(?<!我)论文(?!的?实验)|网上|"
    r"教程|开源|github|大佬|业界|别人|人家|大家|主流|招聘|岗位|jd|面试|"
    r"作者|原文|原版|官方|对方|同行|公开的|发布的|放出来的|开源的|他家|榜首|冠军方案|"
    r"另一个|兄弟单位|友商|友校|学长|学姐|博客|视频里?|书上|文章|市面|复现|paper|外包|"
    r"隔壁|对面|新人|新来|"
    r"岗位要求|他|她|他们|别的组|友商|竞品|特斯拉|google|谷歌|openai|meta|字节|阿里|"
    r"腾讯|华为内部|英伟达|hugging face上|培训|群里|圈里|圈子|文献|书是|的书|老员工|"
    r"老同事|前辈)[^，。,;；]{0,12}$",
    r"(?:新公司|新东家|新单位|新部门|下家|入职的?(?:公司|单位|部门)|实习的?(?:公司|"
    r"单位|岗位?|部门)|"
    r"(?:要去|想去|面试?|目标|意向|心仪)的?(?:公司|单位|实验室|组|厂)|offer|大厂|校招|"
    r"秋招|春招|社招|"
    r"(?<!跟)(?<!跟着)(?:吴恩达|李沐|李宏毅|小土堆|b站|油管|cs231n|网课|"
    r"公开课)(?:老师)?的?(?:课|视频|教程)?)"
    r"(?:(?!我|跟)[^，。,;；]){0,12}$",
    r"(?:老师傅|师傅|导师|老板|领导|我导|老师|教授|主管|上司|组长|总监|cto)"
    r"(?:他|她|自己|本人|就|只|也|都|一直|平时|本来|其实){1,3}(?:会|懂|用|熟|写|搞|"
    r"玩)[^，。,]{0,6}$",
    r"(?:老师|导师|老板|领导|教授|上司|主管|师傅|leader|boss|老大|同事|师兄|师姐)"
    r"[^，。,;；]{0,6}(?:是|也是|是个|喜欢|爱|偏爱|推荐|说|觉得)"
    r"[^，。,;；]{0,6}$",
)
_KNOWN = (
    r"(?:在用|用的(?:都|全|就)?是|写的(?:都|全|就)?是|用的|写的|用过|一直用|一直写|"
    r"用着|学的|上手就|会的就?(?:一个)?|家伙是|目前用|现在用|现用|在写|天天写|天天用|"
    r"每天用|每天写|习惯用?|习惯了|熟悉|"
    r"会用|会写|会|懂|学过|自学过?|学了|看过|"
    r"基于|写过|用惯了?|写惯了?|接触过|玩过|玩了|搞过|跑过|试过|碰过|装过|调过|项目是|"
    r"代码是|"
    r"(?:代码|程式码?|源码|程序)(?:全|都|还|基本|大多|大部分|主要|目前|现在)*(?:是|用|"
    r"在)|全套|整套|清一色|"
    r"(?:老|新|旧)(?:系统|项目|代码|平台)(?:是|用|还是|全是)?|"
    r"(?:一直|平时|天天|常年|向来|主力)(?:都|就|全)?(?:是|用|写)?|"
    r"(?:全|都|全都|全部|基本|统统|清一色|大部分|主要)(?:是|用|在|拿|系)|识|用紧|"
    r"平时用|主要用|常用|一直在使用|使用|用惯|用|写|维护着?|接手(?:的|了)?|继承了?|"
    r"清一色|一水|全员|还在|停留在|在|跑在|跑着|是|靠|拿|精通|熟|擅长|上手过|入门用|"
    r"训过|部署过|"
    r"(?<![能要想来可会])跑|熟练使用|熟练掌握|熟练|粗通|略懂|搭过|手上有|手头有|现有|"
    r"已有|有|有个|有一堆|有一套|祖传|老|旧|技术栈|框架|"
    r"经验)"
)
_USE = rx(
    rf"{_KNOWN}{_LITTLE}{{0,3}}(?:[:：] *)?{_OTHERS_TOO}$",
)
_OURS = rx(
    r"我|咱|本人|俺|自己|手头|手上|手里|目前|现在|一直|平时|已经|之前|原本|当前|公司|"
    r"组里|团队|项目|代码|工程|祖传|接手|维护|习惯|熟|学过|用过|写过|会|用了|写了|"
    r"学了|玩过|搞过|跑过|试过|碰过|在用|用着|天天|每天|技术栈|现有|已有|实验室|"
    r"这几年|这两年|近几年|近两年|如今|眼下|今年|去年|大[一二三四]|研[一二三]|入行|"
    r"毕设|"
    r"第一版|初版|demo|原型|这版|上一版|吃饭的|"
    r"方案|原来的|原有的|现在的|上一代|老版|毕业|咱家|自家|我家|店里|院里|科室|科里|"
    r"所里|班里|社团|课题组|小组|老本行|"
    r"部门|厂里|单位|team|group|lab|我司|司里|组|生产|线上|老系统|旧系统|这边|只会|"
    r"新系统|下班|业余|闲时|课余|周末|常年|"
    r"只用|懂|用的|写的"
)
_ALL_OF_IT = rx(
    r"^\W*(?:现在|如今|目前|基本|已经|后来|早就)?(?:全|都|全都|清一色|统统|一水儿?|"
    r"基本|全部)+"
    r"(?:是|用|在用|写|在写|上|靠)?(?:的)?$"
)
""" "我们组没人写tf了，全是torch"."""

_HEADLESS = rx(
    r"^\W*(?:就|都|只|一直|主要|平时|现在|目前|已经|在|之前|本来|其实|也|还|倒是|"
    r"略|稍微|大概|基本|天天)*(?:跟着[^，。,]{1,8}学|上手|自学|用|写|会|学|玩|搞|懂|熟|"
    r"精通|"
    r"熟练|掌握|擅长|粗通|接触|维护|在用|跑|试)"
)
_KNOWN_AFTER = rx(
    rf"^\d?(?:{_AND}{_NAME})*(?:我|我们|倒是|倒|也|都|全|全都|一直|现在|目前|平时|天天|"
    rf"已经|还|很|挺|特别|相当|非常|超|比较|稍微|略|只|就|自己|大概|勉强|混着|混|一起|"
    rf"基本|算|"
    rf" ){{0,4}}"
    r"(?:是我们?的?(?:老本行|饭碗|主力|母语|看家|强项|吃饭)|陪了?我|死忠|铁粉|钉子户|"
    r"写完|写好|写出来|跑通|调通|搭好|训完|训好|实现了|实现好|做完了|跑起来了|"
    r"(?:一路|一直)?(?:用|写|跑|玩|学)到(?:今天|现在|如今|今年|这会|底)|混用|"
    r"混着(?=$|[，。, ])|用得顺|吃饭|养家|打天下|走天下|打底|"
    r"(?:教程|课|文档|视频|书)[^，。,]{0,3}(?:跟|学|啃|刷)(?:到|了一半|了大半|完)|"
    r"在用|用着|写着|用了|写了|学了|玩了|搞了|写的|用过|写过|学过|玩过|搞过|碰过|"
    r"跑过|"
    r"了解(?:一?[点些])?(?=$|[，。, ])|熟练|[也都]懂|是?个?半吊子|半桶水|会一?点|会用|"
    r"会写|会些|会一些|熟|熟悉|懂一?点|懂些|用得|写得|玩得|用的多|"
    r"写的多|(?:天天|每天|一直|平时|常年)(?:在)?(?:写|用|跑|敲|摸)|"
    r"跑得(?:好好|挺|很|还)|用得(?:好好|挺|很|还)|"
    r"的?(?:模型|代码|服务|系统|项目|那套)[^，。,]{0,14}(?:跑着|在跑|用着|挂着|扛着|"
    r"撑着|"
    r"线上|服役)|的?(?:模型|代码|服务|系统|项目|那套|版本)(?:已经|已|早就?|"
    r"都)[^，。,]{0,8}"
    r"(?:上线|量产|投产|部署|发布|交付|上了|进了|跑|用|交了|验收|封版)|"
    r"源码[^，。,]{0,6}(?:翻|读|看|啃)|"
    r"用习惯|用惯|写惯|顺手|用户|老用户|党|选手|玩家|写手|起家|入的?门|"
    r"入行|出身|一把梭|会(?=$|[，。, ])|用$|在写|在维护|维护着|好多年|多年|老兵|"
    r"基础|经验|底子|背景)"
)
_THING_AFTER = rx(
    r"^ *[\d.x]* *(?:的|写的|版的?|那套|搭的|训的|训练的|训好的|做的)? *(?:旧|老|现有|"
    r"历史|祖传|遗留)?(?:代码|项目|模型|代码库|脚本|工程|流水线|网络|服务|系统|"
    r"pipeline|权重|环境|"
    r"屎山|checkpoint)"
)
_HAVE = rx(
    r"(?:我们?|咱们?|组里|公司|团队|实验室|手头|手上|手里|现有|已有|目前|现在|一堆|"
    r"一套|"
    r"一份|接手|维护|继承|祖传|老的|旧的|有|留下|线上|生产|部门|师兄留下|上一任|"
    r"留了|留的|留给|丢给|扔给|甩给|交给|传给)"
    r"[^，。,;；]{0,10}$"
)
_WRITTEN_AFTER = rx(
    r"^ *[\d.x]* *(?:写的|写成的|写好的|搭的|做的|训的|训练的|跑的|糊的|攒的|码的|"
    r"撸的|拼的|凑的|堆的|肝的|敲的)"
)
_NOT_AFTER = rx(
    rf"^\d?(?:{_AND}{_NAME})*(?:我|也|都|还|完全|根本|一点|压根|从|从来|倒|就|真|实在|"
    rf" ){{0,4}}"
    r"的(?:报|说|人|那(?!套|个)|团队|朋友|公司|多|少|大佬|占|居多)|"
    r"(?:全部?|整个|都)?(?:重写|重做|重构|改写|再写)(?!完|好|过|了)|"
    r"(?:那套|那些|的?东西|的?代码)?(?:我|早就?|已经|都|现在|好久|很久|彻底|基本|也)*"
    r"(?:不用了|不写了|没再用|不碰了|没碰了|忘光|忘了|还给老师|丢了|弃了|删了|卸了)|"
    r"(?:没|不会(?! *(?:keras|torch|pytorch|tf|tensorflow|jax))|不懂|不熟|不太会|"
    r"不怎么|不太懂|不太熟|没有|未|就?放弃|就?弃了|劝退|半途而废|一窍不通|零基础|"
    r"学不会|不想|不用|太|是什么|怎么样|好不好|如何|呢|之间|中间|里选|里挑|中选|二选一|"
    r"选一个|怎么)"
)


def chinese_role(
    before: str, after: str, question: bool, lead: str = ""
) -> Role | None:
    """What role the words around a name give it, None where it has none.

    Args:
        before: the clause up to the name.
        after: the clause behind it.
        question: the clause asks, so that only what is owned or left counts.
        lead: what stands before the clause in its sentence.
    """
    if prescribed(before, after, lead):
        return "existing" if ported(before, after) else "mandated"
    if before.rstrip().endswith(("除了", "除")) and _ONLY.match(after):
        return "existing"
    if handed_down(before, after):
        return "existing"
    if once(after):
        return None
    theirs = _NOT_MINE.search(before) and not left_to_us(before)
    if (
        _NOT_AFTER.match(after)
        or theirs
        or (_SOUGHT.search(before) and not left_to_us(before))
    ):
        return None
    if _left(before, after, question):
        return "existing"
    if failing(before, after) or (not question and settled(before, after)):
        return "existing"
    if _TOWARD.search(before):
        return None
    if _THING_AFTER.match(after) and _HAVE.search(before):
        return "existing"
    if inherited(before, after):
        return "existing"
    if question:
        return "existing" if doubted(before, after) else None
    return "existing" if _in_use(before, after, lead) else None


def _left(before: str, after: str, asked: bool = False) -> bool:
    """Somebody who would leave it has it: "从keras转torch", "tf转torch"."""
    if _TOWARD.search(before):
        return False
    if moved(before, after) or _OF_THOSE.match(after):
        return False
    if _LEFT_AFTER.match(after):
        return not asked or _PERSONAL.search(before + after) is not None
    return bool(_LEFT_BEFORE.search(before) and _LEAVES.search(before[-3:] + after))


def _in_use(before: str, after: str, lead: str) -> bool:
    if _KNOWN_AFTER.match(after):
        return True
    if _USE.search(before) and (_OURS.search(before) or _HEADLESS.search(before)):
        return True
    if (
        held(before, after, lead)
        or measured(before, after)
        or shared(before, after, lead)
    ):
        return True
    if known(before, after) or (_ALL_OF_IT.match(before) and _OURS.search(lead)):
        return True
    return bool(
        _WRITTEN_AFTER.match(after)
        and not _NOT_MINE.search(f"{lead[-12:]}{before}")
        and (not before.strip() or _OURS.search(before))
    )
