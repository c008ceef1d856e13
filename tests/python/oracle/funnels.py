"""Funnels by looking at every attempt of every unit (SEMANTICS.md section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from oracle.definitions import (
    ALL_VALUES,
    NOT_SET,
    VALUE_LIKE_ALL,
    EventNames,
    cell,
    is_between,
    rows_of,
)
from oracle.numbers import mean, median, percentile, rate, wilson_interval
from oracle.periods import add_periods, moment_of, period_start
from oracle.records import (
    SECOND,
    Event,
    properties_as_text,
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
    "mean_seconds_from_start",
    "mean_seconds_from_previous",
    "p25_seconds_from_start",
    "p90_seconds_from_previous",
]
TRENDS_COLUMNS = [
    "funnel",
    "breakdown_value",
    "period_start",
    "step",
    "people_count",
    "conversion_rate",
    "is_complete",
]
PREFIXES = ("user.", "session.", "cohort.")

# The people of each behavioural cohort, at whatever time they were in it.
Members = Mapping[str, frozenset[str]]


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
    order_rule: str
    window: int
    reentry_rule: str
    exclusion_rule: str
    grace: int
    held_property: str
    breakdown_property: str
    breakdown_rule: str
    entry_rule: str
    trend_period: str
    steps: tuple[tuple[int, str], ...]
    optional_steps: tuple[tuple[int, str], ...]
    exclusions: tuple[Exclusion, ...]
    definition: Mapping[str, Any]

    @property
    def is_unordered(self) -> bool:
        return self.order_rule == "unordered"


@dataclass(frozen=True)
class Reached:
    """A step that an attempt reached: by which event, and when all before had too."""

    step: int
    filled_step: int
    event: Event
    at: int


@dataclass(frozen=True)
class Attempt:
    """What a unit reached from one entry on; void ones reach nothing."""

    history: History
    entry: Event
    required: tuple[Reached, ...]
    ends_at: int
    resumes_at: int
    optional: tuple[Reached, ...] = ()

    @property
    def entered_at(self) -> int:
        return self.entry.at


@dataclass(frozen=True)
class History:
    """The events in which one unit is followed, and all else that its holder did."""

    unit_id: str
    person_id: str | None
    breakdown_value: str
    events: tuple[Event, ...]
    interactions: tuple[Event, ...]


@dataclass(frozen=True)
class Counted:
    """An attempt that counts, under one breakdown value."""

    breakdown_value: str
    attempt: Attempt
    number: int


@dataclass(frozen=True)
class Solution:
    """The attempts of each funnel, of all entries unless they follow each other."""

    attempts: list[tuple[Funnel, list[Attempt]]]
    names: EventNames
    as_of: int


def is_supported(definition: Mapping[str, Any]) -> bool:
    """Whether the oracle knows the values of the definition's properties and cohort."""
    names = ("held_property", "breakdown_property")
    return not cell(definition, "cohort") and not any(
        cell(definition, name).startswith(("user.", "cohort.")) for name in names
    )


def funnel_steps_reached(*given: Any) -> pd.DataFrame:
    """The public table `funnel_steps_reached`, of what `solve` is given."""
    return steps_reached_of(solve(*given))


def funnel_conversion(*given: Any) -> pd.DataFrame:
    """The public table `funnel_conversion`, of what `solve` is given."""
    return conversion_of(solve(*given))


def steps_reached_of(solution: Solution) -> pd.DataFrame:
    """The public table `funnel_steps_reached`."""
    rows = [
        {
            "funnel": funnel.name,
            "breakdown_value": counted.breakdown_value,
            "unit_id": counted.attempt.history.unit_id,
            "person_id": counted.attempt.history.person_id,
            "attempt": counted.number,
            "step": reached.step,
            "reached_at": to_timestamp(reached.at),
            "entered_at": to_timestamp(counted.attempt.entered_at),
        }
        for funnel, attempts in solution.attempts
        for counted in _counted(funnel, attempts, solution.names)
        for reached in (*counted.attempt.required, *counted.attempt.optional)
    ]
    key = ["funnel", "breakdown_value", "unit_id", "attempt", "step"]
    return to_frame(rows, STEPS_REACHED_COLUMNS, key)


def conversion_of(solution: Solution) -> pd.DataFrame:
    """The public table `funnel_conversion`.

    A unit whose attempt is k steps deep is counted in the steps 1 to k; a funnel that
    nobody entered has its `(all)` rows with zeros.
    """
    rows: list[dict[str, Any]] = []
    for funnel, attempts in solution.attempts:
        of_values: dict[str, list[Attempt]] = {ALL_VALUES: []}
        for counted in _counted(funnel, attempts, solution.names):
            of_values.setdefault(counted.breakdown_value, []).append(counted.attempt)
        for value, of_value in of_values.items():
            for step, step_name in _all_steps(funnel):
                rows.append(
                    {
                        "funnel": funnel.name,
                        "breakdown_value": value,
                        "step": step,
                        "step_name": step_name,
                        **_conversion_of_step(funnel, of_value, step),
                    }
                )
    return to_frame(rows, CONVERSION_COLUMNS, ["funnel", "breakdown_value", "step"])


def trends_of(solution: Solution) -> pd.DataFrame:
    """The public table `funnel_trends`: in each period the attempts begun in it."""
    rows: list[dict[str, Any]] = []
    for funnel, attempts in solution.attempts:
        if not funnel.trend_period:
            continue
        begun: dict[date, list[Attempt]] = {}
        for attempt in attempts:
            period = period_start(attempt.entered_at, funnel.trend_period)
            begun.setdefault(period, []).append(attempt)
        for period, of_period in begun.items():
            of_values: dict[str, list[Attempt]] = {}
            for counted in _counted(funnel, of_period, solution.names):
                of_value = of_values.setdefault(counted.breakdown_value, [])
                of_value.append(counted.attempt)
            for value, of_value in of_values.items():
                # Of several attempts another may come to count once it gets further.
                is_each = funnel.reentry_rule == "every_attempt"
                begun_in_it = of_value if is_each else of_period
                last = max(attempt.entered_at for attempt in begun_in_it)
                end = moment_of(add_periods(period, funnel.trend_period, 1))
                for step, _ in _all_steps(funnel):
                    count = len([each for each in of_value if _reach(each, step)])
                    rows.append(
                        {
                            "funnel": funnel.name,
                            "breakdown_value": value,
                            "period_start": pd.Timestamp(period),
                            "step": step,
                            "people_count": count,
                            "conversion_rate": rate(count, len(of_value)),
                            "is_complete": solution.as_of
                            >= max(last + funnel.window, end),
                        }
                    )
    key = ["funnel", "breakdown_value", "period_start", "step"]
    return to_frame(rows, TRENDS_COLUMNS, key)


def solve(
    events: pd.DataFrame,
    funnels: pd.DataFrame,
    funnel_steps: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
    members: Members | None = None,
) -> Solution:
    """Each funnel with its attempts; the data is complete up to its latest event."""
    names = EventNames(named_events)
    kept = to_events(events)
    records = with_built_in_events(kept)
    solved = []
    for definition in funnels.to_dict("records"):
        funnel = read_funnel(definition, funnel_steps)
        cohort = cell(definition, "cohort")
        people = (members or {}).get(cohort) if cohort else None
        own = [each for each in records if people is None or each.person_id in people]
        first_ever = _first_ever(own, funnel, names)
        attempts: list[Attempt] = []
        for history in _histories(own, funnel, names):
            attempts.extend(_attempts(history, funnel, names, first_ever))
        solved.append((funnel, attempts))
    as_of = max((event.at for event in kept), default=0)
    return Solution(attempts=solved, names=names, as_of=as_of)


def deepest_chain(
    events: Sequence[Event], start: Event, funnel: Funnel, names: EventNames
) -> tuple[Event, ...]:
    """The deepest chain from one step-1 event, each step filled as early as possible.

    The window is elapsed time from step 1, end inclusive; events of the same time may
    advance in any order; an event fills one step. A step may come before the one it
    follows by the seconds of grace, where no event could fill both. Only the earliest
    time at which the next step can be filled is tried, for a chain through a later
    event stays a chain when the earlier, unused event takes that place; all its events
    are tried.
    """
    wanted = [event for _, event in funnel.steps]
    window_end = start.at + funnel.window
    grace = 0 if is_overlapping(funnel, names) else funnel.grace

    def extend(chain: tuple[Event, ...]) -> tuple[Event, ...]:
        if len(chain) == len(wanted):
            return chain
        candidates = [
            each
            for each in events
            if chain[-1].at - grace <= each.at <= window_end
            and each not in chain
            and names.matches(wanted[len(chain)], each)
        ]
        earliest = min((each.at for each in candidates), default=None)
        tied = sorted((each for each in candidates if each.at == earliest), key=_order)
        return max((extend((*chain, each)) for each in tied), key=_depth, default=chain)

    return extend((start,))


def unordered_chain(
    events: Sequence[Event], start: Event, funnel: Funnel, names: EventNames
) -> tuple[tuple[int, Event], ...]:
    """The steps in the order in which they came, from an event that fills any of them.

    Each event fills one step: of several at one moment the one with the smallest
    number, any event last.
    """
    chain: list[tuple[int, Event]] = []
    while len(chain) < len(funnel.steps):
        since = chain[-1][1].at if chain else start.at
        filled = {step for step, _ in chain}
        used = [event for _, event in chain]
        candidates = [
            (each.at, name == "*", step, each.event_id, each)
            for step, name in funnel.steps
            for each in (events if chain else [start])
            if step not in filled
            and since <= each.at <= start.at + funnel.window
            and each not in used
            and names.matches(name, each)
        ]
        if not candidates:
            break
        _, _, step, _, event = min(candidates)
        chain.append((step, event))
    return tuple(chain)


def is_overlapping(funnel: Funnel, names: EventNames) -> bool:
    """Whether one event could fill two steps, by the events their names stand for."""
    sources = [
        names.sources(name) for _, name in (*funnel.steps, *funnel.optional_steps)
    ]
    return any(
        "*" in one | other or one & other
        for index, one in enumerate(sources)
        for other in sources[index + 1 :]
    )


def read_funnel(definition: Mapping[str, Any], funnel_steps: pd.DataFrame) -> Funnel:
    """One definition with its defaults: ordered, 7 days, best attempt, void attempt."""
    rows = rows_of(funnel_steps, funnel=cell(definition, "funnel"))
    steps = _steps_of_role(rows, "required")
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
    breakdown_property = cell(definition, "breakdown_property")
    breakdown_rule = cell(definition, "breakdown_rule", "first_touch")
    return Funnel(
        name=cell(definition, "funnel"),
        unit=cell(definition, "unit", "person"),
        order_rule=cell(definition, "order_rule", "ordered"),
        window=round(amount * SECONDS_IN_UNIT[unit] * SECOND),
        reentry_rule=cell(definition, "reentry_rule", "best_attempt"),
        exclusion_rule=cell(definition, "exclusion_rule", "void_attempt"),
        grace=round(float(cell(definition, "grace_seconds", "0")) * SECOND),
        held_property=cell(definition, "held_property"),
        breakdown_property=breakdown_property,
        # As of the unit's step 1, whatever the rule.
        breakdown_rule="first_touch"
        if breakdown_property.startswith(PREFIXES)
        else breakdown_rule,
        entry_rule=cell(definition, "entry_rule", "any"),
        trend_period=cell(definition, "trend_period"),
        steps=steps,
        optional_steps=_steps_of_role(rows, "optional"),
        exclusions=tuple(exclusions),
        definition=definition,
    )


def _steps_of_role(
    rows: Iterable[Mapping[str, Any]], role: str
) -> tuple[tuple[int, str], ...]:
    return tuple(
        sorted(
            (int(cell(row, "step")), cell(row, "event"))
            for row in rows
            if cell(row, "role", "required") == role
        )
    )


def _histories(
    records: Iterable[Event], funnel: Funnel, names: EventNames
) -> Iterable[History]:
    """Each unit's events; within each value too, where all steps must carry one."""
    holders: dict[str, list[Event]] = {}
    for event in records:
        holder = _holder(event, funnel)
        if event.person_id is not None and holder is not None:
            holders.setdefault(holder, []).append(event)
    relevant = [name for _, name in (*funnel.steps, *funnel.optional_steps)]
    relevant += [exclusion.event for exclusion in funnel.exclusions]
    for holder, everything in holders.items():
        own = [e for e in everything if any(names.matches(n, e) for n in relevant)]
        of_group = funnel.unit not in ("person", "session")
        for unit_id, of_unit in _by_held_value(holder, own, funnel).items():
            parts = {ALL_VALUES: of_unit}
            if funnel.breakdown_property and funnel.breakdown_rule == "every_step":
                for event in of_unit:
                    value = label(event.value_of(funnel.breakdown_property))
                    parts.setdefault(value, []).append(event)
            for value, part in parts.items():
                yield History(
                    unit_id=unit_id,
                    person_id=None if of_group else everything[0].person_id,
                    breakdown_value=value,
                    events=tuple(part),
                    interactions=tuple(e for e in everything if e.is_interaction),
                )


def _holder(event: Event, funnel: Funnel) -> str | None:
    if funnel.unit == "person":
        return event.person_id
    if funnel.unit == "session":
        return event.session_id
    return properties_as_text(event.columns.get("group_ids")).get(funnel.unit)


def _by_held_value(
    holder: str, events: Sequence[Event], funnel: Funnel
) -> dict[str, list[Event]]:
    """The holder's events, or those of each value of the property held constant."""
    if not funnel.held_property:
        return {holder: list(events)}
    units: dict[str, list[Event]] = {}
    for event in events:
        value = event.value_of(funnel.held_property)
        if value:
            unit_id = f"{holder.replace('|', '||')} | {value}"
            units.setdefault(unit_id, []).append(event)
    return units


def _first_ever(
    records: Iterable[Event], funnel: Funnel, names: EventNames
) -> dict[str, int]:
    """When each person, or group, first did what opens an attempt, of all time."""
    first: dict[str, int] = {}
    for event in records:
        is_of_people = funnel.unit in ("person", "session")
        owner = event.person_id if is_of_people else _holder(event, funnel)
        if owner is not None and _opens(event, funnel, names):
            first.setdefault(owner, event.at)
    return first


def _opens(event: Event, funnel: Funnel, names: EventNames) -> bool:
    opening = funnel.steps if funnel.is_unordered else funnel.steps[:1]
    return any(names.matches(name, event) for _, name in opening)


def _attempts(
    history: History, funnel: Funnel, names: EventNames, first_ever: Mapping[str, int]
) -> list[Attempt]:
    """The attempts of a history that are not void, in order of time.

    With `first_attempt` those that begin at its first moment; with `every_attempt` each
    that begins once the one before has ended.
    """
    entries = [
        event
        for event in history.events
        if _opens(event, funnel, names)
        and is_between(event.at, funnel.definition, "entered_from", "entered_until")
        and (
            funnel.entry_rule != "first_ever"
            or first_ever[event.person_id if history.person_id else history.unit_id]
            == event.at
        )
    ]
    if funnel.is_unordered:
        entries = _opening_entries(entries, funnel, names)
    if funnel.reentry_rule == "first_attempt":
        entries = [each for each in entries if each.at == entries[0].at]
    attempts = [_attempt(history, entry, funnel, names) for entry in entries]
    if funnel.reentry_rule == "every_attempt":
        attempts = _one_after_another(attempts)
    return [attempt for attempt in attempts if attempt.required]


def _opening_entries(
    entries: Sequence[Event], funnel: Funnel, names: EventNames
) -> list[Event]:
    """Of each moment what fills the first of the steps; any event is the last."""

    def rank(event: Event) -> tuple[bool, int]:
        return min((n == "*", s) for s, n in funnel.steps if names.matches(n, event))

    first: dict[int, tuple[bool, int]] = {}
    for event in entries:
        first[event.at] = min(first.get(event.at, rank(event)), rank(event))
    return [event for event in entries if rank(event) == first[event.at]]


def _one_after_another(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Of each moment the attempt that gets furthest, unless another one is open."""
    separate: list[Attempt] = []
    for moment in sorted({attempt.entered_at for attempt in attempts}):
        if separate and separate[-1].resumes_at > moment:
            continue
        of_moment = [each for each in attempts if each.entered_at == moment]
        separate.append(max(of_moment, key=_depth_of_attempt))
    return separate


def _attempt(
    history: History, entry: Event, funnel: Funnel, names: EventNames
) -> Attempt:
    if funnel.is_unordered:
        chain = unordered_chain(history.events, entry, funnel, names)
    else:
        found = deepest_chain(history.events, entry, funnel, names)
        chain = tuple(zip((step for step, _ in funnel.steps), found, strict=False))
    closes_at = entry.at + funnel.window
    broken_at, is_void = None, False
    for index, (step, _) in enumerate(chain):
        following = chain[index + 1] if index + 1 < len(chain) else None
        until = following[1].at if following else closes_at + 1
        since = max(each.at for _, each in chain[: index + 1])
        interrupted = _interrupted_at(history, since, until, funnel, names)
        # Without a next step nothing lies between two.
        excluded = following and _excluded_at(
            history, step, since, following[0], until, funnel, names
        )
        if following is None:
            # An exclusion ends nothing here; but a strict attempt is over.
            broken_at = interrupted
        elif excluded is not None or interrupted is not None:
            broken_at = min(at for at in (excluded, interrupted) if at is not None)
            is_void = excluded == broken_at and funnel.exclusion_rule == "void_attempt"
            chain = chain[: index + 1]
            break
    is_converted = len(chain) == len(funnel.steps)
    reached = [
        Reached(
            step=number if funnel.is_unordered else step,
            filled_step=step,
            event=event,
            at=max(each.at for _, each in chain[:number]),
        )
        for number, (step, event) in enumerate(chain, 1)
    ]
    if is_converted:
        resumes_at = reached[-1].at + 1
    else:
        resumes_at = closes_at + 1 if broken_at is None else broken_at
    attempt = Attempt(
        history=history,
        entry=entry,
        required=() if is_void else tuple(reached),
        ends_at=closes_at if broken_at is None else broken_at,
        resumes_at=resumes_at,
    )
    return _with_optional_steps(attempt, funnel, names)


def _excluded_at(
    history: History,
    step: int,
    since: int,
    next_step: int,
    until: int,
    funnel: Funnel,
    names: EventNames,
) -> int | None:
    """The first exclusion strictly between the moments of two steps."""
    applying = [
        each.event
        for each in funnel.exclusions
        if funnel.is_unordered or (each.after <= step and next_step <= each.before)
    ]
    moments = [
        each.at
        for each in history.events
        if since < each.at < until
        and any(names.matches(name, each) for name in applying)
    ]
    return min(moments, default=None)


def _interrupted_at(
    history: History, since: int, until: int, funnel: Funnel, names: EventNames
) -> int | None:
    """The first other event strictly between two steps of a strict funnel."""
    if funnel.order_rule != "strict":
        return None
    optional = [name for _, name in funnel.optional_steps]
    others = [
        each
        for each in history.interactions
        if not any(names.matches(name, each) for name in optional)
    ]
    others += [
        each
        for each in history.events
        if any(names.matches(name, each) for _, name in funnel.steps)
    ]
    return min((each.at for each in others if since < each.at < until), default=None)


def _with_optional_steps(
    attempt: Attempt, funnel: Funnel, names: EventNames
) -> Attempt:
    """Optional steps are reached between the required ones around them.

    Where the later one was not reached, they are before any exclusion.
    """
    used = [reached.event for reached in attempt.required]
    optional: list[Reached] = []
    for step, name in funnel.optional_steps:
        before = [each for each in attempt.required if each.step < step]
        after = [each for each in attempt.required if each.step > step]
        next_steps = [each for each, _ in funnel.steps if each > step]
        previous_step = max(each for each, _ in funnel.steps if each < step)
        if not before or before[-1].step != previous_step:
            continue
        is_past = bool(next_steps and after)
        until = after[0].at if is_past else attempt.ends_at
        if next_steps and not after:
            excluded = _excluded_at(
                attempt.history,
                previous_step,
                max(each.at for each in before),
                next_steps[0],
                until,
                funnel,
                names,
            )
            until = until if excluded is None else excluded
        moments = [
            each
            for each in attempt.history.events
            if before[-1].at <= each.at <= until
            and each not in used
            and names.matches(name, each)
        ]
        if moments:
            first = min(moments, key=_order)
            optional.append(Reached(step, step, first, first.at))
    return Attempt(
        history=attempt.history,
        entry=attempt.entry,
        required=attempt.required,
        ends_at=attempt.ends_at,
        resumes_at=attempt.resumes_at,
        optional=tuple(optional),
    )


def chosen(funnel: Funnel, attempts: Sequence[Attempt]) -> list[tuple[Attempt, int]]:
    """The attempts that count, numbered: of each history the deepest, then earliest."""
    histories: dict[tuple[str, str], list[Attempt]] = {}
    for attempt in attempts:
        key = (attempt.history.unit_id, attempt.history.breakdown_value)
        histories.setdefault(key, []).append(attempt)
    counting: list[tuple[Attempt, int]] = []
    for of_history in histories.values():
        if funnel.reentry_rule == "every_attempt":
            counting.extend((each, number) for number, each in enumerate(of_history, 1))
        else:
            counting.append((max(of_history, key=_depth_of_attempt), 1))
    return counting


def _counted(
    funnel: Funnel, attempts: Sequence[Attempt], names: EventNames
) -> Iterable[Counted]:
    for attempt, number in chosen(funnel, attempts):
        yield Counted(attempt.history.breakdown_value, attempt, number)
        if funnel.breakdown_property and funnel.breakdown_rule != "every_step":
            yield Counted(_told_value(funnel, attempt, names), attempt, number)


def _told_value(funnel: Funnel, attempt: Attempt, names: EventNames) -> str:
    """The value at the step that the rule names; of tied events the smallest."""
    if funnel.breakdown_rule == "first_touch":
        telling = attempt.required[0]
    elif funnel.breakdown_rule == "last_touch":
        telling = attempt.required[-1]
    else:
        number = int(funnel.breakdown_rule.removeprefix("step_"))
        found = [each for each in attempt.required if each.step == number]
        if not found:
            return NOT_SET
        telling = found[0]
    name = dict(funnel.steps)[telling.filled_step]
    values = [
        each.value_of(funnel.breakdown_property)
        for each in attempt.history.events
        if each.at == telling.event.at and names.matches(name, each)
    ]
    return label(min((value for value in values if value), default=None))


def label(value: str | None) -> str:
    """How a value is shown; one that reads like the total stands in quotes."""
    if value == ALL_VALUES:
        return VALUE_LIKE_ALL
    return value or NOT_SET


def _all_steps(funnel: Funnel) -> list[tuple[int, str]]:
    if funnel.is_unordered:
        counts = [(1, "any 1 step")]
        return counts + [(k, f"any {k} steps") for k in range(2, len(funnel.steps) + 1)]
    return sorted((*funnel.steps, *funnel.optional_steps))


def _reach(attempt: Attempt, step: int) -> Reached | None:
    found = [e for e in (*attempt.required, *attempt.optional) if e.step == step]
    return found[0] if found else None


def _conversion_of_step(
    funnel: Funnel, attempts: Sequence[Attempt], step: int
) -> dict[str, Any]:
    """Counts, rates and times of one step; the step before is a required one."""
    previous = max((each for each, _ in funnel.steps if each < step), default=None)
    reached = [(each, found) for each in attempts if (found := _reach(each, step))]
    before = [each for each in attempts if previous is None or _reach(each, previous)]
    from_start = [(found.at - each.entered_at) / SECOND for each, found in reached]
    from_previous = [
        (found.at - earlier.at) / SECOND
        for each, found in reached
        if previous is not None and (earlier := _reach(each, previous))
    ]
    rate_low, rate_high = wilson_interval(len(reached), len(attempts))
    return {
        "people_count": len(reached),
        "conversion_rate": rate(len(reached), len(attempts)),
        "step_conversion_rate": rate(len(reached), len(before)),
        "drop_off_count": len(before) - len(reached),
        "rate_low": rate_low,
        "rate_high": rate_high,
        "median_seconds_from_start": median(from_start),
        "median_seconds_from_previous": median(from_previous),
        "mean_seconds_from_start": mean(from_start),
        "mean_seconds_from_previous": mean(from_previous),
        "p25_seconds_from_start": percentile(from_start, 0.25),
        "p90_seconds_from_previous": percentile(from_previous, 0.9),
    }


def _depth(chain: Sequence[Event]) -> tuple[int, list[int]]:
    """Deeper is more, then earlier."""
    return len(chain), [-each.at for each in chain]


def _depth_of_attempt(attempt: Attempt) -> tuple[int, int, list[int]]:
    """Deeper is more, then earlier, then quicker."""
    moments = [-reached.at for reached in attempt.required]
    return len(moments), -attempt.entered_at, moments[::-1]


def _order(event: Event) -> tuple[int, str]:
    return event.order
