"""Spark gives the answers that DuckDB gives: every public table, row for row."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from engines import PROJECT, Engines

# What each build says of itself; what a build changed of an earlier one's numbers.
EXEMPT = {"identity_changes", "restatements"}
RELATIVE_TOLERANCE = 1e-9
Row = tuple[Any, ...]


def public_tables(engines: Engines) -> list[tuple[str, str, bool]]:
    """The schema and the name of every public model, and whether it is a view."""
    manifest = json.loads((engines.folder / "duckdb/target/manifest.json").read_text())
    return sorted(
        (node["schema"], node["alias"], node["config"]["materialized"] == "view")
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["config"].get("access", node.get("access")) == "public"
        and node["name"] not in EXEMPT
    )


def rows_of(relation: str, columns: Iterable[str], engines: Engines) -> list[Row]:
    """The rows of a table, in an order that its exact values give."""
    with duckdb.connect(str(engines.duckdb_file), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        names = ", ".join(f'"{name}"' for name in columns)
        found = connection.execute(f"select {names} from {relation}")
        is_json = [str(column[1]) == "JSON" for column in found.description]
        rows = [
            tuple(
                json.dumps(json.loads(cell), sort_keys=True)
                if is_object(cell, told)
                else cell
                for cell, told in zip(row, is_json, strict=True)
            )
            for row in found.fetchall()
        ]
    return sorted(rows, key=lambda row: (exact_part(row), rough_part(row)))


def is_object(cell: Any, is_told: bool) -> bool:
    """Whether a cell is JSON, as its type tells or, without one, its braces."""
    if not isinstance(cell, str) or not (is_told or cell[:1] in "{["):
        return False
    try:
        json.loads(cell)
    except ValueError:
        return False
    return True


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
        columns, others = (
            [row[0] for row in connection.execute(f"describe from {name}").fetchall()]
            for name in (here, there)
        )
    if columns != others:
        return [f"{here}: the columns are {others}, not {columns}"]
    rows, spark_rows = (rows_of(name, columns, engines) for name in (here, there))
    if len(rows) != len(spark_rows):
        return [f"{here}: {len(spark_rows)} rows, not {len(rows)}"]
    return [
        f"{here}: {name} is {other!r}, not {one!r}, in {row}"
        for row, spark_row in zip(rows, spark_rows, strict=True)
        for name, one, other in zip(columns, row, spark_row, strict=True)
        if not is_same(one, other)
    ][:3]


def assert_same_tables(engines: Engines) -> None:
    tables = public_tables(engines)
    assert len(tables) > 40
    found = [line for table in tables for line in differences(engines, *table)]
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def built(engines: Engines) -> Engines:
    """Both engines, each with a whole build and all its data tests passed."""
    engines.dbt("duckdb", "build")
    print(engines.dbt("spark", "build")[-400:])
    return engines


def test_a_whole_build_gives_the_same_public_tables(built: Engines) -> None:
    assert_same_tables(built)


@pytest.mark.slow
def test_unit_tests_pass_on_spark(built: Engines) -> None:
    built.dbt("spark", "test", "--select", "test_type:unit")


@pytest.mark.slow
def test_late_events_and_a_merge_give_the_same_tables_in_a_second_build(
    built: Engines,
) -> None:
    """DuckDB replaces what was touched, Spark makes every table anew."""
    late = Path(PROJECT, "tests/fixtures/snowplow/mobile_events.jsonl")
    shutil.copy(late, built.events / "late.jsonl")
    people = ["u_late_1", "u_late_2"]
    lines = [
        {
            "type": kind,
            "event": "Order Completed",
            "anonymous_id": "late-device",
            "user_id": user,
            "timestamp": f"2026-02-0{day}T10:00:00Z",
            "event_id": f"late-{day}-{user}",
            "properties": {"revenue": 12.5},
        }
        for day, user in enumerate([None, *people, *people], start=1)
        for kind in ("track",)
    ]
    lines.append(
        {
            "type": "alias",
            "user_id": people[0],
            "previous_id": people[1],
            "timestamp": "2026-02-09T10:00:00Z",
            "event_id": "late-alias",
        }
    )
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (built.events / "merge.jsonl").write_text(text)
    built.dbt("duckdb", "build")
    built.dbt("spark", "run")
    assert_same_tables(built)
