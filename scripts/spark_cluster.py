"""A standalone Spark cluster on this machine: what its starter and its stopper share.

The processes run from the installed pyspark package: its wheel has the classes of
Spark's master, worker and Thrift server, but not the scripts that start them.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
DEFAULT_FOLDER = "target/spark_cluster"
STOP_SECONDS = 20


@dataclass(frozen=True)
class Process:
    """A process of the cluster: its name, and the folder of its pid and log files."""

    name: str
    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    @property
    def pid_file(self) -> Path:
        return self.folder / f"{self.name}.pid"

    def pid(self) -> int | None:
        """Return its process id while it runs; None where it does not."""
        try:
            pid = int(self.pid_file.read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        # The number may be another program's by now.
        return pid if b"spark" in command else None

    def stop(self) -> bool:
        """End it, by force where it does not go; tell whether it ran."""
        pid = self.pid()
        if pid is None:
            self.pid_file.unlink(missing_ok=True)
            return False
        os.killpg(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while self.pid() is not None and time.monotonic() < deadline:
            _reap(pid)
            time.sleep(0.1)
        if self.pid() is not None:
            os.killpg(pid, signal.SIGKILL)
            _reap(pid)
        self.pid_file.unlink(missing_ok=True)
        return True


def _reap(pid: int) -> None:
    """Take note of the end of a child; others' children are none of ours."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def processes(folder: Path, worker_count: int) -> list[Process]:
    """Return the cluster's processes in the order in which they start."""
    workers = [f"worker_{number}" for number in range(1, worker_count + 1)]
    return [Process(name, folder) for name in ("master", *workers, "thrift_server")]


def known_processes(folder: Path) -> list[Process]:
    """Return the processes that have a pid file, in the order in which to stop them."""
    names = sorted(file.stem for file in folder.glob("*.pid"))
    order = sorted(names, key=lambda name: (name == "master", name != "thrift_server"))
    return [Process(name, folder) for name in order]


def falls_silent(port: int) -> bool:
    """Wait until nothing listens at a port any more; tell whether that came true.

    A process that was told to end, even by force, may hold its port a while longer.
    """
    deadline = time.monotonic() + STOP_SECONDS
    while answers(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def answers(port: int) -> bool:
    """Tell whether something listens at a port of this machine."""
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex((HOST, port)) == 0
