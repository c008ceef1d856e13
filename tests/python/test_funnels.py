"""Every option of a funnel, held against the oracle over drawn histories.

All histories are loaded into one build and followed by all funnels. Times lie on a grid
of seconds, so that events are tied, repeated, and lie at the very end of a window. The
environment's THROUGHLINE_TEST_SEED draws others.
"""

from __future__ import annotations

import json
import os
import random
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from databases import DATABASE_NAME, build, own_project
from oracle import funnels as oracle
from oracle.compare import assert_frames_match
from oracle.definitions import canonical_name
from oracle.records import to_microseconds

HISTORY_COUNT = 400
NAMES = ["Alpha", "Alpha", "Alpha", "Beta", "Beta", "Gamma", "Gamma", "Delta", "Noise"]
COLOURS = ["red", "blue", "", "(all)", None]

# Steps by name; one with `?` may be skipped, `!x` excludes, `!x:1-2` between two steps.
FUNNELS: dict[str, tuple[str, dict[str, str]]] = {
    "plain": ("Alpha Beta Gamma", {}),
    "driven": ("Alpha Beta", {"has_drivers": "true", "window_amount": "20"}),
    "driven_every": (
        "Alpha Beta Gamma !Delta",
        {
            "has_drivers": "true",
            "window_amount": "90000",
            "exclusion_rule": "drop_off",
            "reentry_rule": "every_attempt",
        },
    ),
    "driven_visit": (
        "Beta Gamma",
        {"has_drivers": "true", "window_amount": "20", "unit": "session"},
    ),
    "first": ("Alpha Beta Gamma", {"reentry_rule": "first_attempt"}),
    "every": ("Alpha Beta Gamma", {"reentry_rule": "every_attempt"}),
    "strict": ("Alpha Beta Gamma", {"order_rule": "strict"}),
    "strict_first": (
        "Alpha Beta Gamma",
        {"order_rule": "strict", "reentry_rule": "first_attempt"},
    ),
    "strict_every": (
        "Alpha Beta Gamma",
        {"order_rule": "strict", "reentry_rule": "every_attempt"},
    ),
    "strict_void": ("Alpha Beta Gamma !Delta", {"order_rule": "strict"}),
    "strict_optional": ("Alpha Delta? Beta Gamma?", {"order_rule": "strict"}),
    "unordered": ("Alpha Beta Gamma", {"order_rule": "unordered"}),
    "unordered_first": (
        "Alpha Beta Gamma",
        {"order_rule": "unordered", "reentry_rule": "first_attempt"},
    ),
    "unordered_every": (
        "Alpha Beta Gamma",
        {"order_rule": "unordered", "reentry_rule": "every_attempt"},
    ),
    "unordered_twins": ("Alpha Alpha Beta", {"order_rule": "unordered"}),
    "unordered_void": ("Alpha Beta Gamma !Delta", {"order_rule": "unordered"}),
    "unordered_cut": (
        "Alpha Beta Gamma !Delta",
        {"order_rule": "unordered", "exclusion_rule": "drop_off"},
    ),
    "unordered_ever": (
        "Beta Gamma",
        {"order_rule": "unordered", "entry_rule": "first_ever"},
    ),
    "void": ("Alpha Beta Gamma !Delta", {}),
    "void_first": ("Alpha Beta Gamma !Delta", {"reentry_rule": "first_attempt"}),
    "void_every": ("Alpha Beta Gamma !Delta", {"reentry_rule": "every_attempt"}),
    "void_between": ("Alpha Beta Gamma !Delta:2-3 !Noise:1-2", {}),
    "void_any": ("Alpha Beta Gamma !*", {}),
    "cut": ("Alpha Beta Gamma !Delta", {"exclusion_rule": "drop_off"}),
    "cut_every": (
        "Alpha Beta Gamma !Delta",
        {"exclusion_rule": "drop_off", "reentry_rule": "every_attempt"},
    ),
    "optional": ("Alpha Delta? Beta Noise? Gamma?", {}),
    "optional_pair": ("Alpha Delta? Noise? Beta", {"reentry_rule": "every_attempt"}),
    "optional_cut": ("Alpha Delta? Beta Gamma !Noise", {"exclusion_rule": "drop_off"}),
    "grace": ("Alpha Beta Gamma", {"grace_seconds": "2"}),
    "grace_half": ("Alpha Beta Gamma", {"grace_seconds": "0.5"}),
    "grace_void": ("Alpha Beta Gamma !Delta", {"grace_seconds": "1"}),
    "grace_strict": (
        "Alpha Beta Gamma",
        {"grace_seconds": "2", "order_rule": "strict"},
    ),
    "grace_strict_void": (
        "Alpha Beta Gamma !Delta",
        {"grace_seconds": "2", "order_rule": "strict"},
    ),
    "grace_every": (
        "Alpha Beta Gamma",
        {"grace_seconds": "1", "reentry_rule": "every_attempt"},
    ),
    "held": ("Alpha Beta Gamma", {"held_property": "colour"}),
    "held_every": (
        "Alpha Beta",
        {"held_property": "colour", "reentry_rule": "every_attempt"},
    ),
    "held_void": ("Alpha Beta Gamma !Delta", {"held_property": "colour"}),
    "held_strict": (
        "Alpha Beta",
        {"held_property": "colour", "order_rule": "strict"},
    ),
    "visit": ("Alpha Beta Gamma", {"unit": "session"}),
    "visit_strict": ("Alpha Beta", {"unit": "session", "order_rule": "strict"}),
    "visit_ever": ("Alpha Beta", {"unit": "session", "entry_rule": "first_ever"}),
    "visit_start": ("session_started Beta Gamma", {"unit": "session"}),
    "company": ("Alpha Beta Gamma !Delta", {"unit": "company"}),
    "company_every": (
        "Alpha Beta Gamma",
        {"unit": "company", "reentry_rule": "every_attempt"},
    ),
    "company_strict": ("Alpha Beta", {"unit": "company", "order_rule": "strict"}),
    "by_first": ("Alpha Beta Gamma", {"breakdown_property": "colour"}),
    "by_last": (
        "Alpha Beta Gamma",
        {"breakdown_property": "colour", "breakdown_rule": "last_touch"},
    ),
    "by_all": (
        "Alpha Beta Gamma",
        {"breakdown_property": "colour", "breakdown_rule": "every_step"},
    ),
    "by_second": (
        "Alpha Beta Gamma",
        {"breakdown_property": "colour", "breakdown_rule": "step_2"},
    ),
    "by_visit": (
        "Alpha Beta Gamma",
        {
            "breakdown_property": "session.entry_page_path",
            "breakdown_rule": "last_touch",
        },
    ),
    "by_last_every": (
        "Alpha Beta",
        {
            "breakdown_property": "colour",
            "breakdown_rule": "last_touch",
            "reentry_rule": "every_attempt",
            "trend_period": "day",
        },
    ),
    "by_last_unordered": (
        "Alpha Beta Gamma",
        {
            "breakdown_property": "colour",
            "breakdown_rule": "last_touch",
            "order_rule": "unordered",
        },
    ),
    "twins": ("Alpha Alpha", {}),
    "twins_first": ("Alpha Alpha", {"reentry_rule": "first_attempt"}),
    "twins_every": ("Alpha Alpha Beta", {"reentry_rule": "every_attempt"}),
    "there_and_back": ("Alpha Beta Alpha", {}),
    "there_and_back_cut": (
        "Alpha Beta Alpha Beta !Delta",
        {"exclusion_rule": "drop_off", "reentry_rule": "first_attempt"},
    ),
    "with_any": ("Alpha * Beta", {"grace_seconds": "2"}),
    "any_first": ("* Alpha", {}),
    "by_name": ("red_alpha Alpha Beta", {}),
    "mailed": ("Email Sent Alpha Beta", {}),
    "ever": ("Alpha Beta", {"entry_rule": "first_ever"}),
    "ever_since": (
        "Alpha Beta",
        {"entry_rule": "first_ever", "entered_from": "2026-01-06"},
    ),
    "entered": (
        "Alpha Beta",
        {
            "entered_from": "2026-01-05T12:00:05Z",
            "entered_until": "2026-01-06T12:00:03Z",
        },
    ),
    "trend": ("Alpha Beta Gamma", {"trend_period": "day", "window_amount": "90000"}),
    "trend_first": (
        "Alpha Delta? Beta",
        {"trend_period": "week", "reentry_rule": "first_attempt"},
    ),
    "trend_by": (
        "Alpha Beta Gamma !Delta",
        {
            "trend_period": "day",
            "breakdown_property": "colour",
            "breakdown_rule": "every_step",
        },
    ),
    "of_doers": ("Alpha Beta Gamma", {"cohort": "doers"}),
}


@dataclass
class Followed:
    """The funnels as the models follow them, and as the oracle does."""

    connection: duckdb.DuckDBPyConnection
    events: pd.DataFrame
    solution: oracle.Solution


def drawn_history(dice: random.Random, number: int) -> list[dict[str, Any]]:
    """The events of one person, on one or two devices and one or two days."""
    person = f"person {number}"
    lines = []
    for index in range(dice.randint(1, 11)):
        name = dice.choice(NAMES) if dice.random() < 0.95 else "Email Sent"
        day = 5 + (dice.random() < 0.25)
        time = f"2026-01-{day:02}T12:00:{dice.choice((0, 2, 3, 5, 7, 10, 12, 13)):02}Z"
        properties = {"path": f"/{dice.choice('ab')}"}
        colour = dice.choice(COLOURS)
        if colour is not None:
            properties["colour"] = colour
        line = {"event": name, "timestamp": time, "user_id": person}
        line |= {"event_id": f"{dice.random()} {number} {index}"}
        if number % 3:
            line |= {"groups": {"company": f"company {number // 2}"}}
        if dice.random() < 0.9:
            line |= {"anonymous_id": f"device {number} {dice.randint(0, number % 2)}"}
        lines.append(line | {"properties": properties})
    return lines


def drawn_steps() -> pd.DataFrame:
    """The rows of funnel_steps.csv that the funnels above stand for."""
    rows = []
    for funnel, (text, _) in FUNNELS.items():
        numbered = text.replace("Email Sent", "Email_Sent").split()
        for step, word in enumerate(numbered, 1):
            name, _, span = word.partition(":")
            after, _, before = span.partition("-")
            role = "optional" if name.endswith("?") else "required"
            is_exclusion = name.startswith("!")
            rows.append(
                {
                    "funnel": funnel,
                    "step": "" if is_exclusion else str(step),
                    "role": "exclusion" if is_exclusion else role,
                    "event": name.strip("!?").replace("Email_Sent", "Email Sent"),
                    "after_step": after,
                    "before_step": before,
                }
            )
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    folder = tmp_path_factory.mktemp("funnels")
    project = own_project(folder)
    dice = random.Random(int(os.environ.get("THROUGHLINE_TEST_SEED", "1")))
    lines = [
        line for number in range(HISTORY_COUNT) for line in drawn_history(dice, number)
    ]
    (folder / "events").mkdir()
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "events" / "file.jsonl").write_text(text)
    window = {"window_amount": "5", "window_unit": "second"}
    definitions = {
        "funnels": pd.DataFrame(
            [{"funnel": name} | window | row for name, (_, row) in FUNNELS.items()]
        ).fillna(""),
        "funnel_steps": drawn_steps(),
        "named_events": pd.DataFrame(
            [
                {
                    "event": "red_alpha",
                    "alternative": "1",
                    "source_event_name": "Alpha",
                    "property_name": "colour",
                    "operator": "equals",
                    "property_value": "red",
                }
            ]
        ),
        "non_interaction_events": pd.DataFrame([{"event": "Email Sent"}]),
        "cohorts": pd.DataFrame([{"cohort": "doers"}]),
        "cohort_rules": pd.DataFrame(
            [{"cohort": "doers", "rule": "did", "event": "Delta", "count": "1"}]
        ),
    }
    for file in (project / "seeds" / "definitions").glob("*.csv"):
        if file.stem in definitions:
            definitions[file.stem].to_csv(file, index=False)
        else:
            file.write_text(file.read_text().splitlines()[0] + "\n")
    database = folder / DATABASE_NAME
    build(
        *("--select", "+funnel_conversion", "+funnel_trends", "+funnel_segments"),
        *("+funnel_time_to_convert", "+funnel_drivers", "+events", "+sessions"),
        database=database,
        events_path=folder / "events" / "*",
        project=project,
    )
    connection = duckdb.connect(str(database), read_only=True)
    events = connection.sql(
        "select events.* replace (cast(to_json(properties) as varchar) as properties,"
        " cast(to_json(group_ids) as varchar) as group_ids),"
        ' sessions.entry_page_path as "session.entry_page_path"'
        " from main.events as events left join main.sessions as sessions"
        " using (session_id)"
    ).df()
    events["at"] = [to_microseconds(at) for at in events["occurred_at"]]
    doers = events[events["event_name"] == "delta"]["person_id"]
    solution = oracle.solve(
        events,
        definitions["funnels"],
        definitions["funnel_steps"],
        definitions["named_events"],
        {"doers": frozenset(doers)},
    )
    return Followed(connection, events, solution)


def test_steps_reached_match(followed: Followed) -> None:
    expected = oracle.steps_reached_of(followed.solution)
    own = followed.connection.sql("select * from main.funnel_steps_reached").df()
    assert set(own["funnel"]) == set(FUNNELS)
    key = ["funnel", "breakdown_value", "unit_id", "attempt", "step"]
    assert_frames_match(own, expected, key)


def test_conversion_matches(followed: Followed) -> None:
    expected = oracle.conversion_of(followed.solution)
    own = followed.connection.sql("select * from main.funnel_conversion").df()
    assert_frames_match(own, expected, ["funnel", "breakdown_value", "step"])


def test_trends_match(followed: Followed) -> None:
    expected = oracle.trends_of(followed.solution)
    own = followed.connection.sql("select * from main.funnel_trends").df()
    key = ["funnel", "breakdown_value", "period_start", "step"]
    assert_frames_match(own, expected, key)


def test_long_histories_are_followed_as_short_ones(
    built_sample: duckdb.DuckDBPyConnection,
) -> None:
    """What is followed in one number, and in a list where that is too small."""
    [(function,)] = built_sample.execute(
        "select function_name from duckdb_functions()"
        " where schema_name = 'builds' and function_name like 'deepest_moment%'"
    ).fetchall()
    dice = random.Random(7)
    drawn = []
    for _ in range(3000):
        step_count, until = dice.choice([1, 2, 3, 5, 9, 20, 60]), dice.choice([5, 50])
        moments = sorted(
            dice.randint(1, until) * 64 + dice.randint(1, min(step_count, 6))
            for _ in range(dice.randint(0, 40))
        )
        drawn.append((moments, step_count, dice.randint(0, 40)))
    histories = pd.DataFrame(drawn, columns=["moments", "step_count", "span"])
    built_sample.register("histories", histories)
    followed = f"builds.{function}(moments::bigint[], span, {{}}, last)"
    answers = built_sample.execute(
        f"""
        select {followed.format("60 // (last + 1)")}, {followed.format("0::bigint")}
        from (select *, greatest(step_count - 1, 1)::bigint as last from histories)
        """
    ).fetchall()
    assert answers == [(deepest_moment(*given),) * 2 for given in drawn]
    assert len(set(answers)) > 20


def deepest_moment(moments: list[int], step_count: int, span: int) -> int:
    """When any attempt first reached as many steps as the deepest one; 0 for none."""
    ends = [(0, 0)]
    for place, moment in enumerate(moments):
        if moment % 64 == 1:
            begun, depth, at = moment // 64, 1, moment // 64
            for later in moments[place + 1 :]:
                if later % 64 == depth + 1 and later // 64 <= begun + span:
                    depth, at = depth + 1, later // 64
            ends.append((-min(depth, step_count), at))
    return min(ends)[1]


def test_segments_agree_with_statsmodels(followed: Followed) -> None:
    segments = followed.connection.sql("select * from main.funnel_segments").df()
    tested = segments[segments["p_value"].notna()]
    assert len(tested) > 20
    for row in tested.itertuples():
        counts = [row.converted_count, row.rest_converted_count]
        totals = [row.entered_count, row.rest_entered_count]
        p_value = proportions_ztest(counts, totals)[1]
        assert row.p_value == pytest.approx(p_value, rel=1e-9)
        low, high = confint_proportions_2indep(
            counts[0], totals[0], counts[1], totals[1], method="newcomb"
        )
        assert row.difference_low == pytest.approx(low, abs=1e-9)
        assert row.difference_high == pytest.approx(high, abs=1e-9)
    assert_adjusted_within(tested, ["funnel", "step"])
    assert set(segments["reason"].dropna()) <= {"no variance"}


def test_drivers_count_what_people_did_between(followed: Followed) -> None:
    own = followed.connection.sql("select * from main.funnel_drivers").df()
    expected = expected_drivers(followed)
    counted = own.set_index(["funnel", "step", "event_name"])
    assert set(counted.index) == set(expected)
    assert len(expected) >= 3
    for key, pairs in expected.items():
        row = counted.loc[key]
        did, converted = np.array(pairs).T
        table = [np.sum(did & converted), np.sum(did & ~converted)]
        table += [np.sum(~did & converted), np.sum(~did & ~converted)]
        assert row["with_converted_count"] == table[0]
        assert row["with_count"] == table[0] + table[1]
        assert row["people_count"] == len(pairs)
        phi = np.corrcoef(did, converted)[0, 1]
        assert row["phi"] == pytest.approx(phi, abs=1e-9)
        one, two, three, four = (count + 1 for count in table)
        assert row["odds_ratio"] == pytest.approx(one * four / (two * three))
        totals = [table[0] + table[1], table[2] + table[3]]
        p_value = proportions_ztest([table[0], table[2]], totals)[1]
        assert row["p_value"] == pytest.approx(p_value, rel=1e-9)
    assert_adjusted_within(own, ["funnel", "step"])


def expected_drivers(
    followed: Followed,
) -> dict[tuple[str, int, str], list[tuple[bool, bool]]]:
    """Of each step and other event, who did it and who came to the next step."""
    as_of = followed.solution.as_of
    found: dict[tuple[str, int, str], list[tuple[bool, bool]]] = {}
    for funnel, attempts in followed.solution.attempts:
        if not funnel.definition["has_drivers"]:
            continue
        unit = "session_id" if funnel.unit == "session" else "person_id"
        own = {canonical_name(name) for _, name in funnel.steps}
        others = [n for n in followed.events["event_name"].unique() if n not in own]
        did_at = {
            holder: list(zip(rows["event_name"], rows["at"], strict=True))
            for holder, rows in followed.events.groupby(unit)
        }
        for attempt, _ in oracle.chosen(funnel, attempts):
            for index, reached in enumerate(attempt.required[: len(funnel.steps) - 1]):
                has_converted = index + 1 < len(attempt.required)
                after = attempt.required[index + 1].at if has_converted else None
                until = attempt.ends_at if after is None else after
                if attempt.ends_at > as_of:
                    continue
                happened = {
                    name
                    for name, at in did_at[attempt.history.unit_id]
                    if reached.at < at < until
                }
                for name in others:
                    pairs = found.setdefault((funnel.name, reached.step, name), [])
                    pairs.append((name in happened, has_converted))
    return {
        key: pairs
        for key, pairs in found.items()
        if (did := sum(done for done, _ in pairs)) >= 25 and did >= 0.02 * len(pairs)
    }


def assert_adjusted_within(rows: pd.DataFrame, family: list[str]) -> None:
    """The corrected p-values are those of Benjamini and Hochberg in each family."""
    for _, together in rows.groupby(family):
        expected = multipletests(together["p_value"], method="fdr_bh")[1]
        assert list(together["adjusted_p_value"]) == pytest.approx(list(expected))
