"""How a question of ours, or a doubt about what was read, is put to a person."""

from __future__ import annotations

from assistant.labels import Labels
from assistant.wire import NextQuestion, Observation, QuestionOption
from knowledge.bilingual import spaced
from knowledge.records import Language, Question, Value


def offered(question: Question, unsure: Observation | None) -> tuple[Value, ...]:
    """The values in the order shown: what was probably meant comes first."""
    values = tuple(option.value for option in question.options)
    if unsure is None or unsure.field != question.field:
        return values
    meant = _value(unsure)
    return (meant, *(one for one in values if one != meant))


def wire_question(question: Question, language: Language) -> NextQuestion:
    return NextQuestion(
        field=question.field,
        text=question.text.get(language),
        why=question.why.get(language),
        options=tuple(
            QuestionOption(value=option.value, label=option.label.get(language))
            for option in question.options
        ),
    )


def doubt_question(
    question: Question, unsure: Observation, labels: Labels, language: Language
) -> NextQuestion:
    """ "Did you mean ...?", with the other values to choose from instead."""
    meant = labels.value(unsure.field, _value(unsure), language)
    field = labels.field(unsure.field, language)
    zh = language is Language.ZH
    return NextQuestion(
        field=unsure.field,
        text=spaced(f"你的意思是{field}：{meant}吗？")
        if zh
        else f"Did you mean {field}: {meant}?",
        why=question.text.get(language),
        options=tuple(
            QuestionOption(value=one, label=labels.value(unsure.field, one, language))
            for one in offered(question, unsure)
        ),
    )


def _value(unsure: Observation) -> Value:
    return unsure.value[0] if isinstance(unsure.value, tuple) else unsure.value
