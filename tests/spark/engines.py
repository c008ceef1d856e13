"""Builds the same events on a Spark cluster and on DuckDB, and runs the scripts."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pyhive import hive

from spark_cluster import HOST

PROJECT = Path(__file__).parents[2]
PORT, MASTER_PORT = 10471, 7471
START = PROJECT / "scripts" / "start_spark_cluster.py"
STOP = PROJECT / "scripts" / "stop_spark_cluster.py"
# Data this small takes longer to compile code for than to compute.
JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MetaspaceSize=512m"
SMALL_DATA = (
    "spark.sql.codegen.wholeStage=false",
    "spark.sql.codegen.factoryMode=NO_CODEGEN",
    "spark.sql.shuffle.partitions=2",
    f"spark.driver.defaultJavaOptions={JVM} -Dderby.system.durability=test",
    f"spark.executor.defaultJavaOptions={JVM}",
)


@dataclass(frozen=True)
class Engines:
    """Where the two engines keep their tables, and how to build on them."""

    folder: Path

    @property
    def duckdb_file(self) -> Path:
        return self.folder / "throughline.duckdb"

    @property
    def events(self) -> Path:
        """The folder of the raw events that both build from."""
        return self.folder / "events"

    def files_of(self, schema: str, table: str) -> str:
        """A glob of the Parquet files that are a table of Spark's."""
        return str(
            self.folder / "cluster" / "warehouse" / f"{schema}.db" / table / "*.parquet"
        )

    def table_of(self, schema: str, view: str) -> tuple[str, str]:
        """Make a table of what a view of Spark's shows; return its schema and name."""
        copy = ("builds", f"copy_of_{view}")
        with hive.connect(HOST, PORT) as connection, connection.cursor() as cursor:
            cursor.execute(f"drop table if exists {'.'.join(copy)}")
            cursor.execute(
                f"create table {'.'.join(copy)} using parquet"
                f" as select * from {schema}.{view}"
            )
        return copy

    def dbt(self, engine: str, *arguments: str) -> str:
        """Run dbt on one engine and return what it says; a failure fails the test."""
        environment = os.environ | {
            "DBT_TARGET_PATH": str(self.folder / engine / "target"),
            "DBT_LOG_PATH": str(self.folder / engine / "logs"),
            "THROUGHLINE_DATABASE_PATH": str(self.duckdb_file),
            "THROUGHLINE_EVENTS_PATH": str(self.events),
            "THROUGHLINE_PUBLISHED_PATH": "none",
            "THROUGHLINE_SPARK_PORT": str(PORT),
            # Much of a statement's time a thread waits for the server.
            "THROUGHLINE_THREADS": "4" if engine == "spark" else "2",
        }
        done = subprocess.run(
            ["dbt", "--no-use-colors", *arguments, "--target", engine],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
        return done.stdout


def run_script(script: Path, *arguments: str) -> str:
    """Run one of the scripts and return what it prints; a failure fails the test."""
    done = subprocess.run(
        [sys.executable, str(script), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
