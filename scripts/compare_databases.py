"""Print, as a Markdown table, how the public tables of two databases differ.

For each table of the schema `main`: the rows in each, and how many rows stand in one
but not in the other, with the first such row. Exits with 0 whether or not they differ.

Examples:
    uv run python scripts/compare_databases.py before.duckdb after.duckdb
    uv run python scripts/compare_databases.py before.duckdb after.duckdb --table people
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Difference:
    """How a table differs between two databases; None where it is not there."""

    table: str
    before_rows: int | None
    after_rows: int | None
    removed_rows: int
    added_rows: int
    example: str

    @property
    def is_difference(self) -> bool:
        return self.before_rows != self.after_rows or bool(
            self.removed_rows or self.added_rows
        )


def table_names(connection: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    """Return the names of the tables and views in a database's schema main."""
    rows = connection.execute(
        "select table_name from information_schema.tables"
        " where table_catalog = ? and table_schema = 'main'",
        [database],
    ).fetchall()
    return {row[0] for row in rows}


def compare_table(connection: duckdb.DuckDBPyConnection, table: str) -> Difference:
    """Compare a table that both databases have, by the columns that both have."""

    def columns(database: str) -> list[str]:
        described = connection.execute(f'describe {database}.main."{table}"')
        return [row[0] for row in described.fetchall()]

    def count(query: str) -> int:
        return connection.execute(f"select count(*) from ({query})").fetchall()[0][0]

    shared = [name for name in columns("before") if name in columns("after")]
    names = ", ".join(f'"{name}"' for name in shared)
    before = f'select {names} from before.main."{table}"'
    after = f'select {names} from after.main."{table}"'
    added = f"({after}) except all ({before})"
    removed = f"({before}) except all ({after})"
    first = connection.execute(f"{added} limit 1").fetchall()
    first = first or connection.execute(f"{removed} limit 1").fetchall()
    example = ", ".join(str(value) for value in first[0]) if first else ""
    return Difference(
        table, count(before), count(after), count(removed), count(added), example[:120]
    )


def compare_databases(
    before: Path, after: Path, only: str | None = None
) -> list[Difference]:
    """Return the differences of all public tables, or of one."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{before}' as before (read_only)")
        connection.execute(f"attach '{after}' as after (read_only)")
        before_names = table_names(connection, "before")
        after_names = table_names(connection, "after")
        differences = []
        for table in sorted(before_names | after_names):
            if only and table != only:
                continue
            if table in before_names and table in after_names:
                differences.append(compare_table(connection, table))
            elif table in before_names:
                differences.append(Difference(table, 0, None, 0, 0, "gone"))
            else:
                differences.append(Difference(table, None, 0, 0, 0, "new"))
        return differences


def as_markdown(differences: list[Difference]) -> str:
    """Return a report: a table of what differs, or a sentence that nothing does."""
    found = [difference for difference in differences if difference.is_difference]
    if not found:
        return f"No row differs in any of {len(differences)} public tables."
    lines = [
        "| table | rows before | rows after | removed | added | for example |",
        "|---|---|---|---|---|---|",
    ]
    for each in found:
        before = "none" if each.before_rows is None else f"{each.before_rows:,}"
        after = "none" if each.after_rows is None else f"{each.after_rows:,}"
        lines.append(
            f"| {each.table} | {before} | {after} | {each.removed_rows:,} "
            f"| {each.added_rows:,} | {each.example.replace('|', '/')} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", type=Path, help="the database to compare with")
    parser.add_argument("after", type=Path, help="the database to compare")
    parser.add_argument("--table", help="compare this table only")
    options = parser.parse_args()
    for path in (options.before, options.after):
        if not path.exists():
            parser.error(f"{path} is not there; name a DuckDB file made by dbt build")
    try:
        differences = compare_databases(options.before, options.after, options.table)
    except duckdb.IOException as error:
        parser.error(f"no DuckDB file made by dbt build: {error}")
    if options.table and not differences:
        parser.error(f"neither database has a public table {options.table}")
    print(as_markdown(differences))


if __name__ == "__main__":
    main()
