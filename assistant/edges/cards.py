"""Cards beside the chat as HTML: what is known, the verdict, and the two compared.

They show records that came out of the engine and judge nothing. All text is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from assistant.edges.words import UI
from assistant.explanation import CHOICES, STACKS
from assistant.labels import BASIS, CONFIDENCE, Labels
from assistant.profile import Profile
from assistant.wire import Reason, Recommendation
from knowledge.bilingual import spaced
from knowledge.records import Framework, Language, Stack, Value, as_many


def known(
    profile: Profile, words: Mapping[str, str], labels: Labels, language: Language
) -> str:
    """Every known field with its value and the person's own words for it."""
    ui = UI[language]
    rows = [
        f'<tr><th scope="row">{escape(labels.field(field, language))}</th>'
        f"<td>{escape(_value(field, value, labels, language))}"
        f"{_quoted(words.get(field))}</td></tr>"
        for field, value in profile.answers().items()
    ]
    inside = (
        f'<table class="kop-known"><tbody>{"".join(rows)}</tbody></table>'
        if rows
        else f'<p class="kop-quiet">{escape(ui["nothing_known"])}</p>'
    )
    return _card(ui["known"], inside)


def verdict(given: Recommendation | None, title: str, language: Language) -> str:
    """The advice at a glance: choice, balance of points, the three witnesses."""
    if given is None:
        nothing = f'<p class="kop-quiet">{escape(UI[language]["no_verdict"])}</p>'
        return _card(title, nothing)
    return _card(title, _glance(given))


def compared(before: Recommendation, after: Recommendation) -> tuple[str, str]:
    """The verdict before a measurement and after it, what differs marked."""
    ui = UI[after.language]
    old = {reason.rule for reason in before.reasons}
    new = {reason.rule for reason in after.reasons}
    said = "".join(
        f'<li class="kop-new">{escape(f"{note.says} {note.why}")}</li>'
        for note in after.evidence
    )
    left = _glance(before) + _reasons(before, old - new, "kop-gone")
    right = _glance(after) + _reasons(after, new - old, "kop-new", said)
    return _card(ui["before"], left), _card(ui["after"], right)


def outcome(before: Recommendation, after: Recommendation) -> str:
    """In one sentence, what the measurement did to the advice."""
    language = after.language
    ui = UI[language]
    first, second = (CHOICES[one.framework].get(language) for one in (before, after))
    if before.framework != after.framework:
        return ui["changed"].format(before=first, after=second)
    if _balance(before) != _balance(after):
        points = {"before": _signed(before), "after": _signed(after)}
        return spaced(ui["moved"].format(choice=second, **points))
    return ui["confirmed"].format(choice=second)


def _card(title: str, inside: str) -> str:
    return f'<section class="kop-card"><h3>{escape(title)}</h3>{inside}</section>'


def _value(
    field: str, value: Value | tuple[Value, ...], labels: Labels, language: Language
) -> str:
    joint = "、" if language is Language.ZH else ", "
    return joint.join(
        f"{one:,}" if isinstance(one, int) else labels.value(field, one, language)
        for one in as_many(value)
    )


def _quoted(words: str | None) -> str:
    return f"<q>{escape(words)}</q>" if words else ""


def _glance(given: Recommendation) -> str:
    language = given.language
    ui = UI[language]
    choice = CHOICES[given.framework].get(language)
    stack = STACKS[given.stack].get(language) if given.stack else ""
    sure = f"{ui['confidence']}{CONFIDENCE[given.confidence].get(language)}"
    firm = ui["firm"].format(share=f"{100 * given.robustness:.0f}%")
    firm = firm if given.reasons else ""
    about = " · ".join(part for part in (stack, sure, firm) if part)
    disagreement = (
        f'<p class="kop-quiet">{escape(given.disagreement)}</p>'
        if given.disagreement
        else ""
    )
    return (
        f'<p class="kop-choice">{escape(choice)}</p>'
        f'<p class="kop-quiet">{escape(about)}</p>'
        f"{_scale(given)}{_witnesses(given)}{disagreement}"
    )


def _balance(given: Recommendation) -> tuple[float, float]:
    """Points toward Keras and toward PyTorch, as they were added up."""

    def total(side: Framework) -> float:
        return sum(one.points for one in given.reasons if one.toward is side)

    return total(Framework.KERAS), total(Framework.PYTORCH)


def _signed(given: Recommendation) -> str:
    keras, torch = _balance(given)
    return f"{keras:g} : {torch:g}"


def _scale(given: Recommendation) -> str:
    keras, torch = _balance(given)
    total = keras + torch
    if not total:
        return ""
    spoken = f"Keras {keras:g}, PyTorch {torch:g}"
    share = 100 * keras / total
    return (
        f'<div class="kop-balance"><span>Keras <b>{keras:g}</b></span>'
        f'<span class="kop-scale" role="img" aria-label="{spoken}">'
        f'<i class="kop-keras" style="width:{share:.0f}%"></i>'
        f'<i class="kop-torch" style="width:{100 - share:.0f}%"></i></span>'
        f"<span><b>{torch:g}</b> PyTorch</span></div>"
    )


def _witnesses(given: Recommendation) -> str:
    language = given.language
    heard, ui = given.witnesses, UI[language]
    measured = CHOICES[heard.measured].get(language)
    if heard.measured == "not_measured" and any(one.used for one in given.evidence):
        measured = ui["undecided"]
    rows = (
        (ui["article"], CHOICES[heard.article].get(language)),
        (ui["today"], CHOICES[heard.today].get(language)),
        (ui["machine"], measured),
    )
    inside = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(word)}</dd>" for name, word in rows
    )
    return f'<dl class="kop-witnesses">{inside}</dl>'


def _reasons(given: Recommendation, marked: set[str], mark: str, more: str = "") -> str:
    lines = "".join(
        f'<li class="{mark if one.rule in marked else ""}">{_reason(one, given)}</li>'
        for one in given.reasons
    )
    return f'<ul class="kop-reasons">{more}{lines}</ul>'


def _reason(one: Reason, given: Recommendation) -> str:
    language = given.language
    side = (
        STACKS[one.toward].get(language)
        if isinstance(one.toward, Stack) and one.toward is not Stack.PYTORCH
        else CHOICES[one.toward.value].get(language)
    )
    links = " ".join(
        f'<a href="{escape(source.url, quote=True)}" target="_blank" '
        f'rel="noopener noreferrer">{escape(source.title)}</a>'
        for source in one.sources
    )
    basis = escape(BASIS[one.basis.value].get(language))
    return (
        f"<b>+{one.points:g} {escape(side)}</b> {escape(one.because)} "
        f'<span class="kop-tag">{basis}</span> <span class="kop-quiet">{links}</span>'
    )
