"""Stop the Spark cluster that start_spark_cluster.py started.

Its tables stay: they are there again when it is started anew. To stop what does not run
is no error.

Examples:
    uv run --group spark python scripts/stop_spark_cluster.py
    uv run --group spark python scripts/stop_spark_cluster.py --folder build/cluster
"""

from __future__ import annotations

import argparse
from pathlib import Path

from spark_cluster import DEFAULT_FOLDER, known_processes


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--folder", type=Path, default=Path(DEFAULT_FOLDER), help="the cluster's folder"
    )
    folder = parser.parse_args().folder
    stopped = [process.name for process in known_processes(folder) if process.stop()]
    print(f"Stopped {', '.join(stopped)}." if stopped else f"Nothing runs in {folder}.")


if __name__ == "__main__":
    main()
