"""The oracle itself, held against small examples worked by hand from SEMANTICS.md."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Sequence
from math import sqrt
from typing import Any

import pandas as pd
import pytest

from oracle import funnels as funnel_oracle
from oracle import paths as path_oracle
from oracle import retention as retention_oracle
from oracle.compare import assert_frames_match, describe_differences, is_same_value
from oracle.definitions import (
    EventNames,
    breakdown_value,
    canonical_name,
    property_holds,
)
from oracle.engagement import engagement_daily
from oracle.experiments import (
    arm_of_ratios,
    arm_of_values,
    compare_arms,
    experiment_health,
    experiment_results,
    sample_ratio_mismatch,
)
from oracle.feature_adoption import feature_adoption
from oracle.numbers import wilson_interval
from oracle.periods import add_periods, period_start, periods_between
from oracle.records import Event, properties_as_text, to_events, to_microseconds
from oracle.sessions import session_of_each_event, sessions

Row = dict[str, Any]


def event(
    event_id: str, person_id: str, event_name: str, time: str, **columns: object
) -> Row:
    """One row of `events`; a time of day alone is one of Monday 1 January 2024."""
    occurred_at = time if "-" in time else f"2024-01-01 {time}"
    properties = columns.pop("properties", {})
    return {
        "event_id": event_id,
        "person_id": person_id,
        "session_id": None,
        "anonymous_id": f"device of {person_id}",
        "user_id": None,
        "event_name": event_name,
        "occurred_at": pd.Timestamp(occurred_at),
        "is_interaction": True,
        "page_path": None,
        "properties": json.dumps(properties),
        **columns,
    }


def page(event_id: str, person_id: str, path: str, time: str, session: str) -> Row:
    """One page view in a session."""
    names = {"page_path": path, "session_id": session}
    return event(event_id, person_id, "page_viewed", time, **names)


def frame(*rows: Row) -> pd.DataFrame:
    """Rows as a frame."""
    return pd.DataFrame(list(rows))


def values(table: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of a table as tuples, whole numbers and nulls as plain Python."""
    plain = table[list(columns)].astype(object)
    plain = plain.where(plain.notna(), None)
    return [tuple(row) for row in plain.itertuples(index=False)]


class TestDefinitions:
    @pytest.mark.parametrize(
        ("source", "canonical"),
        [
            ("Order Completed", "order_completed"),
            ("OrderCompleted", "order_completed"),
            ("order_completed", "order_completed"),
            ("$autocapture", "autocapture"),
            ("Checkout -- Step 2", "checkout_step_2"),
        ],
    )
    def test_spellings_of_one_name_are_one_event(
        self, source: str, canonical: str
    ) -> None:
        assert canonical_name(source) == canonical

    def test_rows_of_an_alternative_hold_together_and_alternatives_are_or_ed(
        self,
    ) -> None:
        named_events = frame(
            *[
                {
                    "event": "big_sale",
                    "alternative": alternative,
                    "source_event_name": source,
                    "property_name": name,
                    "operator": operator,
                    "property_value": value,
                }
                for alternative, source, name, operator, value in [
                    ("1", "Order Completed", "total", "greater_than", "100"),
                    ("1", "Order Completed", "country", "one_of", "DE|FR"),
                    ("2", "Deal Won", None, None, None),
                ]
            ]
        )
        names = EventNames(named_events)
        events = to_events(
            frame(
                event("1", "p", "order_completed", "10:00", properties={"total": 101}),
                event(
                    "2",
                    "p",
                    "order_completed",
                    "10:01",
                    properties={"total": 101, "country": "FR"},
                ),
                event(
                    "3",
                    "p",
                    "order_completed",
                    "10:02",
                    properties={"total": 100, "country": "FR"},
                ),
                event("4", "p", "deal_won", "10:03"),
                event("5", "p", "big_sale", "10:04"),
            )
        )
        matched = [each.event_id for each in events if names.matches("big_sale", each)]
        assert matched == ["2", "4"]

    @pytest.mark.parametrize(
        ("value", "operator", "expected", "holds"),
        [
            ("a", "equals", "a", True),
            ("a", "equals", "A", False),
            ("a", "not_equals", "b", True),
            (None, "not_equals", "b", True),
            (None, "equals", "b", False),
            ("9", "less_than", "10", True),
            ("ten", "less_than", "10", False),
            ("Pro plan", "contains", "pro", True),
            ("/docs/1", "matches", "^/docs/[0-9]+$", True),
            ("b", "one_of", "a|b", True),
            ("", "is_set", "", True),
            (None, "is_set", "", False),
            (None, "is_not_set", "", True),
        ],
    )
    def test_operators(
        self, value: str | None, operator: str, expected: str, holds: bool
    ) -> None:
        assert property_holds(value, operator, expected) is holds

    @pytest.mark.parametrize(
        ("properties", "label"),
        [
            ({"plan": "pro"}, "pro"),
            ({"plan": ""}, "(not set)"),
            ({"plan": None}, "(not set)"),
            ({}, "(not set)"),
            ({"plan": "(all)"}, '"(all)"'),
        ],
    )
    def test_a_breakdown_value_is_told_from_the_total(
        self, properties: dict[str, str | None], label: str
    ) -> None:
        [of_plan] = to_events(
            frame(event("1", "p", "a", "10:00", properties=properties))
        )
        assert breakdown_value(of_plan, "plan") == label

    def test_properties_keep_the_text_of_numbers(self) -> None:
        text = '{"a": 1.50, "b": true, "c": null, "d": "x", "e": 7}'
        assert properties_as_text(text) == {
            "a": "1.50",
            "b": "true",
            "c": None,
            "d": "x",
            "e": "7",
        }
        assert properties_as_text(json.dumps(text)) == properties_as_text(text)

    def test_wilson_interval_of_one_half(self) -> None:
        # z = 1.96, n = 4, p = 1/2: 1/2 -+ z / (2 sqrt(n + z^2)).
        low, high = wilson_interval(2, 4)
        half_width = 1.959963984540054 / (2 * sqrt(4 + 1.959963984540054**2))
        assert low == pytest.approx(0.5 - half_width, rel=1e-12)
        assert high == pytest.approx(0.5 + half_width, rel=1e-12)
        assert wilson_interval(0, 0) == (None, None)
        assert wilson_interval(4, 4)[1] == 1.0

    def test_periods(self) -> None:
        sunday = to_microseconds("2024-01-07 23:30:00")
        assert str(period_start(sunday, "week")) == "2024-01-01"
        assert str(period_start(sunday, "week", "Europe/Berlin")) == "2024-01-08"
        assert str(period_start(sunday, "week", "UTC", "sunday")) == "2024-01-07"
        november = period_start(to_microseconds("2024-11-30"), "month")
        assert str(add_periods(november, "month", 2)) == "2025-01-01"
        assert (
            periods_between(november, add_periods(november, "month", 14), "month") == 14
        )


class TestSessions:
    def test_exactly_thirty_minutes_does_not_cut(self) -> None:
        events = frame(
            event("1", "p", "a", "10:00:00"),
            event("2", "p", "a", "10:30:00"),
            event("3", "p", "a", "11:00:00.000001"),
        )
        found = session_of_each_event(events)
        assert found["1"] == found["2"] != found["3"]

    def test_devices_and_the_lack_of_one_are_sessions_of_their_own(self) -> None:
        events = frame(
            event("1", "p", "a", "10:00", anonymous_id="phone"),
            event("2", "p", "a", "10:01", anonymous_id="laptop"),
            event("3", "p", "a", "10:02", anonymous_id=None),
            event("4", "p", "a", "10:03", anonymous_id="Undefined "),
            event("5", "q", "a", "10:04", anonymous_id="phone"),
        )
        found = session_of_each_event(events)
        assert found["3"] == found["4"]
        assert len({found[each] for each in "1235"}) == 4

    def test_non_interactions_join_the_open_session_and_never_extend_one(self) -> None:
        events = frame(
            event("1", "p", "a", "10:00:00", anonymous_id="phone"),
            event("2", "p", "a", "10:20:00", anonymous_id="phone"),
            event("3", "p", "a", "10:10:00", anonymous_id="laptop"),
            event("4", "p", "a", "10:15:00", anonymous_id="laptop"),
            event("sent 1", "p", "email_sent", "10:05:00", is_interaction=False),
            event("sent 2", "p", "email_sent", "10:12:00", is_interaction=False),
            event("sent 3", "p", "email_sent", "10:20:00", is_interaction=False),
            event("sent 4", "p", "email_sent", "10:20:01", is_interaction=False),
        )
        found = session_of_each_event(events)
        assert found["sent 1"] == found["1"]
        assert found["sent 2"] == found["3"]
        assert found["sent 3"] == found["1"]
        assert "sent 4" not in found
        table = sessions(events).set_index("session_id")
        assert list(table.loc[found["1"], ["event_count", "duration_seconds"]]) == [
            4,
            1200.0,
        ]

    def test_sessions_that_open_together_are_told_apart_by_their_names(self) -> None:
        events = frame(
            event("1", "p", "a", "10:00", anonymous_id="phone"),
            event("2", "p", "a", "10:00", anonymous_id="laptop"),
            event("sent", "p", "email_sent", "10:00", is_interaction=False),
        )
        assert session_of_each_event(events, {"1": "a", "2": "b"})["sent"] == "a"
        assert session_of_each_event(events, {"1": "b", "2": "a"})["sent"] == "a"

    @pytest.mark.parametrize(
        ("rows", "is_engaged"),
        [
            ([("a", "10:00:00"), ("a", "10:00:10")], False),
            ([("a", "10:00:00"), ("a", "10:00:10.000001")], True),
            ([("page_viewed", "10:00:00"), ("screen_viewed", "10:00:00")], True),
            ([("page_viewed", "10:00:00")], False),
            ([("deal_won", "10:00:00")], True),
        ],
    )
    def test_engaged_is_long_or_converted_or_two_views(
        self, rows: Sequence[tuple[str, str]], is_engaged: bool
    ) -> None:
        events = frame(
            *[event(str(i), "p", name, time) for i, (name, time) in enumerate(rows)]
        )
        conversions = frame({"conversion": "deal", "event": "Deal Won"})
        table = sessions(events, conversions=conversions)
        assert values(table, "is_engaged", "is_bounce") == [
            (is_engaged, not is_engaged)
        ]

    def test_source_paths_and_revenue(self) -> None:
        events = frame(
            event("1", "p", "a", "10:00"),
            event("2", "p", "page_viewed", "10:01", page_path="/in", channel="email"),
            event("3", "p", "page_viewed", "10:02", page_path="/out", utm_source="x"),
            event("4", "p", "order", "10:03", revenue=9.5),
            event("5", "p", "order", "10:04", revenue=0.5),
        )
        table = sessions(events)
        columns = ["entry_page_path", "exit_page_path", "channel", "utm_source"]
        assert values(table, *columns, "revenue", "page_view_count") == [
            ("/in", "/out", "email", None, 10.0, 2)
        ]


def steps(*events: str, **exclusion: str) -> pd.DataFrame:
    """The steps of the funnel `f`, with one exclusion if it is given."""
    rows = [
        {"funnel": "f", "step": str(step), "role": "required", "event": name}
        for step, name in enumerate(events, 1)
    ]
    if exclusion:
        rows.append({"funnel": "f", "step": None, "role": "exclusion", **exclusion})
    return pd.DataFrame(rows)


def reached(
    events: pd.DataFrame, funnel_steps: pd.DataFrame, **definition: str
) -> list[tuple[Any, ...]]:
    """Person, step, and the time of day of the step and of the entry."""
    funnels = frame({"funnel": "f", **definition})
    table = funnel_oracle.funnel_steps_reached(events, funnels, funnel_steps)
    return [
        (
            row["person_id"],
            row["step"],
            f"{row['reached_at']:%H:%M}",
            f"{row['entered_at']:%H:%M}",
        )
        for row in table.to_dict("records")
        if row["breakdown_value"] == "(all)"
    ]


class TestFunnels:
    def test_the_end_of_the_window_is_inclusive(self) -> None:
        events = frame(
            event("1", "p", "a", "10:00:00"),
            event("2", "p", "b", "11:00:00"),
            event("3", "q", "a", "10:00:00"),
            event("4", "q", "b", "11:00:00.000001"),
        )
        window = {"window_amount": "1", "window_unit": "hour"}
        assert reached(events, steps("a", "b"), **window) == [
            ("p", 1, "10:00", "10:00"),
            ("p", 2, "11:00", "10:00"),
            ("q", 1, "10:00", "10:00"),
        ]

    @pytest.mark.parametrize(
        ("last", "depth"), [("2024-01-08 10:00:00", 2), ("2024-01-08 10:00:01", 1)]
    )
    def test_the_default_window_is_seven_days(self, last: str, depth: int) -> None:
        events = frame(event("1", "p", "a", "10:00"), event("2", "p", "b", last))
        assert len(reached(events, steps("a", "b"))) == depth

    def test_an_event_fills_one_step_also_where_two_steps_name_it(self) -> None:
        once = frame(event("1", "p", "a", "10:00"))
        assert reached(once, steps("a", "a")) == [("p", 1, "10:00", "10:00")]
        twice = frame(event("1", "p", "a", "10:00"), event("2", "p", "a", "10:05"))
        assert len(reached(twice, steps("a", "a"))) == 2

    def test_events_of_one_time_advance_in_any_order(self) -> None:
        events = frame(
            event("1", "p", "c", "10:00"),
            event("2", "p", "b", "10:00"),
            event("3", "p", "a", "10:00"),
        )
        assert [row[1] for row in reached(events, steps("a", "b", "c"))] == [1, 2, 3]

    def test_a_shared_event_is_left_to_the_step_that_needs_it(self) -> None:
        # Step 2 takes any interaction, and `2` comes before `3` by its id; but only
        # `2` can fill step 3, so that `3` fills step 2.
        events = frame(
            event("1", "p", "a", "10:00"),
            event("2", "p", "b", "10:05"),
            event("3", "p", "c", "10:05"),
        )
        assert len(reached(events, steps("a", "*", "b"))) == 3

    def test_order_counts_and_other_events_may_lie_between(self) -> None:
        events = frame(
            event("1", "p", "b", "09:00"),
            event("2", "p", "a", "10:00"),
            event("3", "p", "x", "10:01"),
            event("4", "p", "c", "10:02"),
            event("5", "p", "b", "10:03"),
        )
        assert [row[1:3] for row in reached(events, steps("a", "b", "c"))] == [
            (1, "10:00"),
            (2, "10:03"),
        ]

    def test_best_attempt_is_the_deepest_and_first_attempt_the_first(self) -> None:
        events = frame(
            event("1", "p", "a", "08:00"),
            event("2", "p", "a", "10:00"),
            event("3", "p", "a", "10:30"),
            event("4", "p", "b", "10:59"),
        )
        window = {"window_amount": "60", "window_unit": "minute"}
        assert reached(events, steps("a", "b"), **window) == [
            ("p", 1, "10:00", "10:00"),
            ("p", 2, "10:59", "10:00"),
        ]
        first = {**window, "reentry_rule": "first_attempt"}
        assert reached(events, steps("a", "b"), **first) == [("p", 1, "08:00", "08:00")]

    def test_void_attempt_and_drop_off(self) -> None:
        events = frame(
            event("1", "p", "a", "10:00"),
            event("2", "p", "x", "10:01"),
            event("3", "p", "b", "10:02"),
        )
        with_exclusion = steps("a", "b", event="x")
        assert reached(events, with_exclusion) == []
        assert reached(events, with_exclusion, exclusion_rule="drop_off") == [
            ("p", 1, "10:00", "10:00")
        ]

    def test_a_clean_attempt_after_a_void_one_counts(self) -> None:
        events = frame(
            event("1", "p", "a", "10:00"),
            event("2", "p", "x", "10:01"),
            event("3", "p", "a", "10:02"),
            event("4", "p", "b", "10:03"),
        )
        with_exclusion = steps("a", "b", event="x")
        assert reached(events, with_exclusion) == [
            ("p", 1, "10:02", "10:02"),
            ("p", 2, "10:03", "10:02"),
        ]
        assert reached(events, with_exclusion, reentry_rule="first_attempt") == []

    def test_an_exclusion_counts_strictly_between_its_own_steps(self) -> None:
        events = frame(
            event("1", "p", "x", "10:00"),
            event("2", "p", "a", "10:00"),
            event("3", "p", "x", "10:01"),
            event("4", "p", "b", "10:02"),
            event("5", "p", "x", "10:02"),
            event("6", "p", "c", "10:03"),
        )
        between_2_and_3 = {"event": "x", "after_step": "2", "before_step": "3"}
        assert len(reached(events, steps("a", "b", "c", **between_2_and_3))) == 3
        between_1_and_2 = {"event": "x", "after_step": "1", "before_step": "2"}
        assert reached(events, steps("a", "b", "c", **between_1_and_2)) == []

    def test_an_exclusion_without_a_later_step_lies_between_no_two_steps(self) -> None:
        events = frame(event("1", "p", "a", "10:00"), event("2", "p", "x", "10:01"))
        assert len(reached(events, steps("a", "b", event="x"))) == 1

    def test_first_ever_is_judged_on_the_whole_history(self) -> None:
        events = frame(
            event("1", "p", "a", "2023-12-31 10:00"),
            event("2", "p", "a", "10:00"),
            event("3", "q", "a", "10:00"),
        )
        entry = {"entered_from": "2024-01-01", "entered_until": "2024-01-02"}
        assert [row[0] for row in reached(events, steps("a", "b"), **entry)] == [
            "p",
            "q",
        ]
        first_ever = {**entry, "entry_rule": "first_ever"}
        assert [row[0] for row in reached(events, steps("a", "b"), **first_ever)] == [
            "q"
        ]

    def test_built_in_events_stand_beside_the_event_that_caused_them(self) -> None:
        events = frame(
            page("1", "p", "/", "10:00", "s1"),
            page("2", "p", "/", "10:01", "s1"),
            page("3", "q", "/", "10:00", "s2"),
        )
        result = reached(events, steps("session_started", "page_viewed", "page_viewed"))
        assert [row[:2] for row in result] == [
            ("p", 1),
            ("p", 2),
            ("p", 3),
            ("q", 1),
            ("q", 2),
        ]

    def test_conversion_counts_rates_times_and_breakdown(self) -> None:
        blue, red = {"plan": "blue"}, {"plan": "red"}
        events = frame(
            event("1", "p", "a", "10:00", properties=blue),
            event("2", "p", "b", "10:10", properties=red),
            event("3", "p", "c", "10:20"),
            event("4", "q", "a", "10:00", properties=blue),
            event("5", "q", "b", "10:20"),
            event("6", "r", "a", "10:00"),
            event("7", "s", "b", "10:00"),
        )
        table = funnel_oracle.funnel_conversion(
            events,
            frame({"funnel": "f", "breakdown_property": "plan"}),
            steps("a", "b", "c"),
        )
        columns = [
            "breakdown_value",
            "step",
            "step_name",
            "people_count",
            "conversion_rate",
            "step_conversion_rate",
            "drop_off_count",
            "median_seconds_from_start",
            "median_seconds_from_previous",
            "mean_seconds_from_previous",
        ]
        assert values(table, *columns) == [
            ("(all)", 1, "a", 3, 1.0, 1.0, 0, 0.0, None, None),
            ("(all)", 2, "b", 2, 2 / 3, 2 / 3, 1, 900.0, 900.0, 900.0),
            ("(all)", 3, "c", 1, 1 / 3, 1 / 2, 1, 1200.0, 600.0, 600.0),
            ("(not set)", 1, "a", 1, 1.0, 1.0, 0, 0.0, None, None),
            ("(not set)", 2, "b", 0, 0.0, 0.0, 1, None, None, None),
            ("(not set)", 3, "c", 0, 0.0, None, 0, None, None, None),
            ("blue", 1, "a", 2, 1.0, 1.0, 0, 0.0, None, None),
            ("blue", 2, "b", 2, 1.0, 1.0, 0, 900.0, 900.0, 900.0),
            ("blue", 3, "c", 1, 1 / 2, 1 / 2, 1, 1200.0, 600.0, 600.0),
        ]
        bounds = values(table, "rate_low", "rate_high")
        assert bounds[1] == wilson_interval(2, 3)

    def test_the_chain_search_agrees_with_trying_every_ordering(self) -> None:
        """Trying only the earliest time a step can be filled loses no depth."""
        dice = random.Random(7)
        names = EventNames()
        for _ in range(60):
            events = to_events(
                frame(
                    *[
                        event(
                            str(i), "p", dice.choice("abc"), f"10:0{dice.choice('012')}"
                        )
                        for i in range(6)
                    ]
                )
            )
            wanted = [dice.choice(["a", "b", "*"]) for _ in range(4)]
            funnel = funnel_oracle.read_funnel(
                {"funnel": "f", "window_amount": "1", "window_unit": "minute"},
                steps(*wanted),
            )
            for start in (each for each in events if names.matches(wanted[0], each)):
                chain = funnel_oracle.deepest_chain(events, start, funnel, names)
                assert list(chain) == deepest_of_all_orderings(events, start, wanted)


def deepest_of_all_orderings(
    events: Sequence[Event], start: Event, wanted: Sequence[str]
) -> list[Event]:
    """Of every ordered choice of events, the deepest valid, then the earliest."""
    names = EventNames()
    found: list[list[Event]] = []
    for length in range(len(wanted)):
        for rest in itertools.permutations(events, length):
            chain = [start, *rest]
            is_valid = (
                start not in rest
                and all(a.at <= b.at for a, b in itertools.pairwise(chain))
                and chain[-1].at - start.at <= 60_000_000
                and all(map(names.matches, wanted, chain))
            )
            if is_valid:
                found.append(chain)
    return min(
        found,
        key=lambda chain: (
            -len(chain),
            [each.at for each in chain],
            [each.order for each in chain],
        ),
    )


def cohorts(events: pd.DataFrame, **definition: str) -> pd.DataFrame:
    """`retention_cohorts` of one retention with the cohort event a, the return b."""
    row = {"retention": "r", "cohort_event": "a", "return_event": "b", **definition}
    return retention_oracle.retention_cohorts(events, frame(row))


def retained(table: pd.DataFrame) -> dict[str, list[tuple[int, int, bool]]]:
    """Per cohort start of `(all)`: size, retained and completeness by period."""
    result: dict[str, list[tuple[int, int, bool]]] = {}
    for row in table.to_dict("records"):
        if row["breakdown_value"] == "(all)":
            measures = (row["cohort_size"], row["retained_count"], row["is_complete"])
            result.setdefault(f"{row['cohort_start']:%Y-%m-%d}", []).append(measures)
    return result


class TestRetention:
    days = frame(
        event("1", "p", "a", "2024-01-01 22:00"),
        event("2", "p", "b", "2024-01-02 01:00"),
        event("3", "p", "b", "2024-01-02 02:00"),
        event("4", "p", "b", "2024-01-04 00:00"),
        event("5", "q", "a", "2024-01-01 00:00"),
        event("6", "q", "a", "2024-01-02 00:00"),
        event("7", "q", "b", "2024-01-03 00:00"),
    )

    def test_first_time_on_by_calendar_day(self) -> None:
        table = cohorts(self.days, period="day", period_count="3")
        # Latest event 4 January 00:00: the first three days are over, the fourth not.
        assert retained(table) == {
            "2024-01-01": [(2, 2, True), (2, 1, True), (2, 1, True), (2, 1, False)]
        }

    def test_on_or_after_is_unbounded(self) -> None:
        table = cohorts(
            self.days, period="day", period_count="2", return_rule="on_or_after"
        )
        assert [row[1] for row in retained(table)["2024-01-01"]] == [2, 2, 2]

    def test_recurring_people_are_in_the_cohort_of_every_period(self) -> None:
        table = cohorts(
            self.days, period="day", period_count="1", cohort_rule="recurring"
        )
        assert retained(table) == {
            "2024-01-01": [(2, 2, True), (2, 1, True)],
            "2024-01-02": [(1, 1, True), (1, 1, True)],
        }

    def test_the_cohort_event_itself_is_never_a_return(self) -> None:
        table = cohorts(
            self.days,
            period="day",
            period_count="1",
            cohort_rule="recurring",
            return_event="a",
        )
        assert [row[1] for row in retained(table)["2024-01-01"]] == [2, 1]
        assert [row[1] for row in retained(table)["2024-01-02"]] == [1, 0]

    def test_rolling_windows_run_from_the_cohort_event(self) -> None:
        table = cohorts(self.days, period="day", period_count="2", clock="rolling_24h")
        # p: returns after 3 h, 4 h and 50 h; q: after exactly 48 h, so in window 2.
        # Window 2 of p closes on 4 January at 22:00, after the latest event.
        assert retained(table) == {
            "2024-01-01": [(2, 2, True), (2, 0, True), (2, 2, False)]
        }

    def test_minimum_returns_counts_the_return_event(self) -> None:
        table = cohorts(self.days, period="day", period_count="3", minimum_returns="2")
        assert [row[1] for row in retained(table)["2024-01-01"]] == [2, 1, 0, 0]

    def test_a_period_is_complete_once_as_of_has_reached_its_end(self) -> None:
        events = frame(
            event("1", "p", "a", "2024-01-31"), event("2", "p", "b", "2024-03-01")
        )
        table = cohorts(events, period="month", period_count="2")
        assert retained(table) == {
            "2024-01-01": [(1, 1, True), (1, 0, True), (1, 1, False)]
        }

    def test_a_first_time_before_the_range_is_not_replaced_by_a_later_one(self) -> None:
        table = cohorts(self.days, cohort_from="2024-01-02")
        assert table.empty

    def test_defaults_are_twelve_weeks_from_monday(self) -> None:
        events = frame(
            event("1", "p", "a", "2024-01-07 23:59"),
            event("2", "p", "b", "2024-01-08 00:00"),
        )
        result = retained(cohorts(events))
        assert result["2024-01-01"][:3] == [(1, 1, True), (1, 1, False), (1, 0, False)]
        assert len(result["2024-01-01"]) == 13

    def test_breakdown_is_the_value_on_the_cohort_event(self) -> None:
        events = frame(
            event("1", "p", "a", "10:00", properties={"plan": "x"}),
            event("2", "p", "a", "11:00", properties={"plan": "y"}),
            event("3", "q", "a", "11:00"),
        )
        table = cohorts(events, period_count="0", breakdown_property="plan")
        assert values(table, "breakdown_value", "cohort_size") == [
            ("(all)", 2),
            ("(not set)", 1),
            ("x", 1),
        ]

    def test_curves_weigh_complete_cohorts_by_size(self) -> None:
        rows = [("2024-01-01", 1, 30, 15, True), ("2024-01-08", 1, 10, 1, True)]
        rows.append(("2024-01-15", 1, 50, 50, False))
        table = frame(
            *[
                {
                    "retention": "r",
                    "cohort_start": pd.Timestamp(start),
                    "breakdown_value": "(all)",
                    "period_number": number,
                    "cohort_size": size,
                    "retained_count": count,
                    "is_complete": is_complete,
                }
                for start, number, size, count, is_complete in rows
            ]
        )
        curves = retention_oracle.retention_curves(table)
        columns = ["period_number", "cohort_size", "retained_count", "retention_rate"]
        assert values(curves, *columns) == [(1, 40, 16, 0.4)]


class TestFeatureAdoption:
    def test_adopters_uses_time_and_repeats(self) -> None:
        events = frame(
            event("1", "p", "identify", "10:00", is_interaction=False),
            event("2", "p", "exported", "10:10", properties={"format": "csv"}),
            event("3", "p", "exported", "10:20", properties={"format": "pdf"}),
            event("4", "q", "exported", "10:00", properties={"format": "csv"}),
            event("5", "r", "opened", "10:00"),
            event("6", "s", "email_sent", "10:00", is_interaction=False),
        )
        features = frame(
            {"feature": "export", "event": "exported", "feature_property": None},
            {"feature": "format", "event": "exported", "feature_property": "format"},
            {"feature": "import", "event": "imported", "feature_property": None},
        )
        table = feature_adoption(events, features)
        contract = [
            "feature",
            "adopters",
            "active_people",
            "adoption_rate",
            "use_count",
        ]
        contract += ["median_seconds_to_adopt", "repeat_rate"]
        assert values(table, *contract) == [
            ("export", 2, 3, 2 / 3, 3, 300.0, 0.5),
            ("format: csv", 2, 3, 2 / 3, 2, 300.0, 0.0),
            ("format: pdf", 1, 3, 1 / 3, 1, 1200.0, 0.0),
            ("import", 0, 3, 0.0, 0, None, None),
        ]

    def test_who_used_any_feature_is_active_without_an_interaction(self) -> None:
        served = {"is_interaction": False}
        events = frame(
            event("1", "p", "opened", "10:00"),
            event("2", "q", "exported", "10:00", **served),
            event("3", "r", "invited", "10:10", properties={"by": "api"}, **served),
            event("4", "s", "invited", "10:00", **served),
            event("5", "t", "email_sent", "10:00", **served),
        )
        features = frame(
            {"feature": "export", "event": "exported", "feature_property": None},
            {"feature": "invite", "event": "invited", "feature_property": "by"},
        )
        # p, q and r: s' event carries no value, so that it is no use, and t used none.
        assert values(
            feature_adoption(events, features),
            "feature",
            "adopters",
            "active_people",
            "adoption_rate",
        ) == [("export", 1, 3, 1 / 3), ("invite: api", 1, 3, 1 / 3)]


EXTRA_COLUMNS = ("path_share", "median_seconds")


def edges(events: pd.DataFrame, **definition: str) -> list[tuple[Any, ...]]:
    """`path_edges` of one report without its name."""
    table = path_oracle.path_edges(events, frame({"path_report": "r", **definition}))
    shown = [name for name in table.columns[1:] if name not in EXTRA_COLUMNS]
    return values(table, *shown)


class TestPaths:
    def test_repeats_collapse_and_keep_the_last_event(self) -> None:
        events = frame(
            page("1", "p", "/", "10:00", "s"),
            page("2", "p", "/a/", "10:01", "s"),
            page("3", "p", "/a", "10:03", "s"),
            page("4", "p", "/b", "10:04", "s"),
        )
        assert edges(events) == [
            (1, "/", 2, "/a", 1, 1, 180.0),
            (2, "/a", 3, "/b", 1, 1, 60.0),
            (3, "/b", 4, "(drop-off)", 1, 1, None),
        ]
        kept = edges(events, collapse_repeats="false")
        assert [edge[1::2][:2] for edge in kept] == [
            ("/", "/a"),
            ("/a", "/a"),
            ("/a", "/b"),
            ("/b", "(drop-off)"),
        ]

    def test_only_page_views_of_interactions_in_sessions_are_pages(self) -> None:
        events = frame(
            page("1", "p", "/", "10:00", "s"),
            event("2", "p", "clicked", "10:01", page_path="/x", session_id="s"),
            {**page("3", "p", "/y", "10:02", "s"), "is_interaction": False},
            {**page("4", "p", "/z", "10:03", "s"), "session_id": None},
        )
        assert edges(events) == [(1, "/", 2, "(drop-off)", 1, 1, None)]
        assert [edge[3] for edge in edges(events, item="event_name")] == [
            "clicked",
            "(drop-off)",
        ]

    def test_step_limit_counts_nodes_and_a_full_path_does_not_drop_off(self) -> None:
        events = frame(*[page(str(i), "p", f"/{i}", f"10:0{i}", "s") for i in range(6)])
        assert [edge[:4] for edge in edges(events, step_limit="3")] == [
            (1, "/0", 2, "/1"),
            (2, "/1", 3, "/2"),
        ]

    def test_start_and_end_items(self) -> None:
        events = frame(
            *[
                page(str(i), "p", f"/{name}", f"10:0{i}", "s")
                for i, name in enumerate("xabcae")
            ],
            page("other", "q", "/x", "10:00", "t"),
        )
        assert [edge[1] for edge in edges(events, start_item="/a", step_limit="2")] == [
            "/a"
        ]
        last_two = edges(events, end_item="/c", step_limit="2")
        assert [edge[:4] for edge in last_two] == [(1, "/b", 2, "/c")]
        first_end = edges(events, start_item="/b", end_item="/a")
        assert [edge[1:4:2] for edge in first_end] == [
            ("/b", "/c"),
            ("/c", "/a"),
            ("/a", "(drop-off)"),
        ]

    def test_groupings_then_exclusions_then_collapse(self) -> None:
        events = frame(
            page("1", "p", "/docs/a", "10:00", "s"),
            page("2", "p", "/ads", "10:01", "s"),
            page("3", "p", "/docs/b", "10:02", "s"),
            page("4", "p", "/docsXc", "10:03", "s"),
        )
        table = path_oracle.path_edges(
            events,
            frame({"path_report": "r"}),
            frame({"path_report": "r", "item": "/ads"}),
            frame({"path_report": "r", "pattern": "/docs/*", "item": "docs"}),
        )
        assert values(table, "source_item", "target_item", "mean_seconds") == [
            ("docs", "/docsXc", 60.0),
            ("/docsXc", "(drop-off)", None),
        ]

    def test_edges_beyond_the_limit_go_to_other_and_each_step_adds_up(self) -> None:
        ways = ["ab", "ab", "ac", "ad", "bc", "b", "abc"]
        events = frame(
            *[
                page(f"{i} {step}", f"p{i % 3}", f"/{item}", f"10:0{step}", f"s{i}")
                for i, way in enumerate(ways)
                for step, item in enumerate(way)
            ]
        )
        result = edges(events, edge_limit="2", step_limit="3")
        # Counts: a-b 3, then all 1: of these 1,/a comes before 1,/b and 2,/b.
        assert [edge[:6] for edge in result] == [
            (1, "/a", 2, "(other)", 1, 1),
            (1, "/a", 2, "/b", 3, 2),
            (1, "/a", 2, "/c", 1, 1),
            (1, "/b", 2, "(drop-off)", 1, 1),
            (1, "/b", 2, "(other)", 1, 1),
            (2, "/b", 3, "(drop-off)", 2, 2),
            (2, "/b", 3, "(other)", 1, 1),
            (2, "/c", 3, "(drop-off)", 2, 2),
            (2, "/d", 3, "(drop-off)", 1, 1),
        ]
        by_step = {
            step: sum(edge[4] for edge in result if edge[0] == step) for step in (1, 2)
        }
        stopped = sum(edge[4] for edge in result if edge[3] == "(drop-off)")
        assert by_step == {1: 7, 2: 6}
        assert stopped == 6


class TestEngagement:
    def test_trailing_distinct_people_and_sessions_by_their_start(self) -> None:
        events = frame(
            event("1", "p", "a", "2024-01-01 23:50", session_id="s1"),
            event("2", "p", "a", "2024-01-02 00:10", session_id="s1"),
            event("3", "q", "a", "2024-01-02 09:00", session_id="s2"),
            event("4", "r", "mail", "2024-01-03 09:00", is_interaction=False),
            event("5", "q", "a", "2024-01-09 09:00", session_id="s3"),
        )
        table = engagement_daily(events)
        result = {row[0].day: row[1:] for row in values(table, *table.columns)}
        assert result[1] == (1, 1, 1, 1.0, 1, 2.0, 1200.0)
        # Mean of 1 and 2 daily people, over 2 monthly ones.
        assert result[2] == (2, 2, 2, 0.75, 1, 1.0, 0.0)
        assert result[3] == (0, 2, 2, 0.5, 0, None, None)
        assert result[8][:3] == (0, 2, 2)
        # The week of the 9th begins on the 3rd.
        assert result[9][:3] == (1, 1, 2)
        assert len(result) == 9

    def test_the_month_is_thirty_days(self) -> None:
        events = frame(
            event("1", "p", "a", "2024-01-01", session_id="s1"),
            event("2", "q", "a", "2024-01-31", session_id="s2"),
        )
        monthly = engagement_daily(events)["monthly_active_people"]
        assert list(monthly)[-2:] == [1, 1]


class TestExperiments:
    variants = frame(
        {"experiment": "e", "variant": "control", "expected_share": "0.5"},
        {"experiment": "e", "variant": "new", "expected_share": "0.5"},
    )
    experiment = frame(
        {
            "experiment": "e",
            "exposure_event": "exposed",
            "experiment_property": "flag",
            "experiment_value": "e",
            "variant_property": "variant",
            "control_variant": "control",
            "started_at": "2024-01-01",
            "ended_at": "2024-02-01",
        }
    )

    def exposure(self, person_id: str, variant: str, time: str = "10:00") -> Row:
        """One person's exposure."""
        properties = {"flag": "e", "variant": variant}
        event_id = f"{person_id} {variant} {time}"
        return event(event_id, person_id, "exposed", time, properties=properties)

    def test_results_of_a_count_by_hand(self) -> None:
        # Control 1, 1, 3, 3 (mean 2, variance 4/3); new 2, 4, 4, 2 (3, 4/3).
        counts = {"control": [1, 1, 3, 3], "new": [2, 4, 4, 2]}
        rows = []
        for variant, of_units in counts.items():
            for unit, count in enumerate(of_units):
                person_id = f"{variant} {unit}"
                rows.append(self.exposure(person_id, variant))
                rows.extend(
                    event(f"{person_id} {i}", person_id, "used", f"11:0{i}")
                    for i in range(count)
                )
        metrics = frame(
            {
                "experiment": "e",
                "metric": "uses",
                "metric_type": "count",
                "event": "used",
            }
        )
        table = experiment_results(
            frame(*rows), self.experiment, self.variants, metrics
        )
        row = table.to_dict("records")[0]
        assert (row["variant"], row["units"]) == ("new", 4)
        assert (row["mean"], row["control_mean"]) == (3.0, 2.0)
        assert row["absolute_effect"] == 1.0
        # Each variance of the mean is 1/3; both arms alike: 6 degrees of freedom.
        assert row["absolute_standard_error"] == pytest.approx(sqrt(2 / 3), rel=1e-12)
        # P(|t| > sqrt(3/2)) with 6 degrees: 1 - x (15 - 10 x^2 + 3 x^4) / 8 where
        # x = t / sqrt(6 + t^2) = sqrt(1/5).
        x = sqrt(1 / 5)
        p_value = 1 - x * (15 - 10 * x**2 + 3 * x**4) / 8
        assert row["absolute_p_value"] == pytest.approx(p_value, rel=1e-9)
        assert row["relative_effect"] == 0.5
        # 1/3 / 2^2 + 1/3 * 3^2 / 2^4.
        relative_variance = 1 / 12 + 3 / 16
        assert row["relative_standard_error"] == pytest.approx(
            sqrt(relative_variance), rel=1e-12
        )
        # The 97.5 % quantile of Student's t with 6 degrees of freedom, from tables.
        reach = 2.446911851144969 * sqrt(relative_variance)
        assert row["relative_interval_low"] == pytest.approx(0.5 - reach, rel=1e-9)
        assert row["relative_interval_high"] == pytest.approx(0.5 + reach, rel=1e-9)

    def test_the_window_starts_at_the_exposure_and_both_ends_count(self) -> None:
        events = frame(
            self.exposure("p", "new"),
            self.exposure("p", "new", "12:00"),
            self.exposure("c", "control"),
            event("1", "p", "paid", "09:59", properties={"amount": 1}),
            event("2", "p", "paid", "10:00", properties={"amount": 10}),
            event("3", "p", "paid", "2024-01-02 10:00", properties={"amount": 100}),
            event("4", "p", "paid", "2024-01-02 10:00:01", properties={"amount": 1000}),
            event("5", "p", "paid", "11:00", properties={"amount": "much"}),
        )
        metrics = frame(
            *[
                {
                    "experiment": "e",
                    "metric": kind,
                    "metric_type": kind,
                    "event": "paid",
                    "value_property": "amount",
                    "denominator_event": "paid",
                    "window_days": "1",
                }
                for kind in ["binary", "count", "mean", "ratio"]
            ]
        )
        table = experiment_results(events, self.experiment, self.variants, metrics)
        columns = ["metric", "mean", "control_mean", "absolute_p_value"]
        assert values(table, *columns) == [
            ("binary", 1.0, 0.0, None),
            ("count", 3.0, 0.0, None),
            ("mean", 110.0, 0.0, None),
            ("ratio", 110 / 3, None, None),
        ]

    def test_people_seen_in_two_variants_are_counted_in_health_only(self) -> None:
        rows = [self.exposure(f"c{i}", "control") for i in range(30)]
        rows += [self.exposure(f"n{i}", "new") for i in range(10)]
        rows += [self.exposure("x", "new"), self.exposure("x", "control", "11:00")]
        rows += [self.exposure("late", "new", "2024-02-01 00:00")]
        table = experiment_health(frame(*rows), self.experiment, self.variants)
        row = table.to_dict("records")[0]
        assert (row["exposed_units"], row["excluded_multi_variant_units"]) == (41, 1)
        # 2 * 10^2 / 20.
        assert row["srm_chi_square"] == 10.0
        assert row["srm_p_value"] == pytest.approx(0.0015654022580025, rel=1e-9)
        assert row["is_sample_ratio_mismatch"] is False
        assert sample_ratio_mismatch([0, 0], [1, 1]) == (None, None)

    def test_proportions_have_the_variance_p_times_one_minus_p(self) -> None:
        result = compare_arms(
            arm_of_values([1, 1, 1, 0], True),
            arm_of_values([1, 0, 0, 0, 0], True),
            0.95,
        )
        error = sqrt(0.75 * 0.25 / 4 + 0.2 * 0.8 / 5)
        assert result["absolute_standard_error"] == pytest.approx(error, rel=1e-12)

    def test_ratio_by_the_delta_method(self) -> None:
        # Numerators 2, 6 over denominators 1, 3: ratio 2 in every unit, no variance.
        assert arm_of_ratios([(2, 1), (6, 3)]).spread == 0
        # 1 and 3 over 1 and 1: as the plain mean.
        assert arm_of_ratios([(1, 1), (3, 1)]) == arm_of_values([1, 3])
        # (0, 1), (6, 2): ratio 2, residuals -2/1.5 and 2/1.5, variance 8/2.25.
        assert arm_of_ratios([(0, 1), (6, 2)]).spread == pytest.approx(8 / 2.25)
        assert arm_of_ratios([(1, 0)]).mean is None

    @pytest.mark.parametrize(
        ("own", "control", "nulls"),
        [
            ([1.0], [1.0, 2.0], {"absolute_p_value", "relative_p_value"}),
            ([2.0, 2.0], [1.0, 1.0], {"absolute_p_value", "relative_p_value"}),
            ([2.0, 1.0], [1.0, -1.0], {"relative_effect", "relative_p_value"}),
        ],
    )
    def test_degenerate_input_is_null(
        self, own: list[float], control: list[float], nulls: set[str]
    ) -> None:
        result = compare_arms(arm_of_values(own), arm_of_values(control), 0.95)
        assert result["absolute_effect"] is not None
        assert all(result[name] is None for name in nulls)


class TestComparison:
    def test_equal_frames_match_whatever_their_types(self) -> None:
        one = frame({"k": "a", "n": 2.0, "t": pd.Timestamp("2024-01-01"), "x": None})
        two = frame(
            {"k": "a", "n": 2, "t": pd.Timestamp("2024-01-01 01:00+01:00"), "x": pd.NA}
        )
        assert_frames_match(one, two, ["k"])

    def test_numbers_are_held_to_a_billionth_and_nulls_are_not_zero(self) -> None:
        assert is_same_value(1.0, 1.0 + 1e-10)
        assert not is_same_value(1.0, 1.0 + 1e-8)
        assert not is_same_value(1e-12, 2e-12)
        assert not is_same_value(None, 0)
        assert not is_same_value(True, 1)

    def test_differences_name_the_row_and_the_column(self) -> None:
        one = frame({"k": "a", "n": 1}, {"k": "b", "n": 2}, {"k": "b", "n": 3})
        two = frame({"k": "a", "n": 2}, {"k": "c", "n": 2})
        assert describe_differences(one, two, ["k"]).splitlines() == [
            "3 rows in the table, 2 in the oracle",
            "1 keys that are twice in the table, the first 1:",
            "  (k=b)",
            "1 rows only in the table, the first 1:",
            "  (k=b)",
            "1 rows only in the oracle, the first 1:",
            "  (k=c)",
            "1 rows that differ (column: table / oracle), the first 1:",
            "  (k=a): n: 1 / 2",
        ]
