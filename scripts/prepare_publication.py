"""Make room for what a build publishes, and remove what nobody reads any more.

A part of a table (published/events/month=2026-01/20260201T093000_0.parquet) is never
changed: a later version of it has another name, and the file that readers open names
the newest. Whoever has an older one open goes on reading what it names, for a day.

Examples:
    python scripts/prepare_publication.py published
    python scripts/prepare_publication.py /srv/analytics/published
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path

GRACE_SECONDS = 24 * 60 * 60


def superseded_parts(folder: Path, now: float) -> list[Path]:
    """Files of parts that were replaced by a newer version more than a day ago."""
    versions: dict[Path, dict[str, list[Path]]] = defaultdict(dict)
    for file in sorted(folder.glob("*/month=*/*_*.parquet")):
        versions[file.parent].setdefault(file.name.split("_")[0], []).append(file)
    return [
        file
        for stamps in versions.values()
        for older, newer in zip(stamps, list(stamps)[1:], strict=False)
        if now - stamps[newer][0].stat().st_mtime > GRACE_SECONDS
        for file in stamps[older]
    ]


def prepare_publication(folder: Path) -> None:
    """Make the folder, and clear it of superseded parts and of unfinished files."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in [*superseded_parts(folder, time.time()), *folder.glob("new_*.duckdb*")]:
        file.unlink(missing_ok=True)


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help"):
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    if folder.exists() and not folder.is_dir():
        raise SystemExit(f"{folder} is a file; name the folder that builds publish to")
    prepare_publication(folder)


if __name__ == "__main__":
    main()
