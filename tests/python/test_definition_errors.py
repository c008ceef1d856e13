"""What is wrong in a definition is said before any mart is touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from databases import (
    DATABASE_NAME,
    PROJECT,
    copy_database,
    differences,
    own_project,
    read,
    run_dbt,
    tables,
)

Definitions = dict[str, str]

FAULTY: Definitions = {
    "funnels": """
        funnel,order_rule,window_amount,breakdown_property,entered_from,cohort,\
breakdown_rule,grace_seconds
        bought,orderd,7,,,,,soon
        viewed,,seven,,,,step_9,-2
        lonely,,0.5,session.chanel,last week,loyal,,
        alone,,,,,,last_touch,
        """,
    "funnel_steps": """
        funnel,step,role,event,after_step,before_step,description
        bought,1,required,Product Viewed,,,
        bought,3,required,Order Completed,,,a step is missing before it
        viewed,1,required,Product Viewed,,,
        viewed,2,required,Order Completed,,,
        viewed,,exclusion,Error Shown,2,2,
        lonely,1,required,Order Completed,,,
        vewed,1,required,Product Viewed,,,
        viewed,3,optional,*,,,
        lonely,01,optional,Error Shown,,,
        alone,1,required,Product Viewed,,,
        """,
    "cohorts": """
        cohort,description
        buyers,
        empty,no rule
        """,
    "cohort_rules": """
        cohort,rule,event,comparison,count,within_days,then_event,occurrence,\
alternative,property_name,operator
        buyers,1,Order Completed,atleast,0.5,week,,,,,
        buyers,1,Order Completed,,,99999999999999,Order Completed,first,1,,
        buyers,2,Order Completed,,,,,,,,is_set
        buyers,3,Order Completed,,,,,,,plan,contains
        """,
    "named_events": """
        event,source_event_name,description
        *,Order Completed,the star is every event
        any,Order Completed,
        """,
    "features": """
        feature,event,feature_property,cohort,description
        ordering,,,,no event
        by_cohort,Order Completed,cohort.bayers,,

        ,Order Completed,,,"no name, and
        two lines"
        by_cohort: b,Order Completed,,,as a value of another
        a: b,Order Completed,,,of no feature's values
        """,
    "non_interaction_events": """
        event

        *
        """,
    "conversions": """
        conversion,event,value_property,lookback_day,description
        order,Order Completed,revenue,30,the column is misspelled
        """,
    "path_reports": """
        path_report,item,unit,step_limit,sequence_limit,path_from,path_until
        to_order,event_name,company,0,all,2026-02-01,2026-01-31T23:59:59Z
        pages_in_session,,,,,20260101,
        """,
    "path_exclusions": """
        path_report,item,description
        to_order,email_sent,
        to_order,email_sent,again
        """,
    "path_groupings": """
        path_report,pattern,item
        pages_in_session,/end,(drop-off)
        """,
    "experiments": """
        experiment,exposure_event,control_variant,confidence,sequential_tuning
        button,Experiment Viewed,contrl,95,-1
        """,
    "experiment_variants": """
        experiment,variant,expected_share,description
        button,control,0.6,
        button,treatment,0.5,
        """,
    "experiment_segments": """
        experiment,segment_property,description
        buton,country,
        """,
    "experiment_assignments": """
        experiment,identifier_type,identifier,variant,exposed_at,description
        button,device,d1,control,yesterday,
        """,
    "experiment_metrics": """
        experiment,metric,metric_type,event,value_property,window_days,description
        button,revenue,mean,Order Completed,,14,
        button,ratio,ratio,Order Completed,revenue,14,
        button,bought,binary,Order Completed,,two,
        """,
}
SESSION_COLUMNS = re.sub(
    r"\{.*?\}|\s", "", (PROJECT / "macros" / "session_columns.sql").read_text()
)
STEPS_FAULT = "as the steps of a funnel are numbered 1, 2, 3 ..."
FAULTS = {
    "funnels.csv, row 2, column order_rule: expected ordered or strict or"
    " unordered; found 'orderd'.",
    "funnels.csv, row 2, column grace_seconds: expected a number; found 'soon'.",
    "funnels.csv, row 3, column grace_seconds: expected a number of at least 0, and 0"
    " where the steps have no order; found '-2'.",
    "funnels.csv, row 3, column breakdown_rule: expected first_touch or last_touch or"
    " every_step, or step_ and the number of a required step such as step_2; found"
    " 'step_9'.",
    "funnels.csv, row 3, column window_amount: expected a whole number of at least 1;"
    " found 'seven'.",
    "funnels.csv, row 4, column window_amount: expected a whole number of at least 1;"
    " found '0.5'.",
    "funnels.csv, row 4, column breakdown_property: expected session. and a column of"
    f" sessions: {SESSION_COLUMNS.replace('|', ', ')}; found 'session.chanel'.",
    "funnels.csv, row 4, column entered_from: expected a time such as 2026-01-31 or"
    " 2026-01-31T08:00:00Z; found 'last week'.",
    "funnels.csv, row 4, column cohort: expected a value of cohorts.csv, column cohort;"
    " found 'loyal'.",
    "cohorts.csv, row 3, column cohort: expected at least one rule in cohort_rules.csv;"
    " found 'empty'.",
    "cohort_rules.csv, row 2, column comparison: expected at_least or at_most or"
    " exactly; found 'atleast'.",
    "cohort_rules.csv, row 2, column count: expected a whole number, as without"
    " value_property events are counted; found '0.5'.",
    "cohort_rules.csv, row 2, column within_days: expected a number above 0; found"
    " 'week'.",
    "cohort_rules.csv, row 3, column occurrence: expected any, as a rule with"
    " then_event is of every pair; found 'first'.",
    "cohort_rules.csv, row 3, column alternative, cohort, rule: expected what no other"
    " row has; found '1, buyers, 1'.",
    "cohort_rules.csv, row 4, column property_name: expected the property that the"
    " condition is of.",
    "cohort_rules.csv, row 5, column property_value: expected a value, as the operator"
    " is contains.",
    "named_events.csv, row 2, column event: expected a name with a letter or a digit in"
    " it; found '*'.",
    "named_events.csv, row 3, column event: expected another name, as this one is built"
    " in; found 'any'.",
    "features.csv, row 3, column feature_property: expected cohort. and a cohort of"
    " cohorts.csv; found 'cohort.bayers'.",
    "funnels.csv, row 5, column funnel: expected at least two steps in"
    " funnel_steps.csv; found 'alone'.",
    f"funnel_steps.csv, row 10, column step: expected 2, {STEPS_FAULT}; found '1'.",
    "funnel_steps.csv, row 10, column role: expected required, as the first step of a"
    " funnel and those without an order are; found 'optional'.",
    f"funnel_steps.csv, row 3, column step: expected 2, {STEPS_FAULT}; found '3'.",
    "funnel_steps.csv, row 6, column before_step: expected a later step than"
    " after_step, and both to be required steps of the funnel; found '2'.",
    "funnel_steps.csv, row 9, column event: expected an event that no other step names,"
    " as the step is optional; found '*'.",
    "funnel_steps.csv, row 8, column funnel: expected a value of funnels.csv, column"
    " funnel; found 'vewed'.",
    "cohort_rules.csv, row 3, column within_days: expected at most 1000000000; found"
    " '99999999999999'.",
    "features.csv, row 7, column feature: expected another name, as it could be a value"
    " of a feature with a property; found 'by_cohort: b'.",
    "path_groupings.csv, row 2, column item: expected another name, as paths begin with"
    " (start) and stop with (drop-off), and (other) is what is not shown; found"
    " '(drop-off)'.",
    "funnels.csv, row 5, column breakdown_rule: expected nothing, as breakdown_property"
    " is empty; found 'last_touch'.",
    "features.csv, row 2, column event: the cell must not be empty.",
    "features.csv, row 5, column feature: the cell must not be empty.",
    "non_interaction_events.csv, row 2, column event: the cell must not be empty.",
    "non_interaction_events.csv, row 3, column event: expected the name of an event;"
    " found '*'.",
    "conversions.csv, row 2, column lookback_day: there is no such column; expected"
    " one of conversion, description, event, lookback_days, value_property; found"
    " '30'.",
    "path_reports.csv, row 2, column unit: expected session or person; found"
    " 'company'.",
    "path_reports.csv, row 2, column step_limit: expected a whole number of at least"
    " 1; found '0'.",
    "path_reports.csv, row 2, column sequence_limit: expected a whole number of at"
    " least 1; found 'all'.",
    "path_reports.csv, row 2, column path_until: expected a time after path_from; found"
    " '2026-01-31T23:59:59Z'.",
    "path_reports.csv, row 3, column path_from: expected a time such as 2026-01-31 or"
    " 2026-01-31T08:00:00Z; found '20260101'.",
    "path_exclusions.csv, row 3, column item, path_report: expected what no other row"
    " has; found 'email_sent, to_order'.",
    "experiments.csv, row 2, column control_variant: expected a variant that"
    " experiment_variants.csv lists for it; found 'contrl'.",
    "experiments.csv, row 2, column confidence: expected a number from 0.5 to"
    " 0.999999, such as 0.95; found '95'.",
    "experiments.csv, row 2, column sequential_tuning: expected a number above 0;"
    " found '-1'.",
    "experiment_variants.csv, row 3, column expected_share: expected shares that add"
    " up to 1, or none at all; found '1.1'.",
    "experiment_segments.csv, row 2, column experiment: expected a value of"
    " experiments.csv, column experiment; found 'buton'.",
    "experiment_assignments.csv, row 2, column identifier_type: expected user or"
    " anonymous; found 'device'.",
    "experiment_assignments.csv, row 2, column exposed_at: expected a time such as"
    " 2026-01-31 or 2026-01-31T08:00:00Z; found 'yesterday'.",
    "experiment_metrics.csv, row 2, column value_property: a metric of type mean needs"
    " the property to add up.",
    "experiment_metrics.csv, row 3, column denominator_event: a metric of type ratio"
    " needs the event to divide by.",
    "experiment_metrics.csv, row 4, column window_days: expected a number above 0;"
    " found 'two'.",
}

# Every file with no more than the columns that must be there.
BARE: Definitions = {
    "named_events": "event,source_event_name\nbig_order,Order Completed",
    "activities": "activity,event\nshopping,Product Viewed",
    "funnels": "funnel\nbought",
    "funnel_steps": "funnel,step,event\nbought,1,Product Viewed\nbought,2,big_order",
    "retentions": "retention\nweekly",
    "path_reports": "path_report\nvisits",
    "path_exclusions": "path_report,item\nvisits,/nowhere",
    "path_groupings": "path_report,pattern,item\nvisits,/products/*,product",
    "cohorts": "cohort\nbuyers",
    "cohort_rules": "cohort,rule,event\nbuyers,1,Order Completed",
    "features": "feature,event\nordering,Order Complted",
    "experiments": "experiment,exposure_event,control_variant\n"
    "button,Experiment Viewed,control",
    "experiment_variants": "experiment,variant\nbutton,control\nbutton,treatment",
    "experiment_metrics": "experiment,metric,metric_type,event\n"
    "button,bought,binary,Order Completed",
    "experiment_segments": "experiment,segment_property\nbutton,country",
    "experiment_assignments": "experiment,identifier,variant,exposed_at\n"
    "button,u1,control,2026-01-05",
    "conversions": "conversion,event\norder,Order Completed",
    "non_interaction_events": "event\nEmail Sent",
}


def project_with(definitions: Definitions, folder: Path) -> Path:
    """The project, with some definition files of its own."""
    project = own_project(folder)
    for name, content in definitions.items():
        lines = [line.strip() for line in content.strip().splitlines()]
        file = project / "seeds" / "definitions" / f"{name}.csv"
        assert file.exists()
        file.write_text("\n".join(lines) + "\n")
    return project


def marts(database: Path) -> list[str]:
    return [name for name in tables(database) if name.startswith(("main.", "interm"))]


def sentences(log: str) -> set[str]:
    """The faults that a build has named."""
    return set(re.findall(r"seeds/definitions/(.+[.?])$", log, flags=re.MULTILINE))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with many faults at once in its definitions."""
    return project_with(FAULTY, tmp_path_factory.mktemp("faulty"))


def test_each_fault_is_a_sentence_and_no_mart_is_made(
    faulty: Path, tmp_path: Path
) -> None:
    database = tmp_path / DATABASE_NAME
    result = run_dbt("build", database=database, project=faulty)
    assert result.returncode == 1
    assert sentences(result.stdout) == FAULTS
    assert "main.events" not in marts(database)
    assert not [name for name in marts(database) if "funnel" in name or "path" in name]


def test_session_properties_are_the_columns_of_sessions(sample_database: Path) -> None:
    columns = read(sample_database, "select column_name from (describe sessions)")
    assert SESSION_COLUMNS.split("|") == [column for (column,) in columns]


def test_faults_leave_the_marts_of_an_earlier_build_alone(
    sample_database: Path, faulty: Path, tmp_path: Path
) -> None:
    database = copy_database(sample_database, tmp_path)
    result = run_dbt("build", database=database, project=faulty)
    assert result.returncode == 1
    assert sentences(result.stdout) == FAULTS
    names = marts(sample_database)
    assert len(names) > 40
    assert differences(sample_database, database, names) == {}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A build of definitions without optional columns; one names no known event."""
    folder = tmp_path_factory.mktemp("bare")
    database = folder / DATABASE_NAME
    result = run_dbt("build", database=database, project=project_with(BARE, folder))
    assert result.returncode == 1
    return database, result.stdout


def test_an_event_that_does_not_exist_fails_a_test_and_no_mart(
    bare: tuple[Path, str],
) -> None:
    database, log = bare
    message = (
        "features.csv, row 2, column event: no event is named 'Order Complted', neither"
        " in the data nor in the tracking plan nor in named_events.csv; did you mean"
        " 'order_completed'?"
    )
    found = read(database, "select message from unknown_definition_events")
    assert found == [(f"seeds/definitions/{message}",)]
    assert message in log
    assert re.search("(FAIL 1|ERROR) every_event_that_a_definition_names_exists", log)
    assert re.search(r"ERROR=1 SKIP=0", log)


def test_columns_that_a_file_leaves_out_have_their_defaults(
    bare: tuple[Path, str],
) -> None:
    database, _ = bare
    wrong = read(
        database,
        """
        select definitions.file, columns.column_name, columns.default_value
        from definitions.definitions as definitions
        inner join reference.definition_columns as columns using (file)
        where
            columns.default_value is distinct from
            json_extract_string(definitions.cells, '$.' || columns.column_name)
            and not columns.is_required
            and not columns.is_key
        """,
    )
    given = {file: rows.split("\n")[0].split(",") for file, rows in BARE.items()}
    assert [row for row in wrong if row[1] not in given[row[0]]] == []
    periods = read(database, "select max(period_number) from retention_cohorts")
    assert periods == [(12,)]
    steps = read(
        database,
        "select step, step_name, people_count > 0 from funnel_conversion order by step",
    )
    assert steps == [(1, "Product Viewed", True), (2, "big_order", True)]
    results = read(database, "select metric, units > 0 from experiment_results")
    assert results == [("bought", True)]


def test_a_file_that_is_no_table_is_named(tmp_path: Path) -> None:
    project = own_project(tmp_path)
    folder = project / "seeds" / "definitions"
    whole = (folder / "activities.csv").read_text()
    (folder / "activities.csv").write_text(whole.replace("\n", "\r\n", 1))
    (folder / "cohorts.csv").write_text("")
    # dbt itself reads all of a smaller file first, and fails with its own words.
    blank_lines = b"\n" * 2**20
    (folder / "experiments.csv").write_bytes(b"experiment\npr\xfcfung" + blank_lines)
    (folder / "funnels.csv").write_text(
        'funnel,description\nfine,"two\nlines, one cell"\nshort\nlong,,\n'
    )
    result = run_dbt("build", database=tmp_path / DATABASE_NAME, project=project)
    assert result.returncode != 0
    assert "Traceback" not in result.stdout
    for sentence in (
        "definitions/activities.csv: some rows end in CRLF and some in LF.",
        "definitions/cohorts.csv, row 1: expected the names of the columns",
        "definitions/experiments.csv, row 2: the text is not UTF-8.",
        "definitions/funnels.csv, row 4: expected 2 cells, as many as the header names,"
        " found 1.",
        "definitions/funnels.csv, row 5: expected 2 cells, as many as the header names,"
        " found 3.",
    ):
        assert sentence in result.stdout
