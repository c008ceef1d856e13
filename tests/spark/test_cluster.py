"""The cluster's scripts: started twice, after a death, beside another, without Java."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from engines import MASTER_PORT, PORT, START, STOP, run_script


def started_again(cluster: Path) -> str:
    ports = ("--port", str(PORT), "--master-port", str(MASTER_PORT))
    return run_script(START, "--folder", str(cluster), *ports)


def pids(cluster: Path) -> dict[str, int]:
    return {file.stem: int(file.read_text()) for file in cluster.glob("*.pid")}


def test_started_twice_it_says_so_and_changes_nothing(cluster: Path) -> None:
    before = pids(cluster)
    assert set(before) == {"master", "worker_1", "worker_2", "thrift_server"}
    assert "runs already" in started_again(cluster)
    assert pids(cluster) == before
    for pid in before.values():
        os.kill(pid, 0)


def refused(*arguments: str, path: str = os.environ["PATH"]) -> str:
    """What the starter says when it cannot start."""
    environment = {**os.environ, "PATH": path}
    environment.pop("JAVA_HOME", None)
    done = subprocess.run(
        [sys.executable, str(START), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        said = refused("--folder", str(tmp_path), "--port", port)
    assert port in said and "--port" in said


def test_without_java_it_says_what_to_install(tmp_path: Path) -> None:
    said = refused("--folder", str(tmp_path), path=str(tmp_path))
    assert "Java 17" in said and "JAVA_HOME" in said


def test_to_stop_what_does_not_run_is_no_error(tmp_path: Path) -> None:
    assert "Nothing runs" in run_script(STOP, "--folder", str(tmp_path))


def test_after_a_process_has_died_all_are_started_anew(cluster: Path) -> None:
    before = pids(cluster)
    os.killpg(before["worker_1"], signal.SIGKILL)
    assert "Started a master" in started_again(cluster)
    after = pids(cluster)
    assert set(after) == set(before) and not set(after.values()) & set(before.values())
