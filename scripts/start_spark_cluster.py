"""Start a standalone Spark cluster on this machine, with a Thrift server for dbt.

A master, workers and the Thrift server run as processes of their own on the loopback
address, from the installed pyspark package. Their logs, the warehouse with its tables
and the metastore are in one folder. If the cluster runs already, this says so and
changes nothing; where a process of it has died, all are started anew. Needs Java 17.

Examples:
    uv run --group spark python scripts/start_spark_cluster.py
    uv run --group spark python scripts/start_spark_cluster.py --memory 8g --cores 4
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from spark_cluster import (
    DEFAULT_FOLDER,
    HOST,
    Process,
    answers,
    falls_silent,
    processes,
)

START_SECONDS = 240
SCRIPTS = Path(__file__).parent


@dataclass(frozen=True)
class Cluster:
    """What is to be started: where, how large and at which ports."""

    folder: Path
    port: int
    master_port: int
    workers: int
    cores: int
    memory: str
    further_settings: tuple[str, ...]

    @property
    def master_url(self) -> str:
        return f"spark://{HOST}:{self.master_port}"

    def settings(self) -> dict[str, str]:
        """Return Spark's own settings, which hold for every session of the server."""
        return {
            "spark.master": self.master_url,
            "spark.driver.memory": self.memory,
            "spark.executor.memory": self.memory,
            "spark.driver.host": HOST,
            "spark.driver.bindAddress": HOST,
            "spark.ui.enabled": "false",
            "spark.sql.warehouse.dir": str(self.folder / "warehouse"),
            # The models take timestamps for moments in UTC.
            "spark.sql.timestampType": "TIMESTAMP_NTZ",
            "spark.sql.session.timeZone": "UTC",
            # Of a key that an object has twice the models read the first.
            "spark.sql.variant.allowDuplicateKeys": "true",
            "spark.sql.shuffle.partitions": str(2 * self.workers * self.cores),
            # Funnels follow all attempts at once, a level of recursion a step.
            "spark.sql.cteRecursionRowLimit": "-1",
            "spark.sql.cteRecursionLevelLimit": "1000",
            # Only Spark writes these tables, so nobody needs Hive's statistics of them.
            "spark.sql.statistics.size.autoUpdate.enabled": "false",
            "spark.driver.extraJavaOptions": f"-Dderby.system.home={self.folder}"
            " -Duser.timezone=UTC",
            "spark.executor.extraJavaOptions": "-Duser.timezone=UTC",
            "spark.executorEnv.PYTHONPATH": str(SCRIPTS.resolve()),
            **dict(setting.split("=", 1) for setting in self.further_settings),
        }

    def environment(self) -> dict[str, str]:
        """Return the environment of every process: pyspark's classes, our settings."""
        import pyspark

        # A worker runs the project's scripts with the Python that runs this one.
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return os.environ | {
            "SPARK_HOME": str(Path(pyspark.__file__).parent),
            "SPARK_CONF_DIR": str(self.folder / "conf"),
            "SPARK_LOCAL_IP": HOST,
            "PATH": path,
            "PYTHONPATH": str(SCRIPTS.resolve()),
        }

    def command(self, process: Process) -> list[str]:
        """Return the arguments of spark-class that run one of the processes."""
        deploy = "org.apache.spark.deploy"
        no_page = ("--webui-port", "0")
        if process.name == "master":
            place = ("--host", HOST, "--port", str(self.master_port), *no_page)
            return [f"{deploy}.master.Master", *place]
        if process.name.startswith("worker"):
            size = ("--cores", str(self.cores), "--memory", self.memory)
            work = ("--work-dir", str(self.folder / "work"))
            place = ("--host", HOST, *no_page, *work)
            return [f"{deploy}.worker.Worker", *place, *size, self.master_url]
        server = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"
        return [
            *(f"{deploy}.SparkSubmit", "--class", server, "spark-internal"),
            *("--hiveconf", f"hive.server2.thrift.port={self.port}"),
            *("--hiveconf", f"hive.server2.thrift.bind.host={HOST}"),
        ]


def start(cluster: Cluster) -> None:
    """Start every process and wait until the server answers.

    Ends the program with a sentence where one of them ends first or none answers.
    """
    configuration = cluster.folder / "conf"
    configuration.mkdir(parents=True, exist_ok=True)
    (configuration / "spark-defaults.conf").write_text(
        "".join(f"{name} {value}\n" for name, value in cluster.settings().items())
    )
    environment = cluster.environment()
    spark_class = str(Path(environment["SPARK_HOME"], "bin", "spark-class"))
    for process in processes(cluster.folder, cluster.workers):
        with process.log.open("wb") as log:
            started = subprocess.Popen(
                [spark_class, *cluster.command(process)],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd=cluster.folder,
            )
        process.pid_file.write_text(str(started.pid))
        port = cluster.master_port if process.name == "master" else cluster.port
        if process.name.startswith("worker"):
            continue
        _wait(started, process, port)


def _wait(started: subprocess.Popen[bytes], process: Process, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(port):
        if started.poll() is not None:
            last = process.log.read_text(errors="replace").strip().splitlines()[-1:]
            sys.exit(
                f"The {process.name} ended at once: {' '.join(last)} "
                f"(all of it: {process.log})."
            )
        if time.monotonic() > deadline:
            sys.exit(
                f"The {process.name} does not answer at {HOST}:{port} after "
                f"{START_SECONDS} seconds; see {process.log}."
            )
        time.sleep(0.2)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=Path(DEFAULT_FOLDER))
    parser.add_argument("--port", type=int, default=10000, help="the Thrift server's")
    parser.add_argument("--master-port", type=int, default=7077)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cores", type=int, default=1, help="of each worker")
    parser.add_argument("--memory", default="3g", help="of each worker and the server")
    parser.add_argument(
        "--setting",
        action="append",
        default=[],
        help="a further one of Spark's, name=value",
    )
    chosen = parser.parse_args()
    cluster = Cluster(
        chosen.folder.resolve(),
        chosen.port,
        chosen.master_port,
        chosen.workers,
        chosen.cores,
        chosen.memory,
        tuple(chosen.setting),
    )
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        sys.exit(
            "Spark needs Java 17, and no java is on the PATH. Install it (on Debian: "
            "apt-get install openjdk-17-jre-headless) or set JAVA_HOME."
        )
    members = processes(cluster.folder, cluster.workers)
    running = [member for member in members if member.pid() is not None]
    if len(running) == len(members) and answers(cluster.port):
        print(
            f"The cluster runs already; its Thrift server is at {HOST}:{cluster.port}."
        )
        return
    has_stopped_some = any([member.stop() for member in reversed(members)])
    for name, port in (
        ("--port", cluster.port),
        ("--master-port", cluster.master_port),
    ):
        is_free = falls_silent(port) if has_stopped_some else not answers(port)
        if not is_free:
            sys.exit(
                f"Another program listens at {HOST}:{port}. Stop it, or choose "
                f"another port with {name}."
            )
    begun = time.monotonic()
    start(cluster)
    print(
        f"Started a master, {cluster.workers} workers and a Thrift server at "
        f"{HOST}:{cluster.port} in {time.monotonic() - begun:.0f} s; "
        f"logs and tables are in {chosen.folder}."
    )


if __name__ == "__main__":
    main()
