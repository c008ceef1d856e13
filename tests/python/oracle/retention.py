"""Retention, one person and one cohort at a time (SEMANTICS.md section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from oracle.definitions import (
    ALL_VALUES,
    EventNames,
    breakdown_value,
    cell,
    filled_cells,
    is_between,
    rows_of,
)
from oracle.numbers import rate, wilson_interval
from oracle.periods import (
    DAYS_IN_PERIOD,
    add_periods,
    moment_of,
    period_start,
    periods_between,
)
from oracle.records import (
    DAY,
    FIRST_SEEN,
    Event,
    by_person,
    to_events,
    to_frame,
    with_built_in_events,
)

COHORT_COLUMNS = [
    "retention",
    "cohort_start",
    "breakdown_value",
    "period_number",
    "cohort_size",
    "retained_count",
    "retention_rate",
    "rate_low",
    "rate_high",
    "is_complete",
]
CURVE_COLUMNS = [
    "retention",
    "breakdown_value",
    "period_number",
    "cohort_size",
    "retained_count",
    "retention_rate",
]


@dataclass(frozen=True)
class Calendar:
    """How periods are cut (vars `time_zone` and `week_start`)."""

    time_zone: str = "UTC"
    week_start: str = "monday"

    def start(self, at: int, period: str) -> date:
        """The first day of the period a moment lies in."""
        return period_start(at, period, self.time_zone, self.week_start)

    def end(self, start: date, period: str) -> int:
        """The moment at which a period is over."""
        return moment_of(add_periods(start, period, 1), self.time_zone)


@dataclass(frozen=True)
class Retention:
    """One row of retentions.csv, defaults filled in: week, 12 periods, first time."""

    name: str
    cohort_event: str
    return_event: str
    cohort_rule: str
    return_rule: str
    period: str
    clock: str
    minimum_returns: int
    period_count: int
    breakdown_property: str
    definition: Mapping[str, Any]


@dataclass(frozen=True)
class Member:
    """One person in one cohort, and in which periods he or she was retained."""

    cohort_start: date
    entered_at: int
    breakdown_value: str
    retained_periods: frozenset[int]


def is_supported(definition: Mapping[str, Any], brackets: pd.DataFrame) -> bool:
    """Whether the oracle knows every option that the definition uses."""
    return (
        cell(definition, "unit", "person") == "person"
        and cell(definition, "return_rule", "on") in ("on", "on_or_after")
        and not filled_cells(definition, ["cohort"])
        and not cell(definition, "breakdown_property").startswith("user.")
        and not rows_of(brackets, retention=cell(definition, "retention"))
    )


def retention_cohorts(
    events: pd.DataFrame,
    retentions: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
    activities: pd.DataFrame | None = None,
    calendar: Calendar | None = None,
    as_of: int | None = None,
) -> pd.DataFrame:
    """The public table `retention_cohorts` for the retentions given.

    Column 0 is the cohort's size, whether or not the return event happened in period
    0; all periods up to the last are in the table. `as_of` is the latest kept event.
    """
    names = EventNames(named_events, activities)
    days = calendar or Calendar()
    kept = to_events(events)
    complete_until = (
        max((each.at for each in kept), default=0) if as_of is None else as_of
    )
    people = by_person(with_built_in_events(kept))
    rows: list[dict[str, Any]] = []
    for definition in retentions.to_dict("records"):
        retention = read_retention(definition)
        members = [
            member
            for own_events in people.values()
            for member in _members(own_events, retention, names, days)
        ]
        for (start, value), cohort in _cohorts(members, retention).items():
            for number in range(retention.period_count + 1):
                retained = [each for each in cohort if number in each.retained_periods]
                low, high = wilson_interval(len(retained), len(cohort))
                over_at = _over_at(cohort, start, number, retention, days)
                rows.append(
                    {
                        "retention": retention.name,
                        "cohort_start": pd.Timestamp(start),
                        "breakdown_value": value,
                        "period_number": number,
                        "cohort_size": len(cohort),
                        "retained_count": len(retained),
                        "retention_rate": rate(len(retained), len(cohort)),
                        "rate_low": low,
                        "rate_high": high,
                        "is_complete": over_at <= complete_until,
                    }
                )
    key = ["retention", "cohort_start", "breakdown_value", "period_number"]
    return to_frame(rows, COHORT_COLUMNS, key)


def retention_curves(cohorts: pd.DataFrame) -> pd.DataFrame:
    """The public table `retention_curves`: complete cohorts, weighted by their size."""
    sums: dict[tuple[str, str, int], list[int]] = {}
    for row in cohorts.to_dict("records"):
        if row["is_complete"]:
            key = (row["retention"], row["breakdown_value"], int(row["period_number"]))
            totals = sums.setdefault(key, [0, 0])
            totals[0] += int(row["cohort_size"])
            totals[1] += int(row["retained_count"])
    rows = [
        {
            "retention": retention,
            "breakdown_value": value,
            "period_number": number,
            "cohort_size": size,
            "retained_count": retained,
            "retention_rate": rate(retained, size),
        }
        for (retention, value, number), (size, retained) in sums.items()
    ]
    key_columns = ["retention", "breakdown_value", "period_number"]
    return to_frame(rows, CURVE_COLUMNS, key_columns)


def read_retention(definition: Mapping[str, Any]) -> Retention:
    """One definition with its defaults."""
    return Retention(
        name=cell(definition, "retention"),
        cohort_event=cell(definition, "cohort_event", FIRST_SEEN),
        return_event=cell(definition, "return_event", "any"),
        cohort_rule=cell(definition, "cohort_rule", "first_time"),
        return_rule=cell(definition, "return_rule", "on"),
        period=cell(definition, "period", "week"),
        clock=cell(definition, "clock", "calendar"),
        minimum_returns=int(cell(definition, "minimum_returns", "1")),
        period_count=int(cell(definition, "period_count", "12")),
        breakdown_property=cell(definition, "breakdown_property"),
        definition=definition,
    )


def _members(
    own_events: Sequence[Event],
    retention: Retention,
    names: EventNames,
    calendar: Calendar,
) -> Iterable[Member]:
    """The cohorts of one person.

    `first_time`: that of the first cohort event ever, if it lies in the definition's
    range; `recurring`: that of every period with a cohort event, entered by the first.
    """
    entries = [
        each for each in own_events if names.is_activity(retention.cohort_event, each)
    ]
    if retention.cohort_rule == "first_time":
        entries = entries[:1]
    entered: set[date] = set()
    for entry in entries:
        if not is_between(
            entry.at, retention.definition, "cohort_from", "cohort_until"
        ):
            continue
        start = calendar.start(entry.at, retention.period)
        if start in entered:
            continue
        entered.add(start)
        # The cohort event itself is never a return.
        returns = [
            each
            for each in own_events
            if each is not entry
            and each.order > entry.order
            and names.is_activity(retention.return_event, each)
        ]
        numbers = [_number(each, entry, start, retention, calendar) for each in returns]
        yield Member(
            cohort_start=start,
            entered_at=entry.at,
            breakdown_value=breakdown_value(entry, retention.breakdown_property)
            if retention.breakdown_property
            else ALL_VALUES,
            retained_periods=_retained_periods(numbers, retention),
        )


def _number(
    event: Event, entry: Event, start: date, retention: Retention, calendar: Calendar
) -> int:
    """In which period after the cohort's an event lies, by the definition's clock."""
    if retention.clock == "rolling_24h":
        return (event.at - entry.at) // (DAYS_IN_PERIOD[retention.period] * DAY)
    own_start = calendar.start(event.at, retention.period)
    return periods_between(start, own_start, retention.period)


def _retained_periods(numbers: Sequence[int], retention: Retention) -> frozenset[int]:
    """Period 0 is everybody; later ones need the minimum of returns."""
    retained = {0}
    for number in range(1, retention.period_count + 1):
        if retention.return_rule == "on_or_after":
            count = sum(each >= number for each in numbers)
        else:
            count = sum(each == number for each in numbers)
        if count >= retention.minimum_returns:
            retained.add(number)
    return frozenset(retained)


def _cohorts(
    members: Sequence[Member], retention: Retention
) -> dict[tuple[date, str], list[Member]]:
    cohorts: dict[tuple[date, str], list[Member]] = {}
    for member in members:
        cohorts.setdefault((member.cohort_start, ALL_VALUES), []).append(member)
        if retention.breakdown_property:
            key = (member.cohort_start, member.breakdown_value)
            cohorts.setdefault(key, []).append(member)
    return cohorts


def _over_at(
    cohort: Sequence[Member],
    start: date,
    number: int,
    retention: Retention,
    calendar: Calendar,
) -> int:
    """When a period is over, for every member of the cohort."""
    if retention.clock == "rolling_24h":
        length = DAYS_IN_PERIOD[retention.period] * DAY
        last_entry = max(member.entered_at for member in cohort)
        last_window_end = last_entry + (number + 1) * length
        return max(last_window_end, calendar.end(start, retention.period))
    own_start = add_periods(start, retention.period, number)
    return calendar.end(own_start, retention.period)
