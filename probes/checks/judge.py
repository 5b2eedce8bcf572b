"""Compare what was predicted with what was seen. Pure functions over facts."""

from __future__ import annotations

from typing import Literal

from probes.checks.records import UNDECIDED, Expectation, Facts, Finding, Outcome, Value
from probes.checks.words import shown


def finding(
    expects: Expectation, facts: Facts, not_installed: frozenset[str] = frozenset()
) -> Finding:
    """One prediction beside its value.

    Args:
        not_installed: programs in stacks that lack a package, as ``program.stack``.
    """
    state: Literal["holds", "fails", "open", "not_installed"]
    seen = [facts.get(name) for name in expects.facts()]
    if any(value is None for value in seen):
        lacks = any(name.startswith(tuple(not_installed)) for name in expects.facts())
        state = "not_installed" if lacks else "open"
    elif UNDECIDED in seen:
        state = "open"
    else:
        state = "holds" if _holds(expects, facts) else "fails"
    return Finding(
        fact=expects.fact,
        predicted=predicted(expects, facts),
        observed=seen[0],
        state=state,
    )


def outcome(findings: tuple[Finding, ...]) -> Outcome:
    """All hold: confirmed. All fail: refuted. Nothing to go by: not applicable.

    A prediction about a package that is not installed is left out. One that could not
    be decided keeps the others from being a confirmation.
    """
    states = [one.state for one in findings if one.state != "not_installed"]
    held, failed = states.count("holds"), states.count("fails")
    if not held and not failed:
        return "not_applicable"
    if held == len(states):
        return "confirmed"
    return "mixed" if held else "refuted"


def predicted(expects: Expectation, facts: Facts) -> str:
    """The comparison in signs: ``= yes``, ``≥ 3``, ``> 2 × 1.5 (name)``."""
    if expects.equals is not None:
        return f"= {shown(expects.equals)}"[:300]
    if expects.one_of is not None:
        return "= " + " / ".join(shown(one) for one in expects.one_of)[:298]
    if expects.at_least is not None:
        return f"≥ {shown(expects.at_least)}"
    if expects.at_most is not None:
        return f"≤ {shown(expects.at_most)}"
    sign, other = (">", expects.above) if expects.above else ("<", expects.below)
    assert other is not None
    factor = "" if expects.times == 1 else f"{expects.times:g} × "
    return f"{sign} {factor}{shown(facts.get(other))} ({other})"[:300]


def _holds(expects: Expectation, facts: Facts) -> bool:
    value = facts[expects.fact]
    if expects.equals is not None:
        return value == expects.equals and _same_kind(value, expects.equals)
    if expects.one_of is not None:
        return value in expects.one_of
    number = _number(value)
    if expects.at_least is not None:
        return number >= expects.at_least
    if expects.at_most is not None:
        return number <= expects.at_most
    if expects.above is not None:
        return number > expects.times * _number(facts[expects.above])
    assert expects.below is not None
    return number < expects.times * _number(facts[expects.below])


def _same_kind(value: Value, other: Value) -> bool:
    """``1 == True`` is no agreement."""
    return isinstance(value, bool) == isinstance(other, bool)


def _number(value: Value) -> float:
    """Text is no number: it is neither above nor below anything."""
    return float(value) if isinstance(value, int | float) else float("nan")
