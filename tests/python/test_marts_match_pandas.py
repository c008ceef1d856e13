"""The public tables of the bundled sample, held against the oracle row by row.

Definitions that use an option the oracle does not know are left to other tests; each
comparison requires that some definition remains.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from oracle import engagement as engagement_oracle
from oracle import experiments as experiment_oracle
from oracle import feature_adoption as feature_oracle
from oracle import funnels as funnel_oracle
from oracle import paths as path_oracle
from oracle import retention as retention_oracle
from oracle import sessions as session_oracle
from oracle.compare import assert_frames_match
from oracle.definitions import cell

PROJECT = Path(__file__).resolve().parents[2]
DEFINITIONS = PROJECT / "seeds" / "definitions"
RESULT_KEY = ["experiment", "metric", "variant"]
UNADJUSTED = "unadjusted_"
TOTAL = "(all)"


def read_definitions(name: str) -> pd.DataFrame:
    """One definition CSV, all of it text; no rows where the project has none."""
    path = DEFINITIONS / f"{name}.csv"
    if not path.exists():
        return pd.DataFrame()
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def read_table(connection: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    """One public table."""
    return connection.table(f"main.{name}").df()


def supported(
    definitions: pd.DataFrame, is_known: Callable[[Mapping[str, Any]], bool]
) -> pd.DataFrame:
    """The definitions whose every option the oracle knows; there must be some."""
    mask = [is_known(row) for row in definitions.to_dict("records")]
    assert any(mask), "no definition is left for the oracle to compute"
    return definitions[mask]


def only(table: pd.DataFrame, column: str, definitions: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table that belong to the definitions given."""
    return table[table[column].isin(list(definitions[column]))]


def assert_totals_are_marked(table: pd.DataFrame) -> None:
    """`is_total` stands on the rows of `(all)` and no other (DESIGN.md)."""
    assert list(table["is_total"]) == list(table["breakdown_value"] == TOTAL)


@pytest.fixture(scope="module")
def events(built_sample: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The public events, properties as JSON text, with `session.` properties."""
    table = built_sample.sql(
        "select * replace (cast(to_json(properties) as varchar) as properties) "
        "from main.events"
    ).df()
    of_sessions = read_table(built_sample, "sessions").add_prefix("session.")
    return table.merge(
        of_sessions, how="left", left_on="session_id", right_on="session.session_id"
    )


@pytest.fixture(scope="module")
def named_events() -> pd.DataFrame:
    """The names that the definitions give to events."""
    return read_definitions("named_events")


@pytest.fixture(scope="module")
def funnels() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The funnels that the oracle knows, and all steps."""
    steps = read_definitions("funnel_steps")
    known = supported(read_definitions("funnels"), funnel_oracle.is_supported)
    return known, steps


@pytest.fixture(scope="module")
def retentions() -> pd.DataFrame:
    """The retentions that the oracle knows."""
    brackets = read_definitions("retention_brackets")
    return supported(
        read_definitions("retentions"),
        lambda retention: retention_oracle.is_supported(retention, brackets),
    )


@pytest.fixture(scope="module")
def cohorts(
    events: pd.DataFrame, retentions: pd.DataFrame, named_events: pd.DataFrame
) -> pd.DataFrame:
    """The oracle's retention cohorts."""
    return retention_oracle.retention_cohorts(
        events,
        retentions,
        named_events,
        read_definitions("activities"),
        brackets=read_definitions("retention_brackets"),
    )


@pytest.fixture(scope="module")
def experiments() -> pd.DataFrame:
    """The experiments that the oracle knows."""
    return supported(read_definitions("experiments"), experiment_oracle.is_supported)


def test_sessions_part_the_events_as_the_rule_does(events: pd.DataFrame) -> None:
    names = dict(zip(events["event_id"], events["session_id"], strict=True))
    expected = session_oracle.session_of_each_event(events, names)
    own = events[["event_id", "session_id"]]
    other = own.assign(session_id=own["event_id"].map(expected))
    # The oracle names a session after the table's session of its first event, each
    # name once: both are the same partition when every event agrees.
    assert_frames_match(own, other, ["event_id"])


def test_sessions_match(
    built_sample: duckdb.DuckDBPyConnection,
    events: pd.DataFrame,
    named_events: pd.DataFrame,
) -> None:
    names = dict(zip(events["event_id"], events["session_id"], strict=True))
    conversions = read_definitions("conversions")
    expected = session_oracle.sessions(events, named_events, conversions, names)
    assert_frames_match(read_table(built_sample, "sessions"), expected, ["session_id"])


def test_funnel_steps_reached_match(
    built_sample: duckdb.DuckDBPyConnection,
    events: pd.DataFrame,
    funnels: tuple[pd.DataFrame, pd.DataFrame],
    named_events: pd.DataFrame,
) -> None:
    table = only(read_table(built_sample, "funnel_steps_reached"), "funnel", funnels[0])
    expected = funnel_oracle.funnel_steps_reached(events, *funnels, named_events)
    key = ["funnel", "breakdown_value", "unit_id", "attempt", "step"]
    assert_frames_match(table, expected, key)
    assert_totals_are_marked(table)


def test_funnel_conversion_matches(
    built_sample: duckdb.DuckDBPyConnection,
    events: pd.DataFrame,
    funnels: tuple[pd.DataFrame, pd.DataFrame],
    named_events: pd.DataFrame,
) -> None:
    table = only(read_table(built_sample, "funnel_conversion"), "funnel", funnels[0])
    expected = funnel_oracle.funnel_conversion(events, *funnels, named_events)
    assert_frames_match(table, expected, ["funnel", "breakdown_value", "step"])
    assert_totals_are_marked(table)


def test_retention_cohorts_match(
    built_sample: duckdb.DuckDBPyConnection,
    retentions: pd.DataFrame,
    cohorts: pd.DataFrame,
) -> None:
    table = only(read_table(built_sample, "retention_cohorts"), "retention", retentions)
    key = ["retention", "cohort_start", "breakdown_value", "period_number"]
    assert_frames_match(table, cohorts, key)
    assert_totals_are_marked(table)


def test_retention_curves_match(
    built_sample: duckdb.DuckDBPyConnection,
    retentions: pd.DataFrame,
    cohorts: pd.DataFrame,
) -> None:
    table = only(read_table(built_sample, "retention_curves"), "retention", retentions)
    expected = retention_oracle.retention_curves(cohorts)
    assert_frames_match(
        table, expected, ["retention", "breakdown_value", "period_number"]
    )
    assert_totals_are_marked(table)


def test_feature_adoption_matches(
    built_sample: duckdb.DuckDBPyConnection,
    events: pd.DataFrame,
    named_events: pd.DataFrame,
) -> None:
    definitions = read_definitions("features")
    features = supported(definitions, feature_oracle.is_supported)
    unknown = definitions.drop(features.index)
    table = read_table(built_sample, "feature_adoption")
    is_unknown = [
        any(
            feature == name or feature.startswith(f"{name}: ")
            for name in unknown["feature"]
        )
        for feature in table["feature"]
    ]
    expected = feature_oracle.feature_adoption(events, features, named_events)
    known = table[[not each for each in is_unknown]]
    assert_frames_match(known, expected, ["feature"])


def test_path_edges_match(
    built_sample: duckdb.DuckDBPyConnection, events: pd.DataFrame
) -> None:
    reports = supported(read_definitions("path_reports"), path_oracle.is_supported)
    table = only(read_table(built_sample, "path_edges"), "path_report", reports)
    expected = path_oracle.path_edges(
        events,
        reports,
        read_definitions("path_exclusions"),
        read_definitions("path_groupings"),
    )
    assert_frames_match(table, expected, path_oracle.COLUMNS[:5])


def test_engagement_daily_matches(
    built_sample: duckdb.DuckDBPyConnection, events: pd.DataFrame
) -> None:
    expected = engagement_oracle.engagement_daily(events)
    table = read_table(built_sample, "engagement_daily")
    assert_frames_match(table, expected, ["activity_date"])


def test_experiment_results_match(
    built_sample: duckdb.DuckDBPyConnection,
    events: pd.DataFrame,
    experiments: pd.DataFrame,
    named_events: pd.DataFrame,
) -> None:
    metrics = supported(
        read_definitions("experiment_metrics"), experiment_oracle.is_supported_metric
    )
    expected = experiment_oracle.experiment_results(
        events,
        experiments,
        read_definitions("experiment_variants"),
        metrics,
        named_events,
    )
    table = with_unadjusted_values(
        only(read_table(built_sample, "experiment_results"), "experiment", experiments),
        metrics,
    )
    assert_frames_match(table, expected, RESULT_KEY)


def test_experiment_health_matches(
    built_sample: duckdb.DuckDBPyConnection,
    events: pd.DataFrame,
    experiments: pd.DataFrame,
    named_events: pd.DataFrame,
) -> None:
    expected = experiment_oracle.experiment_health(
        events, experiments, read_definitions("experiment_variants"), named_events
    )
    table = only(
        read_table(built_sample, "experiment_health"), "experiment", experiments
    )
    assert_frames_match(table, expected, ["experiment"])


def with_unadjusted_values(
    results: pd.DataFrame, metrics: pd.DataFrame
) -> pd.DataFrame:
    """The rows of the metrics given; with a covariate their unadjusted values.

    With a covariate, effects and p-values are the adjusted ones and the unadjusted
    stand in columns beginning `unadjusted_` (DESIGN.md).
    """
    has_covariate = {
        (cell(metric, "experiment"), cell(metric, "metric")): bool(
            cell(metric, "covariate_days")
        )
        for metric in metrics.to_dict("records")
    }
    rows = []
    for row in results.to_dict("records"):
        is_adjusted = has_covariate.get((row["experiment"], row["metric"]))
        if is_adjusted is None:
            continue
        if is_adjusted:
            row |= {
                name.removeprefix(UNADJUSTED): value
                for name, value in row.items()
                if name.startswith(UNADJUSTED)
            }
        rows.append(row)
    return pd.DataFrame(rows, columns=results.columns)
