"""Runs dbt on databases of the tests' own, and compares and reads what it built."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import duckdb

PROJECT = Path(__file__).parents[2]
# A database keeps this name wherever it is copied: views name the catalog they read.
DATABASE_NAME = "throughline.duckdb"
LANDED = "landing.landed_events"
PARSED = "partial_parse.msgpack"
Result = subprocess.CompletedProcess[str]
Rows = list[tuple[Any, ...]]

# What dbt parsed, of each project with each set of vars, and of which a folder has it.
_parsed: dict[tuple[Path, str], Path] = {}
_held: dict[Path, tuple[Path, str]] = {}
_kept = tempfile.TemporaryDirectory()
_numbers = itertools.count(1)
# To import dbt costs as much as a small build: one process does it for all.
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["dbt.cli.main", "dbt.adapters.duckdb.impl", "pandas"])


@dataclass(frozen=True)
class Started:
    """A dbt process that runs, and where what it says goes."""

    process: BaseProcess
    arguments: tuple[str, ...]
    output: Path

    def result(self) -> Result:
        """What it said; its code is negative where a signal ended it."""
        text = self.output.read_text()
        return subprocess.CompletedProcess(
            self.arguments, self.process.exitcode, text, ""
        )


def start_dbt(
    arguments: Sequence[str], folder: Path, environment: dict[str, str]
) -> Started:
    """Start dbt in a process forked from one that has imported it already."""
    output = folder / f"output_{next(_numbers)}.log"
    call = (("--no-use-colors", *arguments), folder, environment, output)
    process = _forks.Process(target=_call_dbt, args=call)
    process.start()
    return Started(process, tuple(arguments), output)


def _call_dbt(
    arguments: Sequence[str], folder: Path, environment: dict[str, str], output: Path
) -> None:
    # It ends before what it leaves behind matters.
    gc.disable()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    sys.stdout = sys.stderr = os.fdopen(1, "w", closefd=False)
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import cli

    try:
        cli(list(arguments))
    finally:
        # A forked process ends without closing its database: what it wrote last would
        # stand in a file beside it, which a copy lacks.
        DuckDBConnectionManager.close_all_connections()
        gc.collect()
        sys.stdout.flush()


def run_dbt(*arguments: str, database: Path, **settings: Any) -> Result:
    """Run dbt, as begin_dbt does, to its end; never raises."""
    started = begin_dbt(*arguments, database=database, **settings)
    started.process.join()
    target = _target(database)
    parsed = target / PARSED
    if database.name == DATABASE_NAME and parsed.exists():
        key = _held[target]
        if key not in _parsed:
            kept = Path(_kept.name, f"{next(_numbers)}_{PARSED}")
            _parsed[key] = shutil.copy(parsed, kept)
    return started.result()


def share_parsed(database: Path) -> None:
    """Take over what dbt parsed for a database that another process has built."""
    _parsed.setdefault((PROJECT, "{}"), _target(database) / PARSED)


def _target(database: Path) -> Path:
    return database.parent / f"{database.stem}_target"


def _bring_parsed(target: Path, project: Path, arguments: Sequence[str]) -> None:
    """Put into a target folder what dbt parsed of the project with the same vars.

    Of a project with seeds of its own dbt parses those of them that differ.
    """
    has_vars = "--vars" in arguments
    variables = arguments[arguments.index("--vars") + 1] if has_vars else "{}"
    key = (project, variables)
    parsed = _parsed.get(key) or _parsed.get((PROJECT, variables))
    is_there = (target / PARSED).exists() and _held.get(target) == key
    if parsed and not is_there:
        shutil.copy(parsed, target / PARSED)
    _held[target] = key


def begin_dbt(
    *arguments: str,
    database: Path,
    events_path: str | Path | None = None,
    project: Path = PROJECT,
    published_path: str = "none",
) -> Started:
    """Start dbt with a database and a target folder of its own.

    It runs in the database's folder, where a link stands in for the project's seeds,
    so that the bundled sample has its usual name and every database the same path:
    dbt need not parse the project anew for each.
    """
    folder = database.parent
    target = _target(database)
    target.mkdir(parents=True, exist_ok=True)
    if not (folder / "seeds").exists():
        (folder / "seeds").symlink_to(project / "seeds")
    _bring_parsed(target, project, arguments)
    environment = {
        **os.environ,
        "THROUGHLINE_PUBLISHED_PATH": published_path,
        "THROUGHLINE_DATABASE_PATH": database.name,
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(folder / f"{database.stem}_logs"),
        "DBT_PROJECT_DIR": str(project),
        "DBT_PROFILES_DIR": str(project),
        # Two tests read the manifest and ask for it; to write it takes seconds.
        "DBT_WRITE_JSON": "false",
    }
    environment.pop("THROUGHLINE_EVENTS_PATH", None)
    if events_path is not None:
        environment["THROUGHLINE_EVENTS_PATH"] = str(events_path)
    return start_dbt(arguments, folder, environment)


def build(*arguments: str, database: Path, **settings: Any) -> str:
    """Run `dbt build`, but no unit tests."""
    arguments = (*arguments, "--exclude-resource-type", "unit_test")
    result = run_dbt("build", *arguments, database=database, **settings)
    assert result.returncode == 0, result.stdout[-8000:]
    return result.stdout


def own_project(folder: Path) -> Path:
    """The project in another folder, with seeds that can be changed."""
    project = folder / "project"
    (project / "tests").mkdir(parents=True)
    for name in ("dbt_project.yml", "profiles.yml", "selectors.yml", "scripts"):
        (project / name).symlink_to(PROJECT / name)
    for name in ("models", "macros", "tests/generic", "tests/invariants"):
        (project / name).symlink_to(PROJECT / name)
    shutil.copytree(PROJECT / "seeds", project / "seeds")
    return project


def copy_database(database: Path, folder: Path) -> Path:
    """Copy a database, under the name it has, into another folder."""
    return Path(shutil.copy(database, folder / database.name))


def read(database: Path, query: str, *parameters: Any) -> Rows:
    """The rows of a query."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query, parameters).fetchall()


def tables(database: Path) -> list[str]:
    """The tables of a database, with their schemas; views are functions of them.

    Which files a build found is its own and no state, and neither is what builds know
    of each other.
    """
    rows = read(
        database,
        "select schema_name || '.' || table_name from duckdb_tables()"
        " where table_name not in ('found_files', 'raw_files') and not temporary"
        " and schema_name <> 'builds'"
        " order by all",
    )
    return [row[0] for row in rows]


def differences(
    first: Path, second: Path, names: Sequence[str] = ()
) -> dict[str, tuple[Rows, Rows]]:
    """A few rows, per table, that only the first or only the second database has.

    All tables are compared if none are named.
    """
    assert names or tables(first) == tables(second)
    found = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{first}' as first (read_only)")
        connection.execute(f"attach '{second}' as second (read_only)")
        for table in names or tables(first):
            # The build in which a line was landed is no part of what it says.
            kept = "select * exclude (landed_in)" if table == LANDED else ""
            sides = (f"{kept} from first.{table}", f"{kept} from second.{table}")
            lacking = tuple(
                connection.execute(f"{side} except all {other} limit 3").fetchall()
                for side, other in (sides, sides[::-1])
            )
            if any(lacking):
                found[table] = lacking
    return found
