"""What the person wants to happen: advice, a fact, a measurement, another language."""

from __future__ import annotations

import re

from assistant.understanding.frameworks import asks, mentions
from assistant.understanding.patterns import rx
from assistant.understanding.records import Intent
from assistant.understanding.scope import ABOUT, ours
from assistant.understanding.smalltalk import GREETING, THANKS, elsewhere
from assistant.understanding.wishes import ADVICE, FIT, VERDICT

_PATTERNS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        Intent.PROBE,
        rx(
            r"\b(?:run|start|do|launch|kick off|begin|perform) (?:the |a |an |some |"
            r"your |"
            r"this |that |one )?(?:\w+ )?(?:probe|benchmark|measurement|test|speed "
            r"?test|"
            r"test run|timing)s?\b",
            r"\b(?:measure|benchmark|clock) (?:it|them|both|on|the two)\b",
            r"^\W*(?:please |pls |now |just |can you |could you |go )*(?:benchmark|"
            r"measure|"
            r"time|race|clock|speed ?test) [^.?!]{0,40}\b(?:keras|pytorch|torch|both|"
            r"them|"
            r"two)\b",
            r"^\W*(?:a )?(?:benchmark|probe|speed ?test|measurement)s?(?: it| this| "
            r"them| "
            r"time)?\W*(?:pls|plz|please|now)?\W*$",
            r"\b(?:try|test|run|time) (?:it|them|both|the two)\b.{0,40}\b(?:here|and "
            r"see|on "
            r"(?:this|my|your|the) (?:very )?(?:machine|computer|box|laptop|pc|"
            r"server))\b",
            r"\b(?:see|have) (?:it|them|both) (?:measured|tested|timed|benchmarked)\b|"
            r"\brun (?:both|them|the two)\b",
            r"\b(?:compare|test|check|measure|time) [^.?!]{0,30}\bon (?:this|my|your) "
            r"(?:very )?"
            r"(?:machine|computer|box|laptop|pc|server)\b",
            r"^\W*(?:开始|现在|来)?(?:测速|测试|实测|跑分|测评)(?:吧|一下|啊|呗)?\W*$",
            "跑一下|跑一跑|跑跑看|跑(?:个|一个|一次)?(?:对比|比较|试验|实验)|"
            "比一比[^，。]{0,8}快",
            "实测",
            "测一下",
            "测试一下速度",
            "跑(?:个|一个|一次|一轮|下)?(?:基准|分(?![类割])|测速|benchmark|性能测试)",
            "测(?:测|试|一测|个|出)?[^，。？?]{0,10}(?:速度|耗时|快慢|用时|"
            "谁快)(?!.*区别)",
        ),
    ),
    (
        Intent.COMPARE,
        rx(
            r"\bcompare\b",
            r"\bdifferences? between\b",
            "对比",
            "比较(?:一下|下)",
            "区别",
        ),
    ),
    (
        Intent.WHAT_IF,
        rx(
            r"\bwhat if\b",
            r"\band (?:on|with|if) (?:a|an|i)\b.*\?",
            r"^\W*(?:and |or |but |so )?(?:what|how) about (?!you\b|me\b|us\b|it\b)",
            r"^\W*(?:and |or |but )?(?:on|with|using|in|for) [\w\s'-]{1,40}\?\W*$",
            r"^\W*(?:and|or) (?:on|with|if|using) ",
            r"\b(?:would|does|will|could) .{1,40} (?:change|alter|affect) "
            r"(?:it|that|this|anything|the (?:answer|advice|verdict|result|choice))\b",
            r"\b(?:would|do) you say (?:the same )?if\b",
            r"\bif i had\b",
            r"^\W*(?:那么?)?(?:在|用|换成?|有|上).{1,15}呢\W*$",
            r"^\W*(?:那么?)?(?!.*(?:什么|怎么|为何|如何|哪|谁|几|多少|啥|咋|吗|没))"
            r"[^，。？我你它这]{2,14}呢\W*$",
            r"(?:换成?|改用|改成|用上?|有了?).{1,15}(?:会怎么?样|怎么样|如何|会变吗|"
            r"会不同吗|会不会变)",
            r"\bsuppos(?:e|ing)\b",
            "如果",
            "假如",
            "要是",
            "假设",
        ),
    ),
    (
        Intent.COMPLAINT,
        rx(
            r"\b(?:fed up|frustrat\w+|sick of|hate this|driving me (?:mad|crazy|nuts)|"
            r"ugh+|wtf|sucks|nightmare|giving up|give up|useless|"
            r"nothing (?:works|installs)|waste of time|(?:what|is) a mess|"
            r"had enough|i'?m done|pointless|"
            r"hate (?:it|both|them|everything|tensorflow|keras|pytorch)|ridiculous|"
            r"annoy\w+|tired of|losing my mind)\b",
            "烦死",
            "崩溃",
            "折腾了?(?:半天|一天|好久)",
            "弄了半天",
            "气死",
            "太难用",
            "劝退",
            "心累",
            "破玩意|什么玩意|头大|头疼|受不了|无语|郁闷|烦(?:人|透|躁)|好烦|太烦",
            "装不上|搞不定|不想(?:搞|弄|学|干)了|放弃了|浪费时间|(?:装|弄|搞|"
            "配)了.{1,3}天",
            "要疯了|疯掉|裂开|麻了|吐了|吐血|头秃|抓狂|无语|坑爹|破玩意|什么鬼|折磨|"
            "真难用|难用死|受不了|想哭|想摔|想砸|不想干了|摆烂|emo|心态崩|搞不定|"
            "装不上|跑不起来|互相吹|说人话|又报错|一直报错|老是报错|全是报错|又是报错|"
            "绝望|自闭|烦(?=$|[,，。 !！])|真烦|好烦|太坑|坑死|垃圾(?!分类|邮件|短信|"
            "识别|图|评论)",
        ),
    ),
    (
        Intent.OUT_OF_SCOPE,
        rx(
            r"\b(?:ignore (?:all|previous|your|the above)|system prompt|jailbreak|"
            r"pretend (?:to be|you)|stupid bot|idiot|shut up|hack into)\b",
            r"\byou(?:'re| are|r)?\b[^.?!]{0,20}\b(?:garbage|useless|trash|stupid|dumb|"
            r"moron|worthless|piece of|suck|pathetic|rubbish|crap)\b",
            r"^\W*(?:fuck|screw|damn)\w* (?:you|off|this bot)\b|\bgo to hell\b",
            "你[^，。,]{0,8}(?:垃圾|废物|蠢|智障|没用|脑残|弱智)|去死|滚蛋|滚开|闭嘴",
            "忽略(?:之前|上面|以上|所有)|提示词|系统提示|扮演|傻瓜|白痴|笨蛋|"
            "(?<![老翻打摇])滚(?:$|[!！,，。粗出])",
        ),
    ),
)
_PLAINLY_FACTUAL = rx(
    r"\bdefault\b|\bversions?\b|\bdifferences? between\b",
    r"\bwhich (?:one|(?:one )?of (?:the two|them|these|both)|framework|library)? "
    r"?(?:has|"
    r"have|had|gets|got) (?:the )?(?:more|most|fewer|fewest|bigger|biggest|larger|"
    r"largest|better (?:docs|documentation|support|community))\b",
    r"\bwhich (?:one |of (?:the two|them) )?(?:came|was|is) (?:out |released |the )?"
    r"(?:first|older|newer|oldest|newest)\b",
    r"^\W*(?:and |so |but |ok )?(?:do|does|did|can|has|have) (?:the "
    r")?(?:tf\.)?(?:keras|"
    r"py ?torch|torch|tensor ?flow|tf|jax)\b(?!.*\b(?:better|worth|should i|for me|"
    r"enough)\b)",
    r"\brenamed\b|\bstill exist\b",
    "自带|关系|版本|改名|什么意思|啥意思|作者|取代|不同$",
)
_FACTUAL = rx(
    r"\b(?:salar\w+|pay|paid|faster|slower|fast|slow|quick(?:er|est)?|speed|backends?|"
    r"theano|"
    r"cntk|licen[cs]e|open.?source|released?|created|developed|develops|owns?|"
    r"popular|community|documentation|docs|debug|graph|low.?level|high.?level|tesla|"
    r"pyro|support|supported|dead|deprecated|alive|require|need|run on|works? with|"
    r"same as|similar|better|easier|harder|windows|mac|onnx|tensorboard|transformers|"
    r"pretrained|jobs|difference|who|when|api|framework|library)\b",
    "工资|薪资|薪水|快|慢|后端|开源|许可|发布|谁|什么时候|流行|社区|文档|调试|"
    "动态图|静态图",
    "支持|依赖|需要|区别|框架吗|库吗|更好|容易|难|死了|过时|淘汰|薪|待遇|年薪|底层|"
    "高层",
)


_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*|\n+")


def intents(text: str) -> frozenset[Intent]:
    """Every intent a message shows; a factual question gives way to plain advice."""
    found = {intent for intent, pattern in _PATTERNS if pattern.search(text)}
    if elsewhere(text):
        found.add(Intent.OUT_OF_SCOPE)
    if GREETING.search(text):
        found.add(Intent.GREETING)
    if THANKS.search(text) and "?" not in text:
        found.add(Intent.THANKS)
    if _wants_advice(text):
        found.add(Intent.ADVICE)
    if re.search(r"^\s*(?:import|from) \w+|```|model\.(?:fit|add|compile)", text, re.M):
        found.add(Intent.CODE)
    if fact_query(text) is not None:
        found.add(Intent.FACT_QUESTION)
    return frozenset(found)


def _wants_advice(text: str) -> bool:
    if VERDICT.search(text):
        return True
    wanted = ADVICE.search(text) or _weighs(text)
    return bool(wanted and not _PLAINLY_FACTUAL.search(text))


def _weighs(text: str) -> bool:
    """Two frameworks named as alternatives, however they are spelt."""
    named = {one.framework for one in mentions(text)}
    return len(named) > 1 and bool(re.search(r"\bor\b|\bvs\b|\?.*\?|还是", text))


def fact_query(text: str) -> str | None:
    """The sentences that ask for a fact about the frameworks, None without any.

    "Which is better?" alone is a wish for advice; "which pays better?" is factual.
    """
    asked = [
        sentence.strip()
        for sentence in _SENTENCE.split(text)
        if asks(sentence) and _is_factual(sentence)
    ]
    return " ".join(asked) or None


def questions(text: str) -> str | None:
    """The sentences that ask anything, None without any."""
    return (
        " ".join(part.strip() for part in _SENTENCE.split(text) if asks(part)) or None
    )


def asks_if_it_fits(text: str) -> bool:
    """Whether it is asked if something is right for somebody: "enough for my thesis?"

    A name alone asks that too: "So, torch?"
    """
    return any(FIT.search(part) for part in _SENTENCE.split(text) if asks(part))


def _is_factual(sentence: str) -> bool:
    if VERDICT.search(sentence) or FIT.search(sentence):
        return False
    about = mentions(sentence) or ABOUT.search(sentence)
    if about and _PLAINLY_FACTUAL.search(sentence):
        return True
    personal = re.search(
        r"\b(?:should|shall) (?:i|we)\b|我(?:该|应该|选)", sentence, re.I
    )
    if personal:
        return False
    generic = ADVICE.search(sentence) or _weighs(sentence)
    if generic and not re.search(
        r"fast|slow|quick|salar|pay|popular|easier|debug|jobs|工资|薪|快|慢|流行|调试|难|"
        r"容易",
        sentence,
        re.IGNORECASE,
    ):
        return False
    if about:
        return True
    return not generic and bool(_FACTUAL.search(sentence)) and ours(sentence)
