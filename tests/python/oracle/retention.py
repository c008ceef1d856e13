"""Retention, one person and one cohort at a time (SEMANTICS.md section 4)."""

from __future__ import annotations

import calendar
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from oracle.circumstances import Spells, group_at, value_at
from oracle.cohorts import amount_of
from oracle.definitions import (
    ALL_VALUES,
    EventNames,
    breakdown_label,
    cell,
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
VALUE_COLUMNS = [
    "retention",
    "cohort_start",
    "breakdown_value",
    "period_number",
    "cohort_size",
    "cumulative_value",
    "cumulative_value_per_person",
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
class Column:
    """A column of a retention table: a period, or a bracket of them."""

    number: int
    first: int
    last: int


@dataclass(frozen=True)
class Retention:
    """One row of retentions.csv, defaults filled in: week, 12 periods, first time."""

    name: str
    unit: str
    cohort_event: str
    return_event: str
    cohort_rule: str
    return_rule: str
    period: str
    clock: str
    minimum_returns: int
    columns: tuple[Column, ...]
    breakdown_property: str
    value_property: str
    cohort: str
    definition: Mapping[str, Any]


@dataclass(frozen=True)
class Member:
    """One unit in one cohort, where it was retained and what it was worth."""

    cohort_start: date
    entered_at: int
    breakdown_value: str
    retained: frozenset[int]
    values: Mapping[int, Decimal]


@dataclass(frozen=True)
class World:
    """Everything that a retention is computed from."""

    people: Mapping[str, Sequence[Event]]
    names: EventNames
    calendar: Calendar
    complete_until: int
    spells: Spells = field(default_factory=dict)


def is_supported(definition: Mapping[str, Any], brackets: pd.DataFrame) -> bool:
    """Whether the definition can be computed without the cohorts' members."""
    return not cell(definition, "cohort") and not cell(
        definition, "breakdown_property"
    ).startswith("cohort.")


def world_of(
    events: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
    activities: pd.DataFrame | None = None,
    calendar: Calendar | None = None,
    as_of: int | None = None,
    spells: Spells | None = None,
) -> World:
    """Events as people's histories; `as_of` is the latest kept event."""
    kept = to_events(events)
    end = max((each.at for each in kept), default=0) if as_of is None else as_of
    return World(
        people=by_person(with_built_in_events(kept)),
        names=EventNames(named_events, activities),
        calendar=calendar or Calendar(),
        complete_until=end,
        spells=spells or {},
    )


def retention_cohorts(
    events: pd.DataFrame,
    retentions: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
    activities: pd.DataFrame | None = None,
    calendar: Calendar | None = None,
    as_of: int | None = None,
    brackets: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The public table `retention_cohorts` for the retentions given."""
    world = world_of(events, named_events, activities, calendar, as_of)
    return cohorts_and_values(world, retentions, brackets)[0]


def cohorts_and_values(
    world: World, retentions: pd.DataFrame, brackets: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The public tables `retention_cohorts` and `retention_values`.

    Column 0 is the cohort's size, whether or not the return event happened in period
    0; all periods up to the last are in the table.
    """
    rows: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for definition in retentions.to_dict("records"):
        retention = read_retention(definition, brackets)
        members = [
            member
            for own_events in _units(world, retention).values()
            for member in _members(own_events, retention, world)
        ]
        for (start, value), cohort in _cohorts(members, retention).items():
            for column in retention.columns:
                retained = [each for each in cohort if column.number in each.retained]
                low, high = wilson_interval(len(retained), len(cohort))
                over_at = _over_at(cohort, start, column, retention, world.calendar)
                key = {
                    "retention": retention.name,
                    "cohort_start": pd.Timestamp(start),
                    "breakdown_value": value,
                    "period_number": column.number,
                    "cohort_size": len(cohort),
                }
                is_complete = over_at <= world.complete_until
                rows.append(
                    {
                        **key,
                        "retained_count": len(retained),
                        "retention_rate": rate(len(retained), len(cohort)),
                        "rate_low": low,
                        "rate_high": high,
                        "is_complete": is_complete,
                    }
                )
                if retention.value_property:
                    total = sum(
                        (each.values[column.number] for each in cohort), Decimal(0)
                    )
                    values.append(
                        {
                            **key,
                            "cumulative_value": float(total),
                            "cumulative_value_per_person": float(total) / len(cohort),
                            "is_complete": is_complete,
                        }
                    )
    order = ["retention", "cohort_start", "breakdown_value", "period_number"]
    return (
        to_frame(rows, COHORT_COLUMNS, order),
        to_frame(values, VALUE_COLUMNS, order),
    )


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


def retention_stickiness(world: World, retentions: pd.DataFrame) -> pd.DataFrame:
    """The public table `retention_stickiness`."""
    rows: list[dict[str, Any]] = []
    for definition in retentions.to_dict("records"):
        retention = read_retention(definition)
        for period in ("week", "month"):
            counts: dict[date, list[int]] = {}
            for own_days in _days_of_use(world, retention):
                by_period: dict[date, int] = {}
                for day in own_days:
                    start = _period_of_day(day, period, world.calendar.week_start)
                    by_period[start] = by_period.get(start, 0) + 1
                for start, count in by_period.items():
                    counts.setdefault(start, []).append(count)
            for start, days in counts.items():
                length = calendar.monthrange(start.year, start.month)[1]
                for number in range(1, (7 if period == "week" else length) + 1):
                    at_least = sum(each >= number for each in days)
                    end = world.calendar.end(start, period)
                    rows.append(
                        {
                            "retention": retention.name,
                            "period_type": period,
                            "period_start": pd.Timestamp(start),
                            "active_days": number,
                            "active_people": len(days),
                            "people_count": days.count(number),
                            "at_least_count": at_least,
                            "at_least_rate": rate(at_least, len(days)),
                            "is_complete": end <= world.complete_until,
                        }
                    )
    return pd.DataFrame(rows)


def retention_usage(
    world: World, retentions: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The public tables `retention_usage` and `retention_usage_intervals`."""
    rows: list[dict[str, Any]] = []
    intervals: list[dict[str, Any]] = []
    for definition in retentions.to_dict("records"):
        retention = read_retention(definition)
        units = [sorted(days) for days in _days_of_use(world, retention)]
        medians = [
            statistics.median(
                (later - day).days for day, later in zip(days, days[1:], strict=False)
            )
            for days in units
            if len(days) > 1
        ]
        if not units:
            continue
        shares = {"p25": 25, "median": 50, "p75": 75, "p80": 80, "p90": 90}
        rows.append(
            {
                "retention": retention.name,
                "people_count": len(units),
                "returning_people": len(medians),
                "returning_rate": rate(len(medians), len(units)),
                **{
                    f"{name}_days": float(np.percentile(medians, share))
                    if medians
                    else None
                    for name, share in shares.items()
                },
            }
        )
        whole = [int(each) for each in medians]
        intervals.extend(
            {
                "retention": retention.name,
                "interval_days": days,
                "people_count": whole.count(days),
                "cumulative_share": sum(each <= days for each in whole) / len(whole),
            }
            for days in sorted(set(whole))
        )
    return pd.DataFrame(rows), pd.DataFrame(intervals)


def read_retention(
    definition: Mapping[str, Any], brackets: pd.DataFrame | None = None
) -> Retention:
    """One definition with its defaults."""
    name = cell(definition, "retention")
    own = [] if brackets is None else rows_of(brackets, retention=name)
    count = int(cell(definition, "period_count", "12"))
    columns = [Column(number, number, number) for number in range(count + 1)]
    if own:
        columns = [Column(0, 0, 0)] + [
            Column(
                int(cell(row, "bracket")),
                int(cell(row, "first_period")),
                int(cell(row, "last_period", cell(row, "first_period"))),
            )
            for row in own
        ]
    return Retention(
        name=name,
        unit=cell(definition, "unit", "person"),
        cohort_event=cell(definition, "cohort_event", FIRST_SEEN),
        return_event=cell(definition, "return_event", "any"),
        cohort_rule=cell(definition, "cohort_rule", "first_time"),
        return_rule=cell(definition, "return_rule", "on"),
        period=cell(definition, "period", "week"),
        clock=cell(definition, "clock", "calendar"),
        minimum_returns=int(cell(definition, "minimum_returns", "1")),
        columns=tuple(columns),
        breakdown_property=cell(definition, "breakdown_property"),
        value_property=cell(definition, "value_property"),
        cohort=cell(definition, "cohort"),
        definition=definition,
    )


def _units(world: World, retention: Retention) -> dict[str, list[Event]]:
    """The events of each person, or of each group, in order."""
    if retention.unit == "person":
        members = {
            person for cohort, person in world.spells if cohort == retention.cohort
        }
        return {
            person: sorted(own_events, key=_place)
            for person, own_events in world.people.items()
            if not retention.cohort or person in members
        }
    groups: dict[str, list[Event]] = {}
    for own_events in world.people.values():
        for each in own_events:
            group = group_at(each, retention.unit, own_events)
            if group is not None and each.event_name != FIRST_SEEN:
                groups.setdefault(group, []).append(each)
    for group, own_events in groups.items():
        own_events.sort(key=_place)
        first = own_events[0]
        first_seen = Event(
            event_id=f"first_seen:{group}",
            event_name=FIRST_SEEN,
            at=first.at,
            person_id=first.person_id,
            session_id=first.session_id,
            is_interaction=False,
            columns=first.columns,
            is_built_in=True,
        )
        own_events.insert(0, first_seen)
    return groups


def _place(event: Event) -> tuple[int, str]:
    """Time, then id; what happens by itself shares the place of the event beside it."""
    return (event.at, str(event.columns["event_id"]))


def _members(
    own_events: Sequence[Event], retention: Retention, world: World
) -> Iterable[Member]:
    """The cohorts of one unit.

    `first_time`: that of the first cohort event ever, if it lies in the definition's
    range; `recurring`: that of every period with a cohort event, entered by the first.
    """
    names = world.names
    entries = [
        each for each in own_events if names.is_activity(retention.cohort_event, each)
    ]
    if retention.cohort_rule == "first_time":
        entries = entries[:1]
    returns = [
        each for each in own_events if names.is_activity(retention.return_event, each)
    ]
    entered: set[date] = set()
    for entry in entries:
        if not is_between(
            entry.at, retention.definition, "cohort_from", "cohort_until"
        ):
            continue
        start = world.calendar.start(entry.at, retention.period)
        if start in entered:
            continue
        entered.add(start)
        # The cohort event itself is never a return.
        numbers = [
            _number(each, entry, start, retention, world.calendar)
            for each in returns
            if _place(each) > _place(entry)
        ]
        yield Member(
            cohort_start=start,
            entered_at=entry.at,
            breakdown_value=_label(entry, retention, world),
            retained=_retained(numbers, retention),
            values=_values(returns, entry, start, retention, world),
        )


def _label(entry: Event, retention: Retention, world: World) -> str:
    if not retention.breakdown_property:
        return ALL_VALUES
    person = sorted(world.people[entry.person_id or ""], key=_place)
    return breakdown_label(
        value_at(entry, retention.breakdown_property, person, world.spells)
    )


def _number(
    event: Event, entry: Event, start: date, retention: Retention, days: Calendar
) -> int:
    """In which period after the cohort's an event lies, by the definition's clock."""
    if retention.clock == "rolling_24h":
        return (event.at - entry.at) // (DAYS_IN_PERIOD[retention.period] * DAY)
    own_start = days.start(event.at, retention.period)
    return periods_between(start, own_start, retention.period)


def _retained(numbers: Sequence[int], retention: Retention) -> frozenset[int]:
    """Column 0 is everybody; the others need the minimum of returns."""
    retained = {0}
    for column in retention.columns:
        if retention.return_rule == "on_or_after":
            count = sum(each >= column.first for each in numbers)
        elif retention.return_rule == "on_or_before":
            count = sum(each <= column.last for each in numbers)
        else:
            count = sum(column.first <= each <= column.last for each in numbers)
        if count >= retention.minimum_returns:
            retained.add(column.number)
    return frozenset(retained)


def _values(
    returns: Sequence[Event],
    entry: Event,
    start: date,
    retention: Retention,
    world: World,
) -> dict[int, Decimal]:
    """By column, the value of the returns since the entry, its own included."""
    if not retention.value_property:
        return {}
    found = {}
    for column in retention.columns:
        end = _column_end(entry.at, start, column, retention, world.calendar)
        found[column.number] = sum(
            (
                amount_of(each.value_of(retention.value_property))
                for each in returns
                if _place(each) >= _place(entry) and each.at < end
            ),
            Decimal(0),
        )
    return found


def _column_end(
    entered_at: int, start: date, column: Column, retention: Retention, days: Calendar
) -> int:
    """When a column is over for one who entered at that time."""
    if retention.clock == "rolling_24h":
        length = DAYS_IN_PERIOD[retention.period] * DAY
        return entered_at + (column.last + 1) * length
    own_start = add_periods(start, retention.period, column.last)
    return days.end(own_start, retention.period)


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
    column: Column,
    retention: Retention,
    days: Calendar,
) -> int:
    """When a column is over for every member, and nobody can enter any more."""
    last_entry = max(member.entered_at for member in cohort)
    end = _column_end(last_entry, start, column, retention, days)
    if retention.clock == "rolling_24h":
        return max(end, days.end(start, retention.period))
    return end


def _days_of_use(world: World, retention: Retention) -> list[set[date]]:
    """On which days each unit did the return event, of those who ever did."""
    days = [
        {
            world.calendar.start(each.at, "day")
            for each in own_events
            if world.names.is_activity(retention.return_event, each)
        }
        for own_events in _units(world, retention).values()
    ]
    return [each for each in days if each]


def _period_of_day(day: date, period: str, week_start: str) -> date:
    noon = moment_of(day, "UTC") + DAY // 2
    return period_start(noon, period, "UTC", week_start)
