"""Spark gives the answers that DuckDB gives: every public table, row for row.

Both build the sample, the documented example of each collector and populations drawn at
random, twice: what comes later holds late events, merges and files that have changed.
DuckDB replaces what that touches, Spark makes every table anew.

THROUGHLINE_TEST_EVENTS=1000000 adds so many generated events, half of their files in
each build; THROUGHLINE_TEST_SEED draws other populations.
"""

from __future__ import annotations

import json
import math
from typing import Any

import duckdb
import pytest

from deliveries import deliver
from engines import Engines

# When a build began.
EXEMPT = {"restated_at"}
RELATIVE_TOLERANCE = 1e-9
NO_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
NO_TESTS = (*NO_UNIT_TESTS, "test")
Row = tuple[Any, ...]


def public_tables(engines: Engines) -> list[tuple[str, str, bool]]:
    """The schema and the name of every public model, and whether it is a view."""
    manifest = json.loads((engines.folder / "duckdb/target/manifest.json").read_text())
    return sorted(
        (node["schema"], node["alias"], node["config"]["materialized"] == "view")
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["config"].get("access", node.get("access")) == "public"
    )


def rows_of(query: str, engines: Engines) -> list[Row]:
    """The rows of a query, in an order that their exact values give."""
    with duckdb.connect(str(engines.duckdb_file), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        rows = [
            tuple(in_one_form(cell) for cell in row)
            for row in connection.execute(query).fetchall()
        ]
    return sorted(rows, key=lambda row: (exact_part(row), rough_part(row)))


def in_one_form(cell: Any) -> Any:
    """JSON, as its braces tell, with its keys in one order; all else as it is."""
    if not isinstance(cell, str) or cell[:1] not in "{[":
        return cell
    try:
        return json.dumps(json.loads(cell), sort_keys=True)
    except ValueError:
        return cell


def exact_part(row: Row) -> str:
    return repr([cell for cell in row if not isinstance(cell, float)])


def rough_part(row: Row) -> list[str]:
    return [f"{cell:.6e}" for cell in row if isinstance(cell, float)]


def is_same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        both_nan = math.isnan(one) and math.isnan(other)
        return both_nan or math.isclose(
            one, other, rel_tol=RELATIVE_TOLERANCE, abs_tol=1e-12
        )
    return bool(one == other)


def differences(
    engines: Engines, schema: str, table: str, is_view: bool = False
) -> list[str]:
    """Sentences that say where a table of Spark's is not DuckDB's."""
    here = f"{schema}.{table}"
    copy = engines.table_of(schema, table) if is_view else (schema, table)
    there = f"read_parquet('{engines.files_of(*copy)}')"
    with duckdb.connect(str(engines.duckdb_file), read_only=True) as connection:
        types, others = (
            {
                row[0]: row[1]
                for row in connection.execute(f"describe from {name}").fetchall()
            }
            for name in (here, there)
        )
    if list(types) != list(others):
        return [f"{here}: the columns are {list(others)}, not {list(types)}"]
    types = {name: type_ for name, type_ in types.items() if name not in EXEMPT}
    cells = ", ".join(
        f'cast("{name}" as {"varchar" if type_ == "JSON" else type_})'
        for name, type_ in types.items()
    )
    sides = (f"select {cells} from {here}", f"select {cells} from {there}")
    rows, spark_rows = (
        rows_of(f"{side} except all {other}", engines)
        for side, other in (sides, sides[::-1])
    )
    if len(rows) != len(spark_rows):
        counts = f"{len(spark_rows)} rows only on Spark, {len(rows)} only on DuckDB"
        return [f"{here}: {counts}, such as {(spark_rows + rows)[:3]}"]
    return [
        f"{here}: {name} is {other!r}, not {one!r}, in {row}"
        for row, spark_row in zip(rows, spark_rows, strict=True)
        for name, one, other in zip(types, row, spark_row, strict=True)
        if not is_same(one, other)
    ][:3]


def assert_same_tables(engines: Engines) -> None:
    tables = public_tables(engines)
    assert len(tables) > 40
    found = [line for table in tables for line in differences(engines, *table)]
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def built_once(engines: Engines) -> Engines:
    deliver(engines.folder, is_first=True)
    for engine in ("duckdb", "spark"):
        engines.dbt(engine, "build", *NO_TESTS)
    return engines


def test_a_first_build_gives_the_same_public_tables(built_once: Engines) -> None:
    assert_same_tables(built_once)


@pytest.fixture(scope="module")
def built_twice(built_once: Engines) -> Engines:
    """The second build asks every data test as well."""
    deliver(built_once.folder, is_first=False)
    built_once.dbt("duckdb", "build", *NO_TESTS)
    print(built_once.dbt("spark", "build", *NO_UNIT_TESTS)[-400:])
    return built_once


@pytest.mark.slow
def test_late_events_and_merges_give_the_same_tables(built_twice: Engines) -> None:
    assert_same_tables(built_twice)


@pytest.mark.slow
def test_both_tell_what_the_second_build_changed(built_twice: Engines) -> None:
    """Of the tables that are compared two say nothing after a first build."""
    with duckdb.connect(str(built_twice.duckdb_file), read_only=True) as connection:
        reasons = {
            row[0]
            for table in ("identity_changes", "restatements")
            for row in connection.execute(f"select reason from {table}").fetchall()
        }
    assert {"late_events", "identity_change", "log_in", "merge"} <= reasons


@pytest.mark.slow
def test_unit_tests_pass_on_spark(built_twice: Engines) -> None:
    built_twice.dbt("spark", "test", "--select", "test_type:unit")
