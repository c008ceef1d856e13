"""Each question in analyses/ has an answer; ad hoc forms agree with the marts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from databases import DATABASE_NAME, PROJECT, copy_database, own_project, run_dbt
from oracle.compare import assert_frames_match

QUESTIONS = sorted(path.stem for path in (PROJECT / "analyses").glob("*.sql"))
AD_HOC = {path.stem for path in (PROJECT / "macros" / "ad_hoc").glob("*_of.sql")}


@pytest.fixture(scope="module")
def target(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What dbt makes of the questions."""
    database = copy_database(sample_database, tmp_path_factory.mktemp("analyses"))
    choice = ("--write-json", "--select", "resource_type:analysis")
    result = run_dbt("compile", *choice, database=database)
    assert result.returncode == 0, result.stdout
    return database.parent / f"{database.stem}_target"


@pytest.fixture(scope="module")
def answers(
    target: Path, built_sample: duckdb.DuckDBPyConnection
) -> dict[str, pd.DataFrame]:
    """The answer to each question, from the sample's database."""
    folder = target / "compiled" / "throughline" / "analyses"
    return {
        question: built_sample.sql((folder / f"{question}.sql").read_text()).df()
        for question in QUESTIONS
    }


@pytest.fixture(scope="module")
def nodes(target: Path) -> dict[str, Any]:
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return {node["name"]: node for node in manifest["nodes"].values()} | {
        unique_id: node for unique_id, node in manifest["nodes"].items()
    }


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_from_public_tables(
    question: str, answers: dict[str, pd.DataFrame], nodes: dict[str, Any]
) -> None:
    answer = answers[question]
    assert len(answer) > 0
    assert not answer.isna().all().any(), "a column without any value"
    read = nodes[question]["depends_on"]["nodes"]
    assert read
    assert {nodes[each]["access"] for each in read} == {"public"}


def test_every_ad_hoc_form_has_an_example(nodes: dict[str, Any]) -> None:
    used = {
        macro.split(".")[-1]
        for question in QUESTIONS
        for macro in nodes[question]["depends_on"]["macros"]
    }
    assert used >= AD_HOC
    assert len(AD_HOC) == 5


@pytest.mark.parametrize(
    ("question", "mart", "key"),
    [
        (
            "a_funnel_without_a_definition",
            "select step, step_name, people_count, conversion_rate"
            " from funnel_conversion where funnel = 'purchase' and is_total",
            ["step"],
        ),
        (
            "a_retention_without_a_definition",
            "select cohort_start, period_number, cohort_size, retained_count,"
            " retention_rate, is_complete from retention_cohorts"
            " where retention = 'signup_to_order' and is_total",
            ["cohort_start", "period_number"],
        ),
        (
            "paths_without_a_definition",
            "select source_step, source_item, target_item, path_count"
            " from path_edges where path_report = 'pages_in_session'",
            ["source_step", "source_item", "target_item"],
        ),
        (
            "an_experiment_without_a_definition",
            "select variant, units, mean, control_mean, absolute_effect,"
            " absolute_standard_error as standard_error, relative_effect,"
            " absolute_p_value as p_value from experiment_results"
            " where experiment = 'checkout_button' and metric = 'orders'",
            ["variant"],
        ),
    ],
)
def test_an_ad_hoc_form_agrees_with_the_mart(
    question: str,
    mart: str,
    key: list[str],
    answers: dict[str, pd.DataFrame],
    built_sample: duckdb.DuckDBPyConnection,
) -> None:
    assert_frames_match(answers[question], built_sample.sql(mart).df(), key)


def test_ad_hoc_adoption_agrees_with_the_mart(
    answers: dict[str, pd.DataFrame], built_sample: duckdb.DuckDBPyConnection
) -> None:
    answer = answers["feature_adoption_without_a_definition"].set_index("feature")
    [of_orders] = built_sample.sql(
        "select adopters, active_people, adoption_rate, use_count, repeat_rate"
        " from feature_adoption where feature = 'ordering'"
    ).fetchall()
    columns = ["adopters", "active_people", "adoption_rate", "use_count", "repeat_rate"]
    assert tuple(answer.loc["Order Completed", columns]) == pytest.approx(of_orders)


# -- relations of one's own -----------------------------------------------------------

# Their columns have the names that the forms use.
OWN_EVENTS = """(
    select *, 1 as happened, 'x' as item, 2 as step, 3 as start, 4 as next_item
    from (values
        ('a', 'Item Viewed', timestamp '2026-01-01 10:00:00', 'a1', true),
        ('b', 'Item Viewed', timestamp '2026-01-01 10:00:00', 'b1', true),
        ('b', 'Won''t Fix', timestamp '2026-01-01 11:00:00', 'b2', true),
        ('b', 'itemViewed', timestamp '2026-01-01 11:00:00', 'b3', true)
    ) as given (person_id, event_name, occurred_at, event_id, is_interaction)
)"""
# What happens twice at a moment, and what nobody does.
TIED_EVENTS = """(
    select 'a' as person_id, * from (values
        ('Ping', timestamp '2026-01-01 10:00:00', 'a1', true),
        ('Ping', timestamp '2026-01-01 10:00:00', 'a2', true),
        ('Email Sent', timestamp '2026-01-02 10:00:00', 'a3', false)
    ) as given (event_name, occurred_at, event_id, is_interaction)
)"""
OWN_UNITS = """(
    select * from (values
        ('control', 1), ('control', 1), ('same', 2), ('same', 2), ('same', null)
    ) as given (variant, amount)
)"""
FORMS = [
    (
        "funnel_of(own, ['Item Viewed', 'item_viewed'])",
        "step, people_count",
        [(1, 2), (2, 1)],
    ),
    (
        """funnel_of(own, ['Item Viewed', "Won't Fix", 'Item Viewed'])""",
        "step, people_count",
        [(1, 2), (2, 1), (3, 1)],
    ),
    (
        """funnel_of(own, ['*', "Won't Fix"])""",
        "step, people_count",
        [(1, 2), (2, 1)],
    ),
    (
        "funnel_of(tied, ['Ping', 'Ping', 'Ping'])",
        "step, people_count",
        [(1, 1), (2, 1), (3, 0)],
    ),
    (
        "retention_of(tied, period='day', period_count=1)",
        "period_number, cohort_size, retained_count",
        [(0, 1, 1), (1, 1, 0)],
    ),
    (
        """adoption_of(own, ["Won't Fix"])""",
        "feature, adoption_rate",
        [("Won't Fix", 0.5)],
    ),
    (
        "paths_of(own, unit='person_id')",
        "source_step, source_item, target_item",
        [
            (1, "Item Viewed", "(drop-off)"),
            (1, "Item Viewed", "Won't Fix"),
            (2, "Won't Fix", "itemViewed"),
            (3, "itemViewed", "(drop-off)"),
        ],
    ),
    (
        "retention_of(own, 'Item Viewed', period='day', period_count=1)",
        "period_number, cohort_size, retained_count",
        [(0, 2, 2), (1, 2, 0)],
    ),
    (
        "experiment_of(units, 'amount')",
        "variant, units, p_value",
        [("same", 2, None)],
    ),
]


def test_ad_hoc_forms_take_any_relation(tmp_path: Path) -> None:
    """Whatever its columns are called, and however names are written."""
    project = own_project(tmp_path)
    (project / "analyses").mkdir()
    relations = {"own": OWN_EVENTS, "tied": TIED_EVENTS, "units": OWN_UNITS}
    given = "".join(
        f'{{% set {name} = "{relation}" %}}' for name, relation in relations.items()
    )
    for place, (form, _, _) in enumerate(FORMS):
        text = f"{given}{{{{ {form} }}}}"
        (project / "analyses" / f"form_{place}.sql").write_text(text)
    database = tmp_path / "own" / DATABASE_NAME
    choice = ("--select", "resource_type:analysis", "--no-introspect")
    result = run_dbt("compile", *choice, database=database, project=project)
    assert result.returncode == 0, result.stdout
    folder = database.parent / f"{database.stem}_target" / "compiled" / "throughline"
    for place, (form, columns, expected) in enumerate(FORMS):
        query = (folder / "analyses" / f"form_{place}.sql").read_text()
        with duckdb.connect() as connection:
            rows = connection.execute(f"select {columns} from ({query})").fetchall()
        assert sorted(rows) == expected, form
