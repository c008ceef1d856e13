"""Funnels by looking at every attempt of every unit (SEMANTICS.md section 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from oracle.numbers import mean, median, rate, wilson_interval
from oracle.records import (
    SECOND,
    Event,
    to_events,
    to_frame,
    to_timestamp,
    with_built_in_events,
)

SECONDS_IN_UNIT = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 7 * 86_400,
    "month": 30 * 86_400,
}
STEPS_REACHED_COLUMNS = [
    "funnel",
    "breakdown_value",
    "unit_id",
    "person_id",
    "attempt",
    "step",
    "reached_at",
    "entered_at",
]
CONVERSION_COLUMNS = [
    "funnel",
    "breakdown_value",
    "step",
    "step_name",
    "people_count",
    "conversion_rate",
    "step_conversion_rate",
    "drop_off_count",
    "rate_low",
    "rate_high",
    "median_seconds_from_start",
    "median_seconds_from_previous",
    "mean_seconds_from_previous",
]


@dataclass(frozen=True)
class Exclusion:
    """An event that may not lie between the steps numbered `after` and `before`."""

    event: str
    after: int
    before: int


@dataclass(frozen=True)
class Funnel:
    """One row of funnels.csv with its rows of funnel_steps.csv, defaults filled in."""

    name: str
    unit: str
    window: int
    reentry_rule: str
    exclusion_rule: str
    breakdown_property: str
    entry_rule: str
    steps: tuple[tuple[int, str], ...]
    exclusions: tuple[Exclusion, ...]
    definition: Mapping[str, Any]


@dataclass(frozen=True)
class Attempt:
    """The events that filled a unit's steps, first to last."""

    unit_id: str
    chain: tuple[Event, ...]


def is_supported(definition: Mapping[str, Any], funnel_steps: pd.DataFrame) -> bool:
    """Whether the oracle knows every option that the definition uses."""
    steps = rows_of(funnel_steps, funnel=cell(definition, "funnel"))
    grace = float(cell(definition, "grace_seconds", "0"))
    return (
        cell(definition, "unit", "person") in ("person", "session")
        and cell(definition, "order_rule", "ordered") == "ordered"
        and cell(definition, "reentry_rule", "best_attempt") != "every_attempt"
        and cell(definition, "breakdown_rule", "first_touch") == "first_touch"
        and grace == 0
        and not filled_cells(definition, ["held_property", "cohort"])
        and not cell(definition, "breakdown_property").startswith("user.")
        and not any(cell(step, "role", "required") == "optional" for step in steps)
    )


def funnel_steps_reached(
    events: pd.DataFrame,
    funnels: pd.DataFrame,
    funnel_steps: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The public table `funnel_steps_reached` for the funnels given."""
    rows = [
        {
            "funnel": funnel.name,
            "breakdown_value": value,
            "unit_id": attempt.unit_id,
            "person_id": attempt.chain[0].person_id,
            "attempt": 1,
            "step": step,
            "reached_at": to_timestamp(event.at),
            "entered_at": to_timestamp(attempt.chain[0].at),
        }
        for funnel, attempts in _solved(events, funnels, funnel_steps, named_events)
        for attempt in attempts
        for value in _breakdown_values(funnel, attempt)
        for (step, _), event in zip(funnel.steps, attempt.chain, strict=False)
    ]
    key = ["funnel", "breakdown_value", "unit_id", "attempt", "step"]
    return to_frame(rows, STEPS_REACHED_COLUMNS, key)


def funnel_conversion(
    events: pd.DataFrame,
    funnels: pd.DataFrame,
    funnel_steps: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The public table `funnel_conversion` for the funnels given.

    A unit whose attempt is k steps deep is counted in the steps 1 to k; a funnel that
    nobody entered has its `(all)` rows with zeros.
    """
    rows: list[dict[str, Any]] = []
    for funnel, attempts in _solved(events, funnels, funnel_steps, named_events):
        chains: dict[str, list[tuple[Event, ...]]] = {ALL_VALUES: []}
        for attempt in attempts:
            for value in _breakdown_values(funnel, attempt):
                chains.setdefault(value, []).append(attempt.chain)
        for value, of_value in chains.items():
            for index in range(len(funnel.steps)):
                measures = _conversion_of_step(of_value, index)
                step, step_name = funnel.steps[index]
                rows.append(
                    {
                        "funnel": funnel.name,
                        "breakdown_value": value,
                        "step": step,
                        "step_name": step_name,
                        **measures,
                    }
                )
    return to_frame(rows, CONVERSION_COLUMNS, ["funnel", "breakdown_value", "step"])


def best_attempt(
    events: Sequence[Event],
    funnel: Funnel,
    names: EventNames,
    may_enter: Callable[[Event], bool] = lambda event: True,
) -> tuple[Event, ...]:
    """The chosen attempt of one unit's events; empty where it is in no step.

    Every step-1 event starts an attempt. `best_attempt` takes the deepest that is not
    void, of equally deep ones the one that starts first; `first_attempt` takes the
    first, whatever became of it.
    """
    first_step = funnel.steps[0][1]
    starts = [each for each in events if names.matches(first_step, each)]
    starts = sorted((each for each in starts if may_enter(each)), key=_order)
    if funnel.reentry_rule == "first_attempt":
        starts = starts[:1]
    chains = []
    for start in starts:
        chain = deepest_chain(events, start, funnel, names)
        chains.append(chain_after_exclusions(chain, events, funnel, names))
    return max(chains, key=len, default=())


def deepest_chain(
    events: Sequence[Event], start: Event, funnel: Funnel, names: EventNames
) -> tuple[Event, ...]:
    """The deepest chain from one step-1 event, each step filled as early as possible.

    The window is elapsed time from step 1, end inclusive; events of the same time may
    advance in any order; an event fills one step. Only the earliest time at which the
    next step can be filled is tried, for a chain through a later event stays a chain
    when the earlier, unused event takes that place; all its events are tried.
    """
    wanted = [event for _, event in funnel.steps]
    window_end = start.at + funnel.window
    reachable = [each for each in events if start.at <= each.at <= window_end]

    def extend(chain: tuple[Event, ...]) -> tuple[Event, ...]:
        if len(chain) == len(wanted):
            return chain
        candidates = [
            each
            for each in reachable
            if each.at >= chain[-1].at
            and each not in chain
            and names.matches(wanted[len(chain)], each)
        ]
        earliest = min((each.at for each in candidates), default=None)
        tied = sorted((each for each in candidates if each.at == earliest), key=_order)
        return max((extend((*chain, each)) for each in tied), key=len, default=chain)

    return extend((start,))


def chain_after_exclusions(
    chain: tuple[Event, ...],
    events: Sequence[Event],
    funnel: Funnel,
    names: EventNames,
) -> tuple[Event, ...]:
    """What is left of an attempt when an exclusion lies strictly between two steps.

    `void_attempt` leaves nothing, `drop_off` the steps before the exclusion.
    """
    for index in range(len(chain) - 1):
        step, following = funnel.steps[index][0], funnel.steps[index + 1][0]
        applying = [
            each.event
            for each in funnel.exclusions
            if each.after <= step and following <= each.before
        ]
        is_excluded = any(
            chain[index].at < each.at < chain[index + 1].at
            and names.matches(name, each)
            for each in events
            for name in applying
        )
        if is_excluded:
            is_kept = funnel.exclusion_rule == "drop_off"
            return chain[: index + 1] if is_kept else ()
    return chain


def read_funnel(definition: Mapping[str, Any], funnel_steps: pd.DataFrame) -> Funnel:
    """One definition with its defaults: ordered, 7 days, best attempt, void attempt."""
    rows = rows_of(funnel_steps, funnel=cell(definition, "funnel"))
    steps = sorted(
        (int(cell(row, "step")), cell(row, "event"))
        for row in rows
        if cell(row, "role", "required") == "required"
    )
    exclusions = [
        Exclusion(
            event=cell(row, "event"),
            after=int(cell(row, "after_step", str(steps[0][0]))),
            before=int(cell(row, "before_step", str(steps[-1][0]))),
        )
        for row in rows
        if cell(row, "role") == "exclusion"
    ]
    amount = float(cell(definition, "window_amount", "7"))
    unit = cell(definition, "window_unit", "day")
    seconds = SECONDS_IN_UNIT[unit.removesuffix("s")]
    return Funnel(
        name=cell(definition, "funnel"),
        unit=cell(definition, "unit", "person"),
        window=round(amount * seconds * SECOND),
        reentry_rule=cell(definition, "reentry_rule", "best_attempt"),
        exclusion_rule=cell(definition, "exclusion_rule", "void_attempt"),
        breakdown_property=cell(definition, "breakdown_property"),
        entry_rule=cell(definition, "entry_rule", "any"),
        steps=tuple(steps),
        exclusions=tuple(exclusions),
        definition=definition,
    )


def _solved(
    events: pd.DataFrame,
    funnels: pd.DataFrame,
    funnel_steps: pd.DataFrame,
    named_events: pd.DataFrame | None,
) -> Iterable[tuple[Funnel, list[Attempt]]]:
    names = EventNames(named_events)
    records = with_built_in_events(to_events(events))
    for definition in funnels.to_dict("records"):
        funnel = read_funnel(definition, funnel_steps)
        yield funnel, _attempts(records, funnel, names)


def _attempts(
    records: Sequence[Event], funnel: Funnel, names: EventNames
) -> list[Attempt]:
    relevant_names = {event for _, event in funnel.steps}
    relevant_names.update(exclusion.event for exclusion in funnel.exclusions)
    units: dict[str, list[Event]] = {}
    for event in records:
        unit_id = event.person_id if funnel.unit == "person" else event.session_id
        if event.person_id is None or unit_id is None:
            continue
        if any(names.matches(name, event) for name in relevant_names):
            units.setdefault(unit_id, []).append(event)
    first_ever = _first_of_all_time(records, funnel, names)

    def may_enter(event: Event) -> bool:
        is_inside = is_between(
            event.at, funnel.definition, "entered_from", "entered_until"
        )
        is_first = first_ever.get(event.person_id or "") is event
        return is_inside and (funnel.entry_rule != "first_ever" or is_first)

    solved = [
        Attempt(unit_id, best_attempt(own_events, funnel, names, may_enter))
        for unit_id, own_events in units.items()
    ]
    return [attempt for attempt in solved if attempt.chain]


def _first_of_all_time(
    records: Sequence[Event], funnel: Funnel, names: EventNames
) -> dict[str, Event]:
    """Each person's first such event, judged on the whole merged history."""
    first: dict[str, Event] = {}
    for event in records:
        if event.person_id is not None and names.matches(funnel.steps[0][1], event):
            first.setdefault(event.person_id, event)
    return first


def _breakdown_values(funnel: Funnel, attempt: Attempt) -> list[str]:
    """`(all)`, and by first_touch the value at step 1 of the chosen attempt."""
    if not funnel.breakdown_property:
        return [ALL_VALUES]
    return [ALL_VALUES, breakdown_value(attempt.chain[0], funnel.breakdown_property)]


def _conversion_of_step(
    chains: Sequence[tuple[Event, ...]], index: int
) -> dict[str, Any]:
    """Counts, rates and times of one step (index from 0) over the chosen attempts."""
    reached = [chain for chain in chains if len(chain) > index]
    is_first = index == 0
    before = len([chain for chain in chains if len(chain) >= max(index, 1)])
    from_start = [(chain[index].at - chain[0].at) / SECOND for chain in reached]
    from_previous = [
        (chain[index].at - chain[index - 1].at) / SECOND
        for chain in reached
        if not is_first
    ]
    rate_low, rate_high = wilson_interval(len(reached), len(chains))
    return {
        "people_count": len(reached),
        "conversion_rate": rate(len(reached), len(chains)),
        "step_conversion_rate": rate(len(reached), before),
        "drop_off_count": before - len(reached),
        "rate_low": rate_low,
        "rate_high": rate_high,
        "median_seconds_from_start": median(from_start),
        "median_seconds_from_previous": median(from_previous),
        "mean_seconds_from_previous": mean(from_previous),
    }


def _order(event: Event) -> tuple[int, str]:
    return event.order
