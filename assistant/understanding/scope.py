"""Whether a request is about something else altogether."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.frameworks import asks
from assistant.understanding.persons import FIRST_PERSON
from assistant.understanding.records import Intent
from assistant.wire import Observation

ABOUT = re.compile(
    r"torch\w*|keras\w*|(?<![a-z])tf|tflite|litert|onnx|executorch|autograd|"
    r"autodiff|theano|"
    r"cntk|pyro|tesla|data ?loaders?|\bjit\b|mps(?![a-z])|rocm|cuda|\bxla\b|jax|flax|"
    r"zero_grad|backward|optimizer|softmax|relu|dropout|batch ?norm|embedding|"
    r"checkpoint|"
    r"nn\.|梯度|损失函数|反向传播|优化器|张量|卷积|计算图|激活函数|权重文件|"
    r"channels[ _](?:first|last)|\.h5\b|state_dict|tensors?\b|backprop|\beager\b|"
    r"(?-i:[A-Z][a-z]+[A-Z][a-z]\w*)|[a-z]+_[a-z]+|"
    r"tensorboard|lightning|transformers|hugging ?face|\bfit\b|session",
    re.IGNORECASE,
)
"""Names and terms of which a factual question may be asked."""

_REQUEST = re.compile(
    r"^\W*(?:please |pls |can you |could you |would you )?(?:write|translate|book|"
    r"order|"
    r"sing|draw|play|buy|call|remind|cook|find|send|compose|calculate|tell me|give me|"
    r"recommend(?: me)? a)\b|"
    r"^\W*(?:请|能不能|可以)?(?:帮我|给我|替我|帮忙|推荐)|"
    r"几点|多少钱|怎么(?:做|处|办|治|走|去)|在哪|什么号|^\W*(?:给我)?(?:写|唱|画|讲|算|"
    r"翻译|查|订|买|背)(?:个|一|首|段|篇|下)",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r"learn|model|train|framework|librar|data|code|coding|program|python|network|"
    r"neural|"
    r"\bai\b|\bml\b|\bdl\b|gpu|\bcpu\b|install|switch|migrat|beginner|choose|pick|"
    r"better|which|measure|benchmark|article|\bboth\b|\btwo\b|\beither\b|"
    r"compare|recommend(?! a\b)|advice|start over|reset|english|chinese|"
    r"框架|选|模型|学|训练|代码|"
    r"数据|库|两个|哪个|编程|算法|神经|显卡|装|跑|智能|比较|对比|文章|中文|英文|"
    r"它们|更|预测|识别|检测|分类|分割|样本|标注|毕设|部署|服务器|电脑|上线|建模|传感|"
    r"监控|语料",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\b(?:what|who|why|how|when|where|do|does|did|is|are|was|can|could|should|would|"
    r"will|i|you|it|this|that|me|my|we|the|a|an|to|of|in|on|for|and|or|not|now|next|so|"
    r"then|mean|help|please|about|with|be|go|get|have|has|if|there|know|say|think|any|"
    r"use|tell|more|good|new|work|works|they|them|your)\b|"
    r"[我你他她它的了吗呢啊吧么是在有不这那怎什都也就要会能吗请问帮给个一下说]|"
    r"为什么|知道|推荐|建议|求",
    re.IGNORECASE,
)
_CHOOSING = re.compile(r"\b(?:one|take|begin|start|try|best|decide)\b", re.IGNORECASE)
_CONTENT = re.compile(r"[A-Za-z]{3,}|[\u3400-\u9fff]")
_LEAST_CONTENT = 2
_ENDS_ASKING = re.compile(r"[?？吗么]\W*$")


def ours(text: str) -> bool:
    """Whether anything in it has to do with frameworks, models or programming."""
    return bool(ABOUT.search(text) or _DOMAIN.search(text))


def requests(text: str) -> bool:
    """Whether it begins as an order: "recommend me some films"."""
    return bool(_REQUEST.search(text))


def only_asks(text: str) -> bool:
    """Whether nothing is in it but a wish for advice: "which one should I use"."""
    rest = _CHOOSING.sub(" ", _DOMAIN.sub(" ", text))
    return not _CONTENT.search(_GENERIC.sub(" ", rest))


def off_topic(text: str) -> bool:
    """A question or request with content, none of it ours."""
    if ours(text):
        return False
    wanted = _REQUEST.search(text) or asks(text)
    rest = _CONTENT.findall(_GENERIC.sub(" ", text))
    return bool(wanted) and len(rest) >= _LEAST_CONTENT


def strange(text: str, wants: frozenset[Intent], kept: Sequence[Observation]) -> bool:
    """Whether it is about another thing: "will shares rise?" tells of no data."""
    plain = wants - {Intent.WHAT_IF}  # "and hot pot?" supposes nothing of ours
    if plain and not (plain == {Intent.ADVICE} and requests(text)):
        return False
    if any(one.field != "modality" for one in kept):
        return False
    if kept and (wants or not _ENDS_ASKING.search(text) or FIRST_PERSON.search(text)):
        return False
    return off_topic(text)
