"""What fields, values, criteria and grades are called in front of a person."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.records import Criterion, Language, Question, Text, Value, as_many

BASIS = {
    "article": Text(en="article, still holds", zh="文章，今天仍成立"),
    "today": Text(en="today", zh="今天"),
    "measured": Text(en="measured", zh="实测"),
}
CONFIDENCE = {
    "high": Text(en="high", zh="高"),
    "medium": Text(en="medium", zh="中"),
    "low": Text(en="low", zh="低"),
}


class Labels:
    """How fields and their values are called in front of a person."""

    def __init__(
        self, questions: Sequence[Question], criteria: Sequence[Criterion] = ()
    ) -> None:
        self._criteria = {one.id: one.label for one in criteria}
        self._values = {
            (question.field, option.value): option.label
            for question in questions
            for option in question.options
        }

    def value(self, field: str, value: Value, language: Language) -> str:
        label = self._values.get((field, value))
        return label.get(language) if label else str(value)

    def values(
        self, field: str, value: Value | tuple[Value, ...], language: Language
    ) -> str:
        return ", ".join(self.value(field, one, language) for one in as_many(value))

    def criterion(self, id: str, language: Language) -> str:
        label = self._criteria.get(id)
        return label.get(language) if label else id

    def field(self, field: str, language: Language) -> str:
        label = FIELDS.get(field)
        return label.get(language) if label else field


FIELDS = {
    "experience": Text(en="experience", zh="经验"),
    "background": Text(en="background", zh="背景"),
    "math_comfort": Text(en="comfort with maths", zh="数学熟悉度"),
    "dataset_rows": Text(en="number of examples", zh="数据条数"),
    "dataset_size": Text(en="amount of data", zh="数据量"),
    "dataset_bytes": Text(en="volume of data", zh="数据体积"),
    "modality": Text(en="kind of data", zh="数据类型"),
    "goals": Text(en="goal", zh="目标"),
    "control": Text(en="control over training", zh="训练控制"),
    "hardware": Text(en="hardware", zh="硬件"),
    "accelerator": Text(en="accelerator", zh="加速芯片"),
    "os": Text(en="operating system", zh="操作系统"),
    "existing": Text(en="what you already use", zh="已在使用"),
    "deployment": Text(en="where it will run", zh="部署位置"),
    "mandated": Text(en="what is prescribed", zh="指定框架"),
    "time_to_result": Text(en="time to a result", zh="出结果时间"),
}


TABLE_LINES: dict[str, Text] = {
    "developed in": Text(en="developed in", zh="开发时间"),
    "API": Text(en="API", zh="API"),
    "speed": Text(en="speed", zh="速度"),
    "architecture": Text(en="architecture", zh="架构"),
    "community support": Text(en="community support", zh="社区支持"),
    "data sets": Text(en="data sets", zh="数据集"),
    "debugging": Text(en="debugging", zh="调试"),
    "computation graph": Text(en="computation graph", zh="计算图"),
    "backend": Text(en="backend", zh="后端"),
    "ease of use": Text(en="ease of use", zh="易用性"),
    "salary": Text(en="salary", zh="薪资"),
}
"""The lines of the article's closing table."""

TOPICS: dict[str, Text] = {
    "adoption": Text(en="adoption", zh="采用情况"),
    "api_level": Text(en="level of the API", zh="API 层次"),
    "architecture": Text(en="architecture", zh="架构"),
    "audience": Text(en="for whom", zh="适合谁"),
    "backends": Text(en="backends", zh="后端"),
    "community": Text(en="community", zh="社区"),
    "dataset_size": Text(en="amount of data", zh="数据量"),
    "debugging": Text(en="debugging", zh="调试"),
    "developer": Text(en="who develops it", zh="由谁开发"),
    "documentation": Text(en="documentation", zh="文档"),
    "ease_of_use": Text(en="ease of use", zh="易用性"),
    "graph_mode": Text(en="computation graph", zh="计算图"),
    "learning": Text(en="learning it", zh="学习"),
    "license": Text(en="licence", zh="许可证"),
    "low_level_access": Text(en="low-level access", zh="底层访问"),
    "monitoring": Text(en="monitoring", zh="监控"),
    "pretrained_models": Text(en="pretrained models", zh="预训练模型"),
    "relation_to_tensorflow": Text(
        en="relation to TensorFlow", zh="与 TensorFlow 的关系"
    ),
    "release": Text(en="release", zh="发布"),
    "salary": Text(en="salary", zh="薪资"),
    "similarity": Text(en="similarity", zh="相似程度"),
    "speed": Text(en="speed", zh="速度"),
    "use_cases": Text(en="use cases", zh="用途"),
}
"""The headings that statements of the article are sorted under."""
