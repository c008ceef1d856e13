"""Make room for what a build publishes, and remove what nobody reads any more.

A part of a table (published/events/month=2026-01/20260201T093000_0.parquet) is never
changed: a later version of it has another name, and the file that readers open names
the newest that was published. Whoever has an older one open goes on reading what it
names, for a day.

Examples:
    python scripts/prepare_publication.py published
    python scripts/prepare_publication.py /srv/analytics/published
"""

from __future__ import annotations

import argparse
import contextlib
import time
from collections import defaultdict
from pathlib import Path

import duckdb

GRACE_SECONDS = 24 * 60 * 60


def named_in(published: Path) -> str:
    """Return the statements of a published file's views, which name its parts."""
    if not published.exists():
        return ""
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute("select sql from duckdb_views()").fetchall()
    return "\n".join(statement for (statement,) in rows)


def superseded_parts(folder: Path, now: float) -> list[Path]:
    """Files of parts that were replaced by a newer version more than a day ago.

    A newer version that was written but not published, as by a build that was killed or
    whose tests failed, replaces nothing.
    """
    versions: dict[Path, dict[str, list[Path]]] = defaultdict(dict)
    for file in sorted(folder.glob("*/month=*/*_*.parquet")):
        versions[file.parent].setdefault(file.name.split("_")[0], []).append(file)
    replaced = [
        file
        for stamps in versions.values()
        for older, newer in zip(stamps, list(stamps)[1:], strict=False)
        if now - stamps[newer][0].stat().st_mtime > GRACE_SECONDS
        for file in stamps[older]
    ]
    named = named_in(folder / "throughline.duckdb") if replaced else ""
    return [
        file
        for file in replaced
        if f"{file.parent.relative_to(folder)}/{file.name.split('_')[0]}_" not in named
    ]


def prepare_publication(folder: Path) -> None:
    """Make the folder, and clear it of superseded parts and of unfinished files."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder.glob("new_*.duckdb*")
    superseded = []
    # Whose published file cannot be read keeps all its parts.
    with contextlib.suppress(duckdb.Error):
        superseded = superseded_parts(folder, time.time())
    for file in [*superseded, *unfinished]:
        file.unlink(missing_ok=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    if folder.exists() and not folder.is_dir():
        raise SystemExit(f"{folder} is a file; name the folder that builds publish to")
    prepare_publication(folder)


if __name__ == "__main__":
    main()
