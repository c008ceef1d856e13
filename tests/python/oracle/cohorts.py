"""Behavioural cohorts: whether a person is a member is judged at every moment anew.

Slow on purpose: at each moment at which anything may change, every rule is evaluated
from the person's events alone (cohort_rules in seeds/definitions/_definitions.yml).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd

from oracle.circumstances import Spells, value_at
from oracle.definitions import EventNames, cell, property_holds
from oracle.records import DAY, Event, by_person, to_events, with_built_in_events

Row = Mapping[str, Any]


def cohort_spells(
    events: pd.DataFrame,
    cohort_rules: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
    activities: pd.DataFrame | None = None,
    as_of: int | None = None,
) -> dict[tuple[str, str], list[tuple[int, int | None]]]:
    """By cohort and person, from when to when the person was a member."""
    names = EventNames(named_events, activities)
    kept = to_events(events)
    end = max((each.at for each in kept), default=0) if as_of is None else as_of
    cohorts: dict[str, dict[str, list[Row]]] = {}
    for row in cohort_rules.to_dict("records"):
        alternatives = cohorts.setdefault(cell(row, "cohort"), {})
        alternatives.setdefault(cell(row, "alternative", "1"), []).append(row)
    found: dict[tuple[str, str], list[tuple[int, int | None]]] = {}
    for person_id, own_events in by_person(with_built_in_events(kept)).items():
        for cohort, alternatives in cohorts.items():
            spells = _spells(own_events, list(alternatives.values()), names, end)
            if spells:
                found[cohort, person_id] = spells
    return found


def as_frame(spells: Spells) -> pd.DataFrame:
    """The public table `cohort_members`, times in microseconds."""
    rows = [
        {"cohort": cohort, "person_id": person, "entered_at": start, "exited_at": end}
        for (cohort, person), own in spells.items()
        for start, end in own
    ]
    return pd.DataFrame(rows, dtype=object)


@dataclass(frozen=True)
class Rule:
    """A rule, and what of one person's events it may count at any moment."""

    row: Row
    done: Sequence[Event]
    fitting: frozenset[int]
    later: Sequence[Event]
    amounts: Mapping[int, Decimal]
    window: int


def _rule(row: Row, own_events: Sequence[Event], names: EventNames) -> Rule:
    name, value_name = cell(row, "property_name"), cell(row, "value_property")
    done = [each for each in own_events if names.is_activity(cell(row, "event"), each)]
    fitting = [
        each
        for each in done
        if not name
        or property_holds(
            value_at(each, name, own_events, {}),
            cell(row, "operator", "equals"),
            cell(row, "property_value"),
        )
    ]
    then_event = cell(row, "then_event")
    return Rule(
        row=row,
        done=done,
        fitting=frozenset(id(each) for each in fitting),
        later=[
            each
            for each in own_events
            if then_event and names.is_activity(then_event, each)
        ],
        amounts={
            id(each): amount_of(value_at(each, value_name, own_events, {}))
            if value_name
            else Decimal(1)
            for each in own_events
        },
        window=_window(row),
    )


def _spells(
    own_events: Sequence[Event],
    alternatives: Sequence[Sequence[Row]],
    names: EventNames,
    end: int,
) -> list[tuple[int, int | None]]:
    read = [[_rule(row, own_events, names) for row in rows] for rows in alternatives]
    windows = {0} | {rule.window for rules in read for rule in rules}
    moments = sorted({each.at + window for each in own_events for window in windows})
    spells: list[tuple[int, int | None]] = []
    is_member = False
    for moment in moments:
        if moment > end:
            break
        holds = any(all(_holds(rule, moment) for rule in rules) for rules in read)
        if holds and not is_member:
            spells.append((moment, None))
        if is_member and not holds:
            spells[-1] = (spells[-1][0], moment)
        is_member = holds
    return spells


def _window(row: Row) -> int:
    """How long an event counts, in microseconds; 0 is for ever."""
    return round(float(cell(row, "within_days", "0")) * DAY)


def _holds(rule: Rule, moment: int) -> bool:
    limit = Decimal(cell(rule.row, "count", "1"))
    counting = [
        each
        for each in _so_far(rule, moment)
        if not rule.window or moment < each.at + rule.window
    ]
    total = sum((rule.amounts[id(each)] for each in counting), Decimal(0))
    holds = {
        "at_least": total >= limit,
        "at_most": total <= limit,
        "exactly": total == limit,
    }[cell(rule.row, "comparison", "at_least")]
    return holds != (cell(rule.row, "is_negated", "false") == "true")


def _so_far(rule: Rule, moment: int) -> list[Event]:
    """What a rule may count of what has happened up to a moment."""
    done = [each for each in rule.done if each.at <= moment]
    occurrence = cell(rule.row, "occurrence", "any")
    if occurrence == "first":
        done = done[:1]
    if occurrence == "last":
        done = done[-1:]
    done = [each for each in done if id(each) in rule.fitting]
    if not cell(rule.row, "then_event"):
        return done
    within = cell(rule.row, "then_within_days")
    longest = float(within) * DAY if within else float("inf")
    return [
        later
        for later in rule.later
        if later.at <= moment
        and any(
            first is not later and 0 <= later.at - first.at <= longest for first in done
        )
    ]


def amount_of(text: str | None) -> Decimal:
    """A property's value as money; what is no number is nothing."""
    try:
        amount = Decimal(text) if text is not None else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return amount.quantize(Decimal("0.0001")) if amount.is_finite() else Decimal(0)
