"""Words that wish for advice, for a verdict, or to know if something fits."""

from __future__ import annotations

from assistant.understanding.patterns import rx

ADVICE = rx(
    r"\bwhich (?:one |of (?:them|the two|these|both) )?(?:is|are|would be) (?:\w+ "
    r"){0,2}"
    r"(?:better|best|right|nicer|wiser|kinder|easier on)\b",
    r"\bpick (?:one|1)\b|\bshould (?:one|any(?:one|body)) (?:choose|use|pick|learn)\b|"
    r"\b(?:go|going) for (?:which|what)\b|\b(?:keras|pytorch|torch|tf|tensorflow) "
    r"(?:more "
    r"|really )?good\b",
    r"\b(?:which|what) (?:one|framework|library|of (?:the two|them)|is (?:the )?"
    r"(?:better|best|right)|should|would|do you (?:recommend|suggest)|to (?:choose|"
    r"learn|use|pick|start))",
    r"\b(?:should|shall|do) i (?:use|learn|choose|pick|go|start|switch|take|need to "
    r"switch)\b",
    r"\b(?:recommend|advise|advice|suggest(?:ion)?s?|help me (?:choose|decide|pick)|"
    r"can'?t decide|what would you)\b",
    r"\b(?:keras|pytorch|torch|tensorflow|tf) (?:or|vs\.?|versus) "
    r"(?:keras|pytorch|torch|tensorflow|tf)\b",
    "哪个(?:更)?(?:好|合适|适合)|选哪个|用哪个|学哪个|选择|推荐|建议|该(?:用|学|选)|"
    "怎么选",
    "(?:选|学|用|挑|上|押|入|站|装|推荐|听|先学|先用|投|跟|入手)(?:谁|啥|哪|什么(?!层|"
    "函数))|"
    "[哪那]个(?:比较|更加?|最|要|会|才)?(?:好|合适|适合|香|强|稳|靠谱|值|行|省心|简单|"
    "顺手|"
    "快些|容易|轻松|方便|对|优|划算|推荐|友好|实用|有前途|省事|舒服|爽|管用|高)|"
    "哪家强|哪边|谁更(?:好|强|适合|香|合适|值)|怎么(?:挑|抉择|取舍|决定|选)|求(?:推荐|"
    "建议|助|"
    "指路|指点|安利|解|教|问|带|大佬|个建议|个推荐|支招|指教|对比)|"
    "(?:要不要|该不该|用不用|值不值得?|有没有必要|有必要|值得|犯得着|来得及|还来得及)"
    "(?:.{0,6}(?:学|转|换|用|试|改|跳)|吗|么|嘛|呢)|(?:转|换|学|改)不(?:转|"
    "换|学|改)|"
    "怎么办|咋办|何去何从|给(?:点|个|些)(?:建议|意见|方向|思路|主意)|有什么(?:建议|"
    "推荐)|"
    "真有那么好|有那么好吗|真的好用吗|真香吗|香不香|好使吗|帮(?:我|忙)?(?:选|挑|参谋|"
    "看看|定|拿个?主意)|参谋|支个招|统一成|定哪个|二选一|取舍|"
    "还有的选|各自适合|分别适合|求[^，。]{0,8}对比|有救|代价大不大|划算吗|亏不亏|"
    "吃不吃亏|凑合能(?:用|跑)吗|能接受哪",
    r"\b(?:xuan|yong|xue) ?(?:na ?(?:ge|yi ?ge)|shenme|sha)\b|\bna ?ge (?:geng )?hao\b|"
    r"\bzenme xuan\b|\b(?:qiu )?(?:tuijian|jianyi)\b|xuan ?哪|\bhai ?shi (?:keras|"
    r"pytorch|torch|tensorflow|tf)\b",
    "从哪(?:个|一个|里)?(?:开始|入手|学起|捡|上手|下手)",
    "还是(?:用|选|学)?\\s*(?:keras|pytorch|torch|tensorflow|tf)",
    "(?:keras|pytorch|torch|tensorflow|tf)\\s*还是",
)
VERDICT = rx(
    r"\b(?:the )?(?:better|safer|best|right|only sane|wiser|smarter) (?:one|choice|"
    r"pick|"
    r"bet|option|framework|library)\b",
    r"\bwhich (?:one )?wins\b",
    r"\bpros and cons\b|\bwho'?s right\b|\bis (?:he|she) right\b",
    r"\bwhy would any(?:one|body)\b|\bshould (?:every(?:one|body)|people)\b",
    r"\breasons? to (?:choose|use|pick|prefer)\b|\bwould your advice\b",
    "是不是(?:完胜|不如|更好|碾压|吊打|更强)|不如|完胜|碾压|吊打|听谁的|没主意|拿不定",
    "选择困难|优缺点|各有什么优|先选一个|纠结|不推荐了|值不值得|选一样",
)
FIT = rx(
    r"\b(?:for|suits?|fits?|serves?|brings?|gives?|helps?|gain) (?:me|us)\b",
    r"\benough for (?:me|us|my|our|an?)\b|\btoo (?:much|heavy|hard|advanced|big) for\b",
    r"\b(?:overkill|any(?:thing)? (?:point|gain|sense)|worth (?:it|picking|looking))\b",
    r"\bmakes? sense (?:for|to)\b|\banything (?:in|to gain|against|for)\b",
    r"\b(?:would|could|can|will) (?:an? )?(?:\w+ ){0,3}(?:newbie|beginner|novice)\b",
    "适合我|够用|够我用|杀鸡用牛刀|大材小用|学得会|更快出活|上手得了",
    r"^\W*(?:(?:and|so|or|maybe|then|why not|那|就|用)?\W*(?:keras|py ?torch|torch|"
    r"tensor ?flow|tf|jax)\W*)+$",
)
"""Whether something is the right thing for somebody is advice, and no fact."""
